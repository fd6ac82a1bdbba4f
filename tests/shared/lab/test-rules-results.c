/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delta check, reference change values, breakpoints, dilutions and phrases, each against its table
 * in tests/data. */
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-isolate.h"
#include "shared/records/lab/mh-phrase.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/lab/mh-breakpoint.h"
#include "shared/rules/lab/mh-delta.h"
#include "shared/rules/lab/mh-dilution.h"
#include "shared/rules/lab/mh-group.h"
#include "shared/rules/lab/mh-second.h"
#include "shared/rules/mh-choice.h"

typedef void (*RowFunc) (char **row);

/* Each line below the titles; at least @least of them. */
static void
each_row (const char *name, guint n_columns, guint least, RowFunc func)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) row = g_strsplit (lines[i], "\t", -1);
      if (*lines[i] == 0)
        continue;
      if (g_strv_length (row) != n_columns)
        g_error ("%s:%u has %u columns", name, i + 1, g_strv_length (row));
      func (row);
      n++;
    }
  g_assert_cmpuint (n, >=, least);
}

static const char *
given (const char *cell)
{
  return g_str_equal (cell, "-") ? NULL : cell;
}

static const char *const outcomes[] = { "no_rule",  "no_number", "other_unit", "other_method",
                                        "too_soon", "too_old",   "passed",     "failed" };

static void
check_delta (char **row)
{
  g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
  g_autofree char *text = NULL;
  gint64 now = G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC;
  mh_record_set_text (analyte, MH_ANALYTE_DELTA_MODE, given (row[1]));
  mh_record_set_text (analyte, MH_ANALYTE_DELTA_LIMIT, given (row[2]));
  if (!g_str_equal (row[3], "0"))
    mh_record_set_int (analyte, MH_ANALYTE_DELTA_WINDOW_DAYS, g_ascii_strtoll (row[3], NULL, 10));
  mh_record_set_int (analyte, MH_ANALYTE_DELTA_MIN_INTERVAL_HOURS,
                     g_ascii_strtoll (row[4], NULL, 10));
  mh_record_set_text (analyte, MH_ANALYTE_CVA_GOAL_PERCENT, given (row[12]));
  mh_record_set_text (analyte, MH_ANALYTE_CVI_PERCENT, given (row[13]));
  MhDeltaPoint before = { row[5], given (row[8]), given (row[10]),
                          now - g_ascii_strtoll (row[7], NULL, 10) * 60 * G_USEC_PER_SEC };
  MhDeltaPoint point = { row[6], given (row[9]), given (row[11]), now };
  MhDeltaOutcome got = mh_delta_check (analyte, &point, &before, &text);
  if (!g_str_equal (outcomes[got], row[14]))
    g_error ("%s: %s to %s in %s min is %s instead of %s", row[0], row[5], row[6], row[7],
             outcomes[got], row[14]);
  g_assert_true ((got == MH_DELTA_FAILED) == (text != NULL));
}

static void
test_delta (void)
{
  each_row ("delta.tsv", 15, 70, check_delta);
}

