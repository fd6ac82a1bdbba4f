/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-lint.h"

#include "server/lab/catalogue/mh-catalogue-check.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/lab/mh-microbe.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/rules/lab/mh-formula-links.h"
#include "shared/rules/lab/mh-formula.h"
#include "shared/rules/lab/mh-range-cover.h"
#include "shared/rules/lab/mh-range.h"
#include "shared/rules/lab/mh-reflex.h"

#include <string.h>

#define ORGANISMS "ORGANISMS"

typedef struct
{
  MhCatalogueView *view;
  GPtrArray *findings;
  GHashTable *users; /* analyte code → GPtrArray of codes of tests and panels (borrowed) */
} Lint;

static gboolean
catalogue_lint_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static gboolean
catalogue_lint_is_active (MhRecord *record)
{
  guint active = mh_record_type (record)->active;
  return active == 0 || !mh_record_has (record, active) || mh_record_bool (record, active);
}

/* --- findings --- */

typedef struct
{
  const char *severity, *rule, *field;
} Broken;

static void
catalogue_lint_add (Lint *lint, MhRecord *record, Broken broken, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static const char *
catalogue_lint_code_of (MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  int field = type->key != 0 ? (int)type->key : mh_record_type_find (type, "analyte");
  return field >= 0 ? mh_record_text (record, (guint)field) : NULL;
}

static void
catalogue_lint_add_tests (Lint *lint, MhRecord *finding, MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  const char *code = catalogue_lint_code_of (record);
  if (type == &mh_test_type || type == &mh_panel_type)
    {
      mh_record_add_to_list (finding, MH_CATALOGUE_FINDING_TESTS, code);
      return;
    }

  GPtrArray *users = code != NULL && (type == &mh_analyte_type || type == &mh_reference_range_type)
                         ? g_hash_table_lookup (lint->users, code)
                         : NULL;

  for (guint i = 0; users != NULL && i < users->len; i++)
    mh_record_add_to_list (finding, MH_CATALOGUE_FINDING_TESTS, g_ptr_array_index (users, i));
}

static void
catalogue_lint_add (Lint *lint, MhRecord *record, Broken broken, const char *format, ...)
{
  MhRecord *finding = mh_record_new (&mh_catalogue_finding_type);
  g_autofree char *name = mh_record_display (record);
  va_list args;

  va_start (args, format);
  mh_record_take_text (finding, MH_CATALOGUE_FINDING_MESSAGE, g_strdup_vprintf (format, args));
  va_end (args);
  mh_record_set_text (finding, MH_CATALOGUE_FINDING_SEVERITY, broken.severity);
  mh_record_set_text (finding, MH_CATALOGUE_FINDING_RULE, broken.rule);
  mh_record_set_text (finding, MH_CATALOGUE_FINDING_RECORD_TYPE, mh_record_type (record)->code);
  mh_record_set_text (finding, MH_CATALOGUE_FINDING_RECORD_ID, mh_record_id (record));
  mh_record_set_text (finding, MH_CATALOGUE_FINDING_CODE, catalogue_lint_code_of (record));
  mh_record_set_text (finding, MH_CATALOGUE_FINDING_NAME, name);
  mh_record_set_text (finding, MH_CATALOGUE_FINDING_FIELD, broken.field);
  catalogue_lint_add_tests (lint, finding, record);
  g_ptr_array_add (lint->findings, finding);
}

#define ERROR(record, rule, field, ...)                                                            \
  catalogue_lint_add (lint, record, (Broken){ MH_FINDING_ERROR, rule, field }, __VA_ARGS__)
#define WARNING(record, rule, field, ...)                                                          \
  catalogue_lint_add (lint, record, (Broken){ MH_FINDING_WARNING, rule, field }, __VA_ARGS__)

/* What the server would refuse to store today. */
static void
lint_links (Lint *lint, MhRecord *record)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_catalogue_check_links (lint->view, record, issues);
  for (guint i = 0; i < mh_issues_count (issues); i++)
    {
      const MhIssue *issue = mh_issues_nth (issues, i);
      if (g_str_equal (issue->code, "unit_missing"))
        WARNING (record, issue->code, issue->field, "%s", issue->message);
      else
        ERROR (record, issue->code, issue->field, "%s", issue->message);
    }
}

