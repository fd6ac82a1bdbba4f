/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rejected control locks, what is done about it, and whose values it puts in doubt. */
#include "server/lab/equipment/mh-equipment-service.h"
#include "server/lab/qc/mh-qc-private.h"
#include "server/messages/alerts/mh-alerts-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

#define MOST_SUSPECTS 5000

/* --- following a verdict --- */

static char *
qc_locks_alert_key (const MhQcSubject *subject)
{
  return g_strdup_printf ("qc_reject:%s/%s", subject->equipment, subject->analyte);
}

static gboolean
tell_lock (MhTx *tx, MhRecord *lock, GError **error)
{
  const char *const *rules = mh_record_list (lock, MH_QC_LOCK_RULES);
  const MhQcSubject subject
      = { mh_record_text (lock, MH_QC_LOCK_HOSPITAL_ID),
          mh_record_text (lock, MH_QC_LOCK_EQUIPMENT), mh_record_text (lock, MH_QC_LOCK_ANALYTE) };
  g_autofree char *key = qc_locks_alert_key (&subject);
  g_autofree char *joined = rules != NULL ? g_strjoinv (" ", (char **)rules) : g_strdup ("");
  const char *const arguments[] = { subject.analyte, subject.equipment, joined, NULL };
  const MhAlertDraft draft = { .kind = MH_ALERT_QC_REJECT,
                               .severity = MH_ALERT_SEVERE,
                               .hospital_id = subject.hospital_id,
                               .subject_type = mh_qc_lock_type.code,
                               .subject_id = mh_record_id (lock),
                               .arguments = arguments,
                               .dedupe_key = key };

  return mh_alerts_raise (tx, &draft, error);
}

/* The point that weighs most: the first that was rejected. */
static MhRecord *
worst_of (const MhQcVerdict *verdict)
{
  for (guint i = 0; i < verdict->points->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (verdict->points, i), MH_QC_POINT_STATE),
                   MH_QC_REJECTED)
        == 0)
      return g_ptr_array_index (verdict->points, i);
  return g_ptr_array_index (verdict->points, 0);
}

static void
qc_locks_describe (MhRecord *lock, const MhQcVerdict *verdict)
{
  MhRecord *worst = worst_of (verdict);
  for (guint i = 0; i < verdict->targets->len; i++)
    {
      MhRecord *target = g_ptr_array_index (verdict->targets, i);
      const char *const *known = mh_record_list (lock, MH_QC_LOCK_TARGET_IDS);
      if (known == NULL || !g_strv_contains (known, mh_record_id (target)))
        mh_record_add_to_list (lock, MH_QC_LOCK_TARGET_IDS, mh_record_id (target));
      if (g_strcmp0 (mh_record_id (target), mh_record_text (worst, MH_QC_POINT_TARGET_ID)) == 0)
        mh_record_set_text (lock, MH_QC_LOCK_MATERIAL,
                            mh_record_text (target, MH_QC_TARGET_MATERIAL));
    }

  mh_record_set_text (lock, MH_QC_LOCK_LOT, mh_record_text (worst, MH_QC_POINT_LOT));
  mh_record_set_int (lock, MH_QC_LOCK_LEVEL, mh_record_int (worst, MH_QC_POINT_LEVEL));
  mh_record_set_text (lock, MH_QC_LOCK_VALUE, mh_record_text (worst, MH_QC_POINT_VALUE));
  mh_record_set_text (lock, MH_QC_LOCK_Z, mh_record_text (worst, MH_QC_POINT_Z));
  mh_record_set_list (lock, MH_QC_LOCK_RULES, (const char *const *)verdict->fired);
  mh_record_set_text (lock, MH_QC_LOCK_STATE, MH_QC_LOCK_OPEN);
}

