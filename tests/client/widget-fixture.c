/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/client/widget-fixture.h"

#include "shared/records/people/mh-patient.h"

MhContext *
widget_context (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mahima-test-XXXXXX", NULL);
  return mh_context_new ("http://127.0.0.1:1", folder);
}

void
widget_turn (void)
{
  for (int i = 0; i < 100 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

MhRecord *
widget_patient (const char *given, const char *family)
{
  MhRecord *patient = mh_record_new (&mh_patient_type);
  mh_record_take_text (patient, MH_ID, g_uuid_string_random ());
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, given);
  mh_record_set_text (patient, MH_PATIENT_FAMILY_NAME, family);
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, "1984-02-29");
  mh_record_set_text (patient, MH_PATIENT_SEX, "female");
  return patient;
}
