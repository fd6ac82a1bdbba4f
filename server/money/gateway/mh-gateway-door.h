/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Where the gateway hands over to the hospital's books: every call into payments and orders. */
#include "server/money/gateway/mh-gateway.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* @payment: a gateway_payment that was captured. *out_credited: the id of the payment in the books.
 */
gboolean mh_gateway_door_credit (MhTx *tx,
                                 MhServer *server,
                                 MhRecord *payment,
                                 char **out_credited,
                                 GError **error);
/* Nothing is open for the order any more. @then: MH_ATTEMPT_THEN_…, or NULL: the payment failed. */
gboolean mh_gateway_door_nothing_open (MhTx *tx,
                                       MhServer *server,
                                       const char *order_id,
                                       const char *then,
                                       const char *why,
                                       GError **error);
/* @refund: a gateway_refund that was processed or failed. */
gboolean mh_gateway_door_refunded (MhTx *tx, MhServer *server, MhRecord *refund, GError **error);

G_END_DECLS
