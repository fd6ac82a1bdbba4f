/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calibration and maintenance: when they are due, and telling so in time. */
#include "server/lab/equipment/mh-equipment-private.h"
#include "server/messages/alerts/mh-alerts-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/platform/mh-audit.h"

#define SWEEP_EVERY MH_HOUR
#define WARN_DAYS 7

static gboolean
is_calibration (MhRecord *plan)
{
  return g_strcmp0 (mh_record_text (plan, MH_EQUIPMENT_PLAN_KIND), MH_PLAN_CALIBRATION) == 0;
}

static gboolean
equipment_plans_is_active (MhRecord *plan)
{
  return !mh_record_is_set (plan, MH_EQUIPMENT_PLAN_ACTIVE)
         || mh_record_bool (plan, MH_EQUIPMENT_PLAN_ACTIVE);
}

static void
set_next_day (MhRecord *plan, const char *from)
{
  MhDate day;
  char text[MH_DATE_LENGTH + 1];
  gint64 every = mh_record_int (plan, MH_EQUIPMENT_PLAN_EVERY_DAYS);
  if (every <= 0 || !mh_date_parse (from, &day))
    return;
  mh_date_format (mh_date_from_days (mh_date_to_days (day) + every), text);
  mh_record_set_text (plan, MH_EQUIPMENT_PLAN_DUE_ON, text);
}

