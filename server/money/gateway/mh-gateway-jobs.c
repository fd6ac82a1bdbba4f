/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-alerts.h"
#include "server/money/gateway/mh-gateway-apply.h"
#include "server/money/gateway/mh-gateway-events.h"
#include "server/money/gateway/mh-gateway-service.h"
#include "server/money/gateway/mh-gateway-store.h"
#include "server/money/gateway/mh-gateway-work.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/records/money/mh-gateway.h"

#define SWEEP_EVERY MH_MINUTE
#define SWEEP_AT_ONCE 200
/* Beyond the longest that one step may take, its calls and its wait for the write queue. */
#define OVERDUE(timeout) ((3 * (timeout) + 5) * MH_SECOND)

static gint64
overdue (MhServer *server)
{
  return OVERDUE (mh_server_config_int (mh_server_config (server), "razorpay.timeout_seconds"));
}

/* Steps whose process died are taken up without waiting for the lease of its job. */
static gboolean
sweep_tasks (MhTx *tx, MhServer *server, GError **error)
{
  g_autoptr (GPtrArray) late = mh_gateway_store_overdue (
      mh_tx_db (tx), mh_tx_now (tx) - overdue (server), SWEEP_AT_ONCE, error);
  for (guint i = 0; late != NULL && i < late->len; i++)
    if (!mh_gateway_plan_next (tx, server, g_ptr_array_index (late, i), mh_tx_now (tx), error))
      return FALSE;
  return late != NULL;
}

static gboolean
sweep_credits (MhTx *tx, MhServer *server, GError **error)
{
  g_autoptr (GPtrArray) rows = mh_gateway_store_uncredited (mh_tx_db (tx), SWEEP_AT_ONCE, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!mh_gateway_apply_credit (tx, server, g_ptr_array_index (rows, i), error))
      return FALSE;
  return rows != NULL;
}

/* Events whose job was given up, or whose process died while it worked. */
static gboolean
sweep_events (MhTx *tx, MhServer *server, GError **error)
{
  g_autoptr (GPtrArray) rows = mh_gateway_store_stuck_events (
      mh_tx_db (tx), mh_tx_now (tx) - overdue (server), SWEEP_AT_ONCE, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!mh_gateway_events_queue (tx, server, mh_record_id (g_ptr_array_index (rows, i)), error))
      return FALSE;
  return rows != NULL;
}

static gboolean
gateway_jobs_sweep (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  return sweep_tasks (tx, data, error) && sweep_credits (tx, data, error)
         && sweep_events (tx, data, error) && mh_gateway_alerts_look (tx, data, error);
}

static gboolean
gateway_jobs_purge (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  return mh_gateway_store_purge (tx, mh_tx_now (tx) - MH_GATEWAY_KEEP_EVENTS, error) >= 0;
}

void
mh_gateway_service_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register_slow (jobs, MH_JOB_GATEWAY_WORK, mh_gateway_work, server);
  mh_jobs_register (jobs, MH_JOB_GATEWAY_EVENT, mh_gateway_events_work, server);
  mh_jobs_register (jobs, MH_JOB_GATEWAY_SWEEP, gateway_jobs_sweep, server);
  mh_jobs_register (jobs, MH_JOB_GATEWAY_PURGE, gateway_jobs_purge, server);
  mh_jobs_repeat (jobs, MH_JOB_GATEWAY_SWEEP, SWEEP_EVERY);
  mh_jobs_repeat (jobs, MH_JOB_GATEWAY_PURGE, MH_DAY);
}

static gboolean
queue_sweep (MhTx *tx, gpointer data, GError **error)
{
  MhJobWanted wanted = { .kind = MH_JOB_GATEWAY_SWEEP,
                         .run_at = mh_tx_now (tx) + overdue (data) + MH_SECOND,
                         .dedupe_key = MH_JOB_GATEWAY_SWEEP "@start" };
  return mh_jobs_enqueue (tx, &wanted, error);
}

gboolean
mh_gateway_service_start (MhServer *server, GError **error)
{
  static const MhWho who = { .user_name = "gateway" };
  return mh_store_write (mh_server_store (server), &who, queue_sweep, server, error);
}
