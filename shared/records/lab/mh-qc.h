/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Internal quality control (rules.md 5): control materials and their lots, what each lot should
 * read on each analyser, the values that were read, and the locks that a rejection leaves.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* The rules of Westgard, by the names that laboratories use. */
#define MH_QC_1_2S "1-2s"
#define MH_QC_1_3S "1-3s"
#define MH_QC_2_2S "2-2s"
#define MH_QC_R_4S "R-4s"
#define MH_QC_4_1S "4-1s"
#define MH_QC_10X "10x"
#define MH_QC_2OF3_2S "2of3-2s"
#define MH_QC_3_1S "3-1s"
#define MH_QC_6X "6x"
#define MH_QC_8X "8x"
#define MH_QC_9X "9x"
#define MH_QC_12X "12x"
#define MH_QC_7T "7T"
extern const MhCode mh_qc_rule_codes[];

#define MH_QC_PROVISIONAL "provisional"
#define MH_QC_ESTABLISHED "established"
extern const MhCode mh_qc_basis_codes[];

#define MH_QC_ACCEPTED "accepted"
#define MH_QC_WARNING "warning"
#define MH_QC_REJECTED "rejected"
extern const MhCode mh_qc_state_codes[];

#define MH_QC_MANUAL "manual"
#define MH_QC_ANALYSER "analyser"
#define MH_QC_WORKSHEET "worksheet"
extern const MhCode mh_qc_source_codes[];

#define MH_QC_EXCLUDE "exclude"
#define MH_QC_INCLUDE "include"
#define MH_QC_COMMENT "comment"
extern const MhCode mh_qc_remark_codes[];
extern const MhCode mh_qc_reason_codes[];

#define MH_QC_LOCK_OPEN "open"
#define MH_QC_LOCK_ACTED "acted"
#define MH_QC_LOCK_RELEASED "released"
extern const MhCode mh_qc_lock_codes[];
extern const MhCode mh_qc_action_codes[];

#define MH_QC_REPEAT "repeat"
#define MH_QC_ACCEPT "accept"
extern const MhCode mh_qc_decision_codes[];

/* So many accepted values before a laboratory's own mean may replace the maker's. */
#define MH_QC_ESTABLISH_AFTER 20

enum
{
  MH_QC_MATERIAL_HOSPITAL_ID = MH_N_COMMON,
  MH_QC_MATERIAL_CODE,
  MH_QC_MATERIAL_NAME,
  MH_QC_MATERIAL_MAKER,
  MH_QC_MATERIAL_MATRIX,
  MH_QC_MATERIAL_BENCH,
  MH_QC_MATERIAL_ACTIVE,
  MH_QC_MATERIAL_N_FIELDS,
};

/* One level of one lot. */
enum
{
  MH_QC_LOT_HOSPITAL_ID = MH_N_COMMON,
  MH_QC_LOT_MATERIAL_ID,
  MH_QC_LOT_MATERIAL_NAME,
  MH_QC_LOT_LOT,
  MH_QC_LOT_LEVEL,
  MH_QC_LOT_CONTROL_ID,
  MH_QC_LOT_EXPIRES_ON,
  MH_QC_LOT_OPENED_ON,
  MH_QC_LOT_OPEN_DAYS,
  MH_QC_LOT_NOTE,
  MH_QC_LOT_ACTIVE,
  MH_QC_LOT_N_FIELDS,
};

/* What a lot should read for an analyte on an analyser. MEAN and SD are those in force: the maker's
 * until somebody adopts the laboratory's own. The last value stands here too, so that a desk knows
 * the analyser's state without asking. */
