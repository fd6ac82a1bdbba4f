/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_results_service_verify(): the second pair of eyes. */
#include "server/results/mh-results-service.h"

#include "server/orders/mh-orders-service.h"
#include "server/qc/mh-qc-service.h"
#include "server/reports/mh-reports-service.h"
#include "server/results/mh-results-hold.h"
#include "server/results/mh-results-items.h"
#include "server/results/mh-results-reflex.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-records.h"
#include "shared/reports/mh-report-content.h"
#include "shared/rules/mh-order-rules.h"

static gboolean
has_status (const MhResultsRow *row, const char *status)
{
  return row->after != NULL
         && g_strcmp0 (mh_record_text (row->after, MH_RESULT_STATUS), status) == 0;
}

/* One row for each value that waits, none for the tests whose results are still being entered. */
static GPtrArray *
waiting_rows (MhResultsPlan *plan)
{
  GPtrArray *waiting = g_ptr_array_new ();
  for (guint i = 0; i < plan->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (plan->items, i);
      GPtrArray *rows = g_hash_table_lookup (plan->item_rows, mh_record_id (item));
      if (rows == NULL
          || g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_RESULTED) != 0)
        continue;
      for (guint k = 0; k < rows->len; k++)
        {
          MhResultsRow *row = g_ptr_array_index (rows, k);
          if (has_status (row, MH_RESULT_STATUS_ENTERED) && !mh_results_hold_is_kept (plan, row)
              && !g_ptr_array_find (waiting, row, NULL))
            g_ptr_array_add (waiting, row);
        }
    }
  return waiting;
}

static gboolean
may_decide (MhResultsPlan *plan, GPtrArray *waiting, const MhActor *actor, GError **error)
{
  if (!mh_actor_require (actor, MH_MAY_VERIFY_RESULT, error))
    return FALSE;
  if (waiting->len == 0)
    mh_results_hold_explain (plan, error);
  else if (mh_results_plan_entered_by (plan, mh_actor_user_id (actor)))
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "You entered results of this order; somebody else has to verify them.");
  else
    return TRUE;
  return FALSE;
}

/* What exactly was looked at: the values as they stood at the decision. */
static char *
hash_rows (GPtrArray *rows)
{
  g_autoptr (GString) json = g_string_new (NULL);
  mh_json_open (json, '[');
  for (guint i = 0; i < rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (rows, i);
      mh_record_put_json (row->after, MH_JSON_STORED_ONLY, json);
    }
  mh_json_close (json, ']');
  return mh_report_content_hash (json->str, NULL);
}

static gboolean
write_decision (MhTx *tx,
                MhResultsPlan *plan,
                const MhActor *actor,
                MhRecord *sent,
                GPtrArray *waiting,
                GError **error)
{
  g_autoptr (MhRecord) decision = mh_record_copy (sent);
  mh_record_set_text (decision, MH_VERIFICATION_ORDER_ID, mh_record_id (plan->order));
  mh_record_set_text (decision, MH_VERIFICATION_BY_ID, mh_actor_user_id (actor));
  mh_record_set_text (decision, MH_VERIFICATION_BY_NAME, mh_actor_name (actor));
  mh_record_set_int (decision, MH_VERIFICATION_AT, plan->now);
  mh_record_take_text (decision, MH_VERIFICATION_RESULTS_HASH, hash_rows (waiting));
  return mh_tx_insert (tx, decision, MH_AUDIT_VERIFY, NULL, error);
}

static void
set_verified (GPtrArray *waiting, const MhActor *actor, gint64 now)
{
  for (guint i = 0; i < waiting->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (waiting, i);
      MhRecord *result = mh_results_row_edit (row);
      mh_record_set_text (result, MH_RESULT_STATUS, MH_RESULT_STATUS_VERIFIED);
      mh_record_set_text (result, MH_RESULT_VERIFIED_BY, mh_actor_user_id (actor));
      mh_record_set_text (result, MH_RESULT_VERIFIED_NAME, mh_actor_name (actor));
      mh_record_set_int (result, MH_RESULT_VERIFIED_AT, now);
    }
}

static void
set_returned (GPtrArray *waiting)
{
  for (guint i = 0; i < waiting->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (waiting, i);
      mh_record_set_text (mh_results_row_edit (row), MH_RESULT_STATUS, MH_RESULT_STATUS_RETURNED);
    }
}

/* Every live test verified: nothing keeps the report back any more. */
static gboolean
is_complete (MhResultsPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (plan->items, i);
      const char *now = mh_record_text (item, MH_ORDER_ITEM_STATUS);
      if (g_strcmp0 (now, MH_ITEM_STATUS_CANCELLED) != 0
          && g_strcmp0 (mh_results_items_status (plan, item), MH_ITEM_STATUS_VERIFIED) != 0)
        return FALSE;
    }
  return TRUE;
}

