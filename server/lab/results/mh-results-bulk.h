/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Orders that were verified together and wait for their minute (mh-results-service.h). */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* Somebody decided on that one order meanwhile: it is part of the act no more. */
gboolean
mh_results_bulk_decided (MhTx *tx, MhRecord *verification, const char *order_id, GError **error);
/* Of mh-results-verify.c: the rows (MhResultsRow) that @verification is about, if @actor may decide
 * so on them; writes nothing. */
GPtrArray *mh_results_verify_rows (MhResultsPlan *plan,
                                   MhRecord *verification,
                                   const MhActor *actor,
                                   GError **error);

G_END_DECLS
