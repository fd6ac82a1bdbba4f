/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-error.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/lab/mh-range.h"

#include <string.h>

static MhDate
day (const char *text)
{
  MhDate date = { 0 };
  if (text != NULL)
    g_assert_true (mh_date_parse (text, &date));
  return date;
}

static void
set_text (MhRecord *record, guint field, const char *text)
{
  if (text != NULL)
    mh_record_set_text (record, field, text);
}

/* One row of a catalogue in a line: all words but low and high may be NULL. */
typedef struct
{
  const char *label, *kind, *sex, *from, *to, *pregnancy, *method, *low, *high;
  gboolean low_open, high_open, first_time;
} Row;

static MhRecord *
range_of (const Row *row)
{
  MhRecord *range = mh_record_new (&mh_reference_range_type);
  set_text (range, MH_REFERENCE_RANGE_ANALYTE, "X");
  set_text (range, MH_REFERENCE_RANGE_KIND,
            row->kind != NULL ? row->kind : MH_RANGE_KIND_REFERENCE);
  set_text (range, MH_REFERENCE_RANGE_LABEL, row->label);
  set_text (range, MH_REFERENCE_RANGE_SEX, row->sex != NULL ? row->sex : MH_RANGE_SEX_ANY);
  set_text (range, MH_REFERENCE_RANGE_FROM_AGE, row->from);
  set_text (range, MH_REFERENCE_RANGE_TO_AGE, row->to);
  set_text (range, MH_REFERENCE_RANGE_PREGNANCY, row->pregnancy);
  set_text (range, MH_REFERENCE_RANGE_METHOD, row->method);
  set_text (range, MH_REFERENCE_RANGE_LOW, row->low);
  set_text (range, MH_REFERENCE_RANGE_HIGH, row->high);
  mh_record_set_bool (range, MH_REFERENCE_RANGE_LOW_OPEN, row->low_open);
  mh_record_set_bool (range, MH_REFERENCE_RANGE_HIGH_OPEN, row->high_open);
  mh_record_set_bool (range, MH_REFERENCE_RANGE_FIRST_TIME_ONLY, row->first_time);
  return range;
}

static GPtrArray *
ranges_of (const Row *rows, gsize n)
{
  GPtrArray *ranges = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (ranges, range_of (&rows[i]));
  return ranges;
}

/* Haemoglobin as shipped (WHO 2011 and the pregnancy row), two trimesters and one method more. */
static const Row choice_rows[] = {
  { .label = "newborn", .from = "0d", .to = "1mo" },
  { .label = "infant", .from = "1mo", .to = "5y" },
  { .label = "child", .from = "5y", .to = "15y" },
  { .label = "woman", .from = "15y", .sex = "female" },
  { .label = "man", .from = "15y", .sex = "male" },
  { .label = "pregnant", .from = "12y", .to = "60y", .sex = "female", .pregnancy = "any" },
  { .label = "second", .sex = "female", .pregnancy = "t2" },
  { .label = "third", .sex = "female", .pregnancy = "t3" },
  { .label = "method", .method = "Other" },
};

typedef struct
{
  const char *birth, *sex;
  int gestation; /* days; 0: not pregnant, -1: week not known */
  const char *method, *expected;
} Choice;

/* All collected on 2026-11-21. */
static const Choice choices[] = {
  { "2026-11-21", "male", 0, NULL, "newborn" },
  { "2026-10-22", "male", 0, NULL, "newborn" },
  { "2026-10-21", "male", 0, NULL, "infant" },
  { "2021-11-22", "male", 0, NULL, "infant" },
  { "2021-11-21", "male", 0, NULL, "child" },
  { "2011-11-22", "male", 0, NULL, "child" },
  { "2011-11-21", "male", 0, NULL, "man" },
  { "2011-11-21", "female", 0, NULL, "woman" },
  { "2011-11-21", "other", 0, NULL, NULL },
  { "2011-11-22", "other", 0, NULL, "child" },
  { "1996-11-21", "female", 1, NULL, "pregnant" },
  { "1996-11-21", "female", -1, NULL, "pregnant" },
  { "1996-11-21", "female", 97, NULL, "pregnant" },
  { "1996-11-21", "female", 98, NULL, "second" },
  { "1996-11-21", "female", 195, NULL, "second" },
  { "1996-11-21", "female", 196, NULL, "third" },
  { "1996-11-21", "female", 315, NULL, "third" },
  { "2014-11-22", "female", 1, NULL, "child" },
  { "2014-11-21", "female", 1, NULL, "pregnant" },
  { "1966-11-22", "female", 1, NULL, "pregnant" },
  { "1966-11-21", "female", 1, NULL, "woman" },
  { "1996-11-21", "female", 196, "Other", "method" },
  { "1996-11-21", "male", 0, "Other", "method" },
  { "1996-11-21", "male", 0, "Third", "man" },
  { NULL, "male", 0, NULL, NULL },
  { NULL, "male", 0, "Other", NULL },
  { "2026-11-22", "male", 0, NULL, NULL },
};

