/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One unit is sent to one call, by a person or by itself. */
#include "server/dispatch/calls/mh-calls-service.h"
#include "server/dispatch/missions/mh-missions-choice.h"
#include "server/dispatch/missions/mh-missions-private.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-id.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/records/dispatch/mh-unit.h"

/* --- may it go --- */

static gboolean
missions_send_check_call (MhRecord *call, GError **error)
{
  if (mh_emergency_is_over (call))
    mh_error_set (error, MH_ERROR_CONFLICT, "This call is over; no unit is sent to it.");
  else if (mh_record_has (call, MH_EMERGENCY_CALL_HEAD_ID))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "This call is joined to another one; send the unit to that one.");
  else
    return TRUE;
  return FALSE;
}

static void
missions_send_refuse (MhRecord *state, GError **error)
{
  const char *code = mh_record_text (state, MH_UNIT_STATE_UNIT_CODE);
  const char *number = mh_record_text (state, MH_UNIT_STATE_CALL_NUMBER);
  const char *label
      = mh_code_label (mh_unit_state_codes, mh_record_text (state, MH_UNIT_STATE_STATE));
  if (number != NULL)
    mh_error_set (error, MH_ERROR_CONFLICT, "%s cannot be sent: %s, %s. Choose another unit.", code,
                  label, number);
  else
    mh_error_set (error, MH_ERROR_CONFLICT, "%s cannot be sent: %s. Choose another unit.", code,
                  label);
}

/* The state of the unit as it was chosen by; else MH_ERROR_CONFLICT with what it is now. */
static MhRecord *
missions_send_state (const MhRequest *req, MhRecord *unit, gint64 version, GError **error)
{
  GError *failure = NULL;
  const char *code = mh_record_text (unit, MH_UNIT_CODE);
  g_autoptr (MhRecord) state
      = mh_store_find (req->db, &mh_unit_state_type, "id", mh_record_id (unit), &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (!mh_record_bool (unit, MH_UNIT_ACTIVE) || state == NULL)
    mh_error_set (error, MH_ERROR_CONFLICT, "Nobody is on %s; choose another unit.", code);
  else if (mh_record_version (state) == version)
    return g_steal_pointer (&state);
  else if (g_strcmp0 (mh_record_text (state, MH_UNIT_STATE_STATE), MH_UNIT_AVAILABLE) == 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "%s has changed meanwhile; look again.", code);
  else
    missions_send_refuse (state, error);
  return NULL;
}

/* What a unit under way is on, when it may leave that for @call; NULL with MH_ERROR_CONFLICT. */
static MhRecord *
missions_send_left (const MhRequest *req,
                    MhRecord *call,
                    MhRecord *state,
                    gboolean divert,
                    GError **error)
{
  GError *failure = NULL;
  MhUrgency urgency = mh_urgency_of (mh_record_text (call, MH_EMERGENCY_CALL_PRIORITY));
  MhRescueCandidate on = { .state = MH_RESCUE_OFF };
  g_autoptr (MhRecord) mission
      = mh_missions_store_of_unit (req->db, mh_record_id (state), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  const char *mission_state = mission != NULL ? mh_record_text (mission, MH_MISSION_STATE) : NULL;
  if (g_strcmp0 (mission_state, MH_MISSION_ASSIGNED) == 0)
    on.state = MH_RESCUE_ASSIGNED;
  else if (g_strcmp0 (mission_state, MH_MISSION_EN_ROUTE) == 0)
    on.state = MH_RESCUE_EN_ROUTE;
  if (mission != NULL)
    on.on_urgency = mh_urgency_of (mh_record_text (mission, MH_MISSION_PRIORITY));
  if (on.state != MH_RESCUE_OFF && divert && mh_rescue_may_divert (&on, urgency))
    return g_steal_pointer (&mission);

  if (on.state != MH_RESCUE_OFF && divert)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "%s is on %s, which is not less urgent: only for P1 and P2 a unit is diverted.",
                  mh_record_text (state, MH_UNIT_STATE_UNIT_CODE),
                  mh_record_text (mission, MH_MISSION_CALL_NUMBER));
  else
    missions_send_refuse (state, error);
  return NULL;
}

/* --- going --- */

static gboolean
missions_send_divert (const MhRequest *req, MhRecord *left, MhRecord *call, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (left);
  g_autofree char *reason
      = g_strdup_printf ("To %s", mh_record_text (call, MH_EMERGENCY_CALL_NUMBER));
  const MhMissionsEvent event = { .kind = MH_MISSION_DIVERTED,
                                  .how = mh_missions_how (req),
                                  .reason = reason,
                                  .at = mh_tx_now (req->tx) };
  if (!mh_missions_end (req, left, after, MH_MISSION_DIVERTED, &event, error))
    return FALSE;

  g_autoptr (MhRecord) lost = mh_store_get (req->db, &mh_emergency_call_type,
                                            mh_record_text (left, MH_MISSION_CALL_ID), error);
  g_autofree char *words
      = g_strdup_printf ("%s was diverted to %s", mh_record_text (left, MH_MISSION_UNIT_CODE),
                         mh_record_text (call, MH_EMERGENCY_CALL_NUMBER));
  return lost != NULL
         && (mh_record_int (lost, MH_EMERGENCY_CALL_N_UNITS) > 0
             || mh_calls_service_tell_alone (req->tx, mh_record_id (lost), words, error));
}

static MhRecord *
missions_send_new (const MhRequest *req,
                   MhRecord *call,
                   MhRecord *unit,
                   MhRecord *left,
                   const MhMissionsWanted *wanted)
{
  gint64 now = mh_tx_now (req->tx);
  g_auto (GStrv) needs = mh_missions_need_codes (wanted->needs);
  MhRecord *mission = mh_record_new (&mh_mission_type);

  mh_record_take_text (mission, MH_ID, wanted->id != NULL ? g_strdup (wanted->id) : mh_id_new ());
  mh_record_set_text (mission, MH_MISSION_HOSPITAL_ID,
                      mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID));
  mh_record_set_text (mission, MH_MISSION_CALL_ID, mh_record_id (call));
  mh_record_set_text (mission, MH_MISSION_CALL_NUMBER,
                      mh_record_text (call, MH_EMERGENCY_CALL_NUMBER));
  mh_record_set_text (mission, MH_MISSION_UNIT_ID, mh_record_id (unit));
  mh_record_set_text (mission, MH_MISSION_UNIT_CODE, mh_record_text (unit, MH_UNIT_CODE));

  mh_record_set_text (mission, MH_MISSION_STATE, MH_MISSION_ASKED);
  mh_record_set_text (mission, MH_MISSION_HOW, wanted->how);
  mh_record_set_list (mission, MH_MISSION_NEEDS, (const char *const *)needs);
  mh_record_set_text (mission, MH_MISSION_ASSIGNED_NAME,
                      req->actor != NULL ? mh_actor_name (req->actor) : NULL);
  mh_record_set_int (mission, MH_MISSION_ASSIGNED_AT, now);
  mh_record_set_int (mission, MH_MISSION_ANSWER_BY, now + MH_RESCUE_ACCEPT_SECONDS * MH_SECOND);
  if (left != NULL)
    {
      mh_record_set_text (mission, MH_MISSION_LEAVES_ID, mh_record_text (left, MH_MISSION_CALL_ID));
      mh_record_set_text (mission, MH_MISSION_LEAVES_NUMBER,
                          mh_record_text (left, MH_MISSION_CALL_NUMBER));
    }

  mh_missions_set_call (mission, call);
  return mission;
}

