/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entering, judging and verifying results, on both databases. */
#include "server/lab/results/mh-results-service.h"
#include "server/lab/samples/mh-samples-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

/* The answer of a step that only prepares. */
static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

static void
assert_row (MhRecord *sheet, const char *code, guint field, const char *expected)
{
  g_assert_cmpstr (mh_record_text (lab_row (sheet, code), field), ==, expected);
}

static void
assert_issue (const GError *error, const char *field, const char *code)
{
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  const MhIssue *issue = mh_issues_find (mh_error_get_issues (error), field);
  g_assert_nonnull (issue);
  g_assert_cmpstr (issue->code, ==, code);
}

/* The day that counts is the day of collection at the hospital, on both sides of a birthday. */
static void
test_age (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  static const struct
  {
    const char *collected, *low, *flag;
    gint64 years;
    gboolean verified;
  } cases[] = {
    { LAB_LAST_OF_ELEVEN, "11.5", MH_FLAG_N, 11, TRUE },
    { LAB_FIRST_OF_TWELVE, "12.0", MH_FLAG_L, 12, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *order = lab_order (lab, "HB");
      lab_receive (lab, order, NULL, cases[i].collected);
      g_autoptr (MhRecord) sheet
          = lab_save (lab, lab->technician, order, "HGB=11.9", FALSE, &error);
      g_assert_no_error (error);
      assert_row (sheet, "HGB", MH_RESULT_ROW_LOW, cases[i].low);
      assert_row (sheet, "HGB", MH_RESULT_ROW_FLAG, cases[i].flag);
      g_assert_cmpint (mh_record_int (sheet, MH_RESULTS_SHEET_AGE_YEARS), ==, cases[i].years);
      g_assert_cmpint (mh_record_bool (lab_row (sheet, "HGB"), MH_RESULT_ROW_RANGE_VERIFIED), ==,
                       cases[i].verified);
    }
}

/* Each limit from both sides; the digits stay as they were typed. */
static void
test_flags (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "KT");
  static const struct
  {
    const char *value, *flag;
    gboolean critical;
  } cases[] = {
    { "3.5", "N", FALSE },   { "3.50", "N", FALSE }, { "3.49", "L", FALSE }, { "5.0", "N", FALSE },
    { "5.01", "H", FALSE },  { "2.8", "L", FALSE },  { "2.79", "LL", TRUE }, { "6.2", "H", FALSE },
    { "6.201", "HH", TRUE }, { "12", "HH", TRUE },
  };
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *values = g_strconcat ("K=", cases[i].value, NULL);
      g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, values, FALSE, &error);
      g_assert_no_error (error);
      assert_row (sheet, "K", MH_RESULT_ROW_VALUE, cases[i].value);
      assert_row (sheet, "K", MH_RESULT_ROW_FLAG, cases[i].flag);
      g_assert_cmpint (mh_record_bool (lab_row (sheet, "K"), MH_RESULT_ROW_CRITICAL), ==,
                       cases[i].critical);
    }
}

static void
test_refused (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "CBC KT HBST");
  static const struct
  {
    const char *values, *field, *code;
  } cases[] = {
    { "K=12.1", "results[0].value", "out_of_range" },
    { "K=0.9", "results[0].value", "out_of_range" },
    { "K=4,1", "results[0].value", "comma" },
    { "K=high", "results[0].value", "format" },
    { "HBS=MAYBE", "results[0].value", "unknown_code" },
    { "MCHC=33", "results[0].value", "calculated" },
    { "K=4.1 NA=140", "results[1].analyte", "unknown_code" },
    { "K=4.1 K=4.2", "results[1].analyte", "duplicate" },
  };
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (lab_save (lab, lab->technician, order, cases[i].values, FALSE, &error));
      assert_issue (error, cases[i].field, cases[i].code);
    }
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
  assert_row (sheet, "K", MH_RESULT_ROW_VALUE, NULL);
  assert_row (sheet, "K", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_PENDING);
}