static MhRecord *
open_lock (MhTx *tx, const MhQcVerdict *verdict, GError **error)
{
  gint64 good_at = 0;
  g_autoptr (MhRecord) lock = mh_record_new (&mh_qc_lock_type);
  if (!mh_qc_store_last_good (mh_tx_db (tx), &verdict->subject, verdict->at, &good_at, error))
    return NULL;

  mh_record_set_text (lock, MH_QC_LOCK_HOSPITAL_ID, verdict->subject.hospital_id);
  mh_record_set_text (lock, MH_QC_LOCK_EQUIPMENT, verdict->subject.equipment);
  mh_record_set_text (lock, MH_QC_LOCK_ANALYTE, verdict->subject.analyte);
  if (good_at > 0)
    mh_record_set_int (lock, MH_QC_LOCK_SINCE_AT, good_at);
  mh_record_set_int (lock, MH_QC_LOCK_OPENED_AT, verdict->at);
  mh_record_set_text (lock, MH_QC_LOCK_OPENED_NAME, mh_tx_who (tx)->user_name);
  qc_locks_describe (lock, verdict);
  return mh_tx_insert (tx, lock, MH_AUDIT_CREATE, NULL, error) && tell_lock (tx, lock, error)
             ? g_steal_pointer (&lock)
             : NULL;
}

/* What was rejected and is still in use, without what is good again. */
static gboolean
strike_good (MhTx *tx, MhRecord *lock, const MhQcVerdict *verdict, GError **error)
{
  const char *const *ids = mh_record_list (lock, MH_QC_LOCK_TARGET_IDS);
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      gboolean good = FALSE;
      for (guint k = 0; k < verdict->targets->len && !good; k++)
        good = g_strcmp0 (mh_record_id (g_ptr_array_index (verdict->targets, k)), ids[i]) == 0;
      g_autoptr (MhRecord) target
          = good ? NULL : mh_store_get (mh_tx_db (tx), &mh_qc_target_type, ids[i], error);
      if (!good && target == NULL)
        return FALSE;
      if (target != NULL && mh_record_bool (target, MH_QC_TARGET_ACTIVE))
        g_strv_builder_add (left, ids[i]);
    }

  g_auto (GStrv) list = g_strv_builder_end (left);
  mh_record_set_list (lock, MH_QC_LOCK_TARGET_IDS, (const char *const *)list);
  return TRUE;
}

static gboolean
relieve (MhTx *tx, MhRecord *lock, const MhQcVerdict *verdict, GError **error)
{
  g_autofree char *key = qc_locks_alert_key (&verdict->subject);
  gboolean acted = g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_STATE), MH_QC_LOCK_ACTED) == 0;
  if (!acted || verdict->at < mh_record_int (lock, MH_QC_LOCK_ACTION_AT))
    return TRUE;
  if (!strike_good (tx, lock, verdict, error))
    return FALSE;

  const char *const *left = mh_record_list (lock, MH_QC_LOCK_TARGET_IDS);
  if (left != NULL && left[0] != NULL)
    return TRUE;

  mh_record_set_text (lock, MH_QC_LOCK_STATE, MH_QC_LOCK_RELEASED);
  mh_record_set_int (lock, MH_QC_LOCK_RELEASED_AT, mh_tx_now (tx));
  mh_record_set_text (lock, MH_QC_LOCK_RELEASED_NAME, mh_tx_who (tx)->user_name);
  return mh_alerts_clear (tx, verdict->subject.hospital_id, key, error);
}

gboolean
mh_qc_locks_follow (MhTx *tx, const MhQcVerdict *verdict, MhRecord **out_lock, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) before = mh_qc_store_lock (mh_tx_db (tx), &verdict->subject, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (before == NULL)
    {
      *out_lock = verdict->rejected ? open_lock (tx, verdict, error) : NULL;
      return !verdict->rejected || *out_lock != NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (verdict->rejected)
    qc_locks_describe (after, verdict);
  else if (!relieve (tx, after, verdict, error))
    return FALSE;
  if (!mh_record_equal (before, after)
      && !mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return FALSE;
  if (verdict->rejected && !tell_lock (tx, after, error))
    return FALSE;

  *out_lock = g_steal_pointer (&after);
  return TRUE;
}

/* --- what may be released --- */

static gboolean
qc_locks_refuse (const char *analyte, const char *code, const char *message, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_issues_add (issues, analyte, code, "%s", message);
  mh_error_set_issues (error, MH_ERROR_CONFLICT, issues, message);
  return FALSE;
}

static gboolean
refuse_equipment (MhRecord *equipment, const char *analyte, const char *block, GError **error)
{
  static const struct
  {
    const char *code, *words;
  } table[] = {
    { MH_EQUIPMENT_BLOCK_FAULT, "has a fault" },
    { MH_EQUIPMENT_BLOCK_MAINTENANCE, "is under maintenance" },
    { MH_EQUIPMENT_BLOCK_RETIRED, "is retired" },
    { MH_EQUIPMENT_BLOCK_CALIBRATION, "is overdue for calibration" },
  };
  const char *words = "is locked";

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].code, block))
      words = table[i].words;

  g_autofree char *name = mh_record_display (equipment);
  g_autofree char *message = g_strdup_printf (
      "%s was measured on %s, which %s: it is not released.", analyte, name, words);

  return qc_locks_refuse (analyte, block, message, error);
}

