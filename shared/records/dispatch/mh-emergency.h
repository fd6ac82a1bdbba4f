/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * An emergency call (rules.md 8): who calls from where, what is answered to the protocol's
 * questions, and what comes of it by shared/rules/dispatch/mh-interview.h: priority, what has to be
 * sent, words to say. Its state follows the units that
 * were sent (mh-mission.h); it is over when the last one that was there is clear, or it is
 * cancelled. Calls about one emergency are joined to the first of them, their head. Each answer and
 * each change is an event, which is never changed.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* Nobody is on it, or what the unit does that is farthest; then it is over. */
#define MH_EMERGENCY_OPEN "open"
#define MH_EMERGENCY_CLOSED "closed"
#define MH_EMERGENCY_CANCELLED "cancelled"
extern const MhCode mh_emergency_state_codes[];
extern const MhCode mh_emergency_priority_codes[];
extern const MhCode mh_emergency_need_codes[];

/* Why a call is cancelled; "other" needs a note. */
#define MH_EMERGENCY_END_OTHER "other"
extern const MhCode mh_emergency_end_codes[];

#define MH_EMERGENCY_DID_CALL "call"
#define MH_EMERGENCY_DID_CALLER "caller"
#define MH_EMERGENCY_DID_DETAILS "details"
#define MH_EMERGENCY_DID_ANSWER "answer"
#define MH_EMERGENCY_DID_JUDGED "judged"
#define MH_EMERGENCY_DID_PRIORITY "priority"
#define MH_EMERGENCY_DID_LAPSED "lapsed"
#define MH_EMERGENCY_DID_JOIN "join"
#define MH_EMERGENCY_DID_PART "part"
#define MH_EMERGENCY_DID_CANCEL "cancel"
#define MH_EMERGENCY_DID_OWNER "owner"
#define MH_EMERGENCY_DID_UNIT "unit"
#define MH_EMERGENCY_DID_PLAN "plan"
#define MH_EMERGENCY_DID_VETO "veto"
#define MH_EMERGENCY_DID_NOBODY "nobody"
#define MH_EMERGENCY_DID_CLOSE "close"
extern const MhCode mh_emergency_event_codes[];

extern const MhCode mh_emergency_near_codes[];

enum
{
  MH_EMERGENCY_CALL_HOSPITAL_ID = MH_N_COMMON,
  MH_EMERGENCY_CALL_NUMBER,
  MH_EMERGENCY_CALL_STATE,
  MH_EMERGENCY_CALL_CALL_AT,
  MH_EMERGENCY_CALL_PHONE,
  MH_EMERGENCY_CALL_CALLER_NAME,
  MH_EMERGENCY_CALL_LOCATION,
  MH_EMERGENCY_CALL_PLACE,
  MH_EMERGENCY_CALL_SUMMARY,
  MH_EMERGENCY_CALL_CARD,
  MH_EMERGENCY_CALL_CARD_TITLE,
  MH_EMERGENCY_CALL_ANSWERS,
  MH_EMERGENCY_CALL_JUDGED,
  MH_EMERGENCY_CALL_PROTOCOL_EDITION,
  MH_EMERGENCY_CALL_PRIORITY,
  MH_EMERGENCY_CALL_COMPUTED,
  MH_EMERGENCY_CALL_PRIORITY_FROM,
  MH_EMERGENCY_CALL_PRIORITY_REASON,
  MH_EMERGENCY_CALL_PRIORITY_NAME,
  MH_EMERGENCY_CALL_POINTS,
  MH_EMERGENCY_CALL_NEEDS,
  MH_EMERGENCY_CALL_SAY,
  MH_EMERGENCY_CALL_PROVISIONAL,
  MH_EMERGENCY_CALL_SEND_NOW,
  MH_EMERGENCY_CALL_HEAD_ID,
  MH_EMERGENCY_CALL_N_JOINED,
  MH_EMERGENCY_CALL_N_CALLERS,
  MH_EMERGENCY_CALL_TAKEN_BY,
  MH_EMERGENCY_CALL_TAKEN_NAME,
  MH_EMERGENCY_CALL_LOCATED_AT,
  MH_EMERGENCY_CALL_DETERMINED_AT,
  MH_EMERGENCY_CALL_DUE_AT,
  MH_EMERGENCY_CALL_ENDED_AT,
  MH_EMERGENCY_CALL_END_REASON,
  MH_EMERGENCY_CALL_END_NOTE,
  MH_EMERGENCY_CALL_OWNER_ID,
  MH_EMERGENCY_CALL_OWNER_NAME,
  MH_EMERGENCY_CALL_N_UNITS,
  MH_EMERGENCY_CALL_ON_SCENE_AT,
  MH_EMERGENCY_CALL_SENDS_AT,
  MH_EMERGENCY_CALL_VETO_NAME,
  MH_EMERGENCY_CALL_N_FIELDS,
};

