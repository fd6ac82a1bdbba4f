/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-access.h"

#include <string.h>

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_protected_codes[] = {
  { MH_PROTECTED_VIP, N_("Protected person") },
  { MH_PROTECTED_STAFF, N_("Member of the staff") },
  { MH_PROTECTED_OWN, N_("Own chart") },
  { NULL },
};

const MhCode mh_access_reason_codes[] = {
  { MH_ACCESS_EMERGENCY, NS_("Emergency") },
  { MH_ACCESS_TREATMENT, N_("I treat this patient") },
  { MH_ACCESS_DIAGNOSTICS, N_("Laboratory or other diagnostics") },
  { MH_ACCESS_DESK, N_("Registration, order or bill") },
  { MH_ACCESS_REQUEST, N_("The patient asked for it") },
  { MH_ACCESS_QUALITY, N_("Complaint or quality review") },
  { MH_ACCESS_OTHER, N_("Other reason") },
  { NULL },
};

const MhCode mh_access_verdict_codes[] = {
  { MH_VERDICT_JUSTIFIED, N_("Justified") },
  { MH_VERDICT_UNCLEAR, N_("Unclear, followed up") },
  { MH_VERDICT_UNJUSTIFIED, N_("Not justified") },
  { NULL },
};

const MhCode mh_access_state_codes[] = {
  { MH_ACCESS_STATE_WAITING, N_("Waiting for a review") },
  { MH_ACCESS_STATE_OVERDUE, N_("Review overdue") },
  { MH_ACCESS_STATE_OPEN, N_("Open now") },
  { MH_ACCESS_STATE_ALL, N_("All") },
  { NULL },
};

