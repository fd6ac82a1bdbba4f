/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A page of the board as it was last answered. After each change every desk asks for the same pages
 * again, so a page is made once for each number of the feed: whoever asks reads that number in the
 * database first, and gets what is kept only if no record of the feed has changed since, by
 * whichever server process. Nothing in a page depends on who asks; what is closed to them is taken
 * out of a copy.
 */
#include "server/lab/orders/mh-orders-store.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-lru-cache.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Never changed once it is made; from any thread. */
typedef struct _MhOrdersPage MhOrdersPage;

/* Of the page behind @heads; NULL: that was the last. Caller frees. */
typedef char *(*MhOrdersCursorFunc) (GPtrArray *heads, guint limit, const char *list);

typedef struct
{
  MhLruCache *texts; /* orders as they are written in a page */
  MhLruCache *pages;
} MhOrdersCaches;

/* Kept or new, from the texts as far as they are kept. @list: the route's id. */
MhOrdersPage *mh_orders_page_get (MhDb *db,
                                  MhOrdersCaches caches,
                                  const MhOrdersQuery *query,
                                  const char *list,
                                  MhOrdersCursorFunc cursor,
                                  GError **error);
MhOrdersPage *mh_orders_page_ref (MhOrdersPage *page);
void mh_orders_page_unref (MhOrdersPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhOrdersPage, mh_orders_page_unref)

/* As of mh_orders_store_list(). */
GPtrArray *mh_orders_page_heads (MhOrdersPage *page);
/* The answer as the actor may see it, {"items":[…],"next":…}; a reference. */
GBytes *mh_orders_page_answer (MhOrdersPage *page, const MhRequest *req, GError **error);

/* Pages by what was asked for. */
MhLruCache *mh_orders_page_cache (void);

/* Orders' texts for the board, by their versions. */
MhLruCache *mh_server_order_texts (MhServer *server);
void mh_server_keep_order_texts (MhServer *server, MhLruCache *order_texts);
/* Pages of the order board, by the feed. */
MhLruCache *mh_server_order_pages (MhServer *server);
void mh_server_keep_order_pages (MhServer *server, MhLruCache *order_pages);

G_END_DECLS
