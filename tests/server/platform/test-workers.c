/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pieces of work a thread takes, and in what order. A piece is a letter: small ones may be
 * taken together, "G" waits until the test lets it go, "L" until all
 * others are done. */
#include "server/platform/http/mh-workers.h"

#include <string.h>

typedef struct
{
  GMutex mutex;
  GCond changed;
  gboolean held; /* G waits */
  guint started; /* how many G */
  guint done, others;
  GString *runs; /* "ab C " */
} Log;

static void
hold (Log *log)
{
  log->started++;
  g_cond_broadcast (&log->changed);
  while (log->held)
    g_cond_wait (&log->changed, &log->mutex);
}

/* As long as all others of the test last. */
static void
last (Log *log)
{
  gint64 until = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;
  while (log->done < log->others)
    g_assert_true (g_cond_wait_until (&log->changed, &log->mutex, until));
}

static void
run (gpointer *items, guint n, gpointer data)
{
  Log *log = data;
  g_mutex_lock (&log->mutex);
  for (guint i = 0; i < n; i++)
    {
      char letter = *(const char *)items[i];
      if (letter == 'G')
        hold (log);
      else if (letter == 'L')
        last (log);
      else
        g_string_append_c (log->runs, letter);
    }
  g_string_append_c (log->runs, ' ');
  log->done += n;
  g_cond_broadcast (&log->changed);
  g_mutex_unlock (&log->mutex);
}

static gboolean
is_small (gconstpointer item)
{
  return g_ascii_islower (*(const char *)item);
}

static void
push (MhWorkers *workers, const char *letters)
{
  for (; *letters != 0; letters++)
    g_assert_true (mh_workers_push (workers, (gpointer)letters));
}

/* Returns when each of @n threads has one. */
static void
push_held (MhWorkers *workers, Log *log, guint n)
{
  log->held = TRUE;
  for (guint i = 0; i < n; i++)
    push (workers, "G");
  g_mutex_lock (&log->mutex);
  while (log->started < n)
    g_cond_wait (&log->changed, &log->mutex);
  g_mutex_unlock (&log->mutex);
}

static void
let_go (Log *log)
{
  g_mutex_lock (&log->mutex);
  log->held = FALSE;
  g_cond_broadcast (&log->changed);
  g_mutex_unlock (&log->mutex);
}

static void
log_clear (Log *log)
{
  g_string_free (log->runs, TRUE);
  g_cond_clear (&log->changed);
  g_mutex_clear (&log->mutex);
}

static void
test_what (void)
{
  static const struct
  {
    const char *waiting, *runs;
    gboolean together;
  } cases[] = {
    { "abc", "abc ", TRUE },
    { "abc", "a b c ", FALSE },
    { "ABC", "A B C ", TRUE },
    { "abCdeF", "ab C de F ", TRUE },
    { "Cab", "C ab ", TRUE },
    { "abcdefghijklmnop", "abcdefghijklmnop ", TRUE },
    { "abcdefghijklmnopq", "abcdefghijklmnop q ", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Log log = { .runs = g_string_new (NULL) };
      MhWorkers *workers
          = mh_workers_new ("test", 1, 100, cases[i].together ? is_small : NULL, run, &log);
      push_held (workers, &log, 1);
      push (workers, cases[i].waiting);
      g_assert_cmpuint (mh_workers_waiting (workers), ==, strlen (cases[i].waiting));
      let_go (&log);
      mh_workers_free (workers);
      g_autofree char *expected = g_strconcat (" ", cases[i].runs, NULL);
      g_assert_cmpstr (log.runs->str, ==, expected);
      log_clear (&log);
    }
}

/* What came behind a long piece is done by the other thread: taken with it, it would wait here
 * until the test fails. */
static void
test_behind_a_long_one (void)
{
  Log log = { .runs = g_string_new (NULL), .others = 8 };
  MhWorkers *workers = mh_workers_new ("test", 2, 100, is_small, run, &log);
  push_held (workers, &log, 2);
  push (workers, "LABCabc");
  let_go (&log);
  mh_workers_free (workers);
  g_assert_cmpuint (log.done, ==, 9);
  log_clear (&log);
}

static void
test_full (void)
{
  Log log = { .runs = g_string_new (NULL) };
  MhWorkers *workers = mh_workers_new ("test", 1, 3, is_small, run, &log);
  push_held (workers, &log, 1);
  push (workers, "ABC");
  g_assert_false (mh_workers_push (workers, (gpointer) "D"));
  let_go (&log);
  mh_workers_free (workers);
  g_assert_cmpstr (log.runs->str, ==, " A B C ");
  log_clear (&log);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workers/what-is-taken", test_what);
  g_test_add_func ("/workers/behind-a-long-one", test_behind_a_long_one);
  g_test_add_func ("/workers/full", test_full);
  return g_test_run ();
}
