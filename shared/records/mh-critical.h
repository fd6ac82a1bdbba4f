/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Critical values that somebody has to be told of (rules.md 3): one item for each critical value
 * from its verification on, one call for each attempt to tell somebody. Calls are only ever added.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_CRITICAL_OPEN "open"
#define MH_CRITICAL_ACKNOWLEDGED "acknowledged"
#define MH_CRITICAL_CLOSED "closed"
extern const MhCode mh_critical_state_codes[];

/* Why it was closed. */
#define MH_CRITICAL_BY_ACKNOWLEDGED "acknowledged"
#define MH_CRITICAL_BY_RECONCILED "reconciled"
#define MH_CRITICAL_BY_DUPLICATE "duplicate"
#define MH_CRITICAL_BY_ERROR "error"
extern const MhCode mh_critical_close_codes[];

/* What was critical. */
#define MH_CRITICAL_TARGET_RESULT "result"
#define MH_CRITICAL_TARGET_SPECIMEN "specimen"
#define MH_CRITICAL_TARGET_CASE "case"
extern const MhCode mh_critical_target_codes[];

/* Rungs of the ladder, and who was called. */
#define MH_CRITICAL_ROLE_ORDERER "orderer"
#define MH_CRITICAL_ROLE_ON_CALL "on_call"
#define MH_CRITICAL_ROLE_HEAD "head"
#define MH_CRITICAL_ROLE_DIRECTOR "director"
#define MH_CRITICAL_ROLE_OTHER "other"
extern const MhCode mh_critical_role_codes[];

#define MH_CRITICAL_METHOD_PHONE "phone"
#define MH_CRITICAL_METHOD_IN_PERSON "in_person"
#define MH_CRITICAL_METHOD_MESSAGE "message"
extern const MhCode mh_critical_method_codes[];

#define MH_CRITICAL_REACHED "reached"
#define MH_CRITICAL_NO_ANSWER "no_answer"
#define MH_CRITICAL_REFUSED "refused"
extern const MhCode mh_critical_outcome_codes[];

enum
{
  MH_CRITICAL_ITEM_HOSPITAL_ID = MH_N_COMMON,
  MH_CRITICAL_ITEM_ORDER_ID,
  MH_CRITICAL_ITEM_ORDER_NUMBER,
  MH_CRITICAL_ITEM_RESULT_ID,
  MH_CRITICAL_ITEM_PATIENT_ID,
  MH_CRITICAL_ITEM_PATIENT_NAME,
  MH_CRITICAL_ITEM_PATIENT_MRN,
  MH_CRITICAL_ITEM_DEPARTMENT_ID,
  MH_CRITICAL_ITEM_DEPARTMENT,
  MH_CRITICAL_ITEM_TARGET,
  MH_CRITICAL_ITEM_TEST,
  MH_CRITICAL_ITEM_ANALYTE,
  MH_CRITICAL_ITEM_NAME,
  MH_CRITICAL_ITEM_VALUE,
  MH_CRITICAL_ITEM_UNIT,
  MH_CRITICAL_ITEM_FLAG,
  MH_CRITICAL_ITEM_WAS,
  MH_CRITICAL_ITEM_REOPENS_ID,
  MH_CRITICAL_ITEM_STATE,
  MH_CRITICAL_ITEM_OPENED_AT,
  MH_CRITICAL_ITEM_DUE_AT,
  MH_CRITICAL_ITEM_RUNG,
  MH_CRITICAL_ITEM_RUNG_AT,
  MH_CRITICAL_ITEM_NEXT_AT,
  MH_CRITICAL_ITEM_ORDERER_ID,
  MH_CRITICAL_ITEM_ORDERER_NAME,
  MH_CRITICAL_ITEM_N_CALLS,
  MH_CRITICAL_ITEM_LAST_CALL_AT,
  MH_CRITICAL_ITEM_ACKNOWLEDGED_AT,
  MH_CRITICAL_ITEM_ACKNOWLEDGED_BY,
  MH_CRITICAL_ITEM_CALL_ID,
  MH_CRITICAL_ITEM_CLOSED_AT,
  MH_CRITICAL_ITEM_CLOSED_BY,
  MH_CRITICAL_ITEM_CLOSED_NAME,
  MH_CRITICAL_ITEM_CLOSE_REASON,
  MH_CRITICAL_ITEM_CLOSE_NOTE,
  MH_CRITICAL_ITEM_N_FIELDS,
};
extern const MhRecordType mh_critical_item_type;

