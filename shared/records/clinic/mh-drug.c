/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-drug.h"

#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_drug_alert_codes[] = {
  { MH_DRUG_ALERT_ALLERGY, NS_("Allergy") },
  { MH_DRUG_ALERT_ALLERGY_CLASS, N_("Allergy to this class") },
  { MH_DRUG_ALERT_ALLERGY_CROSS, N_("Allergy to a related class") },
  { MH_DRUG_ALERT_NOT_ASKED, NS_("Allergies not asked") },
  { MH_DRUG_ALERT_ALLERGY_UNCHECKED, N_("Allergy that cannot be checked") },
  { MH_DRUG_ALERT_INTERACTION, N_("Interaction") },
  { MH_DRUG_ALERT_DUPLICATE, N_("Same ingredient twice") },
  { MH_DRUG_ALERT_DUPLICATE_CLASS, N_("Same class twice") },
  { MH_DRUG_ALERT_DOSE_HIGH, N_("Single dose above the limit") },
  { MH_DRUG_ALERT_DAY_HIGH, N_("Daily dose above the limit") },
  { MH_DRUG_ALERT_DOSE_LOW, N_("Dose below the usual") },
  { MH_DRUG_ALERT_NO_DOSE, N_("No dose for children is known here") },
  { MH_DRUG_ALERT_DOSE_UNREAD, N_("Dose not checked") },
  { MH_DRUG_ALERT_NO_WEIGHT, N_("No weight is known") },
  { MH_DRUG_ALERT_OLD_WEIGHT, N_("The weight is old") },
  { MH_DRUG_ALERT_RENAL, N_("Reduced kidney function") },
  { MH_DRUG_ALERT_NO_CREATININE, N_("No creatinine is known") },
  { MH_DRUG_ALERT_PREGNANCY, N_("Pregnancy") },
  { MH_DRUG_ALERT_ASK_PREGNANCY, N_("Ask about pregnancy") },
  { MH_DRUG_ALERT_LACTATION, N_("Breast-feeding") },
  { MH_DRUG_ALERT_AGE, N_("Not at this age") },
  { MH_DRUG_ALERT_UNCHECKED, N_("Not in the formulary: not checked") },
  { MH_DRUG_ALERT_HIGH_ALERT, N_("High-alert: two people sign") },
  { NULL },
};

const MhCode mh_drug_reason_codes[] = {
  { MH_DRUG_REASON_BENEFIT, N_("The benefit outweighs the risk") },
  { MH_DRUG_REASON_TOLERATED, N_("Was tolerated before") },
  { MH_DRUG_REASON_NO_CHOICE, N_("There is nothing else") },
  { MH_DRUG_REASON_MONITORED, N_("Will be watched: values, ECG, level") },
  { MH_DRUG_REASON_DOSE, N_("This dose is meant") },
  { MH_DRUG_REASON_STOPPED, N_("The other medicine is stopped") },
  { MH_DRUG_REASON_DOUBTED, N_("The allergy is doubtful") },
  { MH_DRUG_REASON_ADVISED, N_("Advised by a specialist") },
  { NULL },
};

