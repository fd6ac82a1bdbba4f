/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drug check's sentences are read back as what they were said with. */
#include "shared/rules/clinic/mh-drug-words.h"

static const char *
bracketed (const char *template)
{
  static char said[300];
  g_snprintf (said, sizeof said, "⟦%s⟧", template);
  return said;
}

static const char *
turned (const char *template)
{
  return g_str_equal (template, mh_drug_template (MH_DRUG_SAY_ABOVE))   ? "3={3} 1={1} 2={2}"
         : g_str_equal (template, mh_drug_template (MH_DRUG_SAY_UNTIL)) ? "{2}<{1}"
                                                                        : template;
}

static char *
shouted (const char *argument)
{
  return g_ascii_strup (argument, -1);
}

/* Every sentence is read back as what it was said with, alone and before another. */
static void
test_words (void)
{
  for (MhDrugSay say = 0; say < MH_DRUG_N_SAYS; say++)
    {
      g_autofree char *text = mh_drug_say (say, "12.5", "mg/kg/day", "7 % of it", NULL);
      g_autofree char *two = g_strconcat (text, " ", text, " What a book says.", NULL);
      gboolean figure = say >= MH_DRUG_SAY_WEIGHT;
      g_autofree char *back = figure ? mh_drug_figure_words (text, bracketed, NULL)
                                     : mh_drug_words (text, bracketed, NULL);
      g_autofree char *both = figure ? g_strdup (two) : mh_drug_words (two, turned, NULL);
      g_autofree char *wanted = g_strdup_printf ("⟦%s⟧", text);
      g_assert_cmpstr (back, ==, wanted);
      if (say != MH_DRUG_SAY_ABOVE)
        g_assert_cmpstr (both, ==, two);
      /* a figure is none of the sentences */
      g_autofree char *other = figure ? mh_drug_words (text, bracketed, NULL) : g_strdup (text);
      g_assert_cmpstr (other, ==, text);
    }
  g_autofree char *above = mh_drug_words ("20 mg is above 10 mg. Weigh.", turned, shouted);
  g_assert_cmpstr (above, ==, "3=10 1=20 2=MG Weigh.");
  g_autofree char *until = mh_drug_figure_words ("warfarin until 2026-12-01", turned, shouted);
  g_assert_cmpstr (until, ==, "2026-12-01<WARFARIN");
  g_autofree char *none
      = mh_drug_words ("Bleeding: both thin the blood until it stops.", bracketed, NULL);
  g_assert_cmpstr (none, ==, "Bleeding: both thin the blood until it stops.");
  g_autofree char *allergy = mh_drug_words (
      "An allergy of penicillin is noted. Reaction: rash. Amoxicillin is of the group penicillins. "
      "Same ring.",
      turned, shouted);
  g_assert_cmpstr (allergy, ==,
                   "An allergy of PENICILLIN is noted. Reaction: RASH. AMOXICILLIN is of the group "
                   "PENICILLINS. Same ring.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drug-words/all", test_words);
  return g_test_run ();
}
