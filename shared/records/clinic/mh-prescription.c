/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-prescription.h"

#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_prescription_status_codes[] = {
  { MH_PRESCRIPTION_STATUS_DRAFT, NS_("Draft") },
  { MH_PRESCRIPTION_STATUS_COUNTERSIGN, N_("Waits for a co-signature") },
  { MH_PRESCRIPTION_STATUS_SIGNED, NS_("Signed") },
  { MH_PRESCRIPTION_STATUS_ORDERED, N_("Tests ordered") },
  { MH_PRESCRIPTION_STATUS_COMPLETED, NS_("Completed") },
  { MH_PRESCRIPTION_STATUS_CANCELLED, NS_("Cancelled") },
  { NULL },
};

const MhCode mh_second_codes[] = {
  { MH_SECOND_ANYBODY, N_("A second person") },
  { MH_SECOND_DOCTOR, N_("A second doctor") },
  { NULL },
};

const MhCode mh_prescription_cancel_codes[] = {
  { MH_CANCEL_WRONG_PATIENT, NS_("Wrong patient") },
  { MH_CANCEL_WRONG_MEDICINE, N_("Wrong medicine, dose or test") },
  { MH_CANCEL_NOT_SAFE, N_("Not safe for this patient") },
  { MH_CANCEL_TWICE, N_("Prescribed twice") },
  { MH_CANCEL_CHANGED, N_("Another treatment is better") },
  { MH_CANCEL_REFUSED, N_("The patient does not want it") },
  { MH_CANCEL_OTHER, NS_("Other") },
  { NULL },
};

const MhCode mh_medicine_form_codes[] = {
  { MH_MEDICINE_FORM_TABLET, NS_("Tablet") },
  { MH_MEDICINE_FORM_CAPSULE, NS_("Capsule") },
  { MH_MEDICINE_FORM_SYRUP, NS_("Syrup") },
  { MH_MEDICINE_FORM_INJECTION, NS_("Injection") },
  { MH_MEDICINE_FORM_INFUSION, NS_("Infusion") },
  { MH_MEDICINE_FORM_DROPS, NS_("Drops") },
  { MH_MEDICINE_FORM_INHALER, NS_("Inhaler") },
  { MH_MEDICINE_FORM_OINTMENT, NS_("Ointment") },
  { MH_MEDICINE_FORM_PATCH, NS_("Patch") },
  { MH_MEDICINE_FORM_SUPPOSITORY, NS_("Suppository") },
  { MH_MEDICINE_FORM_POWDER, NS_("Powder") },
  { MH_MEDICINE_FORM_OTHER, NS_("Other") },
  { NULL },
};

const MhCode mh_medicine_route_codes[] = {
  { MH_MEDICINE_ROUTE_ORAL, NS_("By mouth") },
  { MH_MEDICINE_ROUTE_SUBLINGUAL, NS_("Under the tongue") },
  { MH_MEDICINE_ROUTE_INTRAVENOUS, NS_("Into a vein") },
  { MH_MEDICINE_ROUTE_INTRAMUSCULAR, NS_("Into a muscle") },
  { MH_MEDICINE_ROUTE_SUBCUTANEOUS, NS_("Under the skin") },
  { MH_MEDICINE_ROUTE_INHALED, NS_("Inhaled") },
  { MH_MEDICINE_ROUTE_TOPICAL, NS_("On the skin") },
  { MH_MEDICINE_ROUTE_EYE, NS_("Into the eye") },
  { MH_MEDICINE_ROUTE_EAR, NS_("Into the ear") },
  { MH_MEDICINE_ROUTE_NOSE, NS_("Into the nose") },
  { MH_MEDICINE_ROUTE_RECTAL, NS_("Rectal") },
  { MH_MEDICINE_ROUTE_VAGINAL, NS_("Vaginal") },
  { NULL },
};

