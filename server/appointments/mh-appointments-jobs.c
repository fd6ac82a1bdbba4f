/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens by itself: nobody came, a kept slot ran out, it is tomorrow. */
#include "server/appointments/mh-appointments-private.h"

#include "server/common/mh-setting-store.h"
#include "server/jobs/mh-jobs.h"
#include "shared/base/mh-json.h"
#include "shared/records/mh-records.h"

#define SWEEP_EVERY MH_MINUTE
#define AT_ONCE 200

/* --- reminders --- */

static char *
reminder_key (MhRecord *appointment)
{
  return g_strconcat ("appointment.remind:", mh_record_id (appointment), NULL);
}

gboolean
mh_appointments_remind (MhTx *tx, MhRecord *appointment, GError **error)
{
  gint64 hours = 0;
  const char *hospital_id = mh_record_text (appointment, MH_APPOINTMENT_HOSPITAL_ID);
  if (!mh_setting_int (mh_tx_db (tx), hospital_id, MH_SET_APPOINTMENT_REMIND_HOURS, &hours, error))
    return FALSE;
  gint64 run_at = mh_record_int (appointment, MH_APPOINTMENT_START_AT) - hours * MH_HOUR;
  /* whoever books for today knows it */
  if (hours <= 0 || run_at <= mh_tx_now (tx))
    return TRUE;
  g_autofree char *key = reminder_key (appointment);
  g_autofree char *payload
      = g_strdup_printf ("{\"appointment\":\"%s\"}", mh_record_id (appointment));
  return mh_jobs_enqueue (tx,
                          &(MhJobWanted){ .kind = MH_JOB_APPOINTMENT_REMIND,
                                          .payload = payload,
                                          .run_at = run_at,
                                          .dedupe_key = key,
                                          .hospital_id = hospital_id },
                          error);
}

gboolean
mh_appointments_unremind (MhTx *tx, MhRecord *appointment, GError **error)
{
  g_autofree char *key = reminder_key (appointment);
  return mh_jobs_cancel (tx, key, error);
}

/* --- nobody came, a kept slot ran out --- */

static gboolean
mark_not_come (MhTx *tx, guint *n, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_appointments_store_not_come (mh_tx_db (tx), mh_tx_now (tx) - MH_MINUTE, AT_ONCE, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MhRecord *before = g_ptr_array_index (found, i);
      gint64 minutes = 0;
      if (!mh_setting_int (mh_tx_db (tx), mh_record_text (before, MH_APPOINTMENT_HOSPITAL_ID),
                           MH_SET_APPOINTMENT_NO_SHOW, &minutes, error))
        return FALSE;
      if (!mh_slots_is_no_show (mh_record_int (before, MH_APPOINTMENT_START_AT), minutes,
                                mh_tx_now (tx)))
        continue;
      g_autoptr (MhRecord) after
          = mh_appointments_stepped (tx, before, MH_STEP_NO_SHOW, NULL, error);
      if (after == NULL || !mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
      ++*n;
    }
  return found != NULL;
}

/* Nobody took the offer in time: it goes to the next, and the wish stays. */
static gboolean
pass_offers_on (MhTx *tx, guint *n, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_appointments_store_expired_offers (mh_tx_db (tx), mh_tx_now (tx), error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MhRecord *before = g_ptr_array_index (found, i);
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_text (after, MH_WAITING_STATUS, MH_WAITING_WAITING);
      mh_record_set_null (after, MH_WAITING_HOLD_ID);
      mh_record_set_null (after, MH_WAITING_OFFERED_START);
      if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
          || !mh_appointments_offer_place (tx, mh_record_text (before, MH_WAITING_HOSPITAL_ID),
                                           mh_record_text (before, MH_WAITING_SCHEDULE_ID),
                                           mh_record_int (before, MH_WAITING_OFFERED_START), 0,
                                           mh_record_id (before), error))
        return FALSE;
      ++*n;
    }
  return found != NULL;
}

gboolean
mh_appointments_sweep (MhTx *tx, guint *out_n, GError **error)
{
  guint n = 0;
  if (!mh_appointments_store_forget_expired (tx, error) || !mark_not_come (tx, &n, error)
      || !pass_offers_on (tx, &n, error))
    return FALSE;
  *out_n = n;
  return TRUE;
}

static gboolean
sweep (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  guint n = 0;
  return mh_appointments_sweep (tx, &n, error);
}

void
mh_appointments_jobs_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register (jobs, MH_JOB_APPOINTMENT_SWEEP, sweep, server);
  mh_jobs_repeat (jobs, MH_JOB_APPOINTMENT_SWEEP, SWEEP_EVERY);
}