static MhSubject
subject_of (const Choice *c)
{
  MhSubject subject = { .collected = day ("2026-11-21"), .birth = day (c->birth) };
  subject.female = g_str_equal (c->sex, "female");
  subject.male = g_str_equal (c->sex, "male");
  subject.pregnant = c->gestation != 0;
  subject.gestation_days = c->gestation > 0 ? c->gestation : -1;
  subject.method = c->method;
  return subject;
}

/* The corrected age: both sides of 37 weeks, of each window, of two years, of the day of 40 weeks.
 * All collected on 2026-11-21. */
static void
test_preterm (void)
{
  static const Row rows[] = { { .label = "newborn", .from = "0d", .to = "1mo" },
                              { .label = "infant", .from = "1mo", .to = "1y" },
                              { .label = "toddler", .from = "1y", .to = "5y" } };
  static const struct
  {
    const char *birth;
    int weeks; /* 0: not known */
    const char *expected;
  } cases[] = {
    { "2026-10-21", 0, "infant" },
    { "2026-10-21", 37, "infant" },
    { "2026-10-21", 36, "newborn" }, /* 4 weeks early: 3 days old */
    { "2026-09-23", 36, "infant" },  /* 2026-10-21 by correction: a month */
    { "2026-09-24", 36, "newborn" }, /* a day less */
    { "2026-11-21", 28, "newborn" },
    { "2026-09-01", 28, "newborn" }, /* not yet at 40 weeks */
    { "2025-11-21", 40, "toddler" },
    { "2025-11-21", 36, "infant" },
    { "2025-10-24", 36, "toddler" },
    { "2025-10-25", 36, "infant" },
    { "2024-11-22", 20, "toddler" },
    { "2024-11-21", 20, "toddler" },
    { "2025-08-01", 20, "infant" },
    { "2026-08-01", 20, "newborn" },
    { NULL, 30, NULL },
  };
  g_autoptr (GPtrArray) ranges = ranges_of (rows, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
      MhRecord *range = NULL;
      mh_record_set_text (patient, MH_PATIENT_SEX, MH_SEX_MALE);
      mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, cases[i].birth);
      if (cases[i].weeks > 0)
        mh_record_set_int (patient, MH_PATIENT_BIRTH_WEEKS, cases[i].weeks);
      MhSubject subject = mh_subject_of_patient (patient, day ("2026-11-21"));
      MhRangeOutcome outcome
          = mh_range_choose (ranges, "X", MH_RANGE_KIND_REFERENCE, &subject, &range);
      g_test_message ("%s after %d weeks", cases[i].birth, cases[i].weeks);
      g_assert_cmpint (outcome, ==, cases[i].expected != NULL ? MH_RANGE_FOUND : MH_RANGE_NONE);
      if (range != NULL)
        g_assert_cmpstr (mh_record_text (range, MH_REFERENCE_RANGE_LABEL), ==, cases[i].expected);
    }
}

/* Who is two years old is as old as the calendar says. */
static void
test_preterm_ends (void)
{
  static const Row rows[]
      = { { .label = "under", .from = "0d", .to = "2y" }, { .label = "over", .from = "2y" } };
  static const struct
  {
    const char *birth, *expected;
  } cases[] = { { "2024-11-21", "over" }, { "2024-11-22", "under" } };
  g_autoptr (GPtrArray) ranges = ranges_of (rows, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MhRecord *range = NULL;
      MhSubject subject = { .collected = day ("2026-11-21"),
                            .birth = day (cases[i].birth),
                            .early_days = 84,
                            .male = TRUE };
      g_assert_cmpint (mh_range_choose (ranges, "X", MH_RANGE_KIND_REFERENCE, &subject, &range), ==,
                       MH_RANGE_FOUND);
      g_assert_cmpstr (mh_record_text (range, MH_REFERENCE_RANGE_LABEL), ==, cases[i].expected);
    }
}

