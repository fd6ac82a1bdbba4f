/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-user-patient.h"

#include "shared/records/mh-types.h"

/* clang-format off */
static const MhField fields[] = {
  [MH_USER_PATIENT_PATIENT_ID]   = { "patient_id", MH_KIND_REF, .label = N_("Is patient"), .target = &mh_patient_type,
    .help = N_("Empty: this account belongs to nobody who is a patient here") },
  [MH_USER_PATIENT_PATIENT_NAME] = { "patient_name", MH_KIND_TEXT, .label = N_("Patient"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 200 },
  [MH_USER_PATIENT_PATIENT_MRN]  = { "patient_mrn", MH_KIND_TEXT, .label = N_("MRN"), .flags = MH_SERVER_SET, .max = 40 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_USER_PATIENT_N_FIELDS);

const MhRecordType mh_user_patient_type = {
  .name = "MhUserPatient", .code = "user_patient",
  .label = N_("Patient of an account"), .fields = fields, .n_fields = G_N_ELEMENTS (fields),
  .patient = MH_USER_PATIENT_PATIENT_ID,
};
/* clang-format on */
