/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-change.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/reports/mh-reports-apply.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/lab/reports/mh-reports-store.h"
#include "server/lab/results/mh-results-plan.h"
#include "server/lab/results/mh-results-sign.h"
#include "server/lab/results/mh-results-value.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-order-rules.h"

static gboolean
reports_change_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* The newest version; MH_ERROR_NOT_FOUND before there is one. */
static MhRecord *
latest_of (MhDb *db, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) all = mh_reports_store_of_order (db, order_id, error);
  if (all == NULL)
    return NULL;
  if (all->len > 0)
    return g_object_ref (g_ptr_array_index (all, 0));
  mh_error_set (error, MH_ERROR_NOT_FOUND, "The report of this order is not released yet.");
  return NULL;
}

static gboolean
reports_change_may_change (MhDb *db, MhRecord *latest, MhRecord *draft, GError **error)
{
  GError *failure = NULL;
  const char *now = mh_record_text (latest, MH_REPORT_STATUS);
  const char *to = mh_reports_apply_status (draft, now);

  if (!mh_report_rules_may_become (now, to))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "A report that is %s cannot be changed so.",
                    mh_field_code_label (&mh_report_type.fields[MH_REPORT_STATUS], now));
      return FALSE;
    }

  g_autoptr (MhRecord) open
      = mh_reports_store_open_change (db, mh_record_text (latest, MH_REPORT_ORDER_ID), &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (open != NULL)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "A change of this report waits to be verified already, by %s.",
                  mh_record_text (open, MH_REPORT_CHANGE_BY_NAME));

  return failure == NULL && open == NULL;
}

/* --- proposing --- */

/* The row that value @index is about, if it may be changed. */
static MhResultsRow *
reports_change_row_of (MhResultsPlan *plan, MhRecord *value, guint index, MhIssues *issues)
{
  gboolean several = FALSE;
  const char *code = mh_record_text (value, MH_REPORT_CHANGE_VALUE_ANALYTE);
  g_autofree char *field = g_strdup_printf ("values[%u].analyte", index);
  MhResultsRow *row = code != NULL ? mh_results_plan_find (plan, code, &several) : NULL;

  if (row == NULL)
    mh_issues_add (issues, field, "unknown_code", "“%s” is not part of this order.",
                   code != NULL ? code : "");
  else if (several)
    mh_issues_add (issues, field, "ambiguous", "Several tubes are looked at for %s; write TEST:%s.",
                   code, code);
  else if (!mh_results_row_is_verified (row))
    mh_issues_add (issues, field, "not_released", "%s was not released; enter it as a result.",
                   mh_record_text (row->analyte, MH_ANALYTE_NAME));
  else
    return row;

  return NULL;
}

/* Reads the new value onto the row. FALSE with an issue. */
static gboolean
reports_change_read_value (MhResultsPlan *plan,
                           MhResultsRow *row,
                           MhRecord *value,
                           guint index,
                           MhIssues *issues)
{
  g_autofree char *field = g_strdup_printf ("values[%u].new_value", index);
  g_autofree char *text
      = mh_record_has (value, MH_REPORT_CHANGE_VALUE_NEW)
            ? g_strstrip (g_strdup (mh_record_text (value, MH_REPORT_CHANGE_VALUE_NEW)))
            : NULL;
  g_autofree char *read = NULL;

  if (text == NULL || *text == '\0')
    mh_issues_add (issues, field, "required", "%s: enter the new value.",
                   mh_record_text (row->analyte, MH_ANALYTE_NAME));
  else if (!mh_results_value_read (plan, row, text, field, issues, &read))
    return FALSE;
  else if (reports_change_is (read, mh_results_row_value (row))
           && !mh_record_has (value, MH_REPORT_CHANGE_VALUE_COMMENT))
    mh_issues_add (issues, field, "unchanged", "%s: this is the value that was released.",
                   mh_record_text (row->analyte, MH_ANALYTE_NAME));
  else
    {
      mh_record_set_text (value, MH_REPORT_CHANGE_VALUE_NEW, read);
      return TRUE;
    }

  return FALSE;
}

