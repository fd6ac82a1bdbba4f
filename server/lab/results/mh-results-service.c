/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-service.h"

#include "server/lab/results/mh-results-auto.h"
#include "server/lab/results/mh-results-history.h"
#include "server/lab/results/mh-results-hold.h"
#include "server/lab/results/mh-results-instrument.h"
#include "server/lab/results/mh-results-isolates.h"
#include "server/lab/results/mh-results-items.h"
#include "server/lab/results/mh-results-second.h"
#include "server/lab/results/mh-results-store.h"
#include "server/lab/results/mh-results-value.h"
#include "server/lab/results/mh-results-write.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-dilution.h"

#include <string.h>

/* Why quality control keeps back what waits to be verified, and what each value may have been
 * measured on. The sheet's rows stand in the order of the plan's. */
static gboolean
put_control (MhDb *db, MhResultsPlan *plan, MhRecord *sheet, GError **error)
{
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  mh_results_instrument_prefetch (db, plan);
  for (guint i = 0; rows != NULL && i < rows->len && rows->len == plan->rows->len; i++)
    {
      g_autoptr (GError) locked = NULL;
      MhRecord *out = g_ptr_array_index (rows, i);
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (!mh_results_instrument_show (db, plan, row, out, error))
        return FALSE;
      if (g_strcmp0 (mh_record_text (out, MH_RESULT_ROW_STATUS), MH_RESULT_STATUS_ENTERED) != 0
          || mh_results_instrument_may_release (db, plan, row, &locked))
        continue;
      const MhIssues *issues = mh_error_get_issues (locked);
      mh_record_set_text (out, MH_RESULT_ROW_QC,
                          issues != NULL && mh_issues_count (issues) > 0
                              ? mh_issues_nth (issues, 0)->message
                              : locked->message);
    }

  return TRUE;
}

MhRecord *
mh_results_service_sheet (const MhRequest *req, const char *order_id, gint64 now, GError **error)
{
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, now, error);
  g_autoptr (MhRecord) sheet = plan != NULL && mh_access_check_order (req, plan->order, error)
                                   ? mh_results_plan_sheet (plan, req->actor, /* test */ NULL)
                                   : NULL;
  return sheet != NULL && put_control (req->db, plan, sheet, error) ? g_steal_pointer (&sheet)
                                                                    : NULL;
}

GPtrArray *
mh_results_service_worklists (const MhRequest *req, GError **error)
{
  return mh_results_store_worklists (req->db, mh_actor_hospital_id (req->actor), error);
}

GPtrArray *
mh_results_service_worklist (const MhRequest *req,
                             const char *test,
                             guint limit,
                             gint64 now,
                             GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) orders
      = mh_results_store_worklist (req->db, mh_actor_hospital_id (req->actor), test, limit, error);
  if (orders == NULL)
    return NULL;

  for (guint i = 0; i < orders->len; i++)
    {
      g_autoptr (MhResultsPlan) plan
          = mh_results_plan_load (req, g_ptr_array_index (orders, i), now, error);
      if (plan == NULL)
        return NULL;
      g_ptr_array_add (sheets, mh_results_plan_sheet (plan, req->actor, test));
    }

  return g_steal_pointer (&sheets);
}

GPtrArray *
mh_results_service_history (const MhRequest *req, const char *order_id, GError **error)
{
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  return order != NULL && mh_access_check_order (req, order, error)
             ? mh_results_history_of_order (req->db, order_id, error)
             : NULL;
}

/* --- what was sent --- */

typedef struct
{
  const MhRequest *req;
  MhResultsPlan *plan;
  GHashTable *touched; /* rows named in the request */
  GHashTable *seconds; /* those whose second determination is */
  GHashTable *changed; /* those whose value is another now */
  MhIssues *issues;
} Save;

static gboolean
is_second (MhRecord *entry)
{
  return mh_record_int (entry, MH_RESULT_ENTRY_DETERMINATION) == 2;
}

static MhResultsRow *
results_service_find_row (Save *save, MhRecord *entry, guint index)
{
  gboolean several;
  const char *code = mh_record_text (entry, MH_RESULT_ENTRY_ANALYTE);
  g_autofree char *field = g_strdup_printf ("results[%u].analyte", index);
  MhResultsRow *row = code != NULL ? mh_results_plan_find (save->plan, code, &several) : NULL;

  if (row == NULL)
    mh_issues_add (save->issues, field, "unknown_code", "“%s” is not part of this order.",
                   code != NULL ? code : "");
  else if (several)
    mh_issues_add (save->issues, field, "ambiguous",
                   "Several tubes are looked at for %s; write TEST:%s.", code, code);
  else if (!g_hash_table_add (is_second (entry) ? save->seconds : save->touched, row))
    mh_issues_add (save->issues, field, "duplicate", "%s stands here twice.", code);
  else
    return row;

  return NULL;
}

