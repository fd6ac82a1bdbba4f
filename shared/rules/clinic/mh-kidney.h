/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Body and kidneys. Pure.
 * Cockcroft and Gault, Nephron 1976;16:31. CKD-EPI 2021 creatinine: Inker et al., N Engl J Med
 * 2021;385:1737. Body surface: Mosteller, N Engl J Med 1987;317:1098; Du Bois, Arch Intern Med
 * 1916;17:863.
 */
#include <glib.h>

G_BEGIN_DECLS

/* mL/min. Age in whole years, weight in kg, creatinine in mg/dL, all above 0; age below 140. */
double mh_kidney_clearance (gboolean female, int age, double kg, double creatinine);
/* mL/min/1.73 m², for adults. */
double mh_kidney_egfr (gboolean female, int age, double creatinine);
/* "G1" to "G5" (KDIGO), of the eGFR rounded half up to a whole number. */
const char *mh_kidney_stage (double egfr);
/* m²; height in cm, weight in kg. */
double mh_body_surface_mosteller (double cm, double kg);
double mh_body_surface_du_bois (double cm, double kg);

G_END_DECLS
