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
/* 0–100: the share of children below it. */
double mh_growth_percentile (double z);

G_END_DECLS
