/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/mh-test-db.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "server/platform/store/mh-db-pg.h"
#include "server/platform/store/mh-migrate.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/mh-records.h"

static char *folder;
static guint counter;

static char *
with_option (const char *url, const char *name, const char *value)
{
  return g_strdup_printf ("%s%c%s=%s", url, strchr (url, '?') != NULL ? '&' : '?', name, value);
}

static void G_GNUC_PRINTF (2, 3) script (MhDb *db, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  va_list args;
  va_start (args, format);
  g_autofree char *sql = g_strdup_vprintf (format, args);
  va_end (args);
  mh_assert_ok (mh_db_script (db, sql, &error), error);
}

static MhDb *
cluster_open (const char *url)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_db_pg_open (url, "mahima test", 0, &error);
  g_assert_no_error (error);
  return db;
}

static void
migrate (MhDb *db)
{
  g_autoptr (GError) error = NULL;
  mh_records_register ();
  mh_assert_ok (mh_migrate (db, 1, &error), error);
}

/* --- the templates --- */

static char *
template_name (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < mh_n_migrations; i++)
    g_string_append (text, mh_migrations[i].sql);
  g_autofree char *sum = mh_sha256_of_text (text->str);

  return g_strdup_printf ("mh_template_%.16s", sum);
}

static gboolean
database_exists (MhDb *db, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, "SELECT 1 FROM pg_database WHERE datname = $1",
                                         MH_ARGS (MH_TEXT (name)), &error);
  g_assert_no_error (error);
  return mh_rows_next (rows, &error);
}

/* Programs run side by side: the first makes the template, under another name until it is whole. */
static const char *
postgres_template (MhDb *cluster)
{
  static char *name = NULL;
  if (name != NULL)
    return name;

  name = template_name ();
  script (cluster, "SELECT pg_advisory_lock (7364)");
  if (!database_exists (cluster, name))
    {
      g_autofree char *half = g_strconcat (name, "_half", NULL);
      script (cluster, "DROP DATABASE IF EXISTS %s WITH (FORCE)", half);
      script (cluster, "CREATE DATABASE %s", half);
      g_autofree char *url = with_option (g_getenv ("MAHIMA_TEST_PG"), "dbname", half);
      MhDb *db = cluster_open (url);
      migrate (db);
      mh_db_close (db);
      script (cluster, "ALTER DATABASE %s RENAME TO %s", half, name);
      /* nobody may be connected while it is copied: neither does autovacuum now */
      script (cluster, "ALTER DATABASE %s WITH ALLOW_CONNECTIONS false", name);
    }
  script (cluster, "SELECT pg_advisory_unlock (7364)");
  return name;
}

static const char *
sqlite_template (void)
{
  static char *path = NULL;
  if (path != NULL)
    return path;

  g_autoptr (GError) error = NULL;
  path = g_build_filename (folder, "template", NULL);
  MhDb *db = mh_db_sqlite_open (path, MH_DB_CREATE | MH_DB_FAST, NULL, &error);
  g_assert_no_error (error);
  migrate (db);
  mh_db_close (db);
  return path;
}

/* --- a case --- */

static void
run_sqlite (MhTestCase func, gboolean is_migrated)
{
  if (folder == NULL)
    folder = g_dir_make_tmp ("mahima-test-XXXXXX", NULL);
  g_autofree char *path = g_strdup_printf ("%s/%u.db", folder, ++counter);
  MhTestDb test = { g_strconcat ("sqlite:", path, NULL), FALSE };
  if (is_migrated)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) from = g_file_new_for_path (sqlite_template ());
      g_autoptr (GFile) to = g_file_new_for_path (path);
      mh_assert_ok (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error), error);
    }

  func (&test);
  g_free (test.url);
}

static void
run_postgres (MhTestCase func, gboolean is_migrated)
{
  const char *url = g_getenv ("MAHIMA_TEST_PG");
  if (url == NULL)
    {
      g_test_skip ("MAHIMA_TEST_PG is not set");
      return;
    }
  g_autofree char *name = g_strdup_printf ("mh_test_%d_%u", (int)getpid (), ++counter);
  MhTestDb test = { with_option (url, "dbname", name), TRUE };
  g_autoptr (MhDb) cluster = cluster_open (url);
  g_autofree char *from
      = is_migrated ? g_strdup_printf ("%s TEMPLATE %s", name, postgres_template (cluster))
                    : g_strdup (name);
  script (cluster, "CREATE DATABASE %s", from);

  func (&test);
  script (cluster, "DROP DATABASE %s WITH (FORCE)", name);
  g_free (test.url);
}

static void
run_sqlite_migrated (gconstpointer data)
{
  run_sqlite ((MhTestCase)data, TRUE);
}

static void
run_sqlite_empty (gconstpointer data)
{
  run_sqlite ((MhTestCase)data, FALSE);
}

static void
run_postgres_migrated (gconstpointer data)
{
  run_postgres ((MhTestCase)data, TRUE);
}

static void
run_postgres_empty (gconstpointer data)
{
  run_postgres ((MhTestCase)data, FALSE);
}

static void
add (const char *path, MhTestCase func, GTestDataFunc on_sqlite, GTestDataFunc on_postgres)
{
  g_autofree char *lite = g_strconcat (path, "/sqlite", NULL);
  g_autofree char *post = g_strconcat (path, "/postgresql", NULL);
  g_test_add_data_func (lite, func, on_sqlite);
  g_test_add_data_func (post, func, on_postgres);
}

void
mh_test_add_both (const char *path, MhTestCase func)
{
  add (path, func, run_sqlite_migrated, run_postgres_migrated);
}

void
mh_test_add_both_empty (const char *path, MhTestCase func)
{
  add (path, func, run_sqlite_empty, run_postgres_empty);
}

MhDb *
mh_test_connect (const MhTestDb *test, guint flags, const char *append_only)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = test->is_postgres
                 ? mh_db_pg_open (test->url, "mahima test", flags & MH_DB_READ_ONLY, &error)
                 : mh_db_sqlite_open (test->url + strlen ("sqlite:"), flags, append_only, &error);
  g_assert_no_error (error);
  return db;
}

static void
remove_folder (void)
{
  const char *name;
  GDir *dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_dir_close (dir);
  g_rmdir (folder);
}

int
mh_test_run (void)
{
  int result = g_test_run ();
  if (folder != NULL)
    remove_folder ();
  return result;
}
