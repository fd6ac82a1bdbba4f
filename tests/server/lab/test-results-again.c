/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dilution, what can be measured, measuring again with its history, on both databases. */
#include "server/lab/results/mh-results-history.h"
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#include <string.h>

static void
assert_row (MhRecord *sheet, const char *code, guint field, const char *expected)
{
  g_assert_cmpstr (mh_record_text (lab_row (sheet, code), field), ==, expected);
}

typedef struct
{
  const char *order_id;
  MhActor *actor;
  MhRecord *body, *sheet;
} Ask;

static gboolean
run_restart (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Ask *ask = data;
  g_clear_object (&ask->sheet);
  ask->sheet = mh_results_service_restart (MH_REQUEST_TX (tx, lab->server, ask->actor),
                                           ask->order_id, ask->body, error);
  return ask->sheet != NULL;
}

static MhRecord *
restart (Lab *lab, const char *order_id, const char *analyte, const char *reason, GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_restart_type);
  mh_record_add_to_list (body, MH_RESTART_ANALYTES, analyte);
  mh_record_set_text (body, MH_RESTART_ACTION, MH_RESULT_PAST_RESTARTED);
  mh_record_set_text (body, MH_RESTART_REASON, reason);
  mh_record_set_text (body, MH_RESTART_NOTE, "bubble seen");
  Ask ask = { order_id, lab->second, body, NULL };
  return lab_write (lab, lab->second, run_restart, &ask, error) ? ask.sheet : NULL;
}

static GPtrArray *
history (Lab *lab, const char *order_id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *versions
      = mh_results_service_history (MH_REQUEST_DB (db, NULL, lab->technician), order_id, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  return versions;
}

static void
test_restart (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "CBC");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) nothing = restart (lab, order, "HGB", MH_RESULT_REASON_CLOT, &error);
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (MhRecord) entered
      = lab_save (lab, lab->technician, order, "HGB=6.5 HCT=20", TRUE, &error);
  g_assert_no_error (error);
  assert_row (entered, "HGB", MH_RESULT_ROW_FLAG, MH_FLAG_LL);
  g_assert_nonnull (mh_record_text (lab_row (entered, "MCHC"), MH_RESULT_ROW_VALUE));

  g_autoptr (MhRecord) sheet = restart (lab, order, "HGB", MH_RESULT_REASON_CLOT, &error);
  g_assert_no_error (error);
  assert_row (sheet, "HGB", MH_RESULT_ROW_VALUE, NULL);
  assert_row (sheet, "HGB", MH_RESULT_ROW_FLAG, NULL);
  assert_row (sheet, "HGB", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_DRAFT);
  assert_row (sheet, "MCHC", MH_RESULT_ROW_VALUE, NULL); /* what was worked out from it goes too */
  assert_row (sheet, "HCT", MH_RESULT_ROW_VALUE, "20");
  g_assert_cmpint (mh_record_int (lab_row (sheet, "HGB"), MH_RESULT_ROW_RUN), ==, 2);
  g_assert_false (mh_record_bool (lab_row (sheet, "HGB"), MH_RESULT_ROW_CRITICAL));
  g_assert_cmpstr (mh_record_text (sheet, MH_RESULTS_SHEET_STATUS), ==, MH_ORDER_STATUS_PROCESSING);

  g_autoptr (GPtrArray) versions = history (lab, order);
  g_assert_cmpuint (versions->len, ==, 1);
  MhRecord *version = versions->pdata[0];
  g_assert_cmpstr (mh_record_text (version, MH_RESULT_VERSION_VALUE), ==, "6.5");
  g_assert_cmpstr (mh_record_text (version, MH_RESULT_VERSION_FLAG), ==, MH_FLAG_LL);
  g_assert_cmpstr (mh_record_text (version, MH_RESULT_VERSION_ENDED_BY), ==,
                   MH_RESULT_PAST_RESTARTED);
  g_assert_cmpstr (mh_record_text (version, MH_RESULT_VERSION_REASON), ==, MH_RESULT_REASON_CLOT);
  g_assert_cmpstr (mh_record_text (version, MH_RESULT_VERSION_NOTE), ==, "bubble seen");
  g_assert_cmpstr (mh_record_text (version, MH_RESULT_VERSION_BY_NAME), ==, "Sam Second");
  g_assert_cmpstr (mh_record_text (version, MH_RESULT_VERSION_ENTERED_NAME), ==, "Tara Technician");
  g_autoptr (MhRecord) copy = mh_results_history_result (version, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (copy, MH_RESULT_VALUE), ==, "6.5");
  g_assert_cmpstr (mh_record_text (copy, MH_RESULT_LOW), ==, "12.0");
  g_assert_true (mh_record_bool (copy, MH_RESULT_CRITICAL));

  /* Verified results are not started again. */
  g_autoptr (MhRecord) again = lab_save (lab, lab->technician, order, "HGB=13.1", TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) done
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) refused = restart (lab, order, "HGB", MH_RESULT_REASON_CLOT, &error);
  g_assert_null (refused);
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

