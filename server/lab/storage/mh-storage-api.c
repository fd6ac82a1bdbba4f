/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/storage/mh-storage-api.h"

#include "server/lab/storage/mh-storage-service.h"
#include "server/people/admin/mh-directory-api.h"
#include "server/platform/audit/mh-seen-api.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/mh-types.h"

static MhReply *
place_list (MhCall *call, GError **error)
{
  return mh_directory_reply_list (call, &mh_storage_place_type, error);
}

static MhReply *
place_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_storage_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
place_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_storage_service_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
storage_api_map (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_storage_service_map (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
due (MhCall *call, GError **error)
{
  GPtrArray *found = mh_storage_service_due (mh_call_request (call),
                                             mh_clock_now (mh_server_clock (mh_call_server (call))),
                                             mh_call_limit (call), error);
  mh_seen_list (call, &mh_sample_type, found);
  return mh_reply_list (found, NULL);
}

static MhReply *
dispose (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_storage_service_dispose (mh_call_request (call), mh_call_body (call), error));
}

void
mh_storage_bind (MhRouter *router)
{
  mh_router_bind (router, "storage_place.list", place_list);
  mh_router_bind (router, "storage_place.create", place_create);
  mh_router_bind (router, "storage_place.update", place_update);
  mh_router_bind (router, "storage.map", storage_api_map);
  mh_router_bind (router, "storage.due", due);
  mh_router_bind (router, "storage.dispose", dispose);
}
