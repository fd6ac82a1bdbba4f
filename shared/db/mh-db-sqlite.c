/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "shared/db/mh-db-driver.h"

typedef struct
{
  sqlite3_stmt *stmt;
  int *places;    /* argument N-1 → bind position, 0: not in the text */
  guint n_places; /* highest N of the text */
  gboolean open;  /* rows of it are being stepped */
} Statement;

typedef struct
{
  MhDb base;
  sqlite3 *handle;
  GHashTable *statements; /* text address → Statement */
  char **append_only;
  gboolean is_reader;
} SqliteDb;

typedef struct
{
  MhRows base;
  SqliteDb *db;
  Statement *statement;
  gboolean owned; /* prepared for these rows alone */
  gboolean primed;
  int status;
} SqliteRows;

static const MhDbDriver sqlite_driver;

static const char sql_begin_read[] = "BEGIN";
static const char sql_begin_write[] = "BEGIN IMMEDIATE";
static const char sql_commit[] = "COMMIT";
static const char sql_rollback[] = "ROLLBACK";
static const char sql_savepoint[] = "SAVEPOINT request";
static const char sql_release[] = "RELEASE request";
static const char sql_check[] = "PRAGMA integrity_check(1)";
static const char sql_rollback_to[] = "ROLLBACK TO request";

/* --- errors --- */

/* "UNIQUE constraint failed: lab_order.number" → "lab_order.number"; an index over an expression
 * reads "index 'name'". */
static char *
constraint_of_message (const char *message)
{
  const char *start = strstr (message, "failed: ");
  if (start == NULL)
    return g_strdup (strstr (message, "FOREIGN KEY") != NULL ? "foreign key" : "");
  start += strlen ("failed: ");
  if (!g_str_has_prefix (start, "index '"))
    return g_strdup (start);
  start += strlen ("index '");
  return g_strndup (start, strcspn (start, "'"));
}

static void
raise_constraint (SqliteDb *db, int code, GError **error)
{
  g_free (db->base.constraint);
  db->base.constraint = constraint_of_message (sqlite3_errmsg (db->handle));
  if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "A record that this one refers to is missing or in use.");
  else if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY
           || code == SQLITE_CONSTRAINT_ROWID)
    mh_error_set (error, MH_ERROR_CONFLICT, "Another record already has this value.");
  else
    mh_error_set (error, MH_ERROR_INVALID, "The database refused a value (%s).",
                  db->base.constraint);
}

/* A reader's own refusal to write is no trouble of the disk's. */
static MhDbTrouble
trouble_of (SqliteDb *db, int primary)
{
  if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    return MH_DB_DAMAGED;
  if (primary == SQLITE_READONLY && sqlite3_db_readonly (db->handle, "main") == 0)
    return db->is_reader ? MH_DB_SOUND : MH_DB_FULL;
  return primary == SQLITE_FULL || primary == SQLITE_IOERR ? MH_DB_FULL : MH_DB_SOUND;
}

static void
raise_code (SqliteDb *db, int code, GError **error)
{
  int primary = code & 0xff;
  MhDbTrouble trouble = trouble_of (db, primary);
  if (primary == SQLITE_CONSTRAINT)
    raise_constraint (db, sqlite3_extended_errcode (db->handle), error);
  else if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
    mh_error_set_retry (error, MH_ERROR_BUSY, 1, "The database is busy.");
  else if (trouble != MH_DB_SOUND)
    mh_db_raise_trouble (&db->base, trouble, error, "SQLite: %s (%d)", sqlite3_errmsg (db->handle),
                         sqlite3_extended_errcode (db->handle));
  else
    mh_error_set (error, MH_ERROR_STORE, "SQLite: %s (%d)", sqlite3_errmsg (db->handle),
                  sqlite3_extended_errcode (db->handle));
}

/* --- statements --- */

static void
statement_free (gpointer data)
{
  Statement *statement = data;
  sqlite3_finalize (statement->stmt);
  g_free (statement->places);
  g_free (statement);
}

