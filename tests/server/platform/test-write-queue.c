/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The write queue: requests that share a transaction. */
#include <string.h>

#include "shared/base/mh-error.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/mh-test-store.h"

typedef struct
{
  MhStore *store;
  MhRecord *bench;
  gboolean fails;
  GMutex *mutex;
  GCond *cond;
  guint *left;
  gboolean ok, seen;
} Job;

static gboolean
job_run (MhTx *tx, gpointer data, GError **error)
{
  Job *job = data;
  if (!mh_tx_insert (tx, job->bench, MH_AUDIT_CREATE, NULL, error))
    return FALSE;
  if (job->fails)
    mh_error_set (error, MH_ERROR_CONFLICT, "This one does not want to.");
  return !job->fails;
}

/* What is acknowledged must be there for everybody at that very moment. */
static void
job_done (gpointer data, const GError *error)
{
  Job *job = data;
  MhDb *db = mh_store_take_reader (job->store, NULL);
  g_autoptr (MhRecord) record = mh_store_get (db, &mh_bench_type, mh_record_id (job->bench), NULL);
  mh_store_give_reader (job->store, db);
  g_mutex_lock (job->mutex);
  job->seen = record != NULL;
  job->ok = error == NULL;
  (*job->left)--;
  g_cond_signal (job->cond);
  g_mutex_unlock (job->mutex);
}

static void
test_group (const MhTestDb *test)
{
  enum
  {
    N = 200
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  GMutex mutex;
  GCond cond;
  guint left = N;
  Job jobs[N];
  g_mutex_init (&mutex);
  g_cond_init (&cond);
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *code = g_strdup_printf ("g%03u", i);
      jobs[i] = (Job){ .store = store,
                       .bench = mh_test_bench (code),
                       .fails = i % 10 == 3,
                       .mutex = &mutex,
                       .cond = &cond,
                       .left = &left };
      mh_assert_ok (mh_store_submit (store, &mh_test_who,
                                     (MhTxWork){ NULL, job_run, job_done, &jobs[i] }, &error),
                    error);
    }
  g_mutex_lock (&mutex);
  while (left > 0)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
  for (guint i = 0; i < N; i++)
    {
      g_assert_cmpint (jobs[i].ok, ==, !jobs[i].fails);
      g_assert_cmpint (jobs[i].seen, ==, !jobs[i].fails);
      g_object_unref (jobs[i].bench);
    }
  MhStoreStats stats;
  mh_store_stats (store, &stats);
  g_assert_cmpuint (stats.writes, ==, N);
  g_assert_cmpuint (stats.failed, ==, N / 10);
  g_assert_cmpuint (stats.groups, <, N);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, N - N / 10);
  g_assert_cmpuint (mh_test_assert_chain (store), ==, N - N / 10);
  g_mutex_clear (&mutex);
  g_cond_clear (&cond);
}

/* A gate that holds the write queue until it is opened. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean entered, open;
  const char *code; /* of the bench that it inserts; NULL: none */
} Gate;

static gboolean
gate_run (MhTx *tx, gpointer data, GError **error)
{
  Gate *gate = data;
  g_autoptr (MhRecord) bench = gate->code != NULL ? mh_test_bench (gate->code) : NULL;
  if (bench != NULL && !mh_tx_insert (tx, bench, MH_AUDIT_CREATE, NULL, error))
    return FALSE;
  g_mutex_lock (&gate->mutex);
  gate->entered = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return TRUE;
}

static void
gate_init (Gate *gate, const char *code)
{
  memset (gate, 0, sizeof *gate);
  gate->code = code;
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->cond);
}

