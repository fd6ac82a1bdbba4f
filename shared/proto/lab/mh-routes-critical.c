/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Critical values: what is to be told, to whom, and whether it was read back. What waits to be
 * verified, and the rules of what does not. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/mh-types.h"

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
  { "critical.figures", "GET", "/critical/figures", "critical.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_critical_figures_type, figure_params, N_("How fast critical values were called"), "critical", NULL, MH_RATE_HEAVY },
  { "critical.read", "GET", "/critical/{id}", "critical.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_critical_view_type, NULL, N_("One critical value with its calls and whom to call"), "critical", NULL, MH_RATE_NORMAL },
  { "critical.call", "POST", "/critical/{id}/calls", "critical.call", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_critical_call_type, &mh_critical_item_type, NULL, N_("Record a call, with what was read back"), "critical", NULL, MH_RATE_NORMAL },
  { "critical.close", "POST", "/critical/{id}/close", "critical.call", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_critical_closing_type, &mh_critical_item_type, NULL, N_("Close it, read back or for a coded reason"), "critical", NULL, MH_RATE_NORMAL },

  { "verify.queue", "GET", "/verification-queue", "result.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_verify_row_type, NULL, N_("Orders with values that wait to be verified"), "results", NULL, MH_RATE_NORMAL },
  { "auto_rule.list", "GET", "/auto-rules", "result.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_auto_rule_type, NULL, N_("Rules of automatic verification"), "results", NULL, MH_RATE_NORMAL },
  { "auto_rule.create", "POST", "/auto-rules", "auto_rule.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_auto_rule_type, &mh_auto_rule_type, NULL, N_("Add a rule of automatic verification"), "results", NULL, MH_RATE_NORMAL },
  { "auto_rule.try", "POST", "/auto-rules/trial", "auto_rule.write", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT | MH_ROUTE_ONLINE, &mh_auto_trial_type, &mh_auto_outcome_type, NULL, N_("What rules would have done with past results"), "results", NULL, MH_RATE_HEAVY },
  { "auto_rule.update", "PATCH", "/auto-rules/{id}", "auto_rule.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_auto_rule_type, &mh_auto_rule_type, NULL, N_("Change a rule of automatic verification"), "results", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_critical = { routes, G_N_ELEMENTS (routes) };
