/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-qc-figures.h"

#include <math.h>

typedef __int128 Wide;

#define MOST_SCALE 12
#define MOST_MANTISSA G_GINT64_CONSTANT (1000000000000000) /* its square times n still fits */
#define MOST_VALUES 100000

static gboolean
qc_figures_add_up (const MhDecimal *values, guint n, int scale, Wide *out_sum, Wide *out_squares)
{
  Wide sum = 0, squares = 0;
  for (guint i = 0; i < n; i++)
    {
      Wide value = values[i].mantissa;
      for (int k = values[i].scale; k < scale; k++)
        value *= 10;
      if (value > MOST_MANTISSA || value < -(Wide)MOST_MANTISSA)
        return FALSE;
      sum += value;
      squares += value * value;
    }

  *out_sum = sum;
  *out_squares = squares;
  return TRUE;
}

static char *
mean_text (Wide sum, guint n, int scale, int decimals)
{
  Wide wide = sum < 0 ? -sum : sum;
  for (int i = scale; i < decimals; i++)
    wide *= 10;
  wide = (2 * wide + n) / (2 * (Wide)n);
  MhDecimal mean = { (gint64)(sum < 0 ? -wide : wide), MAX (scale, decimals) };
  return mh_decimal_format (mean, decimals);
}

gboolean
mh_qc_figures_of (const MhDecimal *values, guint n, int decimals, MhQcFigures *out)
{
  int scale = 0;
  Wide sum = 0, squares = 0;
  int finer = MIN (MAX (decimals, 0) + 2, MOST_SCALE);

  for (guint i = 0; i < n; i++)
    scale = MAX (scale, values[i].scale);
  if (n > MOST_VALUES || !qc_figures_add_up (values, n, scale, &sum, &squares))
    return FALSE;

  *out = (MhQcFigures){ .n = n };
  if (n == 0)
    return TRUE;

  out->mean = mean_text (sum, n, scale, finer);
  if (n < 2)
    return TRUE;

  Wide spread = (Wide)n * squares - sum * sum; /* n (n − 1) times the variance */
  double unit = pow (10, scale);
  double sd = sqrt ((double)spread / ((double)n * (n - 1))) / unit;
  double mean = (double)sum / n / unit;

  out->sd = mh_decimal_from_double (sd, finer);
  if (sum != 0)
    out->cv = mh_decimal_from_double (100 * sd / fabs (mean), 2);

  return TRUE;
}

void
mh_qc_figures_clear (MhQcFigures *figures)
{
  g_clear_pointer (&figures->mean, g_free);
  g_clear_pointer (&figures->sd, g_free);
  g_clear_pointer (&figures->cv, g_free);
}

static gboolean
qc_figures_read_number (const char *text, double *out)
{
  MhDecimal value;
  if (!mh_decimal_parse (text, &value))
    return FALSE;
  *out = mh_decimal_to_double (value);
  return TRUE;
}

char *
mh_qc_bias (const char *mean, const char *target)
{
  double m, t;
  if (!qc_figures_read_number (mean, &m) || !qc_figures_read_number (target, &t) || t == 0)
    return NULL;
  return mh_decimal_from_double (100 * (m - t) / fabs (t), 2);
}

char *
mh_qc_total_error (const char *bias, const char *cv)
{
  double b, c;
  if (!qc_figures_read_number (bias, &b) || !qc_figures_read_number (cv, &c))
    return NULL;
  return mh_decimal_from_double (fabs (b) + 1.65 * c, 2);
}

char *
mh_qc_sigma (const char *allowed, const char *bias, const char *cv)
{
  double a, b, c;
  if (!qc_figures_read_number (allowed, &a) || !qc_figures_read_number (bias, &b)
      || !qc_figures_read_number (cv, &c) || c == 0)
    return NULL;
  return mh_decimal_from_double ((a - fabs (b)) / c, 2);
}
