/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A mission: one unit that was sent to one emergency call (`/assignments`), with the instant of
 * each step of its clock (shared/rules/dispatch/mh-dispatch-clock.h). Who did a step and how stands
 * in its events, which are never changed. A unit has one open mission at most, which the database
 * holds (index mission_unit_open). Its crew sees what it needs of the call here, and nothing of
 * other units' missions.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* Open ones; each but the first is the state of the unit, too (mh_mission_unit_state()). */
#define MH_MISSION_ASKED "asked"
#define MH_MISSION_ASSIGNED "assigned"
#define MH_MISSION_EN_ROUTE "en_route"
#define MH_MISSION_ON_SCENE "on_scene"
#define MH_MISSION_TRANSPORTING "transporting"
#define MH_MISSION_AT_HOSPITAL "at_hospital"
/* It is over. */
#define MH_MISSION_DONE "done"
#define MH_MISSION_REFUSED "refused"
#define MH_MISSION_UNANSWERED "unanswered"
#define MH_MISSION_STOOD_DOWN "stood_down"
#define MH_MISSION_DIVERTED "diverted"
extern const MhCode mh_mission_state_codes[];

/* How a unit came to be sent. */
#define MH_MISSION_BY_PERSON "person"
#define MH_MISSION_BY_NEED "need"
#define MH_MISSION_BY_NEAREST "nearest"
#define MH_MISSION_BY_NEXT "next"
extern const MhCode mh_mission_how_codes[];

#define MH_MISSION_STEP_ACCEPTED "accepted"
#define MH_MISSION_STEP_REFUSED "refused"
extern const MhCode mh_mission_step_codes[];
/* Those of the clock, which can be corrected. */
extern const MhCode mh_mission_clock_codes[];

#define MH_MISSION_OTHER "other" /* of the two that follow; needs a note */
extern const MhCode mh_mission_refusal_codes[];
#define MH_MISSION_END_CANCELLED "cancelled"
extern const MhCode mh_mission_end_codes[];

#define MH_MISSION_DID_SENT "sent"
#define MH_MISSION_DID_CORRECT "correct"
#define MH_MISSION_DID_BACK "back"
extern const MhCode mh_mission_event_codes[];

#define MH_MISSION_HOW_BUTTON "button"
#define MH_MISSION_HOW_DISPATCHER "dispatcher"
#define MH_MISSION_HOW_PROPOSAL "proposal"
#define MH_MISSION_HOW_ITSELF "itself"
extern const MhCode mh_mission_event_how_codes[];

/* The bits of MhRescueNote and MhRescueOut, in their order. */
extern const MhCode mh_recommendation_note_codes[];
extern const MhCode mh_recommendation_out_codes[];
#define MH_RECOMMENDATION_ROAD "road"
#define MH_RECOMMENDATION_LINE "line"
#define MH_RECOMMENDATION_NOWHERE "nowhere"
extern const MhCode mh_recommendation_basis_codes[];

enum
{
  MH_MISSION_HOSPITAL_ID = MH_N_COMMON,
  MH_MISSION_CALL_ID,
  MH_MISSION_CALL_NUMBER,
  MH_MISSION_UNIT_ID,
  MH_MISSION_UNIT_CODE,
  MH_MISSION_STATE,
  MH_MISSION_HOW,
  MH_MISSION_NEEDS,
  MH_MISSION_PRIORITY,
  MH_MISSION_LOCATION,
  MH_MISSION_PLACE,
  MH_MISSION_WHAT,
  MH_MISSION_PHONE,
  MH_MISSION_ASSIGNED_NAME,
  MH_MISSION_ASSIGNED_AT,
  MH_MISSION_ANSWER_BY,
  MH_MISSION_ACCEPTED_AT,
  MH_MISSION_EN_ROUTE_AT,
  MH_MISSION_ON_SCENE_AT,
  MH_MISSION_AT_PATIENT_AT,
  MH_MISSION_DEPART_AT,
  MH_MISSION_AT_HOSPITAL_AT,
  MH_MISSION_HANDOVER_AT,
  MH_MISSION_CLEAR_AT,
  MH_MISSION_ENDED_AT,
  MH_MISSION_REFUSAL,
  MH_MISSION_END_REASON,
  MH_MISSION_NOTE,
  MH_MISSION_LEAVES_ID,
  MH_MISSION_LEAVES_NUMBER,
  MH_MISSION_CREW_IDS,
  MH_MISSION_N_FIELDS,
};

