/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of controls: whose values these are, how they are judged, what is written. */
#include "server/lab/qc/mh-qc-private.h"
#include "server/messages/alerts/mh-alerts-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-hospital-day.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-westgard.h"

/* Levels that come one by one within this time are one run. */
#define RUN_LASTS (30 * MH_MINUTE)
#define SKEW (2 * MH_MINUTE)
/* Values looked back at: the longest rule for four levels. */
#define LOOK_BACK (MH_WESTGARD_DEPTH * 4)

/* --- whose value it is --- */

static gboolean
is_expired (MhRecord *lot, MhDate today)
{
  char day[MH_DATE_LENGTH + 1];
  MhDate opened;
  mh_date_format (today, day);
  gint64 open_days = mh_record_int (lot, MH_QC_LOT_OPEN_DAYS);
  if (g_strcmp0 (mh_record_text (lot, MH_QC_LOT_EXPIRES_ON), day) < 0)
    return TRUE;
  return open_days > 0 && mh_date_parse (mh_record_text (lot, MH_QC_LOT_OPENED_ON), &opened)
         && mh_date_to_days (today) - mh_date_to_days (opened) > open_days;
}

static MhRecord *
find_target (MhDb *db, const MhQcSubject *subject, MhRecord *entry, GError **error)
{
  const char *target_id = mh_record_text (entry, MH_QC_ENTRY_TARGET_ID);
  const char *control_id = mh_record_text (entry, MH_QC_ENTRY_CONTROL_ID);
  GError *failure = NULL;
  g_autoptr (MhRecord) target = NULL;

  if (target_id != NULL)
    target = mh_store_find (db, &mh_qc_target_type, "id", target_id, &failure);
  else if (control_id != NULL && subject->analyte != NULL)
    target = mh_qc_store_target_of_control (db, subject, control_id, &failure);

  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (target == NULL || mh_record_has (target, MH_DELETED_AT)
           || g_strcmp0 (mh_record_text (target, MH_QC_TARGET_HOSPITAL_ID), subject->hospital_id)
                  != 0
           || g_strcmp0 (mh_record_text (target, MH_QC_TARGET_EQUIPMENT), subject->equipment) != 0
           || !mh_record_bool (target, MH_QC_TARGET_ACTIVE))
    mh_error_set (error, MH_ERROR_NOT_FOUND,
                  "This control has no target for this analyte on %s. Choose the analyser it was "
                  "measured on, or set a target up.",
                  subject->equipment);
  else
    return g_steal_pointer (&target);

  return NULL;
}

static gboolean
check_lot (MhDb *db, MhRecord *target, gint64 at, GError **error)
{
  g_autoptr (MhRecord) lot
      = mh_store_get (db, &mh_qc_lot_type, mh_record_text (target, MH_QC_TARGET_LOT_ID), error);
  MhDate today;
  if (lot == NULL
      || !mh_hospital_day (db, mh_record_text (target, MH_QC_TARGET_HOSPITAL_ID), at, &today,
                           error))
    return FALSE;
  if (!is_expired (lot, today))
    return TRUE;

  mh_error_set (error, MH_ERROR_CONFLICT, "Lot %s of this control expired; open a new one.",
                mh_record_text (lot, MH_QC_LOT_LOT));
  return FALSE;
}

/* The error of one entry names the entry. */
static gboolean
qc_run_blame (guint index, const char *field, GError *failure, GError **error)
{
  g_autofree char *path = g_strdup_printf ("entries[%u].%s", index, field);
  mh_error_set_field (error, path,
                      g_error_matches (failure, MH_ERROR, MH_ERROR_NOT_FOUND) ? "unknown_code"
                                                                              : "out_of_range",
                      "%s", failure->message);
  g_error_free (failure);
  return FALSE;
}

