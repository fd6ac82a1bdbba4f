/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a reception does with calendars, over the laboratory of lab-fixture.c: each call is one
 * transaction of the appointments' services. */
#include "tests/server/lab-fixture.h"

G_BEGIN_DECLS

#define DAY "2026-11-23" /* a Monday; the hospital is in Kolkata: 09:00 is 03:30 UTC */
#define AT(time) "2026-11-23T" time ":00.000Z"

typedef enum
{
  SCHEDULE,
  LEAVE,
  HOLD,
  BOOK,
  SERIES,
  MOVE,
  STEP,
  TOKEN,
  TOKEN_STEP,
  CALL,
  WISH,
  WISH_CHANGE,
  SWEEP,
  RELEASE,
  REMIND,
  REFUSE_SMS,
  TELL_NOTHING,
  DEATH,
} ApptWhat;

/* The reception has the rights of its role, and the clock stands at 07:30 of the day. */
Lab *appt_lab (const MhTestDb *test);
void appt_clock (Lab *lab, const char *instant);
/* Its id; caller frees. */
char *appt_patient (Lab *lab, int number);
/* A room's, so that no user is needed; its id. @hours: as MhSchedule has them. */
char *appt_schedule (Lab *lab, const char *code, const char *hours, int minutes, int capacity);

/* As a client would send them; @more: further members, from the comma on. */
MhRecord *appt_parse (const MhRecordType *type, const char *format, ...);
MhRecord *
appt_booking (const char *schedule, const char *patient, const char *start, const char *more);
MhRecord *appt_step (const char *name);

/* All take @body, NULL: none. The answer, NULL where there is none. */
MhRecord *appt_try (Lab *lab, ApptWhat what, const char *id, MhRecord *body, GError **error);
MhRecord *appt_must (Lab *lab, ApptWhat what, const char *id, MhRecord *body);
/* Refused with that code of that field. */
void appt_refused (Lab *lab,
                   ApptWhat what,
                   const char *id,
                   MhRecord *body,
                   const char *field,
                   const char *code);

/* Of whatever has a status. */
const char *appt_status (MhRecord *record);

G_END_DECLS