static void
test_choices (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "HBST");
  static const struct
  {
    const char *value, *kept, *text, *flag;
  } cases[] = {
    { "R", "R", "Reactive", "A" },
    { "non-reactive", "NR", "Non-reactive", "N" },
  };
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *values = g_strconcat ("HBS=", cases[i].value, NULL);
      g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, values, FALSE, &error);
      g_assert_no_error (error);
      assert_row (sheet, "HBS", MH_RESULT_ROW_VALUE, cases[i].kept);
      assert_row (sheet, "HBS", MH_RESULT_ROW_VALUE_TEXT, cases[i].text);
      assert_row (sheet, "HBS", MH_RESULT_ROW_FLAG, cases[i].flag);
      g_assert_cmpuint (mh_record_records (lab_row (sheet, "HBS"), MH_RESULT_ROW_CHOICES)->len, ==,
                        2);
    }
}

/* Worked out from what is there, also through one another, and gone when an operand goes. */
static void
test_calculated (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "CBC LIPID");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) first = lab_save (lab, lab->technician, order, "HGB=13.2", FALSE, &error);
  g_assert_no_error (error);
  assert_row (first, "MCHC", MH_RESULT_ROW_VALUE, NULL);
  g_autoptr (MhRecord) second
      = lab_save (lab, lab->technician, order, "HCT=40 CHOL=200 HDL=60", FALSE, &error);
  g_assert_no_error (error);
  assert_row (second, "MCHC", MH_RESULT_ROW_VALUE, "33.0");
  assert_row (second, "TWICE", MH_RESULT_ROW_VALUE, "66.0");
  assert_row (second, "CHR", MH_RESULT_ROW_VALUE, "3.3");
  assert_row (second, "CHR", MH_RESULT_ROW_TEST, "LIPID");
  g_autoptr (MhRecord) third = lab_save (lab, lab->technician, order, "HCT=", FALSE, &error);
  g_assert_no_error (error);
  assert_row (third, "MCHC", MH_RESULT_ROW_VALUE, NULL);
  assert_row (third, "TWICE", MH_RESULT_ROW_VALUE, NULL);
  assert_row (third, "HGB", MH_RESULT_ROW_VALUE, "13.2");
}

/* A formula that asks for something nobody knows leaves the value to the technician. */
static void
test_not_calculable (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "PTINR");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet
      = lab_save (lab, lab->technician, order, "PT=13.0 INR=1.10", TRUE, &error);
  g_assert_no_error (error);
  assert_row (sheet, "INR", MH_RESULT_ROW_VALUE, "1.10");
  assert_row (sheet, "INR", MH_RESULT_ROW_KIND, MH_ANALYTE_KIND_NUMERIC);
  assert_row (sheet, "INR", MH_RESULT_ROW_FORMULA, NULL);
}

static gboolean
insert_isi (MhTx *tx, Lab *lab, gpointer hospital, GError **error)
{
  g_autoptr (MhRecord) setting = mh_record_new (&mh_setting_type);
  mh_record_take_text (setting, MH_ID, mh_id_new ());
  mh_record_set_text (setting, MH_SETTING_HOSPITAL_ID, hospital);
  mh_record_set_text (setting, MH_SETTING_KEY, "lab.isi");
  mh_record_set_text (setting, MH_SETTING_KIND, MH_SETTING_KIND_TEXT);
  mh_record_set_text (setting, MH_SETTING_VALUE, hospital != NULL ? "1.10" : "2");
  return mh_tx_insert (tx, setting, MH_AUDIT_CREATE, NULL, error);
}

/* With the index of the reagent set the ratio is worked out; the hospital's own index comes first.
 */
static void
test_inr (const MhTestDb *test)
{
  static const char *const owners[] = { NULL, LAB_HOSPITAL };
  static const char *const ratios[] = { "4.00", "2.14" };
  g_autoptr (Lab) lab = lab_new (test);
  for (gsize i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      g_autoptr (GError) error = NULL;
      lab_write (lab, lab->technician, insert_isi, (gpointer)owners[i], &error);
      g_assert_no_error (error);
      g_autofree char *order = lab_order (lab, "PTINR");
      lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
      g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, "PT=24", TRUE, &error);
      g_assert_no_error (error);
      assert_row (sheet, "INR", MH_RESULT_ROW_VALUE, ratios[i]);
      assert_row (sheet, "INR", MH_RESULT_ROW_KIND, MH_ANALYTE_KIND_CALCULATED);
    }
}

