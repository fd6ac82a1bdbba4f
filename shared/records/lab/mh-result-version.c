/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-result-version.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_result_past_codes[] = {
  { MH_RESULT_PAST_RESTARTED, N_("Test restarted") },
  { MH_RESULT_PAST_RERUN, NS_("Measured again") },
  { MH_RESULT_PAST_CHANGED, N_("Value changed") },
  { MH_RESULT_PAST_CORRECTED, NS_("Corrected") },
  { MH_RESULT_PAST_WITHDRAWN, N_("Taken back") },
  { MH_RESULT_PAST_RECOLLECTED, N_("Recollected") },
  { NULL },
};

const MhCode mh_result_reason_codes[] = {
  { MH_RESULT_REASON_IMPLAUSIBLE, N_("Value cannot be right") },
  { MH_RESULT_REASON_DELTA, N_("Differs too much from the value before") },
  { MH_RESULT_REASON_DILUTE, N_("Has to be diluted") },
  { MH_RESULT_REASON_INSTRUMENT, NS_("Fault of the analyser") },
  { MH_RESULT_REASON_QC, N_("Control out of limits") },
  { MH_RESULT_REASON_REAGENT, N_("Reagent or lot") },
  { MH_RESULT_REASON_CLOT, N_("Clot, bubble or short sample") },
  { MH_RESULT_REASON_WRONG_TUBE, N_("Wrong tube was measured") },
  { MH_RESULT_REASON_WRONG_PATIENT, N_("Of another patient") },
  { MH_RESULT_REASON_TYPING, NS_("Typing error") },
  { MH_RESULT_REASON_CONTAMINATED, N_("Contaminated") },
  { MH_RESULT_REASON_CONFIRM, N_("To be confirmed") },
  { MH_RESULT_REASON_OTHER, N_("Other: see the note") },
  { NULL },
};

static const MhField result_version_fields[] = {
  MH_COMMON_FIELDS,
  [MH_RESULT_VERSION_HOSPITAL_ID]    = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_RESULT_VERSION_RESULT_ID]      = { "result_id", MH_KIND_REF, .label = N_("Result"), .target = &mh_result_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_RESULT_VERSION_ORDER_ID]       = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_RESULT_VERSION_PATIENT_ID]     = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET },
  [MH_RESULT_VERSION_SAMPLE_ID]      = { "sample_id", MH_KIND_REF, .label = N_("Sample"), .target = &mh_sample_type, .flags = MH_SERVER_SET },
  [MH_RESULT_VERSION_TEST]           = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_RESULT_VERSION_ANALYTE]        = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_RESULT_VERSION_NAME]           = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_RESULT_VERSION_RESULT_VERSION] = { "result_version", MH_KIND_INT, .label = N_("Version of the result"), .flags = MH_SERVER_SET },
  [MH_RESULT_VERSION_VALUE]          = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 4000 },
  [MH_RESULT_VERSION_VALUE_TEXT]     = { "value_text", MH_KIND_TEXT, .label = N_("Value in words"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_RESULT_VERSION_UNIT]           = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_RESULT_VERSION_FLAG]           = { "flag", MH_KIND_ENUM, .label = N_("Flag"), .codes = mh_result_flag_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_RESULT_VERSION_COMMENT]        = { "comment", MH_KIND_LONG_TEXT, .label = N_("Comment"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 2000 },
  [MH_RESULT_VERSION_STATUS]         = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_result_status_codes, .flags = MH_SERVER_SET },
  [MH_RESULT_VERSION_INSTRUMENT]     = { "instrument", MH_KIND_TEXT, .label = N_("Instrument"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RESULT_VERSION_RUN]            = { "run", MH_KIND_INT, .label = N_("Run"), .flags = MH_SERVER_SET },
  [MH_RESULT_VERSION_ENTERED_NAME]   = { "entered_name", MH_KIND_TEXT, .label = N_("Entered by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RESULT_VERSION_ENTERED_AT]     = { "entered_at", MH_KIND_INSTANT, .label = N_("Entered"), .flags = MH_SERVER_SET },
  [MH_RESULT_VERSION_VERIFIED_NAME]  = { "verified_name", MH_KIND_TEXT, .label = N_("Verified by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RESULT_VERSION_VERIFIED_AT]    = { "verified_at", MH_KIND_INSTANT, .label = N_("Verified"), .flags = MH_SERVER_SET },
  [MH_RESULT_VERSION_CONTENT]        = { "content", MH_KIND_LONG_TEXT, .label = N_("The result as it was"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 100000 },
  [MH_RESULT_VERSION_ENDED_BY]       = { "ended_by", MH_KIND_ENUM, .label = N_("Ended by"), .codes = mh_result_past_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_RESULT_VERSION_REASON]         = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_result_reason_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_RESULT_VERSION_NOTE]           = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_RESULT_VERSION_BY_ID]          = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_RESULT_VERSION_BY_NAME]        = { "by_name", MH_KIND_TEXT, .label = N_("By, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_RESULT_VERSION_AT]             = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_RESULT_VERSION_SECOND_VALUE]   = { "second_value", MH_KIND_TEXT, .label = N_("Second determination"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 4000, .since = 68 },
  [MH_RESULT_VERSION_SECOND_NAME]    = { "second_name", MH_KIND_TEXT, .label = N_("Second determination by, name"), .flags = MH_SERVER_SET, .max = 120, .since = 68 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (result_version_fields) == MH_RESULT_VERSION_N_FIELDS);

static const MhCode restart_actions[] = {
  { MH_RESULT_PAST_RESTARTED, N_("Test restarted") },
  { MH_RESULT_PAST_RERUN, NS_("Measured again") },
  { NULL },
};

static const MhField restart_fields[] = {
  [MH_RESTART_ANALYTES] = { "analytes", MH_KIND_LIST, .label = N_("Analytes"), .flags = MH_REQUIRED, .max = 200,
    .help = N_("Short names, or TEST:ANALYTE where several tubes are looked at for the same") },
  [MH_RESTART_ACTION]   = { "action", MH_KIND_ENUM, .label = N_("Action"), .codes = restart_actions,
    .help = N_("Measured again if left out") },
  [MH_RESTART_REASON]   = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_result_reason_codes, .flags = MH_REQUIRED },
  [MH_RESTART_NOTE]     = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (restart_fields) == MH_RESTART_N_FIELDS);
/* clang-format on */

static void
restart_check (MhRecord *restart, MhIssues *issues)
{
  if (g_strcmp0 (mh_record_text (restart, MH_RESTART_REASON), MH_RESULT_REASON_OTHER) == 0
      && !mh_record_has (restart, MH_RESTART_NOTE))
    mh_issues_add (issues, "note", "required", "Say in a note what the reason is");
}

/* clang-format off */
const MhRecordType mh_result_version_type = {
  .name = "MhResultVersion", .code = "result_version", .table = "result_version",
  .label = NS_("Earlier value"), .fields = result_version_fields, .n_fields = G_N_ELEMENTS (result_version_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_PATIENT, .since = 15,
  .hospital = MH_RESULT_VERSION_HOSPITAL_ID, .patient = MH_RESULT_VERSION_PATIENT_ID,
  .order = MH_RESULT_VERSION_ORDER_ID,
};

const MhRecordType mh_restart_type = {
  .name = "MhRestart", .code = "restart",
  .label = N_("Restart of a test"), .fields = restart_fields, .n_fields = G_N_ELEMENTS (restart_fields),
  .check = restart_check,
};
/* clang-format on */
