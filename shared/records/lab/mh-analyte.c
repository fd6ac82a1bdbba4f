/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-analyte.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-result.h"

#include <string.h>

/* clang-format off */
const MhCode mh_analyte_kind_codes[] = {
  { MH_ANALYTE_KIND_NUMERIC, NS_("Number") },
  { MH_ANALYTE_KIND_CALCULATED, N_("Calculated") },
  { MH_ANALYTE_KIND_CODED, N_("Choice") },
  { MH_ANALYTE_KIND_TITER, N_("Titre") },
  { MH_ANALYTE_KIND_TEXT, N_("Text") },
  { MH_ANALYTE_KIND_STRUCTURED, N_("Structured") },
  { NULL },
};

const MhCode mh_release_rule_codes[] = {
  { MH_RELEASE_TWICE, N_("Two determinations by two people") },
  { NULL },
};

const MhCode mh_delta_mode_codes[] = {
  { MH_DELTA_ABSOLUTE, N_("Absolute") },
  { MH_DELTA_PERCENT, N_("Per cent") },
  { MH_DELTA_RATE, N_("Per day") },
  { MH_DELTA_RCV, N_("Reference change value, 99 %") },
  { NULL },
};

const MhCode mh_range_kind_codes[] = {
  { MH_RANGE_KIND_REFERENCE, NS_("Reference") },
  { MH_RANGE_KIND_CRITICAL, N_("Critical") },
  { MH_RANGE_KIND_BAND, N_("Decision band") },
  { NULL },
};

const MhCode mh_range_sex_codes[] = {
  { MH_RANGE_SEX_ANY, N_("Any") },
  { MH_RANGE_SEX_FEMALE, NS_("Female") },
  { MH_RANGE_SEX_MALE, NS_("Male") },
  { NULL },
};

const MhCode mh_range_pregnancy_codes[] = {
  { MH_RANGE_PREGNANCY_ANY, N_("Any week") },
  { MH_RANGE_PREGNANCY_T1, N_("First trimester") },
  { MH_RANGE_PREGNANCY_T2, N_("Second trimester") },
  { MH_RANGE_PREGNANCY_T3, N_("Third trimester") },
  { NULL },
};

static const MhField value_set_fields[] = {
  MH_COMMON_FIELDS,
  [MH_VALUE_SET_CODE]    = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_VALUE_SET_NAME]    = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 80 },
  [MH_VALUE_SET_CHOICES] = { "choices", MH_KIND_RECORDS, .label = N_("Choices"), .target = &mh_value_choice_type, .flags = MH_REQUIRED | MH_VIRTUAL, .max = 60 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (value_set_fields) == MH_VALUE_SET_N_FIELDS);

static const MhField value_choice_fields[] = {
  MH_COMMON_FIELDS,
  [MH_VALUE_CHOICE_VALUE_SET_ID] = { "value_set_id", MH_KIND_REF, .label = N_("Set of choices"), .target = &mh_value_set_type, .flags = MH_INDEX | MH_SERVER_SET },
  [MH_VALUE_CHOICE_CODE]         = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED, .max = 20 },
  [MH_VALUE_CHOICE_TEXT]         = { "text", MH_KIND_TEXT, .label = N_("Text"), .flags = MH_REQUIRED, .max = 120 },
  [MH_VALUE_CHOICE_FLAG]         = { "flag", MH_KIND_ENUM, .label = N_("Flag"), .codes = mh_result_flag_codes },
  [MH_VALUE_CHOICE_SORT_ORDER]   = { "sort_order", MH_KIND_INT, .label = N_("Position") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (value_choice_fields) == MH_VALUE_CHOICE_N_FIELDS);

