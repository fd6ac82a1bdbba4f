/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-westgard.h"

#include <string.h>

/* Wide enough for a product of two 18-digit numbers. */
typedef __int128 Wide;

#define MOST G_GINT64_CONSTANT (999999999999999999)

typedef enum
{
  ALONE,  /* one value */
  STREAK, /* so many one after the other on one side */
  IN_RUN, /* the same, but across levels only within the last run */
  RANGE,
  SOME, /* count − 1 of so many */
  TREND,
} Shape;

static const struct
{
  const char *name;
  Shape shape;
  guint count;
  int limit;
} table[] = {
  [MH_WESTGARD_1_2S] = { "1-2s", ALONE, 1, 2 },      [MH_WESTGARD_1_3S] = { "1-3s", ALONE, 1, 3 },
  [MH_WESTGARD_2_2S] = { "2-2s", IN_RUN, 2, 2 },     [MH_WESTGARD_R_4S] = { "R-4s", RANGE, 2, 2 },
  [MH_WESTGARD_4_1S] = { "4-1s", STREAK, 4, 1 },     [MH_WESTGARD_10X] = { "10x", STREAK, 10, 0 },
  [MH_WESTGARD_2OF3_2S] = { "2of3-2s", SOME, 3, 2 }, [MH_WESTGARD_3_1S] = { "3-1s", STREAK, 3, 1 },
  [MH_WESTGARD_6X] = { "6x", STREAK, 6, 0 },         [MH_WESTGARD_8X] = { "8x", STREAK, 8, 0 },
  [MH_WESTGARD_9X] = { "9x", STREAK, 9, 0 },         [MH_WESTGARD_12X] = { "12x", STREAK, 12, 0 },
  [MH_WESTGARD_7T] = { "7T", TREND, 7, 0 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (table) == MH_WESTGARD_N_RULES);
G_STATIC_ASSERT (2 * MH_WESTGARD_N_RULES <= 32);

/* --- z --- */

static gboolean
westgard_scaled (MhDecimal value, int scale, Wide *out)
{
  Wide wide = value.mantissa;
  for (int i = value.scale; i < scale; i++)
    wide *= 10;
  *out = wide;
  return wide <= MOST && wide >= -(Wide)MOST;
}

gboolean
mh_z_of (MhDecimal value, MhDecimal mean, MhDecimal sd, MhZ *out_z)
{
  int scale = MAX (value.scale, MAX (mean.scale, sd.scale));
  Wide v, m, s;
  if (sd.mantissa <= 0 || !westgard_scaled (value, scale, &v) || !westgard_scaled (mean, scale, &m)
      || !westgard_scaled (sd, scale, &s))
    return FALSE;
  Wide off = v - m;
  if (off > MOST || off < -(Wide)MOST)
    return FALSE;
  out_z->off = (gint64)off;
  out_z->sd = (gint64)s;
  return TRUE;
}

int
mh_z_beyond (MhZ z, int limit)
{
  Wide bound = (Wide)z.sd * limit;
  return z.off > bound ? 1 : z.off < -bound ? -1 : 0;
}

int
mh_z_compare (MhZ a, MhZ b)
{
  Wide left = (Wide)a.off * b.sd;
  Wide right = (Wide)b.off * a.sd;
  return left < right ? -1 : left > right;
}

char *
mh_z_text (MhZ z, int decimals)
{
  int scale = CLAMP (decimals, 0, 6);
  Wide wide = z.off < 0 ? -(Wide)z.off : z.off;
  for (int i = 0; i < scale; i++)
    wide *= 10;
  wide = (2 * wide + z.sd) / (2 * (Wide)z.sd);
  MhDecimal rounded = { (gint64)MIN (wide, (Wide)MOST), scale };
  if (z.off < 0)
    rounded.mantissa = -rounded.mantissa;
  return mh_decimal_format (rounded, scale);
}

/* --- names --- */

int
mh_westgard_rule (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].name, name))
      return (int)i;
  return -1;
}

guint
mh_westgard_rules (const char *const *names)
{
  guint rules = 0;
  if (names == NULL || names[0] == NULL)
    return MH_WESTGARD_TABLED;
  for (guint i = 0; names[i] != NULL; i++)
    if (mh_westgard_rule (names[i]) >= 0)
      rules |= 1u << mh_westgard_rule (names[i]);
  return rules;
}

guint
mh_westgard_rejecting (guint fired)
{
  return fired & ~(1u << (2 * MH_WESTGARD_1_2S));
}

gboolean
mh_westgard_rejects (guint fired)
{
  return mh_westgard_rejecting (fired) != 0;
}

