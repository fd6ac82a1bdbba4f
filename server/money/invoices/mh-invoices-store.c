/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/invoices/mh-invoices-store.h"

#include "shared/records/money/mh-invoice.h"
#include "shared/sql/mh-sql-same.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.order_id = $2)"
      " AND (CAST($3 AS text) IS NULL OR " MH_SQL_SAME_PATIENT (
          "r.patient_id",
          "$3") ")"
                " AND (CAST($4 AS text) IS NULL OR r.kind = $4)"
                " AND r.issued_on >= $5 AND r.issued_on <= $6"
                " AND (CAST($7 AS text) IS NULL OR r.search_text LIKE $7 ESCAPE '\\')"
                " AND (r.issued_at, r.id) < ($8, $9)"
                " ORDER BY r.issued_at DESC, r.id DESC LIMIT $10";
/* An order's few documents have an index of their own, and so have a patient's. */
static const char sql_list_of_order[]
    = "WHERE r.order_id = $2 AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (r.issued_at, r.id) < ($3, $4) ORDER BY r.issued_at DESC, r.id DESC LIMIT $5";
static const char sql_list_of_patient[] = "WHERE " MH_SQL_SAME_PATIENT (
    "r.patient_id",
    "$2") " AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
          " AND (CAST($3 AS text) IS NULL OR r.kind = $3) AND r.issued_on >= $4 AND r.issued_on <= "
          "$5"
          " AND (r.issued_at, r.id) < ($6, $7) ORDER BY r.issued_at DESC, r.id DESC LIMIT $8";
static const char sql_of_order[]
    = "WHERE r.order_id = $1 AND r.kind IN ('invoice', 'bill_of_supply')";
static const char sql_notes[] = "WHERE r.cites = $1 ORDER BY r.issued_at, r.id";
static const char sql_lines[] = "WHERE r.invoice_id = $1 ORDER BY r.sort_order, r.id";
static const char sql_note_lines[]
    = "WHERE r.invoice_id IN (SELECT n.id FROM invoice n WHERE n.cites = $1 AND n.kind = $2)"
      " ORDER BY r.invoice_id, r.sort_order, r.id";
static const char sql_copies[] = "SELECT count (*) FROM invoice_print WHERE invoice_id = $1";
static const char sql_numbers[]
    = "SELECT kind, financial_year, number FROM invoice WHERE hospital_id = $1 ORDER BY id";
static const char sql_sums[]
    = "SELECT COALESCE (sum (CASE WHEN kind = 'credit_note' THEN 0 ELSE total END), 0),"
      " COALESCE (sum (CASE WHEN kind = 'credit_note' THEN total ELSE 0 END), 0)"
      " FROM invoice WHERE order_id = $1";
static const char sql_after[] = "WHERE r.id > $1 ORDER BY r.id LIMIT $2";
static const char sql_lines_between[] = "WHERE r.invoice_id >= $1 AND r.invoice_id <= $2"
                                        " ORDER BY r.invoice_id, r.sort_order, r.id";
static const char sql_odd_orders[]
    = "SELECT o.number FROM lab_order o JOIN"
      " (SELECT order_id, sum (CASE WHEN kind = 'credit_note' THEN -total ELSE total END) AS billed"
      " FROM invoice GROUP BY order_id) d ON d.order_id = o.id"
      " WHERE d.billed <> o.total - COALESCE (o.credited, 0) ORDER BY o.number LIMIT $1";

GPtrArray *
mh_invoices_store_list (MhDb *db, const MhInvoicesQuery *query, GError **error)
{
  gint64 before_at = query->before_id != NULL ? query->before_at : G_MAXINT64;
  const char *before_id = query->before_id != NULL ? query->before_id : "";
  if (query->order_id != NULL)
    return mh_store_select (
        db, &mh_invoice_type, mh_sql_select (&mh_invoice_type, sql_list_of_order),
        MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->order_id), MH_INT (before_at),
                 MH_TEXT (before_id), MH_INT (query->limit)),
        error);
  if (query->patient_id != NULL && query->words == NULL)
    return mh_store_select (
        db, &mh_invoice_type, mh_sql_select (&mh_invoice_type, sql_list_of_patient),
        MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->patient_id), MH_TEXT (query->kind),
                 MH_TEXT (query->from != NULL ? query->from : ""),
                 MH_TEXT (query->to != NULL ? query->to : "9999-12-31"), MH_INT (before_at),
                 MH_TEXT (before_id), MH_INT (query->limit)),
        error);

  return mh_store_select (
      db, &mh_invoice_type, mh_sql_select (&mh_invoice_type, sql_list),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (NULL), MH_TEXT (query->patient_id),
               MH_TEXT (query->kind), MH_TEXT (query->from != NULL ? query->from : ""),
               MH_TEXT (query->to != NULL ? query->to : "9999-12-31"), MH_TEXT (query->words),
               MH_INT (before_at), MH_TEXT (before_id), MH_INT (query->limit)),
      error);
}

