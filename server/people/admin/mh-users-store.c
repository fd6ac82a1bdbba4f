/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-users-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_page[]
    = "WHERE r.deleted_at IS NULL AND (CAST($1 AS text) IS NULL OR r.username > $1)"
      " AND (CAST($3 AS text) IS NULL OR r.hospital_id = $3 OR r.hospital_ids LIKE $4)"
      " ORDER BY r.username LIMIT $2";
static const char sql_changes_of[]
    = "WHERE (r.user_id = $1 OR r.role_id = $1) AND r.deleted_at IS NULL";
static const char sql_changes[]
    = "WHERE r.deleted_at IS NULL AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.id > $2) ORDER BY r.id LIMIT $3";
static const char sql_has_demonstration[]
    = "SELECT 1 FROM app_user WHERE demonstration AND active AND deleted_at IS NULL LIMIT 1";

GPtrArray *
mh_users_store_page (MhDb *db,
                     const char *hospital_id,
                     const char *after,
                     guint limit,
                     GError **error)
{
  /* an id holds no character that LIKE or JSON would read otherwise */
  g_autofree char *listed
      = hospital_id != NULL ? g_strconcat ("%\"", hospital_id, "\"%", NULL) : NULL;
  return mh_store_select (
      db, &mh_user_type, mh_sql_select (&mh_user_type, sql_page),
      MH_ARGS (MH_TEXT (after), MH_INT (limit), MH_TEXT (hospital_id), MH_TEXT (listed)), error);
}

GPtrArray *
mh_changes_store_of (MhDb *db, const char *id, GError **error)
{
  return mh_store_select (db, &mh_account_change_type,
                          mh_sql_select (&mh_account_change_type, sql_changes_of),
                          MH_ARGS (MH_TEXT (id)), error);
}

GPtrArray *
mh_changes_store_list (MhDb *db,
                       const char *hospital_id,
                       const char *after,
                       guint limit,
                       GError **error)
{
  return mh_store_select (db, &mh_account_change_type,
                          mh_sql_select (&mh_account_change_type, sql_changes),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (after), MH_INT (limit)), error);
}

gboolean
mh_users_store_has_demonstration (MhDb *db, gboolean *out_has, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_has_demonstration, MH_NO_ARGS, error);
  if (rows == NULL)
    return FALSE;

  gboolean has = mh_rows_next (rows, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  *out_has = has;
  return TRUE;
}
