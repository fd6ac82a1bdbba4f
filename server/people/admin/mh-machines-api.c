/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-admin-api.h"
#include "server/people/admin/mh-machines-service.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/people/mh-second-factor.h"

static MhSessions *
machines_api_sessions_of (MhCall *call)
{
  return mh_server_sessions (mh_call_server (call));
}

static MhReply *
key_list (MhCall *call, GError **error)
{
  MhApiKeysQuery query = { .before_id = mh_call_after_key (call), .limit = mh_call_limit (call) };
  GPtrArray *keys = mh_api_keys_list (mh_call_request (call), &query, error);
  return mh_reply_page (call, keys, MH_ID);
}

static MhReply *
key_create (MhCall *call, GError **error)
{
  MhRecord *key = mh_api_keys_make (machines_api_sessions_of (call), mh_call_actor (call),
                                    mh_call_who (call), mh_call_body (call), error);
  return mh_reply_record (key);
}

static MhReply *
key_revoke (MhCall *call, GError **error)
{
  MhRecord *key = mh_api_keys_revoke (mh_call_request (call), machines_api_sessions_of (call),
                                      mh_call_param (call, "id"), error);
  return mh_reply_record (key);
}

static MhReply *
machines_api_own_list (MhCall *call, GError **error)
{
  gint64 now = mh_clock_now (mh_server_clock (mh_call_server (call)));
  return mh_reply_list (mh_api_keys_waiting (mh_call_request (call), now, error), NULL);
}

static MhReply *
own_accept (MhCall *call, GError **error)
{
  const char *password = mh_record_text (mh_call_body (call), MH_FACTOR_BEGIN_PASSWORD);
  return mh_reply_record (mh_api_keys_accept (machines_api_sessions_of (call), mh_call_actor (call),
                                              mh_call_who (call), mh_call_param (call, "id"),
                                              password, error));
}

static MhReply *
own_decline (MhCall *call, GError **error)
{
  return mh_reply_record (mh_api_keys_decline (
      mh_call_request (call), machines_api_sessions_of (call), mh_call_param (call, "id"), error));
}

void
mh_api_keys_bind (MhRouter *router)
{
  mh_router_bind (router, "api_key.list", key_list);
  mh_router_bind (router, "api_key.create", key_create);
  mh_router_bind (router, "api_key.revoke", key_revoke);
  mh_router_bind (router, "own_key.list", machines_api_own_list);
  mh_router_bind (router, "own_key.accept", own_accept);
  mh_router_bind (router, "own_key.decline", own_decline);
}
