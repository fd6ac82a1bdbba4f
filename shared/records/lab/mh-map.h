/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the server tells of its map of OpenStreetMap: the map itself, ways over its roads, what can
 * be reached, addresses. None is stored, none is about a patient. A place is [lat, lon] in degrees,
 * a line a list of places. Whoever shows any of it shows the attribution. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_MAP_PROFILE_EMERGENCY "emergency"
#define MH_MAP_PROFILE_CAR "car"
extern const MhCode mh_map_profile_codes[];

#define MH_MAP_STYLE_DAY "day"
#define MH_MAP_STYLE_NIGHT "night"
extern const MhCode mh_map_style_codes[];

#define MH_MAP_KIND_PLACE "place"
#define MH_MAP_KIND_LANDMARK "landmark"
#define MH_MAP_KIND_STREET "street"
#define MH_MAP_KIND_HOUSE "house"
#define MH_MAP_KIND_CROSSING "crossing"
#define MH_MAP_KIND_COORDINATES "coordinates"
#define MH_MAP_KIND_PLUS_CODE "plus_code"
extern const MhCode mh_map_kind_codes[];

/* What is to be done at a step of a route, in the order of MhRoadTurn. */
extern const MhCode mh_map_turn_codes[];

enum
{
  MH_MAP_NAME,
  MH_MAP_VERSION,
  MH_MAP_ATTRIBUTION,
  MH_MAP_IMPORTED_AT,
  MH_MAP_BOUNDS, /* [south-west, north-east] */
  MH_MAP_CENTRE,
  MH_MAP_LEAST_ZOOM,
  MH_MAP_MOST_ZOOM,
  MH_MAP_N_FIELDS,
};

enum
{
  MH_MAP_STEP_TEXT,
  MH_MAP_STEP_METRES,
  MH_MAP_STEP_SECONDS,
  MH_MAP_STEP_TURN,
  MH_MAP_STEP_HEADING,
  MH_MAP_STEP_STREET,
  MH_MAP_STEP_EXIT,
  MH_MAP_STEP_AGAINST,
  MH_MAP_STEP_N_FIELDS,
};

enum
{
  MH_MAP_WAY_SECONDS,
  MH_MAP_WAY_METRES,
  MH_MAP_WAY_INSTRUCTIONS,
  MH_MAP_WAY_LINE,
  MH_MAP_WAY_N_FIELDS,
};

enum
{
  MH_MAP_REACH_SECONDS,
  MH_MAP_REACH_RINGS,
  MH_MAP_REACH_N_FIELDS,
};

enum
{
  MH_MAP_ADDRESS_KIND,
  MH_MAP_ADDRESS_NAME,
  MH_MAP_ADDRESS_PLACE,
  MH_MAP_ADDRESS_AT,
  MH_MAP_ADDRESS_METRES,
  MH_MAP_ADDRESS_LACKS_NUMBER,
  MH_MAP_ADDRESS_N_FIELDS,
};

G_END_DECLS
