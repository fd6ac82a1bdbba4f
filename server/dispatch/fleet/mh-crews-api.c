/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/fleet/mh-crews-api.h"

#include "server/dispatch/fleet/mh-crews-service.h"
#include "server/dispatch/fleet/mh-positions-service.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-date.h"
#include "shared/records/dispatch/mh-crew.h"

static MhReply *
crews_api_shifts (MhCall *call, GError **error)
{
  gboolean open = g_strcmp0 (mh_call_query (call, "open"), "true") == 0;
  return mh_reply_page (
      call,
      mh_crews_store_shifts (mh_call_db (call), mh_actor_hospital_id (mh_call_actor (call)),
                             mh_call_query (call, "unit_id"), open, mh_call_page (call), error),
      MH_CREW_SHIFT_BEGAN_AT);
}

static MhReply *
crews_api_people (MhCall *call, GError **error)
{
  return mh_reply_whole_list (call, mh_crews_service_people (mh_call_request (call), error));
}

static MhReply *
crews_api_begin (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_crews_service_begin (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
crews_api_end (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_crews_service_end (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
crews_api_set_state (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_crews_service_set_state (mh_call_request (call), mh_call_patch (call), error));
}

/* States, or places. */
static MhReply *
crews_api_all (MhCall *call, GError **error)
{
  return mh_reply_page (call,
                        mh_crews_store_all (mh_call_db (call), mh_call_route (call)->reply,
                                            mh_actor_hospital_id (mh_call_actor (call)),
                                            mh_call_after_key (call), mh_call_limit (call), error),
                        MH_ID);
}

static gint64
crews_api_instant (MhCall *call, const char *name)
{
  gint64 at = 0;
  const char *text = mh_call_query (call, name);
  return text != NULL && mh_instant_parse (text, &at) ? at : 0;
}

/* Events or positions of one unit. */
static GPtrArray *
crews_api_of_unit (MhCall *call, gint64 from, gint64 to, GError **error)
{
  const char *id = mh_call_param (call, "id");
  g_autoptr (MhRecord) unit = mh_edit_get (mh_call_request (call), &mh_unit_type, id, error);
  return unit != NULL ? mh_crews_store_of_unit (mh_call_db (call), mh_call_route (call)->reply, id,
                                                from, to, mh_call_page (call), error)
                      : NULL;
}

static MhReply *
crews_api_events (MhCall *call, GError **error)
{
  return mh_reply_page (call, crews_api_of_unit (call, 0, 0, error), MH_UNIT_EVENT_AT);
}

static MhReply *
crews_api_positions (MhCall *call, GError **error)
{
  return mh_reply_page (call,
                        crews_api_of_unit (call, crews_api_instant (call, "from"),
                                           crews_api_instant (call, "to"), error),
                        MH_UNIT_POSITION_AT);
}

static MhReply *
crews_api_send (MhCall *call, GError **error)
{
  return mh_reply_record (mh_positions_service_send (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

void
mh_crews_bind (MhRouter *router)
{
  mh_router_bind (router, "crew_shift.list", crews_api_shifts);
  mh_router_bind (router, "crew_shift.begin", crews_api_begin);
  mh_router_bind (router, "crew_shift.end", crews_api_end);
  mh_router_bind (router, "crew_person.list", crews_api_people);
  mh_router_bind (router, "unit_state.list", crews_api_all);
  mh_router_bind (router, "unit_state.update", crews_api_set_state);
  mh_router_bind (router, "unit_event.list", crews_api_events);
  mh_router_bind (router, "unit_place.list", crews_api_all);
  mh_router_bind (router, "unit_position.list", crews_api_positions);
  mh_router_bind (router, "unit_position.send", crews_api_send);
}
