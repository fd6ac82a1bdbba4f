/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to alerts while nobody looks. */
#include "server/messages/alerts/mh-alerts-service.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"

#include <glib/gi18n-lib.h>

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
alerts_jobs_sweep (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  return mh_alerts_service_sweep (tx, error);
}

static gboolean
alerts_jobs_purge (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  return mh_alerts_store_purge (tx, mh_tx_now (tx) - MH_ALERTS_KEEP, error) >= 0;
}

/* --- jobs that are given up --- */

/* Words for the administrator; the desk has them in its language. */
static const struct
{
  const char *prefix, *words;
} job_words[] = {
  { "mail.", N_ ("Sending mail") },
  { "sms.", N_ ("Sending text messages") },
  { "gateway.", N_ ("Online payments") },
  { "label.", N_ ("Printing labels") },
  { "document.", N_ ("Checking files") },
  { "appointment.", N_ ("Appointments and reminders") },
  { "critical.", N_ ("Following up critical values") },
  { "turnaround.", N_ ("Turnaround figures") },
  { "assignment.", N_ ("Assigning the work") },
  { "equipment.", N_ ("Equipment dates") },
  { "reagents.", N_ ("Stock of reagents") },
  { "order.", N_ ("Expiry of orders") },
  { "audit.", N_ ("Safeguarding the audit trail") },
};

static const char *
words_of_job (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (job_words); i++)
    if (g_str_has_prefix (kind, job_words[i].prefix))
      return job_words[i].words;
  return N_ ("Housekeeping");
}

static gboolean
tell_hospital (MhTx *tx, MhRecord *job, const char *hospital_id, gboolean failed, GError **error)
{
  const char *kind = mh_record_text (job, MH_JOB_KIND);
  g_autofree char *at = g_strdup_printf ("@%" G_GINT64_FORMAT, mh_tx_now (tx));

  /* what repeats is over as soon as its next run succeeds */
  g_autofree char *key
      = g_strconcat ("job:", mh_record_has (job, MH_JOB_PAYLOAD) ? mh_record_id (job) : kind, NULL);
  const char *const arguments[] = { words_of_job (kind), at, NULL };

  if (!failed)
    return mh_alerts_clear (tx, hospital_id, key, error);

  return mh_alerts_raise (tx,
                          &(MhAlertDraft){ .kind = MH_ALERT_JOB_FAILED,
                                           .hospital_id = hospital_id,
                                           .arguments = arguments,
                                           .dedupe_key = key },
                          error);
}

/* The house's own work is everybody's who looks after one of the hospitals. */
static gboolean
job_ended (MhTx *tx, MhRecord *job, gboolean failed, gpointer data, GError **error)
{
  if (mh_record_has (job, MH_JOB_HOSPITAL_ID))
    return tell_hospital (tx, job, mh_record_text (job, MH_JOB_HOSPITAL_ID), failed, error);
  g_autoptr (GPtrArray) hospitals
      = mh_store_all (mh_tx_db (tx), &mh_hospital_type, NULL, NULL, error);
  for (guint i = 0; hospitals != NULL && i < hospitals->len; i++)
    if (!tell_hospital (tx, job, mh_record_id (g_ptr_array_index (hospitals, i)), failed, error))
      return FALSE;
  return hospitals != NULL;
}

void
mh_alerts_service_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_observe (jobs, job_ended, NULL);
  mh_jobs_register (jobs, MH_JOB_ALERT_SWEEP, alerts_jobs_sweep, NULL);
  mh_jobs_register (jobs, MH_JOB_ALERT_PURGE, alerts_jobs_purge, NULL);
  mh_jobs_repeat (jobs, MH_JOB_ALERT_SWEEP, SWEEP_EVERY);
  mh_jobs_repeat (jobs, MH_JOB_ALERT_PURGE, MH_DAY);
}