/* Shown, flagged and critical however far it goes; beyond what can be, or where values cannot be
 * together, nobody signs without a word about what was checked. */
static void
assert_doubt (Lab *lab, const char *tests, const char *values, const char *code, gboolean doubted)
{
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, tests);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, values, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_has (lab_row (sheet, code), MH_RESULT_ROW_DOUBT), ==, doubted);
  g_autoptr (MhRecord) verified
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &refused);
  g_assert_cmpint (verified == NULL, ==, doubted);
  if (!doubted)
    return;
  assert_issue (refused, "comment", "required");
  g_autoptr (MhRecord) said = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY,
                                          "Measured again from the same tube", &error);
  g_assert_no_error (error);
  g_assert_true (mh_record_has (said, MH_ORDER_REPORT_ID));
}

static void
test_beyond (const MhTestDb *test)
{
  static const struct
  {
    const char *values, *value, *shown, *flag;
    gboolean critical, doubted;
  } cases[] = {
    { "PT=13.0", "1.09", NULL, MH_FLAG_N, FALSE, FALSE },
    { "PT=51", "4.91", NULL, MH_FLAG_H, FALSE, FALSE },
    { "PT=52", "5.02", NULL, MH_FLAG_HH, TRUE, FALSE },
    { "PT=182", "19.91", ">15", MH_FLAG_HH, TRUE, FALSE },
    { "PT=182.7", "19.99", ">15", MH_FLAG_HH, TRUE, FALSE },
    { "PT=183", "20.03", ">15", MH_FLAG_HH, TRUE, TRUE },
    { "PT=190", "20.87", ">15", MH_FLAG_HH, TRUE, TRUE },
    { "PT=200", "22.08", ">15", MH_FLAG_HH, TRUE, TRUE },
    { "PT=>200", ">22.08", ">15", MH_FLAG_HH, TRUE, TRUE },
    { "PT=>100", ">10.30", NULL, MH_FLAG_HH, TRUE, FALSE },
    { "PT=<13", "<1.10", NULL, MH_FLAG_BELOW, FALSE, FALSE },
    { "PT=6.0", "0.47", "<0.5", MH_FLAG_L, FALSE, FALSE },
    { "PT=3.0", "0.22", "<0.5", MH_FLAG_L, FALSE, TRUE },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) set = NULL;
  lab_write (lab, lab->technician, insert_isi, (gpointer)LAB_HOSPITAL, &set);
  g_assert_no_error (set);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *order = lab_order (lab, "PTINR");
      lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
      g_autoptr (MhRecord) sheet
          = lab_save (lab, lab->technician, order, cases[i].values, FALSE, &error);
      g_assert_no_error (error);
      assert_row (sheet, "INR", MH_RESULT_ROW_VALUE, cases[i].value);
      assert_row (sheet, "INR", MH_RESULT_ROW_VALUE_TEXT, cases[i].shown);
      assert_row (sheet, "INR", MH_RESULT_ROW_FLAG, cases[i].flag);
      g_assert_cmpint (mh_record_bool (lab_row (sheet, "INR"), MH_RESULT_ROW_CRITICAL), ==,
                       cases[i].critical);
      assert_doubt (lab, "PTINR", cases[i].values, "INR", cases[i].doubted);
    }
}

/* Cells of 88 fL are not what a packed cell volume of 6 % makes of 5.1 million. */
static void
test_together (const MhTestDb *test)
{
  static const struct
  {
    const char *values;
    gboolean doubted;
  } cases[] = {
    { "HCT=45.0 RBC=5.11 MCV=88", FALSE }, { "HCT=6 RBC=5.1 MCV=88", TRUE },
    { "HCT=40 RBC=5.00 MCV=88", FALSE }, /* 80 and a tenth of it */
    { "HCT=40 RBC=5.00 MCV=89", TRUE },    { "HCT=40 RBC=5.00 MCV=72", FALSE },
    { "HCT=40 RBC=5.00 MCV=71", TRUE },    { "HCT=40 RBC=<5 MCV=88", FALSE }, /* more than 80 */
    { "HCT=40 RBC=>5 MCV=95", TRUE },
  };
  g_autoptr (Lab) lab = lab_new (test);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_doubt (lab, "RCI", cases[i].values, "MCV", cases[i].doubted);
}

