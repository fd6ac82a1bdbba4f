/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-apply.h"

#include <string.h>

#include "server/lab/critical/mh-critical.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/reports/mh-reports-second.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/lab/results/mh-results-history.h"
#include "server/lab/results/mh-results-items.h"
#include "server/lab/results/mh-results-second.h"
#include "server/lab/results/mh-results-value.h"
#include "server/lab/results/mh-results-write.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-report-content.h"
#include "shared/rules/lab/mh-order-rules.h"

static gboolean
reports_apply_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

const char *
mh_reports_apply_status (MhRecord *change, const char *now)
{
  const char *kind = mh_record_text (change, MH_REPORT_CHANGE_KIND);
  if (reports_apply_is (kind, MH_REPORT_CHANGE_CORRECT))
    return MH_REPORT_STATUS_CORRECTED;
  if (reports_apply_is (kind, MH_REPORT_CHANGE_AMEND))
    return MH_REPORT_STATUS_AMENDED;
  if (reports_apply_is (kind, MH_REPORT_CHANGE_APPEND))
    return MH_REPORT_STATUS_APPENDED;
  /* What was never final is cancelled, what was final is entered in error. */
  return mh_report_rules_may_become (now, MH_REPORT_STATUS_CANCELLED)
             ? MH_REPORT_STATUS_CANCELLED
             : MH_REPORT_STATUS_ENTERED_IN_ERROR;
}

/* --- lines --- */

static MhRecord *
reports_apply_line_new (const char *name, const char *before, const char *after)
{
  MhRecord *line = mh_record_new (&mh_report_change_value_type);
  mh_record_take_text (line, MH_ID, mh_id_new ());
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_NAME, name);
  if (before != NULL && *before != '\0')
    mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_OLD, before);
  if (after != NULL && *after != '\0')
    mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_NEW, after);
  return line;
}

static void
add_if_other (GPtrArray *lines, const char *name, const char *before, const char *after)
{
  if (g_strcmp0 (before != NULL ? before : "", after != NULL ? after : "") != 0)
    g_ptr_array_add (lines, reports_apply_line_new (name, before, after));
}

/* The names are phrases of the papers. */
GPtrArray *
mh_reports_apply_header_lines (MhRecord *latest, MhRecord *patient, GError **error)
{
  g_autoptr (MhLabReport) old
      = mh_lab_report_from_content (mh_record_text (latest, MH_REPORT_CONTENT), error);
  if (old == NULL)
    return NULL;

  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *name_before = mh_record_display (old->patient);
  g_autofree char *name_after = mh_record_display (patient);

  add_if_other (lines, "Name", name_before, name_after);
  add_if_other (lines, "Name in own script", mh_record_text (old->patient, MH_PATIENT_NATIVE_NAME),
                mh_record_text (patient, MH_PATIENT_NATIVE_NAME));
  add_if_other (lines, "MRN", mh_record_text (old->patient, MH_PATIENT_MRN),
                mh_record_text (patient, MH_PATIENT_MRN));
  add_if_other (lines, "Sex", mh_record_text (old->patient, MH_PATIENT_SEX),
                mh_record_text (patient, MH_PATIENT_SEX));
  add_if_other (lines, "Date of birth", mh_record_text (old->patient, MH_PATIENT_BIRTH_DATE),
                mh_record_text (patient, MH_PATIENT_BIRTH_DATE));

  return lines;
}

/* As it is printed. */
static const char *
reports_apply_shown (MhRecord *result)
{
  return mh_record_has (result, MH_RESULT_VALUE_TEXT)
             ? mh_record_text (result, MH_RESULT_VALUE_TEXT)
             : mh_record_text (result, MH_RESULT_VALUE);
}