/* SQLite numbers $2, $1 by appearance, so the places are asked for by name, once per statement. */
static gboolean
statement_find_places (Statement *statement, GError **error)
{
  int n = sqlite3_bind_parameter_count (statement->stmt);
  for (int i = 1; i <= n; i++)
    {
      const char *name = sqlite3_bind_parameter_name (statement->stmt, i);
      guint64 number = 0;
      if (name == NULL || name[0] != '$'
          || !g_ascii_string_to_unsigned (name + 1, 10, 1, 32766, &number, NULL))
        {
          mh_error_set (error, MH_ERROR_STORE, "Parameter %s is not of the form $N.",
                        name != NULL ? name : "?");
          return FALSE;
        }
      statement->n_places = MAX (statement->n_places, (guint)number);
    }

  statement->places = g_new0 (int, statement->n_places + 1);
  for (guint i = 0; i < statement->n_places; i++)
    {
      char name[16];
      g_snprintf (name, sizeof name, "$%u", i + 1);
      statement->places[i] = sqlite3_bind_parameter_index (statement->stmt, name);
    }

  return TRUE;
}

static Statement *
statement_new (SqliteDb *db, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (code != SQLITE_OK || stmt == NULL)
    {
      raise_code (db, code, error);
      return NULL;
    }

  Statement *statement = g_new0 (Statement, 1);
  statement->stmt = stmt;
  if (statement_find_places (statement, error))
    return statement;

  statement_free (statement);
  return NULL;
}

/* *out_owned: the kept statement is in use by open rows, this one is for the caller alone. */
static Statement *
statement_get (SqliteDb *db, const char *sql, gboolean *out_owned, GError **error)
{
  Statement *kept = g_hash_table_lookup (db->statements, sql);
  if (kept != NULL && !kept->open)
    {
      *out_owned = FALSE;
      return kept;
    }

  Statement *made = statement_new (db, sql, error);
  if (made == NULL)
    return NULL;

  *out_owned = kept != NULL;
  if (kept == NULL)
    g_hash_table_insert (db->statements, (gpointer)sql, made);
  return made;
}

static int
bind_one (sqlite3_stmt *stmt, int place, const MhArg *arg, sqlite3_destructor_type keep)
{
  if (arg->kind == MH_ARG_INT || arg->kind == MH_ARG_BOOL)
    return sqlite3_bind_int64 (stmt, place, arg->integer);
  if (arg->kind == MH_ARG_NULL || arg->text == NULL)
    return sqlite3_bind_null (stmt, place);
  if (arg->kind == MH_ARG_TEXT)
    return sqlite3_bind_text (stmt, place, arg->text, -1, keep);
  return sqlite3_bind_blob64 (stmt, place, arg->text, (sqlite3_uint64)arg->integer, keep);
}

static gboolean
db_sqlite_bind_all (SqliteDb *db,
                    Statement *statement,
                    const MhArg *args,
                    guint n_args,
                    sqlite3_destructor_type keep,
                    GError **error)
{
  if (n_args != statement->n_places)
    {
      mh_error_set (error, MH_ERROR_STORE, "The statement has %u parameters, %u were given.",
                    statement->n_places, n_args);
      return FALSE;
    }

  for (guint i = 0; i < n_args; i++)
    {
      int code = statement->places[i] != 0
                     ? bind_one (statement->stmt, statement->places[i], &args[i], keep)
                     : SQLITE_OK;
      if (code != SQLITE_OK)
        {
          raise_code (db, code, error);
          return FALSE;
        }
    }

  return TRUE;
}

static void
statement_done (Statement *statement, gboolean owned)
{
  statement->open = FALSE;
  sqlite3_reset (statement->stmt);
  sqlite3_clear_bindings (statement->stmt);
  if (owned)
    statement_free (statement);
}

/* --- driver --- */

