/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works, and where tubes are: assignment, rounds, storage, referral, labels. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-records.h"

/* clang-format off */
static const MhRoute routes[] = {
  { "technician.list", "GET", "/technicians", "order.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_technician_type, NULL, N_("Technicians, their benches, shift and open work"), "assignment", NULL, MH_RATE_NORMAL },
  { "order.assign", "POST", "/orders/{id}/assignment", "order.assign", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_assignment_type, &mh_order_type, NULL, N_("Give an order to another technician, with the reason"), "assignment", NULL, MH_RATE_NORMAL },
  { "skill.list", "GET", "/skills", "order.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_skill_type, NULL, N_("Who is trained for which bench"), "assignment", NULL, MH_RATE_NORMAL },
  { "skill.create", "POST", "/skills", "shift.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_skill_type, &mh_skill_type, NULL, N_("Add a skill"), "assignment", NULL, MH_RATE_NORMAL },
  { "skill.update", "PATCH", "/skills/{id}", "shift.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_skill_type, &mh_skill_type, NULL, N_("Change or withdraw a skill"), "assignment", NULL, MH_RATE_NORMAL },
  { "shift.list", "GET", "/shifts", "order.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_shift_type, NULL, N_("The plan of shifts"), "assignment", NULL, MH_RATE_NORMAL },
  { "shift.create", "POST", "/shifts", "shift.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_shift_type, &mh_shift_type, NULL, N_("Add a shift or an absence"), "assignment", NULL, MH_RATE_NORMAL },
  { "shift.update", "PATCH", "/shifts/{id}", "shift.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_shift_type, &mh_shift_type, NULL, N_("Change a shift or end it"), "assignment", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_samples = { routes, G_N_ELEMENTS (routes) };