MhRecord *
mh_missions_send (const MhRequest *req,
                  MhRecord *call,
                  const MhMissionsWanted *wanted,
                  GError **error)
{
  g_autoptr (MhRecord) unit
      = missions_send_check_call (call, error)
            ? mh_edit_named (req->db, mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID),
                             &mh_unit_type, wanted->unit_id, "unit_id", error)
            : NULL;
  g_autoptr (MhRecord) state
      = unit != NULL ? missions_send_state (req, unit, wanted->unit_version, error) : NULL;
  g_autoptr (MhRecord) left = NULL;
  if (state == NULL)
    return NULL;
  if (g_strcmp0 (mh_record_text (state, MH_UNIT_STATE_STATE), MH_UNIT_AVAILABLE) != 0)
    {
      left = missions_send_left (req, call, state, wanted->divert, error);
      if (left == NULL || !missions_send_divert (req, left, call, error))
        return NULL;
    }

  g_autoptr (MhRecord) mission = missions_send_new (req, call, unit, left, wanted);
  const MhMissionsEvent event = { .kind = MH_MISSION_DID_SENT,
                                  .step = "assigned",
                                  .how = mh_missions_how (req),
                                  .at = mh_tx_now (req->tx) };
  return mh_missions_set_crew (req->db, mission, error)
                 && mh_missions_settle (req, NULL, mission, &event, error)
                 && mh_missions_enqueue_next (req->tx, mission,
                                              mh_record_int (mission, MH_MISSION_ANSWER_BY), error)
             ? g_steal_pointer (&mission)
             : NULL;
}
