/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Growth by the LMS method (Cole and Green, Stat Med 1992;11:1305): a measurement's place among
 * children of the same age from the table's L (skewness), M (median) and S (spread).
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* z = ((x/M)^L − 1) / (L·S), or ln(x/M)/S where L is 0. NAN unless x, M and S are above 0. */
double mh_growth_z (double value, double l, double m, double s);
/* The value at that z: M·(1 + L·S·z)^(1/L), or M·exp(S·z). NAN where there is none. */
double mh_growth_value (double z, double l, double m, double s);
typedef enum
{
  MH_GROWTH_WEIGHT, /* kg */
  MH_GROWTH_HEIGHT, /* cm; lying below 24 months, standing from then on */
  MH_GROWTH_HEAD,   /* cm */
} MhGrowthMeasure;

/* Of the WHO Child Growth Standards, at an age in months (30.4375 days), 0 to 60. FALSE: outside.
 */
gboolean mh_growth_reference (MhGrowthMeasure measure,
                              gboolean girl,
                              double months,
                              double *out_l,
                              double *out_m,
                              double *out_s);
/* 0–100: the share of children below it. */
double mh_growth_percentile (double z);

G_END_DECLS
