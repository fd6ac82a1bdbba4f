/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/payments/mh-payments-service.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/money/gateway/mh-gateway-service.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/money/payments/mh-payments-private.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/money/till/mh-till-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"

static gboolean
payments_service_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- may it be taken --- */

static gboolean
payments_service_check_state (MhRecord *order, GError **error)
{
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  if (payments_service_is (status, MH_ORDER_STATUS_CANCELLED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This order was cancelled; nothing can be paid on it.");
  else if (payments_service_is (status, MH_ORDER_STATUS_EXPIRED))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "This order expired unpaid; reopen it before taking money.");
  else if (mh_record_int (order, MH_ORDER_DUE) <= 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "This order is paid already.");
  else if (mh_record_has (order, MH_ORDER_RECOVERY))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "The bank is still being asked about this order; wait for its answer.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_method (MhRecord *payment, GError **error)
{
  const char *method = mh_record_text (payment, MH_PAYMENT_METHOD);
  if (mh_payments_is_cash (method) || payments_service_is (method, MH_METHOD_DEPOSIT)
      || mh_record_has (payment, MH_PAYMENT_REFERENCE))
    return TRUE;
  mh_error_set_field (error, "reference", "required",
                      payments_service_is (method, MH_METHOD_INSURANCE)
                          ? "Write the number of the policy or of the insurer's consent."
                          : "Write the number of the card slip or the UPI reference.");
  return FALSE;
}

static gboolean
payments_service_check_sums (MhRecord *payment, const char *currency, GError **error)
{
  const char *given = mh_record_text (payment, MH_PAYMENT_CURRENCY);
  if (given != NULL && !payments_service_is (given, currency))
    mh_error_set_field (error, "currency", "mismatch", "Here money is taken in %s.", currency);
  else if (mh_record_has (payment, MH_PAYMENT_TENDERED)
           && mh_record_int (payment, MH_PAYMENT_TENDERED)
                  < mh_record_int (payment, MH_PAYMENT_AMOUNT))
    mh_error_set_field (error, "tendered", "out_of_range", "That is less than the amount.");
  else
    return TRUE;
  return FALSE;
}

/* Cash is exactly what is due, or a part of it where the house allows that: asked only then. */
static gboolean
payments_service_check_amount (MhDb *db, MhRecord *order, MhRecord *payment, GError **error)
{
  gint64 due = mh_record_int (order, MH_ORDER_DUE);
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  const char *currency = mh_record_text (order, MH_ORDER_CURRENCY);
  gboolean exact = mh_payments_is_cash (mh_record_text (payment, MH_PAYMENT_METHOD));
  gboolean parts = TRUE;

  if (exact && amount < due
      && !mh_setting_bool (db, mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                           MH_SET_ALLOW_PART_PAYMENT, &parts, error))
    return FALSE;
  if (amount > 0 && amount <= due && (!exact || amount == due || parts))
    return payments_service_check_sums (payment, currency, error);

  g_autofree char *shown = mh_money_display (due, currency);
  mh_error_set_field (error, "amount", exact ? "not_exact" : "out_of_range",
                      exact ? "Exactly %s is due." : "At most %s is due.", shown);
  return FALSE;
}

/* --- taking it --- */

/* What the order has due is paid, the rest is kept for the patient. */
static void
payments_service_apply (MhMoney *money, MhRecord *payment)
{
  const char *account = mh_ledger_account_of (mh_record_text (payment, MH_PAYMENT_METHOD));
  const char *status = mh_record_text (money->order, MH_ORDER_STATUS);
  gboolean closed = payments_service_is (status, MH_ORDER_STATUS_CANCELLED)
                    || payments_service_is (status, MH_ORDER_STATUS_EXPIRED);
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  gint64 applied = closed ? 0 : MIN (amount, mh_money_balance (money));
  mh_money_pay (money, account, applied);
  mh_money_keep (money, account, amount - applied);
  mh_record_set_int (payment, MH_PAYMENT_APPLIED, applied);
}

static gboolean
is_recorded_by_hand (MhRecord *payment)
{
  return payments_service_is (mh_record_text (payment, MH_PAYMENT_METHOD), MH_METHOD_ONLINE);
}

/* Whom the hospital will ask for it. */
static gboolean
payments_service_name_payer (MhTx *tx, MhRecord *order, MhRecord *payment, GError **error)
{
  mh_record_set_int (payment, MH_PAYMENT_SETTLED, 0);
  mh_record_set_int (payment, MH_PAYMENT_DENIED, 0);
  if (mh_record_has (payment, MH_PAYMENT_PAYER))
    return TRUE;

  if (mh_record_has (order, MH_ORDER_PAYER))
    {
      mh_record_set_text (payment, MH_PAYMENT_PAYER, mh_record_text (order, MH_ORDER_PAYER));
      return TRUE;
    }

  g_autoptr (MhRecord) patient = mh_store_get (mh_tx_db (tx), &mh_patient_type,
                                               mh_record_text (order, MH_ORDER_PATIENT_ID), error);
  if (patient != NULL)
    mh_record_set_text (payment, MH_PAYMENT_PAYER, mh_record_text (patient, MH_PATIENT_INSURER));
  return patient != NULL;
}

static gboolean
payments_service_capture (MhTx *tx,
                          MhServer *server,
                          MhRecord *order,
                          MhRecord *payment,
                          GError **error)
{
  g_auto (MhMoney) money = { 0 };
  if (!mh_money_begin (&money, MH_REQUEST_TX (tx, server, NULL), order, mh_record_id (payment),
                       mh_record_id (payment), error))
    return FALSE;

  payments_service_apply (&money, payment);
  if (payments_service_is (mh_record_text (payment, MH_PAYMENT_METHOD), MH_METHOD_INSURANCE))
    {
      if (!payments_service_name_payer (tx, order, payment, error))
        return FALSE;
      mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CLAIMED);
    }
  else if (!mh_payments_give_receipt (tx, server, payment, error))
    return FALSE;

  return mh_tx_insert (tx, payment, MH_AUDIT_PAY, NULL, error)
         && mh_money_finish (&money, MH_AUDIT_PAY, NULL, error);
}

/* The gateway was away and the patient shows the bank's confirmation. When the gateway speaks of
 * this payment later, its id is found and nothing is credited twice. */
static gboolean
record_by_hand (MhTx *tx, MhRecord *payment, GError **error)
{
  const char *reference = mh_record_text (payment, MH_PAYMENT_REFERENCE);
  mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REQUESTED);
  if (g_str_has_prefix (reference, "pay_"))
    mh_record_set_text (payment, MH_PAYMENT_PROVIDER_PAYMENT, reference);
  return mh_tx_insert (tx, payment, MH_AUDIT_PAY, NULL, error);
}

