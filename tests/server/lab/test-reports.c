/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Releasing a report, checking it, counting its copies; receipts and labels. On both databases. */
#include <string.h>

#include "server/lab/reports/mh-reports-service.h"
#include "server/money/payments/mh-payments-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-report-content.h"
#include "tests/server/lab-fixture.h"

static const MhWho printer = { .user_id = "01900000-0000-7000-8000-000000000103",
                               .user_name = "Dr Pia Pathologist",
                               .role = "pathologist",
                               .hospital_id = LAB_HOSPITAL,
                               .station = "test" };

static MhPaperWanted
wanted (Lab *lab, const char *order_id)
{
  return (MhPaperWanted){
    .server = lab->server, .actor = lab->pathologist, .who = &printer, .order_id = order_id
  };
}

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

/* An order with all values verified; its id. */
static char *
released (Lab *lab, const char *codes, const char *values)
{
  g_autoptr (GError) error = NULL;
  char *order = lab_order (lab, codes);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, values, TRUE, &error));
  g_assert_no_error (error);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  return order;
}

static MhRecord *
report_of (Lab *lab, const char *order_id)
{
  g_autoptr (MhRecord) order = lab_get (lab, &mh_order_type, order_id);
  const char *id = mh_record_text (order, MH_ORDER_REPORT_ID);
  g_assert_nonnull (id);
  return lab_get (lab, &mh_report_type, id);
}

static MhRecord *
check (Lab *lab, const char *id, gint64 version, const char *hash)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  MhRecord *answer = mh_reports_service_check (db, id, version, hash, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return answer;
}

static gboolean
is_pdf (const MhPaperMade *made)
{
  gsize size;
  const char *bytes = g_bytes_get_data (made->pdf, &size);
  return size > 500 && memcmp (bytes, "%PDF-", 5) == 0;
}

/* What was released stays as it was, whatever happens to the patient's record. */
static gboolean
rename_patient (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_patient_type, LAB_PATIENT, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_PATIENT_GIVEN_NAME, "Renamed");
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static void
test_frozen (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released (lab, "CBC KT", "HGB=13.2 HCT=40 K=4.1");
  g_autoptr (MhRecord) report = report_of (lab, order);
  const char *content = mh_record_text (report, MH_REPORT_CONTENT);
  g_autofree char *hash = mh_report_content_hash (content, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (report, MH_REPORT_CONTENT_HASH), ==, hash);
  g_assert_cmpint (mh_record_int (report, MH_REPORT_VERSION_NO), ==, 1);
  g_assert_cmpstr (mh_record_text (report, MH_REPORT_STATUS), ==, MH_REPORT_STATUS_FINAL);
  g_assert_cmpstr (mh_record_text (report, MH_REPORT_NUMBER), ==, "TST-R000001");
  g_assert_nonnull (strstr (content, "\"13.2\""));
  g_assert_nonnull (strstr (content, "\"Asha\""));

  mh_assert_ok (lab_write (lab, lab->reception, rename_patient, NULL, &error), error);
  g_autoptr (MhRecord) later = report_of (lab, order);
  g_assert_cmpstr (mh_record_text (later, MH_REPORT_CONTENT_HASH), ==, hash);
  g_assert_true (mh_report_content_is_intact (later));
  g_assert_null (strstr (mh_record_text (later, MH_REPORT_CONTENT), "Renamed"));
}

/* The single tests of a panel come under its name, with what it calculates. */
static void
test_groups (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released (lab, "LIPID KT", "CHOL=200 HDL=60 K=4.1");
  g_autoptr (MhRecord) report = report_of (lab, order);
  g_autoptr (MhLabReport) content
      = mh_lab_report_from_content (mh_record_text (report, MH_REPORT_CONTENT), &error);
  g_assert_no_error (error);
  GPtrArray *items = mh_record_records (content->order, MH_ORDER_ITEMS);
  g_assert_cmpuint (content->results->len, ==, 4);
  g_assert_cmpuint (items->len, ==, 3);
  MhRecord *first = g_ptr_array_index (items, 0);
  g_assert_cmpstr (mh_record_text (first, MH_ORDER_ITEM_NAME), ==, "Lipid profile");
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (
        mh_record_text (g_ptr_array_index (content->results, i), MH_RESULT_ORDER_ITEM_ID), ==,
        mh_record_id (first));
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (items, 2), MH_ORDER_ITEM_NAME), ==,
                   "Potassium");
}

/* Whoever takes the triggers away and changes a report is found out. */
static void
tamper (const MhTestDb *test)
{
  static const char sql_drop[] = "DROP TRIGGER report_no_rewrite";
  static const char sql_drop_there[] = "DROP TRIGGER report_no_rewrite ON report";
  static const char sql_forge[] = "UPDATE report SET content = replace (content, '13.2', '15.2')";
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) outside = mh_test_connect (test, 0, NULL);
  mh_assert_ok (mh_db_script (outside, test->is_postgres ? sql_drop_there : sql_drop, &error),
                error);
  mh_assert_ok (mh_db_exec (outside, sql_forge, MH_NO_ARGS, &error) == 1, error);
}

