/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-handovers-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                               " AND (CAST($2 AS text) IS NULL OR r.id < $2)"
                               " AND r.deleted_at IS NULL ORDER BY r.id DESC LIMIT $3";
static const char sql_items[] = "WHERE r.handover_id = $1 ORDER BY r.id";

GPtrArray *
mh_handovers_store_list (MhDb *db,
                         const char *hospital_id,
                         const char *before_id,
                         guint limit,
                         GError **error)
{
  return mh_store_select (db, &mh_handover_type, mh_sql_select (&mh_handover_type, sql_list),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (before_id), MH_INT (limit)),
                          error);
}

GPtrArray *
mh_handovers_store_items (MhDb *db, const char *handover_id, GError **error)
{
  return mh_store_select (db, &mh_handover_item_type,
                          mh_sql_select (&mh_handover_item_type, sql_items),
                          MH_ARGS (MH_TEXT (handover_id)), error);
}
