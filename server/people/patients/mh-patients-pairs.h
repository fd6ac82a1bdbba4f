/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Two words of one name at a time. In a hospital with a million patients each word of a name has
 * thousands, two of them together a few; so for every two words A and B of a patient there is a row
 * (table patient_pair) that begins with the first letters of A, then B, then A:
 *
 *     n:sin sandeep singh     n:san singh sandeep     p:sin sandip sing     p:san sing sandip
 *
 * n: as they are written, p: by their sound. Whoever types the beginnings of both, in either order,
 * asks for one short range of that index: of the shorter one its first letters, of the longer one
 * all that was typed. What else was typed of the shorter one is asked of the row's own end.
 */
#include <glib.h>

G_BEGIN_DECLS

/* Of so many different words pairs are made. Who has more (aliases, several scripts) has none, but
 * each of its words once more behind "o:" in the index of words. */
#define MH_PAIRS_WORDS 12

/* @words: of mh_patients_store_words() without those of "o:". Pairs and "o:" words, each sorted, no
 * doubles; one of them is empty. */
GPtrArray *mh_patients_pairs (GPtrArray *words);
GPtrArray *mh_patients_pairs_others (GPtrArray *words);

/* The range of pairs and what their end must begin with, for the beginnings @one and @other of two
 * words. FALSE: both are too short, or one is too long, to be looked for in pairs. */
gboolean mh_patients_pairs_range (char kind,
                                  const char *one,
                                  const char *other,
                                  char **out_range,
                                  const char **out_end);
/* Is it sure that no single word begins with both? */
gboolean mh_patients_pairs_apart (const char *one, const char *other);

G_END_DECLS
