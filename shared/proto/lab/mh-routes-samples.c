/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works, and where tubes are: assignment, rounds, storage, referral, labels. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-referral.h"
#include "shared/records/mh-types.h"

/* clang-format off */
static const MhParam paper_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};
static const MhParam round_params[] = {
  { "collection", MH_KIND_ENUM, mh_collect_place_codes, N_("Only desk, wards or homes") },
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};
static const MhParam referral_params[] = {
  { "status", MH_KIND_ENUM, mh_referral_status_codes, N_("Only in this state") },
  { NULL },
};

static const MhRoute routes[] = {
  { "technician.list", "GET", "/technicians", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_technician_type, NULL, N_("Technicians, their benches, shift and open work"), "assignment", NULL, MH_RATE_NORMAL },
  { "order.assign", "POST", "/orders/{id}/assignment", "order.assign", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_assignment_type, &mh_order_type, NULL, N_("Give an order to another technician, with the reason"), "assignment", NULL, MH_RATE_NORMAL },
  { "skill.list", "GET", "/skills", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_skill_type, NULL, N_("Who is trained for which bench"), "assignment", NULL, MH_RATE_NORMAL },
  { "skill.create", "POST", "/skills", "shift.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_skill_type, &mh_skill_type, NULL, N_("Add a skill"), "assignment", NULL, MH_RATE_NORMAL },
  { "skill.update", "PATCH", "/skills/{id}", "shift.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_skill_type, &mh_skill_type, NULL, N_("Change or withdraw a skill"), "assignment", NULL, MH_RATE_NORMAL },
  { "shift.list", "GET", "/shifts", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_shift_type, NULL, N_("The plan of shifts"), "assignment", NULL, MH_RATE_NORMAL },
  { "shift.create", "POST", "/shifts", "shift.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_shift_type, &mh_shift_type, NULL, N_("Add a shift or an absence"), "assignment", NULL, MH_RATE_NORMAL },
  { "shift.update", "PATCH", "/shifts/{id}", "shift.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_shift_type, &mh_shift_type, NULL, N_("Change a shift or end it"), "assignment", NULL, MH_RATE_NORMAL },

  { "round.pdf", "GET", "/rounds/round.pdf", "sample.collect", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, round_params, N_("What must be collected, as a list to walk by"), "samples", "application/pdf", MH_RATE_HEAVY },
  { "label.print", "POST", "/orders/{id}/labels", "sample.read", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_label_request_type, &mh_label_request_type, NULL, N_("Have labels printed by the label printer"), "samples", NULL, MH_RATE_NORMAL },
  { "handover.list", "GET", "/handovers", "sample.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_handover_type, NULL, N_("Hand-overs, newest first"), "samples", NULL, MH_RATE_NORMAL },
  { "handover.create", "POST", "/handovers", "sample.collect", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_handover_type, &mh_handover_type, NULL, N_("Hand tubes over, with both badges"), "samples", NULL, MH_RATE_NORMAL },
  { "handover.read", "GET", "/handovers/{id}", "sample.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_handover_type, NULL, N_("One hand-over with what did not agree"), "samples", NULL, MH_RATE_NORMAL },
  { "sample.aliquot", "POST", "/samples/{id}/aliquots", "sample.receive", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_aliquoting_type, &mh_aliquoting_type, NULL, N_("Take portions of a tube"), "samples", NULL, MH_RATE_NORMAL },

  { "storage_place.list", "GET", "/storage/places", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_storage_place_type, NULL, N_("Freezers, racks and boxes"), "storage", NULL, MH_RATE_NORMAL },
  { "storage_place.create", "POST", "/storage/places", "storage.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_storage_place_type, &mh_storage_place_type, NULL, N_("Add a storage place"), "storage", NULL, MH_RATE_NORMAL },
  { "storage_place.update", "PATCH", "/storage/places/{id}", "storage.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_storage_place_type, &mh_storage_place_type, NULL, N_("Change a storage place"), "storage", NULL, MH_RATE_NORMAL },
  { "storage.map", "GET", "/storage/places/{id}/map", "sample.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT | MH_ROUTE_ONLINE, NULL, &mh_storage_map_type, NULL, N_("A place with its boxes and every tube in them"), "storage", NULL, MH_RATE_NORMAL },
  { "storage.due", "GET", "/storage/due", "sample.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_sample_type, NULL, N_("Tubes that need not be kept any longer"), "storage", NULL, MH_RATE_NORMAL },
  { "storage.dispose", "POST", "/storage/disposals", "sample.receive", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_disposal_type, &mh_disposal_type, NULL, N_("Dispose of tubes; before their time with a second person"), "storage", NULL, MH_RATE_NORMAL },

  { "reference_lab.list", "GET", "/reference-labs", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_reference_lab_type, NULL, N_("Other laboratories"), "referral", NULL, MH_RATE_NORMAL },
  { "reference_lab.create", "POST", "/reference-labs", "storage.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_reference_lab_type, &mh_reference_lab_type, NULL, N_("Add another laboratory"), "referral", NULL, MH_RATE_NORMAL },
  { "reference_lab.update", "PATCH", "/reference-labs/{id}", "storage.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_reference_lab_type, &mh_reference_lab_type, NULL, N_("Change another laboratory"), "referral", NULL, MH_RATE_NORMAL },
  { "referral.list", "GET", "/referrals", "sample.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_referral_type, referral_params, N_("What was sent to other laboratories, newest first"), "referral", NULL, MH_RATE_NORMAL },
  { "referral.create", "POST", "/referrals", "sample.receive", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_referral_type, &mh_referral_type, NULL, N_("Pack tubes for another laboratory"), "referral", NULL, MH_RATE_NORMAL },
  { "referral.read", "GET", "/referrals/{id}", "sample.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_referral_type, NULL, N_("One referral with its tubes"), "referral", NULL, MH_RATE_NORMAL },
  { "referral.step", "POST", "/referrals/{id}/steps", "sample.receive", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_referral_step_type, &mh_referral_type, NULL, N_("Sent, received there, refused, result returned, or cancelled"), "referral", NULL, MH_RATE_NORMAL },
  { "referral.manifest", "GET", "/referrals/{id}/manifest.pdf", "sample.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, paper_params, N_("The list that travels with the tubes"), "referral", "application/pdf", MH_RATE_HEAVY },
};
/* clang-format on */

const MhRouteTable mh_routes_samples = { routes, G_N_ELEMENTS (routes) };
