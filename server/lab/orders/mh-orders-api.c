/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-api.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
order_place (MhCall *call, GError **error)
{
  gint64 made_at = mh_call_made_at (call);
  if (made_at != 0)
    mh_record_set_int (mh_call_body (call), MH_ORDER_ORDERED_AT, made_at);
  MhRecord *order = mh_orders_service_place (mh_call_request (call), mh_call_body (call), error);
  return mh_reply_record (order);
}

static void
order_place_prefetch (MhCall *call, MhDb *db)
{
  mh_orders_service_place_prefetch (MH_REQUEST_DB (db, mh_call_server (call), mh_call_actor (call)),
                                    mh_call_body (call));
}

static MhReply *
order_quote (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_quote (mh_call_request (call), mh_call_body (call), error);
  return mh_reply_record (order);
}

static MhReply *
order_counts (MhCall *call, GError **error)
{
  MhRecord *counts = mh_orders_store_counts (mh_call_db (call),
                                             mh_actor_hospital_id (mh_call_actor (call)), error);
  return mh_reply_record (counts);
}

static MhReply *
order_read (MhCall *call, GError **error)
{
  MhRecord *order
      = mh_orders_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  if (order == NULL || !mh_access_check_order (mh_call_request (call), order, error))
    {
      g_clear_object (&order);
      return NULL;
    }
  mh_seen_record (call, MH_AUDIT_READ, order);
  return mh_reply_record (order);
}

static MhReply *
order_update (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_update (mh_call_request (call), mh_call_patch (call), error);
  return mh_reply_record (order);
}

static MhReply *
order_recover (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_recover (mh_call_request (call), mh_call_param (call, "id"),
                                               mh_call_body (call), error);
  return mh_reply_record (order);
}

static MhReply *
order_discount (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_discount (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error);
  return mh_reply_record (order);
}

static MhReply *
order_edit (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_edit (mh_call_request (call), mh_call_made_at (call),
                                            mh_call_param (call, "id"), mh_call_body (call), error);
  return mh_reply_record (order);
}

static MhReply *
order_edit_quote (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_edit_quote (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error);
  return mh_reply_record (order);
}

static MhReply *
doctor_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_orders_service_doctors (mh_call_request (call), mh_call_after_key (call),
                                                mh_call_limit (call), error);
  return mh_reply_page_by (call, found, MH_CLINICIAN_ID, MH_CLINICIAN_ID);
}

void
mh_orders_bind (MhRouter *router)
{
  mh_router_bind (router, "order.edit", order_edit);
  mh_router_bind (router, "order.edit_quote", order_edit_quote);
  mh_router_bind (router, "doctor.list", doctor_list);
  mh_orders_board_bind (router);
  mh_router_bind (router, "order.discount", order_discount);
  mh_router_bind (router, "order.place", order_place);
  mh_router_bind_prefetch (router, "order.place", order_place_prefetch);
  mh_router_bind (router, "order.quote", order_quote);
  mh_router_bind (router, "order.counts", order_counts);
  mh_router_bind (router, "order.read", order_read);
  mh_router_bind (router, "order.update", order_update);
  mh_router_bind (router, "order.recover", order_recover);
}
