/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A visit, from arrival to the doctor's signature (rules.md 7): registered → nurse assessed → with
 * the physician → disposition → signed; cancelled before anything was done, or the person left
 * without being seen. What is signed does not change any more: addenda are notes of the chart. The
 * patient's name, sex and date of birth stand on it so that a list needs no second read.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_VISIT_OUTPATIENT "outpatient"
#define MH_VISIT_EMERGENCY "emergency"
#define MH_VISIT_INPATIENT "inpatient"
#define MH_VISIT_DAY_CARE "day_care"
extern const MhCode mh_visit_kind_codes[];

#define MH_VISIT_REGISTERED "registered"
#define MH_VISIT_NURSE_ASSESSED "nurse_assessed"
#define MH_VISIT_WITH_PHYSICIAN "with_physician"
#define MH_VISIT_AT_DISPOSITION "disposition"
#define MH_VISIT_SIGNED "signed"
#define MH_VISIT_CANCELLED "cancelled"
#define MH_VISIT_LEFT "left"
extern const MhCode mh_visit_status_codes[];

/* Where the patient goes; "admitted", "transferred" and "referred" need a note that says where. */
#define MH_DISPOSITION_HOME "home"
#define MH_DISPOSITION_FOLLOW_UP "follow_up"
#define MH_DISPOSITION_OBSERVED "observed"
#define MH_DISPOSITION_ADMITTED "admitted"
#define MH_DISPOSITION_REFERRED "referred"
#define MH_DISPOSITION_TRANSFERRED "transferred"
#define MH_DISPOSITION_AGAINST_ADVICE "against_advice"
#define MH_DISPOSITION_DECEASED "deceased"
extern const MhCode mh_disposition_codes[];

/* Bands of NEWS2 (rules.md 8), by which somebody observes and calls for help. */
#define MH_NEWS2_ZERO "zero"
#define MH_NEWS2_LOW "low"
#define MH_NEWS2_SINGLE_THREE "single-three"
#define MH_NEWS2_MEDIUM "medium"
#define MH_NEWS2_HIGH "high"
#define MH_NEWS2_INCOMPLETE "incomplete"
#define MH_NEWS2_NOT_FOR "not-for"
extern const MhCode mh_news2_level_codes[];

enum
{
  MH_VISIT_HOSPITAL_ID = MH_N_COMMON,
  MH_VISIT_NUMBER,
  MH_VISIT_PATIENT_ID,
  MH_VISIT_PATIENT_NAME,
  MH_VISIT_PATIENT_MRN,
  MH_VISIT_PATIENT_SEX,
  MH_VISIT_PATIENT_BIRTH_DATE,
  MH_VISIT_KIND,
  MH_VISIT_STATUS,
  MH_VISIT_ARRIVED_AT,
  MH_VISIT_DEPARTMENT_ID,
  MH_VISIT_DEPARTMENT_NAME,
  MH_VISIT_DOCTOR_ID,
  MH_VISIT_DOCTOR_NAME,
  MH_VISIT_APPOINTMENT_ID,
  MH_VISIT_TOKEN,
  MH_VISIT_COMPLAINT,
  MH_VISIT_COMPLAINT_CODE,
  MH_VISIT_PLACE,
  MH_VISIT_ESI,
  MH_VISIT_ESI_POINT,
  MH_VISIT_TRIAGE_ANSWERS,
  MH_VISIT_TRIAGE_NOTE,
  MH_VISIT_TRIAGED_AT,
  MH_VISIT_TRIAGED_NAME,
  MH_VISIT_SPO2_SCALE,
  MH_VISIT_SPO2_SCALE_BY,
  MH_VISIT_SPO2_SCALE_AT,
  MH_VISIT_NEWS2,
  MH_VISIT_NEWS2_LEVEL,
  MH_VISIT_OBSERVED_AT,
  MH_VISIT_OBSERVE_BY,
  MH_VISIT_NURSE_AT,
  MH_VISIT_NURSE_NAME,
  MH_VISIT_PHYSICIAN_AT,
  MH_VISIT_DISPOSITION,
  MH_VISIT_DISPOSITION_NOTE,
  MH_VISIT_DISPOSITION_AT,
  MH_VISIT_SIGNED_AT,
  MH_VISIT_SIGNED_BY,
  MH_VISIT_SIGNED_NAME,
  MH_VISIT_NEEDS_COSIGN,
  MH_VISIT_COSIGNED_AT,
  MH_VISIT_COSIGNED_BY,
  MH_VISIT_COSIGNED_NAME,
  MH_VISIT_ENDED_AT,
  MH_VISIT_END_REASON,
  MH_VISIT_N_FIELDS,
};

/* A step of a visit. */
enum
{
  MH_VISIT_STEP_TO,
  MH_VISIT_STEP_DOCTOR_ID,
  MH_VISIT_STEP_DISPOSITION,
  MH_VISIT_STEP_NOTE,
  MH_VISIT_STEP_N_FIELDS,
};

/* Neither signed, cancelled nor left. */
gboolean mh_visit_is_open (MhRecord *visit);

G_END_DECLS