/* --- a value --- */

static gboolean
catalogue_lint_read_number (MhRecord *record, guint field, double *out)
{
  MhDecimal number;
  const char *text = mh_record_text (record, field);
  if (text == NULL || !mh_decimal_parse (text, &number))
    return FALSE;
  *out = mh_decimal_to_double (number);
  return TRUE;
}

static char *
sample_number (MhCatalogueView *view, MhRecord *analyte)
{
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  GPtrArray *ranges = mh_catalogue_ranges (view, code);
  int decimals = (int)mh_record_int (analyte, MH_ANALYTE_DECIMALS);
  double low = 0, high = 0;
  gboolean has_low = catalogue_lint_read_number (analyte, MH_ANALYTE_PLAUSIBLE_LOW, &low);
  gboolean has_high = catalogue_lint_read_number (analyte, MH_ANALYTE_PLAUSIBLE_HIGH, &high);

  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      double from, to;
      if (catalogue_lint_is (mh_record_text (range, MH_REFERENCE_RANGE_KIND),
                             MH_RANGE_KIND_REFERENCE)
          && !mh_record_has (range, MH_REFERENCE_RANGE_TO_AGE)
          && catalogue_lint_read_number (range, MH_REFERENCE_RANGE_LOW, &from)
          && catalogue_lint_read_number (range, MH_REFERENCE_RANGE_HIGH, &to))
        return mh_decimal_from_double ((from + to) / 2, decimals);
    }

  if (has_low && has_high)
    return mh_decimal_from_double ((low + high) / 2, decimals);

  return mh_decimal_from_double (has_high ? high / 2 : has_low ? low * 2 + 1 : 1, decimals);
}

static char *
sample_choice (MhCatalogueView *view, MhRecord *analyte)
{
  const char *set_code = mh_record_text (analyte, MH_ANALYTE_VALUE_SET);
  if (catalogue_lint_is (set_code, ORGANISMS))
    {
      GPtrArray *organisms = mh_catalogue_all (view, &mh_organism_type);
      return organisms->len > 0
                 ? g_strdup (mh_record_text (g_ptr_array_index (organisms, 0), MH_ORGANISM_CODE))
                 : NULL;
    }

  MhRecord *set = mh_catalogue_find (view, &mh_value_set_type, set_code);
  GPtrArray *choices = set != NULL ? mh_record_records (set, MH_VALUE_SET_CHOICES) : NULL;
  return choices != NULL && choices->len > 0
             ? g_strdup (mh_record_text (g_ptr_array_index (choices, 0), MH_VALUE_CHOICE_CODE))
             : NULL;
}

char *
mh_catalogue_lint_sample (MhCatalogueView *view, MhRecord *analyte)
{
  const char *kind = mh_record_text (analyte, MH_ANALYTE_KIND);
  if (catalogue_lint_is (kind, MH_ANALYTE_KIND_NUMERIC))
    return sample_number (view, analyte);
  if (catalogue_lint_is (kind, MH_ANALYTE_KIND_CODED)
      || (catalogue_lint_is (kind, MH_ANALYTE_KIND_STRUCTURED)
          && mh_record_has (analyte, MH_ANALYTE_VALUE_SET)))
    return sample_choice (view, analyte);

  if (catalogue_lint_is (kind, MH_ANALYTE_KIND_TITER))
    {
      const char *const *steps = mh_record_list (analyte, MH_ANALYTE_TITER_STEPS);
      const char *prefix = mh_record_text (analyte, MH_ANALYTE_TITER_PREFIX);
      if (steps == NULL || steps[0] == NULL)
        return NULL;
      return strchr (steps[0], ':') != NULL
                 ? g_strdup (steps[0])
                 : g_strconcat (prefix != NULL ? prefix : "1:", steps[0], NULL);
    }

  return catalogue_lint_is (kind, MH_ANALYTE_KIND_CALCULATED) ? NULL
                                                              : g_strdup ("No abnormality seen");
}

