/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_attempts[] = "WHERE r.order_id = $1 ORDER BY r.created_at, r.id";
static const char sql_open[] = "WHERE r.order_id = $1 AND r.status IN ('asked', 'open', "
                               "'authorized', 'closing') ORDER BY r.created_at, r.id";
static const char sql_overdue[] = "WHERE r.next_at < $1 ORDER BY r.next_at, r.id LIMIT $2";
static const char sql_uncredited[] = "WHERE r.status = 'captured' AND r.credited IS NULL AND "
                                     "r.currency IS NOT NULL AND r.amount > 0 ORDER BY r.id "
                                     "LIMIT $1";
static const char sql_stuck[]
    = "WHERE r.status = 'waiting' AND r.received_at < $1 ORDER BY r.received_at, r.id LIMIT $2";
static const char sql_notices[]
    = "WHERE r.resolved_at IS NULL AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1 OR "
      "r.hospital_id IS NULL) ORDER BY r.raised_at DESC, r.id DESC LIMIT $2";
static const char sql_count_open[]
    = "SELECT count(*) FROM payment_attempt WHERE status IN ('asked', 'open', 'authorized', "
      "'closing') AND (CAST($1 AS text) IS NULL OR hospital_id = $1)";
static const char sql_count_waiting[]
    = "SELECT count(*) FROM gateway_event WHERE status = 'waiting'";
static const char sql_purge[]
    = "DELETE FROM gateway_event WHERE received_at < $1 AND status <> 'waiting'";

GPtrArray *
mh_gateway_store_attempts (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_select (db, &mh_payment_attempt_type,
                          mh_sql_select (&mh_payment_attempt_type, sql_attempts),
                          MH_ARGS (MH_TEXT (order_id)), error);
}

GPtrArray *
mh_gateway_store_open (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_select (db, &mh_payment_attempt_type,
                          mh_sql_select (&mh_payment_attempt_type, sql_open),
                          MH_ARGS (MH_TEXT (order_id)), error);
}

GPtrArray *
mh_gateway_store_overdue (MhDb *db, gint64 before, guint limit, GError **error)
{
  return mh_store_select (db, &mh_gateway_task_type,
                          mh_sql_select (&mh_gateway_task_type, sql_overdue),
                          MH_ARGS (MH_INT (before), MH_INT (limit)), error);
}

GPtrArray *
mh_gateway_store_uncredited (MhDb *db, guint limit, GError **error)
{
  return mh_store_select (db, &mh_gateway_payment_type,
                          mh_sql_select (&mh_gateway_payment_type, sql_uncredited),
                          MH_ARGS (MH_INT (limit)), error);
}

GPtrArray *
mh_gateway_store_stuck_events (MhDb *db, gint64 before, guint limit, GError **error)
{
  return mh_store_select (db, &mh_gateway_event_type,
                          mh_sql_select (&mh_gateway_event_type, sql_stuck),
                          MH_ARGS (MH_INT (before), MH_INT (limit)), error);
}

GPtrArray *
mh_gateway_store_notices (MhDb *db, const char *hospital_id, guint limit, GError **error)
{
  return mh_store_select (db, &mh_gateway_notice_type,
                          mh_sql_select (&mh_gateway_notice_type, sql_notices),
                          MH_ARGS (MH_TEXT (hospital_id), MH_INT (limit)), error);
}

static gboolean
gateway_store_count (MhDb *db,
                     const char *sql,
                     const char *hospital_id,
                     gint64 *out_count,
                     GError **error)
{
  const MhArg arg = MH_TEXT (hospital_id);
  g_autoptr (MhRows) rows = mh_db_query (db, sql, &arg, sql == sql_count_open ? 1 : 0, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_count = mh_rows_int (rows, 0);
  return TRUE;
}

gboolean
mh_gateway_store_counts (MhDb *db,
                         const char *hospital_id,
                         gint64 *out_open,
                         gint64 *out_waiting,
                         GError **error)
{
  return gateway_store_count (db, sql_count_open, hospital_id, out_open, error)
         && gateway_store_count (db, sql_count_waiting, NULL, out_waiting, error);
}

gint64
mh_gateway_store_purge (MhTx *tx, gint64 before, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_purge, MH_ARGS (MH_INT (before)), error);
}
