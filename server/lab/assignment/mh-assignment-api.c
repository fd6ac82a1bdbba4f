/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/assignment/mh-assignment-api.h"

#include "server/lab/assignment/mh-assignment-service.h"
#include "server/people/admin/mh-directory-api.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/record/mh-record.h"

static MhReply *
assign (MhCall *call, GError **error)
{
  return mh_reply_record (mh_assignment_service_assign (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
people (MhCall *call, GError **error)
{
  GPtrArray *found = mh_assignment_service_people (
      mh_call_request (call), mh_clock_now (mh_server_clock (mh_call_server (call))), error);
  return mh_reply_whole_list (call, found);
}

static MhReply *
assignment_api_list (MhCall *call, GError **error)
{
  return mh_directory_reply_list (call, mh_call_route (call)->reply, error);
}

static MhReply *
assignment_api_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_assignment_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
assignment_api_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_directory_update (mh_call_request (call), mh_call_patch (call), error));
}

void
mh_assignment_bind (MhRouter *router)
{
  mh_router_bind (router, "order.assign", assign);
  mh_router_bind (router, "technician.list", people);
  mh_router_bind (router, "skill.list", assignment_api_list);
  mh_router_bind (router, "skill.create", assignment_api_create);
  mh_router_bind (router, "skill.update", assignment_api_update);
  mh_router_bind (router, "shift.list", assignment_api_list);
  mh_router_bind (router, "shift.create", assignment_api_create);
  mh_router_bind (router, "shift.update", assignment_api_update);
}