static gboolean
results_service_check_state (const MhResultsRow *row, GError **error)
{
  const char *name = mh_record_text (row->analyte, MH_ANALYTE_NAME);
  if (mh_results_row_is_verified (row))
    mh_error_set (error, MH_ERROR_CONFLICT, "%s is verified already.", name);
  else if (!mh_results_row_is_received (row))
    mh_error_set (error, MH_ERROR_CONFLICT, "%s: the tube is not received in the laboratory.",
                  name);
  else
    return TRUE;
  return FALSE;
}

static void
set_note (Save *save, MhResultsRow *row, MhRecord *entry, guint from, guint to)
{
  if (!mh_record_is_set (entry, from) || (row->after == NULL && !mh_record_has (entry, from)))
    return;
  mh_record_set_text (mh_results_write_begin (save->plan, row), to,
                      mh_record_has (entry, from) ? mh_record_text (entry, from) : NULL);
}

/* What the analyser told beside the value. */
static void
set_device (Save *save, MhResultsRow *row, MhRecord *entry)
{
  if (mh_record_has (entry, MH_RESULT_ENTRY_DEVICE_FLAGS))
    mh_record_set_list (mh_results_write_begin (save->plan, row), MH_RESULT_DEVICE_FLAGS,
                        mh_record_list (entry, MH_RESULT_ENTRY_DEVICE_FLAGS));
  if (mh_record_has (entry, MH_RESULT_ENTRY_ANALYSED_AT))
    mh_record_set_int (mh_results_write_begin (save->plan, row), MH_RESULT_ANALYSED_AT,
                       mh_record_int (entry, MH_RESULT_ENTRY_ANALYSED_AT));
}

/* *text becomes what the undiluted sample holds. */
static gboolean
dilute (Save *save, MhResultsRow *row, const char *factor, const char *field, char **text)
{
  char *whole = mh_dilution_apply (*text, factor);
  if (whole == NULL || g_strcmp0 (mh_results_row_kind (row), MH_ANALYTE_KIND_NUMERIC) != 0)
    {
      mh_issues_add (save->issues, field, "dilution",
                     "%s: a dilution needs a number and a factor above 0, such as 45 and 10.",
                     mh_record_text (row->analyte, MH_ANALYTE_NAME));
      g_free (whole);
      return FALSE;
    }

  g_free (*text);
  *text = whole;
  return TRUE;
}

/* The value as it was sent; *out_measured and *out_factor when it was diluted. */
static char *
results_service_read_text (MhRecord *entry, char **out_measured, char **out_factor)
{
  if (!mh_record_has (entry, MH_RESULT_ENTRY_VALUE))
    return NULL;

  g_autofree char *text
      = g_strstrip (mh_text_ascii_digits (mh_record_text (entry, MH_RESULT_ENTRY_VALUE)));
  if (mh_record_has (entry, MH_RESULT_ENTRY_DILUTION))
    {
      *out_measured = g_strdup (text);
      *out_factor = g_strdup (mh_record_text (entry, MH_RESULT_ENTRY_DILUTION));
    }
  else if (mh_dilution_split (text, out_measured, out_factor))
    return g_strdup (*out_measured);

  return g_strstrip (
      g_strdup (*out_factor != NULL ? text : mh_record_text (entry, MH_RESULT_ENTRY_VALUE)));
}

