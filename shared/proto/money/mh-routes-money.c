/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money: payments, gateway, invoices, the cashier's drawer, mail. Each section belongs to the
 * vertical that its title names. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"

/* clang-format off */
static const MhParam receipt_pdf_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { "copy", MH_KIND_BOOL, NULL, N_("For printing: counted, and from the second on marked as a copy") },
  { NULL },
};

static const MhParam invoice_pdf_params[] = {
  { "paper", MH_KIND_ENUM, mh_invoice_paper_codes, N_("A4, or a roll of 80 mm") },
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { "copy", MH_KIND_BOOL, NULL, N_("For printing: counted, and from the second on marked as a duplicate") },
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
static const MhParam receipt_print_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { "preview", MH_KIND_BOOL, NULL, N_("Only to look at: not counted") },
  { NULL },
};
static const MhParam payment_params[] = {
  { "day", MH_KIND_DATE, NULL, N_("Of one day of the hospital") },
  { "method", MH_KIND_ENUM, mh_payment_method_codes, N_("Only this method") },
  { "session", MH_KIND_REF, NULL, N_("Of one cash session") },
  { "status", MH_KIND_ENUM, mh_payment_status_codes, N_("Only in this state") },
  { "kind", MH_KIND_ENUM, mh_payment_kind_codes, N_("Payments, deposits or refunds") },
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient") },
  { NULL },
};
static const MhParam refund_params[] = {
  { "day", MH_KIND_DATE, NULL, N_("Of one day of the hospital") },
  { "method", MH_KIND_ENUM, mh_payment_method_codes, N_("Only this method") },
  { "status", MH_KIND_ENUM, mh_payment_status_codes, N_("Only in this state") },
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient") },
  { NULL },
};
static const MhParam receipt_params[] = {
  { "order_id", MH_KIND_REF, NULL, N_("Of one order") },
  { "number", MH_KIND_TEXT, NULL, N_("Exact number, as it is printed") },
  { NULL },
};
static const MhParam claim_params[] = {
  { "payer", MH_KIND_TEXT, NULL, N_("Of one insurer, by its name") },
  { NULL },
};
static const MhParam statement_params[] = {
  { "payer", MH_KIND_TEXT, NULL, N_("Of one insurer, by its name") },
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};
static const MhParam due_params[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient") },
  { "from", MH_KIND_INSTANT, NULL, N_("Created not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Created before") },
  { NULL },
};

