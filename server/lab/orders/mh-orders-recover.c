/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order that is not paid as it was meant to be: tried again, paid in cash at collection, or
 * cancelled. What the gateway may still be doing is asked first. */
#include "server/lab/orders/mh-orders-money.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/money/mh-returns.h"

static gboolean
orders_recover_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- cancelling --- */

/* Is the test of that code still wanted from this tube? NULL: any test. */
static gboolean
is_needed (MhRecord *sample, GPtrArray *items, const char *code)
{
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      if (orders_recover_is (mh_record_text (item, MH_ORDER_ITEM_SAMPLE_ID), mh_record_id (sample))
          && !orders_recover_is (mh_record_text (item, MH_ORDER_ITEM_STATUS),
                                 MH_ITEM_STATUS_CANCELLED)
          && (code == NULL || orders_recover_is (mh_record_text (item, MH_ORDER_ITEM_TEST), code)))
        return TRUE;
    }
  return FALSE;
}

/* Codes and names stand side by side. */
static void
show_needed (MhRecord *sample, GPtrArray *items)
{
  const char *const *codes = mh_record_list (sample, MH_SAMPLE_TESTS);
  const char *const *names = mh_record_list (sample, MH_SAMPLE_TEST_NAMES);
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) left_names = g_ptr_array_new_with_free_func (g_free);

  if (codes == NULL || names == NULL)
    return;

  for (guint i = 0; codes[i] != NULL && names[i] != NULL; i++)
    if (is_needed (sample, items, codes[i]))
      {
        g_ptr_array_add (left, g_strdup (codes[i]));
        g_ptr_array_add (left_names, g_strdup (names[i]));
      }

  g_ptr_array_add (left, NULL);
  g_ptr_array_add (left_names, NULL);
  mh_record_set_list (sample, MH_SAMPLE_TESTS, (const char *const *)left->pdata);
  mh_record_set_list (sample, MH_SAMPLE_TEST_NAMES, (const char *const *)left_names->pdata);
}

/* The chain of custody tells why a tube goes no further. */
static MhRecord *
cancelled_event (MhTx *tx, MhRecord *sample, const char *reason)
{
  MhRecord *event = mh_record_new (&mh_custody_event_type);
  const MhWho *who = mh_tx_who (tx);
  mh_record_set_text (event, MH_CUSTODY_EVENT_SAMPLE_ID, mh_record_id (sample));
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_CANCELLED);
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_tx_now (tx));
  mh_record_set_int (event, MH_CUSTODY_EVENT_RECORDED_AT, mh_tx_now (tx));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_ID, who->user_id);
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_NAME, who->user_name);
  mh_record_set_text (event, MH_CUSTODY_EVENT_STATION, who->station);
  mh_record_set_text (event, MH_CUSTODY_EVENT_NOTE, reason);
  return event;
}

gboolean
mh_orders_service_cancel_tubes (MhTx *tx,
                                MhRecord *order,
                                GPtrArray *items,
                                const char *reason,
                                GError **error)
{
  static const char *const before_the_laboratory[]
      = { MH_SAMPLE_STATUS_TO_COLLECT, MH_SAMPLE_STATUS_COLLECTED, MH_SAMPLE_STATUS_IN_TRANSIT,
          NULL };
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) samples
      = mh_orders_store_samples (mh_tx_db (tx), mh_record_id (order), error);

  if (samples == NULL)
    return FALSE;

  for (guint i = 0; i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      g_autoptr (MhRecord) after = mh_record_copy (sample);
      const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
      if (status == NULL || !g_strv_contains (before_the_laboratory, status))
        continue;
      if (is_needed (sample, items, NULL))
        show_needed (after, items);
      else
        {
          mh_record_set_text (after, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_CANCELLED);
          mh_record_set_int (order, MH_ORDER_N_SAMPLES,
                             MAX (mh_record_int (order, MH_ORDER_N_SAMPLES) - 1, 0));
          g_ptr_array_add (events, cancelled_event (tx, sample, reason));
        }
      if (!mh_record_equal (sample, after)
          && !mh_tx_update (tx, sample, after, MH_AUDIT_UPDATE, reason, error))
        return FALSE;
    }

  return mh_tx_insert_parts (tx, events, error);
}

