/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escalation: timers as durable jobs, alerts raised and cleared with their cause. */
#include "server/clinic/visits/mh-observe-service.h"

#include "server/clinic/visits/mh-visits-private.h"
#include "server/clinic/visits/mh-vitals-service.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-json.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-machine.h"
#include "shared/rules/clinic/mh-news2.h"

#define JOB "visit.observe"

static char *
observe_service_key_of (const char *what, const char *visit_id)
{
  return g_strdup_printf ("%s:%s", what, visit_id);
}

/* Is anybody to come to that bed: the visit goes on, and its patient lives. */
static gboolean
is_awaited (MhDb *db, MhRecord *visit, gboolean *out_awaited, GError **error)
{
  *out_awaited = mh_visit_is_open (visit);
  if (!*out_awaited)
    return TRUE;
  g_autoptr (MhRecord) patient
      = mh_store_get (db, &mh_patient_type, mh_record_text (visit, MH_VISIT_PATIENT_ID), error);
  if (patient != NULL)
    *out_awaited = !mh_record_bool (patient, MH_PATIENT_DECEASED);
  return patient != NULL;
}

/* Told at once, until the score is better, the visit is over or the patient has died. */
static gboolean
tell_score (MhTx *tx, MhRecord *visit, GError **error)
{
  gboolean awaited = FALSE;
  const char *level = mh_record_text (visit, MH_VISIT_NEWS2_LEVEL);
  const char *hospital = mh_record_text (visit, MH_VISIT_HOSPITAL_ID);
  g_autofree char *key = observe_service_key_of ("news2", mh_record_id (visit));
  gboolean high = g_strcmp0 (level, MH_NEWS2_HIGH) == 0;
  gboolean medium = g_strcmp0 (level, MH_NEWS2_MEDIUM) == 0;

  if (!is_awaited (mh_tx_db (tx), visit, &awaited, error))
    return FALSE;
  if (!awaited || (!high && !medium))
    return mh_alerts_clear (tx, hospital, key, error);

  g_autofree char *score
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (visit, MH_VISIT_NEWS2));
  g_autofree char *by
      = g_strdup_printf ("@%" G_GINT64_FORMAT, mh_record_int (visit, MH_VISIT_OBSERVED_AT)
                                                   + mh_news2_action (level)->review * MH_MINUTE);
  const char *arguments[] = { mh_record_text (visit, MH_VISIT_NUMBER), score, by, NULL };

  return mh_alerts_raise (
      tx,
      &(MhAlertDraft){ .kind = high ? MH_ALERT_NEWS2_EMERGENCY : MH_ALERT_NEWS2_URGENT,
                       .severity = high ? MH_ALERT_SEVERE : MH_ALERT_WARNING,
                       .hospital_id = hospital,
                       .subject_type = mh_visit_type.code,
                       .subject_id = mh_record_id (visit),
                       .arguments = arguments,
                       .dedupe_key = key },
      error);
}

static gboolean
set_timer (MhTx *tx, MhRecord *visit, GError **error)
{
  gint64 by = mh_record_int (visit, MH_VISIT_OBSERVE_BY);
  gboolean awaited = FALSE;
  g_autofree char *key = observe_service_key_of ("observe", mh_record_id (visit));
  if (!is_awaited (mh_tx_db (tx), visit, &awaited, error) || !mh_jobs_cancel (tx, key, error)
      || !mh_alerts_clear (tx, mh_record_text (visit, MH_VISIT_HOSPITAL_ID), key, error))
    return FALSE;
  if (by == 0 || !awaited)
    return TRUE;

  g_autoptr (GString) payload = g_string_new (NULL);
  mh_json_open (payload, '{');
  mh_json_member_text (payload, "visit_id", mh_record_id (visit));
  mh_json_close (payload, '}');

  return mh_jobs_enqueue (
      tx,
      &(MhJobWanted){ .kind = JOB,
                      .payload = payload->str,
                      .run_at = by,
                      .dedupe_key = key,
                      .hospital_id = mh_record_text (visit, MH_VISIT_HOSPITAL_ID) },
      error);
}

gboolean
mh_observe_follow (MhTx *tx, MhRecord *before, MhRecord *after, GError **error)
{
  gboolean over = mh_visit_is_open (before) != mh_visit_is_open (after);
  gboolean scored
      = over
        || g_strcmp0 (mh_record_text (before, MH_VISIT_NEWS2_LEVEL),
                      mh_record_text (after, MH_VISIT_NEWS2_LEVEL))
               != 0
        || mh_record_int (before, MH_VISIT_NEWS2) != mh_record_int (after, MH_VISIT_NEWS2);
  gboolean timed = over
                   || mh_record_int (before, MH_VISIT_OBSERVE_BY)
                          != mh_record_int (after, MH_VISIT_OBSERVE_BY);
  return (!timed || set_timer (tx, after, error)) && (!scored || tell_score (tx, after, error));
}

gboolean
mh_observe_again (MhTx *tx, MhRecord *visit, GError **error)
{
  return set_timer (tx, visit, error) && tell_score (tx, visit, error);
}

/* In the transaction that marks the job done. */
static gboolean
observe_service_look (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (JsonObject) payload
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  if (payload == NULL)
    return FALSE;

  g_autoptr (MhRecord) visit
      = mh_store_get (mh_tx_db (tx), &mh_visit_type, mh_json_text (payload, "visit_id"), error);
  if (visit == NULL)
    return FALSE;

  gint64 by = mh_record_int (visit, MH_VISIT_OBSERVE_BY);
  gboolean awaited = FALSE;
  if (!is_awaited (mh_tx_db (tx), visit, &awaited, error))
    return FALSE;
  if (by == 0 || by > mh_tx_now (tx) || !awaited)
    return TRUE;

  g_autofree char *key = observe_service_key_of ("observe", mh_record_id (visit));
  g_autofree char *at = g_strdup_printf ("@%" G_GINT64_FORMAT, by);
  const char *arguments[] = { mh_record_text (visit, MH_VISIT_NUMBER), at, NULL };

  return mh_alerts_raise (
      tx,
      &(MhAlertDraft){ .kind = MH_ALERT_OBSERVATION_LATE,
                       .hospital_id = mh_record_text (visit, MH_VISIT_HOSPITAL_ID),
                       .subject_type = mh_visit_type.code,
                       .subject_id = mh_record_id (visit),
                       .arguments = arguments,
                       .dedupe_key = key },
      error);
}

void
mh_vitals_service_register (MhServer *server)
{
  mh_jobs_register (mh_server_jobs (server), JOB, observe_service_look, NULL);
  mh_store_observe (mh_server_store (server), &mh_patient_type, mh_visits_patient_changed, NULL);
}
