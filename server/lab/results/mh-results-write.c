/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-write.h"

#include "server/lab/results/mh-results-delta.h"
#include "server/lab/results/mh-results-second.h"
#include "server/lab/results/mh-results-value.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/rules/lab/mh-consistency.h"
#include "shared/rules/lab/mh-formula.h"
#include "shared/rules/lab/mh-measured.h"

static MhRecord *
results_write_begin_result (MhResultsPlan *plan, MhResultsRow *row)
{
  MhRecord *order = plan->order;
  MhRecord *result = mh_record_new (&mh_result_type);
  const char *test = row->panel != NULL ? mh_record_text (row->panel, MH_PANEL_CODE)
                                        : mh_record_text (row->item, MH_ORDER_ITEM_TEST);

  mh_record_set_text (result, MH_RESULT_HOSPITAL_ID, mh_record_text (order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (result, MH_RESULT_ORDER_ID, mh_record_id (order));
  mh_record_set_text (result, MH_RESULT_ORDER_ITEM_ID, mh_record_id (row->item));
  mh_record_set_text (result, MH_RESULT_PATIENT_ID, mh_record_text (order, MH_ORDER_PATIENT_ID));
  mh_record_set_text (result, MH_RESULT_TEST, test);
  mh_record_set_text (result, MH_RESULT_ANALYTE, mh_record_text (row->analyte, MH_ANALYTE_CODE));
  mh_record_set_text (result, MH_RESULT_KIND, mh_results_row_kind (row));
  mh_record_set_text (result, MH_RESULT_STATUS, MH_RESULT_STATUS_DRAFT);
  mh_record_set_int (result, MH_RESULT_RUN, 1);
  return result;
}

/* Name, unit and place are those of the day the value was entered, as the range is. */
static void
results_write_stamp (MhResultsPlan *plan, MhResultsRow *row)
{
  MhRecord *result = mh_results_row_edit (row);
  gint64 collected = row->sample != NULL ? mh_record_int (row->sample, MH_SAMPLE_COLLECTED_AT) : 0;
  mh_record_set_text (result, MH_RESULT_SAMPLE_ID,
                      row->sample != NULL ? mh_record_id (row->sample) : NULL);
  mh_record_set_text (result, MH_RESULT_NAME, mh_record_text (row->analyte, MH_ANALYTE_NAME));
  mh_record_set_text (result, MH_RESULT_UNIT, mh_record_text (row->analyte, MH_ANALYTE_UNIT));
  mh_record_set_text (result, MH_RESULT_METHOD,
                      row->test != NULL ? mh_record_text (row->test, MH_TEST_METHOD) : NULL);
  mh_record_set_int (result, MH_RESULT_SORT_ORDER, row->position);
  mh_record_set_int (result, MH_RESULT_MEASURED_AT, collected != 0 ? collected : plan->now);
}

MhRecord *
mh_results_write_begin (MhResultsPlan *plan, MhResultsRow *row)
{
  if (row->after == NULL)
    {
      row->after = results_write_begin_result (plan, row);
      results_write_stamp (plan, row);
      mh_results_value_judge (plan, row);
    }
  return mh_results_row_edit (row);
}

void
mh_results_write_value (MhResultsPlan *plan,
                        const MhActor *actor,
                        MhResultsRow *row,
                        const char *value)
{
  if (row->after == NULL && value == NULL)
    return;

  if (row->after == NULL)
    row->after = results_write_begin_result (plan, row);
  mh_results_row_edit (row);

  if (g_strcmp0 (mh_results_row_value (row), value) != 0)
    {
      mh_results_second_forget (row->after);
      mh_record_set_text (row->after, MH_RESULT_VALUE, value);
      mh_record_set_text (row->after, MH_RESULT_ENTERED_BY,
                          value != NULL ? mh_actor_user_id (actor) : NULL);
      mh_record_set_text (row->after, MH_RESULT_ENTERED_NAME,
                          value != NULL ? mh_actor_name (actor) : NULL);
      if (value != NULL)
        mh_record_set_int (row->after, MH_RESULT_ENTERED_AT, plan->now);
      else
        mh_record_set_null (row->after, MH_RESULT_ENTERED_AT);
    }

  results_write_stamp (plan, row);
  mh_results_value_judge (plan, row);
  mh_results_delta_judge (plan, row);
}

void
mh_results_write_forget (MhResultsRow *row)
{
  static const guint gone[]
      = { MH_RESULT_VALUE,      MH_RESULT_VALUE_TEXT,  MH_RESULT_FLAG,
          MH_RESULT_COMMENT,    MH_RESULT_ENTERED_BY,  MH_RESULT_ENTERED_NAME,
          MH_RESULT_ENTERED_AT, MH_RESULT_INSTRUMENT,  MH_RESULT_MEASURED_VALUE,
          MH_RESULT_DILUTION,   MH_RESULT_ANALYSED_AT, MH_RESULT_DEVICE_FLAGS,
          MH_RESULT_DELTA };
  MhRecord *after = mh_results_row_edit (row);

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    mh_record_set_null (after, gone[i]);
  mh_results_second_forget (after);

  if (mh_record_has (after, MH_RESULT_PARTS_HASH))
    {
      mh_record_set_null (after, MH_RESULT_PARTS_HASH);
      mh_record_unset (after, MH_RESULT_ISOLATES);
      row->regrown = TRUE;
    }

  mh_record_set_bool (after, MH_RESULT_CRITICAL, FALSE);
  mh_record_set_text (after, MH_RESULT_STATUS, MH_RESULT_STATUS_DRAFT);
}

/* --- what follows from it --- */

typedef struct
{
  MhResultsPlan *plan;
  const MhResultsRow *row;
} Operands;

static gboolean
span_of (const MhResultsRow *row, MhSpan *out_span)
{
  MhMeasured measured;
  if (!mh_measured_read (mh_results_row_value (row), &measured))
    return FALSE;
  const char *least = mh_record_text (row->analyte, MH_ANALYTE_PLAUSIBLE_LOW);
  *out_span = mh_measured_span (&measured, mh_measured_never_negative (least));
  return TRUE;
}

/* The same analyte may have been measured from several tubes: the own test's counts, then the own
 * tube's, then any. */
static gboolean
operand (const char *name, MhSpan *out_span, gpointer data)
{
  Operands *operands = data;
  MhResultsPlan *plan = operands->plan;
  const MhResultsRow *best = NULL;
  int best_rank = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      MhSpan ignored;
      if (g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_CODE), name) != 0
          || !span_of (row, &ignored))
        continue;
      int rank = row->item == operands->row->item       ? 3
                 : row->sample == operands->row->sample ? 2
                                                        : 1;
      if (rank > best_rank)
        {
          best = row;
          best_rank = rank;
        }
    }

  if (best != NULL)
    return span_of (best, out_span);

  double known;
  if (!mh_subject_lookup (&operands->row->subject, name, &known))
    return FALSE;

  *out_span = mh_span_point (known);
  return TRUE;
}

