/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slots, quotas, steps and turns, by table. */
#include "shared/base/mh-clock.h"
#include "shared/rules/clinic/mh-slots.h"

#include <string.h>

typedef void (*RowFunc) (char **cells);

/* Each line of the table but those that begin with #; exactly @n of them with @n_cells. */
static void
each_row (const char *name, guint n_cells, guint n, RowFunc func)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), name, NULL);
  g_autofree char *text = NULL;
  guint found = 0;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      g_test_message ("%s line %u: %s", name, i + 1, lines[i]);
      g_assert_cmpuint (g_strv_length (cells), ==, n_cells);
      func (cells);
      found++;
    }
  g_assert_cmpuint (found, ==, n);
}

static gint64
number (const char *text)
{
  return g_ascii_strtoll (text, NULL, 10);
}

static gboolean
yes (const char *text)
{
  g_assert_true (g_str_equal (text, "yes") || g_str_equal (text, "no"));
  return text[0] == 'y';
}

static gint64
instant (const char *text)
{
  gint64 at = 0;
  g_assert_true (mh_instant_parse (text, &at));
  return at;
}

static void
overlap_row (char **cells)
{
  gint64 a = number (cells[0]), b = number (cells[1]), c = number (cells[2]), d = number (cells[3]);
  g_assert_cmpint (mh_slots_overlap (a, b, c, d), ==, yes (cells[4]));
  g_assert_cmpint (mh_slots_overlap (c, d, a, b), ==, yes (cells[4]));
}

static void
test_overlap (void)
{
  each_row ("slots-overlap.tsv", 5, 11, overlap_row);
}

/* Stretches on the five-minute grid share a step exactly when they overlap: the database's key says
 * the same as the rule. */
static void
test_ticks (void)
{
  const gint64 step = 5 * MH_MINUTE;
  for (gint64 a = -3; a < 4; a++)
    for (gint64 b = a + 1; b < 5; b++)
      for (gint64 c = -3; c < 4; c++)
        for (gint64 d = c + 1; d < 5; d++)
          {
            gint64 first = mh_slots_tick (a * step), other = mh_slots_tick (c * step);
            gint64 n = mh_slots_n_ticks (a * step, b * step);
            gint64 m = mh_slots_n_ticks (c * step, d * step);
            g_assert_cmpint (n, ==, b - a);
            g_assert_cmpint (first < other + m && other < first + n, ==,
                             mh_slots_overlap (a * step, b * step, c * step, d * step));
          }
  g_assert_cmpint (mh_slots_tick (step - 1), ==, 0);
  g_assert_cmpint (mh_slots_tick (step), ==, 1);
  g_assert_cmpint (mh_slots_tick (-1), ==, -1);
  g_assert_cmpuint (mh_slots_n_ticks (0, 0), ==, 0);
  g_assert_cmpuint (mh_slots_n_ticks (0, step + 1), ==, 2);
}

static void
quota_row (char **cells)
{
  g_assert_cmpint (mh_slots_overbook_quota (number (cells[0]), number (cells[1])), ==,
                   number (cells[2]));
}

static void
test_quota (void)
{
  each_row ("slots-quota.tsv", 3, 13, quota_row);
}

static void
day_row (char **cells)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cells[1]);
  g_autoptr (MhWorkTime) work = mh_work_time_new (cells[0], NULL, zone, &error);
  g_auto (GStrv) wanted = g_strsplit (cells[4], " ", -1);
  MhDate day;
  g_assert_no_error (error);
  g_assert_true (mh_date_parse (cells[2], &day));
  gint64 minutes = number (cells[3]);
  g_autoptr (GArray) slots = mh_slots_of_day (work, day, minutes);
  g_assert_cmpuint (slots->len, ==, g_str_equal (cells[4], "-") ? 0 : g_strv_length (wanted));
  for (guint i = 0; i < slots->len; i++)
    {
      const MhSlotTime *slot = &g_array_index (slots, MhSlotTime, i);
      g_autofree char *full = g_strconcat (wanted[i], NULL);
      full[strlen (full) - 1] = '\0';
      g_autofree char *text = g_strconcat (full, ":00Z", NULL);
      g_assert_cmpint (slot->start, ==, instant (text));
      g_assert_cmpint (slot->end, ==, slot->start + minutes * MH_MINUTE);
      g_assert_cmpint (slot->end, <=, slot->session_end);
      g_assert_cmpint (slot->start, >=, slot->session_at);
    }
}