/* "<=7" and ">=20" are critical where 7 and 20 are the limits; zeros before a number are not kept.
 */
static void
test_inequalities (const MhTestDb *test)
{
  static const struct
  {
    const char *values, *value, *flag;
    gboolean critical;
  } cases[] = {
    { "HGB=7.0", "7.0", MH_FLAG_L, FALSE },       { "HGB=6.9", "6.9", MH_FLAG_LL, TRUE },
    { "HGB=<=7", "<=7", MH_FLAG_LL, TRUE },       { "HGB=<7", "<7", MH_FLAG_LL, TRUE },
    { "HGB=<7.1", "<7.1", MH_FLAG_L, FALSE },     { "HGB=>=20", ">=20", MH_FLAG_HH, TRUE },
    { "HGB=>20", ">20", MH_FLAG_HH, TRUE },       { "HGB=20.0", "20.0", MH_FLAG_H, FALSE },
    { "HGB=>=19.9", ">=19.9", MH_FLAG_H, FALSE }, { "HGB=013.2", "13.2", MH_FLAG_N, FALSE },
    { "HGB=<007", "<7", MH_FLAG_LL, TRUE },
  };
  g_autoptr (Lab) lab = lab_new (test);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *order = lab_order (lab, "HB");
      lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
      g_autoptr (MhRecord) sheet
          = lab_save (lab, lab->technician, order, cases[i].values, FALSE, &error);
      g_assert_no_error (error);
      assert_row (sheet, "HGB", MH_RESULT_ROW_VALUE, cases[i].value);
      assert_row (sheet, "HGB", MH_RESULT_ROW_FLAG, cases[i].flag);
      g_assert_cmpint (mh_record_bool (lab_row (sheet, "HGB"), MH_RESULT_ROW_CRITICAL), ==,
                       cases[i].critical);
    }
}

static void
test_tubes (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) early = NULL;
  g_autoptr (GError) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "HB KT");
  g_assert_null (lab_save (lab, lab->technician, order, "HGB=13.2", FALSE, &early));
  g_assert_error (early, MH_ERROR, MH_ERROR_CONFLICT);
  lab_receive (lab, order, "EDTA", LAB_FIRST_OF_TWELVE);
  g_assert_null (lab_save (lab, lab->technician, order, "K=4.1", FALSE, &other));
  g_assert_error (other, MH_ERROR, MH_ERROR_CONFLICT);
  /* The tube that is there can be completed and released without the other; the order waits. */
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, "HGB=13.2", TRUE, &error);
  g_assert_no_error (error);
  assert_row (sheet, "HGB", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_ENTERED);
  g_autoptr (MhRecord) verified
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (verified, MH_ORDER_STATUS), ==, MH_ORDER_STATUS_PROCESSING);
  g_assert_false (mh_record_has (verified, MH_ORDER_REPORT_ID));
}

/* Two tests of one tube that want the same thing get one row and one value. */
static void
test_shared (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "CBC HB");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet
      = lab_save (lab, lab->technician, order, "HGB=13.2 HCT=40", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES)->len, ==, 4);
  g_assert_cmpstr (mh_record_text (sheet, MH_RESULTS_SHEET_STATUS), ==, MH_ORDER_STATUS_RESULTED);
}

