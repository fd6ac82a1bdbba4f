/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets the work, row by row of tests/data/assignment.tsv and shifts.tsv. */
#include <string.h>

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/records/lab/mh-test.h"
#include "shared/rules/lab/mh-assign.h"

typedef void (*RowFunc) (char **cells);

static guint
each_row (const char *file, guint n_cells, RowFunc func)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] == '#' || lines[i][0] == '\0' || g_str_has_prefix (lines[i], "case\t"))
        continue;
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      g_assert_cmpuint (g_strv_length (cells), ==, n_cells);
      g_test_message ("%s", cells[0]);
      func (cells);
      n++;
    }
  return n;
}

static GStrv
list_of (const char *text)
{
  return strcmp (text, "*") == 0   ? NULL
         : strcmp (text, "-") == 0 ? g_new0 (char *, 1)
                                   : g_strsplit (text, "+", -1);
}

static void
check_choice (char **cells)
{
  MhAssignPerson people[8] = { 0 };
  guint n = 0;
  g_auto (GStrv) rows = g_strsplit (strcmp (cells[1], "-") == 0 ? "" : cells[1], " ", -1);
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  for (; rows[n] != NULL; n++)
    {
      char **part = g_strsplit (rows[n], ",", -1);
      GStrv benches = list_of (part[2]);
      g_ptr_array_add (keep, part);
      if (benches != NULL)
        g_ptr_array_add (keep, benches);
      people[n] = (MhAssignPerson){ part[0], part[1][0] == 'y', (const char *const *)benches,
                                    atoi (part[3]), atoi (part[4]) };
    }
  g_auto (GStrv) benches = list_of (cells[2]);
  g_auto (GStrv) excluded = list_of (cells[3]);
  MhAssignWork work = { (const char *const *)benches, (const char *const *)excluded };
  const MhAssignPerson *best = mh_assign_choose (people, n, &work);
  g_assert_cmpstr (best != NULL ? best->id : "-", ==, cells[4]);
}

static void
test_choice (void)
{
  g_assert_cmpuint (each_row ("assignment.tsv", 5, check_choice), ==, 21);
}

static const char *
cell (const char *text)
{
  return strcmp (text, "-") == 0 ? NULL : text;
}

static void
check_shift (char **cells)
{
  g_autoptr (GPtrArray) shifts = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) rows = g_strsplit (strcmp (cells[1], "-") == 0 ? "" : cells[1], " ", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    {
      static const guint fields[]
          = { MH_SHIFT_FROM_DATE, MH_SHIFT_UNTIL_DATE, MH_SHIFT_STARTS, MH_SHIFT_ENDS };
      g_auto (GStrv) part = g_strsplit (rows[i], ",", -1);
      g_auto (GStrv) days = list_of (part[1]);
      MhRecord *shift = mh_record_new (&mh_shift_type);
      mh_record_set_text (shift, MH_SHIFT_KIND, part[0]);
      mh_record_set_list (shift, MH_SHIFT_WEEKDAYS, (const char *const *)days);
      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        mh_record_set_text (shift, fields[k], cell (part[2 + k]));
      g_ptr_array_add (shifts, shift);
    }
  MhDate day;
  gboolean planned;
  int minute = atoi (cells[3]) * 60 + atoi (cells[3] + 3);
  g_assert_true (mh_date_parse (cells[2], &day));
  gboolean on = mh_assign_on_shift (shifts, day, minute, &planned);
  g_autofree char *text = mh_assign_shift_text (shifts, day, minute);
  g_assert_cmpint (planned, ==, cells[4][0] == 'y');
  g_assert_cmpint (on, ==, cells[5][0] == 'y');
  g_assert_cmpstr (text, ==, cell (cells[6]));
}

static void
test_shifts (void)
{
  g_assert_cmpuint (each_row ("shifts.tsv", 7, check_shift), ==, 29);
}

static MhRecord *
order (const char *priority, gint64 promised, gint64 ordered)
{
  MhRecord *made = mh_record_new (&mh_order_type);
  mh_record_set_text (made, MH_ORDER_PRIORITY, priority);
  mh_record_set_int (made, MH_ORDER_PROMISED_AT, promised);
  mh_record_set_int (made, MH_ORDER_ORDERED_AT, ordered);
  return made;
}

