/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/missions/mh-missions-service.h"

#include "server/dispatch/fleet/mh-crews-service.h"
#include "server/dispatch/missions/mh-missions-choice.h"
#include "server/dispatch/missions/mh-missions-private.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-text.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/dispatch/mh-mission-clock.h"

/* --- reading --- */

static gboolean
missions_service_directs (const MhRequest *req)
{
  return mh_actor_may (req->actor, MH_MAY_DIRECT_UNIT);
}

MhRecord *
mh_missions_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) mission = mh_actor_require (req->actor, MH_MAY_CREW_UNIT, error)
                                     ? mh_edit_get (req, &mh_mission_type, id, error)
                                     : NULL;
  if (mission == NULL
      || mh_mission_is_for (mission, mh_actor_user_id (req->actor),
                            mh_actor_permissions (req->actor)))
    return g_steal_pointer (&mission);
  mh_error_set (error, MH_ERROR_NOT_FOUND, "Your unit has no such assignment.");
  return NULL;
}

GPtrArray *
mh_missions_service_list (const MhRequest *req, const MhMissionsQuery *query, GError **error)
{
  MhMissionsQuery narrowed = *query;
  narrowed.hospital_id = mh_actor_hospital_id (req->actor);
  narrowed.crew_id = missions_service_directs (req) ? NULL : mh_actor_user_id (req->actor);
  return mh_actor_require (req->actor, MH_MAY_CREW_UNIT, error)
             ? mh_missions_store_list (req->db, &narrowed, error)
             : NULL;
}

GPtrArray *
mh_missions_service_events (const MhRequest *req, const char *id, MhListPage page, GError **error)
{
  g_autoptr (MhRecord) mission = mh_missions_service_read (req, id, error);
  return mission != NULL ? mh_missions_store_events (req->db, id, page, error) : NULL;
}

/* --- sending --- */

/* What of the call's needs the unit covers: the next one is asked for that. */
static guint
missions_service_covers (const MhRequest *req, MhRecord *call, const char *unit_id)
{
  guint needs = mh_missions_needs (mh_record_list (call, MH_EMERGENCY_CALL_NEEDS));
  g_autoptr (MhRecord) unit = mh_store_find (req->db, &mh_unit_type, "id", unit_id, NULL);
  return unit != NULL ? mh_can_spread (mh_missions_needs (mh_record_list (unit, MH_UNIT_CAN)))
                            & mh_can_highest (needs)
                      : 0;
}

/* The same order came before, and its answer was not heard. NULL without error: it did not. */
static MhRecord *
missions_service_again (const MhRequest *req, MhRecord *order, GError **error)
{
  const char *id = mh_record_text (order, MH_MISSION_ORDER_ID);
  g_autoptr (MhRecord) known
      = id != NULL ? mh_store_find (req->db, &mh_mission_type, "id", id, error) : NULL;
  return known != NULL
                 && g_strcmp0 (mh_record_text (known, MH_MISSION_CALL_ID),
                               mh_record_text (order, MH_MISSION_ORDER_CALL_ID))
                        == 0
                 && g_strcmp0 (mh_record_text (known, MH_MISSION_UNIT_ID),
                               mh_record_text (order, MH_MISSION_ORDER_UNIT_ID))
                        == 0
             ? g_steal_pointer (&known)
             : NULL;
}

