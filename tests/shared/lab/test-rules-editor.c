/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the catalogue's editor refuses and reports: overlaps and gaps of ranges, units and circles
 * of formulas. */
#include "shared/records/lab/mh-analyte.h"
#include "shared/rules/lab/mh-formula-links.h"
#include "shared/rules/lab/mh-range-cover.h"

#include <string.h>

/* --- ages --- */

static void
test_words (void)
{
  static const struct
  {
    const char *word;
    gint64 days; /* -1: no age */
    const char *back;
  } rows[] = {
    { "0d", 0, "0d" },    { "1d", 1, "1d" },    { "13d", 13, "13d" },   { "2w", 14, "2w" },
    { "1mo", 30, "1mo" }, { "2mo", 61, "2mo" }, { "6mo", 183, "6mo" },  { "12mo", 365, "1y" },
    { "1y", 365, "1y" },  { "5y", 1826, "5y" }, { "12y", 4383, "12y" }, { "18y", 6574, "18y" },
    { "", -1, NULL },     { "y", -1, NULL },    { "5", -1, NULL },      { "5years", -1, NULL },
    { "-1d", -1, NULL },  { "1.5y", -1, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 days = -1;
      g_assert_cmpint (mh_age_word_days (rows[i].word, &days), ==, rows[i].days >= 0);
      g_assert_cmpint (days, ==, rows[i].days);
      g_autofree char *back = days >= 0 ? mh_age_days_word (days) : NULL;
      g_assert_cmpstr (back, ==, rows[i].back);
    }
}

/* --- overlaps --- */

/* "kind sex from to pregnancy method", "-" for nothing. */
static MhRecord *
range_of (const char *text)
{
  static const guint fields[]
      = { MH_REFERENCE_RANGE_KIND,   MH_REFERENCE_RANGE_SEX,       MH_REFERENCE_RANGE_FROM_AGE,
          MH_REFERENCE_RANGE_TO_AGE, MH_REFERENCE_RANGE_PREGNANCY, MH_REFERENCE_RANGE_METHOD };
  g_auto (GStrv) cells = g_strsplit (text, " ", -1);
  MhRecord *range = mh_record_new (&mh_reference_range_type);
  mh_record_set_text (range, MH_REFERENCE_RANGE_ANALYTE, "X");
  g_assert_cmpuint (g_strv_length (cells), ==, G_N_ELEMENTS (fields));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (cells[i], "-") != 0)
      mh_record_set_text (range, fields[i], cells[i]);
  return range;
}

static void
test_overlaps (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean overlaps;
  } rows[] = {
    /* half-open: they may meet, not share a day */
    { "reference any 0d 6mo - -", "reference any 6mo 5y - -", FALSE },
    { "reference any 0d 183d - -", "reference any 6mo 5y - -", FALSE },
    { "reference any 0d 184d - -", "reference any 6mo 5y - -", TRUE },
    { "reference any 0d 6mo - -", "reference any 182d 5y - -", TRUE },
    { "reference any 5y - - -", "reference any 4y 5y - -", FALSE },
    { "reference any 5y - - -", "reference any 4y 1827d - -", TRUE },
    { "reference any 5y - - -", "reference any 60y - - -", TRUE },
    /* one for every age is less exact than one for some: precedence, no tie */
    { "reference any - - - -", "reference any 60y - - -", FALSE },
    { "reference any 0d - - -", "reference any 60y - - -", FALSE },
    { "reference any - - - -", "reference any 0d - - -", TRUE },
    /* another sex, pregnancy, method or kind is another row */
    { "reference female 5y 9y - -", "reference male 5y 9y - -", FALSE },
    { "reference female 5y 9y - -", "reference any 5y 9y - -", FALSE },
    { "reference female 5y 9y - -", "reference female 8y - - -", TRUE },
    { "reference female 15y 50y any -", "reference female 15y 50y - -", FALSE },
    { "reference female 15y 50y t1 -", "reference female 15y 50y t2 -", FALSE },
    { "reference female 15y 50y t1 -", "reference female 15y 50y any -", FALSE },
    { "reference female 15y 50y t1 -", "reference female 40y - t1 -", TRUE },
    { "reference any 5y 9y - ISE", "reference any 5y 9y - -", FALSE },
    { "reference any 5y 9y - ISE", "reference any 5y 9y - ISE", TRUE },
    { "reference any 5y 9y - -", "critical any 5y 9y - -", FALSE },
    { "critical any 5y 9y - -", "critical any 8y 10y - -", TRUE },
    { "band any 5y 9y - -", "band any 5y 9y - -", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) a = range_of (rows[i].a);
      g_autoptr (MhRecord) b = range_of (rows[i].b);
      if (mh_range_overlaps (a, b) != rows[i].overlaps
          || mh_range_overlaps (b, a) != rows[i].overlaps)
        g_error ("%s | %s", rows[i].a, rows[i].b);
    }
}

