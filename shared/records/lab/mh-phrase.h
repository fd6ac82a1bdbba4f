/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Comments that are written again and again: a short code, typed, becomes the phrase. */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

enum
{
  MH_PHRASE_CODE = MH_N_COMMON,
  MH_PHRASE_BENCH,
  MH_PHRASE_PHRASE,
  MH_PHRASE_SORT_ORDER,
  MH_PHRASE_ACTIVE,
  MH_PHRASE_N_FIELDS,
};

/* @typed with its last word replaced when that is a point and the code of one of @phrases
 * (MhPhrase): ".hem" → "Sample haemolysed…"; the whole of @typed may also be the bare code, in
 * capitals. A phrase of @bench (code, or NULL) goes before one for all benches. NULL: nothing to
 * replace. Caller frees. */
char *mh_phrase_expand (GPtrArray *phrases, const char *bench, const char *typed);

G_END_DECLS
