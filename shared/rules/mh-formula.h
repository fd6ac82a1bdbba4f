/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Calculated analytes: the catalogue's formulas, read and worked out without any general
 * interpreter.
 *
 * A formula holds numbers, names in capitals (analyte codes and AGE_Y, FEMALE, ISI), + - * / **,
 * brackets, comparisons (< <= > >= == !=), and / or / not, "x if condition else y", and the
 * functions min, max, pow, ln, log (base 10), exp, sqrt, abs. The signs bind as in Python: -2 ** 2
 * is -4, 2 ** -1 is a half, ** groups to the right. At most 400 characters and 32 levels of
 * nesting. Nothing is guessed: a missing operand in the branch that counts, a division by zero or a
 * result that is no finite number give no value.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_FORMULA_MAX_LENGTH 400
#define MH_FORMULA_MAX_DEPTH 32

typedef enum
{
  MH_FORMULA_OK,
  MH_FORMULA_MISSING,        /* an operand has no value (yet): "not calculated" */
  MH_FORMULA_UNDEFINED,      /* division by zero, logarithm of 0, overflow: "not calculated" */
  MH_FORMULA_NOT_APPLICABLE, /* the analyte's condition says no: "not calculated" */
  MH_FORMULA_BROKEN,         /* not a formula: an error of the catalogue */
} MhFormulaOutcome;

/* The value of a name; FALSE: it has none. */
typedef gboolean (*MhFormulaLookup) (const char *name, double *out_value, gpointer user_data);

MhFormulaOutcome mh_formula_evaluate (const char *formula,
                                      MhFormulaLookup lookup,
                                      gpointer user_data,
                                      double *out_value);
/* FALSE with MH_ERROR_INVALID on field "formula" (place and remedy) for what cannot be read. */
gboolean mh_formula_check (const char *formula, GError **error);
/* The names a formula uses, each once, in order; so that only dependants are worked out again.
 * Caller frees with g_strfreev(). NULL for a broken one. */
char **mh_formula_names (const char *formula);

/* The value of a calculated @analyte, rounded to its decimals: formula, condition and all.
 * *out_text (caller frees) is set for MH_FORMULA_OK only. */
MhFormulaOutcome mh_formula_calculate (MhRecord *analyte,
                                       MhFormulaLookup lookup,
                                       gpointer user_data,
                                       char **out_text);

G_END_DECLS
