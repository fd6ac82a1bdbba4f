/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/figures/mh-figures-store.h"

#include "shared/records/money/mh-figures.h"

/* The quarter of an hour as text, or the group that was asked for ($4), and its name. */
#define KEY_OF(instant, cashier, method)                                                           \
  "CASE $4 WHEN 'day' THEN CAST(" instant " / 900000000 AS text)"                                  \
  " WHEN 'department' THEN o.department_id"                                                        \
  " WHEN 'doctor' THEN COALESCE (o.doctor_id, o.doctor_name)"                                      \
  " WHEN 'cashier' THEN " cashier " ELSE " method " END"
#define NAME_OF(cashier_name)                                                                      \
  "MIN (CASE $4 WHEN 'department' THEN d.name WHEN 'doctor' THEN o.doctor_name"                    \
  " WHEN 'cashier' THEN " cashier_name " END)"
#define OF_HOSPITAL(alias) " AND (CAST($3 AS text) IS NULL OR " alias ".hospital_id = $3)"

/* What was spent of a deposit came in before. Of an insurer counts what it has transferred, claim
 * by claim, on the day that was recorded: a claim is no money. */
#define SUMS ", COUNT (*), SUM (p.taken), SUM (p.back)"
#define TAKEN                                                                                      \
  " AND p.status IN ('captured', 'part_refunded', 'refunded', 'processed')"                        \
  " AND p.method NOT IN ('deposit', 'insurance')"                                                  \
  " AND p.currency = COALESCE (o.currency, p.currency) AND p.deleted_at IS NULL"                   \
  " AND (CAST($5 AS text) IS NULL OR p.refund_of IS NOT NULL)"
static const char sql_payments[]
    = "SELECT " KEY_OF ("p.at", "p.by_id", "p.method") " AS grouped, " NAME_OF ("p.by_name") SUMS
    " FROM (SELECT p.received_at AS at, p.received_by AS by_id, p.received_name AS by_name,"
    " p.method, p.order_id, CASE WHEN p.refund_of IS NULL THEN p.amount ELSE 0 END AS taken,"
    " CASE WHEN p.refund_of IS NULL THEN 0 ELSE p.amount END AS back"
    " FROM payment p LEFT JOIN lab_order o ON o.id = p.order_id"
    " WHERE p.received_at >= $1 AND p.received_at < $2" OF_HOSPITAL ("p") TAKEN
    " UNION ALL"
    " SELECT r.recorded_at, r.recorded_by, r.recorded_name, 'insurance', c.order_id, l.paid, 0"
    " FROM remittance r JOIN remittance_line l ON l.remittance_id = r.id"
    " LEFT JOIN payment c ON c.id = l.payment_id"
    " WHERE r.recorded_at >= $1 AND r.recorded_at < $2" OF_HOSPITAL (
        "r") " AND r.deleted_at IS NULL AND l.paid > 0 AND CAST($5 AS text) IS NULL) p"
             " LEFT JOIN lab_order o ON o.id = p.order_id"
             " LEFT JOIN department d ON d.id = o.department_id GROUP BY 1";

static const char sql_orders[] = "SELECT " KEY_OF (
    "o.ordered_at",
    "o.ordered_by",
    "o.payment_method") " AS grouped, " NAME_OF ("u.name") ", COUNT (*), SUM (o.total), SUM "
                                                           "(o.paid - o.refunded), SUM (o.due)"
                                                           " FROM lab_order o LEFT JOIN department "
                                                           "d ON d.id = o.department_id"
                                                           " LEFT JOIN app_user u ON u.id = "
                                                           "o.ordered_by"
                                                           " WHERE o.ordered_at >= $1 AND "
                                                           "o.ordered_at < $2" OF_HOSPITAL (
                                                               "o") " AND o.status NOT IN "
                                                                    "('cancelled', 'expired')"
                                                                    " AND o.deleted_at IS NULL AND "
                                                                    "o.due > 0 GROUP BY 1";

