/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/till/mh-till-store.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-till.h"
#include "shared/sql/mh-sql-text.h"

/* A payment that came in, whatever became of it later; a refund counts once it was given back. */
#define TAKEN                                                                                      \
  "p.status IN ('captured', 'part_refunded', 'refunded', 'processed') AND p.deleted_at IS NULL"

/* What a bank captured in another currency than the order's pays nothing and is nobody's total. */
#define OWN_CURRENCY "p.currency = COALESCE (o.currency, p.currency)"

static const char sql_open_of[]
    = "WHERE r.hospital_id = $1 AND r.cashier_id = $2 AND r.status = 'open'"
      " AND r.deleted_at IS NULL";
static const char sql_counts[]
    = "WHERE r.session_id = $1 ORDER BY r.count_no, r.denomination DESC, r.id";
static const char sql_moves[] = "WHERE r.session_id = $1 ORDER BY r.at, r.id";
static const char sql_list[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                               " AND (CAST($2 AS text) IS NULL OR r.cashier_id = $2)"
                               " AND (CAST($3 AS text) IS NULL OR r.status = $3)"
                               " AND (CAST($4 AS text) IS NULL OR r.day = $4)"
                               " AND (r.opened_at, r.id) < ($5, $6) AND r.deleted_at IS NULL"
                               " ORDER BY r.opened_at DESC, r.id DESC LIMIT $7";
static const char sql_unclosed[] = "WHERE r.hospital_id = $1 AND r.day <= $2"
                                   " AND r.status <> 'closed' AND r.deleted_at IS NULL"
                                   " ORDER BY r.opened_at, r.id";
static const char sql_of_day[] = "WHERE r.hospital_id = $1 AND r.day = $2 AND r.deleted_at IS NULL"
                                 " ORDER BY r.opened_at, r.id";
static const char sql_lock[] = "WHERE r.hospital_id = $1 AND r.day = $2 AND r.deleted_at IS NULL";

static const char sql_cash[]
    = "SELECT COALESCE (SUM (CASE WHEN p.refund_of IS NULL THEN p.amount ELSE 0 END), 0),"
      " COALESCE (SUM (CASE WHEN p.refund_of IS NULL THEN 0 ELSE p.amount END), 0)"
      " FROM payment p WHERE p.cash_session = $1 AND p.method IN ('cash', 'cod') AND " TAKEN;
static const char sql_moved[]
    = "SELECT COALESCE (SUM (CASE WHEN m.kind = 'pay_in' THEN m.amount ELSE -m.amount END), 0)"
      " FROM cash_move m WHERE m.session_id = $1 AND m.deleted_at IS NULL";

/* A claim on an insurer is no money; what the insurer transfers is, on the day it is recorded. */
static const char sql_lines[]
    = "SELECT p.id, p.received_at AS at, c.number, p.order_id, o.number, o.patient_name, p.method,"
      " p.reference, p.amount, p.received_name, p.cash_session, p.refund_of"
      " FROM payment p LEFT JOIN lab_order o ON o.id = p.order_id"
      " LEFT JOIN receipt c ON c.id = p.receipt_id"
      " WHERE p.received_at >= $1 AND p.received_at < $2 AND p.method <> 'insurance'"
      " AND (CAST($3 AS text) IS NULL OR p.hospital_id = $3) AND " OWN_CURRENCY " AND " TAKEN
      " UNION ALL"
      " SELECT r.id, r.recorded_at, NULL, NULL, NULL, r.payer, 'insurance', r.reference, r.amount,"
      " r.recorded_name, NULL, NULL FROM remittance r"
      " WHERE r.recorded_at >= $1 AND r.recorded_at < $2 AND r.amount > 0"
      " AND (CAST($3 AS text) IS NULL OR r.hospital_id = $3) AND r.deleted_at IS NULL"
      " ORDER BY 2, 1";

static MhRecord *
till_store_first (MhDb *db,
                  const MhRecordType *type,
                  const char *sql,
                  const MhArg *args,
                  guint n_args,
                  GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, type, mh_sql_select (type, sql), args, n_args, error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

static GPtrArray *
sessions (MhDb *db, const char *sql, const char *hospital_id, const char *day, GError **error)
{
  return mh_store_select (db, &mh_cash_session_type, mh_sql_select (&mh_cash_session_type, sql),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (day)), error);
}

void
mh_till_store_open_of_prefetch (MhDb *db, const char *hospital_id, const char *cashier_id)
{
  mh_db_prefetch (db, mh_sql_select (&mh_cash_session_type, sql_open_of),
                  MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (cashier_id)));
}

MhRecord *
mh_till_store_open_of (MhDb *db, const char *hospital_id, const char *cashier_id, GError **error)
{
  return till_store_first (db, &mh_cash_session_type, sql_open_of,
                           MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (cashier_id)), error);
}

