/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The delta check of a row: against the last comparable value before it, unless something is known
 * that explains a difference (a transfusion, a dialysis) in between. */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* Sets or clears .delta of what the row will be. Only for rows that have a result. */
void mh_results_delta_judge (const MhResultsPlan *plan, MhResultsRow *row);
/* Was it found that the row's value differs too much? */
gboolean mh_results_delta_failed (const MhResultsRow *row);

G_END_DECLS
