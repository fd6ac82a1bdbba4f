/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-allergy.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_allergy_kind_codes[] = {
  { MH_ALLERGY_KIND_ALLERGY, NS_("Allergy") },
  { MH_ALLERGY_KIND_INTOLERANCE, N_("Intolerance") },
  { NULL },
};

const MhCode mh_allergy_severity_codes[] = {
  { MH_ALLERGY_MILD, NS_("Mild") },
  { MH_ALLERGY_MODERATE, NS_("Moderate") },
  { MH_ALLERGY_SEVERE, NS_("Severe") },
  { MH_ALLERGY_ANAPHYLAXIS, N_("Anaphylaxis") },
  { NULL },
};

const MhCode mh_allergy_state_codes[] = {
  { MH_ALLERGY_ACTIVE, N_("Active") },
  { MH_ALLERGY_INACTIVE, N_("No longer applies") },
  { MH_ALLERGY_REFUTED, N_("Disproved") },
  { MH_ALLERGY_MISTAKE, N_("Entered by mistake") },
  { NULL },
};

const MhCode mh_allergy_source_codes[] = {
  { MH_ALLERGY_FROM_PATIENT, N_("The patient says so") },
  { MH_ALLERGY_FROM_FAMILY, N_("The family says so") },
  { MH_ALLERGY_FROM_PAPERS, N_("Earlier papers") },
  { MH_ALLERGY_FROM_SEEN, N_("Seen or tested here") },
  { MH_ALLERGY_FROM_DESK, N_("Noted at registration") },
  { NULL },
};

static const MhField allergy_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ALLERGY_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ALLERGY_PATIENT_ID]  = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX | MH_NO_FORM },
  [MH_ALLERGY_SUBSTANCE]   = { "substance", MH_KIND_TEXT, .label = N_("Substance"), .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 120,
    .help = N_("The ingredient, such as amoxicillin; or what it is, such as peanuts") },
  [MH_ALLERGY_CLASS_CODE]  = { "class_code", MH_KIND_TEXT, .label = N_("Class"), .flags = MH_SENSITIVE, .max = 120,
    .help = N_("A whole class, such as penicillins; known ingredients bring theirs") },
  [MH_ALLERGY_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_allergy_kind_codes, .flags = MH_BRIEF },
  [MH_ALLERGY_SEVERITY]    = { "severity", MH_KIND_ENUM, .label = N_("Severity"), .codes = mh_allergy_severity_codes, .flags = MH_BRIEF },
  [MH_ALLERGY_REACTION]    = { "reaction", MH_KIND_TEXT, .label = N_("Reaction"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 200 },
  [MH_ALLERGY_STATUS]      = { "status", MH_KIND_ENUM, .label = N_("State"), .codes = mh_allergy_state_codes, .flags = MH_BRIEF },
  [MH_ALLERGY_SOURCE]      = { "source", MH_KIND_ENUM, .label = N_("Known from"), .codes = mh_allergy_source_codes },
  [MH_ALLERGY_SINCE]       = { "since", MH_KIND_DATE, .label = N_("Since"), .flags = MH_SENSITIVE },
  [MH_ALLERGY_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_ALLERGY_NOTED_BY]    = { "noted_by", MH_KIND_REF, .label = N_("Noted by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ALLERGY_NOTED_NAME]  = { "noted_name", MH_KIND_TEXT, .label = N_("Noted by (name)"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (allergy_fields) == MH_ALLERGY_N_FIELDS);
/* clang-format on */

gboolean
mh_allergy_is_active (MhRecord *allergy)
{
  const char *status = mh_record_text (allergy, MH_ALLERGY_STATUS);
  return !mh_record_has (allergy, MH_DELETED_AT)
         && (status == NULL || g_str_equal (status, MH_ALLERGY_ACTIVE));
}

static char *
allergy_display (MhRecord *allergy)
{
  return g_strdup (mh_record_text (allergy, MH_ALLERGY_SUBSTANCE));
}

/* clang-format off */
const MhRecordType mh_allergy_type = {
  .name = "MhAllergy", .code = "allergy", .table = "allergy", .path = "/allergies",
  .label = NS_("Allergy"), .fields = allergy_fields, .n_fields = G_N_ELEMENTS (allergy_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .display = allergy_display,
  .hospital = MH_ALLERGY_HOSPITAL_ID, .patient = MH_ALLERGY_PATIENT_ID,
};
/* clang-format on */