/* Lays the values over the plan; which rows they touched goes into @touched. */
static gboolean
read_values (MhResultsPlan *plan, MhRecord *change, GHashTable *touched, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  GPtrArray *values = mh_record_records (change, MH_REPORT_CHANGE_VALUES);
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      MhRecord *value = g_ptr_array_index (values, i);
      MhResultsRow *row = reports_change_row_of (plan, value, i, issues);
      if (row == NULL || !reports_change_read_value (plan, row, value, i, issues))
        continue;
      if (g_hash_table_contains (touched, row))
        mh_issues_add (issues, "values", "duplicate", "%s stands here twice.",
                       mh_record_text (row->analyte, MH_ANALYTE_NAME));
      g_hash_table_insert (touched, row, value);
    }

  return mh_issues_raise (issues, error);
}

/* A correction or amendment that would print the same again is none. */
static gboolean
reports_change_says_something (MhResultsPlan *plan,
                               MhRecord *latest,
                               MhRecord *change,
                               GError **error)
{
  const char *kind = mh_record_text (change, MH_REPORT_CHANGE_KIND);
  GPtrArray *values = mh_record_records (change, MH_REPORT_CHANGE_VALUES);
  if (reports_change_is (kind, MH_REPORT_CHANGE_WITHDRAW)
      || reports_change_is (kind, MH_REPORT_CHANGE_APPEND) || (values != NULL && values->len > 0)
      || mh_record_has (change, MH_REPORT_CHANGE_COMMENT))
    return TRUE;

  g_autoptr (GPtrArray) lines = mh_reports_apply_header_lines (latest, plan->patient, error);
  if (lines == NULL)
    return FALSE;

  g_autoptr (MhIssues) issues = mh_issues_new ();
  if (lines->len == 0)
    mh_issues_add (issues, "values", "required",
                   "Nothing would be different: give new values, a comment, or put the patient's "
                   "details right first.");

  return mh_issues_raise (issues, error);
}

