/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/alerts/mh-alerts-api.h"

#include "server/messages/alerts/mh-alerts-service.h"
#include "shared/records/messages/mh-alert.h"

static MhReply *
alert_list (MhCall *call, GError **error)
{
  MhAlertsQuery query = {
    .state = mh_call_query (call, "status"),
    .kind = mh_call_query (call, "kind"),
    .severity = mh_call_query (call, "severity"),
    .bench = mh_call_query (call, "bench"),
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_alerts_service_list (mh_call_request (call), &query, error);

  return mh_reply_page (call, found, MH_ALERT_RAISED_AT);
}

static MhReply *
alert_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_alerts_service_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
alert_acknowledge (MhCall *call, GError **error)
{
  return mh_reply_record (mh_alerts_service_acknowledge (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
alert_snooze (MhCall *call, GError **error)
{
  return mh_reply_record (mh_alerts_service_snooze (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

void
mh_alerts_bind (MhRouter *router)
{
  mh_router_bind (router, "alert.list", alert_list);
  mh_router_bind (router, "alert.read", alert_read);
  mh_router_bind (router, "alert.acknowledge", alert_acknowledge);
  mh_router_bind (router, "alert.snooze", alert_snooze);
}
