/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money: payments, gateway, invoices, the cashier's drawer, mail. Each section belongs to the
 * vertical that its title names. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-records.h"

/* clang-format off */
static const MhParam receipt_pdf_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { "copy", MH_KIND_BOOL, NULL, N_("For printing: counted, and from the second on marked as a copy") },
  { NULL },
};

static const MhParam invoice_params[] = {
  { "order_id", MH_KIND_REF, NULL, N_("Documents of one order") },
  { "patient_id", MH_KIND_REF, NULL, N_("Documents of one patient") },
  { "kind", MH_KIND_ENUM, mh_invoice_kind_codes, N_("Only this kind") },
  { "from", MH_KIND_DATE, NULL, N_("Issued on this day or later") },
  { "to", MH_KIND_DATE, NULL, N_("Issued on this day or earlier") },
  { NULL },
};

static const MhRoute routes[] = {
  /* payments */
  { "order.recover", "POST", "/orders/{id}/recovery", "order.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_recovery_type, &mh_order_type, NULL, N_("Retry, convert to cash, or cancel"), "orders", NULL, MH_RATE_NORMAL },
  { "payment.list", "GET", "/orders/{id}/payments", "order.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_payment_type, NULL, N_("Payments of an order"), "payments", NULL, MH_RATE_NORMAL },
  { "payment.take", "POST", "/orders/{id}/payments", "payment.take", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_payment_type, &mh_payment_type, NULL, N_("Take a payment"), "payments", NULL, MH_RATE_NORMAL },
  { "receipt.pdf", "GET", "/orders/{id}/receipt.pdf", "order.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, receipt_pdf_params, N_("The 80 mm receipt"), "payments", "application/pdf", MH_RATE_HEAVY },

  /* invoices */
  { "invoice.list", "GET", "/invoices", "invoice.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_invoice_type, invoice_params, N_("Invoices, bills and notes, newest first"), "invoices", NULL, MH_RATE_NORMAL },
  { "invoice.read", "GET", "/invoices/{id}", "invoice.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_invoice_type, NULL, N_("One document with its lines, taxes and notes"), "invoices", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_money = { routes, G_N_ELEMENTS (routes) };
