/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-migrate.h"

#include <string.h>

#include "server/platform/store/mh-db-pg.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-sha256.h"

static const char sql_table[]
    = "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT NOT NULL PRIMARY KEY,"
      " name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";
static const char sql_applied[] = "SELECT number, checksum FROM schema_migration ORDER BY number";
static const char sql_record[]
    = "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)";
/* Two servers starting together: the second waits and finds the work done. */
static const char sql_lock[] = "SELECT pg_advisory_lock (7230941)";
static const char sql_no_limits[] = "SET statement_timeout = 0; SET lock_timeout = 0;"
                                    "SET idle_in_transaction_session_timeout = 0;";
static const char sql_unlock[] = "SELECT pg_advisory_unlock (7230941)";

static char *
checksum_of (const MhMigration *migration)
{
  return mh_sha256_of_text (migration->sql);
}

/* --- what the database has --- */

/* Highest number applied; -1 with @error. */
static gint64
compare_applied (MhDb *db, const MhMigration *list, guint n, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_applied, MH_NO_ARGS, error);
  gint64 highest = 0;

  if (rows == NULL)
    return -1;
  while (mh_rows_next (rows, &inner))
    {
      highest = mh_rows_int (rows, 0);
      const MhMigration *own = NULL;
      for (guint i = 0; i < n && own == NULL; i++)
        own = list[i].number == highest ? &list[i] : NULL;
      if (own == NULL)
        {
          mh_error_set (error, MH_ERROR_STORE,
                        "The database's schema is number %" G_GINT64_FORMAT
                        ", this program knows %d at most: install a newer version of the program.",
                        highest, n > 0 ? list[n - 1].number : 0);
          return -1;
        }
      g_autofree char *checksum = checksum_of (own);
      if (!g_str_equal (checksum, mh_rows_text (rows, 1)))
        {
          mh_error_set (error, MH_ERROR_STORE,
                        "Migration %04d (%s) is not the one that was applied to this database: "
                        "install the version of the program that made it, or a newer one.",
                        own->number, own->name);
          return -1;
        }
    }

  if (inner == NULL)
    return highest;

  g_propagate_error (error, g_steal_pointer (&inner));
  return -1;
}

/* --- applying --- */

static char *
for_database (const char *sql, gboolean is_postgres)
{
  const char *foreign = is_postgres ? "-- @sqlite" : "-- @postgres";
  g_auto (GStrv) lines = g_strsplit (sql, "\n", -1);
  GString *out = g_string_new (NULL);
  for (char **line = lines; *line != NULL; line++)
    if (!g_str_has_suffix (g_strchomp (*line), foreign))
      g_string_append_printf (out, "%s\n", *line);
  return g_string_free (out, FALSE);
}

static gboolean
migrate_apply (MhDb *db, const MhMigration *migration, gint64 now, GError **error)
{
  g_autofree char *sql = for_database (migration->sql, mh_db_is_postgres (db));
  g_autofree char *checksum = checksum_of (migration);
  if (mh_db_script (db, sql, error)
      && mh_db_exec (db, sql_record,
                     MH_ARGS (MH_INT (migration->number), MH_TEXT (migration->name),
                              MH_TEXT (checksum), MH_INT (now)),
                     error)
             == 1)
    return TRUE;
  g_prefix_error (error, "Migration %04d (%s): ", migration->number, migration->name);
  return FALSE;
}

static gboolean
try_out (MhDb *db, const MhMigration *list, guint n, gint64 now, GError **error)
{
  if (!mh_db_begin (db, MH_TX_WRITE, error))
    return FALSE;
  gboolean ok = TRUE;
  for (guint i = 0; ok && i < n; i++)
    ok = migrate_apply (db, &list[i], now, error);
  mh_db_rollback (db);
  return ok;
}

static gboolean
migrate_run (MhDb *db, const MhMigration *list, guint n, gint64 now, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      if (!mh_db_begin (db, MH_TX_WRITE, error))
        return FALSE;
      if (!migrate_apply (db, &list[i], now, error))
        {
          mh_db_rollback (db);
          return FALSE;
        }
      if (!mh_db_commit (db, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_table (MhDb *db)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_applied, MH_NO_ARGS, NULL);
  return rows != NULL;
}

static gboolean
migrate_locked (MhDb *db,
                MhMigrations list,
                MhMigrateMode mode,
                gint64 now,
                guint *out_pending,
                GError **error)
{
  gboolean known = has_table (db);
  gint64 highest = known ? compare_applied (db, list.steps, list.n, error) : 0;
  if (highest < 0)
    return FALSE;

  guint done = 0;
  while (done < list.n && list.steps[done].number <= highest)
    done++;

  if (out_pending != NULL)
    *out_pending = list.n - done;
  if (done == list.n)
    return TRUE;

  if (mode == MH_MIGRATE_CHECK)
    {
      mh_error_set (error, MH_ERROR_STORE,
                    "The database's schema is number %" G_GINT64_FORMAT
                    ", this program needs %d: run \"mahimactl migrate\".",
                    highest, list.steps[list.n - 1].number);
      return FALSE;
    }

  if (!known && !mh_db_script (db, sql_table, error))
    return FALSE;

  const MhMigration *missing = list.steps + done;
  return try_out (db, missing, list.n - done, now, error)
         && (mode == MH_MIGRATE_DRY || migrate_run (db, missing, list.n - done, now, error));
}

gboolean
mh_migrate_list (MhDb *db,
                 MhMigrations list,
                 MhMigrateMode mode,
                 gint64 now,
                 guint *out_pending,
                 GError **error)
{
  if (mode == MH_MIGRATE_CHECK || !mh_db_is_postgres (db))
    return migrate_locked (db, list, mode, now, out_pending, error);

  /* An index over years of data takes its time. */
  MhRows *locked = mh_db_script (db, sql_no_limits, error)
                       ? mh_db_query (db, sql_lock, MH_NO_ARGS, error)
                       : NULL;

  if (locked == NULL)
    return FALSE;

  mh_rows_free (locked);
  gboolean ok = migrate_locked (db, list, mode, now, out_pending, error);
  mh_rows_free (mh_db_query (db, sql_unlock, MH_NO_ARGS, NULL));
  return ok && mh_db_script (db, MH_PG_LIMITS, error);
}

gboolean
mh_migrate (MhDb *db, gint64 now, GError **error)
{
  return mh_migrate_list (db, (MhMigrations){ mh_migrations, mh_n_migrations }, MH_MIGRATE_RUN, now,
                          NULL, error);
}

gboolean
mh_migrate_check (MhDb *db, GError **error)
{
  return mh_migrate_list (db, (MhMigrations){ mh_migrations, mh_n_migrations }, MH_MIGRATE_CHECK, 0,
                          NULL, error);
}
