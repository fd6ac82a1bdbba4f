/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-patient-merge.h"

#include "shared/base/mh-text.h"
#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_merge_status_codes[] = {
  { MH_MERGE_PROPOSED, N_("Proposed") },
  { MH_MERGE_DONE, NS_("Merged") },
  { MH_MERGE_DECLINED, N_("Declined") },
  { MH_MERGE_UNDONE, N_("Undone") },
  { NULL },
};

static const MhField merge_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PATIENT_MERGE_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_PATIENT_MERGE_SURVIVOR_ID]   = { "survivor_id", MH_KIND_REF, .label = N_("Record kept"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_PATIENT_MERGE_LOSER_ID]      = { "loser_id", MH_KIND_REF, .label = N_("Record merged into it"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_PATIENT_MERGE_REASON]        = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .max = 400 },
  [MH_PATIENT_MERGE_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_merge_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_PATIENT_MERGE_SURVIVOR_MRN]  = { "survivor_mrn", MH_KIND_TEXT, .label = N_("MRN kept"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_PATIENT_MERGE_SURVIVOR_NAME] = { "survivor_name", MH_KIND_TEXT, .label = N_("Name kept"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 250 },
  [MH_PATIENT_MERGE_LOSER_MRN]     = { "loser_mrn", MH_KIND_TEXT, .label = N_("MRN merged into it"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_PATIENT_MERGE_LOSER_NAME]    = { "loser_name", MH_KIND_TEXT, .label = N_("Name merged into it"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 250 },
  [MH_PATIENT_MERGE_SCORE]         = { "score", MH_KIND_INT, .label = N_("Score"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_PATIENT_MERGE_REASONS]       = { "reasons", MH_KIND_LIST, .label = N_("Similar in"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_PATIENT_MERGE_PROPOSED_BY]   = { "proposed_by", MH_KIND_REF, .label = N_("Proposed by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_PATIENT_MERGE_PROPOSED_NAME] = { "proposed_name", MH_KIND_TEXT, .label = N_("Proposed by, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_PATIENT_MERGE_DECIDED_BY]    = { "decided_by", MH_KIND_REF, .label = N_("Decided by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_PATIENT_MERGE_DECIDED_NAME]  = { "decided_name", MH_KIND_TEXT, .label = N_("Decided by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_PATIENT_MERGE_DECIDED_AT]    = { "decided_at", MH_KIND_INSTANT, .label = N_("Decided"), .flags = MH_SERVER_SET },
  [MH_PATIENT_MERGE_DECISION_NOTE] = { "decision_note", MH_KIND_TEXT, .label = N_("Note of the decision"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_PATIENT_MERGE_UNDONE_BY]     = { "undone_by", MH_KIND_REF, .label = N_("Undone by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_PATIENT_MERGE_UNDONE_NAME]   = { "undone_name", MH_KIND_TEXT, .label = N_("Undone by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_PATIENT_MERGE_UNDONE_AT]     = { "undone_at", MH_KIND_INSTANT, .label = N_("Undone"), .flags = MH_SERVER_SET },
  [MH_PATIENT_MERGE_UNDO_REASON]   = { "undo_reason", MH_KIND_TEXT, .label = N_("Reason of undoing"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_PATIENT_MERGE_N_ROWS]        = { "n_rows", MH_KIND_INT, .label = N_("Rows moved"), .flags = MH_SERVER_SET },
  [MH_PATIENT_MERGE_N_LABELS]      = { "n_labels", MH_KIND_INT, .label = N_("Labels voided"), .flags = MH_SERVER_SET },
  [MH_PATIENT_MERGE_TOLD]          = { "told", MH_KIND_LIST, .label = N_("Left as it is"), .flags = MH_SERVER_SET, .max = 200,
    .help = N_("What somebody changed between the merge and its undoing, and is therefore not put back: record type, id and field") },
  [MH_PATIENT_MERGE_SURVIVOR]      = { "survivor", MH_KIND_RECORD, .label = N_("Record kept"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_VIRTUAL | MH_NO_FORM },
  [MH_PATIENT_MERGE_LOSER]         = { "loser", MH_KIND_RECORD, .label = N_("Record merged into it"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_VIRTUAL | MH_NO_FORM },
};
G_STATIC_ASSERT (G_N_ELEMENTS (merge_fields) == MH_PATIENT_MERGE_N_FIELDS);

static const MhField merge_row_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PATIENT_MERGE_ROW_MERGE_ID]    = { "merge_id", MH_KIND_REF, .label = N_("Merge"), .target = &mh_patient_merge_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_PATIENT_MERGE_ROW_POSITION]    = { "position", MH_KIND_INT, .label = N_("Position"), .flags = MH_SERVER_SET },
  [MH_PATIENT_MERGE_ROW_OBJECT_TYPE] = { "object_type", MH_KIND_TEXT, .label = N_("Record type"), .flags = MH_SERVER_SET, .max = 60 },
  [MH_PATIENT_MERGE_ROW_OBJECT_ID]   = { "object_id", MH_KIND_TEXT, .label = N_("Record"), .flags = MH_SERVER_SET, .max = 36 },
  [MH_PATIENT_MERGE_ROW_WAS]      = { "was", MH_KIND_JSON, .label = N_("Before"), .flags = MH_SERVER_SET | MH_SENSITIVE },
  [MH_PATIENT_MERGE_ROW_BECAME]       = { "became", MH_KIND_JSON, .label = N_("After"), .flags = MH_SERVER_SET | MH_SENSITIVE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (merge_row_fields) == MH_PATIENT_MERGE_ROW_N_FIELDS);

static const MhField merge_decision_fields[] = {
  [MH_PATIENT_MERGE_DECISION_NOTE_TEXT] = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (merge_decision_fields) == MH_PATIENT_MERGE_DECISION_N_FIELDS);
/* clang-format on */

static void
merge_check (MhRecord *merge, MhIssues *issues)
{
  const char *reason = mh_record_text (merge, MH_PATIENT_MERGE_REASON);
  const char *survivor = mh_record_text (merge, MH_PATIENT_MERGE_SURVIVOR_ID);
  if (reason != NULL && mh_text_length (reason) < 3)
    mh_issues_add (issues, "reason", "too_short", "Say in a few words why these are one person");
  if (survivor != NULL
      && g_strcmp0 (survivor, mh_record_text (merge, MH_PATIENT_MERGE_LOSER_ID)) == 0)
    mh_issues_add (issues, "loser_id", "same", "A record cannot be merged into itself");
}

/* clang-format off */
const MhRecordType mh_patient_merge_type = {
  .name = "MhPatientMerge", .code = "patient_merge", .table = "patient_merge", .path = "/merges",
  .label = NS_("Merge of patients"), .fields = merge_fields, .n_fields = G_N_ELEMENTS (merge_fields),
  .flags = MH_TYPE_PATIENT, .since = 33, .check = merge_check,
  .hospital = MH_PATIENT_MERGE_HOSPITAL_ID,
};

const MhRecordType mh_patient_merge_row_type = {
  .name = "MhPatientMergeRow", .code = "patient_merge_row", .table = "patient_merge_row",
  .label = N_("Row moved by a merge"), .fields = merge_row_fields, .n_fields = G_N_ELEMENTS (merge_row_fields),
  .flags = MH_TYPE_PART | MH_TYPE_INTERNAL, .since = 33,
};

const MhRecordType mh_patient_merge_decision_type = {
  .name = "MhPatientMergeDecision", .code = "patient_merge_decision",
  .label = N_("Decision on a merge"), .fields = merge_decision_fields, .n_fields = G_N_ELEMENTS (merge_decision_fields),
};
/* clang-format on */
