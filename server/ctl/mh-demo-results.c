/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include <math.h>

#include "shared/base/mh-decimal.h"
#include "shared/reports/mh-report-content.h"

/* How often a value lies outside its range, and outside what is critical. */
#define ABNORMAL 0.13
#define FAR_OUT 0.04

typedef struct
{
  const MhDemoPatient *patient;
  int age_days;
} Subject;

static gboolean
range_fits (MhRecord *range, const Subject *subject, const char *kind)
{
  const char *sex = mh_record_text (range, MH_REFERENCE_RANGE_SEX);
  if (g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_KIND), kind) != 0
      || mh_record_has (range, MH_REFERENCE_RANGE_PREGNANCY))
    return FALSE;
  if (!g_str_equal (sex, MH_RANGE_SEX_ANY) && *sex != subject->patient->sex)
    return FALSE;
  if (subject->age_days < mh_record_int (range, MH_REFERENCE_RANGE_FROM_DAYS))
    return FALSE;
  return !mh_record_is_set (range, MH_REFERENCE_RANGE_TO_DAYS)
         || mh_record_int (range, MH_REFERENCE_RANGE_TO_DAYS) == 0
         || subject->age_days < mh_record_int (range, MH_REFERENCE_RANGE_TO_DAYS);
}

/* A row of the sex before a row of any. */
static MhRecord *
find_range (MhDemo *demo, const char *analyte, const Subject *subject, const char *kind)
{
  GPtrArray *ranges = mh_catalogue_ranges (demo->view, analyte);
  MhRecord *found = NULL;
  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      if (!range_fits (range, subject, kind))
        continue;
      if (found == NULL
          || !g_str_equal (mh_record_text (range, MH_REFERENCE_RANGE_SEX), MH_RANGE_SEX_ANY))
        found = range;
    }
  return found;
}

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

static const char *
flag_of (double value,
         double low,
         double high,
         gboolean high_open,
         MhRecord *critical,
         gboolean *out_critical)
{
  double panic_low = limit (critical, MH_REFERENCE_RANGE_LOW);
  double panic_high = limit (critical, MH_REFERENCE_RANGE_HIGH);
  *out_critical
      = (!isnan (panic_low) && value < panic_low) || (!isnan (panic_high) && value > panic_high);
  if (!isnan (low) && value < low)
    return *out_critical ? MH_FLAG_LL : MH_FLAG_L;
  if (!isnan (high) && (high_open ? value >= high : value > high))
    return *out_critical ? MH_FLAG_HH : MH_FLAG_H;
  return MH_FLAG_N;
}

static void
set_range (MhRecord *result, MhRecord *range)
{
  if (range == NULL)
    return;
  const char *low = mh_record_text (range, MH_REFERENCE_RANGE_LOW);
  const char *high = mh_record_text (range, MH_REFERENCE_RANGE_HIGH);
  mh_record_set_text (result, MH_RESULT_LOW, low);
  mh_record_set_text (result, MH_RESULT_HIGH, high);
  mh_record_set_text (result, MH_RESULT_RANGE_ID, mh_record_id (range));
  mh_record_set_bool (result, MH_RESULT_RANGE_VERIFIED,
                      mh_record_bool (range, MH_REFERENCE_RANGE_VERIFIED));
  if (low != NULL && high != NULL)
    mh_record_take_text (result, MH_RESULT_RANGE_TEXT, g_strdup_printf ("%s – %s", low, high));
  else if (high != NULL)
    mh_record_take_text (result, MH_RESULT_RANGE_TEXT, g_strdup_printf ("< %s", high));
  else if (low != NULL)
    mh_record_take_text (result, MH_RESULT_RANGE_TEXT, g_strdup_printf ("> %s", low));
}

