/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/equipment/mh-equipment-service.h"

#include "server/lab/equipment/mh-equipment-private.h"
#include "server/messages/alerts/mh-alerts-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-hospital-day.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

/* A desk's clock may be this far ahead. */
#define SKEW (2 * MH_MINUTE)

/* --- the register --- */

gboolean
mh_equipment_today (MhDb *db,
                    const char *hospital_id,
                    gint64 at,
                    char out[MH_DATE_LENGTH + 1],
                    GError **error)
{
  MhDate day;
  if (!mh_hospital_day (db, hospital_id, at, &day, error))
    return FALSE;
  mh_date_format (day, out);
  return TRUE;
}

MhRecord *
mh_equipment_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  GError *failure = NULL;
  if (hospital_id == NULL)
    return NULL;

  g_autoptr (MhRecord) same = mh_equipment_store_find (
      req->db, hospital_id, mh_record_text (draft, MH_EQUIPMENT_CODE), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  if (same != NULL)
    {
      mh_error_set_field (error, "code", "taken",
                          "Other equipment has this code already; write another one.");
      return NULL;
    }

  g_autoptr (MhRecord) equipment = mh_record_copy (draft);
  mh_record_set_text (equipment, MH_EQUIPMENT_HOSPITAL_ID, hospital_id);
  mh_record_set_text (equipment, MH_EQUIPMENT_STATE, MH_EQUIPMENT_IN_SERVICE);
  mh_record_set_int (equipment, MH_EQUIPMENT_STATE_SINCE, mh_tx_now (req->tx));

  return mh_tx_insert (req->tx, equipment, MH_AUDIT_CREATE, NULL, error)
             ? g_steal_pointer (&equipment)
             : NULL;
}

static MhRecord *
with_plans (MhDb *db, MhRecord *taken, GError **error)
{
  g_autoptr (MhRecord) equipment = taken;
  GPtrArray *plans
      = equipment != NULL ? mh_equipment_store_plans (db, mh_record_id (equipment), error) : NULL;
  if (plans == NULL)
    return NULL;
  mh_record_take_records (equipment, MH_EQUIPMENT_PLANS, plans);
  return g_steal_pointer (&equipment);
}

MhRecord *
mh_equipment_service_read (const MhRequest *req, const char *id, GError **error)
{
  return with_plans (req->db, mh_edit_get (req, &mh_equipment_type, id, error), error);
}

MhRecord *
mh_equipment_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  MhDb *db = req->db;
  if (!mh_edit_begin (req, patch, &before, &after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return with_plans (db, g_steal_pointer (&after), error);
}

MhRecord *
mh_equipment_service_find (MhDb *db, const char *hospital_id, const char *code, GError **error)
{
  return mh_equipment_store_find (db, hospital_id, code, error);
}

void
mh_equipment_service_on_bench_prefetch (MhDb *db, const char *hospital_id, const char *bench)
{
  mh_equipment_store_on_bench_prefetch (db, hospital_id, bench);
}

GPtrArray *
mh_equipment_service_on_bench (MhDb *db, const char *hospital_id, const char *bench, GError **error)
{
  return mh_equipment_store_on_bench (db, hospital_id, bench, error);
}

gboolean
mh_equipment_service_blocked (MhDb *db,
                              MhRecord *equipment,
                              gint64 now,
                              const char **out_block,
                              GError **error)
{
  char today[MH_DATE_LENGTH + 1] = "";
  if (mh_record_has (equipment, MH_EQUIPMENT_CALIBRATION_DUE)
      && !mh_equipment_today (db, mh_record_text (equipment, MH_EQUIPMENT_HOSPITAL_ID), now, today,
                              error))
    return FALSE;
  *out_block = mh_equipment_blocked (equipment, today, now);
  return TRUE;
}

/* --- the log --- */

GPtrArray *
mh_equipment_service_events (const MhRequest *req,
                             const char *equipment_id,
                             MhListPage page,
                             GError **error)
{
  g_autoptr (MhRecord) equipment = mh_edit_get (req, &mh_equipment_type, equipment_id, error);
  return equipment != NULL ? mh_equipment_store_events (req->db, equipment_id, page, error) : NULL;
}

static gboolean
equipment_service_is_kind (MhRecord *event, const char *kind)
{
  return g_strcmp0 (mh_record_text (event, MH_EQUIPMENT_EVENT_KIND), kind) == 0;
}

static gboolean
may_log (const MhActor *actor, MhRecord *event, GError **error)
{
  if (equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_NOTE)
      || equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_FAULT))
    return mh_actor_require (actor, MH_MAY_READ_EQUIPMENT, error);
  if (equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_OVERRIDE))
    return mh_actor_require (actor, MH_MAY_OVERRIDE_EQUIPMENT, error);
  if (equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_STATE)
      && g_strcmp0 (mh_record_text (event, MH_EQUIPMENT_EVENT_NEW_STATE), MH_EQUIPMENT_RETIRED)
             == 0)
    return mh_actor_require (actor, MH_MAY_WRITE_EQUIPMENT, error);
  return mh_actor_require (actor, MH_MAY_LOG_EQUIPMENT, error);
}

static void
equipment_service_set_state (MhRecord *equipment, const char *state, const char *why, gint64 now)
{
  mh_record_set_text (equipment, MH_EQUIPMENT_STATE, state);
  mh_record_set_text (equipment, MH_EQUIPMENT_STATE_NOTE, why);
  mh_record_set_int (equipment, MH_EQUIPMENT_STATE_SINCE, now);
}

