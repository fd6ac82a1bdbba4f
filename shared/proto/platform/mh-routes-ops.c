/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhParam feed_params[] = {
  { "after", MH_KIND_INT, NULL, N_("Number of the last change that one has; 0: from the beginning") },
  { "limit", MH_KIND_INT, NULL, N_("Most changes to look at, 1 to 200") },
  { "types", MH_KIND_TEXT, NULL, N_("Comma-separated type codes; all that one may see otherwise") },
  { NULL },
};

static const MhRoute routes[] = {
  { "feed.changes", "GET", "/changes", "", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_change_page_type, feed_params, N_("Everything that changed after a number"), "feed", NULL, MH_RATE_NORMAL },
  { "feed.events", "GET", "/events", "", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, feed_params, N_("The same, live, over a WebSocket"), "feed", "application/json", MH_RATE_NORMAL },
  { "openapi.read", "GET", "/openapi.json", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_BINARY, NULL, NULL, NULL, N_("This document"), "operations", "application/json", MH_RATE_HEAVY },
  { "health.live", "GET", "/health/live", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE, NULL, &mh_health_type, NULL, N_("Does the process answer"), "operations", NULL, MH_RATE_NONE },
  { "health.ready", "GET", "/health/ready", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE, NULL, &mh_health_type, NULL, N_("Can it serve"), "operations", NULL, MH_RATE_NONE },
  { "health.detail", "GET", "/health", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE, NULL, &mh_health_type, NULL, N_("Health; details for those who may see them"), "operations", NULL, MH_RATE_NONE },
  { "metrics.read", "GET", "/metrics", MH_MAY_READ_HEALTH, MH_ROUTE_PLAIN, MH_ROUTE_OUTSIDE | MH_ROUTE_BINARY, NULL, NULL, NULL, N_("Figures for Prometheus"), "operations", "text/plain; version=0.0.4; charset=utf-8", MH_RATE_NONE },
};
/* clang-format on */

const MhRouteTable mh_routes_ops = { routes, G_N_ELEMENTS (routes) };
