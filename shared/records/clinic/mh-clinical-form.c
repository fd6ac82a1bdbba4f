/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-clinical-form.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_form_for_codes[] = {
  { MH_FORM_FOR_NURSE, N_("Nurses") },
  { MH_FORM_FOR_PHYSICIAN, N_("Physicians") },
  { MH_FORM_FOR_BOTH, N_("Nurses and physicians") },
  { NULL },
};

static const MhField definition_fields[] = {
  MH_COMMON_FIELDS,
  [MH_FORM_DEFINITION_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_FORM_DEFINITION_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_FORM_DEFINITION_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_FORM_DEFINITION_FOR_WHOM]    = { "for_whom", MH_KIND_ENUM, .label = N_("For"), .codes = mh_form_for_codes, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF },
  [MH_FORM_DEFINITION_VERSION_NO]  = { "version_no", MH_KIND_INT, .label = N_("Version of the form"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_FORM_DEFINITION_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
  [MH_FORM_DEFINITION_CONTENT]     = { "content", MH_KIND_JSON, .label = N_("Questions"), .flags = MH_REQUIRED | MH_IMMUTABLE, .max = 200000 },
  [MH_FORM_DEFINITION_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_FORM_DEFINITION_MADE_NAME]   = { "made_name", MH_KIND_TEXT, .label = N_("Made by"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (definition_fields) == MH_FORM_DEFINITION_N_FIELDS);

static const MhField answer_fields[] = {
  MH_COMMON_FIELDS,
  [MH_FORM_ANSWER_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_FORM_ANSWER_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_FORM_ANSWER_VISIT_ID]      = { "visit_id", MH_KIND_REF, .label = N_("Visit"), .target = &mh_visit_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_NO_FORM | MH_INDEX },
  [MH_FORM_ANSWER_FORM_ID]       = { "form_id", MH_KIND_REF, .label = N_("Form"), .target = &mh_form_definition_type, .flags = MH_NO_FORM | MH_REQUIRED | MH_IMMUTABLE },
  [MH_FORM_ANSWER_FORM_CODE]     = { "form_code", MH_KIND_TEXT, .label = N_("Code of the form"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_FORM_ANSWER_FORM_NAME]     = { "form_name", MH_KIND_TEXT, .label = N_("Assessment"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_FORM_ANSWER_VERSION_NO]    = { "version_no", MH_KIND_INT, .label = N_("Version of the form"), .flags = MH_SERVER_SET },
  [MH_FORM_ANSWER_ANSWERS]       = { "answers", MH_KIND_JSON, .label = N_("Answers"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SENSITIVE, .max = 100000 },
  [MH_FORM_ANSWER_SCORES]        = { "scores", MH_KIND_TEXT, .label = N_("Scores"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 1000 },
  [MH_FORM_ANSWER_REPLACES]      = { "replaces", MH_KIND_TEXT, .label = N_("Instead of"), .flags = MH_IMMUTABLE | MH_NO_FORM, .max = 36, .format = "uuid" },
  [MH_FORM_ANSWER_ANSWERED_AT]   = { "answered_at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_FORM_ANSWER_ANSWERED_BY]   = { "answered_by", MH_KIND_REF, .label = N_("Who"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_FORM_ANSWER_ANSWERED_NAME] = { "answered_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_FORM_ANSWER_REPLACED_AT]   = { "replaced_at", MH_KIND_INSTANT, .label = N_("Replaced"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (answer_fields) == MH_FORM_ANSWER_N_FIELDS);

const MhRecordType mh_form_definition_type = {
  .name = "MhFormDefinition", .code = "form_definition", .table = "form_definition", .path = "/form-definitions",
  .label = N_("Form"), .fields = definition_fields, .n_fields = G_N_ELEMENTS (definition_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_FORM_DEFINITION_HOSPITAL_ID, .active = MH_FORM_DEFINITION_ACTIVE,
  .key = MH_FORM_DEFINITION_CODE,
};
const MhRecordType mh_form_answer_type = {
  .name = "MhFormAnswer", .code = "form_answer", .table = "form_answer", .path = "/form-answers",
  .label = NS_("Assessment"), .fields = answer_fields, .n_fields = G_N_ELEMENTS (answer_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_FORM_ANSWER_HOSPITAL_ID, .patient = MH_FORM_ANSWER_PATIENT_ID,
};
/* clang-format on */
