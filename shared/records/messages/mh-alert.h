/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What somebody should look at: raised by a room of the server when it sees it, cleared by the same
 * room when it is over, and acknowledged by a person with a note meanwhile. One cause is one alert,
 * however often it is seen. An alert holds codes and arguments, never a patient's data: it appears
 * on desktops and is kept in the bell.
 *
 * Who is told is a matter of the kind: the rights in mh_alert_kinds, and those of the supervisors
 * once nobody acknowledged it in time. An alert with a user is told to that person alone.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_ALERT_TURNAROUND_BREACH "turnaround_breach"
#define MH_ALERT_STAT_DELAYED "stat_delayed"
#define MH_ALERT_PAYMENT_FAILED "payment_failed"
#define MH_ALERT_GATEWAY_AWAY "gateway_away"
#define MH_ALERT_EQUIPMENT_FAULT "equipment_fault"
#define MH_ALERT_CALIBRATION_DUE "calibration_due"
#define MH_ALERT_MAINTENANCE_DUE "maintenance_due"
#define MH_ALERT_QC_REJECT "qc_reject"
#define MH_ALERT_QC_WARNING "qc_warning"
#define MH_ALERT_NEWS2_URGENT "news2_urgent"
#define MH_ALERT_NEWS2_EMERGENCY "news2_emergency"
#define MH_ALERT_OBSERVATION_LATE "observation_late"
#define MH_ALERT_CRITICAL_OPEN "critical_open"
#define MH_ALERT_CRITICAL_LATE "critical_late"
#define MH_ALERT_ANALYSER_OFFLINE "analyser_offline"
#define MH_ALERT_UNMATCHED_RESULT "unmatched_result"
#define MH_ALERT_SAMPLE_REJECTED "sample_rejected"
#define MH_ALERT_RESULT_ESCALATED "result_escalated"
#define MH_ALERT_TUBE_HELD "tube_held"
#define MH_ALERT_REPORT_CORRECTED "report_corrected"
#define MH_ALERT_FEEDBACK_LOW "feedback_low"
#define MH_ALERT_JOB_FAILED "job_failed"
#define MH_ALERT_REFLEX_ADDED "reflex_added"
#define MH_ALERT_REFLEX_TO_CHARGE "reflex_to_charge"
#define MH_ALERT_CHART_OPENED "chart_opened"
#define MH_ALERT_FILE_HELD "file_held"
#define MH_ALERT_ACCOUNT_CHANGE "account_change"
#define MH_ALERT_PRESCRIPTION_WITHDRAWN "prescription_withdrawn"
#define MH_ALERT_REAGENT_LOW "reagent_low"
#define MH_ALERT_REAGENT_EXPIRING "reagent_expiring"
#define MH_ALERT_CALL_ALONE "call_alone"
#define MH_ALERT_ARRIVAL_TOLD "arrival_told"
#define MH_ALERT_ARRIVAL_REFUSED "arrival_refused"

#define MH_ALERT_INFO "info"
#define MH_ALERT_WARNING "warning"
#define MH_ALERT_SEVERE "severe"
extern const MhCode mh_alert_severity_codes[];

#define MH_ALERT_OPEN "open"
#define MH_ALERT_SNOOZED "snoozed"
#define MH_ALERT_ACKNOWLEDGED "acknowledged" /* somebody looks after it */
#define MH_ALERT_CLEARED "cleared"           /* its cause is gone */
extern const MhCode mh_alert_status_codes[];

/* What a list is asked for. */
#define MH_ALERT_STATE_OPEN "open"     /* nobody sees to it yet */
#define MH_ALERT_STATE_ACTIVE "active" /* its cause is there still */
#define MH_ALERT_STATE_ALL "all"
extern const MhCode mh_alert_state_codes[];

typedef struct
{
  const char *code;      /* ends with { NULL } */
  const char *label;     /* N_(): "Turnaround overdue" */
  const char *text;      /* N_(): one line; {1} … {4} are the arguments */
  const char *rights;    /* "result.enter|result.verify": one of them is enough */
  const char *escalated; /* who is told as well when nobody acknowledged it; NULL: nobody */
  guint minutes;         /* until then; 0: never */
  const char *page;      /* of the client, or "page/part"; when the subject has none */
} MhAlertKind;

extern const MhAlertKind mh_alert_kinds[];
/* The same as codes for an enum: code and label. */
extern const MhCode mh_alert_kind_codes[];
/* NULL: no such kind. */
const MhAlertKind *mh_alert_kind_find (const char *code);

enum
{
  MH_ALERT_HOSPITAL_ID = MH_N_COMMON,
  MH_ALERT_KIND,
  MH_ALERT_SEVERITY,
  MH_ALERT_STATUS,
  MH_ALERT_SUBJECT_TYPE,
  MH_ALERT_SUBJECT_ID,
  MH_ALERT_ARGUMENTS,
  MH_ALERT_BENCH,
  MH_ALERT_USER_ID,
  MH_ALERT_DEDUPE_KEY,
  MH_ALERT_RAISED_AT,
  MH_ALERT_ESCALATED_AT,
  MH_ALERT_SNOOZED_UNTIL,
  MH_ALERT_ACKNOWLEDGED_AT,
  MH_ALERT_ACKNOWLEDGED_BY,
  MH_ALERT_ACKNOWLEDGED_NAME,
  MH_ALERT_NOTE,
  MH_ALERT_CLEARED_AT,
  MH_ALERT_N_FIELDS,
};

/* What a person does with an alert. */
enum
{
  MH_ALERT_NOTING_NOTE,
  MH_ALERT_NOTING_MINUTES, /* of a snooze */
  MH_ALERT_NOTING_N_FIELDS,
};

/* Is it to be told to somebody with these rights (NULL-terminated)? */
gboolean mh_alert_is_for (MhRecord *alert, const char *user_id, const char *const *rights);
/* @text with {1} … {9} filled in from @arguments (may be NULL). Caller frees. */
char *mh_alert_fill (const char *text, const char *const *arguments);
/* 0 info, 1 warning, 2 severe. */
int mh_alert_rank (const char *severity);

G_END_DECLS
