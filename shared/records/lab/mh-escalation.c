/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-escalation.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_escalation_reason_codes[] = {
  { MH_ESCALATION_UNEXPECTED, N_("Does not fit the patient") },
  { MH_ESCALATION_DELTA, N_("Differs too much from the value before") },
  { MH_ESCALATION_CRITICAL, N_("Critical") },
  { MH_ESCALATION_QC, N_("Control out of limits") },
  { MH_ESCALATION_SAMPLE, N_("Sample is doubtful") },
  { MH_ESCALATION_METHOD, N_("Interference or limit of the method") },
  { MH_ESCALATION_OTHER, N_("Other: see the note") },
  { NULL },
};

const MhCode mh_escalation_status_codes[] = {
  { MH_ESCALATION_OPEN, N_("Waits for an answer") },
  { MH_ESCALATION_ANSWERED, N_("Answered") },
  { NULL },
};

const MhCode mh_escalation_answer_codes[] = {
  { MH_ESCALATION_ACCEPT, N_("Accept the value") },
  { MH_ESCALATION_REPEAT, NS_("Measure again") },
  { MH_ESCALATION_RECOLLECT, N_("Recollect") },
  { MH_ESCALATION_REFER, N_("Send to another laboratory") },
  { MH_ESCALATION_WITHHOLD, N_("Do not report") },
  { NULL },
};

static const MhField escalation_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ESCALATION_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ESCALATION_ORDER_ID]      = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_ESCALATION_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET },
  [MH_ESCALATION_TEST]          = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_ESCALATION_ANALYTE]       = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_ESCALATION_REASON]        = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_escalation_reason_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ESCALATION_NOTE]          = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 1000 },
  [MH_ESCALATION_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_escalation_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ESCALATION_BY_ID]         = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_ESCALATION_BY_NAME]       = { "by_name", MH_KIND_TEXT, .label = N_("By, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_ESCALATION_NOTIFIED_AT]   = { "notified_at", MH_KIND_INSTANT, .label = N_("Supervisors informed"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ESCALATION_ANSWER]        = { "answer", MH_KIND_ENUM, .label = N_("Answer"), .codes = mh_escalation_answer_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ESCALATION_ANSWER_NOTE]   = { "answer_note", MH_KIND_TEXT, .label = N_("Answer, note"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 1000 },
  [MH_ESCALATION_ANSWERED_BY]   = { "answered_by", MH_KIND_REF, .label = N_("Answered by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_ESCALATION_ANSWERED_NAME] = { "answered_name", MH_KIND_TEXT, .label = N_("Answered by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_ESCALATION_ANSWERED_AT]   = { "answered_at", MH_KIND_INSTANT, .label = N_("Answered"), .flags = MH_SERVER_SET | MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (escalation_fields) == MH_ESCALATION_N_FIELDS);

static const MhField escalation_put_fields[] = {
  [MH_ESCALATION_PUT_ID]      = { "id", MH_KIND_TEXT, .label = N_("Id"), .format = "uuid", .max = 36 },
  [MH_ESCALATION_PUT_ANALYTE] = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_REQUIRED, .max = 41 },
  [MH_ESCALATION_PUT_REASON]  = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_escalation_reason_codes, .flags = MH_REQUIRED },
  [MH_ESCALATION_PUT_NOTE]    = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (escalation_put_fields) == MH_ESCALATION_PUT_N_FIELDS);

static const MhField escalation_reply_fields[] = {
  [MH_ESCALATION_REPLY_ANSWER] = { "answer", MH_KIND_ENUM, .label = N_("Answer"), .codes = mh_escalation_answer_codes, .flags = MH_REQUIRED },
  [MH_ESCALATION_REPLY_NOTE]   = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (escalation_reply_fields) == MH_ESCALATION_REPLY_N_FIELDS);
/* clang-format on */

static void
escalation_put_check (MhRecord *put, MhIssues *issues)
{
  if (g_strcmp0 (mh_record_text (put, MH_ESCALATION_PUT_REASON), MH_ESCALATION_OTHER) == 0
      && !mh_record_has (put, MH_ESCALATION_PUT_NOTE))
    mh_issues_add (issues, "note", "required", "Say in a note what the reason is");
}

/* clang-format off */
const MhRecordType mh_escalation_type = {
  .name = "MhEscalation", .code = "escalation", .table = "escalation",
  .label = NS_("Question to a supervisor"), .fields = escalation_fields, .n_fields = G_N_ELEMENTS (escalation_fields),
  .flags = MH_TYPE_PATIENT, .since = 20,
  .hospital = MH_ESCALATION_HOSPITAL_ID, .patient = MH_ESCALATION_PATIENT_ID,
  .order = MH_ESCALATION_ORDER_ID,
};

const MhRecordType mh_escalation_put_type = {
  .name = "MhEscalationPut", .code = "escalation_put",
  .label = N_("Question to a supervisor, as asked"), .fields = escalation_put_fields, .n_fields = G_N_ELEMENTS (escalation_put_fields),
  .check = escalation_put_check,
};

const MhRecordType mh_escalation_reply_type = {
  .name = "MhEscalationReply", .code = "escalation_reply",
  .label = N_("Supervisor's answer"), .fields = escalation_reply_fields, .n_fields = G_N_ELEMENTS (escalation_reply_fields),
};
/* clang-format on */
