/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Rows of mh_change_type after @after in order, at most @limit. */
GPtrArray *mh_feed_store_after (MhDb *db, gint64 after, guint limit, GError **error);
/* Number of the last change, 0: none; -1 on error. */
gint64 mh_feed_store_last (MhDb *db, GError **error);

G_END_DECLS
