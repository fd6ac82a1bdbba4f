/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/actor/mh-actor.h"

#include "server/platform/actor/mh-actor-home.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"

struct _MhActor
{
  gatomicrefcount refs;
  char *user_id;
  char *name;
  char *role;
  char *hospital_id;
  char *home_id; /* of who sees every hospital; or NULL */
  char *session_id;
  char **permissions;  /* sorted, each once */
  GHashTable *allowed; /* the same, borrowed, to look up */
  gboolean password_due;
};

static int
actor_compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
take_permissions (MhActor *actor, const char *const *permissions)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  actor->allowed = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; permissions != NULL && permissions[i] != NULL; i++)
    if (!g_hash_table_contains (actor->allowed, permissions[i]))
      {
        char *copy = g_strdup (permissions[i]);
        g_hash_table_add (actor->allowed, copy);
        g_ptr_array_add (sorted, copy);
      }

  g_ptr_array_sort (sorted, actor_compare_names);
  g_ptr_array_add (sorted, NULL);
  actor->permissions = (char **)g_ptr_array_steal (sorted, NULL);
}

MhActor *
mh_actor_new (const char *user_id,
              const char *user_name,
              const char *role,
              const char *hospital_id,
              const char *session_id,
              const char *const *permissions)
{
  MhActor *actor = g_new0 (MhActor, 1);
  g_atomic_ref_count_init (&actor->refs);
  actor->user_id = g_strdup (user_id);
  actor->name = g_strdup (user_name);
  actor->role = g_strdup (role);
  actor->hospital_id = g_strdup (hospital_id);
  actor->session_id = g_strdup (session_id);
  take_permissions (actor, permissions);
  return actor;
}

MhActor *
mh_actor_ref (MhActor *actor)
{
  g_atomic_ref_count_inc (&actor->refs);
  return actor;
}

void
mh_actor_unref (MhActor *actor)
{
  if (actor == NULL || !g_atomic_ref_count_dec (&actor->refs))
    return;
  g_hash_table_unref (actor->allowed);
  g_strfreev (actor->permissions);
  g_free (actor->user_id);
  g_free (actor->name);
  g_free (actor->role);
  g_free (actor->hospital_id);
  g_free (actor->home_id);
  g_free (actor->session_id);
  g_free (actor);
}

const char *
mh_actor_user_id (const MhActor *actor)
{
  return actor->user_id;
}

const char *
mh_actor_name (const MhActor *actor)
{
  return actor->name;
}

const char *
mh_actor_role (const MhActor *actor)
{
  return actor->role;
}

const char *
mh_actor_session_id (const MhActor *actor)
{
  return actor->session_id;
}

const char *
mh_actor_hospital_id (const MhActor *actor)
{
  return actor->hospital_id;
}

const char *
mh_actor_home_id (const MhActor *actor)
{
  return actor->hospital_id != NULL ? actor->hospital_id : actor->home_id;
}

void
mh_actor_set_home (MhActor *actor, const char *hospital_id)
{
  g_free (actor->home_id);
  actor->home_id = g_strdup (hospital_id);
}

const char *const *
mh_actor_permissions (const MhActor *actor)
{
  return (const char *const *)actor->permissions;
}

gboolean
mh_actor_is_confined (const MhActor *actor)
{
  return g_hash_table_contains (actor->allowed, MH_MAY_BE_KIOSK);
}

void
mh_actor_set_password_due (MhActor *actor)
{
  actor->password_due = TRUE;
}

gboolean
mh_actor_is_password_due (const MhActor *actor)
{
  return actor->password_due;
}

gboolean
mh_actor_may (const MhActor *actor, const char *permission)
{
  if (actor->password_due)
    return FALSE;
  if (mh_actor_is_confined (actor))
    return g_str_equal (permission, MH_MAY_BE_KIOSK);
  return *permission == '\0' || g_hash_table_contains (actor->allowed, permission);
}

static void
refuse_until_changed (GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_issues_add (issues, "password", MH_ISSUE_PASSWORD_DUE, "Choose a password of your own.");
  mh_error_set_issues (error, MH_ERROR_FORBIDDEN, issues,
                       "Choose a password of your own first: somebody else gave you this one.");
}

static void
refuse_for_right (const char *permission, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autofree char *sentence
      = g_strdup_printf ("This needs the right “%s”, which your roles do not give. Ask a colleague "
                         "who has it, or an administrator, who gives it with a role.",
                         mh_permission_label (permission));
  mh_issues_add (issues, "permission", MH_ISSUE_MISSING_RIGHT, "%s", permission);
  mh_error_set_issues (error, MH_ERROR_FORBIDDEN, issues, sentence);
}

gboolean
mh_actor_require (const MhActor *actor, const char *permission, GError **error)
{
  if (mh_actor_may (actor, permission))
    return TRUE;
  if (actor->password_due)
    refuse_until_changed (error);
  else if (mh_actor_is_confined (actor))
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "A kiosk may not do this. Please ask at the reception.");
  else
    refuse_for_right (permission, error);
  return FALSE;
}

gboolean
mh_actor_sees (const MhActor *actor, const char *hospital_id, GError **error)
{
  if (hospital_id == NULL || actor->hospital_id == NULL
      || g_str_equal (hospital_id, actor->hospital_id))
    return TRUE;
  mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such record.");
  return FALSE;
}
