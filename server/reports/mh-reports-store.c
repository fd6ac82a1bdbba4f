/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/reports/mh-reports-store.h"

#include "shared/records/mh-records.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_of_order[]
    = "WHERE r.order_id = $1 AND r.deleted_at IS NULL ORDER BY r.version_no DESC, r.id";
/* Ids are made at release and grow with the time: the newest without an index of their own. */
static const char sql_recent[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.id < $2) AND r.deleted_at IS NULL"
      " ORDER BY r.id DESC LIMIT $3";
static const char sql_receipt[]
    = "WHERE r.order_id = $1 AND r.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM payment p"
      " WHERE p.id = r.payment_id AND p.refund_of IS NOT NULL)"
      " ORDER BY r.issued_at DESC, r.id DESC LIMIT 1";

GPtrArray *
mh_reports_store_of_order (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_select (db, &mh_report_type, mh_sql_select (&mh_report_type, sql_of_order),
                          MH_ARGS (MH_TEXT (order_id)), error);
}

GPtrArray *
mh_reports_store_recent (MhDb *db,
                         const char *hospital_id,
                         const char *before_id,
                         guint limit,
                         GError **error)
{
  return mh_store_select (db, &mh_report_type, mh_sql_select (&mh_report_type, sql_recent),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (before_id), MH_INT (limit)),
                          error);
}

MhRecord *
mh_reports_store_receipt (MhDb *db, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_receipt_type, mh_sql_select (&mh_receipt_type, sql_receipt),
                         MH_ARGS (MH_TEXT (order_id)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}
