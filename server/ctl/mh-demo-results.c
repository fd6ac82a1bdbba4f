/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include <math.h>

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/mh-report-content.h"
#include "shared/rules/lab/mh-formula.h"
#include "shared/rules/lab/mh-range.h"

/* How often a value lies outside its range, and outside what is critical. */
#define ABNORMAL 0.13
#define FAR_OUT 0.04

/* One order's results while they are made. */
typedef struct
{
  MhDemo *demo;
  MhDemoOrder *made;
  MhSubject subject;
  GHashTable *numbers; /* analyte code → double *, for the calculated ones */
} Sheet;

static double
limit (MhRecord *record, guint field)
{
  const char *text = record != NULL ? mh_record_text (record, field) : NULL;
  MhDecimal value;
  return text != NULL && mh_decimal_parse (text, &value) ? mh_decimal_to_double (value) : NAN;
}

/* Around the middle of the range as a healthy person's; now and then beyond one of its ends. */
static double
pick_number (MhDemo *demo, double low, double high, double least, double most)
{
  if (isnan (low) && isnan (high))
    {
      low = isnan (least) ? 1 : least + (most - least) * 0.1;
      high = isnan (most) ? 10 : least + (most - least) * 0.3;
    }

  if (isnan (low))
    low = isnan (least) ? 0 : MIN (least, high);
  if (isnan (high))
    high = isnan (most) ? low * 2 + 1 : MIN (low + (most - low) * 0.3, most);

  double width = high - low;
  double value = low + width * (0.5 + mh_demo_normal (demo) * 0.17);
  if (mh_demo_chance (demo, ABNORMAL))
    {
      double beyond
          = width * (mh_demo_chance (demo, FAR_OUT / ABNORMAL) ? 1.4 : 0.3) * mh_demo_unit (demo);
      value = mh_demo_chance (demo, 0.6) ? high + beyond : low - beyond * 0.5;
    }
  else
    value = CLAMP (value, low, high);
  if (!isnan (least))
    value = MAX (value, least);
  if (!isnan (most))
    value = MIN (value, most);

  return MAX (value, 0);
}

static void
set_range (MhRecord *result, MhRecord *analyte, MhRecord *range)
{
  if (range == NULL)
    return;
  mh_record_set_text (result, MH_RESULT_LOW, mh_record_text (range, MH_REFERENCE_RANGE_LOW));
  mh_record_set_text (result, MH_RESULT_HIGH, mh_record_text (range, MH_REFERENCE_RANGE_HIGH));
  mh_record_set_text (result, MH_RESULT_RANGE_ID, mh_record_id (range));
  mh_record_set_bool (result, MH_RESULT_RANGE_VERIFIED,
                      mh_record_bool (range, MH_REFERENCE_RANGE_VERIFIED));
  mh_record_take_text (result, MH_RESULT_RANGE_TEXT,
                       mh_range_text (range, (int)mh_record_int (analyte, MH_ANALYTE_DECIMALS)));
}

/* Flag, range and critical as the house's own rules say. FALSE: not a value of this analyte. */
static gboolean
demo_results_judge (Sheet *sheet, MhRecord *result, MhRecord *analyte, MhRecord *value_set)
{
  MhJudgement judgement = { 0 };
  GPtrArray *ranges
      = mh_catalogue_ranges (sheet->demo->view, mh_record_text (analyte, MH_ANALYTE_CODE));
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (!mh_range_judge (&(MhRangeOf){ analyte, ranges != NULL ? ranges : none, value_set },
                       &sheet->subject, mh_record_text (result, MH_RESULT_VALUE), &judgement, NULL))
    return FALSE;

  mh_record_set_text (result, MH_RESULT_FLAG, judgement.flag);
  mh_record_set_bool (result, MH_RESULT_CRITICAL, judgement.critical);
  mh_record_set_text (result, MH_RESULT_UNIT, mh_record_text (analyte, MH_ANALYTE_UNIT));
  set_range (result, analyte, judgement.reference);
  return TRUE;
}

static void
keep_number (Sheet *sheet, MhRecord *analyte, const char *text)
{
  double *number = g_new (double, 1);
  *number = g_ascii_strtod (text, NULL);
  g_hash_table_replace (sheet->numbers, (gpointer)mh_record_text (analyte, MH_ANALYTE_CODE),
                        number);
}