static const MhField analyte_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ANALYTE_CODE]                     = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_ANALYTE_NAME]                     = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_ANALYTE_KIND]                     = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_analyte_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_ANALYTE_LOINC]                    = { "loinc", MH_KIND_TEXT, .label = N_("LOINC"), .flags = MH_SEARCH | MH_BRIEF, .max = 10 },
  [MH_ANALYTE_LOINC_CHECK]              = { "loinc_check", MH_KIND_TEXT, .label = N_("How the LOINC was checked"), .max = 60 },
  [MH_ANALYTE_UCUM]                     = { "ucum", MH_KIND_TEXT, .label = N_("UCUM unit"), .max = 40 },
  [MH_ANALYTE_UNIT]                     = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .flags = MH_BRIEF, .max = 40 },
  [MH_ANALYTE_DECIMALS]                 = { "decimals", MH_KIND_INT, .label = N_("Decimals"), .at_least = 0, .at_most = 6 },
  [MH_ANALYTE_VALUE_SET]                = { "value_set", MH_KIND_TEXT, .label = N_("Set of choices"), .format = "code", .max = 20 },
  [MH_ANALYTE_FORMULA]                  = { "formula", MH_KIND_TEXT, .label = N_("Formula"), .max = 400 },
  [MH_ANALYTE_FORMULA_CONDITION]        = { "formula_condition", MH_KIND_TEXT, .label = N_("Formula holds when"), .max = 200 },
  [MH_ANALYTE_FORMULA_NOTE]             = { "formula_note", MH_KIND_TEXT, .label = N_("About the formula"), .max = 400 },
  [MH_ANALYTE_FORMULA_UNITS]            = { "formula_units", MH_KIND_LIST, .label = N_("Units of the inputs"), .max = 40, .since = 16,
    .help = N_("What the formula was written for: CREA=mg/dL") },
  [MH_ANALYTE_PLAUSIBLE_LOW]            = { "plausible_low", MH_KIND_DECIMAL, .label = N_("Plausible from") },
  [MH_ANALYTE_PLAUSIBLE_HIGH]           = { "plausible_high", MH_KIND_DECIMAL, .label = N_("Plausible to") },
  [MH_ANALYTE_REPORTABLE_LOW]           = { "reportable_low", MH_KIND_DECIMAL, .label = N_("Reportable from") },
  [MH_ANALYTE_REPORTABLE_HIGH]          = { "reportable_high", MH_KIND_DECIMAL, .label = N_("Reportable to") },
  [MH_ANALYTE_DELTA_MODE]               = { "delta_mode", MH_KIND_ENUM, .label = N_("Delta check"), .codes = mh_delta_mode_codes },
  [MH_ANALYTE_DELTA_LIMIT]              = { "delta_limit", MH_KIND_DECIMAL, .label = N_("Delta limit") },
  [MH_ANALYTE_DELTA_WINDOW_DAYS]        = { "delta_window_days", MH_KIND_INT, .label = N_("Delta window"), .at_least = 1, .at_most = 3650, .unit = "d" },
  [MH_ANALYTE_DELTA_MIN_INTERVAL_HOURS] = { "delta_min_interval_hours", MH_KIND_INT, .label = N_("Delta's shortest interval"), .at_least = 0, .at_most = 8760, .unit = "h" },
  [MH_ANALYTE_DELTA_VERIFIED]           = { "delta_verified", MH_KIND_BOOL, .label = N_("Delta check signed off") },
  [MH_ANALYTE_CVI_PERCENT]              = { "cvi_percent", MH_KIND_DECIMAL, .label = N_("Within-subject variation"), .unit = "%" },
  [MH_ANALYTE_CVA_GOAL_PERCENT]         = { "cva_goal_percent", MH_KIND_DECIMAL, .label = N_("Analytical goal"), .unit = "%" },
  [MH_ANALYTE_CV_VERIFIED]              = { "cv_verified", MH_KIND_BOOL, .label = N_("Variation signed off") },
  [MH_ANALYTE_TITER_PREFIX]             = { "titer_prefix", MH_KIND_TEXT, .label = N_("Titre prefix"), .max = 10 },
  [MH_ANALYTE_TITER_STEPS]              = { "titer_steps", MH_KIND_LIST, .label = N_("Titre steps"), .max = 40 },
  [MH_ANALYTE_TITER_SIGNIFICANT]        = { "titer_significant", MH_KIND_INT, .label = N_("Significant titre"), .at_least = 1, .at_most = 100000000 },
  [MH_ANALYTE_CRITICAL_RULE]            = { "critical_rule", MH_KIND_TEXT, .label = N_("Critical when"), .max = 200 },
  [MH_ANALYTE_RELEASE_RULE]             = { "release_rule", MH_KIND_ENUM, .label = N_("Release rule"), .codes = mh_release_rule_codes,
    .help = N_("What has to be there before the value may be released") },
  [MH_ANALYTE_VERIFIED_LOINC]           = { "verified_loinc", MH_KIND_BOOL, .label = N_("LOINC checked") },
  [MH_ANALYTE_VERIFIED_RANGE]           = { "verified_range", MH_KIND_BOOL, .label = N_("Ranges signed off") },
  [MH_ANALYTE_VERIFIED]                 = { "verified", MH_KIND_BOOL, .label = N_("Signed off"), .flags = MH_BRIEF },
  [MH_ANALYTE_SIGNED_BY]                 = { "signed_by", MH_KIND_TEXT, .label = N_("Signed by"), .flags = MH_SERVER_SET, .max = 200, .since = 16 },
  [MH_ANALYTE_SIGNED_AT]                 = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed"), .flags = MH_SERVER_SET, .since = 16 },
  [MH_ANALYTE_NOTE]                     = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
  [MH_ANALYTE_ACTIVE]                   = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (analyte_fields) == MH_ANALYTE_N_FIELDS);

