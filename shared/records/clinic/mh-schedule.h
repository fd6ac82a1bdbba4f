/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * When somebody or something can be booked: a weekly pattern cut into slots, days away, slots kept
 * for a few minutes while a person decides. Times of the pattern are local to the hospital; all
 * instants are UTC and half-open: [start, end).
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_SCHEDULE_DOCTOR "doctor"
#define MH_SCHEDULE_ROOM "room"
#define MH_SCHEDULE_SERVICE "service"
extern const MhCode mh_schedule_kind_codes[];

/* Slots begin and end on whole steps of so many minutes: what the database compares. */
#define MH_SLOT_STEP_MINUTES 5
#define MH_SCHEDULE_MOST_SLOT_MINUTES 240
#define MH_SCHEDULE_MOST_CAPACITY 50
/* rules.md 12: never more than a tenth of a session beyond its slots. */
#define MH_OVERBOOK_MOST_PERCENT 10
/* How long a slot is kept for somebody who is deciding. */
#define MH_HOLD_MINUTES 5

enum
{
  MH_SCHEDULE_HOSPITAL_ID = MH_N_COMMON,
  MH_SCHEDULE_CODE,
  MH_SCHEDULE_NAME,
  MH_SCHEDULE_KIND,
  MH_SCHEDULE_DOCTOR_ID,
  MH_SCHEDULE_DEPARTMENT_ID,
  MH_SCHEDULE_ROOM_NAME,
  MH_SCHEDULE_HOURS,
  MH_SCHEDULE_VALID_FROM,
  MH_SCHEDULE_VALID_TO,
  MH_SCHEDULE_SLOT_MINUTES,
  MH_SCHEDULE_CAPACITY,
  MH_SCHEDULE_OVERBOOK_PERCENT,
  MH_SCHEDULE_WALK_IN_EVERY,
  MH_SCHEDULE_NOTE,
  MH_SCHEDULE_ACTIVE,
  MH_SCHEDULE_N_FIELDS,
};

#define MH_LEAVE_HOLIDAY "holiday"
#define MH_LEAVE_SICK "sick"
#define MH_LEAVE_TRAINING "training"
#define MH_LEAVE_EMERGENCY "emergency"
#define MH_LEAVE_CLOSED "closed"
#define MH_LEAVE_OTHER "other"
extern const MhCode mh_leave_reason_codes[];

/* Without a schedule and a doctor: the whole hospital is closed. */
enum
{
  MH_LEAVE_HOSPITAL_ID = MH_N_COMMON,
  MH_LEAVE_SCHEDULE_ID,
  MH_LEAVE_DOCTOR_ID,
  MH_LEAVE_START_AT,
  MH_LEAVE_END_AT,
  MH_LEAVE_REASON,
  MH_LEAVE_NOTE,
  MH_LEAVE_ACTIVE,
  MH_LEAVE_MADE_NAME,
  MH_LEAVE_TO_MOVE,
  MH_LEAVE_N_FIELDS,
};

/* One slot of one schedule as it is now. Not stored. */
enum
{
  MH_SLOT_SCHEDULE_ID,
  MH_SLOT_NAME,
  MH_SLOT_DOCTOR_ID,
  MH_SLOT_ROOM_NAME,
  MH_SLOT_DAY,
  MH_SLOT_SESSION_AT,
  MH_SLOT_START_AT,
  MH_SLOT_END_AT,
  MH_SLOT_CAPACITY,
  MH_SLOT_TAKEN,
  MH_SLOT_FREE,
  MH_SLOT_OVERBOOK_LEFT,
  MH_SLOT_AWAY,
  MH_SLOT_N_FIELDS,
};

enum
{
  MH_HOLD_HOSPITAL_ID = MH_N_COMMON,
  MH_HOLD_SCHEDULE_ID,
  MH_HOLD_START_AT,
  MH_HOLD_END_AT,
  MH_HOLD_SEAT,
  MH_HOLD_EXPIRES_AT,
  MH_HOLD_HELD_BY,
  MH_HOLD_HELD_NAME,
  MH_HOLD_WAITING_ID,
  MH_HOLD_N_FIELDS,
};

/*
 * The guard against two in one place, on both databases: a booking or hold owns one row for each
 * five minutes of its time; UNIQUE (owner, tick, seat). The owner is whoever is booked (seat: which
 * of the places of that time) and, with seat 0, the patient.
 */
enum
{
  MH_CLAIM_OWNER = MH_N_COMMON,
  MH_CLAIM_TICK,
  MH_CLAIM_SEAT,
  MH_CLAIM_HOLDER_ID,
  MH_CLAIM_EXPIRES_AT,
  MH_CLAIM_N_FIELDS,
};

G_END_DECLS