/* One step, correction or end. */
enum
{
  MH_MISSION_EVENT_HOSPITAL_ID = MH_N_COMMON,
  MH_MISSION_EVENT_MISSION_ID,
  MH_MISSION_EVENT_KIND,
  MH_MISSION_EVENT_STEP,
  MH_MISSION_EVENT_AT,
  MH_MISSION_EVENT_WAS_AT,
  MH_MISSION_EVENT_HOW,
  MH_MISSION_EVENT_REASON,
  MH_MISSION_EVENT_BY_ID,
  MH_MISSION_EVENT_BY_NAME,
  MH_MISSION_EVENT_N_FIELDS,
};

/* Body of POST /assignments. */
enum
{
  MH_MISSION_ORDER_ID,
  MH_MISSION_ORDER_CALL_ID,
  MH_MISSION_ORDER_UNIT_ID,
  MH_MISSION_ORDER_UNIT_VERSION,
  MH_MISSION_ORDER_DIVERT,
  MH_MISSION_ORDER_N_FIELDS,
};

enum
{
  MH_MISSION_STEP_ID,
  MH_MISSION_STEP_STEP,
  MH_MISSION_STEP_AT,
  MH_MISSION_STEP_PROPOSED,
  MH_MISSION_STEP_REFUSAL,
  MH_MISSION_STEP_NOTE,
  MH_MISSION_STEP_N_FIELDS,
};

enum
{
  MH_MISSION_STANDING_DOWN_REASON,
  MH_MISSION_STANDING_DOWN_NOTE,
  MH_MISSION_STANDING_DOWN_N_FIELDS,
};

enum
{
  MH_MISSION_CORRECTION_STEP,
  MH_MISSION_CORRECTION_AT,
  MH_MISSION_CORRECTION_REASON,
  MH_MISSION_CORRECTION_N_FIELDS,
};

/* A unit that may be sent, or one that is left out. Seconds that are no time of travel are what the
 * score adds. */
enum
{
  MH_RECOMMENDATION_UNIT_ID,
  MH_RECOMMENDATION_UNIT_CODE,
  MH_RECOMMENDATION_VERSION,
  MH_RECOMMENDATION_STATE,
  MH_RECOMMENDATION_PLANNED,
  MH_RECOMMENDATION_ETA_SECONDS,
  MH_RECOMMENDATION_METRES,
  MH_RECOMMENDATION_BASIS,
  MH_RECOMMENDATION_SCORE,
  MH_RECOMMENDATION_FIX_AGE,
  MH_RECOMMENDATION_FIX_SECONDS,
  MH_RECOMMENDATION_MISSIONS,
  MH_RECOMMENDATION_LOAD_SECONDS,
  MH_RECOMMENDATION_ZONE,
  MH_RECOMMENDATION_ZONE_LEFT,
  MH_RECOMMENDATION_ZONE_LEAST,
  MH_RECOMMENDATION_COVERAGE_SECONDS,
  MH_RECOMMENDATION_DIVERT,
  MH_RECOMMENDATION_DIVERT_SECONDS,
  MH_RECOMMENDATION_LEAVES_NUMBER,
  MH_RECOMMENDATION_COVERS,
  MH_RECOMMENDATION_LACKS,
  MH_RECOMMENDATION_NOTES,
  MH_RECOMMENDATION_OUT,
  MH_RECOMMENDATION_REASONS,
  MH_RECOMMENDATION_N_FIELDS,
};

/* Is it still one of the open states? Pure. */
gboolean mh_mission_is_open (MhRecord *mission);
/* The state that its unit has; "available" once it is over. Pure. */
const char *mh_mission_unit_state (MhRecord *mission);
/* Is it told to somebody: who directs units, and who is on this one. Pure. */
gboolean mh_mission_is_for (MhRecord *mission, const char *user_id, const char *const *rights);

G_END_DECLS