static void
test_stat_first (void)
{
  /* in the order in which they are given out */
  MhRecord *row[] = { order (MH_PRIORITY_STAT, 90, 9),   order (MH_PRIORITY_STAT, 91, 1),
                      order (MH_PRIORITY_URGENT, 10, 1), order (MH_PRIORITY_ROUTINE, 5, 3),
                      order (MH_PRIORITY_ROUTINE, 5, 4), order (MH_PRIORITY_ROUTINE, 6, 2) };
  for (guint i = 0; i < G_N_ELEMENTS (row); i++)
    for (guint k = 0; k < G_N_ELEMENTS (row); k++)
      {
        int by = mh_assign_compare (row[i], row[k]);
        g_assert_cmpint ((by > 0) - (by < 0), ==, (i > k) - (i < k));
      }
  for (guint i = 0; i < G_N_ELEMENTS (row); i++)
    g_object_unref (row[i]);
}

static gint64
left (const char *status, guint tubes, const char *states, gint64 minutes)
{
  g_autoptr (MhRecord) made = mh_record_new (&mh_order_type);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) list = g_strsplit (states, " ", -1);
  mh_record_set_text (made, MH_ORDER_STATUS, status);
  mh_record_set_int (made, MH_ORDER_N_SAMPLES, tubes);
  for (guint i = 0; list[i] != NULL; i++)
    {
      MhRecord *item = mh_record_new (&mh_order_item_type);
      mh_record_set_text (item, MH_ORDER_ITEM_STATUS, list[i]);
      if (minutes >= 0)
        mh_record_set_int (item, MH_ORDER_ITEM_MINUTES, minutes);
      g_ptr_array_add (items, item);
    }
  return mh_assign_open_minutes (made, items);
}

static void
test_minutes (void)
{
  g_autoptr (MhRecord) test = mh_record_new (&mh_test_type);
  g_autoptr (MhRecord) bench = mh_record_new (&mh_bench_type);
  g_assert_cmpint (mh_assign_minutes (NULL, NULL), ==, 3);
  g_assert_cmpint (mh_assign_minutes (test, bench), ==, 3);
  mh_record_set_int (bench, MH_BENCH_EXPECTED_MINUTES, 7);
  g_assert_cmpint (mh_assign_minutes (test, bench), ==, 7);
  mh_record_set_int (test, MH_TEST_EXPECTED_MINUTES, 0);
  g_assert_cmpint (mh_assign_minutes (test, bench), ==, 0);

  g_assert_cmpint (left ("placed", 2, "to_collect to_collect", 5), ==, 18);
  g_assert_cmpint (left ("collected", 1, "collected", -1), ==, 7);
  g_assert_cmpint (left ("processing", 2, "received to_collect", 5), ==, 10);
  g_assert_cmpint (left ("processing", 2, "received resulted verified cancelled", 5), ==, 5);
  g_assert_cmpint (left ("resulted", 1, "resulted", 5), ==, 0);
  g_assert_cmpint (left ("completed", 1, "verified", 5), ==, 0);
  g_assert_cmpint (left ("cancelled", 1, "to_collect", 5), ==, 0);
  g_assert_cmpint (left ("expired", 1, "to_collect", 5), ==, 0);
}

static void
test_codes (void)
{
  static const char reasons[] = "...YYYYYY";
  for (guint i = 0; mh_assigned_reason_codes[i].code != NULL; i++)
    g_assert_cmpint (mh_assign_is_manual (mh_assigned_reason_codes[i].code), ==, reasons[i] == 'Y');
  g_assert_false (mh_assign_is_manual (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/assign/choice", test_choice);
  g_test_add_func ("/rules/assign/shifts", test_shifts);
  g_test_add_func ("/rules/assign/stat-first", test_stat_first);
  g_test_add_func ("/rules/assign/minutes", test_minutes);
  g_test_add_func ("/rules/assign/codes", test_codes);
  return g_test_run ();
}
