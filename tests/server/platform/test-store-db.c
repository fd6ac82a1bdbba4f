/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two drivers keep the promises of mh-db.h alike. */
#include <glib/gstdio.h>
#include <string.h>

#include "shared/base/mh-error.h"
#include "tests/server/mh-test-db.h"

static const char sql_make[]
    = "CREATE TABLE city (id TEXT NOT NULL PRIMARY KEY, name TEXT, people BIGINT, open BOOLEAN,"
      " CONSTRAINT city_name_key UNIQUE (name), CHECK (people >= 0));"
      "CREATE TABLE street (id TEXT NOT NULL PRIMARY KEY, city_id TEXT NOT NULL REFERENCES city "
      "(id));"
      "CREATE TABLE log (seq BIGINT NOT NULL PRIMARY KEY, word TEXT)";
static const char sql_put[] = "INSERT INTO city (people, id, open, name) VALUES ($3, $1, $4, $2)";
static const char sql_put_street[] = "INSERT INTO street (id, city_id) VALUES ($1, $2)";
static const char sql_all[] = "SELECT id, name, people, open FROM city ORDER BY id";
static const char sql_count[] = "SELECT count(*) FROM city";
static const char sql_grow[] = "UPDATE city SET people = people + $1 WHERE people > $2";
static const char sql_people[] = "SELECT people FROM city WHERE id = $1";
static const char sql_log[] = "INSERT INTO log (seq, word) VALUES ($1, $2)";
static const char sql_log_update[] = "UPDATE log SET word = $1";
static const char sql_log_delete[] = "DELETE FROM log";
static const char sql_log_count[] = "SELECT count(*), max(seq) FROM log";
static const char sql_cache_size[] = "PRAGMA cache_size";
static const char sql_nowhere[] = "SELECT nothing FROM nowhere";
static const char sql_returning[] = "INSERT INTO city (id, name) VALUES ($1, $2) ON CONFLICT (id) "
                                    "DO UPDATE SET name = $2 RETURNING id";

static MhDb *
open_made (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_test_connect (test, MH_DB_CREATE, "log");
  mh_assert_ok (mh_db_script (db, sql_make, &error), error);
  return db;
}

static gint64
put (MhDb *db, const char *id, const char *name, gint64 people, GError **error)
{
  return mh_db_exec (
      db, sql_put, MH_ARGS (MH_TEXT (id), MH_TEXT (name), MH_INT (people), MH_BOOL (TRUE)), error);
}

static gint64
count (MhDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_count, MH_NO_ARGS, &error);
  g_assert_no_error (error);
  mh_assert_ok (mh_rows_next (rows, &error), error);
  return mh_rows_int (rows, 0);
}

/* KiB of SQLite's pages that a connection keeps. */
static gint64
cache_kib (const MhTestDb *test, guint flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, flags, NULL);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_cache_size, MH_NO_ARGS, &error);
  g_assert_no_error (error);
  mh_assert_ok (mh_rows_next (rows, &error), error);
  return -mh_rows_int (rows, 0);
}

/* Ten readers and the writer together stay below five MiB. */
static void
test_caches (const MhTestDb *test)
{
  mh_db_close (open_made (test));
  if (test->is_postgres)
    return;
  gint64 writer = cache_kib (test, MH_DB_CREATE), reader = cache_kib (test, MH_DB_READ_ONLY);
  g_assert_cmpint (reader, >, 0);
  g_assert_cmpint (writer, >=, reader);
  g_assert_cmpint (writer + 10 * reader, <, 5 * 1024);
}

