/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-visit.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"

/* clang-format off */
const MhCode mh_visit_kind_codes[] = {
  { MH_VISIT_OUTPATIENT, NS_("Outpatient") },
  { MH_VISIT_EMERGENCY, NS_("Emergency") },
  { MH_VISIT_INPATIENT, NS_("Inpatient") },
  { MH_VISIT_DAY_CARE, NS_("Day care") },
  { NULL },
};

const MhCode mh_visit_status_codes[] = {
  { MH_VISIT_REGISTERED, NS_("Registered") },
  { MH_VISIT_NURSE_ASSESSED, NS_("Assessed by a nurse") },
  { MH_VISIT_WITH_PHYSICIAN, NS_("With the physician") },
  { MH_VISIT_AT_DISPOSITION, N_("Decided") },
  { MH_VISIT_SIGNED, NS_("Signed") },
  { MH_VISIT_CANCELLED, NS_("Cancelled") },
  { MH_VISIT_LEFT, N_("Left without being seen") },
  { NULL },
};

const MhCode mh_disposition_codes[] = {
  { MH_DISPOSITION_HOME, NS_("Home") },
  { MH_DISPOSITION_FOLLOW_UP, NS_("Home, with follow-up") },
  { MH_DISPOSITION_OBSERVED, NS_("Stays for observation") },
  { MH_DISPOSITION_ADMITTED, NS_("Admitted") },
  { MH_DISPOSITION_REFERRED, NS_("Referred to a specialist") },
  { MH_DISPOSITION_TRANSFERRED, NS_("Transferred to another hospital") },
  { MH_DISPOSITION_AGAINST_ADVICE, NS_("Left against advice") },
  { MH_DISPOSITION_DECEASED, NS_("Died") },
  { NULL },
};

const MhCode mh_news2_level_codes[] = {
  { MH_NEWS2_ZERO, N_("None") },
  { MH_NEWS2_LOW, NS_("Low") },
  { MH_NEWS2_SINGLE_THREE, N_("Low, one value at 3") },
  { MH_NEWS2_MEDIUM, N_("Medium") },
  { MH_NEWS2_HIGH, NS_("High") },
  { MH_NEWS2_INCOMPLETE, N_("Incomplete") },
  { MH_NEWS2_NOT_FOR, N_("Not for this patient") },
  { NULL },
};

static const MhCode esi_point_codes[] = {
  { "a", N_("A: life-saving intervention now") },
  { "b", N_("B: high risk, confusion, severe pain") },
  { "c", N_("C: resources") },
  { "d", N_("D: danger vitals") },
  { NULL },
};

