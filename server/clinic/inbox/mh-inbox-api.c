/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/inbox/mh-inbox-api.h"

#include "server/clinic/inbox/mh-inbox-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/clinic/mh-inbox-item.h"

static MhReply *
inbox_list (MhCall *call, GError **error)
{
  const MhInboxQuery query = {
    .seen = g_strcmp0 (mh_call_query (call, "state"), MH_INBOX_SEEN) == 0,
    .after_id = mh_call_after_key (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_inbox_service_list (
      mh_call_request (call), &query,
      g_strcmp0 (mh_call_query (call, "whose"), MH_INBOX_DEPARTMENT) == 0, error);
  mh_seen_list (call, &mh_inbox_item_type, found);
  return mh_reply_page (call, found, MH_ID);
}

static MhReply *
inbox_see (MhCall *call, GError **error)
{
  return mh_reply_record (mh_inbox_service_see (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error));
}

static MhReply *
inbox_unsee (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_inbox_service_unsee (mh_call_request (call), mh_call_param (call, "id"), error));
}

void
mh_inbox_bind (MhRouter *router)
{
  mh_router_bind (router, "inbox.list", inbox_list);
  mh_router_bind (router, "inbox.see", inbox_see);
  mh_router_bind (router, "inbox.unsee", inbox_unsee);
}
