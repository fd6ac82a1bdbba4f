/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a control's accepted values come to. The sums are exact; only the square root is not. Pure.
 * Total error = |bias| + 1.65 · CV and sigma = (allowed − |bias|) / CV: Westgard JO, Basic Method
 * Validation, 3rd edition 2008, with everything in per cent of the target.
 */
#include "shared/base/mh-decimal.h"

G_BEGIN_DECLS

typedef struct
{
  guint n;
  char *mean; /* NULL when n is 0 */
  char *sd;   /* of a sample (n − 1); NULL when n is below 2 */
  char *cv;   /* per cent; NULL without SD or when the mean is 0 */
} MhQcFigures;

/* @decimals of the values; mean and SD get two more. FALSE when they are too long to be added up.
 * Clear it. */
gboolean mh_qc_figures_of (const MhDecimal *values, guint n, int decimals, MhQcFigures *out);
void mh_qc_figures_clear (MhQcFigures *figures);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhQcFigures, mh_qc_figures_clear)

/* Per cent of @target; NULL when it is 0. Caller frees. */
char *mh_qc_bias (const char *mean, const char *target);
char *mh_qc_total_error (const char *bias, const char *cv);
/* NULL when @allowed is not given or the CV is 0. */
char *mh_qc_sigma (const char *allowed, const char *bias, const char *cv);

G_END_DECLS
