/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/results/mh-results-service.h"

#include "server/orders/mh-orders-service.h"
#include "server/results/mh-results-items.h"
#include "server/results/mh-results-store.h"
#include "server/results/mh-results-value.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/mh-records.h"
#include "shared/rules/mh-formula.h"

#include <string.h>

MhRecord *
mh_results_service_sheet (MhDb *db,
                          MhServer *server,
                          const MhActor *actor,
                          const char *order_id,
                          gint64 now,
                          GError **error)
{
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (db, server, actor, order_id, now, error);
  return plan != NULL ? mh_results_plan_sheet (plan, actor, /* test */ NULL) : NULL;
}

GPtrArray *
mh_results_service_worklists (MhDb *db, const MhActor *actor, GError **error)
{
  return mh_results_store_worklists (db, mh_actor_hospital_id (actor), error);
}

GPtrArray *
mh_results_service_worklist (MhDb *db,
                             MhServer *server,
                             const MhActor *actor,
                             const char *test,
                             guint limit,
                             gint64 now,
                             GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) orders
      = mh_results_store_worklist (db, mh_actor_hospital_id (actor), test, limit, error);
  if (orders == NULL)
    return NULL;
  for (guint i = 0; i < orders->len; i++)
    {
      g_autoptr (MhResultsPlan) plan
          = mh_results_plan_load (db, server, actor, g_ptr_array_index (orders, i), now, error);
      if (plan == NULL)
        return NULL;
      g_ptr_array_add (sheets, mh_results_plan_sheet (plan, actor, test));
    }
  return g_steal_pointer (&sheets);
}

/* --- what was sent --- */

typedef struct
{
  MhTx *tx;
  MhServer *server;
  const MhActor *actor;
  MhResultsPlan *plan;
  GHashTable *touched; /* rows named in the request */
  MhIssues *issues;
} Save;

static gboolean
is_open (MhRecord *order, GError **error)
{
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  if (g_str_equal (status, MH_ORDER_STATUS_COMPLETED))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "The report of this order is released; correct the report instead.");
  else if (g_str_equal (status, MH_ORDER_STATUS_CANCELLED)
           || g_str_equal (status, MH_ORDER_STATUS_EXPIRED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This order is not live; it takes no results.");
  else
    return TRUE;
  return FALSE;
}

static MhResultsRow *
find_row (Save *save, MhRecord *entry, guint index)
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
  else if (!g_hash_table_add (save->touched, row))
    mh_issues_add (save->issues, field, "duplicate", "%s stands here twice.", code);
  else
    return row;
  return NULL;
}

static gboolean
check_state (const MhResultsRow *row, GError **error)
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

static MhRecord *
begin_result (Save *save, MhResultsRow *row)
{
  MhRecord *order = save->plan->order;
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
  return result;
}

/* Name, unit and place are those of the day the value was entered, as the range is. */
static void
stamp (Save *save, MhResultsRow *row)
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
  mh_record_set_int (result, MH_RESULT_MEASURED_AT, collected != 0 ? collected : save->plan->now);
}

/* Whoever typed a value is its author, also when somebody else saves the rest. */
static void
set_value (Save *save, MhResultsRow *row, const char *value)
{
  if (row->after == NULL && value == NULL)
    return;
  if (row->after == NULL)
    row->after = begin_result (save, row);
  mh_results_row_edit (row);
  if (g_strcmp0 (mh_results_row_value (row), value) != 0)
    {
      mh_record_set_text (row->after, MH_RESULT_VALUE, value);
      mh_record_set_text (row->after, MH_RESULT_ENTERED_BY,
                          value != NULL ? mh_actor_user_id (save->actor) : NULL);
      mh_record_set_text (row->after, MH_RESULT_ENTERED_NAME,
                          value != NULL ? mh_actor_name (save->actor) : NULL);
      if (value != NULL)
        mh_record_set_int (row->after, MH_RESULT_ENTERED_AT, save->plan->now);
      else
        mh_record_set_null (row->after, MH_RESULT_ENTERED_AT);
    }
  stamp (save, row);
  mh_results_value_judge (save->plan, row);
}

static void
set_note (Save *save, MhResultsRow *row, MhRecord *entry, guint from, guint to)
{
  if (!mh_record_is_set (entry, from) || (row->after == NULL && !mh_record_has (entry, from)))
    return;
  if (row->after == NULL)
    {
      row->after = begin_result (save, row);
      stamp (save, row);
      mh_results_value_judge (save->plan, row);
    }
  mh_record_set_text (mh_results_row_edit (row), to,
                      mh_record_has (entry, from) ? mh_record_text (entry, from) : NULL);
}

