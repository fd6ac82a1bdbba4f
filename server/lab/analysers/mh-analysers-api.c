/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-api.h"

#include "server/lab/analysers/mh-analysers-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/platform/mh-audit.h"

static const char *
analysers_api_id_of (MhCall *call)
{
  return mh_call_param (call, "id");
}

static MhReply *
analyser_list (MhCall *call, GError **error)
{
  return mh_reply_list (mh_analysers_service_list (mh_call_request (call), error), NULL);
}

static MhReply *
analyser_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_analysers_service_read (mh_call_request (call), analysers_api_id_of (call), error));
}

static MhReply *
analyser_add (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_analysers_service_add (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
analyser_change (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_analysers_service_change (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
analyser_remove (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_analysers_service_remove (mh_call_request (call), analysers_api_id_of (call), error));
}

static MhReply *
analyser_send (MhCall *call, GError **error)
{
  return mh_reply_record (mh_analysers_service_send (
      mh_call_request (call), analysers_api_id_of (call), mh_call_body (call), error));
}

static MhReply *
map_list (MhCall *call, GError **error)
{
  return mh_reply_list (
      mh_analysers_service_maps (mh_call_request (call), analysers_api_id_of (call), error), NULL);
}

static MhReply *
map_add (MhCall *call, GError **error)
{
  return mh_reply_record (mh_analysers_service_map_add (
      mh_call_request (call), analysers_api_id_of (call), mh_call_body (call), error));
}

static MhReply *
map_change (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_analysers_service_map_change (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
map_remove (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_analysers_service_map_remove (mh_call_request (call), analysers_api_id_of (call), error));
}

/* --- pages, newest first --- */

static MhAnalysersQuery
analysers_api_query_of (MhCall *call)
{
  return (MhAnalysersQuery){
    .link_id = mh_call_query (call, "link_id"),
    .status = mh_call_query (call, "status"),
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
}

static MhReply *
message_list (MhCall *call, GError **error)
{
  MhAnalysersQuery query = analysers_api_query_of (call);
  query.direction = mh_call_query (call, "direction");
  GPtrArray *found = mh_analysers_service_messages (mh_call_request (call), &query, error);
  return mh_reply_page (call, found, MH_MESSAGE_AT);
}

static MhReply *
message_read (MhCall *call, GError **error)
{
  MhRecord *message
      = mh_analysers_service_message (mh_call_request (call), analysers_api_id_of (call), error);
  if (message != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_analyser_message_type, analysers_api_id_of (call), NULL);
  return mh_reply_record (message);
}

static MhReply *
message_retry (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_analysers_service_retry (mh_call_request (call), analysers_api_id_of (call), error));
}

static MhReply *
message_drop (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_analysers_service_drop (mh_call_request (call), analysers_api_id_of (call), error));
}

static MhReply *
result_list (MhCall *call, GError **error)
{
  MhAnalysersQuery query = analysers_api_query_of (call);
  GPtrArray *found = mh_analysers_service_results (mh_call_request (call), &query, error);
  mh_seen_list (call, &mh_device_result_type, found);
  return mh_reply_page (call, found, MH_DEVICE_RESULT_AT);
}

static MhReply *
result_resolve (MhCall *call, GError **error)
{
  return mh_reply_record (mh_analysers_service_resolve (
      mh_call_request (call), analysers_api_id_of (call), mh_call_body (call), error));
}

static MhReply *
result_resolve_group (MhCall *call, GError **error)
{
  return mh_reply_record (mh_analysers_service_resolve_group (
      mh_call_request (call), analysers_api_id_of (call), mh_call_body (call), error));
}

static MhReply *
result_take_back (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_analysers_service_take_back (mh_call_request (call), analysers_api_id_of (call), error));
}

void
mh_analysers_bind (MhRouter *router)
{
  mh_router_bind (router, "device_result.resolve_group", result_resolve_group);
  mh_router_bind (router, "device_result.take_back", result_take_back);
  mh_router_bind (router, "analyser.list", analyser_list);
  mh_router_bind (router, "analyser.read", analyser_read);
  mh_router_bind (router, "analyser.add", analyser_add);
  mh_router_bind (router, "analyser.change", analyser_change);
  mh_router_bind (router, "analyser.remove", analyser_remove);
  mh_router_bind (router, "analyser.send", analyser_send);
  mh_router_bind (router, "analyser_map.list", map_list);
  mh_router_bind (router, "analyser_map.add", map_add);
  mh_router_bind (router, "analyser_map.change", map_change);
  mh_router_bind (router, "analyser_map.remove", map_remove);
  mh_router_bind (router, "analyser_message.list", message_list);
  mh_router_bind (router, "analyser_message.read", message_read);
  mh_router_bind (router, "analyser_message.retry", message_retry);
  mh_router_bind (router, "analyser_message.drop", message_drop);
  mh_router_bind (router, "device_result.list", result_list);
  mh_router_bind (router, "device_result.resolve", result_resolve);
}
