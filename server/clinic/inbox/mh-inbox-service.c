/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/inbox/mh-inbox-service.h"

#include "server/lab/reports/mh-reports-tell.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/clinic/mh-inbox-item.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

/* NULL without error: of none. Caller frees. */
static gboolean
department_of (MhDb *db, const char *user_id, char **out_department, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) user
      = user_id != NULL ? mh_store_find (db, &mh_user_type, "id", user_id, &failure) : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  *out_department = user != NULL ? g_strdup (mh_record_text (user, MH_USER_DEPARTMENT_ID)) : NULL;
  return TRUE;
}

GPtrArray *
mh_inbox_service_list (const MhRequest *req,
                       const MhInboxQuery *query,
                       gboolean department,
                       GError **error)
{
  MhInboxQuery wanted = *query;
  g_autofree char *department_id = NULL;
  wanted.hospital_id = mh_actor_hospital_id (req->actor);
  wanted.user_id = mh_actor_user_id (req->actor);
  if (department && !department_of (req->db, wanted.user_id, &department_id, error))
    return NULL;
  if (department && department_id == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  wanted.department_id = department_id;
  return mh_inbox_store_list (req->db, &wanted, error);
}

/* --- seeing --- */

static gboolean
may_see_for (const MhRequest *req, MhRecord *item, GError **error)
{
  g_autofree char *mine = NULL, *theirs = NULL;
  const char *doctor_id = mh_record_text (item, MH_INBOX_ITEM_USER_ID);
  if (g_strcmp0 (doctor_id, mh_actor_user_id (req->actor)) == 0)
    return TRUE;
  if (!department_of (req->db, mh_actor_user_id (req->actor), &mine, error)
      || !department_of (req->db, doctor_id, &theirs, error))
    return FALSE;
  if (mine != NULL && g_strcmp0 (mine, theirs) == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such result in your inbox.");
  return FALSE;
}

static MhRecord *
inbox_service_find (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) item = mh_edit_get (req, &mh_inbox_item_type, id, error);
  if (item == NULL || !may_see_for (req, item, error) || !mh_access_check_record (req, item, error))
    return NULL;
  return g_steal_pointer (&item);
}

/* Whoever knows the newest version knows that the one before was corrected. */
static gboolean
settle_notices (const MhRequest *req, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) notices = mh_reports_service_notices (req, TRUE, error);
  for (guint i = 0; notices != NULL && i < notices->len; i++)
    {
      MhRecord *notice = g_ptr_array_index (notices, i);
      if (g_strcmp0 (mh_record_text (notice, MH_REPORT_NOTICE_ORDER_ID), order_id) != 0)
        continue;
      g_autoptr (MhRecord) settled
          = mh_reports_service_acknowledge (req, mh_record_id (notice), error);
      if (settled == NULL)
        return FALSE;
    }

  return notices != NULL;
}

MhRecord *
mh_inbox_service_see (const MhRequest *req, const char *id, MhRecord *seeing, GError **error)
{
  g_autoptr (MhRecord) before = inbox_service_find (req, id, error);
  if (before == NULL)
    return NULL;

  if (mh_record_int (seeing, MH_INBOX_SEEING_VERSION_NO)
      != mh_record_int (before, MH_INBOX_ITEM_VERSION_NO))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "This report has a newer version meanwhile; look at that one.");
      return NULL;
    }

  if (mh_record_has (before, MH_INBOX_ITEM_SEEN_AT))
    return g_steal_pointer (&before);

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_INBOX_ITEM_SEEN_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_INBOX_ITEM_SEEN_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_INBOX_ITEM_SEEN_NAME, mh_actor_name (req->actor));
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !settle_notices (req, mh_record_text (before, MH_INBOX_ITEM_ORDER_ID), error))
    return NULL;

  return g_steal_pointer (&after);
}

MhRecord *
mh_inbox_service_unsee (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) before = inbox_service_find (req, id, error);
  if (before == NULL || !mh_record_has (before, MH_INBOX_ITEM_SEEN_AT))
    return g_steal_pointer (&before);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_null (after, MH_INBOX_ITEM_SEEN_AT);
  mh_record_set_null (after, MH_INBOX_ITEM_SEEN_BY);
  mh_record_set_null (after, MH_INBOX_ITEM_SEEN_NAME);
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return g_steal_pointer (&after);
}
