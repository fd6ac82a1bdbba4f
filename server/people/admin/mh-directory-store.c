/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-directory-store.h"

#include "shared/sql/mh-sql-text.h"

static const char sql_open[]
    = "WHERE r.deleted_at IS NULL"
      " AND (CAST($1 AS text) IS NULL OR r.id > $1) ORDER BY r.id LIMIT $2";
static const char sql_of_hospital[]
    = "WHERE r.deleted_at IS NULL"
      " AND (CAST($1 AS text) IS NULL OR r.id > $1)"
      " AND (CAST($3 AS text) IS NULL OR r.hospital_id IS NULL OR r.hospital_id = $3)"
      " ORDER BY r.id LIMIT $2";
static const char sql_bench[] = "SELECT name FROM bench WHERE code = $1 AND deleted_at IS NULL";

GPtrArray *
mh_directory_store_page (MhDb *db,
                         const MhRecordType *type,
                         const char *hospital_id,
                         const char *after,
                         guint limit,
                         GError **error)
{
  if (type->hospital == 0)
    return mh_store_select (db, type, mh_sql_select (type, sql_open),
                            MH_ARGS (MH_TEXT (after), MH_INT (limit)), error);
  return mh_store_select (db, type, mh_sql_select (type, sql_of_hospital),
                          MH_ARGS (MH_TEXT (after), MH_INT (limit), MH_TEXT (hospital_id)), error);
}

gboolean
mh_directory_store_bench_name (MhDb *db, const char *code, char **out_name, GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_bench, MH_ARGS (MH_TEXT (code)), error);
  if (rows == NULL)
    return FALSE;
  *out_name = g_strdup (mh_rows_next (rows, &inner) ? mh_rows_text (rows, 0) : code);
  if (inner == NULL)
    return TRUE;
  g_clear_pointer (out_name, g_free);
  g_propagate_error (error, inner);
  return FALSE;
}
