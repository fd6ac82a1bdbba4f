/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/admin/mh-rights.h"

#include "server/admin/mh-users-store.h"
#include "server/auth/mh-sessions-store.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-user.h"

#define PAGE 500

static const char *const administration[] = {
  MH_MAY_SEE_ALL_HOSPITALS, MH_MAY_WRITE_HOSPITAL, MH_MAY_WRITE_USER,
  MH_MAY_WRITE_ROLE,        MH_MAY_WRITE_SETTING,  MH_MAY_READ_AUDIT,
  MH_MAY_WRITE_JOB,         MH_MAY_READ_HEALTH,    NULL,
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
                      "You cannot give the right “%s”, which you do not have.", permissions[i]);
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