static gboolean
refuse_lock (MhRecord *lock, GError **error)
{
  const char *analyte = mh_record_text (lock, MH_QC_LOCK_ANALYTE);
  const char *const *rules = mh_record_list (lock, MH_QC_LOCK_RULES);
  gboolean open = g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_STATE), MH_QC_LOCK_OPEN) == 0;
  g_autofree char *joined = rules != NULL ? g_strjoinv (" ", (char **)rules) : g_strdup ("");
  g_autofree char *message = g_strdup_printf (
      "The control of %s on %s was rejected (%s; %s, level %d, lot %s): it is not released %s.",
      analyte, mh_record_text (lock, MH_QC_LOCK_EQUIPMENT), joined,
      mh_record_text (lock, MH_QC_LOCK_MATERIAL), (int)mh_record_int (lock, MH_QC_LOCK_LEVEL),
      mh_record_text (lock, MH_QC_LOCK_LOT),
      open ? "until a corrective action is recorded and the control is good again"
           : "until the control is good again");

  return qc_locks_refuse (analyte, "qc_rejected", message, error);
}

gboolean
mh_qc_may_release (MhDb *db,
                   MhQcKnown *known,
                   const MhQcSubject *subject,
                   gint64 now,
                   GError **error)
{
  const char *block = NULL;
  MhRecord *equipment = NULL, *lock = NULL;
  if (subject->equipment == NULL || *subject->equipment == 0 || subject->hospital_id == NULL)
    return TRUE;
  if (!mh_qc_known_block (db, known, subject, now, &block, error)
      || !mh_qc_known_equipment (db, known, subject, &equipment, error)
      || !mh_qc_known_lock (db, known, subject, &lock, error))
    return FALSE;
  if (block != NULL)
    return refuse_equipment (equipment, subject->analyte, block, error);
  return lock == NULL || refuse_lock (lock, error);
}

/* --- reading and acting --- */

GPtrArray *
mh_qc_service_locks (const MhRequest *req, const char *state, MhListPage page, GError **error)
{
  return mh_qc_store_locks (req->db, mh_actor_hospital_id (req->actor), state, page, error);
}

MhRecord *
mh_qc_service_lock (const MhRequest *req, const char *lock_id, GError **error)
{
  return mh_edit_get (req, &mh_qc_lock_type, lock_id, error);
}

GPtrArray *
mh_qc_service_actions (const MhRequest *req, const char *lock_id, GError **error)
{
  g_autoptr (MhRecord) lock = mh_edit_get (req, &mh_qc_lock_type, lock_id, error);
  return lock != NULL ? mh_qc_store_actions (req->db, lock_id, error) : NULL;
}

