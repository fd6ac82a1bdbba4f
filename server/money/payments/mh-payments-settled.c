/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the gateway says about refunds, and the refunds that the server asks for itself. */
#include "server/lab/orders/mh-orders-service.h"
#include "server/money/payments/mh-payments-private.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/platform/mh-audit.h"

static gboolean
payments_settled_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

gboolean
mh_payments_propose_return (MhTx *tx,
                            MhRecord *payment,
                            gint64 amount,
                            const char *reason,
                            const char *note,
                            GError **error)
{
  const MhLedgerBook book = { .hospital_id = mh_record_text (payment, MH_PAYMENT_HOSPITAL_ID),
                              .patient_id = mh_record_text (payment, MH_PAYMENT_PATIENT_ID),
                              .order_id = mh_record_text (payment, MH_PAYMENT_ORDER_ID),
                              .currency = mh_record_text (payment, MH_PAYMENT_CURRENCY) };
  g_autoptr (MhRecord) refund = mh_record_new (&mh_payment_type);
  g_autoptr (MhRecord) after = mh_record_copy (payment);

  mh_record_set_text (refund, MH_PAYMENT_METHOD, mh_record_text (payment, MH_PAYMENT_METHOD));
  mh_record_set_int (refund, MH_PAYMENT_AMOUNT, amount);
  mh_payments_fill (tx, refund, MH_PAYMENT_KIND_REFUND, &book);
  mh_record_set_text (refund, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REQUESTED);
  mh_record_set_text (refund, MH_PAYMENT_REFUND_OF, mh_record_id (payment));
  mh_record_set_text (refund, MH_PAYMENT_REFUND_REASON, reason);
  mh_record_set_bool (refund, MH_PAYMENT_FROM_ADVANCE, TRUE);
  mh_record_set_text (refund, MH_PAYMENT_NOTE, note);
  mh_record_set_int (after, MH_PAYMENT_PENDING,
                     mh_record_int (payment, MH_PAYMENT_PENDING) + amount);
  if (!mh_tx_update (tx, payment, after, MH_AUDIT_UPDATE, reason, error))
    return FALSE;

  mh_record_apply (payment, after);
  return mh_tx_insert (tx, refund, MH_AUDIT_REFUND, note, error);
}

/* --- the gateway's answer --- */