/* --- analytes --- */

/* People of every window: a newborn, a child, a woman, a woman in each trimester, a man, an old
 * man. */
static const struct
{
  const char *name, *birth;
  gboolean female;
  int gestation;
} people[] = {
  { "a newborn", "2026-06-01", TRUE, 0 },
  { "an infant", "2026-01-01", FALSE, 0 },
  { "a child", "2018-06-01", TRUE, 0 },
  { "a boy of 14", "2012-06-01", FALSE, 0 },
  { "a woman", "1990-06-01", TRUE, 0 },
  { "a woman in week 10", "1995-06-01", TRUE, 70 },
  { "a woman in week 20", "1995-06-01", TRUE, 140 },
  { "a woman in week 34", "1995-06-01", TRUE, 238 },
  { "a man", "1985-06-01", FALSE, 0 },
  { "a man of 90", "1936-06-01", FALSE, 0 },
};

static void
lint_people (Lint *lint, MhRecord *analyte, const char *value)
{
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  MhRecord *set = mh_record_has (analyte, MH_ANALYTE_VALUE_SET)
                      ? mh_catalogue_find (lint->view, &mh_value_set_type,
                                           mh_record_text (analyte, MH_ANALYTE_VALUE_SET))
                      : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      MhSubject subject = { .female = people[i].female,
                            .male = !people[i].female,
                            .pregnant = people[i].gestation > 0,
                            .gestation_days = people[i].gestation > 0 ? people[i].gestation : -1 };
      MhJudgement judgement = { 0 };
      g_autoptr (GError) error = NULL;
      (void)mh_date_parse ("2026-06-01", &subject.collected);
      (void)mh_date_parse (people[i].birth, &subject.birth);
      if (!mh_range_judge (&(MhRangeOf){ analyte, mh_catalogue_ranges (lint->view, code), set },
                           &subject, value, &judgement, &error))
        ERROR (analyte, "no_value", "kind", "%s cannot be entered for %s: %s", value,
               people[i].name, error->message);
      else if (judgement.outcome == MH_RANGE_BROKEN)
        ERROR (analyte, "tie", "code", "For %s two ranges hold at once, or one cannot be read.",
               people[i].name);
      else
        continue;
      return;
    }
}

static void
lint_limits (Lint *lint, MhRecord *analyte)
{
  double plausible_low, plausible_high, reportable_low, reportable_high;
  gboolean has_low = catalogue_lint_read_number (analyte, MH_ANALYTE_PLAUSIBLE_LOW, &plausible_low);
  gboolean has_high
      = catalogue_lint_read_number (analyte, MH_ANALYTE_PLAUSIBLE_HIGH, &plausible_high);
  GPtrArray *ranges = mh_catalogue_ranges (lint->view, mh_record_text (analyte, MH_ANALYTE_CODE));

  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      double low, high;
      if (has_low && catalogue_lint_read_number (range, MH_REFERENCE_RANGE_LOW, &low)
          && low < plausible_low)
        ERROR (range, "plausible", "low",
               "Values below the low limit are refused as not plausible (%s).",
               mh_record_text (analyte, MH_ANALYTE_PLAUSIBLE_LOW));
      if (has_high && catalogue_lint_read_number (range, MH_REFERENCE_RANGE_HIGH, &high)
          && high > plausible_high)
        ERROR (range, "plausible", "high",
               "Values above the high limit are refused as not plausible (%s).",
               mh_record_text (analyte, MH_ANALYTE_PLAUSIBLE_HIGH));
    }

  if ((has_low && catalogue_lint_read_number (analyte, MH_ANALYTE_REPORTABLE_LOW, &reportable_low)
       && reportable_low < plausible_low)
      || (has_high
          && catalogue_lint_read_number (analyte, MH_ANALYTE_REPORTABLE_HIGH, &reportable_high)
          && reportable_high > plausible_high))
    WARNING (analyte, "reportable", "reportable_low",
             "What can be measured reaches beyond what is plausible.");
}

