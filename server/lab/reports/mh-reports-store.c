/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-store.h"

#include "shared/records/lab/mh-report-change.h"
#include "shared/records/mh-types.h"
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

static const char sql_seen[] = "WHERE r.report_id = $1 AND r.by_id = $2 AND r.how = 'seen'";
static const char sql_accesses[]
    = "WHERE r.order_id = $1 ORDER BY r.version_no DESC, r.at DESC, r.id DESC";
static const char sql_notices[]
    = "WHERE r.user_id = $1 AND (NOT CAST($2 AS boolean) OR r.read_at IS NULL)"
      " ORDER BY CASE WHEN r.read_at IS NULL THEN 0 ELSE 1 END, r.id DESC LIMIT 100";
static const char sql_changes[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.order_id = $2)"
      " AND (CAST($3 AS text) IS NULL OR r.status = $3) AND r.deleted_at IS NULL"
      " ORDER BY r.id DESC LIMIT $4";
static const char sql_values[] = "WHERE r.change_id = $1 ORDER BY r.sort_order, r.id";

static const char sql_deliveries[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.status = $2)"
      " AND (CAST($3 AS text) IS NULL OR r.ward = $3) AND r.deleted_at IS NULL"
      " ORDER BY COALESCE (r.ward, ''),"
      " CASE r.priority WHEN 'stat' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END, r.queued_at, r.id"
      " LIMIT $4";
static const char sql_results[]
    = "WHERE r.patient_id = $1 AND r.status IN ('verified', 'corrected')"
      " AND r.measured_at >= $2 AND r.measured_at < $3 AND r.deleted_at IS NULL"
      " AND EXISTS (SELECT 1 FROM lab_order o WHERE o.id = r.order_id AND o.report_id IS NOT NULL)"
      " ORDER BY r.measured_at, r.sort_order DESC, r.id LIMIT 2000";
static const char sql_templates[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1) AND r.deleted_at IS NULL"
      " ORDER BY r.name, r.id";

static MhRecord *
reports_store_first_of (GPtrArray *found)
{
  MhRecord *first
      = found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
  g_clear_pointer (&found, g_ptr_array_unref);
  return first;
}

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

MhRecord *
mh_reports_store_seen (MhDb *db, const char *report_id, const char *user_id, GError **error)
{
  return reports_store_first_of (
      mh_store_select (db, &mh_report_access_type, mh_sql_select (&mh_report_access_type, sql_seen),
                       MH_ARGS (MH_TEXT (report_id), MH_TEXT (user_id)), error));
}

GPtrArray *
mh_reports_store_accesses (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_select (db, &mh_report_access_type,
                          mh_sql_select (&mh_report_access_type, sql_accesses),
                          MH_ARGS (MH_TEXT (order_id)), error);
}

GPtrArray *
mh_reports_store_notices (MhDb *db, const char *user_id, gboolean open_alone, GError **error)
{
  return mh_store_select (db, &mh_report_notice_type,
                          mh_sql_select (&mh_report_notice_type, sql_notices),
                          MH_ARGS (MH_TEXT (user_id), MH_BOOL (open_alone)), error);
}

GPtrArray *
mh_reports_store_changes (MhDb *db,
                          const char *hospital_id,
                          const char *order_id,
                          const char *status,
                          guint limit,
                          GError **error)
{
  return mh_store_select (
      db, &mh_report_change_type, mh_sql_select (&mh_report_change_type, sql_changes),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (order_id), MH_TEXT (status), MH_INT (limit)), error);
}

MhRecord *
mh_reports_store_open_change (MhDb *db, const char *order_id, GError **error)
{
  return reports_store_first_of (
      mh_reports_store_changes (db, NULL, order_id, MH_REPORT_CHANGE_WAITING, 1, error));
}

GPtrArray *
mh_reports_store_change_values (MhDb *db, const char *change_id, GError **error)
{
  return mh_store_select (db, &mh_report_change_value_type,
                          mh_sql_select (&mh_report_change_value_type, sql_values),
                          MH_ARGS (MH_TEXT (change_id)), error);
}

GPtrArray *
mh_reports_store_deliveries (MhDb *db,
                             const char *hospital_id,
                             const char *status,
                             const char *ward,
                             guint limit,
                             GError **error)
{
  return mh_store_select (
      db, &mh_report_delivery_type, mh_sql_select (&mh_report_delivery_type, sql_deliveries),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (status), MH_TEXT (ward), MH_INT (limit)), error);
}

GPtrArray *
mh_reports_store_templates (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_report_template_type,
                          mh_sql_select (&mh_report_template_type, sql_templates),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

GPtrArray *
mh_reports_store_results (MhDb *db, const char *patient_id, gint64 from, gint64 to, GError **error)
{
  return mh_store_select (db, &mh_result_type, mh_sql_select (&mh_result_type, sql_results),
                          MH_ARGS (MH_TEXT (patient_id), MH_INT (from), MH_INT (to)), error);
}
