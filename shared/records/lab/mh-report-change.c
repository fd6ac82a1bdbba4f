/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-report-change.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_report_change_kind_codes[] = {
  { MH_REPORT_CHANGE_CORRECT, N_("Correct an error") },
  { MH_REPORT_CHANGE_AMEND, N_("Amend") },
  { MH_REPORT_CHANGE_APPEND, N_("Add a comment") },
  { MH_REPORT_CHANGE_WITHDRAW, N_("Withdraw the report") },
  { NULL },
};

const MhCode mh_report_reason_codes[] = {
  { MH_REPORT_REASON_TYPING, NR_("Typing error") },
  { MH_REPORT_REASON_CALCULATION, NR_("Calculation error") },
  { MH_REPORT_REASON_ANALYSER, NR_("Fault of the analyser") },
  { MH_REPORT_REASON_CALIBRATION, NR_("Wrong calibration") },
  { MH_REPORT_REASON_QC, NR_("Quality control failed") },
  { MH_REPORT_REASON_UNIT, NR_("Wrong unit or range") },
  { MH_REPORT_REASON_SAMPLE_MIX_UP, NR_("Samples mixed up") },
  { MH_REPORT_REASON_WRONG_PATIENT, NR_("Wrong patient") },
  { MH_REPORT_REASON_IDENTITY, NR_("Patient's details were wrong") },
  { MH_REPORT_REASON_SAMPLE_UNFIT, NR_("Sample was unfit") },
  { MH_REPORT_REASON_REPEATED, NR_("Measured again") },
  { MH_REPORT_REASON_INFORMATION, NR_("New clinical information") },
  { MH_REPORT_REASON_INTERPRETATION, NR_("Interpretation added") },
  { MH_REPORT_REASON_DUPLICATE, NR_("Reported twice") },
  { MH_REPORT_REASON_OTHER, NR_("Other") },
  { NULL },
};

const MhCode mh_report_change_status_codes[] = {
  { MH_REPORT_CHANGE_WAITING, NS_("To be verified") },
  { MH_REPORT_CHANGE_VERIFIED, NS_("Verified") },
  { MH_REPORT_CHANGE_RETURNED, NS_("Returned") },
  { NULL },
};

const MhCode mh_report_access_codes[] = {
  { MH_REPORT_SEEN, N_("Seen") },
  { MH_REPORT_PRINTED, NS_("Printed") },
  { MH_REPORT_MAILED, N_("Mailed") },
  { MH_REPORT_FETCHED, N_("Fetched by the patient") },
  { NULL },
};

const MhCode mh_report_release_codes[] = {
  { MH_REPORT_STATUS_PARTIAL, N_("What is verified so far") },
  { MH_REPORT_STATUS_PRELIMINARY, N_("With values that are not verified yet") },
  { NULL },
};

