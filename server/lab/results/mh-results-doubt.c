/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-doubt.h"

#include "server/lab/results/mh-results-group.h"
#include "server/lab/results/mh-results-hold.h"
#include "server/lab/results/mh-results-value.h"
#include "server/lab/results/mh-results-write.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/rules/lab/mh-consistency.h"

/* Codes of the shipped catalogue; a laboratory that calls them otherwise has no rule of three. */
#define MH_RESULTS_DOUBT_HAEMOGLOBIN "HGB"
#define MH_RESULTS_DOUBT_CELLS "HCT"

static char *
mh_results_doubt_limit (const MhResultsRow *row)
{
  const char *low = mh_record_text (row->analyte, MH_ANALYTE_PLAUSIBLE_LOW);
  const char *high = mh_record_text (row->analyte, MH_ANALYTE_PLAUSIBLE_HIGH);
  return g_strdup_printf ("∉ %s–%s", low != NULL ? low : "…", high != NULL ? high : "…");
}

static gboolean
mh_results_doubt_is_checked (const MhResultsRow *row)
{
  return !row->calculated && mh_record_has (row->analyte, MH_ANALYTE_FORMULA)
         && g_strcmp0 (mh_results_row_kind (row), MH_ANALYTE_KIND_NUMERIC) == 0
         && g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_KIND), MH_ANALYTE_KIND_NUMERIC)
                == 0;
}

const char *
mh_results_doubt (MhResultsPlan *plan, const MhResultsRow *row, char **out_text)
{
  g_autofree char *text = NULL;
  const char *value = mh_results_row_value (row);
  const char *doubt = NULL;
  if (value == NULL)
    return NULL;

  if (mh_results_value_is_beyond (plan, row))
    {
      text = mh_results_doubt_limit (row);
      doubt = MH_HELD_BEYOND;
    }
  else if (mh_results_doubt_is_checked (row) && !mh_results_write_fits (plan, row, &text))
    doubt = MH_HELD_MISMATCH;
  else if (mh_results_group_before (row) != NULL && !mh_results_hold_answers (plan, row))
    {
      text = g_strdup_printf ("≠ %s",
                              mh_record_text (mh_results_group_before (row), MH_RESULT_VALUE_TEXT));
      doubt = MH_HELD_GROUP;
    }

  if (out_text != NULL)
    *out_text = g_steal_pointer (&text);
  return doubt;
}

/* A hint, no doubt: cells that are small or pale do not keep the rule. */
static char *
mh_results_doubt_hint (MhResultsPlan *plan, const MhResultsRow *row)
{
  gboolean several;
  char *text = NULL;
  const char *cells = mh_results_row_value (row);
  const char *code = mh_record_text (row->analyte, MH_ANALYTE_CODE);
  if (g_strcmp0 (code, MH_RESULTS_DOUBT_CELLS) != 0 || cells == NULL)
    return NULL;
  MhResultsRow *haemoglobin = mh_results_plan_find (plan, MH_RESULTS_DOUBT_HAEMOGLOBIN, &several);
  if (haemoglobin != NULL && !several)
    (void)mh_consistency_rule_of_three (mh_results_row_value (haemoglobin), cells, &text);
  return text;
}

void
mh_results_doubt_show (MhResultsPlan *plan, const MhResultsRow *row, MhRecord *out)
{
  char *text = NULL;
  if (mh_results_doubt_is_checked (row))
    mh_record_set_text (out, MH_RESULT_ROW_CHECK_FORMULA,
                        mh_record_text (row->analyte, MH_ANALYTE_FORMULA));

  if (mh_results_row_is_verified (row))
    return;

  const char *doubt = mh_results_doubt (plan, row, &text);
  if (doubt == NULL)
    text = mh_results_doubt_hint (plan, row);
  mh_record_take_text (out, MH_RESULT_ROW_DOUBT, text);

  const char *const *held = mh_record_list (out, MH_RESULT_ROW_HELD);
  if (doubt != NULL && (held == NULL || !g_strv_contains (held, doubt)))
    mh_record_add_to_list (out, MH_RESULT_ROW_HELD, doubt);
}

gboolean
mh_results_doubt_is_answered (MhResultsPlan *plan, GPtrArray *rows, MhRecord *sent, GError **error)
{
  for (guint i = 0; !mh_record_has (sent, MH_VERIFICATION_COMMENT) && i < rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (rows, i);
      g_autofree char *text = NULL;
      const char *doubt = mh_results_doubt (plan, row, &text);
      gboolean group = g_strcmp0 (doubt, MH_HELD_GROUP) == 0;
      /* What the bench remarks does not confirm whose blood it is. */
      if (doubt == NULL || (!group && mh_record_has (row->after, MH_RESULT_COMMENT)))
        continue;
      const char *name = mh_record_text (row->analyte, MH_ANALYTE_NAME);
      if (group)
        mh_results_group_ask (plan, row, error);
      else if (g_str_equal (doubt, MH_HELD_BEYOND))
        mh_error_set_field (error, "comment", "required",
                            "The calculated value of %s is not possible (%s). Have it measured "
                            "again, or write in the comment what was checked.",
                            name, text);
      else
        mh_error_set_field (error, "comment", "required",
                            "%s does not agree with the other values (%s). Have it measured again, "
                            "or write in the comment what was checked.",
                            name, text);
      return FALSE;
    }

  return TRUE;
}
