/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-drug-words.h"

#include <string.h>

#include "shared/record/mh-field.h"
#include "shared/records/messages/mh-alert.h"

#define MOST_ARGUMENTS 3

/* clang-format off */
static const char *const templates[] = {
  [MH_DRUG_SAY_ALLERGY]       = N_("An allergy of {1} is noted."),
  [MH_DRUG_SAY_INTOLERANCE]   = N_("An intolerance of {1} is noted."),
  [MH_DRUG_SAY_MEANT]         = N_("{1} is checked as {2}."),
  [MH_DRUG_SAY_UNKNOWN_ALLERGY] = N_("Nothing here is checked against the allergy to {1}: the formulary does not know this name."),
  [MH_DRUG_SAY_PERHAPS]       = N_("Perhaps {1} is meant?"),
  [MH_DRUG_SAY_REACTION]      = N_("Reaction: {1}."),
  [MH_DRUG_SAY_GROUP]         = N_("{1} is of the group {2}."),
  [MH_DRUG_SAY_ABOVE_DAY]     = N_("{1} {2} a day is above {3} {2} a day."),
  [MH_DRUG_SAY_ABOVE_WEEK]    = N_("{1} {2} per week is above {3} {2} per week."),
  [MH_DRUG_SAY_ABOVE]         = N_("{1} {2} is above {3} {2}."),
  [MH_DRUG_SAY_BELOW]         = N_("{1} {2} is below the usual {3} {2}."),
  [MH_DRUG_SAY_OLD_WEIGHT]    = N_("The dose is compared with an old weight."),
  [MH_DRUG_SAY_NO_DOSE]       = N_("The formulary holds no dose for children of this medicine."),
  [MH_DRUG_SAY_UNREAD]        = N_("The dose as it is written cannot be compared with the limits."),
  [MH_DRUG_SAY_KIDNEYS]       = N_("The kidneys' clearance is {1} {2}."),
  [MH_DRUG_SAY_PREGNANT]      = N_("The patient is pregnant."),
  [MH_DRUG_SAY_ASK_PREGNANT]  = N_("Contraindicated in pregnancy, and nobody has asked."),
  [MH_DRUG_SAY_NO_FEEDING]    = N_("The formulary holds nothing about breast-feeding for this medicine."),
  [MH_DRUG_SAY_FEEDING]       = N_("The patient is breast-feeding."),
  [MH_DRUG_SAY_BELOW_YEARS]   = N_("Not below the age of {1}."),
  [MH_DRUG_SAY_BELOW_MONTHS]  = N_("Not below months: {1}."),
  [MH_DRUG_SAY_FROM_YEARS]    = N_("Not from the age of {1}."),
  [MH_DRUG_SAY_HIGH_ALERT]    = N_("High-alert medicine."),
  [MH_DRUG_SAY_INGREDIENT]    = N_("Both contain {1}."),
  [MH_DRUG_SAY_CLASS]         = N_("Both are of the class {1}."),
  [MH_DRUG_SAY_NOT_ASKED]     = N_("Nobody has asked this patient about allergies."),
  [MH_DRUG_SAY_NO_WEIGHT]     = N_("Doses by weight are not checked: no weight is known."),
  [MH_DRUG_SAY_NO_CREATININE] = N_("The kidneys are not considered: without a creatinine, and for children, no clearance is calculated."),
  [MH_DRUG_SAY_UNCHECKED]     = N_("This name is not in the formulary: nothing about it is checked."),
  [MH_DRUG_SAY_ASK]           = N_("Ask, and note the answer."),
  [MH_DRUG_SAY_WEIGH]         = N_("Weigh again."),
  [MH_DRUG_SAY_CORRECT]       = N_("Compare by yourself; correct the name of the allergy in the chart."),
  [MH_DRUG_SAY_WEIGHT]        = N_("weight {1} kg ({2})"),
  [MH_DRUG_SAY_CREATININE]    = N_("creatinine {1} mg/dL ({2})"),
  [MH_DRUG_SAY_LIMIT]         = N_("limit {1}"),
  [MH_DRUG_SAY_TRIMESTER]     = N_("trimester {1}"),
  [MH_DRUG_SAY_AGE]           = N_("age {1} years {2} months"),
  [MH_DRUG_SAY_UNTIL]         = N_("{1} until {2}"),
};
/* clang-format on */
G_STATIC_ASSERT (G_N_ELEMENTS (templates) == MH_DRUG_N_SAYS);

