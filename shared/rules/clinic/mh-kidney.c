/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-kidney.h"

#include <math.h>

double
mh_kidney_clearance (gboolean female, int age, double kg, double creatinine)
{
  return (140 - age) * kg * (female ? 0.85 : 1) / (72 * creatinine);
}

double
mh_kidney_egfr (gboolean female, int age, double creatinine)
{
  double kappa = female ? 0.7 : 0.9, alpha = female ? -0.241 : -0.302;
  double ratio = creatinine / kappa;
  return 142 * pow (fmin (ratio, 1), alpha) * pow (fmax (ratio, 1), -1.2) * pow (0.9938, age)
         * (female ? 1.012 : 1);
}

const char *
mh_kidney_stage (double egfr)
{
  static const struct
  {
    double from;
    const char *stage;
  } stages[] = { { 90, "G1" }, { 60, "G2" }, { 45, "G3a" }, { 30, "G3b" }, { 15, "G4" } };
  double whole = floor (egfr + 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (whole >= stages[i].from)
      return stages[i].stage;
  return "G5";
}

double
mh_body_surface_mosteller (double cm, double kg)
{
  return sqrt (cm * kg / 3600);
}

double
mh_body_surface_du_bois (double cm, double kg)
{
  return 0.007184 * pow (cm, 0.725) * pow (kg, 0.425);
}
