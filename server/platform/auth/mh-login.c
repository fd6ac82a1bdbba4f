/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-login.h"

#include "server/platform/auth/mh-factor.h"
#include "server/platform/auth/mh-login-guard.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-second-factor.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

/* One attempt, from the first look to the answer. */
typedef struct
{
  MhSessions *sessions;
  MhRecord *login;
  const MhLoginPeer *peer;
  char *user_key;
  char *address_key;
  char *device_key;
  char *known_key;
  MhRecord *user;    /* NULL: nobody of that name may sign in */
  gboolean matches;  /* the password */
  char *hospital_id; /* to work in */
  GPtrArray *places; /* hospitals to choose from; NULL: the user's own alone */
  char *fresh_hash;  /* of the password, when costs changed; or NULL */
  char *token_hash;
  MhRecord *session;
} Attempt;

static void
attempt_clear (Attempt *attempt)
{
  g_free (attempt->user_key);
  g_free (attempt->address_key);
  g_free (attempt->device_key);
  g_free (attempt->known_key);
  g_clear_object (&attempt->user);
  g_free (attempt->hospital_id);
  g_clear_pointer (&attempt->places, g_ptr_array_unref);
  g_free (attempt->fresh_hash);
  g_free (attempt->token_hash);
  g_clear_object (&attempt->session);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Attempt, attempt_clear)

/* A wrong code is told in the words of a wrong password. */
static gboolean
login_refuse (GError **error)
{
  mh_error_set (error, MH_ERROR_UNAUTHORIZED, "The user name or the password is wrong.");
  return FALSE;
}

static gboolean
has_factor (const Attempt *attempt)
{
  return mh_record_bool (attempt->user, MH_USER_TOTP_ENABLED);
}

/* Only who knows the password learns that there is a second factor. FALSE: its code is missing. */
static gboolean
check_code_given (const Attempt *attempt, GError **error)
{
  const char *code = mh_record_text (attempt->login, MH_LOGIN_TOTP);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  if (!has_factor (attempt) || (code != NULL && *code != '\0'))
    return TRUE;
  mh_issues_add (issues, "totp", MH_ISSUE_TOTP_REQUIRED, "Send the code of the second factor.");
  mh_error_set_issues (error, MH_ERROR_UNAUTHORIZED, issues,
                       "This account has a second factor: send its code too.");
  return FALSE;
}

static gboolean
works_in (MhRecord *user, const char *hospital_id)
{
  const char *const *others = mh_record_list (user, MH_USER_HOSPITAL_IDS);
  return g_strcmp0 (hospital_id, mh_record_text (user, MH_USER_HOSPITAL_ID)) == 0
         || (others != NULL && g_strv_contains (others, hospital_id));
}

/* Who sees every hospital may choose any. */
static gboolean
look_where (Attempt *attempt, MhDb *db, GError **error)
{
  const char *const *others = mh_record_list (attempt->user, MH_USER_HOSPITAL_IDS);
  g_auto (GStrv) permissions
      = mh_role_store_permissions (db, mh_record_list (attempt->user, MH_USER_ROLES), error);
  if (permissions == NULL)
    return FALSE;

  gboolean any = g_strv_contains ((const char *const *)permissions, MH_MAY_SEE_ALL_HOSPITALS);
  if (!any && (others == NULL || others[0] == NULL))
    return TRUE;

  attempt->places = mh_store_all (db, &mh_hospital_type, NULL, NULL, error);
  for (guint i = attempt->places != NULL ? attempt->places->len : 0; i > 0 && !any; i--)
    if (!works_in (attempt->user, mh_record_id (g_ptr_array_index (attempt->places, i - 1))))
      g_ptr_array_remove_index (attempt->places, i - 1);

  return attempt->places != NULL;
}

/* What others did at the same address keeps nobody out who has signed in from there before. */
static gboolean
check_place (const Attempt *attempt, MhDb *db, gint64 now, GError **error)
{
  int known = mh_guard_is_known (db, attempt->known_key, now, error);
  return known == 1
         || (known == 0 && mh_guard_check (db, attempt->device_key, now, error)
             && mh_guard_check (db, attempt->address_key, now, error));
}