static void
test_check (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autofree char *order = released (lab, "HB", "HGB=13.2");
  g_autoptr (MhRecord) report = report_of (lab, order);
  const char *id = mh_record_id (report);
  const char *hash = mh_record_text (report, MH_REPORT_CONTENT_HASH);
  g_autofree char *upper = g_ascii_strup (hash, -1);
  g_autofree char *other = g_strdup (hash);
  other[0] = other[0] == '0' ? '1' : '0';
  const struct
  {
    gint64 version;
    const char *hash;
    gboolean genuine;
  } cases[] = {
    { 1, hash, TRUE },   { 1, upper, TRUE }, { 0, NULL, TRUE },
    { 1, other, FALSE }, { 2, hash, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MhRecord) answer = check (lab, id, cases[i].version, cases[i].hash);
      g_assert_cmpint (mh_record_bool (answer, MH_REPORT_CHECK_GENUINE), ==, cases[i].genuine);
      g_assert_true (mh_record_bool (answer, MH_REPORT_CHECK_LATEST));
      g_assert_cmpstr (mh_record_text (answer, MH_REPORT_CHECK_HOSPITAL), ==, "Test Hospital");
    }
  tamper (test);
  g_autoptr (MhRecord) forged = check (lab, id, 1, hash);
  g_assert_false (mh_record_bool (forged, MH_REPORT_CHECK_GENUINE));
  g_auto (MhPaperMade) made = { 0 };
  MhPaperWanted paper = wanted (lab, order);
  g_assert_false (mh_reports_service_report (&paper, &made, &refused));
  g_assert_error (refused, MH_ERROR, MH_ERROR_INTERNAL);
}

static void
test_copies (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released (lab, "HB", "HGB=13.2");
  for (guint i = 0; i < 3; i++)
    {
      g_auto (MhPaperMade) made = { 0 };
      MhPaperWanted paper = wanted (lab, order);
      paper.copy = i > 0;
      paper.language = i == 2 ? "hi" : "en";
      mh_assert_ok (mh_reports_service_report (&paper, &made, &error), error);
      g_assert_true (is_pdf (&made));
      g_assert_true (g_str_has_prefix (made.name, "report-TST-"));
      g_autoptr (MhRecord) report = report_of (lab, order);
      g_assert_cmpint (mh_record_int (report, MH_REPORT_COPIES), ==, i);
      g_assert_true (mh_report_content_is_intact (report));
    }
}

static void
test_not_yet (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "HB");
  gboolean (*const papers[]) (const MhPaperWanted *, MhPaperMade *, GError **)
      = { mh_reports_service_report, mh_reports_service_receipt };
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (MhPaperMade) made = { 0 };
      MhPaperWanted paper = wanted (lab, order);
      g_assert_false (papers[i](&paper, &made, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
    }
}

static gboolean
pay (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_payment_type);
  mh_record_set_text (draft, MH_PAYMENT_METHOD, MH_METHOD_CASH);
  mh_record_set_int (draft, MH_PAYMENT_AMOUNT, mh_record_int (order, MH_ORDER_DUE));
  g_autoptr (MhRecord) payment = mh_payments_service_take (
      MH_REQUEST_TX (tx, lab->server, lab->reception), data, draft, error);
  return payment != NULL;
}

/* The first print is the original, each further one is numbered; one that is only looked at is
 * neither. */
static void
test_receipt (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "HB");
  mh_assert_ok (lab_write (lab, lab->reception, pay, order, &error), error);
  for (guint i = 0; i < 4; i++)
    {
      g_auto (MhPaperMade) made = { 0 };
      MhPaperWanted paper = wanted (lab, order);

      paper.copy = i % 2 == 1;
      mh_assert_ok (mh_reports_service_receipt (&paper, &made, &error), error);
      g_assert_true (is_pdf (&made));
      g_autoptr (MhRecord) receipt = lab_get (lab, &mh_receipt_type, made.object_id);
      g_assert_cmpint (mh_record_int (receipt, MH_RECEIPT_COPIES), ==, (i + 1) / 2);
    }
}

/* A printed label is counted and written into the custody, and collects nothing. */
static void
test_labels (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_auto (MhPaperMade) made = { 0 };
  g_autofree char *order = lab_order (lab, "HB KT");
  MhPaperWanted paper = wanted (lab, order);
  mh_assert_ok (mh_reports_service_labels (&paper, &made, &error), error);
  g_assert_true (is_pdf (&made));
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) samples = mh_store_all (db, &mh_sample_type, "order_id", order, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, 2);
  for (guint i = 0; i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      g_autoptr (GPtrArray) events
          = mh_store_all (db, &mh_custody_event_type, "sample_id", mh_record_id (sample), &error);
      g_assert_no_error (error);
      g_assert_cmpint (mh_record_int (sample, MH_SAMPLE_LABELS_PRINTED), ==, 1);
      g_assert_cmpstr (mh_record_text (sample, MH_SAMPLE_STATUS), ==, MH_SAMPLE_STATUS_TO_COLLECT);
      g_assert_cmpuint (events->len, ==, 2);
      g_assert_cmpstr (mh_record_text (g_ptr_array_index (events, 1), MH_CUSTODY_EVENT_EVENT), ==,
                       MH_CUSTODY_LABEL_PRINTED);
    }
  lab_done (lab, db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/reports/frozen", test_frozen);
  mh_test_add_both ("/reports/groups", test_groups);
  mh_test_add_both ("/reports/check", test_check);
  mh_test_add_both ("/reports/copies", test_copies);
  mh_test_add_both ("/reports/not-yet", test_not_yet);
  mh_test_add_both ("/reports/receipt", test_receipt);
  mh_test_add_both ("/reports/labels", test_labels);
  return mh_test_run ();
}