/* The order of the rows must not matter. */
static void
test_choose (void)
{
  g_autoptr (GPtrArray) ranges = ranges_of (choice_rows, G_N_ELEMENTS (choice_rows));
  for (int turned = 0; turned < 2; turned++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
        {
          MhSubject subject = subject_of (&choices[i]);
          MhRecord *range = NULL;
          MhRangeOutcome outcome
              = mh_range_choose (ranges, "X", MH_RANGE_KIND_REFERENCE, &subject, &range);
          const char *label
              = range != NULL ? mh_record_text (range, MH_REFERENCE_RANGE_LABEL) : NULL;
          if (g_strcmp0 (label, choices[i].expected) != 0)
            g_error ("row %zu: %s instead of %s", i, label, choices[i].expected);
          g_assert_cmpint (outcome, ==, label != NULL ? MH_RANGE_FOUND : MH_RANGE_NONE);
        }
      for (guint i = 0; i < ranges->len / 2; i++)
        {
          gpointer other = ranges->pdata[ranges->len - 1 - i];
          ranges->pdata[ranges->len - 1 - i] = ranges->pdata[i];
          ranges->pdata[i] = other;
        }
    }
}

static void
test_choose_refuses (void)
{
  static const Choice adult = { "1996-11-21", "male", 0, NULL, NULL };
  static const struct
  {
    Row rows[3];
    MhRangeOutcome outcome;
  } cases[] = {
    { { { .label = "a" }, { .label = "b" } }, MH_RANGE_BROKEN },
    { { { .from = "18y" }, { .to = "40y" } }, MH_RANGE_BROKEN },
    { { { .sex = "male" }, { .sex = "male" }, { .sex = "male", .from = "18y" } }, MH_RANGE_FOUND },
    { { { .from = "0d" }, { .from = "18y" } }, MH_RANGE_FOUND },
    { { { .from = "18" }, { .sex = "male" } }, MH_RANGE_BROKEN },
    { { { .to = "old" }, { .sex = "male" } }, MH_RANGE_BROKEN },
    { { { .kind = "critical" }, { .kind = "band" } }, MH_RANGE_NONE },
    { { { .sex = "female" }, { .from = "31y" } }, MH_RANGE_NONE },
  };
  MhSubject subject = subject_of (&adult);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = cases[i].rows[2].sex != NULL ? 3 : 2;
      g_autoptr (GPtrArray) ranges = ranges_of (cases[i].rows, n);
      MhRecord *range = NULL;
      g_assert_cmpint (mh_range_choose (ranges, "X", MH_RANGE_KIND_REFERENCE, &subject, &range), ==,
                       cases[i].outcome);
      g_assert_cmpint (range != NULL, ==, cases[i].outcome == MH_RANGE_FOUND);
      g_assert_cmpint (mh_range_choose (ranges, "Y", MH_RANGE_KIND_REFERENCE, &subject, &range), ==,
                       MH_RANGE_NONE);
    }
  MhRecord *none = NULL;
  g_assert_cmpint (mh_range_choose (NULL, "X", MH_RANGE_KIND_REFERENCE, &subject, &none), ==,
                   MH_RANGE_NONE);
  g_autoptr (GPtrArray) deleted = ranges_of (cases[0].rows, 1);
  mh_record_set_int (g_ptr_array_index (deleted, 0), MH_DELETED_AT, 1);
  g_assert_cmpint (mh_range_choose (deleted, "X", MH_RANGE_KIND_REFERENCE, &subject, &none), ==,
                   MH_RANGE_NONE);
}

