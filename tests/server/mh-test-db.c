/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/mh-test-db.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "server/platform/store/mh-db-pg.h"
#include "shared/base/mh-error.h"

static char *folder;
static char *program_url; /* the database of this program's cases, NULL: none */
static char *program_db;
static guint counter;

static char *
with_option (const char *url, const char *name, const char *value)
{
  return g_strdup_printf ("%s%c%s=%s", url, strchr (url, '?') != NULL ? '&' : '?', name, value);
}

static void
admin_script (const char *url, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_db_pg_open (url, "mahima test", 0, &error);
  g_assert_no_error (error);
  mh_assert_ok (mh_db_script (db, sql, &error), error);
}

static void
program_database_make (void)
{
  const char *url = g_getenv ("MAHIMA_TEST_PG");
  if (program_url != NULL)
    return;
  program_db = g_strdup_printf ("mh_test_%d", (int)getpid ());
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s", program_db);
  admin_script (url, sql);
  program_url = with_option (url, "dbname", program_db);
}

static MhTestDb
postgres_make (void)
{
  g_autofree char *schema = g_strdup_printf ("case_%u", ++counter);
  g_autofree char *sql = g_strdup_printf ("CREATE SCHEMA %s", schema);
  g_autofree char *path = g_strdup_printf ("-csearch_path%%3D%s", schema);
  program_database_make ();
  admin_script (program_url, sql);
  return (MhTestDb){ with_option (program_url, "options", path), TRUE };
}

static MhTestDb
sqlite_make (void)
{
  if (folder == NULL)
    folder = g_dir_make_tmp ("mahima-test-XXXXXX", NULL);
  return (MhTestDb){ g_strdup_printf ("sqlite:%s/%u.db", folder, ++counter), FALSE };
}

static void
run_sqlite (gconstpointer data)
{
  MhTestDb test = sqlite_make ();
  ((MhTestCase)data) (&test);
  g_free (test.url);
}

static void
run_postgres (gconstpointer data)
{
  if (g_getenv ("MAHIMA_TEST_PG") == NULL)
    {
      g_test_skip ("MAHIMA_TEST_PG is not set");
      return;
    }
  MhTestDb test = postgres_make ();
  ((MhTestCase)data) (&test);
  g_free (test.url);
}

void
mh_test_add_both (const char *path, MhTestCase func)
{
  g_autofree char *lite = g_strconcat (path, "/sqlite", NULL);
  g_autofree char *post = g_strconcat (path, "/postgresql", NULL);
  g_test_add_data_func (lite, func, run_sqlite);
  g_test_add_data_func (post, func, run_postgres);
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
  if (program_db != NULL)
    {
      g_autofree char *sql = g_strdup_printf ("DROP DATABASE %s WITH (FORCE)", program_db);
      admin_script (g_getenv ("MAHIMA_TEST_PG"), sql);
    }
  if (folder != NULL)
    remove_folder ();
  return result;
}
