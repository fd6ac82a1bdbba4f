/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-items.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/results/mh-results-history.h"
#include "server/lab/results/mh-results-isolates.h"
#include "server/lab/results/mh-results-sign.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-order-rules.h"

static gboolean
results_items_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

gboolean
mh_results_order_is_open (MhRecord *order, GError **error)
{
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  if (g_str_equal (status, MH_ORDER_STATUS_COMPLETED))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "The report of this order is released; correct the report instead.");
  else if (g_str_equal (status, MH_ORDER_STATUS_CANCELLED)
           || g_str_equal (status, MH_ORDER_STATUS_EXPIRED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This order is not live; it takes no results.");
  else
    return TRUE;
  return FALSE;
}

/* A value that was handed over, or was measured from a tube that is no longer the patient's, does
 * not vanish under the next one. A draft that is still being typed may. */
static gboolean
keep_before (MhTx *tx, MhResultsRow *row, GError **error)
{
  static const char *const handed_over[]
      = { MH_RESULT_STATUS_ENTERED, MH_RESULT_STATUS_RETURNED, NULL };
  if (row->kept || row->before == NULL || !mh_record_has (row->before, MH_RESULT_VALUE)
      || row->calculated
      || (mh_record_field_equal (row->before, row->after, MH_RESULT_VALUE)
          && (!mh_record_has (row->before, MH_RESULT_SECOND_VALUE)
              || mh_record_field_equal (row->before, row->after, MH_RESULT_SECOND_VALUE))
          && mh_record_field_equal (row->before, row->after, MH_RESULT_PARTS_HASH)))
    return TRUE;

  gboolean same_tube = mh_record_field_equal (row->before, row->after, MH_RESULT_SAMPLE_ID);

  /* Two determinations, whether they agree or not, are no draft. */
  if (same_tube && !mh_record_has (row->before, MH_RESULT_SECOND_VALUE)
      && !g_strv_contains (handed_over, mh_record_text (row->before, MH_RESULT_STATUS)))
    return TRUE;

  MhResultsEnd end
      = { .ended_by = same_tube ? MH_RESULT_PAST_CHANGED : MH_RESULT_PAST_RECOLLECTED };
  return mh_results_history_keep (tx, row->before, &end, error);
}

/* Signed was the value that stood there. */
static void
void_signatures (MhResultsRow *row)
{
  static const char *const standing[]
      = { MH_RESULT_STATUS_ENTERED, MH_RESULT_STATUS_VERIFIED, MH_RESULT_STATUS_CORRECTED, NULL };
  if (row->before == NULL || mh_record_int (row->before, MH_RESULT_VERIFY_LEVEL) == 0)
    return;
  if (mh_record_field_equal (row->before, row->after, MH_RESULT_VALUE)
      && mh_record_field_equal (row->before, row->after, MH_RESULT_COMMENT)
      && g_strv_contains (standing, mh_record_text (row->after, MH_RESULT_STATUS)))
    return;
  mh_results_sign_void (row->after);
}

gboolean
mh_results_items_write (MhTx *tx, MhResultsPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (!mh_results_row_is_changed (row))
        continue;
      if (!keep_before (tx, row, error))
        return FALSE;
      void_signatures (row);
      if (row->before == NULL
              ? !mh_tx_insert (tx, row->after, MH_AUDIT_CREATE, NULL, error)
              : !mh_tx_update (tx, row->before, row->after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
      if (!mh_results_isolates_write (tx, plan, row, error))
        return FALSE;
    }

  return TRUE;
}

const char *
mh_results_items_status (MhResultsPlan *plan, MhRecord *item)
{
  GPtrArray *rows = g_hash_table_lookup (plan->item_rows, mh_record_id (item));
  const char *now = mh_record_text (item, MH_ORDER_ITEM_STATUS);
  guint entered = 0, verified = 0, open = 0;
  if (rows == NULL || results_items_is (now, MH_ITEM_STATUS_TO_COLLECT)
      || results_items_is (now, MH_ITEM_STATUS_COLLECTED))
    return now;

  for (guint i = 0; i < rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (rows, i);
      const char *status
          = row->after != NULL ? mh_record_text (row->after, MH_RESULT_STATUS) : NULL;
      if (mh_results_row_is_verified (row))
        verified++;
      else if (results_items_is (status, MH_RESULT_STATUS_ENTERED))
        entered++;
      else if (results_items_is (status, MH_RESULT_STATUS_DRAFT)
               || results_items_is (status, MH_RESULT_STATUS_RETURNED))
        open++;
    }

  if (open > 0 || entered + verified == 0)
    return MH_ITEM_STATUS_RECEIVED;

  return entered > 0 ? MH_ITEM_STATUS_RESULTED : MH_ITEM_STATUS_VERIFIED;
}

static void
results_items_add_event (MhTx *tx, GPtrArray *events, const char *sample_id, const char *name)
{
  const MhWho *who = mh_tx_who (tx);
  for (guint i = 0; i < events->len; i++)
    if (results_items_is (
            mh_record_text (g_ptr_array_index (events, i), MH_CUSTODY_EVENT_SAMPLE_ID), sample_id))
      return;

  MhRecord *event = mh_record_new (&mh_custody_event_type);
  mh_record_set_text (event, MH_CUSTODY_EVENT_SAMPLE_ID, sample_id);
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, name);
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_tx_now (tx));
  mh_record_set_int (event, MH_CUSTODY_EVENT_RECORDED_AT, mh_tx_now (tx));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_ID, who->user_id);
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_NAME, who->user_name);
  mh_record_set_text (event, MH_CUSTODY_EVENT_STATION, who->station);
  g_ptr_array_add (events, event);
}

