/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What rules add to an order because of what was just verified. */
#include "server/lab/results/mh-results-plan.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* @rows: of MhResultsRow, just verified. Adds what the reflex rules want to the order and to
 * plan->items, so that the order is not complete yet. *out_order: the order with what the board
 * shows of them, to be handed to mh_results_items_move(); left alone when nothing is added.
 * *out_debit: what mh_results_reflex_charge() needs. */
gboolean mh_results_reflex_add (MhTx *tx,
                                MhResultsPlan *plan,
                                GPtrArray *rows,
                                MhRecord **out_order,
                                MhRecord **out_debit,
                                GError **error);
/* After the order was stored: the debit note for what was added to one whose invoice was taken
 * before. plan->order is read again. @debit NULL: nothing to do. */
gboolean mh_results_reflex_charge (const MhRequest *req,
                                   MhResultsPlan *plan,
                                   MhRecord *debit,
                                   GError **error);

G_END_DECLS