/* A critical limit inside the reference range of the same people calls normal values critical. */
static void
lint_critical (Lint *lint, MhRecord *critical, GPtrArray *ranges)
{
  gint64 from, to, other_from, other_to;
  double limit, bound;
  if (!mh_range_window (critical, &from, &to))
    return;

  for (guint i = 0; i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      const char *sex = mh_record_text (range, MH_REFERENCE_RANGE_SEX);
      const char *own = mh_record_text (critical, MH_REFERENCE_RANGE_SEX);
      if (!catalogue_lint_is (mh_record_text (range, MH_REFERENCE_RANGE_KIND),
                              MH_RANGE_KIND_REFERENCE)
          || !mh_range_window (range, &other_from, &other_to) || from >= other_to
          || other_from >= to
          || (!catalogue_lint_is (sex, own) && !catalogue_lint_is (sex, MH_RANGE_SEX_ANY)
              && !catalogue_lint_is (own, MH_RANGE_SEX_ANY)))
        continue;
      if (catalogue_lint_read_number (critical, MH_REFERENCE_RANGE_LOW, &limit)
          && catalogue_lint_read_number (range, MH_REFERENCE_RANGE_LOW, &bound) && limit > bound)
        WARNING (critical, "critical_inside", "low",
                 "Critical below %s, yet from %s on a value is normal.",
                 mh_record_text (critical, MH_REFERENCE_RANGE_LOW),
                 mh_record_text (range, MH_REFERENCE_RANGE_LOW));
      if (catalogue_lint_read_number (critical, MH_REFERENCE_RANGE_HIGH, &limit)
          && catalogue_lint_read_number (range, MH_REFERENCE_RANGE_HIGH, &bound) && limit < bound)
        WARNING (critical, "critical_inside", "high",
                 "Critical above %s, yet up to %s a value is normal.",
                 mh_record_text (critical, MH_REFERENCE_RANGE_HIGH),
                 mh_record_text (range, MH_REFERENCE_RANGE_HIGH));
    }
}

static void
lint_ranges (Lint *lint, MhRecord *analyte)
{
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  GPtrArray *ranges = mh_catalogue_ranges (lint->view, code);
  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      if (catalogue_lint_is (mh_record_text (range, MH_REFERENCE_RANGE_KIND),
                             MH_RANGE_KIND_CRITICAL))
        lint_critical (lint, range, ranges);
    }

  g_autoptr (GArray) gaps = mh_range_gaps (ranges, code);
  for (guint i = 0; i < gaps->len; i++)
    {
      const MhRangeGap *gap = &g_array_index (gaps, MhRangeGap, i);
      g_autofree char *text = mh_range_gap_text (gap);
      if (gap->inner)
        WARNING (analyte, "gap", "code", "No reference range %s, between two that have one.", text);
      else
        WARNING (analyte, "no_range", "code", "No reference range %s.", text);
    }
}

static void
lint_kind (Lint *lint, MhRecord *analyte, const char *kind)
{
  gboolean number = catalogue_lint_is (kind, MH_ANALYTE_KIND_NUMERIC)
                    || catalogue_lint_is (kind, MH_ANALYTE_KIND_CALCULATED);
  if (number && !mh_record_has (analyte, MH_ANALYTE_DECIMALS))
    WARNING (analyte, "decimals", "decimals", "Say to how many decimals it is reported.");
  if (number && !mh_record_has (analyte, MH_ANALYTE_UCUM))
    WARNING (analyte, "unit_missing", "ucum", "A number without a unit (UCUM) cannot be sent on.");
  if (catalogue_lint_is (kind, MH_ANALYTE_KIND_CALCULATED)
      && !mh_record_has (analyte, MH_ANALYTE_FORMULA))
    ERROR (analyte, "no_formula", "formula", "It is calculated, yet there is no formula.");
  if (number)
    lint_limits (lint, analyte);
}

