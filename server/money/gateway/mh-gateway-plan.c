/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-plan.h"

#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-json.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/platform/mh-machine.h"

/* A retry of the job itself happens only when our own database was away. */
#define MAX_ATTEMPTS 50

static char *
gateway_plan_job_key (const char *id, gint64 step)
{
  return g_strdup_printf ("gateway:%s:%" G_GINT64_FORMAT, id, step);
}

static gboolean
gateway_plan_queue (MhTx *tx, MhServer *server, MhRecord *task, gint64 at, GError **error)
{
  gint64 step = mh_record_int (task, MH_GATEWAY_TASK_STEP);
  g_autofree char *key = gateway_plan_job_key (mh_record_id (task), step);
  g_autofree char *payload = g_strdup_printf ("{\"task\":\"%s\",\"step\":%" G_GINT64_FORMAT "}",
                                              mh_record_id (task), step);
  MhJobWanted wanted = { .kind = MH_JOB_GATEWAY_WORK,
                         .payload = payload,
                         .run_at = at,
                         .dedupe_key = key,
                         .max_attempts = MAX_ATTEMPTS };

  if (at <= mh_tx_now (tx))
    mh_jobs_wake_after_commit (mh_server_jobs (server));
  return mh_jobs_enqueue (tx, &wanted, error);
}

gboolean
mh_gateway_plan_begin (MhTx *tx, MhServer *server, const char *id, const char *what, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *task = mh_record_new (&mh_gateway_task_type);
  g_ptr_array_add (rows, task);
  mh_record_set_text (task, MH_ID, id);
  mh_record_set_text (task, MH_GATEWAY_TASK_WHAT, what);
  mh_record_set_int (task, MH_GATEWAY_TASK_STEP, 1);
  mh_record_set_int (task, MH_GATEWAY_TASK_TRIES, 0);
  mh_record_set_int (task, MH_GATEWAY_TASK_NEXT_AT, mh_tx_now (tx));
  mh_record_set_bool (task, MH_GATEWAY_TASK_DOUBT, FALSE);
  return mh_tx_insert_parts (tx, rows, error)
         && gateway_plan_queue (tx, server, task, mh_tx_now (tx), error);
}

gboolean
mh_gateway_plan_next (MhTx *tx, MhServer *server, MhRecord *task, gint64 at, GError **error)
{
  gint64 step = mh_record_int (task, MH_GATEWAY_TASK_STEP);
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_gateway_task_type, mh_record_id (task), error);
  g_autofree char *key = gateway_plan_job_key (mh_record_id (task), step);

  if (before == NULL || !mh_jobs_cancel (tx, key, error))
    return FALSE;

  mh_record_set_int (task, MH_GATEWAY_TASK_STEP, step + 1);
  if (at > 0)
    mh_record_set_int (task, MH_GATEWAY_TASK_NEXT_AT, at);
  else
    mh_record_set_null (task, MH_GATEWAY_TASK_NEXT_AT);

  return mh_tx_update_part (tx, before, task, error)
         && (at == 0 || gateway_plan_queue (tx, server, task, at, error));
}

gboolean
mh_gateway_plan_now (MhTx *tx, MhServer *server, const char *id, GError **error)
{
  g_autoptr (MhRecord) task = mh_store_get (mh_tx_db (tx), &mh_gateway_task_type, id, error);
  return task != NULL && mh_gateway_plan_next (tx, server, task, mh_tx_now (tx), error);
}

gboolean
mh_gateway_plan_doubt (MhTx *tx, MhServer *server, const char *id, GError **error)
{
  g_autoptr (MhRecord) task = mh_store_get (mh_tx_db (tx), &mh_gateway_task_type, id, error);
  if (task == NULL)
    return FALSE;
  mh_record_set_bool (task, MH_GATEWAY_TASK_DOUBT, TRUE);
  return mh_gateway_plan_next (tx, server, task, mh_tx_now (tx), error);
}

MhRecord *
mh_gateway_plan_find (MhDb *db, MhRecord *job, GError **error)
{
  const char *text = mh_record_text (job, MH_JOB_PAYLOAD);
  g_autoptr (JsonObject) payload = mh_json_parse_object (text != NULL ? text : "", -1, error);
  const char *id = payload != NULL ? mh_json_text (payload, "task") : NULL;
  if (id == NULL)
    return NULL;
  g_autoptr (MhRecord) task = mh_store_find (db, &mh_gateway_task_type, "id", id, error);
  if (task == NULL
      || mh_record_int (task, MH_GATEWAY_TASK_STEP) != mh_json_int (payload, "step", -1))
    return NULL;
  return g_steal_pointer (&task);
}