/* All answers so far, each time. */
enum
{
  MH_EMERGENCY_ANSWERS_CARD,
  MH_EMERGENCY_ANSWERS_AGE,
  MH_EMERGENCY_ANSWERS_SEX,
  MH_EMERGENCY_ANSWERS_CONSCIOUS,
  MH_EMERGENCY_ANSWERS_BREATHING,
  MH_EMERGENCY_ANSWERS_ANSWERS,
  MH_EMERGENCY_ANSWERS_N_FIELDS,
};

/* Somebody else who calls about the same, or the same person again. */
enum
{
  MH_EMERGENCY_CALLER_HOSPITAL_ID = MH_N_COMMON,
  MH_EMERGENCY_CALLER_CALL_ID,
  MH_EMERGENCY_CALLER_AT,
  MH_EMERGENCY_CALLER_PHONE,
  MH_EMERGENCY_CALLER_NAME,
  MH_EMERGENCY_CALLER_SAID,
  MH_EMERGENCY_CALLER_BY_NAME,
  MH_EMERGENCY_CALLER_N_FIELDS,
};

enum
{
  MH_EMERGENCY_EVENT_HOSPITAL_ID = MH_N_COMMON,
  MH_EMERGENCY_EVENT_CALL_ID,
  MH_EMERGENCY_EVENT_AT,
  MH_EMERGENCY_EVENT_KIND,
  MH_EMERGENCY_EVENT_QUESTION,
  MH_EMERGENCY_EVENT_WAS,
  MH_EMERGENCY_EVENT_BECAME,
  MH_EMERGENCY_EVENT_REASON,
  MH_EMERGENCY_EVENT_PROTOCOL_EDITION,
  MH_EMERGENCY_EVENT_BY_ID,
  MH_EMERGENCY_EVENT_BY_NAME,
  MH_EMERGENCY_EVENT_N_FIELDS,
};

/* Another call that may be about the same emergency. */
enum
{
  MH_EMERGENCY_NEAR_CALL_ID,
  MH_EMERGENCY_NEAR_NUMBER,
  MH_EMERGENCY_NEAR_CALL_AT,
  MH_EMERGENCY_NEAR_PLACE,
  MH_EMERGENCY_NEAR_CARD_TITLE,
  MH_EMERGENCY_NEAR_PRIORITY,
  MH_EMERGENCY_NEAR_REASONS,
  MH_EMERGENCY_NEAR_METRES,
  MH_EMERGENCY_NEAR_SECONDS,
  MH_EMERGENCY_NEAR_JOINABLE,
  MH_EMERGENCY_NEAR_N_FIELDS,
};

enum
{
  MH_EMERGENCY_JOIN_HEAD_ID,
  MH_EMERGENCY_JOIN_N_FIELDS,
};

enum
{
  MH_EMERGENCY_CANCEL_REASON,
  MH_EMERGENCY_CANCEL_NOTE,
  MH_EMERGENCY_CANCEL_N_FIELDS,
};

/* Where a call comes from: the member "location". */
typedef struct
{
  gboolean has_point;
  double lat, lon; /* degrees */
  int off_m;       /* metres that the point may be off by */
  char *text;      /* NULL: none */
} MhEmergencyPlace;

#define MH_EMERGENCY_MOST_PLACE 200
#define MH_EMERGENCY_LEAST_DIGITS 3 /* of a number that can be called: 100 */
#define MH_EMERGENCY_MOST_OFF_METRES 50000

/* Cancelled or closed: it does not change any more. Pure. */
gboolean mh_emergency_is_over (MhRecord *call);

/* NULL, nothing typed, is also FALSE. Pure. */
gboolean mh_emergency_can_call (const char *phone);

/* @json {"lat","lon","off_m"?,"text"?}: a point, words or both. MH_ERROR_INVALID with the member
 * ("location.lat"). Pure. */
gboolean mh_emergency_place_parse (const char *json, MhEmergencyPlace *out_place, GError **error);
/* The same as JSON; caller frees. */
char *mh_emergency_place_put (const MhEmergencyPlace *place);
void mh_emergency_place_clear (MhEmergencyPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhEmergencyPlace, mh_emergency_place_clear)

G_END_DECLS
