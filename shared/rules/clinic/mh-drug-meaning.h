/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the name of an allergy or of a medicine means in this formulary, however it is written: by
 * the formulary's own names and brands, by other names of the same (mh-drug-names.h), by spelling.
 * What nobody knows is told, never taken for nothing. Pure.
 */
#include "shared/rules/clinic/mh-drug-book.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *ingredients; /* as the formulary spells them, borrowed from it */
  GPtrArray *groups;      /* allergy groups that were named as such */
  GPtrArray *member_of;   /* groups of what the formulary itself does not hold */
  GPtrArray *unknown;     /* what of it nobody knows */
  gboolean by_another_name;
} MhDrugMeaning;

/* "Augmentin", "sulpha drugs", "penicillin and Brufen". @said NULL: means nothing. Lives no longer
 * than @book. */
MhDrugMeaning *mh_drug_meaning_of (MhDrugBook *book, const char *said);
void mh_drug_meaning_free (MhDrugMeaning *meaning);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhDrugMeaning, mh_drug_meaning_free)

/* "amoxicillin, clavulanic acid"; empty: it is no medicine, or unknown. Caller frees. */
char *mh_drug_meaning_words (const MhDrugMeaning *meaning);
/* Names that @unknown may be a slip of, the likeliest first; empty: nothing is near. Caller frees.
 */
char **mh_drug_nearest_names (MhDrugBook *book, const char *unknown, guint most);
/* The likeliest; NULL: nothing is near. Caller frees. */
char *mh_drug_nearest_name (MhDrugBook *book, const char *unknown);

/* The medicine that is written as @name: by its own names, or the first with just the ingredients
 * that the name means. NULL: there is none; *out_ingredients then has those that are known (ended
 * by NULL, borrowed; free the array), or is NULL. */
MhRecord *mh_drug_medicine_like (MhDrugBook *book, const char *name, const char ***out_ingredients);

G_END_DECLS
