/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A request sent twice has one effect. The key is remembered in the very transaction that does the
 * work, so that there is no moment in which work is done but its key unknown; being unique, it
 * undoes a second attempt, whether it comes later or at the same moment. The first answer is kept
 * for eight days and given again, with the header Idempotency-Replayed; the same key with another
 * body or another route is MH_ERROR_INVALID on the field "Idempotency-Key". Refused requests leave
 * nothing behind and may be repeated.
 */
#include "server/platform/http/mh-call-private.h"

G_BEGIN_DECLS

/* Reads the header; hashes the body. A key of wrong form is MH_ERROR_MALFORMED. */
gboolean mh_idempotency_prepare (MhCall *call, GError **error);
/* For a request that failed, on any connection after its end: FALSE on error; TRUE with call->reply
 * set when the answer is known already. */
gboolean mh_idempotency_replay (MhCall *call, GError **error);
/* In the queue, after the handler: @status is what will be sent. */
gboolean mh_idempotency_remember (MhCall *call, guint status, GError **error);
/* Drops keys that have expired; a job calls it now and then. */
gboolean mh_idempotency_purge (MhTx *tx, gint64 *out_dropped, GError **error);

G_END_DECLS
