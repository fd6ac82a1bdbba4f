/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A tube that may hold another patient's blood: several values differ from those before by more
 * than can be (rules.md 4). Nothing of it is verified until somebody who did not enter the values
 * has looked, or it was collected again. A delta event is what explains a difference: a
 * transfusion, a dialysis; values from before it are not compared with those after.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_HOLD_OPEN "open"
#define MH_HOLD_RELEASED "released"
#define MH_HOLD_SOLVED "solved" /* the values were corrected and fit again */
extern const MhCode mh_hold_status_codes[];

#define MH_HOLD_CONFIRMED "confirmed"
#define MH_HOLD_EXPLAINED "explained"
#define MH_HOLD_OLD_WRONG "old_wrong"
extern const MhCode mh_hold_reason_codes[];

enum
{
  MH_TUBE_HOLD_HOSPITAL_ID = MH_N_COMMON,
  MH_TUBE_HOLD_SAMPLE_ID,
  MH_TUBE_HOLD_ORDER_ID,
  MH_TUBE_HOLD_PATIENT_ID,
  MH_TUBE_HOLD_ANALYTES,
  MH_TUBE_HOLD_STATUS,
  MH_TUBE_HOLD_HELD_AT,
  MH_TUBE_HOLD_REASON,
  MH_TUBE_HOLD_NOTE,
  MH_TUBE_HOLD_BY_ID,
  MH_TUBE_HOLD_BY_NAME,
  MH_TUBE_HOLD_RELEASED_AT,
  MH_TUBE_HOLD_N_FIELDS,
};

/* POST /tube-holds/{id}/release */
enum
{
  MH_HOLD_RELEASE_REASON,
  MH_HOLD_RELEASE_NOTE,
  MH_HOLD_RELEASE_N_FIELDS,
};

#define MH_DELTA_TRANSFUSION "transfusion"
#define MH_DELTA_DIALYSIS "dialysis"
#define MH_DELTA_SURGERY "surgery"
#define MH_DELTA_INFUSION "infusion"
extern const MhCode mh_delta_event_codes[];

enum
{
  MH_DELTA_EVENT_HOSPITAL_ID = MH_N_COMMON,
  MH_DELTA_EVENT_PATIENT_ID,
  MH_DELTA_EVENT_ORDER_ID,
  MH_DELTA_EVENT_KIND,
  MH_DELTA_EVENT_AT,
  MH_DELTA_EVENT_NOTE,
  MH_DELTA_EVENT_BY_ID,
  MH_DELTA_EVENT_BY_NAME,
  MH_DELTA_EVENT_N_FIELDS,
};

G_END_DECLS