static const MhField alert_fields[] = {
  [MH_DRUG_ALERT_KEY]      = { "key", MH_KIND_TEXT, .label = N_("Key"), .max = 400, .help = N_("Names it in an override") },
  [MH_DRUG_ALERT_LINE]     = { "line", MH_KIND_INT, .label = N_("Line"), .help = N_("From 0; -1: about the whole") },
  [MH_DRUG_ALERT_CODE]     = { "code", MH_KIND_ENUM, .label = N_("What"), .codes = mh_drug_alert_codes },
  [MH_DRUG_ALERT_SEVERITY] = { "severity", MH_KIND_ENUM, .label = N_("Severity"), .codes = mh_drug_severity_codes },
  [MH_DRUG_ALERT_SUBJECT]  = { "subject", MH_KIND_TEXT, .label = N_("Medicine"), .flags = MH_SENSITIVE, .max = 200 },
  [MH_DRUG_ALERT_OTHER]    = { "other", MH_KIND_TEXT, .label = N_("With"), .flags = MH_SENSITIVE, .max = 200 },
  [MH_DRUG_ALERT_RULE]     = { "rule", MH_KIND_TEXT, .label = N_("Rule"), .max = 80 },
  [MH_DRUG_ALERT_TEXT]     = { "text", MH_KIND_LONG_TEXT, .label = N_("Why"), .flags = MH_SENSITIVE, .max = 1000 },
  [MH_DRUG_ALERT_ADVICE]   = { "advice", MH_KIND_LONG_TEXT, .label = N_("What to do"), .max = 1000 },
  [MH_DRUG_ALERT_FIGURES]  = { "figures", MH_KIND_LIST, .label = N_("Figures used"), .flags = MH_SENSITIVE, .max = 20 },
  [MH_DRUG_ALERT_SIGNED]   = { "signed", MH_KIND_BOOL, .label = N_("Rule is signed off") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (alert_fields) == MH_DRUG_ALERT_N_FIELDS);

static const MhField figure_fields[] = {
  [MH_DRUG_FIGURE_CODE]  = { "code", MH_KIND_TEXT, .label = N_("Code"), .max = 20 },
  [MH_DRUG_FIGURE_NAME]  = { "name", MH_KIND_TEXT, .label = N_("Name"), .max = 80 },
  [MH_DRUG_FIGURE_VALUE] = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SENSITIVE, .max = 40, .help = N_("Empty: not known") },
  [MH_DRUG_FIGURE_UNIT]  = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .max = 40 },
  [MH_DRUG_FIGURE_ON]    = { "on", MH_KIND_DATE, .label = N_("Of"), .flags = MH_SENSITIVE },
  [MH_DRUG_FIGURE_FLAG]  = { "flag", MH_KIND_TEXT, .label = N_("Flag"), .flags = MH_SENSITIVE, .max = 8 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (figure_fields) == MH_DRUG_FIGURE_N_FIELDS);