static MhRecord *
line_of_row (const MhResultsRow *row, MhRecord *sent)
{
  MhRecord *line = reports_apply_line_new (mh_record_text (row->after, MH_RESULT_NAME),
                                           reports_apply_shown (row->before),
                                           reports_apply_shown (row->after));

  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_ANALYTE,
                      sent != NULL ? mh_record_text (sent, MH_REPORT_CHANGE_VALUE_ANALYTE)
                                   : mh_record_text (row->after, MH_RESULT_ANALYTE));
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_UNIT,
                      mh_record_text (row->after, MH_RESULT_UNIT));
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_OLD_FLAG,
                      mh_record_text (row->before, MH_RESULT_FLAG));
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_NEW_FLAG,
                      mh_record_text (row->after, MH_RESULT_FLAG));
  if (sent != NULL)
    mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_COMMENT,
                        mh_record_text (sent, MH_REPORT_CHANGE_VALUE_COMMENT));

  return line;
}

static char *
comment_after (MhRecord *change, const char *before)
{
  const char *added = mh_record_text (change, MH_REPORT_CHANGE_COMMENT);
  if (added == NULL || before == NULL || *before == '\0'
      || !reports_apply_is (mh_record_text (change, MH_REPORT_CHANGE_KIND),
                            MH_REPORT_CHANGE_APPEND))
    return g_strdup (added != NULL ? added : before);
  return g_strdup_printf ("%s\n\n%s", before, added);
}

static char *
comment_before (MhRecord *latest)
{
  g_autoptr (MhLabReport) old
      = mh_lab_report_from_content (mh_record_text (latest, MH_REPORT_CONTENT), NULL);
  return old != NULL ? g_strdup (old->comment) : NULL;
}

/* @as_sent: values as they were read, to be laid on again; else as they are printed. */
static GPtrArray *
make_lines (MhResultsPlan *plan,
            MhRecord *latest,
            MhRecord *change,
            GHashTable *touched,
            gboolean as_sent,
            GError **error)
{
  g_autoptr (GPtrArray) lines = mh_reports_apply_header_lines (latest, plan->patient, error);
  if (lines == NULL)
    return NULL;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      MhRecord *sent = g_hash_table_lookup (touched, row);
      gboolean other = row->before != NULL && mh_results_row_is_changed (row)
                       && !reports_apply_is (reports_apply_shown (row->before),
                                             reports_apply_shown (row->after));
      if (sent == NULL && !other)
        continue;
      MhRecord *line = line_of_row (row, sent);
      if (sent != NULL && as_sent)
        {
          mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_NEW,
                              mh_record_text (sent, MH_REPORT_CHANGE_VALUE_NEW));
          if (mh_reports_second_is_wanted (row))
            mh_record_set_bool (line, MH_REPORT_CHANGE_VALUE_SECOND_WANTED, TRUE);
        }
      g_ptr_array_add (lines, line);
    }

  g_autofree char *before = comment_before (latest);
  g_autofree char *after = comment_after (change, before);
  if (mh_record_has (change, MH_REPORT_CHANGE_COMMENT)
      && !reports_apply_is (mh_record_text (change, MH_REPORT_CHANGE_KIND),
                            MH_REPORT_CHANGE_APPEND))
    add_if_other (lines, "Comment", before, after);

  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_CHANGE_ID, mh_record_id (change));
      mh_record_set_int (line, MH_REPORT_CHANGE_VALUE_SORT_ORDER, i);
    }

  return g_steal_pointer (&lines);
}

/* --- values --- */

/* A formula is worked out on values that are not verified; these are, and stay so. */
static void
reports_apply_calculate (MhResultsPlan *plan, const MhActor *author, GHashTable *changed)
{
  g_autoptr (GPtrArray) opened = g_ptr_array_new ();
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (!row->calculated || !mh_results_row_is_verified (row))
        continue;
      mh_record_set_text (mh_results_row_edit (row), MH_RESULT_STATUS, MH_RESULT_STATUS_ENTERED);
      g_ptr_array_add (opened, row);
    }

  mh_results_write_calculate (plan, author, changed);
  for (guint i = 0; i < opened->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (opened, i);
      mh_record_set_text (row->after, MH_RESULT_STATUS,
                          mh_record_text (row->before, MH_RESULT_STATUS));
    }
}