static void
gate_wait (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (!gate->entered)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static void
count_done (gpointer data, const GError *error)
{
  g_assert_no_error (error);
  g_atomic_int_inc ((int *)data);
}

static gboolean
do_nothing (MhTx *tx, gpointer data, GError **error)
{
  return TRUE;
}

/* While a write is open readers read; a full queue says so; closing finishes what was accepted. */
static void
test_queue (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  MhStore *store = mh_test_store (test, 2, 0);
  int done = 0;
  Gate gate;
  gate_init (&gate, "gate");
  mh_assert_ok (
      mh_store_submit (store, &mh_test_who, (MhTxWork){ NULL, gate_run, NULL, &gate }, &error),
      error);
  gate_wait (&gate);
  g_autoptr (GPtrArray) none = mh_test_all (store, &mh_bench_type, "ORDER BY r.id");
  g_assert_cmpuint (none->len, ==, 0);
  mh_assert_ok (mh_store_is_healthy (store, &error), error);
  for (int i = 0; i < 2; i++)
    mh_assert_ok (mh_store_submit (store, &mh_test_who,
                                   (MhTxWork){ NULL, do_nothing, count_done, &done }, &error),
                  error);
  g_assert_false (mh_store_submit (store, &mh_test_who,
                                   (MhTxWork){ NULL, do_nothing, count_done, &done }, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_BUSY);
  g_assert_cmpuint (mh_error_get_retry_after (error), >, 0);
  gate_open (&gate);
  mh_store_close (store);
  g_assert_cmpint (done, ==, 2);
  store = mh_test_store (test, 0, 0);
  g_autoptr (GPtrArray) one = mh_test_all (store, &mh_bench_type, "ORDER BY r.id");
  g_assert_cmpuint (one->len, ==, 1);
  mh_store_close (store);
}

static gboolean
sweep_run (MhTx *tx, gpointer data, GError **error)
{
  static const char sql_sweep[]
      = "INSERT OR ROLLBACK INTO bench (id, version, created_at, changed_at)"
        " SELECT id, 1, 1, 1 FROM bench";
  return mh_db_exec (mh_tx_db (tx), sql_sweep, MH_NO_ARGS, error) >= 0;
}

static void
expect_conflict (gpointer data, const GError *error)
{
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_atomic_int_inc ((int *)data);
}

/* One request makes the database drop the whole transaction: its neighbours do not suffer. */
static void
test_swept (const MhTestDb *test)
{
  if (test->is_postgres)
    {
      g_test_skip ("only SQLite rolls back by itself");
      return;
    }
  g_autoptr (GError) error = NULL;
  MhStore *store = mh_test_store (test, 0, 0);
  g_autoptr (MhRecord) first = mh_test_bench ("first");
  g_autoptr (MhRecord) last = mh_test_bench ("last");
  int done = 0, failed = 0;
  Gate gate;
  gate_init (&gate, "gate");
  mh_assert_ok (
      mh_store_submit (store, &mh_test_who, (MhTxWork){ NULL, gate_run, NULL, &gate }, &error),
      error);
  gate_wait (&gate);
  mh_assert_ok (mh_store_submit (store, &mh_test_who,
                                 (MhTxWork){ NULL, mh_test_insert, NULL, first }, &error),
                error);
  mh_assert_ok (mh_store_submit (store, &mh_test_who,
                                 (MhTxWork){ NULL, sweep_run, expect_conflict, &failed }, &error),
                error);
  mh_assert_ok (
      mh_store_submit (store, &mh_test_who, (MhTxWork){ NULL, mh_test_insert, NULL, last }, &error),
      error);
  mh_assert_ok (mh_store_submit (store, &mh_test_who,
                                 (MhTxWork){ NULL, sweep_run, expect_conflict, &failed }, &error),
                error);
  mh_assert_ok (mh_store_submit (store, &mh_test_who,
                                 (MhTxWork){ NULL, do_nothing, count_done, &done }, &error),
                error);
  gate_open (&gate);
  mh_assert_ok (mh_store_write (store, &mh_test_who, do_nothing, NULL, &error), error);
  g_assert_cmpint (done, ==, 1);
  g_assert_cmpint (failed, ==, 2);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 3);
  g_assert_cmpuint (mh_test_assert_chain (store), ==, 3);
  mh_store_close (store);
}

typedef struct
{
  guint runs, busy;
  MhRecord *bench;
} Shy;

static gboolean
shy_run (MhTx *tx, gpointer data, GError **error)
{
  Shy *shy = data;
  if (!mh_tx_insert (tx, shy->bench, MH_AUDIT_CREATE, NULL, error))
    return FALSE;
  if (shy->runs++ < shy->busy)
    mh_error_set (error, MH_ERROR_BUSY, "Lost a race.");
  return shy->runs > shy->busy;
}

/* A lost race runs again and leaves one trace; a hopeless one ends. */
static void
test_retry (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  g_autoptr (MhRecord) first = mh_test_bench ("first");
  g_autoptr (MhRecord) second = mh_test_bench ("second");
  Shy shy = { 0, 2, first }, hopeless = { 0, 1000, second };
  mh_assert_ok (mh_store_write (store, &mh_test_who, shy_run, &shy, &error), error);
  g_assert_cmpuint (shy.runs, ==, 3);
  g_assert_false (mh_store_write (store, &mh_test_who, shy_run, &hopeless, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_BUSY);
  g_assert_cmpuint (hopeless.runs, <, 10);
  g_clear_error (&error);
  mh_assert_ok (mh_store_analyse (store, &error), error);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 1);
  g_assert_cmpuint (mh_test_assert_chain (store), ==, 1);
}

/* --- one of several fails --- */

static void
held_begin (MhStore *store, Gate *gate)
{
  g_autoptr (GError) error = NULL;
  gate_init (gate, NULL);
  mh_assert_ok (
      mh_store_submit (store, &mh_test_who, (MhTxWork){ NULL, gate_run, NULL, gate }, &error),
      error);
  gate_wait (gate);
}

/* What was submitted since held_begin() becomes one group; gives the write queue's figures after
 * it. */
static void
held_end (MhStore *store, Gate *gate, MhStoreStats *out_stats)
{
  g_autoptr (GError) error = NULL;
  gate_open (gate);
  mh_assert_ok (mh_store_write (store, &mh_test_who, do_nothing, NULL, &error), error);
  mh_store_stats (store, out_stats);
  g_mutex_clear (&gate->mutex);
  g_cond_clear (&gate->cond);
}

static void
submit (MhStore *store, MhTxPrefetch prefetch, MhTxFunc func, MhTxDone done, gpointer data)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (
      mh_store_submit (store, &mh_test_who, (MhTxWork){ prefetch, func, done, data }, &error),
      error);
}

