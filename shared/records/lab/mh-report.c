/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-report.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_decision_codes[] = {
  { MH_DECISION_VERIFY, N_("Verify") },
  { MH_DECISION_RETURN, N_("Return") },
  { MH_DECISION_WITHDRAW, N_("Take back") },
  { NULL },
};

const MhCode mh_return_codes[] = {
  { MH_RETURN_RECHECK, N_("Look at it again") },
  { MH_RETURN_RERUN, NS_("Measure again") },
  { MH_RETURN_DILUTE, N_("Dilute and measure again") },
  { MH_RETURN_CLERICAL, NR_("Typing error") },
  { MH_RETURN_WRONG_TUBE, N_("Perhaps another patient's tube") },
  { MH_RETURN_SPECIMEN, N_("Specimen not suitable") },
  { MH_RETURN_QC, N_("Quality control in doubt") },
  { MH_RETURN_OTHER, N_("Another reason") },
  { NULL },
};

const MhCode mh_report_status_codes[] = {
  { MH_REPORT_STATUS_REGISTERED, NR_("Registered") },
  { MH_REPORT_STATUS_PARTIAL, NR_("Partial") },
  { MH_REPORT_STATUS_PRELIMINARY, NR_("Preliminary") },
  { MH_REPORT_STATUS_FINAL, NR_("Final") },
  { MH_REPORT_STATUS_CORRECTED, NR_("Corrected") },
  { MH_REPORT_STATUS_AMENDED, NR_("Amended") },
  { MH_REPORT_STATUS_APPENDED, NR_("Appended") },
  { MH_REPORT_STATUS_CANCELLED, NR_("Cancelled") },
  { MH_REPORT_STATUS_ENTERED_IN_ERROR, NR_("Entered in error") },
  { NULL },
};

