/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a record is found by in the local copy, in clear; the cache hashes each under its key. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_CACHE_LONGEST_PREFIX 12
/* Raised with every change of the words: what is in a copy by older rules is made anew. */
#define MH_CACHE_INDEX_RULES "2"

/* Prefixes of names and numbers ("w:ver", "w:verm", …, "d:9812", "r:0189", "n:MH00010023") and
 * groups
 * ("g:tab=paid"). */
GPtrArray *mh_cache_index_words (MhRecord *record);
/* The words to look for when @text was typed: each alone would be a hit. Empty: nothing to look
 * for. */
GPtrArray *mh_cache_index_query (const char *text);
/* Does the record hold every word of @text? The hashes found candidates, this decides. */
gboolean mh_cache_index_matches (MhRecord *record, const char *text);
/* How much of @text is written in the record's names just so: two for each whole word, one for each
 * beginning of one; a sound counts nothing. */
guint mh_cache_index_rank (MhRecord *record, const char *text);
/* Other texts to be looked for where nobody has @text: words joined, then one letter wrong,
 * missing, additional or swapped with the next. Some hundred. */
GPtrArray *mh_cache_index_forgive (const char *text);
/* What newest-first goes by: µs, or 0. */
gint64 mh_cache_index_when (MhRecord *record);

G_END_DECLS
