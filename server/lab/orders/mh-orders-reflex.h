/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Tests that rules or people add to an order that is being worked on. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-reflex.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *order;
  GPtrArray *items;
  GPtrArray *samples; /* the order's live tubes as stored; those that take a test are written */
  gboolean billed;    /* its invoice is taken and does not change */
} MhOrdersReflexOrder;

/* Adds what @wishes (mh_reflex_wanted()) ask for to the order: stores the new items and tubes and
 * returns the items. A tube of the same container and specimen that is drawn already serves the new
 * test, which then stands where that tube stands; otherwise a new one is to be collected. In the
 * order only what the board shows (tests, benches, number of tubes, priority, promise) is changed;
 * the caller writes it together with its new state. Whoever the rules say is told, the desk what is
 * to be paid.
 *
 * What a rule marks as charged costs what it costs, and is due. The items of a billed order cost
 * nothing here, and the caller writes a debit note (mh_orders_reflex_debit()) once it is stored. */
GPtrArray *mh_orders_reflex_add (const MhRequest *req,
                                 MhCatalogueView *view,
                                 const MhOrdersReflexOrder *order,
                                 GPtrArray *wishes,
                                 GError **error);
/* The debit_request for those of @wishes that are charged; NULL: nothing costs anything. */
MhRecord *
mh_orders_reflex_debit (MhCatalogueView *view, MhRecord *order, GPtrArray *wishes, gint64 now);
/* Nothing of @order is due any more: the desk need not be told again. */
gboolean mh_orders_reflex_paid (MhTx *tx, MhRecord *order, GPtrArray *items, GError **error);

G_END_DECLS
