/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/prescriptions/mh-prescriptions-service.h"

#include "server/clinic/drugcheck/mh-drugcheck-service.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/people/gate/mh-access.h"
#include "server/people/patients/mh-death-service.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-public-link.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/clinic/mh-report-prescription.h"
#include "shared/rules/clinic/mh-drug-amount.h"

/* --- what was prescribed --- */

static MhRecord *
find_orderable (MhCatalogueView *view, const char *code)
{
  MhRecord *test = mh_catalogue_find (view, &mh_test_type, code);
  if (test != NULL)
    return mh_record_is_set (test, MH_TEST_ACTIVE) && mh_record_has (test, MH_TEST_ACTIVE)
                   && !mh_record_bool (test, MH_TEST_ACTIVE)
               ? NULL
               : test;
  MhRecord *panel = mh_catalogue_find (view, &mh_panel_type, code);
  if (panel != NULL && mh_record_has (panel, MH_PANEL_ACTIVE)
      && !mh_record_bool (panel, MH_PANEL_ACTIVE))
    return NULL;
  return panel;
}

static void
prescriptions_service_check_tests (MhCatalogueView *view, MhRecord *draft, MhIssues *issues)
{
  const char *const *tests = mh_record_list (draft, MH_PRESCRIPTION_TESTS);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    {
      g_autofree char *field = g_strdup_printf ("tests[%u]", i);
      if (find_orderable (view, tests[i]) == NULL)
        mh_issues_add (issues, field, "unknown_code", "There is no test or panel “%s”.", tests[i]);
      else if (!g_hash_table_add (seen, (gpointer)tests[i]))
        mh_issues_add (issues, field, "duplicate", "“%s” stands here twice.", tests[i]);
    }
}

/* A draft may be unfinished; what is signed must tell the patient what to do. */
static void
prescriptions_service_check_lines (MhRecord *draft, MhIssues *issues)
{
  GPtrArray *lines = mh_record_records (draft, MH_PRESCRIPTION_LINES);
  if (!mh_record_bool (draft, MH_PRESCRIPTION_SIGN))
    return;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      g_autofree char *dose = g_strdup_printf ("lines[%u].dose", i);
      g_autofree char *frequency = g_strdup_printf ("lines[%u].frequency", i);
      if (!mh_record_has (line, MH_PRESCRIPTION_LINE_DOSE))
        mh_issues_add (issues, dose, "required", "Say how much is taken, such as 1 tablet.");
      if (!mh_record_has (line, MH_PRESCRIPTION_LINE_FREQUENCY)
          && !mh_record_bool (line, MH_PRESCRIPTION_LINE_AS_NEEDED))
        mh_issues_add (issues, frequency, "required",
                       "Say how often, such as 1-0-1, or mark it as taken only when needed.");
    }
}

static MhRecord *
prescriptions_service_find_patient (const MhRequest *req,
                                    MhRecord *draft,
                                    gint64 at,
                                    GError **error)
{
  g_autoptr (MhRecord) patient
      = mh_patients_service_named (req, mh_record_text (draft, MH_PRESCRIPTION_PATIENT_ID), error);
  if (patient != NULL && !mh_death_check (patient, at, "patient_id", error))
    return NULL;
  return g_steal_pointer (&patient);
}

/* --- writing --- */

static gboolean
prescriptions_service_set_number (MhTx *tx,
                                  MhCatalogueView *view,
                                  MhRecord *prescription,
                                  GError **error)
{
  MhRecord *hospital
      = mh_catalogue_hospital (view, mh_record_text (prescription, MH_PRESCRIPTION_HOSPITAL_ID));
  const char *code = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CODE) : "X";
  g_autofree char *series = g_strconcat ("prescription:", code, NULL);
  gint64 number = mh_tx_next_number (tx, series, error);
  if (number < 0)
    return FALSE;
  mh_record_take_text (prescription, MH_PRESCRIPTION_NUMBER,
                       g_strdup_printf ("%s-P%06" G_GINT64_FORMAT, code, number));
  return TRUE;
}

