/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-users-service.h"

#include "server/people/admin/mh-changes-service.h"
#include "server/people/admin/mh-rights.h"
#include "server/people/admin/mh-users-store.h"
#include "server/platform/actor/mh-actor-home.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-factor.h"
#include "server/platform/auth/mh-login-guard.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

#define SCAN 500

static gboolean
users_service_lists (const char *const *list, const char *wanted)
{
  return list != NULL && wanted != NULL && g_strv_contains (list, wanted);
}

/* --- reading --- */

static gboolean
works_where_actor_does (const MhActor *actor, MhRecord *user)
{
  const char *hospital = mh_actor_hospital_id (actor);
  return hospital == NULL || g_strcmp0 (mh_record_text (user, MH_USER_HOSPITAL_ID), hospital) == 0
         || users_service_lists (mh_record_list (user, MH_USER_HOSPITAL_IDS), hospital);
}

MhRecord *
mh_users_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) user = mh_store_get (req->db, &mh_user_type, id, error);
  if (user == NULL)
    return NULL;
  if (!mh_record_has (user, MH_DELETED_AT) && works_where_actor_does (req->actor, user))
    return g_steal_pointer (&user);
  mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such user.");
  return NULL;
}

GPtrArray *
mh_users_list (const MhRequest *req, const MhDirectoryQuery *query, char **out_next, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *after = g_strdup (query->after);
  guint n_rows = SCAN;
  while (found->len <= query->limit && n_rows == SCAN)
    {
      g_autoptr (GPtrArray) rows
          = mh_users_store_page (req->db, mh_actor_hospital_id (req->actor), after, SCAN, error);
      if (rows == NULL)
        return NULL;
      n_rows = rows->len;
      for (guint i = 0; i < rows->len && found->len <= query->limit; i++)
        {
          MhRecord *user = g_ptr_array_index (rows, i);
          g_free (after);
          after = g_strdup (mh_record_text (user, MH_USER_USERNAME));
          if (mh_directory_matches (user, query->q))
            g_ptr_array_add (found, g_object_ref (user));
        }
    }

  if (found->len > query->limit)
    {
      g_ptr_array_set_size (found, (int)query->limit);
      *out_next = g_strdup (
          mh_record_text (g_ptr_array_index (found, query->limit - 1), MH_USER_USERNAME));
    }
  else
    *out_next = NULL;

  return g_steal_pointer (&found);
}

/* --- what may be given --- */

static gboolean
check_roles_exist (MhDb *db, const char *const *codes, GError **error)
{
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      g_autoptr (GError) failed = NULL;
      g_autoptr (MhRecord) role = mh_store_find (db, &mh_role_type, "code", codes[i], &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (role == NULL || mh_record_has (role, MH_DELETED_AT))
        {
          mh_error_set_field (error, "roles", "unknown_code", "There is no role “%s”.", codes[i]);
          return FALSE;
        }
    }

  return TRUE;
}

/* Hospitals that the actor does not work in are not theirs to give. */
static gboolean
check_hospitals (const MhActor *actor, MhRecord *user, MhRecord *before, GError **error)
{
  const char *own = mh_actor_hospital_id (actor);
  const char *const *others = mh_record_list (user, MH_USER_HOSPITAL_IDS);
  const char *const *had = before != NULL ? mh_record_list (before, MH_USER_HOSPITAL_IDS) : NULL;
  const char *home = mh_record_text (user, MH_USER_HOSPITAL_ID);
  const char *was = before != NULL ? mh_record_text (before, MH_USER_HOSPITAL_ID) : NULL;

  if (own == NULL)
    return TRUE;

  gboolean fine = g_strcmp0 (home, own) == 0 || g_strcmp0 (home, was) == 0;
  for (guint i = 0; others != NULL && others[i] != NULL; i++)
    fine = fine && (g_str_equal (others[i], own) || users_service_lists (had, others[i]));
  if (!fine)
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "You can let people work in your own hospital only; ask an administrator who "
                  "works in all hospitals.");

  return fine;
}

static gboolean
check_grant (const MhRequest *req, MhRecord *user, GError **error)
{
  const char *const *codes = mh_record_list (user, MH_USER_ROLES);
  if (!check_roles_exist (req->db, codes, error))
    return FALSE;
  g_auto (GStrv) permissions = mh_role_store_permissions (req->db, codes, error);
  return permissions != NULL
         && mh_rights_may_grant (req->actor, (const char *const *)permissions, error);
}

/* --- passwords --- */

