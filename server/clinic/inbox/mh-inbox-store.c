/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/inbox/mh-inbox-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

/* What hangs on whose they are is the same in both lists. */
#define WHOSE                                                                                      \
  "WHERE (CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $1 END)"               \
  " AND (CASE WHEN CAST($3 AS text) IS NULL THEN r.user_id = $2"                                   \
  " ELSE r.user_id <> $2 AND r.user_id IN"                                                         \
  " (SELECT u.id FROM app_user u WHERE u.department_id = $3) END) AND r.deleted_at IS NULL"
#define WEIGHT(row)                                                                                \
  "(CASE WHEN " row ".n_critical > 0 THEN 2 WHEN " row ".n_abnormal > 0 THEN 1 ELSE 0 END)"

static const char sql_unseen[] = WHOSE
    " AND r.seen_at IS NULL"
    " AND (CASE WHEN CAST($4 AS text) IS NULL THEN TRUE"
    " ELSE (" WEIGHT ("r") ", r.released_at, r.id) <"
                           " (SELECT " WEIGHT (
                               "a") ", a.released_at, a.id FROM inbox_item a WHERE a.id = $4) END)"
                                    " ORDER BY " WEIGHT (
                                        "r") " DESC, r.released_at DESC, r.id DESC LIMIT $5";
static const char sql_seen[]
    = WHOSE " AND r.seen_at IS NOT NULL"
            " AND (CASE WHEN CAST($4 AS text) IS NULL THEN TRUE ELSE (r.seen_at, r.id) <"
            " (SELECT a.seen_at, a.id FROM inbox_item a WHERE a.id = $4) END)"
            " ORDER BY r.seen_at DESC, r.id DESC LIMIT $5";

GPtrArray *
mh_inbox_store_list (MhDb *db, const MhInboxQuery *query, GError **error)
{
  return mh_store_select (db, &mh_inbox_item_type,
                          mh_sql_select (&mh_inbox_item_type, query->seen ? sql_seen : sql_unseen),
                          MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->user_id),
                                   MH_TEXT (query->department_id), MH_TEXT (query->after_id),
                                   MH_INT (query->limit)),
                          error);
}

GPtrArray *
mh_inbox_store_of_order (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_all (db, &mh_inbox_item_type, "order_id", order_id, error);
}
