/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What happens to a report after its release: the change that one person proposes and another one
 * verifies, who has seen which version, and who was told that there is a newer one.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* FHIR R4: corrected is a fix of an error, amended any other change, appended leaves everything as
 * it was and adds words. Withdrawn becomes cancelled (never final) or entered in error. */
#define MH_REPORT_CHANGE_CORRECT "correct"
#define MH_REPORT_CHANGE_AMEND "amend"
#define MH_REPORT_CHANGE_APPEND "append"
#define MH_REPORT_CHANGE_WITHDRAW "withdraw"
extern const MhCode mh_report_change_kind_codes[];

#define MH_REPORT_REASON_TYPING "typing"
#define MH_REPORT_REASON_CALCULATION "calculation"
#define MH_REPORT_REASON_ANALYSER "analyser"
#define MH_REPORT_REASON_CALIBRATION "calibration"
#define MH_REPORT_REASON_QC "qc"
#define MH_REPORT_REASON_UNIT "unit"
#define MH_REPORT_REASON_SAMPLE_MIX_UP "sample_mix_up"
#define MH_REPORT_REASON_WRONG_PATIENT "wrong_patient"
#define MH_REPORT_REASON_IDENTITY "identity"
#define MH_REPORT_REASON_SAMPLE_UNFIT "sample_unfit"
#define MH_REPORT_REASON_REPEATED "repeated"
#define MH_REPORT_REASON_INFORMATION "information"
#define MH_REPORT_REASON_INTERPRETATION "interpretation"
#define MH_REPORT_REASON_DUPLICATE "duplicate"
#define MH_REPORT_REASON_OTHER "other"
extern const MhCode mh_report_reason_codes[];

#define MH_REPORT_CHANGE_WAITING "waiting"
#define MH_REPORT_CHANGE_VERIFIED "verified"
#define MH_REPORT_CHANGE_RETURNED "returned"
extern const MhCode mh_report_change_status_codes[];

#define MH_REPORT_SEEN "seen"
#define MH_REPORT_PRINTED "printed"
#define MH_REPORT_MAILED "mailed"
#define MH_REPORT_FETCHED "fetched" /* by the patient, from the page behind the QR code */
extern const MhCode mh_report_access_codes[];

/* One value or one line of the header, before and after. */
enum
{
  MH_REPORT_CHANGE_VALUE_CHANGE_ID = MH_N_COMMON,
  MH_REPORT_CHANGE_VALUE_ANALYTE,
  MH_REPORT_CHANGE_VALUE_NAME,
  MH_REPORT_CHANGE_VALUE_UNIT,
  MH_REPORT_CHANGE_VALUE_OLD,
  MH_REPORT_CHANGE_VALUE_OLD_FLAG,
  MH_REPORT_CHANGE_VALUE_NEW,
  MH_REPORT_CHANGE_VALUE_NEW_FLAG,
  MH_REPORT_CHANGE_VALUE_COMMENT,
  MH_REPORT_CHANGE_VALUE_SORT_ORDER,
  /* Of what is determined twice: another person's own determination, who signs the change first. */
  MH_REPORT_CHANGE_VALUE_SECOND_WANTED,
  MH_REPORT_CHANGE_VALUE_SECOND_VALUE,
  MH_REPORT_CHANGE_VALUE_SECOND_BY,
  MH_REPORT_CHANGE_VALUE_SECOND_NAME,
  MH_REPORT_CHANGE_VALUE_SECOND_AT,
  MH_REPORT_CHANGE_VALUE_N_FIELDS,
};

