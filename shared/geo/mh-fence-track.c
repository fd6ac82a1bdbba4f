/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-fence-track.h"

#include <math.h>
#include <string.h>

/* --- which fixes count --- */

static double
fence_track_kmh (const MhFix *from, const MhFix *to, double slack)
{
  double metres = MAX (0, mh_geo_distance (from->at, to->at) - slack);
  double seconds = (to->time - from->time) / (double)MH_SECOND;
  return metres / seconds * 3.6;
}

/* Receivers without a fix report 0, 0, where there is nothing but sea. */
static gboolean
fence_track_is_place (MhGeoPoint at)
{
  return mh_geo_is_valid (at) && !(at.lat == 0 && at.lon == 0);
}

/* Too far from the last one to have been driven? A wrong one that was kept must not shut out all
 * that follow: those agree with each other. */
static gboolean
fence_track_is_strange (MhFenceTrack *track, const MhFix *fix)
{
  if (track->last.time == 0
      || fence_track_kmh (&track->last, fix, MH_FIX_SLACK_METRES) <= MH_FIX_MOST_KMH)
    return FALSE;

  gboolean agrees
      = track->n_strange > 0 && fix->time > track->strange.time
        && fence_track_kmh (&track->strange, fix, MH_FIX_SLACK_METRES) <= MH_FIX_MOST_KMH;
  track->n_strange = agrees ? track->n_strange + 1 : 1;
  track->strange = *fix;
  return track->n_strange < MH_FIX_STRANGE_MOST;
}

MhFixVerdict
mh_fence_track_take (MhFenceTrack *track, const MhFix *fix, gint64 now)
{
  if (!fence_track_is_place (fix->at) || fix->time <= 0 || fix->time > now + MH_FIX_MOST_AHEAD)
    {
      track->n_impossible++;
      return MH_FIX_IMPOSSIBLE;
    }
  if (track->last.time != 0 && fix->time <= track->last.time)
    {
      track->n_late++;
      return MH_FIX_LATE;
    }
  if (fence_track_is_strange (track, fix))
    {
      track->n_impossible++;
      return MH_FIX_IMPOSSIBLE;
    }

  /* after a wrong place was given up, no line leads from there */
  track->before = track->n_strange >= MH_FIX_STRANGE_MOST ? (MhFix){ 0 } : track->last;
  track->last = *fix;
  track->n_strange = 0;
  track->n_taken++;
  return MH_FIX_TAKEN;
}

double
mh_fence_track_speed (const MhFenceTrack *track)
{
  if (isfinite (track->last.speed) && track->last.speed >= 0)
    return track->last.speed;
  return track->before.time != 0 ? fence_track_kmh (&track->before, &track->last, 0) : -1;
}

/* --- one zone --- */

static void
fence_track_tell (GArray *events,
                  const MhFence *fence,
                  gboolean is_entry,
                  gboolean is_jump,
                  gint64 at)
{
  MhFenceEvent event = { .is_entry = is_entry, .is_jump = is_jump, .at = at };
  g_strlcpy (event.zone, mh_fence_id (fence), sizeof event.zone);
  g_array_append_val (events, event);
}

/* The vehicle was and is outside: did it drive through in between? The tremble of a parked one's
 * fixes about a corner is no drive. */
static void
fence_track_jump (const MhFence *fence, const MhFix *from, const MhFix *to, GArray *events)
{
  double first, last;
  if (from->time == 0 || to->time - from->time > MH_FENCE_MOST_GAP
      || !mh_fence_crossed (fence, from->at, to->at, &first, &last))
    return;

  double inside = (last - first) * mh_geo_distance (from->at, to->at);
  if (inside <= MH_FENCE_CLEAR_METRES
      && !(mh_fence_metres_outside (fence, from->at) > MH_FENCE_CLEAR_METRES
           && mh_fence_metres_outside (fence, to->at) > MH_FENCE_CLEAR_METRES))
    return;

  double span = (double)(to->time - from->time);
  fence_track_tell (events, fence, TRUE, TRUE, from->time + (gint64)(first * span));
  fence_track_tell (events, fence, FALSE, TRUE, from->time + (gint64)(last * span));
}

/* While outside. One fix inside is a guess: if the next is outside again, what counts is whether
 * the way from before to after it leads through the zone. */
