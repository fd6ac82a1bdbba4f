/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Taking money (rules.md 11; cash, card slip, UPI reference). The gateway comes through the job
 * queue. */
#include "server/auth/mh-actor.h"
#include "server/mh-server-app.h"

G_BEGIN_DECLS

/* Stores the payment and its receipt, raises the order's paid amount, moves its tab. Cash and COD
 * must be exactly what is due: MH_ERROR_INVALID on "amount". Nothing due: MH_ERROR_CONFLICT. */
MhRecord *mh_payments_service_take (MhTx *tx,
                                    MhServer *server,
                                    const MhActor *actor,
                                    const char *order_id,
                                    MhRecord *draft,
                                    GError **error);
GPtrArray *
mh_payments_service_list (MhDb *db, const MhActor *actor, const char *order_id, GError **error);

G_END_DECLS
