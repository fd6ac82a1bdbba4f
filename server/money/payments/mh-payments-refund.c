/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/results/mh-results-service.h"
#include "server/money/gateway/mh-gateway-service.h"
#include "server/money/payments/mh-payments-private.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/money/till/mh-till-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/money/mh-returns.h"

static gboolean
payments_refund_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* A refund while it is asked for or decided. */
typedef struct
{
  const MhRequest *req;
  MhRecord *payment; /* as stored */
  MhRecord *order;   /* as stored; NULL: a deposit */
  GPtrArray *items;  /* of the order */
  MhRecord *refund;  /* its row */
  gboolean stored;   /* it was asked for before */
} Refund;

static void
refund_clear (Refund *r)
{
  g_clear_object (&r->payment);
  g_clear_object (&r->order);
  g_clear_pointer (&r->items, g_ptr_array_unref);
  g_clear_object (&r->refund);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refund, refund_clear)

static gboolean
payments_refund_load_order (Refund *r, GError **error)
{
  const char *order_id = mh_record_text (r->payment, MH_PAYMENT_ORDER_ID);
  if (order_id == NULL)
    return TRUE;
  r->order = mh_store_get (r->req->db, &mh_order_type, order_id, error);
  r->items = r->order != NULL ? mh_orders_service_items (r->req->db, order_id, error) : NULL;
  return r->items != NULL;
}

static gboolean
is_from_advance (const Refund *r)
{
  return mh_record_bool (r->refund, MH_PAYMENT_FROM_ADVANCE);
}

/* --- may it be given back --- */

