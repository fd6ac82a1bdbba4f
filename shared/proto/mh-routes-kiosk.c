/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short messages, and what patients do by themselves at a kiosk. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-records.h"

/* clang-format off */
static const MhParam sms_params[] = {
  { "status", MH_KIND_ENUM, mh_sms_status_codes, N_("Only in this state") },
  { "template", MH_KIND_ENUM, mh_sms_template_codes, N_("Only about this") },
  { NULL },
};

static const MhRoute routes[] = {
  { "sms.list", "GET", "/sms", "mail.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_sms_message_type, sms_params, N_("Short messages and what became of them, newest first"), "sms", NULL, MH_RATE_NORMAL },
  { "webhook.twilio", "POST", "/webhooks/twilio/{token}", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_RAW | MH_ROUTE_NO_CONTENT, NULL, NULL, NULL, N_("How a message stands, signed over the form"), "sms", NULL, MH_RATE_NORMAL },
  { "webhook.twilio.inbound", "POST", "/webhooks/twilio", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_RAW | MH_ROUTE_BINARY, NULL, NULL, NULL, N_("What somebody answered to a message, signed over the form"), "sms", "text/xml", MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_kiosk = { routes, G_N_ELEMENTS (routes) };
