/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Texts in the language of whoever reads them, not of the process: papers, mail, SMS and the pages
 * for telephones. gettext knows one language per process, and a server speaks several at once. The
 * texts stand in English in the sources and are translated in po/DOMAIN/LANGUAGE.po; the build
 * makes tables of them. Any thread may ask.
 */
#include <glib.h>

G_BEGIN_DECLS

/* They mark a text for the translators of these domains, as N_() does for those of the desk: what
 * the server says, and a label that the laboratory report says. In shared/records the desk says it,
 * too. */
#define NS_(String) (String)
#define NR_(String) (String)

/* The laboratory report; all other papers and mail; what goes to telephones. */
#define MH_DOMAIN_REPORT "report"
#define MH_DOMAIN_PAPERS "papers"
#define MH_DOMAIN_PHONES "phones"

typedef struct _MhTranslation MhTranslation;

/* "hi", "hi-IN" or "hi_IN"; NULL where the domain does not know the language. Never freed. */
const MhTranslation *mh_translation_find (const char *domain, const char *language);
/* @context parts words that are one in English ("Change": of a state, of money); NULL: none. NULL
 * when there is no translation. */
const char *
mh_translation_text (const MhTranslation *translation, const char *context, const char *english);
/* The form of the plural that the language uses for @count; NULL as above. */
const char *mh_translation_plural (const MhTranslation *translation, const char *one, gulong count);
/* "en" and those of the domain; ends with NULL. */
const char *const *mh_translation_languages (const char *domain);
/* The language of those above that @tag names; "en" for any other. */
const char *mh_translation_language_of (const char *domain, const char *tag);
gboolean mh_translation_is_rtl (const char *language);

G_END_DECLS