static const MhRoute routes[] = {
  /* payments */
  { "order.recover", "POST", "/orders/{id}/recovery", "order.read", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_recovery_type, &mh_order_type, NULL, N_("Retry, convert to cash, or cancel"), "orders", NULL, MH_RATE_NORMAL },
  { "payment.list", "GET", "/orders/{id}/payments", "order.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_payment_type, NULL, N_("Payments of an order"), "payments", NULL, MH_RATE_NORMAL },
  { "payment.take", "POST", "/orders/{id}/payments", "payment.take", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_payment_type, &mh_payment_type, NULL, N_("Take a payment"), "payments", NULL, MH_RATE_NORMAL },
  { "payment.all", "GET", "/payments", "payment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_payment_type, payment_params, N_("Payments, deposits and refunds"), "payments", NULL, MH_RATE_NORMAL },
  { "payment.read", "GET", "/payments/{id}", "payment.read", MH_ROUTE_READ, 0, NULL, &mh_payment_type, NULL, N_("One payment, deposit or refund"), "payments", NULL, MH_RATE_NORMAL },
  { "payment.approve", "POST", "/payments/{id}/approval", "payment.approve", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_approval_type, &mh_payment_type, NULL, N_("Approve a payment recorded by hand, or not"), "payments", NULL, MH_RATE_NORMAL },
  { "refund.ask", "POST", "/payments/{id}/refunds", "payment.refund", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_refund_request_type, &mh_payment_type, NULL, N_("Give money back, or ask for it"), "payments", NULL, MH_RATE_NORMAL },
  { "refund.list", "GET", "/refunds", "payment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_payment_type, refund_params, N_("Refunds, also those that wait for an approval"), "payments", NULL, MH_RATE_NORMAL },
  { "refund.decide", "POST", "/refunds/{id}/approval", "payment.approve", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_approval_type, &mh_payment_type, NULL, N_("Approve a refund, or not"), "payments", NULL, MH_RATE_NORMAL },
  { "deposit.take", "POST", "/patients/{id}/deposits", "payment.take", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_payment_type, &mh_payment_type, NULL, N_("Take a deposit"), "payments", NULL, MH_RATE_NORMAL },
  { "account.read", "GET", "/patients/{id}/account", "payment.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_patient_account_type, NULL, N_("A patient's advance, dues and payments"), "payments", NULL, MH_RATE_NORMAL },
  { "due.list", "GET", "/dues", "payment.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_order_type, due_params, N_("Orders on which something is due"), "payments", NULL, MH_RATE_NORMAL },
  { "receipt.list", "GET", "/receipts", "payment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_receipt_type, receipt_params, N_("Receipts"), "payments", NULL, MH_RATE_NORMAL },
  { "receipt.print", "POST", "/receipts/{id}/print", "payment.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY | MH_ROUTE_ONLINE, NULL, NULL, receipt_print_params, N_("One receipt on paper: counted, and from the second on marked as a duplicate"), "payments", "application/pdf", MH_RATE_HEAVY },
  { "receipt.pdf", "GET", "/orders/{id}/receipt.pdf", "order.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, receipt_pdf_params, N_("The 80 mm receipt"), "payments", "application/pdf", MH_RATE_HEAVY },

  /* insurers */
  { "payer.list", "GET", "/payers", "payment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_payer_type, NULL, N_("Insurers that owe something, and how much"), "payments", NULL, MH_RATE_NORMAL },
  { "payer.statement", "GET", "/payers/statement.pdf", "payment.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, statement_params, N_("What an insurer owes, claim by claim, on paper"), "payments", "application/pdf", MH_RATE_HEAVY },
  { "claim.list", "GET", "/payers/claims", "payment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_payment_type, claim_params, N_("Payments by insurance of which something is still owed, oldest first"), "payments", NULL, MH_RATE_NORMAL },
  { "remittance.list", "GET", "/remittances", "payment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_remittance_type, claim_params, N_("What insurers have paid and refused, newest first, without lines"), "payments", NULL, MH_RATE_NORMAL },
  { "remittance.add", "POST", "/remittances", "claim.settle", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_remittance_type, &mh_remittance_type, NULL, N_("Record what an insurer has paid, and what it refuses"), "payments", NULL, MH_RATE_NORMAL },
  { "remittance.read", "GET", "/remittances/{id}", "payment.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_remittance_type, NULL, N_("One remittance with its lines"), "payments", NULL, MH_RATE_NORMAL },

  /* invoices */
  { "invoice.list", "GET", "/invoices", "invoice.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_invoice_type, invoice_params, N_("Invoices, bills and notes, newest first"), "invoices", NULL, MH_RATE_NORMAL },
  { "invoice.pdf", "GET", "/invoices/{id}/document.pdf", "invoice.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, invoice_pdf_params, N_("The document as it is printed"), "invoices", "application/pdf", MH_RATE_HEAVY },
  { "invoice.debit", "POST", "/invoices/{id}/debit_notes", "invoice.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_debit_request_type, &mh_invoice_type, NULL, N_("Charge what was charged too little, by a debit note"), "invoices", NULL, MH_RATE_NORMAL },
  { "invoice.read", "GET", "/invoices/{id}", "invoice.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_invoice_type, NULL, N_("One document with its lines, taxes and notes"), "invoices", NULL, MH_RATE_NORMAL },
  { "order.edit", "POST", "/orders/{id}/tests", "order.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_order_edit_type, &mh_order_type, NULL, N_("Add tests to a placed order, or take off what the laboratory does not have yet"), "orders", NULL, MH_RATE_NORMAL },
  { "order.edit_quote", "POST", "/orders/{id}/tests/quote", "order.write", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT | MH_ROUTE_ONLINE, &mh_order_edit_type, &mh_order_type, NULL, N_("What the order would cost after that change, and what of the money paid is beyond it"), "orders", NULL, MH_RATE_NORMAL },
  { "order.discount", "POST", "/orders/{id}/discount", "order.discount", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_discount_request_type, &mh_order_type, NULL, N_("Lower the price of an order before money is taken"), "orders", NULL, MH_RATE_NORMAL },
  { "price_list.list", "GET", "/price_lists", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_price_list_type, NULL, N_("Price lists, without their prices"), "prices", NULL, MH_RATE_NORMAL },
  { "price_list.read", "GET", "/price_lists/{id}", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_price_list_type, NULL, N_("One price list with its prices"), "prices", NULL, MH_RATE_NORMAL },
  { "price_list.create", "POST", "/price_lists", "price.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_price_list_type, &mh_price_list_type, NULL, N_("Add a price list"), "prices", NULL, MH_RATE_NORMAL },
  { "price_list.update", "PATCH", "/price_lists/{id}", "price.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_price_list_type, &mh_price_list_type, NULL, N_("Change a price list; entries take the place of all that were there"), "prices", NULL, MH_RATE_NORMAL },
  { "tax_rule.list", "GET", "/tax_rules", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_tax_rule_type, NULL, N_("Tax rules"), "prices", NULL, MH_RATE_NORMAL },
  { "tax_rule.create", "POST", "/tax_rules", "tax.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_tax_rule_type, &mh_tax_rule_type, NULL, N_("Add a tax rule"), "prices", NULL, MH_RATE_NORMAL },
  { "tax_rule.update", "PATCH", "/tax_rules/{id}", "tax.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_tax_rule_type, &mh_tax_rule_type, NULL, N_("Change a tax rule, or end it"), "prices", NULL, MH_RATE_NORMAL },
  /* gateway */
  { "attempt.list", "GET", "/orders/{id}/attempts", "payment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_payment_attempt_type, NULL, N_("QR codes and links made for an order"), "gateway", NULL, MH_RATE_NORMAL },
  { "attempt.ask", "POST", "/orders/{id}/attempts", "payment.take", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_payment_attempt_type, &mh_payment_attempt_type, NULL, N_("Show a QR code, or send a payment link"), "gateway", NULL, MH_RATE_NORMAL },
  { "attempt.close", "POST", "/attempts/{id}/close", "payment.take", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_payment_attempt_type, NULL, N_("Nobody shall pay this one any more"), "gateway", NULL, MH_RATE_NORMAL },
  { "attempt.image", "GET", "/attempts/{id}/image", "payment.read", MH_ROUTE_READ, MH_ROUTE_BINARY | MH_ROUTE_SNAPSHOT, NULL, NULL, NULL, N_("The provider's picture of a QR code"), "gateway", "image/png", MH_RATE_NORMAL },
  { "gateway.read", "GET", "/gateway", "payment.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_gateway_state_type, NULL, N_("Is the payment gateway set up, and does it answer"), "gateway", NULL, MH_RATE_NORMAL },
  { "gateway.notice.resolve", "POST", "/gateway/notices/{id}/resolution", "payment.refund", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_gateway_notice_type, NULL, N_("Somebody has looked at it"), "gateway", NULL, MH_RATE_NORMAL },
  { "webhook.razorpay", "POST", "/webhooks/razorpay", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_RAW, NULL, &mh_webhook_type, NULL, N_("What Razorpay tells by itself, signed over the raw body"), "gateway", NULL, MH_RATE_NORMAL, 1024 },
};
/* clang-format on */

const MhRouteTable mh_routes_money = { routes, G_N_ELEMENTS (routes) };
