/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/fleet/mh-fleet-api.h"

#include "server/dispatch/fleet/mh-units-service.h"
#include "server/dispatch/fleet/mh-zones-service.h"
#include "server/people/admin/mh-directory-api.h"

static MhReply *
fleet_api_list (MhCall *call, GError **error)
{
  return mh_directory_reply_list (call, mh_call_route (call)->reply, error);
}

static MhReply *
fleet_api_read (MhCall *call, GError **error)
{
  return mh_reply_record (mh_directory_read (mh_call_request (call), mh_call_route (call)->reply,
                                             mh_call_param (call, "id"), error));
}

/* --- zones --- */

static MhReply *
fleet_api_zone_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_zones_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
fleet_api_zone_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_zones_service_update (mh_call_request (call), mh_call_patch (call), error));
}

/* --- units --- */

static MhReply *
fleet_api_unit_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_units_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
fleet_api_unit_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_units_service_update (mh_call_request (call), mh_call_patch (call), error));
}

void
mh_fleet_bind (MhRouter *router)
{
  mh_router_bind (router, "zone.list", fleet_api_list);
  mh_router_bind (router, "zone.read", fleet_api_read);
  mh_router_bind (router, "zone.create", fleet_api_zone_create);
  mh_router_bind (router, "zone.update", fleet_api_zone_update);
  mh_router_bind (router, "unit.list", fleet_api_list);
  mh_router_bind (router, "unit.read", fleet_api_read);
  mh_router_bind (router, "unit.create", fleet_api_unit_create);
  mh_router_bind (router, "unit.update", fleet_api_unit_update);
}