/* A draft may be typed over; what was handed over stays to be seen. */
static void
test_changed (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  static const struct
  {
    const char *value;
    gboolean final;
    guint kept;
  } steps[] = { { "HGB=13.1", FALSE, 0 }, { "HGB=13.2", FALSE, 0 }, { "HGB=13.2", TRUE, 0 },
                { "HGB=13.2", TRUE, 0 },  { "HGB=13.3", TRUE, 1 },  { "HGB=13.30", TRUE, 2 } };
  g_autofree char *order = lab_order (lab, "HB");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) sheet
          = lab_save (lab, lab->technician, order, steps[i].value, steps[i].final, &error);
      g_assert_no_error (error);
      g_autoptr (GPtrArray) versions = history (lab, order);
      g_assert_cmpuint (versions->len, ==, steps[i].kept);
    }
}

static gboolean
overwrite (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (data);
  mh_record_set_text (after, MH_RESULT_VERSION_VALUE, "9.9");
  return mh_tx_update (tx, data, after, MH_AUDIT_UPDATE, NULL, error);
}

static void
test_append_only (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "HB");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) entered = lab_save (lab, lab->technician, order, "HGB=6.5", FALSE, &error);
  g_autoptr (MhRecord) sheet = restart (lab, order, "HGB", MH_RESULT_REASON_QC, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) versions = history (lab, order);
  g_assert_false (lab_write (lab, lab->second, overwrite, versions->pdata[0], &error));
  g_clear_error (&error);
  g_autoptr (GPtrArray) after = history (lab, order);
  g_assert_cmpstr (mh_record_text (after->pdata[0], MH_RESULT_VERSION_VALUE), ==, "6.5");
}

