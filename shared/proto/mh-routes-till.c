/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawers, the day and its book. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-records.h"

/* clang-format off */
static const MhParam till_params[] = {
  { "cashier_id", MH_KIND_REF, NULL, N_("Drawers of one person") },
  { "status", MH_KIND_ENUM, mh_cash_session_status_codes, N_("Only in this state") },
  { "day", MH_KIND_DATE, NULL, N_("Opened on this day") },
  { NULL },
};
static const MhParam day_params[] = {
  { "day", MH_KIND_DATE, NULL, N_("The day; today if not given") },
  { NULL },
};

static const MhRoute routes[] = {
  { "till.list", "GET", "/cash_sessions", "payment.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_cash_session_type, till_params, N_("Drawers, newest first"), "till", NULL, MH_RATE_NORMAL },
  { "till.open", "POST", "/cash_sessions", "payment.take", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_cash_session_type, &mh_cash_session_type, NULL, N_("Open one's drawer with its float"), "till", NULL, MH_RATE_NORMAL },
  { "till.read", "GET", "/cash_sessions/{id}", "payment.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_cash_session_type, NULL, N_("One drawer with counts and movements"), "till", NULL, MH_RATE_NORMAL },
  { "till.move", "POST", "/cash_sessions/{id}/moves", "payment.read", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_cash_move_type, &mh_cash_move_type, NULL, N_("Put money in, take it out, take it to the bank"), "till", NULL, MH_RATE_NORMAL },
  { "till.count", "POST", "/cash_sessions/{id}/count", "payment.read", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_cash_counting_type, &mh_cash_session_type, NULL, N_("Count the drawer, blind"), "till", NULL, MH_RATE_NORMAL },
  { "till.close", "POST", "/cash_sessions/{id}/close", "payment.read", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_cash_closing_type, &mh_cash_session_type, NULL, N_("Close a counted drawer"), "till", NULL, MH_RATE_NORMAL },

  { "day.lock", "POST", "/days/{date}/lock", "till.approve", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_day_locking_type, &mh_day_lock_type, NULL, N_("Close a day for cash"), "till", NULL, MH_RATE_NORMAL },
  { "day.unlock", "POST", "/days/{date}/unlock", "till.approve", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_day_locking_type, &mh_day_lock_type, NULL, N_("Open a closed day again"), "till", NULL, MH_RATE_NORMAL },
  { "day.book", "GET", "/day_book", "till.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_day_book_type, day_params, N_("Everything taken and given back on a day"), "till", NULL, MH_RATE_HEAVY },
};
/* clang-format on */

const MhRouteTable mh_routes_till = { routes, G_N_ELEMENTS (routes) };
