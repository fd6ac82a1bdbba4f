/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-badges-service.h"

#include "shared/records/people/mh-user.h"

static gboolean
works_here (MhRecord *user, const char *hospital_id)
{
  const char *const *more = mh_record_list (user, MH_USER_HOSPITAL_IDS);
  return mh_record_bool (user, MH_USER_ACTIVE) && !mh_record_has (user, MH_DELETED_AT)
         && (hospital_id == NULL
             || g_strcmp0 (mh_record_text (user, MH_USER_HOSPITAL_ID), hospital_id) == 0
             || (more != NULL && g_strv_contains (more, hospital_id)));
}

MhRecord *
mh_badges_service_person (MhDb *db,
                          const char *hospital_id,
                          const char *badge,
                          const char *field,
                          GError **error)
{
  g_autoptr (GError) inner = NULL;
  if (badge == NULL || *badge == '\0')
    {
      mh_error_set_field (error, field, "required", "Scan the badge.");
      return NULL;
    }

  g_autoptr (MhRecord) user = mh_store_find (db, &mh_user_type, "badge", badge, &inner);
  if (user == NULL && inner == NULL)
    {
      user = mh_store_find (db, &mh_user_type, "username", badge, &inner);
      if (user != NULL && mh_record_has (user, MH_USER_BADGE))
        g_clear_object (&user);
    }

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  if (user != NULL && works_here (user, hospital_id))
    return g_steal_pointer (&user);

  mh_error_set_field (error, field, "unknown", "Nobody here has this badge.");
  return NULL;
}

MhRecord *
mh_badges_service_other (MhDb *db,
                         const char *hospital_id,
                         const char *user_id,
                         const char *badge,
                         const char *field,
                         GError **error)
{
  g_autoptr (MhRecord) user = mh_badges_service_person (db, hospital_id, badge, field, error);
  if (user == NULL || g_strcmp0 (mh_record_id (user), user_id) != 0)
    return g_steal_pointer (&user);
  mh_error_set_field (error, field, "same_person", "It takes a second person's badge.");
  return NULL;
}