static const MhField value_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REPORT_CHANGE_VALUE_CHANGE_ID]  = { "change_id", MH_KIND_REF, .label = N_("Change"), .target = &mh_report_change_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REPORT_CHANGE_VALUE_ANALYTE]    = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .max = 80,
    .help = N_("Named as in the results sheet; leave empty to change a line of the header") },
  [MH_REPORT_CHANGE_VALUE_NAME]       = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 160 },
  [MH_REPORT_CHANGE_VALUE_UNIT]       = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_REPORT_CHANGE_VALUE_OLD]        = { "old_value", MH_KIND_LONG_TEXT, .label = N_("Before"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 4000 },
  [MH_REPORT_CHANGE_VALUE_OLD_FLAG]   = { "old_flag", MH_KIND_ENUM, .label = N_("Flag before"), .codes = mh_result_flag_codes, .flags = MH_SERVER_SET },
  [MH_REPORT_CHANGE_VALUE_NEW]        = { "new_value", MH_KIND_LONG_TEXT, .label = N_("New value"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 4000 },
  [MH_REPORT_CHANGE_VALUE_NEW_FLAG]   = { "new_flag", MH_KIND_ENUM, .label = N_("New flag"), .codes = mh_result_flag_codes, .flags = MH_SERVER_SET },
  [MH_REPORT_CHANGE_VALUE_COMMENT]    = { "comment", MH_KIND_LONG_TEXT, .label = N_("Comment on the value"), .flags = MH_SENSITIVE, .max = 2000 },
  [MH_REPORT_CHANGE_VALUE_SORT_ORDER] = { "sort_order", MH_KIND_INT, .label = N_("Place"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_CHANGE_VALUE_SECOND_WANTED] = { "second_wanted", MH_KIND_BOOL, .label = N_("Determined twice"), .flags = MH_SERVER_SET, .since = 75 },
  [MH_REPORT_CHANGE_VALUE_SECOND_VALUE]  = { "second_value", MH_KIND_TEXT, .label = N_("Second determination"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 4000, .since = 75 },
  [MH_REPORT_CHANGE_VALUE_SECOND_BY]     = { "second_by", MH_KIND_REF, .label = N_("Second determination by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 75 },
  [MH_REPORT_CHANGE_VALUE_SECOND_NAME]   = { "second_name", MH_KIND_TEXT, .label = N_("Second determination by, name"), .flags = MH_SERVER_SET, .max = 120, .since = 75 },
  [MH_REPORT_CHANGE_VALUE_SECOND_AT]     = { "second_at", MH_KIND_INSTANT, .label = N_("Second determination at"), .flags = MH_SERVER_SET, .since = 75 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (value_fields) == MH_REPORT_CHANGE_VALUE_N_FIELDS);

static const MhField change_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REPORT_CHANGE_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_CHANGE_ORDER_ID]      = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REPORT_CHANGE_ORDER_NUMBER]  = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_REPORT_CHANGE_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_CHANGE_REPORT_ID]     = { "report_id", MH_KIND_REF, .label = N_("Replaced report"), .target = &mh_report_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_CHANGE_VERSION_NO]    = { "version_no", MH_KIND_INT, .label = N_("Replaced version"), .flags = MH_SERVER_SET },
  [MH_REPORT_CHANGE_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_report_change_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_REPORT_CHANGE_REASON]        = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_report_reason_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_REPORT_CHANGE_NOTE]          = { "note", MH_KIND_LONG_TEXT, .label = N_("Explanation"), .flags = MH_SENSITIVE, .max = 1000,
    .help = N_("Printed on the report") },
  [MH_REPORT_CHANGE_COMMENT]       = { "comment", MH_KIND_LONG_TEXT, .label = N_("Comment on the report"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_REPORT_CHANGE_VALUES]        = { "values", MH_KIND_RECORDS, .label = N_("Values"), .target = &mh_report_change_value_type, .flags = MH_VIRTUAL, .max = 200 },
  [MH_REPORT_CHANGE_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_report_change_status_codes, .flags = MH_SERVER_SET | MH_BRIEF | MH_INDEX },
  [MH_REPORT_CHANGE_BY_ID]         = { "by_id", MH_KIND_REF, .label = N_("Proposed by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_REPORT_CHANGE_BY_NAME]       = { "by_name", MH_KIND_TEXT, .label = N_("Proposed by, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_REPORT_CHANGE_AT]            = { "at", MH_KIND_INSTANT, .label = N_("Proposed"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_CHANGE_DECIDED_BY]    = { "decided_by", MH_KIND_REF, .label = N_("Decided by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_REPORT_CHANGE_DECIDED_NAME]  = { "decided_name", MH_KIND_TEXT, .label = N_("Decided by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_REPORT_CHANGE_DECIDED_AT]    = { "decided_at", MH_KIND_INSTANT, .label = N_("Decided"), .flags = MH_SERVER_SET },
  [MH_REPORT_CHANGE_DECISION_NOTE] = { "decision_note", MH_KIND_LONG_TEXT, .label = N_("Why it was returned"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 2000 },
  [MH_REPORT_CHANGE_NEW_REPORT_ID] = { "new_report_id", MH_KIND_REF, .label = N_("New report"), .target = &mh_report_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_CHANGE_LEVELS]        = { "levels", MH_KIND_INT, .label = N_("Signatures needed"), .flags = MH_SERVER_SET, .since = 31 },
  [MH_REPORT_CHANGE_LEVEL]         = { "level", MH_KIND_INT, .label = N_("Signatures"), .flags = MH_SERVER_SET, .since = 31 },
  [MH_REPORT_CHANGE_LEVEL1_BY]     = { "level1_by", MH_KIND_REF, .label = N_("First signature"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 31 },
  [MH_REPORT_CHANGE_LEVEL1_NAME]   = { "level1_name", MH_KIND_TEXT, .label = N_("First signature, name"), .flags = MH_SERVER_SET, .max = 120, .since = 31 },
  [MH_REPORT_CHANGE_LEVEL1_AT]     = { "level1_at", MH_KIND_INSTANT, .label = N_("First signature, time"), .flags = MH_SERVER_SET, .since = 31 },
  [MH_REPORT_CHANGE_LEVEL2_BY]     = { "level2_by", MH_KIND_REF, .label = N_("Second signature"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 31 },
  [MH_REPORT_CHANGE_LEVEL2_NAME]   = { "level2_name", MH_KIND_TEXT, .label = N_("Second signature, name"), .flags = MH_SERVER_SET, .max = 120, .since = 31 },
  [MH_REPORT_CHANGE_LEVEL2_AT]     = { "level2_at", MH_KIND_INSTANT, .label = N_("Second signature, time"), .flags = MH_SERVER_SET, .since = 31 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (change_fields) == MH_REPORT_CHANGE_N_FIELDS);

static const MhField access_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REPORT_ACCESS_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_ACCESS_ORDER_ID]    = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REPORT_ACCESS_PATIENT_ID]  = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_ACCESS_REPORT_ID]   = { "report_id", MH_KIND_REF, .label = N_("Report"), .target = &mh_report_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REPORT_ACCESS_VERSION_NO]  = { "version_no", MH_KIND_INT, .label = N_("Version"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_ACCESS_HOW]         = { "how", MH_KIND_ENUM, .label = N_("How"), .codes = mh_report_access_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_ACCESS_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("Person"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_REPORT_ACCESS_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_REPORT_ACCESS_ROLE]        = { "role", MH_KIND_TEXT, .label = N_("Role"), .flags = MH_SERVER_SET, .max = 60 },
  [MH_REPORT_ACCESS_STATION]     = { "station", MH_KIND_TEXT, .label = N_("Desk"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_REPORT_ACCESS_MAIL_ID]     = { "mail_id", MH_KIND_TEXT, .label = N_("E-mail"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 36 },
  [MH_REPORT_ACCESS_COPY_NO]     = { "copy_no", MH_KIND_INT, .label = N_("Copy"), .flags = MH_SERVER_SET },
  [MH_REPORT_ACCESS_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (access_fields) == MH_REPORT_ACCESS_N_FIELDS);

static const MhField notice_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REPORT_NOTICE_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_NOTICE_USER_ID]      = { "user_id", MH_KIND_REF, .label = N_("Person"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_REPORT_NOTICE_USER_NAME]    = { "user_name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_REPORT_NOTICE_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_REPORT_NOTICE_ORDER_NUMBER] = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_REPORT_NOTICE_REPORT_ID]    = { "report_id", MH_KIND_REF, .label = N_("New report"), .target = &mh_report_type, .flags = MH_SERVER_SET },
  [MH_REPORT_NOTICE_OLD_VERSION]  = { "old_version", MH_KIND_INT, .label = N_("Version seen"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_NOTICE_NEW_VERSION]  = { "new_version", MH_KIND_INT, .label = N_("New version"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_NOTICE_STATUS]       = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_report_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_NOTICE_REASON]       = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_report_reason_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_NOTICE_AT]           = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_NOTICE_READ_AT]      = { "read_at", MH_KIND_INSTANT, .label = N_("Acknowledged"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (notice_fields) == MH_REPORT_NOTICE_N_FIELDS);

static const MhField remark_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REPORT_REMARK_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_REMARK_ORDER_ID]    = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_UNIQUE | MH_NO_FORM },
  [MH_REPORT_REMARK_TEXT]        = { "text", MH_KIND_LONG_TEXT, .label = N_("Comment on the report"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_REPORT_REMARK_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_REPORT_REMARK_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("By, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_REPORT_REMARK_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (remark_fields) == MH_REPORT_REMARK_N_FIELDS);

static const MhField release_fields[] = {
  [MH_REPORT_RELEASE_STATUS] = { "status", MH_KIND_ENUM, .label = N_("What is in it"), .codes = mh_report_release_codes, .flags = MH_REQUIRED },
};
G_STATIC_ASSERT (G_N_ELEMENTS (release_fields) == MH_REPORT_RELEASE_N_FIELDS);
/* clang-format on */

/* What each kind of change may bring, and why it may be made: a mistake is not told as new
 * knowledge, nor the other way round. */
typedef struct
{
  const char *kind;
  gboolean values, comment; /* may hold */
  gboolean needs_comment;
  const char *const reasons[12];
} KindRule;

/* clang-format off */
static const KindRule kind_rules[] = {
  { MH_REPORT_CHANGE_CORRECT, TRUE, TRUE, FALSE,
    { MH_REPORT_REASON_TYPING, MH_REPORT_REASON_CALCULATION, MH_REPORT_REASON_ANALYSER, MH_REPORT_REASON_CALIBRATION,
      MH_REPORT_REASON_QC, MH_REPORT_REASON_UNIT, MH_REPORT_REASON_SAMPLE_MIX_UP, MH_REPORT_REASON_IDENTITY, MH_REPORT_REASON_OTHER } },
  { MH_REPORT_CHANGE_AMEND, TRUE, TRUE, FALSE,
    { MH_REPORT_REASON_REPEATED, MH_REPORT_REASON_INFORMATION, MH_REPORT_REASON_INTERPRETATION, MH_REPORT_REASON_OTHER } },
  { MH_REPORT_CHANGE_APPEND, FALSE, TRUE, TRUE,
    { MH_REPORT_REASON_INFORMATION, MH_REPORT_REASON_INTERPRETATION, MH_REPORT_REASON_OTHER } },
  { MH_REPORT_CHANGE_WITHDRAW, FALSE, FALSE, FALSE,
    { MH_REPORT_REASON_WRONG_PATIENT, MH_REPORT_REASON_SAMPLE_MIX_UP, MH_REPORT_REASON_SAMPLE_UNFIT,
      MH_REPORT_REASON_QC, MH_REPORT_REASON_DUPLICATE, MH_REPORT_REASON_OTHER } },
};
/* clang-format on */

static void
change_check (MhRecord *change, MhIssues *issues)
{
  const char *kind = mh_record_text (change, MH_REPORT_CHANGE_KIND);
  const char *reason = mh_record_text (change, MH_REPORT_CHANGE_REASON);
  GPtrArray *values = mh_record_records (change, MH_REPORT_CHANGE_VALUES);
  gboolean has_values = values != NULL && values->len > 0;
  gboolean has_comment = mh_record_has (change, MH_REPORT_CHANGE_COMMENT);

  for (guint i = 0; i < G_N_ELEMENTS (kind_rules); i++)
    {
      const KindRule *rule = &kind_rules[i];
      if (g_strcmp0 (rule->kind, kind) != 0)
        continue;
      if (has_values && !rule->values)
        mh_issues_add (issues, "values", "not_allowed", "This kind of change alters no value");
      if (has_comment && !rule->comment)
        mh_issues_add (issues, "comment", "not_allowed", "A withdrawn report gets no comment");
      if (!has_comment && rule->needs_comment)
        mh_issues_add (issues, "comment", "required", "Write the comment that is to be added");
      if (reason != NULL && !g_strv_contains (rule->reasons, reason))
        mh_issues_add (issues, "reason", "not_allowed",
                       "This reason does not belong to this kind of change");
    }

  if (g_strcmp0 (reason, MH_REPORT_REASON_OTHER) == 0
      && !mh_record_has (change, MH_REPORT_CHANGE_NOTE))
    mh_issues_add (issues, "note", "required", "Say what the reason is");
}

gboolean
mh_report_change_reason_fits (const char *kind, const char *reason)
{
  for (guint i = 0; reason != NULL && i < G_N_ELEMENTS (kind_rules); i++)
    if (g_strcmp0 (kind_rules[i].kind, kind) == 0)
      return g_strv_contains (kind_rules[i].reasons, reason);
  return FALSE;
}

/* clang-format off */
const MhRecordType mh_report_change_value_type = {
  .name = "MhReportChangeValue", .code = "report_change_value", .table = "report_change_value",
  .label = N_("Changed value"), .fields = value_fields, .n_fields = G_N_ELEMENTS (value_fields),
  .flags = MH_TYPE_PART,
};

const MhRecordType mh_report_change_type = {
  .name = "MhReportChange", .code = "report_change", .table = "report_change", .path = "/report-changes",
  .label = NS_("Change of a report"), .fields = change_fields, .n_fields = G_N_ELEMENTS (change_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = change_check,
  .hospital = MH_REPORT_CHANGE_HOSPITAL_ID, .patient = MH_REPORT_CHANGE_PATIENT_ID,
  .order = MH_REPORT_CHANGE_ORDER_ID,
};

const MhRecordType mh_report_access_type = {
  .name = "MhReportAccess", .code = "report_access", .table = "report_access",
  .label = N_("Who saw a report"), .fields = access_fields, .n_fields = G_N_ELEMENTS (access_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_PART,
  .hospital = MH_REPORT_ACCESS_HOSPITAL_ID, .patient = MH_REPORT_ACCESS_PATIENT_ID,
  .order = MH_REPORT_ACCESS_ORDER_ID,
};

const MhRecordType mh_report_notice_type = {
  .name = "MhReportNotice", .code = "report_notice", .table = "report_notice", .path = "/report-notices",
  .label = N_("Notice of a newer report"), .fields = notice_fields, .n_fields = G_N_ELEMENTS (notice_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_REPORT_NOTICE_HOSPITAL_ID, .order = MH_REPORT_NOTICE_ORDER_ID,
};

const MhRecordType mh_report_remark_type = {
  .name = "MhReportRemark", .code = "report_remark", .table = "report_remark",
  .label = NS_("Comment on a report"), .fields = remark_fields, .n_fields = G_N_ELEMENTS (remark_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_REPORT_REMARK_HOSPITAL_ID, .order = MH_REPORT_REMARK_ORDER_ID,
};

const MhRecordType mh_report_release_type = {
  .name = "MhReportRelease", .code = "report_release",
  .label = N_("Early report"), .fields = release_fields, .n_fields = G_N_ELEMENTS (release_fields),
};
/* clang-format on */
