/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the server puts together of one patient: the chart's first page, the timeline, values over
 * time, what vaccines are due; and what problems, doses and history were before they were changed.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* One thing that happened. object_type and object_id name the record, if it can be opened. */
enum
{
  MH_CHART_EVENT_ID, /* kind and object: one in a patient's timeline */
  MH_CHART_EVENT_KIND,
  MH_CHART_EVENT_AT,
  MH_CHART_EVENT_TITLE,
  MH_CHART_EVENT_DETAIL,
  MH_CHART_EVENT_STATUS,
  MH_CHART_EVENT_BY_NAME,
  MH_CHART_EVENT_OBJECT_TYPE,
  MH_CHART_EVENT_OBJECT_ID,
  MH_CHART_EVENT_N_FIELDS,
};
extern const MhCode mh_chart_event_kind_codes[];

/* One analyte of a patient: its newest value, and those before it (MhEarlierValue, newest first).
 */
enum
{
  MH_CHART_VALUE_ANALYTE,
  MH_CHART_VALUE_NAME,
  MH_CHART_VALUE_TEST,
  MH_CHART_VALUE_KIND,
  MH_CHART_VALUE_VALUE,
  MH_CHART_VALUE_UNIT,
  MH_CHART_VALUE_FLAG,
  MH_CHART_VALUE_LOW,
  MH_CHART_VALUE_HIGH,
  MH_CHART_VALUE_RANGE_TEXT,
  MH_CHART_VALUE_AT,
  MH_CHART_VALUE_ORDER_ID,
  MH_CHART_VALUE_N,
  MH_CHART_VALUE_POINTS,
  MH_CHART_VALUE_N_FIELDS,
};

/* A dose of the schedule, and how it stands on the day asked for. */
#define MH_DOSE_GIVEN "given"
#define MH_DOSE_DUE "due"
#define MH_DOSE_OVERDUE "overdue"
#define MH_DOSE_COMING "coming"
#define MH_DOSE_MISSED "missed"
extern const MhCode mh_dose_state_codes[];
enum
{
  MH_VACCINE_DUE_VACCINE,
  MH_VACCINE_DUE_DOSE_NUMBER,
  MH_VACCINE_DUE_STATE,
  MH_VACCINE_DUE_FROM,
  MH_VACCINE_DUE_UNTIL,
  MH_VACCINE_DUE_GIVEN_ON,
  MH_VACCINE_DUE_N_FIELDS,
};

/* The first page of a chart, in one answer. */
enum
{
  MH_CHART_PATIENT_ID,
  MH_CHART_PROBLEMS,
  MH_CHART_HISTORY,
  MH_CHART_IMMUNISATIONS,
  MH_CHART_DUE,
  MH_CHART_NOTES,
  MH_CHART_MEDICINES,
  MH_CHART_VALUES,
  MH_CHART_TIMELINE,
  MH_CHART_N_FIELDS,
};

/* A code of ICD-10 as a search finds it. */
enum
{
  MH_ICD_CODE_CODE,
  MH_ICD_CODE_TITLE,
  MH_ICD_CODE_BILLABLE,
  MH_ICD_CODE_N_FIELDS,
};

/* A problem, dose or line of history as it was left by one change; rows are only added. */
enum
{
  MH_CHART_REVISION_HOSPITAL_ID = MH_N_COMMON,
  MH_CHART_REVISION_OBJECT_TYPE,
  MH_CHART_REVISION_OBJECT_ID,
  MH_CHART_REVISION_OBJECT_VERSION,
  MH_CHART_REVISION_AT,
  MH_CHART_REVISION_BY_ID,
  MH_CHART_REVISION_BY_NAME,
  MH_CHART_REVISION_CONTENT,
  MH_CHART_REVISION_N_FIELDS,
};

G_END_DECLS
