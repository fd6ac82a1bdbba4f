/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/alerts/mh-alerts-service.h"

#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/platform/mh-audit.h"

/* In one transaction. */
#define CLEAR_AT_ONCE 1000

/* The database has one column for the cause, and hospitals may use the same. */
static char *
alerts_service_key_of (const char *hospital_id, const char *dedupe_key)
{
  return g_strconcat (hospital_id != NULL ? hospital_id : "", ":", dedupe_key, NULL);
}

static void
open_it (MhRecord *alert, gint64 now)
{
  mh_record_set_text (alert, MH_ALERT_STATUS, MH_ALERT_OPEN);
  mh_record_set_int (alert, MH_ALERT_RAISED_AT, now);
  mh_record_set_null (alert, MH_ALERT_SNOOZED_UNTIL);
  mh_record_set_null (alert, MH_ALERT_ESCALATED_AT);
  mh_record_set_null (alert, MH_ALERT_ACKNOWLEDGED_AT);
  mh_record_set_null (alert, MH_ALERT_ACKNOWLEDGED_BY);
  mh_record_set_null (alert, MH_ALERT_ACKNOWLEDGED_NAME);
}

static gboolean
raise_again (MhTx *tx,
             MhRecord *before,
             const MhAlertDraft *draft,
             const char *severity,
             GError **error)
{
  if (mh_alert_rank (severity) <= mh_alert_rank (mh_record_text (before, MH_ALERT_SEVERITY)))
    return TRUE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_ALERT_SEVERITY, severity);
  if (draft->arguments != NULL)
    mh_record_set_list (after, MH_ALERT_ARGUMENTS, draft->arguments);
  open_it (after, mh_tx_now (tx));
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

