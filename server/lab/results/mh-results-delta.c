/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-delta.h"

#include "server/lab/results/mh-results-group.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-tube-hold.h"
#include "shared/rules/lab/mh-delta.h"

/* Something between the two explains a difference. */
static gboolean
is_explained (const MhResultsPlan *plan, gint64 before, gint64 now)
{
  for (guint i = 0; i < plan->events->len; i++)
    {
      gint64 at = mh_record_int (g_ptr_array_index (plan->events, i), MH_DELTA_EVENT_AT);
      if (at >= before && at <= now)
        return TRUE;
    }
  return FALSE;
}

/* Values are the newest first: what is too near is passed over, the next one decides. */
static char *
results_delta_check (const MhResultsPlan *plan, MhResultsRow *row, const MhDeltaPoint *now)
{
  const char *code = mh_record_text (row->analyte, MH_ANALYTE_CODE);
  for (guint i = 0; i < plan->previous->len; i++)
    {
      MhRecord *earlier = g_ptr_array_index (plan->previous, i);
      char *text = NULL;
      if (g_strcmp0 (mh_record_text (earlier, MH_RESULT_ANALYTE), code) != 0)
        continue;
      MhDeltaPoint before
          = { mh_record_text (earlier, MH_RESULT_VALUE), mh_record_text (earlier, MH_RESULT_UNIT),
              mh_record_text (earlier, MH_RESULT_METHOD),
              mh_record_int (earlier, MH_RESULT_MEASURED_AT) };
      MhDeltaOutcome outcome = mh_delta_check (row->analyte, now, &before, &text);
      if (outcome == MH_DELTA_TOO_SOON)
        continue;
      if (outcome != MH_DELTA_FAILED || is_explained (plan, before.at, now->at))
        g_clear_pointer (&text, g_free);
      return text;
    }

  return NULL;
}

void
mh_results_delta_judge (const MhResultsPlan *plan, MhResultsRow *row)
{
  MhRecord *after = mh_results_row_edit (row);
  MhDeltaPoint now
      = { mh_results_row_value (row), mh_record_text (after, MH_RESULT_UNIT),
          mh_record_text (after, MH_RESULT_METHOD), mh_record_int (after, MH_RESULT_MEASURED_AT) };
  MhRecord *group = mh_results_group_before (row);
  char *text = group != NULL
                   ? g_strdup_printf ("≠ %s", mh_record_text (group, MH_RESULT_VALUE_TEXT))
               : now.value != NULL ? results_delta_check (plan, row, &now)
                                   : NULL;
  mh_record_take_text (after, MH_RESULT_DELTA, text);
}

gboolean
mh_results_delta_failed (const MhResultsRow *row)
{
  return row->after != NULL && mh_record_has (row->after, MH_RESULT_DELTA);
}
