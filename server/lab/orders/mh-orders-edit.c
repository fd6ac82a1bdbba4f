/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests that come to a placed order, and tests that go: tubes, board and money follow. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/orders/mh-orders-money.h"
#include "server/lab/orders/mh-orders-reflex.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/people/patients/mh-death-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/money/mh-returns.h"

static gboolean
orders_edit_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static gboolean
orders_edit_is_cancelled (MhRecord *item)
{
  return orders_edit_is (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_CANCELLED);
}

static gboolean
orders_edit_is_empty (const char *const *list)
{
  return list == NULL || list[0] == NULL;
}

/* --- may it be changed --- */

static gboolean
orders_edit_check_order (MhRecord *order, GError **error)
{
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  if (orders_edit_is (status, MH_ORDER_STATUS_CANCELLED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This order was cancelled; place a new one.");
  else if (orders_edit_is (status, MH_ORDER_STATUS_EXPIRED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This order expired unpaid; reopen it first.");
  else if (orders_edit_is (status, MH_ORDER_STATUS_COMPLETED))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "The report of this order is out; place a new order for more tests.");
  else if (mh_record_has (order, MH_ORDER_RECOVERY))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "The bank is still being asked about this order; wait for its answer.");
  else
    return TRUE;

  return FALSE;
}

/* Nothing is added for who has died; what is there may still be taken off. */
static gboolean
check_alive (MhDb *db, MhRecord *order, gint64 made_at, GError **error)
{
  g_autoptr (MhRecord) patient
      = mh_store_get (db, &mh_patient_type, mh_record_text (order, MH_ORDER_PATIENT_ID), error);
  return patient != NULL && mh_death_check (patient, made_at, "add", error);
}

/* A code or link asks for the sum of before: nobody shall pay that while it changes. */
static gboolean
check_gateway (MhTx *tx, MhServer *server, const char *order_id, GError **error)
{
  gboolean open = FALSE;
  if (!mh_orders_money ()->has_gateway (server))
    return TRUE;
  if (!mh_orders_money ()->close_links (tx, server, order_id, NULL, &open, error))
    return FALSE;
  if (open)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "A code or link of this order can still be paid; close it first.");
  return !open;
}

static gboolean
check_removed (GPtrArray *items, const char *const *ids, GError **error)
{
  guint n_live = 0, n_gone = g_strv_length ((char **)ids);
  for (guint i = 0; i < items->len; i++)
    n_live += orders_edit_is_cancelled (g_ptr_array_index (items, i)) ? 0 : 1;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      MhRecord *item = mh_returns_find_item (items, ids[i]);
      g_autofree char *field = g_strdup_printf ("remove[%u]", i);
      if (item == NULL)
        mh_error_set_field (error, field, "unknown", "This test is not in the order.");
      else if (orders_edit_is_cancelled (item))
        mh_error_set_field (error, field, "gone", "%s is not in the order any more.",
                            mh_record_text (item, MH_ORDER_ITEM_NAME));
      else if (!mh_returns_may_return (item))
        mh_error_set_field (error, field, "received",
                            "The laboratory has the tube of %s already; it stays in the order.",
                            mh_record_text (item, MH_ORDER_ITEM_NAME));
      else if (g_strv_contains (ids + i + 1, ids[i]))
        mh_error_set_field (error, field, "duplicate", "This test stands here twice.");
      else
        continue;
      return FALSE;
    }

  if (n_gone < n_live)
    return TRUE;

  mh_error_set (error, MH_ERROR_CONFLICT, "No test would be left; cancel the order instead.");
  return FALSE;
}

static gboolean
check_added (GPtrArray *items, GPtrArray *added, GError **error)
{
  for (guint i = 0; i < added->len; i++)
    for (guint k = 0; k < items->len; k++)
      {
        const char *test = mh_record_text (g_ptr_array_index (added, i), MH_ORDER_ITEM_TEST);
        MhRecord *item = g_ptr_array_index (items, k);
        if (orders_edit_is_cancelled (item)
            || !orders_edit_is (mh_record_text (item, MH_ORDER_ITEM_TEST), test))
          continue;
        mh_error_set_field (error, "add", "duplicate", "%s is in the order already.",
                            mh_record_text (item, MH_ORDER_ITEM_NAME));
        return FALSE;
      }

  return TRUE;
}

/* --- adding --- */

