/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-records.h"

/* clang-format off */
static const MhRoute routes[] = {
  { "result.history", "GET", "/orders/{id}/results/history", "result.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_result_version_type, NULL, N_("What the order's results were before they were measured again or corrected"), "results", NULL, MH_RATE_NORMAL },
  { "result.restart", "POST", "/orders/{id}/results/restart", "result.enter", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_restart_type, &mh_results_sheet_type, NULL, N_("Measure again: the values are kept as history and the rows wait for new ones"), "results", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_results = { routes, G_N_ELEMENTS (routes) };