static MhRecord *
new_point (MhRecord *run, MhRecord *target, MhRecord *entry, const MhWho *who)
{
  static const guint same[][2] = {
    { MH_QC_POINT_HOSPITAL_ID, MH_QC_TARGET_HOSPITAL_ID },
    { MH_QC_POINT_EQUIPMENT, MH_QC_TARGET_EQUIPMENT },
    { MH_QC_POINT_ANALYTE, MH_QC_TARGET_ANALYTE },
    { MH_QC_POINT_LOT, MH_QC_TARGET_LOT },
    { MH_QC_POINT_MEAN, MH_QC_TARGET_MEAN },
    { MH_QC_POINT_SD, MH_QC_TARGET_SD },
  };
  MhRecord *point = mh_record_new (&mh_qc_point_type);

  mh_record_take_text (point, MH_ID, mh_id_new ());
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    mh_record_set_text (point, same[i][0], mh_record_text (target, same[i][1]));
  mh_record_set_text (point, MH_QC_POINT_TARGET_ID, mh_record_id (target));
  mh_record_set_int (point, MH_QC_POINT_LEVEL, mh_record_int (target, MH_QC_TARGET_LEVEL));
  mh_record_set_text (point, MH_QC_POINT_RUN_ID, mh_record_text (run, MH_QC_RUN_ID));
  mh_record_set_int (point, MH_QC_POINT_AT, mh_record_int (run, MH_QC_RUN_AT));
  mh_record_set_text (point, MH_QC_POINT_SOURCE, mh_record_text (run, MH_QC_RUN_SOURCE));
  mh_record_set_text (point, MH_QC_POINT_COMMENT, mh_record_text (entry, MH_QC_ENTRY_COMMENT));
  mh_record_set_text (point, MH_QC_POINT_BY_ID, who->user_id);
  mh_record_set_text (point, MH_QC_POINT_BY_NAME, who->user_name);

  return point;
}

static gboolean
z_of_point (MhRecord *point, MhZ *out_z)
{
  MhDecimal value, mean, sd;
  return mh_decimal_parse (mh_record_text (point, MH_QC_POINT_VALUE), &value)
         && mh_decimal_parse (mh_record_text (point, MH_QC_POINT_MEAN), &mean)
         && mh_decimal_parse (mh_record_text (point, MH_QC_POINT_SD), &sd)
         && mh_z_of (value, mean, sd, out_z);
}

static gboolean
qc_run_set_value (MhRecord *point, MhRecord *entry, GError **error)
{
  MhZ z;
  g_autofree char *text = mh_text_ascii_digits (mh_record_text (entry, MH_QC_ENTRY_VALUE));
  mh_record_set_text (point, MH_QC_POINT_VALUE, g_strstrip (text));
  if (!z_of_point (point, &z))
    {
      mh_error_set (error, MH_ERROR_INVALID, "Write the value as a number, like 4.35.");
      return FALSE;
    }
  mh_record_take_text (point, MH_QC_POINT_Z, mh_z_text (z, 2));
  return TRUE;
}

/* --- judging --- */

typedef struct
{
  MhRecord *point;
  guint run;
} Judged;

static int
compare_judged (gconstpointer a, gconstpointer b)
{
  const Judged *left = a;
  const Judged *right = b;
  if (left->run != right->run)
    return left->run < right->run ? -1 : 1;
  gint64 l = mh_record_int (left->point, MH_QC_POINT_LEVEL);
  gint64 r = mh_record_int (right->point, MH_QC_POINT_LEVEL);
  return l != r ? (l < r ? -1 : 1)
                : g_strcmp0 (mh_record_text (left->point, MH_QC_POINT_TARGET_ID),
                             mh_record_text (right->point, MH_QC_POINT_TARGET_ID));
}

static guint
qc_run_number_of (GHashTable *numbers, const char *name)
{
  gpointer known = g_hash_table_lookup (numbers, name);
  if (known == NULL)
    {
      known = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, (char *)name, known);
    }
  return GPOINTER_TO_UINT (known);
}

