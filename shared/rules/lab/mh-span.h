/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Numbers of which only the limits are known, and what can be calculated with them (interval
 * arithmetic): whatever the true numbers are, the true result lies within the span that comes out.
 * It may be wider than need be where one name stands twice in a formula, never narrower.
 *
 * An end that is open does not belong to the span; infinite ends are open. A span that is no number
 * at all (a division by zero, the root of something negative) has NaN for its ends.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef struct
{
  double low, high;
  gboolean low_open, high_open;
} MhSpan;

typedef enum
{
  MH_TRUTH_NO,
  MH_TRUTH_YES,
  MH_TRUTH_MAYBE,
} MhTruth;

MhSpan mh_span_point (double number);
MhSpan mh_span_truth (MhTruth truth); /* 0, 1, or anything between */
MhSpan mh_span_nothing (void);
gboolean mh_span_is_point (const MhSpan *span);
/* FALSE: no number; also what is beyond all numbers. */
gboolean mh_span_is_number (const MhSpan *span);
/* Everything that lies in one of both. */
MhSpan mh_span_hull (MhSpan a, MhSpan b);

MhSpan mh_span_negate (MhSpan a);
MhSpan mh_span_add (MhSpan a, MhSpan b);
MhSpan mh_span_multiply (MhSpan a, MhSpan b);
MhSpan mh_span_divide (MhSpan a, MhSpan b);
MhSpan mh_span_power (MhSpan base, MhSpan exponent);
MhSpan mh_span_least (MhSpan a, MhSpan b);
MhSpan mh_span_most (MhSpan a, MhSpan b);
MhSpan mh_span_abs (MhSpan a);
/* @function rises all the way: a logarithm, a root, exp. */
MhSpan mh_span_rising (MhSpan a, double (*function) (double));

MhTruth mh_span_less (MhSpan a, MhSpan b);
MhTruth mh_span_equal (MhSpan a, MhSpan b);
MhTruth mh_span_not_zero (MhSpan a);

/* "13.2"; ">22.07", "<=0.5" where one end alone is known, its limit rounded outwards; a number
 * where both ends round to the same. NULL: between two numbers, no number, or nothing known.
 * @never_negative: an end at or below 0 says nothing. Caller frees. */
char *mh_span_text (const MhSpan *span, int decimals, gboolean never_negative);

G_END_DECLS
