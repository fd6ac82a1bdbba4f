/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/payments/mh-payments-store.h"

#include "shared/records/mh-types.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/sql/mh-sql-same.h"
#include "shared/sql/mh-sql-text.h"

/* One set of conditions behind each way in that an index has; the plain one goes along the time. */
#define PAYMENT_FILTERS                                                                            \
  " AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"                                          \
  " AND (CAST($2 AS text) IS NULL OR r.method = $2)"                                               \
  " AND (CAST($3 AS text) IS NULL OR r.cash_session = $3)"                                         \
  " AND (CAST($4 AS text) IS NULL OR r.status = $4)"                                               \
  " AND (CAST($5 AS text) IS NULL OR r.kind = $5)"                                                 \
  " AND (CAST($6 AS text) IS NULL OR r.patient_id = $6)"                                           \
  " AND r.received_at >= $7 AND r.received_at < $8"                                                \
  " AND (r.received_at, r.id) < ($9, $10) AND r.deleted_at IS NULL"                                \
  " ORDER BY r.received_at DESC, r.id DESC LIMIT $11"
static const char sql_list[] = "WHERE r.id > ''" PAYMENT_FILTERS;
static const char sql_of_patient[] = "WHERE r.patient_id = $6" PAYMENT_FILTERS;
static const char sql_of_session[] = "WHERE r.cash_session = $3" PAYMENT_FILTERS;
static const char sql_waiting[]
    = "WHERE r.status = $4 AND r.status IN ('requested', 'pending')" PAYMENT_FILTERS;
static const char sql_of_order[] = "WHERE r.order_id = $1 ORDER BY r.id";
static const char sql_by_reference[]
    = "WHERE r.hospital_id = $1 AND r.method = $2 AND r.reference_key = $3";
static const char sql_whose[]
    = "SELECT number, patient_name, patient_mrn FROM lab_order WHERE id = $1";