static void
lint_analyte (Lint *lint, MhRecord *analyte)
{
  const char *kind = mh_record_text (analyte, MH_ANALYTE_KIND);
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  if (!catalogue_lint_is_active (analyte))
    return;

  lint_links (lint, analyte);
  lint_kind (lint, analyte, kind);
  lint_ranges (lint, analyte);
  g_autofree char *value = catalogue_lint_is (kind, MH_ANALYTE_KIND_CALCULATED)
                               ? g_strdup ("1")
                               : mh_catalogue_lint_sample (lint->view, analyte);

  if (value == NULL)
    ERROR (analyte, "no_value", "kind", "There is no value that could be entered: %s.",
           catalogue_lint_is (kind, MH_ANALYTE_KIND_CODED)
               ? "its set of choices is missing or empty"
               : "its steps are missing");
  else if (!catalogue_lint_is (kind, MH_ANALYTE_KIND_CALCULATED))
    lint_people (lint, analyte, value);
  if (g_hash_table_lookup (lint->users, code) == NULL)
    WARNING (analyte, "unused", "code", "No test or panel that is offered measures it.");
}

/* --- tests and panels --- */

static gboolean
is_specimen (Lint *lint, const char *name)
{
  GPtrArray *all = mh_catalogue_all (lint->view, &mh_specimen_type_type);
  for (guint i = 0; i < all->len; i++)
    if (catalogue_lint_is (mh_record_text (g_ptr_array_index (all, i), MH_SPECIMEN_TYPE_NAME),
                           name))
      return TRUE;
  return all->len == 0;
}

/* Is every input of the formula measured in the same order? */
static void
lint_inputs (Lint *lint, MhRecord *owner, MhRecord *analyte, GHashTable *measured)
{
  g_auto (GStrv) names = mh_formula_names (mh_record_text (analyte, MH_ANALYTE_FORMULA));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!mh_formula_is_given (names[i]) && !g_hash_table_contains (measured, names[i]))
      {
        WARNING (owner, "input_missing", "analytes",
                 "%s needs %s, which this does not measure: ordered alone it is typed by hand or "
                 "stays empty.",
                 mh_record_text (analyte, MH_ANALYTE_CODE), names[i]);
        return;
      }
}

static void
note_measured (Lint *lint, GHashTable *measured, const char *const *codes)
{
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    if (mh_catalogue_find (lint->view, &mh_analyte_type, codes[i]) != NULL)
      g_hash_table_add (measured, (gpointer)codes[i]);
}

static void
lint_calculated (Lint *lint, MhRecord *owner, const char *const *codes, GHashTable *measured)
{
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      MhRecord *analyte = mh_catalogue_find (lint->view, &mh_analyte_type, codes[i]);
      if (analyte != NULL
          && catalogue_lint_is (mh_record_text (analyte, MH_ANALYTE_KIND),
                                MH_ANALYTE_KIND_CALCULATED))
        lint_inputs (lint, owner, analyte, measured);
      if (analyte != NULL && !catalogue_lint_is_active (analyte))
        ERROR (owner, "inactive", "analytes", "%s is no longer in use.", codes[i]);
    }
}

