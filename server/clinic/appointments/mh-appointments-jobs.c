/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens by itself: nobody came, a kept slot ran out, it is tomorrow. */
#include "server/clinic/appointments/mh-appointments-private.h"

#include "server/messages/sms/mh-sms-texts.h"
#include "server/messages/sms/mh-sms.h"
#include "server/platform/common/mh-setting-store.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-day.h"
#include "shared/base/mh-json.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"
#include "shared/records/platform/mh-settings.h"

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

static char *
appointments_jobs_clock_text (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / MH_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (local, "%H:%M");
}

/* Has a telephone, lives, and has not said no. */
static gboolean
wants_sms (MhRecord *patient)
{
  gboolean refused = mh_record_has (patient, MH_PATIENT_CONSENT_SMS)
                     && !mh_record_bool (patient, MH_PATIENT_CONSENT_SMS);
  return !refused && mh_record_has (patient, MH_PATIENT_PHONE)
         && !mh_record_bool (patient, MH_PATIENT_DECEASED);
}

/* Day and time, no more: not with whom, nor why (rules.md 17). */
static gboolean
appointments_jobs_send_sms (MhTx *tx,
                            MhRecord *appointment,
                            const char *code,
                            const char *dedupe,
                            GError **error)
{
  const char *hospital_id = mh_record_text (appointment, MH_APPOINTMENT_HOSPITAL_ID);
  g_autoptr (MhRecord) patient
      = mh_store_get (mh_tx_db (tx), &mh_patient_type,
                      mh_record_text (appointment, MH_APPOINTMENT_PATIENT_ID), error);

  if (patient == NULL)
    return FALSE;
  if (!wants_sms (patient))
    return TRUE;

  g_autoptr (GTimeZone) zone = mh_appointments_zone (mh_tx_db (tx), hospital_id, error);
  if (zone == NULL)
    return FALSE;

  gint64 start = mh_record_int (appointment, MH_APPOINTMENT_START_AT);
  const char *language = mh_record_text (patient, MH_PATIENT_LANGUAGE);
  g_autofree char *date
      = mh_day_text (mh_date_of_instant (start, zone), mh_sms_texts_language (language));
  g_autofree char *time = appointments_jobs_clock_text (start, zone);
  const char *arguments[] = { "date",     date,
                              "time",     time,
                              "booking",  mh_record_id (appointment),
                              "language", language != NULL ? language : "en",
                              NULL };

  return mh_sms_send (tx, &(MhSmsWanted){ hospital_id, patient, code, arguments, dedupe }, error);
}

gboolean
mh_appointments_remind_now (MhTx *tx, const char *id, GError **error)
{
  g_autoptr (MhRecord) appointment = mh_store_get (mh_tx_db (tx), &mh_appointment_type, id, error);
  g_autofree char *dedupe = g_strconcat ("appointment.reminder:", id, NULL);
  if (appointment == NULL)
    return FALSE;
  if (g_strcmp0 (mh_record_text (appointment, MH_APPOINTMENT_STATUS), MH_APPOINTMENT_BOOKED) != 0
      || mh_record_int (appointment, MH_APPOINTMENT_START_AT) <= mh_tx_now (tx))
    return TRUE;
  return appointments_jobs_send_sms (tx, appointment, MH_SMS_APPOINTMENT_REMINDER, dedupe, error);
}

/* --- what was done about a booking --- */

gboolean
mh_appointments_tell (MhTx *tx, MhRecord *appointment, const char *code, GError **error)
{
  gboolean tells = FALSE;

  /* one message for the whole of a series: each day of it is reminded of when it comes */
  const char *series_id = g_str_equal (code, MH_SMS_APPOINTMENT_BOOKED)
                              ? mh_record_text (appointment, MH_APPOINTMENT_SERIES_ID)
                              : NULL;

  if (!mh_setting_bool (mh_tx_db (tx), mh_record_text (appointment, MH_APPOINTMENT_HOSPITAL_ID),
                        MH_SET_APPOINTMENT_TELL, &tells, error))
    return FALSE;
  if (!tells || mh_record_int (appointment, MH_APPOINTMENT_START_AT) <= mh_tx_now (tx))
    return TRUE;

  g_autofree char *dedupe
      = g_strconcat (code, ":", series_id != NULL ? series_id : mh_record_id (appointment), NULL);
  return appointments_jobs_send_sms (tx, appointment, code, dedupe, error);
}

static gboolean
remind (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (JsonObject) payload
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  const char *id = payload != NULL ? mh_json_text (payload, "appointment") : NULL;
  return id != NULL && mh_appointments_remind_now (tx, id, error);
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
                                           mh_record_int (before, MH_WAITING_OFFERED_START),
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
appointments_jobs_sweep (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  guint n = 0;
  return mh_appointments_sweep (tx, &n, error);
}

void
mh_appointments_jobs_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register (jobs, MH_JOB_APPOINTMENT_REMIND, remind, NULL);
  mh_jobs_register (jobs, MH_JOB_APPOINTMENT_SWEEP, appointments_jobs_sweep, server);
  mh_jobs_repeat (jobs, MH_JOB_APPOINTMENT_SWEEP, SWEEP_EVERY);
}
