/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What somebody typed to search a list that comes in pages, as parameters of its query. */
#include "shared/record/mh-record-type.h"

G_BEGIN_DECLS

/* "%50\%\_off%" of "50%_Off": for lower (column) LIKE $1 ESCAPE '\'. NULL: nothing was typed.
 * Caller frees. */
char *mh_sql_search_like (const char *typed);
/* "|failed|cancelled|": of @codes those that have the words in themselves or in their label, for
 * $1 LIKE '%|' || column || '|%'. Caller frees. */
char *mh_sql_search_codes (const MhCode *codes, const char *typed);

G_END_DECLS
