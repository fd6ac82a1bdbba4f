/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Which patient somebody of the staff is (rules.md 13): their chart is then protected, from
 * themselves too. Kept on the patient; asked for and set by the account. */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* GET and PUT /users/{id}/patient */
enum
{
  MH_USER_PATIENT_PATIENT_ID, /* without: no patient here */
  MH_USER_PATIENT_PATIENT_NAME,
  MH_USER_PATIENT_PATIENT_MRN,
  MH_USER_PATIENT_N_FIELDS,
};

G_END_DECLS