static gint64
sqlite_exec (MhDb *base, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  SqliteDb *db = (SqliteDb *)base;
  gboolean owned = FALSE;
  Statement *statement = statement_get (db, sql, &owned, error);
  if (statement == NULL)
    return -1;

  gint64 before = sqlite3_total_changes64 (db->handle);
  gint64 changed = -1;
  if (db_sqlite_bind_all (db, statement, args, n_args, SQLITE_STATIC, error))
    {
      int code = SQLITE_ROW;
      while (code == SQLITE_ROW)
        code = sqlite3_step (statement->stmt);
      /* sqlite3_changes64() keeps the count of an earlier statement when this one changes no rows.
       */
      if (code != SQLITE_DONE)
        raise_code (db, code, error);
      else
        changed
            = sqlite3_total_changes64 (db->handle) == before ? 0 : sqlite3_changes64 (db->handle);
    }

  statement_done (statement, owned);
  return changed;
}

static gboolean
sqlite_exec_deferred (MhDb *base, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  return sqlite_exec (base, sql, args, n_args, error) >= 0;
}

static gboolean
sqlite_flush (MhDb *base, GError **error)
{
  return TRUE;
}

/* The first row is fetched at once, so that INSERT … RETURNING acts, and errors show, in the query
 * itself on both databases. */
static MhRows *
sqlite_query (MhDb *base, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  SqliteDb *db = (SqliteDb *)base;
  gboolean owned = FALSE;
  Statement *statement = statement_get (db, sql, &owned, error);
  if (statement == NULL)
    return NULL;

  int code = SQLITE_ERROR;
  if (db_sqlite_bind_all (db, statement, args, n_args, SQLITE_TRANSIENT, error))
    {
      code = sqlite3_step (statement->stmt);
      if (code != SQLITE_ROW && code != SQLITE_DONE)
        raise_code (db, code, error);
    }

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    {
      statement_done (statement, owned);
      return NULL;
    }

  statement->open = TRUE;
  SqliteRows *rows = g_new0 (SqliteRows, 1);
  rows->base.driver = &sqlite_driver;
  rows->db = db;
  rows->statement = statement;
  rows->owned = owned;
  rows->primed = TRUE;
  rows->status = code;

  return &rows->base;
}

static gboolean
db_sqlite_rows_next (MhRows *base, GError **error)
{
  SqliteRows *rows = (SqliteRows *)base;
  if (!rows->primed && rows->status == SQLITE_ROW)
    {
      rows->status = sqlite3_step (rows->statement->stmt);
      if (rows->status != SQLITE_ROW && rows->status != SQLITE_DONE)
        raise_code (rows->db, rows->status, error);
    }
  rows->primed = FALSE;
  return rows->status == SQLITE_ROW;
}

static guint
db_sqlite_rows_n_columns (MhRows *base)
{
  return (guint)sqlite3_column_count (((SqliteRows *)base)->statement->stmt);
}

static gboolean
db_sqlite_rows_is_null (MhRows *base, guint column)
{
  return sqlite3_column_type (((SqliteRows *)base)->statement->stmt, (int)column) == SQLITE_NULL;
}

static const char *
db_sqlite_rows_text (MhRows *base, guint column)
{
  return (const char *)sqlite3_column_text (((SqliteRows *)base)->statement->stmt, (int)column);
}

static gint64
db_sqlite_rows_int (MhRows *base, guint column)
{
  return sqlite3_column_int64 (((SqliteRows *)base)->statement->stmt, (int)column);
}

static gboolean
db_sqlite_rows_bool (MhRows *base, guint column)
{
  return db_sqlite_rows_int (base, column) != 0;
}

static const guint8 *
db_sqlite_rows_bytes (MhRows *base, guint column, gsize *out_length)
{
  sqlite3_stmt *stmt = ((SqliteRows *)base)->statement->stmt;
  const guint8 *bytes = sqlite3_column_blob (stmt, (int)column);
  *out_length = (gsize)sqlite3_column_bytes (stmt, (int)column);
  return bytes;
}

static void
db_sqlite_rows_free (MhRows *base)
{
  SqliteRows *rows = (SqliteRows *)base;
  statement_done (rows->statement, rows->owned);
  g_free (rows);
}

static gboolean
sqlite_begin (MhDb *base, MhTxMode mode, GError **error)
{
  const char *sql = mode == MH_TX_WRITE ? sql_begin_write : sql_begin_read;
  return sqlite_exec (base, sql, NULL, 0, error) >= 0;
}

