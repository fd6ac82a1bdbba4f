/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue: once and only once, back-off, dead letters, processes that die. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs-service.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-machine.h"
#include "tests/server/access-fixture.h"

#define EFFECT "jobs.effect"
#define MANY 120

typedef struct
{
  guint ran;
  gboolean fail;
} Counter;

/* The effect is in the database, so that it stands or falls with the mark. */
static gboolean
work (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  Counter *counter = data;
  if (mh_tx_next_number (tx, EFFECT, error) < 0)
    return FALSE;
  counter->ran++;
  if (counter->fail)
    mh_error_set (error, MH_ERROR_CONFLICT, "not today");
  return !counter->fail;
}

static gboolean
tx_enqueue (MhTx *tx, gpointer data, GError **error)
{
  return mh_jobs_enqueue (tx, data, error);
}

static void
enqueue (House *house, const MhJobWanted *wanted)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (house_write (house, tx_enqueue, (gpointer)wanted, &error), error);
}

static guint
run (MhJobs *jobs)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  mh_assert_ok (mh_jobs_run_due (jobs, &n, &error), error);
  return n;
}

static gint64
effects (MhStore *store)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (store, &error);
  g_autoptr (MhRecord) series = mh_store_find (db, &mh_series_type, "code", EFFECT, &error);
  mh_store_give_reader (store, db);
  g_assert_no_error (error);
  return series != NULL ? mh_record_int (series, MH_SERIES_NEXT_VALUE) - 1 : 0;
}

static void
test_delay (void)
{
  static const gint64 minutes[] = { 1, 1, 2, 4, 8, 16, 32, 60, 60, 60 };
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    g_assert_cmpint (mh_jobs_delay (i), ==, minutes[i] * MH_MINUTE);
}

static void
test_due (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhJobs) jobs = mh_jobs_new (house->store, "one");
  Counter counter = { 0 };
  mh_jobs_register (jobs, "work", work, &counter);
  const MhJobWanted now = { .kind = "work" },
                    later = { .kind = "work", .run_at = HOUSE_NOW + MH_HOUR },
                    strange = { .kind = "somebody.elses" };
  enqueue (house, &now);
  enqueue (house, &later);
  enqueue (house, &strange);
  g_assert_cmpuint (run (jobs), ==, 1);
  g_assert_cmpuint (run (jobs), ==, 0);
  mh_clock_advance (house->clock, MH_HOUR - 1);
  g_assert_cmpuint (run (jobs), ==, 0);
  mh_clock_advance (house->clock, 1);
  g_assert_cmpuint (run (jobs), ==, 1);
  g_assert_cmpint (effects (house->store), ==, 2);
  g_assert_cmpuint (house_count (house, &mh_job_type, "status", MH_JOB_STATUS_DONE), ==, 2);
}

static void
test_dedupe (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhJobs) jobs = mh_jobs_new (house->store, "one");
  Counter counter = { 0 };
  const MhJobWanted wanted = { .kind = "work", .dedupe_key = "the same" };
  mh_jobs_register (jobs, "work", work, &counter);
  for (int i = 0; i < 3; i++)
    enqueue (house, &wanted);
  g_assert_cmpuint (run (jobs), ==, 1);
  enqueue (house, &wanted);
  g_assert_cmpuint (run (jobs), ==, 1);
}

static gboolean
tx_retry (MhTx *tx, gpointer data, GError **error)
{
  gpointer *both = data;
  g_autoptr (MhRecord) job
      = mh_jobs_service_retry (MH_REQUEST_TX (tx, NULL, both[0]), both[1], error);
  return job != NULL;
}

static gboolean
tx_drop (MhTx *tx, gpointer data, GError **error)
{
  gpointer *both = data;
  g_autoptr (MhRecord) job
      = mh_jobs_service_drop (both[2], MH_REQUEST_TX (tx, NULL, both[0]), both[1], error);
  return job != NULL;
}

