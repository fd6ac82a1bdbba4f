/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the books do with what the gateway tells. */
#include "server/money/payments/mh-payments-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/money/gateway/mh-gateway-books.h"
#include "shared/records/money/mh-gateway.h"

static gboolean
credit (MhTx *tx, MhServer *server, MhRecord *payment, char **out_credited, GError **error)
{
  const MhGatewayFact fact = {
    .order_id = mh_record_text (payment, MH_GATEWAY_PAYMENT_ORDER_ID),
    .attempt_id = mh_record_text (payment, MH_GATEWAY_PAYMENT_ATTEMPT_ID),
    .provider_order = mh_record_text (payment, MH_GATEWAY_PAYMENT_PROVIDER_ORDER),
    .provider_payment = mh_record_text (payment, MH_GATEWAY_PAYMENT_PROVIDER_PAYMENT),
    .method = mh_record_text (payment, MH_GATEWAY_PAYMENT_METHOD),
    .currency = mh_record_text (payment, MH_GATEWAY_PAYMENT_CURRENCY),
    .amount = mh_record_int (payment, MH_GATEWAY_PAYMENT_AMOUNT),
    .fee = mh_record_int (payment, MH_GATEWAY_PAYMENT_FEE),
    .tax = mh_record_int (payment, MH_GATEWAY_PAYMENT_TAX),
    .captured_at = mh_record_int (payment, MH_GATEWAY_PAYMENT_CAPTURED_AT),
  };
  g_autoptr (MhRecord) credited = mh_payments_service_credit (tx, server, &fact, error);

  if (credited == NULL)
    return FALSE;

  *out_credited = g_strdup (mh_record_id (credited));
  return TRUE;
}

static gboolean
nothing_open (MhTx *tx,
              MhServer *server,
              const char *order_id,
              const char *then,
              const char *why,
              GError **error)
{
  if (g_strcmp0 (then, MH_ATTEMPT_THEN_CONVERT) == 0)
    return mh_payments_service_converted (tx, server, order_id, error);
  if (g_strcmp0 (then, MH_ATTEMPT_THEN_CANCEL) == 0)
    return mh_orders_service_cancelled (tx, server, order_id, error);
  return mh_payments_service_attempt_failed (tx, server, order_id, why, error);
}

static gboolean
refunded (MhTx *tx, MhServer *server, MhRecord *refund, GError **error)
{
  gboolean processed
      = g_strcmp0 (mh_record_text (refund, MH_GATEWAY_REFUND_STATUS), MH_GATEWAY_REFUND_PROCESSED)
        == 0;
  return mh_payments_service_refund_settled (
      MH_REQUEST_TX (tx, server, NULL), mh_record_id (refund), processed,
      mh_record_text (refund, MH_GATEWAY_REFUND_PROVIDER_REFUND),
      mh_record_text (refund, MH_GATEWAY_REFUND_FAILURE), error);
}

void
mh_payments_serve_gateway (void)
{
  static const MhGatewayBooks books
      = { .credit = credit, .nothing_open = nothing_open, .refunded = refunded };
  mh_gateway_set_books (&books);
}