static void
test_delta_words (void)
{
  static const struct
  {
    const char *mode, *limit, *before, *now, *expected;
    int hours;
  } cases[] = {
    { MH_DELTA_ABSOLUTE, "1.0", "4.1", "6.2", "Δ +2.1 mmol/L · 36 h · ± 1.0", 36 },
    { MH_DELTA_ABSOLUTE, "2.5", "12.0", "7.25", "Δ −4.75 mmol/L · 71 h · ± 2.5", 71 },
    { MH_DELTA_PERCENT, "50", "200", "90", "Δ −55 % · 3 d · ± 50 %", 72 },
    { MH_DELTA_RATE, "0.5", "10", "13", "Δ +3 mmol/L · 24 h · ± 0.5 / d", 24 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MhRecord) analyte = mh_record_new (&mh_analyte_type);
      g_autofree char *text = NULL;
      mh_record_set_text (analyte, MH_ANALYTE_DELTA_MODE, cases[i].mode);
      mh_record_set_text (analyte, MH_ANALYTE_DELTA_LIMIT, cases[i].limit);
      gint64 hour = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
      MhDeltaPoint before = { cases[i].before, "mmol/L", NULL, 0 };
      MhDeltaPoint now = { cases[i].now, "mmol/L", NULL, cases[i].hours * hour };
      g_assert_cmpint (mh_delta_check (analyte, &now, &before, &text), ==, MH_DELTA_FAILED);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
check_rcv (char **row)
{
  static const char *const levels[] = { "95", "99", "95-one", "99-one" };
  double cva = g_ascii_strtod (row[1], NULL), cvi = g_ascii_strtod (row[2], NULL), up, down;
  guint level = 0;
  while (!g_str_equal (levels[level], row[0]))
    g_assert_cmpuint (++level, <, G_N_ELEMENTS (levels));
  mh_delta_rcv_log ((MhRcvLevel)level, cva, cvi, &up, &down);
  g_assert_cmpfloat_with_epsilon (mh_delta_rcv ((MhRcvLevel)level, cva, cvi),
                                  g_ascii_strtod (row[3], NULL), 0.0001);
  g_assert_cmpfloat_with_epsilon (up, g_ascii_strtod (row[4], NULL), 0.000001);
  g_assert_cmpfloat_with_epsilon (down, g_ascii_strtod (row[5], NULL), 0.000001);
}

static void
test_rcv (void)
{
  each_row ("rcv.tsv", 6, 31, check_rcv);
}

static void
check_breakpoint (char **row)
{
  g_autoptr (MhRecord) point = mh_record_new (&mh_breakpoint_type);
  mh_record_set_text (point, MH_BREAKPOINT_STANDARD, row[0]);
  mh_record_set_text (point, MH_BREAKPOINT_METHOD, row[1]);
  mh_record_set_text (point, MH_BREAKPOINT_SUSCEPTIBLE, row[2]);
  mh_record_set_text (point, MH_BREAKPOINT_RESISTANT, row[3]);
  const char *got = mh_breakpoint_interpret (point, row[4]);
  if (g_strcmp0 (got, given (row[5])) != 0)
    g_error ("%s %s S %s R %s: %s is %s instead of %s", row[0], row[1], row[2], row[3], row[4],
             got != NULL ? got : "-", row[5]);
}

static void
test_breakpoints (void)
{
  each_row ("breakpoint.tsv", 6, 60, check_breakpoint);
}

static MhRecord *
point_new (const char *organism, const char *group, const char *edition, gboolean active)
{
  MhRecord *point = mh_record_new (&mh_breakpoint_type);
  mh_record_set_text (point, MH_BREAKPOINT_STANDARD, MH_STANDARD_CLSI);
  mh_record_set_text (point, MH_BREAKPOINT_EDITION, edition);
  mh_record_set_text (point, MH_BREAKPOINT_ORGANISM, organism);
  mh_record_set_text (point, MH_BREAKPOINT_ORGANISM_GROUP, group);
  mh_record_set_text (point, MH_BREAKPOINT_ANTIBIOTIC, "AMP");
  mh_record_set_text (point, MH_BREAKPOINT_METHOD, MH_SUSCEPTIBILITY_MIC);
  mh_record_set_text (point, MH_BREAKPOINT_SUSCEPTIBLE, "8");
  mh_record_set_text (point, MH_BREAKPOINT_RESISTANT, "32");
  mh_record_set_bool (point, MH_BREAKPOINT_ACTIVE, active);
  return point;
}

static void
test_breakpoint_choice (void)
{
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (points, point_new (NULL, "Enterobacterales", "group", TRUE));
  g_ptr_array_add (points, point_new ("ECO", "Enterobacterales", "own", TRUE));
  g_ptr_array_add (points, point_new ("KPN", NULL, "put aside", FALSE));
  static const struct
  {
    const char *organism, *group, *antibiotic, *method, *edition;
  } cases[] = {
    { "ECO", "Enterobacterales", "AMP", "mic", "own" },
    { "KPN", "Enterobacterales", "AMP", "mic", "group" },
    { "SAU", "Staphylococcus", "AMP", "mic", NULL },
    { "SAU", NULL, "AMP", "mic", NULL },
    { "ECO", "Enterobacterales", "AMP", "disk", NULL },
    { "ECO", "Enterobacterales", "CIP", "mic", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MhRecord *found = mh_breakpoint_find (points, cases[i].organism, cases[i].group,
                                            cases[i].antibiotic, cases[i].method);
      g_assert_cmpstr (found != NULL ? mh_record_text (found, MH_BREAKPOINT_EDITION) : NULL, ==,
                       cases[i].edition);
    }
  g_autofree char *text = mh_breakpoint_text (g_ptr_array_index (points, 1));
  g_assert_cmpstr (text, ==, "CLSI own: S ≤ 8, R ≥ 32");
}

static void
check_dilution (char **row)
{
  g_autofree char *got = mh_dilution_apply (row[0], row[1]);
  if (g_strcmp0 (got, given (row[2])) != 0)
    g_error ("%s × %s is %s instead of %s", row[0], row[1], got, row[2]);
}

static void
test_dilutions (void)
{
  static const struct
  {
    const char *typed, *value, *factor;
  } cases[] = {
    { "45x10", "45", "10" }, { "45 X 10", "45", "10" }, { "4.5*2", "4.5", "2" },
    { "45×10", "45", "10" }, { "<5x4", "<5", "4" },     { "45", NULL, NULL },
    { "45x", NULL, NULL },   { "x10", NULL, NULL },     { "45x0", NULL, NULL },
    { "1x2x3", NULL, NULL },
  };
  each_row ("dilution.tsv", 3, 20, check_dilution);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = NULL, *factor = NULL;
      g_assert_true (mh_dilution_split (cases[i].typed, &value, &factor)
                     == (cases[i].value != NULL));
      g_assert_cmpstr (value, ==, cases[i].value);
      g_assert_cmpstr (factor, ==, cases[i].factor);
    }
}

static void
add_phrase (GPtrArray *phrases, const char *code, const char *bench, const char *words)
{
  MhRecord *phrase = mh_record_new (&mh_phrase_type);
  mh_record_set_text (phrase, MH_PHRASE_CODE, code);
  mh_record_set_text (phrase, MH_PHRASE_BENCH, bench);
  mh_record_set_text (phrase, MH_PHRASE_PHRASE, words);
  g_ptr_array_add (phrases, phrase);
}

static void
test_phrases (void)
{
  g_autoptr (GPtrArray) phrases = g_ptr_array_new_with_free_func (g_object_unref);
  add_phrase (phrases, "HEM", NULL, "Haemolysed.");
  add_phrase (phrases, "HEM", "H", "Haemolysed; counts may be low.");
  add_phrase (phrases, "RPT", "B", "Repeated and confirmed.");
  add_phrase (phrases, "OLD", NULL, "Not in use");
  mh_record_set_bool (g_ptr_array_index (phrases, 3), MH_PHRASE_ACTIVE, FALSE);
  static const struct
  {
    const char *bench, *typed, *expected;
  } cases[] = {
    { NULL, ".hem", "Haemolysed." },
    { "B", ".HEM", "Haemolysed." },
    { "H", ".hem", "Haemolysed; counts may be low." },
    { "B", "Seen. .rpt", "Seen. Repeated and confirmed." },
    { "H", ".rpt", NULL },
    { "H", "HEM", "Haemolysed; counts may be low." },
    { "H", "hem", NULL },
    { "H", "no HEM", NULL },
    { "H", ".old", NULL },
    { "H", ".", NULL },
    { "H", "", NULL },
    { "H", "Seen. ", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = mh_phrase_expand (phrases, cases[i].bench, cases[i].typed);
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_content_types (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    const char *type;
  } cases[] = {
    { "\x89PNG\r\n\x1a\n", 8, MH_CONTENT_PNG },
    { "\x89PNG\r\n\x1a", 7, NULL },
    { "\x89PNG\n\n\x1a\n", 8, NULL },
    { "\xff\xd8\xff\xe0", 4, MH_CONTENT_JPEG },
    { "\xff\xd8", 2, NULL },
    { "RIFF\x10\0\0\0WEBPVP8 ", 16, MH_CONTENT_WEBP },
    { "RIFF\x10\0\0\0WAVEfmt ", 16, NULL },
    { "XXXX\x10\0\0\0WEBPVP8 ", 16, NULL },
    { "II*\0\x08", 5, MH_CONTENT_TIFF },
    { "MM\0*\x08", 5, MH_CONTENT_TIFF },
    { "II*\1\x08", 5, NULL },
    { "%PDF-1.7", 8, MH_CONTENT_PDF },
    { "<html>", 6, NULL },
    { "<svg xmlns", 10, NULL },
    { "MZ\x90", 3, NULL },
    { "", 0, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (mh_attachment_content_type ((const guint8 *)cases[i].bytes, cases[i].size), ==,
                     cases[i].type);
}

static GPtrArray *
choices_new (const char *words)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) list = g_strsplit (words, "|", -1);
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (list[i], "=", -1);
      MhRecord *choice = mh_record_new (&mh_value_choice_type);
      mh_record_set_text (choice, MH_VALUE_CHOICE_CODE, parts[0]);
      mh_record_set_text (choice, MH_VALUE_CHOICE_TEXT, parts[1]);
      mh_record_set_text (choice, MH_VALUE_CHOICE_FLAG, parts[2]);
      g_ptr_array_add (choices, choice);
    }
  return choices;
}

#define REACTIVE "NR=Non-reactive=N|R=Reactive=A|GZ=Grey zone, repeat=A"
#define STRIP "NIL=Nil=N|TR=Trace=A|1P=1+=A|2P=2+=A"
#define GROUPS "A=A=N|B=B=N|AB=AB=N|O=O=N"

static void
test_choices (void)
{
  static const struct
  {
    const char *choices, *typed, *code;
  } cases[] = {
    { REACTIVE, "n", "NR" }, { REACTIVE, "r", "R" },     { REACTIVE, "g", "GZ" },
    { REACTIVE, "2", "R" },  { REACTIVE, "3", "GZ" },    { REACTIVE, "4", NULL },
    { REACTIVE, "0", NULL }, { REACTIVE, "zone", "GZ" }, { REACTIVE, " NON-REACTIVE ", "NR" },
    { REACTIVE, "", NULL },  { REACTIVE, "x", NULL },    { STRIP, "n", "NIL" },
    { STRIP, "1", "1P" },    { STRIP, "2+", "2P" },      { STRIP, "t", "TR" },
    { STRIP, "4", "2P" },    { GROUPS, "a", "A" },       { GROUPS, "ab", "AB" },
    { GROUPS, "o", "O" },    { GROUPS, "ax", NULL },
  };
  static const struct
  {
    const char *choices, *code;
  } normal[] = { { REACTIVE, "NR" }, { STRIP, "NIL" }, { GROUPS, NULL }, { "N=Seen=N", NULL } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) choices = choices_new (cases[i].choices);
      MhRecord *found = mh_choice_find (choices, cases[i].typed);
      const char *code = found != NULL ? mh_record_text (found, MH_VALUE_CHOICE_CODE) : NULL;
      if (g_strcmp0 (code, cases[i].code) != 0)
        g_error ("“%s” of %s is %s", cases[i].typed, cases[i].choices, code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (normal); i++)
    {
      g_autoptr (GPtrArray) choices = choices_new (normal[i].choices);
      MhRecord *found = mh_choice_normal (choices);
      g_assert_cmpstr (found != NULL ? mh_record_text (found, MH_VALUE_CHOICE_CODE) : NULL, ==,
                       normal[i].code);
    }
  g_assert_null (mh_choice_find (NULL, "n"));
}

/* Two people, one answer; a value that is not there, or that needs no second, waits for nobody. */
static void
test_second (void)
{
  static const struct
  {
    MhSecondCase value;
    MhSecond state;
    gboolean kept_back;
  } cases[] = {
    { { FALSE, "A", NULL, "ravi", NULL }, MH_SECOND_NOT_WANTED, FALSE },
    { { FALSE, "A", "B", "ravi", "meena" }, MH_SECOND_NOT_WANTED, FALSE },
    { { TRUE, NULL, NULL, NULL, NULL }, MH_SECOND_NO_FIRST, FALSE },
    { { TRUE, "A", NULL, "ravi", NULL }, MH_SECOND_MISSING, TRUE },
    { { TRUE, "A", "A", "ravi", "ravi" }, MH_SECOND_SAME_PERSON, TRUE },
    { { TRUE, "A", "A", "ravi", NULL }, MH_SECOND_SAME_PERSON, TRUE },
    { { TRUE, "A", "A", NULL, NULL }, MH_SECOND_SAME_PERSON, TRUE },
    { { TRUE, "A", "A", NULL, "meena" }, MH_SECOND_AGREES, FALSE },
    { { TRUE, "A", "A", "ravi", "meena" }, MH_SECOND_AGREES, FALSE },
    { { TRUE, "A", "AB", "ravi", "meena" }, MH_SECOND_DIFFERS, TRUE },
    { { TRUE, "A", "a", "ravi", "meena" }, MH_SECOND_DIFFERS, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MhSecond state = mh_second_state (&cases[i].value);
      g_assert_cmpint (state, ==, cases[i].state);
      g_assert_cmpint (mh_second_keeps_back (state), ==, cases[i].kept_back);
    }
}

static void
test_group (void)
{
  static const struct
  {
    const char *earlier, *now;
    gboolean differs;
  } cases[] = {
    { "A", "A", FALSE },     { "A", "B", TRUE },      { "A", "AB", TRUE },
    { "BOM", "O", TRUE },    { NULL, "A", FALSE },    { "A", NULL, FALSE },
    { "DISC", "A", FALSE },  { "A", "DISC", FALSE },  { "POS", "NEG", TRUE },
    { "NEG", "NEG", FALSE }, { "NEG", "WEAK", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mh_group_differs (cases[i].earlier, cases[i].now), ==, cases[i].differs);

  /* every group of the patient's record says something */
  for (const MhCode *code = mh_blood_group_codes; code->code != NULL; code++)
    g_assert_nonnull (mh_group_on_record (MH_GROUP_ABO, code->code));
  g_assert_cmpstr (mh_group_on_record (MH_GROUP_ABO, MH_BLOOD_AB_NEG), ==, "AB");
  g_assert_cmpstr (mh_group_on_record (MH_GROUP_RHD, MH_BLOOD_AB_NEG), ==, "NEG");
  g_assert_cmpstr (mh_group_on_record (MH_GROUP_ABO, MH_BLOOD_OH), ==, "BOM");
  g_assert_null (mh_group_on_record (MH_GROUP_RHD, MH_BLOOD_OH));
  g_assert_null (mh_group_on_record (MH_GROUP_ABO, NULL));
  g_assert_null (mh_group_on_record ("K", MH_BLOOD_A_POS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-results/delta", test_delta);
  g_test_add_func ("/rules-results/delta-words", test_delta_words);
  g_test_add_func ("/rules-results/rcv", test_rcv);
  g_test_add_func ("/rules-results/breakpoints", test_breakpoints);
  g_test_add_func ("/rules-results/breakpoint-choice", test_breakpoint_choice);
  g_test_add_func ("/rules-results/dilutions", test_dilutions);
  g_test_add_func ("/rules-results/choices", test_choices);
  g_test_add_func ("/rules-results/second", test_second);
  g_test_add_func ("/rules-results/group", test_group);
  g_test_add_func ("/rules-results/phrases", test_phrases);
  g_test_add_func ("/rules-results/content-types", test_content_types);
  return g_test_run ();
}
