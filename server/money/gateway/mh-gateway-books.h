/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the gateway tells the hospital's books. Payments know the gateway and not the other way
 * round: they say here what is to be done, once, when the server is made
 * (server/money/payments/mh-payments-service.h, mh_payments_serve_gateway()).
 */
#include "server/money/gateway/mh-gateway.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  /* @payment: a gateway_payment that was captured. *out_credited: the id of the payment in the
   * books. */
  gboolean (
      *credit) (MhTx *tx, MhServer *server, MhRecord *payment, char **out_credited, GError **error);
  /* Nothing is open for the order any more. @then: MH_ATTEMPT_THEN_..., or NULL: the payment
   * failed. */
  gboolean (*nothing_open) (MhTx *tx,
                            MhServer *server,
                            const char *order_id,
                            const char *then,
                            const char *why,
                            GError **error);
  /* @refund: a gateway_refund that was processed or failed. */
  gboolean (*refunded) (MhTx *tx, MhServer *server, MhRecord *refund, GError **error);
} MhGatewayBooks;

/* @books lasts as long as the program. */
void mh_gateway_set_books (const MhGatewayBooks *books);

G_END_DECLS
