/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhParam access_params[] = {
  { "state", MH_KIND_ENUM, mh_access_state_codes, N_("Only in this state; left out: what waits for a review") },
  { "user_id", MH_KIND_REF, NULL, N_("Opened by this person") },
  { "patient_id", MH_KIND_REF, NULL, N_("The chart of this patient") },
  { NULL },
};

static const MhParam paper_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};

static const MhRoute routes[] = {
  { "access.open", "POST", "/access-grants", MH_MAY_OPEN_VIP, MH_ROUTE_PLAIN, MH_ROUTE_ONLINE, &mh_access_opening_type, &mh_access_grant_type, NULL, N_("Open a protected chart for an hour"), "access", NULL, MH_RATE_GUESS },
  { "access.list", "GET", "/access-grants", MH_MAY_REVIEW_ACCESS, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_access_grant_type, access_params, N_("Openings of protected charts, newest first"), "access", NULL, MH_RATE_NORMAL },
  { "access.mine", "GET", "/access-grants/mine", "", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_access_grant_type, NULL, N_("The protected charts that stand open to me now"), "access", NULL, MH_RATE_NORMAL },
  { "access.end", "POST", "/access-grants/{id}/end", "", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_access_grant_type, NULL, N_("Close a protected chart again"), "access", NULL, MH_RATE_NORMAL },
  { "access.people", "GET", "/access-people", MH_MAY_REVIEW_ACCESS, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_patient_type, NULL, N_("Patients by name, phone or MRN, told by name and MRN alone"), "access", NULL, MH_RATE_NORMAL },
  { "access.report", "GET", "/patients/{id}/access-report", MH_MAY_REVIEW_ACCESS, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_audit_entry_type, NULL, N_("Who read, changed and printed what of a patient's record, newest first"), "access", NULL, MH_RATE_NORMAL },
  { "access.paper", "GET", "/patients/{id}/access-report.pdf", MH_MAY_REVIEW_ACCESS, MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, paper_params, N_("The same on paper, for the patient"), "access", "application/pdf", MH_RATE_HEAVY },
  { "access.review", "POST", "/access-grants/{id}/review", MH_MAY_REVIEW_ACCESS, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_access_review_type, &mh_access_grant_type, NULL, N_("Say whether an opening was justified"), "access", NULL, MH_RATE_NORMAL },
  { "access.staff", "GET", "/users/{id}/patient", MH_MAY_WRITE_USER, MH_ROUTE_READ, 0, NULL, &mh_user_patient_type, NULL, N_("Which patient somebody of the staff is"), "access", NULL, MH_RATE_NORMAL },
  { "access.set_staff", "PUT", "/users/{id}/patient", MH_MAY_WRITE_USER, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_user_patient_type, &mh_user_patient_type, NULL, N_("Say which patient somebody of the staff is; their chart is then protected"), "access", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_protect = { routes, G_N_ELEMENTS (routes) };
