/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E-mails, their texts. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/messages/mh-mail.h"

/* clang-format off */
static const MhParam mail_params[] = {
  { "status", MH_KIND_ENUM, mh_mail_status_codes, N_("Only in this state") },
  { "event", MH_KIND_ENUM, mh_mail_event_codes, N_("Only about this") },
  { "order_id", MH_KIND_REF, NULL, N_("Of one order") },
  { "patient_id", MH_KIND_REF, NULL, N_("To one patient, without those to the staff") },
  { "undelivered", MH_KIND_BOOL, NULL, N_("Only those that did not arrive: deferred, refused, sent back") },
  { NULL },
};

static const MhRoute routes[] = {
  { "mail.list", "GET", "/mails", "mail.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_mail_type, mail_params, N_("E-mails and what became of them, newest first"), "mail", NULL, MH_RATE_NORMAL },
  { "mail.retry", "POST", "/mails/{id}/retry", "mail.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_mail_type, NULL, N_("Send a refused e-mail again"), "mail", NULL, MH_RATE_NORMAL },
  { "mail.drop", "POST", "/mails/{id}/drop", "mail.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_mail_type, NULL, N_("Do not send a waiting e-mail"), "mail", NULL, MH_RATE_NORMAL },
  { "mail_template.list", "GET", "/mail_templates", "mail.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_mail_template_type, NULL, N_("What is said on each event in each language"), "mail", NULL, MH_RATE_NORMAL },
  { "mail_template.set", "PUT", "/mail_templates", "mail.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_mail_template_type, &mh_mail_template_type, NULL, N_("Set the hospital's own text"), "mail", NULL, MH_RATE_NORMAL },
  { "mail_template.reset", "DELETE", "/mail_templates/{id}", "mail.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_mail_template_type, NULL, N_("Restore the standard text"), "mail", NULL, MH_RATE_NORMAL },
  { "mail_template.preview", "POST", "/mail_templates/preview", "mail.read", MH_ROUTE_READ, MH_ROUTE_ONLINE, &mh_mail_template_type, &mh_mail_preview_type, NULL, N_("A text as it would be sent"), "mail", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_mail = { routes, G_N_ELEMENTS (routes) };