/* What is kept, what the paper says, and what stands beside it. */
static void
test_dilution (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "KT");
  static const struct
  {
    const char *typed, *value, *measured, *dilution, *flag;
  } cases[] = {
    { "0.40x10", "4.0", "0.40", "10", "N" }, { "0.51*10", "5.1", "0.51", "10", "H" },
    { "0.50×10", "5.0", "0.50", "10", "N" }, { "4.1", "4.1", NULL, NULL, "N" },
    { "2x2", "4", "2", "2", "N" },
  };
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *values = g_strconcat ("K=", cases[i].typed, NULL);
      g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, values, FALSE, &error);
      g_assert_no_error (error);
      assert_row (sheet, "K", MH_RESULT_ROW_VALUE, cases[i].value);
      assert_row (sheet, "K", MH_RESULT_ROW_MEASURED_VALUE, cases[i].measured);
      assert_row (sheet, "K", MH_RESULT_ROW_DILUTION, cases[i].dilution);
      assert_row (sheet, "K", MH_RESULT_ROW_FLAG, cases[i].flag);
    }
  g_autoptr (GError) error = NULL;
  g_assert_null (lab_save (lab, lab->technician, order, "K=4x10", FALSE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
}

/* --- what a save asks the database --- */

/* Analysers at both benches, one of them with a day of calibration, and a lock. */
static gboolean
put_analysers (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const struct
  {
    const MhRecordType *type;
    const char *json;
  } rows[] = {
    { &mh_equipment_type,
      "{\"code\":\"HEMA1\",\"name\":\"Counter\",\"kind\":\"analyser\",\"bench\":\"H\","
      "\"state\":\"in_service\",\"calibration_due\":\"2099-01-01\",\"hospital_id\":\"" LAB_HOSPITAL
      "\"}" },
    { &mh_equipment_type,
      "{\"code\":\"CHEM1\",\"name\":\"Chemistry\",\"kind\":\"analyser\","
      "\"bench\":\"C\",\"state\":\"in_service\",\"hospital_id\":\"" LAB_HOSPITAL "\"}" },
    { &mh_qc_lock_type, "{\"equipment\":\"HEMA1\",\"analyte\":\"RBC\",\"state\":\"open\","
                        "\"material\":\"BLOOD\",\"lot\":\"L1\","
                        "\"hospital_id\":\"" LAB_HOSPITAL "\"}" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) record
          = mh_record_from_text (rows[i].type, rows[i].json, -1, MH_JSON_TRUSTED, error);
      if (record == NULL || !mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const char *order_id;
  MhRecord *put;
  guint asked; /* statements that write nothing */
  MhRecord *sheet;
} Counted;

static gboolean
count_save (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Counted *counted = data;
  MhDb *db = mh_tx_db (tx);
  guint before = mh_db_statements (db) - mh_db_writes (db);
  g_clear_object (&counted->sheet);
  counted->sheet = mh_results_service_save (MH_REQUEST_TX (tx, lab->server, lab->technician),
                                            counted->order_id, counted->put, error);
  counted->asked = mh_db_statements (db) - mh_db_writes (db) - before;
  return counted->sheet != NULL;
}

/* Of a new order for the tests. */
static guint
asked_for (Lab *lab, const char *tests, const char *values, gboolean final)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, tests);
  g_autoptr (MhRecord) put = mh_record_new (&mh_results_put_type);
  g_auto (GStrv) pairs = g_strsplit (values, " ", -1);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto (GStrv) sides = g_strsplit (*pair, "=", 2);
      g_autoptr (MhRecord) entry = lab_parse (
          &mh_result_entry_type, "{\"analyte\":\"%s\",\"value\":\"%s\"}", sides[0], sides[1]);
      mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
    }
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, final);
  Counted counted = { order, put, 0, NULL };
  mh_assert_ok (lab_write (lab, lab->technician, count_save, &counted, &error), error);
  g_test_message ("%s, %s: %u questions", tests, final ? "final" : "draft", counted.asked);
  g_assert_null (mh_record_text (lab_row (counted.sheet, "HGB"), MH_RESULT_ROW_QC));
  if (strstr (values, "RBC") != NULL)
    g_assert_nonnull (
        strstr (mh_record_text (lab_row (counted.sheet, "RBC"), MH_RESULT_ROW_QC), "on HEMA1"));
  g_clear_object (&counted.sheet);
  return counted.asked;
}

/* A longer sheet of the same benches asks no more than a short one; whatever was never asked before
 * is kept for the first of them. */
static void
test_asks_once (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (lab, lab->technician, put_analysers, NULL, &error), error);
  asked_for (lab, "HB KT", "HGB=13.2 K=4.1", TRUE);
  guint draft = asked_for (lab, "HB KT", "HGB=13.2", FALSE);
  guint final = asked_for (lab, "HB KT", "HGB=13.2 K=4.1", TRUE);
  g_assert_cmpuint (draft, >, 0);
  g_assert_cmpuint (asked_for (lab, "CBC RCI KT CHOLT HDLT", "HGB=13.2", FALSE), ==, draft);
  g_assert_cmpuint (asked_for (lab, "CBC RCI KT CHOLT HDLT",
                               "HGB=13.2 HCT=40 RBC=4.5 MCV=88 K=4.1 CHOL=180 HDL=50", TRUE),
                    ==, final);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/results-again/restart", test_restart);
  mh_test_add_both ("/results-again/changed", test_changed);
  mh_test_add_both ("/results-again/append-only", test_append_only);
  mh_test_add_both ("/results-again/dilution", test_dilution);
  mh_test_add_both ("/results-again/asks-once", test_asks_once);
  return mh_test_run ();
}