enum
{
  MH_REPORT_CHANGE_HOSPITAL_ID = MH_N_COMMON,
  MH_REPORT_CHANGE_ORDER_ID,
  MH_REPORT_CHANGE_ORDER_NUMBER,
  MH_REPORT_CHANGE_PATIENT_ID,
  MH_REPORT_CHANGE_REPORT_ID,
  MH_REPORT_CHANGE_VERSION_NO,
  MH_REPORT_CHANGE_KIND,
  MH_REPORT_CHANGE_REASON,
  MH_REPORT_CHANGE_NOTE,
  MH_REPORT_CHANGE_COMMENT,
  MH_REPORT_CHANGE_VALUES,
  MH_REPORT_CHANGE_STATUS,
  MH_REPORT_CHANGE_BY_ID,
  MH_REPORT_CHANGE_BY_NAME,
  MH_REPORT_CHANGE_AT,
  MH_REPORT_CHANGE_DECIDED_BY,
  MH_REPORT_CHANGE_DECIDED_NAME,
  MH_REPORT_CHANGE_DECIDED_AT,
  MH_REPORT_CHANGE_DECISION_NOTE,
  MH_REPORT_CHANGE_NEW_REPORT_ID,
  /* Signatures besides the proposer's: as many as the bench asks for, at least one. */
  MH_REPORT_CHANGE_LEVELS,
  MH_REPORT_CHANGE_LEVEL,
  MH_REPORT_CHANGE_LEVEL1_BY,
  MH_REPORT_CHANGE_LEVEL1_NAME,
  MH_REPORT_CHANGE_LEVEL1_AT,
  MH_REPORT_CHANGE_LEVEL2_BY,
  MH_REPORT_CHANGE_LEVEL2_NAME,
  MH_REPORT_CHANGE_LEVEL2_AT,
  MH_REPORT_CHANGE_N_FIELDS,
};
/* May a change of @kind be made for @reason? */
gboolean mh_report_change_reason_fits (const char *kind, const char *reason);

/* Who has seen, printed or was mailed a version. Rows are only added; "seen" once for each person
 * and version. */
enum
{
  MH_REPORT_ACCESS_HOSPITAL_ID = MH_N_COMMON,
  MH_REPORT_ACCESS_ORDER_ID,
  MH_REPORT_ACCESS_PATIENT_ID,
  MH_REPORT_ACCESS_REPORT_ID,
  MH_REPORT_ACCESS_VERSION_NO,
  MH_REPORT_ACCESS_HOW,
  MH_REPORT_ACCESS_BY_ID,
  MH_REPORT_ACCESS_BY_NAME,
  MH_REPORT_ACCESS_ROLE,
  MH_REPORT_ACCESS_STATION,
  MH_REPORT_ACCESS_MAIL_ID,
  MH_REPORT_ACCESS_COPY_NO,
  MH_REPORT_ACCESS_AT,
  MH_REPORT_ACCESS_N_FIELDS,
};

/* To one person: what you have seen was replaced. */
enum
{
  MH_REPORT_NOTICE_HOSPITAL_ID = MH_N_COMMON,
  MH_REPORT_NOTICE_USER_ID,
  MH_REPORT_NOTICE_USER_NAME,
  MH_REPORT_NOTICE_ORDER_ID,
  MH_REPORT_NOTICE_ORDER_NUMBER,
  MH_REPORT_NOTICE_REPORT_ID,
  MH_REPORT_NOTICE_OLD_VERSION,
  MH_REPORT_NOTICE_NEW_VERSION,
  MH_REPORT_NOTICE_STATUS,
  MH_REPORT_NOTICE_REASON,
  MH_REPORT_NOTICE_AT,
  MH_REPORT_NOTICE_READ_AT,
  MH_REPORT_NOTICE_N_FIELDS,
};

/* What the pathologist says about the results as a whole; goes into the next version. */
enum
{
  MH_REPORT_REMARK_HOSPITAL_ID = MH_N_COMMON,
  MH_REPORT_REMARK_ORDER_ID,
  MH_REPORT_REMARK_TEXT,
  MH_REPORT_REMARK_BY_ID,
  MH_REPORT_REMARK_BY_NAME,
  MH_REPORT_REMARK_AT,
  MH_REPORT_REMARK_N_FIELDS,
};

/* Body of POST /orders/{id}/reports: an early report. */
enum
{
  MH_REPORT_RELEASE_STATUS,
  MH_REPORT_RELEASE_N_FIELDS,
};
extern const MhCode mh_report_release_codes[];

G_END_DECLS
