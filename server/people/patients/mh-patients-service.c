/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-patients-service.h"

#include "server/people/gate/mh-access.h"
#include "server/people/patients/mh-patients-duplicates.h"
#include "server/people/patients/mh-patients-store.h"
#include "server/people/patients/mh-photo-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-hospital-day.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

#include <string.h>

/* --- what is derived --- */

static void
append_folded (GString *out, MhRecord *patient, guint field)
{
  const char *text = mh_record_text (patient, field);
  if (text == NULL)
    return;
  g_autofree char *folded = mh_text_fold (text);
  g_string_append_c (out, ' ');
  g_string_append (out, folded);
}

static void
derive_search (MhRecord *patient)
{
  static const guint folded[]
      = { MH_PATIENT_GIVEN_NAME, MH_PATIENT_MIDDLE_NAME, MH_PATIENT_FAMILY_NAME,
          MH_PATIENT_NATIVE_NAME, MH_PATIENT_ALIAS };
  GString *text = g_string_new (NULL), *keys = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (folded); i++)
    append_folded (text, patient, folded[i]);
  g_auto (GStrv) words = g_strsplit (text->str, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != 0)
      {
        g_autofree char *key = mh_text_phonetic (words[i]);
        g_string_append_printf (keys, " %s", key);
      }

  const char *phone = mh_record_text (patient, MH_PATIENT_PHONE);
  g_autofree char *digits = phone != NULL ? mh_text_phone_digits (phone) : NULL;
  if (digits != NULL)
    g_string_append_printf (text, " %s", digits);
  mh_record_take_text (patient, MH_PATIENT_PHONE_DIGITS, g_steal_pointer (&digits));
  mh_record_take_text (patient, MH_PATIENT_SEARCH_TEXT, g_string_free (text, FALSE));
  mh_record_take_text (patient, MH_PATIENT_SEARCH_PHONETIC, g_string_free (keys, FALSE));
}

/* An age is kept as the birthday a person of that age has today: the only day known to fit. */
static void
derive_birth_date (MhRecord *patient, MhDate today)
{
  char text[MH_DATE_LENGTH + 1];
  if (!mh_record_is_set (patient, MH_PATIENT_AGE_YEARS)
      || mh_record_has (patient, MH_PATIENT_BIRTH_DATE))
    return;
  int years = (int)mh_record_int (patient, MH_PATIENT_AGE_YEARS);
  mh_date_format (mh_date_add_months (today, -12 * years), text);
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, text);
  mh_record_set_bool (patient, MH_PATIENT_BIRTH_ESTIMATED, TRUE);
}

void
mh_patients_service_derive (MhRecord *patient, const MhDate *today)
{
  if (today != NULL)
    derive_birth_date (patient, *today);
  mh_record_unset (patient, MH_PATIENT_AGE_YEARS);
  derive_search (patient);
}

static gboolean
check_birth_date (MhRecord *patient, MhDate today, GError **error)
{
  MhDate birth;
  const char *text = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  if (text == NULL || !mh_date_parse (text, &birth) || mh_date_compare (birth, today) <= 0)
    return TRUE;
  mh_error_set_field (error, "birth_date", "out_of_range",
                      "A date of birth cannot be in the future.");
  return FALSE;
}

/* --- registering and changing --- */

static gboolean
set_mrn (MhTx *tx, MhRecord *patient, const char *hospital_id, GError **error)
{
  g_autoptr (MhRecord) hospital
      = mh_store_get (mh_tx_db (tx), &mh_hospital_type, hospital_id, error);
  if (hospital == NULL)
    return FALSE;

  const char *code = mh_record_text (hospital, MH_HOSPITAL_CODE);
  g_autofree char *series = g_strconcat ("mrn:", code, NULL);
  gint64 number = mh_tx_next_number (tx, series, error);
  if (number < 0)
    return FALSE;

  char *mrn = mh_mrn_make (code, number);
  if (mrn == NULL)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "The hospital's code cannot begin an MRN; it needs one to six letters.");
      return FALSE;
    }

  mh_record_take_text (patient, MH_PATIENT_MRN, mrn);
  return TRUE;
}

