/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a call has to do with units: when they are sent by themselves, and what follows from what
 * they do. */
#include "server/dispatch/calls/mh-calls-private.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/common/mh-setting-store.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-json.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/dispatch/mh-rescue-assign.h"

/* --- sending by itself --- */

gboolean
mh_calls_service_top (MhDb *db, const char *hospital_id, MhUrgency *out_top, GError **error)
{
  g_autofree char *top = NULL;
  if (!mh_setting_text (db, hospital_id, MH_SET_DISPATCH_TOP, &top, error))
    return FALSE;
  *out_top = mh_urgency_of (top);
  return TRUE;
}

static gboolean
calls_units_service_is_on_map (MhRecord *call)
{
  g_auto (MhEmergencyPlace) place = { 0 };
  const char *location = mh_record_text (call, MH_EMERGENCY_CALL_LOCATION);
  return location != NULL && mh_emergency_place_parse (location, &place, NULL) && place.has_point;
}

static gboolean
calls_units_service_wants (MhRecord *call, MhUrgency top)
{
  MhUrgency urgency = mh_urgency_of (mh_record_text (call, MH_EMERGENCY_CALL_PRIORITY));
  return urgency != MH_URGENCY_NONE && urgency <= top && !mh_emergency_is_over (call)
         && !mh_record_has (call, MH_EMERGENCY_CALL_HEAD_ID)
         && !mh_record_has (call, MH_EMERGENCY_CALL_VETO_NAME)
         && mh_record_int (call, MH_EMERGENCY_CALL_N_UNITS) == 0
         && calls_units_service_is_on_map (call);
}

static char *
calls_units_service_key (MhRecord *call)
{
  return g_strconcat (MH_JOB_CALL_SEND ":", mh_record_id (call), NULL);
}

static gboolean
calls_units_service_enqueue (MhTx *tx, MhRecord *call, gint64 at, GError **error)
{
  g_autofree char *key = calls_units_service_key (call);
  g_autoptr (GString) payload = g_string_new (NULL);
  mh_json_open (payload, '{');
  mh_json_member_text (payload, "call", mh_record_id (call));
  mh_json_member_int (payload, "at", at);
  mh_json_close (payload, '}');
  const MhJobWanted wanted
      = { .kind = MH_JOB_CALL_SEND,
          .payload = payload->str,
          .run_at = at,
          .dedupe_key = key,
          .hospital_id = mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID) };
  return mh_jobs_enqueue (tx, &wanted, error);
}

static gboolean
calls_units_service_unplan (MhTx *tx, MhRecord *call, GError **error)
{
  g_autofree char *key = calls_units_service_key (call);
  mh_record_set_null (call, MH_EMERGENCY_CALL_SENDS_AT);
  return mh_jobs_cancel (tx, key, error);
}

gboolean
mh_calls_plan (MhTx *tx, MhRecord *call, GError **error)
{
  MhUrgency top = MH_URGENCY_NONE;
  gint64 at = mh_tx_now (tx) + MH_RESCUE_VETO_SECONDS * MH_SECOND;
  gboolean planned = mh_record_has (call, MH_EMERGENCY_CALL_SENDS_AT);
  if (!mh_calls_service_top (mh_tx_db (tx), mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID),
                             &top, error))
    return FALSE;

  gboolean wants = calls_units_service_wants (call, top);
  if (wants == planned)
    return TRUE;
  if (!wants)
    return calls_units_service_unplan (tx, call, error);

  mh_record_set_int (call, MH_EMERGENCY_CALL_SENDS_AT, at);
  return calls_units_service_enqueue (tx, call, at, error)
         && mh_calls_tell (tx, call,
                           &(MhCallsEvent){ .at = mh_tx_now (tx), .kind = MH_EMERGENCY_DID_PLAN },
                           1, error);
}

MhRecord *
mh_calls_service_veto (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) before = mh_calls_get_open (req, id, error);
  if (before != NULL && !mh_record_has (before, MH_EMERGENCY_CALL_SENDS_AT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "No units are about to be sent by themselves to this call.");
      return NULL;
    }
  if (before == NULL)
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_EMERGENCY_CALL_VETO_NAME, mh_actor_name (req->actor));
  const MhCallsEvent event = { .at = mh_tx_now (req->tx), .kind = MH_EMERGENCY_DID_VETO };
  return calls_units_service_unplan (req->tx, after, error)
                 && mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                 && mh_calls_tell (req->tx, after, &event, 1, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- what units do --- */

static char *
calls_units_service_alert (MhRecord *call)
{
  return g_strconcat ("call_alone:", mh_record_id (call), NULL);
}

static gboolean
calls_units_service_clear (MhTx *tx, MhRecord *call, GError **error)
{
  g_autofree char *key = calls_units_service_alert (call);
  return mh_alerts_clear (tx, mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID), key, error);
}

