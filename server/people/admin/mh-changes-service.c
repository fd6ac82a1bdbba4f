/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-changes-service.h"

#include "server/messages/alerts/mh-alerts.h"
#include "server/people/admin/mh-rights.h"
#include "server/people/admin/mh-users-service.h"
#include "server/people/admin/mh-users-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-login-guard.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-account-change.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

/* --- asking --- */

static void
set_asker (MhRecord *change, const MhActor *actor)
{
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_ASKED_ID, mh_actor_user_id (actor));
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_ASKED_BY, mh_actor_name (actor));
}

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

  set_asker (change, actor);
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

/* --- who is told --- */

static char *
alerts_of (MhRecord *change)
{
  return g_strconcat ("account_change:", mh_record_id (change), "/", NULL);
}

static gboolean
changes_service_tell (MhTx *tx, MhRecord *change, GPtrArray *approvers, GError **error)
{
  const char *arguments[] = { mh_record_text (change, MH_ACCOUNT_CHANGE_ASKED_BY),
                              mh_record_text (change, MH_ACCOUNT_CHANGE_USER_NAME), NULL };
  g_autofree char *begin = alerts_of (change);

  for (guint i = 0; i < approvers->len; i++)
    {
      const char *user_id = g_ptr_array_index (approvers, i);
      g_autofree char *key = g_strconcat (begin, user_id, NULL);
      const MhAlertDraft draft = {
        .kind = MH_ALERT_ACCOUNT_CHANGE,
        .hospital_id = mh_record_text (change, MH_ACCOUNT_CHANGE_HOSPITAL_ID),
        .subject_type = mh_account_change_type.code,
        .subject_id = mh_record_id (change),
        .arguments = arguments,
        .user_id = user_id,
        .dedupe_key = key,
      };
      if (!mh_alerts_raise (tx, &draft, error))
        return FALSE;
    }

  return TRUE;
}

/* One administrator alone has nobody to wait for. Those who review access are told instead, in the
 * person's hospital; of a role, which holds everywhere, in each. */
static gboolean
tell_reviewers (const MhRequest *req,
                MhRecord *of,
                guint name,
                const char *hospital_id,
                GError **error)
{
  const char *arguments[] = { mh_actor_name (req->actor), mh_record_text (of, name), NULL };
  g_autofree char *key = g_strconcat ("rights_alone:", mh_record_id (of), NULL);
  const MhAlertDraft draft = {
    .kind = MH_ALERT_RIGHTS_ALONE,
    .hospital_id = hospital_id,
    .arguments = arguments,
    .dedupe_key = key,
  };
  return mh_alerts_raise (req->tx, &draft, error);
}

static gboolean
tell_of_user (const MhRequest *req, MhRecord *user, GError **error)
{
  const char *home = mh_record_text (user, MH_USER_HOSPITAL_ID);
  return tell_reviewers (req, user, MH_USER_NAME,
                         home != NULL ? home : mh_actor_hospital_id (req->actor), error);
}

static gboolean
tell_of_role (const MhRequest *req, MhRecord *role, GError **error)
{
  g_autoptr (GPtrArray) hospitals = mh_store_all (req->db, &mh_hospital_type, NULL, NULL, error);
  for (guint i = 0; hospitals != NULL && i < hospitals->len; i++)
    if (!tell_reviewers (req, role, MH_ROLE_NAME, mh_record_id (g_ptr_array_index (hospitals, i)),
                         error))
      return FALSE;
  return hospitals != NULL;
}

/* It waits no more, for whatever reason. */
static gboolean
changes_service_end (MhTx *tx, MhRecord *change, const char *reason, GError **error)
{
  g_autofree char *alerts = alerts_of (change);
  return mh_tx_delete (tx, change, reason, error)
         && mh_alerts_clear_all (tx, mh_record_text (change, MH_ACCOUNT_CHANGE_HOSPITAL_ID), alerts,
                                 error);
}

static gboolean
forget_older (MhTx *tx, const char *id, GError **error)
{
  g_autoptr (GPtrArray) older = mh_changes_store_of (mh_tx_db (tx), id, error);
  for (guint i = 0; older != NULL && i < older->len; i++)
    if (!changes_service_end (tx, g_ptr_array_index (older, i), "replaced", error))
      return FALSE;
  return older != NULL;
}

