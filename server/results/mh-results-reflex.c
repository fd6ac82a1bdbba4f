/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/results/mh-results-reflex.h"

#include "server/catalogue/mh-reflex.h"
#include "server/orders/mh-orders-reflex.h"

gboolean
mh_results_reflex_add (MhTx *tx,
                       MhResultsPlan *plan,
                       GPtrArray *rows,
                       MhRecord **out_order,
                       GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (results, ((MhResultsRow *)g_ptr_array_index (rows, i))->after);
  g_autoptr (GPtrArray) wishes = mh_reflex_wanted (plan->view, results, plan->items);
  if (wishes->len == 0)
    return TRUE;
  g_autoptr (MhRecord) order = mh_record_copy (plan->order);
  g_autoptr (GPtrArray) added
      = mh_orders_reflex_add (tx, plan->view, order, plan->items, plan->samples, wishes, error);
  if (added == NULL)
    return FALSE;
  for (guint i = 0; i < added->len; i++)
    g_ptr_array_add (plan->items, g_object_ref (g_ptr_array_index (added, i)));
  *out_order = g_steal_pointer (&order);
  return TRUE;
}
