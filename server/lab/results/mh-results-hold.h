/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is kept back from verification: tubes that may hold another patient's blood (two or more
 * analytes of one tube fail the delta check), and values about which a supervisor was asked and has
 * not answered.
 */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* After values were handed over: holds tubes, and lets go those whose values fit again. */
gboolean mh_results_hold_update (MhTx *tx, MhResultsPlan *plan, GError **error);
/* Its tube is held, or a question about it is open: not to be verified, by nobody and no rule. */
gboolean mh_results_hold_is_kept (MhResultsPlan *plan, const MhResultsRow *row);
/* Is the tube held, or was it released by somebody who saw the blood group that stands in the row?
 */
gboolean mh_results_hold_answers (MhResultsPlan *plan, const MhResultsRow *row);
/* MH_ERROR_CONFLICT that says which and what to do. */
void mh_results_hold_explain (MhResultsPlan *plan, GError **error);

G_END_DECLS
