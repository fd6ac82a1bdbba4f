/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * An amount in words, as a bill must show it. Indian numbering (crore, lakh, thousand) in English
 * and Hindi; for rupees the words are "Rupees … only", for another currency its code stands in
 * front.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* "Rupees one lakh twenty-three thousand four hundred fifty-six and paise fifty only". @minor: not
 * negative, in the minor unit. @language: "hi…" for Hindi, else English. Caller frees. */
char *mh_amount_words (gint64 minor, const char *currency, const char *language);

G_END_DECLS
