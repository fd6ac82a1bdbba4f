/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-error.h"
#include "shared/sql/mh-sql-row.h"
#include "shared/sql/mh-sql-text.h"

GPtrArray *
mh_store_select (MhDb *db,
                 const MhRecordType *type,
                 const char *sql,
                 const MhArg *args,
                 guint n_args,
                 GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql, args, n_args, error);
  if (rows == NULL)
    return NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  while (mh_rows_next (rows, &inner))
    g_ptr_array_add (records, mh_sql_row_read (rows, 0, type));
  if (inner == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

GPtrArray *
mh_store_all (MhDb *db,
              const MhRecordType *type,
              const char *column,
              const char *value,
              GError **error)
{
  const MhArg arg = MH_TEXT (value);
  return mh_store_select (db, type, mh_sql_find (type, column), &arg, column != NULL ? 1 : 0,
                          error);
}

MhRecord *
mh_store_find (MhDb *db,
               const MhRecordType *type,
               const char *column,
               const char *value,
               GError **error)
{
  g_autoptr (MhRows) rows
      = mh_db_query (db, mh_sql_find (type, column), MH_ARGS (MH_TEXT (value)), error);
  return rows != NULL && mh_rows_next (rows, error) ? mh_sql_row_read (rows, 0, type) : NULL;
}

void
mh_store_prefetch_by (MhDb *db, const MhRecordType *type, const char *column, const char *value)
{
  mh_db_prefetch (db, mh_sql_find (type, column), MH_ARGS (MH_TEXT (value)));
}

void
mh_store_prefetch (MhDb *db, const MhRecordType *type, const char *id)
{
  mh_store_prefetch_by (db, type, "id", id);
}

MhRecord *
mh_store_get (MhDb *db, const MhRecordType *type, const char *id, GError **error)
{
  g_autoptr (GError) inner = NULL;
  MhRecord *record = mh_store_find (db, type, "id", id, &inner);
  if (inner != NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  else if (record == NULL)
    mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such %s.", type->code);
  return record;
}

MhRecord *
mh_store_get_json (MhDb *db, const MhRecordType *type, const char *id, GString *out, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, mh_sql_find (type, "id"), MH_ARGS (MH_TEXT (id)), error);
  if (rows == NULL)
    return NULL;

  if (mh_rows_next (rows, &inner))
    {
      mh_sql_row_put_json (rows, 0, type, 0, out);
      return mh_sql_row_read_head (rows, 0, type);
    }

  if (inner != NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  else
    mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such %s.", type->code);

  return NULL;
}
