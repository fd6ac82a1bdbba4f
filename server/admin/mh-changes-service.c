/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/admin/mh-changes-service.h"

#include "server/admin/mh-rights.h"
#include "server/admin/mh-users-service.h"
#include "server/admin/mh-users-store.h"
#include "server/auth/mh-login-guard.h"
#include "server/auth/mh-sessions-store.h"
#include "shared/records/mh-account-change.h"
#include "shared/records/mh-audit.h"
#include "shared/records/mh-user.h"

/* --- asking --- */

static MhRecord *
new_change (const MhActor *actor, MhRecord *user, gboolean roles, gboolean reset)
{
  MhRecord *change = mh_record_new (&mh_account_change_type);
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_HOSPITAL_ID,
                      mh_record_text (user, MH_USER_HOSPITAL_ID));
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_USER_ID, mh_record_id (user));
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_USER_NAME, mh_record_text (user, MH_USER_NAME));
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_KIND,
                      roles && reset ? MH_ACCOUNT_CHANGE_KIND_BOTH
                      : reset        ? MH_ACCOUNT_CHANGE_KIND_PASSWORD
                                     : MH_ACCOUNT_CHANGE_KIND_ROLES);
  mh_record_set_list (change, MH_ACCOUNT_CHANGE_ROLES, mh_record_list (user, MH_USER_ROLES));
  if (reset)
    mh_record_set_text (change, MH_ACCOUNT_CHANGE_PASSWORD_HASH,
                        mh_record_text (user, MH_USER_PASSWORD_HASH));
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_ASKED_ID, mh_actor_user_id (actor));
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_ASKED_BY, mh_actor_name (actor));
  return change;
}

/* As it was. A new account has no password until somebody has agreed: nobody gets in. */
static void
keep_password (MhRecord *before, MhRecord *after)
{
  static const guint fields[] = { MH_USER_PASSWORD_HASH, MH_USER_PASSWORD_SET_BY };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (before != NULL && mh_record_has (before, fields[i]))
      mh_record_set_text (after, fields[i], mh_record_text (before, fields[i]));
    else
      mh_record_set_null (after, fields[i]);
  if (before != NULL && mh_record_has (before, MH_USER_PASSWORD_CHANGED_AT))
    mh_record_set_int (after, MH_USER_PASSWORD_CHANGED_AT,
                       mh_record_int (before, MH_USER_PASSWORD_CHANGED_AT));
  mh_record_set_bool (after, MH_USER_MUST_CHANGE_PASSWORD,
                      before == NULL || mh_record_bool (before, MH_USER_MUST_CHANGE_PASSWORD));
}

static gboolean
forget_older (MhTx *tx, const char *user_id, GError **error)
{
  g_autoptr (GPtrArray) older = mh_changes_store_of (mh_tx_db (tx), user_id, error);
  for (guint i = 0; older != NULL && i < older->len; i++)
    if (!mh_tx_delete (tx, g_ptr_array_index (older, i), "replaced", error))
      return FALSE;
  return older != NULL;
}

gboolean
mh_changes_hold (MhTx *tx,
                 const MhActor *actor,
                 MhRecord *before,
                 MhRecord *after,
                 gboolean *io_reset,
                 GError **error)
{
  MhNeeds needs = { FALSE, FALSE };
  if (!mh_rights_needs_second (mh_tx_db (tx), actor, before, after, *io_reset, &needs, error))
    return FALSE;
  if (!needs.roles && !needs.password)
    return TRUE;
  g_autoptr (MhRecord) change = new_change (actor, after, needs.roles, needs.password);
  if (needs.password)
    {
      keep_password (before, after);
      *io_reset = FALSE;
    }
  if (needs.roles && before != NULL)
    mh_record_set_list (after, MH_USER_ROLES, mh_record_list (before, MH_USER_ROLES));
  return forget_older (tx, mh_record_id (after), error)
         && mh_tx_insert (tx, change, MH_AUDIT_CREATE, NULL, error);
}

/* --- reading --- */

GPtrArray *
mh_changes_list (MhDb *db, const MhActor *actor, const char *after, guint limit, GError **error)
{
  return mh_changes_store_list (db, mh_actor_hospital_id (actor), after, limit, error);
}