static void
test_subject (void)
{
  static const struct
  {
    const char *sex;
    gboolean pregnant;
    int weeks;
    const char *dated;
    gboolean expected;
    int days;
  } rows[] = {
    { "female", FALSE, 0, NULL, FALSE, -1 },
    { "female", TRUE, -1, NULL, TRUE, -1 },
    { "female", TRUE, 13, "2026-11-15", TRUE, 97 },
    { "female", TRUE, 13, "2026-11-14", TRUE, 98 },
    { "female", TRUE, 13, "2026-11-28", TRUE, 84 },
    { "female", TRUE, 45, "2026-11-21", TRUE, 315 },
    { "female", TRUE, 45, "2026-11-20", FALSE, -1 },
    { "female", TRUE, 0, "2026-11-21", TRUE, 0 },
    { "female", TRUE, 0, "2026-11-22", FALSE, -1 },
    { "female", FALSE, 13, "2026-11-15", FALSE, -1 },
    { "male", TRUE, 13, "2026-11-15", FALSE, -1 },
    { "other", TRUE, 13, "2026-11-21", TRUE, 91 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
      set_text (patient, MH_PATIENT_SEX, rows[i].sex);
      set_text (patient, MH_PATIENT_BIRTH_DATE, "1990-02-03");
      mh_record_set_bool (patient, MH_PATIENT_PREGNANT, rows[i].pregnant);
      if (rows[i].weeks >= 0)
        mh_record_set_int (patient, MH_PATIENT_PREGNANCY_WEEKS, rows[i].weeks);
      set_text (patient, MH_PATIENT_PREGNANCY_DATED, rows[i].dated);
      MhSubject subject = mh_subject_of_patient (patient, day ("2026-11-21"));
      g_assert_cmpint (subject.pregnant, ==, rows[i].expected);
      g_assert_cmpint (subject.gestation_days, ==, rows[i].days);
      g_assert_cmpint (subject.female, ==, g_str_equal (rows[i].sex, "female"));
      g_assert_cmpint (subject.male, ==, g_str_equal (rows[i].sex, "male"));
      g_assert_cmpint (subject.birth.year, ==, 1990);
    }
}

static void
test_subject_lookup (void)
{
  MhSubject woman
      = { .collected = day ("2026-11-21"), .birth = day ("1990-11-22"), .female = TRUE };
  MhSubject man = { .collected = day ("2026-11-21"), .birth = day ("1990-11-21"), .male = TRUE };
  MhSubject nobody = { .collected = day ("2026-11-21") };
  double value = -1;
  g_assert_true (mh_subject_lookup (&woman, "AGE_Y", &value));
  g_assert_cmpfloat (value, ==, 35);
  g_assert_true (mh_subject_lookup (&man, "AGE_Y", &value));
  g_assert_cmpfloat (value, ==, 36);
  g_assert_true (mh_subject_lookup (&woman, "FEMALE", &value));
  g_assert_cmpfloat (value, ==, 1);
  g_assert_true (mh_subject_lookup (&man, "FEMALE", &value));
  g_assert_cmpfloat (value, ==, 0);
  g_assert_false (mh_subject_lookup (&nobody, "AGE_Y", &value));
  g_assert_false (mh_subject_lookup (&nobody, "FEMALE", &value));
  g_assert_false (mh_subject_lookup (&woman, "ISI", &value));
  g_assert_false (mh_subject_lookup (&woman, "HGB", &value));
  woman.isi = 1.2;
  g_assert_true (mh_subject_lookup (&woman, "ISI", &value));
  g_assert_cmpfloat (value, ==, 1.2);
}

static void
test_text (void)
{
  static const struct
  {
    Row row;
    const char *text;
  } rows[] = { { { .low = "3.5", .high = "5.0" }, "3.5–5.0" },
               { { .low = "0.5", .high = "10" }, "0.5–10.0" },
               { { .low = "3.5", .high = "5.0", .high_open = TRUE }, "≥ 3.5, < 5.0" },
               { { .low = "3.5", .high = "5.0", .low_open = TRUE }, "> 3.5, ≤ 5.0" },
               { { .high = "92", .high_open = TRUE }, "< 92" },
               { { .high = "99" }, "≤ 99" },
               { { .low = "40" }, "≥ 40" },
               { { .low = "40", .low_open = TRUE }, "> 40" },
               { { .label = "see note" }, "see note" },
               { { .label = NULL }, "" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) range = range_of (&rows[i].row);
      g_autofree char *text = mh_range_text (range, 0);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* --- judging --- */

typedef struct
{
  const char *value, *flag; /* flag NULL: none */
  gboolean critical;
  const char *reported;
} Verdict;

static void
judge_each (MhRecord *analyte,
            GPtrArray *ranges,
            const MhSubject *subject,
            const Verdict *rows,
            gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      MhJudgement judgement;
      g_autoptr (GError) error = NULL;
      mh_range_judge (&(MhRangeOf){ analyte, ranges, NULL }, subject, rows[i].value, &judgement,
                      &error);
      g_assert_no_error (error);
      if (g_strcmp0 (judgement.flag, rows[i].flag) != 0)
        g_error ("%s is %s, not %s", rows[i].value, judgement.flag, rows[i].flag);
      g_assert_cmpint (judgement.critical, ==, rows[i].critical);
      g_assert_cmpstr (judgement.reported, ==, rows[i].reported != NULL ? rows[i].reported : "");
    }
}

static MhRecord *
number_analyte (void)
{
  MhRecord *analyte = mh_record_new (&mh_analyte_type);
  set_text (analyte, MH_ANALYTE_CODE, "X");
  set_text (analyte, MH_ANALYTE_KIND, MH_ANALYTE_KIND_NUMERIC);
  set_text (analyte, MH_ANALYTE_UNIT, "mmol/L");
  set_text (analyte, MH_ANALYTE_PLAUSIBLE_LOW, "1");
  set_text (analyte, MH_ANALYTE_PLAUSIBLE_HIGH, "12");
  set_text (analyte, MH_ANALYTE_REPORTABLE_LOW, "1.5");
  set_text (analyte, MH_ANALYTE_REPORTABLE_HIGH, "10");
  return analyte;
}

static const Choice adult = { "1996-11-21", "male", 0, NULL, NULL };

/* Potassium as shipped. */
static void
test_judge_closed (void)
{
  static const Row rows[]
      = { { .low = "3.5", .high = "5.0" }, { .kind = "critical", .low = "2.8", .high = "6.2" } };
  static const Verdict verdicts[] = {
    { "3.5", "N" },
    { "3.50", "N" },
    { "3.49", "L" },
    { "3.4999999999", "L" },
    { "5.0", "N" },
    { "5", "N" },
    { "5.0000000001", "H" },
    { "5.1", "H" },
    { "2.8", "L" },
    { "2.79", "LL", TRUE },
    { "6.2", "H" },
    { "6.20", "H" },
    { "6.21", "HH", TRUE },
    { "1.5", "LL", TRUE },
    { "1.49", "LL", TRUE, "<1.5" },
    { "10", "HH", TRUE },
    { "10.01", "HH", TRUE, ">10" },
    { "1", "LL", TRUE, "<1.5" },
    { "12", "HH", TRUE, ">10" },
    { "<2.8", "LL", TRUE },
    { "<3.5", "L" },
    { "<=3.5", "L" },
    { "<=3.51", "<" },
    { "<4", "<" },
    { "<=2.8", "LL", TRUE },
    { "<=2.79", "LL", TRUE },
    { "<=2.81", "L" },
    { "<2.81", "L" },
    { ">6.2", "HH", TRUE },
    { ">=6.2", "HH", TRUE },
    { ">=6.21", "HH", TRUE },
    { ">=6.19", "H" },
    { ">6.19", "H" },
    { ">5.0", "H" },
    { ">=5.0", "H" },
    { ">=4.99", ">" },
    { ">4", ">" },
    { "< 2.8", "LL", TRUE },
    { ">= 6.2", "HH", TRUE },
  };
  g_autoptr (MhRecord) analyte = number_analyte ();
  g_autoptr (GPtrArray) ranges = ranges_of (rows, G_N_ELEMENTS (rows));
  MhSubject subject = subject_of (&adult);
  judge_each (analyte, ranges, &subject, verdicts, G_N_ELEMENTS (verdicts));
  MhJudgement judgement;
  g_assert_true (
      mh_range_judge (&(MhRangeOf){ analyte, ranges, NULL }, &subject, "4", &judgement, NULL));
  g_assert_true (judgement.reference == g_ptr_array_index (ranges, 0));
  g_assert_true (judgement.critical_range == g_ptr_array_index (ranges, 1));
  g_assert_cmpint (judgement.outcome, ==, MH_RANGE_FOUND);
}

static void
test_judge_open (void)
{
  static const Row rows[]
      = { { .low = "3", .high = "5", .low_open = TRUE, .high_open = TRUE },
          { .kind = "critical", .low = "2", .high = "6", .low_open = TRUE, .high_open = TRUE } };
  static const Verdict verdicts[]
      = { { "3.01", "N" },       { "3", "L" },    { "4.99", "N" },     { "5", "H" },
          { "5.00", "H" },       { "2.01", "L" }, { "2", "LL", TRUE }, { "5.99", "H" },
          { "6.0", "HH", TRUE }, { "<=3", "L" },  { ">=5", "H" } };
  g_autoptr (MhRecord) analyte = number_analyte ();
  g_autoptr (GPtrArray) ranges = ranges_of (rows, G_N_ELEMENTS (rows));
  MhSubject subject = subject_of (&adult);
  judge_each (analyte, ranges, &subject, verdicts, G_N_ELEMENTS (verdicts));
}

/* One limit, none, a limit of 0, and limits below 0 (base excess). */
static void
test_judge_one_sided (void)
{
  static const struct
  {
    Row row;
    Verdict verdicts[6];
  } cases[] = {
    { { .high = "5" },
      { { "1", "N" }, { "5", "N" }, { "5.1", "H" }, { "<5", "N" }, { "<6", "<" }, { ">5", "H" } } },
    { { .low = "5" },
      { { "4.9", "L" }, { "5", "N" }, { "9", "N" }, { ">5", "N" }, { ">4", ">" }, { "<5", "L" } } },
    { { .low = "0", .high = "5" },
      { { "0", "N" },
        { "<5", "N" },
        { "<=5", "N" },
        { "<5.1", "<" },
        { "<1", "N" },
        { "5.1", "H" } } },
    { { .low = "-2", .high = "3" },
      { { "-2.0", "N" },
        { "-2.1", "L" },
        { "<1", "<" },
        { "<-2", "L" },
        { "3.1", "H" },
        { "0", "N" } } },
    { { .label = "none" },
      { { "4", NULL },
        { "<4", "<" },
        { ">4", ">" },
        { "-3", NULL },
        { "0", NULL },
        { "99", NULL } } },
  };
  MhSubject subject = subject_of (&adult);
  g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
  set_text (analyte, MH_ANALYTE_CODE, "X");
  set_text (analyte, MH_ANALYTE_KIND, MH_ANALYTE_KIND_CALCULATED);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) ranges = ranges_of (&cases[i].row, 1);
      judge_each (analyte, ranges, &subject, cases[i].verdicts, G_N_ELEMENTS (cases[i].verdicts));
    }
}

