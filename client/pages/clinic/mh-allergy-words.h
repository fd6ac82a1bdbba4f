/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What an allergy's name means to the checks of prescriptions, in words. */
#include "shared/rules/mh-drug-book.h"

G_BEGIN_DECLS

/* Against which of @names no prescription can be checked, each with the names that may be meant.
 * NULL: the formulary knows them all. @names ends with NULL, or is NULL. Caller frees. */
char *mh_allergy_words_unknown (MhDrugBook *book, const char *const *names);

G_END_DECLS
