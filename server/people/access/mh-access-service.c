/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/access/mh-access-service.h"

#include <string.h>

#include "server/messages/alerts/mh-alerts.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-login.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

/* --- opening --- */

typedef struct
{
  const MhActor *actor;
  MhRecord *opening;
  MhRecord *grant; /* out */
} Opening;

static char *
access_service_alert_key (MhRecord *grant)
{
  return g_strconcat ("access:", mh_record_id (grant), NULL);
}

static gboolean
access_service_tell (MhTx *tx, MhRecord *grant, GError **error)
{
  g_autofree char *key = access_service_alert_key (grant);
  g_autofree char *due
      = g_strdup_printf ("@%" G_GINT64_FORMAT, mh_record_int (grant, MH_ACCESS_GRANT_REVIEW_BY));
  const char *arguments[] = { mh_record_text (grant, MH_ACCESS_GRANT_USER_NAME),
                              mh_record_text (grant, MH_ACCESS_GRANT_PATIENT_MRN), due, NULL };
  MhAlertDraft draft = {
    .kind = MH_ALERT_CHART_OPENED,
    .severity = MH_ALERT_WARNING,
    .hospital_id = mh_record_text (grant, MH_ACCESS_GRANT_HOSPITAL_ID),
    .subject_type = mh_access_grant_type.code,
    .subject_id = mh_record_id (grant),
    .arguments = arguments,
    .dedupe_key = key,
  };

  return mh_alerts_raise (tx, &draft, error);
}

static MhRecord *
make_grant (MhTx *tx, const Opening *opening, MhRecord *patient, const char *kind)
{
  MhRecord *grant = mh_record_new (&mh_access_grant_type);
  gint64 now = mh_tx_now (tx);
  mh_record_set_text (grant, MH_ACCESS_GRANT_HOSPITAL_ID,
                      mh_record_text (patient, MH_PATIENT_HOSPITAL_ID));
  mh_record_set_text (grant, MH_ACCESS_GRANT_PATIENT_ID, mh_record_id (patient));
  mh_record_set_text (grant, MH_ACCESS_GRANT_PATIENT_MRN, mh_record_text (patient, MH_PATIENT_MRN));
  mh_record_set_text (grant, MH_ACCESS_GRANT_USER_ID, mh_actor_user_id (opening->actor));
  mh_record_set_text (grant, MH_ACCESS_GRANT_USER_NAME, mh_actor_name (opening->actor));
  mh_record_set_text (grant, MH_ACCESS_GRANT_ROLE, mh_actor_role (opening->actor));
  mh_record_set_text (grant, MH_ACCESS_GRANT_KIND, kind);
  mh_record_set_text (grant, MH_ACCESS_GRANT_REASON,
                      mh_record_text (opening->opening, MH_ACCESS_OPENING_REASON));
  mh_record_set_text (grant, MH_ACCESS_GRANT_TEXT,
                      mh_record_text (opening->opening, MH_ACCESS_OPENING_TEXT));
  mh_record_set_int (grant, MH_ACCESS_GRANT_OPENED_AT, now);
  mh_record_set_int (grant, MH_ACCESS_GRANT_OPEN_UNTIL, now + MH_ACCESS_MINUTES * MH_MINUTE);
  mh_record_set_int (grant, MH_ACCESS_GRANT_REVIEW_BY, now + MH_ACCESS_REVIEW_HOURS * MH_HOUR);

  return grant;
}

static gboolean
write_grant (MhTx *tx, gpointer data, GError **error)
{
  Opening *opening = data;
  const char *id = mh_record_text (opening->opening, MH_ACCESS_OPENING_PATIENT_ID);
  g_clear_object (&opening->grant);
  g_autoptr (MhRecord) patient = mh_edit_get (MH_REQUEST_DB (mh_tx_db (tx), NULL, opening->actor),
                                              &mh_patient_type, id, error);

  if (patient == NULL)
    return FALSE;

  const char *kind = mh_access_kind (opening->actor, patient);
  if (kind == NULL)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This chart is not protected; it opens by itself.");
      return FALSE;
    }

  opening->grant = make_grant (tx, opening, patient, kind);
  return mh_tx_insert (tx, opening->grant, MH_AUDIT_CREATE,
                       mh_record_text (opening->grant, MH_ACCESS_GRANT_REASON), error)
         && access_service_tell (tx, opening->grant, error);
}

