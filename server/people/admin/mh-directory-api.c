/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-directory-api.h"
#include "server/people/admin/mh-admin-api.h"

MhDirectoryQuery
mh_directory_query_of (MhCall *call)
{
  return (MhDirectoryQuery){ .q = mh_call_query (call, "q"),
                             .after = mh_call_after_key (call),
                             .limit = mh_call_limit (call) };
}

static MhReply *
reply_list (MhCall *call, const MhRecordType *type, MhDirectoryQuery *query, GError **error)
{
  g_autofree char *next = NULL;
  GPtrArray *found = mh_directory_list (mh_call_request (call), type, query, &next, error);
  return mh_reply_list_after (found, next);
}

MhReply *
mh_directory_reply_list (MhCall *call, const MhRecordType *type, GError **error)
{
  MhDirectoryQuery query = mh_directory_query_of (call);
  return reply_list (call, type, &query, error);
}

static MhReply *
directory_api_list (MhCall *call, GError **error)
{
  const MhRecordType *type = mh_call_route (call)->reply;
  MhDirectoryQuery query = mh_directory_query_of (call);
  if (g_str_equal (type->code, "department"))
    query.hospital_id = mh_call_query (call, "hospital_id");
  return reply_list (call, type, &query, error);
}

static MhReply *
api_settings (MhCall *call, GError **error)
{
  MhDirectoryQuery query = mh_directory_query_of (call);
  g_autofree char *next = NULL;
  if (query.q == NULL)
    query.q = mh_call_query (call, "name");
  GPtrArray *found = mh_directory_settings (mh_call_request (call), &query, &next, error);
  return mh_reply_list_after (found, next);
}

static MhReply *
api_create (MhCall *call, GError **error)
{
  return mh_reply_record (mh_directory_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
directory_api_read (MhCall *call, GError **error)
{
  return mh_reply_record (mh_directory_read (mh_call_request (call), mh_call_route (call)->reply,
                                             mh_call_param (call, "id"), error));
}

static MhReply *
api_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_directory_update (mh_call_request (call), mh_call_patch (call), error));
}

void
mh_directory_api_bind (MhRouter *router)
{
  mh_router_bind (router, "hospital.list", directory_api_list);
  mh_router_bind (router, "hospital.create", api_create);
  mh_router_bind (router, "hospital.read", directory_api_read);
  mh_router_bind (router, "hospital.update", api_update);
  mh_router_bind (router, "department.list", directory_api_list);
  mh_router_bind (router, "department.create", api_create);
  mh_router_bind (router, "department.read", directory_api_read);
  mh_router_bind (router, "department.update", api_update);
  mh_router_bind (router, "setting.list", api_settings);
  mh_router_bind (router, "setting.create", api_create);
  mh_router_bind (router, "setting.update", api_update);
  mh_router_bind (router, "device.list", directory_api_list);
  mh_router_bind (router, "device.create", api_create);
  mh_router_bind (router, "device.update", api_update);
}
