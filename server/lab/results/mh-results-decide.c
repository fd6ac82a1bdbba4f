/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-decide.h"

#include "server/lab/results/mh-results-history.h"
#include "server/lab/results/mh-results-instrument.h"
#include "server/lab/results/mh-results-items.h"
#include "server/lab/results/mh-results-reflex.h"
#include "server/lab/results/mh-results-report.h"
#include "server/lab/results/mh-results-sign.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-report-content.h"

static MhReportFreeze results_freeze;

void
mh_results_set_freeze (MhReportFreeze freeze)
{
  results_freeze = freeze;
}

static gboolean
results_decide_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- the decision itself --- */

char *
mh_results_decide_hash (GPtrArray *rows)
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
write_decision (const MhRequest *req,
                MhResultsPlan *plan,
                MhRecord *sent,
                const char *hash,
                guint level,
                GError **error)
{
  g_autoptr (MhRecord) decision = mh_record_copy (sent);
  mh_record_set_text (decision, MH_VERIFICATION_ORDER_ID, mh_record_id (plan->order));
  mh_record_set_text (decision, MH_VERIFICATION_BY_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (decision, MH_VERIFICATION_BY_NAME, mh_actor_name (req->actor));
  mh_record_set_int (decision, MH_VERIFICATION_AT, plan->now);
  mh_record_set_int (decision, MH_VERIFICATION_LEVEL, level);
  mh_record_set_text (decision, MH_VERIFICATION_RESULTS_HASH, hash);
  return mh_tx_insert (req->tx, decision, MH_AUDIT_VERIFY, NULL, error);
}

gboolean
mh_results_decide_in_control (MhTx *tx, MhResultsPlan *plan, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    if (!mh_results_instrument_may_release (mh_tx_db (tx), plan, g_ptr_array_index (rows, i),
                                            error))
      return FALSE;
  return TRUE;
}

/* The number of the signature: the highest among the rows. */
static guint
sign_rows (MhResultsPlan *plan, const MhActor *actor, GPtrArray *rows)
{
  guint level = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (rows, i);
      guint this_level = 0;
      if (mh_actor_user_id (actor) != NULL)
        this_level = mh_results_sign (plan, row, actor);
      else
        mh_results_sign_auto (row, plan->now);
      level = MAX (level, this_level);
    }

  return level;
}

static void
return_rows (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *result = mh_results_row_edit (g_ptr_array_index (rows, i));
      mh_results_sign_void (result);
      mh_record_set_text (result, MH_RESULT_STATUS, MH_RESULT_STATUS_RETURNED);
    }
}

/* What was verified waits again; that it was stays to be seen. */
static gboolean
withdraw_rows (MhTx *tx, GPtrArray *rows, MhRecord *sent, GError **error)
{
  MhResultsEnd end = { .ended_by = MH_RESULT_PAST_WITHDRAWN,
                       .note = mh_record_has (sent, MH_VERIFICATION_COMMENT)
                                   ? mh_record_text (sent, MH_VERIFICATION_COMMENT)
                                   : mh_record_text (sent, MH_VERIFICATION_REASON) };

  for (guint i = 0; i < rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (rows, i);
      if (row->before != NULL && !mh_results_history_keep (tx, row->before, &end, error))
        return FALSE;
      row->kept = TRUE;
      mh_results_sign_void (mh_results_row_edit (row));
      mh_record_set_text (row->after, MH_RESULT_STATUS, MH_RESULT_STATUS_ENTERED);
    }

  return TRUE;
}

/* A first signature of two asks for no further test yet. */
static GPtrArray *
verified_of (GPtrArray *rows)
{
  GPtrArray *verified = g_ptr_array_new ();
  for (guint i = 0; i < rows->len; i++)
    if (mh_results_row_is_verified (g_ptr_array_index (rows, i)))
      g_ptr_array_add (verified, g_ptr_array_index (rows, i));
  return verified;
}

/* --- the report --- */

/* Every live test verified: nothing keeps the report back any more. */
static gboolean
results_decide_is_complete (MhResultsPlan *plan)
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
results_decide_release (const MhRequest *req, MhResultsPlan *plan, GError **error)
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
  g_autoptr (MhRecord) report = results_freeze (req, &draft, error);

  if (report == NULL)
    return NULL;

  mh_record_set_text (order, MH_ORDER_REPORT_ID, mh_record_id (report));
  mh_record_set_int (order, MH_ORDER_REPORT_ISSUED_AT, plan->now);
  mh_record_set_int (order, MH_ORDER_COMPLETED_AT, plan->now);

  return g_steal_pointer (&order);
}

gboolean
mh_results_decide_release (const MhRequest *req,
                           MhResultsPlan *plan,
                           MhRecord **out_order,
                           GError **error)
{
  MhRecord *order = NULL;
  if (results_decide_is_complete (plan) && !mh_record_has (plan->order, MH_ORDER_REPORT_ID))
    {
      order = results_decide_release (req, plan, error);
      if (order == NULL)
        return FALSE;
    }
  *out_order = order;
  return TRUE;
}

gboolean
mh_results_decide (const MhRequest *req,
                   MhResultsPlan *plan,
                   MhRecord *sent,
                   GPtrArray *rows,
                   GError **error)
{
  const char *decision = mh_record_text (sent, MH_VERIFICATION_DECISION);
  gboolean verify = results_decide_is (decision, MH_DECISION_VERIFY);
  g_autoptr (MhRecord) order = NULL;
  g_autoptr (MhRecord) debit = NULL;

  /* The hash is over what was seen: taken before anything changes. */
  g_autofree char *hash = mh_results_decide_hash (rows);
  guint level = 0;
  if (verify && !mh_results_decide_in_control (req->tx, plan, rows, error))
    return FALSE;
  if (verify)
    level = sign_rows (plan, req->actor, rows);
  else if (results_decide_is (decision, MH_DECISION_RETURN))
    return_rows (rows);
  else if (!withdraw_rows (req->tx, rows, sent, error))
    return FALSE;

  g_autoptr (GPtrArray) verified = verified_of (rows);
  if (!write_decision (req, plan, sent, hash, level, error)
      || !mh_results_items_write (req->tx, plan, error)
      || (verify && !mh_results_reflex_add (req->tx, plan, verified, &order, &debit, error))
      || (verify && order == NULL && !mh_results_decide_release (req, plan, &order, error)))
    return FALSE;

  MhResultsMove move = { .event = verify ? MH_CUSTODY_VERIFIED : NULL,
                         .verb = verify ? MH_AUDIT_VERIFY : MH_AUDIT_UPDATE,
                         .reason = mh_record_has (sent, MH_VERIFICATION_COMMENT)
                                       ? mh_record_text (sent, MH_VERIFICATION_COMMENT)
                                       : mh_record_text (sent, MH_VERIFICATION_REASON),
                         .order = order };

  return mh_results_items_move (req->tx, plan, &move, error)
         && mh_results_reflex_charge (req, plan, debit, error);
}