gboolean
mh_alerts_raise (MhTx *tx, const MhAlertDraft *draft, GError **error)
{
  GError *failure = NULL;
  const char *severity = draft->severity != NULL ? draft->severity : MH_ALERT_WARNING;
  g_autofree char *key = alerts_service_key_of (draft->hospital_id, draft->dedupe_key);

  g_return_val_if_fail (mh_alert_kind_find (draft->kind) != NULL, FALSE);
  g_autoptr (MhRecord) known = mh_alerts_store_active (mh_tx_db (tx), key, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (known != NULL)
    return raise_again (tx, known, draft, severity, error);

  g_autoptr (MhRecord) alert = mh_record_new (&mh_alert_type);
  mh_record_set_text (alert, MH_ALERT_HOSPITAL_ID, draft->hospital_id);
  mh_record_set_text (alert, MH_ALERT_KIND, draft->kind);
  mh_record_set_text (alert, MH_ALERT_SEVERITY, severity);
  mh_record_set_text (alert, MH_ALERT_SUBJECT_TYPE, draft->subject_type);
  mh_record_set_text (alert, MH_ALERT_SUBJECT_ID, draft->subject_id);
  mh_record_set_list (alert, MH_ALERT_ARGUMENTS, draft->arguments);
  mh_record_set_text (alert, MH_ALERT_BENCH, draft->bench);
  mh_record_set_text (alert, MH_ALERT_USER_ID, draft->user_id);
  mh_record_set_text (alert, MH_ALERT_DEDUPE_KEY, key);
  open_it (alert, mh_tx_now (tx));

  return mh_tx_insert (tx, alert, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
clear_one (MhTx *tx, MhRecord *before, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_ALERT_STATUS, MH_ALERT_CLEARED);
  mh_record_set_int (after, MH_ALERT_CLEARED_AT, mh_tx_now (tx));
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

gboolean
mh_alerts_clear (MhTx *tx, const char *hospital_id, const char *dedupe_key, GError **error)
{
  GError *failure = NULL;
  g_autofree char *key = alerts_service_key_of (hospital_id, dedupe_key);
  g_autoptr (MhRecord) known = mh_alerts_store_active (mh_tx_db (tx), key, &failure);
  if (failure == NULL)
    return known == NULL || clear_one (tx, known, error);
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
mh_alerts_clear_all (MhTx *tx, const char *hospital_id, const char *prefix, GError **error)
{
  g_autofree char *key = alerts_service_key_of (hospital_id, prefix);
  g_autoptr (GPtrArray) found
      = mh_alerts_store_active_below (mh_tx_db (tx), key, CLEAR_AT_ONCE, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (!clear_one (tx, g_ptr_array_index (found, i), error))
      return FALSE;
  return found != NULL;
}

/* --- reading --- */

/* "|a|b|" of the kinds that one of the rights lets @actor see. */
static char *
kinds_for (const MhActor *actor, gboolean escalated)
{
  GString *kinds = g_string_new ("|");
  for (const MhAlertKind *kind = mh_alert_kinds; kind->code != NULL; kind++)
    {
      g_auto (GStrv) rights = g_strsplit (
          escalated ? (kind->escalated != NULL ? kind->escalated : "-") : kind->rights, "|", -1);
      gboolean may = FALSE;
      for (char **right = rights; *right != NULL && !may; right++)
        may = mh_actor_may (actor, *right);
      if (may)
        g_string_append_printf (kinds, "%s|", kind->code);
    }

  return g_string_free (kinds, FALSE);
}

GPtrArray *
mh_alerts_service_list (const MhRequest *req, const MhAlertsQuery *query, GError **error)
{
  MhAlertsQuery wanted = *query;
  g_autofree char *kinds = kinds_for (req->actor, FALSE);
  g_autofree char *escalated = kinds_for (req->actor, TRUE);
  wanted.hospital_id = mh_actor_hospital_id (req->actor);
  wanted.user_id = mh_actor_user_id (req->actor);
  wanted.kinds = kinds;
  wanted.escalated = escalated;
  return mh_alerts_store_list (req->db, &wanted, error);
}

MhRecord *
mh_alerts_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) alert = mh_edit_get (req, &mh_alert_type, id, error);
  if (alert == NULL
      || mh_alert_is_for (alert, mh_actor_user_id (req->actor), mh_actor_permissions (req->actor)))
    return g_steal_pointer (&alert);
  mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such alert.");
  return NULL;
}

/* --- seeing to it --- */

static MhRecord *
active (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) alert = mh_alerts_service_read (req, id, error);
  if (alert == NULL || !mh_record_has (alert, MH_ALERT_CLEARED_AT))
    return g_steal_pointer (&alert);
  mh_error_set (error, MH_ERROR_CONFLICT, "It is resolved already.");
  return NULL;
}

MhRecord *
mh_alerts_service_acknowledge (const MhRequest *req,
                               const char *id,
                               MhRecord *noting,
                               GError **error)
{
  g_autoptr (MhRecord) before = active (req, id, error);
  if (before == NULL)
    return NULL;

  const char *note = mh_record_text (noting, MH_ALERT_NOTING_NOTE);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_ALERT_STATUS, MH_ALERT_ACKNOWLEDGED);
  mh_record_set_int (after, MH_ALERT_ACKNOWLEDGED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_ALERT_ACKNOWLEDGED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_ALERT_ACKNOWLEDGED_NAME, mh_actor_name (req->actor));
  mh_record_set_null (after, MH_ALERT_SNOOZED_UNTIL);
  if (note != NULL)
    mh_record_set_text (after, MH_ALERT_NOTE, note);
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, note, error))
    return NULL;

  return g_steal_pointer (&after);
}

MhRecord *
mh_alerts_service_snooze (const MhRequest *req, const char *id, MhRecord *noting, GError **error)
{
  g_autoptr (MhRecord) before = active (req, id, error);
  if (before == NULL)
    return NULL;

  if (!mh_record_has (noting, MH_ALERT_NOTING_MINUTES))
    {
      mh_error_set_field (error, "minutes", "required", "Say for how many minutes.");
      return NULL;
    }

  gint64 minutes = mh_record_int (noting, MH_ALERT_NOTING_MINUTES);
  const char *note = mh_record_text (noting, MH_ALERT_NOTING_NOTE);
  g_autoptr (MhRecord) after = mh_record_copy (before);

  mh_record_set_text (after, MH_ALERT_STATUS, MH_ALERT_SNOOZED);
  mh_record_set_int (after, MH_ALERT_SNOOZED_UNTIL, mh_tx_now (req->tx) + minutes * MH_MINUTE);
  mh_record_set_text (after, MH_ALERT_ACKNOWLEDGED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_ALERT_ACKNOWLEDGED_NAME, mh_actor_name (req->actor));
  if (note != NULL)
    mh_record_set_text (after, MH_ALERT_NOTE, note);
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, note, error))
    return NULL;

  return g_steal_pointer (&after);
}