static const MhField reference_range_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REFERENCE_RANGE_ANALYTE]         = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX | MH_BRIEF, .format = "code", .max = 20 },
  [MH_REFERENCE_RANGE_KIND]            = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_range_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_REFERENCE_RANGE_SEX]             = { "sex", MH_KIND_ENUM, .label = N_("Sex"), .codes = mh_range_sex_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_REFERENCE_RANGE_FROM_AGE]        = { "from_age", MH_KIND_TEXT, .label = N_("From age"), .flags = MH_BRIEF, .max = 8,
    .help = N_("A number with d, w, mo or y; this age is inside") },
  [MH_REFERENCE_RANGE_TO_AGE]          = { "to_age", MH_KIND_TEXT, .label = N_("To age"), .flags = MH_BRIEF, .max = 8,
    .help = N_("This age is outside; empty: no limit") },
  [MH_REFERENCE_RANGE_FROM_DAYS]       = { "from_days", MH_KIND_INT, .label = N_("From, in days"), .at_least = 0, .at_most = 60000, .unit = "d" },
  [MH_REFERENCE_RANGE_TO_DAYS]         = { "to_days", MH_KIND_INT, .label = N_("To, in days"), .at_least = 0, .at_most = 60000, .unit = "d" },
  [MH_REFERENCE_RANGE_PREGNANCY]       = { "pregnancy", MH_KIND_ENUM, .label = N_("Pregnancy"), .codes = mh_range_pregnancy_codes },
  [MH_REFERENCE_RANGE_METHOD]          = { "method", MH_KIND_TEXT, .label = N_("Method"), .max = 120,
    .help = N_("Empty: any method") },
  [MH_REFERENCE_RANGE_LOW]             = { "low", MH_KIND_DECIMAL, .label = N_("Low"), .flags = MH_BRIEF },
  [MH_REFERENCE_RANGE_HIGH]            = { "high", MH_KIND_DECIMAL, .label = N_("High"), .flags = MH_BRIEF },
  [MH_REFERENCE_RANGE_LOW_OPEN]        = { "low_open", MH_KIND_BOOL, .label = N_("Low is outside"),
    .help = N_("The low limit itself does not belong to the range") },
  [MH_REFERENCE_RANGE_HIGH_OPEN]       = { "high_open", MH_KIND_BOOL, .label = N_("High is outside"),
    .help = N_("The high limit itself does not belong to the range") },
  [MH_REFERENCE_RANGE_LABEL]           = { "label", MH_KIND_TEXT, .label = N_("Label"), .flags = MH_BRIEF, .max = 80 },
  [MH_REFERENCE_RANGE_FIRST_TIME_ONLY] = { "first_time_only", MH_KIND_BOOL, .label = N_("Only the first time"),
    .help = N_("Critical only if it was not critical before") },
  [MH_REFERENCE_RANGE_SORT_ORDER]      = { "sort_order", MH_KIND_INT, .label = N_("Position") },
  [MH_REFERENCE_RANGE_SOURCE]          = { "source", MH_KIND_TEXT, .label = N_("Source"), .max = 200 },
  [MH_REFERENCE_RANGE_VERIFIED]        = { "verified", MH_KIND_BOOL, .label = N_("Signed off"), .flags = MH_BRIEF },
  [MH_REFERENCE_RANGE_SIGNED_BY]        = { "signed_by", MH_KIND_TEXT, .label = N_("Signed by"), .flags = MH_SERVER_SET, .max = 200, .since = 16 },
  [MH_REFERENCE_RANGE_SIGNED_AT]        = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed"), .flags = MH_SERVER_SET, .since = 16 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (reference_range_fields) == MH_REFERENCE_RANGE_N_FIELDS);

