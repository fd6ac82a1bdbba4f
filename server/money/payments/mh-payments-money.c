/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/payments/mh-payments-money.h"

#include "server/lab/orders/mh-orders-reflex.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/money/payments/mh-payments-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"

gboolean
mh_money_begin (MhMoney *money,
                const MhRequest *req,
                MhRecord *order,
                const char *txn,
                const char *payment_id,
                GError **error)
{
  GPtrArray *items = mh_orders_service_items (req->db, mh_record_id (order), error);
  if (items == NULL)
    return FALSE;

  const MhLedgerBook book = { .txn = txn,
                              .hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                              .patient_id = mh_record_text (order, MH_ORDER_PATIENT_ID),
                              .order_id = mh_record_id (order),
                              .payment_id = payment_id,
                              .currency = mh_record_text (order, MH_ORDER_CURRENCY) };

  mh_money_begin_alone (money, req->tx, req->server, &book);
  money->before = g_object_ref (order);
  money->order = mh_record_copy (order);
  money->items = items;
  return TRUE;
}

void
mh_money_begin_alone (MhMoney *money, MhTx *tx, MhServer *server, const MhLedgerBook *book)
{
  *money = (MhMoney){ .tx = tx, .server = server, .book = *book, .entries = mh_ledger_new () };
}

void
mh_money_clear (MhMoney *money)
{
  g_clear_object (&money->before);
  g_clear_object (&money->order);
  g_clear_pointer (&money->items, g_ptr_array_unref);
  g_clear_pointer (&money->entries, g_ptr_array_unref);
}

static void
payments_money_add (MhMoney *money, guint field, gint64 amount)
{
  mh_record_set_int (money->order, field, mh_record_int (money->order, field) + amount);
}

gint64
mh_money_balance (const MhMoney *money)
{
  return mh_record_int (money->order, MH_ORDER_TOTAL)
         - mh_record_int (money->order, MH_ORDER_CREDITED)
         - mh_record_int (money->order, MH_ORDER_PAID)
         + mh_record_int (money->order, MH_ORDER_REFUNDED);
}

void
mh_money_pay (MhMoney *money, const char *account, gint64 amount)
{
  mh_ledger_move (money->entries, &money->book, MH_LEDGER_KIND_PAYMENT, account, MH_LEDGER_ORDER,
                  amount);
  payments_money_add (money, MH_ORDER_PAID, amount);
  if (g_str_equal (account, MH_LEDGER_ADVANCE))
    money->advance -= amount;
}

void
mh_money_keep (MhMoney *money, const char *account, gint64 amount)
{
  mh_ledger_move (money->entries, &money->book, MH_LEDGER_KIND_PAYMENT, account, MH_LEDGER_ADVANCE,
                  amount);
  money->advance += amount;
}

void
mh_money_give_back (MhMoney *money, const char *account, gint64 amount)
{
  mh_ledger_move (money->entries, &money->book, MH_LEDGER_KIND_REFUND, MH_LEDGER_ORDER, account,
                  amount);
  payments_money_add (money, MH_ORDER_REFUNDED, amount);
  if (g_str_equal (account, MH_LEDGER_ADVANCE))
    money->advance += amount;
}

void
mh_money_return (MhMoney *money, const char *account, gint64 amount)
{
  mh_ledger_move (money->entries, &money->book, MH_LEDGER_KIND_REFUND, MH_LEDGER_ADVANCE, account,
                  amount);
  money->advance -= amount;
}

void
mh_money_credit (MhMoney *money, gint64 amount)
{
  payments_money_add (money, MH_ORDER_CREDITED, amount);
}

void
mh_money_deny (MhMoney *money, const char *account, gint64 amount)
{
  mh_ledger_move (money->entries, &money->book, MH_LEDGER_KIND_DENIAL, MH_LEDGER_ORDER, account,
                  amount);
  payments_money_add (money, MH_ORDER_PAID, -amount);
}

void
mh_money_release (MhMoney *money, gint64 amount)
{
  mh_ledger_move (money->entries, &money->book, MH_LEDGER_KIND_RELEASE, MH_LEDGER_ORDER,
                  MH_LEDGER_ADVANCE, amount);
  payments_money_add (money, MH_ORDER_PAID, -amount);
  money->advance += amount;
}