static gboolean
set_password (const MhRequest *req,
              MhSessions *sessions,
              MhRecord *user,
              const char *password,
              GError **error)
{
  if (!mh_password_check (password, mh_record_text (user, MH_USER_USERNAME),
                          mh_record_bool (user, MH_USER_DEMONSTRATION), error))
    return FALSE;

  char *hash = mh_hasher_hash_now (mh_sessions_hasher (sessions), password, error);
  if (hash == NULL)
    return FALSE;

  mh_record_take_text (user, MH_USER_PASSWORD_HASH, hash);
  mh_record_set_int (user, MH_USER_PASSWORD_CHANGED_AT, mh_tx_now (req->tx));
  mh_record_set_bool (user, MH_USER_MUST_CHANGE_PASSWORD, TRUE);
  mh_record_set_text (user, MH_USER_PASSWORD_SET_BY, mh_actor_name (req->actor));
  mh_record_unset (user, MH_USER_PASSWORD);
  return TRUE;
}

/* --- users --- */

static gboolean
check_name_free (MhTx *tx, const char *username, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (MhRecord) other
      = mh_store_find (mh_tx_db (tx), &mh_user_type, "username", username, &failed);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (other != NULL)
    mh_error_set_field (error, "username", "taken",
                        "Somebody has this user name already; choose another.");
  else
    return TRUE;
  return FALSE;
}

/* What waits names the account, so that must have its id. */
static gboolean
hold_new (const MhRequest *req, MhRecord *user, GError **error)
{
  gboolean first = TRUE;
  if (!mh_record_has (user, MH_ID))
    mh_record_take_text (user, MH_ID, mh_id_new ());
  return mh_changes_hold (req, NULL, user, &first, error);
}

MhRecord *
mh_users_create (const MhRequest *req, MhSessions *sessions, MhRecord *draft, GError **error)
{
  g_autoptr (MhRecord) user = mh_record_copy (draft);
  g_autofree char *password = g_strdup (mh_record_text (draft, MH_USER_PASSWORD));
  if (!mh_record_has (user, MH_USER_HOSPITAL_ID))
    mh_record_set_text (user, MH_USER_HOSPITAL_ID, mh_actor_home_id (req->actor));
  if (!mh_record_is_set (user, MH_USER_ACTIVE))
    mh_record_set_bool (user, MH_USER_ACTIVE, TRUE);
  if (password == NULL)
    {
      mh_error_set_field (error, "password", "required", "Give a first password.");
      return NULL;
    }

  if (!mh_record_validate (user, MH_CHECK_CREATE, error)
      || !check_name_free (req->tx, mh_record_text (user, MH_USER_USERNAME), error)
      || !check_hospitals (req->actor, user, NULL, error) || !check_grant (req, user, error)
      || !set_password (req, sessions, user, password, error) || !hold_new (req, user, error)
      || !mh_tx_insert (req->tx, user, MH_AUDIT_CREATE, NULL, error))
    return NULL;

  return g_steal_pointer (&user);
}

/* One's own roles and one's own end are for somebody else to decide. */
static gboolean
check_not_oneself (const MhActor *actor, MhRecord *before, MhRecord *after, GError **error)
{
  if (g_strcmp0 (mh_record_id (before), mh_actor_user_id (actor)) != 0)
    return TRUE;
  if (mh_record_field_equal (before, after, MH_USER_ROLES)
      && mh_record_field_equal (before, after, MH_USER_ACTIVE)
      && mh_record_field_equal (before, after, MH_USER_HOSPITAL_IDS))
    return TRUE;
  mh_error_set (error, MH_ERROR_FORBIDDEN, "Another administrator must change your own roles.");
  return FALSE;
}