static void
lint_test (Lint *lint, MhRecord *test)
{
  const char *const *analytes = mh_record_list (test, MH_TEST_ANALYTES);
  const char *specimen = mh_record_text (test, MH_TEST_SPECIMEN);
  g_autoptr (GHashTable) measured = g_hash_table_new (g_str_hash, g_str_equal);
  if (!catalogue_lint_is_active (test))
    return;

  lint_links (lint, test);
  if (analytes == NULL || analytes[0] == NULL)
    ERROR (test, "no_analytes", "analytes",
           "It measures nothing: results could not be entered. Add an analyte.");
  if (!mh_record_has (test, MH_TEST_PRICE))
    ERROR (test, "no_price", "price", "It has no price; an order could not be made out.");
  if (!mh_record_has (test, MH_TEST_CONTAINER))
    ERROR (test, "no_container", "container", "It names no container; no tube could be drawn.");
  if (specimen == NULL || *specimen == 0)
    ERROR (test, "no_specimen", "specimen", "It names no specimen.");
  else if (!is_specimen (lint, specimen))
    WARNING (test, "unknown_specimen", "specimen", "“%s” is no specimen of the catalogue.",
             specimen);
  if (!mh_record_has (test, MH_TEST_BENCH))
    ERROR (test, "no_bench", "bench", "It has no bench; it would stand on nobody's worklist.");
  if (!mh_record_has (test, MH_TEST_TAT_ROUTINE))
    WARNING (test, "no_time", "tat_routine", "No time is promised; the board cannot warn.");
  if (!mh_record_has (test, MH_TEST_SHORT_NAME))
    WARNING (test, "no_short_name", "short_name", "Labels have no room for its long name.");
  note_measured (lint, measured, analytes);
  lint_calculated (lint, test, analytes, measured);
}

static void
lint_panel (Lint *lint, MhRecord *panel)
{
  const char *const *tests = mh_record_list (panel, MH_PANEL_TESTS);
  g_autoptr (GHashTable) measured = g_hash_table_new (g_str_hash, g_str_equal);
  if (!catalogue_lint_is_active (panel))
    return;

  lint_links (lint, panel);
  if (tests == NULL || tests[0] == NULL)
    ERROR (panel, "no_tests", "tests", "It holds no tests.");
  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    {
      MhRecord *test = mh_catalogue_find (lint->view, &mh_test_type, tests[i]);
      if (test == NULL)
        continue;
      if (!catalogue_lint_is_active (test))
        ERROR (panel, "inactive", "tests", "%s is no longer offered.", tests[i]);
      note_measured (lint, measured, mh_record_list (test, MH_TEST_ANALYTES));
    }

  note_measured (lint, measured, mh_record_list (panel, MH_PANEL_CALCULATED));
  lint_calculated (lint, panel, mh_record_list (panel, MH_PANEL_CALCULATED), measured);
}

/* --- the rest --- */

static void
lint_reflex (Lint *lint, MhRecord *rule)
{
  MhRecord *analyte = mh_catalogue_find (lint->view, &mh_analyte_type,
                                         mh_record_text (rule, MH_REFLEX_RULE_ANALYTE));
  MhRecord *test = mh_catalogue_find (lint->view, &mh_test_type,
                                      mh_record_text (rule, MH_REFLEX_RULE_ADD_TEST));
  static const char *const numbers[] = { MH_REFLEX_BELOW,    MH_REFLEX_AT_MOST, MH_REFLEX_ABOVE,
                                         MH_REFLEX_AT_LEAST, MH_REFLEX_BETWEEN, NULL };
  const char *comparison = mh_record_text (rule, MH_REFLEX_RULE_OPERATOR);

  if (!catalogue_lint_is_active (rule))
    return;

  lint_links (lint, rule);
  if (test != NULL && !catalogue_lint_is_active (test))
    ERROR (rule, "inactive", "add_test", "%s is no longer offered.",
           mh_record_text (test, MH_TEST_CODE));
  if (analyte != NULL && comparison != NULL && g_strv_contains (numbers, comparison)
      && catalogue_lint_is (mh_record_text (analyte, MH_ANALYTE_KIND), MH_ANALYTE_KIND_CODED))
    ERROR (rule, "mismatch", "operator", "%s is a choice; no number can be compared with it.",
           mh_record_text (analyte, MH_ANALYTE_CODE));
  if (!mh_record_bool (rule, MH_REFLEX_RULE_VERIFIED))
    WARNING (rule, "unsigned", "verified", "It does nothing until it is signed off.");
}

