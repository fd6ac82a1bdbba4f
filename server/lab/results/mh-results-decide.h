/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a decision on results means for them, their tests, the order and its report. */
#include "server/lab/results/mh-results-plan.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* Writes the decision (@sent: verification as sent) in the name of the actor, who may take it, on
 * @rows (MhResultsRow), and what follows: another signature, verified, returned or taken back. The
 * report is released when nothing of the order is open any more. */
gboolean mh_results_decide (const MhRequest *req,
                            MhResultsPlan *plan,
                            MhRecord *sent,
                            GPtrArray *rows,
                            GError **error);
/* What exactly was looked at: the values as they stand. Caller frees. */
char *mh_results_decide_hash (GPtrArray *rows);
/* A rejected control or faulty equipment holds none of @rows back, else MH_ERROR_CONFLICT. */
gboolean
mh_results_decide_in_control (MhTx *tx, MhResultsPlan *plan, GPtrArray *rows, GError **error);
/* The order with its report, when every live test is verified; *out_order NULL: not yet. */
gboolean mh_results_decide_release (const MhRequest *req,
                                    MhResultsPlan *plan,
                                    MhRecord **out_order,
                                    GError **error);

G_END_DECLS
