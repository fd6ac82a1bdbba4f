/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-error.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/rules/lab/mh-formula.h"
#include "shared/rules/lab/mh-measured.h"

#include <math.h>
#include <string.h>

/* @user_data: a table of names to numbers as text. */
static gboolean
look_up (const char *name, double *out_value, gpointer user_data)
{
  const char *text = user_data != NULL ? g_hash_table_lookup (user_data, name) : NULL;
  if (text == NULL)
    return FALSE;
  *out_value = g_ascii_strtod (text, NULL);
  return TRUE;
}

/* "A=1 B=2.5" */
static GHashTable *
operands (const char *text)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) pairs = g_strsplit (text, " ", -1);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);
      if (pair[0] != NULL && pair[1] != NULL)
        g_hash_table_insert (table, g_strdup (pair[0]), g_strdup (pair[1]));
    }
  return table;
}

static void
test_values (void)
{
  static const struct
  {
    const char *formula;
    double value;
  } rows[] = {
    { "1", 1 },
    { "1.50", 1.5 },
    { "  1 + 2 * 3 ", 7 },
    { "(1 + 2) * 3", 9 },
    { "10 - 4 - 3", 3 },
    { "100 / 10 / 2", 5 },
    { "2 ** 3 ** 2", 512 },
    { "-2 ** 2", -4 },
    { "2 ** -1", 0.5 },
    { "(-2) ** 2", 4 },
    { "--3", 3 },
    { "2 * -3", -6 },
    { "1 - -1", 2 },
    { "min(2, 3) + max(2, 3)", 5 },
    { "pow(2, 10)", 1024 },
    { "ln(exp(2))", 2 },
    { "log(1000)", 3 },
    { "sqrt(16) + abs(-2)", 6 },
    { "1 if 2 > 1 else 0", 1 },
    { "1 if 2 < 1 else 0", 0 },
    { "1 if 0 else 2 if 0 else 3", 3 },
    { "2 * (5 if 1 else 7)", 10 },
    { "1 <= 1", 1 },
    { "1 < 1", 0 },
    { "1 >= 1", 1 },
    { "1 > 1", 0 },
    { "1 == 1", 1 },
    { "1 != 1", 0 },
    { "1 and 0", 0 },
    { "1 and 2 > 1", 1 },
    { "0 or 1", 1 },
    { "not 1", 0 },
    { "not 0 and 1", 1 },
    { "A", 4 },
    { "A * B_2", 10 },
    { "(A - 1) if A > 3 else MISSING", 3 },
    { "MISSING if A < 3 else 8", 8 },
    { "1 / 0 if A < 3 else 9", 9 },
  };
  g_autoptr (GHashTable) table = operands ("A=4 B_2=2.5");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double value = NAN;
      MhFormulaOutcome outcome = mh_formula_evaluate (rows[i].formula, look_up, table, &value);
      if (outcome != MH_FORMULA_OK || fabs (value - rows[i].value) > 1e-12)
        g_error ("%s gave %g (%d)", rows[i].formula, value, outcome);
      g_assert_true (mh_formula_check (rows[i].formula, NULL));
    }
}

static void
test_no_value (void)
{
  static const struct
  {
    const char *formula;
    MhFormulaOutcome outcome;
  } rows[] = {
    { "X", MH_FORMULA_MISSING },
    { "1 + X", MH_FORMULA_MISSING },
    { "X * 0", MH_FORMULA_MISSING },
    { "1 if X else 2", MH_FORMULA_MISSING },
    { "1 if X > 2 or 1 else 2", MH_FORMULA_MISSING },
    { "X and 0", MH_FORMULA_MISSING },
    { "max(X, 1)", MH_FORMULA_MISSING },
    { "1 / 0 + X", MH_FORMULA_MISSING },
    { "1 / 0", MH_FORMULA_UNDEFINED },
    { "0 / 0", MH_FORMULA_UNDEFINED },
    { "1 / (2 - 2)", MH_FORMULA_UNDEFINED },
    { "ln(0)", MH_FORMULA_UNDEFINED },
    { "log(-1)", MH_FORMULA_UNDEFINED },
    { "sqrt(-1)", MH_FORMULA_UNDEFINED },
    { "(-8) ** 0.5", MH_FORMULA_UNDEFINED },
    { "0 ** -1", MH_FORMULA_UNDEFINED },
    { "10 ** 400", MH_FORMULA_UNDEFINED },
    { "exp(1000)", MH_FORMULA_UNDEFINED },
    { "1 / 0 > 3", MH_FORMULA_UNDEFINED },
    { "min(1 / 0, 1)", MH_FORMULA_UNDEFINED },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double value = 77;
      MhFormulaOutcome outcome = mh_formula_evaluate (rows[i].formula, look_up, NULL, &value);
      if (outcome != rows[i].outcome)
        g_error ("%s: %d", rows[i].formula, outcome);
      g_assert_cmpfloat (value, ==, 77);
      g_assert_true (mh_formula_check (rows[i].formula, NULL));
    }
}