typedef struct
{
  MhTx *tx;
  MhServer *server;
  MhRecord *refund, *payment; /* as stored */
  gint64 amount;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_object (&answer->refund);
  g_clear_object (&answer->payment);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static MhLedgerBook
payments_settled_book_of (const Answer *answer)
{
  return (MhLedgerBook){ .txn = mh_record_id (answer->refund),
                         .hospital_id = mh_record_text (answer->payment, MH_PAYMENT_HOSPITAL_ID),
                         .patient_id = mh_record_text (answer->payment, MH_PAYMENT_PATIENT_ID),
                         .order_id = mh_record_text (answer->payment, MH_PAYMENT_ORDER_ID),
                         .payment_id = mh_record_id (answer->payment),
                         .currency = mh_record_text (answer->payment, MH_PAYMENT_CURRENCY) };
}

static gboolean
write_payment (Answer *answer, gint64 applied, gint64 waiting, gint64 done, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (answer->payment);
  mh_record_set_int (after, MH_PAYMENT_APPLIED,
                     mh_record_int (after, MH_PAYMENT_APPLIED) + applied);
  mh_record_set_int (after, MH_PAYMENT_PENDING,
                     mh_record_int (after, MH_PAYMENT_PENDING) + waiting);
  mh_record_set_int (after, MH_PAYMENT_REFUNDED, mh_record_int (after, MH_PAYMENT_REFUNDED) + done);
  mh_payments_set_state (after);
  return mh_tx_update (answer->tx, answer->payment, after, MH_AUDIT_REFUND, NULL, error);
}

/* On its way, and has arrived. */
static gboolean
arrived (Answer *answer, GError **error)
{
  g_autoptr (GPtrArray) entries = mh_ledger_new ();
  const MhLedgerBook book = payments_settled_book_of (answer);
  mh_ledger_move (entries, &book, MH_LEDGER_KIND_PAYOUT, MH_LEDGER_REFUND, MH_LEDGER_ONLINE,
                  answer->amount);
  return mh_ledger_post (answer->tx, entries, error)
         && write_payment (answer, 0, -answer->amount, answer->amount, error);
}

/* It was called failed, the money had become an advance, and now it has arrived after all. */
static gboolean
arrived_late (Answer *answer, GError **error)
{
  g_auto (MhMoney) money = { 0 };
  const MhLedgerBook book = payments_settled_book_of (answer);
  mh_money_begin_alone (&money, answer->tx, answer->server, &book);
  mh_money_return (&money, MH_LEDGER_ONLINE, answer->amount);
  return mh_money_finish (&money, MH_AUDIT_REFUND, NULL, error)
         && write_payment (answer, 0, 0, answer->amount, error);
}

/* What was given back from the order is not paid on it any more, but the patient's. */
static gboolean
came_back_to_order (Answer *answer, GError **error)
{
  g_auto (MhMoney) money = { 0 };
  g_autoptr (MhRecord) order
      = mh_store_get (mh_tx_db (answer->tx), &mh_order_type,
                      mh_record_text (answer->payment, MH_PAYMENT_ORDER_ID), error);

  if (order == NULL
      || !mh_money_begin (&money, MH_REQUEST_TX (answer->tx, answer->server, NULL), order,
                          mh_record_id (answer->refund), mh_record_id (answer->payment), error))
    return FALSE;

  mh_money_give_back (&money, MH_LEDGER_REFUND, -answer->amount);
  mh_money_release (&money, answer->amount);
  return mh_money_finish (&money, MH_AUDIT_REFUND, "refund failed", error)
         && write_payment (answer, -answer->amount, -answer->amount, 0, error);
}

static gboolean
came_back (Answer *answer, GError **error)
{
  g_auto (MhMoney) money = { 0 };
  const MhLedgerBook book = payments_settled_book_of (answer);
  if (!mh_record_bool (answer->refund, MH_PAYMENT_FROM_ADVANCE))
    return came_back_to_order (answer, error);
  mh_money_begin_alone (&money, answer->tx, answer->server, &book);
  mh_money_return (&money, MH_LEDGER_REFUND, -answer->amount);
  return mh_money_finish (&money, MH_AUDIT_REFUND, "refund failed", error)
         && write_payment (answer, 0, -answer->amount, 0, error);
}

static gboolean
payments_settled_load (Answer *answer, const char *refund_id, GError **error)
{
  answer->refund = mh_store_get (mh_tx_db (answer->tx), &mh_payment_type, refund_id, error);
  const char *of
      = answer->refund != NULL ? mh_record_text (answer->refund, MH_PAYMENT_REFUND_OF) : NULL;
  if (answer->refund != NULL && of == NULL)
    mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such refund.");
  if (of == NULL)
    return FALSE;
  answer->payment = mh_store_get (mh_tx_db (answer->tx), &mh_payment_type, of, error);
  answer->amount = mh_record_int (answer->refund, MH_PAYMENT_AMOUNT);
  return answer->payment != NULL;
}

gboolean
mh_payments_service_refund_settled (const MhRequest *req,
                                    const char *refund_id,
                                    gboolean processed,
                                    const char *provider_refund,
                                    const char *why,
                                    GError **error)
{
  g_auto (Answer) answer = { .tx = req->tx, .server = req->server };
  if (!payments_settled_load (&answer, refund_id, error))
    return FALSE;

  const char *status = mh_record_text (answer.refund, MH_PAYMENT_STATUS);
  gboolean pending = payments_settled_is (status, MH_PAYMENT_STATUS_PENDING);
  gboolean failed = payments_settled_is (status, MH_PAYMENT_STATUS_FAILED);

  /* Processed is final; failed said again is nothing new. */
  if (payments_settled_is (status, MH_PAYMENT_STATUS_PROCESSED) || (failed && !processed))
    return TRUE;

  if (!pending && !failed)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This refund was never sent.");
      return FALSE;
    }

  g_autoptr (MhRecord) after = mh_record_copy (answer.refund);
  mh_record_set_text (after, MH_PAYMENT_STATUS,
                      processed ? MH_PAYMENT_STATUS_PROCESSED : MH_PAYMENT_STATUS_FAILED);
  if (provider_refund != NULL)
    mh_record_set_text (after, MH_PAYMENT_PROVIDER_REFUND, provider_refund);
  mh_record_set_text (after, MH_PAYMENT_FAILURE, processed ? NULL : why);

  gboolean done = !processed ? came_back (&answer, error)
                  : failed   ? arrived_late (&answer, error)
                             : arrived (&answer, error);

  return done && mh_tx_update (req->tx, answer.refund, after, MH_AUDIT_REFUND, why, error);
}
