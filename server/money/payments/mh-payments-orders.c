/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rooms of money do when an order changes. */
#include "server/money/payments/mh-payments-service.h"

#include "server/lab/orders/mh-orders-money.h"
#include "server/money/gateway/mh-gateway-service.h"
#include "server/money/invoices/mh-invoices-service.h"

void
mh_payments_serve_orders (void)
{
  static const MhOrdersMoney money = {
    .charge = mh_payments_service_charge,
    .write_off = mh_payments_service_write_off,
    .take_off = mh_payments_service_take_off,
    .invoice_of_order = mh_invoices_service_of_order,
    .debit = mh_invoices_service_debit,
    .debit_total = mh_invoices_service_debit_total,
    .has_gateway = mh_gateway_service_is_configured,
    .close_links = mh_gateway_service_close_all,
  };
  mh_orders_set_money (&money);
}