static void
lint_price_list (Lint *lint, MhRecord *list)
{
  GPtrArray *entries = mh_record_records (list, MH_PRICE_LIST_ENTRIES);
  if (!catalogue_lint_is_active (list))
    return;
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const char *code = mh_record_text (g_ptr_array_index (entries, i), MH_PRICE_ENTRY_CODE);
      if (mh_catalogue_find (lint->view, &mh_test_type, code) == NULL
          && mh_catalogue_find (lint->view, &mh_panel_type, code) == NULL)
        ERROR (list, "unknown_code", "entries", "“%s” is no test or panel of the catalogue.", code);
    }
}

static void
lint_local_codes (Lint *lint)
{
  GPtrArray *tests = mh_catalogue_all (lint->view, &mh_test_type);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < tests->len; i++)
    {
      MhRecord *test = g_ptr_array_index (tests, i);
      const char *code = mh_record_text (test, MH_TEST_HL7_LOCAL_CODE);
      if (code == NULL || *code == 0 || !catalogue_lint_is_active (test))
        continue;
      MhRecord *other = g_hash_table_lookup (seen, code);
      if (other != NULL)
        WARNING (test, "duplicate", "hl7_local_code", "%s has the same local code “%s”.",
                 mh_record_text (other, MH_TEST_CODE), code);
      else
        g_hash_table_insert (seen, (gpointer)code, test);
    }
}

/* --- all --- */

static void
note_users (Lint *lint, MhRecord *owner, const char *const *analytes)
{
  for (guint i = 0; analytes != NULL && analytes[i] != NULL; i++)
    {
      GPtrArray *users = g_hash_table_lookup (lint->users, analytes[i]);
      if (users == NULL)
        {
          users = g_ptr_array_new ();
          g_hash_table_insert (lint->users, (gpointer)analytes[i], users);
        }
      g_ptr_array_add (users, (gpointer)catalogue_lint_code_of (owner));
    }
}

static void
find_users (Lint *lint)
{
  GPtrArray *tests = mh_catalogue_all (lint->view, &mh_test_type);
  GPtrArray *panels = mh_catalogue_all (lint->view, &mh_panel_type);
  for (guint i = 0; i < tests->len; i++)
    if (catalogue_lint_is_active (g_ptr_array_index (tests, i)))
      note_users (lint, g_ptr_array_index (tests, i),
                  mh_record_list (g_ptr_array_index (tests, i), MH_TEST_ANALYTES));
  for (guint i = 0; i < panels->len; i++)
    if (catalogue_lint_is_active (g_ptr_array_index (panels, i)))
      note_users (lint, g_ptr_array_index (panels, i),
                  mh_record_list (g_ptr_array_index (panels, i), MH_PANEL_CALCULATED));
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  static const guint fields[] = { MH_CATALOGUE_FINDING_SEVERITY, MH_CATALOGUE_FINDING_RECORD_TYPE,
                                  MH_CATALOGUE_FINDING_CODE, MH_CATALOGUE_FINDING_RULE };
  MhRecord *const *left = a, *const *right = b;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      int order = g_strcmp0 (mh_record_text (*left, fields[i]), mh_record_text (*right, fields[i]));
      if (order != 0)
        return order; /* "error" sorts before "warning" */
    }
  return 0;
}

GPtrArray *
mh_catalogue_lint (MhCatalogueView *view)
{
  static const struct
  {
    const MhRecordType *type;
    void (*look) (Lint *lint, MhRecord *record);
  } looks[] = { { &mh_test_type, lint_test },
                { &mh_panel_type, lint_panel },
                { &mh_analyte_type, lint_analyte },
                { &mh_reference_range_type, lint_links },
                { &mh_reflex_rule_type, lint_reflex },
                { &mh_reagent_type, lint_links },
                { &mh_price_list_type, lint_price_list } };
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) users
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  Lint lint = { view, findings, users };

  find_users (&lint);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      GPtrArray *all = mh_catalogue_all (view, looks[i].type);
      for (guint k = 0; k < all->len; k++)
        looks[i].look (&lint, g_ptr_array_index (all, k));
    }

  lint_local_codes (&lint);
  g_ptr_array_sort (findings, compare_findings);
  return findings;
}
