/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positions of boxes, how long tubes are kept, and what follows what when tubes are referred. */
#include <stdlib.h>
#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/records/mh-records.h"
#include "shared/rules/mh-order-rules.h"
#include "shared/rules/mh-referral-rules.h"
#include "shared/rules/mh-storage-rules.h"

static char **
lines_of (const char *file)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static void
test_positions (void)
{
  g_auto (GStrv) lines = lines_of ("positions.tsv");
  guint n = 0;
  for (guint i = 2; lines[i] != NULL && lines[i][0] != '\0'; i++, n++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      gint64 rows = atoi (cells[0]), columns = atoi (cells[1]), position = atoi (cells[2]);
      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (g_strv_length (cells), ==, 5);
      g_assert_cmpint (mh_storage_rules_position (cells[4], rows, columns), ==, position);
      if (position < 0)
        continue;
      g_autofree char *text = mh_storage_rules_position_text (columns, position);
      g_assert_cmpstr (text, ==, cells[3]);
    }
  g_assert_cmpuint (n, ==, 19);
  g_assert_cmpint (mh_storage_rules_position (NULL, 10, 10), ==, -1);
  /* each position of a box has a name of its own that leads back to it */
  for (gint64 k = 0; k < 10000; k++)
    {
      g_autofree char *name = mh_storage_rules_position_text (100, k);
      g_assert_cmpint (mh_storage_rules_position (name, 100, 100), ==, k);
    }
}

static void
test_first_free (void)
{
  static const struct
  {
    const gint64 taken[5];
    guint n;
    gint64 positions, free_one;
  } rows[] = { { { 0 }, 0, 4, 0 },          { { 0 }, 1, 4, 1 },       { { 1 }, 1, 4, 0 },
               { { 0, 1, 3 }, 3, 4, 2 },    { { 0, 1, 2 }, 3, 4, 3 }, { { 0, 1, 2, 3 }, 4, 4, -1 },
               { { 0, 1, 2, 3 }, 4, 5, 4 }, { { 0 }, 1, 1, -1 },      { { 0 }, 0, 0, -1 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mh_storage_rules_first_free (rows[i].taken, rows[i].n, rows[i].positions), ==,
                     rows[i].free_one);
}

static void
test_keeping (void)
{
  g_assert_cmpint (mh_storage_rules_keep_until (100, 0, 7), ==, 100 + 7 * MH_DAY);
  g_assert_cmpint (mh_storage_rules_keep_until (100, 30, 7), ==, 100 + 30 * MH_DAY);
  g_assert_true (mh_storage_rules_needs_witness (101, 100));
  g_assert_false (mh_storage_rules_needs_witness (100, 100));
  g_assert_false (mh_storage_rules_needs_witness (0, 100));
}

static void
test_referral (void)
{
  g_auto (GStrv) lines = lines_of ("referral.tsv");
  g_auto (GStrv) steps = g_strsplit (lines[1], "\t", -1);
  guint n = 0;
  for (guint k = 2; steps[k] != NULL; k++)
    g_assert_cmpstr (mh_referral_step_codes[k - 2].code, ==,
                     steps[k]); /* every step there is, and no other */
  g_assert_null (mh_referral_step_codes[g_strv_length (steps) - 2].code);
  for (guint i = 2; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      gboolean tube = strcmp (cells[0], "tube") == 0;
      for (guint k = 2; steps[k] != NULL; k++, n++)
        {
          const char *to = tube ? mh_referral_rules_state (cells[1], steps[k])
                                : mh_referral_rules_status (cells[1], steps[k]);
          g_test_message ("%s %s %s", cells[0], cells[1], steps[k]);
          g_assert_cmpstr (to != NULL ? to : "-", ==, cells[k]);
        }
    }
  g_assert_cmpuint (n, ==, 50);
}

static void
test_irreplaceable (void)
{
  static const struct
  {
    const char *specimen;
    int age;
    gboolean is;
  } rows[] = { { "Cerebrospinal fluid", 9000, TRUE }, { "CSF", -1, TRUE },
               { "Skin biopsy", 9000, TRUE },         { "Bone marrow", 9000, TRUE },
               { "Whole blood", 9000, FALSE },        { "Whole blood", 28, FALSE },
               { "Whole blood", 27, TRUE },           { "Whole blood", 0, TRUE },
               { "Whole blood", -1, FALSE },          { NULL, 9000, FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mh_sample_rules_is_irreplaceable (rows[i].specimen, rows[i].age), ==,
                     rows[i].is);
  for (const MhCode *code = mh_reject_reason_codes; code->code != NULL; code++)
    g_assert_true (mh_sample_rules_is_reject_reason (code->code));
  g_assert_false (mh_sample_rules_is_reject_reason ("bored"));
  g_assert_false (mh_sample_rules_is_reject_reason (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/storage/positions", test_positions);
  g_test_add_func ("/rules/storage/first-free", test_first_free);
  g_test_add_func ("/rules/storage/keeping", test_keeping);
  g_test_add_func ("/rules/storage/referral", test_referral);
  g_test_add_func ("/rules/storage/irreplaceable", test_irreplaceable);
  return g_test_run ();
}
