/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Words as people write and search them. Folding happens in C, never in SQL, because SQLite and
 * PostgreSQL fold differently. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* NFKD, marks stripped, case folded, punctuation to single spaces, trimmed. Devanagari is carried
 * to Latin (our own simple scheme, good for search: "आशा" → "asha"); other scripts stay. Caller
 * frees. */
char *mh_text_fold (const char *text);
/* The same of a name: an apostrophe of any kind parts nothing ("D’Souza" → "dsouza"). */
char *mh_text_fold_name (const char *name);
/* The folded words by which a name is found: its parts, and joined what some write as one word and
 * others as two ("De la Cruz" → de, la, cruz, dela, lacruz, delacruz; "Ram Kumar" → also ramkumar).
 * No doubles; free the array. */
GPtrArray *mh_text_name_words (const char *name);
/* "de", "al", "mc", or as short: often written together with the next word. */
gboolean mh_text_is_particle (const char *word);
/* Search key of one folded word for Indian names: v/w, sh/s, aa/a, ee/i, oo/u, th/t, dh/d, bh/b,
 * kh/k, gh/g, ph/f, z/j, double letters, silent h dropped; Mac and Mc; the listed families of
 * spelling
 * ("md", "muhammad"). "Choudhary" and "Chaudhari" share it. */
char *mh_text_phonetic (const char *word);
/* Is one of the words the other with one letter more, less, another one, or two swapped? FALSE for
 * equal ones. */
gboolean mh_text_is_one_slip (const char *a, const char *b);
double mh_text_jaro_winkler (const char *a, const char *b); /* 0.0–1.0, over code points */
/* Digits of any script to ASCII, everything else untouched. */
char *mh_text_ascii_digits (const char *text);
/* Only the digits of a phone number; a leading "+91", "0091" or "0" before 10 digits is dropped. */
char *mh_text_phone_digits (const char *text);
/* NFC, trimmed, inner white space to one space, control characters dropped. NULL stays NULL. */
char *mh_text_clean (const char *text);
/* As above for several lines: line ends become \n, tabs stay, each line loses its trailing space,
 * empty lines at both ends go. */
char *mh_text_clean_lines (const char *text);
/* The first @most code points. For what is typed and told back; never cuts a character. */
char *mh_text_cut (const char *text, guint most);
guint mh_text_length (const char *text); /* code points */
gboolean mh_text_is_email (const char *text);
gboolean mh_text_is_phone (const char *text); /* 7–15 digits, + - ( ) and spaces allowed */
/* First letters for an avatar: "AV". Caller frees. */
char *mh_text_initials (const char *given, const char *family);

G_END_DECLS