static MhRecord *
release (MhTx *tx, MhResultsPlan *plan, const MhActor *actor, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRecord) order = mh_record_copy (plan->order);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (mh_results_row_is_verified (row))
        g_ptr_array_add (results, g_object_ref (row->after));
    }
  MhReportDraft draft = { .view = plan->view,
                          .order = order,
                          .patient = plan->patient,
                          .items = plan->items,
                          .samples = plan->samples,
                          .results = results };
  g_autoptr (MhRecord) report = mh_reports_service_freeze (tx, actor, &draft, error);
  if (report == NULL)
    return NULL;
  mh_record_set_text (order, MH_ORDER_REPORT_ID, mh_record_id (report));
  mh_record_set_int (order, MH_ORDER_REPORT_ISSUED_AT, plan->now);
  mh_record_set_int (order, MH_ORDER_COMPLETED_AT, plan->now);
  return g_steal_pointer (&order);
}

/* What a rejected control or faulty equipment holds back. */
static gboolean
is_in_control (MhTx *tx, GPtrArray *waiting, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  for (guint i = 0; i < waiting->len; i++)
    g_ptr_array_add (results, ((MhResultsRow *)g_ptr_array_index (waiting, i))->after);
  return mh_qc_may_release_all (mh_tx_db (tx), results, mh_tx_now (tx), error);
}

static gboolean
decide (MhTx *tx,
        MhResultsPlan *plan,
        const MhActor *actor,
        MhRecord *sent,
        GPtrArray *waiting,
        GError **error)
{
  gboolean verify
      = g_strcmp0 (mh_record_text (sent, MH_VERIFICATION_DECISION), MH_DECISION_VERIFY) == 0;
  g_autoptr (MhRecord) order = NULL;
  if (verify && !is_in_control (tx, waiting, error))
    return FALSE;
  if (!write_decision (tx, plan, actor, sent, waiting, error))
    return FALSE;
  if (verify)
    set_verified (waiting, actor, plan->now);
  else
    set_returned (waiting);
  if (!mh_results_items_write (tx, plan, error)
      || (verify && !mh_results_reflex_add (tx, plan, waiting, &order, error)))
    return FALSE;
  if (verify && order == NULL && is_complete (plan))
    {
      order = release (tx, plan, actor, error);
      if (order == NULL)
        return FALSE;
    }
  MhResultsMove move = { .event = verify ? MH_CUSTODY_VERIFIED : NULL,
                         .verb = verify ? MH_AUDIT_VERIFY : MH_AUDIT_UPDATE,
                         .reason = mh_record_text (sent, MH_VERIFICATION_COMMENT),
                         .order = order };
  return mh_results_items_move (tx, plan, &move, error);
}

MhRecord *
mh_results_service_verify (MhTx *tx,
                           MhServer *server,
                           const MhActor *actor,
                           const char *order_id,
                           MhRecord *verification,
                           GError **error)
{
  g_autoptr (MhResultsPlan) plan
      = mh_results_plan_load (mh_tx_db (tx), server, actor, order_id, mh_tx_now (tx), error);
  if (plan == NULL)
    return NULL;
  g_autoptr (GPtrArray) waiting = waiting_rows (plan);
  if (!may_decide (plan, waiting, actor, error)
      || !decide (tx, plan, actor, verification, waiting, error))
    return NULL;
  return mh_orders_service_read (mh_tx_db (tx), actor, order_id, error);
}

/* --- when the last open test is given back --- */

static MhRecord *
last_verified (MhResultsPlan *plan)
{
  MhRecord *last = NULL;
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (mh_results_row_is_verified (row)
          && (last == NULL
              || mh_record_int (row->after, MH_RESULT_VERIFIED_AT)
                     > mh_record_int (last, MH_RESULT_VERIFIED_AT)))
        last = row->after;
    }
  return last;
}

gboolean
mh_results_service_release (MhTx *tx,
                            MhServer *server,
                            const MhActor *actor,
                            const char *order_id,
                            GError **error)
{
  static const char *const nothing[] = { NULL };
  g_autoptr (MhResultsPlan) plan
      = mh_results_plan_load (mh_tx_db (tx), server, actor, order_id, mh_tx_now (tx), error);
  if (plan == NULL)
    return FALSE;
  MhRecord *last = last_verified (plan);
  if (last == NULL || mh_record_has (plan->order, MH_ORDER_REPORT_ID) || !is_complete (plan))
    return TRUE;
  /* Whoever gave the money back has not looked at the values. */
  g_autoptr (MhActor) verifier = mh_actor_new (
      mh_record_text (last, MH_RESULT_VERIFIED_BY), mh_record_text (last, MH_RESULT_VERIFIED_NAME),
      NULL, mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID), NULL, nothing);
  g_autoptr (MhRecord) order = release (tx, plan, verifier, error);
  MhResultsMove move = { .verb = MH_AUDIT_VERIFY, .order = order };
  return order != NULL && mh_results_items_move (tx, plan, &move, error);
}
