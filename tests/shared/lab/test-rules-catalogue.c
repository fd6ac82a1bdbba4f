/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped catalogue through the rules: the flags of a second author, and no ambiguous row. */
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/rules/lab/mh-formula.h"
#include "shared/rules/lab/mh-range-cover.h"
#include "shared/rules/lab/mh-range.h"

#include <string.h>

typedef struct
{
  GHashTable *analytes; /* code → MhAnalyte */
  GPtrArray *ranges;    /* of all */
} Catalogue;

static void
copy_number (JsonObject *from, const char *name, MhRecord *to, guint field)
{
  JsonNode *node = from != NULL ? json_object_get_member (from, name) : NULL;
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    mh_record_take_text (to, field, mh_decimal_from_double (json_node_get_double (node), 6));
}

static void
copy_text (JsonObject *from, const char *name, MhRecord *to, guint field)
{
  if (mh_json_text (from, name) != NULL)
    mh_record_set_text (to, field, mh_json_text (from, name));
}

static void
add_ranges (Catalogue *catalogue, const char *analyte, JsonArray *rows, const char *kind)
{
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      MhRecord *range = mh_record_new (&mh_reference_range_type);
      const char *sex = mh_json_text (row, "sex");
      g_autofree char *pregnancy = mh_json_text (row, "pregnancy") != NULL
                                       ? g_ascii_strdown (mh_json_text (row, "pregnancy"), -1)
                                       : NULL;
      mh_record_set_text (range, MH_REFERENCE_RANGE_ANALYTE, analyte);
      mh_record_set_text (range, MH_REFERENCE_RANGE_KIND, kind);
      mh_record_set_text (range, MH_REFERENCE_RANGE_SEX,
                          *sex == 'F'   ? MH_RANGE_SEX_FEMALE
                          : *sex == 'M' ? MH_RANGE_SEX_MALE
                                        : MH_RANGE_SEX_ANY);
      mh_record_set_text (range, MH_REFERENCE_RANGE_PREGNANCY, pregnancy);
      copy_text (row, "from", range, MH_REFERENCE_RANGE_FROM_AGE);
      copy_text (row, "to", range, MH_REFERENCE_RANGE_TO_AGE);
      copy_number (row, "low", range, MH_REFERENCE_RANGE_LOW);
      copy_number (row, "high", range, MH_REFERENCE_RANGE_HIGH);
      mh_record_set_bool (range, MH_REFERENCE_RANGE_LOW_OPEN,
                          mh_json_bool (row, "low_open", FALSE));
      mh_record_set_bool (range, MH_REFERENCE_RANGE_HIGH_OPEN,
                          mh_json_bool (row, "high_open", FALSE));
      g_ptr_array_add (catalogue->ranges, range);
    }
}

static void
add_analyte (Catalogue *catalogue, JsonObject *from)
{
  MhRecord *analyte = mh_record_new (&mh_analyte_type);
  const char *code = mh_json_text (from, "code");
  JsonObject *plausible = mh_json_object (from, "plausible");
  JsonObject *reportable = mh_json_object (from, "reportable");
  copy_text (from, "code", analyte, MH_ANALYTE_CODE);
  copy_text (from, "kind", analyte, MH_ANALYTE_KIND);
  copy_text (from, "formula", analyte, MH_ANALYTE_FORMULA);
  copy_text (from, "formula_condition", analyte, MH_ANALYTE_FORMULA_CONDITION);
  copy_number (plausible, "low", analyte, MH_ANALYTE_PLAUSIBLE_LOW);
  copy_number (plausible, "high", analyte, MH_ANALYTE_PLAUSIBLE_HIGH);
  copy_number (reportable, "low", analyte, MH_ANALYTE_REPORTABLE_LOW);
  copy_number (reportable, "high", analyte, MH_ANALYTE_REPORTABLE_HIGH);
  add_ranges (catalogue, code, mh_json_array (from, "ranges"), MH_RANGE_KIND_REFERENCE);
  add_ranges (catalogue, code, mh_json_array (from, "critical"), MH_RANGE_KIND_CRITICAL);
  g_hash_table_insert (catalogue->analytes, g_strdup (code), analyte);
}