static GPtrArray *
wishes_of (GPtrArray *added)
{
  GPtrArray *wishes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < added->len; i++)
    {
      MhRecord *item = g_ptr_array_index (added, i);
      MhReflexWish *wish = g_new0 (MhReflexWish, 1);
      wish->test = mh_record_text (item, MH_ORDER_ITEM_TEST);
      wish->panel = mh_record_text (item, MH_ORDER_ITEM_PANEL);
      wish->price = mh_record_int (item, MH_ORDER_ITEM_PRICE);
      wish->charged = TRUE;
      g_ptr_array_add (wishes, wish);
    }

  return wishes;
}

/* The invoice does not change any more: what came later is charged by a debit note. */
static gboolean
bill_added (const MhRequest *req,
            MhCatalogueView *view,
            MhRecord *order,
            MhRecord *invoice,
            GPtrArray *wishes,
            GError **error)
{
  g_autoptr (MhRecord) debit
      = invoice != NULL ? mh_orders_reflex_debit (view, order, wishes, mh_tx_now (req->tx)) : NULL;
  if (debit == NULL)
    return TRUE;
  g_autoptr (MhRecord) note = mh_orders_money ()->debit (req, mh_record_id (invoice), debit, error);
  return note != NULL;
}

static gboolean
orders_edit_add (const MhRequest *req, const char *id, const char *const *codes, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) before = mh_store_get (req->db, &mh_order_type, id, error);
  g_autoptr (GPtrArray) items
      = before != NULL ? mh_orders_service_items (req->db, id, error) : NULL;
  g_autoptr (GPtrArray) samples
      = items != NULL ? mh_orders_service_samples (req->db, id, error) : NULL;
  g_autoptr (MhCatalogueView) view
      = samples != NULL ? mh_catalogue_view (mh_server_catalogue (req->server), req->db, error)
                        : NULL;
  g_autoptr (GPtrArray) wanted
      = view != NULL ? mh_orders_service_items_for (view, before, codes, mh_tx_now (req->tx), error)
                     : NULL;

  if (wanted == NULL || !check_added (items, wanted, error))
    return FALSE;

  g_autoptr (MhRecord) invoice = mh_orders_money ()->invoice_of_order (req->db, id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  g_autoptr (GPtrArray) wishes = wishes_of (wanted);
  g_autoptr (GPtrArray) added = mh_orders_reflex_add (
      req, view, &(MhOrdersReflexOrder){ after, items, samples, invoice != NULL }, wishes, error);

  if (added == NULL)
    return FALSE;

  for (guint i = 0; i < added->len; i++)
    g_ptr_array_add (items, g_object_ref (g_ptr_array_index (added, i)));
  return mh_orders_service_settle (req->tx, &(MhOrderChange){ before, after, items },
                                   MH_AUDIT_UPDATE, "tests added", error)
         && bill_added (req, view, after, invoice, wishes, error);
}

/* --- doing it --- */