/* Reads the guards and the user. FALSE: locked, or the database is away. */
static gboolean
login_look (Attempt *attempt, MhDb *db, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gint64 now = mh_clock_now (mh_store_clock (mh_sessions_store (attempt->sessions)));
  g_autofree char *name = g_utf8_strdown (mh_record_text (attempt->login, MH_LOGIN_USERNAME), -1);
  if (!mh_guard_check (db, attempt->user_key, now, error) || !check_place (attempt, db, now, error))
    return FALSE;

  attempt->user = mh_store_find (db, &mh_user_type, "username", name, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (attempt->user != NULL
      && (!mh_record_bool (attempt->user, MH_USER_ACTIVE)
          || mh_record_has (attempt->user, MH_DELETED_AT)))
    g_clear_object (&attempt->user);

  return attempt->user == NULL || look_where (attempt, db, error);
}

static gboolean
is_a_place (const Attempt *attempt, const char *hospital_id)
{
  gboolean found
      = g_strcmp0 (hospital_id, mh_record_text (attempt->user, MH_USER_HOSPITAL_ID)) == 0;
  for (guint i = 0; !found && attempt->places != NULL && i < attempt->places->len; i++)
    found = g_strcmp0 (mh_record_id (g_ptr_array_index (attempt->places, i)), hospital_id) == 0;
  return found;
}

static gboolean
login_ask_hospital (const Attempt *attempt, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_issues_add (issues, "hospital_id", MH_ISSUE_CHOOSE_HOSPITAL, "Choose where you work.");
  for (guint i = 0; i < attempt->places->len; i++)
    {
      MhRecord *hospital = g_ptr_array_index (attempt->places, i);
      mh_issues_add (issues, "hospital_id", mh_record_id (hospital), "%s",
                     mh_record_text (hospital, MH_HOSPITAL_NAME));
    }
  return mh_issues_raise (issues, error);
}

/* The hospital that was asked for, if the user belongs to it; their own otherwise. A desk that lets
 * people choose names the one that was chosen there last, which may be none of this person's. */
static gboolean
login_choose_hospital (Attempt *attempt, GError **error)
{
  const char *wanted = mh_record_text (attempt->login, MH_LOGIN_HOSPITAL_ID);
  gboolean choose = mh_record_bool (attempt->login, MH_LOGIN_CHOOSE);
  guint n_places = attempt->places != NULL ? attempt->places->len : 0;

  if (wanted != NULL && (*wanted == '\0' || (choose && !is_a_place (attempt, wanted))))
    wanted = NULL;
  if (wanted == NULL && choose && n_places > 1)
    return login_ask_hospital (attempt, error);

  if (wanted == NULL)
    wanted = mh_record_text (attempt->user, MH_USER_HOSPITAL_ID);
  if (wanted == NULL && n_places == 1)
    wanted = mh_record_id (g_ptr_array_index (attempt->places, 0));
  if (wanted != NULL && !is_a_place (attempt, wanted))
    {
      mh_error_set_field (error, "hospital_id", "not_yours", "You do not work in this hospital.");
      return FALSE;
    }

  attempt->hospital_id = g_strdup (wanted);
  return TRUE;
}

static MhRecord *
new_session (Attempt *attempt, gint64 now)
{
  const MhSessionLimits *limits = mh_sessions_limits (attempt->sessions);
  MhRecord *session = mh_record_new (&mh_session_type);
  mh_record_set_text (session, MH_SESSION_TOKEN_HASH, attempt->token_hash);
  mh_record_set_text (session, MH_SESSION_KIND, MH_SESSION_KIND_PERSON);
  mh_record_set_text (session, MH_SESSION_USER_ID, mh_record_id (attempt->user));
  mh_record_set_text (session, MH_SESSION_HOSPITAL_ID, attempt->hospital_id);
  mh_record_set_text (session, MH_SESSION_ADDRESS, attempt->peer->address);
  mh_record_set_text (session, MH_SESSION_AGENT, attempt->peer->agent);
  mh_record_set_int (session, MH_SESSION_LAST_SEEN_AT, now);
  mh_record_set_int (session, MH_SESSION_IDLE_UNTIL, now + limits->idle);
  mh_record_set_int (session, MH_SESSION_EXPIRES_AT, now + limits->absolute);
  return session;
}

/* Wrong, or used before: MH_ERROR_UNAUTHORIZED. */
static gboolean
use_code (MhTx *tx, Attempt *attempt, GError **error)
{
  gboolean good = FALSE;
  if (!has_factor (attempt))
    return TRUE;
  return mh_factor_use (tx, attempt->sessions, attempt->user,
                        mh_record_text (attempt->login, MH_LOGIN_TOTP), &good, error)
         && (good || login_refuse (error));
}

/* In the write queue. Attempts that ran side by side must not each have a free try, so the guards
 * are asked again. */
static gboolean
write_success (MhTx *tx, gpointer data, GError **error)
{
  Attempt *attempt = data;
  const char *user_id = mh_record_id (attempt->user);
  g_autoptr (MhRecord) session = new_session (attempt, mh_tx_now (tx));
  if (!mh_guard_check (mh_tx_db (tx), attempt->user_key, mh_tx_now (tx), error)
      || !use_code (tx, attempt, error) || !mh_guard_store_clear (tx, attempt->user_key, error)
      || !mh_guard_remember (tx, attempt->known_key, error)
      || !mh_user_store_logged_in (tx, user_id, error))
    return FALSE;
  if (attempt->fresh_hash != NULL
      && !mh_user_store_rehash (tx, user_id, attempt->fresh_hash, error))
    return FALSE;
  if (!mh_tx_insert (tx, session, MH_AUDIT_CREATE, NULL, error)
      || !mh_tx_audit (tx,
                       &(MhAuditNote){ NULL, MH_AUDIT_LOGIN, mh_session_type.code,
                                       mh_record_id (session), NULL, NULL },
                       error))
    return FALSE;

  g_set_object (&attempt->session, session);
  return TRUE;
}

/* One more failure of @key (NULL: nothing to count). *out_until is the later one. */
static gboolean
count_place (MhTx *tx, const char *key, guint lock_after, gint64 *out_until, GError **error)
{
  gint64 failures = 0, until = 0;
  if (key == NULL)
    return TRUE;
  if (!mh_guard_fail (tx, key, lock_after, &failures, &until, error))
    return FALSE;
  *out_until = MAX (*out_until, until);
  return TRUE;
}

/* What was typed as a name is never written down: people type their password there. */
static gboolean
write_failure (MhTx *tx, gpointer data, GError **error)
{
  Attempt *attempt = data;
  guint lock_after = mh_sessions_limits (attempt->sessions)->lock_after;
  const char *user_id = attempt->user != NULL ? mh_record_id (attempt->user) : NULL;
  gint64 failures = 0, until = 0, place_until = 0;

  if (!mh_guard_fail (tx, attempt->user_key, lock_after, &failures, &until, error))
    return FALSE;
  if (!count_place (tx, attempt->device_key, lock_after * MH_GUARD_DEVICE_FACTOR, &place_until,
                    error)
      || !count_place (tx, attempt->address_key, lock_after * MH_GUARD_ADDRESS_FACTOR, &place_until,
                       error))
    return FALSE;
  if (user_id != NULL && !mh_user_store_locked (tx, user_id, failures, until, error))
    return FALSE;

  g_autofree char *detail = g_strdup_printf ("{\"failures\":%" G_GINT64_FORMAT "}", failures);
  return mh_tx_audit (tx,
                      &(MhAuditNote){ NULL, MH_AUDIT_LOGIN_FAILED, mh_user_type.code, user_id,
                                      detail, until > 0 || place_until > 0 ? "locked" : NULL },
                      error);
}

static gboolean
write_attempt (Attempt *attempt, MhTxFunc func, GError **error)
{
  MhRecord *user = attempt->user;
  g_autofree char *roles = NULL;
  if (user != NULL && mh_record_list (user, MH_USER_ROLES) != NULL)
    roles = g_strjoinv (",", (char **)mh_record_list (user, MH_USER_ROLES));

  MhWho who = {
    .user_id = user != NULL ? mh_record_id (user) : NULL,
    .user_name = user != NULL ? mh_record_text (user, MH_USER_NAME) : "unknown",
    .role = roles,
    .hospital_id = user != NULL ? mh_record_text (user, MH_USER_HOSPITAL_ID) : NULL,
    .station = attempt->peer->address,
    .request_id = attempt->peer->request_id,
  };

  return mh_store_write (mh_sessions_store (attempt->sessions), &who, func, attempt, error);
}

static gboolean
look_with_reader (Attempt *attempt, GError **error)
{
  MhStore *store = mh_sessions_store (attempt->sessions);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  gboolean done = login_look (attempt, db, error);
  mh_store_give_reader (store, db);
  return done;
}

static gboolean
login_check_password (Attempt *attempt, GError **error)
{
  MhHasher *hasher = mh_sessions_hasher (attempt->sessions);
  const char *password = mh_record_text (attempt->login, MH_LOGIN_PASSWORD);
  const char *hash
      = attempt->user != NULL ? mh_record_text (attempt->user, MH_USER_PASSWORD_HASH) : NULL;
  if (!mh_hasher_verify (hasher, hash, password, &attempt->matches, error))
    return FALSE;
  if (attempt->matches && mh_hasher_is_outdated (hasher, hash))
    attempt->fresh_hash = mh_hasher_hash (hasher, password, NULL);
  return TRUE;
}

/* A wrong code counts as a wrong password does. */
static gboolean
login_enter (Attempt *attempt, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (write_attempt (attempt, write_success, &failed))
    return TRUE;
  if (!g_error_matches (failed, MH_ERROR, MH_ERROR_UNAUTHORIZED))
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (write_attempt (attempt, write_failure, error))
    login_refuse (error);
  return FALSE;
}

MhRecord *
mh_login_open (MhSessions *sessions,
               MhRecord *login,
               const MhLoginPeer *peer,
               char **out_token,
               GError **error)
{
  g_auto (Attempt) attempt = { .sessions = sessions, .login = login, .peer = peer };
  g_autofree char *token = NULL;
  attempt.user_key = mh_guard_user_key (mh_record_text (login, MH_LOGIN_USERNAME));
  attempt.address_key = mh_guard_address_key (peer->address);
  attempt.device_key = mh_guard_device_key (peer->address, mh_record_text (login, MH_LOGIN_DEVICE));
  attempt.known_key = mh_guard_known_key (peer->address, mh_record_text (login, MH_LOGIN_USERNAME));
  if (!look_with_reader (&attempt, error) || !login_check_password (&attempt, error))
    return NULL;

  if (!attempt.matches)
    {
      if (write_attempt (&attempt, write_failure, error))
        login_refuse (error);
      return NULL;
    }

  mh_token_make (&token, &attempt.token_hash);
  if (!check_code_given (&attempt, error) || !login_choose_hospital (&attempt, error)
      || !login_enter (&attempt, error))
    return NULL;

  *out_token = g_steal_pointer (&token);
  return g_steal_pointer (&attempt.session);
}

/* --- signing out --- */

typedef struct
{
  MhSessions *sessions;
  MhActor *actor;
  const char *hash; /* the new password's */
} Change;

static gboolean
write_close (MhTx *tx, gpointer data, GError **error)
{
  const Change *change = data;
  const char *id = mh_actor_session_id (change->actor);
  mh_sessions_doubt (change->sessions, mh_actor_user_id (change->actor));
  /* the touch makes other processes look again */
  return mh_session_store_revoke (tx, id, error)
         && mh_tx_touch (tx, &mh_user_type, mh_actor_user_id (change->actor),
                         mh_actor_hospital_id (change->actor), error)
         && mh_tx_audit (
             tx, &(MhAuditNote){ NULL, MH_AUDIT_LOGOUT, mh_session_type.code, id, NULL, NULL },
             error);
}

gboolean
mh_login_close (MhSessions *sessions, MhActor *actor, const MhWho *who, GError **error)
{
  Change change = { .sessions = sessions, .actor = actor };
  return mh_store_write (mh_sessions_store (sessions), who, write_close, &change, error);
}

/* --- changing the password --- */

static gboolean
write_password (MhTx *tx, gpointer data, GError **error)
{
  const Change *change = data;
  const char *user_id = mh_actor_user_id (change->actor);
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_user_type, user_id, error);
  if (before == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_USER_PASSWORD_HASH, change->hash);
  mh_record_set_int (after, MH_USER_PASSWORD_CHANGED_AT, mh_tx_now (tx));
  mh_record_set_bool (after, MH_USER_MUST_CHANGE_PASSWORD, FALSE);
  mh_record_set_null (after, MH_USER_PASSWORD_SET_BY);
  mh_sessions_doubt (change->sessions, user_id);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, "password", error)
         && mh_session_store_revoke_user (tx, user_id, mh_actor_session_id (change->actor), error);
}

