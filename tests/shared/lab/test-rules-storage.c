/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positions of boxes, how long tubes are kept, and what follows what when tubes are referred. */
#include <stdlib.h>
#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/records/lab/mh-referral.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/rules/lab/mh-order-rules.h"
#include "shared/rules/lab/mh-referral-rules.h"
#include "shared/rules/lab/mh-storage-rules.h"

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

static gboolean
has_code (const MhCode *codes, const char *code)
{
  for (; codes->code != NULL; codes++)
    if (g_str_equal (codes->code, code))
      return TRUE;
  return FALSE;
}

static MhRecord *
tube_to_draw (const char *code, gint64 order)
{
  MhRecord *tube = mh_record_new (&mh_sample_type);
  mh_record_set_text (tube, MH_SAMPLE_CONTAINER, code);
  mh_record_set_int (tube, MH_SAMPLE_DRAW_ORDER, order);
  return tube;
}

/* The shipped container says the place in the order of draw that the table has. */
static void
assert_draw_order (const char *catalogue, const char *code, const char *number)
{
  g_autofree char *begin = g_strdup_printf ("{\"code\": \"%s\", ", code);
  g_autofree char *wanted = g_strdup_printf ("\"draw_order\": %s,", number);
  const char *row = strstr (catalogue, begin);
  g_assert_nonnull (row);
  g_autofree char *line = g_strndup (row, strcspn (row, "\n"));
  g_assert_nonnull (strstr (line, wanted));
}

/* Every reason, event and place in the order of draw; and nothing that the table does not know. */
static void
test_custody (void)
{
  g_auto (GStrv) lines = lines_of ("custody.tsv");
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), "..", "..", "data",
                                            "reference", "lab-catalogue.json", NULL);
  g_autofree char *catalogue = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &catalogue, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) before = NULL;
  guint n_reasons = 0, n_events = 0, n_drawn = 0, all_reasons = 0;
  for (guint i = 2; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (g_strv_length (cells), ==, 4);
      if (g_str_equal (cells[0], "reject"))
        {
          g_assert_true (mh_sample_rules_is_reject_reason (cells[2]));
          n_reasons++;
        }
      else if (g_str_equal (cells[0], "event"))
        {
          g_assert_true (has_code (mh_custody_codes, cells[2]));
          n_events++;
        }
      else
        {
          g_autoptr (MhRecord) tube = tube_to_draw (cells[2], atoi (cells[3]));
          assert_draw_order (catalogue, cells[2], cells[3]);
          if (before != NULL)
            g_assert_cmpint (mh_tube_rules_compare (before, tube), <=, 0);
          g_set_object (&before, tube);
          n_drawn++;
        }
    }
  while (mh_reject_reason_codes[all_reasons].code != NULL)
    all_reasons++;
  g_assert_cmpuint (n_reasons, ==, all_reasons);
  g_assert_cmpuint (n_reasons, ==, 19);
  g_assert_cmpuint (n_events, ==, 16);
  g_assert_cmpuint (n_drawn, ==, 7);
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
  g_test_add_func ("/rules/storage/custody", test_custody);
  g_test_add_func ("/rules/storage/irreplaceable", test_irreplaceable);
  return g_test_run ();
}