GPtrArray *
mh_till_store_counts (MhDb *db, const char *session_id, GError **error)
{
  return mh_store_select (db, &mh_cash_count_type, mh_sql_select (&mh_cash_count_type, sql_counts),
                          MH_ARGS (MH_TEXT (session_id)), error);
}

GPtrArray *
mh_till_store_moves (MhDb *db, const char *session_id, GError **error)
{
  return mh_store_select (db, &mh_cash_move_type, mh_sql_select (&mh_cash_move_type, sql_moves),
                          MH_ARGS (MH_TEXT (session_id)), error);
}

gboolean
mh_till_store_sums (MhDb *db, const char *session_id, MhTillSums *out_sums, GError **error)
{
  MhTillSums sums = { 0 };
  g_autoptr (MhRows) cash = mh_db_query (db, sql_cash, MH_ARGS (MH_TEXT (session_id)), error);
  if (cash == NULL || !mh_rows_next (cash, error))
    return FALSE;

  sums.cash_in = mh_rows_int (cash, 0);
  sums.cash_out = mh_rows_int (cash, 1);
  g_autoptr (MhRows) moved = mh_db_query (db, sql_moved, MH_ARGS (MH_TEXT (session_id)), error);
  if (moved == NULL || !mh_rows_next (moved, error))
    return FALSE;

  sums.moved = mh_rows_int (moved, 0);
  *out_sums = sums;
  return TRUE;
}

GPtrArray *
mh_till_store_list (MhDb *db, const MhTillQuery *query, GError **error)
{
  return mh_store_select (
      db, &mh_cash_session_type, mh_sql_select (&mh_cash_session_type, sql_list),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->cashier_id), MH_TEXT (query->status),
               MH_TEXT (query->day),
               MH_INT (query->before_id != NULL ? query->before_at : G_MAXINT64),
               MH_TEXT (query->before_id != NULL ? query->before_id : ""), MH_INT (query->limit)),
      error);
}

GPtrArray *
mh_till_store_unclosed (MhDb *db, const char *hospital_id, const char *day, GError **error)
{
  return sessions (db, sql_unclosed, hospital_id, day, error);
}

GPtrArray *
mh_till_store_of_day (MhDb *db, const char *hospital_id, const char *day, GError **error)
{
  return sessions (db, sql_of_day, hospital_id, day, error);
}

MhRecord *
mh_till_store_lock (MhDb *db, const char *hospital_id, const char *day, GError **error)
{
  return till_store_first (db, &mh_day_lock_type, sql_lock,
                           MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (day)), error);
}

static MhRecord *
till_store_read_line (MhRows *rows)
{
  MhRecord *line = mh_record_new (&mh_day_line_type);
  gboolean back = !mh_rows_is_null (rows, 11);
  gboolean insurer = g_strcmp0 (mh_rows_text (rows, 6), MH_METHOD_INSURANCE) == 0;

  mh_record_set_text (line, insurer ? MH_DAY_LINE_REMITTANCE_ID : MH_DAY_LINE_PAYMENT_ID,
                      mh_rows_text (rows, 0));
  mh_record_set_int (line, MH_DAY_LINE_AT, mh_rows_int (rows, 1));
  mh_record_set_text (line, MH_DAY_LINE_RECEIPT, mh_rows_text (rows, 2));
  mh_record_set_text (line, MH_DAY_LINE_ORDER_ID, mh_rows_text (rows, 3));
  mh_record_set_text (line, MH_DAY_LINE_ORDER_NUMBER, mh_rows_text (rows, 4));
  mh_record_set_text (line, insurer ? MH_DAY_LINE_PAYER : MH_DAY_LINE_PATIENT_NAME,
                      mh_rows_text (rows, 5));
  mh_record_set_text (line, MH_DAY_LINE_METHOD, mh_rows_text (rows, 6));
  mh_record_set_text (line, MH_DAY_LINE_REFERENCE, mh_rows_text (rows, 7));
  mh_record_set_int (line, MH_DAY_LINE_TAKEN, back ? 0 : mh_rows_int (rows, 8));
  mh_record_set_int (line, MH_DAY_LINE_GIVEN_BACK, back ? mh_rows_int (rows, 8) : 0);
  mh_record_set_text (line, MH_DAY_LINE_CASHIER, mh_rows_text (rows, 9));
  mh_record_set_text (line, MH_DAY_LINE_SESSION, mh_rows_text (rows, 10));

  return line;
}

GPtrArray *
mh_till_store_lines (MhDb *db, const char *hospital_id, gint64 from, gint64 to, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_lines, MH_ARGS (MH_INT (from), MH_INT (to), MH_TEXT (hospital_id)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (lines, till_store_read_line (rows));

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  return g_steal_pointer (&lines);
}
