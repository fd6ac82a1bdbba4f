/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What changed rows mean for the results, tests, tubes and order they belong to. */
#include "server/results/mh-results-plan.h"

G_BEGIN_DECLS

/* Writes every row whose result differs from what is stored. */
gboolean mh_results_items_write (MhTx *tx, MhResultsPlan *plan, GError **error);
/* Brings tests and order to where their results stand: a test is resulted when each of its results waits
 * to be verified, verified when each is, else in work. @event (or NULL) goes into the custody of the
 * tubes of tests that moved. @order: a draft of the changed order that is to be written with it, or NULL.
 * The order is written only if it or one of its tests changed; plan->order is the new one then. */
gboolean mh_results_items_move (MhTx *tx,
                                MhResultsPlan *plan,
                                const char *event,
                                const char *verb,
                                const char *reason,
                                MhRecord *order,
                                GError **error);
/* The item statuses as they will be after mh_results_items_move(), without writing: item id → status. */
const char *mh_results_items_status (MhResultsPlan *plan, MhRecord *item);

G_END_DECLS
