/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows, the feed, the audit chain; death and other servers. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/platform/store/mh-audit-chain.h"
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/sql/mh-sql-text.h"
#include "tests/server/mh-test-store.h"

static const char sql_changes[] = "ORDER BY r.seq";
static const char sql_audit[] = "ORDER BY r.seq";

/* --- one change after another --- */

typedef struct
{
  MhRecord *before, *after;
} Edit;

static gboolean
update_one (MhTx *tx, gpointer data, GError **error)
{
  Edit *edit = data;
  return mh_tx_update (tx, edit->before, edit->after, MH_AUDIT_UPDATE, "why", error);
}

static gboolean
delete_one (MhTx *tx, gpointer data, GError **error)
{
  return mh_tx_delete (tx, data, "gone", error);
}

static gboolean
touch_one (MhTx *tx, gpointer data, GError **error)
{
  return mh_tx_touch (tx, &mh_bench_type, mh_record_id (data), "h", error);
}

static void
assert_change (GPtrArray *rows, guint i, const char *op, gint64 version, const char *hospital)
{
  g_assert_cmpuint (rows->len, >, i);
  g_assert_cmpstr (mh_record_text (rows->pdata[i], MH_CHANGE_TYPE), ==, "bench");
  g_assert_cmpstr (mh_record_text (rows->pdata[i], MH_CHANGE_OP), ==, op);
  g_assert_cmpint (mh_record_int (rows->pdata[i], MH_CHANGE_RECORD_VERSION), ==, version);
  g_assert_cmpstr (mh_record_text (rows->pdata[i], MH_CHANGE_HOSPITAL_ID), ==, hospital);
}

static void
assert_life_audited (MhStore *store, MhRecord *last)
{
  char hash[MH_AUDIT_HASH_LENGTH + 1];
  g_autoptr (GPtrArray) rows = mh_test_all (store, &mh_audit_entry_type, sql_audit);
  g_assert_cmpuint (rows->len, ==, 3);
  MhRecord *edit = rows->pdata[1];
  g_assert_cmpstr (mh_record_text (edit, MH_AUDIT_ENTRY_VERB), ==, "update");
  g_assert_cmpstr (mh_record_text (edit, MH_AUDIT_ENTRY_REASON), ==, "why");
  g_assert_cmpstr (mh_record_text (edit, MH_AUDIT_ENTRY_CHANGES), ==,
                   "{\"name\":[\"A\",\"Alpha\"]}");
  g_assert_cmpstr (mh_record_text (edit, MH_AUDIT_ENTRY_USERNAME), ==, "reception");
  g_assert_cmpstr (mh_record_text (edit, MH_AUDIT_ENTRY_STATION), ==, "desk 1");
  g_assert_cmpstr (mh_record_text (edit, MH_AUDIT_ENTRY_REQUEST_ID), ==, "r-1");
  g_assert_cmpint (mh_record_int (edit, MH_AUDIT_ENTRY_AT), ==, MH_TEST_NOW);
  g_assert_cmpstr (mh_record_text (edit, MH_AUDIT_ENTRY_BEFORE_HASH), ==,
                   mh_record_text (rows->pdata[0], MH_AUDIT_ENTRY_AFTER_HASH));
  mh_audit_record_hash (last, hash);
  g_assert_cmpstr (mh_record_text (rows->pdata[2], MH_AUDIT_ENTRY_AFTER_HASH), ==, hash);
}