static MhRecord *
read_user (MhSessions *sessions, const char *user_id, GError **error)
{
  MhDb *db = mh_store_take_reader (mh_sessions_store (sessions), error);
  if (db == NULL)
    return NULL;
  MhRecord *user = mh_store_get (db, &mh_user_type, user_id, error);
  mh_store_give_reader (mh_sessions_store (sessions), db);
  return user;
}

gboolean
mh_login_change_password (MhSessions *sessions,
                          MhActor *actor,
                          const MhWho *who,
                          MhRecord *change,
                          GError **error)
{
  MhHasher *hasher = mh_sessions_hasher (sessions);
  const char *password = mh_record_text (change, MH_PASSWORD_CHANGE_PASSWORD);
  gboolean matches = FALSE;
  g_autoptr (MhRecord) user = read_user (sessions, mh_actor_user_id (actor), error);

  if (user == NULL
      || !mh_hasher_verify (hasher, mh_record_text (user, MH_USER_PASSWORD_HASH),
                            mh_record_text (change, MH_PASSWORD_CHANGE_CURRENT), &matches, error))
    return FALSE;

  if (!matches)
    {
      mh_error_set_field (error, "current", "wrong", "This is not your present password.");
      return FALSE;
    }

  if (!mh_password_check (password, mh_record_text (user, MH_USER_USERNAME), FALSE, error))
    return FALSE;

  g_autofree char *hash = mh_hasher_hash (hasher, password, error);
  Change write = { .sessions = sessions, .actor = actor, .hash = hash };
  return hash != NULL
         && mh_store_write (mh_sessions_store (sessions), who, write_password, &write, error);
}

