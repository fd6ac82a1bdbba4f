/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-span.h"

#include "shared/base/mh-decimal.h"

#include <math.h>

MhSpan
mh_span_point (double number)
{
  return (MhSpan){ number, number, FALSE, FALSE };
}

MhSpan
mh_span_nothing (void)
{
  return mh_span_point (NAN);
}

MhSpan
mh_span_truth (MhTruth truth)
{
  return (MhSpan){ truth == MH_TRUTH_YES, truth != MH_TRUTH_NO, FALSE, FALSE };
}

gboolean
mh_span_is_point (const MhSpan *span)
{
  return span->low == span->high;
}

gboolean
mh_span_is_number (const MhSpan *span)
{
  if (isnan (span->low) || isnan (span->high))
    return FALSE;
  return span->low != INFINITY && span->high != -INFINITY;
}

MhSpan
mh_span_hull (MhSpan a, MhSpan b)
{
  return (MhSpan){
    .low = MIN (a.low, b.low),
    .high = MAX (a.high, b.high),
    .low_open = a.low < b.low   ? a.low_open
                : b.low < a.low ? b.low_open
                                : a.low_open && b.low_open,
    .high_open = a.high > b.high   ? a.high_open
                 : b.high > a.high ? b.high_open
                                   : a.high_open && b.high_open,
  };
}

/* --- arithmetic --- */

MhSpan
mh_span_negate (MhSpan a)
{
  return (MhSpan){ -a.high, -a.low, a.high_open, a.low_open };
}

MhSpan
mh_span_add (MhSpan a, MhSpan b)
{
  return (MhSpan){ a.low + b.low, a.high + b.high, a.low_open || b.low_open,
                   a.high_open || b.high_open };
}

/* One end of each span, and what the function makes of the two. */
typedef struct
{
  double value;
  gboolean open;
} Corner;

static MhSpan
mh_span_of_corners (const Corner *corners, gsize n)
{
  MhSpan span = { corners[0].value, corners[0].value, corners[0].open, corners[0].open };
  for (gsize i = 0; i < n; i++)
    {
      if (isnan (corners[i].value))
        return mh_span_nothing ();
      MhSpan point = { corners[i].value, corners[i].value, corners[i].open, corners[i].open };
      span = mh_span_hull (span, point);
    }
  return span;
}

/* Nothing times what has no end is nothing; a true zero makes zero of anything. */
static Corner
mh_span_product (double a, gboolean a_open, double b, gboolean b_open)
{
  gboolean by_zero = (a == 0 && !a_open) || (b == 0 && !b_open);
  return (Corner){ a == 0 || b == 0 ? 0 : a * b, !by_zero && (a_open || b_open) };
}

MhSpan
mh_span_multiply (MhSpan a, MhSpan b)
{
  Corner corners[] = { mh_span_product (a.low, a.low_open, b.low, b.low_open),
                       mh_span_product (a.low, a.low_open, b.high, b.high_open),
                       mh_span_product (a.high, a.high_open, b.low, b.low_open),
                       mh_span_product (a.high, a.high_open, b.high, b.high_open) };
  return mh_span_of_corners (corners, G_N_ELEMENTS (corners));
}

/* Whatever lies on both sides of 0 may become anything. */
MhSpan
mh_span_divide (MhSpan a, MhSpan b)
{
  if (mh_span_is_point (&a) && mh_span_is_point (&b))
    return b.low == 0 ? mh_span_nothing () : mh_span_point (a.low / b.low);
  if (b.low == 0 && b.high == 0)
    return mh_span_nothing ();
  if (b.low < 0 && b.high > 0)
    return (MhSpan){ -INFINITY, INFINITY, TRUE, TRUE };

  MhSpan inverse = { b.high == 0 ? -INFINITY : 1 / b.high, b.low == 0 ? INFINITY : 1 / b.low,
                     b.high == 0 || b.high_open, b.low == 0 || b.low_open };
  return mh_span_multiply (a, inverse);
}

