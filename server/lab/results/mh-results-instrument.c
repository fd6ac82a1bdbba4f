/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-instrument.h"

#include "server/lab/qc/mh-qc-service.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"

static MhQcTyped
mh_results_instrument_typed (MhResultsPlan *plan, const MhResultsRow *row)
{
  return (MhQcTyped){
    .known = plan->known,
    .hospital_id = mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID),
    .bench = mh_record_text (row->item, MH_ORDER_ITEM_BENCH),
    .analyte = mh_record_text (row->analyte, MH_ANALYTE_CODE),
    .instrument = row->after != NULL ? mh_record_text (row->after, MH_RESULT_INSTRUMENT) : NULL,
    .measured = g_strcmp0 (mh_results_row_kind (row), MH_ANALYTE_KIND_NUMERIC) == 0,
    .may_be_by_hand = row->test != NULL && mh_record_bool (row->test, MH_TEST_BY_HAND),
  };
}

static gboolean
mh_results_instrument_is_chosen (const MhResultsRow *row)
{
  return !row->calculated && !mh_results_row_is_verified (row);
}

void
mh_results_instrument_prefetch (MhDb *db, MhResultsPlan *plan)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (MhQcTyped));
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      const MhQcTyped typed = mh_results_instrument_typed (plan, row);
      if (!mh_results_row_is_verified (row))
        g_array_append_val (all, typed);
    }
  mh_qc_instruments_prefetch (db, (const MhQcTyped *)(gpointer)all->data, all->len);
}

gboolean
mh_results_instrument_may_release (MhDb *db,
                                   MhResultsPlan *plan,
                                   const MhResultsRow *row,
                                   GError **error)
{
  const MhQcTyped typed = mh_results_instrument_typed (plan, row);
  return mh_results_row_value (row) == NULL
         || mh_qc_may_release_typed (db, &typed, plan->now, error);
}

char *
mh_results_instrument_take (MhDb *db,
                            MhResultsPlan *plan,
                            const MhResultsRow *row,
                            const char *instrument,
                            const char *field,
                            GError **error)
{
  const MhQcTyped typed = mh_results_instrument_typed (plan, row);
  if (g_strcmp0 (instrument, MH_INSTRUMENT_BY_HAND) == 0 && !typed.may_be_by_hand)
    {
      mh_error_set_field (error, field, "by_hand",
                          "%s is not done by hand here: choose the analyser that measured it.",
                          mh_record_text (row->analyte, MH_ANALYTE_NAME));
      return NULL;
    }

  if (instrument != NULL && instrument[0] != 0)
    return g_strdup (instrument);

  g_auto (GStrv) codes
      = row->calculated ? g_new0 (char *, 1) : mh_qc_instruments_for (db, &typed, error);

  /* Where it may be done by hand, even the only analyser need not have been it. */
  gboolean known = codes != NULL && g_strv_length (codes) == 1 && !typed.may_be_by_hand;
  return known ? g_strdup (codes[0]) : NULL;
}

gboolean
mh_results_instrument_show (MhDb *db,
                            MhResultsPlan *plan,
                            const MhResultsRow *row,
                            MhRecord *out,
                            GError **error)
{
  const MhQcTyped typed = mh_results_instrument_typed (plan, row);
  if (!mh_results_instrument_is_chosen (row))
    return TRUE;

  g_auto (GStrv) codes = mh_qc_instruments_for (db, &typed, error);
  if (codes == NULL)
    return FALSE;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      GError *failure = NULL;
      MhRecord *equipment = mh_qc_instrument_of (db, &typed, codes[i], &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      g_autofree char *name = equipment != NULL ? mh_record_display (equipment) : NULL;
      mh_record_add_to_list (out, MH_RESULT_ROW_INSTRUMENTS, codes[i]);
      mh_record_add_to_list (out, MH_RESULT_ROW_INSTRUMENT_NAMES, name != NULL ? name : codes[i]);
    }

  if (typed.may_be_by_hand && codes[0] != NULL)
    {
      mh_record_add_to_list (out, MH_RESULT_ROW_INSTRUMENTS, MH_INSTRUMENT_BY_HAND);
      mh_record_add_to_list (out, MH_RESULT_ROW_INSTRUMENT_NAMES, MH_INSTRUMENT_BY_HAND);
    }

  return TRUE;
}
