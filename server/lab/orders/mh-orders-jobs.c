/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders that nobody paid for expire. */
#include "server/lab/orders/mh-orders-service.h"

#include "server/platform/jobs/mh-jobs.h"

#define EVERY (5 * MH_MINUTE)
/* In one transaction; what is left over waits for the next run. */
#define MOST_AT_ONCE 500

static gboolean
orders_expire_job (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  guint n = 0;
  return mh_orders_service_expire (tx, data, MOST_AT_ONCE, &n, error);
}

void
mh_orders_service_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);

  mh_jobs_register (jobs, MH_JOB_ORDER_EXPIRE, orders_expire_job, server);
  mh_jobs_repeat (jobs, MH_JOB_ORDER_EXPIRE, EVERY);
}
