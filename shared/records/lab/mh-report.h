/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Verification and the frozen report. The content is the text over which the hash was taken.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_DECISION_VERIFY "verify"
#define MH_DECISION_RETURN "return"
#define MH_DECISION_WITHDRAW                                                                       \
  "withdraw" /* one's own or another's verification, before the report                             \
              */
extern const MhCode mh_decision_codes[];

/* Why something goes back. */
#define MH_RETURN_RECHECK "recheck"
#define MH_RETURN_RERUN "rerun"
#define MH_RETURN_DILUTE "dilute"
#define MH_RETURN_CLERICAL "clerical"
#define MH_RETURN_WRONG_TUBE "wrong_tube"
#define MH_RETURN_SPECIMEN "specimen"
#define MH_RETURN_QC "qc"
#define MH_RETURN_OTHER "other"
extern const MhCode mh_return_codes[];

/* FHIR R4 diagnostic-report-status. */
#define MH_REPORT_STATUS_REGISTERED "registered"
#define MH_REPORT_STATUS_PARTIAL "partial"
#define MH_REPORT_STATUS_PRELIMINARY "preliminary"
#define MH_REPORT_STATUS_FINAL "final"
#define MH_REPORT_STATUS_CORRECTED "corrected"
#define MH_REPORT_STATUS_AMENDED "amended"
#define MH_REPORT_STATUS_APPENDED "appended"
#define MH_REPORT_STATUS_CANCELLED "cancelled"
#define MH_REPORT_STATUS_ENTERED_IN_ERROR "entered_in_error"
extern const MhCode mh_report_status_codes[];

enum
{
  MH_VERIFICATION_ORDER_ID = MH_N_COMMON,
  MH_VERIFICATION_DECISION,
  MH_VERIFICATION_COMMENT,
  MH_VERIFICATION_BY_ID,
  MH_VERIFICATION_BY_NAME,
  MH_VERIFICATION_AT,
  MH_VERIFICATION_RESULTS_HASH,
  MH_VERIFICATION_TESTS,
  MH_VERIFICATION_REASON,
  MH_VERIFICATION_LEVEL,
  MH_VERIFICATION_VALUES,
  MH_VERIFICATION_N_FIELDS,
};

enum
{
  MH_REPORT_HOSPITAL_ID = MH_N_COMMON,
  MH_REPORT_ORDER_ID,
  MH_REPORT_PATIENT_ID,
  MH_REPORT_NUMBER,
  MH_REPORT_VERSION_NO,
  MH_REPORT_STATUS,
  MH_REPORT_CONTENT_HASH,
  MH_REPORT_CONTENT,
  MH_REPORT_SUPERSEDES,
  MH_REPORT_REASON,
  MH_REPORT_VERIFIED_BY,
  MH_REPORT_VERIFIED_NAME,
  MH_REPORT_ISSUED_AT,
  MH_REPORT_COPIES,
  MH_REPORT_LANGUAGE,
  MH_REPORT_CRITICAL_NOTE,
  MH_REPORT_LINK,
  MH_REPORT_N_FIELDS,
};

/* Answer of GET /reports/{id}/verify; holds nothing about the patient. */
enum
{
  MH_REPORT_CHECK_ID,
  MH_REPORT_CHECK_NUMBER,
  MH_REPORT_CHECK_VERSION_NO,
  MH_REPORT_CHECK_STATUS,
  MH_REPORT_CHECK_CONTENT_HASH,
  MH_REPORT_CHECK_GENUINE,
  MH_REPORT_CHECK_LATEST,
  MH_REPORT_CHECK_ISSUED_AT,
  MH_REPORT_CHECK_HOSPITAL,
  MH_REPORT_CHECK_N_FIELDS,
};

G_END_DECLS
