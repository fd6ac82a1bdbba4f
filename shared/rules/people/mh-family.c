/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/people/mh-family.h"
#include "shared/records/people/mh-family-link.h"

#include "shared/records/people/mh-patient.h"

#include <string.h>

typedef struct
{
  const char *relation;
  const char *inverse; /* of somebody whose sex is neither, or not known */
  const char *of_woman, *of_man;
  int older;       /* 1: the relative is the older one, -1: the younger one, 0: either */
  const char *sex; /* the relative cannot be of the opposite one */
} Row;

/* clang-format off */
static const Row rows[] = {
  { MH_FAMILY_MOTHER, MH_FAMILY_CHILD, NULL, NULL, 1, MH_SEX_FEMALE },
  { MH_FAMILY_FATHER, MH_FAMILY_CHILD, NULL, NULL, 1, MH_SEX_MALE },
  { MH_FAMILY_PARENT, MH_FAMILY_CHILD, NULL, NULL, 1, NULL },
  { MH_FAMILY_CHILD, MH_FAMILY_PARENT, MH_FAMILY_MOTHER, MH_FAMILY_FATHER, -1, NULL },
  { MH_FAMILY_SIBLING, MH_FAMILY_SIBLING, NULL, NULL, 0, NULL },
  { MH_FAMILY_SPOUSE, MH_FAMILY_SPOUSE, NULL, NULL, 0, NULL },
  { MH_FAMILY_GRANDPARENT, MH_FAMILY_GRANDCHILD, NULL, NULL, 1, NULL },
  { MH_FAMILY_GRANDCHILD, MH_FAMILY_GRANDPARENT, NULL, NULL, -1, NULL },
  { MH_FAMILY_GUARDIAN, MH_FAMILY_WARD, NULL, NULL, 0, NULL },
  { MH_FAMILY_WARD, MH_FAMILY_GUARDIAN, NULL, NULL, 0, NULL },
  { MH_FAMILY_OTHER, MH_FAMILY_OTHER, NULL, NULL, 0, NULL },
};
/* clang-format on */

static const Row *
family_row_of (const char *relation)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].relation, relation) == 0)
      return &rows[i];
  return &rows[G_N_ELEMENTS (rows) - 1];
}

const char *
mh_family_inverse (const char *relation, const char *sex)
{
  const Row *row = family_row_of (relation);
  if (row->of_woman != NULL && g_strcmp0 (sex, MH_SEX_FEMALE) == 0)
    return row->of_woman;
  if (row->of_man != NULL && g_strcmp0 (sex, MH_SEX_MALE) == 0)
    return row->of_man;
  return row->inverse;
}

gboolean
mh_family_can_be (const char *relation, const char *patient_birth, const char *relative_birth)
{
  int older = family_row_of (relation)->older;
  if (older == 0 || patient_birth == NULL || relative_birth == NULL)
    return TRUE;
  int order = strcmp (relative_birth, patient_birth);
  return older > 0 ? order < 0 : order > 0;
}

gboolean
mh_family_fits_sex (const char *relation, const char *relative_sex)
{
  const char *sex = family_row_of (relation)->sex;
  const char *opposite = g_strcmp0 (sex, MH_SEX_FEMALE) == 0 ? MH_SEX_MALE : MH_SEX_FEMALE;
  return sex == NULL || g_strcmp0 (relative_sex, opposite) != 0;
}
