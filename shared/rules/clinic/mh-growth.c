/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-growth.h"

#include <math.h>

/* below it the power is as good as the logarithm, and the division loses digits */
#define NEARLY_0 1e-9

double
mh_growth_z (double value, double l, double m, double s)
{
  if (!(value > 0) || !(m > 0) || !(s > 0))
    return NAN;
  return fabs (l) < NEARLY_0 ? log (value / m) / s : (pow (value / m, l) - 1) / (l * s);
}

double
mh_growth_value (double z, double l, double m, double s)
{
  if (!(m > 0) || !(s > 0))
    return NAN;
  if (fabs (l) < NEARLY_0)
    return m * exp (s * z);
  return 1 + l * s * z > 0 ? m * pow (1 + l * s * z, 1 / l) : NAN;
}

double
mh_growth_percentile (double z)
{
  return 50 * erfc (-z / G_SQRT2);
}
