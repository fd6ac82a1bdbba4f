/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hospitals of the rescue service: their beds, diversions, who is driven there. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhParam destination_params[] = {
  { "call_id", MH_KIND_TEXT, NULL, N_("An emergency call: place and priority are its own unless told otherwise") },
  { "at", MH_KIND_TEXT, NULL, N_("LAT,LON in degrees") },
  { "need", MH_KIND_TEXT, NULL, N_("Units that are needed, with commas between: trauma,burns") },
  { "priority", MH_KIND_ENUM, mh_emergency_priority_codes, N_("At the highest the road alone counts") },
  { NULL },
};
static const MhParam arrival_params[] = {
  { "open", MH_KIND_BOOL, NULL, N_("Only who is still to come or to be taken over") },
  { "site_id", MH_KIND_TEXT, NULL, N_("Only to this hospital") },
  { "call_id", MH_KIND_TEXT, NULL, N_("Only of this emergency call") },
  { NULL },
};

#define ADD (MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED)
#define KEEP (ADD | MH_ROUTE_ONLINE)
#define CHANGE (MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE)

static const MhRoute routes[] = {
  { "site.list", "GET", "/care-sites", MH_MAY_READ_CAPACITY, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_care_site_type, NULL, N_("Register of the hospitals to which the rescue service drives"), "hospitals", NULL, MH_RATE_NORMAL },
  { "site.read", "GET", "/care-sites/{id}", MH_MAY_READ_CAPACITY, MH_ROUTE_READ, 0, NULL, &mh_care_site_type, NULL, N_("One of these hospitals"), "hospitals", NULL, MH_RATE_NORMAL },
  { "site.create", "POST", "/care-sites", MH_MAY_WRITE_SITE, MH_ROUTE_WRITE, KEEP, &mh_care_site_type, &mh_care_site_type, NULL, N_("Register a hospital"), "hospitals", NULL, MH_RATE_NORMAL },
  { "site.update", "PATCH", "/care-sites/{id}", MH_MAY_WRITE_SITE, MH_ROUTE_WRITE, CHANGE, &mh_care_site_type, &mh_care_site_type, NULL, N_("Change what a hospital has"), "hospitals", NULL, MH_RATE_NORMAL },
  { "capacity.list", "GET", "/capacity", MH_MAY_READ_CAPACITY, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_care_site_type, NULL, N_("Beds, crowding and diversions of all hospitals in use"), "hospitals", NULL, MH_RATE_NORMAL },
  { "capacity.report", "PUT", "/hospitals/{id}/capacity", MH_MAY_WRITE_CAPACITY, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_site_report_type, &mh_care_site_type, NULL, N_("Tell beds and emergency department of a hospital; gives its NEDOCS"), "hospitals", NULL, MH_RATE_NORMAL },
  { "capacity.history", "GET", "/hospitals/{id}/capacity", MH_MAY_READ_CAPACITY, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_site_report_type, NULL, N_("What a hospital told of its beds, newest first"), "hospitals", NULL, MH_RATE_NORMAL },
  { "diversion.list", "GET", "/hospitals/{id}/diversions", MH_MAY_READ_CAPACITY, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_diversion_type, NULL, N_("Diversions of a hospital, newest first"), "hospitals", NULL, MH_RATE_NORMAL },
  { "diversion.begin", "POST", "/hospitals/{id}/diversions", MH_MAY_WRITE_CAPACITY, MH_ROUTE_WRITE, ADD, &mh_diversion_type, &mh_diversion_type, NULL, N_("Ask to be spared from some patients, for 4 hours at the most"), "hospitals", NULL, MH_RATE_NORMAL },
  { "diversion.renew", "POST", "/diversions/{id}/renew", MH_MAY_WRITE_CAPACITY, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_diversion_renewal_type, &mh_diversion_type, NULL, N_("Let a diversion end later"), "hospitals", NULL, MH_RATE_NORMAL },
  { "diversion.end", "POST", "/diversions/{id}/end", MH_MAY_WRITE_CAPACITY, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_diversion_type, NULL, N_("End a diversion now"), "hospitals", NULL, MH_RATE_NORMAL },
  { "destination.list", "GET", "/destinations", MH_MAY_READ_CALL, MH_ROUTE_PLAIN, MH_ROUTE_LIST, NULL, &mh_destination_type, destination_params, N_("Where a patient may be driven, the best first, and who is left out"), "hospitals", NULL, MH_RATE_NORMAL },
  { "arrival.list", "GET", "/arrivals", MH_MAY_READ_ARRIVAL, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_arrival_type, arrival_params, N_("Who is on the way to a hospital, told last first"), "hospitals", NULL, MH_RATE_NORMAL },
  { "arrival.read", "GET", "/arrivals/{id}", MH_MAY_READ_ARRIVAL, MH_ROUTE_READ, 0, NULL, &mh_arrival_type, NULL, N_("One who is on the way"), "hospitals", NULL, MH_RATE_NORMAL },
  { "arrival.tell", "POST", "/arrivals", MH_MAY_WRITE_CALL, MH_ROUTE_WRITE, ADD, &mh_arrival_type, &mh_arrival_type, NULL, N_("Tell a hospital who comes"), "hospitals", NULL, MH_RATE_NORMAL },
  { "arrival.step", "POST", "/arrivals/{id}/steps", MH_MAY_READ_ARRIVAL, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_arrival_step_type, &mh_arrival_type, NULL, N_("Accept, refuse with a reason, arrive, take over; or nobody comes"), "hospitals", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_sites = { routes, G_N_ELEMENTS (routes) };
