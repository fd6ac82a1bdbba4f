/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every stored record goes into its table and comes back the same, as a record and as JSON. */
#include <string.h>

#include "server/platform/store/mh-migrate.h"
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-row.h"
#include "shared/sql/mh-sql-text.h"
#include "tests/server/mh-test-db.h"

static MhDb *
open_migrated (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_test_connect (test, MH_DB_CREATE, NULL);
  mh_records_register ();
  mh_assert_ok (mh_migrate (db, 1, &error), error);
  /* Each type by itself: what it refers to need not be there, and no rule holds between columns. */
  const char *free_keys
      = test->is_postgres
            ? "SET session_replication_role = replica;"
              "DO $$ DECLARE c record; BEGIN FOR c IN SELECT conrelid::regclass AS rel, conname"
              " FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
              " AND connamespace = current_schema ()::regnamespace LOOP"
              " EXECUTE format ('ALTER TABLE %s DROP CONSTRAINT %I', c.rel, c.conname);"
              " END LOOP; END $$"
            : "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON";
  mh_assert_ok (mh_db_script (db, free_keys, &error), error);
  return db;
}

static void
fill_list (MhRecord *record, guint i, const MhField *field, guint row)
{
  mh_record_add_to_list (record, i, field->codes != NULL ? field->codes[0].code : "a \"b\" \\ ब");
  if (row > 0)
    mh_record_add_to_list (record, i, field->codes != NULL ? field->codes[0].code : "");
}

static void
fill (MhRecord *record, guint i, const MhField *field, guint row)
{
  static const char *const dates[] = { "1984-02-29", "2200-12-31" };
  g_autofree char *text = g_strdup_printf ("%u \"आशा\"\n\t\\ é %c <%s>", row, 1, field->name);
  switch (field->kind)
    {
    case MH_KIND_ENUM:
      mh_record_set_text (record, i, field->codes[0].code);
      break;
    case MH_KIND_DATE:
      mh_record_set_text (record, i, dates[row % 2]);
      break;
    case MH_KIND_TIME:
      mh_record_set_text (record, i, "08:30");
      break;
    case MH_KIND_DECIMAL:
      mh_record_set_text (record, i, "13.20");
      break;
    case MH_KIND_JSON:
      mh_record_set_text (record, i, "{\"a\":[1,null,\"é\\n\"]}");
      break;
    case MH_KIND_LIST:
      fill_list (record, i, field, row);
      break;
    case MH_KIND_BOOL:
      mh_record_set_bool (record, i, row % 2 == 0);
      break;
    case MH_KIND_INT:
    case MH_KIND_MONEY:
      mh_record_set_int (record, i, row == 0 ? G_MAXINT64 : -(gint64)row);
      break;
    case MH_KIND_INSTANT:
      mh_record_set_int (record, i, G_GINT64_CONSTANT (1795249530123456) + row);
      break;
    case MH_KIND_TEXT:
    case MH_KIND_LONG_TEXT:
    case MH_KIND_REF:
      mh_record_set_text (record, i, text);
      break;
    case MH_KIND_RECORDS:
    case MH_KIND_RECORD:
    case MH_N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

/* Row 0 and 1 hold something everywhere, row 2 nothing but what must be. */
static MhRecord *
make (const MhRecordType *type, guint row)
{
  MhRecord *record = mh_record_new (type);
  for (guint i = 0; i < type->n_fields; i++)
    if (!mh_field_is_column (&type->fields[i]))
      continue;
    else if (row < 2 || (i >= MH_VERSION && i <= MH_CHANGED_AT))
      fill (record, i, &type->fields[i], row);
    else
      mh_record_set_null (record, i);
  mh_record_take_text (record, MH_ID, mh_id_new ());
  return record;
}

static void
assert_json (MhRows *rows, MhRecord *record)
{
  static const guint flags[]
      = { 0, MH_JSON_WITH_SECRETS, MH_JSON_AS_INPUT, MH_JSON_SKIP_UNSET, MH_JSON_STORED_ONLY };
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autofree char *expected = mh_record_to_json (record, flags[i]);
      g_autoptr (GString) json = g_string_new (NULL);
      mh_sql_row_put_json (rows, 0, mh_record_type (record), flags[i], json);
      g_assert_cmpstr (json->str, ==, expected);
    }
}

static void
assert_round_trip (MhDb *db, const MhRecordType *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhSqlArgs) args = mh_sql_args_new ();
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint row = 0; row < 3; row++)
    {
      g_ptr_array_add (made, make (type, row));
      mh_sql_args_add_record (args, made->pdata[row]);
    }
  g_assert_cmpuint (mh_sql_args_n (args), ==, 3 * mh_sql_n_columns (type));
  g_assert_cmpint (mh_db_exec (db, mh_sql_insert (type, 3), MH_SQL_ARGS (args), &error), ==, 3);
  g_assert_no_error (error);
  g_autoptr (MhRows) rows = mh_db_query (db, mh_sql_find (type, NULL), MH_NO_ARGS, &error);
  for (guint row = 0; row < 3; row++)
    {
      g_assert_true (mh_rows_next (rows, &error));
      g_autoptr (MhRecord) back = mh_sql_row_read (rows, 0, type);
      g_assert_true (mh_record_equal (back, made->pdata[row]));
      assert_json (rows, back);
    }
  g_assert_false (mh_rows_next (rows, &error));
}