static void
prescriptions_service_set_beginning (gint64 at,
                                     const MhActor *actor,
                                     MhRecord *prescription,
                                     MhRecord *patient)
{
  gboolean sign = mh_record_bool (prescription, MH_PRESCRIPTION_SIGN);
  g_autofree char *name = mh_patient_name (patient);
  if (!mh_record_has (prescription, MH_ID))
    mh_record_take_text (prescription, MH_ID, mh_id_new ());
  if (!mh_record_has (prescription, MH_PRESCRIPTION_PRIORITY))
    mh_record_set_text (prescription, MH_PRESCRIPTION_PRIORITY, MH_PRIORITY_ROUTINE);
  mh_record_set_text (prescription, MH_PRESCRIPTION_PATIENT_ID, mh_record_id (patient));
  mh_record_set_text (prescription, MH_PRESCRIPTION_PATIENT_NAME, name);
  mh_record_set_text (prescription, MH_PRESCRIPTION_PATIENT_MRN,
                      mh_record_text (patient, MH_PATIENT_MRN));
  mh_record_set_text (prescription, MH_PRESCRIPTION_DOCTOR_ID, mh_actor_user_id (actor));
  mh_record_set_text (prescription, MH_PRESCRIPTION_DOCTOR_NAME, mh_actor_name (actor));
  mh_record_set_text (prescription, MH_PRESCRIPTION_STATUS,
                      !sign ? MH_PRESCRIPTION_STATUS_DRAFT
                      : mh_record_has (prescription, MH_PRESCRIPTION_SECOND_NEEDED)
                          ? MH_PRESCRIPTION_STATUS_COUNTERSIGN
                          : MH_PRESCRIPTION_STATUS_SIGNED);
  mh_record_unset (prescription, MH_PRESCRIPTION_SIGN);
  if (!sign)
    return;

  mh_record_set_int (prescription, MH_PRESCRIPTION_SIGNED_AT, at);
  mh_record_set_text (prescription, MH_PRESCRIPTION_SIGNED_BY, mh_actor_user_id (actor));
}

/* When nothing was said about how long, it counts as taken for a month. */
#define USUAL_DAYS 30

static void
date_line (MhRecord *line, const char *today)
{
  MhDate begins;
  char ends[MH_DATE_LENGTH + 1];
  gint64 days = mh_record_int (line, MH_PRESCRIPTION_LINE_DURATION_DAYS);
  const char *often = mh_record_text (line, MH_PRESCRIPTION_LINE_FREQUENCY);
  if (!mh_date_parse (today, &begins))
    return;
  if (days <= 0)
    days = g_strcmp0 (often, "STAT") == 0 ? 1 : USUAL_DAYS;
  mh_date_format (mh_date_from_days (mh_date_to_days (begins) + days - 1), ends);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_STARTS_ON, today);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_ENDS_ON, ends);
}

/* What is handed out, unless the doctor has said so. */
static void
count_line (MhRecord *line)
{
  gint64 quantity = mh_intake_quantity (mh_record_text (line, MH_PRESCRIPTION_LINE_DOSE),
                                        mh_record_text (line, MH_PRESCRIPTION_LINE_STRENGTH),
                                        mh_record_text (line, MH_PRESCRIPTION_LINE_FREQUENCY),
                                        mh_record_int (line, MH_PRESCRIPTION_LINE_DURATION_DAYS));
  if (quantity > 0 && !mh_record_has (line, MH_PRESCRIPTION_LINE_QUANTITY)
      && !mh_record_bool (line, MH_PRESCRIPTION_LINE_AS_NEEDED))
    mh_record_set_int (line, MH_PRESCRIPTION_LINE_QUANTITY, quantity);
}

static gboolean
store_lines (MhTx *tx, MhRecord *prescription, const char *today, GError **error)
{
  GPtrArray *lines = mh_record_records (prescription, MH_PRESCRIPTION_LINES);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      mh_record_set_text (line, MH_PRESCRIPTION_LINE_PRESCRIPTION_ID, mh_record_id (prescription));
      mh_record_set_int (line, MH_PRESCRIPTION_LINE_SORT_ORDER, i);
      mh_record_set_text (line, MH_PRESCRIPTION_LINE_PATIENT_ID,
                          mh_record_text (prescription, MH_PRESCRIPTION_PATIENT_ID));
      mh_record_set_text (line, MH_PRESCRIPTION_LINE_DOCTOR_NAME,
                          mh_record_text (prescription, MH_PRESCRIPTION_DOCTOR_NAME));
      date_line (line, today);
      count_line (line);
    }

  return lines == NULL || lines->len == 0 || mh_tx_insert_parts (tx, lines, error);
}

/* What the formulary knows goes into the lines of drafts, too; only signing asks for reasons. */
static gboolean
check_drugs (const MhRequest *req,
             MhRecord *prescription,
             GPtrArray **out_overrides,
             GError **error)
{
  g_autoptr (MhRecord) check
      = mh_drugcheck_service_check (req, prescription, mh_tx_now (req->tx), error);
  if (check == NULL)
    return FALSE;
  if (mh_record_bool (prescription, MH_PRESCRIPTION_SIGN))
    return mh_drugcheck_service_settle (check, prescription, out_overrides, error);
  *out_overrides = g_ptr_array_new_with_free_func (g_object_unref);
  return TRUE;
}

