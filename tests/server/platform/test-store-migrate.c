/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Migrations: tried first, recorded, refused when they do not fit; and the schema that they make is
 * the one that the records' descriptions derive. */
#include <string.h>

#include "server/platform/store/mh-migrate.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/mh-records.h"
#include "shared/sql/mh-sql-text.h"
#include "tests/server/mh-test-db.h"

static const MhMigration two[] = {
  { 1, "first", "CREATE TABLE one (id BIGINT);\nCREATE TABLE lite (id BIGINT); -- @sqlite\n" },
  { 2, "second", "CREATE TABLE lite (id BIGINT); -- @postgres\nINSERT INTO one VALUES (5);\n" },
};
static const char sql_one[] = "SELECT id FROM one";
static const char sql_lite[] = "SELECT count(*) FROM lite";
static const char sql_applied[] = "SELECT count(*) FROM schema_migration";

/* -1: the statement fails. */
static gint64
number (MhDb *db, const char *sql)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql, MH_NO_ARGS, NULL);
  return rows != NULL && mh_rows_next (rows, NULL) ? mh_rows_int (rows, 0) : -1;
}

static void
test_steps (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  guint pending = 0;
  g_assert_false (
      mh_migrate_list (db, (MhMigrations){ two, 2 }, MH_MIGRATE_CHECK, 1, &pending, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_assert_cmpuint (pending, ==, 2);
  g_clear_error (&error);
  mh_assert_ok (mh_migrate_list (db, (MhMigrations){ two, 2 }, MH_MIGRATE_DRY, 1, &pending, &error),
                error);
  g_assert_cmpint (number (db, sql_one), ==, -1);
  mh_assert_ok (mh_migrate_list (db, (MhMigrations){ two, 1 }, MH_MIGRATE_RUN, 1, &pending, &error),
                error);
  g_assert_cmpuint (pending, ==, 1);
  g_assert_cmpint (number (db, sql_lite), ==, test->is_postgres ? -1 : 0);
  mh_assert_ok (mh_migrate_list (db, (MhMigrations){ two, 2 }, MH_MIGRATE_RUN, 1, &pending, &error),
                error);
  g_assert_cmpuint (pending, ==, 1);
  g_assert_cmpint (number (db, sql_one), ==, 5);
  g_assert_cmpint (number (db, sql_lite), ==, 0);
  g_assert_cmpint (number (db, sql_applied), ==, 2);
  mh_assert_ok (mh_migrate_list (db, (MhMigrations){ two, 2 }, MH_MIGRATE_RUN, 1, &pending, &error),
                error);
  g_assert_cmpuint (pending, ==, 0);
}

static void
test_refusals (const MhTestDb *test)
{
  static const MhMigration other[] = { { 1, "first", "CREATE TABLE other (id BIGINT);" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  mh_assert_ok (mh_migrate_list (db, (MhMigrations){ two, 2 }, MH_MIGRATE_RUN, 1, NULL, &error),
                error);
  g_assert_false (mh_migrate_list (db, (MhMigrations){ two, 1 }, MH_MIGRATE_RUN, 1, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "newer version of the program"));
  g_clear_error (&error);
  g_assert_false (
      mh_migrate_list (db, (MhMigrations){ other, 1 }, MH_MIGRATE_RUN, 1, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "not the one that was applied"));
}

/* When the second of two fails, the first is not applied either: the trial comes before. */
static void
test_failing (const MhTestDb *test)
{
  static const MhMigration bad[]
      = { { 1, "fine", "CREATE TABLE fine (id BIGINT);" }, { 2, "bad", "CREATE TABEL bad;" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  g_assert_false (mh_migrate_list (db, (MhMigrations){ bad, 2 }, MH_MIGRATE_RUN, 1, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "Migration 0002 (bad)"));
  g_assert_cmpint (number (db, sql_applied), ==, 0);
  g_assert_cmpint (number (db, "SELECT count(*) FROM fine"), ==, -1);
}

static const char sql_columns_lite[]
    = "SELECT name, lower(type), \"notnull\" FROM pragma_table_info($1) ORDER BY name";
static const char sql_columns_pg[]
    = "SELECT column_name, coalesce(domain_name, data_type), is_nullable = 'NO'"
      " FROM information_schema.columns WHERE table_name = $1 AND table_schema = current_schema()"
      " ORDER BY column_name COLLATE \"C\"";

static int
compare_fields (gconstpointer a, gconstpointer b)
{
  const MhField *const *x = a, *const *y = b;
  return strcmp ((*x)->name, (*y)->name);
}

static GPtrArray *
columns_by_name (const MhRecordType *type)
{
  GPtrArray *columns = g_ptr_array_new ();
  for (guint i = 0; i < type->n_fields; i++)
    if (mh_field_is_column (&type->fields[i]))
      g_ptr_array_add (columns, (gpointer)&type->fields[i]);
  g_ptr_array_sort (columns, compare_fields);
  return columns;
}

/* By name, not by place: a column that came later stands at the end of the table. */
static void
assert_table (MhDb *db, const MhRecordType *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) columns = columns_by_name (type);
  g_autoptr (MhRows) rows
      = mh_db_query (db, mh_db_is_postgres (db) ? sql_columns_pg : sql_columns_lite,
                     MH_ARGS (MH_TEXT (type->table)), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < columns->len; i++)
    {
      const MhField *field = columns->pdata[i];
      g_autofree char *sql_type = g_ascii_strdown (mh_sql_type (field), -1);
      g_test_message ("%s.%s", type->table, field->name);
      g_assert_true (mh_rows_next (rows, &error));
      g_assert_cmpstr (mh_rows_text (rows, 0), ==, field->name);
      g_assert_cmpstr (mh_rows_text (rows, 1), ==, sql_type);
      g_assert_cmpint (mh_rows_bool (rows, 2), ==, field - type->fields <= MH_CHANGED_AT);
    }
  g_assert_false (mh_rows_next (rows, &error));
}

/* Something begins with the column, or is called after it and begins with what narrows it. */
static void
assert_index (MhDb *db, const MhRecordType *type, const MhField *field)
{
  static const char sql_index[]
      = "SELECT count(*) FROM sqlite_master m WHERE m.type = 'index' AND m.tbl_name = $1"
        " AND (m.name = $1 || '_' || $2 || '_idx' OR EXISTS"
        " (SELECT 1 FROM pragma_index_info(m.name) c WHERE c.seqno = 0 AND c.name = $2))";
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_index, MH_ARGS (MH_TEXT (type->table), MH_TEXT (field->name)), &error);
  g_assert_no_error (error);
  g_test_message ("%s by %s", type->table, field->name);
  g_assert_true (mh_rows_next (rows, &error));
  g_assert_cmpint (mh_rows_int (rows, 0), >=, 1);
}

static const char sql_doubled_lite[]
    = "WITH i (tbl, name, sql, cols) AS"
      " (SELECT m.tbl_name, m.name, m.sql, (SELECT group_concat(c.name, ',') || ','"
      "   FROM (SELECT name FROM pragma_index_info(m.name) ORDER BY seqno) c)"
      "  FROM sqlite_master m WHERE m.type = 'index' AND COALESCE(m.sql, '') NOT LIKE '%WHERE%')"
      " SELECT a.name FROM i a, i b WHERE a.tbl = b.tbl AND a.name <> b.name"
      " AND a.sql LIKE 'CREATE INDEX%' AND substr(b.cols, 1, length(a.cols)) = a.cols";
static const char sql_doubled_pg[]
    = "SELECT CAST(a.indexrelid::regclass AS text) FROM pg_index a"
      " JOIN pg_index b ON b.indrelid = a.indrelid AND b.indexrelid <> a.indexrelid"
      " JOIN pg_class c ON c.oid = a.indrelid"
      " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()"
      " WHERE a.indpred IS NULL AND b.indpred IS NULL AND a.indexprs IS NULL"
      " AND b.indexprs IS NULL AND NOT a.indisunique"
      " AND position(a.indkey::text || ' ' IN b.indkey::text || ' ') = 1";

/* Every write pays for an index, so none that keeps nothing unique stands beside a whole one that
 * begins with its columns. */
static void
test_once (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  mh_assert_ok (mh_migrate (db, 1, &error), error);
  g_autoptr (MhRows) rows
      = mh_db_query (db, test->is_postgres ? sql_doubled_pg : sql_doubled_lite, MH_NO_ARGS, &error);
  g_assert_no_error (error);
  while (mh_rows_next (rows, &error))
    {
      g_test_message ("%s is of no use", mh_rows_text (rows, 0));
      g_test_fail ();
    }
  g_assert_no_error (error);
}

/* No drift between the migrations and the descriptions; index by index too on SQLite, whose
 * catalogue tells their columns. */
static void
test_drift (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  mh_assert_ok (mh_migrate (db, 1, &error), error);
  mh_assert_ok (mh_migrate_check (db, &error), error);
  mh_records_register ();
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (type->table == NULL)
        continue;
      assert_table (db, type);
      for (guint k = 0; k < type->n_fields && !test->is_postgres; k++)
        if ((type->fields[k].flags & (MH_INDEX | MH_UNIQUE)) == MH_INDEX)
          assert_index (db, type, &type->fields[k]);
    }
}

/* Bytewise order on both, whatever the cluster's locale. */
static void
test_order (const MhTestDb *test)
{
  static const char sql_words[]
      = "CREATE TABLE words (word MH_TEXT);"
        "INSERT INTO words VALUES ('b'), ('B'), ('a'), ('é'), ('-'), ('aa')";
  static const char sql_range[]
      = "SELECT word FROM words WHERE word >= $1 AND word < $2 ORDER BY word";
  static const char *const expected[] = { "B", "a", "aa", "b" };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  mh_assert_ok (mh_migrate (db, 1, &error), error);
  mh_assert_ok (mh_db_script (db, sql_words, &error), error);
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_range, MH_ARGS (MH_TEXT ("A"), MH_TEXT ("c")), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (mh_rows_next (rows, &error));
      g_assert_cmpstr (mh_rows_text (rows, 0), ==, expected[i]);
    }
  g_assert_false (mh_rows_next (rows, &error));
}

/* Where one reference was taken twice before that was refused, the first payment keeps it: by time,
 * at the same time by id; other spellings are the same, other methods and hospitals are not. */
static const struct
{
  const char *id, *hospital, *method, *reference, *kind, *status, *key;
  int at;
} slips[] = {
  { "a", "h1", "card", "AB-12 34", "payment", "captured", NULL, 20 },
  { "b", "h1", "card", "ab/1234", "payment", "captured", "AB1234", 10 },
  { "c", "h1", "card", "AB1234", "payment", "captured", NULL, 10 },
  { "d", "h1", "upi", "ab 1234", "payment", "captured", "AB1234", 30 },
  { "e", "h2", "card", "AB1234", "deposit", "captured", "AB1234", 40 },
  { "f", "h1", "card", "AB1234", "payment", "rejected", NULL, 1 },
  { "g", "h1", "cash", "AB1234", "payment", "captured", NULL, 1 },
  { "h", "h1", "card", "AB1234", "refund", "processed", NULL, 1 },
  { "i", "h1", "card", " - ", "payment", "captured", NULL, 1 },
  { "j", "h1", "card", "- -", "payment", "captured", NULL, 2 },
};

static guint
position_of (const char *name)
{
  for (guint i = 0; i < mh_n_migrations; i++)
    if (g_str_equal (mh_migrations[i].name, name))
      return i;
  g_assert_not_reached ();
}

static void
test_references (const MhTestDb *test)
{
  static const char sql_slip[]
      = "INSERT INTO payment (id, version, created_at, changed_at, hospital_id, method, reference,"
        " kind, status, received_at, amount, refunded, pending, applied)"
        " VALUES ($1, 1, 1, 1, $2, $3, $4, $5, $6, $7, 100, 0, 0, 0)";
  static const char sql_key[] = "SELECT reference_key FROM payment WHERE id = $1";
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  guint before = position_of ("references-once");
  mh_assert_ok (mh_migrate_list (db, (MhMigrations){ mh_migrations, before }, MH_MIGRATE_RUN, 1,
                                 NULL, &error),
                error);
  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      mh_db_exec (db, sql_slip,
                  MH_ARGS (MH_TEXT (slips[i].id), MH_TEXT (slips[i].hospital),
                           MH_TEXT (slips[i].method), MH_TEXT (slips[i].reference),
                           MH_TEXT (slips[i].kind), MH_TEXT (slips[i].status),
                           MH_INT (slips[i].at)),
                  &error);
      g_assert_no_error (error);
    }
  mh_assert_ok (mh_migrate (db, 1, &error), error);
  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      g_autoptr (MhRows) rows = mh_db_query (db, sql_key, MH_ARGS (MH_TEXT (slips[i].id)), &error);
      g_assert_no_error (error);
      g_assert_true (mh_rows_next (rows, &error));
      g_assert_cmpstr (mh_rows_text (rows, 0), ==, slips[i].key);
    }
  /* and from now on the database refuses the second itself */
  g_assert_cmpint (mh_db_exec (db, "UPDATE payment SET reference_key = 'AB1234' WHERE id = 'a'",
                               MH_NO_ARGS, &error),
                   ==, -1);
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

/* A hospital from before the words stood at the rows offers at its kiosk what it did: the same
 * words that a new one is given with its catalogue. */
static void
test_kiosk_words (const MhTestDb *test)
{
  static const char sql_before[] = "INSERT INTO test (id, version, created_at, changed_at, code, "
                                   "name, bench, specimen, container, price)"
                                   " VALUES ($1, 1, 1, 1, $2, 'x', 'H', 'x', 'EDTA', 0)";
  static const char sql_panel[]
      = "INSERT INTO panel (id, version, created_at, changed_at, code, name, price)"
        " VALUES ($1, 1, 1, 1, $2, 'x', 0)";
  static const char sql_kiosk[]
      = "SELECT kiosk_name, kiosk_text, kiosk_name_hi, kiosk_text_hi, kiosk_name_mr, kiosk_text_mr,"
        " kiosk_name_ur, kiosk_text_ur FROM test WHERE code = $1 AND kiosk"
        " UNION ALL SELECT kiosk_name, kiosk_text, kiosk_name_hi, kiosk_text_hi, kiosk_name_mr,"
        " kiosk_text_mr, kiosk_name_ur, kiosk_text_ur FROM panel WHERE code = $1 AND kiosk";
  static const char *const members[]
      = { "kiosk_name",    "kiosk_text",    "kiosk_name_hi", "kiosk_text_hi",
          "kiosk_name_mr", "kiosk_text_mr", "kiosk_name_ur", "kiosk_text_ur" };
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  g_autofree char *name = g_build_filename (g_getenv ("MH_TEST_DATA"), "..", "..", "data",
                                            "reference", "lab-catalogue.json", NULL);
  g_autofree char *text = NULL;
  guint before = 0, offered = 0;
  mh_assert_ok (g_file_get_contents (name, &text, NULL, &error), error);
  g_autoptr (JsonObject) file = mh_json_parse_object (text, -1, &error);
  g_assert_no_error (error);
  while (before < mh_n_migrations && !g_str_equal (mh_migrations[before].name, "kiosk-tests"))
    before++;
  g_assert_cmpuint (before, <, mh_n_migrations);
  mh_assert_ok (mh_migrate_list (db, (MhMigrations){ mh_migrations, before }, MH_MIGRATE_RUN, 1,
                                 NULL, &error),
                error);
  for (guint kind = 0; kind < 2; kind++)
    {
      JsonArray *rows = mh_json_array (file, kind == 0 ? "tests" : "panels");
      for (guint i = 0; i < json_array_get_length (rows); i++)
        {
          g_autofree char *id = mh_id_new ();
          const char *code = mh_json_text (json_array_get_object_element (rows, i), "code");
          g_assert_cmpint (mh_db_exec (db, kind == 0 ? sql_before : sql_panel,
                                       MH_ARGS (MH_TEXT (id), MH_TEXT (code)), &error),
                           ==, 1);
        }
    }
  mh_assert_ok (mh_migrate_list (db, (MhMigrations){ mh_migrations, mh_n_migrations },
                                 MH_MIGRATE_RUN, 1, NULL, &error),
                error);
  for (guint kind = 0; kind < 2; kind++)
    {
      JsonArray *rows = mh_json_array (file, kind == 0 ? "tests" : "panels");
      for (guint i = 0; i < json_array_get_length (rows); i++)
        {
          JsonObject *row = json_array_get_object_element (rows, i);
          g_autoptr (MhRows) found
              = mh_db_query (db, sql_kiosk, MH_ARGS (MH_TEXT (mh_json_text (row, "code"))), &error);
          g_assert_no_error (error);
          gboolean kept = mh_rows_next (found, NULL);
          g_assert_true (kept == mh_json_bool (row, "kiosk", FALSE));
          for (guint k = 0; kept && k < G_N_ELEMENTS (members); k++)
            g_assert_cmpstr (mh_rows_text (found, k), ==, mh_json_text (row, members[k]));
          offered += kept;
        }
    }
  g_assert_cmpuint (offered, ==, 17);
}

/* Answers are compressed quickly where the server can. */
static void
test_compression (const MhTestDb *test)
{
  static const char sql_can[]
      = "SELECT count(*) FROM pg_settings WHERE name = 'default_toast_compression'"
        " AND 'lz4' = ANY (enumvals)";
  static const char sql_does[]
      = "SELECT count(*) FROM pg_attribute WHERE attrelid = 'idempotency_key'::regclass"
        " AND attname = 'reply' AND attcompression = 'l'";
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, MH_DB_CREATE, NULL);
  mh_assert_ok (mh_migrate (db, 1, &error), error);
  if (test->is_postgres)
    g_assert_cmpint (number (db, sql_does), ==, number (db, sql_can));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both_empty ("/migrate/steps", test_steps);
  mh_test_add_both_empty ("/migrate/refusals", test_refusals);
  mh_test_add_both_empty ("/migrate/failing", test_failing);
  mh_test_add_both_empty ("/migrate/drift", test_drift);
  mh_test_add_both_empty ("/migrate/indexes-once", test_once);
  mh_test_add_both_empty ("/migrate/order", test_order);
  mh_test_add_both_empty ("/migrate/references", test_references);
  mh_test_add_both_empty ("/migrate/kiosk-words", test_kiosk_words);
  mh_test_add_both_empty ("/migrate/compression", test_compression);
  return mh_test_run ();
}