static gboolean
check_edit (MhRecord *edit, GError **error)
{
  gboolean removes = !orders_edit_is_empty (mh_record_list (edit, MH_ORDER_EDIT_REMOVE));
  if (!removes && orders_edit_is_empty (mh_record_list (edit, MH_ORDER_EDIT_ADD)))
    mh_error_set_field (error, "add", "required", "Name a test to add or to remove.");
  else if (removes && !mh_record_has (edit, MH_ORDER_EDIT_REASON))
    mh_error_set_field (error, "reason", "required", "Say why the test is removed.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
take_off (const MhRequest *req, MhRecord *order, MhRecord *edit, GError **error)
{
  const char *const *ids = mh_record_list (edit, MH_ORDER_EDIT_REMOVE);
  if (orders_edit_is_empty (ids))
    return TRUE;
  g_autoptr (GPtrArray) items = mh_orders_service_items (req->db, mh_record_id (order), error);
  return items != NULL && check_removed (items, ids, error)
         && mh_orders_money ()->take_off (req, order, ids,
                                          mh_record_text (edit, MH_ORDER_EDIT_REASON), error);
}

MhRecord *
mh_orders_service_edit (const MhRequest *req,
                        gint64 made_at,
                        const char *id,
                        MhRecord *edit,
                        GError **error)
{
  const char *const *codes = mh_record_list (edit, MH_ORDER_EDIT_ADD);
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, id, error);

  /* First what comes: an exchange of the only test leaves one at every moment. */
  if (order == NULL || !check_edit (edit, error) || !orders_edit_check_order (order, error)
      || (!orders_edit_is_empty (codes) && !check_alive (req->db, order, made_at, error))
      || !check_gateway (req->tx, req->server, id, error)
      || (!orders_edit_is_empty (codes) && !orders_edit_add (req, id, codes, error)))
    return NULL;

  g_autoptr (MhRecord) now = mh_store_get (req->db, &mh_order_type, id, error);
  if (now == NULL || !take_off (req, now, edit, error))
    return NULL;

  return mh_orders_service_read (req, id, error);
}

/* --- what it would cost --- */

typedef struct
{
  MhDb *db;
  MhServer *server;
  MhRecord *order; /* as it would be */
  GPtrArray *items;
  MhRecord *invoice; /* NULL: not billed yet */
} Quote;

static void
raise_by (MhRecord *order, guint field, gint64 amount)
{
  mh_record_set_int (order, field, mh_record_int (order, field) + amount);
}

static gboolean
quote_added (Quote *quote, const char *const *codes, GError **error)
{
  gint64 now = mh_clock_now (mh_server_clock (quote->server)), debit = 0;
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (quote->server), quote->db, error);
  g_autoptr (GPtrArray) added
      = view != NULL ? mh_orders_service_items_for (view, quote->order, codes, now, error) : NULL;

  if (added == NULL || !check_added (quote->items, added, error))
    return FALSE;

  g_autoptr (GPtrArray) wishes = wishes_of (added);
  for (guint i = 0; i < added->len; i++)
    {
      mh_record_take_text (g_ptr_array_index (added, i), MH_ID, mh_id_new ());
      g_ptr_array_add (quote->items, g_object_ref (g_ptr_array_index (added, i)));
    }

  if (quote->invoice == NULL)
    return mh_orders_service_lay_added (&(MhPriceSource){ quote->db, quote->server, view, now },
                                        quote->order, quote->items, added, error);

  g_autoptr (MhRecord) request = mh_orders_reflex_debit (view, quote->order, wishes, now);
  if (request != NULL
      && !mh_orders_money ()->debit_total (MH_REQUEST_DB (quote->db, quote->server, NULL),
                                           quote->invoice, request, now, &debit, error))
    return FALSE;

  static const guint raised[] = { MH_ORDER_DEBITED, MH_ORDER_TOTAL, MH_ORDER_DUE };
  for (guint i = 0; i < G_N_ELEMENTS (raised); i++)
    raise_by (quote->order, raised[i], debit);

  return TRUE;
}

static gboolean
quote_removed (Quote *quote, const char *const *ids, GError **error)
{
  if (!check_removed (quote->items, ids, error))
    return FALSE;

  if (quote->invoice != NULL)
    {
      gint64 credit = mh_returns_worth (quote->order, quote->items, ids);
      raise_by (quote->order, MH_ORDER_CREDITED, credit);
      raise_by (quote->order, MH_ORDER_DUE, -credit);
    }

  for (guint i = 0; ids[i] != NULL; i++)
    mh_record_set_text (mh_returns_find_item (quote->items, ids[i]), MH_ORDER_ITEM_STATUS,
                        MH_ITEM_STATUS_CANCELLED);

  return quote->invoice != NULL
         || mh_orders_service_price_removed (quote->db, quote->server, quote->order, quote->items,
                                             error);
}

MhRecord *
mh_orders_service_edit_quote (const MhRequest *req, const char *id, MhRecord *edit, GError **error)
{
  const char *const *codes = mh_record_list (edit, MH_ORDER_EDIT_ADD);
  const char *const *ids = mh_record_list (edit, MH_ORDER_EDIT_REMOVE);
  GError *failure = NULL;
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, id, error);
  g_autoptr (GPtrArray) items
      = order != NULL && orders_edit_check_order (order, error)
                && (orders_edit_is_empty (codes) || check_alive (req->db, order, 0, error))
            ? mh_orders_service_items (req->db, id, error)
            : NULL;

  if (items == NULL)
    return NULL;

  g_autoptr (MhRecord) invoice = mh_orders_money ()->invoice_of_order (req->db, id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  Quote quote = { req->db, req->server, order, items, invoice };
  if ((!orders_edit_is_empty (codes) && !quote_added (&quote, codes, error))
      || (!orders_edit_is_empty (ids) && !quote_removed (&quote, ids, error)))
    return NULL;

  gint64 beyond = -mh_record_int (order, MH_ORDER_DUE);
  if (beyond > 0)
    {
      raise_by (order, MH_ORDER_PAID, -beyond);
      mh_record_set_int (order, MH_ORDER_DUE, 0);
    }

  mh_record_take_records (order, MH_ORDER_ITEMS, g_steal_pointer (&items));
  return g_steal_pointer (&order);
}
