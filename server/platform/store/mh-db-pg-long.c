/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An answer of many rows by a cursor of the server: libpq would keep all of them at once. */
#include "server/platform/store/mh-db-pg.h"
#include "shared/db/mh-db-driver.h"

#define PIECE 2000

static const char sql_whole[] = "SET LOCAL cursor_tuple_fraction = 1";
static const char sql_fetch[] = "FETCH FORWARD " G_STRINGIFY (PIECE) " FROM mahima_long";
static const char sql_close[] = "CLOSE mahima_long";

typedef struct
{
  MhRows base;
  MhDb *db;
  MhRows *piece;
  guint seen;           /* rows of it */
  gboolean transaction; /* begun for this answer */
} LongRows;

static gboolean
long_next (MhRows *base, GError **error)
{
  LongRows *rows = (LongRows *)base;
  GError *inner = NULL;
  if (mh_rows_next (rows->piece, &inner))
    {
      rows->seen++;
      return TRUE;
    }

  if (inner != NULL || rows->seen < PIECE)
    {
      if (inner != NULL)
        g_propagate_error (error, inner);
      return FALSE;
    }

  MhRows *next = mh_db_query (rows->db, sql_fetch, MH_NO_ARGS, error);
  if (next == NULL)
    return FALSE;

  mh_rows_free (rows->piece);
  rows->piece = next;
  rows->seen = 0;

  return long_next (base, error);
}

static guint
long_n_columns (MhRows *base)
{
  return mh_rows_n_columns (((LongRows *)base)->piece);
}

static gboolean
long_is_null (MhRows *base, guint column)
{
  return mh_rows_is_null (((LongRows *)base)->piece, column);
}

static const char *
long_text (MhRows *base, guint column)
{
  return mh_rows_text (((LongRows *)base)->piece, column);
}

static gint64
long_int (MhRows *base, guint column)
{
  return mh_rows_int (((LongRows *)base)->piece, column);
}

static gboolean
long_bool (MhRows *base, guint column)
{
  return mh_rows_bool (((LongRows *)base)->piece, column);
}

static const guint8 *
long_bytes (MhRows *base, guint column, gsize *out_length)
{
  return mh_rows_bytes (((LongRows *)base)->piece, column, out_length);
}

static void
long_free (MhRows *base)
{
  LongRows *rows = (LongRows *)base;
  g_clear_pointer (&rows->piece, mh_rows_free);
  if (rows->transaction)
    mh_db_rollback (rows->db);
  else
    mh_db_exec_deferred (rows->db, sql_close, MH_NO_ARGS, NULL);
  g_free (rows);
}

static const MhDbDriver long_driver = {
  .is_postgres = TRUE,
  .rows_next = long_next,
  .rows_n_columns = long_n_columns,
  .rows_is_null = long_is_null,
  .rows_text = long_text,
  .rows_int = long_int,
  .rows_bool = long_bool,
  .rows_bytes = long_bytes,
  .rows_free = long_free,
};

/* A cursor lives in a transaction. Without the first statement the planner would favour the first
 * rows, as if the rest might not be wanted. */
static MhRows *
open_cursor (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  g_autofree char *text = g_strconcat ("DECLARE mahima_long NO SCROLL CURSOR FOR ", sql, NULL);
  if (!mh_db_exec_deferred (db, sql_whole, MH_NO_ARGS, error)
      || mh_db_exec (db, g_intern_string (text), args, n_args, error) < 0)
    return NULL;
  return mh_db_query (db, sql_fetch, MH_NO_ARGS, error);
}

MhRows *
mh_db_pg_query_long (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  gboolean begun = !mh_db_pg_in_transaction (db);
  if (begun && !mh_db_begin (db, MH_TX_READ, error))
    return NULL;

  MhRows *piece = open_cursor (db, sql, args, n_args, error);
  if (piece == NULL)
    {
      if (begun)
        mh_db_rollback (db);
      return NULL;
    }

  LongRows *rows = g_new0 (LongRows, 1);
  rows->base.driver = &long_driver;
  rows->db = db;
  rows->piece = piece;
  rows->transaction = begun;

  return &rows->base;
}
