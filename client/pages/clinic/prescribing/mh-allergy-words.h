/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What an allergy's name means to the checks of prescriptions, in words, and the names that may be
 * meant by one that they do not know. */
#include "client/widgets/base/mh-wrap.h"
#include "shared/rules/clinic/mh-drug-book.h"

G_BEGIN_DECLS

/* Against which of @names no prescription can be checked. NULL: the formulary knows them all.
 * @names ends with NULL, or is NULL. Caller frees. */
char *mh_allergy_words_unknown (MhDrugBook *book, const char *const *names);

/* A name that may be meant was chosen in place of @unknown. */
typedef void (*MhAllergyUse) (gpointer owner, const char *unknown, const char *name);

/* “Use …” into @uses, once for each name that may be meant by @unknown; with none @uses is hidden
 * unless it has others. @owner is a GObject that outlives them. */
void mh_allergy_words_offer (MhWrap *uses,
                             MhDrugBook *book,
                             const char *unknown,
                             MhAllergyUse use,
                             gpointer owner);
/* The same for each of @names that the formulary does not know, in place of what was offered. */
void mh_allergy_words_offer_all (MhWrap *uses,
                                 MhDrugBook *book,
                                 const char *const *names,
                                 MhAllergyUse use,
                                 gpointer owner);

G_END_DECLS
