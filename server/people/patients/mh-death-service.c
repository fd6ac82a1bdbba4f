/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-death-service.h"

#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-hospital-day.h"
#include "shared/base/mh-date.h"
#include "shared/records/people/mh-death.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

static MhRecord *
death_service_find (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, id, error);
  if (patient == NULL || !mh_access_check (req, patient, error))
    return NULL;
  if (!mh_record_has (patient, MH_PATIENT_MERGED_INTO))
    return g_steal_pointer (&patient);
  mh_error_set (error, MH_ERROR_CONFLICT, "This record was merged into another; change that one.");
  return NULL;
}

/* On a day of the hospital that the patient has lived to. */
static gboolean
death_service_check_time (MhTx *tx, MhRecord *patient, gint64 died_at, GError **error)
{
  char day[MH_DATE_LENGTH + 1];
  MhDate date;
  const char *born = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  if (died_at > mh_tx_now (tx))
    return mh_error_set_field (error, "died_at", "future", "This time is still to come."), FALSE;
  if (!mh_hospital_day (mh_tx_db (tx), mh_record_text (patient, MH_PATIENT_HOSPITAL_ID), died_at,
                        &date, error))
    return FALSE;

  mh_date_format (date, day);
  if (born == NULL || mh_record_bool (patient, MH_PATIENT_BIRTH_ESTIMATED)
      || g_strcmp0 (day, born) >= 0)
    return TRUE;

  mh_error_set_field (error, "died_at", "before_birth",
                      "This is before the patient's date of birth.");
  return FALSE;
}

MhRecord *
mh_death_service_record (const MhRequest *req,
                         const char *patient_id,
                         MhRecord *death,
                         GError **error)
{
  gint64 died_at = mh_record_int (death, MH_DEATH_DIED_AT);
  g_autoptr (MhRecord) before = death_service_find (req, patient_id, error);
  if (before == NULL || !death_service_check_time (req->tx, before, died_at, error))
    return NULL;

  if (mh_record_bool (before, MH_PATIENT_DECEASED))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "A death is recorded already; take that back first.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_bool (after, MH_PATIENT_DECEASED, TRUE);
  mh_record_set_int (after, MH_PATIENT_DECEASED_AT, died_at);
  mh_record_set_text (after, MH_PATIENT_DEATH_TOLD_BY, mh_record_text (death, MH_DEATH_TOLD_BY));
  mh_record_set_text (after, MH_PATIENT_DEATH_CAUSE, mh_record_text (death, MH_DEATH_CAUSE));
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, "death", error))
    return NULL;

  return g_steal_pointer (&after);
}

MhRecord *
mh_death_service_withdraw (const MhRequest *req,
                           const char *patient_id,
                           MhRecord *withdrawal,
                           GError **error)
{
  g_autoptr (MhRecord) before = death_service_find (req, patient_id, error);
  if (before == NULL)
    return NULL;

  if (!mh_record_bool (before, MH_PATIENT_DECEASED))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "No death is recorded.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_bool (after, MH_PATIENT_DECEASED, FALSE);
  mh_record_set_null (after, MH_PATIENT_DECEASED_AT);
  mh_record_set_null (after, MH_PATIENT_DEATH_TOLD_BY);
  mh_record_set_null (after, MH_PATIENT_DEATH_CAUSE);
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE,
                     mh_record_text (withdrawal, MH_DEATH_WITHDRAWAL_REASON), error))
    return NULL;

  return g_steal_pointer (&after);
}

gboolean
mh_death_check (MhRecord *patient, gint64 made_at, const char *field, GError **error)
{
  gint64 died_at = mh_record_int (patient, MH_PATIENT_DECEASED_AT);
  if (!mh_record_bool (patient, MH_PATIENT_DECEASED) || (made_at > 0 && made_at <= died_at))
    return TRUE;
  mh_error_set_field (error, field, "deceased", "This patient is recorded as deceased.");
  return FALSE;
}
