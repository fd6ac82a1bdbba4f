/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Which technician an order is given to. The room of assignment knows orders and not the other way
 * round: it says here how one is chosen, once, when the server is made. The contract of each stands
 * at the function of the same name in mh-assignment.h.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  void (*prefetch) (MhDb *db, const char *hospital_id);
  gboolean (*choose) (MhTx *tx, MhRecord *order, GPtrArray *items, GError **error);
  gboolean (
      *settle) (MhTx *tx, MhRecord *before, MhRecord *after, GPtrArray *items, GError **error);
} MhOrdersAssignment;

/* @assignment lasts as long as the program. */
void mh_orders_set_assignment (const MhOrdersAssignment *assignment);

G_END_DECLS