static void
test_life (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  g_autoptr (MhRecord) bench = mh_test_bench ("A");
  mh_assert_ok (mh_store_write (store, &mh_test_who, mh_test_insert, bench, &error), error);
  g_assert_cmpint (mh_record_version (bench), ==, 1);
  g_assert_cmpint (mh_record_int (bench, MH_CREATED_AT), ==, MH_TEST_NOW);
  MhDb *db = mh_store_take_reader (store, &error);
  g_autoptr (MhRecord) before = mh_store_get (db, &mh_bench_type, mh_record_id (bench), &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_BENCH_NAME, "Alpha");
  Edit edit = { before, after };
  mh_assert_ok (mh_store_write (store, &mh_test_who, update_one, &edit, &error), error);
  g_assert_cmpint (mh_record_version (after), ==, 2);
  /* The same again: somebody was faster, and here is what they wrote. */
  g_assert_false (mh_store_write (store, &mh_test_who, update_one, &edit, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STALE);
  g_assert_nonnull (strstr (mh_error_get_current (error), "\"Alpha\""));
  g_clear_error (&error);
  g_autoptr (MhRecord) second = mh_store_get (db, &mh_bench_type, mh_record_id (bench), &error);
  mh_assert_ok (mh_store_write (store, &mh_test_who, touch_one, second, &error), error);
  mh_assert_ok (mh_store_write (store, &mh_test_who, delete_one, second, &error), error);
  g_autoptr (MhRecord) last = mh_store_get (db, &mh_bench_type, mh_record_id (bench), &error);
  g_assert_cmpint (mh_record_int (last, MH_DELETED_AT), ==, MH_TEST_NOW);
  g_assert_cmpint (mh_record_version (last), ==, 3);
  mh_store_give_reader (store, db);
  g_autoptr (GPtrArray) changes = mh_test_all (store, &mh_change_type, sql_changes);
  assert_change (changes, 0, "create", 1, NULL);
  assert_change (changes, 1, "update", 2, NULL);
  assert_change (changes, 2, "update", 2, "h");
  assert_change (changes, 3, "delete", 3, NULL);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 4);
  g_assert_cmpuint (mh_test_assert_chain (store), ==, 3);
  assert_life_audited (store, last);
}

static gboolean
audit_three (MhTx *tx, gpointer data, GError **error)
{
  static const char detail[]
      = "{\"patient_id\":\"0190a000-0000-7000-8000-00000000000a\",\"count\":2}";
  const MhWho other = { .user_name = "doctor" };
  const MhAuditNote note = { &other, MH_AUDIT_READ, "order", "y", detail, NULL };
  return mh_tx_audit (tx, &(MhAuditNote){ NULL, MH_AUDIT_PRINT, "report", "x", NULL, "copy" },
                      error)
         && mh_tx_audit_notes (tx, &note, 1, error)
         && mh_tx_audit (tx, &(MhAuditNote){ NULL, MH_AUDIT_READ, "patient", "z", NULL, NULL },
                         error);
}

static void
test_audit (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  mh_assert_ok (mh_store_write (store, &mh_test_who, audit_three, NULL, &error), error);
  g_assert_cmpuint (mh_test_assert_chain (store), ==, 3);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 0);
  g_autoptr (GPtrArray) rows = mh_test_all (store, &mh_audit_entry_type, sql_audit);
  g_assert_cmpstr (mh_record_text (rows->pdata[1], MH_AUDIT_ENTRY_USERNAME), ==, "doctor");
  g_assert_cmpstr (mh_record_text (rows->pdata[1], MH_AUDIT_ENTRY_PATIENT_ID), ==,
                   "0190a000-0000-7000-8000-00000000000a");
  g_assert_cmpstr (mh_record_text (rows->pdata[2], MH_AUDIT_ENTRY_PATIENT_ID), ==, "z");
}

/* More than go into one statement, in the order they were given; none at all. */
static gboolean
audit_many (MhTx *tx, gpointer data, GError **error)
{
  char ids[40][4];
  MhAuditNote notes[G_N_ELEMENTS (ids)];
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_snprintf (ids[i], sizeof ids[i], "%u", i);
      notes[i] = (MhAuditNote){ &mh_test_who, MH_AUDIT_READ, "order", ids[i], NULL, NULL };
    }
  return mh_tx_audit_notes (tx, notes, 0, error)
         && mh_tx_audit_notes (tx, notes, G_N_ELEMENTS (notes), error);
}

static void
test_audit_many (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  mh_assert_ok (mh_store_write (store, &mh_test_who, audit_many, NULL, &error), error);
  g_assert_cmpuint (mh_test_assert_chain (store), ==, 40);
  g_autoptr (GPtrArray) rows = mh_test_all (store, &mh_audit_entry_type, sql_audit);
  for (guint i = 0; i < rows->len; i++)
    {
      char id[4];
      g_snprintf (id, sizeof id, "%u", i);
      g_assert_cmpstr (mh_record_text (rows->pdata[i], MH_AUDIT_ENTRY_OBJECT_ID), ==, id);
    }
}