/* @history newest first. What is of this run stands last, whenever it came. */
static GArray *
in_order (GPtrArray *history, const MhQcVerdict *verdict)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Judged));
  g_autoptr (GHashTable) runs = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = history->len; i-- > 0;)
    {
      MhRecord *point = g_ptr_array_index (history, i);
      const char *run_id = mh_record_text (point, MH_QC_POINT_RUN_ID);
      gboolean own = g_strcmp0 (run_id, verdict->run_id) == 0;
      const Judged judged = { point, own ? G_MAXUINT : qc_run_number_of (runs, run_id) };
      g_array_append_val (all, judged);
    }

  for (guint i = 0; i < verdict->points->len; i++)
    {
      const Judged judged = { g_ptr_array_index (verdict->points, i), G_MAXUINT };
      g_array_append_val (all, judged);
    }

  g_array_sort (all, compare_judged);
  return all;
}

static void
set_verdict (MhRecord *point, guint fired)
{
  g_auto (GStrv) names = mh_westgard_names (fired);
  mh_record_set_list (point, MH_QC_POINT_RULES, (const char *const *)names);
  mh_record_set_text (point, MH_QC_POINT_STATE,
                      mh_westgard_rejects (fired) ? MH_QC_REJECTED
                      : fired != 0                ? MH_QC_WARNING
                                                  : MH_QC_ACCEPTED);
}

static void
qc_run_judge (MhQcVerdict *verdict, GPtrArray *history, guint rules)
{
  guint n = 0;
  g_autoptr (GHashTable) series = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) all = in_order (history, verdict);
  g_autofree MhWestgardPoint *points = g_new0 (MhWestgardPoint, all->len);
  g_autofree MhRecord **records = g_new0 (MhRecord *, all->len);
  g_autofree guint *each = g_new0 (guint, all->len);

  for (guint i = 0; i < all->len; i++)
    {
      const Judged *judged = &g_array_index (all, Judged, i);
      if (!z_of_point (judged->point, &points[n].z))
        continue;
      points[n].run = judged->run;
      points[n].series
          = qc_run_number_of (series, mh_record_text (judged->point, MH_QC_POINT_TARGET_ID));
      records[n++] = judged->point;
    }

  guint fired = mh_westgard_judge (points, n, rules, each);
  for (guint i = 0; i < n; i++)
    if (g_ptr_array_find (verdict->points, records[i], NULL))
      set_verdict (records[i], each[i]);

  verdict->rejected = mh_westgard_rejects (fired);

  /* Beside what rejects, a warning is no reason. */
  verdict->fired = mh_westgard_names (verdict->rejected ? mh_westgard_rejecting (fired) : fired);
}

/* What counts: of targets in use, not excluded, measured as the analyser is now. */
static GPtrArray *
qc_run_load_history (MhDb *db, const MhQcVerdict *verdict, GError **error)
{
  gint64 changed_at = 0;
  g_autoptr (GHashTable) active = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) targets = mh_qc_store_targets (db, &verdict->subject, error);
  if (targets == NULL || !mh_qc_store_changed_at (db, &verdict->subject, &changed_at, error))
    return NULL;

  const MhQcPointsQuery query = { .subject = verdict->subject,
                                  .since = MIN (changed_at, verdict->at),
                                  .until = verdict->at,
                                  .limit = LOOK_BACK };
  g_autoptr (GPtrArray) found = mh_qc_store_points (db, &query, error);

  if (found == NULL)
    return NULL;

  for (guint i = 0; i < targets->len; i++)
    if (mh_record_bool (g_ptr_array_index (targets, i), MH_QC_TARGET_ACTIVE))
      g_hash_table_add (active, (char *)mh_record_id (g_ptr_array_index (targets, i)));

  for (guint i = found->len; i-- > 0;)
    {
      MhRecord *point = g_ptr_array_index (found, i);
      if (mh_record_bool (point, MH_QC_POINT_EXCLUDED)
          || !g_hash_table_contains (active, mh_record_text (point, MH_QC_POINT_TARGET_ID)))
        g_ptr_array_remove_index (found, i);
    }

  return g_steal_pointer (&found);
}

/* --- writing --- */

