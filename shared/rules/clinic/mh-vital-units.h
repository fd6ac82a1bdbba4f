/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Vital signs in one unit: °C, kg, cm, mg/dL of glucose. What was entered stays as it is beside
 * them. Factors: 1 lb = 0.45359237 kg and 1 in = 2.54 cm exactly; glucose 180.16 g/mol.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* @value in @unit (a code of mh-vitals.h; NULL: the usual one) as the usual unit of its quantity,
 * with the digits that the measurement carries: those that were entered when the unit is the usual
 * one. NULL: no number, or an unknown unit. Caller frees. */
char *mh_vital_celsius (const char *value, const char *unit);
char *mh_vital_kg (const char *value, const char *unit);
char *mh_vital_cm (const char *value, const char *unit);
char *mh_vital_mg_dl (const char *value, const char *unit);
/* kg/m², one decimal; NULL without both. Caller frees. */
char *mh_vital_bmi (const char *kg, const char *cm);
/* Fills the derived fields of a set: those in one unit, BMI, the coma scale's sum. */
void mh_vitals_derive (MhRecord *vitals);

G_END_DECLS