/* clang-format on */

static void
check_bounds (MhRecord *record, guint low_field, guint high_field, MhIssues *issues)
{
  const char *low_text = mh_record_text (record, low_field);
  const char *high_text = mh_record_text (record, high_field);
  MhDecimal low, high;

  if (low_text == NULL || high_text == NULL || !mh_decimal_parse (low_text, &low)
      || !mh_decimal_parse (high_text, &high))
    return;
  if (mh_decimal_compare (low, high) > 0)
    mh_issues_add (issues, mh_record_type (record)->fields[high_field].name, "order",
                   "Must not be below the low limit");
}

static void
analyte_check (MhRecord *analyte, MhIssues *issues)
{
  const char *kind = mh_record_text (analyte, MH_ANALYTE_KIND);

  if (g_strcmp0 (kind, MH_ANALYTE_KIND_CALCULATED) == 0
      && !mh_record_has (analyte, MH_ANALYTE_FORMULA))
    mh_issues_add (issues, "formula", "required", "A calculated analyte needs its formula");
  if (g_strcmp0 (kind, MH_ANALYTE_KIND_CODED) == 0
      && !mh_record_has (analyte, MH_ANALYTE_VALUE_SET))
    mh_issues_add (issues, "value_set", "required", "A choice needs its set of choices");

  gboolean by_variation
      = g_strcmp0 (mh_record_text (analyte, MH_ANALYTE_DELTA_MODE), MH_DELTA_RCV) == 0;
  if (by_variation
      && (!mh_record_has (analyte, MH_ANALYTE_CVI_PERCENT)
          || !mh_record_has (analyte, MH_ANALYTE_CVA_GOAL_PERCENT)))
    mh_issues_add (issues, "cvi_percent", "required",
                   "A reference change value needs both variations");
  if (mh_record_has (analyte, MH_ANALYTE_DELTA_MODE) && !by_variation
      && !mh_record_has (analyte, MH_ANALYTE_DELTA_LIMIT))
    mh_issues_add (issues, "delta_limit", "required", "A delta check needs its limit");

  check_bounds (analyte, MH_ANALYTE_PLAUSIBLE_LOW, MH_ANALYTE_PLAUSIBLE_HIGH, issues);
  check_bounds (analyte, MH_ANALYTE_REPORTABLE_LOW, MH_ANALYTE_REPORTABLE_HIGH, issues);
}

