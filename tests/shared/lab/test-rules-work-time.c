/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working time and nearest rank, by table. */
#include "shared/base/mh-clock.h"
#include "shared/rules/lab/mh-work-time.h"

#include <stdlib.h>
#include <string.h>

static char **
lines_of (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), name, NULL);
  g_autofree char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static MhWorkTime *
work_of (char **cells)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cells[2]);
  MhWorkTime *work = mh_work_time_new (cells[0], cells[1], zone, &error);
  g_assert_no_error (error);
  return work;
}

/* What lies between is also what leads from one end to the other. */
static void
test_table (void)
{
  g_auto (GStrv) lines = lines_of ("work-time.tsv");
  guint n = 0;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      gint64 from, to;
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      g_test_message ("line %u: %s", i + 1, lines[i]);
      g_assert_cmpuint (g_strv_length (cells), ==, 6);
      g_autoptr (MhWorkTime) work = work_of (cells);
      g_assert_true (mh_instant_parse (cells[3], &from) && mh_instant_parse (cells[4], &to));
      gint64 length = g_ascii_strtoll (cells[5], NULL, 10) * MH_MINUTE;
      g_assert_cmpint (mh_work_time_between (work, from, to), ==, length);
      gint64 reached = mh_work_time_after (work, from, length);
      g_assert_cmpint (mh_work_time_between (work, from, reached), ==, length);
      g_assert_cmpint (reached, <=, MAX (from, to));
      n++;
    }
  g_assert_cmpuint (n, ==, 19);
}

static void
test_unreadable (void)
{
  static const char *const hours[] = { "mon",
                                       "mon 8:00-20:00",
                                       "mon 08:00-08:00",
                                       "mon 20:00-08:00",
                                       "mon 08:00-24:01",
                                       "foo 08:00-20:00",
                                       "mon-fri 08:00-20:00; wed 09:00-10:00",
                                       "mon 10:00-12:00 11:00-13:00",
                                       "08:00-20:00",
                                       "mon 08:60-20:00" };
  static const char *const holidays[] = { "26-01", "2026-13-01", "2026-02-30", "x" };
  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (mh_work_time_new (hours[i], NULL, NULL, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (mh_work_time_new ("", holidays[i], NULL, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
    }
}

/* Each day of three years is a holiday: it never opens. */
static void
test_never (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  for (MhDate day = { 2024, 1, 1 }; day.year == 2024;
       day = mh_date_from_days (mh_date_to_days (day) + 1))
    g_string_append_printf (all, "%02d-%02d ", day.month, day.day);
  g_autoptr (MhWorkTime) work = mh_work_time_new ("", all->str, NULL, NULL);
  g_assert_cmpint (mh_work_time_after (work, 0, 1), ==, G_MAXINT64);
  g_assert_cmpint (mh_work_time_between (work, 0, 400 * MH_DAY), ==, 0);
}

static void
test_rank (void)
{
  static const struct
  {
    gint64 n;
    guint percent;
    gint64 rank;
  } cases[] = { { 0, 50, 0 },   { 1, 50, 1 },   { 2, 50, 1 },    { 3, 50, 2 },    { 4, 50, 2 },
                { 5, 50, 3 },   { 1, 90, 1 },   { 9, 90, 9 },    { 10, 90, 9 },   { 11, 90, 10 },
                { 20, 90, 18 }, { 21, 90, 19 }, { 100, 90, 90 }, { 101, 90, 91 }, { 10, 100, 10 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mh_nearest_rank (cases[i].n, cases[i].percent), ==, cases[i].rank);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;
  return one < other ? -1 : one > other;
}

/* Against sorting: few values often alike, many, in order, the other way round. */
static void
test_value (void)
{
  static const gint64 spreads[] = { 1, 3, 1000000 };
  gint64 values[257], ordered[G_N_ELEMENTS (values)];
  g_assert_cmpint (mh_nearest_value (values, 0, 50), ==, -1);
  for (guint round = 0; round < 1500; round++)
    {
      guint n = (guint)g_test_rand_int_range (1, G_N_ELEMENTS (values) + 1);
      guint percent = (guint)g_test_rand_int_range (1, 101);
      gint64 spread = spreads[round % G_N_ELEMENTS (spreads)];
      for (guint i = 0; i < n; i++)
        values[i] = g_test_rand_int_range (0, (int)spread);
      if (round % 5 == 1)
        qsort (values, n, sizeof *values, compare);
      for (guint i = 0; round % 5 == 2 && i < n; i++)
        values[i] = n - i;
      memcpy (ordered, values, sizeof values);
      qsort (ordered, n, sizeof *ordered, compare);
      g_assert_cmpint (mh_nearest_value (values, n, percent), ==,
                       ordered[mh_nearest_rank (n, percent) - 1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/work-time/table", test_table);
  g_test_add_func ("/work-time/unreadable", test_unreadable);
  g_test_add_func ("/work-time/never", test_never);
  g_test_add_func ("/work-time/nearest-rank", test_rank);
  g_test_add_func ("/work-time/nearest-value", test_value);
  return g_test_run ();
}
