/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A result that the technician hands to a supervisor: why, who was told, and what was answered. As
 * long as one is open nothing of its tests is verified by somebody else's routine.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_ESCALATION_UNEXPECTED "unexpected"
#define MH_ESCALATION_DELTA "delta"
#define MH_ESCALATION_CRITICAL "critical"
#define MH_ESCALATION_QC "qc"
#define MH_ESCALATION_SAMPLE "sample"
#define MH_ESCALATION_METHOD "method"
#define MH_ESCALATION_OTHER "other"
extern const MhCode mh_escalation_reason_codes[];

#define MH_ESCALATION_OPEN "open"
#define MH_ESCALATION_ANSWERED "answered"
extern const MhCode mh_escalation_status_codes[];

#define MH_ESCALATION_ACCEPT "accept"
#define MH_ESCALATION_REPEAT "repeat"
#define MH_ESCALATION_RECOLLECT "recollect"
#define MH_ESCALATION_REFER "refer"
#define MH_ESCALATION_WITHHOLD "withhold"
extern const MhCode mh_escalation_answer_codes[];

enum
{
  MH_ESCALATION_HOSPITAL_ID = MH_N_COMMON,
  MH_ESCALATION_ORDER_ID,
  MH_ESCALATION_PATIENT_ID,
  MH_ESCALATION_TEST,
  MH_ESCALATION_ANALYTE,
  MH_ESCALATION_REASON,
  MH_ESCALATION_NOTE,
  MH_ESCALATION_STATUS,
  MH_ESCALATION_BY_ID,
  MH_ESCALATION_BY_NAME,
  MH_ESCALATION_NOTIFIED_AT,
  MH_ESCALATION_ANSWER,
  MH_ESCALATION_ANSWER_NOTE,
  MH_ESCALATION_ANSWERED_BY,
  MH_ESCALATION_ANSWERED_NAME,
  MH_ESCALATION_ANSWERED_AT,
  MH_ESCALATION_N_FIELDS,
};

/* POST /orders/{id}/escalations */
enum
{
  MH_ESCALATION_PUT_ID,
  MH_ESCALATION_PUT_ANALYTE,
  MH_ESCALATION_PUT_REASON,
  MH_ESCALATION_PUT_NOTE,
  MH_ESCALATION_PUT_N_FIELDS,
};

/* POST /escalations/{id}/answer */
enum
{
  MH_ESCALATION_REPLY_ANSWER,
  MH_ESCALATION_REPLY_NOTE,
  MH_ESCALATION_REPLY_N_FIELDS,
};

G_END_DECLS