static void
test_days (void)
{
  each_row ("slots-days.tsv", 5, 10, day_row);
}

/* "2026-11-23T03:30Z" */
static gint64
minute_instant (const char *text)
{
  g_autofree char *cut = g_strndup (text, strlen (text) - 1);
  g_autofree char *full = g_strconcat (cut, ":00Z", NULL);
  return instant (full);
}

static void
repeat_row (char **cells)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cells[2]);
  g_assert_cmpint (mh_slots_repeat (minute_instant (cells[0]), number (cells[1]), zone), ==,
                   minute_instant (cells[3]));
}

static void
test_repeat (void)
{
  each_row ("slots-repeat.tsv", 4, 6, repeat_row);
}

static void
no_show_row (char **cells)
{
  gint64 start = 1000 * MH_HOUR;
  g_assert_cmpint (
      mh_slots_is_no_show (start, number (cells[1]), start + number (cells[0]) * MH_SECOND), ==,
      yes (cells[2]));
}

static void
test_no_show (void)
{
  each_row ("slots-no-show.tsv", 3, 6, no_show_row);
}

static void
step_row (char **cells)
{
  const char *after = g_str_equal (cells[0], "token")
                          ? mh_slots_token_after_step (cells[1], cells[2])
                          : mh_slots_after_step (cells[1], cells[2]);
  g_assert_cmpstr (after != NULL ? after : "-", ==, cells[3]);
}

static void
test_steps (void)
{
  each_row ("slots-steps.tsv", 4, 96, step_row);
  g_assert_null (mh_slots_after_step (NULL, NULL));
}

static void
valid_row (const char *from, const char *to, const char *day, gboolean wanted)
{
  g_assert_cmpint (mh_slots_is_valid_on (from, to, day), ==, wanted);
}

static void
test_valid (void)
{
  valid_row (NULL, NULL, "2026-11-21", TRUE);
  valid_row ("", "", "2026-11-21", TRUE);
  valid_row ("2026-11-21", NULL, "2026-11-21", TRUE);
  valid_row ("2026-11-21", NULL, "2026-11-20", FALSE);
  valid_row (NULL, "2026-11-21", "2026-11-21", TRUE);
  valid_row (NULL, "2026-11-21", "2026-11-22", FALSE);
}

static void
turn_row (char **cells)
{
  const gint64 now = 1000 * MH_HOUR;
  g_auto (GStrv) who = g_strsplit (g_str_equal (cells[2], "-") ? "" : cells[2], " ", -1);
  guint n = g_strv_length (who);
  g_autofree MhTurn *turns = g_new0 (MhTurn, n + 1);
  g_autoptr (GString) order = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      const char *colon = strchr (who[i], ':');
      turns[i].kind = who[i][0] == 'U'   ? MH_TURN_URGENT
                      : who[i][0] == 'B' ? MH_TURN_BOOKED
                                         : MH_TURN_WALK_IN;
      turns[i].number = number (who[i] + 1);
      turns[i].at = now + (colon != NULL ? number (colon + 1) : 0) * MH_MINUTE;
    }
  gint64 every = number (cells[0]), in_a_row = number (cells[1]);
  g_autoptr (GArray) sorted = mh_slots_turns (turns, n, every, in_a_row, now);
  g_assert_cmpuint (sorted->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const char *one = who[g_array_index (sorted, guint, i)];
      g_string_append_printf (order, "%s%c%c", i > 0 ? " " : "", one[0], one[1]);
    }
  g_assert_cmpstr (n > 0 ? order->str : "-", ==, cells[3]);
  int next = mh_slots_next_turn (turns, n, every, in_a_row, now);
  g_assert_cmpint (next, ==, n > 0 ? (int)g_array_index (sorted, guint, 0) : -1);
}

static void
test_turns (void)
{
  each_row ("turns.tsv", 4, 19, turn_row);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/slots/overlap", test_overlap);
  g_test_add_func ("/rules/slots/ticks", test_ticks);
  g_test_add_func ("/rules/slots/quota", test_quota);
  g_test_add_func ("/rules/slots/days", test_days);
  g_test_add_func ("/rules/slots/valid", test_valid);
  g_test_add_func ("/rules/slots/repeat", test_repeat);
  g_test_add_func ("/rules/slots/no-show", test_no_show);
  g_test_add_func ("/rules/slots/steps", test_steps);
  g_test_add_func ("/rules/slots/turns", test_turns);
  return g_test_run ();
}