static GPtrArray *
select_by (MhDb *db, const MhRecordType *type, const char *tail, const char *id, GError **error)
{
  return mh_store_select (db, type, mh_sql_select (type, tail), MH_ARGS (MH_TEXT (id)), error);
}

MhRecord *
mh_invoices_store_of_order (MhDb *db, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) found = select_by (db, &mh_invoice_type, sql_of_order, order_id, error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

void
mh_invoices_store_of_order_prefetch (MhDb *db, const char *order_id)
{
  mh_db_prefetch (db, mh_sql_select (&mh_invoice_type, sql_of_order), MH_ARGS (MH_TEXT (order_id)));
}

GPtrArray *
mh_invoices_store_notes (MhDb *db, const char *invoice_id, GError **error)
{
  return select_by (db, &mh_invoice_type, sql_notes, invoice_id, error);
}

GPtrArray *
mh_invoices_store_lines (MhDb *db, const char *invoice_id, GError **error)
{
  return select_by (db, &mh_invoice_line_type, sql_lines, invoice_id, error);
}

GPtrArray *
mh_invoices_store_note_lines (MhDb *db, const char *invoice_id, const char *kind, GError **error)
{
  return mh_store_select (db, &mh_invoice_line_type,
                          mh_sql_select (&mh_invoice_line_type, sql_note_lines),
                          MH_ARGS (MH_TEXT (invoice_id), MH_TEXT (kind)), error);
}

gint64
mh_invoices_store_copies (MhDb *db, const char *invoice_id, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_copies, MH_ARGS (MH_TEXT (invoice_id)), error);
  return rows != NULL && mh_rows_next (rows, error) ? mh_rows_int (rows, 0) : -1;
}

GPtrArray *
mh_invoices_store_numbers (MhDb *db, const char *hospital_id, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_numbers, MH_ARGS (MH_TEXT (hospital_id)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      MhRecord *record = mh_record_new (&mh_invoice_type);
      mh_record_set_text (record, MH_INVOICE_KIND, mh_rows_text (rows, 0));
      mh_record_set_text (record, MH_INVOICE_FINANCIAL_YEAR, mh_rows_text (rows, 1));
      mh_record_set_text (record, MH_INVOICE_NUMBER, mh_rows_text (rows, 2));
      g_ptr_array_add (found, record);
    }

  if (inner == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

gboolean
mh_invoices_store_sums (MhDb *db,
                        const char *order_id,
                        gint64 *out_charged,
                        gint64 *out_credited,
                        GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_sums, MH_ARGS (MH_TEXT (order_id)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_charged = mh_rows_int (rows, 0);
  *out_credited = mh_rows_int (rows, 1);
  return TRUE;
}

GPtrArray *
mh_invoices_store_after (MhDb *db, const char *after, guint limit, GError **error)
{
  return mh_store_select (db, &mh_invoice_type, mh_sql_select (&mh_invoice_type, sql_after),
                          MH_ARGS (MH_TEXT (after), MH_INT (limit)), error);
}

GPtrArray *
mh_invoices_store_lines_between (MhDb *db, const char *from, const char *to, GError **error)
{
  return mh_store_select (db, &mh_invoice_line_type,
                          mh_sql_select (&mh_invoice_line_type, sql_lines_between),
                          MH_ARGS (MH_TEXT (from), MH_TEXT (to)), error);
}

GPtrArray *
mh_invoices_store_odd_orders (MhDb *db, guint limit, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_odd_orders, MH_ARGS (MH_INT (limit)), error);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    g_ptr_array_add (numbers, g_strdup (mh_rows_text (rows, 0)));
  if (inner == NULL)
    return g_steal_pointer (&numbers);
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}
