/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/critical/mh-critical-api.h"

#include "server/lab/critical/mh-critical-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
critical_list (MhCall *call, GError **error)
{
  MhCriticalQuery query = {
    .state = mh_call_query (call, "state"),
    .department_id = mh_call_query (call, "department_id"),
    .order_id = mh_call_query (call, "order_id"),
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_critical_service_list (mh_call_request (call), &query, error);
  return mh_reply_page (call, found, MH_CRITICAL_ITEM_OPENED_AT);
}

static MhReply *
critical_read (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  MhRecord *view = mh_critical_service_view (mh_call_request (call), id, error);
  if (view == NULL)
    return NULL;
  mh_seen (
      call, MH_AUDIT_READ, &mh_critical_item_type, id,
      mh_record_text (mh_record_record (view, MH_CRITICAL_VIEW_ITEM), MH_CRITICAL_ITEM_PATIENT_ID));
  return mh_reply_record (view);
}

static MhReply *
critical_clinicians (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_critical_service_clinicians (mh_call_request (call), mh_call_query (call, "q"),
                                        mh_call_after_key (call), mh_call_limit (call), error);
  return mh_reply_page_by (call, found, MH_CLINICIAN_ID, MH_CLINICIAN_ID);
}

static MhReply *
critical_figures (MhCall *call, GError **error)
{
  MhRecord *figures
      = mh_critical_service_figures (mh_call_request (call), mh_call_query (call, "from"),
                                     mh_call_query (call, "to"), mh_call_now (call), error);
  return mh_reply_record (figures);
}

static MhReply *
critical_call (MhCall *call, GError **error)
{
  MhRecord *item = mh_critical_service_call (mh_call_request (call), mh_call_param (call, "id"),
                                             mh_call_body (call), error);
  return mh_reply_record (item);
}

static MhReply *
critical_close (MhCall *call, GError **error)
{
  MhRecord *item = mh_critical_service_close (mh_call_request (call), mh_call_param (call, "id"),
                                              mh_call_body (call), error);
  return mh_reply_record (item);
}

void
mh_critical_bind (MhRouter *router)
{
  mh_router_bind (router, "critical.list", critical_list);
  mh_router_bind (router, "critical.read", critical_read);
  mh_router_bind (router, "critical.clinicians", critical_clinicians);
  mh_router_bind (router, "critical.figures", critical_figures);
  mh_router_bind (router, "critical.call", critical_call);
  mh_router_bind (router, "critical.close", critical_close);
}