static void
set_number (MhDemo *demo, MhRecord *result, MhRecord *analyte, const Subject *subject)
{
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  MhRecord *range = find_range (demo, code, subject, MH_RANGE_KIND_REFERENCE);
  MhRecord *critical = find_range (demo, code, subject, MH_RANGE_KIND_CRITICAL);
  double low = limit (range, MH_REFERENCE_RANGE_LOW), high = limit (range, MH_REFERENCE_RANGE_HIGH);
  int decimals = (int)mh_record_int (analyte, MH_ANALYTE_DECIMALS);
  gboolean is_critical = FALSE;
  double number = pick_number (demo, low, high, limit (analyte, MH_ANALYTE_PLAUSIBLE_LOW),
                               limit (analyte, MH_ANALYTE_PLAUSIBLE_HIGH));
  char *text = mh_decimal_from_double (number, decimals);
  /* the flag belongs to the value as it is written down */
  const char *flag = flag_of (g_ascii_strtod (text, NULL), low, high,
                              range != NULL && mh_record_bool (range, MH_REFERENCE_RANGE_HIGH_OPEN),
                              critical, &is_critical);
  mh_record_take_text (result, MH_RESULT_VALUE, text);
  mh_record_set_text (result, MH_RESULT_UNIT, mh_record_text (analyte, MH_ANALYTE_UNIT));
  mh_record_set_text (result, MH_RESULT_FLAG, flag);
  mh_record_set_bool (result, MH_RESULT_CRITICAL, is_critical);
  set_range (result, range);
}

static void
set_choice (MhDemo *demo, MhRecord *result, MhRecord *analyte)
{
  MhRecord *set = mh_catalogue_find (demo->view, &mh_value_set_type,
                                     mh_record_text (analyte, MH_ANALYTE_VALUE_SET));
  GPtrArray *choices = set != NULL ? mh_record_records (set, MH_VALUE_SET_CHOICES) : NULL;
  MhRecord *choice = NULL;
  if (choices == NULL || choices->len == 0)
    return;
  choice = g_ptr_array_index (
      choices, mh_demo_chance (demo, 0.92) ? 0 : (guint)mh_demo_int (demo, 0, (int)choices->len));
  mh_record_set_text (result, MH_RESULT_VALUE, mh_record_text (choice, MH_VALUE_CHOICE_CODE));
  mh_record_set_text (result, MH_RESULT_VALUE_TEXT, mh_record_text (choice, MH_VALUE_CHOICE_TEXT));
  mh_record_set_text (result, MH_RESULT_FLAG, mh_record_text (choice, MH_VALUE_CHOICE_FLAG));
}

static void
set_words (MhDemo *demo, MhRecord *result, MhRecord *analyte)
{
  const char *kind = mh_record_text (analyte, MH_ANALYTE_KIND);
  const char *const *steps = mh_record_list (analyte, MH_ANALYTE_TITER_STEPS);
  if (g_str_equal (kind, MH_ANALYTE_KIND_TITER) && steps != NULL)
    {
      const char *prefix = mh_record_text (analyte, MH_ANALYTE_TITER_PREFIX);
      mh_record_take_text (result, MH_RESULT_VALUE,
                           g_strconcat (prefix != NULL ? prefix : "", steps[0], NULL));
    }
  else
    mh_record_set_text (result, MH_RESULT_VALUE,
                        g_str_equal (kind, MH_ANALYTE_KIND_STRUCTURED) ? "No growth"
                                                                       : "Unremarkable");
  mh_record_set_text (result, MH_RESULT_FLAG, MH_FLAG_N);
}

static void
set_progress (MhDemo *demo, MhRecord *result, const MhDemoOrder *made)
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
}