/* Without a range nothing is normal; a critical limit still holds. */
static void
test_judge_without_range (void)
{
  static const Row critical[]
      = { { .kind = "critical", .high = "6", .high_open = TRUE, .first_time = TRUE } };
  static const Row tied[] = { { .high = "5" }, { .high = "6" } };
  static const Row unreadable[] = { { .high = "five" } };
  static const Verdict unknown[]
      = { { "4", NULL }, { "6", "HH", TRUE }, { "1.2", "<", FALSE, "<1.5" } };
  static const Verdict again[] = { { "6", NULL }, { "11", ">", FALSE, ">10" } };
  static const Verdict nothing[] = { { "4", NULL } };
  g_autoptr (MhRecord) analyte = number_analyte ();
  g_autoptr (GPtrArray) ranges = ranges_of (critical, 1);
  g_autoptr (GPtrArray) tie = ranges_of (tied, 2);
  g_autoptr (GPtrArray) bad = ranges_of (unreadable, 1);
  MhSubject subject = subject_of (&adult);
  MhSubject nobody = { .collected = subject.collected };
  MhJudgement judgement;
  judge_each (analyte, ranges, &subject, unknown, G_N_ELEMENTS (unknown));
  judge_each (analyte, tie, &subject, nothing, 1);
  judge_each (analyte, NULL, &subject, nothing, 1);
  judge_each (analyte, tie, &nobody, nothing, 1);
  subject.was_critical = TRUE;
  judge_each (analyte, ranges, &subject, again, G_N_ELEMENTS (again));
  g_assert_true (
      mh_range_judge (&(MhRangeOf){ analyte, tie, NULL }, &subject, "4", &judgement, NULL));
  g_assert_cmpint (judgement.outcome, ==, MH_RANGE_BROKEN);
  g_assert_null (judgement.reference);
  g_assert_true (
      mh_range_judge (&(MhRangeOf){ analyte, bad, NULL }, &subject, "4", &judgement, NULL));
  g_assert_cmpint (judgement.outcome, ==, MH_RANGE_BROKEN);
  g_assert_null (judgement.flag);
}