/* Rises or falls all the way along each of both, so the ends are at the corners. */
MhSpan
mh_span_power (MhSpan base, MhSpan exponent)
{
  if (mh_span_is_point (&base) && mh_span_is_point (&exponent))
    return mh_span_point (pow (base.low, exponent.low));
  if (base.low < 0)
    return (MhSpan){ -INFINITY, INFINITY, TRUE, TRUE };

  Corner corners[] = {
    { pow (base.low, exponent.low), base.low_open || exponent.low_open },
    { pow (base.low, exponent.high), base.low_open || exponent.high_open },
    { pow (base.high, exponent.low), base.high_open || exponent.low_open },
    { pow (base.high, exponent.high), base.high_open || exponent.high_open },
  };
  return mh_span_of_corners (corners, G_N_ELEMENTS (corners));
}

MhSpan
mh_span_least (MhSpan a, MhSpan b)
{
  return (MhSpan){
    .low = MIN (a.low, b.low),
    .high = MIN (a.high, b.high),
    .low_open = a.low < b.low   ? a.low_open
                : b.low < a.low ? b.low_open
                                : a.low_open && b.low_open,
    .high_open = a.high < b.high   ? a.high_open
                 : b.high < a.high ? b.high_open
                                   : a.high_open || b.high_open,
  };
}

MhSpan
mh_span_most (MhSpan a, MhSpan b)
{
  return mh_span_negate (mh_span_least (mh_span_negate (a), mh_span_negate (b)));
}

MhSpan
mh_span_abs (MhSpan a)
{
  if (a.low >= 0)
    return a;
  MhSpan other = mh_span_negate (a);
  if (a.high <= 0)
    return other;
  MhSpan farthest = mh_span_most (a, other);
  return (MhSpan){ 0, farthest.high, FALSE, farthest.high_open };
}

MhSpan
mh_span_rising (MhSpan a, double (*function) (double))
{
  return (MhSpan){ function (a.low), function (a.high), a.low_open, a.high_open };
}

/* --- comparing --- */

MhTruth
mh_span_less (MhSpan a, MhSpan b)
{
  if (a.high < b.low || (a.high == b.low && (a.high_open || b.low_open)))
    return MH_TRUTH_YES;
  return a.low >= b.high ? MH_TRUTH_NO : MH_TRUTH_MAYBE;
}

MhTruth
mh_span_equal (MhSpan a, MhSpan b)
{
  if (mh_span_less (a, b) == MH_TRUTH_YES || mh_span_less (b, a) == MH_TRUTH_YES)
    return MH_TRUTH_NO;
  return mh_span_is_point (&a) && mh_span_is_point (&b) ? MH_TRUTH_YES : MH_TRUTH_MAYBE;
}

MhTruth
mh_span_not_zero (MhSpan a)
{
  MhTruth zero = mh_span_equal (a, mh_span_point (0));
  return zero == MH_TRUTH_MAYBE ? zero : zero == MH_TRUTH_YES ? MH_TRUTH_NO : MH_TRUTH_YES;
}

/* --- telling --- */

/* A limit that was worked out is a hair beside the true one. */
#define MH_SPAN_HAIR 1e-6

static char *
mh_span_limit_text (double limit, int decimals, double (*outwards) (double))
{
  double unit = pow (10, decimals);
  double nearest = round (limit * unit);
  gboolean is_it = fabs (nearest - limit * unit) < MH_SPAN_HAIR;
  return mh_decimal_from_double ((is_it ? nearest : outwards (limit * unit)) / unit, decimals);
}

char *
mh_span_text (const MhSpan *span, int decimals, gboolean never_negative)
{
  if (!mh_span_is_number (span))
    return NULL;
  if (mh_span_is_point (span))
    return mh_decimal_from_double (span->low, decimals);

  gboolean has_low = span->low != -INFINITY && !(never_negative && span->low <= 0);
  gboolean has_high = span->high != INFINITY;
  g_autofree char *limit = NULL;

  if (has_low && has_high)
    {
      g_autofree char *low = mh_decimal_from_double (span->low, decimals);
      g_autofree char *high = mh_decimal_from_double (span->high, decimals);
      return g_strcmp0 (low, high) == 0 ? g_steal_pointer (&low) : NULL;
    }

  if (has_low)
    {
      limit = mh_span_limit_text (span->low, decimals, floor);
      return limit != NULL ? g_strconcat (span->low_open ? ">" : ">=", limit, NULL) : NULL;
    }

  if (!has_high)
    return NULL;

  limit = mh_span_limit_text (span->high, decimals, ceil);
  return limit != NULL ? g_strconcat (span->high_open ? "<" : "<=", limit, NULL) : NULL;
}
