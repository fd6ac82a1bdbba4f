/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-patient.h"

#include "shared/base/mh-text.h"
#include "shared/records/people/mh-patient.h"

#include <string.h>

static gboolean
share_a_word (const char *theirs, MhRecord *patient)
{
  static const guint names[]
      = { MH_PATIENT_GIVEN_NAME, MH_PATIENT_MIDDLE_NAME, MH_PATIENT_FAMILY_NAME };
  g_autofree char *folded = mh_text_fold (theirs);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *ours = mh_record_text (patient, names[i]);
      g_autofree char *ours_folded = mh_text_fold (ours != NULL ? ours : "");
      g_auto (GStrv) ours_words = g_strsplit (ours_folded, " ", -1);
      for (char **word = words; *word != NULL; word++)
        any = any || (**word != 0 && g_strv_contains ((const char *const *)ours_words, *word));
    }

  return any;
}

static const char *
sex_of (const char *letter)
{
  return letter == NULL                         ? NULL
         : letter[0] == 'M' || letter[0] == 'm' ? MH_SEX_MALE
         : letter[0] == 'F' || letter[0] == 'f' ? MH_SEX_FEMALE
                                                : NULL;
}

const char *
mh_analysers_patient_differs (const MhDeviceSample *said, MhRecord *patient)
{
  const char *sex = sex_of (said->sex), *our_sex = mh_record_text (patient, MH_PATIENT_SEX);
  const char *born = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  const char *mrn = mh_record_text (patient, MH_PATIENT_MRN);

  /* Some write the tube's number there. */
  gboolean is_number
      = said->patient_id != NULL
        && g_ptr_array_find_with_equal_func (said->numbers, said->patient_id, g_str_equal, NULL);
  gboolean has_id = said->patient_id != NULL && !is_number;
  g_autofree char *name = g_strdup_printf ("%s %s", said->family != NULL ? said->family : "",
                                           said->given != NULL ? said->given : "");

  if (has_id && mrn != NULL && g_ascii_strcasecmp (said->patient_id, mrn) != 0)
    return "The analyser names another patient's number.";
  if (sex != NULL && our_sex != NULL
      && (g_str_equal (our_sex, MH_SEX_MALE) || g_str_equal (our_sex, MH_SEX_FEMALE))
      && !g_str_equal (sex, our_sex))
    return "The sex is another one.";
  if (said->birth_date != NULL && born != NULL
      && !mh_record_bool (patient, MH_PATIENT_BIRTH_ESTIMATED)
      && strcmp (said->birth_date, born) != 0)
    return "The date of birth is another one.";
  if (!has_id && name[1] != 0 && !share_a_word (name, patient))
    return "The name is another one.";

  return NULL;
}