/* What is worked out from one of @names. */
static gboolean
depends (const MhResultsRow *row, GHashTable *names)
{
  g_auto (GStrv) operands = mh_formula_names (mh_record_text (row->analyte, MH_ANALYTE_FORMULA));
  for (guint i = 0; operands != NULL && operands[i] != NULL; i++)
    if (g_hash_table_contains (names, operands[i]))
      return TRUE;
  return FALSE;
}

static gboolean
recalculate (MhResultsPlan *plan, const MhActor *actor, MhResultsRow *row)
{
  g_autofree char *text = NULL;
  Operands operands = { plan, row };
  MhFormulaTask task = mh_formula_task (row->analyte);
  (void)mh_formula_work_out (&task, operand, &operands, &text);
  if (g_strcmp0 (text, mh_results_row_value (row)) == 0)
    return FALSE;
  mh_results_write_value (plan, actor, row, text);
  return TRUE;
}

gboolean
mh_results_write_fits (MhResultsPlan *plan, const MhResultsRow *row, char **out_text)
{
  Operands operands = { plan, row };
  MhFormulaTask task = mh_formula_task (row->analyte);
  return mh_consistency_fits (mh_results_row_value (row), &task, operand, &operands, out_text);
}

/* Some formulas build on others (the ratio of two calculated counts), so what changed in one round
 * is looked for in the next; never more rounds than there are rows. */
void
mh_results_write_calculate (MhResultsPlan *plan, const MhActor *actor, GHashTable *changed)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer touched;

  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &touched, NULL))
    g_hash_table_add (
        names, (gpointer)mh_record_text (((MhResultsRow *)touched)->analyte, MH_ANALYTE_CODE));

  for (guint round = 0; g_hash_table_size (names) > 0 && round < plan->rows->len; round++)
    {
      g_autoptr (GHashTable) next = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < plan->rows->len; i++)
        {
          MhResultsRow *row = g_ptr_array_index (plan->rows, i);
          if (row->calculated && !mh_results_row_is_verified (row)
              && mh_results_row_is_received (row) && depends (row, names)
              && recalculate (plan, actor, row))
            g_hash_table_add (next, (gpointer)mh_record_text (row->analyte, MH_ANALYTE_CODE));
        }
      g_hash_table_unref (names);
      names = g_steal_pointer (&next);
    }
}