/* The days that two rows share, which the picture crosses out: half-open, so a row that begins on
 * the day on which another ends shares none. */
static void
test_shared (void)
{
  static const struct
  {
    const char *a_from, *a_to, *b_from, *b_to;
    gint64 from, to; /* 0, 0: none */
  } cases[] = {
    { "10d", "20d", "20d", "30d", 0, 0 },   { "10d", "21d", "20d", "30d", 20, 21 },
    { "20d", "30d", "10d", "21d", 20, 21 }, { "10d", "40d", "20d", "30d", 20, 30 },
    { "10d", "20d", "10d", "20d", 10, 20 }, { "10d", NULL, "19d", NULL, 19, MH_AGE_NO_END },
    { "10d", "11d", "9d", "10d", 0, 0 },    { "10d", "11d", "9d", "11d", 10, 11 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MhRecord) a = mh_record_new (&mh_reference_range_type);
      g_autoptr (MhRecord) b = mh_record_new (&mh_reference_range_type);
      gint64 from = 0, to = 0;
      mh_record_set_text (a, MH_REFERENCE_RANGE_ANALYTE, "X");
      mh_record_set_text (b, MH_REFERENCE_RANGE_ANALYTE, "X");
      mh_record_set_text (a, MH_REFERENCE_RANGE_KIND, MH_RANGE_KIND_REFERENCE);
      mh_record_set_text (b, MH_REFERENCE_RANGE_KIND, MH_RANGE_KIND_REFERENCE);
      mh_record_set_text (a, MH_REFERENCE_RANGE_FROM_AGE, cases[i].a_from);
      mh_record_set_text (a, MH_REFERENCE_RANGE_TO_AGE, cases[i].a_to);
      mh_record_set_text (b, MH_REFERENCE_RANGE_FROM_AGE, cases[i].b_from);
      mh_record_set_text (b, MH_REFERENCE_RANGE_TO_AGE, cases[i].b_to);
      g_assert_true (mh_range_shared (a, b, &from, &to) == (cases[i].to != 0));
      g_assert_cmpint (from, ==, cases[i].from);
      g_assert_cmpint (to, ==, cases[i].to);
      g_assert_true (mh_range_overlaps (a, b) == (cases[i].to != 0));
    }
}

/* --- gaps --- */

static void
test_gaps (void)
{
  static const struct
  {
    const char *rows[5];
    const char *gaps; /* "+" inner */
  } cases[] = {
    { { "critical any 0d - - -" }, "" },
    { { "reference any 0d - - -" }, "" },
    { { "reference any - - - -" }, "" },
    { { "reference any 0d 5y - -", "reference any 5y - - -" }, "" },
    { { "reference any 0d 5y - -", "reference any 6y - - -" }, "+from 5y to 6y" },
    { { "reference any 1mo - - -" }, "from 0d to 1mo" },
    { { "reference any 0d 75y - -" }, "from 75y" },
    { { "reference female 15y - - -", "reference male 15y - - -", "reference any 0d 15y - -" },
      "" },
    { { "reference female 15y - - -", "reference any 0d 15y - -" }, "from 15y, male" },
    { { "reference female 15y 50y - -", "reference female 60y - - -", "reference male 0d - - -",
        "reference any 0d 15y - -" },
      "+from 50y to 60y, female" },
    /* a row for everybody fills what the exact ones leave open */
    { { "reference any - - - -", "reference any 5y 6y - -" }, "" },
    /* who is pregnant falls back on the rest; the other way round nobody does */
    { { "reference female 15y 50y any -", "reference any 0d - - -" }, "" },
    { { "reference any 0d 15y - -", "reference female 15y - any -" }, "from 15y" },
    { { "reference any 0d 5y - ISE", "reference any 0d - - -" }, "" },
    { { "reference any 0d - - -", "reference any 2y 3y - ISE" }, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) ranges = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GString) said = g_string_new (NULL);
      for (guint k = 0; k < G_N_ELEMENTS (cases[i].rows) && cases[i].rows[k] != NULL; k++)
        g_ptr_array_add (ranges, range_of (cases[i].rows[k]));
      g_autoptr (GArray) gaps = mh_range_gaps (ranges, "X");
      for (guint k = 0; k < gaps->len; k++)
        {
          const MhRangeGap *gap = &g_array_index (gaps, MhRangeGap, k);
          g_autofree char *text = mh_range_gap_text (gap);
          g_string_append_printf (said, "%s%s%s", k > 0 ? "; " : "", gap->inner ? "+" : "", text);
        }
      g_assert_cmpstr (said->str, ==, cases[i].gaps);
    }
}

/* --- formulas --- */

