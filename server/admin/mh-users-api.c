/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/admin/mh-admin-api.h"
#include "server/admin/mh-users-service.h"
#include "server/mh-server-app.h"
#include "shared/records/mh-user.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static MhDirectoryQuery
read_query (MhCall *call)
{
  const char *const *after = mh_call_after (call);
  return (MhDirectoryQuery){ .q = mh_call_query (call, "q"),
                             .after = after != NULL ? after[0] : NULL,
                             .limit = mh_call_limit (call) };
}

static MhReply *
reply_page (GPtrArray *found, const char *next)
{
  const char *parts[] = { next, NULL };
  return found != NULL ? mh_reply_list (found, next != NULL ? parts : NULL) : NULL;
}

static MhSessions *
sessions_of (MhCall *call)
{
  return mh_server_sessions (mh_call_server (call));
}

static MhReply *
user_list (MhCall *call, GError **error)
{
  MhDirectoryQuery query = read_query (call);
  g_autofree char *next = NULL;
  return reply_page (mh_users_list (mh_call_db (call), mh_call_actor (call), &query, &next, error),
                     next);
}

static MhReply *
user_create (MhCall *call, GError **error)
{
  return reply (mh_users_create (mh_call_tx (call), sessions_of (call), mh_call_actor (call),
                                 mh_call_body (call), error));
}

static MhReply *
user_read (MhCall *call, GError **error)
{
  return reply (
      mh_users_read (mh_call_db (call), mh_call_actor (call), mh_call_param (call, "id"), error));
}

static MhReply *
user_update (MhCall *call, GError **error)
{
  return reply (mh_users_update (mh_call_tx (call), sessions_of (call), mh_call_actor (call),
                                 mh_call_param (call, "id"), mh_call_if_match (call),
                                 mh_call_body (call), error));
}

static MhReply *
factor_reset (MhCall *call, GError **error)
{
  return reply (mh_users_reset_factor (mh_call_tx (call), sessions_of (call), mh_call_actor (call),
                                       mh_call_param (call, "id"), error));
}

static MhReply *
role_list (MhCall *call, GError **error)
{
  MhDirectoryQuery query = read_query (call);
  g_autofree char *next = NULL;
  return reply_page (mh_directory_list (mh_call_db (call), mh_call_actor (call), &mh_role_type,
                                        &query, &next, error),
                     next);
}

static MhReply *
role_create (MhCall *call, GError **error)
{
  return reply (
      mh_roles_create (mh_call_tx (call), mh_call_actor (call), mh_call_body (call), error));
}

static MhReply *
role_read (MhCall *call, GError **error)
{
  return reply (mh_directory_read (mh_call_db (call), mh_call_actor (call), &mh_role_type,
                                   mh_call_param (call, "id"), error));
}

static MhReply *
role_update (MhCall *call, GError **error)
{
  return reply (mh_roles_update (mh_call_tx (call), sessions_of (call), mh_call_actor (call),
                                 mh_call_param (call, "id"), mh_call_if_match (call),
                                 mh_call_body (call), error));
}

void
mh_users_api_bind (MhRouter *router)
{
  mh_router_bind (router, "user.list", user_list);
  mh_router_bind (router, "user.create", user_create);
  mh_router_bind (router, "user.read", user_read);
  mh_router_bind (router, "user.update", user_update);
  mh_router_bind (router, "factor.reset", factor_reset);
  mh_router_bind (router, "role.list", role_list);
  mh_router_bind (router, "role.create", role_create);
  mh_router_bind (router, "role.read", role_read);
  mh_router_bind (router, "role.update", role_update);
}