static gboolean
check_payment (MhRecord *payment, GError **error)
{
  static const char *const taken[]
      = { MH_PAYMENT_STATUS_CAPTURED, MH_PAYMENT_STATUS_PART_REFUNDED, MH_PAYMENT_STATUS_REFUNDED,
          MH_PAYMENT_STATUS_CLAIMED, NULL };
  const char *status = mh_record_text (payment, MH_PAYMENT_STATUS);
  if (payments_refund_is (mh_record_text (payment, MH_PAYMENT_KIND), MH_PAYMENT_KIND_REFUND))
    mh_error_set (error, MH_ERROR_CONFLICT, "A refund cannot be given back.");
  else if (status == NULL || !g_strv_contains (taken, status))
    mh_error_set (error, MH_ERROR_CONFLICT, "No money was taken with this payment.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
refuse_amount (const Refund *r, gint64 most, const char *says, GError **error)
{
  g_autofree char *shown
      = mh_money_display (most, mh_record_text (r->payment, MH_PAYMENT_CURRENCY));
  g_autofree char *text = g_strdup_printf ("%s %s.", says, shown);
  mh_error_set_field (error, "amount", "out_of_range", "%s", text);
  return FALSE;
}

/* Captured less what was given back and what is on its way; of the part on the order, or of the
 * part kept for the patient. */
static gboolean
check_left (Refund *r, GError **error)
{
  MhRefundSums sums;
  gint64 applied = mh_record_int (r->payment, MH_PAYMENT_APPLIED);
  if (!mh_payments_store_refunds (r->req->db, mh_record_id (r->payment), &sums, error))
    return FALSE;

  gint64 own = r->stored ? mh_record_int (r->refund, MH_PAYMENT_AMOUNT) : 0;
  gint64 kept
      = mh_record_int (r->payment, MH_PAYMENT_AMOUNT) - applied - sums.advance - sums.advance_asked;
  gint64 on_order = applied - sums.order - sums.order_asked;

  /* Nobody said where from: money that pays nothing goes back first. */
  if (!mh_record_has (r->refund, MH_PAYMENT_FROM_ADVANCE))
    mh_record_set_bool (r->refund, MH_PAYMENT_FROM_ADVANCE,
                        r->order == NULL
                            || (mh_record_list (r->refund, MH_PAYMENT_ITEMS) == NULL
                                && mh_record_int (r->refund, MH_PAYMENT_AMOUNT) <= kept));

  if (is_from_advance (r)
      && payments_refund_is (mh_record_text (r->payment, MH_PAYMENT_METHOD), MH_METHOD_DEPOSIT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "This is the patient's advance again already; give back the deposit.");
      return FALSE;
    }

  gint64 left = (is_from_advance (r) ? kept : on_order) + own;

  /* An insurer gets back what it has not paid, nothing else. */
  if (payments_refund_is (mh_record_text (r->payment, MH_PAYMENT_METHOD), MH_METHOD_INSURANCE))
    left = MIN (left, mh_claim_owed (r->payment) + own);

  return mh_record_int (r->refund, MH_PAYMENT_AMOUNT) <= left
         || refuse_amount (r, left, "This payment can give back at most", error);
}

static gboolean
check_items (const Refund *r, const char *const *ids, GError **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      MhRecord *item = mh_returns_find_item (r->items, ids[i]);
      g_autofree char *field = g_strdup_printf ("items[%u]", i);
      if (item == NULL)
        mh_error_set_field (error, field, "unknown", "This test is not in the order.");
      else if (!mh_returns_may_return (item))
        mh_error_set (error, MH_ERROR_CONFLICT,
                      "%s is in the laboratory, done or given back already.",
                      mh_record_text (item, MH_ORDER_ITEM_NAME));
      else if (g_strv_contains (ids + i + 1, ids[i]))
        mh_error_set_field (error, field, "duplicate", "This test stands here twice.");
      else
        continue;
      return FALSE;
    }

  gint64 worth = mh_returns_worth (r->order, r->items, ids);
  return mh_record_int (r->refund, MH_PAYMENT_AMOUNT) <= worth
         || refuse_amount (r, worth, "These tests cost", error);
}

static gboolean
is_rest (const Refund *r)
{
  return mh_record_int (r->refund, MH_PAYMENT_AMOUNT)
         == mh_record_int (r->order, MH_ORDER_PAID) - mh_record_int (r->order, MH_ORDER_REFUNDED);
}

/* By how far the laboratory has come (rules.md 11). */
static gboolean
check_stage (Refund *r, GError **error)
{
  const char *reason = mh_record_text (r->refund, MH_PAYMENT_REFUND_REASON);
  MhReturnsStage stage = mh_returns_stage (r->order, r->items);
  const char *const *ids = mh_record_list (r->refund, MH_PAYMENT_ITEMS);
  gboolean named = ids != NULL && ids[0] != NULL;

  if (mh_returns_is_for_advance (reason))
    {
      mh_error_set_field (error, "reason", "mismatch",
                          "This reason is for money that is kept as the patient's advance.");
      return FALSE;
    }

  if (!named && stage == MH_RETURNS_OPEN && mh_returns_is_for_tests (reason) && is_rest (r))
    {
      g_auto (GStrv) all = mh_returns_live_items (r->items);
      mh_record_set_list (r->refund, MH_PAYMENT_ITEMS, (const char *const *)all);
      ids = mh_record_list (r->refund, MH_PAYMENT_ITEMS);
      named = ids != NULL && ids[0] != NULL;
    }

  if (named)
    return check_items (r, ids, error);
  if (stage == MH_RETURNS_RECEIVED
      || (stage == MH_RETURNS_OPEN && mh_returns_is_for_tests (reason)))
    mh_error_set_field (error, "items", "required",
                        stage == MH_RETURNS_OPEN
                            ? "Name the tests that are given back."
                            : "Tubes are in the laboratory; name the tests that are not.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
payments_refund_check (Refund *r, GError **error)
{
  if (!check_payment (r->payment, error) || !check_left (r, error))
    return FALSE;
  return is_from_advance (r) || check_stage (r, error);
}

static gboolean
is_after_report (const Refund *r)
{
  return r->order != NULL && !is_from_advance (r)
         && mh_returns_stage (r->order, r->items) == MH_RETURNS_REPORTED;
}

/* --- giving it back --- */

static void
payments_refund_cancel_items (Refund *r, MhMoney *money, const char *const *ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      MhRecord *item = mh_returns_find_item (money->items, ids[i]);
      mh_record_set_text (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_CANCELLED);
      mh_record_set_bool (item, MH_ORDER_ITEM_REFUNDED, TRUE);
      mh_record_set_text (item, MH_ORDER_ITEM_REFUND_ID, mh_record_id (r->refund));
      mh_record_set_text (item, MH_ORDER_ITEM_CANCEL_REASON,
                          mh_record_text (r->refund, MH_PAYMENT_REFUND_REASON));
    }
}

static gboolean
payments_refund_write_items (Refund *r, MhMoney *money, const char *const *ids, GError **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (!mh_tx_update_part (r->req->tx, mh_returns_find_item (r->items, ids[i]),
                            mh_returns_find_item (money->items, ids[i]), error))
      return FALSE;

  g_auto (GStrv) live = mh_returns_live_items (money->items);
  const char *reason = mh_record_text (r->refund, MH_PAYMENT_REFUND_REASON);
  if (live[0] == NULL)
    {
      mh_record_set_int (money->order, MH_ORDER_CANCELLED_AT, mh_tx_now (r->req->tx));
      mh_record_set_text (money->order, MH_ORDER_CANCEL_REASON, reason);
    }
  else
    mh_orders_service_show_tests (money->order, money->items);

  return mh_orders_service_cancel_tubes (r->req->tx, money->order, money->items, reason, error);
}

/* By how much less the order is charged: given back tests are not, goodwill is a discount; money
 * that was paid on the wrong order is due again. */
static gint64
credit_of (const Refund *r, const char *const *ids)
{
  static const char *const due_again[]
      = { MH_REFUND_REASON_WRONG_ORDER, MH_REFUND_REASON_DUPLICATE_PAYMENT, NULL };
  if (ids != NULL && ids[0] != NULL)
    return mh_returns_worth (r->order, r->items, ids);
  return g_strv_contains (due_again, mh_record_text (r->refund, MH_PAYMENT_REFUND_REASON))
             ? 0
             : mh_record_int (r->refund, MH_PAYMENT_AMOUNT);
}

/* Where the money goes: back to where it came from; by the gateway it takes its time. What was
 * recorded by hand without the gateway's number is given back by hand too. */
static const char *
tender_of (const Refund *r)
{
  const char *method = mh_record_text (r->payment, MH_PAYMENT_METHOD);
  return payments_refund_is (method, MH_METHOD_ONLINE)
                 && mh_record_has (r->payment, MH_PAYMENT_PROVIDER_PAYMENT)
             ? MH_LEDGER_REFUND
             : mh_ledger_account_of (method);
}

static GPtrArray *
given_items (const Refund *r, const char *const *ids)
{
  GPtrArray *items = g_ptr_array_new ();
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_ptr_array_add (items, mh_returns_find_item (r->items, ids[i]));
  return items;
}

/* Nothing keeps the verified tests back any more. */
static gboolean
release_report (Refund *r, MhRecord *order, GError **error)
{
  return !payments_refund_is (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_COMPLETED)
         || mh_results_service_release (r->req, mh_record_id (order), error);
}

static gboolean
give_back_order (Refund *r, MhRecord *payment, GError **error)
{
  g_auto (MhMoney) money = { 0 };
  const char *reason = mh_record_text (r->refund, MH_PAYMENT_REFUND_REASON);
  const char *const *ids = mh_record_list (r->refund, MH_PAYMENT_ITEMS);
  if (!mh_money_begin (&money, r->req, r->order, mh_record_id (r->refund), mh_record_id (payment),
                       error))
    return FALSE;

  gint64 credit = credit_of (r, ids);
  mh_money_credit (&money, credit);
  mh_money_give_back (&money, tender_of (r), mh_record_int (r->refund, MH_PAYMENT_AMOUNT));
  gint64 beyond = -mh_money_balance (&money);

  if (beyond > 0
      && !mh_payments_release (&money, payment, mh_record_int (r->refund, MH_PAYMENT_AMOUNT),
                               beyond, error))
    return FALSE;

  if (ids != NULL && ids[0] != NULL)
    {
      payments_refund_cancel_items (r, &money, ids);
      if (!payments_refund_write_items (r, &money, ids, error))
        return FALSE;
    }

  g_autoptr (GPtrArray) items = given_items (r, ids);
  return mh_money_finish (&money, MH_AUDIT_REFUND, reason, error)
         && mh_money_note_credit (r->req, money.order, r->refund, items, credit, error)
         && (items->len == 0 || release_report (r, money.order, error));
}

static gboolean
give_back_advance (Refund *r, GError **error)
{
  g_auto (MhMoney) money = { 0 };
  const MhLedgerBook book = { .txn = mh_record_id (r->refund),
                              .hospital_id = mh_record_text (r->payment, MH_PAYMENT_HOSPITAL_ID),
                              .patient_id = mh_record_text (r->payment, MH_PAYMENT_PATIENT_ID),
                              .order_id = mh_record_text (r->payment, MH_PAYMENT_ORDER_ID),
                              .payment_id = mh_record_id (r->payment),
                              .currency = mh_record_text (r->payment, MH_PAYMENT_CURRENCY) };
  mh_money_begin_alone (&money, r->req->tx, r->req->server, &book);
  mh_money_return (&money, tender_of (r), mh_record_int (r->refund, MH_PAYMENT_AMOUNT));
  return mh_money_finish (&money, MH_AUDIT_REFUND, NULL, error);
}

/* Sums and state of the payment: @waiting less is under way, @done more is given back. */
static void
payments_refund_count (MhRecord *payment, gint64 waiting, gint64 done)
{
  mh_record_set_int (payment, MH_PAYMENT_PENDING,
                     mh_record_int (payment, MH_PAYMENT_PENDING) + waiting);
  mh_record_set_int (payment, MH_PAYMENT_REFUNDED,
                     mh_record_int (payment, MH_PAYMENT_REFUNDED) + done);
  mh_payments_set_state (payment);
}

/* Everything that a refund that is agreed to does; writes the payment, not the refund's row. */
static gboolean
give_back (Refund *r, GError **error)
{
  gint64 amount = mh_record_int (r->refund, MH_PAYMENT_AMOUNT);
  gboolean slow = payments_refund_is (tender_of (r), MH_LEDGER_REFUND);
  if (!mh_payments_give_receipt (r->req->tx, r->req->server, r->refund, error))
    return FALSE;

  mh_record_set_text (r->refund, MH_PAYMENT_STATUS,
                      slow ? MH_PAYMENT_STATUS_PENDING : MH_PAYMENT_STATUS_PROCESSED);
  mh_record_set_int (r->refund, MH_PAYMENT_RECEIVED_AT, mh_tx_now (r->req->tx));
  g_autoptr (MhRecord) payment = mh_record_copy (r->payment);

  if (!(is_from_advance (r) ? give_back_advance (r, error) : give_back_order (r, payment, error)))
    return FALSE;

  payments_refund_count (payment, (slow ? amount : 0) - (r->stored ? amount : 0),
                         slow ? 0 : amount);
  return mh_tx_update (r->req->tx, r->payment, payment, MH_AUDIT_REFUND, NULL, error)
         && (!slow || mh_gateway_service_refund (r->req->tx, r->req->server, r->refund, error));
}

/* --- asking --- */

static void
payments_refund_fill (Refund *r, MhRecord *request)
{
  const MhLedgerBook book = { .hospital_id = mh_record_text (r->payment, MH_PAYMENT_HOSPITAL_ID),
                              .patient_id = mh_record_text (r->payment, MH_PAYMENT_PATIENT_ID),
                              .order_id = mh_record_text (r->payment, MH_PAYMENT_ORDER_ID),
                              .currency = mh_record_text (r->payment, MH_PAYMENT_CURRENCY) };

  r->refund = mh_record_new (&mh_payment_type);
  mh_record_set_text (r->refund, MH_ID, mh_record_text (request, MH_REFUND_REQUEST_ID));
  mh_record_set_text (r->refund, MH_PAYMENT_METHOD, mh_record_text (r->payment, MH_PAYMENT_METHOD));
  mh_record_set_int (r->refund, MH_PAYMENT_AMOUNT,
                     mh_record_int (request, MH_REFUND_REQUEST_AMOUNT));
  mh_record_set_text (r->refund, MH_PAYMENT_REFUND_OF, mh_record_id (r->payment));
  mh_record_set_text (r->refund, MH_PAYMENT_REFUND_REASON,
                      mh_record_text (request, MH_REFUND_REQUEST_REASON));
  mh_record_set_text (r->refund, MH_PAYMENT_NOTE, mh_record_text (request, MH_REFUND_REQUEST_NOTE));
  mh_record_set_text (r->refund, MH_PAYMENT_REFERENCE,
                      mh_record_text (request, MH_REFUND_REQUEST_REFERENCE));
  if (mh_record_has (request, MH_REFUND_REQUEST_ITEMS))
    mh_record_set_list (r->refund, MH_PAYMENT_ITEMS,
                        mh_record_list (request, MH_REFUND_REQUEST_ITEMS));
  if (mh_record_has (request, MH_REFUND_REQUEST_FROM_ADVANCE))
    mh_record_set_bool (r->refund, MH_PAYMENT_FROM_ADVANCE,
                        mh_record_bool (request, MH_REFUND_REQUEST_FROM_ADVANCE));

  mh_payments_fill (r->req->tx, r->refund, MH_PAYMENT_KIND_REFUND, &book);
}

static gboolean
needs_approval (Refund *r, gboolean *out_needs, GError **error)
{
  gint64 limit;
  *out_needs = payments_refund_is (mh_record_text (r->payment, MH_PAYMENT_RECEIVED_BY),
                                   mh_actor_user_id (r->req->actor))
               || (is_after_report (r) && !mh_actor_may (r->req->actor, MH_MAY_REFUND_REPORTED));
  if (*out_needs)
    return TRUE;
  if (!mh_setting_int (r->req->db, mh_record_text (r->payment, MH_PAYMENT_HOSPITAL_ID),
                       MH_SET_REFUND_APPROVAL_ABOVE, &limit, error))
    return FALSE;
  *out_needs = mh_record_int (r->refund, MH_PAYMENT_AMOUNT) > limit;
  return TRUE;
}

static gboolean
wait_for_approval (Refund *r, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (r->payment);
  mh_record_set_text (r->refund, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REQUESTED);
  payments_refund_count (after, mh_record_int (r->refund, MH_PAYMENT_AMOUNT), 0);
  return mh_tx_update (r->req->tx, r->payment, after, MH_AUDIT_UPDATE, NULL, error);
}

MhRecord *
mh_payments_service_refund (const MhRequest *req,
                            const char *payment_id,
                            MhRecord *request,
                            GError **error)
{
  static const guint same[]
      = { MH_PAYMENT_REFUND_OF, MH_PAYMENT_AMOUNT, MH_PAYMENT_REFUND_REASON, G_MAXUINT };
  g_auto (Refund) r = { .req = req };
  g_autoptr (GError) inner = NULL;
  gboolean waits = FALSE;

  r.payment = mh_edit_get (req, &mh_payment_type, payment_id, error);
  if (r.payment == NULL)
    return NULL;

  payments_refund_fill (&r, request);
  MhRecord *stored = mh_payments_same (req->db, r.refund, same, &inner);
  if (stored != NULL)
    return stored;

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  if (!payments_refund_load_order (&r, error) || !payments_refund_check (&r, error)
      || !needs_approval (&r, &waits, error) || !mh_payments_use_drawer (req, r.refund, error)
      || !(waits ? wait_for_approval (&r, error) : give_back (&r, error))
      || !mh_tx_insert (req->tx, r.refund, MH_AUDIT_REFUND,
                        mh_record_text (r.refund, MH_PAYMENT_NOTE), error))
    return NULL;

  return g_object_ref (r.refund);
}

/* --- deciding --- */

static gboolean
payments_refund_may_decide (Refund *r, GError **error)
{
  const char *me = mh_actor_user_id (r->req->actor);
  if (!mh_actor_require (r->req->actor, MH_MAY_APPROVE_MONEY, error))
    return FALSE;
  if (!payments_refund_is (mh_record_text (r->refund, MH_PAYMENT_KIND), MH_PAYMENT_KIND_REFUND))
    mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such refund.");
  else if (!payments_refund_is (mh_record_text (r->refund, MH_PAYMENT_STATUS),
                                MH_PAYMENT_STATUS_REQUESTED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This refund is decided already.");
  else if (payments_refund_is (mh_record_text (r->refund, MH_PAYMENT_RECEIVED_BY), me)
           || payments_refund_is (mh_record_text (r->payment, MH_PAYMENT_RECEIVED_BY), me))
    mh_error_set (
        error, MH_ERROR_FORBIDDEN,
        "You took this money or asked for this refund; somebody else who approves refunds "
        "has to decide.");
  else
    return TRUE;

  return FALSE;
}

/* The money is handed out by whoever asked, from the drawer of that person; who has none open any
 * more has gone, and then whoever agrees hands it out. */
static gboolean
use_drawer_of_asker (Refund *r, GError **error)
{
  const char *asker = mh_record_text (r->refund, MH_PAYMENT_RECEIVED_BY);
  static const char *const nothing[] = { NULL };
  gboolean there = FALSE;
  if (asker == NULL)
    return mh_payments_use_drawer (r->req, r->refund, error);
  g_autoptr (MhActor) person
      = mh_actor_new (asker, mh_record_text (r->refund, MH_PAYMENT_RECEIVED_NAME), NULL,
                      mh_record_text (r->refund, MH_PAYMENT_HOSPITAL_ID), NULL, nothing);
  if (!mh_till_service_has_open (MH_REQUEST_DB (r->req->db, r->req->server, person), &there, error))
    return FALSE;
  return mh_payments_use_drawer (
      MH_REQUEST_TX (r->req->tx, r->req->server, there ? person : r->req->actor), r->refund, error);
}

static gboolean
approve (Refund *r, GError **error)
{
  if (!payments_refund_check (r, error))
    return FALSE;
  if (is_after_report (r) && !mh_actor_require (r->req->actor, MH_MAY_REFUND_REPORTED, error))
    return FALSE;
  return use_drawer_of_asker (r, error) && give_back (r, error);
}

static gboolean
reject (Refund *r, GError **error)
{
  g_autoptr (MhRecord) payment = mh_record_copy (r->payment);
  mh_record_set_text (r->refund, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REJECTED);
  payments_refund_count (payment, -mh_record_int (r->refund, MH_PAYMENT_AMOUNT), 0);
  return mh_tx_update (r->req->tx, r->payment, payment, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
load_refund (Refund *r, MhRecord *before, GError **error)
{
  const char *of = mh_record_text (before, MH_PAYMENT_REFUND_OF);
  if (of == NULL)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such refund.");
      return FALSE;
    }
  r->stored = TRUE;
  r->refund = mh_record_copy (before);
  r->payment = mh_store_get (r->req->db, &mh_payment_type, of, error);
  return r->payment != NULL && payments_refund_load_order (r, error);
}

MhRecord *
mh_payments_service_refund_decide (const MhRequest *req,
                                   const char *refund_id,
                                   MhRecord *approval,
                                   GError **error)
{
  g_auto (Refund) r = { .req = req };
  const char *note = mh_record_text (approval, MH_APPROVAL_NOTE);
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_payment_type, refund_id, error);

  if (before == NULL || !load_refund (&r, before, error) || !payments_refund_may_decide (&r, error))
    return NULL;

  mh_payments_stamp_decision (req->tx, r.refund, note);
  gboolean no
      = payments_refund_is (mh_record_text (approval, MH_APPROVAL_DECISION), MH_APPROVAL_REJECT);
  if (!(no ? reject (&r, error) : approve (&r, error))
      || !mh_tx_update (req->tx, before, r.refund, MH_AUDIT_REFUND, note, error))
    return NULL;

  return g_object_ref (r.refund);
}