static gboolean
begin_user (const MhRequest *req,
            MhPatch patch,
            MhRecord **out_before,
            MhRecord **out_after,
            GError **error)
{
  g_autoptr (MhRecord) before = mh_users_read (req, patch.id, error);
  if (before == NULL)
    return FALSE;

  if (patch.if_match >= 0 && patch.if_match != mh_record_version (before))
    {
      g_autofree char *current = mh_record_to_json (before, 0);
      mh_error_set_stale (error, current);
      return FALSE;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_apply (after, patch.body);
  if (!mh_record_validate (after, MH_CHECK_CREATE, error))
    return FALSE;

  *out_before = g_steal_pointer (&before);
  *out_after = g_steal_pointer (&after);
  return TRUE;
}

/* Rights of administration shield their holder: who lacks them cannot reset the password either. */
static gboolean
check_not_above (const MhRequest *req, MhRecord *before, GError **error)
{
  g_auto (GStrv) permissions
      = mh_role_store_permissions (req->db, mh_record_list (before, MH_USER_ROLES), error);
  return permissions != NULL
         && mh_rights_may_grant (req->actor, (const char *const *)permissions, error);
}

static gboolean
users_service_end_sessions (MhTx *tx,
                            MhSessions *sessions,
                            MhRecord *after,
                            gboolean reset,
                            GError **error)
{
  g_autofree char *key = mh_guard_user_key (mh_record_text (after, MH_USER_USERNAME));
  mh_sessions_doubt (sessions, mh_record_id (after));
  if (!reset && mh_record_bool (after, MH_USER_ACTIVE))
    return TRUE;
  if (reset && !mh_guard_store_clear (tx, key, error))
    return FALSE;
  return mh_session_store_revoke_user (tx, mh_record_id (after), NULL, error);
}

MhRecord *
mh_users_update (const MhRequest *req, MhSessions *sessions, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  gboolean reset = mh_record_has (patch.body, MH_USER_PASSWORD);
  if (!begin_user (req, patch, &before, &after, error)
      || !check_not_oneself (req->actor, before, after, error)
      || !check_not_above (req, before, error)
      || !check_hospitals (req->actor, after, before, error) || !check_grant (req, after, error))
    return NULL;

  g_autofree char *password = g_strdup (mh_record_text (patch.body, MH_USER_PASSWORD));
  if (reset && !set_password (req, sessions, after, password, error))
    return NULL;
  if (!mh_changes_hold (req, before, after, &reset, error))
    return NULL;

  if (reset)
    {
      mh_record_set_int (after, MH_USER_FAILED_LOGINS, 0);
      mh_record_set_null (after, MH_USER_LOCKED_UNTIL);
    }

  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, reset ? "password reset" : NULL,
                     error)
      || !users_service_end_sessions (req->tx, sessions, after, reset, error)
      || !mh_rights_somebody_left (req->db, error))
    return NULL;

  return g_steal_pointer (&after);
}

MhRecord *
mh_users_reset_factor (const MhRequest *req, MhSessions *sessions, const char *id, GError **error)
{
  gboolean done = FALSE;
  g_autoptr (MhRecord) user = mh_users_read (req, id, error);
  if (user == NULL || !check_not_above (req, user, error))
    return NULL;

  if (g_strcmp0 (id, mh_actor_user_id (req->actor)) == 0)
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN,
                    "Another administrator must reset your second factor.");
      return NULL;
    }

  return mh_factor_reset (req, sessions, user, &done, error)
             ? mh_store_get (req->db, &mh_user_type, id, error)
             : NULL;
}

/* --- roles --- */

static gboolean
check_known (MhRecord *role, GError **error)
{
  const char *const *list = mh_record_list (role, MH_ROLE_PERMISSIONS);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (!mh_permission_is_known (list[i]))
      {
        mh_error_set_field (error, "permissions", "unknown_code", "There is no right “%s”.",
                            list[i]);
        return FALSE;
      }
  return TRUE;
}

/* Roles hold in every hospital. */
static gboolean
check_role (const MhActor *actor, MhRecord *role, GError **error)
{
  if (mh_actor_hospital_id (actor) != NULL)
    {
      mh_error_set (
          error, MH_ERROR_FORBIDDEN,
          "Roles hold in all hospitals: ask an administrator who works in all of them to change "
          "this one.");
      return FALSE;
    }
  return check_known (role, error)
         && mh_rights_may_grant (actor, mh_record_list (role, MH_ROLE_PERMISSIONS), error);
}

MhRecord *
mh_roles_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  if (!check_role (req->actor, draft, error))
    return NULL;
  return mh_directory_create (req, draft, error);
}

static gboolean
is_own_role (const MhActor *actor, const char *code)
{
  g_auto (GStrv) own = g_strsplit (mh_actor_role (actor), ",", -1);
  return users_service_lists ((const char *const *)own, code);
}

static gboolean
check_own_role (const MhActor *actor, MhRecord *after, GError **error)
{
  const char *const *list = mh_record_list (after, MH_ROLE_PERMISSIONS);
  if (!is_own_role (actor, mh_record_text (after, MH_ROLE_CODE)))
    return TRUE;

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (!mh_actor_may (actor, list[i]))
      {
        mh_error_set (error, MH_ERROR_FORBIDDEN,
                      "Another administrator must add the right “%s” to a role of your own.",
                      mh_permission_label (list[i]));
        return FALSE;
      }

  return TRUE;
}

MhRecord *
mh_roles_update (const MhRequest *req, MhSessions *sessions, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error) || !check_role (req->actor, before, error)
      || !check_role (req->actor, after, error) || !check_own_role (req->actor, after, error)
      || !mh_changes_hold_role (req, before, after, error))
    return NULL;

  mh_sessions_doubt (sessions, NULL);
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_rights_somebody_left (req->db, error))
    return NULL;

  return g_steal_pointer (&after);
}