MhRecord *
mh_missions_service_send (const MhRequest *req, MhRecord *order, GError **error)
{
  GError *failure = NULL;
  const char *unit_id = mh_record_text (order, MH_MISSION_ORDER_UNIT_ID);
  g_autoptr (MhRecord) call
      = mh_actor_require (req->actor, MH_MAY_DIRECT_UNIT, error)
            ? mh_edit_named (req->db, mh_actor_hospital_id (req->actor), &mh_emergency_call_type,
                             mh_record_text (order, MH_MISSION_ORDER_CALL_ID), "call_id", error)
            : NULL;
  if (call == NULL)
    return NULL;
  MhRecord *known = missions_service_again (req, order, &failure);
  if (known != NULL || failure != NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      return known;
    }

  const MhMissionsWanted wanted
      = { .id = mh_record_text (order, MH_MISSION_ORDER_ID),
          .unit_id = unit_id,
          .unit_version = mh_record_int (order, MH_MISSION_ORDER_UNIT_VERSION),
          .divert = mh_record_bool (order, MH_MISSION_ORDER_DIVERT),
          .how = MH_MISSION_BY_PERSON,
          .needs = missions_service_covers (req, call, unit_id) };
  return mh_missions_send (req, call, &wanted, error);
}

/* --- the clock --- */

static gboolean
missions_service_clock (MhDb *db, MhRecord *mission, MhDispatchClock *out_clock, GError **error)
{
  g_autoptr (MhRecord) call = mh_store_get (db, &mh_emergency_call_type,
                                            mh_record_text (mission, MH_MISSION_CALL_ID), error);
  if (call == NULL)
    return FALSE;

  *out_clock = (MhDispatchClock){ 0 };
  out_clock->at[MH_CLOCK_CALL] = mh_record_int (call, MH_EMERGENCY_CALL_CALL_AT);
  mh_mission_clock_read (mission, out_clock);
  return TRUE;
}

/* When it was. A device's clock may be a little behind ours: what lies so little before the step
 * before is of then. */
static gint64
missions_service_when (const MhRequest *req,
                       const MhDispatchClock *clock,
                       gint64 said,
                       gint64 made_at)
{
  gint64 last = clock->at[mh_dispatch_clock_latest (clock)];
  gint64 at = mh_edit_made_at (req->tx, said != 0 ? said : made_at);
  return at < last && at >= last - MH_CLOCK_AHEAD_SECONDS * MH_SECOND ? last : at;
}

/* --- steps --- */

static gboolean
missions_service_may_act (const MhRequest *req, MhRecord *mission, GError **error)
{
  return mh_actor_require (req->actor, MH_MAY_CREW_UNIT, error)
         && (missions_service_directs (req)
             || mh_crews_service_require_on (req, mh_record_text (mission, MH_MISSION_UNIT_ID),
                                             error));
}

static void
missions_service_refuse_step (MhRecord *mission, const char *step, GError **error)
{
  mh_error_set (error, MH_ERROR_CONFLICT, "%s stands at “%s”; “%s” does not follow that.",
                mh_record_text (mission, MH_MISSION_UNIT_CODE),
                mh_code_label (mh_mission_state_codes, mh_record_text (mission, MH_MISSION_STATE)),
                mh_code_label (mh_mission_step_codes, step));
}

/* 1: this very step was taken before, 0: it is new, -1: its id is another one's. */
static int
missions_service_is_known (const MhRequest *req, MhRecord *mission, MhRecord *step, GError **error)
{
  GError *failure = NULL;
  const char *id = mh_record_text (step, MH_MISSION_STEP_ID);
  g_autoptr (MhRecord) event
      = id != NULL ? mh_store_find (req->db, &mh_mission_event_type, "id", id, &failure) : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return -1;
    }
  if (event == NULL)
    return 0;
  if (g_strcmp0 (mh_record_text (event, MH_MISSION_EVENT_MISSION_ID), mh_record_id (mission)) == 0
      && g_strcmp0 (mh_record_text (event, MH_MISSION_EVENT_STEP),
                    mh_record_text (step, MH_MISSION_STEP_STEP))
             == 0)
    return 1;
  mh_error_set (error, MH_ERROR_CONFLICT, "Another step has this id already.");
  return -1;
}