static void
take_value (Save *save, MhResultsRow *row, MhRecord *entry, const char *field)
{
  g_autofree char *measured = NULL;
  g_autofree char *factor = NULL;
  g_autofree char *text = results_service_read_text (entry, &measured, &factor);
  g_autofree char *before = g_strdup (mh_results_row_value (row));
  g_autofree char *value = NULL;
  gboolean is_number = g_strcmp0 (mh_results_row_kind (row), MH_ANALYTE_KIND_NUMERIC) == 0;

  if (!is_number && !mh_record_has (entry, MH_RESULT_ENTRY_DILUTION) && factor != NULL)
    {
      /* "5x10" in words is words. */
      g_clear_pointer (&measured, g_free);
      g_clear_pointer (&factor, g_free);
      g_free (text);
      text = g_strstrip (g_strdup (mh_record_text (entry, MH_RESULT_ENTRY_VALUE)));
    }

  if (factor != NULL && !dilute (save, row, factor, field, &text))
    return;
  if (text != NULL && text[0] != 0
      && !mh_results_value_read (save->plan, row, text, field, save->issues, &value))
    return;

  /* The limits of what can be measured depend on the dilution, so it is set before the judgement
   * too. */
  if (row->after != NULL || value != NULL)
    {
      mh_results_write_begin (save->plan, row);
      g_autofree char *stands = g_strdup (mh_results_row_value (row));
      if (factor != NULL || g_strcmp0 (stands, value) != 0)
        {
          mh_record_set_text (row->after, MH_RESULT_MEASURED_VALUE, measured);
          mh_record_set_text (row->after, MH_RESULT_DILUTION, factor);
        }
      mh_results_isolates_follow (save->plan, row, value);
      mh_results_write_value (save->plan, save->req->actor, row, value);
    }

  if (g_strcmp0 (before, value) != 0)
    g_hash_table_add (save->changed, row);
}

/* What it was measured on: as sent, as it stands, or the only analyser that it can have been. What
 * an analyser sent before and a person types over is the person's. */
static gboolean
take_instrument (Save *save, MhResultsRow *row, MhRecord *entry, guint index, GError **error)
{
  GError *failure = NULL;
  g_autofree char *field = g_strdup_printf ("results[%u].instrument", index);
  const char *sent = mh_record_has (entry, MH_RESULT_ENTRY_INSTRUMENT)
                         ? mh_record_text (entry, MH_RESULT_ENTRY_INSTRUMENT)
                         : NULL;

  if (row->after == NULL || row->calculated
      || (sent == NULL && mh_record_has (row->after, MH_RESULT_INSTRUMENT)
          && !mh_record_is_set (entry, MH_RESULT_ENTRY_INSTRUMENT)))
    return TRUE;

  g_autofree char *instrument
      = mh_results_instrument_take (save->req->db, save->plan, row, sent, field, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (g_strcmp0 (instrument, mh_record_text (row->after, MH_RESULT_INSTRUMENT)) != 0)
    mh_record_set_text (mh_results_row_edit (row), MH_RESULT_INSTRUMENT, instrument);
  return TRUE;
}

/* All isolates of a culture; FALSE: none were sent. */
static gboolean
take_isolates (Save *save, MhResultsRow *row, MhRecord *entry, guint index)
{
  g_autofree char *field = g_strdup_printf ("results[%u].isolates", index);
  g_autofree char *before = g_strdup (mh_results_row_value (row));
  g_autofree char *value = NULL;
  GPtrArray *isolates = mh_record_records (entry, MH_RESULT_ENTRY_ISOLATES);

  if (!mh_record_is_set (entry, MH_RESULT_ENTRY_ISOLATES)
      || ((isolates == NULL || isolates->len == 0) && mh_record_has (entry, MH_RESULT_ENTRY_VALUE)))
    return FALSE;
  if (!mh_results_isolates_take (save->plan, row, isolates, field, save->issues, &value))
    return TRUE;

  mh_results_write_value (save->plan, save->req->actor, row, value);
  if (g_strcmp0 (before, value) != 0 || row->regrown)
    g_hash_table_add (save->changed, row);
  return TRUE;
}

static void
results_service_take_entry (Save *save, MhResultsRow *row, MhRecord *entry, guint index)
{
  g_autofree char *field = g_strdup_printf ("results[%u].value", index);
  if (take_isolates (save, row, entry, index))
    ;
  else if (mh_record_is_set (entry, MH_RESULT_ENTRY_VALUE) && !row->calculated)
    take_value (save, row, entry, field);
  else if (mh_record_has (entry, MH_RESULT_ENTRY_VALUE))
    {
      g_autofree char *ignored = NULL;
      mh_results_value_read (save->plan, row, mh_record_text (entry, MH_RESULT_ENTRY_VALUE), field,
                             save->issues, &ignored);
    }

  set_note (save, row, entry, MH_RESULT_ENTRY_COMMENT, MH_RESULT_COMMENT);
  set_device (save, row, entry);
}

static gboolean
take_entries (Save *save, GPtrArray *entries, GError **error)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (entries, i);
      MhResultsRow *row = results_service_find_row (save, entry, i);
      if (row == NULL)
        continue;
      if (!results_service_check_state (row, error))
        return FALSE;
      if (is_second (entry))
        {
          g_autofree char *field = g_strdup_printf ("results[%u].value", i);
          mh_results_second_take (save->plan, save->req->actor, row, entry, field, save->issues);
          continue;
        }
      results_service_take_entry (save, row, entry, i);
      if (!take_instrument (save, row, entry, i, error))
        return FALSE;
    }

  return mh_issues_raise (save->issues, error);
}

