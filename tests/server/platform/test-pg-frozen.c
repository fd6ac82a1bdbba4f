/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every process of a PostgreSQL cluster of our own is stopped (SIGSTOP), as a machine that hangs or
 * a cable that is cut would do it: no connection breaks, nobody answers. The server says so in
 * words, recovers by itself, and no order is lost or placed twice. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/platform/store/mh-store.h"
#include "shared/base/mh-id.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define DESKS 8
#define ORDERS 160
#define FREEZES 3
#define TOO_LONG 60 /* seconds that a frozen database may hold us: the test has failed */

typedef struct
{
  Program program;
  char *url;
  char *token;
  GPtrArray *patients;
  GArray *pids; /* what was stopped */
  char *ids[ORDERS];
  char *keys[ORDERS];
  int next, acknowledged, refused;
} Day;

static const char sql_pids[] = "SELECT pid FROM pg_stat_activity";
static const char sql_order[] = "SELECT count(*) FROM lab_order WHERE id = $1";
static const char sql_waits[]
    = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query = $1";
static const char sql_orders[] = "SELECT count(*) FROM lab_order";

/* --- the cluster --- */

static int
parent_of (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return atoi (strrchr (text, ')') + 4);
}

/* The parent first, so that nobody new comes after. */
static void
freeze (Day *day)
{
  g_autoptr (GError) error = NULL;
  const MhTestDb test = { day->url, TRUE };
  g_autoptr (MhDb) db = mh_test_connect (&test, 0, NULL);
  day->pids = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (MhRows) rows = mh_db_query (db, sql_pids, MH_NO_ARGS, &error);
      g_assert_no_error (error);
      g_array_set_size (day->pids, MIN (day->pids->len, 1));
      while (mh_rows_next (rows, NULL))
        {
          int pid = (int)mh_rows_int (rows, 0);
          int parent = parent_of (pid);
          if (day->pids->len == 0)
            {
              g_array_append_val (day->pids, parent);
              g_assert_cmpint (kill (parent, SIGSTOP), ==, 0);
            }
          g_array_append_val (day->pids, pid);
        }
    }
  for (guint i = 1; i < day->pids->len; i++)
    kill (g_array_index (day->pids, int, i), SIGSTOP);
}

static void
thaw (Day *day)
{
  for (guint i = day->pids->len; i > 0; i--)
    kill (g_array_index (day->pids, int, i - 1), SIGCONT);
  g_clear_pointer (&day->pids, g_array_unref);
}

static Day *the_day;

/* Whatever goes wrong, the cluster can end. */
static void
thaw_at_last (int signal)
{
  static const char words[] = "Bail out! The frozen database held a request.\n";
  for (guint i = 0; the_day->pids != NULL && i < the_day->pids->len; i++)
    kill (g_array_index (the_day->pids, int, i), SIGCONT);
  if (write (STDOUT_FILENO, words, sizeof words - 1) < 0)
    _exit (2);
  _exit (1);
}

/* --- the hospital --- */