static char *
read_file (const char *folder, const char *name)
{
  char *text = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), folder, name, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
set_up (Catalogue *catalogue, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_file ("../../data/reference", "lab-catalogue.json");
  g_autoptr (JsonObject) root = mh_json_parse_object (text, -1, &error);
  g_assert_no_error (error);
  JsonArray *analytes = mh_json_array (root, "analytes");
  catalogue->analytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  catalogue->ranges = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (analytes); i++)
    add_analyte (catalogue, json_array_get_object_element (analytes, i));
  g_assert_cmpuint (g_hash_table_size (catalogue->analytes), >, 250);
}

static void
tear_down (Catalogue *catalogue, gconstpointer data)
{
  g_hash_table_unref (catalogue->analytes);
  g_ptr_array_unref (catalogue->ranges);
}

/* "-": no range, "!": refused as not plausible. */
static void
check_line (Catalogue *catalogue, const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  g_assert_cmpuint (g_strv_length (cells), ==, 6);
  MhSubject subject
      = { .female = *cells[1] == 'F', .male = *cells[1] == 'M', .gestation_days = -1 };
  MhRecord *analyte = g_hash_table_lookup (catalogue->analytes, cells[0]);
  g_assert_true (mh_date_parse ("2026-11-21", &subject.collected));
  g_assert_true (mh_date_parse (cells[2], &subject.birth));
  if (*cells[3] != 0)
    {
      subject.pregnant = TRUE;
      subject.gestation_days = atoi (cells[3]);
    }
  MhJudgement judgement = { 0 };
  const char *flag = "!";
  if (mh_range_judge (&(MhRangeOf){ analyte, catalogue->ranges, NULL }, &subject, cells[4],
                      &judgement, NULL))
    flag = judgement.flag != NULL ? judgement.flag : "-";
  if (strcmp (flag, cells[5]) != 0)
    g_error ("%s: %s", line, flag);
  g_assert_cmpint (judgement.critical, ==, strcmp (flag, "LL") == 0 || strcmp (flag, "HH") == 0);
}

static void
test_flags (Catalogue *catalogue, gconstpointer data)
{
  g_autofree char *text = read_file (".", "range-vectors.tsv");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    check_line (catalogue, lines[i]);
  g_assert_cmpuint (g_strv_length (lines), >, 3000);
}

/* The low limits of the WHO, 2011: each age from its first to its last day, a tenth below and at
 * the limit; women, men, and pregnant women of each trimester. */
static void
test_who (Catalogue *catalogue, gconstpointer data)
{
  g_autofree char *text = read_file (".", "who-haemoglobin.tsv");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    check_line (catalogue, lines[i]);
  g_assert_cmpuint (g_strv_length (lines), ==, 47);
}

/* No two rows overlap as the editor would refuse them. */
static void
test_no_overlaps (Catalogue *catalogue, gconstpointer data)
{
  for (guint i = 0; i < catalogue->ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (catalogue->ranges, i);
      if (mh_range_find_overlap (catalogue->ranges, range) != NULL)
        g_error ("%s: rows overlap", mh_record_text (range, MH_REFERENCE_RANGE_ANALYTE));
    }
}

/* The list of critical values, each limit from both sides, on both sides of each age. */
static void
test_critical (Catalogue *catalogue, gconstpointer data)
{
  g_autofree char *text = read_file (".", "critical-limits.tsv");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      MhSubject subject = { .female = TRUE, .gestation_days = -1 };
      MhJudgement judgement = { 0 };
      g_assert_true (mh_date_parse ("2026-11-21", &subject.collected));
      g_assert_true (mh_date_parse (cells[1], &subject.birth));
      MhRecord *analyte = g_hash_table_lookup (catalogue->analytes, cells[0]);
      g_assert_nonnull (analyte);
      mh_range_judge (&(MhRangeOf){ analyte, catalogue->ranges, NULL }, &subject, cells[2],
                      &judgement, &error);
      g_assert_no_error (error);
      if (judgement.critical != g_str_equal (cells[3], "yes"))
        g_error ("%s", lines[i]);
    }
  g_assert_cmpuint (g_strv_length (lines), >, 60);
}

