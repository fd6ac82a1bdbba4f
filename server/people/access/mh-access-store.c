/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/access/mh-access-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[]
    = "WHERE CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $1 END"
      " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE ELSE r.user_id = $2 END"
      " AND CASE WHEN CAST($3 AS text) IS NULL THEN TRUE ELSE r.patient_id = $3 END"
      " AND (CAST($4 AS bigint) = 0 OR r.reviewed_at IS NULL)"
      " AND (CAST($5 AS bigint) = 0 OR r.review_by < $5)"
      " AND (CAST($6 AS bigint) = 0 OR (r.ended_at IS NULL AND r.open_until > $6))"
      " AND (CAST($8 AS text) IS NULL OR (r.opened_at, r.id) < ($7, $8))"
      " ORDER BY r.opened_at DESC, r.id DESC LIMIT $9";

static const char sql_of_user[]
    = "WHERE r.user_id = $1 AND r.merged_into IS NULL AND r.deleted_at IS NULL";

GPtrArray *
mh_access_store_list (MhDb *db, const MhAccessQuery *query, GError **error)
{
  return mh_store_select (
      db, &mh_access_grant_type, mh_sql_select (&mh_access_grant_type, sql_list),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->user_id), MH_TEXT (query->patient_id),
               MH_INT (query->waiting), MH_INT (query->due_before), MH_INT (query->open_at),
               MH_INT (query->before_at), MH_TEXT (query->before_id), MH_INT (query->limit)),
      error);
}

MhRecord *
mh_access_store_of_user (MhDb *db, const char *user_id, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_patient_type, mh_sql_select (&mh_patient_type, sql_of_user),
                         MH_ARGS (MH_TEXT (user_id)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}
