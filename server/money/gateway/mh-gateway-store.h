/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of payment attempts, what the provider says of them, and what is to be asked next. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Oldest first. */
GPtrArray *mh_gateway_store_attempts (MhDb *db, const char *order_id, GError **error);
/* Those of which more is expected: asked, open, authorized, closing. */
GPtrArray *mh_gateway_store_open (MhDb *db, const char *order_id, GError **error);
/* Tasks that should have been done before @before. */
GPtrArray *mh_gateway_store_overdue (MhDb *db, gint64 before, guint limit, GError **error);
/* Captured payments that are not in the hospital's books yet, and could be. */
GPtrArray *mh_gateway_store_uncredited (MhDb *db, guint limit, GError **error);
/* Ids of events that wait since before @before. */
GPtrArray *mh_gateway_store_stuck_events (MhDb *db, gint64 before, guint limit, GError **error);
/* Notices nobody has settled, newest first. @hospital_id NULL: of all. */
GPtrArray *
mh_gateway_store_notices (MhDb *db, const char *hospital_id, guint limit, GError **error);
gboolean mh_gateway_store_counts (MhDb *db,
                                  const char *hospital_id,
                                  gint64 *out_open,
                                  gint64 *out_waiting,
                                  GError **error);
/* Events received before @before that are not waiting; rows deleted, -1 on error. */
gint64 mh_gateway_store_purge (MhTx *tx, gint64 before, GError **error);

G_END_DECLS
