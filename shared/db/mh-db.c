/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/db/mh-db-driver.h"

MhRows *
mh_db_query (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  if (!g_str_has_prefix (sql, "SELECT"))
    db->writes++;
  db->statements++;
  return db->driver->query (db, sql, args, n_args, error);
}

MhRows *
mh_db_query_long (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  if (db->driver->query_long == NULL)
    return mh_db_query (db, sql, args, n_args, error);
  db->statements++;
  return db->driver->query_long (db, sql, args, n_args, error);
}

void
mh_db_prefetch (MhDb *db, const char *sql, const MhArg *args, guint n_args)
{
  if (db->driver->prefetch != NULL)
    db->driver->prefetch (db, sql, args, n_args);
}

void
mh_db_drop_prefetch (MhDb *db)
{
  if (db->driver->drop_prefetch != NULL)
    db->driver->drop_prefetch (db);
}

gint64
mh_db_exec (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  db->writes++;
  db->statements++;
  return db->driver->exec (db, sql, args, n_args, error);
}

gboolean
mh_db_exec_deferred (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  db->writes++;
  db->statements++;
  return db->driver->post (db, sql, args, n_args, error);
}

gboolean
mh_db_flush (MhDb *db, GError **error)
{
  return db->driver->flush (db, error);
}

void
mh_db_send (MhDb *db)
{
  if (db->driver->send != NULL)
    db->driver->send (db);
}

guint
mh_db_writes (MhDb *db)
{
  return db->writes;
}

guint
mh_db_statements (MhDb *db)
{
  return db->statements;
}

gboolean
mh_db_begin (MhDb *db, MhTxMode mode, GError **error)
{
  return db->driver->begin (db, mode, error);
}

gboolean
mh_db_commit (MhDb *db, GError **error)
{
  return db->driver->commit (db, error);
}

void
mh_db_rollback (MhDb *db)
{
  db->driver->rollback (db);
}

gboolean
mh_db_savepoint (MhDb *db, GError **error)
{
  return db->driver->savepoint (db, error);
}

gboolean
mh_db_release (MhDb *db, GError **error)
{
  return db->driver->release (db, error);
}

void
mh_db_rollback_to (MhDb *db)
{
  db->driver->rollback_to (db);
}

gboolean
mh_db_script (MhDb *db, const char *sql, GError **error)
{
  return db->driver->script (db, sql, error);
}

const char *
mh_db_constraint (MhDb *db)
{
  return db->constraint;
}

gboolean
mh_db_is_postgres (MhDb *db)
{
  return db->driver->is_postgres;
}

MhDbTrouble
mh_db_take_trouble (MhDb *db)
{
  MhDbTrouble trouble = db->trouble;
  db->trouble = MH_DB_SOUND;
  return trouble;
}

void
mh_db_raise_trouble (MhDb *db, MhDbTrouble trouble, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  db->trouble = MAX (db->trouble, trouble);
  mh_error_set_storage (error, trouble == MH_DB_DAMAGED, "%s", text);
}

void
mh_db_close (MhDb *db)
{
  if (db == NULL)
    return;
  g_clear_pointer (&db->constraint, g_free);
  db->driver->close (db);
}

gboolean
mh_rows_next (MhRows *rows, GError **error)
{
  return rows->driver->rows_next (rows, error);
}

guint
mh_rows_n_columns (MhRows *rows)
{
  return rows->driver->rows_n_columns (rows);
}

gboolean
mh_rows_is_null (MhRows *rows, guint column)
{
  return rows->driver->rows_is_null (rows, column);
}

const char *
mh_rows_text (MhRows *rows, guint column)
{
  return rows->driver->rows_text (rows, column);
}

gint64
mh_rows_int (MhRows *rows, guint column)
{
  return rows->driver->rows_int (rows, column);
}

gboolean
mh_rows_bool (MhRows *rows, guint column)
{
  return rows->driver->rows_bool (rows, column);
}

const guint8 *
mh_rows_bytes (MhRows *rows, guint column, gsize *out_length)
{
  return rows->driver->rows_bytes (rows, column, out_length);
}

void
mh_rows_free (MhRows *rows)
{
  if (rows != NULL)
    rows->driver->rows_free (rows);
}