static MhRecord *
make_result (MhDemo *demo,
             MhDemoOrder *made,
             MhRecord *item,
             MhRecord *test,
             MhRecord *analyte,
             const Subject *subject)
{
  const char *kind = mh_record_text (analyte, MH_ANALYTE_KIND);
  MhRecord *result = mh_demo_record (demo, &mh_result_type, made->resulted_at);
  mh_record_set_text (result, MH_RESULT_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (result, MH_RESULT_ORDER_ID, mh_record_id (made->order));
  mh_record_set_text (result, MH_RESULT_ORDER_ITEM_ID, mh_record_id (item));
  mh_record_set_text (result, MH_RESULT_SAMPLE_ID, mh_record_text (item, MH_ORDER_ITEM_SAMPLE_ID));
  mh_record_set_text (result, MH_RESULT_PATIENT_ID, made->patient->id);
  mh_record_set_text (result, MH_RESULT_TEST, mh_record_text (test, MH_TEST_CODE));
  mh_record_set_text (result, MH_RESULT_ANALYTE, mh_record_text (analyte, MH_ANALYTE_CODE));
  mh_record_set_text (result, MH_RESULT_NAME, mh_record_text (analyte, MH_ANALYTE_NAME));
  mh_record_set_text (result, MH_RESULT_KIND, kind);
  mh_record_set_text (result, MH_RESULT_METHOD, mh_record_text (test, MH_TEST_METHOD));
  if (g_str_equal (kind, MH_ANALYTE_KIND_NUMERIC) || g_str_equal (kind, MH_ANALYTE_KIND_CALCULATED))
    set_number (demo, result, analyte, subject);
  else if (g_str_equal (kind, MH_ANALYTE_KIND_CODED))
    set_choice (demo, result, analyte);
  else
    set_words (demo, result, analyte);
  set_progress (demo, result, made);
  return result;
}

GPtrArray *
mh_demo_results (MhDemo *demo, MhDemoOrder *made)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  MhDate birth = { 0 };
  Subject subject = { .patient = made->patient };
  if (mh_date_parse (made->patient->birth_date, &birth))
    subject.age_days
        = (int)((made->collected_at + MH_DEMO_ZONE_OFFSET) / MH_DAY - mh_date_to_days (birth));
  for (guint i = 0; i < made->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (made->items, i);
      MhRecord *test = mh_catalogue_find (demo->view, &mh_test_type,
                                          mh_record_text (item, MH_ORDER_ITEM_TEST));
      const char *const *codes = mh_record_list (test, MH_TEST_ANALYTES);
      for (guint k = 0; codes != NULL && codes[k] != NULL; k++)
        {
          MhRecord *analyte = mh_catalogue_find (demo->view, &mh_analyte_type, codes[k]);
          if (analyte == NULL || !g_hash_table_add (seen, (gpointer)codes[k]))
            continue;
          MhRecord *result = make_result (demo, made, item, test, analyte, &subject);
          mh_record_set_int (result, MH_RESULT_SORT_ORDER, results->len + 1);
          g_ptr_array_add (results, result);
        }
    }
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

MhRecord *
mh_demo_report (MhDemo *demo, MhDemoOrder *made, GPtrArray *results, GError **error)
{
  g_autoptr (MhRecord) patient = patient_on_paper (made);
  g_autoptr (MhRecord) order = mh_record_copy (made->order);
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
  for (guint i = 0; i < made->items->len; i++)
    mh_record_append (order, MH_ORDER_ITEMS, g_ptr_array_index (made->items, i));
  for (guint i = 0; i < made->samples->len; i++)
    mh_record_append (order, MH_ORDER_SAMPLES, g_ptr_array_index (made->samples, i));
  MhLabReport frozen = { .hospital = demo->hospital,
                         .patient = patient,
                         .order = order,
                         .results = results,
                         .report = report,
                         .verifier = demo->staff[MH_DEMO_PATHOLOGIST] };
  char *content = mh_report_content (&frozen);
  char *hash = mh_report_content_hash (content, error);
  mh_record_take_text (report, MH_REPORT_CONTENT, content);
  mh_record_take_text (report, MH_REPORT_CONTENT_HASH, hash);
  if (hash == NULL)
    g_clear_object (&report);
  return report;
}