/* --- the password once more --- */

gboolean
mh_login_check_password (MhSessions *sessions,
                         const MhActor *actor,
                         const MhWho *who,
                         const char *password,
                         GError **error)
{
  MhLoginPeer peer = { NULL, NULL, who->request_id };
  g_autoptr (MhRecord) login = mh_record_new (&mh_login_type);
  g_autoptr (MhRecord) user = NULL;
  g_auto (Attempt) attempt = { .sessions = sessions, .login = login, .peer = &peer };

  if (mh_actor_user_id (actor) == NULL)
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN, "Only a person can do this.");
      return FALSE;
    }

  user = read_user (sessions, mh_actor_user_id (actor), error);
  if (user == NULL)
    return FALSE;

  mh_record_set_text (login, MH_LOGIN_USERNAME, mh_record_text (user, MH_USER_USERNAME));
  mh_record_set_text (login, MH_LOGIN_PASSWORD, password);
  attempt.user_key = mh_guard_user_key (mh_record_text (login, MH_LOGIN_USERNAME));
  if (!look_with_reader (&attempt, error) || !login_check_password (&attempt, error))
    return FALSE;

  if (!attempt.matches && write_attempt (&attempt, write_failure, error))
    mh_error_set_field (error, "password", "wrong", "This is not your password.");
  return attempt.matches;
}