static const MhField grant_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ACCESS_GRANT_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ACCESS_GRANT_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_REQUIRED | MH_INDEX },
  [MH_ACCESS_GRANT_PATIENT_MRN]   = { "patient_mrn", MH_KIND_TEXT, .label = N_("MRN"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_ACCESS_GRANT_USER_ID]       = { "user_id", MH_KIND_REF, .label = N_("Opened by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_REQUIRED | MH_INDEX },
  [MH_ACCESS_GRANT_USER_NAME]     = { "user_name", MH_KIND_TEXT, .label = N_("Opened by"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_ACCESS_GRANT_ROLE]          = { "role", MH_KIND_TEXT, .label = N_("Role"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_ACCESS_GRANT_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("Protected as"), .codes = mh_protected_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ACCESS_GRANT_REASON]        = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_access_reason_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ACCESS_GRANT_TEXT]          = { "text", MH_KIND_LONG_TEXT, .label = N_("In words"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 1000 },
  [MH_ACCESS_GRANT_OPENED_AT]     = { "opened_at", MH_KIND_INSTANT, .label = N_("Opened"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_ACCESS_GRANT_OPEN_UNTIL]    = { "open_until", MH_KIND_INSTANT, .label = N_("Open until"), .flags = MH_SERVER_SET },
  [MH_ACCESS_GRANT_ENDED_AT]      = { "ended_at", MH_KIND_INSTANT, .label = N_("Closed"), .flags = MH_SERVER_SET },
  [MH_ACCESS_GRANT_REVIEW_BY]     = { "review_by", MH_KIND_INSTANT, .label = N_("Review due"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ACCESS_GRANT_REVIEWED_AT]   = { "reviewed_at", MH_KIND_INSTANT, .label = N_("Reviewed"), .flags = MH_SERVER_SET },
  [MH_ACCESS_GRANT_REVIEWED_BY]   = { "reviewed_by", MH_KIND_REF, .label = N_("Reviewed by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_ACCESS_GRANT_REVIEWED_NAME] = { "reviewed_name", MH_KIND_TEXT, .label = N_("Reviewed by"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_ACCESS_GRANT_VERDICT]       = { "verdict", MH_KIND_ENUM, .label = N_("Outcome"), .codes = mh_access_verdict_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ACCESS_GRANT_NOTE]          = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET, .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (grant_fields) == MH_ACCESS_GRANT_N_FIELDS);

static const MhField opening_fields[] = {
  [MH_ACCESS_OPENING_PATIENT_ID] = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED },
  [MH_ACCESS_OPENING_REASON]     = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_access_reason_codes, .flags = MH_REQUIRED },
  [MH_ACCESS_OPENING_TEXT]       = { "text", MH_KIND_LONG_TEXT, .label = N_("In words"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 1000,
    .help = N_("At least ten letters: what the chart is needed for") },
  [MH_ACCESS_OPENING_PASSWORD]   = { "password", MH_KIND_TEXT, .label = N_("Password"), .flags = MH_REQUIRED | MH_INPUT | MH_SENSITIVE, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (opening_fields) == MH_ACCESS_OPENING_N_FIELDS);

static const MhField review_fields[] = {
  [MH_ACCESS_REVIEW_VERDICT] = { "verdict", MH_KIND_ENUM, .label = N_("Outcome"), .codes = mh_access_verdict_codes, .flags = MH_REQUIRED },
  [MH_ACCESS_REVIEW_NOTE]    = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000,
    .help = N_("Needed unless it was justified") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (review_fields) == MH_ACCESS_REVIEW_N_FIELDS);
/* clang-format on */

/* Letters that say something: blanks do not count. */
static guint
letters_of (const char *text)
{
  guint n = 0;
  for (const char *c = text; c != NULL && *c != 0; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      n++;
  return n;
}

static void
opening_check (MhRecord *opening, MhIssues *issues)
{
  const char *text = mh_record_text (opening, MH_ACCESS_OPENING_TEXT);
  if (text != NULL && letters_of (text) < MH_ACCESS_LEAST_TEXT)
    mh_issues_add (issues, "text", "too_short",
                   "Say in at least ten letters what it is needed for.");
}

static void
review_check (MhRecord *review, MhIssues *issues)
{
  const char *verdict = mh_record_text (review, MH_ACCESS_REVIEW_VERDICT);
  const char *note = mh_record_text (review, MH_ACCESS_REVIEW_NOTE);
  if (verdict != NULL && strcmp (verdict, MH_VERDICT_JUSTIFIED) != 0 && letters_of (note) == 0)
    mh_issues_add (issues, "note", "required", "Write what was found and what will be done.");
}

const char *
mh_access_error_patient (const GError *error, const char **out_kind)
{
  const MhIssues *issues
      = g_error_matches (error, MH_ERROR, MH_ERROR_FORBIDDEN) ? mh_error_get_issues (error) : NULL;
  const MhIssue *issue = issues != NULL ? mh_issues_find (issues, "patient_id") : NULL;
  const MhIssue *kind = issues != NULL ? mh_issues_find (issues, "protected") : NULL;
  if (issue == NULL || strcmp (issue->code, MH_ISSUE_PROTECTED_CHART) != 0)
    return NULL;
  if (out_kind != NULL)
    *out_kind = kind != NULL ? kind->code : MH_PROTECTED_VIP;
  return issue->message;
}

/* clang-format off */
const MhRecordType mh_access_grant_type = {
  .name = "MhAccessGrant", .code = "access_grant", .table = "access_grant", .path = "/access-grants",
  .label = NS_("Opening of a protected chart"), .fields = grant_fields, .n_fields = G_N_ELEMENTS (grant_fields),
  .flags = MH_TYPE_PATIENT,
  .hospital = MH_ACCESS_GRANT_HOSPITAL_ID, .patient = MH_ACCESS_GRANT_PATIENT_ID,
};

const MhRecordType mh_access_opening_type = {
  .name = "MhAccessOpening", .code = "access_opening",
  .label = N_("Opening a protected chart"), .fields = opening_fields, .n_fields = G_N_ELEMENTS (opening_fields),
  .check = opening_check,
  .patient = MH_ACCESS_OPENING_PATIENT_ID,
};

const MhRecordType mh_access_review_type = {
  .name = "MhAccessReview", .code = "access_review",
  .label = N_("Review of an opening"), .fields = review_fields, .n_fields = G_N_ELEMENTS (review_fields),
  .check = review_check,
};
/* clang-format on */