static void
test_judge_refuses (void)
{
  static const struct
  {
    const char *value, *code;
  } rows[] = { { "0.99", "out_of_range" }, { "12.01", "out_of_range" }, { "-4", "out_of_range" },
               { "45", "out_of_range" },   { "<0.5", "out_of_range" },  { ">13", "out_of_range" },
               { "", "format" },           { "4,5", "format" },         { "four", "format" },
               { "4 mmol", "format" },     { "<", "format" },           { "=4", "format" },
               { "><4", "format" },        { "4e0", "format" },         { " 4", "format" } };
  g_autoptr (MhRecord) analyte = number_analyte ();
  MhSubject subject = subject_of (&adult);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhJudgement judgement = { .flag = "untouched" };
      g_autoptr (GError) error = NULL;
      g_assert_false (mh_range_judge (&(MhRangeOf){ analyte, NULL, NULL }, &subject, rows[i].value,
                                      &judgement, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      const MhIssue *issue = mh_issues_nth (mh_error_get_issues (error), 0);
      g_assert_cmpstr (issue->field, ==, "value");
      g_assert_cmpstr (issue->code, ==, rows[i].code);
      g_assert_cmpstr (judgement.flag, ==, "untouched");
    }
}

/* The international normalised ratio as shipped, worked out: measurable from 0.5 to 15, possible
 * from 0.3 to 20, critical above 5. */
static void
test_judge_calculated (void)
{
  static const struct
  {
    Verdict verdict;
    gboolean beyond;
  } cases[] = {
    { { "1.20", "N" }, FALSE },
    { { "1.21", "H" }, FALSE },
    { { "5.00", "H" }, FALSE },
    { { "5.01", "HH", TRUE }, FALSE },
    { { "15.00", "HH", TRUE }, FALSE },
    { { "15.01", "HH", TRUE, ">15" }, FALSE },
    { { "19.90", "HH", TRUE, ">15" }, FALSE },
    { { "20.00", "HH", TRUE, ">15" }, FALSE },
    { { "20.01", "HH", TRUE, ">15" }, TRUE },
    { { "22.07", "HH", TRUE, ">15" }, TRUE },
    { { ">22.07", "HH", TRUE, ">15" }, TRUE },
    { { ">20.00", "HH", TRUE, ">15" }, FALSE },
    { { ">15.00", "HH", TRUE, ">15" }, FALSE },
    { { ">10.00", "HH", TRUE }, FALSE },
    { { ">4.99", "H" }, FALSE },
    { { ">=5.00", "HH", TRUE }, FALSE },
    { { "0.50", "L" }, FALSE },
    { { "0.49", "L", FALSE, "<0.5" }, FALSE },
    { { "0.30", "L", FALSE, "<0.5" }, FALSE },
    { { "0.29", "L", FALSE, "<0.5" }, TRUE },
    { { "<0.29", "L", FALSE, "<0.5" }, TRUE },
    { { "<1.50", "<" }, FALSE },
  };
  static const Row rows[]
      = { { .low = "0.8", .high = "1.2" }, { .kind = "critical", .high = "5" } };
  g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
  g_autoptr (GPtrArray) ranges = ranges_of (rows, G_N_ELEMENTS (rows));
  MhSubject subject = subject_of (&adult);
  set_text (analyte, MH_ANALYTE_CODE, "X");
  set_text (analyte, MH_ANALYTE_PLAUSIBLE_LOW, "0.3");
  set_text (analyte, MH_ANALYTE_PLAUSIBLE_HIGH, "20");
  set_text (analyte, MH_ANALYTE_REPORTABLE_LOW, "0.5");
  set_text (analyte, MH_ANALYTE_REPORTABLE_HIGH, "15");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Verdict *wanted = &cases[i].verdict;
      MhJudgement got;
      g_assert_true (
          mh_range_judge_calculated (analyte, ranges, &subject, wanted->value, &got, NULL));
      if (g_strcmp0 (got.flag, wanted->flag) != 0 || got.critical != wanted->critical
          || got.beyond != cases[i].beyond
          || g_strcmp0 (got.reported, wanted->reported != NULL ? wanted->reported : "") != 0)
        g_error ("%s is %s%s%s, reported “%s”", wanted->value, got.flag,
                 got.critical ? ", critical" : "", got.beyond ? ", beyond" : "", got.reported);
    }

  /* Without limits of what can be measured, what can be is the limit that is told. */
  MhJudgement got;
  mh_record_unset (analyte, MH_ANALYTE_REPORTABLE_HIGH);
  g_assert_true (mh_range_judge_calculated (analyte, ranges, &subject, "22.07", &got, NULL));
  g_assert_cmpstr (got.reported, ==, ">20");
  g_assert_true (got.beyond && got.critical);
  g_assert_false (mh_range_judge_calculated (analyte, ranges, &subject, "x", &got, NULL));
}

