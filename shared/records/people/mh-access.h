/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Protected charts (rules.md 13): those of persons of public interest, of staff, and one's own. Who
 * opens one says who they are again and why, in a code and in words; the chart then stands open to
 * that person for an hour, and somebody else looks at it within three days.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* Why a chart is protected from somebody. */
#define MH_PROTECTED_VIP "vip"
#define MH_PROTECTED_STAFF "staff"
#define MH_PROTECTED_OWN "own"
extern const MhCode mh_protected_codes[];

#define MH_ACCESS_EMERGENCY "emergency"
#define MH_ACCESS_TREATMENT "treatment"
#define MH_ACCESS_DIAGNOSTICS "diagnostics"
#define MH_ACCESS_DESK "desk"
#define MH_ACCESS_REQUEST "request"
#define MH_ACCESS_QUALITY "quality"
#define MH_ACCESS_OTHER "other"
extern const MhCode mh_access_reason_codes[];

#define MH_VERDICT_JUSTIFIED "justified"
#define MH_VERDICT_UNCLEAR "unclear"
#define MH_VERDICT_UNJUSTIFIED "unjustified"
extern const MhCode mh_access_verdict_codes[];

#define MH_ACCESS_STATE_WAITING "waiting"
#define MH_ACCESS_STATE_OVERDUE "overdue"
#define MH_ACCESS_STATE_OPEN "open"
#define MH_ACCESS_STATE_ALL "all"
extern const MhCode mh_access_state_codes[];

/* How long an opened chart stays open, by when it is looked at, and the fewest letters of a reason.
 */
#define MH_ACCESS_MINUTES 60
#define MH_ACCESS_REVIEW_HOURS 72
#define MH_ACCESS_LEAST_TEXT 10

/* Code of the issue of a refusal (403); its field is "patient_id", its message the patient's id. A
 * second issue, field "protected", has one of MH_PROTECTED_… as its code. */
#define MH_ISSUE_PROTECTED_CHART "protected_chart"
/* Stands for a name that is not told. */
#define MH_MASKED_NAME "•••"

enum
{
  MH_ACCESS_GRANT_HOSPITAL_ID = MH_N_COMMON,
  MH_ACCESS_GRANT_PATIENT_ID,
  MH_ACCESS_GRANT_PATIENT_MRN,
  MH_ACCESS_GRANT_USER_ID,
  MH_ACCESS_GRANT_USER_NAME,
  MH_ACCESS_GRANT_ROLE,
  MH_ACCESS_GRANT_KIND,
  MH_ACCESS_GRANT_REASON,
  MH_ACCESS_GRANT_TEXT,
  MH_ACCESS_GRANT_OPENED_AT,
  MH_ACCESS_GRANT_OPEN_UNTIL,
  MH_ACCESS_GRANT_ENDED_AT,
  MH_ACCESS_GRANT_REVIEW_BY,
  MH_ACCESS_GRANT_REVIEWED_AT,
  MH_ACCESS_GRANT_REVIEWED_BY,
  MH_ACCESS_GRANT_REVIEWED_NAME,
  MH_ACCESS_GRANT_VERDICT,
  MH_ACCESS_GRANT_NOTE,
  MH_ACCESS_GRANT_N_FIELDS,
};

enum
{
  MH_ACCESS_OPENING_PATIENT_ID,
  MH_ACCESS_OPENING_REASON,
  MH_ACCESS_OPENING_TEXT,
  MH_ACCESS_OPENING_PASSWORD,
  MH_ACCESS_OPENING_N_FIELDS,
};

enum
{
  MH_ACCESS_REVIEW_VERDICT,
  MH_ACCESS_REVIEW_NOTE,
  MH_ACCESS_REVIEW_N_FIELDS,
};

/* The patient whose chart an error says is protected; NULL: it says something else. Owned by the
 * error. *out_kind (or NULL): MH_PROTECTED_…. */
const char *mh_access_error_patient (const GError *error, const char **out_kind);

G_END_DECLS
