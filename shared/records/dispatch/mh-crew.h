/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Units in motion: who is on them (a shift is one person's on one unit), in which state they are,
 * and where they were. The state and the place have the unit's id. They are two records because
 * the state's version is what a unit is reserved by, and a fix must not change it.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_CREW_MOST_HOURS 16 /* of one shift */
#define MH_CREW_MOST_FIXES 500
#define MH_CREW_MOST_ACCURACY 200 /* metres; what may be off by more says too little */

extern const MhCode mh_crew_duty_codes[];

/* The codes of MhRescueState, in its order. */
#define MH_UNIT_OFF "off"
#define MH_UNIT_OUT_OF_SERVICE "out_of_service"
#define MH_UNIT_AVAILABLE "available"
#define MH_UNIT_RESERVED "reserved"
extern const MhCode mh_unit_state_codes[];
extern const MhCode mh_unit_idle_codes[];
#define MH_UNIT_BY_BUTTON "button"
#define MH_UNIT_BY_DISPATCHER "dispatcher"
#define MH_UNIT_BY_ITSELF "itself"
extern const MhCode mh_unit_how_codes[];

#define MH_FIX_WHY_LATE "late"
#define MH_FIX_WHY_IMPOSSIBLE "impossible"
#define MH_FIX_WHY_INACCURATE "inaccurate"
extern const MhCode mh_fix_why_codes[];

enum
{
  MH_CREW_SHIFT_HOSPITAL_ID = MH_N_COMMON,
  MH_CREW_SHIFT_UNIT_ID,
  MH_CREW_SHIFT_UNIT_CODE,
  MH_CREW_SHIFT_USER_ID,
  MH_CREW_SHIFT_USER_NAME,
  MH_CREW_SHIFT_DUTY,
  MH_CREW_SHIFT_BEGAN_AT,
  MH_CREW_SHIFT_UNTIL,
  MH_CREW_SHIFT_ENDED_AT,
  MH_CREW_SHIFT_N_FIELDS,
};

enum
{
  MH_UNIT_STATE_HOSPITAL_ID = MH_N_COMMON,
  MH_UNIT_STATE_UNIT_CODE,
  MH_UNIT_STATE_STATE,
  MH_UNIT_STATE_SINCE,
  MH_UNIT_STATE_HOW,
  MH_UNIT_STATE_REASON,
  MH_UNIT_STATE_BY_NAME,
  MH_UNIT_STATE_CALL_ID,
  MH_UNIT_STATE_CALL_NUMBER,
  MH_UNIT_STATE_N_FIELDS,
};

/* One change of the state; never changed itself. */
enum
{
  MH_UNIT_EVENT_HOSPITAL_ID = MH_N_COMMON,
  MH_UNIT_EVENT_UNIT_ID,
  MH_UNIT_EVENT_AT,
  MH_UNIT_EVENT_WAS,
  MH_UNIT_EVENT_BECAME,
  MH_UNIT_EVENT_HOW,
  MH_UNIT_EVENT_REASON,
  MH_UNIT_EVENT_BY_NAME,
  MH_UNIT_EVENT_N_FIELDS,
};

/* The last fix, and how many were dropped so far. */
enum
{
  MH_UNIT_PLACE_HOSPITAL_ID = MH_N_COMMON,
  MH_UNIT_PLACE_UNIT_CODE,
  MH_UNIT_PLACE_FIX_AT,
  MH_UNIT_PLACE_LAT,
  MH_UNIT_PLACE_LON,
  MH_UNIT_PLACE_ACCURACY_M,
  MH_UNIT_PLACE_SPEED_KMH,
  MH_UNIT_PLACE_HEADING,
  MH_UNIT_PLACE_HEARD_AT,
  MH_UNIT_PLACE_N_DROPPED,
  MH_UNIT_PLACE_STRANGE,
  MH_UNIT_PLACE_N_FIELDS,
};

enum
{
  MH_UNIT_POSITION_HOSPITAL_ID = MH_N_COMMON,
  MH_UNIT_POSITION_UNIT_ID,
  MH_UNIT_POSITION_AT,
  MH_UNIT_POSITION_LAT,
  MH_UNIT_POSITION_LON,
  MH_UNIT_POSITION_ACCURACY_M,
  MH_UNIT_POSITION_SPEED_KMH,
  MH_UNIT_POSITION_HEADING,
  MH_UNIT_POSITION_N_FIELDS,
};

enum
{
  MH_UNIT_FIXES_FIXES,
  MH_UNIT_FIXES_N_FIELDS,
};

enum
{
  MH_FIX_DROPPED_AT,
  MH_FIX_DROPPED_REASON,
  MH_FIX_DROPPED_N_FIELDS,
};

enum
{
  MH_FIXES_TAKEN_TAKEN,
  MH_FIXES_TAKEN_DROPPED,
  MH_FIXES_TAKEN_N_FIELDS,
};

/* Who may be signed on to a unit. */
enum
{
  MH_CREW_PERSON_ID,
  MH_CREW_PERSON_NAME,
  MH_CREW_PERSON_DESIGNATION,
  MH_CREW_PERSON_UNIT_CODE,
  MH_CREW_PERSON_N_FIELDS,
};

/* @shift has not ended, and is @user_id's. */
gboolean mh_crew_shift_is_on (MhRecord *shift, const char *user_id);

G_END_DECLS
