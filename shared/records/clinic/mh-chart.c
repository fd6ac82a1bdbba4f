/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-chart.h"

#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-immunisation.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_chart_event_kind_codes[] = {
  { "visit", NS_("Visit") }, { "note", NS_("Note") }, { "problem", NS_("Problem") }, { "prescription", NS_("Prescription") },
  { "order", NS_("Order") }, { "report", NS_("Report") }, { "result", N_("Results") }, { "immunisation", NS_("Immunisation") },
  { "document", NS_("Document") }, { NULL },
};

static const MhField event_fields[] = {
  [MH_CHART_EVENT_ID]          = { "id", MH_KIND_TEXT, .label = N_("Id"), .flags = MH_NO_FORM, .max = 60 },
  [MH_CHART_EVENT_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_chart_event_kind_codes, .flags = MH_BRIEF },
  [MH_CHART_EVENT_AT]          = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_BRIEF },
  [MH_CHART_EVENT_TITLE]       = { "title", MH_KIND_TEXT, .label = N_("What"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 400 },
  [MH_CHART_EVENT_DETAIL]      = { "detail", MH_KIND_TEXT, .label = N_("Details"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_CHART_EVENT_STATUS]      = { "status", MH_KIND_TEXT, .label = N_("State"), .max = 40 },
  [MH_CHART_EVENT_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_BRIEF, .max = 120 },
  [MH_CHART_EVENT_OBJECT_TYPE] = { "object_type", MH_KIND_TEXT, .label = N_("Type of the record"), .flags = MH_NO_FORM, .max = 40 },
  [MH_CHART_EVENT_OBJECT_ID]   = { "object_id", MH_KIND_TEXT, .label = N_("Id of the record"), .flags = MH_NO_FORM, .max = 36 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (event_fields) == MH_CHART_EVENT_N_FIELDS);

static const MhField value_fields[] = {
  [MH_CHART_VALUE_ANALYTE]    = { "analyte", MH_KIND_TEXT, .label = N_("Short name"), .max = 40 },
  [MH_CHART_VALUE_NAME]       = { "name", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_BRIEF, .max = 160 },
  [MH_CHART_VALUE_TEST]       = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_BRIEF, .max = 160 },
  [MH_CHART_VALUE_KIND]       = { "kind", MH_KIND_TEXT, .label = N_("Kind"), .max = 20 },
  [MH_CHART_VALUE_VALUE]      = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 4000 },
  [MH_CHART_VALUE_UNIT]       = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .flags = MH_BRIEF, .max = 40 },
  [MH_CHART_VALUE_FLAG]       = { "flag", MH_KIND_ENUM, .label = N_("Flag"), .codes = mh_result_flag_codes, .flags = MH_SENSITIVE | MH_BRIEF },
  [MH_CHART_VALUE_LOW]        = { "low", MH_KIND_DECIMAL, .label = N_("Low") },
  [MH_CHART_VALUE_HIGH]       = { "high", MH_KIND_DECIMAL, .label = N_("High") },
  [MH_CHART_VALUE_RANGE_TEXT] = { "range_text", MH_KIND_TEXT, .label = N_("Reference range"), .flags = MH_BRIEF, .max = 200 },
  [MH_CHART_VALUE_AT]         = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_BRIEF },
  [MH_CHART_VALUE_ORDER_ID]   = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_NO_FORM },
  [MH_CHART_VALUE_N]          = { "n", MH_KIND_INT, .label = N_("How many") },
  [MH_CHART_VALUE_POINTS]     = { "points", MH_KIND_RECORDS, .label = N_("Values before"), .target = &mh_earlier_value_type, .flags = MH_VIRTUAL, .max = 500 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (value_fields) == MH_CHART_VALUE_N_FIELDS);

const MhCode mh_dose_state_codes[] = {
  { MH_DOSE_OVERDUE, N_("Overdue") }, { MH_DOSE_DUE, NS_("Due") }, { MH_DOSE_COMING, N_("Coming") },
  { MH_DOSE_GIVEN, NS_("Given") }, { MH_DOSE_MISSED, N_("Too late") }, { NULL },
};

static const MhField due_fields[] = {
  [MH_VACCINE_DUE_VACCINE]     = { "vaccine", MH_KIND_ENUM, .label = N_("Vaccine"), .codes = mh_vaccine_codes, .flags = MH_BRIEF },
  [MH_VACCINE_DUE_DOSE_NUMBER] = { "dose_number", MH_KIND_INT, .label = N_("Dose"), .flags = MH_BRIEF },
  [MH_VACCINE_DUE_STATE]       = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_dose_state_codes, .flags = MH_BRIEF },
  [MH_VACCINE_DUE_FROM]        = { "from", MH_KIND_DATE, .label = N_("From"), .flags = MH_BRIEF },
  [MH_VACCINE_DUE_UNTIL]       = { "until", MH_KIND_DATE, .label = N_("Until") },
  [MH_VACCINE_DUE_GIVEN_ON]    = { "given_on", MH_KIND_DATE, .label = N_("Given") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (due_fields) == MH_VACCINE_DUE_N_FIELDS);

