/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Multirules against the published table, z to the last digit, and a control's statistics. */
#include "shared/rules/lab/mh-westgard.h"

#include "shared/rules/lab/mh-qc-figures.h"

#include <string.h>

static MhZ
z_of (const char *text)
{
  MhDecimal value;
  MhZ z;
  g_assert_true (mh_decimal_parse (text, &value));
  g_assert_true (mh_z_of (value, (MhDecimal){ 0, 0 }, (MhDecimal){ 1, 0 }, &z));
  return z;
}

/* "2.1/0 0/-2.1": runs apart by blanks, levels by strokes, "-" for a level not measured. */
static guint
judge (const char *z_by_run, guint rules, guint *each, guint *out_n)
{
  MhWestgardPoint points[200];
  guint n = 0;
  g_auto (GStrv) runs = g_strsplit (z_by_run, " ", -1);
  for (guint run = 0; runs[run] != NULL; run++)
    {
      g_auto (GStrv) levels = g_strsplit (runs[run], "/", -1);
      for (guint level = 0; levels[level] != NULL; level++)
        if (!g_str_equal (levels[level], "-"))
          points[n++] = (MhWestgardPoint){ run, level, z_of (levels[level]) };
    }
  if (out_n != NULL)
    *out_n = n;
  return mh_westgard_judge (points, n, rules, each);
}

static const char *
state_of (guint fired)
{
  return mh_westgard_rejects (fired) ? "reject" : fired != 0 ? "warn" : "accept";
}

static void
test_vectors (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("MH_TEST_DATA"), "westgard-vectors.csv", NULL);
  g_autofree char *text = NULL;
  guint seen = 0;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *g_strchomp (lines[i]) != 0; i++)
    {
      guint each[200];
      guint n = 0;
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (g_strv_length (cells), ==, 5);
      guint fired = judge (cells[2], MH_WESTGARD_TABLED, each, &n);
      g_auto (GStrv) names = mh_westgard_names (fired);
      g_autofree char *joined = g_strjoinv (" ", names);
      g_assert_cmpstr (joined, ==, cells[3]);
      g_assert_cmpstr (state_of (fired), ==, cells[4]);
      guint all = 0;
      for (guint k = 0; k < n; k++)
        all |= each[k];
      g_assert_cmpuint (all, ==, fired);
      seen++;
    }
  g_assert_cmpuint (seen, ==, 100);
}

