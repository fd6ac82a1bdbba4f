/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The change feed over WebSockets. A client says from which number it wants to go on (?after=SEQ)
 * and gets one text message per change, in order, without holes within its rights. It need not say
 * anything itself. When it is too slow it is closed with 1013 and comes back with its last number.
 */
#include "server/platform/http/mh-dispatch.h"

G_BEGIN_DECLS

typedef struct _MhHttpLive MhHttpLive;

/* Changes after @after that the caller may see, each a JSON object; at most @limit rows are looked
 * at. *out_next: the number to go on from (moves also over rows that were not shown). Runs on a
 * thread of its own. */
typedef GPtrArray *(
    *MhLiveFunc) (MhCall *call, gint64 after, guint limit, gint64 *out_next, GError **error);

MhHttpLive *mh_http_live_new (MhStore *store, MhMetrics *metrics, MhLiveFunc func);
/* After the HTTP server has stopped. */
void mh_http_live_free (MhHttpLive *live);
/* There are changes up to @seq. Any thread. */
void mh_http_live_wake (MhHttpLive *live, gint64 seq);
/* Closes all with 1001. */
void mh_http_live_close (MhHttpLive *live);
/* Whose session ended must not hear more. Asked for each client before it is sent something. */
typedef gboolean (*MhLiveValid) (const char *token, gpointer data);
void mh_http_live_set_valid (MhHttpLive *live, MhLiveValid valid, gpointer data);

G_END_DECLS
