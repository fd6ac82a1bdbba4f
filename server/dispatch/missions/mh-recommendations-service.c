/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/missions/mh-recommendations-service.h"

#include <math.h>

#include "server/dispatch/calls/mh-calls-service.h"
#include "server/dispatch/maps/mh-maps-service.h"
#include "server/dispatch/missions/mh-missions-choice.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/mh-types.h"

static const MhMissionsUnit *
recommendations_unit (const MhMissionsChoice *choice, guint nth)
{
  return &g_array_index (choice->units, MhMissionsUnit, nth);
}

/* --- in words --- */

static void recommendations_say (MhRecord *row, const char *format, ...) G_GNUC_PRINTF (2, 3);
static void
recommendations_say (MhRecord *row, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *words = g_strdup_vprintf (format, args);
  va_end (args);
  mh_record_add_to_list (row, MH_RECOMMENDATION_REASONS, words);
}

/* The codes of @bits; with @say also their labels in words. */
static void
recommendations_set_codes (MhRecord *row,
                           guint field,
                           const MhCode *codes,
                           guint bits,
                           gboolean say)
{
  g_autoptr (GStrvBuilder) out = g_strv_builder_new ();
  for (guint i = 0; codes[i].code != NULL; i++)
    if ((bits >> i & 1) != 0)
      {
        g_strv_builder_add (out, codes[i].code);
        if (say)
          recommendations_say (row, "%s", codes[i].label);
      }
  g_auto (GStrv) list = g_strv_builder_end (out);
  mh_record_set_list (row, field, (const char *const *)list);
}

static void
recommendations_say_time (MhRecord *row, const MhMissionsChoice *choice, int seconds)
{
  if (g_str_equal (choice->basis, MH_RECOMMENDATION_NOWHERE))
    recommendations_say (row, "The place is not known yet: the way is not counted");
  else if (g_str_equal (choice->basis, MH_RECOMMENDATION_ROAD))
    recommendations_say (row, "%d min %d s by road", seconds / 60, seconds % 60);
  else
    recommendations_say (row, "%d min %d s, estimated from the straight line", seconds / 60,
                         seconds % 60);
}

static void
recommendations_say_offer (MhRecord *row,
                           const MhMissionsChoice *choice,
                           const MhRescueOffer *offer)
{
  const MhMissionsUnit *one = recommendations_unit (choice, offer->index);
  int missions = choice->candidates[offer->index].missions;
  recommendations_say_time (row, choice, offer->road_seconds);
  if (offer->fix_seconds > 0)
    recommendations_say (row, "Its position is %d s old", offer->fix_age);
  if (missions > 0)
    recommendations_say (row, "Missions of this shift: %d", missions);
  if (offer->coverage_seconds > 0)
    recommendations_say (row, "Leaves %s with %d of %d units",
                         mh_record_text (one->zone, MH_ZONE_NAME), one->zone_left,
                         (int)mh_record_int (one->zone, MH_ZONE_LEAST_UNITS));
  if ((offer->notes & MH_RESCUE_NOTE_DIVERTED) != 0)
    recommendations_say (row, "Would leave %s",
                         mh_record_text (one->mission, MH_MISSION_CALL_NUMBER));
  if ((offer->notes & MH_RESCUE_NOTE_LATE) != 0)
    recommendations_say (row, "Arrives after its crew's hours");
  if ((offer->notes & MH_RESCUE_NOTE_BELOW) != 0)
    recommendations_say (row, "Less skill than is needed: first aid until the other one is there");
}

/* --- rows --- */

static MhRecord *
recommendations_row (const MhMissionsChoice *choice, guint nth)
{
  const MhMissionsUnit *one = recommendations_unit (choice, nth);
  const MhRescueCandidate *candidate = &choice->candidates[nth];
  MhRecord *row = mh_record_new (&mh_recommendation_type);
  mh_record_set_text (row, MH_RECOMMENDATION_UNIT_ID, mh_record_id (one->unit));
  mh_record_set_text (row, MH_RECOMMENDATION_UNIT_CODE, mh_record_text (one->unit, MH_UNIT_CODE));
  mh_record_set_int (row, MH_RECOMMENDATION_VERSION,
                     one->state != NULL ? mh_record_version (one->state) : 0);
  mh_record_set_text (row, MH_RECOMMENDATION_STATE,
                      one->state != NULL ? mh_record_text (one->state, MH_UNIT_STATE_STATE)
                                         : MH_UNIT_OFF);
  mh_record_set_text (row, MH_RECOMMENDATION_BASIS, choice->basis);
  mh_record_set_int (row, MH_RECOMMENDATION_MISSIONS, candidate->missions);
  if (one->mission != NULL)
    mh_record_set_text (row, MH_RECOMMENDATION_LEAVES_NUMBER,
                        mh_record_text (one->mission, MH_MISSION_CALL_NUMBER));
  if (one->zone != NULL && candidate->zone_left >= 0)
    {
      mh_record_set_text (row, MH_RECOMMENDATION_ZONE, mh_record_text (one->zone, MH_ZONE_NAME));
      mh_record_set_int (row, MH_RECOMMENDATION_ZONE_LEFT, one->zone_left);
      mh_record_set_int (row, MH_RECOMMENDATION_ZONE_LEAST,
                         mh_record_int (one->zone, MH_ZONE_LEAST_UNITS));
    }
  return row;
}