static const char sql_receipts[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                                   " AND (CAST($2 AS text) IS NULL OR r.order_id = $2)"
                                   " AND (CAST($3 AS text) IS NULL OR r.number = $3)"
                                   " AND (r.issued_at, r.id) < ($4, $5) AND r.deleted_at IS NULL"
                                   " ORDER BY r.issued_at DESC, r.id DESC LIMIT $6";
#define SUM_OF(condition) "COALESCE (SUM (CASE WHEN " condition " THEN amount ELSE 0 END), 0)"
#define GIVEN_OF_ORDER SUM_OF ("status <> 'requested' AND NOT from_advance")
#define GIVEN_OF_ADVANCE SUM_OF ("status <> 'requested' AND from_advance")
#define ASKED_OF_ORDER SUM_OF ("status = 'requested' AND NOT from_advance")
#define ASKED_OF_ADVANCE SUM_OF ("status = 'requested' AND from_advance")
static const char sql_refunds[]
    = "SELECT " GIVEN_OF_ORDER ", " GIVEN_OF_ADVANCE ", " ASKED_OF_ORDER ", " ASKED_OF_ADVANCE
      " FROM payment WHERE refund_of = $1 AND status IN ('requested', 'pending', 'processed')";
static const char sql_due[] = "SELECT COALESCE (SUM (due), 0) FROM lab_order WHERE patient_id = $1"
                              " AND status NOT IN ('cancelled', 'expired') AND deleted_at IS NULL";
static const char sql_entries[]
    = "WHERE " MH_SQL_SAME_PATIENT ("r.patient_id",
                                    "$1") " ORDER BY r.created_at DESC, r.id DESC LIMIT $2";
static const char sql_advance[]
    = "SELECT COALESCE (-SUM (r.amount), 0) FROM ledger_entry r WHERE r.account = 'advance'"
      " AND " MH_SQL_SAME_PATIENT ("r.patient_id", "$1");

/* --- the books --- */

#define ORDER_SUMS                                                                                 \
  "COALESCE (SUM (CASE WHEN kind IN ('charge', 'credit') THEN amount ELSE 0 END), 0),"             \
  " COALESCE (-SUM (CASE WHEN kind IN ('payment', 'release', 'denial') THEN amount ELSE 0 END), "  \
  "0),"                                                                                            \
  " COALESCE (SUM (CASE WHEN kind = 'refund' THEN amount ELSE 0 END), 0),"                         \
  " COALESCE (SUM (amount), 0)"
static const char sql_sums[]
    = "SELECT " ORDER_SUMS " FROM ledger_entry WHERE account = 'order' AND order_id = $1";

static const char sql_unbalanced[] = "SELECT txn FROM ledger_entry GROUP BY txn, currency"
                                     " HAVING SUM (amount) <> 0 ORDER BY txn LIMIT $1";
static const char sql_orders_off[]
    = "SELECT o.id FROM lab_order o LEFT JOIN (SELECT order_id,"
      " SUM (CASE WHEN kind IN ('charge', 'credit') THEN amount ELSE 0 END) AS charged,"
      " -SUM (CASE WHEN kind IN ('payment', 'release', 'denial') THEN amount ELSE 0 END) AS paid,"
      " SUM (CASE WHEN kind = 'refund' THEN amount ELSE 0 END) AS refunded"
      " FROM ledger_entry WHERE account = 'order' GROUP BY order_id) l ON l.order_id = o.id"
      " WHERE o.paid <> COALESCE (l.paid, 0) OR o.refunded <> COALESCE (l.refunded, 0)"
      " OR COALESCE (o.charged, 0) <> COALESCE (l.charged, 0)"
      " OR (COALESCE (o.charged, 0) <> 0 AND o.charged <> o.total - COALESCE (o.credited, 0))"
      " OR o.due <> o.total - COALESCE (o.credited, 0) - o.paid + o.refunded"
      " ORDER BY o.id LIMIT $1";
static const char sql_applied_off[]
    = "SELECT o.id FROM lab_order o LEFT JOIN (SELECT order_id, SUM (applied) AS applied"
      " FROM payment WHERE kind = 'payment' GROUP BY order_id) p ON p.order_id = o.id"
      " WHERE o.paid <> COALESCE (p.applied, 0) ORDER BY o.id LIMIT $1";
static const char sql_advances_off[]
    = "SELECT a.patient_id FROM patient_account a LEFT JOIN"
      " (SELECT COALESCE (p.merged_into, p.id) AS patient_id, -SUM (e.amount) AS advance"
      " FROM ledger_entry e JOIN patient p ON p.id = e.patient_id WHERE e.account = 'advance'"
      " GROUP BY COALESCE (p.merged_into, p.id)) l"
      " ON l.patient_id = a.patient_id WHERE a.advance <> COALESCE (l.advance, 0)"
      " ORDER BY a.patient_id LIMIT $1";
/* Money of a payment that lies where money lies is what was captured less what was given back. */
static const char sql_payments_off[]
    = "SELECT p.id FROM payment p LEFT JOIN (SELECT payment_id, SUM (amount) AS held"
      " FROM ledger_entry WHERE account IN ('cash', 'card', 'upi', 'online', 'insurance')"
      " GROUP BY payment_id) l ON l.payment_id = p.id"
      " WHERE p.kind IN ('payment', 'deposit') AND p.method <> 'deposit'"
      " AND CASE WHEN p.status IN ('requested', 'rejected', 'failed', 'created', 'cancelled')"
      " THEN 0 ELSE p.amount - p.refunded - COALESCE (p.settled, 0) - COALESCE (p.denied, 0) END"
      " <> COALESCE (l.held, 0) ORDER BY p.id LIMIT $1";
/* What claims say of themselves is what the remittances say of them, and that is in the bank. */
static const char sql_claims_off[]
    = "SELECT p.id FROM payment p LEFT JOIN (SELECT payment_id, SUM (paid) AS paid,"
      " SUM (denied) AS denied FROM remittance_line GROUP BY payment_id) l ON l.payment_id = p.id"
      " WHERE p.method = 'insurance' AND p.kind = 'payment'"
      " AND (COALESCE (p.settled, 0) <> COALESCE (l.paid, 0)"
      " OR COALESCE (p.denied, 0) <> COALESCE (l.denied, 0)) ORDER BY p.id LIMIT $1";
static const char sql_remittances_off[]
    = "SELECT r.id FROM remittance r LEFT JOIN (SELECT txn, SUM (amount) AS banked"
      " FROM ledger_entry WHERE account = 'bank' GROUP BY txn) e ON e.txn = r.id"
      " LEFT JOIN (SELECT remittance_id, SUM (paid) AS paid, SUM (denied) AS denied"
      " FROM remittance_line GROUP BY remittance_id) l ON l.remittance_id = r.id"
      " WHERE r.amount <> COALESCE (e.banked, 0) OR r.amount <> COALESCE (l.paid, 0)"
      " OR r.denied <> COALESCE (l.denied, 0) ORDER BY r.id LIMIT $1";
static const char sql_refunds_off[]
    = "SELECT p.id FROM payment p LEFT JOIN (SELECT refund_of,"
      " SUM (CASE WHEN status = 'processed' THEN amount ELSE 0 END) AS done,"
      " SUM (CASE WHEN status IN ('requested', 'pending') THEN amount ELSE 0 END) AS waiting"
      " FROM payment WHERE refund_of IS NOT NULL GROUP BY refund_of) r ON r.refund_of = p.id"
      " WHERE p.kind IN ('payment', 'deposit') AND (COALESCE (p.refunded, 0) <> COALESCE (r.done, "
      "0)"
      " OR COALESCE (p.pending, 0) <> COALESCE (r.waiting, 0)) ORDER BY p.id LIMIT $1";
static const char sql_tests_off[]
    = "SELECT i.id FROM order_item i WHERE i.refunded AND (i.status <> 'cancelled' OR EXISTS"
      " (SELECT 1 FROM result r WHERE r.order_item_id = i.id AND r.status = 'verified'))"
      " ORDER BY i.id LIMIT $1";
static const char sql_receipts_off[]
    = "SELECT payment_id FROM receipt GROUP BY payment_id HAVING count (*) > 1"
      " ORDER BY payment_id LIMIT $1";

static const struct
{
  const char *sql, *says;
} checks[] = {
  { sql_unbalanced, "The entries of transaction %s do not add up to zero." },
  { sql_orders_off, "The sums of order %s are not those of the ledger." },
  { sql_applied_off, "The payments of order %s do not add up to what is paid." },
  { sql_advances_off, "The advance of patient %s is not that of the ledger." },
  { sql_payments_off, "The money of payment %s is not where the ledger has it." },
  { sql_claims_off, "The remittances of claim %s do not add up." },
  { sql_remittances_off, "The money of remittance %s is not where the ledger has it." },
  { sql_refunds_off, "The refunds of payment %s do not add up." },
  { sql_tests_off, "The ordered test %s was given back and still has a result." },
  { sql_receipts_off, "Payment %s has more than one receipt." },
};

static const char *
list_tail (const MhPaymentsQuery *query)
{
  static const char *const waiting[]
      = { MH_PAYMENT_STATUS_REQUESTED, MH_PAYMENT_STATUS_PENDING, NULL };
  if (query->status != NULL && g_strv_contains (waiting, query->status))
    return sql_waiting;
  if (query->session != NULL)
    return sql_of_session;
  return query->patient_id != NULL ? sql_of_patient : sql_list;
}

GPtrArray *
mh_payments_store_list (MhDb *db, const MhPaymentsQuery *query, GError **error)
{
  return mh_store_select (
      db, &mh_payment_type, mh_sql_select (&mh_payment_type, list_tail (query)),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->method), MH_TEXT (query->session),
               MH_TEXT (query->status), MH_TEXT (query->kind), MH_TEXT (query->patient_id),
               MH_INT (query->from), MH_INT (query->to != 0 ? query->to : G_MAXINT64),
               MH_INT (query->before_id != NULL ? query->before_at : G_MAXINT64),
               MH_TEXT (query->before_id != NULL ? query->before_id : ""), MH_INT (query->limit)),
      error);
}