MhRecord *
mh_patients_service_register (const MhRequest *req, MhRecord *draft, gboolean late, GError **error)
{
  gboolean doubtful = FALSE;
  g_autofree char *note = NULL;
  g_autoptr (MhRecord) patient = mh_record_copy (draft);
  const char *hospital = mh_edit_hospital (req->actor, error);
  MhDate today;
  if (hospital == NULL || !mh_hospital_day (req->db, hospital, mh_tx_now (req->tx), &today, error)
      || !check_birth_date (patient, today, error))
    return NULL;

  mh_record_set_text (patient, MH_PATIENT_HOSPITAL_ID, hospital);
  if (!mh_record_has (patient, MH_PATIENT_ALLERGY_STATUS))
    mh_record_set_text (patient, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_NOT_ASKED);
  mh_patients_service_derive (patient, &today);
  if (!mh_patients_settle_duplicates (req, patient, late, &note, &doubtful, error))
    return NULL;

  mh_record_unset (patient, MH_PATIENT_DUPLICATE_REASON);
  mh_record_set_bool (patient, MH_PATIENT_POSSIBLE_DUPLICATE, doubtful);
  if (!mh_photo_service_settle (req, NULL, patient, error)
      || !set_mrn (req->tx, patient, hospital, error)
      || !mh_tx_insert (req->tx, patient, MH_AUDIT_CREATE, note, error)
      || !mh_patients_store_index (req->tx, NULL, patient, error))
    return NULL;

  return g_steal_pointer (&patient);
}

/* A death is recorded by a physician, with who says so (mh-death-service.h). */
static gboolean
check_death (MhRecord *before, MhRecord *after, GError **error)
{
  if (mh_record_bool (before, MH_PATIENT_DECEASED) == mh_record_bool (after, MH_PATIENT_DECEASED)
      && mh_record_int (before, MH_PATIENT_DECEASED_AT)
             == mh_record_int (after, MH_PATIENT_DECEASED_AT))
    return TRUE;
  mh_error_set_field (error, "deceased", "read_only",
                      "A death is recorded in the chart, by a physician.");
  return FALSE;
}

MhRecord *
mh_patients_service_change (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error) || !mh_access_check (req, before, error))
    return NULL;

  if (mh_record_has (before, MH_PATIENT_MERGED_INTO))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "This record was merged into another; change that one.");
      return NULL;
    }

  if (!check_death (before, after, error))
    return NULL;

  if (mh_record_is_set (patch.body, MH_PATIENT_AGE_YEARS)
      && !mh_record_is_set (patch.body, MH_PATIENT_BIRTH_DATE))
    mh_record_unset (after, MH_PATIENT_BIRTH_DATE);

  MhDate today;
  if (!mh_hospital_day (req->db, mh_record_text (after, MH_PATIENT_HOSPITAL_ID),
                        mh_tx_now (req->tx), &today, error)
      || !check_birth_date (after, today, error))
    return NULL;

  mh_patients_service_derive (after, &today);
  if (!mh_photo_service_settle (req, before, after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_patients_store_index (req->tx, before, after, error))
    return NULL;

  return g_steal_pointer (&after);
}

static const char merged_member[] = "\"merged_into\":\"";

MhRecord *
mh_patients_service_read (const MhRequest *req, const char *id, GString *out, GError **error)
{
  g_autoptr (MhRecord) head = mh_edit_get_json (req, &mh_patient_type, id, out, error);

  /* Inside a text a quotation mark has a backslash before it: this is the member. */
  const char *merged = head != NULL ? strstr (out->str, merged_member) : NULL;
  if (merged != NULL)
    {
      g_autofree char *survivor = g_strndup (merged + strlen (merged_member), MH_ID_LENGTH);
      g_string_truncate (out, 0);
      g_clear_object (&head);
      head = mh_edit_get_json (req, &mh_patient_type, survivor, out, error);
    }

  if (head == NULL || !mh_access_check (req, head, error))
    return NULL;

  return g_steal_pointer (&head);
}

MhRecord *
mh_patients_service_named (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, id, &inner);
  if (patient == NULL && g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    mh_error_set_field (error, "patient_id", "unknown", "There is no such patient.");
  else if (patient == NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  else if (mh_record_has (patient, MH_PATIENT_MERGED_INTO))
    return mh_store_get (req->db, &mh_patient_type,
                         mh_record_text (patient, MH_PATIENT_MERGED_INTO), error);
  return g_steal_pointer (&patient);
}

/* --- where the patient is --- */

gboolean
mh_patients_service_open_visit (const MhRequest *req,
                                const char *patient_id,
                                MhRecord **out_visit,
                                GError **error)
{
  return mh_patients_store_open_visit (req->db, patient_id, mh_actor_hospital_id (req->actor), NULL,
                                       out_visit, error);
}

gboolean
mh_patients_service_is_inpatient (MhDb *db,
                                  const char *patient_id,
                                  gboolean *out_is,
                                  GError **error)
{
  g_autoptr (MhRecord) stay = NULL;
  if (!mh_patients_store_open_visit (db, patient_id, NULL, MH_VISIT_INPATIENT, &stay, error))
    return FALSE;

  *out_is = stay != NULL;
  return TRUE;
}
