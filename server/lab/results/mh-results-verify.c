/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_results_service_verify(): the second pair of eyes. */
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/results/mh-results-bulk.h"
#include "server/lab/results/mh-results-decide.h"
#include "server/lab/results/mh-results-doubt.h"
#include "server/lab/results/mh-results-hold.h"
#include "server/lab/results/mh-results-items.h"
#include "server/lab/results/mh-results-second.h"
#include "server/lab/results/mh-results-sign.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-order-rules.h"

static gboolean
results_verify_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- what is decided about --- */

/* What a panel calculates stands under the panel's own code. */
static gboolean
results_verify_is_named (MhRecord *item, const MhResultsRow *row, const char *const *tests)
{
  return tests == NULL || tests[0] == NULL
         || g_strv_contains (tests, mh_record_text (item, MH_ORDER_ITEM_TEST))
         || (row->panel != NULL
             && g_strv_contains (tests, mh_record_text (row->panel, MH_PANEL_CODE)));
}

/* Values that wait, of tests that are entered as a whole; or verified ones, to be taken back. */
static gboolean
results_verify_is_wanted (MhResultsPlan *plan,
                          MhRecord *item,
                          const MhResultsRow *row,
                          gboolean withdraw)
{
  const char *status = mh_record_text (item, MH_ORDER_ITEM_STATUS);
  if (withdraw)
    return mh_results_row_is_verified (row);
  return results_verify_is (status, MH_ITEM_STATUS_RESULTED) && mh_results_sign_is_waiting (row)
         && !mh_results_hold_is_kept (plan, row) && !mh_results_second_keeps_back (row);
}

static GPtrArray *
results_verify_rows_of (MhResultsPlan *plan, MhRecord *sent)
{
  const char *const *tests = mh_record_list (sent, MH_VERIFICATION_TESTS);
  gboolean withdraw
      = results_verify_is (mh_record_text (sent, MH_VERIFICATION_DECISION), MH_DECISION_WITHDRAW);
  GPtrArray *wanted = g_ptr_array_new ();

  for (guint i = 0; i < plan->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (plan->items, i);
      GPtrArray *rows = g_hash_table_lookup (plan->item_rows, mh_record_id (item));
      for (guint k = 0; rows != NULL && k < rows->len; k++)
        {
          MhResultsRow *row = g_ptr_array_index (rows, k);
          if (results_verify_is_named (item, row, tests)
              && results_verify_is_wanted (plan, item, row, withdraw)
              && !g_ptr_array_find (wanted, row, NULL))
            g_ptr_array_add (wanted, row);
        }
    }

  return wanted;
}

/* A misspelt test must not look like one that has nothing to verify. */
static gboolean
results_verify_check_tests (MhResultsPlan *plan, MhRecord *sent, GError **error)
{
  const char *const *tests = mh_record_list (sent, MH_VERIFICATION_TESTS);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  GPtrArray *values = mh_record_records (sent, MH_VERIFICATION_VALUES);

  if (values != NULL && values->len > 0)
    mh_issues_add (issues, "values", "not_allowed",
                   "Values are determined in the results; here they are verified.");

  for (guint i = 0; tests != NULL && tests[i] != NULL; i++)
    {
      gboolean known = FALSE;
      for (guint k = 0; k < plan->items->len && !known; k++)
        known = results_verify_is (
            mh_record_text (g_ptr_array_index (plan->items, k), MH_ORDER_ITEM_TEST), tests[i]);
      for (guint k = 0; k < plan->rows->len && !known; k++)
        {
          const MhResultsRow *row = g_ptr_array_index (plan->rows, k);
          known = row->panel != NULL
                  && results_verify_is (mh_record_text (row->panel, MH_PANEL_CODE), tests[i]);
        }
      g_autofree char *field = g_strdup_printf ("tests[%u]", i);
      if (!known)
        mh_issues_add (issues, field, "unknown_code", "“%s” is not part of this order.", tests[i]);
    }

  return mh_issues_raise (issues, error);
}

