/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/results/mh-results-store.h"

#include "shared/records/mh-records.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_of_order[]
    = "WHERE r.order_id = $1 AND r.deleted_at IS NULL ORDER BY r.sort_order, r.id";
/* The inner query walks one index; a patient's whole history never leaves the database. */
static const char sql_previous[]
    = "JOIN (SELECT id AS pick, row_number () OVER"
      " (PARTITION BY analyte ORDER BY measured_at DESC, id DESC) AS place FROM result"
      " WHERE patient_id = $1 AND status IN ('verified', 'corrected') AND order_id <> $2"
      " AND measured_at < $3) p ON p.pick = r.id WHERE p.place = 1 ORDER BY r.analyte";

GPtrArray *
mh_results_store_of_order (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_select (db, &mh_result_type, mh_sql_select (&mh_result_type, sql_of_order),
                          MH_ARGS (MH_TEXT (order_id)), error);
}

GPtrArray *
mh_results_store_previous (MhDb *db,
                           const char *patient_id,
                           const char *order_id,
                           gint64 before,
                           GError **error)
{
  return mh_store_select (db, &mh_result_type, mh_sql_select (&mh_result_type, sql_previous),
                          MH_ARGS (MH_TEXT (patient_id), MH_TEXT (order_id), MH_INT (before)),
                          error);
}
