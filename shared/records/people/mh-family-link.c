/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-family-link.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_family_relation_codes[] = {
  { MH_FAMILY_MOTHER, NS_("Mother") },
  { MH_FAMILY_FATHER, NS_("Father") },
  { MH_FAMILY_PARENT, N_("Parent") },
  { MH_FAMILY_CHILD, N_("Child") },
  { MH_FAMILY_SIBLING, N_("Brother or sister") },
  { MH_FAMILY_SPOUSE, N_("Husband or wife") },
  { MH_FAMILY_GRANDPARENT, N_("Grandparent") },
  { MH_FAMILY_GRANDCHILD, N_("Grandchild") },
  { MH_FAMILY_GUARDIAN, N_("Guardian") },
  { MH_FAMILY_WARD, N_("Ward") },
  { MH_FAMILY_OTHER, NS_("Other relative") },
  { NULL },
};

static const MhField fields[] = {
  MH_COMMON_FIELDS,
  [MH_FAMILY_LINK_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_FAMILY_LINK_PATIENT_ID]  = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_FAMILY_LINK_RELATIVE_ID] = { "relative_id", MH_KIND_REF, .label = N_("Relative"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_FAMILY_LINK_RELATION]    = { "relation", MH_KIND_ENUM, .label = N_("The relative is"), .codes = mh_family_relation_codes, .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF,
    .help = N_("What the relative is to the patient") },
  [MH_FAMILY_LINK_RELATIVE]    = { "relative", MH_KIND_RECORD, .label = N_("Relative"), .target = &mh_patient_type, .flags = MH_VIRTUAL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_FAMILY_LINK_N_FIELDS);

const MhRecordType mh_family_link_type = {
  .name = "MhFamilyLink", .code = "family_link", .table = "family_link", .path = "/family-links",
  .label = NS_("Relative"), .fields = fields, .n_fields = G_N_ELEMENTS (fields),
  .flags = MH_TYPE_PATIENT,
  .hospital = MH_FAMILY_LINK_HOSPITAL_ID, .patient = MH_FAMILY_LINK_PATIENT_ID,
};
/* clang-format on */
