/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The words that stand on paper, by language. A paper speaks its reader's language, not that of the
 * process that prints it: its phrases are looked up by their English text among the translations of
 * po/report and po/papers (shared/base/mh-translation.h). The labels of record codes ("Female",
 * "Low") come from the record descriptions and are translated here, too. A phrase without a
 * translation stays English.
 */
#include "shared/base/mh-date.h"
#include "shared/base/mh-translation.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct _MhWords MhWords;

/* "hi", "hi-IN" or "hi_IN": Hindi. Anything else, NULL too: English. Never NULL, never freed. */
const MhWords *mh_words_for (const char *language);
/* The same for the laboratory report, which also knows Urdu and Arabic. */
const MhWords *mh_words_for_report (const char *language);
gboolean mh_words_is_rtl (const MhWords *words);
/* A name, a number or a code among words that run from the right: isolated there, so that its parts
 * keep their order; else as it is. Caller frees; NULL stays NULL. */
char *mh_words_foreign (const MhWords *words, const char *text);
const char *mh_words_language (const MhWords *words);
/* The phrase in that language; @english itself when there is none. */
const char *mh_words (const MhWords *words, const char *english);
gboolean mh_words_has (const MhWords *words, const char *english);
/* The same for a word that is one in English and two elsewhere: @context says which is meant. */
const char *mh_words_in (const MhWords *words, const char *context, const char *english);
/* The phrase with "{1}" and "{2}" replaced (NULL: not used). Caller frees. */
char *
mh_words_fill (const MhWords *words, const char *english, const char *first, const char *second);
/* The phrase with "{1}" to "{9}" replaced by @values, which end with NULL. Caller frees. */
char *mh_words_fill_all (const MhWords *words, const char *english, const char *const *values);
/* The form of the plural that the language has for @count, which replaces "{1}". Caller frees. */
char *mh_words_count (const MhWords *words, const char *one, const char *many, gint64 count);
/* The label of an ENUM field's present code; NULL when it is empty. */
const char *mh_words_field_code (const MhWords *words, MhRecord *record, guint field);
/* "21 Nov 2026, 13:45" in @zone; NULL for 0, which is "not yet". Caller frees. */
char *mh_words_instant (const MhWords *words, gint64 instant, GTimeZone *zone);
/* "12 Mar 1985". Caller frees. */
char *mh_words_day (const MhWords *words, MhDate date);
/* "41 years", "14 months", "9 days"; days below one month, months below two years. NULL when @on
 * lies before @birth. Caller frees. */
char *mh_words_age (const MhWords *words, MhDate birth, MhDate on);

/* For tests: the languages of papers and of the laboratory report, "en" first; ends with NULL. */
const char *const *mh_words_languages (void);
const char *const *mh_words_report_languages (void);

G_END_DECLS
