/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-api.h"

#include "server/lab/catalogue/mh-reagent-service.h"
#include "shared/records/lab/mh-reagent.h"

static MhReply *
lots (MhCall *call, GError **error)
{
  gboolean all = g_strcmp0 (mh_call_query (call, "shelf"), "all") == 0;
  GPtrArray *found
      = mh_reagent_service_lots (mh_call_request (call), mh_call_query (call, "reagent"), all,
                                 mh_call_after (call), mh_call_limit (call), error);
  return mh_reply_page (call, found, MH_REAGENT_LOT_EXPIRY);
}

static MhReply *
reagent_api_receive (MhCall *call, GError **error)
{
  MhRecord *lot = mh_reagent_service_receive (mh_call_request (call), mh_call_body (call), error);
  return mh_reply_record (lot);
}

static MhReply *
reagent_api_count (MhCall *call, GError **error)
{
  MhRecord *lot = mh_reagent_service_count (mh_call_request (call), mh_call_patch (call), error);
  return mh_reply_record (lot);
}

static MhReply *
moves (MhCall *call, GError **error)
{
  GPtrArray *found = mh_reagent_service_moves (mh_call_request (call), mh_call_param (call, "id"),
                                               mh_call_limit (call), error);
  return mh_reply_list (found, NULL);
}

void
mh_reagent_bind (MhRouter *router)
{
  mh_router_bind (router, "reagent_lot.list", lots);
  mh_router_bind (router, "reagent_lot.receive", reagent_api_receive);
  mh_router_bind (router, "reagent_lot.count", reagent_api_count);
  mh_router_bind (router, "reagent_lot.moves", moves);
}