static const MhField check_fields[] = {
  [MH_DRUG_CHECK_ALERTS]       = { "alerts", MH_KIND_RECORDS, .label = N_("Alerts"), .target = &mh_drug_alert_type, .flags = MH_VIRTUAL, .max = 1000 },
  [MH_DRUG_CHECK_FIGURES]      = { "figures", MH_KIND_RECORDS, .label = N_("Figures"), .target = &mh_drug_figure_type, .flags = MH_VIRTUAL, .max = 40 },
  [MH_DRUG_CHECK_ACTIVE_ITEMS] = { "active_items", MH_KIND_RECORDS, .label = N_("Taken already"), .target = &mh_prescription_line_type, .flags = MH_VIRTUAL, .max = 500 },
  [MH_DRUG_CHECK_INTERRUPTING] = { "interrupting", MH_KIND_INT, .label = N_("Alerts that need a reason") },
  [MH_DRUG_CHECK_SECOND]       = { "second", MH_KIND_BOOL, .label = N_("Needs a co-signature") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (check_fields) == MH_DRUG_CHECK_N_FIELDS);

static const MhField override_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DRUG_OVERRIDE_HOSPITAL_ID]     = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DRUG_OVERRIDE_PATIENT_ID]      = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_DRUG_OVERRIDE_PRESCRIPTION_ID] = { "prescription_id", MH_KIND_REF, .label = N_("Prescription"), .target = &mh_prescription_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_DRUG_OVERRIDE_DOCTOR_ID]       = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_DRUG_OVERRIDE_DOCTOR_NAME]     = { "doctor_name", MH_KIND_TEXT, .label = N_("Doctor's name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_DRUG_OVERRIDE_KEY]             = { "key", MH_KIND_TEXT, .label = N_("Alert"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 400 },
  [MH_DRUG_OVERRIDE_CODE]            = { "code", MH_KIND_ENUM, .label = N_("What"), .codes = mh_drug_alert_codes, .flags = MH_SERVER_SET },
  [MH_DRUG_OVERRIDE_SEVERITY]        = { "severity", MH_KIND_ENUM, .label = N_("Severity"), .codes = mh_drug_severity_codes, .flags = MH_SERVER_SET },
  [MH_DRUG_OVERRIDE_SUBJECT]         = { "subject", MH_KIND_TEXT, .label = N_("Medicine"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 200 },
  [MH_DRUG_OVERRIDE_OTHER]           = { "other", MH_KIND_TEXT, .label = N_("With"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 200 },
  [MH_DRUG_OVERRIDE_RULE]            = { "rule", MH_KIND_TEXT, .label = N_("Rule"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_DRUG_OVERRIDE_REASON]          = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_drug_reason_codes, .flags = MH_REQUIRED },
  [MH_DRUG_OVERRIDE_NOTE]            = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_DRUG_OVERRIDE_AT]              = { "at", MH_KIND_INSTANT, .label = N_("At"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (override_fields) == MH_DRUG_OVERRIDE_N_FIELDS);

static const MhField stop_fields[] = {
  [MH_DRUG_STOP_REASON] = { "reason", MH_KIND_TEXT, .label = N_("Why it is stopped"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (stop_fields) == MH_DRUG_STOP_N_FIELDS);

static const MhField rate_row_fields[] = {
  [MH_DRUG_RATE_ROW_CODE]     = { "code", MH_KIND_ENUM, .label = N_("What"), .codes = mh_drug_alert_codes },
  [MH_DRUG_RATE_ROW_SEVERITY] = { "severity", MH_KIND_ENUM, .label = N_("Severity"), .codes = mh_drug_severity_codes },
  [MH_DRUG_RATE_ROW_RULE]     = { "rule", MH_KIND_TEXT, .label = N_("Rule"), .max = 80 },
  [MH_DRUG_RATE_ROW_REASON]   = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_drug_reason_codes },
  [MH_DRUG_RATE_ROW_N]        = { "n", MH_KIND_INT, .label = N_("Times") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rate_row_fields) == MH_DRUG_RATE_ROW_N_FIELDS);

static const MhField rate_fields[] = {
  [MH_DRUG_RATE_PRESCRIPTIONS]        = { "prescriptions", MH_KIND_INT, .label = N_("Signed prescriptions") },
  [MH_DRUG_RATE_LINES]                = { "lines", MH_KIND_INT, .label = N_("Lines") },
  [MH_DRUG_RATE_SEEN]                 = { "seen", MH_KIND_INT, .label = N_("Interrupting alerts shown") },
  [MH_DRUG_RATE_OVERRIDDEN]           = { "overridden", MH_KIND_INT, .label = N_("Overridden") },
  [MH_DRUG_RATE_INTERRUPTING_PERCENT] = { "interrupting_percent", MH_KIND_DECIMAL, .label = N_("Interrupting alerts per 100 lines"), .help = N_("Should stay below 5") },
  [MH_DRUG_RATE_OVERRIDE_PERCENT]     = { "override_percent", MH_KIND_DECIMAL, .label = N_("Overridden, of those shown"), .unit = "%" },
  [MH_DRUG_RATE_ROWS]                 = { "rows", MH_KIND_RECORDS, .label = N_("Which"), .target = &mh_drug_rate_row_type, .flags = MH_VIRTUAL, .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rate_fields) == MH_DRUG_RATE_N_FIELDS);

static const MhField favourite_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DRUG_FAVOURITE_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DRUG_FAVOURITE_DOCTOR_ID]     = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_DRUG_FAVOURITE_NAME]          = { "name", MH_KIND_TEXT, .label = N_("Medicine"), .flags = MH_REQUIRED | MH_BRIEF | MH_SEARCH, .max = 160 },
  [MH_DRUG_FAVOURITE_MEDICINE]      = { "medicine", MH_KIND_TEXT, .label = N_("Code of the formulary"), .max = 60 },
  [MH_DRUG_FAVOURITE_STRENGTH]      = { "strength", MH_KIND_TEXT, .label = N_("Strength"), .flags = MH_BRIEF, .max = 60 },
  [MH_DRUG_FAVOURITE_DOSE]          = { "dose", MH_KIND_TEXT, .label = N_("Dose"), .flags = MH_BRIEF, .max = 60 },
  [MH_DRUG_FAVOURITE_FREQUENCY]     = { "frequency", MH_KIND_TEXT, .label = N_("Frequency"), .flags = MH_BRIEF, .max = 60 },
  [MH_DRUG_FAVOURITE_ROUTE]         = { "route", MH_KIND_ENUM, .label = N_("Route"), .codes = mh_medicine_route_codes },
  [MH_DRUG_FAVOURITE_DURATION_DAYS] = { "duration_days", MH_KIND_INT, .label = N_("Duration"), .at_least = 1, .at_most = 3650, .unit = "d" },
  [MH_DRUG_FAVOURITE_AS_NEEDED]     = { "as_needed", MH_KIND_BOOL, .label = N_("Only when needed") },
  [MH_DRUG_FAVOURITE_INSTRUCTIONS]  = { "instructions", MH_KIND_TEXT, .label = N_("Instructions"), .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (favourite_fields) == MH_DRUG_FAVOURITE_N_FIELDS);

gboolean
mh_drug_alert_stops (MhRecord *alert)
{
  return g_strcmp0 (mh_record_text (alert, MH_DRUG_ALERT_SEVERITY), MH_DRUG_CONTRAINDICATED) == 0;
}

gboolean
mh_drug_alert_interrupts (MhRecord *alert)
{
  return mh_drug_alert_stops (alert)
         || g_strcmp0 (mh_record_text (alert, MH_DRUG_ALERT_SEVERITY), MH_DRUG_MAJOR) == 0;
}

/* A doctor's own shelf: nobody else is told of it. */
static gboolean
drug_is_own (MhRecord *favourite, const char *user_id, const char *const *rights)
{
  return g_strcmp0 (mh_record_text (favourite, MH_DRUG_FAVOURITE_DOCTOR_ID), user_id) == 0;
}

const MhRecordType mh_drug_alert_type = {
  .name = "MhDrugAlert", .code = "drug_alert", .label = N_("Alert"), .fields = alert_fields, .n_fields = G_N_ELEMENTS (alert_fields),
  .key = MH_DRUG_ALERT_CODE,
};
const MhRecordType mh_drug_figure_type = {
  .name = "MhDrugFigure", .code = "drug_figure", .label = N_("Figure"), .fields = figure_fields, .n_fields = G_N_ELEMENTS (figure_fields),
  .key = MH_DRUG_FIGURE_CODE,
};
const MhRecordType mh_drug_check_type = {
  .name = "MhDrugCheck", .code = "drug_check", .label = N_("Check of a prescription"), .fields = check_fields, .n_fields = G_N_ELEMENTS (check_fields),
};
const MhRecordType mh_drug_override_type = {
  .name = "MhDrugOverride", .code = "drug_override", .table = "drug_override",
  .label = NS_("Overridden alert"), .fields = override_fields, .n_fields = G_N_ELEMENTS (override_fields),
  .flags = MH_TYPE_PATIENT,
  .hospital = MH_DRUG_OVERRIDE_HOSPITAL_ID, .patient = MH_DRUG_OVERRIDE_PATIENT_ID,
  .key = MH_DRUG_OVERRIDE_CODE,
};
const MhRecordType mh_drug_stop_type = {
  .name = "MhDrugStop", .code = "drug_stop", .label = N_("Stopping a medicine"), .fields = stop_fields, .n_fields = G_N_ELEMENTS (stop_fields),
};
const MhRecordType mh_drug_rate_row_type = {
  .name = "MhDrugRateRow", .code = "drug_rate_row", .label = N_("Overridden alerts of one kind"), .fields = rate_row_fields, .n_fields = G_N_ELEMENTS (rate_row_fields),
  .key = MH_DRUG_RATE_ROW_CODE,
};
const MhRecordType mh_drug_rate_type = {
  .name = "MhDrugRate", .code = "drug_rate", .label = N_("How often alerts are overridden"), .fields = rate_fields, .n_fields = G_N_ELEMENTS (rate_fields),
};
const MhRecordType mh_drug_favourite_type = {
  .name = "MhDrugFavourite", .code = "drug_favourite", .table = "drug_favourite", .path = "/drug-favourites",
  .label = N_("Favourite medicine"), .fields = favourite_fields, .n_fields = G_N_ELEMENTS (favourite_fields),
  .flags = MH_TYPE_SYNC, .is_for = drug_is_own,
  .hospital = MH_DRUG_FAVOURITE_HOSPITAL_ID,
};
/* clang-format on */
