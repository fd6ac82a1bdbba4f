/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order that costs less than before: tests that are taken off, and money that is paid beyond
 * what is left. */
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/results/mh-results-service.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/money/payments/mh-payments-private.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/money/mh-returns.h"

static gboolean
payments_removal_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- what is paid beyond --- */

/* *amount is what is still to go. */
static gboolean
release_from (MhMoney *money, MhRecord *payment, gint64 given, gint64 *amount, GError **error)
{
  MhRefundSums sums;
  gint64 applied = mh_record_int (payment, MH_PAYMENT_APPLIED);
  if (!mh_payments_store_refunds (mh_tx_db (money->tx), mh_record_id (payment), &sums, error))
    return FALSE;
  gint64 here = MIN (*amount, applied - sums.order - given);
  mh_record_set_int (payment, MH_PAYMENT_APPLIED, applied - here);
  mh_money_release (money, here);
  *amount -= here;
  return TRUE;
}

gboolean
mh_payments_release (MhMoney *money, MhRecord *payment, gint64 given, gint64 amount, GError **error)
{
  if (payment != NULL && !release_from (money, payment, given, &amount, error))
    return FALSE;
  if (amount == 0)
    return TRUE;

  g_autoptr (GPtrArray) others
      = mh_payments_store_of_order (mh_tx_db (money->tx), mh_record_id (money->order), error);
  if (others == NULL)
    return FALSE;

  for (guint i = others->len; i > 0 && amount > 0; i--)
    {
      MhRecord *before = g_ptr_array_index (others, i - 1);
      if ((payment != NULL && payments_removal_is (mh_record_id (before), mh_record_id (payment)))
          || mh_record_int (before, MH_PAYMENT_APPLIED) == 0)
        continue;
      g_autoptr (MhRecord) after = mh_record_copy (before);
      if (!release_from (money, after, 0, &amount, error)
          || !mh_tx_update (money->tx, before, after, MH_AUDIT_REFUND, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* --- tests that are taken off --- */

typedef struct
{
  MhMoney money;
  MhRecord *invoice; /* NULL: not billed yet */
  GPtrArray *stored; /* items as they were */
  const char *const *ids;
  const char *reason;
} Removal;

static void
removal_clear (Removal *r)
{
  mh_money_clear (&r->money);
  g_clear_object (&r->invoice);
  g_clear_pointer (&r->stored, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Removal, removal_clear)

static void
payments_removal_cancel_items (Removal *r)
{
  for (guint i = 0; r->ids[i] != NULL; i++)
    {
      MhRecord *item = mh_returns_find_item (r->money.items, r->ids[i]);
      mh_record_set_text (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_CANCELLED);
      mh_record_set_text (item, MH_ORDER_ITEM_CANCEL_REASON, r->reason);
    }
}

static gboolean
payments_removal_write_items (Removal *r, GError **error)
{
  for (guint i = 0; i < r->stored->len; i++)
    {
      MhRecord *before = g_ptr_array_index (r->stored, i);
      MhRecord *after = mh_returns_find_item (r->money.items, mh_record_id (before));
      /* the order's own tax may lie on another one now */
      if (!mh_record_equal (before, after)
          && !mh_tx_update_part (r->money.tx, before, after, error))
        return FALSE;
    }

  mh_orders_service_show_tests (r->money.order, r->money.items);
  return mh_orders_service_cancel_tubes (r->money.tx, r->money.order, r->money.items, r->reason,
                                         error);
}

/* What a debit note charged is no price of the item: only the cashier can give that back. */
static gboolean
check_billed (Removal *r, GError **error)
{
  for (guint i = 0; r->invoice != NULL && r->ids[i] != NULL; i++)
    {
      MhRecord *item = mh_returns_find_item (r->stored, r->ids[i]);
      if (mh_record_int (item, MH_ORDER_ITEM_AMOUNT) > 0
          || mh_record_has (item, MH_ORDER_ITEM_REFLEX_RULE)
          || mh_record_int (r->money.order, MH_ORDER_DEBITED) == 0)
        continue;
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "%s was charged by a debit note; let the cashier give it back as goodwill.",
                    mh_record_text (item, MH_ORDER_ITEM_NAME));
      return FALSE;
    }

  return TRUE;
}

/* *out_credit: by how much less a billed order is charged. */
static gboolean
lower_price (Removal *r, gint64 *out_credit, GError **error)
{
  MhMoney *money = &r->money;
  *out_credit = 0;
  if (r->invoice != NULL)
    {
      *out_credit = mh_returns_worth (money->before, r->stored, r->ids);
      mh_money_credit (money, *out_credit);
      payments_removal_cancel_items (r);
    }
  else
    {
      payments_removal_cancel_items (r);
      if (!mh_orders_service_price_removed (mh_tx_db (money->tx), money->server, money->order,
                                            money->items, error))
        return FALSE;
    }

  gint64 beyond = -mh_money_balance (money);
  return beyond <= 0 || mh_payments_release (money, NULL, 0, beyond, error);
}

/* An order on which nothing was ever paid is in no book yet. */
static gboolean
payments_removal_finish (Removal *r, GError **error)
{
  MhMoney *money = &r->money;
  if (mh_record_int (money->order, MH_ORDER_CHARGED) != 0)
    return mh_money_finish (money, MH_AUDIT_UPDATE, r->reason, error);
  mh_record_set_int (money->order, MH_ORDER_DUE, mh_money_balance (money));
  return mh_orders_service_settle (money->tx,
                                   &(MhOrderChange){ money->before, money->order, money->items },
                                   MH_AUDIT_UPDATE, r->reason, error);
}

static gboolean
note_credit (Removal *r, const char *id, gint64 credit, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (MhRecord) why = mh_record_new (&mh_payment_type);
  for (guint i = 0; r->ids[i] != NULL; i++)
    g_ptr_array_add (items, mh_returns_find_item (r->stored, r->ids[i]));
  mh_record_set_text (why, MH_ID, id);
  mh_record_set_text (why, MH_PAYMENT_REFUND_REASON, MH_REFUND_REASON_TEST_CANCELLED);
  return mh_money_note_credit (MH_REQUEST_TX (r->money.tx, r->money.server, NULL), r->money.order,
                               why, items, credit, error);
}

gboolean
mh_payments_service_take_off (const MhRequest *req,
                              MhRecord *order,
                              const char *const *ids,
                              const char *reason,
                              GError **error)
{
  g_auto (Removal) r = { .ids = ids, .reason = reason };
  g_autofree char *id = mh_id_new ();
  GError *failure = NULL;
  gint64 credit;

  r.stored = mh_orders_service_items (req->db, mh_record_id (order), error);
  if (r.stored == NULL || !mh_money_begin (&r.money, req, order, id, NULL, error))
    return FALSE;

  r.invoice = mh_invoices_service_of_order (req->db, mh_record_id (order), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (!check_billed (&r, error) || !lower_price (&r, &credit, error)
      || !payments_removal_write_items (&r, error) || !payments_removal_finish (&r, error)
      || (credit > 0 && !note_credit (&r, id, credit, error)))
    return FALSE;

  /* Nothing keeps the verified tests back any more. */
  return !payments_removal_is (mh_record_text (r.money.order, MH_ORDER_STATUS),
                               MH_ORDER_STATUS_COMPLETED)
         || mh_results_service_release (req, mh_record_id (order), error);
}
