/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-types.h"

/* clang-format off */
static const MhRoute routes[] = {
  { "result.history", "GET", "/orders/{id}/results/history", "result.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_result_version_type, NULL, N_("What the order's results were before they were measured again or corrected"), "results", NULL, MH_RATE_NORMAL },
  { "result.restart", "POST", "/orders/{id}/results/restart", "result.enter", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_restart_type, &mh_results_sheet_type, NULL, N_("Measure again: the values are kept as history and the rows wait for new ones"), "results", NULL, MH_RATE_NORMAL },
  { "result.event", "POST", "/orders/{id}/results/events", "result.enter", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_delta_event_type, &mh_results_sheet_type, NULL, N_("A transfusion or a dialysis: values from before it are not compared with later ones"), "results", NULL, MH_RATE_NORMAL },
  { "verify.bulk", "POST", "/orders/{id}/bulk-verification", "result.verify", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_bulk_verification_type, &mh_pending_release_type, NULL, N_("Verify one of several orders whose values are all within range: it goes out after a minute in which all can be taken back"), "results", NULL, MH_RATE_NORMAL },
  { "verify.undo", "POST", "/bulk-verifications/{id}/take-back", "result.verify", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_bulk_undone_type, NULL, N_("Take the verification of several orders back, within a minute, by who verified them"), "results", NULL, MH_RATE_NORMAL },
  { "hold.release", "POST", "/tube_holds/{id}/release", "result.verify", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_hold_release_type, &mh_results_sheet_type, NULL, N_("A held tube is the patient's after all"), "results", NULL, MH_RATE_NORMAL },
  { "escalation.list", "GET", "/escalations", "result.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_escalation_type, NULL, N_("Questions that wait for a supervisor; for outside programs, people see them at the results"), "results", NULL, MH_RATE_NORMAL },
  { "escalation.add", "POST", "/orders/{id}/escalations", "result.enter", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_escalation_put_type, &mh_results_sheet_type, NULL, N_("Ask a supervisor about a value"), "results", NULL, MH_RATE_NORMAL },
  { "escalation.answer", "POST", "/escalations/{id}/answer", "result.verify", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_escalation_reply_type, &mh_results_sheet_type, NULL, N_("Answer a question about a value"), "results", NULL, MH_RATE_NORMAL },
  { "attachment.add", "POST", "/orders/{id}/attachments", "result.enter", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_attachment_put_type, &mh_results_sheet_type, NULL, N_("Attach a picture or a paper to an order's results"), "results", NULL, MH_RATE_NORMAL },
  { "attachment.remove", "DELETE", "/attachments/{id}", "result.enter", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, NULL, &mh_results_sheet_type, NULL, N_("Remove an attachment, before the report is released"), "results", NULL, MH_RATE_NORMAL },
  { "attachment.content", "GET", "/attachments/{id}/content", "result.read", MH_ROUTE_READ, MH_ROUTE_BINARY, NULL, NULL, NULL, N_("The picture or paper itself"), "results", "application/octet-stream", MH_RATE_HEAVY },
  { "phrase.list", "GET", "/phrases", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_phrase_type, NULL, N_("Phrases for comments"), "catalogue", NULL, MH_RATE_NORMAL },
  { "phrase.create", "POST", "/phrases", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_phrase_type, &mh_phrase_type, NULL, N_("Add a phrase"), "catalogue", NULL, MH_RATE_NORMAL },
  { "phrase.update", "PATCH", "/phrases/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_phrase_type, &mh_phrase_type, NULL, N_("Change a phrase"), "catalogue", NULL, MH_RATE_NORMAL },
  { "breakpoint.list", "GET", "/breakpoints", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_breakpoint_type, NULL, N_("Antibiotic breakpoints"), "catalogue", NULL, MH_RATE_NORMAL },
  { "breakpoint.create", "POST", "/breakpoints", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_breakpoint_type, &mh_breakpoint_type, NULL, N_("Add a breakpoint"), "catalogue", NULL, MH_RATE_NORMAL },
  { "breakpoint.update", "PATCH", "/breakpoints/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_breakpoint_type, &mh_breakpoint_type, NULL, N_("Change a breakpoint"), "catalogue", NULL, MH_RATE_NORMAL },
  { "organism.list", "GET", "/organisms", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_organism_type, NULL, N_("Organisms"), "catalogue", NULL, MH_RATE_NORMAL },
  { "antibiotic.list", "GET", "/antibiotics", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_antibiotic_type, NULL, N_("Antibiotics"), "catalogue", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_results = { routes, G_N_ELEMENTS (routes) };
