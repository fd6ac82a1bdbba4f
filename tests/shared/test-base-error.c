/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors, the clock and ids. */
#include "shared/base/mh-clock.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_issues (void)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (mh_issues_count (NULL), ==, 0);
  g_assert_true (mh_issues_raise (NULL, &error));
  g_assert_true (mh_issues_raise (issues, &error));
  g_assert_no_error (error);
  mh_issues_add (issues, "phone", "format", "The phone has %d digits.", 3);
  mh_issues_add (issues, "name", "required", "Please type a name.");
  g_assert_cmpuint (mh_issues_count (issues), ==, 2);
  g_assert_cmpstr (mh_issues_find (issues, "name")->code, ==, "required");
  g_assert_null (mh_issues_find (issues, "age"));
  g_assert_false (mh_issues_raise (issues, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_autoptr (GError) copy = g_error_copy (error);
  const MhIssues *carried = mh_error_get_issues (copy);
  g_assert_cmpuint (mh_issues_count (carried), ==, 2);
  g_assert_cmpstr (mh_issues_nth (carried, 0)->message, ==, "The phone has 3 digits.");
}

static void
test_kinds (void)
{
  static const struct
  {
    MhErrorKind kind;
    int status;
  } rows[]
      = { { MH_ERROR_MALFORMED, 400 }, { MH_ERROR_UNAUTHORIZED, 401 }, { MH_ERROR_FORBIDDEN, 403 },
          { MH_ERROR_NOT_FOUND, 404 }, { MH_ERROR_NO_METHOD, 405 },    { MH_ERROR_CONFLICT, 409 },
          { MH_ERROR_STALE, 412 },     { MH_ERROR_TOO_LARGE, 413 },    { MH_ERROR_MEDIA_TYPE, 415 },
          { MH_ERROR_INVALID, 422 },   { MH_ERROR_RATE, 429 },         { MH_ERROR_INTERNAL, 500 },
          { MH_ERROR_BUSY, 503 } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      mh_error_set (&error, rows[i].kind, "No %s.", "luck");
      g_assert_error (error, MH_ERROR, (int)rows[i].kind);
      g_assert_cmpstr (error->message, ==, "No luck.");
      g_assert_cmpint (mh_error_status (error), ==, rows[i].status);
      g_assert_cmpint (mh_error_kind_from_status (rows[i].status), ==, rows[i].kind);
      g_assert_null (mh_error_get_issues (error));
    }
  g_autoptr (GError) store = NULL;
  mh_error_set (&store, MH_ERROR_STORE, "No.");
  g_assert_cmpint (mh_error_status (store), ==, 500);
  mh_error_set (NULL, MH_ERROR_STORE, "No."); /* nobody listens */
}

static void
test_attachments (void)
{
  g_autoptr (GError) field = NULL, stale = NULL, rate = NULL;
  mh_error_set_field (&field, "date", "format", "Day %d is none.", 32);
  g_assert_error (field, MH_ERROR, MH_ERROR_INVALID);
  g_assert_cmpstr (mh_issues_nth (mh_error_get_issues (field), 0)->field, ==, "date");
  mh_error_set_stale (&stale, "{\"version\":2}");
  g_assert_error (stale, MH_ERROR, MH_ERROR_STALE);
  g_assert_cmpstr (mh_error_get_current (stale), ==, "{\"version\":2}");
  mh_error_set_retry (&rate, MH_ERROR_RATE, 30, "Later.");
  g_assert_error (rate, MH_ERROR, MH_ERROR_RATE);
  g_assert_cmpuint (mh_error_get_retry_after (rate), ==, 30);
  g_autoptr (GError) other = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_assert_null (mh_error_get_issues (other));
  g_assert_null (mh_error_get_current (other));
  g_assert_cmpuint (mh_error_get_retry_after (other), ==, 0);
  g_assert_cmpint (mh_error_status (other), ==, 500);
}

static void
test_clock (void)
{
  g_autoptr (MhClock) real = mh_clock_new ();
  g_autoptr (MhClock) fixed = mh_clock_new_at (1000);
  gint64 before = g_get_real_time ();
  gint64 now = mh_clock_now (real);
  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
  g_assert_cmpint (mh_clock_now (fixed), ==, 1000);
  mh_clock_advance (fixed, 2 * MH_SECOND);
  g_assert_cmpint (mh_clock_now (fixed), ==, 2001000);
  mh_clock_set (fixed, 5);
  g_autoptr (MhClock) same = mh_clock_ref (fixed);
  g_assert_cmpint (mh_clock_now (same), ==, 5);
  g_assert_cmpint (mh_clock_now (NULL), >=, before);
  mh_clock_unref (NULL);
}

static void
test_ids (void)
{
  g_autofree char *last = mh_id_new ();
  for (int i = 0; i < 20000; i++)
    {
      char *next = mh_id_new ();
      g_assert_true (mh_id_is_valid (next));
      g_assert_cmpint (next[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", next[19]));
      g_assert_cmpint (strcmp (last, next), <, 0);
      g_free (last);
      last = next;
    }
  static const guint8 random[10] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  g_autofree char *made = mh_id_new_from (0x0123456789ab, random);
  g_assert_cmpint (mh_id_time (made), ==, G_GINT64_CONSTANT (0x0123456789ab) * 1000);
  g_assert_cmpint (mh_id_time ("01932f5e-7c1a-4b3c-8d4e-5f6071829304"), ==, 0);
  g_assert_cmpint (mh_id_time (NULL), ==, 0);
  g_assert_cmpstr (made, ==, "01234567-89ab-7fff-bfff-ffffffffffff");
  g_assert_true (mh_id_is_valid ("01932f5e-7c1a-7b3c-8d4e-5f6071829304"));
  g_assert_false (mh_id_is_valid ("01932F5E-7C1A-7B3C-8D4E-5F6071829304"));
  static const char *const bad[] = { "",
                                     "01932f5e-7c1a-7b3c-8d4e-5f607182930",
                                     "01932f5e-7c1a-7b3c-8d4e-5f60718293045",
                                     "01932f5e7c1a-7b3c-8d4e-5f60718293041",
                                     "g1932f5e-7c1a-7b3c-8d4e-5f6071829304",
                                     "{1932f5e-7c1a-7b3c-8d4e-5f607182930}",
                                     "01932f5e-7c1a-7b3c-8d4e_5f6071829304" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mh_id_is_valid (bad[i]));
  g_assert_false (mh_id_is_valid (NULL));
}

/* A process that was split in two does not make the same ids twice. */
static void
test_ids_apart (void)
{
  char theirs[MH_ID_LENGTH + 1] = "";
  int fds[2];
  g_autofree char *before = mh_id_new ();
  g_assert_cmpint (pipe (fds), ==, 0);
  pid_t child = fork ();
  if (child == 0)
    {
      char *id = mh_id_new ();
      _exit (write (fds[1], id, MH_ID_LENGTH) == MH_ID_LENGTH ? 0 : 1);
    }
  g_autofree char *ours = mh_id_new ();
  g_assert_cmpint (read (fds[0], theirs, MH_ID_LENGTH), ==, MH_ID_LENGTH);
  waitpid (child, NULL, 0);
  close (fds[0]);
  close (fds[1]);
  g_assert_true (mh_id_is_valid (theirs));
  g_assert_cmpstr (before + 19, !=, ours + 19);
  /* behind the time and the count there is nothing but chance */
  g_assert_cmpstr (theirs + 19, !=, ours + 19);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/issues", test_issues);
  g_test_add_func ("/base/error/kinds", test_kinds);
  g_test_add_func ("/base/error/attachments", test_attachments);
  g_test_add_func ("/base/clock", test_clock);
  g_test_add_func ("/base/ids", test_ids);
  g_test_add_func ("/base/ids-apart", test_ids_apart);
  return g_test_run ();
}