static void
sqlite_rollback (MhDb *base)
{
  /* A full disk or an I/O error has rolled back already. */
  if (!sqlite3_get_autocommit (((SqliteDb *)base)->handle))
    sqlite_exec (base, sql_rollback, NULL, 0, NULL);
}

static gboolean
sqlite_commit (MhDb *base, GError **error)
{
  if (sqlite_exec (base, sql_commit, NULL, 0, error) >= 0)
    return TRUE;
  sqlite_rollback (base);
  return FALSE;
}

/* Outside a transaction SQLite would take a SAVEPOINT for a BEGIN. */
static gboolean
sqlite_savepoint (MhDb *base, GError **error)
{
  if (!sqlite3_get_autocommit (((SqliteDb *)base)->handle))
    return sqlite_exec (base, sql_savepoint, NULL, 0, error) >= 0;
  mh_error_set (error, MH_ERROR_STORE, "No transaction is open.");
  return FALSE;
}

static gboolean
sqlite_release (MhDb *base, GError **error)
{
  return sqlite_exec (base, sql_release, NULL, 0, error) >= 0;
}

static void
sqlite_back_to (MhDb *base)
{
  sqlite_exec (base, sql_rollback_to, NULL, 0, NULL);
  sqlite_exec (base, sql_release, NULL, 0, NULL);
}

static gboolean
sqlite_script (MhDb *base, const char *sql, GError **error)
{
  SqliteDb *db = (SqliteDb *)base;
  int code = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  raise_code (db, code, error);
  return FALSE;
}

static void
sqlite_close (MhDb *base)
{
  SqliteDb *db = (SqliteDb *)base;
  g_hash_table_unref (db->statements);
  sqlite3_close_v2 (db->handle);
  g_strfreev (db->append_only);
  g_free (db);
}

static const MhDbDriver sqlite_driver = {
  .is_postgres = FALSE,
  .query = sqlite_query,
  .exec = sqlite_exec,
  .post = sqlite_exec_deferred,
  .flush = sqlite_flush,
  .begin = sqlite_begin,
  .commit = sqlite_commit,
  .rollback = sqlite_rollback,
  .savepoint = sqlite_savepoint,
  .release = sqlite_release,
  .rollback_to = sqlite_back_to,
  .script = sqlite_script,
  .close = sqlite_close,
  .rows_next = db_sqlite_rows_next,
  .rows_n_columns = db_sqlite_rows_n_columns,
  .rows_is_null = db_sqlite_rows_is_null,
  .rows_text = db_sqlite_rows_text,
  .rows_int = db_sqlite_rows_int,
  .rows_bool = db_sqlite_rows_bool,
  .rows_bytes = db_sqlite_rows_bytes,
  .rows_free = db_sqlite_rows_free,
};

/* --- opening --- */

static int
authorise (void *data,
           int action,
           const char *table,
           const char *column,
           const char *schema,
           const char *trigger)
{
  SqliteDb *db = data;
  if (action != SQLITE_UPDATE && action != SQLITE_DELETE)
    return SQLITE_OK;
  return g_strv_contains ((const char *const *)db->append_only, table) ? SQLITE_DENY : SQLITE_OK;
}

/* SQLite would make the file readable by everybody; its -wal and -shm copy the file's mode. */
static void
make_private_file (const char *path)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_close (fd, NULL);
}

static gboolean
db_sqlite_configure (SqliteDb *db, const char *path, guint flags, GError **error)
{
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, 5000);
  const char *pragmas = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;";
  if (!sqlite_script (&db->base, pragmas, error))
    return FALSE;

  /* There are many readers, and what they read lies in the system's own cache. */
  if (flags & MH_DB_READ_ONLY)
    return sqlite_script (&db->base, "PRAGMA query_only = ON; PRAGMA cache_size = -256;", error);

  /* The log is copied back in larger bites than the default 1000 pages: one fsync pair for more
   * commits. */
  const char *durable = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                        "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;"
                        "PRAGMA cache_size = -1200;";
  const char *fast = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";

  return sqlite_script (&db->base, flags & MH_DB_FAST ? fast : durable, error);
}

