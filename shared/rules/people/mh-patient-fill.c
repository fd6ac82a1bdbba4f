/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/people/mh-patient-fill.h"

#include "shared/records/people/mh-patient.h"

#include <string.h>

#define MOST_TOGETHER 7

/* Filled only when all of them are blank. */
static const guint together[][MOST_TOGETHER] = {
  { MH_PATIENT_ADDRESS_LINE, MH_PATIENT_LOCALITY, MH_PATIENT_CITY, MH_PATIENT_DISTRICT,
    MH_PATIENT_STATE, MH_PATIENT_COUNTRY, MH_PATIENT_PIN },
  { MH_PATIENT_GUARDIAN_NAME, MH_PATIENT_GUARDIAN_RELATION, MH_PATIENT_GUARDIAN_PHONE },
  { MH_PATIENT_EMERGENCY_NAME, MH_PATIENT_EMERGENCY_RELATION, MH_PATIENT_EMERGENCY_PHONE },
  { MH_PATIENT_INSURER, MH_PATIENT_POLICY_NUMBER, MH_PATIENT_POLICY_VALID_UNTIL },
  { MH_PATIENT_NATIVE_NAME, MH_PATIENT_NATIVE_SCRIPT },
  { MH_PATIENT_BIRTH_DATE, MH_PATIENT_BIRTH_ESTIMATED },
  { MH_PATIENT_PREGNANT, MH_PATIENT_PREGNANCY_WEEKS, MH_PATIENT_PREGNANCY_DATED },
  { MH_PATIENT_DECEASED, MH_PATIENT_DECEASED_AT, MH_PATIENT_DEATH_TOLD_BY, MH_PATIENT_DEATH_CAUSE },
};

static gboolean
is_blank (MhRecord *patient, guint field)
{
  const MhField *described = &mh_patient_type.fields[field];
  if (!mh_record_has (patient, field))
    return TRUE;
  if (described->kind == MH_KIND_BOOL)
    return !mh_record_bool (patient, field);
  return field == MH_PATIENT_ALLERGY_STATUS
         && strcmp (mh_record_text (patient, field), MH_ALLERGY_NOT_ASKED) == 0;
}

static void
patient_fill_copy_field (MhRecord *to, MhRecord *from, guint field)
{
  g_autoptr (MhRecord) patch = mh_record_new (&mh_patient_type);
  const MhField *described = &mh_patient_type.fields[field];
  if (described->kind == MH_KIND_BOOL)
    mh_record_set_bool (patch, field, mh_record_bool (from, field));
  else if (described->kind == MH_KIND_LIST)
    mh_record_set_list (patch, field, mh_record_list (from, field));
  else if (mh_field_is_int (described))
    mh_record_set_int (patch, field, mh_record_int (from, field));
  else
    mh_record_set_text (patch, field, mh_record_text (from, field));
  mh_record_apply (to, patch);
}

/* Which group @field belongs to, or -1. */
static int
patient_fill_group_of (guint field)
{
  for (guint i = 0; i < G_N_ELEMENTS (together); i++)
    for (guint k = 0; k < MOST_TOGETHER && together[i][k] != 0; k++)
      if (together[i][k] == field)
        return (int)i;
  return -1;
}

static void
fill_group (MhRecord *filled, MhRecord *survivor, MhRecord *loser, guint group)
{
  gboolean blank = TRUE;
  for (guint k = 0; k < MOST_TOGETHER && together[group][k] != 0; k++)
    blank = blank && is_blank (survivor, together[group][k]);
  for (guint k = 0; blank && k < MOST_TOGETHER && together[group][k] != 0; k++)
    if (!is_blank (loser, together[group][k]))
      patient_fill_copy_field (filled, loser, together[group][k]);
}

static void
join_list (MhRecord *filled, MhRecord *loser, guint field)
{
  const char *const *more = mh_record_list (loser, field);
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    {
      const char *const *have = mh_record_list (filled, field);
      if (have == NULL || !g_strv_contains (have, more[i]))
        mh_record_add_to_list (filled, field, more[i]);
    }
}

/* Known wins over none, and both over not asked. */
static void
join_allergies (MhRecord *filled, MhRecord *loser)
{
  join_list (filled, loser, MH_PATIENT_ALLERGIES);
  const char *const *allergies = mh_record_list (filled, MH_PATIENT_ALLERGIES);
  if (allergies != NULL && allergies[0] != NULL)
    mh_record_set_text (filled, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_KNOWN);
  else if (is_blank (filled, MH_PATIENT_ALLERGY_STATUS)
           && !is_blank (loser, MH_PATIENT_ALLERGY_STATUS))
    patient_fill_copy_field (filled, loser, MH_PATIENT_ALLERGY_STATUS);
}

static gboolean
is_filled_alone (guint field)
{
  const MhField *described = &mh_patient_type.fields[field];
  gboolean derived = (described->flags & (MH_SERVER_SET | MH_SECRET)) != 0;
  return field >= MH_N_COMMON && mh_field_is_column (described)
         && (!derived || field == MH_PATIENT_USER_ID) && patient_fill_group_of (field) < 0
         && field != MH_PATIENT_ALLERGIES && field != MH_PATIENT_ALLERGY_STATUS
         && field != MH_PATIENT_CHRONIC_FLAGS && field != MH_PATIENT_UNIDENTIFIED
         && described->kind != MH_KIND_BOOL;
}

static void
add_former (MhRecord *filled, MhRecord *loser)
{
  const char *mrn = mh_record_text (loser, MH_PATIENT_MRN);
  if (mrn != NULL)
    mh_record_add_to_list (filled, MH_PATIENT_FORMER_MRNS, mrn);
  join_list (filled, loser, MH_PATIENT_FORMER_MRNS);
}

MhRecord *
mh_patient_filled (MhRecord *survivor, MhRecord *loser)
{
  MhRecord *filled = mh_record_copy (survivor);
  gboolean male = g_strcmp0 (mh_record_text (survivor, MH_PATIENT_SEX), MH_SEX_MALE) == 0;
  for (guint i = 0; i < mh_patient_type.n_fields; i++)
    if (is_filled_alone (i) && is_blank (survivor, i) && !is_blank (loser, i))
      patient_fill_copy_field (filled, loser, i);
  for (guint i = 0; i < G_N_ELEMENTS (together); i++)
    if (!male || together[i][0] != MH_PATIENT_PREGNANT)
      fill_group (filled, survivor, loser, i);

  join_allergies (filled, loser);
  join_list (filled, loser, MH_PATIENT_CHRONIC_FLAGS);

  /* Who was unknown and now has a name is known. */
  if (mh_record_bool (survivor, MH_PATIENT_UNIDENTIFIED)
      && !mh_record_bool (loser, MH_PATIENT_UNIDENTIFIED))
    mh_record_set_bool (filled, MH_PATIENT_UNIDENTIFIED, FALSE);
  if (mh_record_bool (loser, MH_PATIENT_VIP))
    mh_record_set_bool (filled, MH_PATIENT_VIP, TRUE);
  if (mh_record_bool (filled, MH_PATIENT_POSSIBLE_DUPLICATE))
    mh_record_set_bool (filled, MH_PATIENT_POSSIBLE_DUPLICATE, FALSE);
  add_former (filled, loser);

  return filled;
}

gboolean
mh_patient_blood_conflicts (MhRecord *a, MhRecord *b)
{
  const char *left = mh_record_text (a, MH_PATIENT_BLOOD_GROUP);
  const char *right = mh_record_text (b, MH_PATIENT_BLOOD_GROUP);
  return left != NULL && right != NULL && strcmp (left, right) != 0;
}
