/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Relatives seen from the other side, and what cannot be. */
#include "shared/records/people/mh-family-link.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/people/mh-family.h"

static const struct
{
  const char *relation, *sex; /* of the patient */
  const char *inverse;
} turned[] = {
  { MH_FAMILY_MOTHER, MH_SEX_FEMALE, MH_FAMILY_CHILD },
  { MH_FAMILY_FATHER, MH_SEX_MALE, MH_FAMILY_CHILD },
  { MH_FAMILY_PARENT, NULL, MH_FAMILY_CHILD },
  { MH_FAMILY_CHILD, MH_SEX_FEMALE, MH_FAMILY_MOTHER },
  { MH_FAMILY_CHILD, MH_SEX_MALE, MH_FAMILY_FATHER },
  { MH_FAMILY_CHILD, MH_SEX_OTHER, MH_FAMILY_PARENT },
  { MH_FAMILY_CHILD, NULL, MH_FAMILY_PARENT },
  { MH_FAMILY_SIBLING, MH_SEX_FEMALE, MH_FAMILY_SIBLING },
  { MH_FAMILY_SPOUSE, MH_SEX_MALE, MH_FAMILY_SPOUSE },
  { MH_FAMILY_GRANDPARENT, MH_SEX_MALE, MH_FAMILY_GRANDCHILD },
  { MH_FAMILY_GRANDCHILD, MH_SEX_FEMALE, MH_FAMILY_GRANDPARENT },
  { MH_FAMILY_GUARDIAN, MH_SEX_MALE, MH_FAMILY_WARD },
  { MH_FAMILY_WARD, MH_SEX_FEMALE, MH_FAMILY_GUARDIAN },
  { MH_FAMILY_OTHER, MH_SEX_FEMALE, MH_FAMILY_OTHER },
};

/* Every relation has its row, and turned twice it is what it was, but for what it tells of sex. */
static void
test_inverse (void)
{
  for (const MhCode *code = mh_family_relation_codes; code->code != NULL; code++)
    {
      gboolean found = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (turned); i++)
        found = found || g_str_equal (turned[i].relation, code->code);
      g_assert_true (found);
    }
  for (guint i = 0; i < G_N_ELEMENTS (turned); i++)
    {
      const char *inverse = mh_family_inverse (turned[i].relation, turned[i].sex);
      g_assert_cmpstr (inverse, ==, turned[i].inverse);
      const char *sex = g_str_equal (turned[i].relation, MH_FAMILY_MOTHER)   ? MH_SEX_FEMALE
                        : g_str_equal (turned[i].relation, MH_FAMILY_FATHER) ? MH_SEX_MALE
                                                                             : NULL;
      g_assert_cmpstr (mh_family_inverse (inverse, sex), ==, turned[i].relation);
    }
}

static const struct
{
  const char *relation, *patient, *relative;
  gboolean can_be;
} births[] = {
  { MH_FAMILY_MOTHER, "2010-05-02", "2010-05-01", TRUE },
  { MH_FAMILY_MOTHER, "2010-05-02", "2010-05-02", FALSE },
  { MH_FAMILY_MOTHER, "2010-05-02", "2010-05-03", FALSE },
  { MH_FAMILY_FATHER, "2010-05-02", "2011-01-01", FALSE },
  { MH_FAMILY_PARENT, "2010-05-02", "2011-01-01", FALSE },
  { MH_FAMILY_GRANDPARENT, "2010-05-02", "2011-01-01", FALSE },
  { MH_FAMILY_CHILD, "1984-02-29", "2010-05-02", TRUE },
  { MH_FAMILY_CHILD, "1984-02-29", "1984-02-29", FALSE },
  { MH_FAMILY_GRANDCHILD, "1984-02-29", "1950-01-01", FALSE },
  { MH_FAMILY_SIBLING, "1984-02-29", "1984-02-29", TRUE },
  { MH_FAMILY_SPOUSE, "1984-02-29", "1950-01-01", TRUE },
  { MH_FAMILY_GUARDIAN, "1950-01-01", "1984-02-29", TRUE },
  { MH_FAMILY_MOTHER, NULL, "2011-01-01", TRUE },
  { MH_FAMILY_MOTHER, "2010-05-02", NULL, TRUE },
};

static void
test_births (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (births); i++)
    if (mh_family_can_be (births[i].relation, births[i].patient, births[i].relative)
        != births[i].can_be)
      g_error ("row %u", i);
}

static void
test_sex (void)
{
  g_assert_true (mh_family_fits_sex (MH_FAMILY_MOTHER, MH_SEX_FEMALE));
  g_assert_true (mh_family_fits_sex (MH_FAMILY_MOTHER, MH_SEX_OTHER));
  g_assert_true (mh_family_fits_sex (MH_FAMILY_MOTHER, MH_SEX_UNKNOWN));
  g_assert_false (mh_family_fits_sex (MH_FAMILY_MOTHER, MH_SEX_MALE));
  g_assert_true (mh_family_fits_sex (MH_FAMILY_FATHER, MH_SEX_MALE));
  g_assert_false (mh_family_fits_sex (MH_FAMILY_FATHER, MH_SEX_FEMALE));
  g_assert_true (mh_family_fits_sex (MH_FAMILY_SPOUSE, MH_SEX_MALE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/family/inverse", test_inverse);
  g_test_add_func ("/family/births", test_births);
  g_test_add_func ("/family/sex", test_sex);
  return g_test_run ();
}