enum
{
  MH_QC_TARGET_HOSPITAL_ID = MH_N_COMMON,
  MH_QC_TARGET_LOT_ID,
  MH_QC_TARGET_EQUIPMENT,
  MH_QC_TARGET_ANALYTE,
  MH_QC_TARGET_MATERIAL,
  MH_QC_TARGET_LOT,
  MH_QC_TARGET_LEVEL,
  MH_QC_TARGET_UNIT,
  MH_QC_TARGET_DECIMALS,
  MH_QC_TARGET_MAKER_MEAN,
  MH_QC_TARGET_MAKER_SD,
  MH_QC_TARGET_MEAN,
  MH_QC_TARGET_SD,
  MH_QC_TARGET_BASIS,
  MH_QC_TARGET_ADOPTED_N,
  MH_QC_TARGET_ADOPTED_NAME,
  MH_QC_TARGET_ADOPTED_AT,
  MH_QC_TARGET_RULES,
  MH_QC_TARGET_EVERY_HOURS,
  MH_QC_TARGET_GOAL_ERROR,
  MH_QC_TARGET_ACTIVE,
  MH_QC_TARGET_LAST_AT,
  MH_QC_TARGET_LAST_VALUE,
  MH_QC_TARGET_LAST_Z,
  MH_QC_TARGET_LAST_STATE,
  MH_QC_TARGET_LAST_RULES,
  MH_QC_TARGET_N_FIELDS,
};

/* A control's value. Never changed: what is thought of it later stands in remarks. */
enum
{
  MH_QC_POINT_HOSPITAL_ID = MH_N_COMMON,
  MH_QC_POINT_TARGET_ID,
  MH_QC_POINT_EQUIPMENT,
  MH_QC_POINT_ANALYTE,
  MH_QC_POINT_LOT,
  MH_QC_POINT_LEVEL,
  MH_QC_POINT_RUN_ID,
  MH_QC_POINT_AT,
  MH_QC_POINT_VALUE,
  MH_QC_POINT_MEAN,
  MH_QC_POINT_SD,
  MH_QC_POINT_Z,
  MH_QC_POINT_RULES,
  MH_QC_POINT_STATE,
  MH_QC_POINT_SOURCE,
  MH_QC_POINT_COMMENT,
  MH_QC_POINT_BY_ID,
  MH_QC_POINT_BY_NAME,
  MH_QC_POINT_EXCLUDED,
  MH_QC_POINT_REMARK_REASON,
  MH_QC_POINT_REMARK_NOTE,
  MH_QC_POINT_REMARK_NAME,
  MH_QC_POINT_REMARK_AT,
  MH_QC_POINT_N_FIELDS,
};

enum
{
  MH_QC_REMARK_HOSPITAL_ID = MH_N_COMMON,
  MH_QC_REMARK_POINT_ID,
  MH_QC_REMARK_KIND,
  MH_QC_REMARK_REASON,
  MH_QC_REMARK_NOTE,
  MH_QC_REMARK_AT,
  MH_QC_REMARK_BY_ID,
  MH_QC_REMARK_BY_NAME,
  MH_QC_REMARK_N_FIELDS,
};

/* Nothing of ANALYTE measured on EQUIPMENT is released while it is not "released". */
enum
{
  MH_QC_LOCK_HOSPITAL_ID = MH_N_COMMON,
  MH_QC_LOCK_EQUIPMENT,
  MH_QC_LOCK_ANALYTE,
  MH_QC_LOCK_MATERIAL,
  MH_QC_LOCK_LOT,
  MH_QC_LOCK_LEVEL,
  MH_QC_LOCK_TARGET_IDS,
  MH_QC_LOCK_RULES,
  MH_QC_LOCK_VALUE,
  MH_QC_LOCK_Z,
  MH_QC_LOCK_STATE,
  MH_QC_LOCK_SINCE_AT,
  MH_QC_LOCK_OPENED_AT,
  MH_QC_LOCK_OPENED_NAME,
  MH_QC_LOCK_ACTION,
  MH_QC_LOCK_ACTION_NOTE,
  MH_QC_LOCK_ACTION_AT,
  MH_QC_LOCK_ACTION_NAME,
  MH_QC_LOCK_RELEASED_AT,
  MH_QC_LOCK_RELEASED_NAME,
  MH_QC_LOCK_N_FIELDS,
};

