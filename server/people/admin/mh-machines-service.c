/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-machines-service.h"

#include "server/people/admin/mh-rights.h"
#include "server/people/admin/mh-users-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-login.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-second-factor.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

/* Takes @view. */
static MhRecord *
tell_waiting (MhDb *db, MhRecord *view, MhRecord *user, GError **error)
{
  g_auto (GStrv) permissions
      = mh_role_store_permissions (db, mh_record_list (user, MH_USER_ROLES), error);
  if (permissions == NULL)
    {
      g_object_unref (view);
      return NULL;
    }

  gboolean kiosk = g_strv_contains ((const char *const *)permissions, MH_MAY_BE_KIOSK);
  mh_record_set_bool (view, MH_API_KEY_IS_WAITING,
                      !kiosk && !mh_record_has (view, MH_API_KEY_ACCEPTED_AT)
                          && !mh_record_has (view, MH_API_KEY_REVOKED_AT));
  return view;
}

static MhRecord *
machines_service_view_of (MhDb *db, MhRecord *session, GError **error)
{
  g_autoptr (MhRecord) user
      = mh_store_get (db, &mh_user_type, mh_record_text (session, MH_SESSION_USER_ID), error);
  if (user == NULL)
    return NULL;

  MhRecord *view = mh_record_new (&mh_api_key_type);
  char day[MH_DATE_LENGTH + 1];
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  /* UTC: as the day was read when the key was made. It ends with the first moment of the next. */
  mh_date_format (mh_date_of_instant (mh_record_int (session, MH_SESSION_EXPIRES_AT) - 1, utc),
                  day);
  mh_record_set_text (view, MH_ID, mh_record_id (session));
  mh_record_set_int (view, MH_VERSION, mh_record_version (session));
  mh_record_set_int (view, MH_CREATED_AT, mh_record_int (session, MH_CREATED_AT));
  mh_record_set_int (view, MH_CHANGED_AT, mh_record_int (session, MH_CHANGED_AT));
  mh_record_set_text (view, MH_API_KEY_HOSPITAL_ID,
                      mh_record_text (session, MH_SESSION_HOSPITAL_ID));
  mh_record_set_text (view, MH_API_KEY_NAME, mh_record_text (session, MH_SESSION_NAME));
  mh_record_set_text (view, MH_API_KEY_USERNAME, mh_record_text (user, MH_USER_USERNAME));
  mh_record_set_text (view, MH_API_KEY_EXPIRES_ON, day);
  if (mh_record_has (session, MH_SESSION_LAST_SEEN_AT))
    mh_record_set_int (view, MH_API_KEY_LAST_SEEN_AT,
                       mh_record_int (session, MH_SESSION_LAST_SEEN_AT));
  if (mh_record_has (session, MH_SESSION_REVOKED_AT))
    mh_record_set_int (view, MH_API_KEY_REVOKED_AT, mh_record_int (session, MH_SESSION_REVOKED_AT));
  mh_record_set_text (view, MH_API_KEY_ASKED_BY, mh_record_text (session, MH_SESSION_ASKED_BY));
  if (mh_record_has (session, MH_SESSION_ACCEPTED_AT))
    mh_record_set_int (view, MH_API_KEY_ACCEPTED_AT,
                       mh_record_int (session, MH_SESSION_ACCEPTED_AT));

  return tell_waiting (db, view, user, error);
}

GPtrArray *
mh_api_keys_list (const MhRequest *req, const MhApiKeysQuery *query, GError **error)
{
  g_autoptr (GPtrArray) views = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) sessions = mh_session_store_machines (
      req->db, mh_actor_hospital_id (req->actor), query->before_id, query->limit, error);
  if (sessions == NULL)
    return NULL;

  for (guint i = 0; i < sessions->len; i++)
    {
      MhRecord *view = machines_service_view_of (req->db, g_ptr_array_index (sessions, i), error);
      if (view == NULL)
        return NULL;
      g_ptr_array_add (views, view);
    }

  return g_steal_pointer (&views);
}

/* --- making one --- */

typedef struct
{
  const MhActor *actor;
  MhRecord *draft;
  const char *hash;
  MhRecord *made;
} Making;

static MhRecord *
machines_service_account_of (MhTx *tx, const Making *making, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  g_autoptr (GError) failed = NULL;
  g_autoptr (MhRecord) named = mh_store_find (
      db, &mh_user_type, "username", mh_record_text (making->draft, MH_API_KEY_USERNAME), &failed);
  g_autoptr (MhRecord) user
      = named != NULL
            ? mh_users_read (MH_REQUEST_DB (db, NULL, making->actor), mh_record_id (named), NULL)
            : NULL;

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (user == NULL || !mh_record_bool (user, MH_USER_ACTIVE))
    mh_error_set_field (error, "username", "unknown", "There is no such account that may sign in.");
  else
    {
      g_auto (GStrv) permissions
          = mh_role_store_permissions (db, mh_record_list (user, MH_USER_ROLES), error);
      if (permissions != NULL
          && mh_rights_may_grant (making->actor, (const char *const *)permissions, error))
        return g_steal_pointer (&user);
    }

  return NULL;
}

