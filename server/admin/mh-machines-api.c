/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/admin/mh-admin-api.h"
#include "server/admin/mh-machines-service.h"
#include "server/mh-server-app.h"

static MhSessions *
sessions_of (MhCall *call)
{
  return mh_server_sessions (mh_call_server (call));
}

static MhReply *
key_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  guint limit = mh_call_limit (call);
  MhApiKeysQuery query = { .before_id = after != NULL ? after[0] : NULL, .limit = limit };
  GPtrArray *keys = mh_api_keys_list (mh_call_db (call), mh_call_actor (call), &query, error);
  if (keys == NULL)
    return NULL;
  const char *next[]
      = { keys->len == limit && limit > 0 ? mh_record_id (g_ptr_array_index (keys, limit - 1))
                                          : NULL,
          NULL };
  return mh_reply_list (keys, next[0] != NULL ? next : NULL);
}

static MhReply *
key_create (MhCall *call, GError **error)
{
  MhRecord *key = mh_api_keys_make (sessions_of (call), mh_call_actor (call), mh_call_who (call),
                                    mh_call_body (call), error);
  return key != NULL ? mh_reply_record (key) : NULL;
}

static MhReply *
key_revoke (MhCall *call, GError **error)
{
  MhRecord *key = mh_api_keys_revoke (mh_call_tx (call), sessions_of (call), mh_call_actor (call),
                                      mh_call_param (call, "id"), error);
  return key != NULL ? mh_reply_record (key) : NULL;
}

void
mh_api_keys_bind (MhRouter *router)
{
  mh_router_bind (router, "api_key.list", key_list);
  mh_router_bind (router, "api_key.create", key_create);
  mh_router_bind (router, "api_key.revoke", key_revoke);
}
