/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/http/mh-http-live.h"

G_BEGIN_DECLS

/* feed.changes; feed.events is taken by the transport before it comes to a handler. */
void mh_feed_bind (MhRouter *router);
/* What a WebSocket is fed with: an MhLiveFunc. */
GPtrArray *mh_feed_live (MhCall *call, gint64 after, guint limit, gint64 *out_next, GError **error);

G_END_DECLS