/* --- what the client is told --- */

static MhRecord *
compose_view (MhDb *db, const char *session_id, const char *token, GError **error)
{
  g_autoptr (MhRecord) session = mh_store_get (db, &mh_session_type, session_id, error);
  if (session == NULL)
    return NULL;

  g_autoptr (MhRecord) user
      = mh_store_get (db, &mh_user_type, mh_record_text (session, MH_SESSION_USER_ID), error);
  g_autoptr (MhRecord) hospital = NULL;
  g_auto (GStrv) permissions = NULL;

  if (user != NULL)
    permissions = mh_role_store_permissions (db, mh_record_list (user, MH_USER_ROLES), error);
  if (permissions == NULL)
    return NULL;

  if (mh_record_has (session, MH_SESSION_HOSPITAL_ID))
    hospital = mh_store_get (db, &mh_hospital_type,
                             mh_record_text (session, MH_SESSION_HOSPITAL_ID), error);

  if (mh_record_has (session, MH_SESSION_HOSPITAL_ID) && hospital == NULL)
    return NULL;

  MhRecord *view = mh_record_new (&mh_session_view_type);
  if (token != NULL)
    mh_record_set_text (view, MH_SESSION_VIEW_TOKEN, token);
  mh_record_set_int (view, MH_SESSION_VIEW_EXPIRES_AT,
                     mh_record_int (session, MH_SESSION_EXPIRES_AT));
  mh_record_set_record (view, MH_SESSION_VIEW_USER, user);
  if (hospital != NULL)
    mh_record_set_record (view, MH_SESSION_VIEW_HOSPITAL, hospital);
  mh_record_set_list (view, MH_SESSION_VIEW_PERMISSIONS, (const char *const *)permissions);
  mh_record_set_bool (view, MH_SESSION_VIEW_MUST_CHANGE_PASSWORD,
                      mh_record_bool (user, MH_USER_MUST_CHANGE_PASSWORD));
  mh_record_set_text (view, MH_SESSION_VIEW_PASSWORD_SET_BY,
                      mh_record_text (user, MH_USER_PASSWORD_SET_BY));

  return view;
}

MhRecord *
mh_login_view (MhSessions *sessions, const char *session_id, const char *token, GError **error)
{
  MhStore *store = mh_sessions_store (sessions);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;
  MhRecord *view = compose_view (db, session_id, token, error);
  if (view != NULL)
    mh_record_set_text (view, MH_SESSION_VIEW_SERVER_EPOCH, mh_store_epoch (store));
  mh_store_give_reader (store, db);
  return view;
}