static gboolean
write_point (MhTx *tx, MhRecord *point, MhRecord *target, GError **error)
{
  if (!mh_tx_insert (tx, point, MH_AUDIT_CREATE, NULL, error))
    return FALSE;
  if (mh_record_int (point, MH_QC_POINT_AT) < mh_record_int (target, MH_QC_TARGET_LAST_AT))
    return TRUE;
  g_autoptr (MhRecord) after = mh_record_copy (target);
  mh_record_set_int (after, MH_QC_TARGET_LAST_AT, mh_record_int (point, MH_QC_POINT_AT));
  mh_record_set_text (after, MH_QC_TARGET_LAST_VALUE, mh_record_text (point, MH_QC_POINT_VALUE));
  mh_record_set_text (after, MH_QC_TARGET_LAST_Z, mh_record_text (point, MH_QC_POINT_Z));
  mh_record_set_text (after, MH_QC_TARGET_LAST_STATE, mh_record_text (point, MH_QC_POINT_STATE));
  mh_record_set_list (after, MH_QC_TARGET_LAST_RULES, mh_record_list (point, MH_QC_POINT_RULES));
  return mh_tx_update (tx, target, after, MH_AUDIT_UPDATE, NULL, error);
}

/* A warning is gone with the next good value. */
static gboolean
tell_warning (MhTx *tx, const MhQcVerdict *verdict, GError **error)
{
  const MhQcSubject *subject = &verdict->subject;
  g_autofree char *key = g_strdup_printf ("qc_warning:%s/%s", subject->equipment, subject->analyte);
  if (verdict->rejected || verdict->fired[0] == NULL)
    return mh_alerts_clear (tx, subject->hospital_id, key, error);

  const char *const arguments[] = { subject->analyte, subject->equipment, verdict->fired[0], NULL };
  const MhAlertDraft draft = { .kind = MH_ALERT_QC_WARNING,
                               .severity = MH_ALERT_WARNING,
                               .hospital_id = subject->hospital_id,
                               .subject_type = mh_qc_target_type.code,
                               .subject_id = mh_record_id (g_ptr_array_index (verdict->targets, 0)),
                               .arguments = arguments,
                               .dedupe_key = key };

  return mh_alerts_raise (tx, &draft, error);
}

static gboolean
qc_run_settle (MhTx *tx, MhQcVerdict *verdict, MhRecord *run, GError **error)
{
  guint rules = 0;
  g_autoptr (MhRecord) lock = NULL;
  g_autoptr (GPtrArray) history = qc_run_load_history (mh_tx_db (tx), verdict, error);
  if (history == NULL)
    return FALSE;

  for (guint i = 0; i < verdict->targets->len; i++)
    rules |= mh_westgard_rules (
        mh_record_list (g_ptr_array_index (verdict->targets, i), MH_QC_TARGET_RULES));

  qc_run_judge (verdict, history, rules);
  for (guint i = 0; i < verdict->points->len; i++)
    {
      MhRecord *point = g_ptr_array_index (verdict->points, i);
      if (!write_point (tx, point, g_ptr_array_index (verdict->targets, i), error))
        return FALSE;
      mh_record_append (run, MH_QC_RUN_POINTS, point);
    }

  if (!mh_qc_locks_follow (tx, verdict, &lock, error) || !tell_warning (tx, verdict, error))
    return FALSE;

  if (lock != NULL)
    mh_record_append (run, MH_QC_RUN_LOCKS, lock);
  if (verdict->rejected)
    mh_record_set_text (run, MH_QC_RUN_STATE, MH_QC_REJECTED);
  else if (verdict->fired[0] != NULL
           && g_strcmp0 (mh_record_text (run, MH_QC_RUN_STATE), MH_QC_REJECTED) != 0)
    mh_record_set_text (run, MH_QC_RUN_STATE, MH_QC_WARNING);

  return TRUE;
}

static void
verdict_free (gpointer data)
{
  MhQcVerdict *verdict = data;
  g_ptr_array_unref (verdict->points);
  g_ptr_array_unref (verdict->targets);
  g_strfreev (verdict->fired);
  g_free (verdict);
}