/* @of is the account, or NULL for a role; @rights are what whoever approves must know. */
static gboolean
changes_service_keep (const MhRequest *req,
                      MhRecord *change,
                      MhRecord *of,
                      const char *const *rights,
                      GError **error)
{
  g_autoptr (GPtrArray) approvers = mh_rights_approvers (req, of, rights, error);
  const char *id
      = mh_record_text (change, of != NULL ? MH_ACCOUNT_CHANGE_USER_ID : MH_ACCOUNT_CHANGE_ROLE_ID);
  return approvers != NULL && forget_older (req->tx, id, error)
         && mh_tx_insert (req->tx, change, MH_AUDIT_CREATE, NULL, error)
         && changes_service_tell (req->tx, change, approvers, error);
}

gboolean
mh_changes_hold (const MhRequest *req,
                 MhRecord *before,
                 MhRecord *after,
                 gboolean *io_reset,
                 GError **error)
{
  MhNeeds needs = { FALSE, FALSE, FALSE };
  if (!mh_rights_needs_second (req, before, after, *io_reset, &needs, error))
    return FALSE;
  if (!needs.roles && !needs.password)
    return !needs.alone || tell_of_user (req, after, error);

  g_autoptr (MhRecord) change = new_change (req->actor, after, needs.roles, needs.password);
  if (needs.password)
    {
      keep_password (before, after);
      *io_reset = FALSE;
    }

  g_auto (GStrv) rights
      = mh_role_store_permissions (req->db, mh_record_list (after, MH_USER_ROLES), error);
  if (needs.roles && before != NULL)
    mh_record_set_list (after, MH_USER_ROLES, mh_record_list (before, MH_USER_ROLES));
  mh_record_set_int (after, MH_USER_WAITING_SINCE, mh_tx_now (req->tx));

  return rights != NULL
         && changes_service_keep (req, change, after, (const char *const *)rights, error);
}

static char **
without (const char *const *all, const char *const *some)
{
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
  for (guint i = 0; all != NULL && all[i] != NULL; i++)
    if (!g_strv_contains (some, all[i]))
      g_strv_builder_add (left, all[i]);
  return g_strv_builder_end (left);
}

gboolean
mh_changes_hold_role (const MhRequest *req, MhRecord *before, MhRecord *after, GError **error)
{
  g_auto (GStrv) wait = NULL;
  gboolean alone = FALSE;
  if (!mh_rights_of_role_wait (req, before, after, &wait, &alone, error))
    return FALSE;
  if (wait == NULL)
    return !alone || tell_of_role (req, after, error);

  const char *const *rights = (const char *const *)wait;
  g_auto (GStrv) now = without (mh_record_list (after, MH_ROLE_PERMISSIONS), rights);
  g_autoptr (MhRecord) change = mh_record_new (&mh_account_change_type);

  mh_record_set_text (change, MH_ACCOUNT_CHANGE_ROLE_ID, mh_record_id (after));
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_USER_NAME, mh_record_text (after, MH_ROLE_NAME));
  mh_record_set_text (change, MH_ACCOUNT_CHANGE_KIND, MH_ACCOUNT_CHANGE_KIND_RIGHTS);
  mh_record_set_list (change, MH_ACCOUNT_CHANGE_PERMISSIONS, rights);
  set_asker (change, req->actor);
  mh_record_set_list (after, MH_ROLE_PERMISSIONS, (const char *const *)now);
  mh_record_set_int (after, MH_ROLE_WAITING_SINCE, mh_tx_now (req->tx));

  return changes_service_keep (req, change, NULL, rights, error);
}

/* --- reading --- */

GPtrArray *
mh_changes_list (const MhRequest *req, const char *after, guint limit, GError **error)
{
  return mh_changes_store_list (req->db, mh_actor_hospital_id (req->actor), after, limit, error);
}

static gboolean
is_of_role (MhRecord *change)
{
  return mh_record_has (change, MH_ACCOUNT_CHANGE_ROLE_ID);
}

