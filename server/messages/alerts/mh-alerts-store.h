/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the alerts. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *hospital_id; /* NULL: all */
  const char *user_id;
  const char *kinds;     /* "|a|b|": what the reader may see */
  const char *escalated; /* "|a|b|": what the reader may see once it was handed up */
  const char *state, *kind, *severity, *bench; /* NULL: open; any */
  gint64 before_at;
  const char *before_id; /* NULL: from the newest */
  guint limit;
} MhAlertsQuery;

GPtrArray *mh_alerts_store_list (MhDb *db, const MhAlertsQuery *query, GError **error);
/* The one of that cause that is not over. NULL without error: none. */
MhRecord *mh_alerts_store_active (MhDb *db, const char *dedupe_key, GError **error);
/* Those that are not over and whose key begins so, at most @limit. */
GPtrArray *mh_alerts_store_active_below (MhDb *db, const char *prefix, guint limit, GError **error);
/* Open ones of a kind that nobody was told of beyond its first readers, raised before @before. */
GPtrArray *
mh_alerts_store_unseen (MhDb *db, const char *kind, gint64 before, guint limit, GError **error);
/* Put off until now. */
GPtrArray *mh_alerts_store_slept (MhDb *db, gint64 now, guint limit, GError **error);
/* Over since before @before; rows, -1 on error. */
gint64 mh_alerts_store_purge (MhTx *tx, gint64 before, GError **error);

G_END_DECLS