static const MhField visit_fields[] = {
  MH_COMMON_FIELDS,
  [MH_VISIT_HOSPITAL_ID]        = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_VISIT_NUMBER]             = { "number", MH_KIND_TEXT, .label = N_("Visit"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_SORT | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_VISIT_PATIENT_ID]         = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_VISIT_PATIENT_NAME]       = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 250 },
  [MH_VISIT_PATIENT_MRN]        = { "patient_mrn", MH_KIND_TEXT, .label = N_("Patient's MRN"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_VISIT_PATIENT_SEX]        = { "patient_sex", MH_KIND_ENUM, .label = N_("Sex"), .codes = mh_patient_sex_codes, .flags = MH_SERVER_SET },
  [MH_VISIT_PATIENT_BIRTH_DATE] = { "patient_birth_date", MH_KIND_DATE, .label = N_("Date of birth"), .flags = MH_SERVER_SET | MH_SENSITIVE },
  [MH_VISIT_KIND]               = { "kind", MH_KIND_ENUM, .label = N_("Kind of visit"), .codes = mh_visit_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_VISIT_STATUS]             = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_visit_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_VISIT_ARRIVED_AT]         = { "arrived_at", MH_KIND_INSTANT, .label = N_("Arrived"), .flags = MH_IMMUTABLE | MH_SORT | MH_BRIEF },
  [MH_VISIT_DEPARTMENT_ID]      = { "department_id", MH_KIND_REF, .label = N_("Department"), .target = &mh_department_type },
  [MH_VISIT_DEPARTMENT_NAME]    = { "department_name", MH_KIND_TEXT, .label = N_("Department's name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_VISIT_DOCTOR_ID]          = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .list = "doctor.list" },
  [MH_VISIT_DOCTOR_NAME]        = { "doctor_name", MH_KIND_TEXT, .label = N_("Doctor's name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_VISIT_APPOINTMENT_ID]     = { "appointment_id", MH_KIND_TEXT, .label = N_("Appointment"), .flags = MH_IMMUTABLE | MH_NO_FORM | MH_INDEX, .max = 36, .format = "uuid" },
  [MH_VISIT_TOKEN]              = { "token", MH_KIND_TEXT, .label = N_("Token"), .flags = MH_BRIEF, .max = 20 },
  [MH_VISIT_COMPLAINT]          = { "complaint", MH_KIND_TEXT, .label = N_("Complaint"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 400 },
  [MH_VISIT_COMPLAINT_CODE]     = { "complaint_code", MH_KIND_TEXT, .label = N_("Complaint's code"), .flags = MH_SENSITIVE | MH_NO_FORM, .max = 20 },
  [MH_VISIT_PLACE]              = { "place", MH_KIND_TEXT, .label = N_("Room or bed"), .flags = MH_BRIEF, .max = 40 },
  [MH_VISIT_ESI]                = { "esi", MH_KIND_INT, .label = N_("ESI"), .flags = MH_SERVER_SET | MH_BRIEF, .at_least = 1, .at_most = 5 },
  [MH_VISIT_ESI_POINT]          = { "esi_point", MH_KIND_ENUM, .label = N_("Decided at"), .codes = esi_point_codes, .flags = MH_SERVER_SET },
  [MH_VISIT_TRIAGE_ANSWERS]     = { "triage_answers", MH_KIND_JSON, .label = N_("Answers of the triage"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 2000 },
  [MH_VISIT_TRIAGE_NOTE]        = { "triage_note", MH_KIND_TEXT, .label = N_("Note of the triage"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_VISIT_TRIAGED_AT]         = { "triaged_at", MH_KIND_INSTANT, .label = N_("Triaged"), .flags = MH_SERVER_SET },
  [MH_VISIT_TRIAGED_NAME]       = { "triaged_name", MH_KIND_TEXT, .label = N_("Triaged by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_VISIT_SPO2_SCALE]         = { "spo2_scale", MH_KIND_INT, .label = N_("SpO₂ scale"), .flags = MH_SERVER_SET, .at_least = 1, .at_most = 2,
    .help = N_("2 only by a clinician's order: target 88–92 %") },
  [MH_VISIT_SPO2_SCALE_BY]      = { "spo2_scale_by", MH_KIND_TEXT, .label = N_("Scale ordered by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_VISIT_SPO2_SCALE_AT]      = { "spo2_scale_at", MH_KIND_INSTANT, .label = N_("Scale ordered"), .flags = MH_SERVER_SET },
  [MH_VISIT_NEWS2]              = { "news2", MH_KIND_INT, .label = N_("NEWS2"), .flags = MH_SERVER_SET | MH_BRIEF, .at_least = 0, .at_most = 20 },
  [MH_VISIT_NEWS2_LEVEL]        = { "news2_level", MH_KIND_ENUM, .label = N_("Risk by NEWS2"), .codes = mh_news2_level_codes, .flags = MH_SERVER_SET },
  [MH_VISIT_OBSERVED_AT]        = { "observed_at", MH_KIND_INSTANT, .label = N_("Last observation"), .flags = MH_SERVER_SET },
  [MH_VISIT_OBSERVE_BY]         = { "observe_by", MH_KIND_INSTANT, .label = N_("Next observation"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_VISIT_NURSE_AT]           = { "nurse_at", MH_KIND_INSTANT, .label = N_("Assessed by a nurse at"), .flags = MH_SERVER_SET },
  [MH_VISIT_NURSE_NAME]         = { "nurse_name", MH_KIND_TEXT, .label = N_("Nurse"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_VISIT_PHYSICIAN_AT]       = { "physician_at", MH_KIND_INSTANT, .label = N_("Seen by the physician"), .flags = MH_SERVER_SET },
  [MH_VISIT_DISPOSITION]        = { "disposition", MH_KIND_ENUM, .label = N_("Disposition"), .codes = mh_disposition_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_VISIT_DISPOSITION_NOTE]   = { "disposition_note", MH_KIND_LONG_TEXT, .label = N_("Note of the disposition"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 2000 },
  [MH_VISIT_DISPOSITION_AT]     = { "disposition_at", MH_KIND_INSTANT, .label = N_("Decided"), .flags = MH_SERVER_SET },
  [MH_VISIT_SIGNED_AT]          = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed at"), .flags = MH_SERVER_SET },
  [MH_VISIT_SIGNED_BY]          = { "signed_by", MH_KIND_REF, .label = N_("Signed by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_VISIT_SIGNED_NAME]        = { "signed_name", MH_KIND_TEXT, .label = N_("Signature"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_VISIT_NEEDS_COSIGN]       = { "needs_cosign", MH_KIND_BOOL, .label = N_("Waits for a co-signature"), .flags = MH_SERVER_SET },
  [MH_VISIT_COSIGNED_AT]        = { "cosigned_at", MH_KIND_INSTANT, .label = N_("Signed a second time"), .flags = MH_SERVER_SET },
  [MH_VISIT_COSIGNED_BY]        = { "cosigned_by", MH_KIND_REF, .label = N_("Second signature by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_VISIT_COSIGNED_NAME]      = { "cosigned_name", MH_KIND_TEXT, .label = N_("Second signature"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_VISIT_ENDED_AT]           = { "ended_at", MH_KIND_INSTANT, .label = N_("Cancelled or left"), .flags = MH_SERVER_SET },
  [MH_VISIT_END_REASON]         = { "end_reason", MH_KIND_TEXT, .label = N_("Why"), .flags = MH_SERVER_SET, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (visit_fields) == MH_VISIT_N_FIELDS);

static const MhCode step_codes[] = {
  { MH_VISIT_NURSE_ASSESSED, NS_("Assessed by a nurse") },
  { MH_VISIT_WITH_PHYSICIAN, NS_("With the physician") },
  { MH_VISIT_AT_DISPOSITION, N_("Decided") },
  { MH_VISIT_SIGNED, NS_("Signed") },
  { "cosigned", N_("Signed a second time") },
  { MH_VISIT_CANCELLED, NS_("Cancelled") },
  { MH_VISIT_LEFT, N_("Left without being seen") },
  { NULL },
};

static const MhField step_fields[] = {
  [MH_VISIT_STEP_TO]          = { "to", MH_KIND_ENUM, .label = N_("Next step"), .codes = step_codes, .flags = MH_REQUIRED },
  [MH_VISIT_STEP_DOCTOR_ID]   = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .help = N_("Who sees the patient, if it is not whoever takes the step") },
  [MH_VISIT_STEP_DISPOSITION] = { "disposition", MH_KIND_ENUM, .label = N_("Disposition"), .codes = mh_disposition_codes },
  [MH_VISIT_STEP_NOTE]        = { "note", MH_KIND_LONG_TEXT, .label = N_("Note or reason"), .flags = MH_SENSITIVE, .max = 2000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (step_fields) == MH_VISIT_STEP_N_FIELDS);
/* clang-format on */

static char *
visit_display (MhRecord *visit)
{
  const char *number = mh_record_text (visit, MH_VISIT_NUMBER);
  return g_strdup (number != NULL ? number : mh_record_id (visit));
}

gboolean
mh_visit_is_open (MhRecord *visit)
{
  static const char *const over[] = { MH_VISIT_SIGNED, MH_VISIT_CANCELLED, MH_VISIT_LEFT, NULL };
  const char *status = mh_record_text (visit, MH_VISIT_STATUS);
  return status != NULL && !g_strv_contains (over, status);
}

/* clang-format off */
const MhRecordType mh_visit_type = {
  .name = "MhVisit", .code = "visit", .table = "visit", .path = "/visits",
  .label = NS_("Visit"), .fields = visit_fields, .n_fields = G_N_ELEMENTS (visit_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .display = visit_display,
  .hospital = MH_VISIT_HOSPITAL_ID, .patient = MH_VISIT_PATIENT_ID,
};

const MhRecordType mh_visit_step_type = {
  .name = "MhVisitStep", .code = "visit_step",
  .label = N_("Step of a visit"), .fields = step_fields, .n_fields = G_N_ELEMENTS (step_fields),
};
/* clang-format on */