MhRecord *
mh_prescriptions_service_create (const MhRequest *req,
                                 MhRecord *draft,
                                 gint64 made_at,
                                 GError **error)
{
  gint64 at = mh_edit_made_at (req->tx, made_at);
  g_auto (MhPlace) place = { 0 };
  g_autoptr (GPtrArray) overrides = NULL;
  g_autoptr (MhRecord) prescription = mh_record_copy (draft);
  const char *hospital_id = mh_edit_hospital (req->actor, error);

  if (hospital_id == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_PRESCRIPTION, error))
    return NULL;

  if (mh_record_bool (draft, MH_PRESCRIPTION_SIGN) && mh_actor_user_id (req->actor) == NULL)
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN, "Only a person can sign; sign in as the doctor.");
      return NULL;
    }

  g_autoptr (MhRecord) patient = prescriptions_service_find_patient (req, draft, at, error);
  g_autoptr (MhCatalogueView) view
      = patient != NULL ? mh_catalogue_view (mh_server_catalogue (req->server), req->db, error)
                        : NULL;

  if (view == NULL)
    return NULL;

  g_autoptr (MhIssues) issues = mh_issues_new ();
  prescriptions_service_check_tests (view, draft, issues);
  prescriptions_service_check_lines (draft, issues);
  mh_record_set_text (prescription, MH_PRESCRIPTION_HOSPITAL_ID, hospital_id);
  if (!mh_issues_raise (issues, error) || !mh_place_of (req, at, &place, error)
      || !check_drugs (req, prescription, &overrides, error)
      || !prescriptions_service_set_number (req->tx, view, prescription, error))
    return NULL;

  prescriptions_service_set_beginning (at, req->actor, prescription, patient);
  if (!mh_tx_insert (req->tx, prescription, MH_AUDIT_CREATE, NULL, error)
      || !store_lines (req->tx, prescription, place.today, error)
      || !mh_drugcheck_service_store (req, prescription, overrides, error))
    return NULL;

  mh_record_take_records (prescription, MH_PRESCRIPTION_OVERRIDES, g_steal_pointer (&overrides));
  return g_steal_pointer (&prescription);
}

static gboolean
may_countersign (MhRecord *prescription, const MhActor *actor, GError **error)
{
  const char *needed = mh_record_text (prescription, MH_PRESCRIPTION_SECOND_NEEDED);
  if (g_strcmp0 (mh_record_text (prescription, MH_PRESCRIPTION_STATUS),
                 MH_PRESCRIPTION_STATUS_COUNTERSIGN)
      != 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "This prescription waits for no co-signature.");
  else if (mh_actor_user_id (actor) == NULL
           || g_strcmp0 (mh_record_text (prescription, MH_PRESCRIPTION_SIGNED_BY),
                         mh_actor_user_id (actor))
                  == 0)
    mh_error_set (error, MH_ERROR_FORBIDDEN, "Another person must co-sign.");
  else if (g_strcmp0 (needed, MH_SECOND_DOCTOR) == 0)
    return mh_actor_require (actor, MH_MAY_WRITE_PRESCRIPTION, error);
  else
    return TRUE;

  return FALSE;
}

MhRecord *
mh_prescriptions_service_countersign (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_prescription_type, id, error);
  if (before == NULL || !may_countersign (before, req->actor, error))
    return NULL;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_PRESCRIPTION_STATUS, MH_PRESCRIPTION_STATUS_SIGNED);
  mh_record_set_int (after, MH_PRESCRIPTION_SECOND_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_PRESCRIPTION_SECOND_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_PRESCRIPTION_SECOND_NAME, mh_actor_name (req->actor));
  return mh_tx_update (req->tx, before, after, MH_AUDIT_VERIFY, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- looking --- */

MhRecord *
mh_prescriptions_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) prescription = mh_edit_get (req, &mh_prescription_type, id, error);
  GPtrArray *lines = prescription != NULL && mh_access_check_record (req, prescription, error)
                         ? mh_prescriptions_store_lines (req->db, id, error)
                         : NULL;

  if (lines == NULL)
    return NULL;

  mh_record_take_records (prescription, MH_PRESCRIPTION_LINES, lines);
  GPtrArray *overrides = mh_drugcheck_service_overrides (req->db, id, error);
  if (overrides == NULL)
    return NULL;

  mh_record_take_records (prescription, MH_PRESCRIPTION_OVERRIDES, overrides);
  return g_steal_pointer (&prescription);
}

