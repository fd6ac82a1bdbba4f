/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What changed rows mean for the results, tests, tubes and order they belong to. */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

typedef struct
{
  const char *event; /* custody event of the tubes whose tests moved, or NULL */
  const char *verb;  /* of the order in the audit trail */
  const char *reason;
  MhRecord *order; /* the order as it is to be written, apart from its state; NULL: as it was */
} MhResultsMove;

/* MH_ERROR_CONFLICT when the order takes no results: released, cancelled or expired. */
gboolean mh_results_order_is_open (MhRecord *order, GError **error);
/* Writes every row whose result differs from what is stored. */
gboolean mh_results_items_write (MhTx *tx, MhResultsPlan *plan, GError **error);
/* Where a test stands by its results: resulted when all wait to be verified, verified when all are,
 * else in work. */
const char *mh_results_items_status (MhResultsPlan *plan, MhRecord *item);
/* Brings tests and order there. The order is written only if it or one of its tests changed;
 * plan->order is the new one then. */
gboolean
mh_results_items_move (MhTx *tx, MhResultsPlan *plan, const MhResultsMove *move, GError **error);

G_END_DECLS
