/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-second.h"

#include "server/lab/results/mh-results-value.h"
#include "server/lab/results/mh-results-write.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"
#include "shared/rules/lab/mh-second.h"

gboolean
mh_results_second_is_wanted (const MhResultsRow *row)
{
  return !row->calculated
         && g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_RELEASE_RULE), MH_RELEASE_TWICE)
                == 0;
}

static const char *
mh_results_second_text (const MhResultsRow *row, guint field)
{
  return row->after != NULL && mh_record_has (row->after, field)
             ? mh_record_text (row->after, field)
             : NULL;
}

static MhSecond
mh_results_second_state (const MhResultsRow *row)
{
  MhSecondCase value = {
    .wanted = mh_results_second_is_wanted (row),
    .first = mh_results_row_value (row),
    .second = mh_results_second_text (row, MH_RESULT_SECOND_VALUE),
    .first_by = mh_results_second_text (row, MH_RESULT_ENTERED_BY),
    .second_by = mh_results_second_text (row, MH_RESULT_SECOND_BY),
  };
  return mh_second_state (&value);
}

gboolean
mh_results_second_keeps_back (const MhResultsRow *row)
{
  return !mh_results_row_is_verified (row) && mh_second_keeps_back (mh_results_second_state (row));
}

gboolean
mh_results_second_explain (const MhResultsRow *row, GError **error)
{
  const char *name = mh_record_text (row->analyte, MH_ANALYTE_NAME);
  const char *by = mh_results_second_text (row, MH_RESULT_ENTERED_NAME);
  if (!mh_results_second_keeps_back (row))
    return FALSE;

  if (mh_results_second_state (row) == MH_SECOND_DIFFERS)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "%s was determined twice, and the two differ: %s by %s, %s by %s. Nothing of it "
                  "is released before they agree: have it measured again.",
                  name, mh_results_row_value (row), by != NULL ? by : "the analyser",
                  mh_results_second_text (row, MH_RESULT_SECOND_VALUE),
                  mh_results_second_text (row, MH_RESULT_SECOND_NAME));
  else
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "%s has to be determined a second time, by another person than %s, before it is "
                  "released.",
                  name, by != NULL ? by : "who entered it");

  return TRUE;
}

void
mh_results_second_forget (MhRecord *result)
{
  static const guint gone[]
      = { MH_RESULT_SECOND_VALUE, MH_RESULT_SECOND_BY, MH_RESULT_SECOND_NAME, MH_RESULT_SECOND_AT };
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    if (mh_record_has (result, gone[i]))
      mh_record_set_null (result, gone[i]);
}

static gboolean
mh_results_second_may (const MhActor *actor,
                       const MhResultsRow *row,
                       const char *field,
                       MhIssues *issues)
{
  const char *name = mh_record_text (row->analyte, MH_ANALYTE_NAME);
  if (!mh_results_second_is_wanted (row))
    mh_issues_add (issues, field, "not_wanted", "%s is determined once.", name);
  else if (mh_results_row_value (row) == NULL)
    mh_issues_add (issues, field, "no_first", "Enter the first determination of %s first.", name);
  else if (mh_actor_user_id (actor) == NULL
           || g_strcmp0 (mh_record_text (row->after, MH_RESULT_ENTERED_BY),
                         mh_actor_user_id (actor))
                  == 0)
    mh_issues_add (issues, field, "same_person",
                   "You made the first determination of %s; another person has to make the second.",
                   name);
  else
    return TRUE;

  return FALSE;
}

void
mh_results_second_take (const MhResultsPlan *plan,
                        const MhActor *actor,
                        MhResultsRow *row,
                        MhRecord *entry,
                        const char *field,
                        MhIssues *issues)
{
  g_autofree char *value = NULL;
  const char *stands = mh_results_second_text (row, MH_RESULT_SECOND_VALUE);
  g_autofree char *text = NULL;

  if (mh_record_has (entry, MH_RESULT_ENTRY_VALUE))
    text = g_strstrip (mh_text_ascii_digits (mh_record_text (entry, MH_RESULT_ENTRY_VALUE)));
  if (text == NULL || text[0] == 0)
    {
      if (stands != NULL)
        mh_results_second_forget (mh_results_row_edit (row));
      return;
    }

  if (!mh_results_second_may (actor, row, field, issues)
      || !mh_results_value_read (plan, row, text, field, issues, &value)
      || g_strcmp0 (value, stands) == 0)
    return;

  MhRecord *result = mh_results_row_edit (row);
  mh_record_set_text (result, MH_RESULT_SECOND_VALUE, value);
  mh_record_set_text (result, MH_RESULT_SECOND_BY, mh_actor_user_id (actor));
  mh_record_set_text (result, MH_RESULT_SECOND_NAME, mh_actor_name (actor));
  mh_record_set_int (result, MH_RESULT_SECOND_AT, plan->now);
}

gboolean
mh_results_second_is_by (const MhResultsRow *row, const char *user_id)
{
  return user_id != NULL
         && g_strcmp0 (mh_results_second_text (row, MH_RESULT_SECOND_BY), user_id) == 0;
}

void
mh_results_second_show (const MhResultsRow *row, MhRecord *out)
{
  if (mh_results_second_is_wanted (row))
    mh_record_set_bool (out, MH_RESULT_ROW_SECOND_WANTED, TRUE);
  if (mh_results_second_text (row, MH_RESULT_SECOND_VALUE) == NULL)
    return;
  mh_record_set_text (out, MH_RESULT_ROW_SECOND_VALUE,
                      mh_record_text (row->after, MH_RESULT_SECOND_VALUE));
  mh_record_set_text (out, MH_RESULT_ROW_SECOND_BY,
                      mh_record_text (row->after, MH_RESULT_SECOND_BY));
  mh_record_set_text (out, MH_RESULT_ROW_SECOND_NAME,
                      mh_record_text (row->after, MH_RESULT_SECOND_NAME));
  mh_record_set_int (out, MH_RESULT_ROW_SECOND_AT, mh_record_int (row->after, MH_RESULT_SECOND_AT));
}