static gboolean
calls_units_service_close (MhTx *tx, MhRecord *before, MhRecord *after, GError **error)
{
  const MhCallsEvent event = { .at = mh_tx_now (tx), .kind = MH_EMERGENCY_DID_CLOSE };
  mh_record_set_text (after, MH_EMERGENCY_CALL_STATE, MH_EMERGENCY_CLOSED);
  mh_record_set_int (after, MH_EMERGENCY_CALL_ENDED_AT, mh_tx_now (tx));
  mh_record_set_null (after, MH_EMERGENCY_CALL_SENDS_AT);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
         && mh_calls_tell (tx, after, &event, 1, error)
         && calls_units_service_clear (tx, after, error);
}

static gboolean
calls_units_service_close_joined (MhTx *tx, MhRecord *head, GError **error)
{
  g_autoptr (GPtrArray) joined = mh_calls_store_joined (mh_tx_db (tx), mh_record_id (head), error);
  for (guint i = 0; joined != NULL && i < joined->len; i++)
    {
      MhRecord *call = g_ptr_array_index (joined, i);
      g_autoptr (MhRecord) after = mh_record_copy (call);
      if (!calls_units_service_close (tx, call, after, error))
        return FALSE;
    }
  return joined != NULL;
}

gboolean
mh_calls_service_follow (MhTx *tx,
                         const char *id,
                         const MhCallsUnits *units,
                         const MhCallsEvent *event,
                         GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_emergency_call_type, id, error);
  if (before == NULL || (event != NULL && !mh_calls_tell (tx, before, event, 1, error)))
    return FALSE;
  gboolean over = mh_emergency_is_over (before);
  if (over && mh_record_int (before, MH_EMERGENCY_CALL_ON_SCENE_AT) == units->on_scene_at)
    return calls_units_service_clear (tx, before, error);

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (units->on_scene_at != 0)
    mh_record_set_int (after, MH_EMERGENCY_CALL_ON_SCENE_AT, units->on_scene_at);
  else
    mh_record_set_null (after, MH_EMERGENCY_CALL_ON_SCENE_AT);
  if (over)
    return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);

  mh_record_set_int (after, MH_EMERGENCY_CALL_N_UNITS, units->n);
  if (g_strcmp0 (units->state, MH_EMERGENCY_CLOSED) == 0)
    return calls_units_service_close (tx, before, after, error)
           && calls_units_service_close_joined (tx, after, error);

  mh_record_set_text (after, MH_EMERGENCY_CALL_STATE, units->state);
  if (units->n > 0 && mh_record_has (before, MH_EMERGENCY_CALL_SENDS_AT)
      && !calls_units_service_unplan (tx, after, error))
    return FALSE;
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
         && (units->n == 0 || calls_units_service_clear (tx, after, error));
}

gboolean
mh_calls_service_tell_alone (MhTx *tx, const char *id, const char *reason, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_emergency_call_type, id, error);
  if (before == NULL || mh_emergency_is_over (before))
    return before != NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  const MhCallsEvent event
      = { .at = mh_tx_now (tx), .kind = MH_EMERGENCY_DID_NOBODY, .reason = reason };
  mh_record_set_null (after, MH_EMERGENCY_CALL_SENDS_AT);
  if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_calls_tell (tx, after, &event, 1, error))
    return FALSE;
  if (mh_record_int (after, MH_EMERGENCY_CALL_N_UNITS) > 0)
    return TRUE;

  const char *priority = mh_record_text (after, MH_EMERGENCY_CALL_PRIORITY);
  const char *arguments[] = { mh_record_text (after, MH_EMERGENCY_CALL_NUMBER),
                              priority != NULL ? priority : "–", NULL };
  g_autofree char *key = calls_units_service_alert (after);
  const MhAlertDraft draft = { .kind = MH_ALERT_CALL_ALONE,
                               .severity = MH_ALERT_SEVERE,
                               .hospital_id = mh_record_text (after, MH_EMERGENCY_CALL_HOSPITAL_ID),
                               .subject_type = mh_emergency_call_type.code,
                               .subject_id = id,
                               .arguments = arguments,
                               .dedupe_key = key };
  return mh_alerts_raise (tx, &draft, error);
}