static MhRecord *
value_set (void)
{
  static const char *const rows[][2]
      = { { "NEG", "N" }, { "POS", "A" }, { "ORG", "AA" }, { "OTH", NULL } };
  MhRecord *set = mh_record_new (&mh_value_set_type);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) choice = mh_record_new (&mh_value_choice_type);
      set_text (choice, MH_VALUE_CHOICE_CODE, rows[i][0]);
      set_text (choice, MH_VALUE_CHOICE_FLAG, rows[i][1]);
      mh_record_append (set, MH_VALUE_SET_CHOICES, choice);
    }
  return set;
}

static void
test_judge_choices (void)
{
  static const Verdict rows[]
      = { { "NEG", "N" }, { "POS", "A" }, { "ORG", "AA", TRUE }, { "OTH", NULL } };
  g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
  g_autoptr (MhRecord) set = value_set ();
  MhSubject subject = subject_of (&adult);
  MhJudgement judgement;
  set_text (analyte, MH_ANALYTE_KIND, MH_ANALYTE_KIND_CODED);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (mh_range_judge (&(MhRangeOf){ analyte, NULL, set }, &subject, rows[i].value,
                                     &judgement, NULL));
      g_assert_cmpstr (judgement.flag, ==, rows[i].flag);
      g_assert_cmpint (judgement.critical, ==, rows[i].critical);
    }
  static const char *const bad[] = { "", "neg", "XXX", "POS " };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (mh_range_judge (&(MhRangeOf){ analyte, NULL, set }, &subject, bad[i],
                                      &judgement, &error));
      g_assert_cmpstr (mh_issues_nth (mh_error_get_issues (error), 0)->code, ==, "unknown_code");
    }
  g_assert_false (
      mh_range_judge (&(MhRangeOf){ analyte, NULL, NULL }, &subject, "NEG", &judgement, NULL));
}