static gboolean
demo_results_set_number (Sheet *sheet, MhRecord *result, MhRecord *analyte)
{
  MhRecord *range = NULL;
  GPtrArray *ranges
      = mh_catalogue_ranges (sheet->demo->view, mh_record_text (analyte, MH_ANALYTE_CODE));

  if (ranges != NULL)
    mh_range_choose (ranges, mh_record_text (analyte, MH_ANALYTE_CODE), MH_RANGE_KIND_REFERENCE,
                     &sheet->subject, &range);

  double number = pick_number (
      sheet->demo, limit (range, MH_REFERENCE_RANGE_LOW), limit (range, MH_REFERENCE_RANGE_HIGH),
      limit (analyte, MH_ANALYTE_PLAUSIBLE_LOW), limit (analyte, MH_ANALYTE_PLAUSIBLE_HIGH));
  char *text = mh_decimal_from_double (number, (int)mh_record_int (analyte, MH_ANALYTE_DECIMALS));

  keep_number (sheet, analyte, text);
  mh_record_take_text (result, MH_RESULT_VALUE, text);
  return demo_results_judge (sheet, result, analyte, NULL);
}

static gboolean
demo_results_lookup (const char *name, double *out_value, gpointer data)
{
  Sheet *sheet = data;
  const double *number = g_hash_table_lookup (sheet->numbers, name);
  if (number == NULL)
    return mh_subject_lookup (&sheet->subject, name, out_value);
  *out_value = *number;
  return TRUE;
}

/* What cannot be worked out, or comes out beyond belief, is left out. */
static gboolean
set_calculated (Sheet *sheet, MhRecord *result, MhRecord *analyte)
{
  char *text = NULL;
  if (mh_formula_calculate (analyte, demo_results_lookup, sheet, &text) != MH_FORMULA_OK)
    return FALSE;
  keep_number (sheet, analyte, text);
  mh_record_take_text (result, MH_RESULT_VALUE, text);
  return demo_results_judge (sheet, result, analyte, NULL);
}

static gboolean
set_choice (Sheet *sheet, MhRecord *result, MhRecord *analyte)
{
  MhRecord *set = mh_catalogue_find (sheet->demo->view, &mh_value_set_type,
                                     mh_record_text (analyte, MH_ANALYTE_VALUE_SET));
  GPtrArray *choices = set != NULL ? mh_record_records (set, MH_VALUE_SET_CHOICES) : NULL;
  if (choices == NULL || choices->len == 0)
    return FALSE;

  guint chosen = mh_demo_chance (sheet->demo, 0.92)
                     ? 0
                     : (guint)mh_demo_int (sheet->demo, 0, (int)choices->len);
  MhRecord *choice = g_ptr_array_index (choices, chosen);

  mh_record_set_text (result, MH_RESULT_VALUE, mh_record_text (choice, MH_VALUE_CHOICE_CODE));
  mh_record_set_text (result, MH_RESULT_VALUE_TEXT, mh_record_text (choice, MH_VALUE_CHOICE_TEXT));
  return demo_results_judge (sheet, result, analyte, set);
}

static gboolean
demo_results_set_words (Sheet *sheet, MhRecord *result, MhRecord *analyte)
{
  const char *kind = mh_record_text (analyte, MH_ANALYTE_KIND);
  const char *const *steps = mh_record_list (analyte, MH_ANALYTE_TITER_STEPS);
  if (g_str_equal (kind, MH_ANALYTE_KIND_TITER) && steps != NULL)
    {
      const char *prefix = mh_record_text (analyte, MH_ANALYTE_TITER_PREFIX);
      mh_record_take_text (result, MH_RESULT_VALUE,
                           g_strconcat (prefix != NULL ? prefix : "", steps[0], NULL));
    }
  else if (g_str_equal (kind, MH_ANALYTE_KIND_STRUCTURED))
    {
      mh_demo_bench_culture (sheet->demo, result);
      return TRUE;
    }
  else
    mh_record_set_text (result, MH_RESULT_VALUE, "Unremarkable");

  mh_record_set_text (result, MH_RESULT_FLAG, MH_FLAG_N);
  return TRUE;
}

static gboolean
demo_results_set_value (Sheet *sheet, MhRecord *result, MhRecord *analyte)
{
  const char *kind = mh_record_text (analyte, MH_ANALYTE_KIND);
  if (g_str_equal (kind, MH_ANALYTE_KIND_NUMERIC))
    return demo_results_set_number (sheet, result, analyte);
  if (g_str_equal (kind, MH_ANALYTE_KIND_CALCULATED))
    return set_calculated (sheet, result, analyte);
  if (g_str_equal (kind, MH_ANALYTE_KIND_CODED))
    return set_choice (sheet, result, analyte);
  return demo_results_set_words (sheet, result, analyte);
}

/* A blood group is determined by two people. */
static void
set_second (MhDemo *demo, MhRecord *result, MhRecord *analyte, const MhDemoOrder *made)
{
  if (g_strcmp0 (mh_record_text (analyte, MH_ANALYTE_RELEASE_RULE), MH_RELEASE_TWICE) != 0)
    return;
  mh_record_set_text (result, MH_RESULT_SECOND_VALUE, mh_record_text (result, MH_RESULT_VALUE));
  mh_record_set_text (result, MH_RESULT_SECOND_BY, mh_demo_staff_id (demo, MH_DEMO_TECHNICIAN2));
  mh_record_set_text (result, MH_RESULT_SECOND_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_TECHNICIAN2));
  mh_record_set_int (result, MH_RESULT_SECOND_AT, made->resulted_at);
}