static MhQcVerdict *
qc_run_verdict_of (GPtrArray *verdicts, MhRecord *run, const char *hospital_id, MhRecord *target)
{
  const char *analyte = mh_record_text (target, MH_QC_TARGET_ANALYTE);
  for (guint i = 0; i < verdicts->len; i++)
    {
      MhQcVerdict *known = g_ptr_array_index (verdicts, i);
      if (g_str_equal (known->subject.analyte, analyte))
        return known;
    }

  MhQcVerdict *verdict = g_new0 (MhQcVerdict, 1);
  verdict->points = g_ptr_array_new_with_free_func (g_object_unref);
  verdict->targets = g_ptr_array_new_with_free_func (g_object_unref);
  verdict->subject
      = (MhQcSubject){ hospital_id, mh_record_text (run, MH_QC_RUN_EQUIPMENT), analyte };
  verdict->run_id = mh_record_text (run, MH_QC_RUN_ID);
  verdict->at = mh_record_int (run, MH_QC_RUN_AT);
  g_ptr_array_add (verdicts, verdict);

  return verdict;
}

/* Adds the entry to the verdict of its analyte. */
static gboolean
qc_run_take_entry (MhTx *tx,
                   const char *hospital_id,
                   MhRecord *run,
                   guint index,
                   GPtrArray *verdicts,
                   GError **error)
{
  MhRecord *entry = g_ptr_array_index (mh_record_records (run, MH_QC_RUN_ENTRIES), index);
  const MhQcSubject subject = { hospital_id, mh_record_text (run, MH_QC_RUN_EQUIPMENT),
                                mh_record_text (entry, MH_QC_ENTRY_ANALYTE) };
  GError *failure = NULL;
  g_autoptr (MhRecord) target = find_target (mh_tx_db (tx), &subject, entry, &failure);

  if (target == NULL
      || !check_lot (mh_tx_db (tx), target, mh_record_int (run, MH_QC_RUN_AT), &failure))
    return qc_run_blame (index, "target_id", failure, error);

  MhQcVerdict *verdict = qc_run_verdict_of (verdicts, run, hospital_id, target);
  for (guint i = 0; i < verdict->targets->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (verdict->targets, i)), mh_record_id (target))
        == 0)
      return qc_run_blame (index, "target_id",
                           g_error_new_literal (MH_ERROR, MH_ERROR_CONFLICT,
                                                "This control stands twice in the run."),
                           error);

  g_autoptr (MhRecord) point = new_point (run, target, entry, mh_tx_who (tx));
  if (!qc_run_set_value (point, entry, &failure))
    return qc_run_blame (index, "value", failure, error);

  g_ptr_array_add (verdict->points, g_steal_pointer (&point));
  g_ptr_array_add (verdict->targets, g_steal_pointer (&target));
  return TRUE;
}

static gboolean
check_run (MhTx *tx, MhRecord *run, GError **error)
{
  GPtrArray *entries = mh_record_records (run, MH_QC_RUN_ENTRIES);
  gint64 now = mh_tx_now (tx);
  if (entries == NULL || entries->len == 0)
    {
      mh_error_set_field (error, "entries", "required", "Give the controls' values.");
      return FALSE;
    }

  if (mh_record_int (run, MH_QC_RUN_AT) > now + SKEW)
    {
      mh_error_set_field (error, "at", "out_of_range", "This time has not come yet.");
      return FALSE;
    }

  if (!mh_record_has (run, MH_QC_RUN_AT) || mh_record_int (run, MH_QC_RUN_AT) > now)
    mh_record_set_int (run, MH_QC_RUN_AT, now);
  if (!mh_record_has (run, MH_QC_RUN_ID))
    mh_record_take_text (run, MH_QC_RUN_ID, mh_id_new ());
  mh_record_set_text (run, MH_QC_RUN_STATE, MH_QC_ACCEPTED);

  return TRUE;
}

static MhRecord *
take_run (MhTx *tx, const char *hospital_id, MhRecord *sent, const char *source, GError **error)
{
  g_autoptr (MhRecord) run = mh_record_copy (sent);
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func (verdict_free);
  if (!check_run (tx, run, error))
    return NULL;

  mh_record_set_text (run, MH_QC_RUN_SOURCE, source);
  guint n = mh_record_records (run, MH_QC_RUN_ENTRIES)->len;
  for (guint i = 0; i < n; i++)
    if (!qc_run_take_entry (tx, hospital_id, run, i, verdicts, error))
      return NULL;
  for (guint i = 0; i < verdicts->len; i++)
    if (!qc_run_settle (tx, g_ptr_array_index (verdicts, i), run, error))
      return NULL;

  return g_steal_pointer (&run);
}

