/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-presence.h"

#include "server/platform/auth/mh-sessions-store.h"
#include "shared/base/mh-clock.h"
#include "shared/records/people/mh-user.h"

/* How far what stands in the database is behind. */
#define PRESENCE_WRITTEN_EVERY MH_MINUTE

/* 1: yes, 0: no, -1: error. */
static int
presence_may (MhDb *db, MhRecord *user, const char *permission, GError **error)
{
  const char *const *roles = mh_record_list (user, MH_USER_ROLES);
  if (roles == NULL || !mh_record_bool (user, MH_USER_ACTIVE))
    return 0;

  g_auto (GStrv) permissions = mh_role_store_permissions (db, roles, error);
  if (permissions == NULL)
    return -1;
  return g_strv_contains ((const char *const *)permissions, permission) ? 1 : 0;
}

GPtrArray *
mh_presence_find (MhDb *db,
                  const char *hospital_id,
                  const char *permission,
                  gint64 quiet,
                  gint64 now,
                  GError **error)
{
  g_autoptr (GPtrArray) sessions = mh_session_store_present (
      db, hospital_id, now - quiet - PRESENCE_WRITTEN_EVERY, now, error);
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func (g_object_unref);
  const char *last = NULL;
  for (guint i = 0; sessions != NULL && i < sessions->len; i++)
    {
      const char *id = mh_record_text (g_ptr_array_index (sessions, i), MH_SESSION_USER_ID);
      if (g_strcmp0 (id, last) == 0)
        continue;

      last = id;
      g_autoptr (MhRecord) user = mh_store_get (db, &mh_user_type, id, error);
      int may = user != NULL ? presence_may (db, user, permission, error) : -1;
      if (may < 0)
        return NULL;
      if (may > 0)
        g_ptr_array_add (users, g_steal_pointer (&user));
    }
  return sessions != NULL ? g_steal_pointer (&users) : NULL;
}