static void
expect_ok (gpointer data, const GError *error)
{
  g_assert_no_error (error);
}

static void
expect_refused (gpointer data, const GError *error)
{
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

static gboolean
insert_and_refuse (MhTx *tx, gpointer data, GError **error)
{
  if (!mh_test_insert (tx, data, error))
    return FALSE;
  mh_error_set (error, MH_ERROR_CONFLICT, "Too late.");
  return FALSE;
}

static gboolean
insert_by_query_and_refuse (MhTx *tx, gpointer data, GError **error)
{
  static const char sql_insert[] = "INSERT INTO bench (id, version, created_at, changed_at, code)"
                                   " VALUES ($1, 1, 1, 1, 'query') RETURNING id";
  g_autoptr (MhRows) rows
      = mh_db_query (mh_tx_db (tx), sql_insert, MH_ARGS (MH_TEXT (mh_record_id (data))), error);
  if (rows == NULL)
    return FALSE;
  mh_error_set (error, MH_ERROR_CONFLICT, "Too late.");
  return FALSE;
}

/* One refuses after it has written and one writes what is there already: the group runs again, and
 * only these two are missing. After that the write queue is guarded and finds the next ones at
 * once. */
static void
test_late (const MhTestDb *test)
{
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  g_autoptr (MhRecord) first = mh_test_bench ("first");
  g_autoptr (MhRecord) same = mh_record_copy (first);
  g_autoptr (MhRecord) refused = mh_test_bench ("refused");
  g_autoptr (MhRecord) last = mh_test_bench ("last");
  MhStoreStats stats;
  Gate gate;
  held_begin (store, &gate);
  submit (store, NULL, mh_test_insert, expect_ok, first);
  submit (store, NULL, insert_and_refuse, expect_refused, refused);
  submit (store, NULL, mh_test_insert, expect_refused, same);
  submit (store, NULL, mh_test_insert, expect_ok, last);
  held_end (store, &gate, &stats);
  g_assert_cmpuint (stats.repeated, ==, 1);
  g_assert_cmpuint (stats.failed, ==, 2);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 2);
  g_assert_cmpuint (mh_test_assert_chain (store), ==, 2);
  held_begin (store, &gate);
  g_autoptr (MhRecord) other = mh_test_bench ("other");
  submit (store, NULL, insert_and_refuse, expect_refused, refused);
  submit (store, NULL, mh_test_insert, expect_ok, other);
  held_end (store, &gate, &stats);
  g_assert_cmpuint (stats.repeated, ==, 1);
  g_assert_cmpuint (stats.failed, ==, 3);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 3);
  g_assert_cmpuint (mh_test_assert_chain (store), ==, 3);
  g_autoptr (GPtrArray) rows = mh_test_all (store, &mh_bench_type, "ORDER BY r.code");
  g_assert_cmpstr (mh_record_text (rows->pdata[0], MH_BENCH_CODE), ==, "first");
  g_assert_cmpstr (mh_record_text (rows->pdata[1], MH_BENCH_CODE), ==, "last");
  g_assert_cmpstr (mh_record_text (rows->pdata[2], MH_BENCH_CODE), ==, "other");
}