/* Of somebody whom @actor sees. */
static MhRecord *
find (MhDb *db, const MhActor *actor, const char *id, MhRecord **out_user, GError **error)
{
  g_autoptr (MhRecord) change = mh_store_get (db, &mh_account_change_type, id, error);
  if (change == NULL)
    return NULL;
  *out_user = mh_users_read (db, actor, mh_record_text (change, MH_ACCOUNT_CHANGE_USER_ID), NULL);
  if (*out_user != NULL && !mh_record_has (change, MH_DELETED_AT))
    return g_steal_pointer (&change);
  mh_error_set (error, MH_ERROR_NOT_FOUND, "This change is not waiting any more.");
  return NULL;
}

/* --- deciding --- */

static gboolean
check_second (const MhActor *actor, MhRecord *change, gint64 now, GError **error)
{
  const char *me = mh_actor_user_id (actor);
  if (me == NULL || g_strcmp0 (me, mh_record_text (change, MH_ACCOUNT_CHANGE_ASKED_ID)) == 0
      || g_strcmp0 (me, mh_record_text (change, MH_ACCOUNT_CHANGE_USER_ID)) == 0)
    mh_error_set (error, MH_ERROR_FORBIDDEN, "Another administrator must approve this.");
  else if (now - mh_record_int (change, MH_CREATED_AT) > MH_ACCOUNT_CHANGE_LIFE)
    mh_error_set (error, MH_ERROR_CONFLICT, "This was asked for more than a week ago. Ask anew.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_rights (MhDb *db, const MhActor *actor, MhRecord *change, GError **error)
{
  g_auto (GStrv) permissions
      = mh_role_store_permissions (db, mh_record_list (change, MH_ACCOUNT_CHANGE_ROLES), error);
  return permissions != NULL
         && mh_rights_may_grant (actor, (const char *const *)permissions, error);
}

static void
apply (MhTx *tx, MhRecord *change, MhRecord *after)
{
  const char *hash = mh_record_text (change, MH_ACCOUNT_CHANGE_PASSWORD_HASH);
  if (g_strcmp0 (mh_record_text (change, MH_ACCOUNT_CHANGE_KIND), MH_ACCOUNT_CHANGE_KIND_PASSWORD)
      != 0)
    mh_record_set_list (after, MH_USER_ROLES, mh_record_list (change, MH_ACCOUNT_CHANGE_ROLES));
  if (hash == NULL)
    return;
  mh_record_set_text (after, MH_USER_PASSWORD_HASH, hash);
  mh_record_set_int (after, MH_USER_PASSWORD_CHANGED_AT, mh_tx_now (tx));
  mh_record_set_bool (after, MH_USER_MUST_CHANGE_PASSWORD, TRUE);
  mh_record_set_text (after, MH_USER_PASSWORD_SET_BY,
                      mh_record_text (change, MH_ACCOUNT_CHANGE_ASKED_BY));
  mh_record_set_int (after, MH_USER_FAILED_LOGINS, 0);
  mh_record_set_null (after, MH_USER_LOCKED_UNTIL);
}

static gboolean
end_sessions (MhTx *tx, MhRecord *change, MhRecord *user, GError **error)
{
  g_autofree char *key = mh_guard_user_key (mh_record_text (user, MH_USER_USERNAME));
  return !mh_record_has (change, MH_ACCOUNT_CHANGE_PASSWORD_HASH)
         || (mh_guard_store_clear (tx, key, error)
             && mh_session_store_revoke_user (tx, mh_record_id (user), NULL, error));
}

MhRecord *
mh_changes_approve (MhTx *tx,
                    MhSessions *sessions,
                    const MhActor *actor,
                    const char *id,
                    GError **error)
{
  g_autoptr (MhRecord) user = NULL;
  g_autoptr (MhRecord) change = find (mh_tx_db (tx), actor, id, &user, error);
  if (change == NULL || !check_second (actor, change, mh_tx_now (tx), error)
      || !check_rights (mh_tx_db (tx), actor, change, error))
    return NULL;
  g_autoptr (MhRecord) after = mh_record_copy (user);
  apply (tx, change, after);
  mh_sessions_doubt (sessions, mh_record_id (user));
  if (!mh_tx_update (tx, user, after, MH_AUDIT_UPDATE, "agreed by a second administrator", error)
      || !mh_tx_delete (tx, change, "agreed", error) || !end_sessions (tx, change, after, error))
    return NULL;
  return g_steal_pointer (&after);
}

MhRecord *
mh_changes_refuse (MhTx *tx, const MhActor *actor, const char *id, GError **error)
{
  g_autoptr (MhRecord) user = NULL;
  g_autoptr (MhRecord) change = find (mh_tx_db (tx), actor, id, &user, error);
  if (change == NULL || !mh_tx_delete (tx, change, "refused", error))
    return NULL;
  return g_steal_pointer (&user);
}
