/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the providers paid out, against what the hospital took. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/money/mh-settlement.h"

/* clang-format off */
static const MhParam settlement_params[] = {
  { "provider", MH_KIND_ENUM, mh_settlement_provider_codes, N_("Of one provider") },
  { NULL },
};
static const MhParam reconciliation_params[] = {
  { "from", MH_KIND_DATE, NULL, N_("First day; of this month if not given") },
  { "to", MH_KIND_DATE, NULL, N_("Last day, counted in; today if not given") },
  { "provider", MH_KIND_ENUM, mh_settlement_provider_codes, N_("Of one provider") },
  { NULL },
};

static const MhRoute routes[] = {
  { "settlement.list", "GET", "/settlements", "till.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_settlement_type, settlement_params, N_("Settlements without their lines, newest first"), "till", NULL, MH_RATE_NORMAL },
  { "settlement.add", "POST", "/settlements", "till.approve", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_settlement_type, &mh_settlement_type, NULL, N_("Import a settlement that an outside program has read, and compare it with the payments; people upload the file"), "till", NULL, MH_RATE_HEAVY },
  { "settlement.upload", "POST", "/settlements/files", "till.approve", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_settlement_upload_type, &mh_settlement_type, NULL, N_("Import a settlement as the table that the provider gives"), "till", NULL, MH_RATE_HEAVY },
  { "settlement.read", "GET", "/settlements/{id}", "till.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_settlement_type, NULL, N_("One settlement with its lines"), "till", NULL, MH_RATE_NORMAL },
  { "settlement.match", "POST", "/settlements/{id}/match", "till.approve", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_settlement_type, NULL, N_("Look again for the payments that nothing was known of"), "till", NULL, MH_RATE_HEAVY },
  { "reconciliation.read", "GET", "/reconciliation", "till.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_reconciliation_type, reconciliation_params, N_("What agrees with the providers, and every difference"), "till", NULL, MH_RATE_HEAVY },
};
/* clang-format on */

const MhRouteTable mh_routes_settlement = { routes, G_N_ELEMENTS (routes) };
