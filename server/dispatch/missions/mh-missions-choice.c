/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/missions/mh-missions-choice.h"

#include <math.h>

#include "server/dispatch/calls/mh-calls-service.h"
#include "server/dispatch/maps/mh-maps-service.h"
#include "server/dispatch/missions/mh-missions-store.h"
#include "shared/base/mh-clock.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/mh-types.h"

#define STANDS_KMH 5 /* slower than that a heading says nothing */

guint
mh_missions_needs (const char *const *codes)
{
  guint needs = 0;
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    needs |= mh_can_of (codes[i]);
  return needs;
}

char **
mh_missions_need_codes (guint needs)
{
  g_autoptr (GStrvBuilder) out = g_strv_builder_new ();
  for (guint i = 0; i < MH_CAN_N; i++)
    if ((needs & (1u << i)) != 0)
      g_strv_builder_add (out, mh_can_code (1u << i));
  return g_strv_builder_end (out);
}

void
mh_missions_choice_free (MhMissionsChoice *choice)
{
  if (choice == NULL)
    return;
  g_clear_pointer (&choice->assign, mh_rescue_assign_free);
  g_array_unref (choice->units);
  g_ptr_array_unref (choice->records);
  g_free (choice->candidates);
  g_free (choice);
}

/* --- what is known --- */

typedef struct
{
  GPtrArray *units, *states, *places, *zones, *shifts, *open, *of_call;
  GHashTable *loads;
} Known;

static void
choice_known_clear (Known *known)
{
  g_clear_pointer (&known->units, g_ptr_array_unref);
  g_clear_pointer (&known->states, g_ptr_array_unref);
  g_clear_pointer (&known->places, g_ptr_array_unref);
  g_clear_pointer (&known->zones, g_ptr_array_unref);
  g_clear_pointer (&known->shifts, g_ptr_array_unref);
  g_clear_pointer (&known->open, g_ptr_array_unref);
  g_clear_pointer (&known->of_call, g_ptr_array_unref);
  g_clear_pointer (&known->loads, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, choice_known_clear)

static gboolean
choice_know (MhDb *db, MhRecord *call, Known *known, GError **error)
{
  const char *hospital = mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID);
  const struct
  {
    GPtrArray **list;
    const MhRecordType *type;
  } all[] = { { &known->units, &mh_unit_type },
              { &known->states, &mh_unit_state_type },
              { &known->places, &mh_unit_place_type },
              { &known->zones, &mh_zone_type } };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      *all[i].list = mh_store_all (db, all[i].type, "hospital_id", hospital, error);
      if (*all[i].list == NULL)
        return FALSE;
    }

  known->shifts = mh_missions_store_shifts (db, hospital, error);
  if (known->shifts != NULL)
    known->open = mh_missions_store_open (db, hospital, error);
  if (known->open != NULL)
    known->of_call = mh_missions_store_of_call (db, mh_record_id (call), error);
  if (known->of_call != NULL)
    known->loads = mh_missions_store_loads (db, hospital, error);
  return known->loads != NULL;
}

/* The first of @list whose @field is @value; NULL: none. */
static MhRecord *
choice_find (GPtrArray *list, guint field, const char *value)
{
  for (guint i = 0; value != NULL && i < list->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (list, i), field), value) == 0)
      return g_ptr_array_index (list, i);
  return NULL;
}

/* A crew is whole until the first one's hours are over; 0: nobody is on it. */
static gint64
choice_shift_ends (const Known *known, const char *unit_id)
{
  gint64 ends = 0;
  for (guint i = 0; i < known->shifts->len; i++)
    {
      MhRecord *shift = g_ptr_array_index (known->shifts, i);
      gint64 until = mh_record_int (shift, MH_CREW_SHIFT_UNTIL);
      if (g_strcmp0 (mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID), unit_id) == 0)
        ends = ends == 0 ? until : MIN (ends, until);
    }
  return ends;
}

static gboolean
choice_is_free (MhRecord *state)
{
  return state != NULL
         && g_strcmp0 (mh_record_text (state, MH_UNIT_STATE_STATE), MH_UNIT_AVAILABLE) == 0;
}

/* --- one unit --- */