static void
lay_values (MhResultsPlan *plan, const MhActor *author, GHashTable *touched)
{
  g_autoptr (GHashTable) changed = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key, sent;

  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &key, &sent))
    {
      MhResultsRow *row = key;
      const char *value = mh_record_text (sent, MH_REPORT_CHANGE_VALUE_NEW);
      if (!reports_apply_is (value, mh_results_row_value (row)))
        {
          mh_results_write_value (plan, author, row, value);
          g_hash_table_add (changed, row);
        }
      if (mh_record_has (sent, MH_REPORT_CHANGE_VALUE_COMMENT))
        mh_record_set_text (mh_results_row_edit (row), MH_RESULT_COMMENT,
                            mh_record_text (sent, MH_REPORT_CHANGE_VALUE_COMMENT));
    }
  reports_apply_calculate (plan, author, changed);
}

/* Whoever proposed the values is their author. */
static MhActor *
author_of (MhRecord *change)
{
  static const char *const nothing[] = { NULL };
  return mh_actor_new (mh_record_text (change, MH_REPORT_CHANGE_BY_ID),
                       mh_record_text (change, MH_REPORT_CHANGE_BY_NAME), NULL,
                       mh_record_text (change, MH_REPORT_CHANGE_HOSPITAL_ID), NULL, nothing);
}

GPtrArray *
mh_reports_apply_preview (MhResultsPlan *plan,
                          MhRecord *latest,
                          MhRecord *change,
                          GHashTable *touched,
                          GError **error)
{
  g_autoptr (MhActor) author = author_of (change);
  lay_values (plan, author, touched);
  return make_lines (plan, latest, change, touched, TRUE, error);
}

/* --- the next version --- */

typedef struct
{
  const MhRequest *req;
  MhResultsPlan *plan;
  MhRecord *latest, *change;
} Work;

/* The lines of the proposal that are values somebody typed. */
static GHashTable *
find_touched (MhResultsPlan *plan, MhRecord *change)
{
  GHashTable *touched = g_hash_table_new (NULL, NULL);
  GPtrArray *values = mh_record_records (change, MH_REPORT_CHANGE_VALUES);
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      gboolean several = FALSE;
      MhRecord *value = g_ptr_array_index (values, i);
      const char *code = mh_record_text (value, MH_REPORT_CHANGE_VALUE_ANALYTE);
      MhResultsRow *row = code != NULL ? mh_results_plan_find (plan, code, &several) : NULL;
      if (row != NULL && !several && !row->calculated && mh_results_row_is_verified (row))
        g_hash_table_insert (touched, row, value);
    }

  return touched;
}

static const char *
history_reason (MhRecord *change)
{
  static const struct
  {
    const char *ours, *theirs;
  } same[] = {
    { MH_REPORT_REASON_TYPING, MH_RESULT_REASON_TYPING },
    { MH_REPORT_REASON_ANALYSER, MH_RESULT_REASON_INSTRUMENT },
    { MH_REPORT_REASON_CALIBRATION, MH_RESULT_REASON_INSTRUMENT },
    { MH_REPORT_REASON_QC, MH_RESULT_REASON_QC },
    { MH_REPORT_REASON_SAMPLE_MIX_UP, MH_RESULT_REASON_WRONG_TUBE },
    { MH_REPORT_REASON_WRONG_PATIENT, MH_RESULT_REASON_WRONG_PATIENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (reports_apply_is (mh_record_text (change, MH_REPORT_CHANGE_REASON), same[i].ours))
      return same[i].theirs;

  return MH_RESULT_REASON_OTHER;
}

/* Keeps what the row was, then makes it @status. */
static gboolean
turn_row (const Work *work,
          MhResultsRow *row,
          const char *ended_by,
          const char *status,
          GError **error)
{
  const char *note = mh_record_text (work->change, MH_REPORT_CHANGE_NOTE);
  MhResultsEnd end
      = { .ended_by = ended_by,
          .reason = history_reason (work->change),
          .note = note != NULL ? note
                               : mh_field_code_label (
                                   &mh_report_change_type.fields[MH_REPORT_CHANGE_REASON],
                                   mh_record_text (work->change, MH_REPORT_CHANGE_REASON)) };

  if (mh_results_second_is_by (row, mh_actor_user_id (work->req->actor)))
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN,
                    "You determined %s; somebody else has to verify its change.",
                    mh_record_text (row->after, MH_RESULT_NAME));
      return FALSE;
    }

  if (!mh_results_history_keep (work->req->tx, row->before, &end, error))
    return FALSE;

  row->kept = TRUE;
  MhRecord *after = mh_results_row_edit (row);
  mh_record_set_text (after, MH_RESULT_STATUS, status);
  mh_record_set_text (after, MH_RESULT_VERIFIED_BY, mh_actor_user_id (work->req->actor));
  mh_record_set_text (after, MH_RESULT_VERIFIED_NAME, mh_actor_name (work->req->actor));
  mh_record_set_int (after, MH_RESULT_VERIFIED_AT, work->plan->now);

  return TRUE;
}

