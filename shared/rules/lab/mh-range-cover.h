/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Do the ranges of an analyte fit together? For the editor while somebody types, for the server
 * before it stores, and for the linter.
 *
 * Two rows overlap when somebody could find both with one rank (mh-range.h): the same kind, sex,
 * pregnancy and method, both with or both without a limit of age, and a common day of age. A row
 * for every age beside one for some ages is no overlap: the latter is the more exact. Ages are
 * compared in days, a month being 30.4375 and a year 365.25; bands are labels on the value's scale
 * and may share ages.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_AGE_NO_END G_MAXINT64

/* "6mo" → 183; FALSE for a word that cannot be read. */
gboolean mh_age_word_days (const char *word, gint64 *out_days);
/* 183 → "6mo": the roundest word of that many days. Caller frees. */
char *mh_age_days_word (gint64 days);
/* The window of @range in days, half-open; *out_to is MH_AGE_NO_END without a limit. FALSE: a word
 * that cannot be read, or a window that ends before it begins. */
gboolean mh_range_window (MhRecord *range, gint64 *out_from, gint64 *out_to);
gboolean mh_range_overlaps (MhRecord *a, MhRecord *b);
/* The days that two rows which overlap share, half-open; FALSE: they do not overlap. */
gboolean mh_range_shared (MhRecord *a, MhRecord *b, gint64 *out_from, gint64 *out_to);
/* The first of @ranges that @range overlaps (not itself, none that is deleted), or NULL. */
MhRecord *mh_range_find_overlap (GPtrArray *ranges, MhRecord *range);

/* Would @range never be found, since it is for every age and @ranges has a row for each age
 * already, of the same kind, sex, pregnancy and method? */
gboolean mh_range_is_hidden (GPtrArray *ranges, MhRecord *range);

typedef struct
{
  gint64 from, to;    /* days, half-open; MH_AGE_NO_END: and older */
  const char *sex;    /* MH_RANGE_SEX_FEMALE or _MALE, _ANY when both miss it */
  const char *method; /* of the range rows; NULL: any. Borrowed from the ranges */
  gboolean inner;     /* between two rows, not before the first or after the last */
} MhRangeGap;

/* The ages for which a patient who is not pregnant finds no reference row of @analyte, in order of
 * age; empty when it has no reference rows at all. Free with g_array_unref(). */
GArray *mh_range_gaps (GPtrArray *ranges, const char *analyte);
/* "from 2mo to 6mo", "from 75y" as an English phrase. Caller frees. */
char *mh_range_gap_text (const MhRangeGap *gap);

G_END_DECLS
