/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-second.h"

#include "server/lab/results/mh-results-group.h"
#include "server/lab/results/mh-results-second.h"
#include "server/lab/results/mh-results-value.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"

static const char *
mh_reports_second_name (const MhResultsRow *row)
{
  return mh_record_text (row->analyte, MH_ANALYTE_NAME);
}

gboolean
mh_reports_second_is_wanted (const MhResultsRow *row)
{
  return mh_results_second_is_wanted (row) && row->before != NULL
         && g_strcmp0 (mh_record_text (row->before, MH_RESULT_VALUE), mh_results_row_value (row))
                != 0;
}

/* The row that value @index is about, when it waits for a second determination. */
static MhResultsRow *
mh_reports_second_row (MhResultsPlan *plan,
                       GHashTable *touched,
                       MhRecord *value,
                       guint index,
                       MhIssues *issues)
{
  gboolean several = FALSE;
  const char *code = mh_record_text (value, MH_REPORT_CHANGE_VALUE_ANALYTE);
  g_autofree char *field = g_strdup_printf ("values[%u].analyte", index);
  MhResultsRow *row = code != NULL ? mh_results_plan_find (plan, code, &several) : NULL;
  MhRecord *line = row != NULL && !several ? g_hash_table_lookup (touched, row) : NULL;

  if (line == NULL || !mh_reports_second_is_wanted (row))
    mh_issues_add (issues, field, "not_wanted",
                   "“%s” is nothing of this change that is determined twice.",
                   code != NULL ? code : "");
  else if (mh_record_has (line, MH_REPORT_CHANGE_VALUE_SECOND_VALUE))
    mh_issues_add (issues, field, "not_wanted", "%s was determined a second time already, by %s.",
                   mh_reports_second_name (row),
                   mh_record_text (line, MH_REPORT_CHANGE_VALUE_SECOND_NAME));
  else
    return row;

  return NULL;
}

/* Sets it in @line when it agrees with what was proposed. */
static void
mh_reports_second_read (MhResultsPlan *plan,
                        const MhResultsRow *row,
                        MhRecord *value,
                        const char *field,
                        MhRecord *line,
                        MhIssues *issues)
{
  g_autofree char *read = NULL, *text = NULL;
  if (mh_record_has (value, MH_REPORT_CHANGE_VALUE_NEW))
    text = g_strstrip (mh_text_ascii_digits (mh_record_text (value, MH_REPORT_CHANGE_VALUE_NEW)));
  if (text == NULL || *text == '\0')
    {
      mh_issues_add (issues, field, "required", "%s: enter what you determined.",
                     mh_reports_second_name (row));
      return;
    }

  if (!mh_results_value_read (plan, row, text, field, issues, &read))
    return;

  if (g_strcmp0 (read, mh_results_row_value (row)) != 0)
    {
      mh_issues_add (issues, field, "differs",
                     "%s: you determined %s, and the change says %s. Nothing of it is released "
                     "before both agree: return the change, and have it measured again.",
                     mh_reports_second_name (row), read, mh_results_row_value (row));
      return;
    }

  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_SECOND_VALUE, read);
  mh_record_set_int (line, MH_REPORT_CHANGE_VALUE_SECOND_AT, plan->now);
}

static gboolean
mh_reports_second_write (const MhRequest *req,
                         MhResultsPlan *plan,
                         GHashTable *touched,
                         MhRecord *decision,
                         MhIssues *issues,
                         GError **error)
{
  GPtrArray *values = mh_record_records (decision, MH_VERIFICATION_VALUES);
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      MhRecord *value = g_ptr_array_index (values, i);
      MhResultsRow *row = mh_reports_second_row (plan, touched, value, i, issues);
      MhRecord *line = row != NULL ? g_hash_table_lookup (touched, row) : NULL;
      g_autoptr (MhRecord) before = line != NULL ? mh_record_copy (line) : NULL;
      if (line == NULL)
        continue;

      g_autofree char *field = g_strdup_printf ("values[%u].new_value", i);
      mh_reports_second_read (plan, row, value, field, line, issues);
      if (!mh_record_has (line, MH_REPORT_CHANGE_VALUE_SECOND_VALUE))
        continue;

      mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_SECOND_BY, mh_actor_user_id (req->actor));
      mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_SECOND_NAME, mh_actor_name (req->actor));
      if (!mh_tx_update_part (req->tx, before, line, error))
        return FALSE;
    }

  return TRUE;
}

/* Every such value of the change has two, and another group than before was explained. */
static gboolean
mh_reports_second_is_whole (MhResultsPlan *plan,
                            GHashTable *touched,
                            MhRecord *decision,
                            GError **error)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      MhRecord *line = g_hash_table_lookup (touched, row);
      if (line == NULL || !mh_reports_second_is_wanted (row))
        continue;
      if (!mh_record_has (line, MH_REPORT_CHANGE_VALUE_SECOND_VALUE))
        {
          mh_error_set_field (error, "values", "required",
                              "%s has to be determined a second time, by another person than %s, "
                              "before its change is released: enter what you determined.",
                              mh_reports_second_name (row),
                              mh_record_text (row->after, MH_RESULT_ENTERED_NAME));
          return FALSE;
        }
      if (mh_results_group_before (row) != NULL
          && !mh_record_has (decision, MH_VERIFICATION_COMMENT))
        {
          mh_results_group_ask (plan, row, error);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
mh_reports_second_take (const MhRequest *req,
                        MhResultsPlan *plan,
                        GHashTable *touched,
                        MhRecord *decision,
                        GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  return mh_reports_second_write (req, plan, touched, decision, issues, error)
         && mh_issues_raise (issues, error)
         && mh_reports_second_is_whole (plan, touched, decision, error);
}

void
mh_reports_second_keep (MhResultsRow *row, MhRecord *line)
{
  if (!mh_record_has (line, MH_REPORT_CHANGE_VALUE_SECOND_VALUE))
    return;

  MhRecord *result = mh_results_row_edit (row);
  mh_record_set_text (result, MH_RESULT_SECOND_VALUE,
                      mh_record_text (line, MH_REPORT_CHANGE_VALUE_SECOND_VALUE));
  mh_record_set_text (result, MH_RESULT_SECOND_BY,
                      mh_record_text (line, MH_REPORT_CHANGE_VALUE_SECOND_BY));
  mh_record_set_text (result, MH_RESULT_SECOND_NAME,
                      mh_record_text (line, MH_REPORT_CHANGE_VALUE_SECOND_NAME));
  mh_record_set_int (result, MH_RESULT_SECOND_AT,
                     mh_record_int (line, MH_REPORT_CHANGE_VALUE_SECOND_AT));
}
