/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-rights.h"

#include "server/people/admin/mh-users-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"

#define PAGE 500

static const char *const administration[] = {
  MH_MAY_SEE_ALL_HOSPITALS, MH_MAY_WRITE_HOSPITAL, MH_MAY_WRITE_USER,
  MH_MAY_WRITE_ROLE,        MH_MAY_WRITE_SETTING,  MH_MAY_READ_AUDIT,
  MH_MAY_WRITE_JOB,         MH_MAY_READ_HEALTH,    NULL,
};

/* What somebody could do harm with in another's name. */
static const char *const guarded[] = {
  MH_MAY_READ_RESULT,
  MH_MAY_ENTER_RESULT,
  MH_MAY_VERIFY_RESULT,
  MH_MAY_CORRECT_REPORT,
  MH_MAY_READ_CHART,
  MH_MAY_WRITE_CHART,
  MH_MAY_WRITE_NOTE,
  MH_MAY_COSIGN_NOTE,
  MH_MAY_WRITE_PRESCRIPTION,
  MH_MAY_COUNTERSIGN,
  MH_MAY_READ_VITALS,
  MH_MAY_DECIDE_VISIT,
  MH_MAY_SIGN_VISIT,
  MH_MAY_SIGN_CATALOGUE,
  MH_MAY_REFUND,
  MH_MAY_APPROVE_MONEY,
  MH_MAY_APPROVE_DISCOUNT,
  MH_MAY_REFUND_REPORTED,
  MH_MAY_APPROVE_TILL,
  MH_MAY_OVERRIDE_EQUIPMENT,
  MH_MAY_SETTLE_CLAIM,
  NULL,
};

static const char *const to_keep[] = {
  MH_MAY_SEE_ALL_HOSPITALS,
  MH_MAY_WRITE_USER,
  MH_MAY_WRITE_ROLE,
  NULL,
};

gboolean
mh_rights_may_grant (const MhActor *actor, const char *const *permissions, GError **error)
{
  for (guint i = 0; permissions != NULL && permissions[i] != NULL; i++)
    if (g_strv_contains (administration, permissions[i]) && !mh_actor_may (actor, permissions[i]))
      {
        mh_error_set (error, MH_ERROR_FORBIDDEN,
                      "You cannot give the right “%s”, which you do not have; ask an "
                      "administrator who has it.",
                      mh_permission_label (permissions[i]));
        return FALSE;
      }
  return TRUE;
}

static gboolean
has_all (const char *const *permissions, const char *const *wanted)
{
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_strv_contains (permissions, wanted[i]))
      return FALSE;
  return TRUE;
}

/* *out_found: somebody on this page can administer. */
static gboolean
look_at (MhDb *db, GPtrArray *users, gboolean *out_found, GError **error)
{
  for (guint i = 0; i < users->len; i++)
    {
      MhRecord *user = g_ptr_array_index (users, i);
      if (!mh_record_bool (user, MH_USER_ACTIVE))
        continue;
      g_auto (GStrv) permissions
          = mh_role_store_permissions (db, mh_record_list (user, MH_USER_ROLES), error);
      if (permissions == NULL)
        return FALSE;
      if (has_all ((const char *const *)permissions, to_keep))
        {
          *out_found = TRUE;
          return TRUE;
        }
    }

  return TRUE;
}

gboolean
mh_rights_somebody_left (MhDb *db, GError **error)
{
  g_autofree char *after = NULL;
  for (;;)
    {
      gboolean found = FALSE;
      g_autoptr (GPtrArray) users = mh_users_store_page (db, NULL, after, PAGE, error);
      if (users == NULL || !look_at (db, users, &found, error))
        return FALSE;
      if (found)
        return TRUE;
      if (users->len < PAGE)
        break;
      g_free (after);
      after
          = g_strdup (mh_record_text (g_ptr_array_index (users, users->len - 1), MH_USER_USERNAME));
    }

  mh_error_set (error, MH_ERROR_CONFLICT,
                "This would leave nobody who can administer. Give somebody else the right first.");
  return FALSE;
}

/* --- who approves --- */

static gboolean
is_guarded (const char *permission)
{
  return g_strv_contains (guarded, permission) || g_strv_contains (administration, permission);
}

/* Does @permissions hold something guarded that @had (NULL: nothing) does not? */
static gboolean
gains (const char *const *permissions, const char *const *had)
{
  for (guint i = 0; permissions[i] != NULL; i++)
    if (is_guarded (permissions[i]) && (had == NULL || !g_strv_contains (had, permissions[i])))
      return TRUE;
  return FALSE;
}

static gboolean
works_with (MhRecord *approver, const char *const *theirs, MhRecord *user)
{
  const char *home = mh_record_text (user, MH_USER_HOSPITAL_ID);
  const char *const *others = mh_record_list (approver, MH_USER_HOSPITAL_IDS);
  return g_strv_contains (theirs, MH_MAY_SEE_ALL_HOSPITALS)
         || g_strcmp0 (mh_record_text (approver, MH_USER_HOSPITAL_ID), home) == 0
         || (home != NULL && others != NULL && g_strv_contains (others, home));
}