enum
{
  MH_CRITICAL_CALL_HOSPITAL_ID = MH_N_COMMON,
  MH_CRITICAL_CALL_ITEM_ID,
  MH_CRITICAL_CALL_FOLLOWS_ID,
  MH_CRITICAL_CALL_ORDER_ID,
  MH_CRITICAL_CALL_PATIENT_ID,
  MH_CRITICAL_CALL_TARGET,
  MH_CRITICAL_CALL_VALUE,
  MH_CRITICAL_CALL_TO_ID,
  MH_CRITICAL_CALL_TO_NAME,
  MH_CRITICAL_CALL_IN_DIRECTORY,
  MH_CRITICAL_CALL_ROLE,
  MH_CRITICAL_CALL_PHONE,
  MH_CRITICAL_CALL_METHOD,
  MH_CRITICAL_CALL_AT,
  MH_CRITICAL_CALL_OUTCOME,
  MH_CRITICAL_CALL_TAKER,
  MH_CRITICAL_CALL_MESSAGE,
  MH_CRITICAL_CALL_READ_BACK,
  MH_CRITICAL_CALL_MATCHED,
  MH_CRITICAL_CALL_BY_ID,
  MH_CRITICAL_CALL_BY_NAME,
  MH_CRITICAL_CALL_N_FIELDS,
};
extern const MhRecordType mh_critical_call_type;

/* Body of POST /critical/{id}/close. */
enum
{
  MH_CRITICAL_CLOSING_REASON,
  MH_CRITICAL_CLOSING_NOTE,
  MH_CRITICAL_CLOSING_N_FIELDS,
};
extern const MhRecordType mh_critical_closing_type;

/* Somebody of the directory who may be called. */
enum
{
  MH_CLINICIAN_ID,
  MH_CLINICIAN_NAME,
  MH_CLINICIAN_ROLE,
  MH_CLINICIAN_PHONE,
  MH_CLINICIAN_DEPARTMENT,
  MH_CLINICIAN_DEPARTMENT_ID,
  MH_CLINICIAN_N_FIELDS,
};
extern const MhRecordType mh_clinician_type;

/* One rung of an item's ladder: whom to call, and since when it is their turn. */
enum
{
  MH_CRITICAL_RUNG_ROLE,
  MH_CRITICAL_RUNG_NAME,
  MH_CRITICAL_RUNG_USER_ID,
  MH_CRITICAL_RUNG_PHONE,
  MH_CRITICAL_RUNG_AT,
  MH_CRITICAL_RUNG_TURN,
  MH_CRITICAL_RUNG_N_FIELDS,
};
extern const MhRecordType mh_critical_rung_type;

/* Answer of GET /critical/{id}: the item with everything that belongs to it. */
enum
{
  MH_CRITICAL_VIEW_ITEM,
  MH_CRITICAL_VIEW_CALLS,
  MH_CRITICAL_VIEW_LADDER,
  MH_CRITICAL_VIEW_N_FIELDS,
};
extern const MhRecordType mh_critical_view_type;

/* How fast critical values were told, of a period, for one department or all. */
enum
{
  MH_CRITICAL_FIGURE_DEPARTMENT,
  MH_CRITICAL_FIGURE_ITEMS,
  MH_CRITICAL_FIGURE_ACKNOWLEDGED,
  MH_CRITICAL_FIGURE_IN_TIME,
  MH_CRITICAL_FIGURE_IN_TIME_PERCENT,
  MH_CRITICAL_FIGURE_MEDIAN_MINUTES,
  MH_CRITICAL_FIGURE_P90_MINUTES,
  MH_CRITICAL_FIGURE_NEVER_REACHED,
  MH_CRITICAL_FIGURE_OPEN,
  MH_CRITICAL_FIGURE_CALLS,
  MH_CRITICAL_FIGURE_N_FIELDS,
};
extern const MhRecordType mh_critical_figure_type;

enum
{
  MH_CRITICAL_FIGURES_FROM,
  MH_CRITICAL_FIGURES_TO,
  MH_CRITICAL_FIGURES_POLICY_MINUTES,
  MH_CRITICAL_FIGURES_TOTAL,
  MH_CRITICAL_FIGURES_ROWS,
  MH_CRITICAL_FIGURES_N_FIELDS,
};
extern const MhRecordType mh_critical_figures_type;

G_END_DECLS
