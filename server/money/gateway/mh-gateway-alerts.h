/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the cashier is told of online payments, in the transaction in which it happens. */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Before the first request: payments that fail, and orders for which that does not matter any more.
 */
void mh_gateway_alerts_observe (MhServer *server);
/* After each step of the work: does the provider answer? */
gboolean
mh_gateway_alerts_provider (MhTx *tx, MhServer *server, const char *hospital_id, GError **error);
/* The same for every hospital that was told it does not, now and then. */
gboolean mh_gateway_alerts_look (MhTx *tx, MhServer *server, GError **error);

G_END_DECLS
