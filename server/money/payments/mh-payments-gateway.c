/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-service.h"
#include "server/money/payments/mh-payments-private.h"
#include "server/money/till/mh-till-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/platform/mh-audit.h"

static gboolean
payments_gateway_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* NULL without error: the gateway has not spoken of it before. */
static MhRecord *
find_reported (MhDb *db, const char *provider_payment, GError **error)
{
  return mh_store_find (db, &mh_payment_type, "provider_payment", provider_payment, error);
}

static gboolean
note_fact (MhTx *tx, MhServer *server, MhRecord *payment, const MhGatewayFact *fact, GError **error)
{
  gint64 now = mh_tx_now (tx), at = now;
  if (fact->captured_at > 0
      && !mh_till_service_book_at (MH_REQUEST_TX (tx, server, NULL),
                                   mh_record_text (payment, MH_PAYMENT_HOSPITAL_ID),
                                   MIN (fact->captured_at, now), now, &at, error))
    return FALSE;

  mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CAPTURED);
  mh_record_set_text (payment, MH_PAYMENT_PROVIDER_ORDER, fact->provider_order);
  mh_record_set_text (payment, MH_PAYMENT_PROVIDER_PAYMENT, fact->provider_payment);
  mh_record_set_int (payment, MH_PAYMENT_FEE, fact->fee);
  mh_record_set_int (payment, MH_PAYMENT_FEE_TAX, fact->tax);
  mh_record_set_int (payment, MH_PAYMENT_RECEIVED_AT, at);
  return TRUE;
}

static MhRecord *
payments_gateway_new_payment (MhTx *tx,
                              MhServer *server,
                              MhRecord *order,
                              const MhGatewayFact *fact,
                              GError **error)
{
  const MhLedgerBook book = { .hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                              .patient_id = mh_record_text (order, MH_ORDER_PATIENT_ID),
                              .order_id = mh_record_id (order),
                              .currency = fact->currency };
  g_autoptr (MhRecord) payment = mh_record_new (&mh_payment_type);
  mh_record_set_text (payment, MH_PAYMENT_METHOD, MH_METHOD_ONLINE);
  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, fact->amount);
  mh_record_set_text (payment, MH_PAYMENT_REFERENCE, fact->provider_payment);
  mh_payments_fill (tx, payment, MH_PAYMENT_KIND_PAYMENT, &book);
  return note_fact (tx, server, payment, fact, error) ? g_steal_pointer (&payment) : NULL;
}

/* Money that the books cannot keep: it pays nothing, and a person must look at it. */
static gboolean
suspend (MhMoney *money, MhRecord *payment, const MhGatewayFact *fact)
{
  money->book.currency = fact->currency;
  mh_ledger_move (money->entries, &money->book, MH_LEDGER_KIND_PAYMENT, MH_LEDGER_ONLINE,
                  MH_LEDGER_SUSPENSE, fact->amount);
  mh_record_set_text (payment, MH_PAYMENT_FAILURE,
                      "Captured in another currency than the order's; it pays nothing.");
  return TRUE;
}

typedef struct
{
  gint64 surplus;
  gboolean late;
} Rest;

static Rest
payments_gateway_apply (MhMoney *money, MhRecord *payment)
{
  const char *status = mh_record_text (money->order, MH_ORDER_STATUS);
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  gboolean closed = payments_gateway_is (status, MH_ORDER_STATUS_CANCELLED)
                    || payments_gateway_is (status, MH_ORDER_STATUS_EXPIRED);
  gint64 applied = closed ? 0 : MIN (amount, mh_money_balance (money));
  mh_money_pay (money, MH_LEDGER_ONLINE, applied);
  mh_money_keep (money, MH_LEDGER_ONLINE, amount - applied);
  mh_record_set_int (payment, MH_PAYMENT_APPLIED, applied);
  mh_record_set_null (money->order, MH_ORDER_RECOVERY);
  return (Rest){ amount - applied, applied == 0 };
}

static gboolean
payments_gateway_capture (const MhRequest *req,
                          MhRecord *order,
                          MhRecord *before,
                          MhRecord *payment,
                          const MhGatewayFact *fact,
                          GError **error)
{
  g_auto (MhMoney) money = { 0 };
  gboolean foreign
      = !payments_gateway_is (fact->currency, mh_record_text (order, MH_ORDER_CURRENCY));
  Rest rest = { 0 };

  if (!mh_money_begin (&money, req, order, mh_record_id (payment), mh_record_id (payment), error))
    return FALSE;

  if (foreign)
    suspend (&money, payment, fact);
  else
    rest = payments_gateway_apply (&money, payment);

  if (!mh_payments_give_receipt (req->tx, req->server, payment, error)
      || !(before != NULL ? mh_tx_update (req->tx, before, payment, MH_AUDIT_PAY, NULL, error)
                          : mh_tx_insert (req->tx, payment, MH_AUDIT_PAY, NULL, error)))
    return FALSE;
  if (foreign ? !mh_ledger_post (req->tx, money.entries, error)
              : !mh_money_finish (&money, MH_AUDIT_PAY, NULL, error))
    return FALSE;

  return rest.surplus == 0
         || mh_payments_propose_return (
             req->tx, payment, rest.surplus,
             rest.late ? MH_REFUND_REASON_LATE_CAPTURE : MH_REFUND_REASON_SURPLUS,
             rest.late ? "The order was cancelled, expired or paid otherwise before the bank's"
                         " payment came."
                       : "The bank took more than was due.",
             error);
}