static void
test_shuffled (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  g_assert_cmpint (put (db, "b", "Bhopal", G_MAXINT64, &error), ==, 1);
  g_assert_cmpint (put (db, "a", "आगरा", 0, &error), ==, 1);
  g_assert_no_error (error);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_all, MH_NO_ARGS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_rows_n_columns (rows), ==, 4);
  g_assert_true (mh_rows_next (rows, &error));
  g_assert_cmpstr (mh_rows_text (rows, 0), ==, "a");
  g_assert_cmpstr (mh_rows_text (rows, 1), ==, "आगरा");
  g_assert_cmpint (mh_rows_int (rows, 2), ==, 0);
  g_assert_true (mh_rows_bool (rows, 3));
  g_assert_true (mh_rows_next (rows, &error));
  g_assert_cmpstr (mh_rows_text (rows, 0), ==, "b");
  g_assert_cmpint (mh_rows_int (rows, 2), ==, G_MAXINT64);
  g_assert_false (mh_rows_next (rows, &error));
  g_assert_false (mh_rows_next (rows, &error));
  g_assert_no_error (error);
}

static void
test_kinds (const MhTestDb *test)
{
  static const char sql_table[] = "CREATE TABLE kind (t TEXT, i BIGINT, b BOOLEAN, x BYTEA)";
  static const char sql_in[] = "INSERT INTO kind (t, i, b, x) VALUES ($1, $2, $3, $4)";
  static const char sql_out[] = "SELECT t, i, b, x FROM kind ORDER BY i NULLS LAST";
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  const guint8 bytes[] = { 0, 1, 0xff, '\\', 0, '\'' };
  mh_assert_ok (mh_db_script (db, sql_table, &error), error);
  mh_db_exec (
      db, sql_in,
      MH_ARGS (MH_TEXT (""), MH_INT (G_MININT64), MH_BOOL (FALSE), MH_BYTES (bytes, sizeof bytes)),
      &error);
  g_assert_no_error (error);
  mh_db_exec (db, sql_in, MH_ARGS (MH_TEXT (NULL), MH_NULL, MH_NULL, MH_NULL), &error);
  g_assert_no_error (error);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_out, MH_NO_ARGS, &error);
  g_assert_true (mh_rows_next (rows, &error));
  g_assert_cmpstr (mh_rows_text (rows, 0), ==, "");
  g_assert_false (mh_rows_is_null (rows, 0));
  g_assert_cmpint (mh_rows_int (rows, 1), ==, G_MININT64);
  g_assert_false (mh_rows_is_null (rows, 2));
  g_assert_false (mh_rows_bool (rows, 2));
  gsize n = 0;
  const guint8 *back = mh_rows_bytes (rows, 3, &n);
  g_assert_cmpmem (back, n, bytes, sizeof bytes);
  g_assert_true (mh_rows_next (rows, &error));
  for (guint i = 0; i < 4; i++)
    g_assert_true (mh_rows_is_null (rows, i));
  g_assert_null (mh_rows_text (rows, 0));
  g_assert_null (mh_rows_bytes (rows, 3, &n));
}

/* Rows changed, also when none are, and after a statement that changed some. */
static void
test_changed (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  put (db, "a", "A", 5, &error);
  put (db, "b", "B", 6, &error);
  g_assert_cmpint (mh_db_exec (db, sql_grow, MH_ARGS (MH_INT (1), MH_INT (0)), &error), ==, 2);
  g_assert_cmpint (mh_db_exec (db, sql_grow, MH_ARGS (MH_INT (1), MH_INT (99)), &error), ==, 0);
  g_assert_no_error (error);
}

static void
assert_refused (gint64 changed, GError **error, MhErrorKind kind)
{
  g_assert_cmpint (changed, ==, -1);
  g_assert_error (*error, MH_ERROR, (int)kind);
  g_clear_error (error);
}