MhRecord *
mh_qc_service_act (const MhRequest *req, const char *lock_id, MhRecord *sent, GError **error)
{
  const MhWho *who = mh_tx_who (req->tx);
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_qc_lock_type, lock_id, error);
  if (before == NULL || !mh_actor_require (req->actor, MH_MAY_ENTER_QC, error))
    return NULL;

  if (g_strcmp0 (mh_record_text (before, MH_QC_LOCK_STATE), MH_QC_LOCK_RELEASED) == 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "Somebody has ended this lock already; nothing is left to do.");
      return NULL;
    }

  g_autoptr (MhRecord) action = mh_record_copy (sent);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (action, MH_QC_ACTION_HOSPITAL_ID,
                      mh_record_text (before, MH_QC_LOCK_HOSPITAL_ID));
  mh_record_set_text (action, MH_QC_ACTION_LOCK_ID, lock_id);
  mh_record_set_int (action, MH_QC_ACTION_AT, mh_tx_now (req->tx));
  mh_record_set_text (action, MH_QC_ACTION_BY_ID, who->user_id);
  mh_record_set_text (action, MH_QC_ACTION_BY_NAME, who->user_name);
  mh_record_set_text (after, MH_QC_LOCK_STATE, MH_QC_LOCK_ACTED);
  mh_record_set_text (after, MH_QC_LOCK_ACTION, mh_record_text (action, MH_QC_ACTION_ACTION));
  mh_record_set_text (after, MH_QC_LOCK_ACTION_NOTE, mh_record_text (action, MH_QC_ACTION_NOTE));
  mh_record_set_int (after, MH_QC_LOCK_ACTION_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_QC_LOCK_ACTION_NAME, who->user_name);

  return mh_tx_insert (req->tx, action, MH_AUDIT_CREATE, NULL, error)
                 && mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

GPtrArray *
mh_qc_service_suspects (const MhRequest *req, const char *lock_id, gint64 now, GError **error)
{
  g_autoptr (MhRecord) lock = mh_edit_get (req, &mh_qc_lock_type, lock_id, error);
  if (lock == NULL)
    return NULL;
  const MhQcSuspectsQuery query = { .subject = { mh_record_text (lock, MH_QC_LOCK_HOSPITAL_ID),
                                                 mh_record_text (lock, MH_QC_LOCK_EQUIPMENT),
                                                 mh_record_text (lock, MH_QC_LOCK_ANALYTE) },
                                    .lock_id = lock_id,
                                    .since = mh_record_int (lock, MH_QC_LOCK_SINCE_AT),
                                    .until = mh_record_has (lock, MH_QC_LOCK_ACTION_AT)
                                                 ? mh_record_int (lock, MH_QC_LOCK_ACTION_AT)
                                                 : now,
                                    .limit = MOST_SUSPECTS };
  return mh_qc_store_suspects (req->db, &query, error);
}

MhRecord *
mh_qc_service_review (const MhRequest *req, const char *lock_id, MhRecord *sent, GError **error)
{
  const char *result_id = mh_record_text (sent, MH_QC_REVIEW_RESULT_ID);
  g_autoptr (GPtrArray) suspects
      = mh_actor_require (req->actor, MH_MAY_WRITE_QC, error)
            ? mh_qc_service_suspects (req, lock_id, mh_tx_now (req->tx), error)
            : NULL;
  gboolean known = FALSE;

  if (suspects == NULL)
    return NULL;

  for (guint i = 0; i < suspects->len && !known; i++)
    known = g_strcmp0 (mh_record_text (g_ptr_array_index (suspects, i), MH_QC_SUSPECT_RESULT_ID),
                       result_id)
            == 0;

  if (!known)
    {
      mh_error_set_field (
          error, "result_id", "unknown_code",
          "This result was not measured while the control was out of limits; choose "
          "one of the list.");
      return NULL;
    }

  g_autoptr (MhRecord) review = mh_record_copy (sent);
  mh_record_set_text (review, MH_QC_REVIEW_HOSPITAL_ID, mh_actor_hospital_id (req->actor));
  mh_record_set_text (review, MH_QC_REVIEW_LOCK_ID, lock_id);
  mh_record_set_int (review, MH_QC_REVIEW_AT, mh_tx_now (req->tx));
  mh_record_set_text (review, MH_QC_REVIEW_BY_ID, mh_tx_who (req->tx)->user_id);
  mh_record_set_text (review, MH_QC_REVIEW_BY_NAME, mh_tx_who (req->tx)->user_name);

  return mh_tx_insert (req->tx, review, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&review)
                                                                      : NULL;
}
