/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/maps/mh-maps-api.h"

#include "server/dispatch/maps/mh-maps-service.h"

static MhMaps *
maps_api_of (MhCall *call)
{
  return mh_server_maps (mh_call_server (call));
}

static MhReply *
maps_api_current (MhCall *call, GError **error)
{
  return mh_reply_record (mh_maps_service_current (maps_api_of (call), error));
}

/* Kept by whoever asks, and asked for again each time: it takes no longer than a look. */
static MhReply *
maps_api_tile (MhCall *call, GError **error)
{
  const char *const path[]
      = { mh_call_param (call, "z"), mh_call_param (call, "x"), mh_call_param (call, "y") };
  g_autofree char *etag = NULL;
  g_autoptr (GError) refused = NULL;
  GBytes *tile = mh_maps_service_tile (maps_api_of (call), path, mh_call_query (call, "style"),
                                       mh_call_header (call, "If-None-Match"), &etag, &refused);
  if (refused != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return NULL;
    }

  MhReply *reply
      = tile != NULL ? mh_reply_bytes (tile, mh_call_route (call)->media, NULL) : mh_reply_empty ();
  if (tile == NULL)
    mh_reply_set_status (reply, 304);
  mh_reply_set_header (reply, "ETag", etag);
  mh_reply_set_header (reply, "Cache-Control", "private, no-cache");
  return reply;
}

static MhReply *
maps_api_route (MhCall *call, GError **error)
{
  return mh_reply_record (mh_maps_service_route (maps_api_of (call), mh_call_query (call, "from"),
                                                 mh_call_query (call, "to"),
                                                 mh_call_query (call, "profile"), error));
}

static MhReply *
maps_api_reach (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_maps_service_reach (maps_api_of (call), mh_call_query (call, "at"),
                             mh_call_query_int (call, "seconds", MH_MAPS_REACH_SECONDS),
                             mh_call_query (call, "profile"), error));
}

static MhReply *
maps_api_addresses (MhCall *call, GError **error)
{
  return mh_reply_list (mh_maps_service_addresses (maps_api_of (call), mh_call_query (call, "q"),
                                                   mh_call_query (call, "near"),
                                                   mh_call_limit (call), error),
                        NULL);
}

static MhReply *
maps_api_nearest (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_maps_service_nearest (maps_api_of (call), mh_call_query (call, "at"), error));
}

void
mh_maps_bind (MhRouter *router)
{
  mh_router_bind (router, "map.current", maps_api_current);
  mh_router_bind (router, "map.tile", maps_api_tile);
  mh_router_bind (router, "map.route", maps_api_route);
  mh_router_bind (router, "map.reach", maps_api_reach);
  mh_router_bind (router, "map.addresses", maps_api_addresses);
  mh_router_bind (router, "map.nearest", maps_api_nearest);
}