static void
test_broken (void)
{
  static const char *const bad[] = {
    "",
    " ",
    "1 +",
    "+ 1",
    "1 2",
    "(1",
    "1)",
    "()",
    "1 if 2",
    "1 if",
    "1 else 2",
    "if 1",
    "A B",
    "1..2",
    "1.",
    ".5",
    "1e3",
    "2x",
    "a",
    "abc(1)",
    "min(1)",
    "min(1,2,3)",
    "ln 2",
    "ln()",
    "ln(1,2)",
    "1 = 1",
    "1 <> 2",
    "1 < 2 < 3",
    "1 ** ",
    "* 2",
    "1 // 2",
    "1 % 2",
    "A.B",
    "A[0]",
    "\"a\"",
    "1; 2",
    "__import__",
    "AaB",
    "MIN(1, 2)",
    "not",
    "1 and",
    "1 or or 2",
    "1,2",
    "é",
    "A\xff",
    "minimum(1, 2)",
    "1 ifA else 2",
    "1 if A else2",
    "1\n+ 1",
    "1 - ",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ123456",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      double value = 77;
      g_autoptr (GError) error = NULL;
      if (mh_formula_evaluate (bad[i], look_up, NULL, &value) != MH_FORMULA_BROKEN)
        g_error ("\"%s\" was taken for a formula", bad[i]);
      g_assert_false (mh_formula_check (bad[i], &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      g_assert_cmpstr (mh_issues_nth (mh_error_get_issues (error), 0)->field, ==, "formula");
      g_assert_null (mh_formula_names (bad[i]));
      g_assert_cmpfloat (value, ==, 77);
    }
  g_assert_cmpint (mh_formula_evaluate (NULL, look_up, NULL, &(double){ 0 }), ==,
                   MH_FORMULA_BROKEN);
}

static char *
brackets (int depth)
{
  g_autofree char *open = g_strnfill ((gsize)depth, '(');
  g_autofree char *close = g_strnfill ((gsize)depth, ')');
  return g_strconcat (open, "1", close, NULL);
}

static void
test_limits (void)
{
  /* A bracket costs two levels: the choice inside it and the sign before it. */
  g_autofree char *deep = brackets (MH_FORMULA_MAX_DEPTH / 2 - 1);
  g_autofree char *deeper = brackets (MH_FORMULA_MAX_DEPTH / 2);
  g_autofree char *bomb = brackets (190);
  g_autofree char *signs = g_strnfill (300, '-');
  g_autofree char *longest = g_strnfill (MH_FORMULA_MAX_LENGTH, ' ');
  g_autofree char *longer = g_strnfill (MH_FORMULA_MAX_LENGTH + 1, ' ');
  longest[0] = longer[0] = '1';
  g_assert_true (mh_formula_check (deep, NULL));
  g_assert_false (mh_formula_check (deeper, NULL));
  g_assert_false (mh_formula_check (bomb, NULL));
  g_assert_false (mh_formula_check (signs, NULL));
  g_assert_true (mh_formula_check (longest, NULL));
  g_assert_false (mh_formula_check (longer, NULL));
}

static void
test_names (void)
{
  g_auto (GStrv) names = mh_formula_names ("A * B + A / (C1 if FEMALE else A)");
  static const char *const expected[] = { "A", "B", "C1", "FEMALE", NULL };
  g_assert_cmpstrv (names, expected);
  g_auto (GStrv) none = mh_formula_names ("1 + 2");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

/* Every formula of the catalogue, against Python. */
static void
test_catalogue (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), "formula-vectors.tsv", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint calculated = 0, not_calculated = 0;
  for (guint i = 1; lines[i] != NULL && *lines[i] != 0; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      g_assert_cmpuint (g_strv_length (cells), ==, 6);
      g_autoptr (GHashTable) table = operands (cells[4]);
      g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
      g_autofree char *value = NULL;
      mh_record_set_int (analyte, MH_ANALYTE_DECIMALS, atoi (cells[1]));
      mh_record_set_text (analyte, MH_ANALYTE_FORMULA, cells[2]);
      if (*cells[3] != 0)
        mh_record_set_text (analyte, MH_ANALYTE_FORMULA_CONDITION, cells[3]);
      MhFormulaOutcome outcome = mh_formula_calculate (analyte, look_up, table, &value);
      g_assert_cmpint (outcome, !=, MH_FORMULA_BROKEN);
      g_assert_cmpint (outcome == MH_FORMULA_OK, ==, *cells[5] != 0);
      g_assert_cmpstr (value != NULL ? value : "", ==, cells[5]);
      *(value != NULL ? &calculated : &not_calculated) += 1;
    }
  g_assert_cmpuint (calculated, >, 200);
  g_assert_cmpuint (not_calculated, >, 40);
}

static void
test_condition (void)
{
  g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
  mh_record_set_text (analyte, MH_ANALYTE_FORMULA, "TG / 5");
  mh_record_set_text (analyte, MH_ANALYTE_FORMULA_CONDITION, "TG <= 400");
  static const struct
  {
    const char *operands;
    MhFormulaOutcome outcome;
    const char *text;
  } rows[] = { { "TG=400", MH_FORMULA_OK, "80" },
               { "TG=400.1", MH_FORMULA_NOT_APPLICABLE, NULL },
               { "X=1", MH_FORMULA_MISSING, NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GHashTable) table = operands (rows[i].operands);
      g_autofree char *value = NULL;
      g_assert_cmpint (mh_formula_calculate (analyte, look_up, table, &value), ==, rows[i].outcome);
      g_assert_cmpstr (value, ==, rows[i].text);
    }
  g_autoptr (MhRecord) without = mh_record_new (&mh_analyte_type);
  g_autofree char *nothing = NULL;
  g_assert_cmpint (mh_formula_calculate (without, look_up, NULL, &nothing), ==, MH_FORMULA_BROKEN);
}

/* One vector file: the operands of each line, a formula, and the column that holds its value
 * (empty: no value). */
typedef struct
{
  const char *file;
  const char
      *names[6]; /* the operand that column 1, 2, … holds; "SEX": FEMALE from F or M; "": none */
  const char *formula, *condition;
  int decimals;
  guint column;
} Published;

#define EGFR                                                                                       \
  "142 * min(CREA / (0.7 if FEMALE else 0.9), 1) ** (-0.241 if FEMALE else -0.302) * "             \
  "max(CREA / (0.7 if FEMALE else 0.9), 1) ** -1.2 * 0.9938 ** AGE_Y * (1.012 if FEMALE else 1)"

static const Published published[] = {
  { "egfr-ckdepi2021-vectors.csv", { "SEX", "AGE_Y", "CREA" }, EGFR, NULL, 2, 4 },
  { "egfr-ckdepi2021-vectors.csv", { "SEX", "AGE_Y", "CREA" }, EGFR, NULL, 0, 5 },
  { "friedewald-vectors.csv", { "CHOL", "HDL", "TG" }, "TG / 5", "TG <= 400", 1, 4 },
  { "friedewald-vectors.csv", { "CHOL", "HDL", "TG" }, "CHOL - HDL - TG / 5", "TG <= 400", 1, 5 },
  { "friedewald-vectors.csv", { "CHOL", "HDL", "TG" }, "CHOL - HDL", NULL, 0, 6 },
  { "corrected-calcium-vectors.csv", { "CA", "ALB" }, "CA + 0.8 * (4.0 - ALB)", NULL, 2, 3 },
  { "anion-gap-vectors.csv", { "NA", "K", "CL", "HCO3", "ALB" }, "NA - CL - HCO3", NULL, 0, 6 },
  { "anion-gap-vectors.csv", { "NA", "K", "CL", "HCO3", "ALB" }, "NA + K - CL - HCO3", NULL, 1, 7 },
  { "anion-gap-vectors.csv",
    { "NA", "K", "CL", "HCO3", "ALB" },
    "NA - CL - HCO3 + 2.5 * (4.0 - ALB)",
    NULL,
    2,
    8 },
  { "cockcroft-gault-vectors.csv",
    { "SEX", "AGE_Y", "KG", "CREA" },
    "(140 - AGE_Y) * KG * (0.85 if FEMALE else 1) / (72 * CREA)",
    NULL,
    2,
    5 },
  { "bsa-vectors.csv", { "CM", "KG" }, "sqrt(CM * KG / 3600)", NULL, 3, 3 },
  { "bsa-vectors.csv", { "CM", "KG" }, "0.007184 * KG ** 0.425 * CM ** 0.725", NULL, 3, 4 },
};

static GHashTable *
line_operands (const Published *p, char **cells)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; p->names[i] != NULL; i++)
    if (g_str_equal (p->names[i], "SEX"))
      g_hash_table_insert (table, g_strdup ("FEMALE"), g_strdup (*cells[i + 1] == 'F' ? "1" : "0"));
    else
      g_hash_table_insert (table, g_strdup (p->names[i]), g_strdup (cells[i + 1]));
  return table;
}