static void
test_conflicts (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  put (db, "a", "A", 5, &error);
  g_assert_no_error (error);
  assert_refused (put (db, "b", "A", 5, &error), &error, MH_ERROR_CONFLICT);
  g_assert_cmpstr (mh_db_constraint (db), ==, test->is_postgres ? "city_name_key" : "city.name");
  assert_refused (put (db, "a", "B", 5, &error), &error, MH_ERROR_CONFLICT);
  g_assert_cmpstr (mh_db_constraint (db), ==, test->is_postgres ? "city_pkey" : "city.id");
  assert_refused (put (db, "c", "C", -5, &error), &error, MH_ERROR_INVALID);
  assert_refused (
      mh_db_exec (db, sql_put_street, MH_ARGS (MH_TEXT ("s"), MH_TEXT ("none")), &error), &error,
      MH_ERROR_CONFLICT);
  assert_refused (mh_db_exec (db, sql_put_street, MH_ARGS (MH_TEXT ("s"), MH_NULL), &error), &error,
                  MH_ERROR_INVALID);
  assert_refused (mh_db_exec (db, sql_nowhere, MH_NO_ARGS, &error), &error, MH_ERROR_STORE);
  assert_refused (mh_db_exec (db, sql_put_street, MH_ARGS (MH_TEXT ("s")), &error), &error,
                  MH_ERROR_STORE);
  g_assert_cmpint (count (db), ==, 1);
}

static void
test_savepoints (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  g_assert_false (mh_db_savepoint (db, &error));
  g_clear_error (&error);
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  mh_assert_ok (mh_db_savepoint (db, &error), error);
  put (db, "a", "A", 1, &error);
  mh_assert_ok (mh_db_release (db, &error), error);
  mh_assert_ok (mh_db_savepoint (db, &error), error);
  put (db, "b", "B", 1, &error);
  assert_refused (put (db, "c", "A", 1, &error), &error, MH_ERROR_CONFLICT);
  mh_db_rollback_to (db);
  mh_assert_ok (mh_db_savepoint (db, &error), error);
  put (db, "d", "D", 1, &error);
  mh_assert_ok (mh_db_release (db, &error), error);
  mh_assert_ok (mh_db_commit (db, &error), error);
  g_assert_cmpint (count (db), ==, 2);
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  put (db, "e", "E", 1, &error);
  mh_db_rollback (db);
  g_assert_cmpint (count (db), ==, 2);
}

static gboolean
post (MhDb *db, gint64 seq, GError **error)
{
  return mh_db_exec_deferred (db, sql_log, MH_ARGS (MH_INT (seq), MH_TEXT ("w")), error);
}

/* A post's error shows at release at the latest; the request alone is undone, and what follows
 * works. */
static void
test_posts (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  for (int i = 0; i < 600; i++)
    mh_assert_ok (post (db, i, &error), error);
  mh_assert_ok (mh_db_savepoint (db, &error), error);
  mh_assert_ok (post (db, 1000, &error), error);
  gboolean ok = post (db, 5, &error) && post (db, 1001, &error) && mh_db_release (db, &error);
  g_assert_false (ok);
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_assert_cmpstr (mh_db_constraint (db), ==, test->is_postgres ? "log_pkey" : "log.seq");
  g_clear_error (&error);
  mh_db_rollback_to (db);
  mh_assert_ok (mh_db_savepoint (db, &error), error);
  mh_assert_ok (post (db, 2000, &error), error);
  mh_assert_ok (mh_db_release (db, &error), error);
  mh_assert_ok (mh_db_commit (db, &error), error);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_log_count, MH_NO_ARGS, &error);
  g_assert_true (mh_rows_next (rows, &error));
  g_assert_cmpint (mh_rows_int (rows, 0), ==, 601);
  g_assert_cmpint (mh_rows_int (rows, 1), ==, 2000);
}

static gint64
people_of (MhDb *db, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_people, MH_ARGS (MH_TEXT (id)), &error);
  g_assert_no_error (error);
  return mh_rows_next (rows, &error) ? mh_rows_int (rows, 0) : -1;
}

static void
announce (MhDb *db, const char *id)
{
  mh_db_prefetch (db, sql_people, MH_ARGS (MH_TEXT (id)));
}

/* What was sent ahead is what a query of the same text and arguments gets, in any order, unless its
 * table was written or the transaction undone in between. */