/* --- complete or not --- */

/* An analyte that cannot be measured is answered by its comment; words may be left out, and so may
 * what the others do not allow to work out. */
static gboolean
results_service_is_answered (const MhResultsRow *row)
{
  static const char *const wanted[]
      = { MH_ANALYTE_KIND_NUMERIC, MH_ANALYTE_KIND_CODED, MH_ANALYTE_KIND_TITER, NULL };
  const char *kind = mh_record_text (row->analyte, MH_ANALYTE_KIND);
  return mh_results_row_value (row) != NULL || !g_strv_contains (wanted, kind)
         || (row->after != NULL && mh_record_has (row->after, MH_RESULT_COMMENT));
}

static gboolean
check_complete (Save *save, GError **error)
{
  GPtrArray *rows = save->plan->rows;
  gboolean any = FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (rows, i);
      if (!mh_results_row_is_received (row) || mh_results_row_is_verified (row))
        continue;
      any = any || row->after != NULL;
      if (!results_service_is_answered (row))
        mh_issues_add (save->issues, mh_record_text (row->analyte, MH_ANALYTE_CODE), "missing",
                       "%s has no value; enter it, or say in a comment why there is none.",
                       mh_record_text (row->analyte, MH_ANALYTE_NAME));
    }

  if (!mh_issues_raise (save->issues, error))
    return FALSE;

  if (!any)
    mh_error_set (error, MH_ERROR_CONFLICT, "There is no result to hand over for verification.");
  return any;
}

/* A changed value is a draft again; a complete one waits to be verified. */
static void
set_statuses (Save *save, gboolean final)
{
  for (guint i = 0; i < save->plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (save->plan->rows, i);
      if (row->after == NULL || mh_results_row_is_verified (row))
        continue;
      gboolean empty
          = mh_results_row_value (row) == NULL && !mh_record_has (row->after, MH_RESULT_COMMENT);
      /* What has to be determined twice is handed over when both are there and agree. */
      if (final && mh_results_row_is_received (row))
        mh_record_set_text (mh_results_row_edit (row), MH_RESULT_STATUS,
                            empty                                ? MH_RESULT_STATUS_PENDING
                            : mh_results_second_keeps_back (row) ? MH_RESULT_STATUS_DRAFT
                                                                 : MH_RESULT_STATUS_ENTERED);
      else if (mh_results_row_is_changed (row)
               && g_strcmp0 (mh_record_text (row->after, MH_RESULT_STATUS),
                             MH_RESULT_STATUS_RETURNED)
                      != 0)
        mh_record_set_text (row->after, MH_RESULT_STATUS, MH_RESULT_STATUS_DRAFT);
    }
}

MhRecord *
mh_results_service_save (const MhRequest *req, const char *order_id, MhRecord *put, GError **error)
{
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  if (plan == NULL || !mh_results_order_is_open (plan->order, error))
    return NULL;

  mh_results_instrument_prefetch (req->db, plan);
  gboolean final = mh_record_bool (put, MH_RESULTS_PUT_FINAL);
  g_autoptr (GHashTable) touched = g_hash_table_new (NULL, NULL);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GHashTable) changed = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) seconds = g_hash_table_new (NULL, NULL);
  Save save = { req, plan, touched, seconds, changed, issues };

  if (!take_entries (&save, mh_record_records (put, MH_RESULTS_PUT_RESULTS), error))
    return NULL;

  mh_results_write_calculate (plan, req->actor, changed);
  if (final && !check_complete (&save, error))
    return NULL;

  set_statuses (&save, final);
  MhResultsMove move = { .event = final ? MH_CUSTODY_RESULTED : NULL, .verb = MH_AUDIT_UPDATE };
  if (!mh_results_items_write (req->tx, plan, error)
      || !mh_results_items_move (req->tx, plan, &move, error)
      || (final
          && (!mh_results_hold_update (req->tx, plan, error)
              || !mh_results_auto (req->tx, plan, error))))
    return NULL;

  g_autoptr (MhRecord) sheet = mh_results_plan_sheet (plan, req->actor, /* test */ NULL);
  return put_control (req->db, plan, sheet, error) ? g_steal_pointer (&sheet) : NULL;
}