static const MhField verification_fields[] = {
  MH_COMMON_FIELDS,
  [MH_VERIFICATION_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_VERIFICATION_DECISION]     = { "decision", MH_KIND_ENUM, .label = N_("Decision"), .codes = mh_decision_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_VERIFICATION_COMMENT]      = { "comment", MH_KIND_LONG_TEXT, .label = N_("Comment"), .flags = MH_SENSITIVE, .max = 2000 },
  [MH_VERIFICATION_BY_ID]        = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_VERIFICATION_BY_NAME]      = { "by_name", MH_KIND_TEXT, .label = N_("By, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_VERIFICATION_AT]           = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_VERIFICATION_RESULTS_HASH] = { "results_hash", MH_KIND_TEXT, .label = N_("Hash of the results"), .flags = MH_SERVER_SET, .max = 64 },
  [MH_VERIFICATION_TESTS]        = { "tests", MH_KIND_LIST, .label = N_("Tests"), .max = 60, .since = 25,
    .help = N_("Only these of the order; none: all that wait") },
  [MH_VERIFICATION_REASON]       = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_return_codes, .since = 25 },
  [MH_VERIFICATION_LEVEL]        = { "level", MH_KIND_INT, .label = N_("Signature"), .flags = MH_SERVER_SET, .at_least = 0, .at_most = 3, .since = 25 },
  [MH_VERIFICATION_VALUES]       = { "values", MH_KIND_RECORDS, .label = N_("Second determinations"), .target = &mh_report_change_value_type, .flags = MH_VIRTUAL, .max = 200,
    .help = N_("Of a change of a report: what who verifies it determined, of values that are determined twice") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (verification_fields) == MH_VERIFICATION_N_FIELDS);

static const MhField report_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REPORT_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_ORDER_ID]      = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_REPORT_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_REPORT_NUMBER]        = { "number", MH_KIND_TEXT, .label = N_("Report number"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_SORT | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_REPORT_VERSION_NO]    = { "version_no", MH_KIND_INT, .label = N_("Version"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_report_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_CONTENT_HASH]  = { "content_hash", MH_KIND_TEXT, .label = N_("Hash"), .flags = MH_SERVER_SET, .max = 64,
    .help = N_("SHA-256 of the content, hexadecimal") },
  [MH_REPORT_CONTENT]       = { "content", MH_KIND_JSON, .label = N_("Content"), .flags = MH_SERVER_SET | MH_SENSITIVE },
  [MH_REPORT_SUPERSEDES]    = { "supersedes", MH_KIND_REF, .label = N_("Replaces"), .target = &mh_report_type, .flags = MH_SERVER_SET },
  [MH_REPORT_REASON]        = { "reason", MH_KIND_TEXT, .label = N_("Reason of the correction"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_REPORT_VERIFIED_BY]   = { "verified_by", MH_KIND_REF, .label = N_("Verified by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_REPORT_VERIFIED_NAME] = { "verified_name", MH_KIND_TEXT, .label = N_("Verified by, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_REPORT_ISSUED_AT]     = { "issued_at", MH_KIND_INSTANT, .label = N_("Issued"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_REPORT_COPIES]        = { "copies", MH_KIND_INT, .label = N_("Printed copies"), .flags = MH_SERVER_SET },
  [MH_REPORT_LANGUAGE]      = { "language", MH_KIND_TEXT, .label = N_("Language"), .flags = MH_SERVER_SET, .max = 10 },
  [MH_REPORT_CRITICAL_NOTE] = { "critical_note", MH_KIND_LONG_TEXT, .label = N_("Critical results"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_SENSITIVE, .max = 4000,
    .help = N_("Who was called; usually after the release, so it is no part of the content") },
  [MH_REPORT_LINK]          = { "link", MH_KIND_TEXT, .label = N_("Address to check it at"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_NO_FORM, .max = 400,
    .help = N_("Where the hospital has a public address: what the QR code on the paper holds") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (report_fields) == MH_REPORT_N_FIELDS);

static const MhField report_check_fields[] = {
  [MH_REPORT_CHECK_ID]           = { "id", MH_KIND_TEXT, .label = N_("Report") },
  [MH_REPORT_CHECK_NUMBER]       = { "number", MH_KIND_TEXT, .label = N_("Report number") },
  [MH_REPORT_CHECK_VERSION_NO]   = { "version_no", MH_KIND_INT, .label = N_("Version") },
  [MH_REPORT_CHECK_STATUS]       = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_report_status_codes },
  [MH_REPORT_CHECK_CONTENT_HASH] = { "content_hash", MH_KIND_TEXT, .label = N_("Hash") },
  [MH_REPORT_CHECK_GENUINE]      = { "genuine", MH_KIND_BOOL, .label = N_("Genuine"),
    .help = N_("The stored content still has this hash, and it is the hash that was asked about") },
  [MH_REPORT_CHECK_LATEST]       = { "latest", MH_KIND_BOOL, .label = N_("Latest version") },
  [MH_REPORT_CHECK_ISSUED_AT]    = { "issued_at", MH_KIND_INSTANT, .label = N_("Issued") },
  [MH_REPORT_CHECK_HOSPITAL]     = { "hospital", MH_KIND_TEXT, .label = N_("Hospital") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (report_check_fields) == MH_REPORT_CHECK_N_FIELDS);

/* clang-format on */

static void
verification_check (MhRecord *verification, MhIssues *issues)
{
  const char *reason = mh_record_text (verification, MH_VERIFICATION_REASON);
  gboolean said = mh_record_has (verification, MH_VERIFICATION_COMMENT)
                  || (reason != NULL && g_strcmp0 (reason, MH_RETURN_OTHER) != 0);
  if (g_strcmp0 (mh_record_text (verification, MH_VERIFICATION_DECISION), MH_DECISION_VERIFY) != 0
      && !said)
    mh_issues_add (issues, "comment", "required", "Write what should be checked again");
}

static char *
report_display (MhRecord *report)
{
  const char *number = mh_record_text (report, MH_REPORT_NUMBER);
  gint64 version = mh_record_int (report, MH_REPORT_VERSION_NO);

  return g_strdup_printf ("%s v%" G_GINT64_FORMAT, number != NULL ? number : "", version);
}

/* clang-format off */
const MhRecordType mh_verification_type = {
  .name = "MhVerification", .code = "verification", .table = "verification",
  .label = NS_("Verification"), .fields = verification_fields, .n_fields = G_N_ELEMENTS (verification_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_PATIENT, .check = verification_check,
  .order = MH_VERIFICATION_ORDER_ID,
};

const MhRecordType mh_report_type = {
  .name = "MhReport", .code = "report", .table = "report", .path = "/reports",
  .label = NR_("Report"), .fields = report_fields, .n_fields = G_N_ELEMENTS (report_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .display = report_display,
  .hospital = MH_REPORT_HOSPITAL_ID, .patient = MH_REPORT_PATIENT_ID, .order = MH_REPORT_ORDER_ID,
};

const MhRecordType mh_report_check_type = {
  .name = "MhReportCheck", .code = "report_check",
  .label = N_("Check of a report"), .fields = report_check_fields, .n_fields = G_N_ELEMENTS (report_check_fields),
};

/* clang-format on */