/* --- who may --- */

/* Whoever entered or signed a value does not decide on it. */
static gboolean
results_verify_check_own (MhResultsPlan *plan,
                          GPtrArray *rows,
                          const MhActor *actor,
                          GError **error)
{
  const char *user_id = mh_actor_user_id (actor);
  for (guint i = 0; i < rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (rows, i);
      if (!mh_results_sign_is_own (plan, row, user_id))
        continue;
      if (results_verify_is (mh_record_text (row->after, MH_RESULT_LEVEL1_BY), user_id)
          || results_verify_is (mh_record_text (row->after, MH_RESULT_LEVEL2_BY), user_id))
        mh_error_set (error, MH_ERROR_FORBIDDEN,
                      "You signed results of this order already; somebody else has to sign next.");
      else
        mh_error_set (error, MH_ERROR_FORBIDDEN,
                      "You entered results of this order; somebody else has to verify them.");
      return FALSE;
    }

  return TRUE;
}

static gboolean
results_verify_may_decide (MhResultsPlan *plan,
                           MhRecord *sent,
                           GPtrArray *rows,
                           const MhActor *actor,
                           GError **error)
{
  const char *decision = mh_record_text (sent, MH_VERIFICATION_DECISION);
  gboolean withdraw = results_verify_is (decision, MH_DECISION_WITHDRAW);
  if (!mh_actor_require (actor, MH_MAY_VERIFY_RESULT, error))
    return FALSE;
  if (withdraw && mh_record_has (plan->order, MH_ORDER_REPORT_ID))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "The report of this order is released; correct the report instead.");
  else if (rows->len == 0 && withdraw)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "Nothing of this order is verified that could be taken back.");
  else if (rows->len == 0)
    mh_results_hold_explain (plan, error);
  else
    return withdraw
           || (results_verify_check_own (plan, rows, actor, error)
               && (!results_verify_is (decision, MH_DECISION_VERIFY)
                   || mh_results_doubt_is_answered (plan, rows, sent, error)));

  return FALSE;
}

GPtrArray *
mh_results_verify_rows (MhResultsPlan *plan,
                        MhRecord *verification,
                        const MhActor *actor,
                        GError **error)
{
  if (!results_verify_check_tests (plan, verification, error))
    return NULL;
  g_autoptr (GPtrArray) rows = results_verify_rows_of (plan, verification);
  return results_verify_may_decide (plan, verification, rows, actor, error)
             ? g_steal_pointer (&rows)
             : NULL;
}

MhRecord *
mh_results_service_verify (const MhRequest *req,
                           const char *order_id,
                           MhRecord *verification,
                           GError **error)
{
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  g_autoptr (GPtrArray) rows
      = plan != NULL ? mh_results_verify_rows (plan, verification, req->actor, error) : NULL;
  if (rows == NULL || !mh_results_decide (req, plan, verification, rows, error)
      || !mh_results_bulk_decided (req->tx, verification, order_id, error))
    return NULL;
  return mh_orders_service_read (req, order_id, error);
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
mh_results_service_release (const MhRequest *req, const char *order_id, GError **error)
{
  static const char *const nothing[] = { NULL };
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  if (plan == NULL)
    return FALSE;

  MhRecord *last = last_verified (plan);
  if (last == NULL)
    return TRUE;

  /* Whoever gave the money back has not looked at the values. */
  g_autoptr (MhActor) verifier = mh_actor_new (
      mh_record_text (last, MH_RESULT_VERIFIED_BY), mh_record_text (last, MH_RESULT_VERIFIED_NAME),
      NULL, mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID), NULL, nothing);
  g_autoptr (MhRecord) order = NULL;

  if (!mh_results_decide_release (MH_REQUEST_TX (req->tx, req->server, verifier), plan, &order,
                                  error))
    return FALSE;

  MhResultsMove move = { .verb = MH_AUDIT_VERIFY, .order = order };
  return order == NULL || mh_results_items_move (req->tx, plan, &move, error);
}