MhRecord *
mh_payments_service_credit (MhTx *tx, MhServer *server, const MhGatewayFact *fact, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) stored = find_reported (mh_tx_db (tx), fact->provider_payment, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  const char *status = stored != NULL ? mh_record_text (stored, MH_PAYMENT_STATUS) : NULL;
  gboolean by_hand = payments_gateway_is (status, MH_PAYMENT_STATUS_REQUESTED)
                     || payments_gateway_is (status, MH_PAYMENT_STATUS_REJECTED);
  if (stored != NULL && !by_hand)
    return g_steal_pointer (&stored);

  if (fact->amount <= 0 || fact->amount > MH_MOST_MONEY || fact->currency == NULL)
    {
      mh_error_set (error, MH_ERROR_INVALID, "The gateway reports an impossible amount.");
      return NULL;
    }

  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, fact->order_id, error);
  if (order == NULL)
    return NULL;

  /* What somebody recorded by hand is proven now, with the bank's own amount. */
  g_autoptr (MhRecord) payment
      = by_hand ? mh_record_copy (stored)
                : payments_gateway_new_payment (tx, server, order, fact, error);

  if (payment == NULL || (by_hand && !note_fact (tx, server, payment, fact, error)))
    return NULL;

  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, fact->amount);
  return payments_gateway_capture (MH_REQUEST_TX (tx, server, NULL), order, stored, payment, fact,
                                   error)
             ? g_steal_pointer (&payment)
             : NULL;
}

/* --- what follows without money --- */

typedef void (*Change) (MhRecord *order, const char *why);

/* Changes a placed order that owes something; others stay as they are. */
static gboolean
change_unpaid (MhTx *tx, const char *order_id, Change change, const char *why, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, order_id, error);
  g_autoptr (GPtrArray) items
      = before != NULL ? mh_orders_service_items (mh_tx_db (tx), order_id, error) : NULL;
  if (items == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  gboolean open
      = payments_gateway_is (mh_record_text (before, MH_ORDER_STATUS), MH_ORDER_STATUS_PLACED)
        && mh_record_int (before, MH_ORDER_DUE) > 0;

  if (open)
    change (after, why);
  else if (mh_record_has (before, MH_ORDER_RECOVERY))
    mh_record_set_null (after, MH_ORDER_RECOVERY);
  else
    return TRUE;

  return mh_orders_service_settle (tx, &(MhOrderChange){ before, after, items }, MH_AUDIT_UPDATE,
                                   why, error);
}

static void
set_failed (MhRecord *order, const char *why)
{
  mh_record_set_text (order, MH_ORDER_PAYMENT_STATE, MH_PAYMENT_STATE_FAILED);
  mh_record_set_text (order, MH_ORDER_PAYMENT_FAILURE, why);
}

static void
payments_gateway_fail (MhRecord *order, const char *why)
{
  if (payments_gateway_is (mh_record_text (order, MH_ORDER_PAYMENT_METHOD), MH_METHOD_ONLINE))
    set_failed (order, why != NULL ? why : "The bank did not take the payment.");
}

static void
payments_gateway_convert (MhRecord *order, const char *why)
{
  gboolean part = mh_record_int (order, MH_ORDER_PAID) > 0;
  mh_record_set_text (order, MH_ORDER_PAYMENT_METHOD, MH_METHOD_COD);
  mh_record_set_text (order, MH_ORDER_PAYMENT_STATE,
                      part ? MH_PAYMENT_STATE_PART_PAID : MH_PAYMENT_STATE_UNPAID);
  mh_record_set_null (order, MH_ORDER_PAYMENT_FAILURE);
  mh_record_set_null (order, MH_ORDER_RECOVERY);
}

gboolean
mh_payments_service_attempt_failed (MhTx *tx,
                                    MhServer *server,
                                    const char *order_id,
                                    const char *why,
                                    GError **error)
{
  return change_unpaid (tx, order_id, payments_gateway_fail, why, error);
}

gboolean
mh_payments_service_converted (MhTx *tx, MhServer *server, const char *order_id, GError **error)
{
  return change_unpaid (tx, order_id, payments_gateway_convert, NULL, error);
}