MhRecord *
mh_payments_service_take (const MhRequest *req,
                          const char *order_id,
                          MhRecord *draft,
                          GError **error)
{
  static const guint same[]
      = { MH_PAYMENT_ORDER_ID, MH_PAYMENT_METHOD, MH_PAYMENT_AMOUNT, G_MAXUINT };
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) payment = mh_record_copy (draft);

  mh_orders_service_prefetch (req, order_id);
  mh_till_service_prefetch (req);
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  if (order == NULL)
    return NULL;

  mh_invoices_service_prefetch (req->db, order);
  mh_record_set_text (payment, MH_PAYMENT_ORDER_ID, order_id);

  /* An order that was never paid has no payment to be found again; that saves asking. */
  if (mh_record_int (order, MH_ORDER_PAID) > 0 || is_recorded_by_hand (payment))
    {
      MhRecord *stored = mh_payments_same (req->db, payment, same, &inner);
      if (stored != NULL)
        return stored;
      if (inner != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return NULL;
        }
    }

  if (!payments_service_check_state (order, error) || !check_method (payment, error)
      || !payments_service_check_amount (req->db, order, payment, error)
      || (!is_recorded_by_hand (payment) && mh_gateway_service_is_configured (req->server)
          && !mh_gateway_service_paid_otherwise (req->tx, req->server, order_id, error))
      || !mh_payments_use_reference (req->tx, req->server, payment,
                                     mh_record_text (order, MH_ORDER_HOSPITAL_ID), error)
      || !mh_payments_use_drawer (req, payment, error))
    return NULL;

  const MhLedgerBook book = { .hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                              .patient_id = mh_record_text (order, MH_ORDER_PATIENT_ID),
                              .order_id = order_id,
                              .currency = mh_record_text (order, MH_ORDER_CURRENCY) };

  mh_payments_fill (req->tx, payment, MH_PAYMENT_KIND_PAYMENT, &book);
  gboolean done = is_recorded_by_hand (payment)
                      ? record_by_hand (req->tx, payment, error)
                      : payments_service_capture (req->tx, req->server, order, payment, error);

  return done ? g_steal_pointer (&payment) : NULL;
}

