/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Who is on the way to a hospital: told by the dispatcher, answered by the hospital, ended when it
 * has taken the patient over (shared/rules/dispatch/mh-arrival-steps.h). It keeps a bed from when
 * it is told until the hospital reports its beds after it has the patient, or refuses.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_ARRIVAL_TOLD "told"
#define MH_ARRIVAL_ACCEPTED "accepted"
#define MH_ARRIVAL_REFUSED "refused"
#define MH_ARRIVAL_ARRIVED "arrived"
#define MH_ARRIVAL_HANDED_OVER "handed_over"
#define MH_ARRIVAL_CANCELLED "cancelled"
extern const MhCode mh_arrival_state_codes[];

#define MH_ARRIVAL_ACCEPT "accept"
#define MH_ARRIVAL_REFUSE "refuse"
#define MH_ARRIVAL_ARRIVE "arrive"
#define MH_ARRIVAL_HAND_OVER "hand_over"
#define MH_ARRIVAL_CANCEL "cancel"
extern const MhCode mh_arrival_step_codes[];

/* Why a hospital refuses; "other" needs a note. */
#define MH_ARRIVAL_REFUSAL_OTHER "other"
extern const MhCode mh_arrival_refusal_codes[];

enum
{
  MH_ARRIVAL_HOSPITAL_ID = MH_N_COMMON,
  MH_ARRIVAL_SITE_ID,
  MH_ARRIVAL_SITE_NAME,
  MH_ARRIVAL_MEMBER_ID,
  MH_ARRIVAL_CALL_ID,
  MH_ARRIVAL_CALL_NUMBER,
  MH_ARRIVAL_STATE,
  MH_ARRIVAL_PRIORITY,
  MH_ARRIVAL_NEEDS,
  MH_ARRIVAL_PATIENT,
  MH_ARRIVAL_WHAT,
  MH_ARRIVAL_DUE_AT,
  MH_ARRIVAL_KEEPS_BED,
  MH_ARRIVAL_TOLD_AT,
  MH_ARRIVAL_TOLD_NAME,
  MH_ARRIVAL_ANSWERED_AT,
  MH_ARRIVAL_ANSWERED_NAME,
  MH_ARRIVAL_REFUSAL,
  MH_ARRIVAL_NOTE,
  MH_ARRIVAL_ARRIVED_AT,
  MH_ARRIVAL_HANDED_AT,
  MH_ARRIVAL_HANDED_NAME,
  MH_ARRIVAL_ENDED_AT,
  MH_ARRIVAL_N_FIELDS,
};

enum
{
  MH_ARRIVAL_STEP_STEP,
  MH_ARRIVAL_STEP_REFUSAL,
  MH_ARRIVAL_STEP_NOTE,
  MH_ARRIVAL_STEP_AT,
  MH_ARRIVAL_STEP_N_FIELDS,
};

G_END_DECLS