static const MhField chart_fields[] = {
  [MH_CHART_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type },
  [MH_CHART_PROBLEMS]      = { "problems", MH_KIND_RECORDS, .label = N_("Problems"), .target = &mh_problem_item_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 500 },
  [MH_CHART_HISTORY]       = { "history", MH_KIND_RECORDS, .label = N_("Family and social history"), .target = &mh_history_item_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 500 },
  [MH_CHART_IMMUNISATIONS] = { "immunisations", MH_KIND_RECORDS, .label = N_("Immunisations"), .target = &mh_immunisation_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 500 },
  [MH_CHART_DUE]           = { "due", MH_KIND_RECORDS, .label = N_("Vaccines by schedule"), .target = &mh_vaccine_due_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 100 },
  [MH_CHART_NOTES]         = { "notes", MH_KIND_RECORDS, .label = N_("Newest notes"), .target = &mh_note_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 20 },
  [MH_CHART_MEDICINES]     = { "medicines", MH_KIND_RECORDS, .label = N_("Medicines"), .target = &mh_prescription_line_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 100 },
  [MH_CHART_VALUES]        = { "values", MH_KIND_RECORDS, .label = N_("Newest results"), .target = &mh_chart_value_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 60 },
  [MH_CHART_TIMELINE]      = { "timeline", MH_KIND_RECORDS, .label = N_("Timeline"), .target = &mh_chart_event_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 60 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (chart_fields) == MH_CHART_N_FIELDS);

static const MhField icd_fields[] = {
  [MH_ICD_CODE_CODE]     = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_BRIEF, .max = 10 },
  [MH_ICD_CODE_TITLE]    = { "title", MH_KIND_TEXT, .label = N_("Title"), .flags = MH_BRIEF, .max = 200 },
  [MH_ICD_CODE_BILLABLE] = { "billable", MH_KIND_BOOL, .label = N_("Can be used for billing") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (icd_fields) == MH_ICD_CODE_N_FIELDS);

static const MhField revision_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CHART_REVISION_HOSPITAL_ID]    = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CHART_REVISION_OBJECT_TYPE]    = { "object_type", MH_KIND_TEXT, .label = N_("Type of the record"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_CHART_REVISION_OBJECT_ID]      = { "object_id", MH_KIND_TEXT, .label = N_("Id of the record"), .flags = MH_SERVER_SET | MH_INDEX, .max = 36 },
  [MH_CHART_REVISION_OBJECT_VERSION] = { "object_version", MH_KIND_INT, .label = N_("Version"), .flags = MH_SERVER_SET },
  [MH_CHART_REVISION_AT]             = { "at", MH_KIND_INSTANT, .label = N_("Changed"), .flags = MH_SERVER_SET },
  [MH_CHART_REVISION_BY_ID]          = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_CHART_REVISION_BY_NAME]        = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CHART_REVISION_CONTENT]        = { "content", MH_KIND_JSON, .label = N_("As it was left"), .flags = MH_SERVER_SET | MH_SENSITIVE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (revision_fields) == MH_CHART_REVISION_N_FIELDS);

const MhRecordType mh_chart_event_type = {
  .name = "MhChartEvent", .code = "chart_event", .label = NS_("What happened"),
  .fields = event_fields, .n_fields = G_N_ELEMENTS (event_fields), .flags = MH_TYPE_PATIENT,
};
const MhRecordType mh_chart_value_type = {
  .name = "MhChartValue", .code = "chart_value", .label = NS_("Values of an analyte"),
  .fields = value_fields, .n_fields = G_N_ELEMENTS (value_fields), .flags = MH_TYPE_PATIENT,
  .order = MH_CHART_VALUE_ORDER_ID,
};
const MhRecordType mh_vaccine_due_type = {
  .name = "MhVaccineDue", .code = "vaccine_due", .label = N_("Vaccine by schedule"),
  .fields = due_fields, .n_fields = G_N_ELEMENTS (due_fields),
};
const MhRecordType mh_chart_type = {
  .name = "MhChartSummary", .code = "chart_summary", .label = NS_("Chart"),
  .fields = chart_fields, .n_fields = G_N_ELEMENTS (chart_fields), .flags = MH_TYPE_PATIENT,
  .patient = MH_CHART_PATIENT_ID,
};
const MhRecordType mh_icd_code_type = {
  .name = "MhIcdCode", .code = "icd_code", .label = N_("ICD-10"),
  .fields = icd_fields, .n_fields = G_N_ELEMENTS (icd_fields),
  .key = MH_ICD_CODE_CODE,
};
const MhRecordType mh_chart_revision_type = {
  .name = "MhChartRevision", .code = "chart_revision", .table = "chart_revision",
  .label = NS_("Earlier state"), .fields = revision_fields, .n_fields = G_N_ELEMENTS (revision_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_PART | MH_TYPE_PATIENT,
  .hospital = MH_CHART_REVISION_HOSPITAL_ID,
};
/* clang-format on */
