/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-map.h"

#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_map_profile_codes[] = {
  { MH_MAP_PROFILE_EMERGENCY, N_("Emergency vehicle") },
  { MH_MAP_PROFILE_CAR, N_("Car") },
  { NULL },
};
const MhCode mh_map_style_codes[] = {
  { MH_MAP_STYLE_DAY, N_("By day") },
  { MH_MAP_STYLE_NIGHT, N_("By night") },
  { NULL },
};
const MhCode mh_map_kind_codes[] = {
  { MH_MAP_KIND_PLACE, N_("Town or district") },
  { MH_MAP_KIND_LANDMARK, N_("Landmark") },
  { MH_MAP_KIND_STREET, N_("Street") },
  { MH_MAP_KIND_HOUSE, N_("House") },
  { MH_MAP_KIND_CROSSING, N_("Crossing") },
  { MH_MAP_KIND_COORDINATES, N_("Coordinates") },
  { MH_MAP_KIND_PLUS_CODE, N_("Plus code") },
  { NULL },
};
const MhCode mh_map_turn_codes[] = {
  { "depart", N_("Set out") },
  { "straight", N_("Go straight on") },
  { "slight_left", N_("Bear left") },
  { "left", N_("Turn left") },
  { "sharp_left", N_("Turn sharp left") },
  { "slight_right", N_("Bear right") },
  { "right", N_("Turn right") },
  { "sharp_right", N_("Turn sharp right") },
  { "round", N_("Turn round") },
  { "roundabout", N_("Drive into the roundabout") },
  { "leave", N_("Leave the roundabout") },
  { "arrive", N_("You are there") },
  { NULL },
};

