/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/samples/mh-samples-store.h"

#include "shared/records/mh-records.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.id < $2) AND r.deleted_at IS NULL"
      " ORDER BY r.id DESC LIMIT $3";
static const char sql_by_accession[]
    = "WHERE r.accession = $1 AND (CAST($2 AS text) IS NULL OR r.hospital_id = $2)";
static const char sql_by_order[]
    = "WHERE r.order_id = $1 AND (CAST($2 AS text) IS NULL OR r.hospital_id = $2)"
      " ORDER BY r.draw_order, r.accession";
static const char sql_events[] = "WHERE r.sample_id = $1 ORDER BY r.recorded_at, r.id";
static const char sql_items[] = "WHERE r.sample_id = $1 ORDER BY r.sort_order, r.id";

GPtrArray *
mh_samples_store_list (MhDb *db,
                       const char *hospital_id,
                       const char *accession,
                       const char *order_id,
                       const char *before_id,
                       guint limit,
                       GError **error)
{
  const char *key = accession != NULL ? accession : order_id;
  if (key != NULL)
    return mh_store_select (
        db, &mh_sample_type,
        mh_sql_select (&mh_sample_type, accession != NULL ? sql_by_accession : sql_by_order),
        MH_ARGS (MH_TEXT (key), MH_TEXT (hospital_id)), error);
  return mh_store_select (db, &mh_sample_type, mh_sql_select (&mh_sample_type, sql_list),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (before_id), MH_INT (limit)),
                          error);
}

GPtrArray *
mh_samples_store_events (MhDb *db, const char *sample_id, GError **error)
{
  return mh_store_select (db, &mh_custody_event_type,
                          mh_sql_select (&mh_custody_event_type, sql_events),
                          MH_ARGS (MH_TEXT (sample_id)), error);
}

GPtrArray *
mh_samples_store_items (MhDb *db, const char *sample_id, GError **error)
{
  return mh_store_select (db, &mh_order_item_type, mh_sql_select (&mh_order_item_type, sql_items),
                          MH_ARGS (MH_TEXT (sample_id)), error);
}
