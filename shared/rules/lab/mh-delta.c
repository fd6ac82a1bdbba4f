/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-delta.h"

#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/rules/lab/mh-measured.h"

#include <math.h>

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)

/* Both numbers and the limit with one scale: differences are exact. */
typedef __int128 Wide;

static double
spread (MhRcvLevel level, double cva, double cvi)
{
  static const double z[] = { 1.96, 2.58, 1.65, 2.33 };
  return z[level] * sqrt (2) * sqrt (cva * cva + cvi * cvi);
}

double
mh_delta_rcv (MhRcvLevel level, double cva, double cvi)
{
  return spread (level, cva, cvi);
}

void
mh_delta_rcv_log (MhRcvLevel level, double cva, double cvi, double *out_up, double *out_down)
{
  *out_up = exp (spread (level, cva, cvi) / 100);
  *out_down = 1 / *out_up;
}

static Wide
widen (MhDecimal number, int scale)
{
  Wide wide = number.mantissa;
  for (int i = number.scale; i < scale; i++)
    wide *= 10;
  return wide;
}

static Wide
size_of (Wide number)
{
  return number < 0 ? -number : number;
}

/* |a| > |b|, where the products may not fit: then doubles decide, far from any limit that a person
 * would write. */
static gboolean
product_above (Wide a, Wide b, Wide c, Wide d)
{
  Wide left, right;
  if (__builtin_mul_overflow (size_of (a), size_of (b), &left)
      || __builtin_mul_overflow (size_of (c), size_of (d), &right))
    return (double)size_of (a) * (double)size_of (b) > (double)size_of (c) * (double)size_of (d);
  return left > right;
}

typedef struct
{
  MhDecimal now, before, limit;
  Wide difference, base, bound; /* with one scale */
  int scale;
  gint64 apart;
  gboolean at_least; /* "<7" after 12.0: the difference is what it is to 7, or more */
  gboolean more;     /* and not exactly that */
} Pair;

/* A true difference that is more than the least there can be is beyond a limit of just that. */
static gboolean
product_beyond (const Pair *pair, Wide a, Wide b, Wide c, Wide d)
{
  return product_above (a, b, c, d) || (pair->more && !product_above (c, d, a, b));
}

static gboolean
exceeds_limit (const Pair *pair, const char *mode)
{
  if (g_strcmp0 (mode, MH_DELTA_PERCENT) == 0)
    return product_beyond (pair, pair->difference, 100 * widen ((MhDecimal){ 1, 0 }, pair->scale),
                           pair->bound, pair->base);
  if (g_strcmp0 (mode, MH_DELTA_RATE) == 0)
    return product_beyond (pair, pair->difference, DAY, pair->bound, pair->apart);
  return product_beyond (pair, pair->difference, 1, pair->bound, 1);
}

static gboolean
exceeds_variation (MhRecord *analyte, const Pair *pair)
{
  MhDecimal cva, cvi;
  double up, down, before = mh_decimal_to_double (pair->before);
  if (!mh_decimal_parse (mh_record_text (analyte, MH_ANALYTE_CVA_GOAL_PERCENT), &cva)
      || !mh_decimal_parse (mh_record_text (analyte, MH_ANALYTE_CVI_PERCENT), &cvi) || before <= 0)
    return FALSE;
  mh_delta_rcv_log (MH_RCV_99, mh_decimal_to_double (cva), mh_decimal_to_double (cvi), &up, &down);
  double factor = mh_decimal_to_double (pair->now) / before;
  return factor > up || factor < down || (pair->more && (factor >= up || factor <= down));
}

static MhDeltaOutcome
comparable (MhRecord *analyte, const MhDeltaPoint *now, const MhDeltaPoint *before)
{
  gint64 apart = now->at - before->at;
  gint64 window = mh_record_int (analyte, MH_ANALYTE_DELTA_WINDOW_DAYS);
  if (g_strcmp0 (now->unit, before->unit) != 0)
    return MH_DELTA_OTHER_UNIT;
  if (g_strcmp0 (now->method, before->method) != 0)
    return MH_DELTA_OTHER_METHOD;
  if (apart < 0 || apart < mh_record_int (analyte, MH_ANALYTE_DELTA_MIN_INTERVAL_HOURS) * HOUR)
    return MH_DELTA_TOO_SOON;
  return window > 0 && apart > window * DAY ? MH_DELTA_TOO_OLD : MH_DELTA_PASSED;
}

