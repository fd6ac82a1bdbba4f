/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Who works where and when: what benches a technician is trained for, and the weekly pattern of
 * shifts with its exceptions. What these mean is in shared/rules/lab/mh-assign.h.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* A trainee works beside somebody: no work is given to one automatically. */
#define MH_SKILL_TRAINEE "trainee"
#define MH_SKILL_INDEPENDENT "independent"
#define MH_SKILL_SENIOR "senior"
#define MH_SKILL_WITHDRAWN "withdrawn"
extern const MhCode mh_skill_level_codes[];

#define MH_SHIFT_WEEKLY "weekly" /* on the weekdays named, between the dates if given */
#define MH_SHIFT_EXTRA "extra"   /* on each day between the dates */
#define MH_SHIFT_AWAY "away"     /* not there, whatever the other rows say */
extern const MhCode mh_shift_kind_codes[];
extern const MhCode mh_weekday_codes[]; /* mon … sun */

/* Why an order has the technician it has. */
#define MH_ASSIGNED_AUTO "auto"
#define MH_ASSIGNED_IDLE "idle"
#define MH_ASSIGNED_OFF_SHIFT "off_shift"
#define MH_ASSIGNED_WORKLOAD "workload"
#define MH_ASSIGNED_SKILL "skill"
#define MH_ASSIGNED_ABSENCE "absence"
#define MH_ASSIGNED_URGENT "urgent"
#define MH_ASSIGNED_OWN_ENTRY "own_entry"
#define MH_ASSIGNED_OTHER "other"
extern const MhCode mh_assigned_reason_codes[];

enum
{
  MH_SKILL_HOSPITAL_ID = MH_N_COMMON,
  MH_SKILL_USER_ID,
  MH_SKILL_BENCH,
  MH_SKILL_LEVEL,
  MH_SKILL_NOTE,
  MH_SKILL_USER_NAME,
  MH_SKILL_BENCH_NAME,
  MH_SKILL_N_FIELDS,
};

enum
{
  MH_SHIFT_HOSPITAL_ID = MH_N_COMMON,
  MH_SHIFT_USER_ID,
  MH_SHIFT_KIND,
  MH_SHIFT_WEEKDAYS,
  MH_SHIFT_FROM_DATE,
  MH_SHIFT_UNTIL_DATE,
  MH_SHIFT_STARTS,
  MH_SHIFT_ENDS,
  MH_SHIFT_NOTE,
  MH_SHIFT_USER_NAME,
  MH_SHIFT_N_FIELDS,
};

/* A technician as the list "who works now" shows them. */
enum
{
  MH_TECHNICIAN_ID,
  MH_TECHNICIAN_NAME,
  MH_TECHNICIAN_ON_SHIFT,
  MH_TECHNICIAN_SHIFT,
  MH_TECHNICIAN_BENCHES,
  MH_TECHNICIAN_OPEN_MINUTES,
  MH_TECHNICIAN_OPEN_ORDERS,
  MH_TECHNICIAN_STAT_ORDERS,
  MH_TECHNICIAN_ASSIGNED_AT,
  MH_TECHNICIAN_ACTIVE_AT,
  MH_TECHNICIAN_BENCH_NAMES,
  MH_TECHNICIAN_N_FIELDS,
};

/* Body of POST /orders/{id}/assignment. */
enum
{
  MH_ASSIGNMENT_TECHNICIAN_ID,
  MH_ASSIGNMENT_REASON,
  MH_ASSIGNMENT_NOTE,
  MH_ASSIGNMENT_N_FIELDS,
};

G_END_DECLS