/* What was done about a rejection; the body of POST /qc_locks/{id}/actions. */
enum
{
  MH_QC_ACTION_HOSPITAL_ID = MH_N_COMMON,
  MH_QC_ACTION_LOCK_ID,
  MH_QC_ACTION_ACTION,
  MH_QC_ACTION_NOTE,
  MH_QC_ACTION_AT,
  MH_QC_ACTION_BY_ID,
  MH_QC_ACTION_BY_NAME,
  MH_QC_ACTION_N_FIELDS,
};

/* What becomes of one patient's value that was measured since the last good control. */
enum
{
  MH_QC_REVIEW_HOSPITAL_ID = MH_N_COMMON,
  MH_QC_REVIEW_LOCK_ID,
  MH_QC_REVIEW_RESULT_ID,
  MH_QC_REVIEW_DECISION,
  MH_QC_REVIEW_REASON,
  MH_QC_REVIEW_AT,
  MH_QC_REVIEW_BY_ID,
  MH_QC_REVIEW_BY_NAME,
  MH_QC_REVIEW_N_FIELDS,
};

enum
{
  MH_QC_SUSPECT_RESULT_ID,
  MH_QC_SUSPECT_ORDER_ID,
  MH_QC_SUSPECT_ORDER_NUMBER,
  MH_QC_SUSPECT_PATIENT_ID,
  MH_QC_SUSPECT_PATIENT_NAME,
  MH_QC_SUSPECT_PATIENT_MRN,
  MH_QC_SUSPECT_ANALYTE,
  MH_QC_SUSPECT_NAME,
  MH_QC_SUSPECT_VALUE,
  MH_QC_SUSPECT_UNIT,
  MH_QC_SUSPECT_FLAG,
  MH_QC_SUSPECT_STATUS,
  MH_QC_SUSPECT_ENTERED_AT,
  MH_QC_SUSPECT_VERIFIED_AT,
  MH_QC_SUSPECT_REPORT,
  MH_QC_SUSPECT_REPORT_STATUS,
  MH_QC_SUSPECT_COPIES,
  MH_QC_SUSPECT_DECISION,
  MH_QC_SUSPECT_REASON,
  MH_QC_SUSPECT_BY_NAME,
  MH_QC_SUSPECT_AT,
  MH_QC_SUSPECT_N_FIELDS,
};

/* One control's value within a run: by target, or by what stands on the control's tube. */
enum
{
  MH_QC_ENTRY_TARGET_ID,
  MH_QC_ENTRY_CONTROL_ID,
  MH_QC_ENTRY_ANALYTE,
  MH_QC_ENTRY_VALUE,
  MH_QC_ENTRY_COMMENT,
  MH_QC_ENTRY_N_FIELDS,
};

/* Controls measured together on one analyser. Levels of one run are judged together. */
enum
{
  MH_QC_RUN_ID,
  MH_QC_RUN_EQUIPMENT,
  MH_QC_RUN_AT,
  MH_QC_RUN_SOURCE,
  MH_QC_RUN_ENTRIES,
  MH_QC_RUN_STATE,
  MH_QC_RUN_POINTS,
  MH_QC_RUN_LOCKS,
  MH_QC_RUN_N_FIELDS,
};

/* What the accepted values of a target come to. */
enum
{
  MH_QC_STATISTICS_TARGET_ID,
  MH_QC_STATISTICS_N,
  MH_QC_STATISTICS_N_REJECTED,
  MH_QC_STATISTICS_N_EXCLUDED,
  MH_QC_STATISTICS_MEAN,
  MH_QC_STATISTICS_SD,
  MH_QC_STATISTICS_CV,
  MH_QC_STATISTICS_BIAS,
  MH_QC_STATISTICS_TOTAL_ERROR,
  MH_QC_STATISTICS_SIGMA,
  MH_QC_STATISTICS_MAY_ADOPT,
  MH_QC_STATISTICS_N_FIELDS,
};

G_END_DECLS
