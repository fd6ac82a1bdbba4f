/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/lab/mh-map.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhParam tile_params[] = {
  { "style", MH_KIND_ENUM, mh_map_style_codes, N_("By day unless told otherwise") },
  { NULL },
};
static const MhParam way_params[] = {
  { "from", MH_KIND_TEXT, NULL, N_("LAT,LON in degrees") },
  { "to", MH_KIND_TEXT, NULL, N_("LAT,LON in degrees") },
  { "profile", MH_KIND_ENUM, mh_map_profile_codes, N_("Emergency unless told otherwise: private roads are open") },
  { NULL },
};
static const MhParam near_params[] = {
  { "near", MH_KIND_TEXT, NULL, N_("LAT,LON in degrees: of equals the nearer first") },
  { NULL },
};
static const MhParam at_params[] = {
  { "at", MH_KIND_TEXT, NULL, N_("LAT,LON in degrees") },
  { NULL },
};
static const MhParam reach_params[] = {
  { "at", MH_KIND_TEXT, NULL, N_("LAT,LON in degrees") },
  { "seconds", MH_KIND_INT, NULL, N_("1 to 1800; 480 unless told otherwise") },
  { "profile", MH_KIND_ENUM, mh_map_profile_codes, N_("Emergency unless told otherwise: private roads are open") },
  { NULL },
};

static const MhParam shift_params[] = {
  { "open", MH_KIND_BOOL, NULL, N_("Only of those who have not signed off") },
  { "unit_id", MH_KIND_TEXT, NULL, N_("Only of this unit") },
  { NULL },
};
static const MhParam track_params[] = {
  { "from", MH_KIND_INSTANT, NULL, N_("Not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Before") },
  { NULL },
};

#define ADD (MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE)
#define CHANGE (MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE)

static const MhRoute routes[] = {
  { "map.current", "GET", "/maps/current", MH_MAY_READ_MAP, MH_ROUTE_PLAIN, 0, NULL, &mh_map_type, NULL, N_("The map that is shown; 404: none was imported"), "maps", NULL, MH_RATE_NORMAL },
  { "map.tile", "GET", "/tiles/{z}/{x}/{y}.png", MH_MAY_READ_MAP, MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, tile_params, N_("A picture of 256 pixels of the Mercator square, with an entity tag"), "maps", "image/png", MH_RATE_TILE },
  { "map.route", "GET", "/routes", MH_MAY_READ_MAP, MH_ROUTE_PLAIN, 0, NULL, &mh_map_way_type, way_params, N_("The fastest way from one place to another"), "maps", NULL, MH_RATE_NORMAL },
  { "map.reach", "GET", "/maps/reach", MH_MAY_READ_MAP, MH_ROUTE_PLAIN, 0, NULL, &mh_map_reach_type, reach_params, N_("What can be reached from a place within a time"), "maps", NULL, MH_RATE_HEAVY },
  { "map.addresses", "GET", "/addresses", MH_MAY_READ_MAP, MH_ROUTE_PLAIN, MH_ROUTE_LIST, NULL, &mh_map_address_type, near_params, N_("What a caller says, as places: the best first, 50 at most"), "maps", NULL, MH_RATE_NORMAL },
  { "map.nearest", "GET", "/addresses/nearest", MH_MAY_READ_MAP, MH_ROUTE_PLAIN, 0, NULL, &mh_map_address_type, at_params, N_("The address at a place; 404: there is none near it"), "maps", NULL, MH_RATE_NORMAL },
  { "zone.list", "GET", "/zones", MH_MAY_READ_FLEET, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_zone_type, NULL, N_("Zones on the map"), "fleet", NULL, MH_RATE_NORMAL },
  { "zone.read", "GET", "/zones/{id}", MH_MAY_READ_FLEET, MH_ROUTE_READ, 0, NULL, &mh_zone_type, NULL, N_("One zone"), "fleet", NULL, MH_RATE_NORMAL },
  { "zone.create", "POST", "/zones", MH_MAY_WRITE_FLEET, MH_ROUTE_WRITE, ADD, &mh_zone_type, &mh_zone_type, NULL, N_("Draw a zone"), "fleet", NULL, MH_RATE_NORMAL },
  { "zone.update", "PATCH", "/zones/{id}", MH_MAY_WRITE_FLEET, MH_ROUTE_WRITE, CHANGE, &mh_zone_type, &mh_zone_type, NULL, N_("Change a zone"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit.list", "GET", "/units", MH_MAY_READ_FLEET, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_unit_type, NULL, N_("Units of the rescue service"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit.read", "GET", "/units/{id}", MH_MAY_READ_FLEET, MH_ROUTE_READ, 0, NULL, &mh_unit_type, NULL, N_("One unit"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit.create", "POST", "/units", MH_MAY_WRITE_FLEET, MH_ROUTE_WRITE, ADD, &mh_unit_type, &mh_unit_type, NULL, N_("Register a unit"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit.update", "PATCH", "/units/{id}", MH_MAY_WRITE_FLEET, MH_ROUTE_WRITE, CHANGE, &mh_unit_type, &mh_unit_type, NULL, N_("Change a unit"), "fleet", NULL, MH_RATE_NORMAL },
  { "crew_shift.list", "GET", "/crew-shifts", MH_MAY_CREW_UNIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_crew_shift_type, shift_params, N_("Who is and was on which unit, newest first"), "fleet", NULL, MH_RATE_NORMAL },
  { "crew_shift.begin", "POST", "/crew-shifts", MH_MAY_CREW_UNIT, MH_ROUTE_WRITE, ADD, &mh_crew_shift_type, &mh_crew_shift_type, NULL, N_("Sign somebody on to a unit: oneself, or a colleague of one's own unit"), "fleet", NULL, MH_RATE_NORMAL },
  { "crew_shift.end", "POST", "/crew-shifts/{id}/end", MH_MAY_CREW_UNIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_crew_shift_type, NULL, N_("Sign off; the unit is off duty with its last one"), "fleet", NULL, MH_RATE_NORMAL },
  { "crew_person.list", "GET", "/crew-people", MH_MAY_CREW_UNIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_crew_person_type, NULL, N_("Crews and doctors of the hospital, and on which unit they are; by name"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit_state.list", "GET", "/unit-states", MH_MAY_CREW_UNIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_unit_state_type, NULL, N_("States of units; one that nobody ever was on has none"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit_state.update", "PATCH", "/unit-states/{id}", MH_MAY_CREW_UNIT, MH_ROUTE_WRITE, CHANGE, &mh_unit_state_type, &mh_unit_state_type, NULL, N_("Available, or out of service with a reason"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit_event.list", "GET", "/units/{id}/events", MH_MAY_CREW_UNIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_unit_event_type, NULL, N_("Changes of a unit's state, newest first"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit_place.list", "GET", "/unit-places", MH_MAY_CREW_UNIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_unit_place_type, NULL, N_("Where units were heard last"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit_position.list", "GET", "/units/{id}/positions", MH_MAY_CREW_UNIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_unit_position_type, track_params, N_("Positions of a unit, newest first"), "fleet", NULL, MH_RATE_NORMAL },
  { "unit_position.send", "POST", "/units/{id}/positions", MH_MAY_CREW_UNIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_FLEETING, &mh_unit_fixes_type, &mh_fixes_taken_type, NULL, N_("Send positions of the unit one is on"), "fleet", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_dispatch = { routes, G_N_ELEMENTS (routes) };
