/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a value was measured on: told by the analyser, chosen at the grid, or known because only one
 * analyser can have measured it. The locks of quality control and equipment are asked of it whether
 * a person typed the value or a machine sent it (mh_qc_may_release_typed()).
 */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* Announces what mh_results_instrument_take(), _show() and _may_release() will read for all rows.
 */
void mh_results_instrument_prefetch (MhDb *db, MhResultsPlan *plan);
/* May the row's value be released as far as controls and equipment go? The error is that of
 * mh_qc_may_release(). */
gboolean mh_results_instrument_may_release (MhDb *db,
                                            MhResultsPlan *plan,
                                            const MhResultsRow *row,
                                            GError **error);
/* What @instrument (as sent; NULL or "": nobody said) is for the row: a code that may be kept, a
 * copy; NULL without error: not known. MH_ERROR_INVALID on @field: by hand, where the catalogue
 * does not say that it may be. */
char *mh_results_instrument_take (MhDb *db,
                                  MhResultsPlan *plan,
                                  const MhResultsRow *row,
                                  const char *instrument,
                                  const char *field,
                                  GError **error);
/* Sets MH_RESULT_ROW_INSTRUMENTS and their names: what somebody at the grid may choose from. */
gboolean mh_results_instrument_show (MhDb *db,
                                     MhResultsPlan *plan,
                                     const MhResultsRow *row,
                                     MhRecord *out,
                                     GError **error);

G_END_DECLS
