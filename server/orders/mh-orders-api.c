/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/orders/mh-orders-api.h"

#include "server/access/mh-access.h"
#include "server/audit/mh-read-log.h"
#include "server/mh-server-app.h"
#include "server/orders/mh-orders-service.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"
#include "shared/records/mh-records.h"

static MhReply *
order_place (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_place (mh_call_tx (call), mh_call_server (call),
                                             mh_call_actor (call), mh_call_body (call), error);
  return order != NULL ? mh_reply_record (order) : NULL;
}

static MhReply *
order_quote (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_quote (mh_call_db (call), mh_call_server (call),
                                             mh_call_actor (call), mh_call_body (call), error);
  return order != NULL ? mh_reply_record (order) : NULL;
}

static gint64
query_instant (MhCall *call, const char *name)
{
  gint64 instant = 0;
  const char *text = mh_call_query (call, name);
  /* The router has checked its form. */
  return text != NULL && mh_instant_parse (text, &instant) ? instant : 0;
}

/* "%verma%" over folded text; an accession or number is folded the same way. */
static char *
words_pattern (const char *q)
{
  if (q == NULL)
    return NULL;
  g_autofree char *folded = mh_text_fold (q);
  return folded[0] != 0 ? g_strconcat ("%", folded, "%", NULL) : NULL;
}

static char **
order_cursor (GPtrArray *orders, guint limit)
{
  if (orders->len < limit)
    return NULL;
  MhRecord *last = g_ptr_array_index (orders, orders->len - 1);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char *at
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (last, MH_ORDER_ORDERED_AT));
  g_strv_builder_add_many (parts, at, mh_record_id (last), NULL);
  return g_strv_builder_end (parts);
}

static MhReply *
list (MhCall *call, const char *stage, GError **error)
{
  const char *const *after = mh_call_after (call);
  g_autofree char *words = words_pattern (mh_call_query (call, "q"));
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  MhOrdersQuery query = {
    .hospital_id = mh_actor_hospital_id (mh_call_actor (call)),
    .tab = mh_call_query (call, "tab"),
    .stage = stage,
    .patient_id = mh_call_query (call, "patient_id"),
    .assigned_to = mh_call_query (call, "assigned_to"),
    .bench = mh_call_query (call, "bench"),
    .priority = mh_call_query (call, "priority"),
    .from = query_instant (call, "from"),
    .to = query_instant (call, "to"),
    .words = words,
    .before_at = has_cursor ? g_ascii_strtoll (after[0], NULL, 10) : 0,
    .before_id = has_cursor ? after[1] : NULL,
    .limit = mh_call_limit (call),
  };
  if (!mh_access_check_id (mh_call_db (call), mh_call_actor (call), query.patient_id, error))
    return NULL;
  GString *items = g_string_sized_new (query.limit * 4096);
  mh_json_open (items, '[');
  g_autoptr (GPtrArray) orders = mh_orders_store_list (
      mh_call_db (call), mh_server_orders_shelf (mh_call_server (call)), &query, items, error);
  mh_json_close (items, ']');
  if (orders == NULL
      || !mh_access_mask_json (mh_call_db (call), mh_call_actor (call), orders, items, error))
    {
      g_string_free (items, TRUE);
      return NULL;
    }
  g_auto (GStrv) next = order_cursor (orders, query.limit);
  mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         mh_order_type.code, orders);
  return mh_reply_list_json (items, (const char *const *)next);
}

static MhReply *
order_list (MhCall *call, GError **error)
{
  return list (call, mh_call_query (call, "stage"), error);
}

static MhReply *
due_list (MhCall *call, GError **error)
{
  return list (call, "due", error);
}

static MhReply *
order_counts (MhCall *call, GError **error)
{
  MhRecord *counts = mh_orders_store_counts (mh_call_db (call),
                                             mh_actor_hospital_id (mh_call_actor (call)), error);
  return counts != NULL ? mh_reply_record (counts) : NULL;
}

static MhReply *
order_read (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_read (mh_call_db (call), mh_call_actor (call),
                                            mh_call_param (call, "id"), error);
  if (order == NULL
      || !mh_access_check_order (mh_call_db (call), mh_call_actor (call), order, error))
    {
      g_clear_object (&order);
      return NULL;
    }
  mh_read_log_note (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                    mh_order_type.code, mh_record_id (order),
                    mh_record_text (order, MH_ORDER_PATIENT_ID));
  return mh_reply_record (order);
}

static MhReply *
order_update (MhCall *call, GError **error)
{
  MhRecord *order = mh_orders_service_change (mh_call_tx (call), mh_call_server (call),
                                              mh_call_actor (call), mh_call_param (call, "id"),
                                              mh_call_if_match (call), mh_call_body (call), error);
  return order != NULL ? mh_reply_record (order) : NULL;
}

static MhReply *
order_recover (MhCall *call, GError **error)
{
  MhRecord *order
      = mh_orders_service_recover (mh_call_tx (call), mh_call_server (call), mh_call_actor (call),
                                   mh_call_param (call, "id"), mh_call_body (call), error);
  return order != NULL ? mh_reply_record (order) : NULL;
}

static MhReply *
order_discount (MhCall *call, GError **error)
{
  MhRecord *order
      = mh_orders_service_discount (mh_call_tx (call), mh_call_server (call), mh_call_actor (call),
                                    mh_call_param (call, "id"), mh_call_body (call), error);
  return order != NULL ? mh_reply_record (order) : NULL;
}

void
mh_orders_bind (MhRouter *router)
{
  mh_router_bind (router, "order.discount", order_discount);
  mh_router_bind (router, "order.place", order_place);
  mh_router_bind (router, "order.quote", order_quote);
  mh_router_bind (router, "order.list", order_list);
  mh_router_bind (router, "order.counts", order_counts);
  mh_router_bind (router, "order.read", order_read);
  mh_router_bind (router, "order.update", order_update);
  mh_router_bind (router, "order.recover", order_recover);
  mh_router_bind (router, "due.list", due_list);
}
