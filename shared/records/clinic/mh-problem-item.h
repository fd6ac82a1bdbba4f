/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A problem of a patient: what a clinician wrote, with its ICD-10 code when one was chosen. Terms
 * are those of FHIR R4 Condition (clinicalStatus, verificationStatus, severity), "-" as "_".
 * Nothing is deleted: what was wrong is entered_in_error. What it was before is kept (mh-chart.h).
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_PROBLEM_ACTIVE "active"
#define MH_PROBLEM_RECURRENCE "recurrence"
#define MH_PROBLEM_INACTIVE "inactive"
#define MH_PROBLEM_REMISSION "remission"
#define MH_PROBLEM_RESOLVED "resolved"
extern const MhCode mh_problem_status_codes[];

#define MH_PROBLEM_UNCONFIRMED "unconfirmed"
#define MH_PROBLEM_PROVISIONAL "provisional"
#define MH_PROBLEM_DIFFERENTIAL "differential"
#define MH_PROBLEM_CONFIRMED "confirmed"
#define MH_PROBLEM_REFUTED "refuted"
#define MH_ENTERED_IN_ERROR "entered_in_error"
extern const MhCode mh_problem_verification_codes[];
extern const MhCode mh_problem_severity_codes[];

enum
{
  MH_PROBLEM_ITEM_HOSPITAL_ID = MH_N_COMMON,
  MH_PROBLEM_ITEM_PATIENT_ID,
  MH_PROBLEM_ITEM_VISIT_ID,
  MH_PROBLEM_ITEM_TITLE,
  MH_PROBLEM_ITEM_CODE,
  MH_PROBLEM_ITEM_CODE_TITLE,
  MH_PROBLEM_ITEM_STATUS,
  MH_PROBLEM_ITEM_VERIFICATION,
  MH_PROBLEM_ITEM_SEVERITY,
  MH_PROBLEM_ITEM_ONSET,
  MH_PROBLEM_ITEM_ENDED,
  MH_PROBLEM_ITEM_RANK,
  MH_PROBLEM_ITEM_NOTE,
  MH_PROBLEM_ITEM_RECORDED_NAME,
  MH_PROBLEM_ITEM_CHANGED_NAME,
  MH_PROBLEM_ITEM_N_FIELDS,
};

/* Does it count now: neither resolved or inactive nor refuted or wrongly entered? */
gboolean mh_problem_item_is_current (MhRecord *problem);

G_END_DECLS
