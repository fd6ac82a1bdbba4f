/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The formulary as it is looked up while a prescription is checked. Its rows never change; one
 * thread at a time asks. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct _MhDrugBook MhDrugBook;

/* Arrays of medicine, drug_ingredient, drug_interaction and allergy_cross records; referenced. */
MhDrugBook *mh_drug_book_new (GPtrArray *medicines,
                              GPtrArray *ingredients,
                              GPtrArray *interactions,
                              GPtrArray *crosses);
void mh_drug_book_free (MhDrugBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhDrugBook, mh_drug_book_free)

/* All borrowed; NULL: none. Names are compared without case and accents. */
MhRecord *mh_drug_book_medicine (MhDrugBook *book, const char *code);
/* The first medicine of that generic or brand name, whatever its form. */
MhRecord *mh_drug_book_named (MhDrugBook *book, const char *name);
MhRecord *mh_drug_book_ingredient (MhDrugBook *book, const char *name);
/* The allergy group as the formulary spells it: "Penicillin" and "penicillins" are one. */
const char *mh_drug_book_group (MhDrugBook *book, const char *name);
/* Is @ingredient that one, or of that class? */
gboolean
mh_drug_book_matches (MhDrugBook *book, const char *ingredient, const char *kind, const char *name);
/* Allergy groups of an ingredient; NULL: none. */
const char *const *mh_drug_book_groups_of (MhDrugBook *book, const char *ingredient);
/* Spelling keys (mh-drug-names.h) of all ingredients, groups, generic names and brands → the name.
 * Made when it is first asked for; borrowed. */
GHashTable *mh_drug_book_spellings (MhDrugBook *book);
GPtrArray *mh_drug_book_medicines (MhDrugBook *book); /* borrowed */
/* What between those two ingredients holds: the most specific row, of equally specific ones the
 * most severe; NULL: none. */
MhRecord *mh_drug_book_interaction (MhDrugBook *book, const char *one, const char *other);
/* The row that says what an allergy to group @from means for group @to, in either direction. */
MhRecord *mh_drug_book_cross (MhDrugBook *book, const char *from, const char *to);

G_END_DECLS
