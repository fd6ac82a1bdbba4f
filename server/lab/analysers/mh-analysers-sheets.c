/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-sheets.h"

#include "server/lab/analysers/mh-analysers-outcome.h"
#include "server/lab/analysers/mh-analysers-take.h"
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"

struct _MhAnalysersSheets
{
  MhTx *tx;
  MhServer *server;
  MhRecord *link;
  const MhActor *actor;
  GHashTable *orders; /* order id → GPtrArray of MhRecord, results to be saved */
  GPtrArray *order_ids;
};

static void
analysers_sheets_list_free (gpointer list)
{
  g_ptr_array_unref (list);
}

MhAnalysersSheets *
mh_analysers_sheets_new (const MhRequest *req, MhRecord *link)
{
  MhAnalysersSheets *sheets = g_new0 (MhAnalysersSheets, 1);
  sheets->tx = req->tx;
  sheets->server = req->server;
  sheets->link = link;
  sheets->actor = req->actor;
  sheets->orders
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, analysers_sheets_list_free);
  sheets->order_ids = g_ptr_array_new_with_free_func (g_free);
  return sheets;
}

void
mh_analysers_sheets_free (MhAnalysersSheets *sheets)
{
  g_hash_table_unref (sheets->orders);
  g_ptr_array_unref (sheets->order_ids);
  g_free (sheets);
}

void
mh_analysers_sheets_add (MhAnalysersSheets *sheets, MhRecord *result)
{
  const char *order_id = mh_record_text (result, MH_DEVICE_RESULT_ORDER_ID);
  GPtrArray *list = g_hash_table_lookup (sheets->orders, order_id);
  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (sheets->orders, g_strdup (order_id), list);
      g_ptr_array_add (sheets->order_ids, g_strdup (order_id));
    }
  g_ptr_array_add (list, result);
}

/* --- which row of an order's sheet each is for --- */

static gboolean
analysers_sheets_is (MhRecord *record, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (record, field), code) == 0;
}

/* The row of the sheet that @result is for: of its analyte, from its tube. *out_name is how the
 * sheet calls it ("GLU", or "GLU2H:GLU" where the order has several). */
static MhRecord *
analysers_sheets_row_of (GPtrArray *rows, MhRecord *result, char **out_name)
{
  MhRecord *found = NULL;
  guint same = 0;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (!analysers_sheets_is (row, MH_RESULT_ROW_CODE,
                                mh_record_text (result, MH_DEVICE_RESULT_ANALYTE)))
        continue;
      same++;
      if (analysers_sheets_is (row, MH_RESULT_ROW_SAMPLE_ID,
                               mh_record_text (result, MH_DEVICE_RESULT_SAMPLE_ID)))
        found = row;
    }

  if (found != NULL)
    *out_name = same > 1 ? g_strdup_printf ("%s:%s", mh_record_text (found, MH_RESULT_ROW_TEST),
                                            mh_record_text (found, MH_RESULT_ROW_CODE))
                         : g_strdup (mh_record_text (found, MH_RESULT_ROW_CODE));

  return found;
}

typedef struct
{
  MhRecord *result, *row;
  char *name;
} Fit;

static void
fit_free (gpointer data)
{
  Fit *fit = data;
  g_free (fit->name);
  g_free (fit);
}

/* Those of @list that the order asks for; the rest is left. A second value of one row in the same
 * message counts: it is the newer one. */
static GPtrArray *
fit_rows (GPtrArray *list, GPtrArray *rows)
{
  GPtrArray *fits = g_ptr_array_new_with_free_func (fit_free);
  for (guint i = 0; i < list->len; i++)
    {
      MhRecord *result = g_ptr_array_index (list, i);
      g_autofree char *name = NULL;
      MhRecord *row = analysers_sheets_row_of (rows, result, &name);
      if (row == NULL)
        {
          mh_analysers_leave (result, MH_UNMATCHED_NOT_ORDERED,
                              "The order does not ask for it from this tube.");
          continue;
        }
      if (mh_record_has (row, MH_RESULT_ROW_FORMULA))
        {
          mh_analysers_ignore (result, "It is calculated here.");
          continue;
        }
      for (guint j = 0; j < fits->len; j++)
        {
          Fit *before = g_ptr_array_index (fits, j);
          if (before->row == row)
            {
              mh_analysers_ignore (before->result, "The same message has a later value.");
              g_ptr_array_remove_index (fits, j);
              break;
            }
        }
      Fit *fit = g_new0 (Fit, 1);
      fit->result = result;
      fit->row = row;
      fit->name = g_steal_pointer (&name);
      g_ptr_array_add (fits, fit);
    }

  return fits;
}

static gboolean
fits_have (GPtrArray *fits, MhRecord *row)
{
  for (guint i = 0; i < fits->len; i++)
    if (((Fit *)g_ptr_array_index (fits, i))->row == row)
      return TRUE;
  return FALSE;
}

/* With @fits, has every row of the tubes that are here its value, and none that a person is still
 * writing? Then the tests are handed over; what cannot be told here the service says. */
