/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database as a whole: schema, copies, the audit trail. */
#include "server/ctl/mh-ctl.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/platform/audit/mh-audit-verify.h"
#include "server/platform/jobs/mh-jobs-house.h"
#include "server/platform/store/mh-db-pg.h"
#include "server/platform/store/mh-migrate.h"
#include "shared/record/mh-registry.h"
#include "shared/sql/mh-sql-text.h"

static gboolean
is_postgres (const char *url)
{
  return g_str_has_prefix (url, "postgres://") || g_str_has_prefix (url, "postgresql://");
}

/* --- schema --- */

static MhDb *
connect (const char *url, GError **error)
{
  if (is_postgres (url))
    return mh_db_pg_open (url, "mahimactl", 0, error);
  return mh_db_sqlite_open (url + strlen ("sqlite:"), MH_DB_CREATE, NULL, error);
}

int
mh_ctl_migrate (MhCtl *ctl, GError **error)
{
  const char *url = mh_server_config_text (mh_ctl_config (ctl), "database.url");
  gboolean dry = mh_ctl_flag (ctl, "dry-run");
  guint pending = 0;
  g_autoptr (MhClock) clock = mh_clock_new ();
  g_autoptr (MhDb) db = connect (url, error);

  if (db == NULL
      || !mh_migrate_list (db, (MhMigrations){ mh_migrations, mh_n_migrations },
                           dry ? MH_MIGRATE_DRY : MH_MIGRATE_RUN, mh_clock_now (clock), &pending,
                           error))
    return MH_CTL_FAILED;

  if (pending == 0)
    puts ("The database is up to date.");
  else
    printf (dry ? "%u migrations would run; the trial went well.\n" : "%u migrations done.\n",
            pending);

  return MH_CTL_DONE;
}

int
mh_ctl_schema (MhCtl *ctl, GError **error)
{
  for (guint i = 0; i < mh_registry_size (); i++)
    if (mh_registry_nth (i)->table != NULL)
      {
        g_autofree char *ddl = mh_sql_ddl (mh_registry_nth (i), MH_SQL_SERVER);
        puts (ddl);
      }
  return MH_CTL_DONE;
}

int
mh_ctl_check_config (MhCtl *ctl, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (MhServerConfig) config = mh_server_config_load (mh_ctl_config_path (ctl), &wrong);
  if (config != NULL)
    {
      puts ("The configuration is fine.");
      return MH_CTL_DONE;
    }

  const MhIssues *issues = mh_error_get_issues (wrong);
  if (mh_issues_count (issues) == 0)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return MH_CTL_FAILED;
    }

  for (guint i = 0; i < mh_issues_count (issues); i++)
    printf ("%s: %s\n", mh_issues_nth (issues, i)->field, mh_issues_nth (issues, i)->message);
  return MH_CTL_NO;
}

/* --- copies --- */

/* The address without its password, which must not stand on a command line that everybody may list:
 * *out_password (NULL: none) goes by the environment. Caller frees both. */
static char *
part_with_password (const char *url, char **out_password)
{
  const char *user = strstr (url, "://");
  const char *at = user != NULL ? strchr (user + 3, '@') : NULL;
  const char *colon = at != NULL ? memchr (user + 3, ':', (gsize)(at - user - 3)) : NULL;
  if (colon == NULL)
    return g_strdup (url);
  g_autofree char *before = g_strndup (url, (gsize)(colon - url));
  *out_password = g_uri_unescape_segment (colon + 1, at, NULL);
  return g_strconcat (before, at, NULL);
}

static gboolean
run_postgres (const char *program, const char *url, const char *const *arguments, GError **error)
{
  g_autofree char *path = g_find_program_in_path (program);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *said = NULL, *password = NULL;
  g_autofree char *address = part_with_password (url, &password);

  if (password != NULL)
    g_subprocess_launcher_setenv (launcher, "PGPASSWORD", password, TRUE);
  if (path == NULL)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND,
                    "The program %s is missing: install the package postgresql-client.", program);
      return FALSE;
    }

  g_ptr_array_add (argv, path);
  g_ptr_array_add (argv, (gpointer) "--dbname");
  g_ptr_array_add (argv, address);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer)arguments[i]);
  g_ptr_array_add (argv, NULL);

  g_autoptr (GSubprocess) process
      = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv->pdata, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, error))
    return FALSE;
  if (g_subprocess_get_successful (process))
    return TRUE;

  mh_error_set (error, MH_ERROR_STORE, "%s failed: %s", program, g_strstrip (said));
  return FALSE;
}