gboolean
mh_equipment_plans_fulfil (MhTx *tx, MhRecord *equipment, MhRecord *event, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  char day[MH_DATE_LENGTH + 1];
  const char *plan_id = mh_record_text (event, MH_EQUIPMENT_EVENT_PLAN_ID);
  if (plan_id == NULL)
    return TRUE;

  g_autoptr (MhRecord) before = mh_store_get (db, &mh_equipment_plan_type, plan_id, NULL);
  if (before == NULL
      || g_strcmp0 (mh_record_text (before, MH_EQUIPMENT_PLAN_EQUIPMENT_ID),
                    mh_record_id (equipment))
             != 0
      || g_strcmp0 (mh_record_text (before, MH_EQUIPMENT_PLAN_KIND),
                    mh_record_text (event, MH_EQUIPMENT_EVENT_KIND))
             != 0)
    {
      mh_error_set_field (
          error, "plan_id", "unknown_code",
          "This plan is of other equipment or another kind of work; choose one of the "
          "list.");
      return FALSE;
    }

  mh_record_set_text (event, MH_EQUIPMENT_EVENT_PLAN_NAME,
                      mh_record_text (before, MH_EQUIPMENT_PLAN_NAME));
  if (mh_record_bool (event, MH_EQUIPMENT_EVENT_FAILED))
    return TRUE;

  gint64 at = mh_record_int (event, MH_EQUIPMENT_EVENT_AT);

  /* Logged late: what was done after it counts more. */
  if (at < mh_record_int (before, MH_EQUIPMENT_PLAN_LAST_AT))
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (!mh_equipment_today (db, mh_record_text (equipment, MH_EQUIPMENT_HOSPITAL_ID), at, day,
                           error))
    return FALSE;

  mh_record_set_int (after, MH_EQUIPMENT_PLAN_LAST_AT, at);
  mh_record_set_int (after, MH_EQUIPMENT_PLAN_RUNS, 0);
  set_next_day (after, day);

  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* The earlier of what stands there and @day. */
static void
set_earlier (MhRecord *equipment, guint field, const char *day)
{
  const char *known = mh_record_text (equipment, field);
  if (day != NULL && (known == NULL || g_strcmp0 (day, known) < 0))
    mh_record_set_text (equipment, field, day);
}

static gboolean
is_counted_out (MhRecord *plan)
{
  gint64 every = mh_record_int (plan, MH_EQUIPMENT_PLAN_EVERY_RUNS);
  return every > 0 && mh_record_int (plan, MH_EQUIPMENT_PLAN_RUNS) >= every;
}

gboolean
mh_equipment_plans_due (MhTx *tx, MhRecord *equipment, GError **error)
{
  gboolean counted = FALSE;
  g_autoptr (GPtrArray) plans
      = mh_equipment_store_plans (mh_tx_db (tx), mh_record_id (equipment), error);
  if (plans == NULL)
    return FALSE;

  mh_record_set_text (equipment, MH_EQUIPMENT_CALIBRATION_DUE, NULL);
  mh_record_set_text (equipment, MH_EQUIPMENT_MAINTENANCE_DUE, NULL);
  for (guint i = 0; i < plans->len; i++)
    {
      MhRecord *plan = g_ptr_array_index (plans, i);
      if (!equipment_plans_is_active (plan))
        continue;
      set_earlier (equipment,
                   is_calibration (plan) ? MH_EQUIPMENT_CALIBRATION_DUE
                                         : MH_EQUIPMENT_MAINTENANCE_DUE,
                   mh_record_text (plan, MH_EQUIPMENT_PLAN_DUE_ON));
      counted = counted || (is_calibration (plan) && is_counted_out (plan));
    }

  mh_record_set_bool (equipment, MH_EQUIPMENT_CALIBRATION_COUNTED, counted);
  return TRUE;
}

/* --- keeping plans --- */

static gboolean
equipment_plans_settle (MhTx *tx, const char *equipment_id, GError **error)
{
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_equipment_type, equipment_id, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  return mh_equipment_plans_due (tx, after, error)
         && (mh_record_equal (before, after)
             || mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
         && mh_equipment_plans_tell (tx, after, error);
}

MhRecord *
mh_equipment_service_plan (const MhRequest *req,
                           const char *equipment_id,
                           MhRecord *draft,
                           GError **error)
{
  char today[MH_DATE_LENGTH + 1];
  MhDb *db = req->db;
  g_autoptr (MhRecord) equipment = mh_edit_get (req, &mh_equipment_type, equipment_id, error);
  if (equipment == NULL)
    return NULL;

  const char *hospital_id = mh_record_text (equipment, MH_EQUIPMENT_HOSPITAL_ID);
  g_autoptr (MhRecord) plan = mh_record_copy (draft);
  if (!mh_equipment_today (db, hospital_id, mh_tx_now (req->tx), today, error))
    return NULL;

  mh_record_set_text (plan, MH_EQUIPMENT_PLAN_HOSPITAL_ID, hospital_id);
  mh_record_set_text (plan, MH_EQUIPMENT_PLAN_EQUIPMENT_ID, equipment_id);
  if (!mh_record_is_set (plan, MH_EQUIPMENT_PLAN_ACTIVE))
    mh_record_set_bool (plan, MH_EQUIPMENT_PLAN_ACTIVE, TRUE);
  if (!mh_record_has (plan, MH_EQUIPMENT_PLAN_DUE_ON))
    set_next_day (plan, today);
  if (!mh_tx_insert (req->tx, plan, MH_AUDIT_CREATE, NULL, error)
      || !equipment_plans_settle (req->tx, equipment_id, error))
    return NULL;

  return g_steal_pointer (&plan);
}

MhRecord *
mh_equipment_service_replan (const MhRequest *req,
                             const char *plan_id,
                             gint64 if_match,
                             MhRecord *patch,
                             GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, (MhPatch){ .body = patch, .id = plan_id, .if_match = if_match }, &before,
                      &after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !equipment_plans_settle (req->tx, mh_record_text (after, MH_EQUIPMENT_PLAN_EQUIPMENT_ID),
                                  error))
    return NULL;
  return g_steal_pointer (&after);
}

/* --- telling in time --- */

/* Work on a machine that comes due. */
typedef struct
{
  const char *kind; /* MH_ALERT_… */
  const char *due;  /* the day */
  gboolean is_near; /* FALSE: the alert is cleared */
  gboolean is_over;
} Due;

static gboolean
equipment_plans_tell (MhTx *tx, MhRecord *equipment, const Due *due, GError **error)
{
  const char *hospital_id = mh_record_text (equipment, MH_EQUIPMENT_HOSPITAL_ID);
  g_autofree char *key = g_strdup_printf ("%s:%s", due->kind, mh_record_id (equipment));
  if (!due->is_near)
    return mh_alerts_clear (tx, hospital_id, key, error);

  g_autofree char *name = mh_record_display (equipment);
  const char *const arguments[] = { name, due->due, NULL };
  const MhAlertDraft draft = { .kind = due->kind,
                               .severity = due->is_over ? MH_ALERT_SEVERE : MH_ALERT_WARNING,
                               .hospital_id = hospital_id,
                               .subject_type = mh_equipment_type.code,
                               .subject_id = mh_record_id (equipment),
                               .arguments = arguments,
                               .bench = mh_record_text (equipment, MH_EQUIPMENT_BENCH),
                               .dedupe_key = key };

  return mh_alerts_raise (tx, &draft, error);
}

static gboolean
is_within (const char *due, const char *today, gint64 days)
{
  MhDate a, b;
  return mh_date_parse (due, &a) && mh_date_parse (today, &b)
         && mh_date_to_days (a) - mh_date_to_days (b) <= days;
}

gboolean
mh_equipment_plans_tell (MhTx *tx, MhRecord *equipment, GError **error)
{
  char today[MH_DATE_LENGTH + 1];
  MhDb *db = mh_tx_db (tx);
  g_autoptr (GPtrArray) plans = mh_equipment_store_plans (db, mh_record_id (equipment), error);
  gboolean retired
      = g_strcmp0 (mh_record_text (equipment, MH_EQUIPMENT_STATE), MH_EQUIPMENT_RETIRED) == 0;
  const char *calibration = mh_record_text (equipment, MH_EQUIPMENT_CALIBRATION_DUE);
  const char *maintenance = mh_record_text (equipment, MH_EQUIPMENT_MAINTENANCE_DUE);
  gboolean counted = mh_record_bool (equipment, MH_EQUIPMENT_CALIBRATION_COUNTED);
  gboolean near[2] = { counted, FALSE };

  if (plans == NULL
      || !mh_equipment_today (db, mh_record_text (equipment, MH_EQUIPMENT_HOSPITAL_ID),
                              mh_tx_now (tx), today, error))
    return FALSE;

  for (guint i = 0; i < plans->len; i++)
    {
      MhRecord *plan = g_ptr_array_index (plans, i);
      gint64 warn = mh_record_has (plan, MH_EQUIPMENT_PLAN_WARN_DAYS)
                        ? mh_record_int (plan, MH_EQUIPMENT_PLAN_WARN_DAYS)
                        : WARN_DAYS;
      if (equipment_plans_is_active (plan)
          && (is_within (mh_record_text (plan, MH_EQUIPMENT_PLAN_DUE_ON), today, warn)
              || is_counted_out (plan)))
        near[is_calibration (plan) ? 0 : 1] = TRUE;
    }

  return equipment_plans_tell (tx, equipment,
                               &(Due){ .kind = MH_ALERT_CALIBRATION_DUE,
                                       .due = calibration != NULL ? calibration : today,
                                       .is_near = near[0] && !retired,
                                       .is_over = counted || g_strcmp0 (calibration, today) < 0 },
                               error)
         && equipment_plans_tell (tx, equipment,
                                  &(Due){ .kind = MH_ALERT_MAINTENANCE_DUE,
                                          .due = maintenance != NULL ? maintenance : today,
                                          .is_near = near[1] && !retired,
                                          .is_over = FALSE },
                                  error);
}

/* --- the job --- */

static gboolean
count_runs (MhTx *tx, MhRecord *equipment, MhRecord *plan, GError **error)
{
  if (!equipment_plans_is_active (plan) || mh_record_int (plan, MH_EQUIPMENT_PLAN_EVERY_RUNS) <= 0)
    return TRUE;

  gint64 since
      = MAX (mh_record_int (plan, MH_EQUIPMENT_PLAN_LAST_AT), mh_record_int (plan, MH_CREATED_AT));
  gint64 runs = mh_equipment_store_runs (
      mh_tx_db (tx), mh_record_text (equipment, MH_EQUIPMENT_HOSPITAL_ID),
      mh_record_text (equipment, MH_EQUIPMENT_CODE), since, error);

  if (runs < 0)
    return FALSE;
  if (runs == mh_record_int (plan, MH_EQUIPMENT_PLAN_RUNS))
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (plan);
  mh_record_set_int (after, MH_EQUIPMENT_PLAN_RUNS, runs);
  return mh_tx_update (tx, plan, after, MH_AUDIT_UPDATE, NULL, error);
}

gboolean
mh_equipment_service_sweep (MhTx *tx, GError **error)
{
  g_autoptr (GPtrArray) all = mh_equipment_store_all (mh_tx_db (tx), error);
  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *equipment = g_ptr_array_index (all, i);
      g_autoptr (GPtrArray) plans
          = mh_equipment_store_plans (mh_tx_db (tx), mh_record_id (equipment), error);
      if (plans == NULL)
        return FALSE;
      for (guint k = 0; k < plans->len; k++)
        if (!count_runs (tx, equipment, g_ptr_array_index (plans, k), error))
          return FALSE;
      if (plans->len > 0 && !equipment_plans_settle (tx, mh_record_id (equipment), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
equipment_plans_sweep (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  return mh_equipment_service_sweep (tx, error);
}

void
mh_equipment_service_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register (jobs, MH_JOB_EQUIPMENT_DUE, equipment_plans_sweep, NULL);
  mh_jobs_repeat (jobs, MH_JOB_EQUIPMENT_DUE, SWEEP_EVERY);
}
