/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-patient-name.h"

#include "shared/records/people/mh-patient.h"

char *
mh_patient_name (MhRecord *patient)
{
  const char *family = mh_record_text (patient, MH_PATIENT_FAMILY_NAME);
  const char *given = mh_record_text (patient, MH_PATIENT_GIVEN_NAME);
  const char *middle = mh_record_text (patient, MH_PATIENT_MIDDLE_NAME);
  g_autofree char *capitals = family != NULL ? g_utf8_strup (family, -1) : g_strdup ("");
  g_autofree char *name
      = g_strjoin (" ", capitals, given != NULL ? given : "", middle != NULL ? middle : "", NULL);
  return g_strdup (g_strstrip (name));
}