/* The end of the last day, 0 with MH_ERROR_INVALID when it is past or too far. */
static gint64
machines_service_end_of (MhRecord *draft, gint64 now, GError **error)
{
  MhDate day;
  const char *text = mh_record_text (draft, MH_API_KEY_EXPIRES_ON);
  gint64 end
      = text != NULL && mh_date_parse (text, &day) ? (mh_date_to_days (day) + 1) * MH_DAY : 0;
  if (end > now && end <= now + (MH_API_KEY_DAYS + 1) * MH_DAY)
    return end;
  mh_error_set_field (error, "expires_on", "out_of_range",
                      "Give a day from today on, within the next two years.");
  return 0;
}

static gboolean
write_key (MhTx *tx, gpointer data, GError **error)
{
  Making *making = data;
  gint64 end = machines_service_end_of (making->draft, mh_tx_now (tx), error);
  g_autoptr (MhRecord) user = end != 0 ? machines_service_account_of (tx, making, error) : NULL;
  if (user == NULL)
    return FALSE;

  g_autoptr (MhRecord) session = mh_record_new (&mh_session_type);
  if (mh_record_has (making->draft, MH_ID))
    mh_record_set_text (session, MH_ID, mh_record_id (making->draft));
  mh_record_set_text (session, MH_SESSION_TOKEN_HASH, making->hash);
  mh_record_set_text (session, MH_SESSION_KIND, MH_SESSION_KIND_MACHINE);
  mh_record_set_text (session, MH_SESSION_NAME, mh_record_text (making->draft, MH_API_KEY_NAME));
  mh_record_set_text (session, MH_SESSION_USER_ID, mh_record_id (user));
  mh_record_set_text (session, MH_SESSION_HOSPITAL_ID, mh_record_text (user, MH_USER_HOSPITAL_ID));
  mh_record_set_int (session, MH_SESSION_EXPIRES_AT, end);
  mh_record_set_text (session, MH_SESSION_ASKED_BY, mh_actor_name (making->actor));
  if (g_strcmp0 (mh_record_id (user), mh_actor_user_id (making->actor)) == 0)
    mh_record_set_int (session, MH_SESSION_ACCEPTED_AT, mh_tx_now (tx));
  if (!mh_tx_insert (tx, session, MH_AUDIT_CREATE, "API key", error))
    return FALSE;

  g_clear_object (&making->made);
  making->made = machines_service_view_of (mh_tx_db (tx), session, error);
  return making->made != NULL;
}

MhRecord *
mh_api_keys_make (MhSessions *sessions,
                  const MhActor *actor,
                  const MhWho *who,
                  MhRecord *draft,
                  GError **error)
{
  g_autofree char *token = NULL, *hash = NULL;
  mh_token_make (&token, &hash);
  Making making = { .actor = actor, .draft = draft, .hash = hash };
  if (!mh_record_validate (draft, MH_CHECK_CREATE, error)
      || !mh_store_write (mh_sessions_store (sessions), who, write_key, &making, error))
    {
      g_clear_object (&making.made);
      return NULL;
    }
  mh_record_set_text (making.made, MH_API_KEY_TOKEN, token);
  return making.made;
}

/* --- ending one --- */

MhRecord *
mh_api_keys_revoke (const MhRequest *req, MhSessions *sessions, const char *id, GError **error)
{
  MhDb *db = req->db;
  const char *own = mh_actor_hospital_id (req->actor);
  g_autoptr (MhRecord) session = mh_store_get (db, &mh_session_type, id, error);
  if (session == NULL)
    return NULL;

  if (g_strcmp0 (mh_record_text (session, MH_SESSION_KIND), MH_SESSION_KIND_MACHINE) != 0
      || (own != NULL && g_strcmp0 (own, mh_record_text (session, MH_SESSION_HOSPITAL_ID)) != 0))
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such key.");
      return NULL;
    }

  const char *user_id = mh_record_text (session, MH_SESSION_USER_ID);
  mh_sessions_doubt (sessions, user_id);

  /* the touch makes other processes look again */
  if (!mh_session_store_revoke (req->tx, id, error)
      || !mh_tx_touch (req->tx, &mh_user_type, user_id,
                       mh_record_text (session, MH_SESSION_HOSPITAL_ID), error)
      || !mh_tx_audit (
          req->tx,
          &(MhAuditNote){ NULL, MH_AUDIT_DELETE, mh_session_type.code, id, NULL, "API key" },
          error))
    return NULL;

  g_autoptr (MhRecord) after = mh_store_get (db, &mh_session_type, id, error);
  return after != NULL ? machines_service_view_of (db, after, error) : NULL;
}

