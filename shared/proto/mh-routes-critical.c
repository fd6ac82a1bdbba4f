/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Critical values: what is to be told, to whom, and whether it was read back. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-records.h"

/* clang-format off */
static const MhParam critical_params[] = {
  { "state", MH_KIND_ENUM, mh_critical_state_codes, N_("Only in this state") },
  { "department_id", MH_KIND_REF, NULL, N_("Ordered by one department") },
  { "order_id", MH_KIND_REF, NULL, N_("Of one order") },
  { NULL },
};
static const MhParam figure_params[] = {
  { "from", MH_KIND_DATE, NULL, N_("First day; of this month if not given") },
  { "to", MH_KIND_DATE, NULL, N_("Last day, counted in; today if not given") },
  { NULL },
};

static const MhRoute routes[] = {
  { "critical.list", "GET", "/critical", "critical.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_critical_item_type, critical_params, N_("Critical values, newest first"), "critical", NULL, MH_RATE_NORMAL },
  { "critical.clinicians", "GET", "/critical/clinicians", "critical.call", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_clinician_type, NULL, N_("Who of the directory may be called"), "critical", NULL, MH_RATE_NORMAL },
  { "critical.figures", "GET", "/critical/figures", "critical.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_critical_figures_type, figure_params, N_("How fast critical values were told"), "critical", NULL, MH_RATE_HEAVY },
  { "critical.read", "GET", "/critical/{id}", "critical.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_critical_view_type, NULL, N_("One critical value with its calls and whom to call"), "critical", NULL, MH_RATE_NORMAL },
  { "critical.call", "POST", "/critical/{id}/calls", "critical.call", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_critical_call_type, &mh_critical_item_type, NULL, N_("Note an attempt to tell it, with what was read back"), "critical", NULL, MH_RATE_NORMAL },
  { "critical.close", "POST", "/critical/{id}/close", "critical.call", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_critical_closing_type, &mh_critical_item_type, NULL, N_("Close it, read back or for a coded reason"), "critical", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_critical = { routes, G_N_ELEMENTS (routes) };
