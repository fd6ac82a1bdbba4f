/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a drawn sample keeps: both sides of each limit. */
#include <glib.h>

#include "shared/base/mh-clock.h"
#include "shared/base/mh-error.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"
#include "shared/rules/lab/mh-stability.h"

#define DRAWN (1000 * MH_DAY)

static MhRecord *
test_new (const char *name, const char *room, const char *fridge, const char *frozen)
{
  MhRecord *test = mh_record_new (&mh_test_type);
  mh_record_set_text (test, MH_TEST_SHORT_NAME, name);
  mh_record_set_text (test, MH_TEST_STABILITY_ROOM, room);
  mh_record_set_text (test, MH_TEST_STABILITY_FRIDGE, fridge);
  mh_record_set_text (test, MH_TEST_STABILITY_FROZEN, frozen);
  return test;
}

static void
test_kept (void)
{
  static const struct
  {
    const char *temperature;
    guint field;
  } rows[] = { { NULL, MH_TEST_STABILITY_ROOM },    { "", MH_TEST_STABILITY_ROOM },
               { "21.5", MH_TEST_STABILITY_ROOM },  { "8.1", MH_TEST_STABILITY_ROOM },
               { "8.0", MH_TEST_STABILITY_FRIDGE }, { "8", MH_TEST_STABILITY_FRIDGE },
               { "0", MH_TEST_STABILITY_FRIDGE },   { "-9.9", MH_TEST_STABILITY_FRIDGE },
               { "-10", MH_TEST_STABILITY_FROZEN }, { "-10.0", MH_TEST_STABILITY_FROZEN },
               { "-80", MH_TEST_STABILITY_FROZEN } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (mh_stability_field (rows[i].temperature), ==, rows[i].field);
}

static void
test_until (void)
{
  static const struct
  {
    const char *room, *fridge, *frozen, *temperature;
    gint64 span; /* -1: nothing is stated */
  } rows[] = {
    { "24", "168", "720", NULL, 24 * MH_HOUR },     { "24", "168", "720", "4", 168 * MH_HOUR },
    { "24", "168", "720", "-20", 720 * MH_HOUR },   { "0.25", "2", "24", NULL, 15 * MH_MINUTE },
    { "0.5", NULL, NULL, NULL, 30 * MH_MINUTE },    { "24", NULL, "336", "4", 24 * MH_HOUR },
    { "24", NULL, NULL, "-20", 24 * MH_HOUR },      { NULL, "4", NULL, NULL, -1 },
    { NULL, "4", NULL, "4", 4 * MH_HOUR },          { NULL, NULL, NULL, "4", -1 },
    { "999999999999999999", NULL, NULL, NULL, -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) test = test_new ("K", rows[i].room, rows[i].fridge, rows[i].frozen);
      gint64 until = mh_stability_until (test, rows[i].temperature, DRAWN);
      g_test_message ("row %u", i);
      g_assert_cmpint (until, ==, rows[i].span < 0 ? 0 : DRAWN + rows[i].span);
      g_assert_false (mh_stability_is_over (until, DRAWN));
      if (rows[i].span < 0)
        {
          g_assert_false (mh_stability_is_over (until, G_MAXINT64));
          continue;
        }
      g_assert_false (mh_stability_is_over (until, until - 1));
      g_assert_false (mh_stability_is_over (until, until));
      g_assert_true (mh_stability_is_over (until, until + 1));
      /* what was never drawn does not age */
      g_assert_cmpint (mh_stability_until (test, rows[i].temperature, 0), ==, 0);
    }
}

static void
test_of_tube (void)
{
  g_autoptr (GPtrArray) tests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *none = NULL, *one = NULL, *two = NULL, *cold = NULL;
  g_assert_cmpint (mh_stability_of_tube (tests, NULL, DRAWN, &none), ==, 0);
  g_assert_null (none);
  g_ptr_array_add (tests, test_new ("Ref", NULL, NULL, NULL));
  g_assert_cmpint (mh_stability_of_tube (tests, NULL, DRAWN, &none), ==, 0);
  g_assert_null (none);
  g_ptr_array_add (tests, test_new ("Creat", "24", "168", NULL));
  g_ptr_array_add (tests, test_new ("K", "4", "6", NULL));
  g_assert_cmpint (mh_stability_of_tube (tests, NULL, DRAWN, &one), ==, DRAWN + 4 * MH_HOUR);
  g_assert_cmpstr (one, ==, "K");
  g_ptr_array_add (tests, test_new ("Gluc", "4", "24", NULL));
  g_assert_cmpint (mh_stability_of_tube (tests, NULL, DRAWN, &two), ==, DRAWN + 4 * MH_HOUR);
  g_assert_cmpstr (two, ==, "K, Gluc");
  g_assert_cmpint (mh_stability_of_tube (tests, "4", DRAWN, &cold), ==, DRAWN + 6 * MH_HOUR);
  g_assert_cmpstr (cold, ==, "K");
}

/* What the analyser measured counts from then, what was typed from when it was typed. */
static void
test_row (void)
{
  g_autoptr (MhRecord) row = mh_record_new (&mh_result_row_type);
  g_assert_false (mh_stability_is_row_over (row, TRUE, G_MAXINT64));
  mh_record_set_int (row, MH_RESULT_ROW_STABLE_UNTIL, DRAWN);
  g_assert_false (mh_stability_is_row_over (row, TRUE, DRAWN));
  g_assert_true (mh_stability_is_row_over (row, TRUE, DRAWN + 1));
  mh_record_set_int (row, MH_RESULT_ROW_ENTERED_AT, DRAWN);
  g_assert_false (mh_stability_is_row_over (row, FALSE, DRAWN + 1));
  g_assert_true (mh_stability_is_row_over (row, TRUE, DRAWN + 1));
  mh_record_set_int (row, MH_RESULT_ROW_ENTERED_AT, DRAWN + 1);
  g_assert_true (mh_stability_is_row_over (row, FALSE, DRAWN));
  mh_record_set_int (row, MH_RESULT_ROW_ANALYSED_AT, DRAWN);
  g_assert_false (mh_stability_is_row_over (row, FALSE, DRAWN + 1));
}

/* A catalogue states hours above nothing and below ten years. */
static void
test_stated (void)
{
  static const struct
  {
    const char *hours;
    gboolean fine;
  } rows[] = { { NULL, TRUE },   { "0", FALSE },    { "0.00", FALSE },   { "-1", FALSE },
               { "0.01", TRUE }, { "87600", TRUE }, { "87600.1", FALSE } };
  static const char *const fields[] = { "stability_room", "stability_fridge", "stability_frozen" };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) test = test_new ("K", rows[i].hours, rows[i].hours, rows[i].hours);
      g_autoptr (MhIssues) issues = mh_issues_new ();
      mh_test_type.check (test, issues);
      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        g_assert_cmpint (mh_issues_find (issues, fields[k]) == NULL, ==, rows[i].fine);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/stability/kept", test_kept);
  g_test_add_func ("/rules/stability/until", test_until);
  g_test_add_func ("/rules/stability/tube", test_of_tube);
  g_test_add_func ("/rules/stability/row", test_row);
  g_test_add_func ("/rules/stability/stated", test_stated);
  return g_test_run ();
}
