/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-sheet-report.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/reports/lab/mh-report-lab.h"

static void
sheet_report_copy_records (MhRecord *result, guint to, GPtrArray *records)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    mh_record_append (result, to, g_ptr_array_index (records, i));
}

/* The sheet calls fields as the result does: a row is a result that has no record of its own. */
static void
sheet_report_copy_field (MhRecord *row, guint from, MhRecord *result, guint to)
{
  MhKind kind = mh_result_type.fields[to].kind;
  if (kind == MH_KIND_INT || kind == MH_KIND_INSTANT)
    mh_record_set_int (result, to, mh_record_int (row, from));
  else if (kind == MH_KIND_BOOL)
    mh_record_set_bool (result, to, mh_record_bool (row, from));
  else if (kind == MH_KIND_LIST)
    mh_record_set_list (result, to, mh_record_list (row, from));
  else if (kind == MH_KIND_RECORDS)
    sheet_report_copy_records (result, to, mh_record_records (row, from));
  else
    mh_record_set_text (result, to, mh_record_text (row, from));
}

static MhRecord *
result_of_row (MhRecord *row)
{
  MhRecord *result = mh_record_new (&mh_result_type);
  for (guint from = 0; from < mh_result_row_type.n_fields; from++)
    for (guint to = MH_N_COMMON; to < mh_result_type.n_fields; to++)
      if (mh_record_has (row, from)
          && g_strcmp0 (mh_result_row_type.fields[from].name, mh_result_type.fields[to].name) == 0)
        sheet_report_copy_field (row, from, result, to);
  mh_record_set_text (result, MH_RESULT_ANALYTE, mh_record_text (row, MH_RESULT_ROW_CODE));
  return result;
}

/* The panel itself or the single test that the row belongs to. */
static const char *
sheet_report_item_of_row (MhRecord *order, MhRecord *row)
{
  static const guint by[] = { MH_ORDER_ITEM_PANEL, MH_ORDER_ITEM_TEST };
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  const char *test = mh_record_text (row, MH_RESULT_ROW_TEST);
  for (guint k = 0; k < G_N_ELEMENTS (by); k++)
    for (guint i = 0; items != NULL && i < items->len; i++)
      if (test != NULL
          && g_strcmp0 (mh_record_text (g_ptr_array_index (items, i), by[k]), test) == 0)
        return mh_record_id (g_ptr_array_index (items, i));
  return NULL;
}

GPtrArray *
mh_sheet_results (MhRecord *sheet, MhRecord *order)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (!mh_record_has (row, MH_RESULT_ROW_VALUE))
        continue;
      MhRecord *result = result_of_row (row);
      const char *item = sheet_report_item_of_row (order, row);
      if (item != NULL)
        mh_record_set_text (result, MH_RESULT_ORDER_ITEM_ID, item);
      mh_record_set_int (result, MH_RESULT_SORT_ORDER, i);
      g_ptr_array_add (results, result);
    }

  return results;
}

MhDocument *
mh_sheet_report (MhRecord *sheet,
                 MhRecord *order,
                 MhRecord *patient,
                 MhRecord *hospital,
                 const char *language)
{
  g_autoptr (GPtrArray) results = mh_sheet_results (sheet, order);
  MhLabReport report
      = { .hospital = hospital, .patient = patient, .order = order, .results = results };
  return mh_report_lab (&report, language, 0);
}