/* Nobody, at any age, finds two rows of one rank. */
static void
test_no_ties (Catalogue *catalogue, gconstpointer data)
{
  static const char *const kinds[] = { MH_RANGE_KIND_REFERENCE, MH_RANGE_KIND_CRITICAL };
  static const int gestations[] = { -2, -1, 0, 98, 196 }; /* -2: not pregnant */
  MhDate today = { 2026, 11, 21 };
  GHashTableIter iter;
  gpointer code;
  g_hash_table_iter_init (&iter, catalogue->analytes);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    {
      g_autoptr (GPtrArray) own = g_ptr_array_new ();
      for (guint i = 0; i < catalogue->ranges->len; i++)
        if (g_strcmp0 (mh_record_text (catalogue->ranges->pdata[i], MH_REFERENCE_RANGE_ANALYTE),
                       code)
            == 0)
          g_ptr_array_add (own, catalogue->ranges->pdata[i]);
      for (int days = 0; own->len > 0 && days < 36525; days += days < 40 ? 1 : 29)
        for (guint k = 0; k < 2 * G_N_ELEMENTS (gestations) * 2; k++)
          {
            MhRecord *range = NULL;
            int gestation = gestations[k / 4];
            MhSubject subject = { .collected = today, .female = k % 2 == 0, .male = k % 2 == 1 };
            subject.birth = mh_date_from_days (mh_date_to_days (today) - days);
            subject.pregnant = gestation != -2 && subject.female;
            subject.gestation_days = MAX (gestation, -1);
            if (mh_range_choose (own, code, kinds[k / 2 % 2], &subject, &range) == MH_RANGE_BROKEN)
              g_error ("%s at %d days", (const char *)code, days);
          }
    }
}

/* Every formula reads, and asks only for analytes that exist and for the patient. */
static void
test_formulas (Catalogue *catalogue, gconstpointer data)
{
  static const char *const context[] = { "AGE_Y", "FEMALE", "ISI", NULL };
  GHashTableIter iter;
  gpointer analyte;
  guint n = 0;
  g_hash_table_iter_init (&iter, catalogue->analytes);
  while (g_hash_table_iter_next (&iter, NULL, &analyte))
    for (guint field = MH_ANALYTE_FORMULA; field <= MH_ANALYTE_FORMULA_CONDITION; field++)
      {
        if (!mh_record_has (analyte, field))
          continue;
        g_auto (GStrv) names = mh_formula_names (mh_record_text (analyte, field));
        g_assert_nonnull (names);
        for (guint i = 0; names[i] != NULL; i++)
          if (!g_strv_contains (context, names[i])
              && !g_hash_table_contains (catalogue->analytes, names[i]))
            g_error ("%s asks for %s", mh_record_text (analyte, MH_ANALYTE_CODE), names[i]);
        n++;
      }
  g_assert_cmpuint (n, >, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/rules/catalogue/flags", Catalogue, NULL, set_up, test_flags, tear_down);
  g_test_add ("/rules/catalogue/critical", Catalogue, NULL, set_up, test_critical, tear_down);
  g_test_add ("/rules/catalogue/no-ties", Catalogue, NULL, set_up, test_no_ties, tear_down);
  g_test_add ("/rules/catalogue/who", Catalogue, NULL, set_up, test_who, tear_down);
  g_test_add ("/rules/catalogue/no-overlaps", Catalogue, NULL, set_up, test_no_overlaps, tear_down);
  g_test_add ("/rules/catalogue/formulas", Catalogue, NULL, set_up, test_formulas, tear_down);
  return g_test_run ();
}
