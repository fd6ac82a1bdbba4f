/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports after their release: changes, who saw them, who is to know. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/clinic/mh-inbox-item.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/lab/mh-report-template.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhParam change_params[] = {
  { "status", MH_KIND_ENUM, mh_report_change_status_codes, N_("Only in this state") },
  { NULL },
};
static const MhParam notice_params[] = {
  { "open", MH_KIND_BOOL, NULL, N_("Only those that were not acknowledged") },
  { NULL },
};

static const MhParam delivery_params[] = {
  { "status", MH_KIND_ENUM, mh_report_delivery_status_codes, N_("Only in this state") },
  { "ward", MH_KIND_TEXT, NULL, N_("Of one ward") },
  { NULL },
};
static const MhParam preview_params[] = {
  { "language", MH_KIND_ENUM, mh_report_language_codes, N_("Language of the paper") },
  { NULL },
};

static const MhParam cumulative_params[] = {
  { "language", MH_KIND_ENUM, mh_report_language_codes, N_("Language of the paper") },
  { "from", MH_KIND_INSTANT, NULL, N_("Measured not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Measured before") },
  { NULL },
};

static const MhParam inbox_params[] = {
  { "state", MH_KIND_ENUM, mh_inbox_state_codes, N_("Only in this state; what is new if not given") },
  { "whose", MH_KIND_ENUM, mh_inbox_whose_codes, N_("One's own, or those of the other doctors of one's department; one's own if not given") },
  { NULL },
};

static const MhRoute routes[] = {
  { "report.early", "POST", "/orders/{id}/reports", "result.verify", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_report_release_type, &mh_report_type, NULL, N_("Release an early report: what is verified so far, or with what waits"), "reports", NULL, MH_RATE_NORMAL },
  { "report.remark", "PUT", "/orders/{id}/report-remark", "result.verify", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_report_remark_type, &mh_report_remark_type, NULL, N_("The comment on the report as a whole, before it is final"), "reports", NULL, MH_RATE_NORMAL },
  { "report_remark.read", "GET", "/orders/{id}/report-remark", "report.read", MH_ROUTE_READ, 0, NULL, &mh_report_remark_type, NULL, N_("The comment on the report as a whole"), "reports", NULL, MH_RATE_NORMAL },
  { "report.correct", "POST", "/orders/{id}/corrections", "report.correct", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_report_change_type, &mh_report_change_type, NULL, N_("Propose a change of a released report"), "reports", NULL, MH_RATE_NORMAL },
  { "report_change.of_order", "GET", "/orders/{id}/corrections", "report.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_report_change_type, NULL, N_("Changes of one report, newest first"), "reports", NULL, MH_RATE_NORMAL },
  { "report_change.list", "GET", "/report-changes", "report.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_report_change_type, change_params, N_("Changes of reports, newest first"), "reports", NULL, MH_RATE_NORMAL },
  { "report_change.read", "GET", "/report-changes/{id}", "report.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_report_change_type, NULL, N_("One change with its values"), "reports", NULL, MH_RATE_NORMAL },
  { "report_change.decide", "POST", "/report-changes/{id}/verification", "result.verify", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_verification_type, &mh_report_change_type, NULL, N_("Verify or return a change that somebody else proposed"), "reports", NULL, MH_RATE_NORMAL },
  { "report.seen", "POST", "/reports/{id}/seen", "report.read", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, NULL, &mh_report_access_type, NULL, N_("A desk has shown this version"), "reports", NULL, MH_RATE_NORMAL },
  { "report.accesses", "GET", "/orders/{id}/report-access", "report.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_report_access_type, NULL, N_("Who has seen, printed or was mailed which version"), "reports", NULL, MH_RATE_NORMAL },
  { "report_notice.list", "GET", "/report-notices", "report.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_report_notice_type, notice_params, N_("Reports that you have read and that were changed since"), "reports", NULL, MH_RATE_NORMAL },
  { "report_notice.acknowledge", "POST", "/report-notices/{id}/acknowledgement", "report.read", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, NULL, &mh_report_notice_type, NULL, N_("You know of the newer version"), "reports", NULL, MH_RATE_NORMAL },
  { "inbox.list", "GET", "/inbox", MH_MAY_READ_RESULT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_inbox_item_type, inbox_params, N_("Results of what one has ordered: critical first, then abnormal, then the newest"), "reports", NULL, MH_RATE_NORMAL },
  { "inbox.see", "POST", "/inbox/{id}/seen", MH_MAY_READ_RESULT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_inbox_seeing_type, &mh_inbox_item_type, NULL, N_("A doctor has seen this version of a result"), "reports", NULL, MH_RATE_NORMAL },
  { "inbox.unsee", "POST", "/inbox/{id}/unseen", MH_MAY_READ_RESULT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, NULL, &mh_inbox_item_type, NULL, N_("It is to be looked at again"), "reports", NULL, MH_RATE_NORMAL },
  { "report_delivery.list", "GET", "/report-deliveries", "report.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_report_delivery_type, delivery_params, N_("Reports to be printed, by ward"), "reports", NULL, MH_RATE_NORMAL },
  { "report_delivery.print", "POST", "/report-deliveries/print", "report.print", MH_ROUTE_PLAIN, MH_ROUTE_BINARY | MH_ROUTE_ONLINE, &mh_report_batch_type, NULL, NULL, N_("Several reports as one file, by ward: counted, and from the second time on marked as copies"), "reports", "application/pdf", MH_RATE_HEAVY },
  { "report_delivery.drop", "POST", "/report-deliveries/{id}/drop", "report.print", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, NULL, &mh_report_delivery_type, NULL, N_("No paper is needed"), "reports", NULL, MH_RATE_NORMAL },
  { "report_delivery.want", "POST", "/report-deliveries/{id}/want", "report.print", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, NULL, &mh_report_delivery_type, NULL, N_("Back into the queue"), "reports", NULL, MH_RATE_NORMAL },
  { "report.mail", "POST", "/orders/{id}/report-mail", "report.print", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_mail_type, NULL, N_("Send the report by e-mail, if the patient agreed"), "reports", NULL, MH_RATE_NORMAL },
  { "report.cumulative", "GET", "/patients/{id}/cumulative.pdf", "report.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, cumulative_params, N_("A patient's released results over time, with their trends"), "reports", "application/pdf", MH_RATE_HEAVY },
  { "report_template.list", "GET", "/report-templates", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_report_template_type, NULL, N_("How reports look"), "reports", NULL, MH_RATE_NORMAL },
  { "report_template.create", "POST", "/report-templates", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_report_template_type, &mh_report_template_type, NULL, N_("Add a report template"), "reports", NULL, MH_RATE_NORMAL },
  { "report_template.update", "PATCH", "/report-templates/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_report_template_type, &mh_report_template_type, NULL, N_("Change a report template"), "reports", NULL, MH_RATE_NORMAL },
  { "report_template.preview", "GET", "/report-templates/{id}/preview.pdf", "catalogue.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, preview_params, N_("A made-up report in that look"), "reports", "application/pdf", MH_RATE_HEAVY },
  { "report_logo.list", "GET", "/report-logos", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_report_logo_type, NULL, N_("Pictures of the letterheads"), "reports", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_reports = { routes, G_N_ELEMENTS (routes) };