static void
fence_track_step_outside (const MhFence *fence,
                          MhFenceState *state,
                          const MhFenceTrack *track,
                          GArray *events)
{
  const MhFix *fix = &track->last;
  if (!mh_fence_contains (fence, fix->at))
    {
      fence_track_jump (fence, state->n_in > 0 ? &state->outside : &track->before, fix, events);
      state->n_in = 0;
      return;
    }

  if (state->n_in == 0)
    {
      state->turned = fix->time;
      state->outside = track->before;
    }
  state->n_in++;
  if (state->n_in < MH_FENCE_FIXES)
    return;
  state->is_inside = TRUE;
  state->since = state->turned;
  state->n_in = state->n_out = 0;
  fence_track_tell (events, fence, TRUE, FALSE, state->since);
}

static void
fence_track_step_inside (const MhFence *fence,
                         MhFenceState *state,
                         const MhFenceTrack *track,
                         GArray *events)
{
  const MhFix *fix = &track->last;
  if (mh_fence_metres_outside (fence, fix->at) <= MH_FENCE_CLEAR_METRES)
    {
      state->n_out = 0;
      return;
    }

  if (state->n_out == 0)
    state->turned = fix->time;
  state->n_out++;
  if (state->n_out < MH_FENCE_FIXES)
    return;
  state->is_inside = FALSE;
  state->n_in = state->n_out = 0;
  fence_track_tell (events, fence, FALSE, FALSE, state->turned);
}

/* --- all zones --- */

static MhFenceState *
fence_track_state (GArray *states, const char *zone, guint *out_index)
{
  for (guint i = 0; i < states->len; i++)
    {
      MhFenceState *state = &g_array_index (states, MhFenceState, i);
      if (strcmp (state->zone, zone) == 0)
        {
          *out_index = i;
          return state;
        }
    }
  return NULL;
}

static void
fence_track_step_zone (const MhFenceTrack *track,
                       const MhFence *fence,
                       GArray *states,
                       GArray *events)
{
  guint index = 0;
  MhFenceState fresh = { 0 };
  MhFenceState *state = fence_track_state (states, mh_fence_id (fence), &index);
  const MhFix *from = track->before.time != 0 ? &track->before : &track->last;
  if (state == NULL && !mh_fence_is_near (fence, from->at, track->last.at, 1))
    return;

  gboolean is_fresh = state == NULL;
  if (is_fresh)
    state = &fresh;
  if (state->is_inside)
    fence_track_step_inside (fence, state, track, events);
  else
    fence_track_step_outside (fence, state, track, events);

  gboolean is_kept = state->is_inside || state->n_in > 0;
  if (is_fresh && is_kept)
    {
      g_strlcpy (fresh.zone, mh_fence_id (fence), sizeof fresh.zone);
      g_array_append_val (states, fresh);
    }
  else if (!is_fresh && !is_kept)
    g_array_remove_index_fast (states, index);
}

static gboolean
fence_track_knows (const GPtrArray *fences, const char *zone)
{
  for (guint i = 0; i < fences->len; i++)
    if (strcmp (mh_fence_id (g_ptr_array_index (fences, i)), zone) == 0)
      return TRUE;
  return FALSE;
}

void
mh_fence_track_step (const MhFenceTrack *track,
                     const GPtrArray *fences,
                     GArray *states,
                     GArray *events)
{
  for (guint i = states->len; i > 0; i--)
    if (!fence_track_knows (fences, g_array_index (states, MhFenceState, i - 1).zone))
      g_array_remove_index_fast (states, i - 1);
  for (guint i = 0; i < fences->len; i++)
    fence_track_step_zone (track, g_ptr_array_index (fences, i), states, events);
}

/* --- at the scene --- */

gboolean
mh_scene_step (MhSceneState *state, const MhFenceTrack *track, MhGeoPoint scene)
{
  const MhFix *fix = &track->last;
  double metres = mh_geo_distance (fix->at, scene), speed = mh_fence_track_speed (track);
  gboolean is_silent = state->last != 0 && fix->time - state->last > MH_FENCE_MOST_GAP;
  state->last = fix->time;
  if (metres >= MH_SCENE_METRES)
    state->is_proposed = FALSE;
  if (metres >= MH_SCENE_METRES || speed < 0 || speed >= MH_SCENE_KMH)
    {
      state->since = 0;
      return FALSE;
    }

  if (state->since == 0 || is_silent)
    state->since = fix->time;
  if (state->is_proposed || fix->time - state->since < MH_SCENE_STANDS)
    return FALSE;
  state->is_proposed = TRUE;
  return TRUE;
}