static gboolean
change_state (MhRecord *equipment, MhRecord *event, gint64 now, GError **error)
{
  const char *words = mh_record_text (event, MH_EQUIPMENT_EVENT_WORDS);
  const char *wanted = mh_record_text (event, MH_EQUIPMENT_EVENT_NEW_STATE);
  const char *state = mh_record_text (equipment, MH_EQUIPMENT_STATE);
  gboolean in_fault = g_strcmp0 (state, MH_EQUIPMENT_FAULT) == 0;
  gboolean failed = equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_CALIBRATION)
                    && mh_record_bool (event, MH_EQUIPMENT_EVENT_FAILED);

  if (equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_FAULT) || failed)
    equipment_service_set_state (equipment, MH_EQUIPMENT_FAULT, words, now);
  else if (equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_RESOLVED) && !in_fault)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "There is no fault to resolve.");
      return FALSE;
    }
  else if (equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_RESOLVED))
    equipment_service_set_state (equipment, MH_EQUIPMENT_IN_SERVICE, NULL, now);
  else if (equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_STATE) && in_fault
           && g_strcmp0 (wanted, MH_EQUIPMENT_RETIRED) != 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Resolve the fault first.");
      return FALSE;
    }
  else if (equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_STATE))
    equipment_service_set_state (
        equipment, wanted, g_strcmp0 (wanted, MH_EQUIPMENT_IN_SERVICE) == 0 ? NULL : words, now);

  return TRUE;
}

static gboolean
check_event (const MhRequest *req, MhRecord *event, GError **error)
{
  gint64 at = mh_record_has (event, MH_EQUIPMENT_EVENT_AT)
                  ? mh_record_int (event, MH_EQUIPMENT_EVENT_AT)
                  : mh_tx_now (req->tx);
  if (!may_log (req->actor, event, error))
    return FALSE;

  if (at > mh_tx_now (req->tx) + SKEW)
    {
      mh_error_set_field (error, "at", "out_of_range", "This time has not come yet.");
      return FALSE;
    }

  mh_record_set_int (event, MH_EQUIPMENT_EVENT_AT, MIN (at, mh_tx_now (req->tx)));
  return TRUE;
}

/* Somebody answers for what an override lets out. */
static void
let_out (MhTx *tx, MhRecord *equipment, MhRecord *event)
{
  if (!equipment_service_is_kind (event, MH_EQUIPMENT_EVENT_OVERRIDE))
    return;
  mh_record_set_int (equipment, MH_EQUIPMENT_OVERRIDE_UNTIL,
                     mh_tx_now (tx) + mh_record_int (event, MH_EQUIPMENT_EVENT_HOURS) * MH_HOUR);
  mh_record_set_text (equipment, MH_EQUIPMENT_OVERRIDE_REASON,
                      mh_record_text (event, MH_EQUIPMENT_EVENT_WORDS));
  mh_record_set_text (equipment, MH_EQUIPMENT_OVERRIDE_NAME, mh_tx_who (tx)->user_name);
}

static gboolean
tell_fault (MhTx *tx, MhRecord *equipment, GError **error)
{
  const char *hospital_id = mh_record_text (equipment, MH_EQUIPMENT_HOSPITAL_ID);
  g_autofree char *key = g_strconcat ("fault:", mh_record_id (equipment), NULL);
  if (g_strcmp0 (mh_record_text (equipment, MH_EQUIPMENT_STATE), MH_EQUIPMENT_FAULT) != 0)
    return mh_alerts_clear (tx, hospital_id, key, error);

  g_autofree char *name = mh_record_display (equipment);
  const char *why = mh_record_text (equipment, MH_EQUIPMENT_STATE_NOTE);
  const char *const arguments[] = { name, why != NULL ? why : "", NULL };
  const MhAlertDraft draft = { .kind = MH_ALERT_EQUIPMENT_FAULT,
                               .severity = MH_ALERT_SEVERE,
                               .hospital_id = hospital_id,
                               .subject_type = mh_equipment_type.code,
                               .subject_id = mh_record_id (equipment),
                               .arguments = arguments,
                               .bench = mh_record_text (equipment, MH_EQUIPMENT_BENCH),
                               .dedupe_key = key };

  return mh_alerts_raise (tx, &draft, error);
}

static gboolean
equipment_service_write_event (MhTx *tx, MhRecord *equipment, MhRecord *event, GError **error)
{
  const MhWho *who = mh_tx_who (tx);
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_HOSPITAL_ID,
                      mh_record_text (equipment, MH_EQUIPMENT_HOSPITAL_ID));
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_EQUIPMENT_ID, mh_record_id (equipment));
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_CODE,
                      mh_record_text (equipment, MH_EQUIPMENT_CODE));
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_BY_ID, who->user_id);
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_BY_NAME, who->user_name);
  return mh_tx_insert (tx, event, MH_AUDIT_CREATE, NULL, error);
}

MhRecord *
mh_equipment_service_log (const MhRequest *req,
                          const char *equipment_id,
                          MhRecord *sent,
                          GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) event = mh_record_copy (sent);
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_equipment_type, equipment_id, error);
  if (before == NULL || !check_event (req, event, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (!change_state (after, event, mh_tx_now (req->tx), error)
      || !mh_equipment_plans_fulfil (req->tx, after, event, error))
    return NULL;

  let_out (req->tx, after, event);
  if (!equipment_service_write_event (req->tx, after, event, error)
      || !mh_equipment_plans_due (req->tx, after, error)
      || (!mh_record_equal (before, after)
          && !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE,
                            mh_record_text (event, MH_EQUIPMENT_EVENT_WORDS), error))
      || !tell_fault (req->tx, after, error) || !mh_equipment_plans_tell (req->tx, after, error))
    return NULL;

  return with_plans (db, g_steal_pointer (&after), error);
}