/* Yes or no of a unit that is asked. */
static gboolean
missions_service_answer (const MhRequest *req,
                         MhRecord *before,
                         MhRecord *after,
                         MhRecord *step,
                         MhMissionsEvent *event,
                         GError **error)
{
  if (g_strcmp0 (event->step, MH_MISSION_STEP_ACCEPTED) == 0)
    {
      mh_record_set_text (after, MH_MISSION_STATE, MH_MISSION_ASSIGNED);
      mh_record_set_int (after, MH_MISSION_ACCEPTED_AT, event->at);
      return mh_missions_cancel_next (req->tx, before, error)
             && mh_missions_settle (req, before, after, event, error);
    }

  mh_record_set_text (after, MH_MISSION_REFUSAL, mh_record_text (step, MH_MISSION_STEP_REFUSAL));
  mh_record_set_text (after, MH_MISSION_NOTE, mh_record_text (step, MH_MISSION_STEP_NOTE));
  event->kind = MH_MISSION_REFUSED;
  event->reason = mh_record_text (step, MH_MISSION_STEP_REFUSAL);
  if (req->server != NULL && mh_server_jobs (req->server) != NULL)
    mh_jobs_wake_after_commit (mh_server_jobs (req->server));
  return mh_missions_end (req, before, after, MH_MISSION_REFUSED, event, error)
         && mh_missions_enqueue_next (req->tx, after, mh_tx_now (req->tx), error);
}

static gboolean
missions_service_stamp (const MhRequest *req,
                        MhRecord *before,
                        MhRecord *after,
                        MhDispatchClock *clock,
                        const MhMissionsEvent *event,
                        GError **error)
{
  int step = mh_dispatch_clock_step (event->step);
  if (step < MH_CLOCK_EN_ROUTE || !mh_dispatch_clock_may (clock, (MhClockStep)step))
    {
      missions_service_refuse_step (before, event->step, error);
      return FALSE;
    }
  if (!mh_dispatch_clock_stamp (clock, (MhClockStep)step, event->at, mh_tx_now (req->tx), error))
    return FALSE;

  const char *state = mh_mission_clock_state ((MhClockStep)step);
  mh_record_set_int (after, mh_mission_clock_field ((MhClockStep)step), event->at);
  if (step == MH_CLOCK_CLEAR)
    return mh_missions_end (req, before, after, state, event, error);
  mh_record_set_text (after, MH_MISSION_STATE, state);
  return mh_missions_settle (req, before, after, event, error);
}

static gboolean
missions_service_do_step (const MhRequest *req,
                          MhRecord *before,
                          MhRecord *after,
                          MhRecord *step,
                          gint64 made_at,
                          GError **error)
{
  MhDispatchClock clock;
  const char *code = mh_record_text (step, MH_MISSION_STEP_STEP);
  gboolean asked = g_strcmp0 (mh_record_text (before, MH_MISSION_STATE), MH_MISSION_ASKED) == 0;
  gboolean answers = g_strcmp0 (code, MH_MISSION_STEP_ACCEPTED) == 0
                     || g_strcmp0 (code, MH_MISSION_STEP_REFUSED) == 0;
  if (!mh_mission_is_open (before) || asked != answers)
    {
      missions_service_refuse_step (before, code, error);
      return FALSE;
    }
  if (!missions_service_clock (req->db, before, &clock, error))
    return FALSE;

  MhMissionsEvent event
      = { .id = mh_record_text (step, MH_MISSION_STEP_ID),
          .kind = "step",
          .step = code,
          .how = mh_record_bool (step, MH_MISSION_STEP_PROPOSED) ? MH_MISSION_HOW_PROPOSAL
                                                                 : mh_missions_how (req),
          .at = missions_service_when (req, &clock, mh_record_int (step, MH_MISSION_STEP_AT),
                                       made_at) };
  return answers ? missions_service_answer (req, before, after, step, &event, error)
                 : missions_service_stamp (req, before, after, &clock, &event, error);
}