/* Which of the points of the last run is to blame. */
static void
test_each (void)
{
  static const struct
  {
    const char *z_by_run;
    guint of; /* point */
    const char *names;
  } rows[] = {
    { "2.1/0.3", 0, "1-2s" },
    { "2.1/0.3", 1, "" },
    { "3.1/2.1", 0, "1-2s 1-3s 2-2s:across" },
    { "3.1/2.1", 1, "1-2s 2-2s:across" },
    { "2.1/0.1/-2.2", 1, "" },
    { "2.1/0.1/-2.2", 2, "1-2s R-4s" },
    { "0.1/2.1 0.1/2.2", 3, "1-2s 2-2s:within" },
    { "0.1/2.1 0.1/2.2", 1, "" }, /* not of the last run */
    { "1.1/1.1 1.1/1.1", 2, "4-1s:across" },
    { "1.1/1.1 1.1/1.1", 3, "4-1s:across" },
    /* a level that was not measured: the run before stands in its place */
    { "2.1/0 -/2.1", 2, "1-2s" },
    { "0/2.1 2.1/- -/2.2", 3, "1-2s 2-2s:within" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint each[200];
      g_test_message ("%s", rows[i].z_by_run);
      judge (rows[i].z_by_run, MH_WESTGARD_TABLED, each, NULL);
      g_auto (GStrv) names = mh_westgard_names (each[rows[i].of]);
      g_autofree char *joined = g_strjoinv (" ", names);
      g_assert_cmpstr (joined, ==, rows[i].names);
    }
}

static void
test_optional (void)
{
  static const struct
  {
    const char *rule, *z_by_run, *names;
  } rows[] = {
    { "2of3-2s", "2.1 0.3 2.2", "2of3-2s:within" },
    { "2of3-2s", "2.1 0.3 2.0", "" },
    { "2of3-2s", "2.1 0.3 -2.2", "" },
    { "2of3-2s", "2.1 0.3 0.3 2.2", "" },
    { "2of3-2s", "2.1 2.2 0.3", "" }, /* nothing of the new run is wrong */
    { "2of3-2s", "2.1 2.2", "" },
    { "2of3-2s", "2.1/0.3/2.2", "2of3-2s:across" },
    { "2of3-2s", "-2.1/0.3/-2.2", "2of3-2s:across" },
    { "2of3-2s", "2.1/0.3/2.0", "" },
    { "3-1s", "1.1 1.2 1.3", "3-1s:within" },
    { "3-1s", "1.1 1.2 1.0", "" },
    { "3-1s", "1.1/1.2/1.3", "3-1s:across" },
    { "3-1s", "-1.1/-1.2/1.3", "" },
    { "6x", "0.1 0.1 0.1 0.1 0.1 0.1", "6x:within" },
    { "6x", "0.1 0.1 0.1 0.1 0.1", "" },
    { "6x", "0 0.1 0.1 0.1 0.1 0.1", "" },
    { "6x", "0.1/0.2/0.3 0.1/0.2/0.3", "6x:across" },
    { "8x", "-1 -1 -1 -1 -1 -1 -1 -1", "8x:within" },
    { "8x", "1 -1 -1 -1 -1 -1 -1 -1", "" },
    { "8x", "0.1/0.2 0.3/0.1 0.1/0.1 0.1/0.1", "8x:across" },
    { "9x", "0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1", "9x:within" },
    { "9x", "0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1", "" },
    { "12x", "0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1", "12x:within" },
    { "12x", "0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1", "" },
    { "7T", "-0.3 -0.2 -0.1 0 0.1 0.2 0.3", "7T" },
    { "7T", "0.3 0.2 0.1 0 -0.1 -0.2 -0.3", "7T" },
    { "7T", "-0.2 -0.1 0 0.1 0.2 0.3", "" },
    { "7T", "-0.3 -0.2 -0.1 -0.1 0.1 0.2 0.3", "" },
    { "7T", "-0.3 -0.2 -0.1 0 0.1 0.2 0.1", "" },
    { "1-3s", "2.9", "" }, /* 1-2s is not asked for */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *only[] = { rows[i].rule, NULL };
      g_test_message ("%s: %s", rows[i].rule, rows[i].z_by_run);
      g_auto (GStrv) names
          = mh_westgard_names (judge (rows[i].z_by_run, mh_westgard_rules (only), NULL, NULL));
      g_autofree char *joined = g_strjoinv (" ", names);
      g_assert_cmpstr (joined, ==, rows[i].names);
    }
  g_assert_cmpuint (mh_westgard_rules (NULL), ==, MH_WESTGARD_TABLED);
  g_assert_cmpint (mh_westgard_rule ("5-7s"), ==, -1);
}

/* What doubles get wrong: 4.8 = 4.4 + 2 · 0.2 is not beyond, the next decimal is. */
static void
test_z (void)
{
  static const struct
  {
    const char *value, *mean, *sd, *text;
    int beyond_2;
  } rows[] = {
    { "4.8", "4.4", "0.2", "2.00", 0 },
    { "4.801", "4.4", "0.2", "2.01", 1 },
    { "4.0", "4.4", "0.2", "-2.00", 0 },
    { "3.999", "4.4", "0.2", "-2.01", -1 },
    { "0.3", "0.1", "0.1", "2.00", 0 },
    { "0.7", "0.1", "0.3", "2.00", 0 },
    { "140", "138.5", "1.5", "1.00", 0 },
    { "1.005", "1", "1", "0.01", 0 },
    { "0.995", "1", "1", "-0.01", 0 },
    { "1.004", "1", "1", "0.00", 0 },
    { "0.000003", "0.000001", "0.000001", "2.00", 0 },
    { "999999", "1", "0.5", "1999996.00", 1 },
  };
  MhZ z;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDecimal value, mean, sd;
      g_test_message ("%s %s %s", rows[i].value, rows[i].mean, rows[i].sd);
      mh_decimal_parse (rows[i].value, &value);
      mh_decimal_parse (rows[i].mean, &mean);
      mh_decimal_parse (rows[i].sd, &sd);
      g_assert_true (mh_z_of (value, mean, sd, &z));
      g_autofree char *text = mh_z_text (z, 2);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpint (mh_z_beyond (z, 2), ==, rows[i].beyond_2);
    }
  g_assert_false (mh_z_of ((MhDecimal){ 1, 0 }, (MhDecimal){ 1, 0 }, (MhDecimal){ 0, 2 }, &z));
  g_assert_false (mh_z_of ((MhDecimal){ 1, 0 }, (MhDecimal){ 1, 0 }, (MhDecimal){ -1, 2 }, &z));
  g_assert_false (mh_z_of ((MhDecimal){ G_GINT64_CONSTANT (999999999999999999), 0 },
                           (MhDecimal){ 1, 12 }, (MhDecimal){ 1, 0 }, &z));
}