static void
test_final (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "CBC");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_assert_null (lab_save (lab, lab->technician, order, "HGB=13.2", TRUE, &missing));
  assert_issue (missing, "HCT", "missing");
  g_autoptr (MhRecord) sheet
      = lab_save (lab, lab->technician, order, "HGB=13.2 HCT=40", TRUE, &error);
  g_assert_no_error (error);
  assert_row (sheet, "HGB", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_ENTERED);
  assert_row (sheet, "MCHC", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_ENTERED);
  g_assert_cmpstr (mh_record_text (sheet, MH_RESULTS_SHEET_STATUS), ==, MH_ORDER_STATUS_RESULTED);
  /* A value that changes afterwards is a draft again, and nothing can be verified. */
  g_autoptr (MhRecord) changed = lab_save (lab, lab->technician, order, "HGB=13.3", FALSE, &error);
  g_assert_no_error (error);
  assert_row (changed, "HGB", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_DRAFT);
  g_assert_cmpstr (mh_record_text (changed, MH_RESULTS_SHEET_STATUS), ==,
                   MH_ORDER_STATUS_PROCESSING);
  g_assert_null (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

/* Each value stays with whoever typed it; none of them may verify. */
static void
test_own_entry (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) own = NULL;
  g_autoptr (GError) unable = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "CBC");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->pathologist, order, "HGB=13.2", FALSE, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) sheet
      = lab_save (lab, lab->technician, order, "HGB=13.2 HCT=40", TRUE, &error);
  g_assert_no_error (error);
  assert_row (sheet, "HGB", MH_RESULT_ROW_ENTERED_NAME, "Dr Pia Pathologist");
  assert_row (sheet, "HCT", MH_RESULT_ROW_ENTERED_NAME, "Tara Technician");
  g_autoptr (MhRecord) seen = lab_sheet (lab, lab->pathologist, order);
  g_assert_false (mh_record_bool (seen, MH_RESULTS_SHEET_MAY_VERIFY));
  g_assert_null (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &own));
  g_assert_error (own, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_assert_null (lab_verify (lab, lab->second, order, MH_DECISION_VERIFY, NULL, &unable));
  g_assert_error (unable, MH_ERROR, MH_ERROR_FORBIDDEN);
}

static void
test_return (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) late = NULL;
  g_autofree char *order = lab_order (lab, "HB");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, "HGB=3.2", TRUE, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) returned
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_RETURN, "Measure again", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (returned, MH_ORDER_STATUS), ==, MH_ORDER_STATUS_PROCESSING);
  g_autoptr (MhRecord) seen = lab_sheet (lab, lab->pathologist, order);
  assert_row (seen, "HGB", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_RETURNED);
  assert_row (seen, "HGB", MH_RESULT_ROW_VALUE, "3.2");
  g_assert_true (mh_record_bool (seen, MH_RESULTS_SHEET_MAY_VERIFY));
  drop (lab_save (lab, lab->technician, order, "HGB=13.2", TRUE, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) verified
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (verified, MH_ORDER_STATUS), ==, MH_ORDER_STATUS_COMPLETED);
  g_assert_cmpstr (mh_record_text (verified, MH_ORDER_TAB), ==, MH_ORDER_TAB_COMPLETED);
  g_assert_null (lab_save (lab, lab->technician, order, "HGB=13.3", FALSE, &late));
  g_assert_error (late, MH_ERROR, MH_ERROR_CONFLICT);
}

