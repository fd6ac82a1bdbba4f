/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shipped catalogue end to end: every test is ordered, collected, received, given results,
 * verified by somebody else, and its report printed. A test that takes no value, never reaches the
 * verification or breaks its paper is named.
 */
#include <string.h>

#include "server/ctl/mh-catalogue-load.h"
#include "server/ctl/mh-data-file.h"
#include "server/lab/catalogue/mh-catalogue-rows-service.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"
#include "tests/server/lab-fixture.h"

typedef struct
{
  Lab *lab;
  MhCatalogueView *view;
  guint n_values, n_twice;
} Whole;

/* The fixture's few rows make room: their codes are those of the shipped ones. */
static gboolean
replace_catalogue (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const char *const clear[] = { "DELETE FROM test",         "DELETE FROM panel",
                                       "DELETE FROM analyte",      "DELETE FROM reference_range",
                                       "DELETE FROM bench",        "DELETE FROM container",
                                       "DELETE FROM value_choice", "DELETE FROM value_set" };
  g_autoptr (JsonObject) file = mh_data_file_read_json ("lab-catalogue.json", error);
  g_autoptr (GPtrArray) records = file != NULL ? mh_catalogue_load (file, error) : NULL;
  for (gsize i = 0; records != NULL && i < G_N_ELEMENTS (clear); i++)
    if (mh_db_exec (mh_tx_db (tx), clear[i], MH_NO_ARGS, error) < 0)
      return FALSE;
  return records != NULL && mh_catalogue_store (tx, records, error);
}

static void
begin (Whole *whole, const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  whole->lab = lab_new (test);
  mh_assert_ok (lab_write (whole->lab, whole->lab->reception, replace_catalogue, NULL, &error),
                error);
  mh_catalogue_invalidate (mh_server_catalogue (whole->lab->server));
  MhDb *db = lab_reader (whole->lab);
  whole->view = mh_catalogue_view (mh_server_catalogue (whole->lab->server), db, &error);
  lab_done (whole->lab, db);
  g_assert_no_error (error);
}

/* A value for each row that is typed. */
static MhRecord *
fill (Whole *whole, MhRecord *sheet)
{
  MhRecord *put = mh_record_new (&mh_results_put_type);
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      const char *code = mh_record_text (row, MH_RESULT_ROW_CODE);
      const char *colon = strchr (code, ':');
      MhRecord *analyte
          = mh_catalogue_find (whole->view, &mh_analyte_type, colon != NULL ? colon + 1 : code);
      const char *kind = mh_record_text (row, MH_RESULT_ROW_KIND);
      g_autofree char *value = mh_catalogue_lint_sample (whole->view, analyte);
      if (value == NULL && g_strcmp0 (kind, MH_ANALYTE_KIND_CALCULATED) == 0)
        continue;
      g_autoptr (MhRecord) entry = mh_record_new (&mh_result_entry_type);
      mh_record_set_text (entry, MH_RESULT_ENTRY_ANALYTE, code);
      /* a calculated one whose inputs nobody here can know is typed */
      mh_record_set_text (entry, MH_RESULT_ENTRY_VALUE, value != NULL ? value : "1");
      mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
      whole->n_values++;
    }
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, TRUE);
  return put;
}

typedef struct
{
  const char *order;
  MhRecord *put;
} Saving;

/* What has to be determined twice, a second time by another person. */
static void
confirm (Whole *whole, const char *order)
{
  static const char *const may[] = { "result.enter", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) second = mh_actor_new ("01900000-0000-7000-8000-0000000000f2", "Second Pair",
                                             "technician", LAB_HOSPITAL, NULL, may);
  g_autoptr (MhRecord) sheet = lab_sheet (whole->lab, second, order);
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (!mh_record_bool (row, MH_RESULT_ROW_SECOND_WANTED))
        continue;
      g_autofree char *results
          = g_strdup_printf ("%s/2=%s", mh_record_text (row, MH_RESULT_ROW_CODE),
                             mh_record_text (row, MH_RESULT_ROW_VALUE));
      g_autoptr (MhRecord) saved = lab_save (whole->lab, second, order, results, TRUE, &error);
      mh_assert_ok (saved != NULL, error);
      whole->n_twice++;
    }
}