static void
test_round_trip (const MhTestDb *test)
{
  g_autoptr (MhDb) db = open_migrated (test);
  guint n = 0;
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (type->table == NULL)
        continue;
      g_test_message ("%s", type->table);
      assert_round_trip (db, type);
      n++;
    }
  g_assert_cmpuint (n, >, 20);
}

static gint64
write_version (MhDb *db, const char *sql, MhRecord *record, gint64 before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhSqlArgs) args = mh_sql_args_new ();
  mh_sql_args_add_record (args, record);
  if (before >= 0)
    mh_sql_args_add (args, MH_INT (before));
  gint64 n = mh_db_exec (db, sql, MH_SQL_ARGS (args), &error);
  g_assert_no_error (error);
  return n;
}

static void
test_update (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = open_migrated (test);
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (type->table == NULL || (type->flags & MH_TYPE_APPEND) != 0)
        continue;
      /* What was released or signed is sealed by a trigger; its own test changes what may change.
       */
      if (type == &mh_report_type || type == &mh_note_type)
        continue;
      g_autoptr (MhRecord) first = make (type, 0);
      g_autoptr (MhRecord) second = make (type, 1);
      mh_record_set_text (second, MH_ID, mh_record_id (first));
      mh_record_set_int (first, MH_VERSION, 1);
      mh_record_set_int (second, MH_VERSION, 2);
      g_assert_cmpint (write_version (db, mh_sql_insert (type, 1), first, -1), ==, 1);
      g_assert_cmpint (write_version (db, mh_sql_update (type), second, 7), ==, 0);
      g_assert_cmpint (write_version (db, mh_sql_update (type), second, 1), ==, 1);
      g_autoptr (MhRecord) back = mh_store_get (db, type, mh_record_id (first), &error);
      g_assert_no_error (error);
      g_assert_true (mh_record_equal (back, second));
      g_assert_cmpint (write_version (db, mh_sql_upsert (type), first, -1), ==, 1);
      g_autoptr (MhRecord) again = mh_store_get (db, type, mh_record_id (first), &error);
      g_assert_true (mh_record_equal (again, first));
    }
}

/* The client's cache takes the same rows into tables of its own. */
static void
test_cache_ddl (const MhTestDb *test)
{
  if (test->is_postgres)
    {
      g_test_skip ("the cache is SQLite");
      return;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_db_sqlite_open (":memory:", MH_DB_CREATE | MH_DB_FAST, NULL, &error);
  g_assert_no_error (error);
  mh_records_register ();
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (type->table == NULL)
        continue;
      g_autofree char *ddl = mh_sql_ddl (type, MH_SQL_CACHE);
      g_assert_null (strstr (ddl, "UNIQUE"));
      g_assert_null (strstr (ddl, "REFERENCES"));
      mh_assert_ok (mh_db_script (db, ddl, &error), error);
      assert_round_trip (db, type);
    }
}

/* A statement is found again by its address: the same question has the same answer, others not. */
static void
test_texts (void)
{
  static const char one[] = "WHERE r.id = $1", two[] = "WHERE r.id = $1 ";
  const MhRecordType *type = &mh_patient_type;
  g_assert_true (mh_sql_select (type, one) == mh_sql_select (type, one));
  g_assert_true (mh_sql_select (type, one) != mh_sql_select (type, two));
  g_assert_true (mh_sql_select (type, one) != mh_sql_select (&mh_user_type, one));
  g_assert_true (mh_sql_insert (type, 2) == mh_sql_insert (type, 2));
  g_assert_true (mh_sql_insert (type, 2) != mh_sql_insert (type, 3));
  g_autofree char *name = g_strdup ("mrn");
  g_assert_true (mh_sql_find (type, name) == mh_sql_find (type, "mrn"));
  g_assert_true (
      g_str_has_prefix (mh_sql_select (type, one), "SELECT r.id, r.version, r.created_at"));
  g_assert_true (g_str_has_suffix (mh_sql_select (type, one), " FROM patient r WHERE r.id = $1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows/texts", test_texts);
  mh_test_add_both ("/rows/round-trip", test_round_trip);
  mh_test_add_both ("/rows/update", test_update);
  mh_test_add_both ("/rows/cache-ddl", test_cache_ddl);
  return mh_test_run ();
}
