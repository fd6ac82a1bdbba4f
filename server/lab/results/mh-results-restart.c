/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_results_service_restart(): measured again, and what was there stays to be seen. */
#include "server/lab/results/mh-results-history.h"
#include "server/lab/results/mh-results-items.h"
#include "server/lab/results/mh-results-service.h"
#include "server/lab/results/mh-results-write.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/platform/mh-audit.h"

static MhResultsRow *
results_restart_find_row (MhResultsPlan *plan, const char *code, guint index, MhIssues *issues)
{
  gboolean several;
  g_autofree char *field = g_strdup_printf ("analytes[%u]", index);
  MhResultsRow *row = mh_results_plan_find (plan, code, &several);
  if (row == NULL)
    mh_issues_add (issues, field, "unknown_code", "“%s” is not part of this order.", code);
  else if (several)
    mh_issues_add (issues, field, "ambiguous", "Several tubes are looked at for %s; write TEST:%s.",
                   code, code);
  else if (row->calculated)
    mh_issues_add (issues, field, "calculated",
                   "%s is calculated from the other values; restart those.",
                   mh_record_text (row->analyte, MH_ANALYTE_NAME));
  else
    return row;

  return NULL;
}

static GPtrArray *
find_rows (MhResultsPlan *plan, MhRecord *restart, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (MhIssues) issues = mh_issues_new ();
  const char *const *codes = mh_record_list (restart, MH_RESTART_ANALYTES);
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      MhResultsRow *row = results_restart_find_row (plan, codes[i], i, issues);
      if (row != NULL && !g_ptr_array_find (rows, row, NULL))
        g_ptr_array_add (rows, row);
    }
  return mh_issues_raise (issues, error) ? g_steal_pointer (&rows) : NULL;
}

static gboolean
may_restart (const MhResultsRow *row, GError **error)
{
  const char *name = mh_record_text (row->analyte, MH_ANALYTE_NAME);
  if (mh_results_row_is_verified (row))
    mh_error_set (error, MH_ERROR_CONFLICT, "%s is verified; correct the report instead.", name);
  else if (!mh_results_row_is_received (row))
    mh_error_set (error, MH_ERROR_CONFLICT, "%s: the tube is not received in the laboratory.",
                  name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
has_something (const MhResultsRow *row)
{
  return row->before != NULL
         && (mh_record_has (row->before, MH_RESULT_VALUE)
             || mh_record_has (row->before, MH_RESULT_COMMENT));
}

/* TRUE in *out_any when there was something to start again. */
static gboolean
restart_rows (const MhRequest *req,
              MhResultsPlan *plan,
              GPtrArray *rows,
              const MhResultsEnd *end,
              GError **error)
{
  g_autoptr (GHashTable) changed = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (rows, i);
      if (!may_restart (row, error))
        return FALSE;
      if (!has_something (row))
        continue;
      if (!mh_results_history_keep (req->tx, row->before, end, error))
        return FALSE;
      row->kept = TRUE;
      mh_results_write_forget (row);
      mh_record_set_int (row->after, MH_RESULT_RUN,
                         MAX (mh_record_int (row->before, MH_RESULT_RUN), 1) + 1);
      g_hash_table_add (changed, row);
    }

  if (g_hash_table_size (changed) == 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "There is no value to measure again.");
      return FALSE;
    }

  mh_results_write_calculate (plan, req->actor, changed);
  return TRUE;
}

MhRecord *
mh_results_service_restart (const MhRequest *req,
                            const char *order_id,
                            MhRecord *restart,
                            GError **error)
{
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  if (plan == NULL || !mh_results_order_is_open (plan->order, error))
    return NULL;

  g_autoptr (GPtrArray) rows = find_rows (plan, restart, error);
  MhResultsEnd end = { .ended_by = mh_record_has (restart, MH_RESTART_ACTION)
                                       ? mh_record_text (restart, MH_RESTART_ACTION)
                                       : MH_RESULT_PAST_RERUN,
                       .reason = mh_record_text (restart, MH_RESTART_REASON),
                       .note = mh_record_text (restart, MH_RESTART_NOTE) };

  if (rows == NULL || !restart_rows (req, plan, rows, &end, error))
    return NULL;

  MhResultsMove move
      = { .event = MH_CUSTODY_RESTARTED, .verb = MH_AUDIT_UPDATE, .reason = end.reason };
  if (!mh_results_items_write (req->tx, plan, error)
      || !mh_results_items_move (req->tx, plan, &move, error))
    return NULL;

  return mh_results_plan_sheet (plan, req->actor, /* test */ NULL);
}
