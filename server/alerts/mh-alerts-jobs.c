/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to alerts while nobody looks. */
#include "server/alerts/mh-alerts-service.h"
#include "server/jobs/mh-jobs.h"
#include "shared/records/mh-audit.h"

#define SWEEP_EVERY MH_MINUTE
/* In one transaction; what is left over waits for the next run. */
#define AT_ONCE 200

static gboolean
wake (MhTx *tx, GError **error)
{
  g_autoptr (GPtrArray) slept
      = mh_alerts_store_slept (mh_tx_db (tx), mh_tx_now (tx), AT_ONCE, error);
  for (guint i = 0; slept != NULL && i < slept->len; i++)
    {
      MhRecord *before = g_ptr_array_index (slept, i);
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_text (after, MH_ALERT_STATUS, MH_ALERT_OPEN);
      mh_record_set_int (after, MH_ALERT_RAISED_AT, mh_tx_now (tx));
      mh_record_set_null (after, MH_ALERT_SNOOZED_UNTIL);
      if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
    }
  return slept != NULL;
}

static gboolean
hand_up (MhTx *tx, const MhAlertKind *kind, GError **error)
{
  gint64 before_at = mh_tx_now (tx) - kind->minutes * MH_MINUTE;
  g_autoptr (GPtrArray) unseen
      = mh_alerts_store_unseen (mh_tx_db (tx), kind->code, before_at, AT_ONCE, error);
  for (guint i = 0; unseen != NULL && i < unseen->len; i++)
    {
      MhRecord *before = g_ptr_array_index (unseen, i);
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_int (after, MH_ALERT_ESCALATED_AT, mh_tx_now (tx));
      if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
    }
  return unseen != NULL;
}

gboolean
mh_alerts_service_sweep (MhTx *tx, GError **error)
{
  if (!wake (tx, error))
    return FALSE;
  for (const MhAlertKind *kind = mh_alert_kinds; kind->code != NULL; kind++)
    if (kind->minutes > 0 && kind->escalated != NULL && !hand_up (tx, kind, error))
      return FALSE;
  return TRUE;
}

static gboolean
sweep (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  return mh_alerts_service_sweep (tx, error);
}

static gboolean
purge (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  return mh_alerts_store_purge (tx, mh_tx_now (tx) - MH_ALERTS_KEEP, error) >= 0;
}

void
mh_alerts_service_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register (jobs, MH_JOB_ALERT_SWEEP, sweep, NULL);
  mh_jobs_register (jobs, MH_JOB_ALERT_PURGE, purge, NULL);
  mh_jobs_repeat (jobs, MH_JOB_ALERT_SWEEP, SWEEP_EVERY);
  mh_jobs_repeat (jobs, MH_JOB_ALERT_PURGE, MH_DAY);
}
