/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What formulas say of each other: units and circles.
 *
 * A formula is a number over numbers; its constants fit one set of units alone (the 5 in TG / 5 is
 * for mg/dL). So an analyte with a formula lists the unit that each of its inputs was written for
 * ("CHOL=mg/dL", UCUM), its own among them. The list is compared with the units that the catalogue
 * has now: once somebody changes cholesterol to mmol/L, what was written for mg/dL is refused until
 * formula and list are written anew.
 */
#include "shared/base/mh-error.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* The analyte of that code, or NULL. */
typedef MhRecord *(*MhAnalyteLookup) (const char *code, gpointer user_data);

/* The names in a formula that are no analytes: AGE_Y, FEMALE, ISI. */
gboolean mh_formula_is_given (const char *name);
/* Unit that the list of @analyte says for @code; NULL: it does not say. */
char *mh_formula_unit_of (MhRecord *analyte, const char *code);
/* Formula and condition of @analyte (its own record may be newer than what @lookup finds): can they
 * be read, are all names known, do all units agree, is nothing calculated from itself? Adds to
 * @issues on "formula", "formula_condition" and "formula_units": codes format, unknown_code, unit,
 * unit_missing, circle. Does nothing for one without formula. */
void mh_formula_link_check (MhRecord *analyte,
                            MhAnalyteLookup lookup,
                            gpointer user_data,
                            MhIssues *issues);
/* "EGFR → CREA → EGFR" when @analyte is calculated from itself, by whatever way; NULL: it is not.
 * Caller frees. */
char *mh_formula_circle (MhRecord *analyte, MhAnalyteLookup lookup, gpointer user_data);

G_END_DECLS