char **
mh_westgard_names (guint fired)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint bit = 0; bit < 2 * MH_WESTGARD_N_RULES; bit++)
    {
      Shape shape = table[bit / 2].shape;
      if ((fired >> bit & 1) == 0)
        continue;
      g_autofree char *name
          = shape == ALONE || shape == RANGE || shape == TREND
                ? g_strdup (table[bit / 2].name)
                : g_strdup_printf ("%s:%s", table[bit / 2].name, bit % 2 ? "across" : "within");
      g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

/* --- judging --- */

typedef struct
{
  const MhWestgardPoint *points;
  guint n;
  guint first; /* of the last run */
  guint *each; /* what each point takes part in */
  guint fired;
} Judge;

static void
westgard_mark (Judge *judge, guint index, guint bit)
{
  judge->fired |= 1u << bit;
  if (index >= judge->first)
    judge->each[index] |= 1u << bit;
}

/* The newest @count points, newest first: of the series of the point at @last, or (@across) of all
 * of them. Gives how many there are. */
static guint
tail (const Judge *judge, guint last, gboolean across, guint count, guint *out)
{
  guint found = 0;
  for (guint i = last + 1; i-- > 0 && found < count;)
    if (across || judge->points[i].series == judge->points[last].series)
      out[found++] = i;
  return found;
}

static gboolean
is_mixed (const Judge *judge, const guint *at, guint count)
{
  for (guint i = 1; i < count; i++)
    if (judge->points[at[i]].series != judge->points[at[0]].series)
      return TRUE;
  return FALSE;
}

/* At least @wanted of the @count points on one side, one of them of the last run. */
static void
judge_side (Judge *judge, const guint *at, guint count, guint wanted, int limit, guint bit)
{
  for (int side = -1; side <= 1; side += 2)
    {
      guint beyond = 0;
      gboolean is_new = FALSE;
      for (guint i = 0; i < count; i++)
        if (mh_z_beyond (judge->points[at[i]].z, limit) == side)
          {
            beyond++;
            is_new = is_new || at[i] >= judge->first;
          }
      for (guint i = 0; beyond >= wanted && is_new && i < count; i++)
        if (mh_z_beyond (judge->points[at[i]].z, limit) == side)
          westgard_mark (judge, at[i], bit);
    }
}

/* Several consecutive values, of the level of each point of the last run, and of all levels. */
static void
judge_consecutive (Judge *judge, MhWestgardRule rule)
{
  guint at[MH_WESTGARD_DEPTH];
  guint count = table[rule].count;
  guint wanted = table[rule].shape == SOME ? count - 1 : count;
  for (guint i = judge->first; i < judge->n; i++)
    if (tail (judge, i, FALSE, count, at) == count)
      judge_side (judge, at, count, wanted, table[rule].limit, 2 * rule);
  if (table[rule].shape != IN_RUN && tail (judge, judge->n - 1, TRUE, count, at) == count
      && is_mixed (judge, at, count))
    judge_side (judge, at, count, wanted, table[rule].limit, 2 * rule + 1);
}

/* Any two levels of the last run, beyond the limit on the same side. */
static void
judge_levels (Judge *judge, MhWestgardRule rule)
{
  guint n = judge->n - judge->first;
  g_autofree guint *at = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    at[i] = judge->first + i;
  if (is_mixed (judge, at, n))
    judge_side (judge, at, n, table[rule].count, table[rule].limit, 2 * rule + 1);
}

static void
judge_range (Judge *judge)
{
  gboolean above = FALSE, below = FALSE;
  for (guint i = judge->first; i < judge->n; i++)
    {
      int side = mh_z_beyond (judge->points[i].z, 2);
      above = above || side > 0;
      below = below || side < 0;
    }
  for (guint i = judge->first; above && below && i < judge->n; i++)
    if (mh_z_beyond (judge->points[i].z, 2) != 0)
      westgard_mark (judge, i, 2 * MH_WESTGARD_R_4S);
}

static void
judge_trend (Judge *judge, MhWestgardRule rule)
{
  guint at[MH_WESTGARD_DEPTH];
  guint count = table[rule].count;
  for (guint i = judge->first; i < judge->n; i++)
    {
      int way = 0;
      gboolean steady = tail (judge, i, FALSE, count, at) == count;
      for (guint k = 1; steady && k < count; k++)
        {
          int step = mh_z_compare (judge->points[at[k - 1]].z, judge->points[at[k]].z);
          steady = step != 0 && (way == 0 || step == way);
          way = step;
        }
      if (steady)
        westgard_mark (judge, i, 2 * rule);
    }
}

static void
judge_rule (Judge *judge, MhWestgardRule rule)
{
  switch (table[rule].shape)
    {
    case ALONE:
      for (guint i = judge->first; i < judge->n; i++)
        if (mh_z_beyond (judge->points[i].z, table[rule].limit) != 0)
          westgard_mark (judge, i, 2 * rule);
      break;
    case IN_RUN:
      judge_consecutive (judge, rule);
      judge_levels (judge, rule);
      break;
    case STREAK:
    case SOME:
      judge_consecutive (judge, rule);
      break;
    case RANGE:
      judge_range (judge);
      break;
    case TREND:
      judge_trend (judge, rule);
      break;
    default:
      g_assert_not_reached ();
    }
}

guint
mh_westgard_judge (const MhWestgardPoint *points, guint n, guint rules, guint *out_each)
{
  if (n == 0)
    return 0;

  g_autofree guint *each = g_new0 (guint, n);
  Judge judge = { points, n, n - 1, each, 0 };
  while (judge.first > 0 && points[judge.first - 1].run == points[n - 1].run)
    judge.first--;

  for (guint rule = 0; rule < MH_WESTGARD_N_RULES; rule++)
    if ((rules >> rule & 1) != 0)
      judge_rule (&judge, rule);

  if (out_each != NULL)
    memcpy (out_each, each, n * sizeof *each);
  return judge.fired;
}