/* A query that writes has written. */
static void
test_late_query (const MhTestDb *test)
{
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  g_autoptr (MhRecord) refused = mh_test_bench ("refused");
  g_autoptr (MhRecord) last = mh_test_bench ("last");
  MhStoreStats stats;
  Gate gate;
  held_begin (store, &gate);
  submit (store, NULL, insert_by_query_and_refuse, expect_refused, refused);
  submit (store, NULL, mh_test_insert, expect_ok, last);
  held_end (store, &gate, &stats);
  g_assert_cmpuint (stats.repeated, ==, 1);
  g_autoptr (GPtrArray) rows = mh_test_all (store, &mh_bench_type, "ORDER BY r.code");
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (mh_record_text (rows->pdata[0], MH_BENCH_CODE), ==, "last");
}

static gboolean
refuse (MhTx *tx, gpointer data, GError **error)
{
  if (mh_tx_next_number (tx, "mrn:A", error) < 0)
    return FALSE;
  mh_error_set (error, MH_ERROR_CONFLICT, "No.");
  return FALSE;
}

static gboolean
take_number (MhTx *tx, gpointer data, GError **error)
{
  *(gint64 *)data = mh_tx_next_number (tx, "mrn:A", error);
  return *(gint64 *)data > 0;
}

/* One that refuses before it has written costs the others nothing, and gives its number back. */
static void
test_early (const MhTestDb *test)
{
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  g_autoptr (MhRecord) bench = mh_test_bench ("b");
  gint64 first = 0, second = 0;
  MhStoreStats stats;
  Gate gate;
  held_begin (store, &gate);
  submit (store, NULL, take_number, expect_ok, &first);
  submit (store, NULL, refuse, expect_refused, NULL);
  submit (store, NULL, mh_test_insert, expect_ok, bench);
  submit (store, NULL, take_number, expect_ok, &second);
  held_end (store, &gate, &stats);
  g_assert_cmpuint (stats.repeated, ==, 0);
  g_assert_cmpuint (stats.failed, ==, 1);
  g_assert_cmpint (first, ==, 1);
  g_assert_cmpint (second, ==, 2);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 1);
}

/* --- reading ahead --- */

typedef struct
{
  char id[64];
  const char *name; /* to be found, and … */
  const char *then; /* … to be written; NULL: nothing */
} Rename;

static void
rename_prefetch (MhDb *db, gpointer data)
{
  mh_store_prefetch (db, &mh_bench_type, ((Rename *)data)->id);
}

static gboolean
rename_run (MhTx *tx, gpointer data, GError **error)
{
  const Rename *rename = data;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_bench_type, rename->id, error);
  if (before == NULL)
    return FALSE;
  g_assert_cmpstr (mh_record_text (before, MH_BENCH_NAME), ==, rename->name);
  if (rename->then == NULL)
    return TRUE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_BENCH_NAME, rename->then);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* What several announced is there for each of them, and never older than what was written since. */
static void
test_prefetch (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  g_autoptr (MhRecord) bench = mh_test_bench ("one");
  Rename renames[] = { { .name = "one" },
                       { .name = "one" },
                       { .name = "one", .then = "two" },
                       { .name = "two" },
                       { .name = "two", .then = "three" },
                       { .name = "three" } };
  MhStoreStats stats;
  Gate gate;
  mh_assert_ok (mh_store_write (store, &mh_test_who, mh_test_insert, bench, &error), error);
  held_begin (store, &gate);
  for (guint i = 0; i < G_N_ELEMENTS (renames); i++)
    {
      g_strlcpy (renames[i].id, mh_record_id (bench), sizeof renames[i].id);
      submit (store, rename_prefetch, rename_run, expect_ok, &renames[i]);
    }
  held_end (store, &gate, &stats);
  g_assert_cmpuint (stats.repeated, ==, 0);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/write-queue/group", test_group);
  mh_test_add_both ("/write-queue/queue", test_queue);
  mh_test_add_both ("/write-queue/swept", test_swept);
  mh_test_add_both ("/write-queue/retry", test_retry);
  mh_test_add_both ("/write-queue/late", test_late);
  mh_test_add_both ("/write-queue/late-query", test_late_query);
  mh_test_add_both ("/write-queue/early", test_early);
  mh_test_add_both ("/write-queue/ahead", test_prefetch);
  return mh_test_run ();
}