static void
demo_results_set_progress (MhDemo *demo, MhRecord *result, const MhDemoOrder *made)
{
  mh_record_set_text (result, MH_RESULT_STATUS,
                      made->verified_at > 0 ? MH_RESULT_STATUS_VERIFIED : MH_RESULT_STATUS_ENTERED);
  mh_record_set_text (result, MH_RESULT_ENTERED_BY, mh_demo_staff_id (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (result, MH_RESULT_ENTERED_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_int (result, MH_RESULT_ENTERED_AT, made->resulted_at);
  mh_record_set_int (result, MH_RESULT_MEASURED_AT, made->collected_at);
  if (made->verified_at == 0)
    return;

  mh_record_set_text (result, MH_RESULT_VERIFIED_BY, mh_demo_staff_id (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_text (result, MH_RESULT_VERIFIED_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_int (result, MH_RESULT_VERIFIED_AT, made->verified_at);
  mh_demo_critical_note (demo, made, result);
}

/* What has an analyser in this house. */
static const char *
instrument_of (MhRecord *test)
{
  const char *bench = test != NULL ? mh_record_text (test, MH_TEST_BENCH) : NULL;
  return g_strcmp0 (bench, "B") == 0 ? "CHEM1" : g_strcmp0 (bench, "H") == 0 ? "HEMA1" : NULL;
}

static MhRecord *
make_result (Sheet *sheet, MhRecord *item, MhRecord *test, MhRecord *analyte)
{
  const MhDemoOrder *made = sheet->made;
  MhRecord *result = mh_demo_record (sheet->demo, &mh_result_type, made->resulted_at);
  mh_record_set_text (result, MH_RESULT_HOSPITAL_ID, mh_record_id (sheet->demo->hospital));
  if (g_strcmp0 (mh_record_text (analyte, MH_ANALYTE_KIND), MH_ANALYTE_KIND_NUMERIC) == 0)
    mh_record_set_text (result, MH_RESULT_INSTRUMENT, instrument_of (test));
  mh_record_set_text (result, MH_RESULT_ORDER_ID, mh_record_id (made->order));
  mh_record_set_text (result, MH_RESULT_ORDER_ITEM_ID, mh_record_id (item));
  mh_record_set_text (result, MH_RESULT_SAMPLE_ID, mh_record_text (item, MH_ORDER_ITEM_SAMPLE_ID));
  mh_record_set_text (result, MH_RESULT_PATIENT_ID, made->patient->id);
  mh_record_set_text (result, MH_RESULT_TEST, mh_record_text (test, MH_TEST_CODE));
  mh_record_set_text (result, MH_RESULT_ANALYTE, mh_record_text (analyte, MH_ANALYTE_CODE));
  mh_record_set_text (result, MH_RESULT_NAME, mh_record_text (analyte, MH_ANALYTE_NAME));
  mh_record_set_text (result, MH_RESULT_KIND, mh_record_text (analyte, MH_ANALYTE_KIND));
  mh_record_set_text (result, MH_RESULT_METHOD, mh_record_text (test, MH_TEST_METHOD));

  if (!demo_results_set_value (sheet, result, analyte))
    g_clear_object (&result);
  else
    {
      demo_results_set_progress (sheet->demo, result, made);
      set_second (sheet->demo, result, analyte, made);
      mh_demo_bench_note (sheet->demo, result);
    }

  return result;
}

/* Measured ones first, because the calculated need them; then in the order of the report. */
static void
demo_results_add_test (Sheet *sheet,
                       GPtrArray *results,
                       MhRecord *item,
                       MhRecord *test,
                       gboolean calculated,
                       GHashTable *seen)
{
  const char *const *codes = mh_record_list (test, MH_TEST_ANALYTES);
  for (guint k = 0; codes != NULL && codes[k] != NULL; k++)
    {
      MhRecord *analyte = mh_catalogue_find (sheet->demo->view, &mh_analyte_type, codes[k]);
      if (analyte == NULL
          || g_str_equal (mh_record_text (analyte, MH_ANALYTE_KIND), MH_ANALYTE_KIND_CALCULATED)
                 != calculated
          || !g_hash_table_add (seen, (gpointer)codes[k]))
        continue;
      MhRecord *result = make_result (sheet, item, test, analyte);
      if (result == NULL)
        continue;
      mh_record_set_int (result, MH_RESULT_SORT_ORDER,
                         mh_record_int (item, MH_ORDER_ITEM_SORT_ORDER) * 100 + k);
      g_ptr_array_add (results, result);
    }
}

static int
compare_place (gconstpointer a, gconstpointer b)
{
  gint64 x = mh_record_int (*(MhRecord *const *)a, MH_RESULT_SORT_ORDER);
  gint64 y = mh_record_int (*(MhRecord *const *)b, MH_RESULT_SORT_ORDER);
  return x < y ? -1 : x > y;
}

static MhSubject
demo_results_subject_of (const MhDemoOrder *made)
{
  MhSubject subject = { .female = made->patient->sex == 'f',
                        .male = made->patient->sex == 'm',
                        .gestation_days = -1,
                        .isi = 1.1 };
  subject.collected = mh_date_from_days ((made->collected_at + MH_DEMO_ZONE_OFFSET) / MH_DAY);
  if (!mh_date_parse (made->patient->birth_date, &subject.birth))
    subject.birth.year = 0;
  return subject;
}

GPtrArray *
mh_demo_results (MhDemo *demo, MhDemoOrder *made)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  Sheet sheet = { demo, made, demo_results_subject_of (made), numbers };

  for (int calculated = 0; calculated < 2; calculated++)
    for (guint i = 0; i < made->items->len; i++)
      {
        MhRecord *item = g_ptr_array_index (made->items, i);
        MhRecord *test = mh_catalogue_find (demo->view, &mh_test_type,
                                            mh_record_text (item, MH_ORDER_ITEM_TEST));
        demo_results_add_test (&sheet, results, item, test, calculated, seen);
      }

  g_ptr_array_sort (results, compare_place);
  return results;
}

/* The report shows the patient as the order knows them. */
static MhRecord *
patient_on_paper (const MhDemoOrder *made)
{
  MhRecord *patient = mh_record_new (&mh_patient_type);
  mh_record_set_text (patient, MH_ID, made->patient->id);
  mh_record_set_text (patient, MH_PATIENT_MRN, made->patient->mrn);
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, made->patient->name);
  mh_record_set_text (patient, MH_PATIENT_SEX, mh_record_text (made->order, MH_ORDER_PATIENT_SEX));
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, made->patient->birth_date);
  if (*made->patient->phone != '\0')
    mh_record_set_text (patient, MH_PATIENT_PHONE, made->patient->phone);
  return patient;
}

void
mh_demo_report_freeze (MhDemo *demo,
                       MhDemoOrder *made,
                       GPtrArray *results,
                       MhRecord *report,
                       MhRecord *change)
{
  g_autoptr (MhRecord) patient = patient_on_paper (made);
  g_autoptr (MhRecord) order = mh_record_copy (made->order);
  for (guint i = 0; i < made->items->len; i++)
    mh_record_append (order, MH_ORDER_ITEMS, g_ptr_array_index (made->items, i));
  for (guint i = 0; i < made->samples->len; i++)
    mh_record_append (order, MH_ORDER_SAMPLES, g_ptr_array_index (made->samples, i));

  MhLabReport frozen = { .hospital = demo->hospital,
                         .patient = patient,
                         .order = order,
                         .results = results,
                         .report = report,
                         .change = change,
                         .verifier = demo->staff[MH_DEMO_PATHOLOGIST] };
  char *content = mh_report_content (&frozen);

  /* it is canonical already, so its own hash is the hash of its canonical form */
  mh_record_take_text (report, MH_REPORT_CONTENT_HASH, mh_sha256_of_text (content));
  mh_record_take_text (report, MH_REPORT_CONTENT, content);
}

MhRecord *
mh_demo_report (MhDemo *demo, MhDemoOrder *made, GPtrArray *results)
{
  MhRecord *report = mh_demo_record (demo, &mh_report_type, made->verified_at);
  mh_record_set_text (report, MH_REPORT_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (report, MH_REPORT_ORDER_ID, mh_record_id (made->order));
  mh_record_set_text (report, MH_REPORT_PATIENT_ID, made->patient->id);
  mh_record_take_text (report, MH_REPORT_NUMBER,
                       g_strconcat ("R-", mh_record_text (made->order, MH_ORDER_NUMBER), NULL));
  mh_record_set_int (report, MH_REPORT_VERSION_NO, 1);
  mh_record_set_text (report, MH_REPORT_STATUS, MH_REPORT_STATUS_FINAL);
  mh_record_set_text (report, MH_REPORT_VERIFIED_BY, mh_demo_staff_id (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_text (report, MH_REPORT_VERIFIED_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_int (report, MH_REPORT_ISSUED_AT, made->verified_at);
  mh_record_set_int (report, MH_REPORT_COPIES, 0);
  mh_record_set_text (report, MH_REPORT_LANGUAGE, "en");
  mh_demo_report_freeze (demo, made, results, report, NULL);

  return report;
}
