/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-group.h"

#include "server/lab/results/mh-results-second.h"
#include "server/lab/results/mh-results-store.h"
#include "shared/base/mh-day.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/lab/mh-group.h"

/* --- what is known --- */

static MhRecord *
mh_results_group_of_record (const MhResultsPlan *plan, const MhResultsRow *row)
{
  const char *stands = mh_record_text (plan->patient, MH_PATIENT_BLOOD_GROUP);
  const char *value = mh_group_on_record (mh_record_text (row->analyte, MH_ANALYTE_CODE), stands);
  if (value == NULL)
    return NULL;
  MhRecord *group = mh_record_new (&mh_result_type);
  mh_record_set_text (group, MH_RESULT_VALUE, value);
  mh_record_set_text (
      group, MH_RESULT_VALUE_TEXT,
      mh_field_code_label (&mh_patient_type.fields[MH_PATIENT_BLOOD_GROUP], stands));
  return group;
}

/* "B" and "Positive" of one order are "B positive" for both. */
static void
mh_results_group_join (MhResultsPlan *plan)
{
  MhRecord *abo = NULL, *rhd = NULL;
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      const char *code = mh_record_text (row->analyte, MH_ANALYTE_CODE);
      if (g_strcmp0 (code, MH_GROUP_ABO) == 0)
        abo = row->group;
      else if (g_strcmp0 (code, MH_GROUP_RHD) == 0)
        rhd = row->group;
    }

  if (abo == NULL || rhd == NULL
      || g_strcmp0 (mh_record_text (abo, MH_RESULT_ORDER_ID),
                    mh_record_text (rhd, MH_RESULT_ORDER_ID))
             != 0)
    return;

  g_autofree char *sign = g_utf8_strdown (mh_record_text (rhd, MH_RESULT_VALUE_TEXT), -1);
  g_autofree char *both
      = g_strdup_printf ("%s %s", mh_record_text (abo, MH_RESULT_VALUE_TEXT), sign);

  mh_record_set_text (abo, MH_RESULT_VALUE_TEXT, both);
  mh_record_set_text (rhd, MH_RESULT_VALUE_TEXT, both);
}

gboolean
mh_results_group_load (MhDb *db, MhResultsPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      GError *failure = NULL;
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (!mh_results_second_is_wanted (row))
        continue;
      row->group
          = mh_results_store_released (db, mh_record_id (plan->patient), mh_record_id (plan->order),
                                       mh_record_text (row->analyte, MH_ANALYTE_CODE), &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      row->group_on_record = mh_results_group_of_record (plan, row);
    }

  mh_results_group_join (plan);
  return TRUE;
}

/* --- what follows --- */

static gboolean
mh_results_group_is_other (const MhResultsRow *row, MhRecord *group)
{
  return group != NULL
         && mh_group_differs (mh_record_text (group, MH_RESULT_VALUE), mh_results_row_value (row));
}

MhRecord *
mh_results_group_before (const MhResultsRow *row)
{
  if (mh_results_group_is_other (row, row->group))
    return row->group;
  return mh_results_group_is_other (row, row->group_on_record) ? row->group_on_record : NULL;
}

char *
mh_results_group_words (const MhResultsPlan *plan, const MhResultsRow *row)
{
  MhRecord *before = mh_results_group_before (row);
  if (before == NULL)
    return NULL;
  const char *group = mh_record_text (before, MH_RESULT_VALUE_TEXT);
  if (!mh_record_has (before, MH_RESULT_MEASURED_AT))
    return g_strdup_printf ("On the patient's record: %s. Check the sample's identity.", group);
  MhDate on = mh_date_of_instant (mh_record_int (before, MH_RESULT_MEASURED_AT), plan->zone);
  MhDate today = mh_date_of_instant (plan->now, plan->zone);
  g_autofree char *day = mh_day_text_near (on, today, /* language */ NULL);
  return g_strdup_printf ("Earlier result: %s of %s. Check the sample's identity.", group, day);
}

void
mh_results_group_ask (const MhResultsPlan *plan, const MhResultsRow *row, GError **error)
{
  g_autofree char *words = mh_results_group_words (plan, row);
  mh_error_set_field (error, "comment", "required",
                      "%s is another one than before, which is mostly another patient's "
                      "blood. %s Write in the comment how it was confirmed.",
                      mh_record_text (row->analyte, MH_ANALYTE_NAME), words);
}

void
mh_results_group_show (const MhResultsRow *row, MhRecord *out)
{
  MhRecord *before = mh_results_row_is_verified (row) ? NULL : mh_results_group_before (row);
  if (before == NULL)
    return;
  mh_record_set_text (out, MH_RESULT_ROW_GROUP_BEFORE,
                      mh_record_text (before, MH_RESULT_VALUE_TEXT));
  if (mh_record_has (before, MH_RESULT_MEASURED_AT))
    mh_record_set_int (out, MH_RESULT_ROW_GROUP_BEFORE_AT,
                       mh_record_int (before, MH_RESULT_MEASURED_AT));
}