static gboolean
analysers_sheets_is_complete (MhAnalysersSheets *sheets, GPtrArray *fits, GPtrArray *rows)
{
  if (mh_record_bool (sheets->link, MH_LINK_KEEPS_DRAFTS))
    return FALSE;

  for (guint i = 0; i < fits->len; i++)
    if (analysers_sheets_is (((Fit *)g_ptr_array_index (fits, i))->result,
                             MH_DEVICE_RESULT_FINALITY, "P"))
      return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (!analysers_sheets_is (row, MH_RESULT_ROW_SAMPLE_STATUS, MH_SAMPLE_STATUS_RECEIVED)
          || mh_record_has (row, MH_RESULT_ROW_FORMULA) || fits_have (fits, row))
        continue;
      gboolean has = mh_record_has (row, MH_RESULT_ROW_VALUE);
      if (!has && !analysers_sheets_is (row, MH_RESULT_ROW_KIND, MH_ANALYTE_KIND_TEXT))
        return FALSE;
      if (has && mh_record_has (row, MH_RESULT_ROW_ENTERED_BY)
          && analysers_sheets_is (row, MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_DRAFT))
        return FALSE;
    }

  return TRUE;
}

/* --- saving --- */

static MhRecord *
analysers_sheets_entry_of (MhAnalysersSheets *sheets, MhRecord *result, const char *name)
{
  MhRecord *entry = mh_record_new (&mh_result_entry_type);
  const char *flags = mh_record_text (result, MH_DEVICE_RESULT_FLAGS);
  mh_record_set_text (entry, MH_RESULT_ENTRY_ANALYTE, name);
  mh_record_set_text (entry, MH_RESULT_ENTRY_VALUE,
                      mh_record_text (result, MH_DEVICE_RESULT_TAKEN));
  mh_record_set_text (entry, MH_RESULT_ENTRY_INSTRUMENT, mh_analysers_equipment (sheets->link));

  if (flags != NULL)
    {
      g_auto (GStrv) list = g_strsplit_set (flags, " \n", 20);
      mh_record_set_list (entry, MH_RESULT_ENTRY_DEVICE_FLAGS, (const char *const *)list);
    }

  mh_record_set_int (entry, MH_RESULT_ENTRY_ANALYSED_AT,
                     mh_record_has (result, MH_DEVICE_RESULT_MEASURED_AT)
                         ? mh_record_int (result, MH_DEVICE_RESULT_MEASURED_AT)
                         : mh_tx_now (sheets->tx));

  return entry;
}

static gboolean
analysers_sheets_save (MhAnalysersSheets *sheets,
                       const char *order_id,
                       GPtrArray *fits,
                       gboolean final,
                       GError **error)
{
  g_autoptr (MhRecord) put = mh_record_new (&mh_results_put_type);
  for (guint i = 0; i < fits->len; i++)
    {
      Fit *fit = g_ptr_array_index (fits, i);
      g_autoptr (MhRecord) entry = analysers_sheets_entry_of (sheets, fit->result, fit->name);
      mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
    }
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, final);
  g_autoptr (MhRecord) sheet = mh_results_service_save (
      MH_REQUEST_TX (sheets->tx, sheets->server, sheets->actor), order_id, put, error);
  return sheet != NULL;
}

static void
mark_applied (GPtrArray *fits)
{
  for (guint i = 0; i < fits->len; i++)
    mh_record_set_text (((Fit *)g_ptr_array_index (fits, i))->result, MH_DEVICE_RESULT_STATUS,
                        MH_DEVICE_RESULT_APPLIED);
}

static void
leave_for_error (MhRecord *result, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  const MhIssue *issue
      = issues != NULL && mh_issues_count (issues) > 0 ? mh_issues_nth (issues, 0) : NULL;
  gboolean is_value = issue != NULL && g_str_has_suffix (issue->field, ".value");
  mh_analysers_leave (result,
                      is_value ? MH_UNMATCHED_VALUE
                      : issue != NULL && g_str_has_suffix (issue->field, "yte")
                          ? MH_UNMATCHED_NOT_ORDERED
                          : MH_UNMATCHED_STATE,
                      issue != NULL ? issue->message : error->message);
}

/* One by one, when they cannot be saved together. */
static gboolean
save_each (MhAnalysersSheets *sheets, const char *order_id, GPtrArray *fits, GError **error)
{
  for (guint i = 0; i < fits->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_ptr_array_add (one, g_ptr_array_index (fits, i));

      if (analysers_sheets_save (sheets, order_id, one, FALSE, &failure))
        mark_applied (one);
      else if (mh_analysers_is_about_values (failure))
        leave_for_error (((Fit *)g_ptr_array_index (fits, i))->result, failure);
      else
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
analysers_sheets_save_order (MhAnalysersSheets *sheets,
                             const char *order_id,
                             GPtrArray *list,
                             GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MhRecord) sheet = mh_results_service_sheet (
      MH_REQUEST_DB (mh_tx_db (sheets->tx), sheets->server, sheets->actor), order_id,
      mh_tx_now (sheets->tx), error);

  if (sheet == NULL)
    return FALSE;

  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  g_autoptr (GPtrArray) fits = fit_rows (list, rows);
  if (fits->len == 0)
    return TRUE;

  gboolean complete = analysers_sheets_is_complete (sheets, fits, rows);
  if (analysers_sheets_save (sheets, order_id, fits, complete, &failure)
      || (complete && mh_analysers_is_about_values (failure)
          && (g_clear_error (&failure),
              analysers_sheets_save (sheets, order_id, fits, FALSE, &failure))))
    {
      mark_applied (fits);
      return TRUE;
    }

  if (mh_analysers_is_about_values (failure))
    return save_each (sheets, order_id, fits, error);

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
mh_analysers_sheets_save (MhAnalysersSheets *sheets, GError **error)
{
  for (guint i = 0; i < sheets->order_ids->len; i++)
    {
      const char *order_id = g_ptr_array_index (sheets->order_ids, i);
      if (!analysers_sheets_save_order (sheets, order_id,
                                        g_hash_table_lookup (sheets->orders, order_id), error))
        return FALSE;
    }
  return TRUE;
}
