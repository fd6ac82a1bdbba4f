/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread's own reader: it shares a snapshot between calls, and never misses what was answered. */
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/sql/mh-sql-text.h"
#include "tests/server/mh-test-db.h"

#define CHANGES 20

static const MhWho who = { .user_name = "reception" };

static MhStore *
open_store (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  const MhStoreConfig config = { .url = test->url, .readers = 1 };
  MhStore *store = mh_store_open (&config, TRUE, &error);
  g_assert_no_error (error);
  return store;
}

static gboolean
insert (MhTx *tx, gpointer data, GError **error)
{
  g_autoptr (MhRecord) bench = mh_record_new (&mh_bench_type);
  mh_record_take_text (bench, MH_ID, mh_id_new ());
  mh_record_set_text (bench, MH_BENCH_CODE, data);
  mh_record_set_text (bench, MH_BENCH_NAME, data);
  return mh_tx_insert (tx, bench, MH_AUDIT_CREATE, NULL, error);
}

static void
add_bench (MhStore *store, const char *code)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (mh_store_write (store, &who, insert, (gpointer)code, &error), error);
}

static guint
count (MhDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = mh_store_all (db, &mh_bench_type, NULL, NULL, &error);
  g_assert_no_error (error);
  return all->len;
}

static MhDb *
shared_snapshot_db (MhSharedSnapshot *held)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_shared_snapshot_db (held, &error);
  g_assert_no_error (error);
  return db;
}

/* Somebody else's program writes into the file; our lane did not, so no answer told of it. */
static void
write_unseen (const MhTestDb *test)
{
  static const char sql[] = "UPDATE bench SET name = 'unseen'";
  g_autoptr (GError) error = NULL;
  MhDb *other = mh_test_connect (test, 0, NULL);
  mh_assert_ok (mh_db_script (other, sql, &error), error);
  mh_db_close (other);
}

static char *
first_name (MhDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) bench = mh_store_find (db, &mh_bench_type, "code", "A", &error);
  g_assert_no_error (error);
  return g_strdup (mh_record_text (bench, MH_BENCH_NAME));
}

/* One snapshot until something is committed, or until it rested. */
static void
test_shared (const MhTestDb *test)
{
  g_autoptr (MhStore) store = open_store (test);
  MhSharedSnapshot *held = mh_store_hold (store);
  add_bench (store, "A");
  g_autofree char *before = first_name (shared_snapshot_db (held));
  write_unseen (test);
  g_autofree char *shared = first_name (shared_snapshot_db (held));
  g_assert_cmpstr (before, ==, "A");
  /* On PostgreSQL the listener that has just connected says that something may have moved. */
  if (!test->is_postgres)
    g_assert_cmpstr (shared, ==, "A");
  mh_shared_snapshot_release (held);
  g_autofree char *after = first_name (shared_snapshot_db (held));
  g_assert_cmpstr (after, ==, "unseen");
  mh_shared_snapshot_free (held);
}

static void
test_answered (const MhTestDb *test)
{
  g_autoptr (MhStore) store = open_store (test);
  MhSharedSnapshot *held = mh_store_hold (store);
  g_assert_cmpuint (count (shared_snapshot_db (held)), ==, 0);
  for (guint i = 1; i <= CHANGES; i++)
    {
      g_autofree char *code = g_strdup_printf ("%u", i);
      add_bench (store, code);
      g_assert_cmpuint (count (shared_snapshot_db (held)), ==, i);
      g_assert_cmpuint (count (shared_snapshot_db (held)), ==, i);
    }
  mh_shared_snapshot_free (held);
}

static gpointer
take_and_give (gpointer data)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (data, &error);
  g_assert_no_error (error);
  mh_store_give_reader (data, db);
  return NULL;
}

/* The only reader of the store: whoever waits for it is woken. */
static void
test_given_back (const MhTestDb *test)
{
  g_autoptr (MhStore) store = open_store (test);
  MhSharedSnapshot *held = mh_store_hold (store);
  for (guint i = 0; i < CHANGES; i++)
    {
      shared_snapshot_db (held);
      GThread *thread = g_thread_new ("waits", take_and_give, store);
      g_usleep (2000); /* nearly always it waits by now; nothing hangs on it */
      mh_shared_snapshot_release (held);
      g_thread_join (thread);
    }
  mh_shared_snapshot_release (held);
  mh_shared_snapshot_free (held);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/shared-snapshot/shared", test_shared);
  mh_test_add_both ("/shared-snapshot/answered", test_answered);
  mh_test_add_both ("/shared-snapshot/given-back", test_given_back);
  return mh_test_run ();
}
