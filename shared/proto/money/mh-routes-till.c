/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawers, the day and its book. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/money/mh-figures.h"
#include "shared/records/money/mh-till.h"

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
static const MhParam figures_params[] = {
  { "by", MH_KIND_ENUM, mh_figures_by_codes, N_("What the rows stand for; days if not given") },
  { "from", MH_KIND_DATE, NULL, N_("First day; of this month if not given") },
  { "to", MH_KIND_DATE, NULL, N_("Last day, counted in; today if not given") },
  { NULL },
};
static const MhParam paper_params[] = {
  { "by", MH_KIND_ENUM, mh_figures_by_codes, N_("What the rows stand for; days if not given") },
  { "from", MH_KIND_DATE, NULL, N_("First day; of this month if not given") },
  { "to", MH_KIND_DATE, NULL, N_("Last day, counted in; today if not given") },
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};
static const MhParam book_paper_params[] = {
  { "day", MH_KIND_DATE, NULL, N_("The day; today if not given") },
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
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
  { "day.book_csv", "GET", "/day_book/table.csv", "till.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, day_params, N_("The day book for a spreadsheet"), "till", "text/csv", MH_RATE_HEAVY },
  { "day.book_pdf", "GET", "/day_book/document.pdf", "till.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, book_paper_params, N_("The day book on paper"), "till", "application/pdf", MH_RATE_HEAVY },

  { "figures.read", "GET", "/analytics/{report}", "analytics.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT | MH_ROUTE_ONLINE, NULL, &mh_figures_type, figures_params, N_("Revenue, tax, outstanding amounts or refunds, grouped"), "figures", NULL, MH_RATE_HEAVY },
  { "figures.csv", "GET", "/analytics/{report}/table.csv", "analytics.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, figures_params, N_("The same for a spreadsheet"), "figures", "text/csv", MH_RATE_HEAVY },
  { "figures.pdf", "GET", "/analytics/{report}/document.pdf", "analytics.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, paper_params, N_("The same on paper"), "figures", "application/pdf", MH_RATE_HEAVY },
};
/* clang-format on */

const MhRouteTable mh_routes_till = { routes, G_N_ELEMENTS (routes) };
