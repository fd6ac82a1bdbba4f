/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/missions/mh-missions-api.h"

#include "server/dispatch/missions/mh-missions-service.h"
#include "server/dispatch/missions/mh-recommendations-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/records/platform/mh-audit.h"

/* The map may be read just now, which takes longer than a snapshot should be held. */
static MhReply *
missions_api_recommendations (MhCall *call, GError **error)
{
  const MhRecommendationsQuery query
      = { .call_id = mh_call_param (call, "id"),
          .left_out = g_strcmp0 (mh_call_query (call, "left_out"), "true") == 0,
          .limit = mh_call_limit (call),
          .now = mh_call_now (call) };
  MhDb *db = mh_store_take_reader (mh_call_store (call), error);
  if (db == NULL)
    return NULL;
  GPtrArray *found = mh_recommendations_service_list (
      MH_REQUEST_DB (db, mh_call_server (call), mh_call_actor (call)),
      mh_server_maps (mh_call_server (call)), &query, error);
  mh_store_give_reader (mh_call_store (call), db);
  return mh_reply_whole_list (call, found);
}

static MhReply *
missions_api_list (MhCall *call, GError **error)
{
  const MhMissionsQuery query = { .call_id = mh_call_query (call, "call_id"),
                                  .unit_id = mh_call_query (call, "unit_id"),
                                  .open = g_strcmp0 (mh_call_query (call, "open"), "true") == 0,
                                  .page = mh_call_page (call) };
  GPtrArray *found = mh_missions_service_list (mh_call_request (call), &query, error);

  mh_seen_list (call, &mh_mission_type, found);
  return mh_reply_page (call, found, MH_MISSION_ASSIGNED_AT);
}

static MhReply *
missions_api_read (MhCall *call, GError **error)
{
  MhRecord *found
      = mh_missions_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, found);
  return mh_reply_record (found);
}

static MhReply *
missions_api_send (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_missions_service_send (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
missions_api_step (MhCall *call, GError **error)
{
  return mh_reply_record (mh_missions_service_step (mh_call_request (call),
                                                    mh_call_param (call, "id"), mh_call_body (call),
                                                    mh_call_made_at (call), error));
}

static MhReply *
missions_api_stand_down (MhCall *call, GError **error)
{
  return mh_reply_record (mh_missions_service_stand_down (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
missions_api_correct (MhCall *call, GError **error)
{
  return mh_reply_record (mh_missions_service_correct (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
missions_api_events (MhCall *call, GError **error)
{
  GPtrArray *found = mh_missions_service_events (mh_call_request (call), mh_call_param (call, "id"),
                                                 mh_call_page (call), error);
  mh_seen_list (call, &mh_mission_event_type, found);
  return mh_reply_page (call, found, MH_MISSION_EVENT_AT);
}

void
mh_missions_bind (MhRouter *router)
{
  mh_router_bind (router, "recommendation.list", missions_api_recommendations);
  mh_router_bind (router, "mission.list", missions_api_list);
  mh_router_bind (router, "mission.read", missions_api_read);
  mh_router_bind (router, "mission.send", missions_api_send);
  mh_router_bind (router, "mission.step", missions_api_step);
  mh_router_bind (router, "mission.stand_down", missions_api_stand_down);
  mh_router_bind (router, "mission.correct", missions_api_correct);
  mh_router_bind (router, "mission.events", missions_api_events);
}