/* The last verified value before this sample; drafts and later samples do not count. */
static void
test_previous (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  static const struct
  {
    const char *collected, *value;
    gboolean verify;
  } cases[] = {
    { "2026-01-05T05:00:00.000Z", "12.1", TRUE },
    { "2026-02-05T05:00:00.000Z", "12.2", TRUE },
    { "2026-02-20T05:00:00.000Z", "12.9", FALSE },
    { "2026-04-05T05:00:00.000Z", "12.4", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *order = lab_order (lab, "HB");
      g_autofree char *values = g_strconcat ("HGB=", cases[i].value, NULL);
      lab_receive (lab, order, NULL, cases[i].collected);
      drop (lab_save (lab, lab->technician, order, values, TRUE, &error));
      g_assert_no_error (error);
      if (cases[i].verify)
        drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
      g_assert_no_error (error);
    }
  g_autofree char *order = lab_order (lab, "HB");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
  assert_row (sheet, "HGB", MH_RESULT_ROW_PREVIOUS_VALUE, "12.2");
  const char *const *trend = mh_record_list (lab_row (sheet, "HGB"), MH_RESULT_ROW_TREND);
  g_assert_nonnull (trend);
  g_assert_cmpuint (g_strv_length ((char **)trend), ==, 2);
  g_assert_cmpstr (trend[0], ==, "12.1");
  g_assert_cmpstr (trend[1], ==, "12.2");
}

static void
assert_waiting (Lab *lab, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) lists
      = mh_results_service_worklists (MH_REQUEST_DB (db, NULL, lab->technician), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  for (guint i = 0; i < lists->len; i++)
    g_string_append_printf (found, "%s=%d ", mh_record_text (lists->pdata[i], MH_WORKLIST_TEST),
                            (int)mh_record_int (lists->pdata[i], MH_WORKLIST_WAITING));
  g_assert_cmpstr (found->str, ==, expected);
}

/* One test across patients: what is in the laboratory and has no complete result. */
static void
test_worklists (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = lab_order (lab, "HB KT");
  g_autofree char *second = lab_order (lab, "HB");
  assert_waiting (lab, "");
  lab_receive (lab, first, NULL, LAB_FIRST_OF_TWELVE);
  lab_receive (lab, second, NULL, LAB_FIRST_OF_TWELVE);
  assert_waiting (lab, "HB=2 KT=1 ");
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) sheets = mh_results_service_worklist (
      MH_REQUEST_DB (db, lab->server, lab->technician), "HB", 10, 0, &error);
  g_autoptr (GPtrArray) one = mh_results_service_worklist (
      MH_REQUEST_DB (db, lab->server, lab->technician), "HB", 1, 0, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (sheets->len, ==, 2);
  g_assert_cmpuint (one->len, ==, 1);
  for (guint i = 0; i < sheets->len; i++)
    {
      GPtrArray *rows = mh_record_records (sheets->pdata[i], MH_RESULTS_SHEET_ANALYTES);
      g_assert_cmpuint (rows->len, ==, 1);
      g_assert_cmpstr (mh_record_text (rows->pdata[0], MH_RESULT_ROW_CODE), ==, "HGB");
      g_assert_nonnull (mh_record_text (sheets->pdata[i], MH_RESULTS_SHEET_PATIENT_NAME));
    }
  drop (lab_save (lab, lab->technician, second, "HGB=13.2", TRUE, &error));
  g_assert_no_error (error);
  assert_waiting (lab, "HB=1 KT=1 ");
}

static gboolean
reject_tube (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) samples
      = mh_store_all (mh_tx_db (tx), &mh_sample_type, "order_id", data, error);
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_REJECTED);
  mh_record_set_text (event, MH_CUSTODY_EVENT_REASON, MH_REJECT_CLOTTED);
  g_autoptr (MhRecord) tube
      = mh_samples_service_event (MH_REQUEST_TX (tx, lab->server, lab->technician),
                                  mh_record_id (samples->pdata[0]), event, error);
  return tube != NULL;
}

/* What was measured from a tube that was rejected later is not the new tube's value. */
static void
test_rejected (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = NULL;
  g_autofree char *order = lab_order (lab, "HB");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, "HGB=9.9", TRUE, &error));
  g_assert_no_error (error);
  mh_assert_ok (lab_write (lab, lab->technician, reject_tube, order, &error), error);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
  assert_row (sheet, "HGB", MH_RESULT_ROW_VALUE, NULL);
  assert_row (sheet, "HGB", MH_RESULT_ROW_FLAG, NULL);
  g_assert_null (lab_save (lab, lab->technician, order, "", TRUE, &missing));
  assert_issue (missing, "HGB", "missing");
  g_autoptr (MhRecord) again = lab_save (lab, lab->second, order, "HGB=13.2", TRUE, &error);
  g_assert_no_error (error);
  assert_row (again, "HGB", MH_RESULT_ROW_ENTERED_NAME, "Sam Second");
  assert_row (again, "HGB", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_ENTERED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/results/age", test_age);
  mh_test_add_both ("/results/flags", test_flags);
  mh_test_add_both ("/results/refused", test_refused);
  mh_test_add_both ("/results/choices", test_choices);
  mh_test_add_both ("/results/calculated", test_calculated);
  mh_test_add_both ("/results/not-calculable", test_not_calculable);
  mh_test_add_both ("/results/inr", test_inr);
  mh_test_add_both ("/results/beyond", test_beyond);
  mh_test_add_both ("/results/together", test_together);
  mh_test_add_both ("/results/inequalities", test_inequalities);
  mh_test_add_both ("/results/tubes", test_tubes);
  mh_test_add_both ("/results/shared", test_shared);
  mh_test_add_both ("/results/final", test_final);
  mh_test_add_both ("/results/own-entry", test_own_entry);
  mh_test_add_both ("/results/return", test_return);
  mh_test_add_both ("/results/previous", test_previous);
  mh_test_add_both ("/results/worklists", test_worklists);
  mh_test_add_both ("/results/rejected", test_rejected);
  return mh_test_run ();
}
