/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The sentences of the drug check. The check says them in English, by these templates, and whoever
 * shows them reads them back and says them in another language: also those that were kept with an
 * override years ago. What the formulary says itself (effects, mechanisms, advice) is data and
 * stays as its source wrote it.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef enum
{
  MH_DRUG_SAY_ALLERGY, /* {1} substance */
  MH_DRUG_SAY_INTOLERANCE,
  MH_DRUG_SAY_MEANT,           /* {1} what was noted {2} what it is taken for */
  MH_DRUG_SAY_UNKNOWN_ALLERGY, /* {1} what was noted */
  MH_DRUG_SAY_PERHAPS,         /* {1} a name that it may be */
  MH_DRUG_SAY_REACTION,        /* {1} what happened */
  MH_DRUG_SAY_GROUP,           /* {1} medicine {2} group */
  MH_DRUG_SAY_ABOVE_DAY,       /* {1} value {2} unit {3} limit; the same of those below */
  MH_DRUG_SAY_ABOVE_WEEK,
  MH_DRUG_SAY_ABOVE,
  MH_DRUG_SAY_BELOW,
  MH_DRUG_SAY_OLD_WEIGHT,
  MH_DRUG_SAY_NO_DOSE,
  MH_DRUG_SAY_UNREAD,
  MH_DRUG_SAY_KIDNEYS, /* {1} value {2} unit */
  MH_DRUG_SAY_PREGNANT,
  MH_DRUG_SAY_ASK_PREGNANT,
  MH_DRUG_SAY_NO_FEEDING,
  MH_DRUG_SAY_FEEDING,
  MH_DRUG_SAY_BELOW_YEARS, /* {1} years, months, years */
  MH_DRUG_SAY_BELOW_MONTHS,
  MH_DRUG_SAY_FROM_YEARS,
  MH_DRUG_SAY_HIGH_ALERT,
  MH_DRUG_SAY_INGREDIENT, /* {1} */
  MH_DRUG_SAY_CLASS,      /* {1} */
  MH_DRUG_SAY_NOT_ASKED,
  MH_DRUG_SAY_NO_WEIGHT,
  MH_DRUG_SAY_NO_CREATININE,
  MH_DRUG_SAY_UNCHECKED,
  /* what to do */
  MH_DRUG_SAY_ASK,
  MH_DRUG_SAY_WEIGH,
  MH_DRUG_SAY_CORRECT,
  /* figures; {2} a day */
  MH_DRUG_SAY_WEIGHT,     /* {1} kg */
  MH_DRUG_SAY_CREATININE, /* {1} mg/dL */
  MH_DRUG_SAY_LIMIT,      /* {1} value with unit */
  MH_DRUG_SAY_TRIMESTER,  /* {1} */
  MH_DRUG_SAY_AGE,        /* {1} years {2} months */
  MH_DRUG_SAY_UNTIL,      /* {1} medicine */
  MH_DRUG_N_SAYS,
} MhDrugSay;

/* The template, as it stands in the catalogues of translations. */
const char *mh_drug_template (MhDrugSay say);
/* Filled in with up to three strings, ended by NULL. Caller frees. */
char *mh_drug_say (MhDrugSay say, ...) G_GNUC_NULL_TERMINATED;

/* Another language's template for this one; itself where there is none. */
typedef const char *(*MhDrugTranslate) (const char *template);
/* An argument in the reader's way, such as a date; NULL: as it is. Caller frees. */
typedef char *(*MhDrugArgument) (const char *argument);

/* The sentences at the beginning of @text said by @translate, the rest as it stands; @argument may
 * be NULL. Caller frees. Not for what the formulary says. */
char *mh_drug_words (const char *text, MhDrugTranslate translate, MhDrugArgument argument);
/* The same of one figure. */
char *mh_drug_figure_words (const char *figure, MhDrugTranslate translate, MhDrugArgument argument);

G_END_DECLS
