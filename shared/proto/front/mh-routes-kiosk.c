/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short messages, and what patients do by themselves at a kiosk. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/mh-types.h"

/* clang-format off */
static const MhParam sms_params[] = {
  { "status", MH_KIND_ENUM, mh_sms_status_codes, N_("Only in this state") },
  { "template", MH_KIND_ENUM, mh_sms_template_codes, N_("Only about this") },
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient") },
  { NULL },
};

static const MhParam kiosk_tests_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};

static const MhRoute routes[] = {
  { "sms.list", "GET", "/sms", "mail.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_sms_message_type, sms_params, N_("Short messages and what became of them, newest first"), "sms", NULL, MH_RATE_NORMAL },
  { "sms_text.list", "GET", "/sms_texts", "mail.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_sms_text_type, NULL, N_("What short messages say in each language"), "sms", NULL, MH_RATE_NORMAL },
  { "sms_text.set", "PUT", "/sms_texts", "mail.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_sms_text_type, &mh_sms_text_type, NULL, N_("Set the hospital's own text of a short message"), "sms", NULL, MH_RATE_NORMAL },
  { "sms_text.reset", "DELETE", "/sms_texts/{id}", "mail.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_sms_text_type, NULL, N_("Restore the standard text of a short message"), "sms", NULL, MH_RATE_NORMAL },
  { "sms_text.preview", "POST", "/sms_texts/preview", "mail.read", MH_ROUTE_READ, MH_ROUTE_ONLINE, &mh_sms_text_type, &mh_sms_preview_type, NULL, N_("A short message as it would be sent, and its parts"), "sms", NULL, MH_RATE_NORMAL },
  { "webhook.twilio", "POST", "/webhooks/twilio/{token}", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_RAW | MH_ROUTE_NO_CONTENT, NULL, NULL, NULL, N_("How a message stands, signed over the form"), "sms", NULL, MH_RATE_NORMAL, 64 },
  { "webhook.twilio.inbound", "POST", "/webhooks/twilio", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_RAW | MH_ROUTE_BINARY, NULL, NULL, NULL, N_("What somebody answered to a message, signed over the form"), "sms", "text/xml", MH_RATE_NORMAL, 64 },
  { "kiosk.state", "GET", "/kiosk", "kiosk.use", MH_ROUTE_READ, 0, NULL, &mh_kiosk_state_type, NULL, N_("What a kiosk of this hospital can do"), "kiosk", NULL, MH_RATE_NORMAL },
  { "kiosk.tests", "GET", "/kiosk/tests", "kiosk.use", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_kiosk_test_type, kiosk_tests_params, N_("Tests in patients' words"), "kiosk", NULL, MH_RATE_NORMAL },
  { "kiosk.find", "POST", "/kiosk/visits", "kiosk.use", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE, &mh_kiosk_person_type, &mh_kiosk_visitor_type, NULL, N_("Begin a visit of somebody who is registered, by phone and date of birth"), "kiosk", NULL, MH_RATE_GUESS },
  { "kiosk.register", "POST", "/kiosk/visits/new", "kiosk.use", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE, &mh_kiosk_person_type, &mh_kiosk_visitor_type, NULL, N_("Register, and begin a visit"), "kiosk", NULL, MH_RATE_GUESS },
  { "kiosk.end", "POST", "/kiosk/visits/end", "kiosk.use", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE | MH_ROUTE_NO_CONTENT, &mh_kiosk_ask_type, NULL, NULL, N_("End a visit"), "kiosk", NULL, MH_RATE_NORMAL },
  { "kiosk.quote", "POST", "/kiosk/quotes", "kiosk.use", MH_ROUTE_READ, MH_ROUTE_ONLINE, &mh_kiosk_ask_type, &mh_kiosk_order_type, NULL, N_("What tests would cost"), "kiosk", NULL, MH_RATE_NORMAL },
  { "kiosk.order", "POST", "/kiosk/orders", "kiosk.use", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE | MH_ROUTE_CREATED, &mh_kiosk_ask_type, &mh_kiosk_order_type, NULL, N_("Order tests for oneself"), "kiosk", NULL, MH_RATE_HEAVY },
  { "kiosk.pay", "POST", "/kiosk/orders/{id}/payment", "kiosk.use", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_kiosk_ask_type, &mh_kiosk_payment_type, NULL, N_("Ask for a code to pay by"), "kiosk", NULL, MH_RATE_HEAVY },
  { "kiosk.paid", "POST", "/kiosk/orders/{id}/payment/state", "kiosk.use", MH_ROUTE_READ, MH_ROUTE_ONLINE, &mh_kiosk_ask_type, &mh_kiosk_payment_type, NULL, N_("How paying stands"), "kiosk", NULL, MH_RATE_NORMAL },
  { "kiosk.image", "POST", "/kiosk/orders/{id}/payment/image", "kiosk.use", MH_ROUTE_READ, MH_ROUTE_ONLINE | MH_ROUTE_BINARY, &mh_kiosk_ask_type, NULL, NULL, N_("The provider's picture of the code"), "kiosk", "image/png", MH_RATE_NORMAL },
  { "kiosk.at_desk", "POST", "/kiosk/orders/{id}/at_desk", "kiosk.use", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE | MH_ROUTE_NO_CONTENT, &mh_kiosk_ask_type, NULL, NULL, N_("Pay at the desk instead"), "kiosk", NULL, MH_RATE_NORMAL },
  { "kiosk.feedback", "POST", "/kiosk/orders/{id}/feedback", "kiosk.use", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_kiosk_ask_type, &mh_feedback_thanks_type, NULL, N_("How satisfied the visitor is"), "kiosk", NULL, MH_RATE_HEAVY },
  { "kiosk.code", "POST", "/kiosk/codes", "kiosk.use", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE, &mh_kiosk_ask_type, &mh_kiosk_code_type, NULL, N_("Send a code to the visitor's phone"), "kiosk", NULL, MH_RATE_GUESS },
  { "kiosk.verify", "POST", "/kiosk/codes/check", "kiosk.use", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE, &mh_kiosk_ask_type, &mh_kiosk_visitor_type, NULL, N_("The code as it was typed"), "kiosk", NULL, MH_RATE_GUESS },
  { "kiosk.reports", "POST", "/kiosk/reports", "kiosk.use", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_ONLINE, &mh_kiosk_ask_type, &mh_kiosk_report_type, NULL, N_("Own released reports, newest first; after a code"), "kiosk", NULL, MH_RATE_NORMAL },
  { "kiosk.report", "POST", "/kiosk/orders/{id}/report.pdf", "kiosk.use", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE | MH_ROUTE_BINARY, &mh_kiosk_ask_type, NULL, NULL, N_("One of them as a paper"), "kiosk", "application/pdf", MH_RATE_HEAVY },
  { "kiosk.leave", "POST", "/kiosk/leave", "kiosk.use", MH_ROUTE_PLAIN, MH_ROUTE_ONLINE | MH_ROUTE_NO_CONTENT, &mh_kiosk_pin_type, NULL, NULL, N_("Is this the staff's PIN?"), "kiosk", NULL, MH_RATE_GUESS },
  { "kiosk.pin", "PUT", "/kiosk/pin", "device.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE | MH_ROUTE_NO_CONTENT, &mh_kiosk_pin_type, NULL, NULL, N_("Set the PIN with which staff close a kiosk"), "kiosk", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_kiosk = { routes, G_N_ELEMENTS (routes) };