/* --- by its owner --- */

/* Whoever holds a key must not be able to accept the next one: a person does, signed in. */
static gboolean
machines_service_check_person (const MhRequest *req, GError **error)
{
  const char *id = mh_actor_session_id (req->actor);
  g_autoptr (MhRecord) session
      = id != NULL ? mh_store_get (req->db, &mh_session_type, id, NULL) : NULL;
  if (session != NULL
      && g_strcmp0 (mh_record_text (session, MH_SESSION_KIND), MH_SESSION_KIND_PERSON) == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_FORBIDDEN, "Only a person who has signed in can do this.");
  return FALSE;
}

GPtrArray *
mh_api_keys_waiting (const MhRequest *req, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) views = g_ptr_array_new_with_free_func (g_object_unref);
  const char *user_id = mh_actor_user_id (req->actor);
  g_autoptr (GPtrArray) found
      = mh_session_store_waiting (req->db, user_id != NULL ? user_id : "", now, error);

  if (found == NULL)
    return NULL;

  for (guint i = 0; i < found->len; i++)
    {
      MhRecord *view = machines_service_view_of (req->db, g_ptr_array_index (found, i), error);
      if (view == NULL)
        return NULL;
      g_ptr_array_add (views, view);
    }

  return g_steal_pointer (&views);
}

/* The key, if it is one that waits for the actor. */
static gboolean
machines_service_check_own (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) session = mh_store_get (req->db, &mh_session_type, id, error);
  if (session == NULL)
    return FALSE;
  if (g_strcmp0 (mh_record_text (session, MH_SESSION_KIND), MH_SESSION_KIND_MACHINE) == 0
      && g_strcmp0 (mh_record_text (session, MH_SESSION_USER_ID), mh_actor_user_id (req->actor))
             == 0
      && !mh_record_has (session, MH_SESSION_ACCEPTED_AT)
      && !mh_record_has (session, MH_SESSION_REVOKED_AT))
    return machines_service_check_person (req, error);
  mh_error_set (error, MH_ERROR_NOT_FOUND, "No such key waits for you.");
  return FALSE;
}

typedef struct
{
  MhSessions *sessions;
  const MhActor *actor;
  const char *id;
  MhRecord *key;
} Deciding;

static gboolean
write_acceptance (MhTx *tx, gpointer data, GError **error)
{
  Deciding *deciding = data;
  MhDb *db = mh_tx_db (tx);
  if (!machines_service_check_own (MH_REQUEST_DB (db, NULL, deciding->actor), deciding->id, error)
      || !mh_session_store_accept (tx, deciding->id, error)
      || !mh_tx_audit (tx,
                       &(MhAuditNote){ NULL, MH_AUDIT_UPDATE, mh_session_type.code, deciding->id,
                                       NULL, "API key accepted" },
                       error))
    return FALSE;
  g_autoptr (MhRecord) session = mh_store_get (db, &mh_session_type, deciding->id, error);
  g_clear_object (&deciding->key);
  deciding->key = session != NULL ? machines_service_view_of (db, session, error) : NULL;
  return deciding->key != NULL;
}

static gboolean
look_for_own (MhSessions *sessions, const MhActor *actor, const char *id, GError **error)
{
  MhStore *store = mh_sessions_store (sessions);
  MhDb *db = mh_store_take_reader (store, error);
  gboolean found
      = db != NULL && machines_service_check_own (MH_REQUEST_DB (db, NULL, actor), id, error);
  if (db != NULL)
    mh_store_give_reader (store, db);
  return found;
}

MhRecord *
mh_api_keys_accept (MhSessions *sessions,
                    const MhActor *actor,
                    const MhWho *who,
                    const char *id,
                    const char *password,
                    GError **error)
{
  Deciding deciding = { sessions, actor, id, NULL };
  if (!look_for_own (sessions, actor, id, error)
      || !mh_login_check_password (sessions, actor, who, password, error))
    return NULL;
  if (!mh_store_write (mh_sessions_store (sessions), who, write_acceptance, &deciding, error))
    g_clear_object (&deciding.key);
  return deciding.key;
}

MhRecord *
mh_api_keys_decline (const MhRequest *req, MhSessions *sessions, const char *id, GError **error)
{
  MhDb *db = req->db;
  if (!machines_service_check_own (req, id, error) || !mh_session_store_revoke (req->tx, id, error)
      || !mh_tx_audit (req->tx,
                       &(MhAuditNote){ NULL, MH_AUDIT_DELETE, mh_session_type.code, id, NULL,
                                       "API key refused" },
                       error))
    return NULL;
  g_autoptr (MhRecord) after = mh_store_get (db, &mh_session_type, id, error);
  return after != NULL ? machines_service_view_of (db, after, error) : NULL;
}