static void
test_figures (void)
{
  static const struct
  {
    const char *values;
    int decimals;
    const char *mean, *sd, *cv;
  } rows[] = {
    { "", 1, NULL, NULL, NULL },
    { "4.4", 1, "4.400", NULL, NULL },
    { "4.4 4.6", 1, "4.500", "0.141", "3.14" },
    { "1 -1", 0, "0.00", "1.41", NULL },
    { "10000001 10000003 10000002", 0, "10000002.00", "1.00", "0.00" },
    { "140 141 139 142 138", 0, "140.00", "1.58", "1.13" },
    { "5 5 5", 0, "5.00", "0.00", "0.00" },
    { "-1.5 -2.5", 1, "-2.000", "0.707", "35.36" },
    { "0.01 0.02 0.02", 2, "0.0167", "0.0058", "34.64" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhDecimal values[20];
      guint n = 0;
      g_auto (MhQcFigures) figures = { 0 };
      g_auto (GStrv) parts = g_strsplit (rows[i].values, " ", -1);
      for (; parts[n] != NULL; n++)
        g_assert_true (mh_decimal_parse (parts[n], &values[n]));
      g_test_message ("%s", rows[i].values);
      g_assert_true (mh_qc_figures_of (values, n, rows[i].decimals, &figures));
      g_assert_cmpstr (figures.mean, ==, rows[i].mean);
      g_assert_cmpstr (figures.sd, ==, rows[i].sd);
      g_assert_cmpstr (figures.cv, ==, rows[i].cv);
    }
  const MhDecimal huge = { G_GINT64_CONSTANT (999999999999999999), 0 };
  MhQcFigures none;
  g_assert_false (mh_qc_figures_of (&huge, 1, 0, &none));
}

static void
test_quality (void)
{
  g_autofree char *bias = mh_qc_bias ("102", "100");
  g_autofree char *below = mh_qc_bias ("98", "100");
  g_autofree char *error = mh_qc_total_error ("-2.00", "2.00");
  g_autofree char *sigma = mh_qc_sigma ("10", "-2.00", "2.00");
  g_assert_cmpstr (bias, ==, "2.00");
  g_assert_cmpstr (below, ==, "-2.00");
  g_assert_cmpstr (error, ==, "5.30");
  g_assert_cmpstr (sigma, ==, "4.00");
  g_assert_null (mh_qc_bias ("1", "0"));
  g_assert_null (mh_qc_sigma (NULL, "1", "1"));
  g_assert_null (mh_qc_sigma ("10", "1", "0.00"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/westgard/vectors", test_vectors);
  g_test_add_func ("/westgard/each-point", test_each);
  g_test_add_func ("/westgard/optional-rules", test_optional);
  g_test_add_func ("/westgard/z", test_z);
  g_test_add_func ("/qc/figures", test_figures);
  g_test_add_func ("/qc/quality", test_quality);
  return g_test_run ();
}