const char *
mh_drug_template (MhDrugSay say)
{
  return templates[say];
}

char *
mh_drug_say (MhDrugSay say, ...)
{
  const char *arguments[MOST_ARGUMENTS + 1] = { NULL };
  va_list args;
  va_start (args, say);
  for (guint i = 0; i < MOST_ARGUMENTS; i++)
    {
      arguments[i] = va_arg (args, const char *);
      if (arguments[i] == NULL)
        break;
    }
  va_end (args);
  return mh_alert_fill (templates[say], arguments);
}

/* --- reading back --- */

typedef struct
{
  gboolean whole; /* nothing may follow, not another sentence either */
  char *at[MOST_ARGUMENTS + 1];
} Found;

static void
found_clear (Found *found)
{
  for (guint i = 0; i < MOST_ARGUMENTS; i++)
    g_clear_pointer (&found->at[i], g_free);
}

/* The number of the placeholder at @at, from 0; −1: there is none. */
static int
placeholder (const char *at)
{
  return at[0] == '{' && at[1] >= '1' && at[1] <= '0' + MOST_ARGUMENTS && at[2] == '}' ? at[1] - '1'
                                                                                       : -1;
}

/* Where @text goes on behind @template, the shortest arguments that fit in @found; NULL: it is none
 * of it. */
static const char *
drug_words_match (const char *template, const char *text, Found *found)
{
  int number = placeholder (template);
  if (*template == 0)
    return *text == 0 || (*text == ' ' && !found->whole) ? text : NULL;
  if (number < 0)
    return *template == *text ? drug_words_match (template + 1, text + 1, found) : NULL;

  if (found->at[number] != NULL)
    {
      gsize length = strlen (found->at[number]);
      return strncmp (text, found->at[number], length) == 0
                 ? drug_words_match (template + 3, text + length, found)
                 : NULL;
    }

  for (gsize length = 1; text[length - 1] != 0; length++)
    {
      found->at[number] = g_strndup (text, length);
      const char *end = drug_words_match (template + 3, text + length, found);
      if (end != NULL)
        return end;
      g_clear_pointer (&found->at[number], g_free);
    }

  return NULL;
}

static char *
drug_words_fill (const char *template, Found *found, MhDrugArgument argument)
{
  char *arguments[MOST_ARGUMENTS + 1] = { NULL };
  for (guint i = 0; i < MOST_ARGUMENTS && found->at[i] != NULL; i++)
    {
      char *said = argument != NULL ? argument (found->at[i]) : NULL;
      arguments[i] = said != NULL ? said : g_strdup (found->at[i]);
    }
  char *text = mh_alert_fill (template, (const char *const *)arguments);
  for (guint i = 0; i < MOST_ARGUMENTS; i++)
    g_free (arguments[i]);
  return text;
}

/* The sentence at @text in other words, and where it ends; NULL: none of these. */
static char *
drug_words_read_one (const char *text,
                     guint first,
                     guint behind,
                     MhDrugTranslate translate,
                     MhDrugArgument argument,
                     const char **out_end)
{
  for (guint i = first; i < behind; i++)
    {
      Found found = { .whole = first == MH_DRUG_SAY_WEIGHT };
      const char *end = drug_words_match (templates[i], text, &found);
      char *said
          = end != NULL ? drug_words_fill (translate (templates[i]), &found, argument) : NULL;
      found_clear (&found);
      if (said != NULL)
        {
          *out_end = end;
          return said;
        }
    }

  return NULL;
}

char *
mh_drug_words (const char *text, MhDrugTranslate translate, MhDrugArgument argument)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *at = text;
  while (at != NULL && *at != 0)
    {
      g_autofree char *said
          = drug_words_read_one (at, 0, MH_DRUG_SAY_WEIGHT, translate, argument, &at);
      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, said != NULL ? said : at);
      if (said == NULL)
        break;
      while (*at == ' ')
        at++;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
mh_drug_figure_words (const char *figure, MhDrugTranslate translate, MhDrugArgument argument)
{
  const char *end = NULL;
  g_autofree char *said
      = drug_words_read_one (figure, MH_DRUG_SAY_WEIGHT, MH_DRUG_N_SAYS, translate, argument, &end);
  return said != NULL && *end == 0 ? g_steal_pointer (&said) : g_strdup (figure);
}
