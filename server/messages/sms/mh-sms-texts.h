/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What an SMS says in each language, without clinical words, and what it costs. Pure. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* More parts than that are refused: something is wrong with a text of that length. */
#define MH_SMS_MOST_SEGMENTS 6

/* The languages there are texts in; ends with NULL. The first is the fallback. */
const char *const *mh_sms_texts_languages (void);
/* The language of those above for a tag such as "ur-PK". */
const char *mh_sms_texts_language (const char *tag);
/* @arguments: name, value, …, NULL; one that is missing stands empty, line breaks become spaces.
 * NULL for an unknown code. Caller frees. */
char *mh_sms_texts_fill (const char *code, const char *language, const char *const *arguments);
/* The same of any words. Caller frees. */
char *mh_sms_texts_fill_words (const char *words, const char *const *arguments);
/* The words of the house, before anything is filled in; NULL: unknown code. */
const char *mh_sms_texts_words (const char *code, const char *language);
/* Parts that @text is charged for: 160 signs of GSM 03.38 in one, 153 in several; 70 and 67 UTF-16
 * units for everything else. */
guint mh_sms_texts_segments (const char *text);

G_END_DECLS
