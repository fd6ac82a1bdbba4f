/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Other names of medicines and of what else people are allergic to: older and national names,
 * spellings, brands, everyday words (data/reference/drug-names.tsv, made a part of the programs at
 * build time). Pure; what a hospital's own formulary says comes first, see mh-drug-book.h.
 */
#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MH_DRUG_NAME_SUBSTANCE, /* means ingredients of the formulary */
  MH_DRUG_NAME_GROUP,     /* means whole allergy groups */
  MH_DRUG_NAME_MEMBER,    /* not in the formulary; belongs to those allergy groups */
  MH_DRUG_NAME_OTHER,     /* no medicine, such as peanuts */
} MhDrugNameKind;

typedef struct
{
  const char *key, *said; /* the spelling key, and as it is written */
  MhDrugNameKind kind;
  const char *means[6]; /* ended by NULL */
} MhDrugName;

/* Made by make-drug-names, sorted by key. */
extern const MhDrugName mh_drug_names[];
extern const guint mh_n_drug_names;

/* NULL: nothing has that key. */
const MhDrugName *mh_drug_name_find (const char *key);

/* One key for the spellings of a name: "Amoxycillin" and "amoxicilin", "sulphadiazine" and
 * "sulfadiazine". The plain key leaves out what only goes along ("tablets", "allergy to", "500 mg")
 * and may be empty. Caller frees. */
char *mh_drug_spelling (const char *said);
char *mh_drug_spelling_plain (const char *said);
/* Letters that are to be added, taken away, changed or swapped to make one of the other; above
 * @most it is not counted any further. */
guint mh_drug_spelling_distance (const char *a, const char *b, guint most);

G_END_DECLS