static void
test_prefetch (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  put (db, "a", "Agra", 1, &error);
  put (db, "b", "Bhopal", 2, &error);
  announce (db, "a");
  announce (db, "b");
  announce (db, "nowhere");
  g_assert_cmpint (people_of (db, "b"), ==, 2);
  g_assert_cmpint (people_of (db, "nowhere"), ==, -1);
  g_assert_cmpint (count (db), ==, 2);
  g_assert_cmpint (people_of (db, "a"), ==, 1);
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  announce (db, "a");
  announce (db, "b");
  mh_assert_ok (post (db, 1, &error), error);
  g_assert_cmpint (people_of (db, "b"), ==, 2);
  g_assert_cmpint (mh_db_exec (db, sql_grow, MH_ARGS (MH_INT (10), MH_INT (0)), &error), ==, 2);
  g_assert_cmpint (people_of (db, "a"), ==, 11);
  mh_assert_ok (mh_db_savepoint (db, &error), error);
  g_assert_cmpint (mh_db_exec (db, sql_grow, MH_ARGS (MH_INT (10), MH_INT (0)), &error), ==, 2);
  announce (db, "a");
  mh_db_rollback_to (db);
  g_assert_cmpint (people_of (db, "a"), ==, 11);
  announce (db, "a");
  mh_db_rollback (db);
  g_assert_cmpint (people_of (db, "a"), ==, 1);
}

/* Outside of a transaction a wrong one harms nobody; inside it takes the transaction with it, as
 * the query itself would. */
