/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Bookings, tokens of the waiting room, and who waits for a slot to become free. A booking goes
 * booked → arrived → in_room → done, or ends as cancelled, no_show or rescheduled; a rescheduled
 * one links to the one that took its place.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_APPOINTMENT_BOOKED "booked"
#define MH_APPOINTMENT_ARRIVED "arrived"
#define MH_APPOINTMENT_IN_ROOM "in_room"
#define MH_APPOINTMENT_DONE "done"
#define MH_APPOINTMENT_CANCELLED "cancelled"
#define MH_APPOINTMENT_NO_SHOW "no_show"
#define MH_APPOINTMENT_RESCHEDULED "rescheduled"
extern const MhCode mh_appointment_status_codes[];

extern const MhCode mh_appointment_kind_codes[];
extern const MhCode mh_overbook_reason_codes[];
extern const MhCode mh_appointment_reason_codes[]; /* why cancelled or moved */

/* Minutes after its time at which nobody has come (rules.md 12). */
#define MH_NO_SHOW_MINUTES 15

enum
{
  MH_APPOINTMENT_HOSPITAL_ID = MH_N_COMMON,
  MH_APPOINTMENT_PATIENT_ID,
  MH_APPOINTMENT_PATIENT_NAME,
  MH_APPOINTMENT_PATIENT_MRN,
  MH_APPOINTMENT_SCHEDULE_ID,
  MH_APPOINTMENT_SCHEDULE_NAME,
  MH_APPOINTMENT_PROVIDER,
  MH_APPOINTMENT_DOCTOR_ID,
  MH_APPOINTMENT_ROOM_NAME,
  MH_APPOINTMENT_DAY,
  MH_APPOINTMENT_SESSION_AT,
  MH_APPOINTMENT_START_AT,
  MH_APPOINTMENT_END_AT,
  MH_APPOINTMENT_SEAT,
  MH_APPOINTMENT_KIND,
  MH_APPOINTMENT_STATUS,
  MH_APPOINTMENT_REASON,
  MH_APPOINTMENT_NOTE,
  MH_APPOINTMENT_OVERBOOK_REASON,
  MH_APPOINTMENT_HOLD_ID,
  MH_APPOINTMENT_WAITING_ID,
  MH_APPOINTMENT_SERIES_ID,
  MH_APPOINTMENT_RESCHEDULED_FROM,
  MH_APPOINTMENT_RESCHEDULED_TO,
  MH_APPOINTMENT_BOOKED_AT,
  MH_APPOINTMENT_BOOKED_NAME,
  MH_APPOINTMENT_ARRIVED_AT,
  MH_APPOINTMENT_STARTED_AT,
  MH_APPOINTMENT_DONE_AT,
  MH_APPOINTMENT_ENDED_AT,
  MH_APPOINTMENT_END_REASON,
  MH_APPOINTMENT_VISIT_ID,
  MH_APPOINTMENT_TOKEN_ID,
  MH_APPOINTMENT_TOKEN_LABEL,
  MH_APPOINTMENT_N_FIELDS,
};

#define MH_STEP_ARRIVE "arrive"
#define MH_STEP_CALL "call"
#define MH_STEP_START "start"
#define MH_STEP_DONE "done"
#define MH_STEP_NO_SHOW "no_show"
#define MH_STEP_CANCEL "cancel"
#define MH_STEP_LEAVE "leave"
#define MH_STEP_BACK "back"
extern const MhCode mh_appointment_step_codes[];

/* What happens to a booking or a token. */
enum
{
  MH_STEP_STEP,
  MH_STEP_REASON,
  MH_STEP_ROOM_NAME,
  MH_STEP_COMPLAINT,
  MH_STEP_N_FIELDS,
};

/* To another time, or to another schedule, or both. */
enum
{
  MH_MOVE_SCHEDULE_ID,
  MH_MOVE_START_AT,
  MH_MOVE_HOLD_ID,
  MH_MOVE_REASON,
  MH_MOVE_OVERBOOK_REASON,
  MH_MOVE_N_FIELDS,
};