static void
reports_change_stamp (MhRecord *change, const MhRequest *req, MhRecord *order, MhRecord *latest)
{
  mh_record_take_text (change, MH_ID, mh_id_new ());
  mh_record_set_text (change, MH_REPORT_CHANGE_HOSPITAL_ID,
                      mh_record_text (order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (change, MH_REPORT_CHANGE_ORDER_ID, mh_record_id (order));
  mh_record_set_text (change, MH_REPORT_CHANGE_ORDER_NUMBER,
                      mh_record_text (order, MH_ORDER_NUMBER));
  mh_record_set_text (change, MH_REPORT_CHANGE_PATIENT_ID,
                      mh_record_text (order, MH_ORDER_PATIENT_ID));
  mh_record_set_text (change, MH_REPORT_CHANGE_REPORT_ID, mh_record_id (latest));
  mh_record_set_int (change, MH_REPORT_CHANGE_VERSION_NO,
                     mh_record_int (latest, MH_REPORT_VERSION_NO));
  mh_record_set_text (change, MH_REPORT_CHANGE_STATUS, MH_REPORT_CHANGE_WAITING);
  mh_record_set_text (change, MH_REPORT_CHANGE_BY_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (change, MH_REPORT_CHANGE_BY_NAME, mh_actor_name (req->actor));
  mh_record_set_int (change, MH_REPORT_CHANGE_AT, mh_tx_now (req->tx));
}

/* As many as the strictest bench of what is changed asks for; of all that was released when a
 * remark or the header is changed. Never none: who proposes does not release. */
static guint
signatures_wanted (MhResultsPlan *plan, GHashTable *touched)
{
  guint most = 1;
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      gboolean counts = g_hash_table_size (touched) > 0 ? g_hash_table_contains (touched, row)
                                                        : mh_results_row_is_verified (row);
      if (counts)
        most = MAX (most, mh_results_sign_levels (plan, row));
    }
  return most;
}

MhRecord *
mh_reports_service_propose (const MhRequest *req,
                            const char *order_id,
                            MhRecord *draft,
                            GError **error)
{
  MhDb *db = req->db;
  if (!mh_actor_require (req->actor, MH_MAY_CORRECT_REPORT, error))
    return NULL;

  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  g_autoptr (MhRecord) latest = plan != NULL ? latest_of (db, order_id, error) : NULL;
  if (latest == NULL || !reports_change_may_change (db, latest, draft, error))
    return NULL;

  g_autoptr (MhRecord) change = mh_record_copy (draft);
  g_autoptr (GHashTable) touched = g_hash_table_new (NULL, NULL);
  reports_change_stamp (change, req, plan->order, latest);
  if (!read_values (plan, change, touched, error)
      || !reports_change_says_something (plan, latest, change, error))
    return NULL;

  mh_record_set_int (change, MH_REPORT_CHANGE_LEVELS, signatures_wanted (plan, touched));
  mh_record_set_int (change, MH_REPORT_CHANGE_LEVEL, 0);

  /* What the formulas and the register would change, too, is shown to whoever verifies. */
  g_autoptr (GPtrArray) lines = mh_reports_apply_preview (plan, latest, change, touched, error);
  if (lines == NULL)
    return NULL;

  mh_record_take_records (change, MH_REPORT_CHANGE_VALUES, g_ptr_array_ref (lines));
  if (!mh_tx_insert (req->tx, change, MH_AUDIT_CREATE,
                     mh_record_text (change, MH_REPORT_CHANGE_REASON), error)
      || (lines->len > 0 && !mh_tx_insert_parts (req->tx, lines, error)))
    return NULL;

  return g_steal_pointer (&change);
}

/* --- deciding --- */

static gboolean
has_signed (MhRecord *change, const MhActor *actor)
{
  const char *me = mh_actor_user_id (actor);
  return reports_change_is (mh_record_text (change, MH_REPORT_CHANGE_LEVEL1_BY), me)
         || reports_change_is (mh_record_text (change, MH_REPORT_CHANGE_LEVEL2_BY), me);
}

/* @latest NULL: it is to be returned, whatever happened since. */
static gboolean
reports_change_may_decide (const MhRequest *req, MhRecord *change, MhRecord *latest, GError **error)
{
  if (!mh_actor_require (req->actor, MH_MAY_VERIFY_RESULT, error))
    return FALSE;
  if (!reports_change_is (mh_record_text (change, MH_REPORT_CHANGE_STATUS),
                          MH_REPORT_CHANGE_WAITING))
    mh_error_set (error, MH_ERROR_CONFLICT, "This change was decided already, by %s.",
                  mh_record_text (change, MH_REPORT_CHANGE_DECIDED_NAME));
  else if (reports_change_is (mh_record_text (change, MH_REPORT_CHANGE_BY_ID),
                              mh_actor_user_id (req->actor)))
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "You proposed this change; somebody else has to verify it.");
  else if (latest != NULL && has_signed (change, req->actor))
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "You signed this change already; somebody else has to sign it, too.");
  else if (latest != NULL
           && !reports_change_is (mh_record_text (change, MH_REPORT_CHANGE_REPORT_ID),
                                  mh_record_id (latest)))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "The report has a newer version since; return this change and propose it anew.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
keep_decision (const MhRequest *req, MhRecord *change, MhRecord *sent, GError **error)
{
  g_autoptr (MhRecord) decision = mh_record_copy (sent);
  mh_record_unset (decision, MH_VERIFICATION_VALUES); /* stand with the change */
  mh_record_set_text (decision, MH_VERIFICATION_ORDER_ID,
                      mh_record_text (change, MH_REPORT_CHANGE_ORDER_ID));
  mh_record_set_text (decision, MH_VERIFICATION_BY_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (decision, MH_VERIFICATION_BY_NAME, mh_actor_name (req->actor));
  mh_record_set_int (decision, MH_VERIFICATION_AT, mh_tx_now (req->tx));
  return mh_tx_insert (req->tx, decision, MH_AUDIT_VERIFY,
                       mh_record_text (change, MH_REPORT_CHANGE_REASON), error);
}

/* One signature of several: the change goes on waiting. */
static MhRecord *
signed_once (const MhRequest *req, MhRecord *before)
{
  static const struct
  {
    guint by, name, at;
  } places[]
      = { { MH_REPORT_CHANGE_LEVEL1_BY, MH_REPORT_CHANGE_LEVEL1_NAME, MH_REPORT_CHANGE_LEVEL1_AT },
          { MH_REPORT_CHANGE_LEVEL2_BY, MH_REPORT_CHANGE_LEVEL2_NAME,
            MH_REPORT_CHANGE_LEVEL2_AT } };
  gint64 level = mh_record_int (before, MH_REPORT_CHANGE_LEVEL);

  if (level + 1 >= mh_record_int (before, MH_REPORT_CHANGE_LEVELS)
      || level >= G_N_ELEMENTS (places))
    return NULL;

  MhRecord *after = mh_record_copy (before);
  mh_record_set_int (after, MH_REPORT_CHANGE_LEVEL, level + 1);
  mh_record_set_text (after, places[level].by, mh_actor_user_id (req->actor));
  mh_record_set_text (after, places[level].name, mh_actor_name (req->actor));
  mh_record_set_int (after, places[level].at, mh_tx_now (req->tx));

  return after;
}

/* What is known of the decision before the new version is frozen, which tells it. */
static MhRecord *
reports_change_decided (const MhRequest *req, MhRecord *before, MhRecord *decision, gboolean verify)
{
  MhRecord *after = mh_record_copy (before);
  mh_record_set_text (after, MH_REPORT_CHANGE_STATUS,
                      verify ? MH_REPORT_CHANGE_VERIFIED : MH_REPORT_CHANGE_RETURNED);
  if (verify)
    mh_record_set_int (after, MH_REPORT_CHANGE_LEVEL,
                       mh_record_int (before, MH_REPORT_CHANGE_LEVEL) + 1);

  mh_record_set_text (after, MH_REPORT_CHANGE_DECISION_NOTE,
                      mh_record_text (decision, MH_VERIFICATION_COMMENT));
  mh_record_set_text (after, MH_REPORT_CHANGE_DECIDED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_REPORT_CHANGE_DECIDED_NAME, mh_actor_name (req->actor));
  mh_record_set_int (after, MH_REPORT_CHANGE_DECIDED_AT, mh_tx_now (req->tx));
  return after;
}

MhRecord *
mh_reports_service_decide (const MhRequest *req,
                           const char *change_id,
                           MhRecord *decision,
                           GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = mh_reports_service_change (req, change_id, error);
  g_autoptr (MhRecord) latest
      = before != NULL ? latest_of (db, mh_record_text (before, MH_REPORT_CHANGE_ORDER_ID), error)
                       : NULL;
  gboolean verify
      = reports_change_is (mh_record_text (decision, MH_VERIFICATION_DECISION), MH_DECISION_VERIFY);

  if (latest == NULL || !reports_change_may_decide (req, before, verify ? latest : NULL, error)
      || (verify && !mh_reports_apply_signed (req, before, decision, error))
      || !keep_decision (req, before, decision, error))
    return NULL;

  g_autoptr (MhRecord) waiting = verify ? signed_once (req, before) : NULL;
  g_autoptr (MhRecord) after = waiting != NULL
                                   ? g_object_ref (waiting)
                                   : reports_change_decided (req, before, decision, verify);

  if (verify && waiting == NULL && !mh_reports_apply (req, latest, after, error))
    return NULL;

  return mh_tx_update (req->tx, before, after, MH_AUDIT_VERIFY,
                       mh_record_text (after, MH_REPORT_CHANGE_REASON), error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- looking --- */

static gboolean
load_values (MhDb *db, MhRecord *change, GError **error)
{
  GPtrArray *values = mh_reports_store_change_values (db, mh_record_id (change), error);
  if (values != NULL)
    mh_record_take_records (change, MH_REPORT_CHANGE_VALUES, values);
  return values != NULL;
}

MhRecord *
mh_reports_service_change (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) change = mh_edit_get (req, &mh_report_change_type, id, error);
  return change != NULL && load_values (req->db, change, error) ? g_steal_pointer (&change) : NULL;
}

GPtrArray *
mh_reports_service_changes (const MhRequest *req,
                            const char *order_id,
                            const char *status,
                            guint limit,
                            GError **error)
{
  g_autoptr (MhRecord) order
      = order_id != NULL ? mh_edit_get (req, &mh_order_type, order_id, error) : NULL;
  if (order_id != NULL && order == NULL)
    return NULL;
  g_autoptr (GPtrArray) changes = mh_reports_store_changes (
      req->db, mh_actor_hospital_id (req->actor), order_id, status, limit, error);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    if (!load_values (req->db, g_ptr_array_index (changes, i), error))
      return NULL;
  return g_steal_pointer (&changes);
}

/* --- before it is final --- */

static gboolean
reports_change_is_wanted (const MhResultsRow *row, const char *status)
{
  if (mh_results_row_is_verified (row))
    return TRUE;
  return reports_change_is (status, MH_REPORT_STATUS_PRELIMINARY) && row->after != NULL
         && reports_change_is (mh_record_text (row->after, MH_RESULT_STATUS),
                               MH_RESULT_STATUS_ENTERED);
}

MhRecord *
mh_reports_service_early (const MhRequest *req,
                          const char *order_id,
                          const char *status,
                          GError **error)
{
  if (!mh_actor_require (req->actor, MH_MAY_VERIFY_RESULT, error))
    return NULL;

  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  if (plan == NULL)
    return NULL;

  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (reports_change_is_wanted (row, status))
        g_ptr_array_add (results, g_object_ref (row->after));
    }

  if (results->len == 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "There is nothing to report yet.");
      return NULL;
    }

  MhReportDraft draft = { .view = plan->view,
                          .order = plan->order,
                          .patient = plan->patient,
                          .items = plan->items,
                          .samples = plan->samples,
                          .results = results,
                          .status = status };

  return mh_reports_service_freeze (req, &draft, error);
}

static gboolean
reports_change_is_open (MhDb *db, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) all = mh_reports_store_of_order (db, order_id, error);
  if (all == NULL)
    return FALSE;
  const char *now
      = all->len > 0 ? mh_record_text (g_ptr_array_index (all, 0), MH_REPORT_STATUS) : NULL;
  if (now == NULL || mh_report_rules_may_become (now, MH_REPORT_STATUS_FINAL))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT,
                "The report is released; add the comment as a change of the report.");
  return FALSE;
}

