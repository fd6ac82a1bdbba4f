/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-destination.h"

#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/base/mh-text.h"

static const char *const care_codes[MH_CARE_N]
    = { "trauma", "stroke", "stemi", "burns", "children", "birth", "psychiatry" };

/* What crowding costs, by the band of the score. */
static const int crowding_seconds[MH_NEDOCS_N_BANDS] = {
  [MH_NEDOCS_CROWDED] = 120,
  [MH_NEDOCS_SEVERE] = 300,
  [MH_NEDOCS_DANGEROUS] = 600,
};

const char *
mh_care_code (guint care)
{
  for (guint i = 0; i < MH_CARE_N; i++)
    if (care == 1u << i)
      return care_codes[i];
  return NULL;
}

guint
mh_care_of (const char *code)
{
  for (guint i = 0; i < MH_CARE_N; i++)
    if (g_strcmp0 (code, care_codes[i]) == 0)
      return 1u << i;
  return 0;
}

/* --- diversion --- */

gboolean
mh_diversion_holds (const MhDiversion *diversion, gint64 now)
{
  return diversion->from <= now && now < diversion->until
         && (diversion->ended_at == 0 || now < diversion->ended_at);
}

gboolean
mh_diversion_is_for (const MhDiversion *diversion, guint care, gint64 now)
{
  return mh_diversion_holds (diversion, now)
         && (diversion->scope == MH_CARE_ALL || (diversion->scope & care) != 0);
}

void
mh_diversion_check (const MhDiversion *diversion, const char *reason, gint64 now, MhIssues *issues)
{
  g_autofree char *clean = mh_text_clean (reason);
  guint length = clean != NULL ? mh_text_length (clean) : 0;
  if (diversion->scope == 0 || (diversion->scope & ~MH_CARE_ALL) != 0)
    mh_issues_add (issues, "scope", "required", "Say which patients it is about");
  if (diversion->from > now + MH_DIVERSION_AHEAD_MINUTES * MH_MINUTE)
    mh_issues_add (issues, "starts_at", "out_of_range", "It may begin within %d minutes",
                   MH_DIVERSION_AHEAD_MINUTES);
  if (diversion->until <= diversion->from || diversion->until <= now)
    mh_issues_add (issues, "until", "out_of_range", "It ends before it begins, or is over already");
  else if (diversion->until - diversion->from > MH_DIVERSION_MOST_MINUTES * MH_MINUTE)
    mh_issues_add (issues, "until", "out_of_range",
                   "It lasts %d hours at the most: renew it before it ends",
                   MH_DIVERSION_MOST_MINUTES / 60);
  if (length < MH_DIVERSION_LEAST_REASON)
    mh_issues_add (issues, "reason", "required", "Say in %d characters or more why",
                   MH_DIVERSION_LEAST_REASON);
  else if (length > MH_DIVERSION_MOST_REASON)
    mh_issues_add (issues, "reason", "too_long", "At most %d characters", MH_DIVERSION_MOST_REASON);
}

gboolean
mh_diversion_renew (MhDiversion *diversion, gint64 until, gint64 now, GError **error)
{
  if (!mh_diversion_holds (diversion, now))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "It does not hold now: begin a new one.");
      return FALSE;
    }
  if (until <= diversion->until)
    {
      mh_error_set_field (error, "until", "out_of_range",
                          "Choose a later end than it has; to end it sooner, end it.");
      return FALSE;
    }
  if (until - now > MH_DIVERSION_MOST_MINUTES * MH_MINUTE)
    {
      mh_error_set_field (error, "until", "out_of_range", "At most %d hours from now.",
                          MH_DIVERSION_MOST_MINUTES / 60);
      return FALSE;
    }
  diversion->until = until;
  return TRUE;
}

/* --- destination --- */

void
mh_destination_free (MhDestination *destination)
{
  if (destination == NULL)
    return;
  g_array_unref (destination->offers);
  g_array_unref (destination->left_out);
  g_free (destination);
}

typedef struct
{
  const MhDestinationHospital *hospitals;
  guint n;
  guint care;
  gboolean is_top;
  gint64 now;
  /* what is asked of a hospital, after looking at all */
  int reach;     /* seconds */
  guint lacking; /* units it may lack at the most */
  gboolean ignores_diversions;
} Driving;

static guint
destination_lacks (const Driving *driving, const MhDestinationHospital *hospital)
{
  return driving->care & ~hospital->care;
}

static guint
destination_n_lacks (const Driving *driving, const MhDestinationHospital *hospital)
{
  guint lacks = destination_lacks (driving, hospital), n = 0;
  for (guint i = 0; i < MH_CARE_N; i++)
    n += (lacks >> i) & 1;
  return n;
}

static gboolean
destination_diverts (const Driving *driving, const MhDestinationHospital *hospital)
{
  for (guint i = 0; i < hospital->n_diversions; i++)
    if (mh_diversion_is_for (&hospital->diversions[i], driving->care, driving->now))
      return TRUE;
  return FALSE;
}

static gboolean
destination_is_reached (const Driving *driving, const MhDestinationHospital *hospital)
{
  return hospital->road_seconds >= 0 && hospital->road_seconds <= driving->reach
         && !hospital->refused;
}