static gboolean
turn_changed (const Work *work, GError **error)
{
  for (guint i = 0; i < work->plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (work->plan->rows, i);
      if (row->before != NULL && mh_results_row_is_changed (row)
          && !turn_row (work, row, MH_RESULT_PAST_CORRECTED, MH_RESULT_STATUS_CORRECTED, error))
        return FALSE;
    }
  return TRUE;
}

/* After who verified it: one person may determine a value again and release its change. */
static void
keep_second (GHashTable *touched)
{
  GHashTableIter iter;
  gpointer row, line;
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &row, &line))
    mh_reports_second_keep (row, line);
}

/* Withdrawn values are nobody's any more: not a previous value, not a trend. */
static gboolean
turn_withdrawn (const Work *work, GError **error)
{
  for (guint i = 0; i < work->plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (work->plan->rows, i);
      if (mh_results_row_is_verified (row)
          && !turn_row (work, row, MH_RESULT_PAST_WITHDRAWN, MH_RESULT_STATUS_CANCELLED, error))
        return FALSE;
    }
  return TRUE;
}

/* Copies: withdrawn results stand on the paper as they were. */
static GPtrArray *
results_of (MhResultsPlan *plan)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (mh_results_row_is_verified (row))
        g_ptr_array_add (results, mh_record_copy (row->after));
    }
  return results;
}

