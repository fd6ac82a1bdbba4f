/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-pg-rows.h"

#include <stdlib.h>

#define BYTEA_OID 17

typedef struct
{
  MhRows base;
  PGresult *result;
  int row;
  GPtrArray *bytes;
} PgRows;

MhRows *
mh_pg_rows_new (const MhDbDriver *driver, PGresult *result)
{
  PgRows *rows = g_new0 (PgRows, 1);
  rows->base.driver = driver;
  rows->result = result;
  rows->row = -1;
  return &rows->base;
}

gboolean
mh_pg_rows_next (MhRows *base, GError **error)
{
  PgRows *rows = (PgRows *)base;
  if (rows->row < PQntuples (rows->result))
    rows->row++;
  return rows->row < PQntuples (rows->result);
}

guint
mh_pg_rows_n_columns (MhRows *base)
{
  return (guint)PQnfields (((PgRows *)base)->result);
}

gboolean
mh_pg_rows_is_null (MhRows *base, guint column)
{
  PgRows *rows = (PgRows *)base;
  return PQgetisnull (rows->result, rows->row, (int)column) != 0;
}

const char *
mh_pg_rows_text (MhRows *base, guint column)
{
  PgRows *rows = (PgRows *)base;
  const char *value = PQgetvalue (rows->result, rows->row, (int)column);
  return value[0] == 0 && mh_pg_rows_is_null (base, column) ? NULL : value; /* null reads as "" */
}

gboolean
mh_pg_rows_bool (MhRows *base, guint column)
{
  PgRows *rows = (PgRows *)base;
  const char *value = PQgetvalue (rows->result, rows->row, (int)column);
  return value[0] == 't' || strtoll (value, NULL, 10) != 0;
}

/* A bigint as PostgreSQL writes it, or "t"; strtoll() is several times slower. */
gint64
mh_pg_rows_int (MhRows *base, guint column)
{
  PgRows *rows = (PgRows *)base;
  const char *value = PQgetvalue (rows->result, rows->row, (int)column);
  gboolean negative = value[0] == '-';
  guint64 number = 0;
  if (value[0] == 't')
    return 1;
  for (const char *c = value + (negative ? 1 : 0); *c >= '0' && *c <= '9'; c++)
    number = number * 10 + (guint64)(*c - '0');
  return (gint64)(negative ? 0 - number : number);
}

static void
free_bytes (gpointer data)
{
  PQfreemem (data);
}

const guint8 *
mh_pg_rows_bytes (MhRows *base, guint column, gsize *out_length)
{
  PgRows *rows = (PgRows *)base;
  const char *value = mh_pg_rows_text (base, column);
  *out_length = value != NULL ? (gsize)PQgetlength (rows->result, rows->row, (int)column) : 0;
  if (value == NULL || PQftype (rows->result, (int)column) != BYTEA_OID)
    return (const guint8 *)value;
  guint8 *bytes = PQunescapeBytea ((const unsigned char *)value, out_length);
  if (rows->bytes == NULL)
    rows->bytes = g_ptr_array_new_with_free_func (free_bytes);
  g_ptr_array_add (rows->bytes, bytes);
  return bytes;
}

void
mh_pg_rows_free (MhRows *base)
{
  PgRows *rows = (PgRows *)base;
  PQclear (rows->result);
  g_clear_pointer (&rows->bytes, g_ptr_array_unref);
  g_free (rows);
}