static void
recommendations_set_way (MhRecord *row, const MhMissionsChoice *choice, MhMaps *maps, guint nth)
{
  const MhMissionsUnit *one = recommendations_unit (choice, nth);
  int metres = -1, seconds = choice->candidates[nth].road_seconds;
  if (g_str_equal (choice->basis, MH_RECOMMENDATION_NOWHERE) || seconds < 0)
    return;
  if (g_str_equal (choice->basis, MH_RECOMMENDATION_ROAD))
    metres = mh_maps_service_metres (maps, one->point, one->heading, choice->goal);
  else
    metres = (int)lrint (mh_geo_distance (one->point, choice->goal));
  mh_record_set_int (row, MH_RECOMMENDATION_ETA_SECONDS, seconds);
  if (metres >= 0)
    mh_record_set_int (row, MH_RECOMMENDATION_METRES, metres);
}

static gboolean
recommendations_is_planned (const MhRescueAssign *assign, guint offer)
{
  for (guint i = 0; i < assign->plan->len; i++)
    if (g_array_index (assign->plan, MhRescueSend, i).offer == offer)
      return TRUE;
  return FALSE;
}

static MhRecord *
recommendations_offer (const MhMissionsChoice *choice, MhMaps *maps, guint nth)
{
  const MhRescueOffer *offer = &g_array_index (choice->assign->offers, MhRescueOffer, nth);
  MhRecord *row = recommendations_row (choice, offer->index);
  g_auto (GStrv) covers = mh_missions_need_codes (offer->covers);
  recommendations_set_way (row, choice, maps, offer->index);
  mh_record_set_bool (row, MH_RECOMMENDATION_PLANNED,
                      recommendations_is_planned (choice->assign, nth));
  mh_record_set_int (row, MH_RECOMMENDATION_SCORE, offer->score);
  mh_record_set_int (row, MH_RECOMMENDATION_FIX_AGE, offer->fix_age);
  mh_record_set_int (row, MH_RECOMMENDATION_FIX_SECONDS, offer->fix_seconds);
  mh_record_set_int (row, MH_RECOMMENDATION_LOAD_SECONDS, offer->load_seconds);
  mh_record_set_int (row, MH_RECOMMENDATION_COVERAGE_SECONDS, offer->coverage_seconds);
  mh_record_set_bool (row, MH_RECOMMENDATION_DIVERT, offer->divert_seconds > 0);
  mh_record_set_int (row, MH_RECOMMENDATION_DIVERT_SECONDS, offer->divert_seconds);
  mh_record_set_list (row, MH_RECOMMENDATION_COVERS, (const char *const *)covers);
  recommendations_set_codes (row, MH_RECOMMENDATION_NOTES, mh_recommendation_note_codes,
                             offer->notes, FALSE);
  recommendations_say_offer (row, choice, offer);
  return row;
}

static MhRecord *
recommendations_left_out (const MhMissionsChoice *choice, const MhRescueLeftOut *out)
{
  MhRecord *row = recommendations_row (choice, out->index);
  g_auto (GStrv) lacks = mh_missions_need_codes (out->lacks);
  int seconds = choice->candidates[out->index].road_seconds;
  mh_record_set_list (row, MH_RECOMMENDATION_LACKS, (const char *const *)lacks);
  if (seconds >= 0 && (out->reasons & MH_RESCUE_NO_FIX) == 0
      && !g_str_equal (choice->basis, MH_RECOMMENDATION_NOWHERE))
    mh_record_set_int (row, MH_RECOMMENDATION_ETA_SECONDS, seconds);
  recommendations_set_codes (row, MH_RECOMMENDATION_OUT, mh_recommendation_out_codes, out->reasons,
                             TRUE);
  return row;
}

GPtrArray *
mh_recommendations_service_list (const MhRequest *req,
                                 MhMaps *maps,
                                 const MhRecommendationsQuery *query,
                                 GError **error)
{
  g_autoptr (MhRecord) call = mh_calls_service_read (req, query->call_id, error);
  g_autoptr (MhMissionsChoice) choice
      = call != NULL ? mh_missions_choose (req->db, maps, call, query->now, error) : NULL;
  if (choice == NULL)
    return NULL;

  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  const GArray *left_out = choice->assign->left_out;
  const guint n = query->left_out ? left_out->len : choice->assign->offers->len;
  for (guint i = 0; i < MIN (n, query->limit); i++)
    g_ptr_array_add (rows, query->left_out ? recommendations_left_out (
                               choice, &g_array_index (left_out, MhRescueLeftOut, i))
                                           : recommendations_offer (choice, maps, i));
  return rows;
}