static gboolean
results_items_move_items (MhTx *tx,
                          MhResultsPlan *plan,
                          const char *event,
                          guint *out_n,
                          GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  guint moved = 0;
  for (guint i = 0; i < plan->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (plan->items, i);
      const char *status = mh_results_items_status (plan, item);
      if (results_items_is (status, mh_record_text (item, MH_ORDER_ITEM_STATUS)))
        continue;
      g_autoptr (MhRecord) before = mh_record_copy (item);
      mh_record_set_text (item, MH_ORDER_ITEM_STATUS, status);
      if (!mh_tx_update_part (tx, before, item, error))
        return FALSE;
      if (event != NULL && mh_record_has (item, MH_ORDER_ITEM_SAMPLE_ID))
        results_items_add_event (tx, events, mh_record_text (item, MH_ORDER_ITEM_SAMPLE_ID), event);
      moved++;
    }

  *out_n = moved;
  return events->len == 0 || mh_tx_insert_parts (tx, events, error);
}

gboolean
mh_results_items_move (MhTx *tx, MhResultsPlan *plan, const MhResultsMove *move, GError **error)
{
  guint moved;
  if (!results_items_move_items (tx, plan, move->event, &moved, error))
    return FALSE;
  if (moved == 0 && move->order == NULL)
    return TRUE;

  MhRecord *after = mh_record_copy (move->order != NULL ? move->order : plan->order);
  g_autoptr (MhRecord) before = plan->order;
  const char *status = mh_order_rules_status (plan->items);
  gboolean resulted = results_items_is (status, MH_ORDER_STATUS_RESULTED)
                      || results_items_is (status, MH_ORDER_STATUS_COMPLETED);

  plan->order = after;
  if (!resulted)
    mh_record_set_null (after, MH_ORDER_RESULTED_AT);
  else if (!mh_record_has (after, MH_ORDER_RESULTED_AT))
    mh_record_set_int (after, MH_ORDER_RESULTED_AT, plan->now);

  return mh_orders_service_settle (tx, &(MhOrderChange){ before, after, plan->items }, move->verb,
                                   move->reason, error);
}
