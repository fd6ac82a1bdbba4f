/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-critical.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_critical_state_codes[] = {
  { MH_CRITICAL_OPEN, N_("To be called") },
  { MH_CRITICAL_ACKNOWLEDGED, N_("Acknowledged") },
  { MH_CRITICAL_CLOSED, NS_("Closed") },
  { NULL },
};

const MhCode mh_critical_close_codes[] = {
  { MH_CRITICAL_BY_ACKNOWLEDGED, N_("Read back") },
  { MH_CRITICAL_BY_RECONCILED, N_("Known already") },
  { MH_CRITICAL_BY_DUPLICATE, N_("Called with another") },
  { MH_CRITICAL_BY_ERROR, N_("The value was an error") },
  { NULL },
};

const MhCode mh_critical_target_codes[] = {
  { MH_CRITICAL_TARGET_RESULT, NS_("Result") },
  { MH_CRITICAL_TARGET_SPECIMEN, NS_("Specimen") },
  { MH_CRITICAL_TARGET_CASE, N_("Case") },
  { NULL },
};

const MhCode mh_critical_role_codes[] = {
  { MH_CRITICAL_ROLE_ORDERER, N_("Who ordered it") },
  { MH_CRITICAL_ROLE_ON_CALL, N_("Ward or on call") },
  { MH_CRITICAL_ROLE_HEAD, N_("Head of department") },
  { MH_CRITICAL_ROLE_DIRECTOR, N_("Director") },
  { MH_CRITICAL_ROLE_OTHER, N_("Somebody else") },
  { NULL },
};

const MhCode mh_critical_method_codes[] = {
  { MH_CRITICAL_METHOD_PHONE, N_("Telephone") },
  { MH_CRITICAL_METHOD_IN_PERSON, N_("In person") },
  { MH_CRITICAL_METHOD_MESSAGE, N_("Secure message") },
  { NULL },
};

const MhCode mh_critical_outcome_codes[] = {
  { MH_CRITICAL_REACHED, N_("Reached") },
  { MH_CRITICAL_NO_ANSWER, N_("No answer") },
  { MH_CRITICAL_REFUSED, N_("Refused to take the message") },
  { NULL },
};