MhRecord *
mh_qc_service_run (const MhRequest *req, MhRecord *run, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL || !mh_actor_require (req->actor, MH_MAY_ENTER_QC, error))
    return NULL;
  return take_run (req->tx, hospital_id, run, MH_QC_MANUAL, error);
}

/* --- from an analyser --- */

/* The run that is being measured now; NULL without error: a new one begins. */
static char *
open_run (MhTx *tx, const MhQcReading *reading, MhRecord *target, gint64 at, GError **error)
{
  const MhQcPointsQuery query
      = { .subject = { reading->hospital_id, reading->equipment, reading->analyte },
          .since = at - RUN_LASTS - 1,
          .until = at,
          .limit = LOOK_BACK };
  g_autoptr (GPtrArray) points = mh_qc_store_points (mh_tx_db (tx), &query, error);

  if (points == NULL || points->len == 0)
    return NULL;

  const char *run_id = mh_record_text (g_ptr_array_index (points, 0), MH_QC_POINT_RUN_ID);
  for (guint i = 0; i < points->len; i++)
    {
      MhRecord *point = g_ptr_array_index (points, i);
      if (g_strcmp0 (mh_record_text (point, MH_QC_POINT_RUN_ID), run_id) == 0
          && g_strcmp0 (mh_record_text (point, MH_QC_POINT_TARGET_ID), mh_record_id (target)) == 0)
        return NULL;
    }

  return g_strdup (run_id);
}

MhRecord *
mh_qc_take_point (MhTx *tx, const MhQcReading *reading, GError **error)
{
  const MhQcSubject subject = { reading->hospital_id, reading->equipment, reading->analyte };
  GError *failure = NULL;
  gint64 at = reading->at > 0 ? MIN (reading->at, mh_tx_now (tx)) : mh_tx_now (tx);
  g_autoptr (MhRecord) run = mh_record_new (&mh_qc_run_type);
  g_autoptr (MhRecord) entry = mh_record_new (&mh_qc_entry_type);

  mh_record_set_text (entry, MH_QC_ENTRY_TARGET_ID, reading->target_id);
  mh_record_set_text (entry, MH_QC_ENTRY_CONTROL_ID, reading->control_id);
  mh_record_set_text (entry, MH_QC_ENTRY_ANALYTE, reading->analyte);
  mh_record_set_text (entry, MH_QC_ENTRY_VALUE, reading->value);
  mh_record_set_text (entry, MH_QC_ENTRY_COMMENT, reading->comment);

  g_autoptr (MhRecord) target = find_target (mh_tx_db (tx), &subject, entry, error);
  if (target == NULL || !check_lot (mh_tx_db (tx), target, at, error))
    return NULL;

  g_autofree char *joined
      = reading->run_id == NULL ? open_run (tx, reading, target, at, &failure) : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  mh_record_set_text (entry, MH_QC_ENTRY_TARGET_ID, mh_record_id (target));
  mh_record_set_text (run, MH_QC_RUN_ID, reading->run_id != NULL ? reading->run_id : joined);
  mh_record_set_text (run, MH_QC_RUN_EQUIPMENT, reading->equipment);
  mh_record_set_int (run, MH_QC_RUN_AT, at);
  mh_record_append (run, MH_QC_RUN_ENTRIES, entry);

  g_autoptr (MhRecord) taken
      = take_run (tx, reading->hospital_id, run,
                  reading->source != NULL ? reading->source : MH_QC_ANALYSER, error);

  return taken != NULL
             ? g_object_ref (g_ptr_array_index (mh_record_records (taken, MH_QC_RUN_POINTS), 0))
             : NULL;
}

MhRecord *
mh_qc_find_control (MhDb *db, const char *hospital_id, const char *control_id, GError **error)
{
  return mh_qc_store_lot_of_control (db, hospital_id, control_id, error);
}