/* Each case begins in an empty database. */
static char *
own_schema (void)
{
  static guint n = 0;
  const MhTestDb test = { (char *)g_getenv ("MAHIMA_TEST_PG"), TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (&test, 0, NULL);
  g_autofree char *sql = g_strdup_printf ("CREATE SCHEMA case_%u", ++n);
  mh_assert_ok (mh_db_script (db, sql, &error), error);
  return g_strdup_printf ("%s&options=-csearch_path%%3Dcase_%u", test.url, n);
}

static Day *
day_new (void)
{
  Day *day = g_new0 (Day, 1);
  the_day = day;
  day->url = own_schema ();
  for (guint i = 0; i < ORDERS; i++)
    {
      day->ids[i] = mh_id_new ();
      day->keys[i] = mh_id_new ();
    }
  program_make (&day->program, day->url);
  program_start (&day->program);
  day->token = program_sign_in (&day->program, "reception");
  g_assert_nonnull (day->token);
  day->patients = program_patients (&day->program, day->token, 20);
  signal (SIGALRM, thaw_at_last);
  signal (SIGABRT, thaw_at_last);
  return day;
}

static void
day_free (Day *day)
{
  program_free (&day->program);
  for (guint i = 0; i < ORDERS; i++)
    {
      g_free (day->ids[i]);
      g_free (day->keys[i]);
    }
  g_ptr_array_unref (day->patients);
  g_free (day->token);
  g_free (day->url);
  g_free (day);
}

static Answer *
get (Day *day, const char *path)
{
  return ask (day->program.port, "GET", path, day->token, NULL, NULL);
}

static Answer *
place (Day *day, guint index)
{
  const char *patient = g_ptr_array_index (day->patients, index % day->patients->len);
  g_autofree char *headers = g_strdup_printf (
      "Content-Type: application/json\r\nIdempotency-Key: %s\r\n", day->keys[index]);
  g_autofree char *body
      = g_strdup_printf ("{\"id\":\"%s\",\"patient_id\":\"%s\",\"items\":[{\"test\":\"CBC\"}],"
                         "\"payment_method\":\"cash\",\"priority\":\"routine\"}",
                         day->ids[index], patient);
  return ask (day->program.port, "POST", "/api/v1/orders", day->token, headers, body);
}

static gboolean
is_ready (Day *day)
{
  g_autoptr (Answer) answer = ask (day->program.port, "GET", "/health/ready", NULL, NULL, NULL);
  return answer->status == 200;
}

static void
wait_until (Day *day, gboolean ready)
{
  alarm (TOO_LONG);
  while (is_ready (day) != ready)
    g_usleep (50 * 1000);
  alarm (0);
}

static gint64
count (Day *day, const char *sql, const char *id)
{
  g_autoptr (GError) error = NULL;
  const MhTestDb test = { day->url, TRUE };
  g_autoptr (MhDb) db = mh_test_connect (&test, 0, NULL);
  MhArg arg = MH_TEXT (id);
  g_autoptr (MhRows) rows = mh_db_query (db, sql, &arg, id != NULL ? 1 : 0, &error);
  g_assert_no_error (error);
  g_assert_true (mh_rows_next (rows, NULL));
  return mh_rows_int (rows, 0);
}

/* --- cases --- */

static void
assert_told_to_come_again (Answer *answer, const char *what, gint64 start)
{
  g_autofree char *retry = answer_header (answer, "Retry-After");
  g_test_message ("%s: %u after %.2f s", what, answer->status,
                  (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_nonnull (retry);
  g_assert_cmpint (atoi (retry), >=, 1);
}

static gpointer
read_in_thread (gpointer data)
{
  Day *day = data;
  g_autofree char *path
      = g_strconcat ("/api/v1/patients/", (const char *)g_ptr_array_index (day->patients, 1), NULL);
  return get (day, path);
}

static gpointer
write_in_thread (gpointer data)
{
  return place (data, 0);
}

/* All is asked while nobody answers, and answered before the database awakes: it awakes only after
 * the last of them. */
static void
test_told (void)
{
  Day *day = day_new ();
  g_autoptr (GError) error = NULL;
  const MhStoreConfig config = { .url = day->url, .readers = 1 };
  MhStore *other = mh_store_open (&config, FALSE, &error);
  g_assert_no_error (error);
  alarm (TOO_LONG);
  freeze (day);
  gint64 start = g_get_monotonic_time ();
  GThread *reader = g_thread_new ("reader", read_in_thread, day);
  GThread *writer = g_thread_new ("writer", write_in_thread, day);
  g_autoptr (Answer) live = get (day, "/health/live");
  g_assert_cmpuint (live->status, ==, 200);
  wait_until (day, FALSE);
  g_test_message ("not ready after %.2f s",
                  (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  alarm (TOO_LONG);
  g_autoptr (Answer) read = g_thread_join (reader);
  assert_told_to_come_again (read, "a read", start);
  g_autoptr (Answer) write = g_thread_join (writer);
  assert_told_to_come_again (write, "a write", start);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Answer) list = get (day, "/api/v1/orders?limit=5");
      g_autoptr (Answer) again = place (day, 0);
      assert_told_to_come_again (list, "a list", start);
      assert_told_to_come_again (again, "the same write", start);
    }
  g_autoptr (Answer) ready = get (day, "/health/ready");
  g_assert_nonnull (strstr (ready->body, "The database does not answer."));
  thaw (day);
  wait_until (day, TRUE);
  gint64 heard = mh_store_feed_seq (other);
  g_autoptr (Answer) done = place (day, 0);
  g_assert_cmpuint (done->status, ==, 201);
  g_assert_cmpint (count (day, sql_order, day->ids[0]), ==, 1);
  alarm (TOO_LONG);
  while (mh_store_feed_seq (other) <= heard)
    g_usleep (20 * 1000);
  alarm (0);
  mh_store_close (other);
  g_assert_cmpint (program_end (&day->program, SIGTERM), ==, 0);
  day_free (day);
}

static gpointer
run_desk (gpointer data)
{
  Day *day = data;
  for (int index; (index = g_atomic_int_add (&day->next, 1)) < ORDERS;)
    for (gboolean done = FALSE; !done;)
      {
        g_autoptr (Answer) answer = place (day, (guint)index);
        done = answer->status == 201;
        if (!done && answer->status != 503)
          g_error ("An order got %u: %s", answer->status, answer->body);
        g_atomic_int_add (done ? &day->acknowledged : &day->refused, 1);
        if (!done)
          g_usleep (50 * 1000);
      }
  return NULL;
}

/* Frozen in the midst of many orders: some had been committed and nobody heard the answer. */
static void
test_once (void)
{
  Day *day = day_new ();
  GThread *desks[DESKS];
  gint64 before = count (day, sql_orders, NULL);
  for (guint i = 0; i < DESKS; i++)
    desks[i] = g_thread_new ("desk", run_desk, day);
  for (guint i = 1; i <= FREEZES; i++)
    {
      while (g_atomic_int_get (&day->acknowledged) < (int)(ORDERS * i / (FREEZES + 1)))
        g_usleep (500);
      int refused = g_atomic_int_get (&day->refused);
      alarm (TOO_LONG);
      freeze (day);
      while (g_atomic_int_get (&day->refused) < refused + DESKS)
        g_usleep (1000);
      thaw (day);
      alarm (0);
    }
  for (guint i = 0; i < DESKS; i++)
    g_thread_join (desks[i]);
  for (guint i = 0; i < ORDERS; i++)
    g_assert_cmpint (count (day, sql_order, day->ids[i]), ==, 1);
  g_assert_cmpint (count (day, sql_orders, NULL), ==, before + ORDERS);
  g_assert_cmpint (program_end (&day->program, SIGTERM), ==, 0);
  g_assert_cmpint (program_ctl (&day->program, "audit", "verify", NULL), ==, 0);
  day_free (day);
}

static void
tell_cluster (Day *day, const char *sql)
{
  g_autoptr (GError) error = NULL;
  const MhTestDb test = { day->url, TRUE };
  g_autoptr (MhDb) db = mh_test_connect (&test, 0, NULL);
  mh_assert_ok (mh_db_script (db, sql, &error), error);
}

static void
wait_for_standby (Day *day, const char *statement)
{
  alarm (TOO_LONG);
  while (count (day, sql_waits, statement) == 0)
    g_usleep (20 * 1000);
  alarm (0);
}

static gpointer
place_next (gpointer data)
{
  Day *day = data;
  Answer *answer = place (day, (guint)day->next);
  g_atomic_int_set (&day->acknowledged, 1);
  return answer;
}

/* TRUE: it was the order's COMMIT that was cancelled, and not that of something else the server had
 * to write at that moment. */
static gboolean
cancel_one_commit (Day *day)
{
  g_atomic_int_set (&day->acknowledged, 0);
  tell_cluster (day, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
  tell_cluster (day, "SELECT pg_reload_conf ()");
  GThread *writer = g_thread_new ("writer", place_next, day);

  wait_for_standby (day, "COMMIT");
  tell_cluster (day, "SELECT pg_cancel_backend (pid) FROM pg_stat_activity "
                     "WHERE wait_event = 'SyncRep' AND query = 'COMMIT'");
  wait_for_standby (day, "SELECT pg_logical_emit_message(true, 'mahima', '')");
  gboolean ours = count (day, sql_order, day->ids[day->next]) == 1;
  gboolean told = g_atomic_int_get (&day->acknowledged) != 0;

  tell_cluster (day, "ALTER SYSTEM RESET synchronous_standby_names");
  tell_cluster (day, "SELECT pg_reload_conf ()");
  g_autoptr (Answer) done = g_thread_join (writer);
  g_assert_false (told);
  g_assert_cmpuint (done->status, ==, 201);
  g_assert_cmpint (count (day, sql_order, day->ids[day->next]), ==, 1);
  day->next++;
  return ours;
}

/* PostgreSQL ends a COMMIT that waited for its standby with a mere warning when it is cancelled:
 * the order is on this machine alone. It is answered when the standby has it, and not before. */
static void
test_standby (void)
{
  Day *day = day_new ();
  gboolean ours = FALSE;
  for (guint i = 0; i < 10 && !ours; i++)
    ours = cancel_one_commit (day);
  g_assert_true (ours);
  g_assert_cmpint (program_end (&day->program, SIGTERM), ==, 0);
  day_free (day);
}

/* A cluster of its own: others' tests run on the common one. */
static void
take_own_cluster (int argc, char **argv)
{
  if (g_getenv ("MAHIMA_TEST_PG") == NULL || g_getenv ("MAHIMA_FROZEN_PG") != NULL)
    return;
  char *with[] = { (char *)g_getenv ("MH_WITH_POSTGRES"), argv[0], argc > 1 ? argv[1] : NULL,
                   argc > 2 ? argv[2] : NULL, NULL };
  g_unsetenv ("MAHIMA_TEST_PG");
  /* one that waits for the disk: a faster one has done all orders before it is frozen */
  g_unsetenv ("MAHIMA_PG_SETTINGS");
  g_setenv ("MAHIMA_FROZEN_PG", "1", TRUE);
  execv (with[0], with);
  g_error ("%s cannot be run.", with[0]);
}

static void
test_skipped (void)
{
  g_test_skip ("MAHIMA_TEST_PG is not set");
}

int
main (int argc, char **argv)
{
  take_own_cluster (argc, argv);
  g_test_init (&argc, &argv, NULL);
  gboolean has = g_getenv ("MAHIMA_TEST_PG") != NULL;
  g_test_add_func ("/server/pg-frozen/told", has ? test_told : test_skipped);
  g_test_add_func ("/server/pg-frozen/once", has ? test_once : test_skipped);
  g_test_add_func ("/server/pg-frozen/standby", has ? test_standby : test_skipped);
  return g_test_run ();
}
