/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Units that are sent to emergencies, and the zones on the map that they look after or keep out of.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_UNIT_AMBULANCE "ambulance"
#define MH_UNIT_CAR "car"
#define MH_UNIT_MOTORBIKE "motorbike"
#define MH_UNIT_BOAT "boat"
#define MH_UNIT_HELICOPTER "helicopter"
#define MH_UNIT_FIRE "fire"
#define MH_UNIT_POLICE "police"
extern const MhCode mh_unit_kind_codes[];

/* What a unit can do: the codes of shared/rules/dispatch/mh-urgency.h. */
extern const MhCode mh_unit_can_codes[];

#define MH_ZONE_COVERAGE "coverage"
#define MH_ZONE_HOSPITAL "hospital"
#define MH_ZONE_SLOW "slow"
#define MH_ZONE_FORBIDDEN "forbidden"
#define MH_ZONE_EVENT "event"
extern const MhCode mh_zone_kind_codes[];

enum
{
  MH_UNIT_HOSPITAL_ID = MH_N_COMMON,
  MH_UNIT_CODE,
  MH_UNIT_KIND,
  MH_UNIT_CAN,
  MH_UNIT_PLATE,
  MH_UNIT_STATION,
  MH_UNIT_ZONE,
  MH_UNIT_NOTE,
  MH_UNIT_ACTIVE,
  MH_UNIT_N_FIELDS,
};

enum
{
  MH_ZONE_HOSPITAL_ID = MH_N_COMMON,
  MH_ZONE_CODE,
  MH_ZONE_NAME,
  MH_ZONE_KIND,
  MH_ZONE_CORNERS, /* [[LAT,LON],…], the last one again the first: mh_fence_read() */
  MH_ZONE_LEAST_UNITS,
  MH_ZONE_ACTIVE,
  MH_ZONE_N_FIELDS,
};

G_END_DECLS