static gboolean
backup_sqlite (const char *path, const char *to, GError **error)
{
  g_autofree char *half = g_strconcat (to, ".part", NULL);
  g_autoptr (MhDb) db = mh_db_sqlite_open (path, MH_DB_READ_ONLY, NULL, error);
  g_unlink (half);
  if (db == NULL || !mh_db_sqlite_backup (db, half, error))
    return FALSE;
  g_chmod (half, 0600);
  if (g_rename (half, to) == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_STORE, "Cannot rename the copy to %s.", to);
  return FALSE;
}

int
mh_ctl_backup (MhCtl *ctl, GError **error)
{
  const char *to = mh_ctl_need (ctl, 0, "The file to write", error);
  const char *url = mh_server_config_text (mh_ctl_config (ctl), "database.url");
  gboolean done;
  if (to == NULL)
    return MH_CTL_FAILED;

  if (g_file_test (to, G_FILE_TEST_EXISTS))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "%s exists; nothing is overwritten.", to);
      return MH_CTL_FAILED;
    }

  if (is_postgres (url))
    {
      const char *arguments[] = { "--format=custom", "--no-owner", "--file", to, NULL };
      done = run_postgres ("pg_dump", url, arguments, error);
      g_chmod (to, 0600);
    }
  else
    done = backup_sqlite (url + strlen ("sqlite:"), to, error);
  if (done)
    printf (is_postgres (url) ? "Copied to %s.\n" : "Copied to %s; every page was checked.\n", to);

  return done ? MH_CTL_DONE : MH_CTL_FAILED;
}

static gboolean
restore_sqlite (const char *from, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* a journal that was left behind would be played into the copy */
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (journal, G_FILE_TEST_EXISTS))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "%s exists. Stop the server and move it away first; nothing is overwritten.",
                    path);
      return FALSE;
    }

  g_mkdir_with_parents (folder, 0700);
  return backup_sqlite (from, path, error);
}

/* It opens, and it is another database than the clients' copies were filled from. */
static gboolean
finish_restore (MhCtl *ctl, GError **error)
{
  MhStore *store = mh_ctl_store (ctl, FALSE, error);
  return store != NULL && mh_store_renew_epoch (store, error);
}

int
mh_ctl_restore (MhCtl *ctl, GError **error)
{
  const char *from = mh_ctl_need (ctl, 0, "The file to read", error);
  const char *url = mh_server_config_text (mh_ctl_config (ctl), "database.url");
  gboolean done;
  if (from == NULL)
    return MH_CTL_FAILED;

  if (is_postgres (url))
    {
      const char *arguments[]
          = { "--no-owner", "--exit-on-error", "--single-transaction", from, NULL };
      done = run_postgres ("pg_restore", url, arguments, error);
    }
  else
    done = restore_sqlite (from, url + strlen ("sqlite:"), error);

  if (!done || !finish_restore (ctl, error))
    return MH_CTL_FAILED;

  puts ("Restored.");
  return MH_CTL_DONE;
}

/* --- audit --- */

typedef struct
{
  const char *heads;
  int status;
} Verify;

static gboolean
read_verify (MhDb *db, gpointer data, GError **error)
{
  Verify *verify = data;
  g_auto (MhAuditVerdict) verdict = { 0 };
  g_autofree char *missing = NULL;
  if (!mh_audit_verify (db, &verdict, error))
    return FALSE;
  if (verdict.broken == 0 && verify->heads != NULL
      && !mh_audit_check_heads (db, verify->heads, &missing, error))
    return FALSE;

  verify->status = MH_CTL_NO;
  if (verdict.broken != 0)
    printf ("BROKEN at row %" G_GINT64_FORMAT ": %s\n", verdict.broken, verdict.reason);
  else if (missing != NULL)
    printf ("BROKEN: this kept head is not in the chain any more: %s\n", missing);
  else
    {
      printf ("The audit trail is whole: %" G_GINT64_FORMAT " rows, head %s\n", verdict.rows,
              verdict.head != NULL ? verdict.head : "none");
      verify->status = MH_CTL_DONE;
    }

  return TRUE;
}

int
mh_ctl_audit_verify (MhCtl *ctl, GError **error)
{
  g_autofree char *kept = mh_jobs_house_heads_path (mh_ctl_config (ctl));
  Verify verify = { .heads = mh_ctl_option (ctl, "heads") };
  if (verify.heads == NULL && kept != NULL && g_file_test (kept, G_FILE_TEST_EXISTS))
    verify.heads = kept;
  return mh_ctl_read (ctl, read_verify, &verify, error) ? verify.status : MH_CTL_FAILED;
}
