/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The table as it lies in memory or in a file: one piece, read in place, numbers as the machine has
 * them. Behind the head stand, in this order:
 *
 *   MhIcd10Entry  rows[n_rows]      in the order of the file they came from
 *   guint32       by_code[n_rows]   the rows in the order of their codes
 *   MhIcd10Word   words[n_words]    in order
 *   guint8        places[]          of each word its rows, ascending: how much further the next one
 *                                   is, seven bits a byte, the lowest first, the last without bit 7
 *   char          text[]            words, and of each row its code and its title, each ended by 0
 */
#include "shared/rules/clinic/mh-icd10.h"

G_BEGIN_DECLS

#define MH_ICD10_MAGIC 0x31443031u /* says the order of bytes, too */

typedef struct
{
  guint32 magic, size; /* of the whole, head included */
  guint32 n_rows, n_words, n_places, n_text;
} MhIcd10Head;

typedef struct
{
  guint32 text;         /* where its code begins, its title behind it */
  guint16 title_length; /* what a search weighs, so that it need not look at the text */
  guint8 code_length, billable;
} MhIcd10Entry;

typedef struct
{
  guint32 text, places; /* up to the next one's places */
} MhIcd10Word;

/* "anaemia" and "anemia", "oedema" and "edema", "tumour" and "tumor" become one, in place. */
void mh_icd10_spell (char *word);
/* By letters and digits alone, in any case. */
int mh_icd10_compare_codes (const char *one, const char *other);

G_END_DECLS