/* --- the end --- */

static const char *
payment_state (const MhMoney *money, gint64 due)
{
  gint64 paid = mh_record_int (money->order, MH_ORDER_PAID);
  gint64 refunded = mh_record_int (money->order, MH_ORDER_REFUNDED);
  const char *was = mh_record_text (money->order, MH_ORDER_PAYMENT_STATE);
  if (refunded > 0 && refunded == paid)
    return MH_PAYMENT_STATE_REFUNDED;
  if (refunded > 0)
    return MH_PAYMENT_STATE_PART_REFUNDED;
  if (paid > 0)
    return due > 0 ? MH_PAYMENT_STATE_PART_PAID : MH_PAYMENT_STATE_PAID;
  return g_strcmp0 (was, MH_PAYMENT_STATE_FAILED) == 0 && due > 0 ? was : MH_PAYMENT_STATE_UNPAID;
}

/* The order is charged when the first money moves on it, and again by what has changed since:
 * tests given back, discounts, debit notes. */
static void
payments_money_charge (GPtrArray *entries, const MhLedgerBook *book, MhRecord *order)
{
  gint64 wanted = mh_record_int (order, MH_ORDER_TOTAL) - mh_record_int (order, MH_ORDER_CREDITED);
  gint64 more = wanted - mh_record_int (order, MH_ORDER_CHARGED);
  mh_ledger_move (entries, book, more > 0 ? MH_LEDGER_KIND_CHARGE : MH_LEDGER_KIND_CREDIT,
                  MH_LEDGER_ORDER, MH_LEDGER_SALES, more);
  mh_record_set_int (order, MH_ORDER_CHARGED, wanted);
}

static gboolean
payments_money_settle_order (MhMoney *money, const char *verb, const char *reason, GError **error)
{
  gint64 due = mh_money_balance (money);
  if (due < 0)
    {
      mh_error_set (error, MH_ERROR_INTERNAL, "More would be paid on an order than it costs.");
      return FALSE;
    }

  payments_money_charge (money->entries, &money->book, money->order);
  mh_record_set_int (money->order, MH_ORDER_DUE, due);
  mh_record_set_text (money->order, MH_ORDER_PAYMENT_STATE, payment_state (money, due));
  if (due == 0)
    mh_record_set_null (money->order, MH_ORDER_PAYMENT_FAILURE);
  return (due > 0 || mh_orders_reflex_paid (money->tx, money->order, money->items, error))
         && mh_orders_service_settle (money->tx,
                                      &(MhOrderChange){ money->before, money->order, money->items },
                                      verb, reason, error);
}

static MhRecord *
new_account (const MhMoney *money)
{
  MhRecord *account = mh_record_new (&mh_patient_account_type);
  mh_record_set_text (account, MH_PATIENT_ACCOUNT_HOSPITAL_ID, money->book.hospital_id);
  mh_record_set_text (account, MH_PATIENT_ACCOUNT_PATIENT_ID, money->book.patient_id);
  mh_record_set_text (account, MH_PATIENT_ACCOUNT_CURRENCY, money->book.currency);
  mh_record_set_int (account, MH_PATIENT_ACCOUNT_ADVANCE, money->advance);
  return account;
}

