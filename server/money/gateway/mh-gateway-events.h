/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Webhooks. What arrives is judged by its signature over the bytes as they came, stored, and
 * answered; what it means is worked out by a job afterwards. An event is kept under the provider's
 * number of it, so that a second copy is known as one.
 */
#include "server/money/gateway/mh-gateway.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

#define MH_GATEWAY_MAX_EVENT (256 * 1024)

/* Blocks until it is durable. MH_ERROR_MALFORMED: not signed by the provider with the secret, or
 * the one before; the reason is not told. MH_ERROR_TOO_LARGE; MH_ERROR_BUSY: it could not be
 * stored, and will be sent again. Without a secret nothing is taken. */
gboolean mh_gateway_events_take (MhServer *server,
                                 GBytes *body,
                                 const char *signature,
                                 const char *event_id,
                                 GError **error);
/* MhJobFunc; data: the MhServer. */
gboolean mh_gateway_events_work (MhTx *tx, MhRecord *job, gpointer data, GError **error);
/* Queues the work for an event. */
gboolean mh_gateway_events_queue (MhTx *tx, MhServer *server, const char *id, GError **error);

G_END_DECLS
