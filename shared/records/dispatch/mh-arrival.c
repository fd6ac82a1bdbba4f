/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/dispatch/mh-arrival.h"

#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/dispatch/mh-emergency.h"

/* clang-format off */
const MhCode mh_arrival_state_codes[] = {
  { MH_ARRIVAL_TOLD, N_("Waits for an answer") },
  { MH_ARRIVAL_ACCEPTED, N_("Accepted") },
  { MH_ARRIVAL_REFUSED, N_("Refused") },
  { MH_ARRIVAL_ARRIVED, N_("Arrived") },
  { MH_ARRIVAL_HANDED_OVER, N_("Taken over") },
  { MH_ARRIVAL_CANCELLED, N_("Does not come") },
  { NULL },
};
const MhCode mh_arrival_step_codes[] = {
  { MH_ARRIVAL_ACCEPT, N_("Accept") },
  { MH_ARRIVAL_REFUSE, N_("Refuse") },
  { MH_ARRIVAL_ARRIVE, N_("Arrived") },
  { MH_ARRIVAL_HAND_OVER, N_("Take over") },
  { MH_ARRIVAL_CANCEL, N_("Does not come") },
  { NULL },
};
const MhCode mh_arrival_refusal_codes[] = {
  { "no_bed", N_("No bed") },
  { "no_unit", N_("The unit that is needed is closed") },
  { "crowded", N_("Emergency department crowded") },
  { "equipment", N_("Equipment out of order") },
  { MH_ARRIVAL_REFUSAL_OTHER, N_("Another reason") },
  { NULL },
};

static const MhField arrival_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ARRIVAL_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Rescue service"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ARRIVAL_SITE_ID]       = { "site_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_care_site_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_NO_FORM },
  [MH_ARRIVAL_SITE_NAME]     = { "site_name", MH_KIND_TEXT, .label = N_("Hospital"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_ARRIVAL_MEMBER_ID]     = { "member_id", MH_KIND_REF, .label = N_("Hospital of this program"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ARRIVAL_CALL_ID]       = { "call_id", MH_KIND_REF, .label = N_ ("Emergency call"), .target = &mh_emergency_call_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_NO_FORM | MH_INDEX },
  [MH_ARRIVAL_CALL_NUMBER]   = { "call_number", MH_KIND_TEXT, .label = N_ ("Emergency call"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_ARRIVAL_STATE]         = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_arrival_state_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ARRIVAL_PRIORITY]      = { "priority", MH_KIND_ENUM, .label = N_("Priority"), .codes = mh_emergency_priority_codes, .flags = MH_BRIEF, .help = N_("Left out: that of the call") },
  [MH_ARRIVAL_NEEDS]         = { "needs", MH_KIND_LIST, .label = N_("What is needed"), .codes = mh_care_codes, .flags = MH_BRIEF, .max = 7 },
  [MH_ARRIVAL_PATIENT]       = { "patient", MH_KIND_TEXT, .label = N_("Age and sex"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 40, .help = N_("62 years, man; no name is needed") },
  [MH_ARRIVAL_WHAT]          = { "what", MH_KIND_TEXT, .label = N_("With what"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 400, .help = N_("What has happened, state and what was done; left out: what the caller said") },
  [MH_ARRIVAL_DUE_AT]        = { "due_at", MH_KIND_INSTANT, .label = N_("Expected"), .flags = MH_BRIEF | MH_SORT },
  [MH_ARRIVAL_KEEPS_BED]     = { "keeps_bed", MH_KIND_BOOL, .label = N_("Keep a bed"), .help = N_("Left out: yes") },
  [MH_ARRIVAL_TOLD_AT]       = { "told_at", MH_KIND_INSTANT, .label = N_("Told"), .flags = MH_SERVER_SET },
  [MH_ARRIVAL_TOLD_NAME]     = { "told_name", MH_KIND_TEXT, .label = N_("Told by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_ARRIVAL_ANSWERED_AT]   = { "answered_at", MH_KIND_INSTANT, .label = N_("Answered"), .flags = MH_SERVER_SET },
  [MH_ARRIVAL_ANSWERED_NAME] = { "answered_name", MH_KIND_TEXT, .label = N_("Answered by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_ARRIVAL_REFUSAL]       = { "refusal", MH_KIND_ENUM, .label = N_("Why refused"), .codes = mh_arrival_refusal_codes, .flags = MH_SERVER_SET },
  [MH_ARRIVAL_NOTE]          = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 300 },
  [MH_ARRIVAL_ARRIVED_AT]    = { "arrived_at", MH_KIND_INSTANT, .label = N_("Arrived"), .flags = MH_SERVER_SET },
  [MH_ARRIVAL_HANDED_AT]     = { "handed_at", MH_KIND_INSTANT, .label = N_("Taken over"), .flags = MH_SERVER_SET },
  [MH_ARRIVAL_HANDED_NAME]   = { "handed_name", MH_KIND_TEXT, .label = N_("Taken over by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_ARRIVAL_ENDED_AT]      = { "ended_at", MH_KIND_INSTANT, .label = N_("Ended"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (arrival_fields) == MH_ARRIVAL_N_FIELDS);

static const MhField step_fields[] = {
  [MH_ARRIVAL_STEP_STEP]    = { "step", MH_KIND_ENUM, .label = N_("Step"), .codes = mh_arrival_step_codes, .flags = MH_REQUIRED },
  [MH_ARRIVAL_STEP_REFUSAL] = { "refusal", MH_KIND_ENUM, .label = N_("Why refused"), .codes = mh_arrival_refusal_codes },
  [MH_ARRIVAL_STEP_NOTE]    = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 300 },
  [MH_ARRIVAL_STEP_AT]      = { "at", MH_KIND_INSTANT, .label = N_("When"), .help = N_("Left out: now") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (step_fields) == MH_ARRIVAL_STEP_N_FIELDS);

static char *
arrival_display (MhRecord *arrival)
{
  const char *number = mh_record_text (arrival, MH_ARRIVAL_CALL_NUMBER);
  return g_strdup (number != NULL ? number : mh_record_id (arrival));
}

const MhRecordType mh_arrival_type = {
  .name = "MhArrival", .code = "arrival", .table = "arrival", .path = "/arrivals",
  .label = N_("Arrival"), .fields = arrival_fields, .n_fields = G_N_ELEMENTS (arrival_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .display = arrival_display,
  .hospital = MH_ARRIVAL_HOSPITAL_ID,
};
const MhRecordType mh_arrival_step_type = {
  .name = "MhArrivalStep", .code = "arrival_step",
  .label = N_("Step of an arrival"), .fields = step_fields, .n_fields = G_N_ELEMENTS (step_fields),
};
/* clang-format on */