static gboolean
save (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Saving *saving = data;
  g_autoptr (MhRecord) sheet = mh_results_service_save (
      MH_REQUEST_TX (tx, lab->server, lab->technician), saving->order, saving->put, error);
  return sheet != NULL;
}

static void
assert_paper (Whole *whole, const char *code, const char *report_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) report = lab_get (whole->lab, &mh_report_type, report_id);
  const char *content = mh_record_text (report, MH_REPORT_CONTENT);
  MhRecord *test = mh_catalogue_find (whole->view, &mh_test_type, code);
  if (content == NULL || strstr (content, mh_record_text (test, MH_TEST_NAME)) == NULL)
    g_error ("%s: its report does not name it", code);
  g_auto (MhPaperMade) made = { 0 };
  MhWho who = { .user_id = mh_actor_user_id (whole->lab->pathologist),
                .user_name = mh_actor_name (whole->lab->pathologist),
                .hospital_id = LAB_HOSPITAL };
  MhPaperWanted paper = { .server = whole->lab->server,
                          .actor = whole->lab->pathologist,
                          .who = &who,
                          .order_id = mh_record_text (report, MH_REPORT_ORDER_ID),
                          .language = "en",
                          .now = mh_clock_now (mh_server_clock (whole->lab->server)) };
  if (!mh_reports_service_report (&paper, &made, &error) || g_bytes_get_size (made.pdf) < 1000
      || memcmp (g_bytes_get_data (made.pdf, NULL), "%PDF-", 5) != 0)
    g_error ("%s: no paper: %s", code, error != NULL ? error->message : "too small");
}

static void
walk (Whole *whole, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = lab_order (whole->lab, code);
  lab_receive (whole->lab, id, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet = lab_sheet (whole->lab, whole->lab->technician, id);
  if (mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES)->len == 0)
    g_error ("%s: nothing to enter", code);
  g_autoptr (MhRecord) put = fill (whole, sheet);
  Saving saving = { id, put };
  if (!lab_write (whole->lab, whole->lab->technician, save, &saving, &error))
    {
      const MhIssues *issues = mh_error_get_issues (error);
      g_error ("%s: %s %s", code, error->message,
               mh_issues_count (issues) > 0 ? mh_issues_nth (issues, 0)->message : "");
    }
  confirm (whole, id);
  g_autoptr (MhRecord) order = lab_verify (whole->lab, whole->lab->pathologist, id, "verify",
                                           "Made up, so they need not fit", &error);
  if (order == NULL)
    g_error ("%s: %s", code, error->message);
  if (!mh_record_has (order, MH_ORDER_REPORT_ID))
    g_error ("%s: verified, yet not reported", code);
  assert_paper (whole, code, mh_record_text (order, MH_ORDER_REPORT_ID));
}

static void
test_every_test (const MhTestDb *test)
{
  Whole whole = { 0 };
  begin (&whole, test);
  GPtrArray *tests = mh_catalogue_all (whole.view, &mh_test_type);
  g_assert_cmpuint (tests->len, >=, 177);
  for (guint i = 0; i < tests->len; i++)
    walk (&whole, mh_record_text (g_ptr_array_index (tests, i), MH_TEST_CODE));
  g_assert_cmpuint (whole.n_twice, >=, 2);
  g_test_message ("%u tests, %u values", tests->len, whole.n_values);
  mh_catalogue_view_unref (whole.view);
  lab_free (whole.lab);
}

/* The linter finds no error in what is shipped. */
static void
test_lint (const MhTestDb *test)
{
  Whole whole = { 0 };
  begin (&whole, test);
  g_autoptr (GPtrArray) findings = mh_catalogue_lint (whole.view);
  for (guint i = 0; i < findings->len; i++)
    {
      MhRecord *finding = g_ptr_array_index (findings, i);
      if (g_str_equal (mh_record_text (finding, MH_CATALOGUE_FINDING_SEVERITY), MH_FINDING_ERROR))
        g_error ("%s: %s", mh_record_text (finding, MH_CATALOGUE_FINDING_CODE),
                 mh_record_text (finding, MH_CATALOGUE_FINDING_MESSAGE));
    }
  mh_catalogue_view_unref (whole.view);
  lab_free (whole.lab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/catalogue/whole/lint", test_lint);
  mh_test_add_both ("/catalogue/whole/every-test", test_every_test);
  return mh_test_run ();
}