static gboolean
orders_recover_cancel_items (MhTx *tx, GPtrArray *items, const char *reason, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      g_autoptr (MhRecord) before = mh_record_copy (item);
      if (orders_recover_is (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_CANCELLED))
        continue;
      mh_record_set_text (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_CANCELLED);
      mh_record_set_text (item, MH_ORDER_ITEM_CANCEL_REASON, reason);
      if (!mh_tx_update_part (tx, before, item, error))
        return FALSE;
    }

  return TRUE;
}

/* Tubes may be drawn, as long as the laboratory has none. */
static gboolean
check_cancel (MhRecord *order, GPtrArray *items, GError **error)
{
  static const char *const open[]
      = { MH_ORDER_STATUS_PLACED, MH_ORDER_STATUS_COLLECTED, MH_ORDER_STATUS_EXPIRED, NULL };
  if (mh_record_int (order, MH_ORDER_PAID) > mh_record_int (order, MH_ORDER_REFUNDED))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "Money was taken for this order; give it back before cancelling.");
  else if (!g_strv_contains (open, mh_record_text (order, MH_ORDER_STATUS))
           || mh_returns_stage (order, items) != MH_RETURNS_OPEN)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "The laboratory has tubes of this order already; it cannot be cancelled.");
  else
    return TRUE;

  return FALSE;
}

/* Blood that was drawn is not thrown away without a word. */
static gboolean
check_reason (GPtrArray *items, const char *note, GError **error)
{
  for (guint i = 0; note == NULL && i < items->len; i++)
    if (orders_recover_is (mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_STATUS),
                           MH_ITEM_STATUS_COLLECTED))
      {
        mh_error_set_field (error, "note", "required",
                            "Say why: tubes of this order are drawn and will be discarded.");
        return FALSE;
      }
  return TRUE;
}

/* Nobody owes anything for an order that is cancelled. */
static gboolean
orders_recover_cancel (MhTx *tx,
                       MhServer *server,
                       MhRecord *after,
                       GPtrArray *items,
                       const char *note,
                       GError **error)
{
  const char *reason = note != NULL ? note : "cancelled at the desk";
  mh_record_set_text (after, MH_ORDER_STATUS, MH_ORDER_STATUS_CANCELLED);
  mh_record_set_int (after, MH_ORDER_CANCELLED_AT, mh_tx_now (tx));
  mh_record_set_text (after, MH_ORDER_CANCEL_REASON, reason);
  mh_record_set_null (after, MH_ORDER_RECOVERY);
  return orders_recover_cancel_items (tx, items, reason, error)
         && mh_orders_service_cancel_tubes (tx, after, items, reason, error)
         && mh_orders_money ()->write_off (tx, server, after, error);
}

/* --- trying again --- */

static gboolean
check_reopen (MhTx *tx, MhRecord *order, GError **error)
{
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  gboolean expired = orders_recover_is (status, MH_ORDER_STATUS_EXPIRED);
  gint64 days;

  if (mh_record_int (order, MH_ORDER_DUE) <= 0
      || (!expired && !orders_recover_is (status, MH_ORDER_STATUS_PLACED)))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Nothing is open to be paid on this order.");
      return FALSE;
    }

  if (!expired)
    return TRUE;
  if (!mh_setting_int (mh_tx_db (tx), mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                       MH_SET_REOPEN_DAYS, &days, error))
    return FALSE;
  if (mh_tx_now (tx) <= mh_record_int (order, MH_ORDER_EXPIRES_AT) + days * MH_DAY)
    return TRUE;

  mh_error_set (error, MH_ERROR_CONFLICT,
                "This order expired too long ago; place a new one with today's prices.");
  return FALSE;
}

static void
reopen (MhTx *tx, MhServer *server, MhRecord *after)
{
  gint64 hours = mh_server_config_int (mh_server_config (server), "lab.order_expiry_hours");
  gboolean part = mh_record_int (after, MH_ORDER_PAID) > mh_record_int (after, MH_ORDER_REFUNDED);
  mh_record_set_text (after, MH_ORDER_STATUS, MH_ORDER_STATUS_PLACED);
  mh_record_set_text (after, MH_ORDER_PAYMENT_STATE,
                      part ? MH_PAYMENT_STATE_PART_PAID : MH_PAYMENT_STATE_UNPAID);
  mh_record_set_null (after, MH_ORDER_PAYMENT_FAILURE);
  mh_record_set_null (after, MH_ORDER_RECOVERY);
  mh_record_set_int (after, MH_ORDER_EXPIRES_AT, mh_tx_now (tx) + hours * MH_HOUR);
}

/* --- together --- */

