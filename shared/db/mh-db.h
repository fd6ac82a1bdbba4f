/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One small interface to a database connection. Blocking; a connection belongs to one thread at a
 * time. One SQL text serves both databases (rules in HACKING): parameters are $1…$N and bound by
 * that name, never by place of appearance. Native errors arrive as MH_ERROR_CONFLICT (unique or
 * foreign key, see mh_db_constraint()), _INVALID (check), _BUSY (locked, serialization, connection
 * lost: worth a retry), _STORAGE (the disk is full or fails) or _STORE. SQL texts must be static
 * strings: statements are prepared once per connection and found again by the text's address.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef enum
{
  MH_ARG_NULL,
  MH_ARG_TEXT,
  MH_ARG_INT,
  MH_ARG_BOOL,
  MH_ARG_BYTES,
} MhArgKind;

typedef struct
{
  MhArgKind kind;
  const char
      *text; /* borrowed until the call returns (post: until the next flush is the driver's copy) */
  gint64 integer; /* also the bool, and the length of bytes */
} MhArg;

/* A NULL text is SQL NULL. */
#define MH_TEXT(t) ((MhArg){ .kind = MH_ARG_TEXT, .text = (t) })
#define MH_INT(i) ((MhArg){ .kind = MH_ARG_INT, .integer = (i) })
#define MH_BOOL(b) ((MhArg){ .kind = MH_ARG_BOOL, .integer = (b) ? 1 : 0 })
#define MH_BYTES(p, n)                                                                             \
  ((MhArg){ .kind = MH_ARG_BYTES, .text = (const char *)(p), .integer = (gint64)(n) })
#define MH_NULL ((MhArg){ .kind = MH_ARG_NULL })
/* mh_db_query (db, sql_x, MH_ARGS (MH_TEXT (id), MH_INT (n)), error) */
#define MH_ARGS(...)                                                                               \
  (const MhArg[]){ __VA_ARGS__ }, (guint)(sizeof ((const MhArg[]){ __VA_ARGS__ }) / sizeof (MhArg))
#define MH_NO_ARGS NULL, 0

typedef enum
{
  MH_TX_READ,  /* a snapshot */
  MH_TX_WRITE, /* SQLite BEGIN IMMEDIATE; PostgreSQL SERIALIZABLE with the write queue locked */
} MhTxMode;

/* Rows of one query. One open MhRows per connection on PostgreSQL is buffered, on SQLite stepped;
 * run no other statement with the *same text* on the connection while they are open. */
gboolean mh_rows_next (MhRows *rows, GError **error); /* FALSE: end, or error set */
guint mh_rows_n_columns (MhRows *rows);
gboolean mh_rows_is_null (MhRows *rows, guint column);
const char *mh_rows_text (MhRows *rows, guint column); /* NULL for null; valid until next/free */
gint64 mh_rows_int (MhRows *rows, guint column);
gboolean mh_rows_bool (MhRows *rows, guint column); /* 0/1 and t/f alike */
const guint8 *mh_rows_bytes (MhRows *rows, guint column, gsize *out_length);
void mh_rows_free (MhRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhRows, mh_rows_free)

MhRows *mh_db_query (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error);
/* The same for tens of thousands of rows, which PostgreSQL then hands over in pieces; SQLite always
 * does. One at a time on a connection, and freed before the transaction ends; a text lasts until
 * the next row. */
MhRows *
mh_db_query_long (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error);
/* Announces a query that will come with the same text and arguments: PostgreSQL sends it without
 * waiting, so that several share one wait; SQLite does nothing. What was not asked for is dropped
 * when its tables are written, when a transaction begins or ends, when a savepoint is rolled back,
 * and when a reader is given back. */
void mh_db_prefetch (MhDb *db, const char *sql, const MhArg *args, guint n_args);
void mh_db_drop_prefetch (MhDb *db);
/* Rows changed, -1 on error. */
gint64 mh_db_exec (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error);
/* As exec when the count does not matter: PostgreSQL sends it in a pipeline and reports its error
 * at the next query, exec, savepoint or commit; SQLite runs it at once. */
gboolean
mh_db_exec_deferred (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error);
gboolean mh_db_flush (MhDb *db, GError **error);
/* Lets PostgreSQL begin with what was posted, without waiting for it. */
void mh_db_send (MhDb *db);
/* Calls so far that may have written: exec, post, and queries that do not begin with SELECT; wraps.
 */
guint mh_db_writes (MhDb *db);
/* Calls so far that ran a statement: query, exec, post; wraps. What was announced and not asked for
 * does not count. */
guint mh_db_statements (MhDb *db);

gboolean mh_db_begin (MhDb *db, MhTxMode mode, GError **error);
gboolean mh_db_commit (MhDb *db, GError **error); /* durable when it returns TRUE */
void mh_db_rollback (MhDb *db);
/* One level, inside a write transaction: one request of a group. */
gboolean mh_db_savepoint (MhDb *db, GError **error);
gboolean mh_db_release (MhDb *db, GError **error);
void mh_db_rollback_to (MhDb *db);
/* Several statements in one text, without parameters: migrations only. */
gboolean mh_db_script (MhDb *db, const char *sql, GError **error);

/* After a MH_ERROR_CONFLICT: the constraint or index that refused ("lab_order_number_key", on
 * SQLite "lab_order.number"); owned by the connection. */
const char *mh_db_constraint (MhDb *db);
gboolean
mh_db_is_postgres (MhDb *db); /* for notices and administration; never to pick another SQL */
/* The worst that the disk has done to this connection since the last call. */
typedef enum
{
  MH_DB_SOUND,
  MH_DB_FULL,    /* no room, or it could not be read or written just now */
  MH_DB_DAMAGED, /* what lies there cannot be read */
} MhDbTrouble;
MhDbTrouble mh_db_take_trouble (MhDb *db);
void mh_db_close (MhDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhDb, mh_db_close)

typedef enum
{
  MH_DB_CREATE = 1 << 0, /* make the file */
  MH_DB_READ_ONLY = 1 << 1,
  MH_DB_FAST = 1 << 2, /* synchronous=NORMAL: client caches and tests; never the server's data */
} MhDbFlags;

/* @path, or ":memory:". WAL, foreign keys on, synchronous=FULL, busy time-out 5 s. UPDATE and
 * DELETE on the tables named in @append_only (comma separated, or NULL) are refused by the
 * authoriser. */
MhDb *mh_db_sqlite_open (const char *path, guint flags, const char *append_only, GError **error);

/* A copy of the whole database while it is in use; pages are checked before and after. */
gboolean mh_db_sqlite_backup (MhDb *db, const char *to_path, GError **error);

G_END_DECLS
