/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts that are loaded late: what is there, what is missing, and that the server does without. */
#include "server/platform/late/mh-late.h"

#include <string.h>

#include "server/platform/late/mh-late-calendar.h"
#include "shared/base/mh-error.h"

static void
test_found (void)
{
  g_autoptr (GError) error = NULL;
  typeof (&mh_late_calendar) write = mh_late_find ("calendar", "mh_late_calendar", &error);
  g_assert_no_error (error);
  g_assert_true (write == mh_late_find ("calendar", "mh_late_calendar", NULL));
  const MhLateEvent event
      = { .uid = "one", .summary = "Visit", .where = "Ward", .start = 0, .end = 60 };
  g_autoptr (GBytes) bytes = write ("Names", &event, 1, 0);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (text, "SUMMARY:Visit\r\n"));
  g_assert_nonnull (strstr (text, "DTSTART:19700101T000000Z\r\n"));
}

static void
test_missing (void)
{
  static const char *const rows[][2]
      = { { "nothing", "mh_late_calendar" }, { "calendar", "mh_late_nothing" } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (mh_late_find (rows[i][0], rows[i][1], &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INTERNAL);
      g_assert_nonnull (strstr (error->message, i == 0 ? "libmh-late-nothing.so" : rows[i][1]));
    }
}

/* Each part's libraries are no part of the server from its start. */
static void
test_not_linked (void)
{
  static const char *const names[] = { "libpq.", "libcurl.", "libqpdf.", "libical.", "libcrypto." };
  g_autofree char *out = NULL;
  const char *command[] = { "ldd", MH_SERVER, NULL };
  int status = 1;
  g_assert_true (g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (out, "libsoup-3"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_null (strstr (out, names[i]));
}

/* It finds them without being told where. */
static void
test_folder (void)
{
  g_autofree char *out = NULL;
  g_autofree char *folder = g_path_get_dirname (MH_SERVER);
  const char *command[] = { "readelf", "-d", MH_SERVER, NULL };
  g_assert_true (g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
                               NULL, NULL, NULL));
  const char *path = strstr (out, "(RUNPATH)");
  g_assert_nonnull (path);
  g_assert_nonnull (strstr (path, folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/late/found", test_found);
  g_test_add_func ("/late/missing", test_missing);
  g_test_add_func ("/late/not-linked", test_not_linked);
  g_test_add_func ("/late/folder", test_folder);
  return g_test_run ();
}
