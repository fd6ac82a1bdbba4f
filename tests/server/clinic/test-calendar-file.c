/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a calendar program of somebody else's reads: names, times in UTC, a booking that was called
 * off. */
#include "server/clinic/appointments/mh-calendar-file.h"

#include <string.h>

static void
test_events (void)
{
  const MhCalendarEvent events[] = {
    { .uid = "one", .summary = "Visit; ward", .where = "Ward 3", .start = 0, .end = 60 },
    { .uid = "two", .summary = "Check", .where = "Ward", .end = 60, .cancelled = TRUE },
  };
  static const char *const lines[] = { "X-WR-CALNAME:Names",     "UID:one",
                                       "SUMMARY:Visit\\; ward",  "DTSTART:19700101T000000Z",
                                       "DTEND:19700101T000100Z", "LOCATION:Ward 3",
                                       "STATUS:CONFIRMED",       "STATUS:CANCELLED" };
  g_autoptr (GBytes) bytes = mh_calendar_file ("Names", events, G_N_ELEMENTS (events), 0);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = g_strdup_printf ("\r\n%s\r\n", lines[i]);
      g_assert_nonnull (strstr (text, line));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar-file/events", test_events);
  return g_test_run ();
}