GPtrArray *
mh_prescriptions_service_list (const MhRequest *req,
                               const MhPrescriptionsQuery *query,
                               GError **error)
{
  MhPrescriptionsQuery narrowed = *query;
  narrowed.hospital_id = mh_actor_hospital_id (req->actor);
  if (!mh_access_check_id (req, query->patient_id, error))
    return NULL;
  g_autoptr (GPtrArray) found = mh_prescriptions_store_list (req->db, &narrowed, error);
  if (found == NULL || !mh_access_mask (req, found, error))
    return NULL;
  return g_steal_pointer (&found);
}

/* --- the paper --- */

typedef struct
{
  MhRecord *prescription, *patient, *hospital, *doctor;
  char **test_names;
} Parts;

static void
prescriptions_service_parts_clear (Parts *parts)
{
  g_clear_object (&parts->prescription);
  g_clear_object (&parts->patient);
  g_clear_object (&parts->hospital);
  g_clear_object (&parts->doctor);
  g_clear_pointer (&parts->test_names, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, prescriptions_service_parts_clear)

static char **
name_tests (MhCatalogueView *view, MhRecord *prescription)
{
  const char *const *tests = mh_record_list (prescription, MH_PRESCRIPTION_TESTS);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    {
      MhRecord *test = mh_catalogue_find (view, &mh_test_type, tests[i]);
      MhRecord *panel = mh_catalogue_find (view, &mh_panel_type, tests[i]);
      g_strv_builder_add (names, test != NULL    ? mh_record_text (test, MH_TEST_NAME)
                                 : panel != NULL ? mh_record_text (panel, MH_PANEL_NAME)
                                                 : tests[i]);
    }
  return g_strv_builder_end (names);
}

static gboolean
prescriptions_service_load_parts (const MhRequest *req,
                                  const char *id,
                                  Parts *parts,
                                  GError **error)
{
  parts->prescription = mh_prescriptions_service_read (req, id, error);
  if (parts->prescription == NULL)
    return FALSE;

  const char *doctor = mh_record_text (parts->prescription, MH_PRESCRIPTION_DOCTOR_ID);
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  parts->patient
      = view != NULL
            ? mh_store_get (req->db, &mh_patient_type,
                            mh_record_text (parts->prescription, MH_PRESCRIPTION_PATIENT_ID), error)
            : NULL;
  parts->hospital = parts->patient != NULL ? mh_store_get (
                        req->db, &mh_hospital_type,
                        mh_record_text (parts->prescription, MH_PRESCRIPTION_HOSPITAL_ID), error)
                                           : NULL;
  if (parts->hospital == NULL)
    return FALSE;

  /* An account that is gone leaves the name in the prescription. */
  parts->doctor = doctor != NULL ? mh_store_get (req->db, &mh_user_type, doctor, NULL) : NULL;
  parts->test_names = name_tests (view, parts->prescription);

  return TRUE;
}

void
mh_prescriptions_service_put_link (MhServer *server, MhRecord *prescription)
{
  const char *base = mh_server_config_text (mh_server_config (server), "server.public_url");
  g_autofree char *code = mh_report_prescription_link_code (prescription);
  if (mh_record_has (prescription, MH_PRESCRIPTION_SIGNED_AT))
    mh_record_take_text (prescription, MH_PRESCRIPTION_LINK,
                         mh_public_link (base, MH_PUBLIC_PAPER, code));
}

GBytes *
mh_prescriptions_service_pdf (const MhRequest *req,
                              const char *id,
                              const char *language,
                              gboolean copy,
                              MhRecord **out_prescription,
                              GError **error)
{
  g_auto (Parts) parts = { 0 };
  MhStore *store = mh_server_store (req->server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  gboolean loaded = prescriptions_service_load_parts (MH_REQUEST_DB (db, req->server, req->actor),
                                                      id, &parts, error);
  mh_store_give_reader (store, db);
  if (!loaded)
    return NULL;

  mh_prescriptions_service_put_link (req->server, parts.prescription);
  MhPrescriptionPaper paper = { .hospital = parts.hospital,
                                .patient = parts.patient,
                                .doctor = parts.doctor,
                                .prescription = parts.prescription,
                                .test_names = (const char *const *)parts.test_names };
  g_autoptr (MhDocument) document = mh_report_prescription (&paper, language, copy ? 1 : 0);
  GBytes *pdf = mh_document_to_pdf (document, error);

  if (pdf != NULL)
    *out_prescription = g_steal_pointer (&parts.prescription);
  return pdf;
}
