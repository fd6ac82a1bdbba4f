/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody should look at, and what the figures say. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-records.h"

/* clang-format off */
static const MhParam alert_params[] = {
  { "status", MH_KIND_ENUM, mh_alert_state_codes, N_("Open ones only, or all with those that are over; open if not given") },
  { "kind", MH_KIND_ENUM, mh_alert_kind_codes, N_("Of one kind") },
  { "severity", MH_KIND_ENUM, mh_alert_severity_codes, N_("Of one severity") },
  { "bench", MH_KIND_TEXT, NULL, N_("Of one bench") },
  { NULL },
};

static const MhRoute routes[] = {
  { "alert.list", "GET", "/alerts", "", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_alert_type, alert_params, N_("Alerts for whoever asks, newest first"), "alerts", NULL, MH_RATE_NORMAL },
  { "alert.read", "GET", "/alerts/{id}", "", MH_ROUTE_READ, 0, NULL, &mh_alert_type, NULL, N_("One alert"), "alerts", NULL, MH_RATE_NORMAL },
  { "alert.acknowledge", "POST", "/alerts/{id}/acknowledgement", "", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_alert_noting_type, &mh_alert_type, NULL, N_("Somebody sees to an alert"), "alerts", NULL, MH_RATE_NORMAL },
  { "alert.snooze", "POST", "/alerts/{id}/snooze", "", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_alert_noting_type, &mh_alert_type, NULL, N_("Put an alert off for some minutes"), "alerts", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_insights = { routes, G_N_ELEMENTS (routes) };