static char *
apart_text (gint64 apart)
{
  return apart < 3 * DAY ? g_strdup_printf ("%" G_GINT64_FORMAT " h", (apart + HOUR / 2) / HOUR)
                         : g_strdup_printf ("%" G_GINT64_FORMAT " d", (apart + DAY / 2) / DAY);
}

static char *
delta_describe (MhRecord *analyte, const char *mode, const Pair *pair, const char *unit)
{
  g_autofree char *apart = apart_text (pair->apart);
  const char *limit = mh_record_text (analyte, MH_ANALYTE_DELTA_LIMIT);
  double now = mh_decimal_to_double (pair->now), before = mh_decimal_to_double (pair->before);
  gboolean relative
      = g_strcmp0 (mode, MH_DELTA_PERCENT) == 0 || g_strcmp0 (mode, MH_DELTA_RCV) == 0;
  int decimals = relative ? 0 : MAX (pair->now.scale, pair->before.scale);
  double shown = relative && before != 0 ? (now - before) / fabs (before) * 100 : now - before;
  g_autofree char *change = mh_decimal_from_double (fabs (shown), MIN (decimals, 6));
  const char *by = relative ? "%" : unit != NULL ? unit : "";
  g_autofree char *allowed = g_strcmp0 (mode, MH_DELTA_RCV) == 0
                                 ? g_strdup ("RCV 99 %")
                                 : g_strdup_printf ("± %s%s", limit,
                                                    g_strcmp0 (mode, MH_DELTA_PERCENT) == 0 ? " %"
                                                    : g_strcmp0 (mode, MH_DELTA_RATE) == 0  ? " / d"
                                                                                            : "");
  const char *bound = !pair->at_least ? "" : shown < 0 ? "≤ " : "≥ ";

  return g_strdup_printf ("Δ %s%s%s%s%s · %s · %s", bound, shown < 0 ? "−" : "+",
                          change != NULL ? change : "", *by != 0 ? " " : "", by, apart, allowed);
}

/* May both be the same number? */
static gboolean
may_be_equal (const MhMeasured *now, const MhMeasured *before)
{
  int order = mh_decimal_compare (now->number, before->number);
  if (order == 0)
    return now->side == before->side;
  return order < 0 ? now->side > 0 || before->side < 0 : now->side < 0 || before->side > 0;
}

/* Takes the two numbers of both that lie nearest to each other. */
static gboolean
read_pair (MhRecord *analyte, const MhDeltaPoint *now, const MhDeltaPoint *before, Pair *pair)
{
  const char *limit = mh_record_text (analyte, MH_ANALYTE_DELTA_LIMIT);
  MhMeasured later, earlier;
  *pair = (Pair){ .apart = now->at - before->at };
  if (!mh_measured_read (now->value, &later) || !mh_measured_read (before->value, &earlier)
      || (limit != NULL && !mh_decimal_parse (limit, &pair->limit)))
    return FALSE;

  pair->at_least = later.side != 0 || earlier.side != 0;
  pair->more = (later.side != 0 && !later.including) || (earlier.side != 0 && !earlier.including);
  pair->before = earlier.number;
  pair->now = later.number;

  if (pair->at_least && may_be_equal (&later, &earlier))
    {
      pair->more = FALSE;
      pair->now = pair->before;
    }

  pair->scale = MAX (MAX (pair->now.scale, pair->before.scale), pair->limit.scale);
  pair->base = widen (pair->before, pair->scale);
  pair->difference = widen (pair->now, pair->scale) - pair->base;
  pair->bound = widen (pair->limit, pair->scale);

  return TRUE;
}

MhDeltaOutcome
mh_delta_check (MhRecord *analyte,
                const MhDeltaPoint *now,
                const MhDeltaPoint *before,
                char **out_text)
{
  Pair pair;
  const char *mode = mh_record_text (analyte, MH_ANALYTE_DELTA_MODE);
  gboolean by_variation = g_strcmp0 (mode, MH_DELTA_RCV) == 0;
  if (mode == NULL || (!by_variation && !mh_record_has (analyte, MH_ANALYTE_DELTA_LIMIT)))
    return MH_DELTA_NO_RULE;
  if (now->value == NULL || before->value == NULL || !read_pair (analyte, now, before, &pair))
    return MH_DELTA_NO_NUMBER;

  MhDeltaOutcome outcome = comparable (analyte, now, before);
  if (outcome != MH_DELTA_PASSED)
    return outcome;
  if (by_variation ? !exceeds_variation (analyte, &pair) : !exceeds_limit (&pair, mode))
    return MH_DELTA_PASSED;

  if (out_text != NULL)
    *out_text = delta_describe (analyte, mode, &pair, now->unit);
  return MH_DELTA_FAILED;
}