/* What was dropped is not done, and cannot be dropped again; it can be taken up again. */
static void
test_dropped (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhJobs) jobs = mh_jobs_new (house->store, "one");
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  Counter counter = { 0 };
  MhJobWanted wanted = { .kind = "work" };
  mh_jobs_register (jobs, "work", work, &counter);
  enqueue (house, &wanted);
  MhDb *db = mh_store_take_reader (house->store, &error);
  g_autoptr (GPtrArray) rows = mh_store_all (db, &mh_job_type, "kind", "work", &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  gpointer both[] = { boss, (gpointer)mh_record_id (g_ptr_array_index (rows, 0)), jobs };
  mh_assert_ok (house_write (house, tx_drop, both, &error), error);
  g_assert_cmpuint (run (jobs), ==, 0);
  g_assert_false (house_write (house, tx_drop, both, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  mh_assert_ok (house_write (house, tx_retry, both, &error), error);
  g_assert_cmpuint (run (jobs), ==, 1);
  g_assert_cmpuint (counter.ran, ==, 1);
}

/* A failure leaves nothing behind but its mark; after the last attempt somebody must look. */
static void
test_failing (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhJobs) jobs = mh_jobs_new (house->store, "one");
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  Counter counter = { .fail = TRUE };
  const MhJobWanted wanted = { .kind = "work", .max_attempts = 3 };
  mh_jobs_register (jobs, "work", work, &counter);
  enqueue (house, &wanted);
  g_assert_cmpuint (run (jobs), ==, 1);
  mh_clock_advance (house->clock, 59 * MH_SECOND);
  g_assert_cmpuint (run (jobs), ==, 0);
  mh_clock_advance (house->clock, MH_SECOND);
  g_assert_cmpuint (run (jobs), ==, 1);
  mh_clock_advance (house->clock, 2 * MH_MINUTE);
  g_assert_cmpuint (run (jobs), ==, 1);
  mh_clock_advance (house->clock, MH_DAY);
  g_assert_cmpuint (run (jobs), ==, 0);
  g_assert_cmpuint (counter.ran, ==, 3);
  g_assert_cmpint (effects (house->store), ==, 0);
  MhDb *db = house_reader (house);
  g_autoptr (MhRecord) job = mh_store_find (db, &mh_job_type, "kind", "work", NULL);
  mh_store_give_reader (house->store, db);
  g_assert_cmpstr (mh_record_text (job, MH_JOB_STATUS), ==, MH_JOB_STATUS_FAILED);
  g_assert_cmpstr (mh_record_text (job, MH_JOB_LAST_ERROR), ==, "not today");
  gpointer both[] = { boss, (gpointer)mh_record_id (job), jobs };
  mh_assert_ok (house_write (house, tx_retry, both, &error), error);
  g_assert_false (house_write (house, tx_retry, both, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  counter.fail = FALSE;
  g_assert_cmpuint (run (jobs), ==, 1);
  g_assert_cmpint (effects (house->store), ==, 1);
}

static guint
n_found (House *house, const MhActor *actor, const char *typed, const char *after, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  MhDb *db = house_reader (house);
  g_autoptr (GPtrArray) found
      = mh_jobs_service_list (MH_REQUEST_DB (db, NULL, actor), typed, after, limit, &next, &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  g_assert_nonnull (found);
  g_assert_cmpint (next != NULL, ==, limit == 1 && typed == NULL);
  return found->len;
}

/* By kind, state in words and error, in any case; what the database reads as wildcards is found as
 * it stands. */
static void
test_searched (const MhTestDb *test)
{
  static const struct
  {
    const char *typed;
    guint n;
  } searches[] = { { NULL, 3 },        { "", 3 },      { "  ", 3 },      { "Print.Lab", 1 },
                   { "print", 2 },     { "label", 1 }, { "print%r", 0 }, { "print_r", 0 },
                   { "print.r", 1 },   { "TODAY", 1 }, { "Waiting", 2 }, { "wait", 2 },
                   { "cancelled", 0 }, { "work", 1 },  { "zzz", 0 },     { "a\\", 0 },
                   { " failed ", 1 } };
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhJobs) jobs = mh_jobs_new (house->store, "one");
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  Counter counter = { .fail = TRUE };
  mh_jobs_register (jobs, "work", work, &counter);
  static const char *const kinds[] = { "work", "print.label", "print.report" };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    enqueue (house, &(MhJobWanted){ .kind = kinds[i],
                                    .max_attempts = 1,
                                    .hospital_id = mh_actor_hospital_id (boss) });
  g_assert_cmpuint (run (jobs), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_test_message ("%s", searches[i].typed);
      g_assert_cmpuint (n_found (house, boss, searches[i].typed, NULL, 10), ==, searches[i].n);
    }
  g_assert_cmpuint (n_found (house, boss, NULL, NULL, 1), ==, 1);
  g_assert_cmpuint (n_found (house, boss, "work", NULL, 1), ==, 1); /* no page after it */
}

static void
test_repeat (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhJobs) one = mh_jobs_new (house->store, "one");
  g_autoptr (MhJobs) two = mh_jobs_new (house->store, "two");
  Counter counter = { 0 };
  mh_jobs_register (one, "work", work, &counter);
  mh_jobs_register (two, "work", work, &counter);
  mh_jobs_repeat (one, "work", MH_HOUR);
  mh_jobs_repeat (two, "work", MH_HOUR);
  for (int hour = 1; hour <= 3; hour++)
    {
      run (one);
      run (two);
      run (one);
      g_assert_cmpint (effects (house->store), ==, hour);
      mh_clock_advance (house->clock, MH_HOUR);
    }
}

/* --- processes --- */

static gboolean
slow_work (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  g_usleep (2000);
  return work (tx, job, data, error);
}

/* Runs jobs until there are none; never comes back. */
static void
child (const char *url)
{
  Counter counter = { 0 };
  const MhStoreConfig config = { .url = url, .readers = 2 };
  MhStore *store = mh_store_open (&config, FALSE, NULL);
  if (store == NULL)
    _exit (1);
  MhJobs *jobs = mh_jobs_new (store, NULL);
  mh_jobs_register (jobs, "work", slow_work, &counter);
  gboolean done = mh_jobs_run_due (jobs, NULL, NULL);
  mh_jobs_free (jobs);
  mh_store_close (store);
  _exit (done ? 0 : 1);
}

static gboolean
tx_enqueue_many (MhTx *tx, gpointer data, GError **error)
{
  const MhJobWanted wanted = { .kind = "work" };
  for (int i = 0; i < MANY; i++)
    if (!mh_jobs_enqueue (tx, &wanted, error))
      return FALSE;
  return TRUE;
}

static void
fill_queue (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  const MhWho who = { .user_name = "test" };
  const MhStoreConfig config = { .url = test->url, .readers = 1 };
  g_autoptr (MhStore) store = mh_store_open (&config, TRUE, &error);
  g_assert_no_error (error);
  mh_assert_ok (mh_store_write (store, &who, tx_enqueue_many, NULL, &error), error);
}

/* Two processes share the queue, one is killed in the middle of it; afterwards each job is done
 * once. */
static void
test_processes (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  pid_t pids[2];
  int status = 0;
  fill_queue (test);
  for (int i = 0; i < 2; i++)
    {
      pids[i] = fork ();
      g_assert_cmpint (pids[i], >=, 0);
      if (pids[i] == 0)
        child (test->url);
    }
  g_usleep (150000);
  kill (pids[0], SIGKILL);
  waitpid (pids[0], &status, 0);
  waitpid (pids[1], &status, 0);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  /* after the lease what the dead one had claimed is taken up */
  g_autoptr (MhClock) real = mh_clock_new ();
  g_autoptr (MhClock) clock = mh_clock_new_at (mh_clock_now (real) + MH_JOB_LEASE + MH_MINUTE);
  const MhStoreConfig config = { .url = test->url, .readers = 2, .clock = clock };
  g_autoptr (MhStore) store = mh_store_open (&config, FALSE, &error);
  g_assert_no_error (error);
  g_autoptr (MhJobs) jobs = mh_jobs_new (store, "after");
  Counter counter = { 0 };
  mh_jobs_register (jobs, "work", work, &counter);
  g_assert_cmpuint (run (jobs), <=, 1);
  g_assert_cmpint (effects (store), ==, MANY);
  MhDb *db = mh_store_take_reader (store, &error);
  g_autoptr (GPtrArray) done
      = mh_store_all (db, &mh_job_type, "status", MH_JOB_STATUS_DONE, &error);
  mh_store_give_reader (store, db);
  g_assert_cmpuint (done->len, ==, MANY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/jobs/delay", test_delay);
  mh_test_add_both ("/jobs/due", test_due);
  mh_test_add_both ("/jobs/dedupe", test_dedupe);
  mh_test_add_both ("/jobs/failing", test_failing);
  mh_test_add_both ("/jobs/dropped", test_dropped);
  mh_test_add_both ("/jobs/searched", test_searched);
  mh_test_add_both ("/jobs/repeat", test_repeat);
  mh_test_add_both ("/jobs/processes", test_processes);
  return mh_test_run ();
}