static gboolean
orders_recover_apply (const MhRequest *req,
                      MhRecord *after,
                      GPtrArray *items,
                      const char *action,
                      const char *note,
                      GError **error)
{
  if (orders_recover_is (action, MH_RECOVERY_CANCEL))
    return orders_recover_cancel (req->tx, req->server, after, items, note, error);
  reopen (req->tx, req->server, after);
  if (orders_recover_is (action, MH_RECOVERY_CONVERT_TO_COD))
    mh_record_set_text (after, MH_ORDER_PAYMENT_METHOD, MH_METHOD_COD);
  return TRUE;
}

static gboolean
check_right (const MhActor *actor, const char *action, GError **error)
{
  return mh_actor_require (actor,
                           orders_recover_is (action, MH_RECOVERY_CANCEL) ? MH_MAY_CANCEL_ORDER
                                                                          : MH_MAY_TAKE_PAYMENT,
                           error);
}

static gboolean
check_action (MhTx *tx,
              MhRecord *order,
              GPtrArray *items,
              const char *action,
              const char *note,
              GError **error)
{
  if (mh_record_has (order, MH_ORDER_RECOVERY))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "The bank is still being asked about this order; wait for its answer.");
      return FALSE;
    }
  if (!orders_recover_is (action, MH_RECOVERY_CANCEL))
    return check_reopen (tx, order, error);
  return check_cancel (order, items, error) && check_reason (items, note, error);
}

/* *out_waits: the gateway may still hold something; the order waits until it has said that nothing
 * is open (mh_orders_service_cancelled, mh_payments_service_converted). */
static gboolean
ask_gateway (MhTx *tx,
             MhServer *server,
             MhRecord *after,
             const char *action,
             gboolean *out_waits,
             GError **error)
{
  const char *then = orders_recover_is (action, MH_RECOVERY_CANCEL) ? MH_ATTEMPT_THEN_CANCEL
                                                                    : MH_ATTEMPT_THEN_CONVERT;
  *out_waits = FALSE;
  if (orders_recover_is (action, MH_RECOVERY_RETRY))
    return TRUE;
  if (!mh_orders_money ()->close_links (tx, server, mh_record_id (after), then, out_waits, error))
    return FALSE;
  if (!*out_waits)
    return TRUE;

  if (orders_recover_is (action, MH_RECOVERY_CONVERT_TO_COD))
    reopen (tx, server, after);
  mh_record_set_text (after, MH_ORDER_RECOVERY, action);
  return TRUE;
}

MhRecord *
mh_orders_service_recover (const MhRequest *req, const char *id, MhRecord *recovery, GError **error)
{
  const char *action = mh_record_text (recovery, MH_RECOVERY_ACTION);
  const char *note = mh_record_text (recovery, MH_RECOVERY_NOTE);
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_order_type, id, error);
  g_autoptr (GPtrArray) items = before != NULL && check_right (req->actor, action, error)
                                    ? mh_orders_store_items (req->db, id, error)
                                    : NULL;

  if (items == NULL || !check_action (req->tx, before, items, action, note, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  gboolean waits = FALSE;
  mh_record_set_text (after, MH_ORDER_RECOVERY_NOTE, note);
  if (!ask_gateway (req->tx, req->server, after, action, &waits, error)
      || (!waits && !orders_recover_apply (req, after, items, action, note, error))
      || !mh_orders_service_settle (req->tx, &(MhOrderChange){ before, after, items }, action, note,
                                    error)
      || !mh_orders_store_compose (req->db, after, error))
    return NULL;

  return g_steal_pointer (&after);
}

gboolean
mh_orders_service_cancelled (MhTx *tx, MhServer *server, const char *order_id, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, order_id, error);
  g_autoptr (GPtrArray) items
      = before != NULL ? mh_orders_store_items (mh_tx_db (tx), order_id, error) : NULL;
  if (items == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (check_cancel (before, items, NULL))
    return orders_recover_cancel (tx, server, after, items,
                                  mh_record_text (before, MH_ORDER_RECOVERY_NOTE), error)
           && mh_orders_service_settle (tx, &(MhOrderChange){ before, after, items },
                                        MH_RECOVERY_CANCEL, NULL, error);
  if (!mh_record_has (before, MH_ORDER_RECOVERY))
    return TRUE;

  mh_record_set_null (after, MH_ORDER_RECOVERY);
  return mh_orders_service_settle (tx, &(MhOrderChange){ before, after, items }, MH_AUDIT_UPDATE,
                                   NULL, error);
}