static void
take_entry (Save *save, MhResultsRow *row, MhRecord *entry, guint index)
{
  g_autofree char *field = g_strdup_printf ("results[%u].value", index);
  g_autofree char *text
      = mh_record_has (entry, MH_RESULT_ENTRY_VALUE)
            ? g_strstrip (g_strdup (mh_record_text (entry, MH_RESULT_ENTRY_VALUE)))
            : NULL;
  g_autofree char *value = NULL;
  if (text != NULL && text[0] != 0
      && !mh_results_value_read (save->plan, row, text, field, save->issues, &value))
    return;
  if (mh_record_is_set (entry, MH_RESULT_ENTRY_VALUE) && !row->calculated)
    set_value (save, row, value);
  set_note (save, row, entry, MH_RESULT_ENTRY_COMMENT, MH_RESULT_COMMENT);
  set_note (save, row, entry, MH_RESULT_ENTRY_INSTRUMENT, MH_RESULT_INSTRUMENT);
}

static gboolean
take_entries (Save *save, GPtrArray *entries, GError **error)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (entries, i);
      MhResultsRow *row = find_row (save, entry, i);
      if (row == NULL)
        continue;
      if (!check_state (row, error))
        return FALSE;
      take_entry (save, row, entry, i);
    }
  return mh_issues_raise (save->issues, error);
}

/* --- what follows from it --- */

typedef struct
{
  Save *save;
  const MhResultsRow *row;
} Operands;

static gboolean
number_of (const MhResultsRow *row, double *out_value)
{
  const char *text = mh_results_row_value (row);
  MhDecimal value;
  /* "<5" is no number to calculate with. */
  if (text == NULL || !mh_decimal_parse (text, &value))
    return FALSE;
  *out_value = mh_decimal_to_double (value);
  return TRUE;
}

/* The same analyte may have been measured from several tubes: the own test's counts, then the own
 * tube's, then any. */
static gboolean
operand (const char *name, double *out_value, gpointer data)
{
  Operands *operands = data;
  MhResultsPlan *plan = operands->save->plan;
  const MhResultsRow *best = NULL;
  int best_rank = 0;
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      double ignored;
      if (g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_CODE), name) != 0
          || !number_of (row, &ignored))
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
  return best != NULL ? number_of (best, out_value)
                      : mh_subject_lookup (&operands->row->subject, name, out_value);
}

/* Some formulas build on others (the ratio of two calculated counts), so it goes round until
 * nothing changes; never more often than there are rows. */
static void
calculate (Save *save)
{
  GPtrArray *rows = save->plan->rows;
  gboolean changed = TRUE;
  for (guint round = 0; changed && round < rows->len; round++)
    {
      changed = FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          MhResultsRow *row = g_ptr_array_index (rows, i);
          g_autofree char *text = NULL;
          Operands operands = { save, row };
          if (!row->calculated || mh_results_row_is_verified (row)
              || !mh_results_row_is_received (row))
            continue;
          /* What cannot be is most likely a slip in one of the operands: better no value than that.
           */
          if (mh_formula_calculate (row->analyte, operand, &operands, &text) != MH_FORMULA_OK
              || !mh_results_value_is_plausible (save->plan, row, text))
            g_clear_pointer (&text, g_free);
          if (g_strcmp0 (text, mh_results_row_value (row)) == 0)
            continue;
          set_value (save, row, text);
          changed = TRUE;
        }
    }
}

/* --- complete or not --- */

/* An analyte that cannot be measured is answered by its comment; words may be left out, and so may
 * what the others do not allow to work out. */
static gboolean
is_answered (const MhResultsRow *row)
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
      if (!is_answered (row))
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
      if (final && mh_results_row_is_received (row))
        mh_record_set_text (mh_results_row_edit (row), MH_RESULT_STATUS,
                            empty ? MH_RESULT_STATUS_PENDING : MH_RESULT_STATUS_ENTERED);
      else if (mh_results_row_is_changed (row)
               && g_strcmp0 (mh_record_text (row->after, MH_RESULT_STATUS),
                             MH_RESULT_STATUS_RETURNED)
                      != 0)
        mh_record_set_text (row->after, MH_RESULT_STATUS, MH_RESULT_STATUS_DRAFT);
    }
}

MhRecord *
mh_results_service_save (MhTx *tx,
                         MhServer *server,
                         const MhActor *actor,
                         const char *order_id,
                         MhRecord *put,
                         GError **error)
{
  g_autoptr (MhResultsPlan) plan
      = mh_results_plan_load (mh_tx_db (tx), server, actor, order_id, mh_tx_now (tx), error);
  if (plan == NULL || !is_open (plan->order, error))
    return NULL;
  gboolean final = mh_record_bool (put, MH_RESULTS_PUT_FINAL);
  g_autoptr (GHashTable) touched = g_hash_table_new (NULL, NULL);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  Save save = { tx, server, actor, plan, touched, issues };
  if (!take_entries (&save, mh_record_records (put, MH_RESULTS_PUT_RESULTS), error))
    return NULL;
  calculate (&save);
  if (final && !check_complete (&save, error))
    return NULL;
  set_statuses (&save, final);
  MhResultsMove move = { .event = final ? MH_CUSTODY_RESULTED : NULL, .verb = MH_AUDIT_UPDATE };
  if (!mh_results_items_write (tx, plan, error) || !mh_results_items_move (tx, plan, &move, error))
    return NULL;
  return mh_results_plan_sheet (plan, actor, /* test */ NULL);
}