/* The tax that is owed is that of the documents, less that of the credit notes. */
#define SIGN "CASE i.kind WHEN 'credit_note' THEN -1 ELSE 1 END"
static const char sql_documents[]
    = "SELECT " KEY_OF ("i.issued_at", "i.issued_by", "o.payment_method") " AS grouped, " NAME_OF (
        "i.issued_name") ", COUNT (*), SUM (" SIGN " * i.subtotal),"
                         " SUM (" SIGN " * COALESCE (i.discount, 0)),"
                         " SUM (" SIGN " * i.tax),"
                         " SUM (" SIGN " * i.total)"
                         " FROM invoice i LEFT JOIN lab_order o ON o.id = i.order_id"
                         " LEFT JOIN department d ON d.id = o.department_id"
                         " WHERE i.issued_at >= $1 AND i.issued_at < $2" OF_HOSPITAL (
                             "i") " AND i.deleted_at IS NULL GROUP BY 1";

static MhRecord *
begin_row (MhRows *rows)
{
  MhRecord *row = mh_record_new (&mh_figures_row_type);
  mh_record_set_text (row, MH_FIGURES_ROW_LABEL, mh_rows_text (rows, 1));
  mh_record_set_int (row, MH_FIGURES_ROW_COUNT, mh_rows_int (rows, 2));
  return row;
}

static MhRecord *
payments_row (MhRows *rows, gboolean only_refunds)
{
  MhRecord *row = begin_row (rows);
  gint64 taken = mh_rows_int (rows, 3), back = mh_rows_int (rows, 4);
  mh_record_set_int (row, MH_FIGURES_ROW_GIVEN_BACK, back);
  if (only_refunds)
    return row;
  mh_record_set_int (row, MH_FIGURES_ROW_TAKEN, taken);
  mh_record_set_int (row, MH_FIGURES_ROW_NET, taken - back);
  return row;
}

static MhRecord *
due_row (MhRows *rows)
{
  MhRecord *row = begin_row (rows);
  mh_record_set_int (row, MH_FIGURES_ROW_TOTAL, mh_rows_int (rows, 3));
  mh_record_set_int (row, MH_FIGURES_ROW_TAKEN, mh_rows_int (rows, 4));
  mh_record_set_int (row, MH_FIGURES_ROW_DUE, mh_rows_int (rows, 5));
  return row;
}

static MhRecord *
documents_row (MhRows *rows)
{
  MhRecord *row = begin_row (rows);
  mh_record_set_int (row, MH_FIGURES_ROW_CHARGED, mh_rows_int (rows, 3));
  mh_record_set_int (row, MH_FIGURES_ROW_DISCOUNT, mh_rows_int (rows, 4));
  mh_record_set_int (row, MH_FIGURES_ROW_TAX, mh_rows_int (rows, 5));
  mh_record_set_int (row, MH_FIGURES_ROW_TOTAL, mh_rows_int (rows, 6));
  return row;
}

gboolean
mh_figures_store_sums (MhDb *db,
                       const MhFiguresQuery *query,
                       MhFiguresFunc func,
                       gpointer data,
                       GError **error)
{
  GError *failure = NULL;
  gboolean refunds = g_str_equal (query->report, MH_FIGURES_REFUNDS);
  gboolean of_payments = refunds || g_str_equal (query->report, MH_FIGURES_REVENUE);
  gboolean due = g_str_equal (query->report, MH_FIGURES_OUTSTANDING);
  const char *sql = of_payments ? sql_payments : due ? sql_orders : sql_documents;
  const MhArg args[] = { MH_INT (query->from), MH_INT (query->to), MH_TEXT (query->hospital_id),
                         MH_TEXT (query->by), MH_TEXT (refunds ? "only" : NULL) };
  g_autoptr (MhRows) rows = mh_db_query (db, sql, args, of_payments ? 5 : 4, error);

  if (rows == NULL)
    return FALSE;
  while (mh_rows_next (rows, &failure))
    {
      g_autoptr (MhRecord) row = of_payments ? payments_row (rows, refunds)
                                 : due       ? due_row (rows)
                                             : documents_row (rows);
      func (mh_rows_text (rows, 0), row, data);
    }

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, failure);
  return FALSE;
}
