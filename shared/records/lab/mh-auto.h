/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Verification without a person: the rules under which the laboratory lets a value go by itself,
 * why a value was not let go, and what rules would have done with past results.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* Who stands in the audit trail and on the result. */
#define MH_AUTO_NAME "auto"

/* Why a value waits for a person. */
#define MH_HELD_OFF "off"
#define MH_HELD_NO_RULE "no_rule"
#define MH_HELD_NO_VALUE "no_value"
#define MH_HELD_CRITICAL "critical"
#define MH_HELD_NO_RANGE "no_range"
#define MH_HELD_UNSIGNED "range_unsigned"
#define MH_HELD_FLAG "flag"
#define MH_HELD_LIMITS "limits"
#define MH_HELD_DELTA "delta"
#define MH_HELD_TUBE "tube"
#define MH_HELD_KEPT "kept"
#define MH_HELD_NO_PREVIOUS "no_previous"
#define MH_HELD_QC "qc"
#define MH_HELD_DEVICE "device_flag"
#define MH_HELD_HIL "hil"
#define MH_HELD_TOO_OLD "too_old"
#define MH_HELD_BY_HAND "by_hand"
#define MH_HELD_COMMENT "comment"
#define MH_HELD_BEYOND "beyond"
#define MH_HELD_MISMATCH "mismatch"
#define MH_HELD_SECOND "second"
#define MH_HELD_GROUP "group"
#define MH_HELD_COMPANION "companion"
extern const MhCode mh_held_codes[];

/* One rule. The most particular one that is active holds: analyte before test before bench before
 * any. Beside what it asks, nothing critical, without value or with a remark goes by itself. */
enum
{
  MH_AUTO_RULE_HOSPITAL_ID = MH_N_COMMON,
  MH_AUTO_RULE_NAME,
  MH_AUTO_RULE_BENCH,
  MH_AUTO_RULE_TEST,
  MH_AUTO_RULE_ANALYTE,
  MH_AUTO_RULE_INSTRUMENT,
  MH_AUTO_RULE_FLAGS,
  MH_AUTO_RULE_LOW,
  MH_AUTO_RULE_HIGH,
  MH_AUTO_RULE_SIGNED_RANGE,
  MH_AUTO_RULE_DELTA,
  MH_AUTO_RULE_PREVIOUS,
  MH_AUTO_RULE_QC,
  MH_AUTO_RULE_DEVICE_FLAGS,
  MH_AUTO_RULE_MAX_HAEMOLYSIS,
  MH_AUTO_RULE_MAX_ICTERUS,
  MH_AUTO_RULE_MAX_LIPAEMIA,
  MH_AUTO_RULE_BY_HAND,
  MH_AUTO_RULE_ACTIVE,
  MH_AUTO_RULE_NOTE,
  MH_AUTO_RULE_N_FIELDS,
};

/* Body of POST /auto-rules/trial: what @rule, or the rules in force, would have done. */
enum
{
  MH_AUTO_TRIAL_FROM,
  MH_AUTO_TRIAL_TO,
  MH_AUTO_TRIAL_RULE,
  MH_AUTO_TRIAL_N_FIELDS,
};

enum
{
  MH_AUTO_REASON_CODE,
  MH_AUTO_REASON_COUNT,
  MH_AUTO_REASON_N_FIELDS,
};

/* A past value that the rules would have let go although a person changed it later. */
enum
{
  MH_AUTO_MISS_ORDER_ID,
  MH_AUTO_MISS_ORDER_NUMBER,
  MH_AUTO_MISS_NAME,
  MH_AUTO_MISS_VALUE,
  MH_AUTO_MISS_UNIT,
  MH_AUTO_MISS_FLAG,
  MH_AUTO_MISS_N_FIELDS,
};

enum
{
  MH_AUTO_OUTCOME_RESULTS,
  MH_AUTO_OUTCOME_PASSED,
  MH_AUTO_OUTCOME_PERCENT,
  MH_AUTO_OUTCOME_CHANGED,
  MH_AUTO_OUTCOME_MORE,
  MH_AUTO_OUTCOME_REASONS,
  MH_AUTO_OUTCOME_MISSES,
  MH_AUTO_OUTCOME_N_FIELDS,
};

/* An order that waits for a second pair of eyes, as the queue shows it. */
enum
{
  MH_VERIFY_ROW_ORDER_ID,
  MH_VERIFY_ROW_NUMBER,
  MH_VERIFY_ROW_PATIENT_ID,
  MH_VERIFY_ROW_PATIENT_NAME,
  MH_VERIFY_ROW_PRIORITY,
  MH_VERIFY_ROW_ORDERED_AT,
  MH_VERIFY_ROW_PROMISED_AT,
  MH_VERIFY_ROW_VALUES,
  MH_VERIFY_ROW_ABNORMAL,
  MH_VERIFY_ROW_CRITICAL,
  MH_VERIFY_ROW_HELD,
  MH_VERIFY_ROW_OWN,
  MH_VERIFY_ROW_SIGNED,
  MH_VERIFY_ROW_CLEAN,
  MH_VERIFY_ROW_BATCH_ID,
  MH_VERIFY_ROW_BATCH_BY,
  MH_VERIFY_ROW_BATCH_MINE,
  MH_VERIFY_ROW_BATCH_LEFT,
  MH_VERIFY_ROW_REFUSED,
  MH_VERIFY_ROW_N_FIELDS,
};

G_END_DECLS