/* --- the second person --- */

static gboolean
payments_service_may_decide (const MhActor *actor, MhRecord *payment, GError **error)
{
  if (!mh_actor_require (actor, MH_MAY_APPROVE_MONEY, error))
    return FALSE;
  if (payments_service_is (mh_record_text (payment, MH_PAYMENT_KIND), MH_PAYMENT_KIND_REFUND)
      || !payments_service_is (mh_record_text (payment, MH_PAYMENT_STATUS),
                               MH_PAYMENT_STATUS_REQUESTED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This payment does not wait for an approval.");
  else if (payments_service_is (mh_record_text (payment, MH_PAYMENT_RECEIVED_BY),
                                mh_actor_user_id (actor)))
    mh_error_set (error, MH_ERROR_FORBIDDEN, "Somebody else must approve what you have recorded.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
agree (MhTx *tx, MhServer *server, MhRecord *before, MhRecord *after, GError **error)
{
  g_auto (MhMoney) money = { 0 };
  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type,
                                             mh_record_text (before, MH_PAYMENT_ORDER_ID), error);

  /* What was recorded by hand pays the order: nobody shall pay it by code or link as well. */
  if (order == NULL
      || (mh_gateway_service_is_configured (server)
          && !mh_gateway_service_paid_otherwise (tx, server, mh_record_id (order), error))
      || !mh_money_begin (&money, MH_REQUEST_TX (tx, server, NULL), order, mh_record_id (before),
                          mh_record_id (before), error))
    return FALSE;

  payments_service_apply (&money, after);
  mh_record_set_text (after, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CAPTURED);
  return mh_payments_give_receipt (tx, server, after, error)
         && mh_money_finish (&money, MH_AUDIT_PAY, NULL, error);
}

MhRecord *
mh_payments_service_decide (const MhRequest *req,
                            const char *payment_id,
                            MhRecord *approval,
                            GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_payment_type, payment_id, error);
  if (before == NULL || !payments_service_may_decide (req->actor, before, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  const char *note = mh_record_text (approval, MH_APPROVAL_NOTE);
  mh_payments_stamp_decision (req->tx, after, note);
  if (payments_service_is (mh_record_text (approval, MH_APPROVAL_DECISION), MH_APPROVAL_REJECT))
    {
      /* It never came, so its reference may be written again. */
      mh_record_set_text (after, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REJECTED);
      mh_record_set_null (after, MH_PAYMENT_REFERENCE_KEY);
    }
  else if (!agree (req->tx, req->server, before, after, error))
    return NULL;

  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, note, error)
             ? g_steal_pointer (&after)
             : NULL;
}

MhRecord *
mh_payments_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) payment = mh_edit_get (req, &mh_payment_type, id, error);
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  if (payment == NULL)
    return NULL;
  g_ptr_array_add (alone, payment);
  return mh_payments_store_name (req->db, alone, error) ? g_steal_pointer (&payment) : NULL;
}

GPtrArray *
mh_payments_service_list (const MhRequest *req, const char *order_id, GError **error)
{
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  return order != NULL ? mh_orders_store_payments (req->db, order_id, error) : NULL;
}
