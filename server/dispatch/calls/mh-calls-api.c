/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/calls/mh-calls-api.h"

#include "server/dispatch/calls/mh-calls-protocol-service.h"
#include "server/dispatch/calls/mh-calls-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/base/mh-date.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/platform/mh-audit.h"

static gint64
calls_api_instant (MhCall *call, const char *name)
{
  gint64 at = 0;
  const char *text = mh_call_query (call, name);
  return text != NULL && mh_instant_parse (text, &at) ? at : 0;
}

static MhReply *
calls_api_list (MhCall *call, GError **error)
{
  const MhCallsQuery query = {
    .state = mh_call_query (call, "state"),
    .priority = mh_call_query (call, "priority"),
    .open = g_strcmp0 (mh_call_query (call, "open"), "true") == 0,
    .from = calls_api_instant (call, "from"),
    .to = calls_api_instant (call, "to"),
    .page = mh_call_page (call),
  };
  GPtrArray *found = mh_calls_service_list (mh_call_request (call), &query, error);

  mh_seen_list (call, &mh_emergency_call_type, found);
  return mh_reply_page (call, found, MH_EMERGENCY_CALL_CALL_AT);
}

static MhReply *
calls_api_open (MhCall *call, GError **error)
{
  return mh_reply_record (mh_calls_service_open (mh_call_request (call), mh_call_body (call),
                                                 mh_call_made_at (call), error));
}

static MhReply *
calls_api_read (MhCall *call, GError **error)
{
  MhRecord *found
      = mh_calls_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, found);
  return mh_reply_record (found);
}

static MhReply *
calls_api_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_calls_service_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
calls_api_answer (MhCall *call, GError **error)
{
  return mh_reply_record (mh_calls_service_answer (mh_call_request (call),
                                                   mh_call_param (call, "id"), mh_call_body (call),
                                                   mh_call_made_at (call), error));
}

static MhReply *
calls_api_near (MhCall *call, GError **error)
{
  return mh_reply_whole_list (
      call, mh_calls_service_near (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
calls_api_join (MhCall *call, GError **error)
{
  return mh_reply_record (mh_calls_service_join (
      mh_call_request (call), mh_call_param (call, "id"),
      mh_record_text (mh_call_body (call), MH_EMERGENCY_JOIN_HEAD_ID), error));
}

static MhReply *
calls_api_part (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_calls_service_part (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
calls_api_cancel (MhCall *call, GError **error)
{
  return mh_reply_record (mh_calls_service_cancel (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
calls_api_take (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_calls_service_take (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
calls_api_veto (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_calls_service_veto (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
calls_api_callers (MhCall *call, GError **error)
{
  GPtrArray *found = mh_calls_service_callers (mh_call_request (call), mh_call_param (call, "id"),
                                               mh_call_page (call), error);
  mh_seen_list (call, &mh_emergency_caller_type, found);
  return mh_reply_page (call, found, MH_EMERGENCY_CALLER_AT);
}

static MhReply *
calls_api_add_caller (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_calls_service_add_caller (mh_call_request (call), mh_call_param (call, "id"),
                                   mh_call_body (call), mh_call_made_at (call), error));
}

static MhReply *
calls_api_events (MhCall *call, GError **error)
{
  GPtrArray *found = mh_calls_service_events (mh_call_request (call), mh_call_param (call, "id"),
                                              mh_call_page (call), error);
  mh_seen_list (call, &mh_emergency_event_type, found);
  return mh_reply_page (call, found, MH_EMERGENCY_EVENT_AT);
}

static MhReply *
calls_api_protocols (MhCall *call, GError **error)
{
  return mh_reply_page (call,
                        mh_calls_protocol_service_list (mh_call_request (call),
                                                        mh_call_after_key (call),
                                                        mh_call_limit (call), error),
                        MH_ID);
}

static MhReply *
calls_api_protocol (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_calls_protocol_service_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

void
mh_calls_bind (MhRouter *router)
{
  mh_router_bind (router, "call.list", calls_api_list);
  mh_router_bind (router, "call.open", calls_api_open);
  mh_router_bind (router, "call.read", calls_api_read);
  mh_router_bind (router, "call.update", calls_api_update);
  mh_router_bind (router, "call.answer", calls_api_answer);
  mh_router_bind (router, "call.near", calls_api_near);
  mh_router_bind (router, "call.join", calls_api_join);
  mh_router_bind (router, "call.part", calls_api_part);
  mh_router_bind (router, "call.cancel", calls_api_cancel);
  mh_router_bind (router, "call.callers", calls_api_callers);
  mh_router_bind (router, "call.add_caller", calls_api_add_caller);
  mh_router_bind (router, "call.events", calls_api_events);
  mh_router_bind (router, "call.take", calls_api_take);
  mh_router_bind (router, "call.veto", calls_api_veto);
  mh_router_bind (router, "dispatch_protocol.list", calls_api_protocols);
  mh_router_bind (router, "dispatch_protocol.read", calls_api_protocol);
}
