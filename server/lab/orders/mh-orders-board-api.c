/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-api.h"

#include "server/lab/orders/mh-orders-page.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/audit/mh-read-log.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-text.h"
#include "shared/proto/mh-page-cursor.h"
#include "shared/records/lab/mh-order.h"

static gint64
orders_board_api_query_instant (MhCall *call, const char *name)
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

static char *
next_cursor (GPtrArray *orders, guint limit, const char *list)
{
  char at[24];
  if (orders->len == 0 || orders->len < limit)
    return NULL;
  MhRecord *last = g_ptr_array_index (orders, orders->len - 1);
  g_snprintf (at, sizeof at, "%" G_GINT64_FORMAT, mh_record_int (last, MH_ORDER_ORDERED_AT));
  const char *parts[] = { at, mh_record_id (last), NULL };
  return mh_page_cursor_make (list, parts);
}

/* In the order of MhOrdersSort; a list that no tab or stage narrows is the newest first. */
static MhOrdersSort
sort_of (const char *sort, const char *tab, const char *stage)
{
  static const char *const sorts[] = { "newest", "oldest", "pressing", "reported" };
  for (guint i = 0; sort != NULL && (tab != NULL || stage != NULL) && i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (sorts[i], sort))
      return (MhOrdersSort)i;
  return MH_ORDERS_NEWEST;
}

static MhReply *
orders_board_api_answer (MhCall *call, const MhOrdersQuery *query, const char *list, GError **error)
{
  MhServer *server = mh_call_server (call);
  if (!mh_access_check_id (mh_call_request (call), query->patient_id, error))
    return NULL;

  g_autoptr (MhOrdersPage) page = mh_orders_page_get (
      mh_call_db (call),
      (MhOrdersCaches){ mh_server_order_texts (server), mh_server_order_pages (server) }, query,
      list, next_cursor, error);
  if (page == NULL)
    return NULL;

  GBytes *bytes = mh_orders_page_answer (page, mh_call_request (call), error);
  if (bytes == NULL)
    return NULL;

  mh_read_log_note_list (mh_server_read_log (server), mh_call_who (call), mh_order_type.code,
                         mh_orders_page_heads (page));
  return mh_reply_bytes (bytes, NULL, NULL);
}

static MhReply *
orders_board_api_ask (MhCall *call, const char *list, const char *stage, GError **error)
{
  g_autofree char *words = words_pattern (mh_call_query (call, "q"));
  const MhOrdersQuery query = {
    .hospital_id = mh_actor_hospital_id (mh_call_actor (call)),
    .tab = mh_call_query (call, "tab"),
    .stage = stage,
    .patient_id = mh_call_query (call, "patient_id"),
    .assigned_to = mh_call_query (call, "assigned_to"),
    .bench = mh_call_query (call, "bench"),
    .priority = mh_call_query (call, "priority"),
    .from = orders_board_api_query_instant (call, "from"),
    .to = orders_board_api_query_instant (call, "to"),
    .words = words,
    .sort = sort_of (mh_call_query (call, "sort"), mh_call_query (call, "tab"), stage),
    .after_key = mh_call_after_at (call),
    .after_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };

  return orders_board_api_answer (call, &query, list, error);
}

static MhReply *
order_list (MhCall *call, GError **error)
{
  return orders_board_api_ask (call, "order.list", mh_call_query (call, "stage"), error);
}

static MhReply *
due_list (MhCall *call, GError **error)
{
  return orders_board_api_ask (call, "due.list", "due", error);
}

void
mh_orders_board_bind (MhRouter *router)
{
  mh_router_bind (router, "order.list", order_list);
  mh_router_bind (router, "due.list", due_list);
}