/* SQLite counts its memory under one lock for the whole process; nobody reads the count, and every
 * connection would wait there. Must come before SQLite's first use. */
static void
count_no_memory (void)
{
  static gsize done = 0;
  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

MhDb *
mh_db_sqlite_open (const char *path, guint flags, const char *append_only, GError **error)
{
  int mode = SQLITE_OPEN_NOMUTEX;
  count_no_memory ();
  mode |= flags & MH_DB_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;

  if ((flags & MH_DB_CREATE) && !(flags & MH_DB_READ_ONLY))
    {
      mode |= SQLITE_OPEN_CREATE;
      if (!g_str_equal (path, ":memory:"))
        make_private_file (path);
    }

  SqliteDb *db = g_new0 (SqliteDb, 1);
  db->base.driver = &sqlite_driver;
  db->is_reader = (flags & MH_DB_READ_ONLY) != 0;
  db->statements = g_hash_table_new_full (NULL, NULL, NULL, statement_free);
  db->append_only = g_strsplit (append_only != NULL ? append_only : "", ",", -1);

  int code = sqlite3_open_v2 (path, &db->handle, mode, NULL);
  if (code != SQLITE_OK)
    raise_code (db, code, error);
  if (code != SQLITE_OK || !db_sqlite_configure (db, path, flags, error))
    {
      mh_db_close (&db->base);
      return NULL;
    }

  if (db->append_only[0] != NULL)
    sqlite3_set_authorizer (db->handle, authorise, db);
  return &db->base;
}

/* --- backup --- */

/* All pages in one step: in WAL that is one read snapshot, writers go on. */
static gboolean
copy_pages (SqliteDb *from, const char *to_path, GError **error)
{
  SqliteDb to = { .base.driver = &sqlite_driver };
  int code
      = sqlite3_open_v2 (to_path, &to.handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

  if (code == SQLITE_OK)
    {
      sqlite3_backup *backup = sqlite3_backup_init (to.handle, "main", from->handle, "main");
      if (backup != NULL)
        {
          sqlite3_backup_step (backup, -1);
          sqlite3_backup_finish (backup);
        }
      code = sqlite3_errcode (to.handle);
    }

  if (code != SQLITE_OK)
    raise_code (&to, code, error);
  sqlite3_close_v2 (to.handle);
  g_free (to.base.constraint);

  return code == SQLITE_OK;
}

/* The first complaint is enough. */
static gboolean
check_pages (MhDb *db, const char *what, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_check, MH_NO_ARGS, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  const char *said = mh_rows_text (rows, 0);
  if (g_strcmp0 (said, "ok") == 0)
    return TRUE;
  mh_db_raise_trouble (db, MH_DB_DAMAGED, error, "%s is damaged: %s", what, said);
  return FALSE;
}

static gboolean
check_copy (const char *path, GError **error)
{
  g_autoptr (MhDb) copy = mh_db_sqlite_open (path, MH_DB_READ_ONLY, NULL, error);
  return copy != NULL && check_pages (copy, "The copy", error);
}

gboolean
mh_db_sqlite_backup (MhDb *db, const char *to_path, GError **error)
{
  if (db->driver != &sqlite_driver)
    {
      mh_error_set (error, MH_ERROR_STORE, "Only an SQLite database is copied this way.");
      return FALSE;
    }

  g_autofree char *part = g_strconcat (to_path, ".part", NULL);
  g_unlink (part);
  make_private_file (part);

  if (!check_pages (db, "The database", error) || !copy_pages ((SqliteDb *)db, part, error)
      || !check_copy (part, error))
    {
      g_unlink (part);
      return FALSE;
    }

  if (g_rename (part, to_path) == 0)
    return TRUE;

  mh_error_set (error, MH_ERROR_STORE, "Cannot write %s: %s", to_path, g_strerror (errno));
  g_unlink (part);
  return FALSE;
}