static const MhField prescription_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PRESCRIPTION_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_PRESCRIPTION_NUMBER]        = { "number", MH_KIND_TEXT, .label = N_("Prescription number"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_SORT | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_PRESCRIPTION_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_PRESCRIPTION_DOCTOR_ID]     = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_PRESCRIPTION_DOCTOR_NAME]   = { "doctor_name", MH_KIND_TEXT, .label = N_("Doctor's name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_PRESCRIPTION_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_prescription_status_codes, .flags = MH_SERVER_SET | MH_BRIEF | MH_INDEX },
  [MH_PRESCRIPTION_PRIORITY]      = { "priority", MH_KIND_ENUM, .label = N_("Priority"), .codes = mh_order_priority_codes },
  [MH_PRESCRIPTION_TESTS]         = { "tests", MH_KIND_LIST, .label = N_("Tests"), .flags = MH_BRIEF, .max = 60,
    .help = N_("Codes of tests and panels") },
  [MH_PRESCRIPTION_TEST_NOTES]    = { "test_notes", MH_KIND_LONG_TEXT, .label = N_("Notes for the laboratory"), .flags = MH_SENSITIVE, .max = 1000 },
  [MH_PRESCRIPTION_LINES]         = { "lines", MH_KIND_RECORDS, .label = N_("Medicines"), .target = &mh_prescription_line_type, .flags = MH_VIRTUAL, .max = 60 },
  [MH_PRESCRIPTION_DIAGNOSIS]     = { "diagnosis", MH_KIND_TEXT, .label = N_("Diagnosis"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_PRESCRIPTION_ADVICE]        = { "advice", MH_KIND_LONG_TEXT, .label = N_("Advice"), .flags = MH_SENSITIVE, .max = 2000 },
  [MH_PRESCRIPTION_FOLLOW_UP]     = { "follow_up", MH_KIND_DATE, .label = N_("Follow-up on") },
  [MH_PRESCRIPTION_ORDER_ID]      = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET },
  [MH_PRESCRIPTION_SIGN]          = { "sign", MH_KIND_BOOL, .label = N_("Sign now"), .flags = MH_INPUT },
  [MH_PRESCRIPTION_SIGNED_AT]     = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_PRESCRIPTION_SIGNED_BY]     = { "signed_by", MH_KIND_REF, .label = N_("Signed by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_PRESCRIPTION_CANCELLED_AT]  = { "cancelled_at", MH_KIND_INSTANT, .label = N_("Cancelled"), .flags = MH_SERVER_SET },
  [MH_PRESCRIPTION_CANCEL_REASON] = { "cancel_reason", MH_KIND_TEXT, .label = N_("Reason of cancelling"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_PRESCRIPTION_PATIENT_NAME]  = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 250 },
  [MH_PRESCRIPTION_PATIENT_MRN]   = { "patient_mrn", MH_KIND_TEXT, .label = N_("Patient's MRN"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_PRESCRIPTION_OVERRIDES]     = { "overrides", MH_KIND_RECORDS, .label = N_("Overridden alerts"), .target = &mh_drug_override_type, .flags = MH_VIRTUAL, .max = 200 },
  [MH_PRESCRIPTION_ALERTS_SEEN]   = { "alerts_seen", MH_KIND_INT, .label = N_("Interrupting alerts shown"), .flags = MH_NO_FORM, .at_least = 0, .at_most = 10000, .since = 40 },
  [MH_PRESCRIPTION_ALERTS_OVERRIDDEN] = { "alerts_overridden", MH_KIND_INT, .label = N_("Interrupting alerts overridden"), .flags = MH_SERVER_SET | MH_NO_FORM, .since = 40 },
  [MH_PRESCRIPTION_SECOND_NEEDED] = { "second_needed", MH_KIND_ENUM, .label = N_("Second signature"), .codes = mh_second_codes, .flags = MH_SERVER_SET | MH_BRIEF, .since = 40 },
  [MH_PRESCRIPTION_SECOND_AT]     = { "second_at", MH_KIND_INSTANT, .label = N_("Signed a second time"), .flags = MH_SERVER_SET, .since = 40 },
  [MH_PRESCRIPTION_SECOND_BY]     = { "second_by", MH_KIND_REF, .label = N_("Second signature by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 40 },
  [MH_PRESCRIPTION_SECOND_NAME]   = { "second_name", MH_KIND_TEXT, .label = N_("Second signature (name)"), .flags = MH_SERVER_SET, .max = 120, .since = 40 },
  [MH_PRESCRIPTION_LINK]          = { "link", MH_KIND_TEXT, .label = N_("Address to check it at"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_NO_FORM, .max = 400 },
  [MH_PRESCRIPTION_CANCEL_CODE]   = { "cancel_code", MH_KIND_ENUM, .label = N_("Why it was withdrawn"), .codes = mh_prescription_cancel_codes, .flags = MH_SERVER_SET, .since = 70 },
  [MH_PRESCRIPTION_CANCELLED_BY]  = { "cancelled_by", MH_KIND_REF, .label = N_("Withdrawn by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 70 },
  [MH_PRESCRIPTION_CANCELLED_NAME] = { "cancelled_name", MH_KIND_TEXT, .label = N_("Withdrawn by (name)"), .flags = MH_SERVER_SET, .max = 120, .since = 70 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (prescription_fields) == MH_PRESCRIPTION_N_FIELDS);

static const MhField cancel_fields[] = {
  [MH_PRESCRIPTION_CANCEL_BODY_CODE] = { "code", MH_KIND_ENUM, .label = N_("Why it is withdrawn"), .codes = mh_prescription_cancel_codes, .flags = MH_REQUIRED },
  [MH_PRESCRIPTION_CANCEL_BODY_NOTE] = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 200,
    .help = N_("Needed when the reason is another one") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (cancel_fields) == MH_PRESCRIPTION_CANCEL_BODY_N_FIELDS);

static const MhField prescription_line_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PRESCRIPTION_LINE_PRESCRIPTION_ID] = { "prescription_id", MH_KIND_REF, .label = N_("Prescription"), .target = &mh_prescription_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_PRESCRIPTION_LINE_NAME]            = { "name", MH_KIND_TEXT, .label = N_("Medicine"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 160 },
  [MH_PRESCRIPTION_LINE_FORM]            = { "form", MH_KIND_ENUM, .label = N_("Form"), .codes = mh_medicine_form_codes },
  [MH_PRESCRIPTION_LINE_STRENGTH]        = { "strength", MH_KIND_TEXT, .label = N_("Strength"), .flags = MH_SENSITIVE, .max = 60 },
  [MH_PRESCRIPTION_LINE_DOSE]            = { "dose", MH_KIND_TEXT, .label = N_("Dose"), .flags = MH_SENSITIVE, .max = 60,
    .help = N_("For example 1 tablet") },
  [MH_PRESCRIPTION_LINE_FREQUENCY]       = { "frequency", MH_KIND_TEXT, .label = N_("Frequency"), .flags = MH_SENSITIVE, .max = 60,
    .help = N_("For example 1-0-1, or every 8 hours") },
  [MH_PRESCRIPTION_LINE_ROUTE]           = { "route", MH_KIND_ENUM, .label = N_("Route"), .codes = mh_medicine_route_codes },
  [MH_PRESCRIPTION_LINE_DURATION_DAYS]   = { "duration_days", MH_KIND_INT, .label = N_("Duration"), .flags = MH_SENSITIVE, .at_least = 1, .at_most = 3650, .unit = "d" },
  [MH_PRESCRIPTION_LINE_QUANTITY]        = { "quantity", MH_KIND_INT, .label = N_("Quantity"), .flags = MH_SENSITIVE, .at_least = 1, .at_most = 100000 },
  [MH_PRESCRIPTION_LINE_AS_NEEDED]       = { "as_needed", MH_KIND_BOOL, .label = N_("Only when needed"), .flags = MH_SENSITIVE },
  [MH_PRESCRIPTION_LINE_INSTRUCTIONS]    = { "instructions", MH_KIND_TEXT, .label = N_("Instructions"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_PRESCRIPTION_LINE_SORT_ORDER]      = { "sort_order", MH_KIND_INT, .label = N_("Position"), .flags = MH_SERVER_SET },
  [MH_PRESCRIPTION_LINE_PATIENT_ID]      = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM, .since = 40 },
  [MH_PRESCRIPTION_LINE_DOCTOR_NAME]     = { "doctor_name", MH_KIND_TEXT, .label = N_("Doctor's name"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120, .since = 40 },
  [MH_PRESCRIPTION_LINE_MEDICINE]        = { "medicine", MH_KIND_TEXT, .label = N_("Code of the formulary"), .flags = MH_SENSITIVE | MH_NO_FORM, .max = 60, .since = 40 },
  [MH_PRESCRIPTION_LINE_INGREDIENTS]     = { "ingredients", MH_KIND_LIST, .label = N_("Ingredients"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 8, .since = 40 },
  [MH_PRESCRIPTION_LINE_ATC]             = { "atc", MH_KIND_TEXT, .label = N_("ATC code"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 7, .since = 40 },
  [MH_PRESCRIPTION_LINE_SCHEDULE]        = { "schedule", MH_KIND_ENUM, .label = N_("Sale"), .codes = mh_schedule_codes, .flags = MH_SERVER_SET | MH_NO_FORM, .since = 40 },
  [MH_PRESCRIPTION_LINE_HIGH_ALERT]      = { "high_alert", MH_KIND_BOOL, .label = N_("High-alert"), .flags = MH_SERVER_SET | MH_NO_FORM, .since = 40 },
  [MH_PRESCRIPTION_LINE_UNCHECKED]       = { "unchecked", MH_KIND_BOOL, .label = N_("Not checked"), .flags = MH_SERVER_SET | MH_NO_FORM, .since = 40,
    .help = N_("The name is not in the formulary") },
  [MH_PRESCRIPTION_LINE_STARTS_ON]       = { "starts_on", MH_KIND_DATE, .label = N_("From"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .since = 40 },
  [MH_PRESCRIPTION_LINE_ENDS_ON]         = { "ends_on", MH_KIND_DATE, .label = N_("Until"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .since = 40,
    .help = N_("The last day; counts as 30 days when no duration was said") },
  [MH_PRESCRIPTION_LINE_STOPPED_ON]      = { "stopped_on", MH_KIND_DATE, .label = N_("Stopped"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .since = 40 },
  [MH_PRESCRIPTION_LINE_STOPPED_NAME]    = { "stopped_name", MH_KIND_TEXT, .label = N_("Stopped by"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120, .since = 40 },
  [MH_PRESCRIPTION_LINE_STOP_REASON]     = { "stop_reason", MH_KIND_TEXT, .label = N_("Why it was stopped"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 200, .since = 40 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (prescription_line_fields) == MH_PRESCRIPTION_LINE_N_FIELDS);

/* clang-format on */

static char *
prescription_display (MhRecord *prescription)
{
  const char *number = mh_record_text (prescription, MH_PRESCRIPTION_NUMBER);

  return g_strdup (number != NULL ? number : mh_record_id (prescription));
}

static void
prescription_check (MhRecord *prescription, MhIssues *issues)
{
  const char *const *tests = mh_record_list (prescription, MH_PRESCRIPTION_TESTS);
  GPtrArray *lines = mh_record_records (prescription, MH_PRESCRIPTION_LINES);

  /* a stored prescription is checked without its lines, which are rows of their own */
  if (!mh_record_is_set (prescription, MH_PRESCRIPTION_LINES)
      && mh_record_has (prescription, MH_PRESCRIPTION_NUMBER))
    return;
  if ((tests == NULL || tests[0] == NULL) && (lines == NULL || lines->len == 0))
    mh_issues_add (issues, "tests", "required", "Prescribe a test or a medicine");
}

static void
cancel_check (MhRecord *cancel, MhIssues *issues)
{
  if (g_strcmp0 (mh_record_text (cancel, MH_PRESCRIPTION_CANCEL_BODY_CODE), MH_CANCEL_OTHER) == 0
      && !mh_record_has (cancel, MH_PRESCRIPTION_CANCEL_BODY_NOTE))
    mh_issues_add (issues, "note", "required", "Say why it is withdrawn");
}

/* clang-format off */
const MhRecordType mh_prescription_cancel_type = {
  .name = "MhPrescriptionCancel", .code = "prescription_cancel",
  .label = N_("A prescription is withdrawn"), .fields = cancel_fields, .n_fields = G_N_ELEMENTS (cancel_fields),
  .check = cancel_check,
  .key = MH_PRESCRIPTION_CANCEL_BODY_CODE,
};

const MhRecordType mh_prescription_type = {
  .name = "MhPrescription", .code = "prescription", .table = "prescription", .path = "/prescriptions",
  .label = NS_("Prescription"), .fields = prescription_fields, .n_fields = G_N_ELEMENTS (prescription_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = prescription_check, .display = prescription_display,
  .hospital = MH_PRESCRIPTION_HOSPITAL_ID, .patient = MH_PRESCRIPTION_PATIENT_ID,
  .order = MH_PRESCRIPTION_ORDER_ID,
};

const MhRecordType mh_prescription_line_type = {
  .name = "MhPrescriptionLine", .code = "prescription_line", .table = "prescription_line",
  .label = NS_("Medicine"), .fields = prescription_line_fields, .n_fields = G_N_ELEMENTS (prescription_line_fields),
  .flags = MH_TYPE_PART | MH_TYPE_PATIENT,
  .patient = MH_PRESCRIPTION_LINE_PATIENT_ID,
};

/* clang-format on */
