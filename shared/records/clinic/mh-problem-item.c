/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-problem-item.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

#include <string.h>

/* clang-format off */
const MhCode mh_problem_status_codes[] = {
  { MH_PROBLEM_ACTIVE, N_("Active") },
  { MH_PROBLEM_RECURRENCE, N_("Recurrence") },
  { MH_PROBLEM_INACTIVE, N_("Inactive") },
  { MH_PROBLEM_REMISSION, N_("In remission") },
  { MH_PROBLEM_RESOLVED, N_("Resolved") },
  { NULL },
};
const MhCode mh_problem_verification_codes[] = {
  { MH_PROBLEM_CONFIRMED, NS_("Confirmed") },
  { MH_PROBLEM_PROVISIONAL, NS_("Provisional") },
  { MH_PROBLEM_DIFFERENTIAL, NS_("One of several possible") },
  { MH_PROBLEM_UNCONFIRMED, NS_("Not confirmed") },
  { MH_PROBLEM_REFUTED, NS_("Refuted") },
  { MH_ENTERED_IN_ERROR, NS_("Entered in error") },
  { NULL },
};
const MhCode mh_problem_severity_codes[] = {
  { "mild", NS_("Mild") }, { "moderate", NS_("Moderate") }, { "severe", NS_("Severe") }, { NULL },
};

static const MhField fields[] = {
  MH_COMMON_FIELDS,
  [MH_PROBLEM_ITEM_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_PROBLEM_ITEM_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX | MH_NO_FORM },
  [MH_PROBLEM_ITEM_VISIT_ID]      = { "visit_id", MH_KIND_REF, .label = N_("Visit"), .target = &mh_visit_type, .flags = MH_IMMUTABLE | MH_NO_FORM },
  [MH_PROBLEM_ITEM_TITLE]         = { "title", MH_KIND_TEXT, .label = N_("Problem"), .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 200 },
  [MH_PROBLEM_ITEM_CODE]          = { "code", MH_KIND_TEXT, .label = N_("ICD-10"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 10 },
  [MH_PROBLEM_ITEM_CODE_TITLE]    = { "code_title", MH_KIND_TEXT, .label = N_("Meaning of the code"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 200 },
  [MH_PROBLEM_ITEM_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("State"), .codes = mh_problem_status_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_PROBLEM_ITEM_VERIFICATION]  = { "verification", MH_KIND_ENUM, .label = N_("How sure"), .codes = mh_problem_verification_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_PROBLEM_ITEM_SEVERITY]      = { "severity", MH_KIND_ENUM, .label = N_("Severity"), .codes = mh_problem_severity_codes, .flags = MH_SENSITIVE },
  [MH_PROBLEM_ITEM_ONSET]         = { "onset", MH_KIND_DATE, .label = N_("Since"), .flags = MH_SENSITIVE | MH_BRIEF },
  [MH_PROBLEM_ITEM_ENDED]         = { "ended", MH_KIND_DATE, .label = N_("Until"), .flags = MH_SENSITIVE },
  [MH_PROBLEM_ITEM_RANK]          = { "rank", MH_KIND_INT, .label = N_("Rank"), .help = N_("1 stands first on the list"), .at_least = 1, .at_most = 99 },
  [MH_PROBLEM_ITEM_NOTE]          = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 2000 },
  [MH_PROBLEM_ITEM_RECORDED_NAME] = { "recorded_name", MH_KIND_TEXT, .label = N_("Recorded by"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120 },
  [MH_PROBLEM_ITEM_CHANGED_NAME]  = { "changed_name", MH_KIND_TEXT, .label = N_("Changed by"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_PROBLEM_ITEM_N_FIELDS);
/* clang-format on */

gboolean
mh_problem_item_is_current (MhRecord *problem)
{
  const char *status = mh_record_text (problem, MH_PROBLEM_ITEM_STATUS);
  const char *verification = mh_record_text (problem, MH_PROBLEM_ITEM_VERIFICATION);
  return g_strcmp0 (status, MH_PROBLEM_INACTIVE) != 0
         && g_strcmp0 (status, MH_PROBLEM_REMISSION) != 0
         && g_strcmp0 (status, MH_PROBLEM_RESOLVED) != 0
         && g_strcmp0 (verification, MH_PROBLEM_REFUTED) != 0
         && g_strcmp0 (verification, MH_ENTERED_IN_ERROR) != 0;
}

/* FHIR con-4: what has an end is not active. */
static void
problem_item_check (MhRecord *problem, MhIssues *issues)
{
  const char *onset = mh_record_text (problem, MH_PROBLEM_ITEM_ONSET);
  const char *ended = mh_record_text (problem, MH_PROBLEM_ITEM_ENDED);
  const char *status = mh_record_text (problem, MH_PROBLEM_ITEM_STATUS);
  if (onset != NULL && ended != NULL && strcmp (ended, onset) < 0)
    mh_issues_add (issues, "ended", "before_onset", "It cannot end before it began.");
  if (ended != NULL
      && (g_strcmp0 (status, MH_PROBLEM_ACTIVE) == 0
          || g_strcmp0 (status, MH_PROBLEM_RECURRENCE) == 0))
    mh_issues_add (issues, "status", "ended",
                   "What has ended is resolved, inactive or in remission.");
}

static char *
problem_item_display (MhRecord *problem)
{
  const char *code = mh_record_text (problem, MH_PROBLEM_ITEM_CODE);
  const char *title = mh_record_text (problem, MH_PROBLEM_ITEM_TITLE);
  return code != NULL ? g_strdup_printf ("%s (%s)", title, code) : g_strdup (title);
}

/* clang-format off */
const MhRecordType mh_problem_item_type = {
  .name = "MhProblemItem", .code = "problem_item", .table = "problem_item", .path = "/problem_items",
  .label = NS_("Problem"), .fields = fields, .n_fields = G_N_ELEMENTS (fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = problem_item_check, .display = problem_item_display,
  .hospital = MH_PROBLEM_ITEM_HOSPITAL_ID, .patient = MH_PROBLEM_ITEM_PATIENT_ID,
  .key = MH_PROBLEM_ITEM_CODE,
};
/* clang-format on */