static void
test_judge_titres (void)
{
  static const Verdict rows[] = { { "1:80", "N" },    { "1:160", "A" },   { "1:320", "A" },
                                  { "160", "A" },     { "<1:40", "N" },   { "80", "N" },
                                  { ">1:2560", "A" }, { ">=1:160", "A" }, { "<1:160", "N" } };
  g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
  MhSubject subject = subject_of (&adult);
  set_text (analyte, MH_ANALYTE_KIND, MH_ANALYTE_KIND_TITER);
  set_text (analyte, MH_ANALYTE_TITER_PREFIX, "1:");
  mh_record_set_int (analyte, MH_ANALYTE_TITER_SIGNIFICANT, 160);
  judge_each (analyte, NULL, &subject, rows, G_N_ELEMENTS (rows));
  static const char *const bad[] = { "", "1:", "1:x", "1:1.5", "1:-5", "1:0", "2:40", "1:40 " };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      MhJudgement judgement;
      g_assert_false (
          mh_range_judge (&(MhRangeOf){ analyte, NULL, NULL }, &subject, bad[i], &judgement, NULL));
    }
  mh_record_unset (analyte, MH_ANALYTE_TITER_SIGNIFICANT);
  static const Verdict unjudged[] = { { "1:160", NULL } };
  judge_each (analyte, NULL, &subject, unjudged, 1);
}

static void
test_judge_text (void)
{
  static const Verdict rows[] = { { "anything", NULL }, { "", NULL } };
  g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
  MhSubject subject = subject_of (&adult);
  set_text (analyte, MH_ANALYTE_KIND, MH_ANALYTE_KIND_TEXT);
  judge_each (analyte, NULL, &subject, rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/range/choose", test_choose);
  g_test_add_func ("/rules/range/preterm", test_preterm);
  g_test_add_func ("/rules/range/preterm-ends", test_preterm_ends);
  g_test_add_func ("/rules/range/choose-refuses", test_choose_refuses);
  g_test_add_func ("/rules/range/subject", test_subject);
  g_test_add_func ("/rules/range/subject-lookup", test_subject_lookup);
  g_test_add_func ("/rules/range/text", test_text);
  g_test_add_func ("/rules/range/judge-closed", test_judge_closed);
  g_test_add_func ("/rules/range/judge-open", test_judge_open);
  g_test_add_func ("/rules/range/judge-one-sided", test_judge_one_sided);
  g_test_add_func ("/rules/range/judge-without-range", test_judge_without_range);
  g_test_add_func ("/rules/range/judge-calculated", test_judge_calculated);
  g_test_add_func ("/rules/range/judge-refuses", test_judge_refuses);
  g_test_add_func ("/rules/range/judge-choices", test_judge_choices);
  g_test_add_func ("/rules/range/judge-titres", test_judge_titres);
  g_test_add_func ("/rules/range/judge-text", test_judge_text);
  return g_test_run ();
}