static void
choice_set_place (MhMissionsUnit *one)
{
  const char *lat = mh_record_text (one->place, MH_UNIT_PLACE_LAT);
  const char *lon = mh_record_text (one->place, MH_UNIT_PLACE_LON);
  one->point = (MhGeoPoint){ lat != NULL ? g_ascii_strtod (lat, NULL) : 0,
                             lon != NULL ? g_ascii_strtod (lon, NULL) : 0 };
  if (mh_record_has (one->place, MH_UNIT_PLACE_HEADING)
      && mh_record_int (one->place, MH_UNIT_PLACE_SPEED_KMH) >= STANDS_KMH)
    one->heading = (double)mh_record_int (one->place, MH_UNIT_PLACE_HEADING);
}

/* The zone that the unit covers, if it is to have a least number of units. */
static MhRecord *
choice_zone (const Known *known, MhRecord *unit)
{
  MhRecord *zone = choice_find (known->zones, MH_ZONE_CODE, mh_record_text (unit, MH_UNIT_ZONE));
  return zone != NULL && mh_record_bool (zone, MH_ZONE_ACTIVE)
                 && mh_record_int (zone, MH_ZONE_LEAST_UNITS) > 0
             ? zone
             : NULL;
}

static void
choice_add_units (MhMissionsChoice *choice, const Known *known)
{
  for (guint i = 0; i < known->units->len; i++)
    {
      MhRecord *unit = g_ptr_array_index (known->units, i);
      const char *id = mh_record_id (unit);
      MhMissionsUnit one = { .unit = unit,
                             .state = choice_find (known->states, MH_ID, id),
                             .place = choice_find (known->places, MH_ID, id),
                             .mission = choice_find (known->open, MH_MISSION_UNIT_ID, id),
                             .zone = choice_zone (known, unit),
                             .heading = (double)NAN };
      if (!mh_record_bool (unit, MH_UNIT_ACTIVE) || mh_record_has (unit, MH_DELETED_AT))
        continue;
      if (one.place != NULL)
        choice_set_place (&one);
      g_array_append_val (choice->units, one);
    }
}

static MhMissionsUnit *
choice_nth (const MhMissionsChoice *choice, guint nth)
{
  return &g_array_index (choice->units, MhMissionsUnit, nth);
}

/* How many others of its zone are free. */
static int
choice_zone_left (const MhMissionsChoice *choice, guint nth)
{
  const MhMissionsUnit *unit = choice_nth (choice, nth);
  int left = 0;
  for (guint i = 0; i < choice->units->len; i++)
    {
      const MhMissionsUnit *other = choice_nth (choice, i);
      left += i != nth && other->zone == unit->zone && choice_is_free (other->state) ? 1 : 0;
    }
  return left;
}

static gboolean
choice_was_tried (const Known *known, const char *unit_id)
{
  for (guint i = 0; i < known->of_call->len; i++)
    {
      MhRecord *mission = g_ptr_array_index (known->of_call, i);
      const char *state = mh_record_text (mission, MH_MISSION_STATE);
      if (g_strcmp0 (mh_record_text (mission, MH_MISSION_UNIT_ID), unit_id) == 0
          && (g_strcmp0 (state, MH_MISSION_REFUSED) == 0
              || g_strcmp0 (state, MH_MISSION_UNANSWERED) == 0))
        return TRUE;
    }
  return FALSE;
}

static MhRescueState
choice_state (MhRecord *state)
{
  const char *code = state != NULL ? mh_record_text (state, MH_UNIT_STATE_STATE) : NULL;
  for (guint i = 0; mh_unit_state_codes[i].code != NULL; i++)
    if (g_strcmp0 (mh_unit_state_codes[i].code, code) == 0)
      return (MhRescueState)i;
  return MH_RESCUE_OFF;
}