static const MhField item_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CRITICAL_ITEM_HOSPITAL_ID]     = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CRITICAL_ITEM_ORDER_ID]        = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_CRITICAL_ITEM_ORDER_NUMBER]    = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_CRITICAL_ITEM_RESULT_ID]       = { "result_id", MH_KIND_REF, .label = N_("Result"), .target = &mh_result_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_CRITICAL_ITEM_PATIENT_ID]      = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_CRITICAL_ITEM_PATIENT_NAME]    = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 200 },
  [MH_CRITICAL_ITEM_PATIENT_MRN]     = { "patient_mrn", MH_KIND_TEXT, .label = N_("MRN"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 24 },
  [MH_CRITICAL_ITEM_DEPARTMENT_ID]   = { "department_id", MH_KIND_REF, .label = N_("Department"), .target = &mh_department_type, .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_DEPARTMENT]      = { "department", MH_KIND_TEXT, .label = N_("Department's name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CRITICAL_ITEM_TARGET]          = { "target", MH_KIND_ENUM, .label = N_("What is critical"), .codes = mh_critical_target_codes, .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_TEST]            = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_CRITICAL_ITEM_ANALYTE]         = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_CRITICAL_ITEM_NAME]            = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_CRITICAL_ITEM_VALUE]           = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 400 },
  [MH_CRITICAL_ITEM_UNIT]            = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_CRITICAL_ITEM_FLAG]            = { "flag", MH_KIND_ENUM, .label = N_("Flag"), .codes = mh_result_flag_codes, .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_WAS]             = { "was", MH_KIND_TEXT, .label = N_("Value before the correction"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_CRITICAL_ITEM_REOPENS_ID]      = { "reopens_id", MH_KIND_REF, .label = N_("Opened again after"), .target = &mh_critical_item_type, .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_STATE]           = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_critical_state_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CRITICAL_ITEM_OPENED_AT]       = { "opened_at", MH_KIND_INSTANT, .label = N_("Since"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_CRITICAL_ITEM_DUE_AT]          = { "due_at", MH_KIND_INSTANT, .label = N_("Call due by"), .flags = MH_SERVER_SET | MH_SORT },
  [MH_CRITICAL_ITEM_RUNG]            = { "rung", MH_KIND_ENUM, .label = N_("Whose turn it is"), .codes = mh_critical_role_codes, .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_RUNG_AT]         = { "rung_at", MH_KIND_INSTANT, .label = N_("Their turn since"), .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_NEXT_AT]         = { "next_at", MH_KIND_INSTANT, .label = N_("Next attempt by"), .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_ORDERER_ID]      = { "orderer_id", MH_KIND_REF, .label = N_("Ordered by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_ORDERER_NAME]    = { "orderer_name", MH_KIND_TEXT, .label = N_("Ordered by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CRITICAL_ITEM_N_CALLS]         = { "n_calls", MH_KIND_INT, .label = N_("Calls"), .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_LAST_CALL_AT]    = { "last_call_at", MH_KIND_INSTANT, .label = N_("Last call"), .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_ACKNOWLEDGED_AT] = { "acknowledged_at", MH_KIND_INSTANT, .label = N_("Read back"), .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_ACKNOWLEDGED_BY] = { "acknowledged_by", MH_KIND_TEXT, .label = N_("Read back by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CRITICAL_ITEM_CALL_ID]         = { "call_id", MH_KIND_REF, .label = N_("Call that was read back"), .target = &mh_critical_call_type, .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_CLOSED_AT]       = { "closed_at", MH_KIND_INSTANT, .label = N_("Closed on"), .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_CLOSED_BY]       = { "closed_by", MH_KIND_REF, .label = N_("Closed by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_CLOSED_NAME]     = { "closed_name", MH_KIND_TEXT, .label = N_("Closed by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CRITICAL_ITEM_CLOSE_REASON]    = { "close_reason", MH_KIND_ENUM, .label = N_("Closed because"), .codes = mh_critical_close_codes, .flags = MH_SERVER_SET },
  [MH_CRITICAL_ITEM_CLOSE_NOTE]      = { "close_note", MH_KIND_LONG_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (item_fields) == MH_CRITICAL_ITEM_N_FIELDS);

static const MhField call_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CRITICAL_CALL_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CRITICAL_CALL_ITEM_ID]      = { "item_id", MH_KIND_REF, .label = N_("Critical value"), .target = &mh_critical_item_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_CRITICAL_CALL_FOLLOWS_ID]   = { "follows_id", MH_KIND_REF, .label = N_("First call"), .target = &mh_critical_call_type, .flags = MH_SERVER_SET },
  [MH_CRITICAL_CALL_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_CRITICAL_CALL_PATIENT_ID]   = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET },
  [MH_CRITICAL_CALL_TARGET]       = { "target", MH_KIND_ENUM, .label = N_("Message given"), .codes = mh_critical_target_codes, .flags = MH_SERVER_SET },
  [MH_CRITICAL_CALL_VALUE]        = { "value", MH_KIND_TEXT, .label = N_("Value given"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 400 },
  [MH_CRITICAL_CALL_TO_ID]        = { "to_id", MH_KIND_REF, .label = N_("Called, of the directory"), .target = &mh_user_type },
  [MH_CRITICAL_CALL_TO_NAME]      = { "to_name", MH_KIND_TEXT, .label = N_("Called"), .flags = MH_BRIEF, .max = 120,
    .help = N_("Needed when the person is not in the directory") },
  [MH_CRITICAL_CALL_IN_DIRECTORY] = { "in_directory", MH_KIND_BOOL, .label = N_("In the directory"), .flags = MH_SERVER_SET },
  [MH_CRITICAL_CALL_ROLE]         = { "role", MH_KIND_ENUM, .label = N_("As"), .codes = mh_critical_role_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_CRITICAL_CALL_PHONE]        = { "phone", MH_KIND_TEXT, .label = N_("Telephone"), .flags = MH_SENSITIVE, .max = 40 },
  [MH_CRITICAL_CALL_METHOD]       = { "method", MH_KIND_ENUM, .label = N_("Method"), .codes = mh_critical_method_codes, .flags = MH_REQUIRED },
  [MH_CRITICAL_CALL_AT]           = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_BRIEF,
    .help = N_("Now, if not given") },
  [MH_CRITICAL_CALL_OUTCOME]      = { "outcome", MH_KIND_ENUM, .label = N_("Outcome"), .codes = mh_critical_outcome_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_CRITICAL_CALL_TAKER]        = { "taker", MH_KIND_TEXT, .label = N_("Taken by"), .max = 120,
    .help = N_("Who took the message, if it was not the person called") },
  [MH_CRITICAL_CALL_MESSAGE]      = { "message", MH_KIND_LONG_TEXT, .label = N_("Message"), .flags = MH_SENSITIVE, .max = 1000 },
  [MH_CRITICAL_CALL_READ_BACK]    = { "read_back", MH_KIND_LONG_TEXT, .label = N_("Read back as"), .flags = MH_SENSITIVE, .max = 400,
    .help = N_("What the other person repeated, word for word") },
  [MH_CRITICAL_CALL_MATCHED]      = { "matched", MH_KIND_BOOL, .label = N_("Read back correctly") },
  [MH_CRITICAL_CALL_BY_ID]        = { "by_id", MH_KIND_REF, .label = N_("Call by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_CRITICAL_CALL_BY_NAME]      = { "by_name", MH_KIND_TEXT, .label = N_("Call by, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (call_fields) == MH_CRITICAL_CALL_N_FIELDS);

static const MhField closing_fields[] = {
  [MH_CRITICAL_CLOSING_REASON] = { "reason", MH_KIND_ENUM, .label = N_("Closed because"), .codes = mh_critical_close_codes, .flags = MH_REQUIRED },
  [MH_CRITICAL_CLOSING_NOTE]   = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 1000,
    .help = N_("Needed unless it was read back") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (closing_fields) == MH_CRITICAL_CLOSING_N_FIELDS);

static const MhField clinician_fields[] = {
  [MH_CLINICIAN_ID]         = { "id", MH_KIND_TEXT, .label = N_("Id"), .max = 36 },
  [MH_CLINICIAN_NAME]       = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_BRIEF },
  [MH_CLINICIAN_ROLE]       = { "role", MH_KIND_TEXT, .label = N_("Role"), .flags = MH_BRIEF },
  [MH_CLINICIAN_PHONE]      = { "phone", MH_KIND_TEXT, .label = N_("Telephone"), .flags = MH_BRIEF },
  [MH_CLINICIAN_DEPARTMENT] = { "department", MH_KIND_TEXT, .label = N_("Department") },
  [MH_CLINICIAN_DEPARTMENT_ID] = { "department_id", MH_KIND_TEXT, .label = N_("Department"), .max = 36 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (clinician_fields) == MH_CLINICIAN_N_FIELDS);

static const MhField rung_fields[] = {
  [MH_CRITICAL_RUNG_ROLE]    = { "role", MH_KIND_ENUM, .label = N_("As"), .codes = mh_critical_role_codes },
  [MH_CRITICAL_RUNG_NAME]    = { "name", MH_KIND_TEXT, .label = N_("Name") },
  [MH_CRITICAL_RUNG_USER_ID] = { "user_id", MH_KIND_TEXT, .label = N_("User"), .max = 36 },
  [MH_CRITICAL_RUNG_PHONE]   = { "phone", MH_KIND_TEXT, .label = N_("Telephone") },
  [MH_CRITICAL_RUNG_AT]      = { "at", MH_KIND_INSTANT, .label = N_("Their turn from") },
  [MH_CRITICAL_RUNG_TURN]    = { "turn", MH_KIND_BOOL, .label = N_("Their turn now") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rung_fields) == MH_CRITICAL_RUNG_N_FIELDS);

static const MhField view_fields[] = {
  [MH_CRITICAL_VIEW_ITEM]   = { "item", MH_KIND_RECORD, .label = N_("Critical value"), .target = &mh_critical_item_type, .flags = MH_VIRTUAL },
  [MH_CRITICAL_VIEW_CALLS]  = { "calls", MH_KIND_RECORDS, .label = N_("Calls"), .target = &mh_critical_call_type, .flags = MH_VIRTUAL, .max = 200 },
  [MH_CRITICAL_VIEW_LADDER] = { "ladder", MH_KIND_RECORDS, .label = N_("Whom to call"), .target = &mh_critical_rung_type, .flags = MH_VIRTUAL, .max = 10 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (view_fields) == MH_CRITICAL_VIEW_N_FIELDS);

static const MhField figure_fields[] = {
  [MH_CRITICAL_FIGURE_DEPARTMENT]      = { "department", MH_KIND_TEXT, .label = N_("Department"), .flags = MH_BRIEF,
    .help = N_("Empty: ordered without a department") },
  [MH_CRITICAL_FIGURE_ITEMS]           = { "items", MH_KIND_INT, .label = N_("Critical values"), .flags = MH_BRIEF },
  [MH_CRITICAL_FIGURE_ACKNOWLEDGED]    = { "acknowledged", MH_KIND_INT, .label = N_("Read back"), .flags = MH_BRIEF },
  [MH_CRITICAL_FIGURE_IN_TIME]         = { "in_time", MH_KIND_INT, .label = N_("In time"), .flags = MH_BRIEF },
  [MH_CRITICAL_FIGURE_IN_TIME_PERCENT] = { "in_time_percent", MH_KIND_DECIMAL, .label = N_("In time, of all"), .unit = "%", .flags = MH_BRIEF },
  [MH_CRITICAL_FIGURE_MEDIAN_MINUTES]  = { "median_minutes", MH_KIND_DECIMAL, .label = N_("Median until read back"), .unit = "min", .flags = MH_BRIEF },
  [MH_CRITICAL_FIGURE_P90_MINUTES]     = { "p90_minutes", MH_KIND_DECIMAL, .label = N_("90 % read back within"), .unit = "min", .flags = MH_BRIEF },
  [MH_CRITICAL_FIGURE_NEVER_REACHED]   = { "never_reached", MH_KIND_INT, .label = N_("Closed without anybody reached"), .flags = MH_BRIEF },
  [MH_CRITICAL_FIGURE_OPEN]            = { "open", MH_KIND_INT, .label = N_("Still open"), .flags = MH_BRIEF },
  [MH_CRITICAL_FIGURE_CALLS]           = { "calls", MH_KIND_INT, .label = N_("Calls"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (figure_fields) == MH_CRITICAL_FIGURE_N_FIELDS);

static const MhField figures_fields[] = {
  [MH_CRITICAL_FIGURES_FROM]           = { "from", MH_KIND_DATE, .label = N_("First day") },
  [MH_CRITICAL_FIGURES_TO]             = { "to", MH_KIND_DATE, .label = N_("Last day") },
  [MH_CRITICAL_FIGURES_POLICY_MINUTES] = { "policy_minutes", MH_KIND_INT, .label = N_("To be called within"), .unit = "min" },
  [MH_CRITICAL_FIGURES_TOTAL]          = { "total", MH_KIND_RECORD, .label = N_("All"), .target = &mh_critical_figure_type, .flags = MH_VIRTUAL },
  [MH_CRITICAL_FIGURES_ROWS]           = { "rows", MH_KIND_RECORDS, .label = N_("By department"), .target = &mh_critical_figure_type, .flags = MH_VIRTUAL, .max = 500 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (figures_fields) == MH_CRITICAL_FIGURES_N_FIELDS);

/* clang-format on */

static gboolean
critical_critical_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* Told is what was said back; whoever could not be reached has said nothing. */
static void
call_check (MhRecord *call, MhIssues *issues)
{
  gboolean reached
      = critical_critical_is (mh_record_text (call, MH_CRITICAL_CALL_OUTCOME), MH_CRITICAL_REACHED);
  if (reached && !mh_record_has (call, MH_CRITICAL_CALL_READ_BACK))
    mh_issues_add (issues, "read_back", "required", "Write what the other person repeated");
  if (reached && !mh_record_is_set (call, MH_CRITICAL_CALL_MATCHED))
    mh_issues_add (issues, "matched", "required", "Say whether it was read back correctly");
  if (!reached && mh_record_bool (call, MH_CRITICAL_CALL_MATCHED))
    mh_issues_add (issues, "matched", "out_of_range", "Nobody was reached who could read it back");
  if (reached && !mh_record_has (call, MH_CRITICAL_CALL_TO_ID)
      && !mh_record_has (call, MH_CRITICAL_CALL_TO_NAME))
    mh_issues_add (issues, "to_name", "required", "Write who was called");
}

static void
closing_check (MhRecord *closing, MhIssues *issues)
{
  if (!critical_critical_is (mh_record_text (closing, MH_CRITICAL_CLOSING_REASON),
                             MH_CRITICAL_BY_ACKNOWLEDGED)
      && !mh_record_has (closing, MH_CRITICAL_CLOSING_NOTE))
    mh_issues_add (issues, "note", "required", "Say why it is closed without a call");
}

/* clang-format off */
const MhRecordType mh_critical_item_type = {
  .name = "MhCriticalItem", .code = "critical_item", .table = "critical_item", .path = "/critical",
  .label = NS_("Critical value"), .fields = item_fields, .n_fields = G_N_ELEMENTS (item_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_CRITICAL_ITEM_HOSPITAL_ID, .patient = MH_CRITICAL_ITEM_PATIENT_ID,
  .order = MH_CRITICAL_ITEM_ORDER_ID,
};

const MhRecordType mh_critical_call_type = {
  .name = "MhCriticalCall", .code = "critical_call", .table = "critical_call",
  .label = NS_("Call about a critical value"), .fields = call_fields, .n_fields = G_N_ELEMENTS (call_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_APPEND | MH_TYPE_PATIENT, .check = call_check,
  .hospital = MH_CRITICAL_CALL_HOSPITAL_ID, .patient = MH_CRITICAL_CALL_PATIENT_ID,
  .order = MH_CRITICAL_CALL_ORDER_ID,
};

const MhRecordType mh_critical_closing_type = {
  .name = "MhCriticalClosing", .code = "critical_closing",
  .label = N_("Closing of a critical value"), .fields = closing_fields, .n_fields = G_N_ELEMENTS (closing_fields),
  .check = closing_check,
};

const MhRecordType mh_clinician_type = {
  .name = "MhClinician", .code = "clinician",
  .label = N_("Clinician"), .fields = clinician_fields, .n_fields = G_N_ELEMENTS (clinician_fields),
};

const MhRecordType mh_critical_rung_type = {
  .name = "MhCriticalRung", .code = "critical_rung",
  .label = N_("Step of the escalation"), .fields = rung_fields, .n_fields = G_N_ELEMENTS (rung_fields),
};

const MhRecordType mh_critical_view_type = {
  .name = "MhCriticalView", .code = "critical_view",
  .label = NS_("Critical value with its calls"), .fields = view_fields, .n_fields = G_N_ELEMENTS (view_fields),
  .flags = MH_TYPE_PATIENT,
};

const MhRecordType mh_critical_figure_type = {
  .name = "MhCriticalFigure", .code = "critical_figure",
  .label = N_("Figures of critical values"), .fields = figure_fields, .n_fields = G_N_ELEMENTS (figure_fields),
};

const MhRecordType mh_critical_figures_type = {
  .name = "MhCriticalFigures", .code = "critical_figures",
  .label = N_("How fast critical values were called"), .fields = figures_fields, .n_fields = G_N_ELEMENTS (figures_fields),
};
/* clang-format on */