static void
test_published (gconstpointer data)
{
  const Published *p = data;
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), p->file, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
  mh_record_set_int (analyte, MH_ANALYTE_DECIMALS, p->decimals);
  mh_record_set_text (analyte, MH_ANALYTE_FORMULA, p->formula);
  if (p->condition != NULL)
    mh_record_set_text (analyte, MH_ANALYTE_FORMULA_CONDITION, p->condition);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), ",", -1);
      g_autoptr (GHashTable) table = line_operands (p, cells);
      g_autofree char *value = NULL;
      MhDecimal expected, got;
      mh_formula_calculate (analyte, look_up, table, &value);
      g_assert_cmpint (value != NULL, ==, *cells[p->column] != 0);
      if (value == NULL)
        continue;
      g_assert_true (mh_decimal_parse (cells[p->column], &expected));
      g_assert_true (mh_decimal_parse (value, &got));
      g_assert_cmpint (mh_decimal_compare (got, expected), ==, 0);
    }
  g_assert_cmpuint (g_strv_length (lines), ==, 101);
}

/* Whatever is typed into the catalogue's editor, nothing crashes and the answers agree. */
static void
test_noise (void)
{
  static const char *const pieces[]
      = { "1", "2.5", "A", "B",    "+",      "-",     "*",    "**", "/",   "(", ")", "min(",
          ",", "<=",  "<", " if ", " else ", " and ", "not ", " ",  "ln(", "x", ".", "\xc3" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (29);
  g_autoptr (GHashTable) table = operands ("A=3 B=0");
  guint good = 0;
  for (int i = 0; i < 50000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      for (int n = g_rand_int_range (rand, 0, 9); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      double value = NAN;
      MhFormulaOutcome outcome = mh_formula_evaluate (text->str, look_up, table, &value);
      g_assert_cmpint (outcome != MH_FORMULA_BROKEN, ==, mh_formula_check (text->str, NULL));
      g_assert_cmpint (outcome == MH_FORMULA_OK, ==, isfinite (value) != 0);
      good += outcome == MH_FORMULA_OK;
    }
  g_assert_cmpuint (good, >, 500);
}

/* --- operands known by their limits alone --- */

/* @user_data: names to measured values as text; none of them is ever negative but N. */
static gboolean
look_up_span (const char *name, MhSpan *out_span, gpointer user_data)
{
  MhMeasured measured;
  if (!mh_measured_read (g_hash_table_lookup (user_data, name), &measured))
    return FALSE;
  *out_span = mh_measured_span (&measured, !g_str_equal (name, "N"));
  return TRUE;
}

static const struct
{
  const char *formula, *operands;
  int decimals;
  const char *text; /* NULL: nothing can be told */
} spans[] = {
  { "(PT / C) ** I", "PT=>200 C=12.0 I=1.1", 2, ">22.08" },
  { "(PT / C) ** I", "PT=>=200 C=12.0 I=1.1", 2, ">=22.08" },
  { "(PT / C) ** I", "PT=200 C=12.0 I=1.1", 2, "22.08" },
  { "(PT / C) ** I", "PT=<6 C=12.0 I=1", 2, "<0.50" },
  { "(PT / C) ** I", "PT=<=6 C=12.0 I=1", 2, "<=0.50" },
  { "(PT / C) ** I", "PT=24 C=<12.0 I=1", 2, ">2.00" },
  { "(PT / C) ** I", "PT=24 C=>12.0 I=1", 2, "<2.00" },
  { "WBC * NEU / 100", "WBC=<0.1 NEU=50", 2, "<0.05" },
  { "WBC * NEU / 100", "WBC=<0.1 NEU=44", 2, "<0.05" }, /* 0.044, outwards */
  { "WBC * NEU / 100", "WBC=>100 NEU=44", 0, ">44" },
  { "WBC * NEU / 100", "WBC=>100 NEU=44.4", 0, ">44" },
  { "WBC * NEU / 100", "WBC=<0.1 NEU=0", 2, "0.00" },
  { "A - B", "A=5 B=<2", 1, NULL }, /* between 3 and 5 */
  { "A - B", "A=>5 B=2", 1, ">3.0" },
  { "A - B", "A=<5 B=7", 1, NULL }, /* between -7 and -2 */
  { "A - B", "A=>5 B=>2", 1, NULL },
  { "A + B", "A=>5 B=>2", 1, ">7.0" },
  { "A + B", "A=>=5 B=>2", 1, ">7.0" },
  { "A + B", "A=>=5 B=>=2", 1, ">=7.0" },
  { "A + N", "A=5 N=<2", 1, "<7.0" },
  { "A / B", "A=<5 B=<2", 1, NULL },
  { "A / B", "A=>5 B=<2", 1, ">2.5" },
  { "A / B", "A=<5 B=>2", 1, "<2.5" },
  { "A / B", "A=5 B=0", 1, NULL },
  { "A / N", "A=5 N=<2", 1, NULL }, /* N may be 0 */
  { "1000 * U / C", "U=<3 C=100", 0, "<30" },
  { "ln(A)", "A=>3", 2, ">1.09" },
  { "sqrt(A)", "A=<4", 1, "<2.0" },
  { "10 ** (A - 6)", "A=>7", 1, ">10.0" },
  { "abs(N)", "N=<-2", 0, ">2" },
  { "abs(N)", "N=<2", 0, NULL },
  { "min(A, 3)", "A=>5", 0, "3" },
  { "min(A, 3)", "A=<2", 0, "<2" },
  { "max(A, 3)", "A=>5", 0, ">5" },
  { "max(A, 3)", "A=<2", 0, "3" },
  { "1 if A > 4 else 2", "A=>4", 0, "1" },
  { "1 if A > 4 else 2", "A=>=4", 0, NULL },
  { "1 if A >= 4 else 2", "A=>=4", 0, "1" },
  { "1 if A < 4 else 2", "A=<4", 0, "1" },
  { "1 if A < 4 else 2", "A=<=4", 0, NULL },
  { "1 if A <= 4 else 2", "A=<=4", 0, "1" },
  { "1 if A == 4 else 2", "A=<4", 0, "2" },
  { "A if A > 4 else 9", "A=>3", 0, ">3" },
  { "1 if A > 4 and B > 4 else 2", "A=>4 B=<3", 0, "2" },
  { "1 if A > 4 or B > 4 else 2", "A=>4 B=>3", 0, "1" },
  { "1 if not A > 4 else 2", "A=<3", 0, "1" },
  { "142 * min(C / 0.9, 1) ** -0.302 * max(C / 0.9, 1) ** -1.2 * 0.9938 ** 50", "C=>20", 0, "<3" },
  { "142 * min(C / 0.9, 1) ** -0.302 * max(C / 0.9, 1) ** -1.2 * 0.9938 ** 50", "C=<0.2", 0,
    ">163" },
};

static void
test_spans (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (GHashTable) table = operands (spans[i].operands);
      MhFormulaTask task
          = { .formula = spans[i].formula,
              .decimals = spans[i].decimals,
              .plausible_low = g_str_has_prefix (spans[i].formula, "A - B") ? NULL : "0" };
      MhFormulaOutcome outcome = mh_formula_work_out (&task, look_up_span, table, &text);
      if (g_strcmp0 (text, spans[i].text) != 0)
        g_error ("%s with %s is %s, not %s", spans[i].formula, spans[i].operands, text,
                 spans[i].text);
      g_assert_true ((outcome == MH_FORMULA_OK) == (spans[i].text != NULL));
    }
}

/* Whatever the operands truly are, the true result lies within what was told. */
static void
test_spans_hold (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    for (int turn = 0; turn < 200; turn++)
      {
        g_autoptr (GHashTable) table = operands (spans[i].operands);
        g_autoptr (GHashTable) truth
            = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
        GHashTableIter iter;
        gpointer name, text;
        g_hash_table_iter_init (&iter, table);
        while (g_hash_table_iter_next (&iter, &name, &text))
          {
            MhMeasured measured = { 0 };
            g_assert_true (mh_measured_read (text, &measured));
            double number = mh_decimal_to_double (measured.number);
            double at = measured.side == 0 ? number
                        : measured.side > 0 || number < 0
                            ? number * (1 + g_rand_double (random) * 9)
                            : number * g_rand_double (random);
            {
              char written[G_ASCII_DTOSTR_BUF_SIZE];
              g_ascii_formatd (written, sizeof written, "%.12g", at);
              g_hash_table_insert (truth, name, g_strdup (written));
            }
          }
        MhSpan span = mh_span_nothing ();
        double exact = 0;
        MhFormulaOutcome known
            = mh_formula_evaluate_span (spans[i].formula, look_up_span, table, &span);
        if (mh_formula_evaluate (spans[i].formula, look_up, truth, &exact) != MH_FORMULA_OK
            || known != MH_FORMULA_OK)
          continue;
        if (exact < span.low - 1e-6 || exact > span.high + 1e-6)
          g_error ("%s with %s: %g is outside %g to %g", spans[i].formula, spans[i].operands, exact,
                   span.low, span.high);
      }
}

/* "TG <= 400" with a value that is only known to be more than 300. */
static void
test_span_condition (void)
{
  static const struct
  {
    const char *value;
    MhFormulaOutcome outcome;
  } rows[] = { { "400", MH_FORMULA_OK },
               { "401", MH_FORMULA_NOT_APPLICABLE },
               { ">400", MH_FORMULA_NOT_APPLICABLE },
               { ">=400", MH_FORMULA_UNSURE },
               { ">300", MH_FORMULA_UNSURE },
               { "<=400", MH_FORMULA_OK },
               { "<10", MH_FORMULA_OK },
               { "<401", MH_FORMULA_UNSURE } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *values = g_strconcat ("TG=", rows[i].value, NULL);
      g_autoptr (GHashTable) table = operands (values);
      MhFormulaTask task = { .formula = "TG / 5", .condition = "TG <= 400", .plausible_low = "0" };
      g_assert_cmpint (mh_formula_work_out (&task, look_up_span, table, &text), ==,
                       rows[i].outcome);
    }
}

static void
test_measured_tidy (void)
{
  static const char *const rows[][2]
      = { { "013.2", "13.2" },   { "13.20", "13.20" }, { "0.5", "0.5" }, { "00.5", "0.5" },
          { "000", "0" },        { "-03", "-3" },      { "<007", "<7" }, { ">=0200", ">=200" },
          { "< 05.0", "< 5.0" }, { "1:080", "1:080" }, { "0x1", "0x1" }, { "", "" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *tidy = mh_measured_tidy (rows[i][0]);
      g_assert_cmpstr (tidy, ==, rows[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/formula/values", test_values);
  g_test_add_func ("/rules/formula/no-value", test_no_value);
  g_test_add_func ("/rules/formula/broken", test_broken);
  g_test_add_func ("/rules/formula/limits", test_limits);
  g_test_add_func ("/rules/formula/names", test_names);
  g_test_add_func ("/rules/formula/catalogue", test_catalogue);
  g_test_add_func ("/rules/formula/condition", test_condition);
  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/formula/published/%s/%u", published[i].file,
                                               published[i].column);
      g_test_add_data_func (path, &published[i], test_published);
    }
  g_test_add_func ("/rules/formula/spans", test_spans);
  g_test_add_func ("/rules/formula/spans-hold", test_spans_hold);
  g_test_add_func ("/rules/formula/span-condition", test_span_condition);
  g_test_add_func ("/rules/formula/measured-tidy", test_measured_tidy);
  g_test_add_func ("/rules/formula/noise", test_noise);
  return g_test_run ();
}
