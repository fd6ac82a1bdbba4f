/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who saw what of a patient: for the screen, and on paper for the patient who asks. */
#include "server/people/access/mh-access-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/people/patients/mh-patients-service.h"
#include "server/platform/audit/mh-audit-service.h"
#include "server/platform/common/mh-edit.h"
#include "shared/record/mh-registry.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-report-table.h"
#include "shared/reports/mh-words.h"

#define ROWS_AT_ONCE 200

GPtrArray *
mh_access_service_people (const MhRequest *req, const char *q, guint limit, GError **error)
{
  static const guint told[]
      = { MH_ID, MH_PATIENT_MRN, MH_PATIENT_GIVEN_NAME, MH_PATIENT_FAMILY_NAME };
  g_auto (GStrv) next = NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);

  if (q == NULL || *q == 0)
    return g_steal_pointer (&people);

  g_autoptr (GPtrArray) found = mh_patients_service_find (req, q, NULL, limit, &next, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MhRecord *person = mh_record_new (&mh_patient_type);
      for (guint k = 0; k < G_N_ELEMENTS (told); k++)
        mh_record_set_text (person, told[k],
                            mh_record_text (g_ptr_array_index (found, i), told[k]));
      g_ptr_array_add (people, person);
    }

  return found != NULL ? g_steal_pointer (&people) : NULL;
}

GPtrArray *
mh_access_service_report (const MhRequest *req,
                          const char *patient_id,
                          gint64 before,
                          guint limit,
                          char **out_next,
                          GError **error)
{
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, patient_id, error);
  const MhAuditQuery query = { .object_id = patient_id, .before = before, .limit = limit };
  return patient != NULL ? mh_audit_service_list (req, &query, out_next, error) : NULL;
}

static const char *
access_paper_service_role_word (const char *label, gpointer data)
{
  return mh_words (data, label);
}

static void
access_paper_service_put_row (MhSheet *sheet,
                              MhRecord *entry,
                              const MhWords *words,
                              GTimeZone *zone)
{
  const char *what = mh_record_text (entry, MH_AUDIT_ENTRY_OBJECT_TYPE);
  const MhRecordType *type = what != NULL ? mh_registry_find (what) : NULL;
  mh_sheet_row (sheet, MH_ROW_PLAIN);
  mh_sheet_take_cell (sheet,
                      mh_words_instant (words, mh_record_int (entry, MH_AUDIT_ENTRY_AT), zone));
  mh_sheet_cell (sheet, mh_record_text (entry, MH_AUDIT_ENTRY_USERNAME));
  mh_sheet_take_cell (sheet, mh_role_words (mh_record_text (entry, MH_AUDIT_ENTRY_ROLE),
                                            access_paper_service_role_word, (gpointer)words));
  mh_sheet_cell (sheet, mh_words_field_code (words, entry, MH_AUDIT_ENTRY_VERB));
  mh_sheet_cell (sheet, type != NULL ? mh_words (words, type->label) : what);
}

static gboolean
put_rows (MhSheet *sheet,
          const MhRequest *req,
          const char *patient_id,
          const MhWords *words,
          GTimeZone *zone,
          GError **error)
{
  gint64 before = 0;
  for (guint n = 0; n < MH_ACCESS_PAPER_ROWS; n += ROWS_AT_ONCE)
    {
      g_autofree char *next = NULL;
      g_autoptr (GPtrArray) rows
          = mh_access_service_report (req, patient_id, before, ROWS_AT_ONCE, &next, error);
      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        access_paper_service_put_row (sheet, g_ptr_array_index (rows, i), words, zone);
      if (next == NULL)
        return TRUE;
      before = g_ascii_strtoll (next, NULL, 10);
    }

  return TRUE;
}

static MhSheet *
access_paper_service_make_sheet (const MhRequest *req,
                                 MhRecord *patient,
                                 MhRecord *hospital,
                                 const MhWords *words,
                                 GError **error)
{
  const char *name = mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE);
  g_autoptr (GTimeZone) zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (MhSheet) sheet
      = mh_sheet_new ("Who saw the record of a patient", mh_record_text (patient, MH_PATIENT_MRN));

  mh_sheet_column (sheet, "When", 2, FALSE);
  mh_sheet_column (sheet, "Who", 2, FALSE);
  mh_sheet_column (sheet, "Role", 2, FALSE);
  mh_sheet_column (sheet, "Did", 1.5, FALSE);
  mh_sheet_column (sheet, "What", 2, FALSE);
  if (!put_rows (sheet, req, mh_record_id (patient), words, zone != NULL ? zone : utc, error))
    return NULL;

  return g_steal_pointer (&sheet);
}

GBytes *
mh_access_service_paper (MhStore *store,
                         const MhActor *actor,
                         const char *patient_id,
                         const char *language,
                         gint64 now,
                         GError **error)
{
  MhDb *db = mh_store_take_reader (store, error);
  g_autoptr (MhRecord) patient = db != NULL ? mh_edit_get (MH_REQUEST_DB (db, NULL, actor),
                                                           &mh_patient_type, patient_id, error)
                                            : NULL;
  g_autoptr (MhRecord) hospital
      = patient != NULL ? mh_store_get (db, &mh_hospital_type,
                                        mh_record_text (patient, MH_PATIENT_HOSPITAL_ID), error)
                        : NULL;
  g_autoptr (MhSheet) sheet
      = hospital != NULL ? access_paper_service_make_sheet (
            MH_REQUEST_DB (db, NULL, actor), patient, hospital, mh_words_for (language), error)
                         : NULL;

  mh_store_give_reader (store, db);
  if (sheet == NULL)
    return NULL;

  g_autoptr (MhDocument) paper = mh_report_table (sheet, hospital, language, now);
  return mh_document_to_pdf (paper, error);
}