/* A deposit is on no order: then the patient tells. */
static gboolean
name_by_patient (MhDb *db, MhRecord *payment, GError **error)
{
  const char *id = mh_record_text (payment, MH_PAYMENT_PATIENT_ID);
  g_autoptr (MhRecord) patient = id != NULL ? mh_store_get (db, &mh_patient_type, id, error) : NULL;
  if (patient == NULL)
    return id == NULL;
  mh_record_take_text (payment, MH_PAYMENT_PATIENT_NAME, mh_patient_name (patient));
  mh_record_set_text (payment, MH_PAYMENT_PATIENT_MRN, mh_record_text (patient, MH_PATIENT_MRN));
  return TRUE;
}

static gboolean
name_by_order (MhDb *db, MhRecord *payment, const char *order_id, GError **error)
{
  static const guint fields[]
      = { MH_PAYMENT_ORDER_NUMBER, MH_PAYMENT_PATIENT_NAME, MH_PAYMENT_PATIENT_MRN };
  GError *failure = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_whose, MH_ARGS (MH_TEXT (order_id)), error);

  if (rows == NULL)
    return FALSE;

  if (mh_rows_next (rows, &failure))
    for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
      mh_record_set_text (payment, fields[i], mh_rows_text (rows, i));

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
mh_payments_store_name (MhDb *db, GPtrArray *payments, GError **error)
{
  for (guint i = 0; i < payments->len; i++)
    {
      const char *order_id = mh_record_text (g_ptr_array_index (payments, i), MH_PAYMENT_ORDER_ID);
      if (order_id != NULL)
        mh_db_prefetch (db, sql_whose, MH_ARGS (MH_TEXT (order_id)));
    }

  for (guint i = 0; i < payments->len; i++)
    {
      MhRecord *payment = g_ptr_array_index (payments, i);
      const char *order_id = mh_record_text (payment, MH_PAYMENT_ORDER_ID);
      if (!(order_id != NULL ? name_by_order (db, payment, order_id, error)
                             : name_by_patient (db, payment, error)))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
mh_payments_store_of_order (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_select (db, &mh_payment_type, mh_sql_select (&mh_payment_type, sql_of_order),
                          MH_ARGS (MH_TEXT (order_id)), error);
}

MhRecord *
mh_payments_store_by_reference (MhDb *db,
                                const char *hospital_id,
                                const char *method,
                                const char *key,
                                GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_payment_type, mh_sql_select (&mh_payment_type, sql_by_reference),
                         MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (method), MH_TEXT (key)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

GPtrArray *
mh_payments_store_receipts (MhDb *db,
                            const char *hospital_id,
                            const char *order_id,
                            const char *number,
                            MhListPage page,
                            GError **error)
{
  return mh_store_select (db, &mh_receipt_type, mh_sql_select (&mh_receipt_type, sql_receipts),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (order_id), MH_TEXT (number),
                                   MH_INT (page.id != NULL ? page.at : G_MAXINT64),
                                   MH_TEXT (page.id != NULL ? page.id : ""), MH_INT (page.limit)),
                          error);
}

/* The integers of the one row that @sql gives for @id. */
static gboolean
payments_store_read_row (MhDb *db,
                         const char *sql,
                         const char *id,
                         gint64 *out,
                         guint n,
                         GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql, MH_ARGS (MH_TEXT (id)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    out[i] = mh_rows_int (rows, i);
  return TRUE;
}

gboolean
mh_payments_store_refunds (MhDb *db, const char *payment_id, MhRefundSums *out_sums, GError **error)
{
  gint64 sums[4];
  if (!payments_store_read_row (db, sql_refunds, payment_id, sums, 4, error))
    return FALSE;
  *out_sums = (MhRefundSums){ sums[0], sums[1], sums[2], sums[3] };
  return TRUE;
}

gboolean
mh_payments_store_due (MhDb *db, const char *patient_id, gint64 *out_due, GError **error)
{
  return payments_store_read_row (db, sql_due, patient_id, out_due, 1, error);
}

gboolean
mh_payments_store_advance (MhDb *db, const char *patient_id, gint64 *out_advance, GError **error)
{
  return payments_store_read_row (db, sql_advance, patient_id, out_advance, 1, error);
}

GPtrArray *
mh_payments_store_entries (MhDb *db, const char *patient_id, guint limit, GError **error)
{
  return mh_store_select (db, &mh_ledger_entry_type,
                          mh_sql_select (&mh_ledger_entry_type, sql_entries),
                          MH_ARGS (MH_TEXT (patient_id), MH_INT (limit)), error);
}

gboolean
mh_payments_store_sums (MhDb *db, const char *order_id, MhLedgerSums *out_sums, GError **error)
{
  gint64 sums[4];
  if (!payments_store_read_row (db, sql_sums, order_id, sums, 4, error))
    return FALSE;
  *out_sums = (MhLedgerSums){ sums[0], sums[1], sums[2], sums[3] };
  return TRUE;
}

GPtrArray *
mh_payments_store_verify (MhDb *db, guint limit, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (GError) inner = NULL;
      g_autoptr (MhRows) rows = mh_db_query (db, checks[i].sql, MH_ARGS (MH_INT (limit)), error);
      if (rows == NULL)
        return NULL;
      while (mh_rows_next (rows, &inner))
        {
          GString *said = g_string_new (checks[i].says);
          g_string_replace (said, "%s", mh_rows_text (rows, 0), 1);
          g_ptr_array_add (found, g_string_free (said, FALSE));
        }
      if (inner != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return NULL;
        }
    }

  return g_steal_pointer (&found);
}