/* Who was told of a critical value that was none, or was not told of one that is, has to know. */
static gboolean
reports_apply_tell_critical (const Work *work, GError **error)
{
  for (guint i = 0; i < work->plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (work->plan->rows, i);
      if (row->kept && !mh_critical_corrected (work->req->tx, row->before, row->after, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
keep_comment (const Work *work, GError **error)
{
  MhDb *db = work->req->db;
  GError *failure = NULL;
  const char *order_id = mh_record_id (work->plan->order);
  if (!mh_record_has (work->change, MH_REPORT_CHANGE_COMMENT))
    return TRUE;

  g_autoptr (MhRecord) before
      = mh_store_find (db, &mh_report_remark_type, "order_id", order_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  g_autofree char *was = comment_before (work->latest);
  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_report_remark_type);

  mh_record_set_text (after, MH_REPORT_REMARK_HOSPITAL_ID,
                      mh_record_text (work->change, MH_REPORT_CHANGE_HOSPITAL_ID));
  mh_record_set_text (after, MH_REPORT_REMARK_ORDER_ID, order_id);
  mh_record_take_text (after, MH_REPORT_REMARK_TEXT, comment_after (work->change, was));
  mh_record_set_text (after, MH_REPORT_REMARK_BY_ID,
                      mh_record_text (work->change, MH_REPORT_CHANGE_BY_ID));
  mh_record_set_text (after, MH_REPORT_REMARK_BY_NAME,
                      mh_record_text (work->change, MH_REPORT_CHANGE_BY_NAME));
  mh_record_set_int (after, MH_REPORT_REMARK_AT, work->plan->now);

  return before != NULL ? mh_tx_update (work->req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                        : mh_tx_insert (work->req->tx, after, MH_AUDIT_CREATE, NULL, error);
}

static MhRecord *
reports_apply_freeze (const Work *work, GPtrArray *results, GHashTable *touched, GError **error)
{
  MhResultsPlan *plan = work->plan;
  GPtrArray *lines = make_lines (plan, work->latest, work->change, touched, FALSE, error);
  if (lines == NULL)
    return NULL;

  g_autoptr (MhRecord) told = mh_record_copy (work->change);
  mh_record_take_records (told, MH_REPORT_CHANGE_VALUES, lines);
  MhReportDraft draft = { .view = plan->view,
                          .order = plan->order,
                          .patient = plan->patient,
                          .items = plan->items,
                          .samples = plan->samples,
                          .results = results,
                          .change = told,
                          .status = mh_reports_apply_status (
                              work->change, mh_record_text (work->latest, MH_REPORT_STATUS)) };

  return mh_reports_service_freeze (work->req, &draft, error);
}

static gboolean
move_order (const Work *work, MhRecord *report, GError **error)
{
  MhRecord *before = work->plan->order;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (work->change, MH_REPORT_CHANGE_NEW_REPORT_ID, mh_record_id (report));
  /* Of an order that is still in work the early report is not the report. */
  if (!mh_record_has (before, MH_ORDER_REPORT_ID))
    return TRUE;
  mh_record_set_text (after, MH_ORDER_REPORT_ID, mh_record_id (report));
  mh_record_set_int (after, MH_ORDER_REPORT_ISSUED_AT, work->plan->now);
  return mh_orders_service_settle (
      work->req->tx, &(MhOrderChange){ before, after, work->plan->items }, MH_AUDIT_VERIFY,
      mh_record_text (work->change, MH_REPORT_CHANGE_REASON), error);
}

gboolean
mh_reports_apply_signed (const MhRequest *req, MhRecord *change, MhRecord *decision, GError **error)
{
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (
      req, mh_record_text (change, MH_REPORT_CHANGE_ORDER_ID), mh_tx_now (req->tx), error);
  if (plan == NULL)
    return FALSE;
  g_autoptr (MhActor) author = author_of (change);
  g_autoptr (GHashTable) touched = find_touched (plan, change);
  lay_values (plan, author, touched);
  return mh_reports_second_take (req, plan, touched, decision, error);
}

gboolean
mh_reports_apply (const MhRequest *req, MhRecord *latest, MhRecord *change, GError **error)
{
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (
      req, mh_record_text (change, MH_REPORT_CHANGE_ORDER_ID), mh_tx_now (req->tx), error);
  if (plan == NULL)
    return FALSE;

  Work work = { req, plan, latest, change };
  gboolean withdraw = reports_apply_is (mh_record_text (change, MH_REPORT_CHANGE_KIND),
                                        MH_REPORT_CHANGE_WITHDRAW);
  gboolean was_final = mh_record_has (plan->order, MH_ORDER_REPORT_ID);
  g_autoptr (MhActor) author = author_of (change);
  g_autoptr (GHashTable) touched = find_touched (plan, change);

  lay_values (plan, author, touched);
  if (!withdraw && !turn_changed (&work, error))
    return FALSE;
  if (!withdraw)
    keep_second (touched);

  g_autoptr (GPtrArray) results = results_of (plan);

  /* An early report is taken back alone; the values go on being worked on. */
  if ((withdraw && was_final && !turn_withdrawn (&work, error))
      || !mh_results_items_write (req->tx, plan, error)
      || !reports_apply_tell_critical (&work, error) || !keep_comment (&work, error))
    return FALSE;

  g_autoptr (MhRecord) report = reports_apply_freeze (&work, results, touched, error);
  return report != NULL && move_order (&work, report, error);
}