static const MhField map_fields[] = {
  [MH_MAP_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET },
  [MH_MAP_VERSION]     = { "version", MH_KIND_TEXT, .label = N_("Version"), .flags = MH_SERVER_SET, .help = N_("Follows from what is in the file: another one if and only if the map is another") },
  [MH_MAP_ATTRIBUTION] = { "attribution", MH_KIND_TEXT, .label = N_("Attribution"), .flags = MH_SERVER_SET, .help = N_("Stands on every map that is shown") },
  [MH_MAP_IMPORTED_AT] = { "imported_at", MH_KIND_INSTANT, .label = N_("Imported"), .flags = MH_SERVER_SET },
  [MH_MAP_BOUNDS]      = { "bounds", MH_KIND_JSON, .label = N_("Bounds"), .flags = MH_SERVER_SET, .help = N_("South-west and north-east corner, each latitude and longitude") },
  [MH_MAP_CENTRE]      = { "centre", MH_KIND_JSON, .label = N_("Centre"), .flags = MH_SERVER_SET, .help = N_("Latitude and longitude") },
  [MH_MAP_LEAST_ZOOM]  = { "least_zoom", MH_KIND_INT, .label = N_("Least zoom"), .flags = MH_SERVER_SET },
  [MH_MAP_MOST_ZOOM]   = { "most_zoom", MH_KIND_INT, .label = N_("Most zoom"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (map_fields) == MH_MAP_N_FIELDS);

static const MhField step_fields[] = {
  [MH_MAP_STEP_TEXT]    = { "text", MH_KIND_TEXT, .label = N_("What to do"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_MAP_STEP_METRES]  = { "metres", MH_KIND_INT, .label = N_("Distance"), .unit = "m", .flags = MH_SERVER_SET, .help = N_("To the next instruction") },
  [MH_MAP_STEP_SECONDS] = { "seconds", MH_KIND_INT, .label = N_("Duration"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_MAP_STEP_TURN]    = { "turn", MH_KIND_ENUM, .label = N_("Turn"), .codes = mh_map_turn_codes, .flags = MH_SERVER_SET, .help = N_("The same as the text, for who words it in another language") },
  [MH_MAP_STEP_HEADING] = { "heading", MH_KIND_INT, .label = N_("Heading"), .unit = "°", .flags = MH_SERVER_SET, .help = N_("Where one looks after it, from north by east") },
  [MH_MAP_STEP_STREET]  = { "street", MH_KIND_TEXT, .label = N_("Street"), .flags = MH_SERVER_SET, .max = 300, .help = N_("The road after it: its name, else its number") },
  [MH_MAP_STEP_EXIT]    = { "exit", MH_KIND_INT, .label = N_("Exit"), .flags = MH_SERVER_SET, .help = N_("Of a roundabout, from 1") },
  [MH_MAP_STEP_AGAINST] = { "against_one_way", MH_KIND_BOOL, .label = N_("Against the one-way"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (step_fields) == MH_MAP_STEP_N_FIELDS);

static const MhField way_fields[] = {
  [MH_MAP_WAY_SECONDS]      = { "seconds", MH_KIND_INT, .label = N_("Duration"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_MAP_WAY_METRES]       = { "metres", MH_KIND_INT, .label = N_("Distance"), .unit = "m", .flags = MH_SERVER_SET },
  [MH_MAP_WAY_INSTRUCTIONS] = { "instructions", MH_KIND_RECORDS, .label = N_("Instructions"), .target = &mh_map_step_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 10000 },
  [MH_MAP_WAY_LINE]         = { "line", MH_KIND_JSON, .label = N_("Line"), .flags = MH_SERVER_SET, .help = N_("Places, each latitude and longitude") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (way_fields) == MH_MAP_WAY_N_FIELDS);

static const MhField reach_fields[] = {
  [MH_MAP_REACH_SECONDS] = { "seconds", MH_KIND_INT, .label = N_("Duration"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_MAP_REACH_RINGS]   = { "rings", MH_KIND_JSON, .label = N_("Area"), .flags = MH_SERVER_SET, .help = N_("Closed rings of places: against the clock around what is reached, with the clock around what is left out inside of it") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (reach_fields) == MH_MAP_REACH_N_FIELDS);

static const MhField address_fields[] = {
  [MH_MAP_ADDRESS_KIND]         = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_map_kind_codes, .flags = MH_SERVER_SET },
  [MH_MAP_ADDRESS_NAME]         = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET, .max = 600 },
  [MH_MAP_ADDRESS_PLACE]        = { "place", MH_KIND_TEXT, .label = N_("Town or district"), .flags = MH_SERVER_SET, .max = 300 },
  [MH_MAP_ADDRESS_AT]           = { "at", MH_KIND_JSON, .label = N_("Place"), .flags = MH_SERVER_SET, .help = N_("Latitude and longitude") },
  [MH_MAP_ADDRESS_METRES]       = { "metres", MH_KIND_INT, .label = N_("Distance"), .unit = "m", .flags = MH_SERVER_SET, .help = N_("From the place that was given, if one was") },
  [MH_MAP_ADDRESS_LACKS_NUMBER] = { "lacks_number", MH_KIND_BOOL, .label = N_("House not known"), .flags = MH_SERVER_SET, .help = N_("The map knows the street, not the house that was asked for") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (address_fields) == MH_MAP_ADDRESS_N_FIELDS);

const MhRecordType mh_map_type = {
  .name = "MhMap", .code = "map",
  .label = N_("Map"), .fields = map_fields, .n_fields = G_N_ELEMENTS (map_fields),
};
const MhRecordType mh_map_step_type = {
  .name = "MhMapStep", .code = "map_step",
  .label = N_("Instruction of a route"), .fields = step_fields, .n_fields = G_N_ELEMENTS (step_fields),
};
const MhRecordType mh_map_way_type = {
  .name = "MhMapWay", .code = "map_way",
  .label = N_("Route"), .fields = way_fields, .n_fields = G_N_ELEMENTS (way_fields),
};
const MhRecordType mh_map_reach_type = {
  .name = "MhMapReach", .code = "map_reach",
  .label = N_("What can be reached"), .fields = reach_fields, .n_fields = G_N_ELEMENTS (reach_fields),
};
const MhRecordType mh_map_address_type = {
  .name = "MhMapAddress", .code = "map_address",
  .label = N_("Address on the map"), .fields = address_fields, .n_fields = G_N_ELEMENTS (address_fields),
};
/* clang-format on */