/* The same time of the day, every so many days. */
enum
{
  MH_SERIES_REQUEST_PATIENT_ID,
  MH_SERIES_REQUEST_SCHEDULE_ID,
  MH_SERIES_REQUEST_START_AT,
  MH_SERIES_REQUEST_EVERY_DAYS,
  MH_SERIES_REQUEST_TIMES,
  MH_SERIES_REQUEST_KIND,
  MH_SERIES_REQUEST_REASON,
  MH_SERIES_REQUEST_SKIP_TAKEN,
  MH_SERIES_REQUEST_SERIES_ID,
  MH_SERIES_REQUEST_BOOKED,
  MH_SERIES_REQUEST_NOT_BOOKED,
  MH_SERIES_REQUEST_N_FIELDS,
};

#define MH_TOKEN_WAITING "waiting"
#define MH_TOKEN_CALLED "called"
#define MH_TOKEN_IN_ROOM "in_room"
#define MH_TOKEN_DONE "done"
#define MH_TOKEN_LEFT "left"
extern const MhCode mh_token_status_codes[];

#define MH_TOKEN_BOOKED "booked"
#define MH_TOKEN_WALK_IN "walk_in"
#define MH_TOKEN_URGENT "urgent"
extern const MhCode mh_token_kind_codes[];

enum
{
  MH_TOKEN_HOSPITAL_ID = MH_N_COMMON,
  MH_TOKEN_SCHEDULE_ID,
  MH_TOKEN_SCHEDULE_NAME,
  MH_TOKEN_DAY,
  MH_TOKEN_NUMBER,
  MH_TOKEN_LABEL,
  MH_TOKEN_KIND,
  MH_TOKEN_STATUS,
  MH_TOKEN_PATIENT_ID,
  MH_TOKEN_PATIENT_NAME,
  MH_TOKEN_PATIENT_MRN,
  MH_TOKEN_APPOINTMENT_ID,
  MH_TOKEN_DUE_AT,
  MH_TOKEN_VISIT_ID,
  MH_TOKEN_COMPLAINT,
  MH_TOKEN_ROOM_NAME,
  MH_TOKEN_ISSUED_AT,
  MH_TOKEN_CALLED_AT,
  MH_TOKEN_N_CALLS,
  MH_TOKEN_STARTED_AT,
  MH_TOKEN_ENDED_AT,
  MH_TOKEN_N_FIELDS,
};

/* One queue as it stands: for the waiting room and the desk. Without names. Not stored. */
enum
{
  MH_QUEUE_SCHEDULE_ID,
  MH_QUEUE_NAME,
  MH_QUEUE_ROOM_NAME,
  MH_QUEUE_NOW,
  MH_QUEUE_NEXT,
  MH_QUEUE_N_WAITING,
  MH_QUEUE_NOW_NAME,
  MH_QUEUE_CALLED_AT,
  MH_QUEUE_N_FIELDS,
};

#define MH_WAITING_WAITING "waiting"
#define MH_WAITING_OFFERED "offered"
#define MH_WAITING_BOOKED "booked"
#define MH_WAITING_WITHDRAWN "withdrawn"
extern const MhCode mh_waiting_status_codes[];
#define MH_WAITING_ANY "any"
#define MH_WAITING_MORNING "morning"
#define MH_WAITING_AFTERNOON "afternoon"
extern const MhCode mh_waiting_part_codes[];
/* A slot that became free is kept so long for whom it is offered to. */
#define MH_OFFER_MINUTES 30

enum
{
  MH_WAITING_HOSPITAL_ID = MH_N_COMMON,
  MH_WAITING_PATIENT_ID,
  MH_WAITING_PATIENT_NAME,
  MH_WAITING_PATIENT_MRN,
  MH_WAITING_PHONE,
  MH_WAITING_SCHEDULE_ID,
  MH_WAITING_SCHEDULE_NAME,
  MH_WAITING_FROM_DATE,
  MH_WAITING_TO_DATE,
  MH_WAITING_PART,
  MH_WAITING_URGENT,
  MH_WAITING_NOTE,
  MH_WAITING_STATUS,
  MH_WAITING_OFFERED_AT,
  MH_WAITING_OFFERED_START,
  MH_WAITING_HOLD_ID,
  MH_WAITING_N_OFFERS,
  MH_WAITING_APPOINTMENT_ID,
  MH_WAITING_N_FIELDS,
};

G_END_DECLS