static gboolean
destination_can_take (const Driving *driving, const MhDestinationHospital *hospital)
{
  return destination_is_reached (driving, hospital)
         && destination_n_lacks (driving, hospital) <= driving->lacking;
}

/* Which demands have to be dropped, so that there is somewhere to go: reach, then units, then
 * diversions. */
static void
destination_look (Driving *driving)
{
  gboolean any = FALSE;
  driving->reach = MH_DESTINATION_REACH_SECONDS;
  for (guint i = 0; i < driving->n && !any; i++)
    any = destination_is_reached (driving, &driving->hospitals[i]);
  if (!any)
    driving->reach = G_MAXINT;

  driving->lacking = MH_CARE_N;
  for (guint i = 0; i < driving->n; i++)
    if (destination_is_reached (driving, &driving->hospitals[i]))
      driving->lacking
          = MIN (driving->lacking, destination_n_lacks (driving, &driving->hospitals[i]));

  driving->ignores_diversions = TRUE;
  for (guint i = 0; i < driving->n && driving->ignores_diversions; i++)
    driving->ignores_diversions = !destination_can_take (driving, &driving->hospitals[i])
                                  || destination_diverts (driving, &driving->hospitals[i]);
}

static guint
destination_reasons (const Driving *driving, const MhDestinationHospital *hospital)
{
  guint reasons = hospital->refused ? MH_DESTINATION_REFUSED : 0;
  if (hospital->road_seconds < 0)
    reasons |= MH_DESTINATION_NO_WAY;
  else if (hospital->road_seconds > driving->reach)
    reasons |= MH_DESTINATION_TOO_FAR;
  if (destination_n_lacks (driving, hospital) > driving->lacking)
    reasons |= MH_DESTINATION_LACKS;
  if (!driving->is_top && !driving->ignores_diversions && destination_diverts (driving, hospital))
    reasons |= MH_DESTINATION_DIVERTS;
  return reasons;
}

static MhDestinationOffer
destination_offer (const Driving *driving, guint index)
{
  const MhDestinationHospital *hospital = &driving->hospitals[index];
  gboolean stale = mh_nedocs_is_stale (hospital->reviewed_at, driving->now);
  MhDestinationOffer offer = { .index = index, .road_seconds = hospital->road_seconds };
  offer.lacks = destination_lacks (driving, hospital);
  if (!stale && hospital->nedocs != G_MININT)
    offer.crowding_seconds = crowding_seconds[mh_nedocs_band (hospital->nedocs)];
  if (!stale && hospital->free_beds == 0)
    offer.bed_seconds = MH_DESTINATION_NO_BED_SECONDS;
  offer.score = offer.road_seconds;
  if (!driving->is_top)
    offer.score += offer.crowding_seconds + offer.bed_seconds;

  offer.notes
      = (stale ? MH_DESTINATION_NOTE_STALE : 0)
        | (offer.bed_seconds > 0 ? MH_DESTINATION_NOTE_NO_BED : 0)
        | (offer.crowding_seconds > 0 ? MH_DESTINATION_NOTE_CROWDED : 0)
        | (offer.lacks != 0 ? MH_DESTINATION_NOTE_LACKS : 0)
        | (hospital->road_seconds > MH_DESTINATION_REACH_SECONDS ? MH_DESTINATION_NOTE_FAR : 0);
  if (destination_diverts (driving, hospital))
    offer.notes
        |= driving->is_top ? MH_DESTINATION_NOTE_DIVERTS_TOP : MH_DESTINATION_NOTE_DIVERTS_ALL;
  return offer;
}

static int
destination_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const MhDestinationOffer *one = a, *other = b;
  const Driving *driving = data;
  if (one->score != other->score)
    return one->score < other->score ? -1 : 1;
  if (one->road_seconds != other->road_seconds)
    return one->road_seconds < other->road_seconds ? -1 : 1;
  return strcmp (driving->hospitals[one->index].id, driving->hospitals[other->index].id);
}

MhDestination *
mh_destination_choose (const MhDestinationHospital *hospitals,
                       guint n_hospitals,
                       guint care,
                       MhUrgency urgency,
                       MhUrgency top,
                       gint64 now)
{
  MhDestination *out = g_new0 (MhDestination, 1);
  Driving driving = { .hospitals = hospitals, .n = n_hospitals, .care = care, .now = now };
  driving.is_top = urgency != MH_URGENCY_NONE && urgency <= top;
  out->offers = g_array_new (FALSE, FALSE, sizeof (MhDestinationOffer));
  out->left_out = g_array_new (FALSE, FALSE, sizeof (MhDestinationLeftOut));
  destination_look (&driving);
  for (guint i = 0; i < n_hospitals; i++)
    {
      guint reasons = destination_reasons (&driving, &hospitals[i]);
      if (reasons == 0)
        {
          const MhDestinationOffer offer = destination_offer (&driving, i);
          g_array_append_val (out->offers, offer);
          continue;
        }
      const MhDestinationLeftOut left = { i, reasons, destination_lacks (&driving, &hospitals[i]) };
      g_array_append_val (out->left_out, left);
    }
  g_array_sort_with_data (out->offers, destination_compare, &driving);
  return out;
}