static MhRescueCandidate
choice_candidate (MhMissionsChoice *choice, const Known *known, guint nth)
{
  MhMissionsUnit *one = choice_nth (choice, nth);
  const char *id = mh_record_id (one->unit);
  MhRescueCandidate candidate = {
    .id = mh_record_text (one->unit, MH_UNIT_CODE),
    .state = choice_state (one->state),
    .on_urgency = MH_URGENCY_NONE,
    .can = mh_missions_needs (mh_record_list (one->unit, MH_UNIT_CAN)),
    .shift_ends_at = choice_shift_ends (known, id),
    .fix_at = one->place != NULL ? mh_record_int (one->place, MH_UNIT_PLACE_FIX_AT) : 0,
    .missions = GPOINTER_TO_INT (g_hash_table_lookup (known->loads, id)),
    .zone_left = -1,
    .tried = choice_was_tried (known, id),
  };

  if (one->mission != NULL)
    {
      candidate.incident = mh_record_text (one->mission, MH_MISSION_CALL_ID);
      candidate.on_urgency = mh_urgency_of (mh_record_text (one->mission, MH_MISSION_PRIORITY));
    }

  /* who is on a call already covers nothing that it could leave */
  if (one->zone != NULL && choice_is_free (one->state))
    {
      one->zone_left = choice_zone_left (choice, nth);
      candidate.zone_left = one->zone_left >= mh_record_int (one->zone, MH_ZONE_LEAST_UNITS)
                                ? G_MAXINT
                                : one->zone_left;
    }
  return candidate;
}

/* --- times --- */

static void
choice_set_line (MhMissionsChoice *choice)
{
  for (guint i = 0; i < choice->units->len; i++)
    choice->candidates[i].road_seconds
        = (int)lrint (mh_geo_distance (choice_nth (choice, i)->point, choice->goal)
                      / MH_MISSIONS_LINE_METRES_A_SECOND);
  choice->basis = MH_RECOMMENDATION_LINE;
}

static void
choice_set_times (MhMissionsChoice *choice, MhMaps *maps, MhRecord *call)
{
  guint n = choice->units->len;
  g_auto (MhEmergencyPlace) place = { 0 };
  const char *location = mh_record_text (call, MH_EMERGENCY_CALL_LOCATION);
  g_autofree MhMapsOrigin *from = g_new0 (MhMapsOrigin, n + 1);
  g_autofree int *seconds = g_new0 (int, n + 1);
  choice->basis = MH_RECOMMENDATION_NOWHERE;
  if (location == NULL || !mh_emergency_place_parse (location, &place, NULL) || !place.has_point)
    return;

  choice->goal = (MhGeoPoint){ place.lat, place.lon };
  for (guint i = 0; i < n; i++)
    from[i] = (MhMapsOrigin){ choice_nth (choice, i)->point, choice_nth (choice, i)->heading };
  if (maps == NULL || !mh_maps_service_arrivals (maps, choice->goal, from, n, seconds, NULL))
    {
      choice_set_line (choice);
      return;
    }
  choice->basis = MH_RECOMMENDATION_ROAD;
  for (guint i = 0; i < n; i++)
    choice->candidates[i].road_seconds = seconds[i];
}

/* --- all --- */

static void
choice_keep (MhMissionsChoice *choice, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (choice->records, g_object_ref (g_ptr_array_index (list, i)));
}

MhMissionsChoice *
mh_missions_choose (MhDb *db, MhMaps *maps, MhRecord *call, gint64 now, GError **error)
{
  g_auto (Known) known = { 0 };
  MhUrgency top = MH_URGENCY_NONE;
  if (!choice_know (db, call, &known, error)
      || !mh_calls_service_top (db, mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID), &top,
                                error))
    return NULL;

  MhMissionsChoice *choice = g_new0 (MhMissionsChoice, 1);
  choice->records = g_ptr_array_new_with_free_func (g_object_unref);
  choice->units = g_array_new (FALSE, TRUE, sizeof (MhMissionsUnit));
  GPtrArray *lists[] = { known.units, known.states, known.places, known.zones, known.open };
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    choice_keep (choice, lists[i]);
  choice_add_units (choice, &known);
  choice->candidates = g_new0 (MhRescueCandidate, choice->units->len + 1);
  for (guint i = 0; i < choice->units->len; i++)
    choice->candidates[i] = choice_candidate (choice, &known, i);
  choice_set_times (choice, maps, call);
  /* as long as nobody knows what is needed, somebody with first aid is */
  guint needs = mh_missions_needs (mh_record_list (call, MH_EMERGENCY_CALL_NEEDS));
  choice->assign = mh_rescue_assign (
      choice->candidates, choice->units->len, needs != 0 ? needs : MH_CAN_BLS,
      mh_urgency_of (mh_record_text (call, MH_EMERGENCY_CALL_PRIORITY)), top, now);
  return choice;
}
