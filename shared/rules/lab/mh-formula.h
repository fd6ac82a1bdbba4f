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
 *
 * An operand may be known only as "<5" or ">200": the result is then what can be said for certain,
 * "<0.05" or ">22.07", and a condition that may or may not hold counts both ways.
 */
#include "shared/record/mh-record.h"
#include "shared/rules/lab/mh-span.h"

G_BEGIN_DECLS

#define MH_FORMULA_MAX_LENGTH 400
#define MH_FORMULA_MAX_DEPTH 32

typedef enum
{
  MH_FORMULA_OK,
  MH_FORMULA_MISSING,        /* an operand has no value (yet): "not calculated" */
  MH_FORMULA_UNDEFINED,      /* division by zero, logarithm of 0, overflow: "not calculated" */
  MH_FORMULA_NOT_APPLICABLE, /* the analyte's condition says no: "not calculated" */
  MH_FORMULA_UNSURE,         /* with "<5" among the operands: between two numbers, or anything */
  MH_FORMULA_BROKEN,         /* not a formula: an error of the catalogue */
} MhFormulaOutcome;

/* The value of a name; FALSE: it has none. */
typedef gboolean (*MhFormulaLookup) (const char *name, double *out_value, gpointer user_data);

MhFormulaOutcome mh_formula_evaluate (const char *formula,
                                      MhFormulaLookup lookup,
                                      gpointer user_data,
                                      double *out_value);
/* The same with operands of which only the limits may be known. */
typedef gboolean (*MhFormulaSpanLookup) (const char *name, MhSpan *out_span, gpointer user_data);

MhFormulaOutcome mh_formula_evaluate_span (const char *formula,
                                           MhFormulaSpanLookup lookup,
                                           gpointer user_data,
                                           MhSpan *out_span);
/* FALSE with MH_ERROR_INVALID on field "formula" (place and remedy) for what cannot be read. */
gboolean mh_formula_check (const char *formula, GError **error);
/* The names a formula uses, each once, in order; so that only dependants are worked out again.
 * Caller frees with g_strfreev(). NULL for a broken one. */
char **mh_formula_names (const char *formula);

/* What is known of a calculated analyte. Nothing is owned. */
typedef struct
{
  const char *formula, *condition; /* @condition NULL: always */
  const char *plausible_low;       /* at least 0: the result is never negative; NULL: not said */
  int decimals;
} MhFormulaTask;

/* The value, rounded to its decimals; "<0.05" or ">22.07" where no more can be said. *out_text
 * (caller frees) is set for MH_FORMULA_OK only. */
MhFormulaOutcome mh_formula_work_out (const MhFormulaTask *task,
                                      MhFormulaSpanLookup lookup,
                                      gpointer user_data,
                                      char **out_text);
/* Borrows from @analyte (MhAnalyte). */
MhFormulaTask mh_formula_task (MhRecord *analyte);
/* mh_formula_work_out() for an analyte whose operands are all numbers. */
MhFormulaOutcome mh_formula_calculate (MhRecord *analyte,
                                       MhFormulaLookup lookup,
                                       gpointer user_data,
                                       char **out_text);

G_END_DECLS