static gboolean
forge (MhTx *tx, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), data, MH_NO_ARGS, error) >= 0;
}

/* Not even the server's own code can change what was noted. */
static void
test_append_only (const MhTestDb *test)
{
  static const char *const attacks[]
      = { "UPDATE audit_entry SET verb = 'read'", "DELETE FROM audit_entry",
          "UPDATE change SET seq = seq + 1", "DELETE FROM custody_event" };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  mh_assert_ok (mh_store_write (store, &mh_test_who, audit_three, NULL, &error), error);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_assert_false (mh_store_write (store, &mh_test_who, forge, (gpointer)attacks[i], &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
      g_clear_error (&error);
    }
  g_assert_cmpuint (mh_test_assert_chain (store), ==, 3);
}

static gboolean
take_numbers (MhTx *tx, gpointer data, GError **error)
{
  gint64 *numbers = data;
  numbers[0] = mh_tx_next_number (tx, "mrn:A", error);
  numbers[1] = mh_tx_next_number (tx, "mrn:A", error);
  numbers[2] = mh_tx_next_number (tx, "mrn:B", error);
  return numbers[2] > 0;
}

static gboolean
waste_number (MhTx *tx, gpointer data, GError **error)
{
  mh_tx_next_number (tx, "mrn:A", error);
  mh_error_set (error, MH_ERROR_CONFLICT, "no");
  return FALSE;
}

static void
test_numbers (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  gint64 numbers[3] = { 0 };
  mh_assert_ok (mh_store_write (store, &mh_test_who, take_numbers, numbers, &error), error);
  g_assert_cmpint (numbers[0], ==, 1);
  g_assert_cmpint (numbers[1], ==, 2);
  g_assert_cmpint (numbers[2], ==, 1);
  g_assert_false (mh_store_write (store, &mh_test_who, waste_number, NULL, &error));
  g_clear_error (&error);
  mh_assert_ok (mh_store_write (store, &mh_test_who, take_numbers, numbers, &error), error);
  g_assert_cmpint (numbers[0], ==, 3);
}

static gboolean
insert_parts (MhTx *tx, gpointer data, GError **error)
{
  return mh_tx_insert_parts (tx, data, error);
}

static void
test_parts (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 37; i++)
    {
      g_autofree char *code = g_strdup_printf ("c%02u", i);
      g_ptr_array_add (parts, mh_test_bench (code));
    }
  mh_assert_ok (mh_store_write (store, &mh_test_who, insert_parts, parts, &error), error);
  g_autoptr (GPtrArray) back = mh_test_all (store, &mh_bench_type, "ORDER BY r.code");
  g_assert_cmpuint (back->len, ==, 37);
  for (guint i = 0; i < 37; i++)
    g_assert_true (mh_record_field_equal (back->pdata[i], parts->pdata[i], MH_BENCH_CODE));
  g_assert_cmpuint (mh_test_assert_chain (store), ==, 0);
  /* One of them twice: none of the new ones stays. */
  g_autoptr (MhRecord) fresh = mh_test_bench ("fresh");
  g_ptr_array_insert (parts, 0, g_object_ref (fresh));
  g_assert_false (mh_store_write (store, &mh_test_who, insert_parts, parts, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_autoptr (GPtrArray) same = mh_test_all (store, &mh_bench_type, "ORDER BY r.id");
  g_assert_cmpuint (same->len, ==, 37);
}

/* --- death and other servers --- */

/* The child says the id of each bench whose write was acknowledged, until it is shot. */
static void
child_write (const MhTestDb *test, int fd)
{
  MhStore *store = mh_test_store (test, 0, 0);
  for (guint i = 0;; i++)
    {
      g_autofree char *code = g_strdup_printf ("k%u", i);
      g_autoptr (MhRecord) bench = mh_test_bench (code);
      if (!mh_store_write (store, &mh_test_who, mh_test_insert, bench, NULL))
        _exit (1);
      if (write (fd, mh_record_id (bench), MH_ID_LENGTH) != MH_ID_LENGTH)
        _exit (0);
    }
}

/* PostgreSQL may still be at the last words of a client that died. */
static void
wait_for_funeral (const MhTestDb *test)
{
  static const char sql_alive[]
      = "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database () AND application_name = 'mahima writer'";
  g_autoptr (MhDb) db = test->is_postgres ? mh_test_connect (test, 0, NULL) : NULL;
  for (gint64 alive = db != NULL ? 1 : 0; alive > 0;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRows) rows = mh_db_query (db, sql_alive, MH_NO_ARGS, &error);
      mh_assert_ok (mh_rows_next (rows, &error), error);
      alive = mh_rows_int (rows, 0);
      g_usleep (1000);
    }
}

static void
test_kill (const MhTestDb *test)
{
  enum
  {
    ENOUGH = 50
  };
  g_autoptr (GError) error = NULL;
  char id[MH_ID_LENGTH + 1] = { 0 };
  int fds[2];
  guint n = 0;
  mh_store_close (mh_test_store (test, 0, 0));
  g_assert_cmpint (pipe (fds), ==, 0);
  pid_t child = fork ();
  if (child == 0)
    {
      close (fds[0]);
      child_write (test, fds[1]);
    }
  close (fds[1]);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  while (read (fds[0], id, MH_ID_LENGTH) == MH_ID_LENGTH)
    {
      g_ptr_array_add (told, g_strdup (id));
      if (++n == ENOUGH)
        kill (child, SIGKILL);
    }
  close (fds[0]);
  waitpid (child, NULL, 0);
  g_assert_cmpuint (n, >=, ENOUGH);
  wait_for_funeral (test);
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  MhDb *db = mh_store_take_reader (store, &error);
  for (guint i = 0; i < told->len; i++)
    {
      g_autoptr (MhRecord) bench = mh_store_get (db, &mh_bench_type, told->pdata[i], &error);
      g_assert_no_error (error);
    }
  mh_store_give_reader (store, db);
  /* What was not told may be there too, but then as a whole. */
  g_autoptr (GPtrArray) rows = mh_test_all (store, &mh_bench_type, "ORDER BY r.id");
  g_assert_cmpuint (mh_test_assert_feed (store), ==, rows->len);
  g_assert_cmpuint (mh_test_assert_chain (store), ==, rows->len);
}

static void
test_lost (const MhTestDb *test)
{
  static const char sql_shoot[]
      = "SELECT pg_terminate_backend (pid) FROM pg_stat_activity"
        " WHERE datname = current_database () AND pid <> pg_backend_pid ()"
        " AND application_name LIKE 'mahima %'";
  if (!test->is_postgres)
    {
      g_test_skip ("SQLite has no connection to lose");
      return;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = mh_test_store (test, 0, 0);
  g_autoptr (MhDb) gun = mh_test_connect (test, 0, NULL);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *code = g_strdup_printf ("l%d", i);
      g_autoptr (MhRecord) bench = mh_test_bench (code);
      mh_rows_free (mh_db_query (gun, sql_shoot, MH_NO_ARGS, &error));
      g_assert_no_error (error);
      mh_assert_ok (mh_store_write (store, &mh_test_who, mh_test_insert, bench, &error), error);
    }
  /* A reader that was shot begins anew unnoticed, if nothing was read in its transaction yet. */
  mh_assert_ok (mh_store_is_healthy (store, &error), error);
  mh_rows_free (mh_db_query (gun, sql_shoot, MH_NO_ARGS, &error));
  mh_assert_ok (mh_store_is_healthy (store, &error), error);
  MhDb *db = mh_store_take_reader (store, &error);
  mh_rows_free (mh_db_query (gun, sql_shoot, MH_NO_ARGS, &error));
  mh_assert_ok (mh_db_begin (db, MH_TX_READ, &error), error);
  g_autoptr (GPtrArray) three = mh_store_all (db, &mh_bench_type, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (three->len, ==, 3);
  mh_rows_free (mh_db_query (gun, sql_shoot, MH_NO_ARGS, &error));
  g_assert_null (mh_store_all (db, &mh_bench_type, NULL, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_BUSY);
  g_clear_error (&error);
  mh_db_rollback (db);
  mh_store_give_reader (store, db);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 3);
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  gint64 seq;
} Heard;

static void
hear (gint64 seq, gpointer data)
{
  Heard *heard = data;
  g_mutex_lock (&heard->mutex);
  g_assert_cmpint (seq, >, heard->seq);
  heard->seq = seq;
  g_cond_signal (&heard->cond);
  g_mutex_unlock (&heard->mutex);
}

static void
wait_heard (Heard *heard, gint64 seq)
{
  g_mutex_lock (&heard->mutex);
  while (heard->seq < seq)
    g_cond_wait (&heard->cond, &heard->mutex);
  g_mutex_unlock (&heard->mutex);
}

typedef struct
{
  MhStore *store;
  const char *prefix;
} Crowd;

#define EACH 40

static gpointer
crowd_run (gpointer data)
{
  const Crowd *crowd = data;
  for (guint i = 0; i < EACH; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *code = g_strdup_printf ("%s%u", crowd->prefix, i);
      g_autoptr (MhRecord) bench = mh_test_bench (code);
      mh_assert_ok (mh_store_write (crowd->store, &mh_test_who, mh_test_insert, bench, &error),
                    error);
    }
  return NULL;
}

/* Two servers on one database: one order of changes, one chain, and each hears of the other's. */
static void
test_two_servers (const MhTestDb *test)
{
  if (!test->is_postgres)
    {
      g_test_skip ("SQLite belongs to one server");
      return;
    }
  MhStore *a = mh_test_store (test, 0, 0);
  MhStore *b = mh_test_store (test, 0, 0);
  g_assert_cmpstr (mh_store_epoch (a), ==, mh_store_epoch (b));
  Heard heard = { .seq = 0 };
  g_mutex_init (&heard.mutex);
  g_cond_init (&heard.cond);
  mh_store_watch (a, hear, &heard);
  const Crowd crowds[] = { { a, "a" }, { b, "b" }, { a, "aa" }, { b, "bb" } };
  GThread *threads[4];
  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("crowd", crowd_run, (gpointer)&crowds[i]);
  for (guint i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  wait_heard (&heard, 4 * EACH);
  g_assert_cmpuint (mh_test_assert_feed (a), ==, 4 * EACH);
  g_assert_cmpuint (mh_test_assert_chain (b), ==, 4 * EACH);
  mh_store_unwatch (a, hear, &heard);
  const Crowd last = { b, "last" };
  crowd_run ((gpointer)&last);
  g_assert_cmpint (heard.seq, ==, 4 * EACH);
  mh_store_close (a);
  mh_store_close (b);
  g_mutex_clear (&heard.mutex);
  g_cond_clear (&heard.cond);
}

static void
test_open (void)
{
  g_autoptr (GError) error = NULL;
  const MhStoreConfig odd = { .url = "mysql://x" }, away = { .url = "sqlite:/nonexistent/x.db" };
  const MhStoreConfig memory = { .url = "sqlite::memory:" };
  g_assert_null (mh_store_open (&odd, TRUE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_clear_error (&error);
  g_assert_null (mh_store_open (&away, TRUE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_clear_error (&error);
  g_assert_null (mh_store_open (&memory, FALSE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_clear_error (&error);
  g_autoptr (MhStore) store = mh_store_open (&memory, TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) bench = mh_test_bench ("m");
  mh_assert_ok (mh_store_write (store, &mh_test_who, mh_test_insert, bench, &error), error);
  g_assert_cmpuint (mh_test_assert_feed (store), ==, 1);
  g_assert_true (mh_id_is_valid (mh_store_epoch (store)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/open", test_open);
  mh_test_add_both ("/store/life", test_life);
  mh_test_add_both ("/store/audit", test_audit);
  mh_test_add_both ("/store/audit-many", test_audit_many);
  mh_test_add_both ("/store/append-only", test_append_only);
  mh_test_add_both ("/store/numbers", test_numbers);
  mh_test_add_both ("/store/parts", test_parts);
  mh_test_add_both ("/store/kill", test_kill);
  mh_test_add_both ("/store/lost", test_lost);
  mh_test_add_both ("/store/two-servers", test_two_servers);
  return mh_test_run ();
}