MhRecord *
mh_missions_service_step (const MhRequest *req,
                          const char *id,
                          MhRecord *step,
                          gint64 made_at,
                          GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_mission_type, id, error);
  if (before == NULL || !missions_service_may_act (req, before, error))
    return NULL;
  int known = missions_service_is_known (req, before, step, error);
  if (known != 0)
    return known > 0 ? g_steal_pointer (&before) : NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  return missions_service_do_step (req, before, after, step, made_at, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- standing down --- */

MhRecord *
mh_missions_service_stand_down (const MhRequest *req,
                                const char *id,
                                MhRecord *body,
                                GError **error)
{
  g_autoptr (MhRecord) before = mh_actor_require (req->actor, MH_MAY_DIRECT_UNIT, error)
                                    ? mh_edit_get (req, &mh_mission_type, id, error)
                                    : NULL;
  if (before == NULL)
    return NULL;
  if (!mh_mission_is_open (before) || mh_record_has (before, MH_MISSION_DEPART_AT))
    {
      mh_error_set (
          error, MH_ERROR_CONFLICT,
          "%s stands at “%s”; it can be stood down until it departs with the patient.",
          mh_record_text (before, MH_MISSION_UNIT_CODE),
          mh_code_label (mh_mission_state_codes, mh_record_text (before, MH_MISSION_STATE)));
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  const char *reason = mh_record_text (body, MH_MISSION_STANDING_DOWN_REASON);
  mh_record_set_text (after, MH_MISSION_END_REASON, reason);
  mh_record_set_text (after, MH_MISSION_NOTE, mh_record_text (body, MH_MISSION_STANDING_DOWN_NOTE));
  const MhMissionsEvent event = { .kind = MH_MISSION_STOOD_DOWN,
                                  .how = mh_missions_how (req),
                                  .reason = reason,
                                  .at = mh_tx_now (req->tx) };
  return mh_missions_end (req, before, after, MH_MISSION_STOOD_DOWN, &event, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- correcting --- */

static gboolean
missions_service_take_back (MhRecord *before, MhClockStep step, GError **error)
{
  if (step != MH_CLOCK_ASSIGNED && mh_mission_is_open (before))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT,
                step == MH_CLOCK_ASSIGNED
                    ? "Stand the unit down instead of taking its assignment back."
                    : "This is over; its times can be corrected, not taken back.");
  return FALSE;
}

MhRecord *
mh_missions_service_correct (const MhRequest *req, const char *id, MhRecord *body, GError **error)
{
  MhDispatchClock clock;
  MhClockCorrection done;
  const char *code = mh_record_text (body, MH_MISSION_CORRECTION_STEP);
  gint64 at = mh_record_int (body, MH_MISSION_CORRECTION_AT), now = mh_tx_now (req->tx);
  int step = mh_dispatch_clock_step (code);
  g_autofree char *reason = mh_text_clean (mh_record_text (body, MH_MISSION_CORRECTION_REASON));
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_mission_type, id, error);
  if (before == NULL || !missions_service_may_act (req, before, error)
      || !missions_service_clock (req->db, before, &clock, error)
      || (at == 0 && !missions_service_take_back (before, (MhClockStep)step, error))
      || !mh_dispatch_clock_correct (&clock, (MhClockStep)step, at, reason, now, &done, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  const guint field = mh_mission_clock_field ((MhClockStep)step);
  if (at != 0)
    mh_record_set_int (after, field, at);
  else
    mh_record_set_null (after, field);
  if (at == 0)
    mh_record_set_text (after, MH_MISSION_STATE,
                        mh_mission_clock_state (mh_dispatch_clock_latest (&clock)));
  const MhMissionsEvent event = { .kind = at != 0 ? MH_MISSION_DID_CORRECT : MH_MISSION_DID_BACK,
                                  .step = code,
                                  .how = mh_missions_how (req),
                                  .reason = reason,
                                  .at = at != 0 ? at : now,
                                  .was_at = done.was };
  return mh_missions_settle (req, before, after, &event, error) ? g_steal_pointer (&after) : NULL;
}
