/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/equipment/mh-equipment-api.h"

#include "server/lab/equipment/mh-equipment-service.h"
#include "server/people/admin/mh-directory-api.h"
#include "shared/records/lab/mh-equipment.h"

static MhReply *
equipment_api_list (MhCall *call, GError **error)
{
  return mh_directory_reply_list (call, mh_call_route (call)->reply, error);
}

static MhReply *
equipment_api_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_equipment_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
equipment_api_read_one (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_equipment_service_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
equipment_api_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_equipment_service_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
plan (MhCall *call, GError **error)
{
  return mh_reply_record (mh_equipment_service_plan (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
replan (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_equipment_service_replan (mh_call_request (call), mh_call_param (call, "id"),
                                   mh_call_if_match (call), mh_call_body (call), error));
}

static MhReply *
equipment_api_log_event (MhCall *call, GError **error)
{
  return mh_reply_record (mh_equipment_service_log (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
events (MhCall *call, GError **error)
{
  GPtrArray *found = mh_equipment_service_events (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_page (call), error);
  return mh_reply_page (call, found, MH_EQUIPMENT_EVENT_AT);
}

void
mh_equipment_bind (MhRouter *router)
{
  mh_router_bind (router, "equipment.list", equipment_api_list);
  mh_router_bind (router, "equipment.create", equipment_api_create);
  mh_router_bind (router, "equipment.read", equipment_api_read_one);
  mh_router_bind (router, "equipment.update", equipment_api_update);
  mh_router_bind (router, "equipment_plan.list", equipment_api_list);
  mh_router_bind (router, "equipment_plan.create", plan);
  mh_router_bind (router, "equipment_plan.update", replan);
  mh_router_bind (router, "equipment_event.list", events);
  mh_router_bind (router, "equipment_event.add", equipment_api_log_event);
}