/* "0d", "6mo", "12y", "2w" */
static gboolean
is_age_word (const char *word)
{
  static const char *const units[] = { "d", "w", "mo", "y", NULL };
  const char *unit = word + strspn (word, "0123456789");

  return unit != word && unit - word <= 5 && g_strv_contains (units, unit);
}

static void
reference_range_check (MhRecord *range, MhIssues *issues)
{
  const char *from = mh_record_text (range, MH_REFERENCE_RANGE_FROM_AGE);
  const char *to = mh_record_text (range, MH_REFERENCE_RANGE_TO_AGE);

  if (from != NULL && *from != '\0' && !is_age_word (from))
    mh_issues_add (issues, "from_age", "format", "Write the age like 6mo or 12y");
  if (to != NULL && *to != '\0' && !is_age_word (to))
    mh_issues_add (issues, "to_age", "format", "Write the age like 6mo or 12y");
  if (mh_record_has (range, MH_REFERENCE_RANGE_FROM_DAYS)
      && mh_record_has (range, MH_REFERENCE_RANGE_TO_DAYS)
      && mh_record_int (range, MH_REFERENCE_RANGE_TO_DAYS)
             <= mh_record_int (range, MH_REFERENCE_RANGE_FROM_DAYS))
    mh_issues_add (issues, "to_days", "order", "The window of age must end after it begins");
  if (mh_record_has (range, MH_REFERENCE_RANGE_PREGNANCY)
      && g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_SEX), MH_RANGE_SEX_MALE) == 0)
    mh_issues_add (issues, "pregnancy", "mismatch", "Does not fit the sex");

  check_bounds (range, MH_REFERENCE_RANGE_LOW, MH_REFERENCE_RANGE_HIGH, issues);

  /* A row that says nothing would hide one that does. Words alone may be a reference ("see note"),
   * nothing can be critical by them. */
  gboolean has_limit = mh_record_has (range, MH_REFERENCE_RANGE_LOW)
                       || mh_record_has (range, MH_REFERENCE_RANGE_HIGH);
  gboolean critical
      = g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_KIND), MH_RANGE_KIND_CRITICAL) == 0;

  if (!has_limit && (critical || !mh_record_has (range, MH_REFERENCE_RANGE_LABEL)))
    mh_issues_add (issues, "low", "required",
                   critical ? "Write a low or a high limit"
                            : "Write a low or a high limit, or words as a label");
}

/* clang-format off */
const MhRecordType mh_value_set_type = {
  .name = "MhValueSet", .code = "value_set", .table = "value_set", .path = "/value-sets",
  .label = N_("Set of choices"), .fields = value_set_fields, .n_fields = G_N_ELEMENTS (value_set_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE,
  .key = MH_VALUE_SET_CODE,
};

const MhRecordType mh_value_choice_type = {
  .name = "MhValueChoice", .code = "value_choice", .table = "value_choice",
  .label = N_("Choice"), .fields = value_choice_fields, .n_fields = G_N_ELEMENTS (value_choice_fields),
  .flags = MH_TYPE_PART | MH_TYPE_CATALOGUE,
  .key = MH_VALUE_CHOICE_CODE,
};

const MhRecordType mh_analyte_type = {
  .name = "MhAnalyte", .code = "analyte", .table = "analyte", .path = "/analytes",
  .label = N_("Analyte"), .fields = analyte_fields, .n_fields = G_N_ELEMENTS (analyte_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .check = analyte_check,
  .active = MH_ANALYTE_ACTIVE, .key = MH_ANALYTE_CODE,
};

const MhRecordType mh_reference_range_type = {
  .name = "MhReferenceRange", .code = "reference_range", .table = "reference_range", .path = "/reference-ranges",
  .label = NS_("Reference range"), .fields = reference_range_fields, .n_fields = G_N_ELEMENTS (reference_range_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .check = reference_range_check,
};

/* clang-format on */
