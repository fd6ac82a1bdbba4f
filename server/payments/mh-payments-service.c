/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/payments/mh-payments-service.h"

#include "server/catalogue/mh-catalogue.h"
#include "server/common/mh-edit.h"
#include "server/orders/mh-orders-service.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"

static gboolean
is_cash (const char *method)
{
  return g_str_equal (method, MH_METHOD_CASH) || g_str_equal (method, MH_METHOD_COD);
}

static gboolean
check_state (MhRecord *order, GError **error)
{
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  if (g_str_equal (status, MH_ORDER_STATUS_CANCELLED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This order was cancelled; nothing can be paid on it.");
  else if (g_str_equal (status, MH_ORDER_STATUS_EXPIRED))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "This order expired unpaid; reopen it before taking money.");
  else if (mh_record_int (order, MH_ORDER_DUE) <= 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "This order is paid already.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_method (const char *method, MhRecord *payment, GError **error)
{
  if (g_str_equal (method, MH_METHOD_ONLINE))
    mh_error_set_field (error, "method", "not_configured",
                        "No payment gateway is set up; take cash, card or UPI.");
  else if (g_str_equal (method, MH_METHOD_INSURANCE))
    mh_error_set_field (error, "method", "not_at_the_desk",
                        "Insurance is claimed, not taken at the desk.");
  else if (!is_cash (method) && !mh_record_has (payment, MH_PAYMENT_REFERENCE))
    mh_error_set_field (error, "reference", "required",
                        "Write the number of the card slip or the UPI reference.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_amount (MhRecord *order, MhRecord *payment, GError **error)
{
  gint64 due = mh_record_int (order, MH_ORDER_DUE);
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  g_autofree char *shown = mh_money_display (due, mh_record_text (order, MH_ORDER_CURRENCY));
  gboolean cash = is_cash (mh_record_text (payment, MH_PAYMENT_METHOD));
  const char *currency = mh_record_text (payment, MH_PAYMENT_CURRENCY);
  if (amount <= 0 || amount > due || (cash && amount != due))
    mh_error_set_field (error, "amount", cash ? "not_exact" : "out_of_range",
                        cash ? "Exactly %s is due." : "At most %s is due.", shown);
  else if (currency != NULL && g_strcmp0 (currency, mh_record_text (order, MH_ORDER_CURRENCY)) != 0)
    mh_error_set_field (error, "currency", "mismatch", "This order is in %s.",
                        mh_record_text (order, MH_ORDER_CURRENCY));
  else if (mh_record_has (payment, MH_PAYMENT_TENDERED)
           && mh_record_int (payment, MH_PAYMENT_TENDERED) < amount)
    mh_error_set_field (error, "tendered", "out_of_range", "That is less than the amount.");
  else
    return TRUE;
  return FALSE;
}

/* The Indian financial year begins on the first of April: "2026-27". */
static char *
financial_year (MhDate day)
{
  int from = day.month >= 4 ? day.year : day.year - 1;
  return g_strdup_printf ("%d-%02d", from, (from + 1) % 100);
}

static MhRecord *
make_receipt (MhTx *tx, MhServer *server, MhRecord *order, MhRecord *payment, GError **error)
{
  const char *hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID);
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (server), mh_tx_db (tx), error);
  if (view == NULL)
    return NULL;
  g_autoptr (GTimeZone) zone = mh_orders_service_zone (view, hospital_id);
  MhRecord *hospital = mh_catalogue_hospital (view, hospital_id);
  const char *code = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CODE) : "X";
  g_autofree char *year = financial_year (mh_date_of_instant (mh_tx_now (tx), zone));
  g_autofree char *series = g_strdup_printf ("receipt:%s:%s", code, year);
  gint64 number = mh_tx_next_number (tx, series, error);
  if (number < 0)
    return NULL;
  MhRecord *receipt = mh_record_new (&mh_receipt_type);
  mh_record_take_text (receipt, MH_ID, mh_id_new ());
  mh_record_set_text (receipt, MH_RECEIPT_HOSPITAL_ID, hospital_id);
  mh_record_take_text (receipt, MH_RECEIPT_NUMBER,
                       g_strdup_printf ("R%.2s%s/%06" G_GINT64_FORMAT, year + 2, year + 5, number));
  mh_record_set_text (receipt, MH_RECEIPT_ORDER_ID, mh_record_id (order));
  mh_record_set_text (receipt, MH_RECEIPT_PAYMENT_ID, mh_record_id (payment));
  mh_record_set_int (receipt, MH_RECEIPT_AMOUNT, mh_record_int (payment, MH_PAYMENT_AMOUNT));
  mh_record_set_text (receipt, MH_RECEIPT_CURRENCY, mh_record_text (order, MH_ORDER_CURRENCY));
  mh_record_set_int (receipt, MH_RECEIPT_ISSUED_AT, mh_tx_now (tx));
  mh_record_set_text (receipt, MH_RECEIPT_ISSUED_BY, mh_tx_who (tx)->user_id);
  mh_record_set_text (receipt, MH_RECEIPT_ISSUED_NAME, mh_tx_who (tx)->user_name);
  mh_record_set_int (receipt, MH_RECEIPT_COPIES, 0);
  return receipt;
}

static void
fill_payment (MhTx *tx, MhRecord *order, MhRecord *payment)
{
  if (!mh_record_has (payment, MH_ID))
    mh_record_take_text (payment, MH_ID, mh_id_new ());
  mh_record_set_text (payment, MH_PAYMENT_HOSPITAL_ID,
                      mh_record_text (order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (payment, MH_PAYMENT_ORDER_ID, mh_record_id (order));
  mh_record_set_text (payment, MH_PAYMENT_CURRENCY, mh_record_text (order, MH_ORDER_CURRENCY));
  mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CAPTURED);
  mh_record_set_int (payment, MH_PAYMENT_REFUNDED, 0);
  mh_record_set_text (payment, MH_PAYMENT_RECEIVED_BY, mh_tx_who (tx)->user_id);
  mh_record_set_text (payment, MH_PAYMENT_RECEIVED_NAME, mh_tx_who (tx)->user_name);
  mh_record_set_int (payment, MH_PAYMENT_RECEIVED_AT, mh_tx_now (tx));
  if (mh_record_has (payment, MH_PAYMENT_TENDERED))
    mh_record_set_int (payment, MH_PAYMENT_CHANGE_GIVEN,
                       mh_record_int (payment, MH_PAYMENT_TENDERED)
                           - mh_record_int (payment, MH_PAYMENT_AMOUNT));
}

static MhRecord *
paid_order (MhRecord *before, MhRecord *payment)
{
  MhRecord *after = mh_record_copy (before);
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  gint64 due = mh_record_int (before, MH_ORDER_DUE) - amount;
  mh_record_set_int (after, MH_ORDER_PAID, mh_record_int (before, MH_ORDER_PAID) + amount);
  mh_record_set_int (after, MH_ORDER_DUE, due);
  mh_record_set_text (after, MH_ORDER_PAYMENT_STATE,
                      due == 0 ? MH_PAYMENT_STATE_PAID : MH_PAYMENT_STATE_PART_PAID);
  return after;
}

MhRecord *
mh_payments_service_take (MhTx *tx,
                          MhServer *server,
                          const MhActor *actor,
                          const char *order_id,
                          MhRecord *draft,
                          GError **error)
{
  g_autoptr (MhRecord) payment = mh_record_copy (draft);
  const char *method = mh_record_text (payment, MH_PAYMENT_METHOD);
  g_autoptr (MhRecord) before = mh_edit_get (mh_tx_db (tx), actor, &mh_order_type, order_id, error);
  if (before == NULL || !check_state (before, error) || !check_method (method, payment, error)
      || !check_amount (before, payment, error))
    return NULL;
  fill_payment (tx, before, payment);
  g_autoptr (MhRecord) receipt = make_receipt (tx, server, before, payment, error);
  g_autoptr (GPtrArray) items
      = receipt != NULL ? mh_orders_store_items (mh_tx_db (tx), order_id, error) : NULL;
  if (items == NULL)
    return NULL;
  mh_record_set_text (payment, MH_PAYMENT_RECEIPT_ID, mh_record_id (receipt));
  g_autoptr (MhRecord) after = paid_order (before, payment);
  if (!mh_tx_insert (tx, payment, MH_AUDIT_PAY, NULL, error)
      || !mh_tx_insert (tx, receipt, MH_AUDIT_CREATE, NULL, error)
      || !mh_orders_service_settle (tx, before, after, items, MH_AUDIT_PAY, NULL, error))
    return NULL;
  return g_steal_pointer (&payment);
}

GPtrArray *
mh_payments_service_list (MhDb *db, const MhActor *actor, const char *order_id, GError **error)
{
  g_autoptr (MhRecord) order = mh_edit_get (db, actor, &mh_order_type, order_id, error);
  return order != NULL ? mh_orders_store_payments (db, order_id, error) : NULL;
}
