/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits and what is measured and assessed in them. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-records.h"

/* clang-format off */
static const MhParam visit_params[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient") },
  { "doctor_id", MH_KIND_REF, NULL, N_("Of one doctor") },
  { "department_id", MH_KIND_REF, NULL, N_("Of one department") },
  { "kind", MH_KIND_ENUM, mh_visit_kind_codes, N_("Only of this kind") },
  { "status", MH_KIND_ENUM, mh_visit_status_codes, N_("Only in this state") },
  { "open", MH_KIND_BOOL, NULL, N_("Only what is not over") },
  { "from", MH_KIND_INSTANT, NULL, N_("Arrived not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Arrived before") },
  { NULL },
};

#define ADD (MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED)
#define CHANGE (MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT)

static const MhRoute routes[] = {
  { "visit.list", "GET", "/visits", MH_MAY_READ_VISIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_visit_type, visit_params, N_("Visits, newest arrival first"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.open", "POST", "/visits", MH_MAY_WRITE_VISIT, MH_ROUTE_WRITE, ADD, &mh_visit_type, &mh_visit_type, NULL, N_("Open a visit for somebody who arrived"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.read", "GET", "/visits/{id}", MH_MAY_READ_VISIT, MH_ROUTE_READ, 0, NULL, &mh_visit_type, NULL, N_("One visit"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.update", "PATCH", "/visits/{id}", MH_MAY_WRITE_VISIT, MH_ROUTE_WRITE, CHANGE, &mh_visit_type, &mh_visit_type, NULL, N_("Change department, doctor, complaint, room"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.move", "POST", "/visits/{id}/steps", MH_MAY_READ_VISIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_visit_step_type, &mh_visit_type, NULL, N_("Take the next step; each has its own right"), "visits", NULL, MH_RATE_NORMAL },
};

const MhRouteTable mh_routes_visits = { routes, G_N_ELEMENTS (routes) };
/* clang-format on */