static MhRecord *
analyte_of (const char *code, const char *ucum, const char *formula, const char *units)
{
  MhRecord *analyte = mh_record_new (&mh_analyte_type);
  g_auto (GStrv) list = units != NULL ? g_strsplit (units, " ", -1) : NULL;
  mh_record_set_text (analyte, MH_ANALYTE_CODE, code);
  mh_record_set_text (analyte, MH_ANALYTE_UCUM, ucum);
  mh_record_set_text (analyte, MH_ANALYTE_FORMULA, formula);
  mh_record_set_list (analyte, MH_ANALYTE_FORMULA_UNITS, (const char *const *)list);
  return analyte;
}

static MhRecord *
look_up (const char *code, gpointer data)
{
  return g_hash_table_lookup (data, code);
}

static void
test_links (void)
{
  static const struct
  {
    const char *formula, *condition, *units, *field, *code; /* NULL: nothing to complain of */
  } rows[] = {
    { "CHOL - HDL", NULL, "CHOL=mg/dL HDL=mg/dL NEW=mg/dL", NULL, NULL },
    { "CHOL - HDL", NULL, "CHOL=mg/dL NEW=mg/dL", "formula_units", "unit_missing" },
    { "CHOL - HDL", NULL, "CHOL=mmol/L HDL=mg/dL NEW=mg/dL", "formula_units", "unit" },
    { "CHOL - HDL", NULL, "CHOL=mg/dL HDL=mg/dL NEW=mmol/L", "formula_units", "unit" },
    { "CHOL - HDL", NULL, "CHOL=mg/dL HDL=mg/dL", "formula_units", "unit_missing" },
    { "CHOL", "HDL > 5", "CHOL=mg/dL NEW=mg/dL", "formula_units", "unit_missing" },
    { "CHOL", "HDL > (", "CHOL=mg/dL NEW=mg/dL", "formula_condition", "format" },
    { "CHOL * AGE_Y * FEMALE * ISI", NULL, "CHOL=mg/dL NEW=mg/dL", NULL, NULL },
    { "RATIO * 2", NULL, "RATIO=1 NEW=mg/dL", NULL, NULL },
    { "RATIO * 2", NULL, "RATIO=mg/dL NEW=mg/dL", "formula_units", "unit" },
    { "NOBODY", NULL, "NEW=mg/dL", "formula", "unknown_code" },
    { "NEW + 1", NULL, "NEW=mg/dL", "formula", "circle" },
    { "BACK + 1", NULL, "BACK=mg/dL NEW=mg/dL", "formula", "circle" },
    { "FAR + 1", NULL, "FAR=mg/dL NEW=mg/dL", "formula", "circle" },
    { "LOOP + 1", NULL, "LOOP=mg/dL NEW=mg/dL", NULL, NULL }, /* somebody else's circle */
    { "CHOL -", NULL, "CHOL=mg/dL NEW=mg/dL", "formula", "format" },
  };
  g_autoptr (GHashTable) all
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_hash_table_insert (all, (gpointer) "CHOL", analyte_of ("CHOL", "mg/dL", NULL, NULL));
  g_hash_table_insert (all, (gpointer) "HDL", analyte_of ("HDL", "mg/dL", NULL, NULL));
  g_hash_table_insert (all, (gpointer) "RATIO", analyte_of ("RATIO", NULL, NULL, NULL));
  g_hash_table_insert (all, (gpointer) "BACK", analyte_of ("BACK", "mg/dL", "NEW * 2", NULL));
  g_hash_table_insert (all, (gpointer) "FAR", analyte_of ("FAR", "mg/dL", "BACK + CHOL", NULL));
  g_hash_table_insert (all, (gpointer) "LOOP", analyte_of ("LOOP", "mg/dL", "LOOP + 1", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhIssues) issues = mh_issues_new ();
      g_autoptr (MhRecord) analyte = analyte_of ("NEW", "mg/dL", rows[i].formula, rows[i].units);
      mh_record_set_text (analyte, MH_ANALYTE_FORMULA_CONDITION, rows[i].condition);
      mh_formula_link_check (analyte, look_up, all, issues);
      g_assert_cmpuint (mh_issues_count (issues), ==, rows[i].field != NULL);
      if (rows[i].field == NULL)
        continue;
      g_assert_cmpstr (mh_issues_nth (issues, 0)->field, ==, rows[i].field);
      g_assert_cmpstr (mh_issues_nth (issues, 0)->code, ==, rows[i].code);
    }
  g_autoptr (MhRecord) far = analyte_of ("NEW", "mg/dL", "FAR + 1", NULL);
  g_autofree char *circle = mh_formula_circle (far, look_up, all);
  g_assert_cmpstr (circle, ==, "NEW → FAR → BACK → NEW");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/editor/words", test_words);
  g_test_add_func ("/editor/overlaps", test_overlaps);
  g_test_add_func ("/editor/shared", test_shared);
  g_test_add_func ("/editor/gaps", test_gaps);
  g_test_add_func ("/editor/links", test_links);
  return g_test_run ();
}