/* Of somebody whom the actor sees, or of a role; *out_of is the account or the role. */
static MhRecord *
changes_service_find (const MhRequest *req, const char *id, MhRecord **out_of, GError **error)
{
  g_autoptr (MhRecord) change = mh_store_get (req->db, &mh_account_change_type, id, error);
  if (change == NULL)
    return NULL;

  if (!is_of_role (change))
    *out_of = mh_users_read (req, mh_record_text (change, MH_ACCOUNT_CHANGE_USER_ID), NULL);
  else if (mh_actor_hospital_id (req->actor) == NULL)
    *out_of = mh_store_get (req->db, &mh_role_type,
                            mh_record_text (change, MH_ACCOUNT_CHANGE_ROLE_ID), NULL);

  if (*out_of != NULL && !mh_record_has (change, MH_DELETED_AT))
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
    mh_error_set (error, MH_ERROR_CONFLICT, "Another administrator must approve this.");
  else if (now - mh_record_int (change, MH_CREATED_AT) > MH_ACCOUNT_CHANGE_LIFE)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "This was asked for more than a week ago; ask for it again.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_rights (const MhRequest *req, MhRecord *change, GError **error)
{
  if (is_of_role (change))
    return mh_actor_require (req->actor, MH_MAY_WRITE_ROLE, error)
           && mh_rights_may_grant (req->actor,
                                   mh_record_list (change, MH_ACCOUNT_CHANGE_PERMISSIONS), error);
  g_auto (GStrv) permissions = mh_role_store_permissions (
      req->db, mh_record_list (change, MH_ACCOUNT_CHANGE_ROLES), error);
  return permissions != NULL
         && mh_rights_may_grant (req->actor, (const char *const *)permissions, error);
}

static void
apply_to_role (MhRecord *change, MhRecord *role)
{
  const char *const *added = mh_record_list (change, MH_ACCOUNT_CHANGE_PERMISSIONS);
  g_auto (GStrv) others = without (mh_record_list (role, MH_ROLE_PERMISSIONS), added);
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_strv_builder_addv (all, (const char **)others);
  g_strv_builder_addv (all, (const char **)added);
  g_auto (GStrv) now = g_strv_builder_end (all);
  mh_record_set_list (role, MH_ROLE_PERMISSIONS, (const char *const *)now);
}

static void
apply_to_user (MhTx *tx, MhRecord *change, MhRecord *after)
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
changes_service_end_sessions (MhTx *tx, MhRecord *change, MhRecord *user, GError **error)
{
  if (!mh_record_has (change, MH_ACCOUNT_CHANGE_PASSWORD_HASH))
    return TRUE;
  g_autofree char *key = mh_guard_user_key (mh_record_text (user, MH_USER_USERNAME));
  return mh_guard_store_clear (tx, key, error)
         && mh_session_store_revoke_user (tx, mh_record_id (user), NULL, error);
}

static void
wait_no_more (MhRecord *of)
{
  mh_record_set_null (of, mh_record_type (of) == &mh_role_type ? MH_ROLE_WAITING_SINCE
                                                               : MH_USER_WAITING_SINCE);
}

MhRecord *
mh_changes_approve (const MhRequest *req, MhSessions *sessions, const char *id, GError **error)
{
  g_autoptr (MhRecord) of = NULL;
  g_autoptr (MhRecord) change = changes_service_find (req, id, &of, error);
  if (change == NULL || !check_second (req->actor, change, mh_tx_now (req->tx), error)
      || !check_rights (req, change, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (of);
  if (is_of_role (change))
    apply_to_role (change, after);
  else
    apply_to_user (req->tx, change, after);

  wait_no_more (after);
  mh_sessions_doubt (sessions, is_of_role (change) ? NULL : mh_record_id (of));
  if (!mh_tx_update (req->tx, of, after, MH_AUDIT_UPDATE, "approved by a second administrator",
                     error)
      || !changes_service_end (req->tx, change, "approved", error)
      || !changes_service_end_sessions (req->tx, change, after, error))
    return NULL;

  return g_steal_pointer (&change);
}

MhRecord *
mh_changes_refuse (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) of = NULL;
  g_autoptr (MhRecord) change = changes_service_find (req, id, &of, error);
  if (change == NULL)
    return NULL;
  g_autoptr (MhRecord) after = mh_record_copy (of);
  wait_no_more (after);
  if (!mh_tx_update (req->tx, of, after, MH_AUDIT_UPDATE, "refused", error)
      || !changes_service_end (req->tx, change, "refused", error))
    return NULL;
  return g_steal_pointer (&change);
}