static void
test_prefetch_wrong (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  put (db, "a", "Agra", 1, &error);
  announce (db, "a");
  mh_db_prefetch (db, sql_nowhere, MH_NO_ARGS);
  announce (db, "a");
  g_assert_cmpint (people_of (db, "a"), ==, 1);
  g_assert_cmpint (people_of (db, "a"), ==, 1);
  g_assert_null (mh_db_query (db, sql_nowhere, MH_NO_ARGS, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_clear_error (&error);
  g_assert_cmpint (count (db), ==, 1);
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  mh_db_prefetch (db, sql_nowhere, MH_NO_ARGS);
  g_assert_null (mh_db_query (db, sql_nowhere, MH_NO_ARGS, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  mh_db_rollback (db);
  g_assert_cmpint (people_of (db, "a"), ==, 1);
}

/* A post whose own statement was first seen in a pipeline that failed can be prepared again. */
static void
test_post_prepare (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  mh_assert_ok (mh_db_savepoint (db, &error), error);
  gboolean ok = mh_db_exec_deferred (db, sql_nowhere, MH_NO_ARGS, &error) && post (db, 1, &error)
                && mh_db_release (db, &error);
  g_assert_false (ok);
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_clear_error (&error);
  mh_db_rollback_to (db);
  mh_assert_ok (post (db, 1, &error), error);
  mh_assert_ok (mh_db_commit (db, &error), error);
}

/* A post that fails outside any savepoint takes the whole transaction with it. */
static void
test_post_commit (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  mh_assert_ok (post (db, 1, &error), error);
  mh_assert_ok (mh_db_flush (db, &error), error);
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  put (db, "a", "A", 1, &error);
  g_assert_no_error (error);
  gboolean ok = post (db, 2, &error) && post (db, 1, &error) && mh_db_commit (db, &error);
  g_assert_false (ok);
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  mh_db_rollback (db);
  g_clear_error (&error);
  mh_assert_ok (mh_db_begin (db, MH_TX_READ, &error), error);
  g_assert_cmpint (count (db), ==, 0);
  mh_assert_ok (mh_db_commit (db, &error), error);
}

static void
test_returning (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  /* Never stepped: it must act all the same. */
  mh_rows_free (mh_db_query (db, sql_returning, MH_ARGS (MH_TEXT ("a"), MH_TEXT ("A")), &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (db), ==, 1);
  put (db, "b", "B", 1, &error);
  g_assert_null (mh_db_query (db, sql_returning, MH_ARGS (MH_TEXT ("c"), MH_TEXT ("B")), &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

static const char sql_numbers[] = "WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL"
                                  " SELECT i + 1 FROM n WHERE i < $2) SELECT i FROM n";

/* From 1 to @last, with another question asked in between. */
static void
read_long (MhDb *db, gint64 last)
{
  g_autoptr (GError) error = NULL;
  gint64 seen = 0;
  g_autoptr (MhRows) rows
      = mh_db_query_long (db, sql_numbers, MH_ARGS (MH_INT (1), MH_INT (last)), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_rows_n_columns (rows), ==, 1);
  while (mh_rows_next (rows, &error))
    {
      g_assert_cmpint (mh_rows_int (rows, 0), ==, ++seen);
      if (seen % 1500 == 0)
        g_assert_cmpint (count (db), ==, 0);
    }
  g_assert_no_error (error);
  g_assert_false (mh_rows_next (rows, &error));
  g_assert_cmpint (seen, ==, last);
}

/* Around the size of a piece; inside a transaction and without one; left in the middle; wrong. */
static void
test_long (const MhTestDb *test)
{
  static const gint64 lengths[] = { 1, 1999, 2000, 2001, 5000 };
  static const char sql_wrong[] = "SELECT nothing FROM nowhere";
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    read_long (db, lengths[i]);
  mh_assert_ok (mh_db_begin (db, MH_TX_READ, &error), error);
  read_long (db, 5000);
  mh_rows_free (mh_db_query_long (db, sql_numbers, MH_ARGS (MH_INT (1), MH_INT (9)), &error));
  g_assert_no_error (error);
  read_long (db, 2001);
  mh_assert_ok (mh_db_commit (db, &error), error);
  g_assert_null (mh_db_query_long (db, sql_wrong, MH_NO_ARGS, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  read_long (db, 3);
}

/* The same text while its rows are open. */
static void
test_nested (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  put (db, "a", "A", 1, &error);
  put (db, "b", "B", 1, &error);
  g_autoptr (MhRows) outer = mh_db_query (db, sql_all, MH_NO_ARGS, &error);
  int n = 0;
  while (mh_rows_next (outer, &error))
    {
      g_autoptr (MhRows) inner = mh_db_query (db, sql_all, MH_NO_ARGS, &error);
      while (mh_rows_next (inner, &error))
        n++;
    }
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 4);
}

static void
test_snapshot (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) writer = open_made (test);
  g_autoptr (MhDb) reader = mh_test_connect (test, MH_DB_READ_ONLY, NULL);
  put (writer, "a", "A", 1, &error);
  mh_assert_ok (mh_db_begin (reader, MH_TX_READ, &error), error);
  g_assert_cmpint (count (reader), ==, 1);
  /* The reader does not wait for an open write, nor the writer for it. */
  mh_assert_ok (mh_db_begin (writer, MH_TX_WRITE, &error), error);
  put (writer, "b", "B", 1, &error);
  g_assert_cmpint (count (reader), ==, 1);
  mh_assert_ok (mh_db_commit (writer, &error), error);
  g_assert_cmpint (count (reader), ==, 1);
  mh_assert_ok (mh_db_commit (reader, &error), error);
  g_assert_cmpint (count (reader), ==, 2);
  assert_refused (put (reader, "c", "C", 1, &error), &error, MH_ERROR_STORE);
}

static void
test_append_only (const MhTestDb *test)
{
  if (test->is_postgres)
    {
      g_test_skip ("a trigger of the migration does it there: see test-store-migrate");
      return;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  mh_assert_ok (post (db, 1, &error), error);
  assert_refused (mh_db_exec (db, sql_log_update, MH_ARGS (MH_TEXT ("x")), &error), &error,
                  MH_ERROR_STORE);
  assert_refused (mh_db_exec (db, sql_log_delete, MH_NO_ARGS, &error), &error, MH_ERROR_STORE);
}

static void
test_backup (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  g_assert_false (mh_db_sqlite_backup (db, "/nonexistent/copy", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_clear_error (&error);
  if (test->is_postgres)
    return;
  g_autofree char *copy = g_strconcat (test->url + strlen ("sqlite:"), ".copy", NULL);
  put (db, "a", "A", 1, &error);
  mh_assert_ok (mh_db_sqlite_backup (db, copy, &error), error);
  put (db, "b", "B", 1, &error);
  g_autoptr (MhDb) second = mh_db_sqlite_open (copy, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (second), ==, 1);
  GStatBuf info;
  g_assert_cmpint (g_stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 077, ==, 0);
}

static char *
backend_pid (MhDb *db)
{
  static const char sql_pid[] = "SELECT pg_backend_pid()";
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_pid, MH_NO_ARGS, &error);
  mh_assert_ok (mh_rows_next (rows, &error), error);
  return g_strdup (mh_rows_text (rows, 0));
}

/* The server ends our connection: an open transaction is told to try again, the next begin works.
 */
static void
test_reconnect (const MhTestDb *test)
{
  static const char sql_kill[] = "SELECT pg_terminate_backend(CAST($1 AS int))";
  if (!test->is_postgres)
    {
      g_test_skip ("SQLite has no connection to lose");
      return;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_made (test);
  g_autoptr (MhDb) other = mh_test_connect (test, 0, NULL);
  g_autofree char *first = backend_pid (db);
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  put (db, "lost", "L", 1, &error);
  mh_rows_free (mh_db_query (other, sql_kill, MH_ARGS (MH_TEXT (first)), &error));
  g_assert_no_error (error);
  g_assert_false (mh_db_commit (db, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_BUSY);
  g_assert_cmpuint (mh_error_get_retry_after (error), >, 0);
  g_clear_error (&error);
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  g_assert_cmpint (count (db), ==, 0);
  put (db, "kept", "K", 1, &error);
  mh_assert_ok (mh_db_commit (db, &error), error);
  /* Ended while idle: the next begin does not even show it. */
  g_autofree char *second = backend_pid (db);
  g_assert_cmpstr (first, !=, second);
  mh_rows_free (mh_db_query (other, sql_kill, MH_ARGS (MH_TEXT (second)), &error));
  mh_assert_ok (mh_db_begin (db, MH_TX_WRITE, &error), error);
  g_assert_cmpint (count (db), ==, 1);
  mh_db_rollback (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both_empty ("/db/shuffled", test_shuffled);
  mh_test_add_both_empty ("/db/caches", test_caches);
  mh_test_add_both_empty ("/db/kinds", test_kinds);
  mh_test_add_both_empty ("/db/changed", test_changed);
  mh_test_add_both_empty ("/db/conflicts", test_conflicts);
  mh_test_add_both_empty ("/db/savepoints", test_savepoints);
  mh_test_add_both_empty ("/db/posts", test_posts);
  mh_test_add_both_empty ("/db/ahead", test_prefetch);
  mh_test_add_both_empty ("/db/ahead-wrong", test_prefetch_wrong);
  mh_test_add_both_empty ("/db/post-prepare", test_post_prepare);
  mh_test_add_both_empty ("/db/post-commit", test_post_commit);
  mh_test_add_both_empty ("/db/returning", test_returning);
  mh_test_add_both_empty ("/db/long", test_long);
  mh_test_add_both_empty ("/db/nested", test_nested);
  mh_test_add_both_empty ("/db/snapshot", test_snapshot);
  mh_test_add_both_empty ("/db/append-only", test_append_only);
  mh_test_add_both_empty ("/db/backup", test_backup);
  mh_test_add_both_empty ("/db/reconnect", test_reconnect);
  return mh_test_run ();
}
