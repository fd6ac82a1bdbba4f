/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-reflex.h"

#include "server/lab/catalogue/mh-reflex.h"
#include "server/lab/orders/mh-orders-money.h"
#include "server/lab/orders/mh-orders-reflex.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/mh-types.h"

/* FALSE with @error; *out_billed: the order's invoice is taken. */
static gboolean
find_invoice (MhTx *tx, MhResultsPlan *plan, MhRecord **out_invoice, GError **error)
{
  GError *failure = NULL;
  *out_invoice
      = mh_orders_money ()->invoice_of_order (mh_tx_db (tx), mh_record_id (plan->order), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
mh_results_reflex_add (MhTx *tx,
                       MhResultsPlan *plan,
                       GPtrArray *rows,
                       MhRecord **out_order,
                       MhRecord **out_debit,
                       GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  g_autoptr (MhRecord) invoice = NULL;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (results, ((MhResultsRow *)g_ptr_array_index (rows, i))->after);

  g_autoptr (GPtrArray) wishes = mh_reflex_wanted (plan->view, results, plan->items);
  if (wishes->len == 0)
    return TRUE;
  if (!find_invoice (tx, plan, &invoice, error))
    return FALSE;

  g_autoptr (MhRecord) order = mh_record_copy (plan->order);
  g_autoptr (GPtrArray) added = mh_orders_reflex_add (
      MH_REQUEST_TX (tx, plan->server, NULL), plan->view,
      &(MhOrdersReflexOrder){ order, plan->items, plan->samples, invoice != NULL }, wishes, error);

  if (added == NULL)
    return FALSE;

  for (guint i = 0; i < added->len; i++)
    g_ptr_array_add (plan->items, g_object_ref (g_ptr_array_index (added, i)));
  *out_order = g_steal_pointer (&order);
  if (invoice != NULL)
    *out_debit = mh_orders_reflex_debit (plan->view, plan->order, wishes, mh_tx_now (tx));

  return TRUE;
}

gboolean
mh_results_reflex_charge (const MhRequest *req,
                          MhResultsPlan *plan,
                          MhRecord *debit,
                          GError **error)
{
  g_autoptr (MhRecord) invoice = NULL;
  if (debit == NULL)
    return TRUE;
  if (!find_invoice (req->tx, plan, &invoice, error))
    return FALSE;

  g_autoptr (MhRecord) note = mh_orders_money ()->debit (
      MH_REQUEST_TX (req->tx, plan->server, req->actor), mh_record_id (invoice), debit, error);
  MhRecord *order = note != NULL
                        ? mh_store_get (req->db, &mh_order_type, mh_record_id (plan->order), error)
                        : NULL;

  if (order == NULL)
    return FALSE;

  g_object_unref (plan->order);
  plan->order = order;
  return TRUE;
}