static gboolean
move_advance (MhMoney *money, const char *verb, const char *reason, GError **error)
{
  g_autoptr (GError) inner = NULL;
  if (money->advance == 0)
    return TRUE;

  g_autoptr (MhRecord) before = mh_store_find (mh_tx_db (money->tx), &mh_patient_account_type,
                                               "patient_id", money->book.patient_id, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  gint64 had = before != NULL ? mh_record_int (before, MH_PATIENT_ACCOUNT_ADVANCE) : 0;
  if (had + money->advance < 0)
    {
      g_autofree char *shown = mh_money_display (had, money->book.currency);
      mh_error_set (error, MH_ERROR_CONFLICT, "The patient's advance is only %s.", shown);
      return FALSE;
    }

  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : new_account (money);
  mh_record_set_int (after, MH_PATIENT_ACCOUNT_ADVANCE, had + money->advance);
  return before != NULL ? mh_tx_update (money->tx, before, after, verb, reason, error)
                        : mh_tx_insert (money->tx, after, verb, reason, error);
}

/* The invoice is taken when the last of what is due is paid or claimed. */
static gboolean
payments_money_finalise (MhMoney *money, GError **error)
{
  const char *status = mh_record_text (money->order, MH_ORDER_STATUS);
  if (mh_record_int (money->before, MH_ORDER_DUE) == 0
      || mh_record_int (money->order, MH_ORDER_DUE) > 0
      || g_str_equal (status, MH_ORDER_STATUS_CANCELLED))
    return TRUE;
  g_autoptr (MhRecord) order = mh_record_copy (money->order);
  mh_record_take_records (order, MH_ORDER_ITEMS, g_ptr_array_ref (money->items));
  g_autoptr (MhRecord) invoice
      = mh_invoices_service_for_order (money->tx, money->server, order, error);
  return invoice != NULL;
}

gboolean
mh_money_finish (MhMoney *money, const char *verb, const char *reason, GError **error)
{
  if (money->order != NULL
      && (!payments_money_settle_order (money, verb, reason, error)
          || !payments_money_finalise (money, error)))
    return FALSE;
  return move_advance (money, verb, reason, error)
         && mh_ledger_post (money->tx, money->entries, error);
}

gboolean
mh_money_note_credit (const MhRequest *req,
                      MhRecord *order,
                      MhRecord *refund,
                      GPtrArray *items,
                      gint64 amount,
                      GError **error)
{
  if (amount == 0)
    return TRUE;

  /* What is charged less may be more than what was given back. */
  g_autoptr (MhRecord) credit = mh_record_copy (refund);
  mh_record_set_int (credit, MH_PAYMENT_AMOUNT, amount);

  if (!g_str_equal (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_CANCELLED))
    {
      g_autoptr (MhRecord) invoice
          = mh_invoices_service_for_order (req->tx, req->server, order, error);
      if (invoice == NULL)
        return FALSE;
    }

  return mh_invoices_service_credit (req, order, credit, items, NULL, error);
}

static MhLedgerBook
payments_money_book_of (MhRecord *order, const char *txn)
{
  return (MhLedgerBook){ .txn = txn,
                         .hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                         .patient_id = mh_record_text (order, MH_ORDER_PATIENT_ID),
                         .order_id = mh_record_id (order),
                         .currency = mh_record_text (order, MH_ORDER_CURRENCY) };
}

gboolean
mh_payments_service_charge (MhTx *tx, MhRecord *order, const char *txn, GError **error)
{
  g_autoptr (GPtrArray) entries = mh_ledger_new ();
  const MhLedgerBook book = payments_money_book_of (order, txn);
  if (mh_record_int (order, MH_ORDER_CHARGED) == 0)
    return TRUE;
  payments_money_charge (entries, &book, order);
  return mh_ledger_post (tx, entries, error);
}

gboolean
mh_payments_service_write_off (MhTx *tx, MhServer *server, MhRecord *order, GError **error)
{
  g_autoptr (GPtrArray) entries = mh_ledger_new ();
  g_autoptr (MhRecord) reason = mh_record_new (&mh_payment_type);
  gint64 charged = mh_record_int (order, MH_ORDER_CHARGED);

  mh_record_take_text (reason, MH_ID, mh_id_new ());
  mh_record_set_text (reason, MH_PAYMENT_REFUND_REASON, MH_REFUND_REASON_TEST_CANCELLED);
  const MhLedgerBook book = payments_money_book_of (order, mh_record_id (reason));

  mh_ledger_move (entries, &book, MH_LEDGER_KIND_CREDIT, MH_LEDGER_SALES, MH_LEDGER_ORDER, charged);
  mh_record_set_int (order, MH_ORDER_CREDITED, mh_record_int (order, MH_ORDER_TOTAL));
  mh_record_set_int (order, MH_ORDER_CHARGED, 0);
  mh_record_set_int (order, MH_ORDER_DUE, 0);
  return mh_ledger_post (tx, entries, error)
         && mh_money_note_credit (MH_REQUEST_TX (tx, server, NULL), order, reason, NULL, charged,
                                  error);
}