MhRecord *
mh_access_service_open (MhServer *server,
                        const MhActor *actor,
                        const MhWho *who,
                        MhRecord *opening,
                        GError **error)
{
  Opening write = { actor, opening, NULL };
  if (!mh_actor_require (actor, MH_MAY_OPEN_VIP, error)
      || !mh_login_check_password (mh_server_sessions (server), actor, who,
                                   mh_record_text (opening, MH_ACCESS_OPENING_PASSWORD), error))
    return NULL;
  if (!mh_store_write (mh_server_store (server), who, write_grant, &write, error))
    g_clear_object (&write.grant);
  return write.grant;
}

/* --- afterwards --- */

MhRecord *
mh_access_service_end (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_access_grant_type, id, error);
  if (before == NULL)
    return NULL;

  if (g_strcmp0 (mh_record_text (before, MH_ACCESS_GRANT_USER_ID), mh_actor_user_id (req->actor))
      != 0)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such %s.", mh_access_grant_type.code);
      return NULL;
    }

  if (mh_record_has (before, MH_ACCESS_GRANT_ENDED_AT)
      || mh_record_int (before, MH_ACCESS_GRANT_OPEN_UNTIL) <= mh_tx_now (req->tx))
    return g_steal_pointer (&before);

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_ACCESS_GRANT_ENDED_AT, mh_tx_now (req->tx));
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, "closed", error))
    return NULL;

  return g_steal_pointer (&after);
}

static gboolean
may_review (const MhActor *actor, MhRecord *grant, GError **error)
{
  if (mh_record_has (grant, MH_ACCESS_GRANT_REVIEWED_AT))
    mh_error_set (error, MH_ERROR_CONFLICT, "This was reviewed by %s already.",
                  mh_record_text (grant, MH_ACCESS_GRANT_REVIEWED_NAME));
  else if (g_strcmp0 (mh_record_text (grant, MH_ACCESS_GRANT_USER_ID), mh_actor_user_id (actor))
           == 0)
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "Nobody reviews what they opened themselves; ask somebody else.");
  else
    return TRUE;
  return FALSE;
}

MhRecord *
mh_access_service_review (const MhRequest *req, const char *id, MhRecord *review, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_access_grant_type, id, error);
  if (before == NULL || !may_review (req->actor, before, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  g_autofree char *key = access_service_alert_key (before);
  const char *note = mh_record_text (review, MH_ACCESS_REVIEW_NOTE);

  mh_record_set_int (after, MH_ACCESS_GRANT_REVIEWED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_ACCESS_GRANT_REVIEWED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_ACCESS_GRANT_REVIEWED_NAME, mh_actor_name (req->actor));
  mh_record_set_text (after, MH_ACCESS_GRANT_VERDICT,
                      mh_record_text (review, MH_ACCESS_REVIEW_VERDICT));
  mh_record_set_text (after, MH_ACCESS_GRANT_NOTE, note);
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_VERIFY,
                     mh_record_text (review, MH_ACCESS_REVIEW_VERDICT), error)
      || !mh_alerts_clear (req->tx, mh_record_text (after, MH_ACCESS_GRANT_HOSPITAL_ID), key,
                           error))
    return NULL;

  return g_steal_pointer (&after);
}

/* --- looking --- */

GPtrArray *
mh_access_service_list (const MhRequest *req,
                        const char *state,
                        const MhAccessQuery *wanted,
                        gint64 now,
                        GError **error)
{
  MhAccessQuery query = *wanted;
  query.hospital_id = mh_actor_hospital_id (req->actor);
  if (state != NULL && strcmp (state, MH_ACCESS_STATE_OPEN) == 0)
    query.open_at = now;
  else if (state == NULL || strcmp (state, MH_ACCESS_STATE_ALL) != 0)
    query.waiting = TRUE;
  if (state != NULL && strcmp (state, MH_ACCESS_STATE_OVERDUE) == 0)
    query.due_before = now;
  return mh_access_store_list (req->db, &query, error);
}

GPtrArray *
mh_access_service_mine (const MhRequest *req, gint64 now, GError **error)
{
  MhAccessQuery query = { .user_id = mh_actor_user_id (req->actor), .open_at = now, .limit = 20 };
  if (query.user_id == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  return mh_access_store_list (req->db, &query, error);
}