static gboolean
has_administration (const char *const *has, const char *const *permissions)
{
  for (guint i = 0; permissions[i] != NULL; i++)
    if (g_strv_contains (administration, permissions[i]) && !g_strv_contains (has, permissions[i]))
      return FALSE;
  return TRUE;
}

/* May @approver approve what the actor asks for @user (NULL: for a role), who is to have
 * @permissions?
 */
static int
is_approver (const MhRequest *req,
             MhRecord *approver,
             MhRecord *user,
             const char *const *permissions,
             GError **error)
{
  if (!mh_record_bool (approver, MH_USER_ACTIVE)
      || mh_record_bool (approver, MH_USER_MUST_CHANGE_PASSWORD)
      || g_strcmp0 (mh_record_id (approver), mh_actor_user_id (req->actor)) == 0
      || (user != NULL && g_strcmp0 (mh_record_id (approver), mh_record_id (user)) == 0))
    return FALSE;

  g_auto (GStrv) theirs
      = mh_role_store_permissions (req->db, mh_record_list (approver, MH_USER_ROLES), error);
  if (theirs == NULL)
    return -1;

  const char *const *has = (const char *const *)theirs;
  gboolean works = user != NULL ? works_with (approver, has, user)
                                : g_strv_contains (has, MH_MAY_WRITE_ROLE)
                                      && g_strv_contains (has, MH_MAY_SEE_ALL_HOSPITALS);

  return works && g_strv_contains (has, MH_MAY_WRITE_USER) && has_administration (has, permissions);
}

GPtrArray *
mh_rights_approvers (const MhRequest *req,
                     MhRecord *user,
                     const char *const *permissions,
                     GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *after = NULL;
  guint n = PAGE;
  while (n == PAGE)
    {
      g_autoptr (GPtrArray) page = mh_users_store_page (req->db, NULL, after, PAGE, error);
      if (page == NULL)
        return NULL;
      n = page->len;
      for (guint i = 0; i < n; i++)
        {
          MhRecord *approver = g_ptr_array_index (page, i);
          int may = is_approver (req, approver, user, permissions, error);
          if (may < 0)
            return NULL;
          if (may)
            g_ptr_array_add (found, g_strdup (mh_record_id (approver)));
          g_free (after);
          after = g_strdup (mh_record_text (approver, MH_USER_USERNAME));
        }
    }

  return g_steal_pointer (&found);
}

static int
has_approver (const MhRequest *req, MhRecord *user, const char *const *permissions, GError **error)
{
  g_autoptr (GPtrArray) found = mh_rights_approvers (req, user, permissions, error);
  return found == NULL ? -1 : found->len > 0;
}

gboolean
mh_rights_of_role_wait (const MhRequest *req,
                        MhRecord *before,
                        MhRecord *after,
                        char ***out_rights,
                        gboolean *out_alone,
                        GError **error)
{
  const char *const *had = mh_record_list (before, MH_ROLE_PERMISSIONS);
  const char *const *now = mh_record_list (after, MH_ROLE_PERMISSIONS);
  g_autoptr (GStrvBuilder) gained = g_strv_builder_new ();

  for (guint i = 0; now != NULL && now[i] != NULL; i++)
    if (is_guarded (now[i]) && (had == NULL || !g_strv_contains (had, now[i])))
      g_strv_builder_add (gained, now[i]);

  g_auto (GStrv) rights = g_strv_builder_end (gained);
  int found
      = rights[0] != NULL ? has_approver (req, NULL, (const char *const *)rights, error) : FALSE;

  *out_alone = rights[0] != NULL && found == 0;
  *out_rights = found > 0 ? g_steal_pointer (&rights) : NULL;
  return found >= 0;
}

gboolean
mh_rights_needs_second (const MhRequest *req,
                        MhRecord *before,
                        MhRecord *after,
                        gboolean reset,
                        MhNeeds *out_needs,
                        GError **error)
{
  g_auto (GStrv) now
      = mh_role_store_permissions (req->db, mh_record_list (after, MH_USER_ROLES), error);
  g_auto (GStrv) had = NULL;
  if (now != NULL && before != NULL)
    had = mh_role_store_permissions (req->db, mh_record_list (before, MH_USER_ROLES), error);
  if (now == NULL || (before != NULL && had == NULL))
    return FALSE;

  const char *const *permissions = (const char *const *)now;
  gboolean roles = gains (permissions, (const char *const *)had);
  gboolean password
      = reset
        && (gains (permissions, NULL) || (had != NULL && gains ((const char *const *)had, NULL)));
  int found = roles || password ? has_approver (req, after, permissions, error) : FALSE;

  if (found < 0)
    return FALSE;

  gboolean peer = password && !found && before != NULL && mh_record_bool (before, MH_USER_ACTIVE)
                  && !mh_record_bool (before, MH_USER_MUST_CHANGE_PASSWORD)
                  && g_strv_contains ((const char *const *)had, MH_MAY_WRITE_USER);

  if (peer)
    {
      mh_error_set (
          error, MH_ERROR_FORBIDDEN,
          "There is no third administrator to approve it. Whoever runs the server gives this "
          "person a new password (mahimactl user password).");
      return FALSE;
    }

  /* who gets in by a password that waits has no roles to wait for */
  out_needs->roles = roles && found && before != NULL;
  out_needs->password = password && found;
  out_needs->alone = (roles || password) && !found;

  return TRUE;
}