MhRecord *
mh_reports_service_remark_read (const MhRequest *req, const char *order_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  if (order == NULL)
    return NULL;
  MhRecord *remark
      = mh_store_find (req->db, &mh_report_remark_type, "order_id", order_id, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (remark == NULL)
    mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no comment on this report.");
  return remark;
}

MhRecord *
mh_reports_service_remark (const MhRequest *req,
                           const char *order_id,
                           const char *text,
                           GError **error)
{
  MhDb *db = req->db;
  GError *failure = NULL;
  if (!mh_actor_require (req->actor, MH_MAY_VERIFY_RESULT, error))
    return NULL;

  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  if (order == NULL || !reports_change_is_open (db, order_id, error))
    return NULL;

  g_autoptr (MhRecord) before
      = mh_store_find (db, &mh_report_remark_type, "order_id", order_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_report_remark_type);
  mh_record_set_text (after, MH_REPORT_REMARK_HOSPITAL_ID,
                      mh_record_text (order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (after, MH_REPORT_REMARK_ORDER_ID, order_id);
  mh_record_set_text (after, MH_REPORT_REMARK_TEXT, text);
  mh_record_set_text (after, MH_REPORT_REMARK_BY_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_REPORT_REMARK_BY_NAME, mh_actor_name (req->actor));
  mh_record_set_int (after, MH_REPORT_REMARK_AT, mh_tx_now (req->tx));

  gboolean ok = before != NULL ? mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                               : mh_tx_insert (req->tx, after, MH_AUDIT_CREATE, NULL, error);
  return ok ? g_steal_pointer (&after) : NULL;
}
