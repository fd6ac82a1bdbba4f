/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-admin-api.h"
#include "server/people/admin/mh-changes-service.h"
#include "server/people/admin/mh-directory-api.h"
#include "server/people/admin/mh-users-service.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/mh-types.h"

static MhSessions *
users_api_sessions_of (MhCall *call)
{
  return mh_server_sessions (mh_call_server (call));
}

static MhReply *
user_list (MhCall *call, GError **error)
{
  MhDirectoryQuery query = mh_directory_query_of (call);
  g_autofree char *next = NULL;
  GPtrArray *found = mh_users_list (mh_call_request (call), &query, &next, error);
  return mh_reply_list_after (found, next);
}

static MhReply *
user_create (MhCall *call, GError **error)
{
  return mh_reply_record (mh_users_create (mh_call_request (call), users_api_sessions_of (call),
                                           mh_call_body (call), error));
}

static MhReply *
user_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_users_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
user_update (MhCall *call, GError **error)
{
  return mh_reply_record (mh_users_update (mh_call_request (call), users_api_sessions_of (call),
                                           mh_call_patch (call), error));
}

static MhReply *
factor_reset (MhCall *call, GError **error)
{
  return mh_reply_record (mh_users_reset_factor (
      mh_call_request (call), users_api_sessions_of (call), mh_call_param (call, "id"), error));
}

static MhReply *
role_list (MhCall *call, GError **error)
{
  return mh_directory_reply_list (call, &mh_role_type, error);
}

static MhReply *
role_create (MhCall *call, GError **error)
{
  return mh_reply_record (mh_roles_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
role_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_directory_read (mh_call_request (call), &mh_role_type, mh_call_param (call, "id"), error));
}

static MhReply *
role_update (MhCall *call, GError **error)
{
  return mh_reply_record (mh_roles_update (mh_call_request (call), users_api_sessions_of (call),
                                           mh_call_patch (call), error));
}

static MhReply *
users_api_change_list (MhCall *call, GError **error)
{
  return mh_reply_page (call,
                        mh_changes_list (mh_call_request (call), mh_call_after_key (call),
                                         mh_call_limit (call), error),
                        MH_ID);
}

static MhReply *
change_approve (MhCall *call, GError **error)
{
  return mh_reply_record (mh_changes_approve (mh_call_request (call), users_api_sessions_of (call),
                                              mh_call_param (call, "id"), error));
}

static MhReply *
change_refuse (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_changes_refuse (mh_call_request (call), mh_call_param (call, "id"), error));
}

void
mh_users_api_bind (MhRouter *router)
{
  mh_router_bind (router, "user.list", user_list);
  mh_router_bind (router, "user.create", user_create);
  mh_router_bind (router, "user.read", user_read);
  mh_router_bind (router, "user.update", user_update);
  mh_router_bind (router, "factor.reset", factor_reset);
  mh_router_bind (router, "account_change.list", users_api_change_list);
  mh_router_bind (router, "account_change.approve", change_approve);
  mh_router_bind (router, "account_change.refuse", change_refuse);
  mh_router_bind (router, "role.list", role_list);
  mh_router_bind (router, "role.create", role_create);
  mh_router_bind (router, "role.read", role_read);
  mh_router_bind (router, "role.update", role_update);
}
