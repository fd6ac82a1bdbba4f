/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a result was before it was measured again, corrected or taken back. Rows are only added. The
 * brief fields are what a list shows; .content is the whole result as it was, and more than this
 * one knows of it later (server/lab/results/mh-results-history.h reads it).
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* What put an end to it. */
#define MH_RESULT_PAST_RESTARTED "restarted"
#define MH_RESULT_PAST_RERUN "rerun"
#define MH_RESULT_PAST_CHANGED "changed"
#define MH_RESULT_PAST_CORRECTED "corrected"
#define MH_RESULT_PAST_WITHDRAWN "withdrawn"
#define MH_RESULT_PAST_RECOLLECTED "recollected"
extern const MhCode mh_result_past_codes[];

#define MH_RESULT_REASON_IMPLAUSIBLE "implausible"
#define MH_RESULT_REASON_DELTA "delta"
#define MH_RESULT_REASON_DILUTE "dilute"
#define MH_RESULT_REASON_INSTRUMENT "instrument"
#define MH_RESULT_REASON_QC "qc"
#define MH_RESULT_REASON_REAGENT "reagent"
#define MH_RESULT_REASON_CLOT "clot"
#define MH_RESULT_REASON_WRONG_TUBE "wrong_tube"
#define MH_RESULT_REASON_WRONG_PATIENT "wrong_patient"
#define MH_RESULT_REASON_TYPING "typing"
#define MH_RESULT_REASON_CONTAMINATED "contaminated"
#define MH_RESULT_REASON_CONFIRM "confirm"
#define MH_RESULT_REASON_OTHER "other"
extern const MhCode mh_result_reason_codes[];

enum
{
  MH_RESULT_VERSION_HOSPITAL_ID = MH_N_COMMON,
  MH_RESULT_VERSION_RESULT_ID,
  MH_RESULT_VERSION_ORDER_ID,
  MH_RESULT_VERSION_PATIENT_ID,
  MH_RESULT_VERSION_SAMPLE_ID,
  MH_RESULT_VERSION_TEST,
  MH_RESULT_VERSION_ANALYTE,
  MH_RESULT_VERSION_NAME,
  MH_RESULT_VERSION_RESULT_VERSION,
  MH_RESULT_VERSION_VALUE,
  MH_RESULT_VERSION_VALUE_TEXT,
  MH_RESULT_VERSION_UNIT,
  MH_RESULT_VERSION_FLAG,
  MH_RESULT_VERSION_COMMENT,
  MH_RESULT_VERSION_STATUS,
  MH_RESULT_VERSION_INSTRUMENT,
  MH_RESULT_VERSION_RUN,
  MH_RESULT_VERSION_ENTERED_NAME,
  MH_RESULT_VERSION_ENTERED_AT,
  MH_RESULT_VERSION_VERIFIED_NAME,
  MH_RESULT_VERSION_VERIFIED_AT,
  MH_RESULT_VERSION_CONTENT,
  MH_RESULT_VERSION_ENDED_BY,
  MH_RESULT_VERSION_REASON,
  MH_RESULT_VERSION_NOTE,
  MH_RESULT_VERSION_BY_ID,
  MH_RESULT_VERSION_BY_NAME,
  MH_RESULT_VERSION_AT,
  MH_RESULT_VERSION_SECOND_VALUE,
  MH_RESULT_VERSION_SECOND_NAME,
  MH_RESULT_VERSION_N_FIELDS,
};

/* POST /orders/{id}/results/restart: one test, or single analytes of it, are measured again. */
enum
{
  MH_RESTART_ANALYTES,
  MH_RESTART_ACTION,
  MH_RESTART_REASON,
  MH_RESTART_NOTE,
  MH_RESTART_N_FIELDS,
};

G_END_DECLS
