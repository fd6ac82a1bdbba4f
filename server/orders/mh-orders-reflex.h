/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Tests that rules add to an order that is being worked on. */
#include "server/catalogue/mh-catalogue.h"
#include "server/catalogue/mh-reflex.h"
#include "server/store/mh-store.h"

G_BEGIN_DECLS

/* Adds what @wishes (mh_reflex_wanted()) ask for to @order: stores the new items and tubes and
 * returns the items. A tube of the same container and specimen that is drawn already serves the new
 * test, which then stands where that tube stands; otherwise a new one is to be collected. @samples:
 * the order's live tubes as stored; those that take a test are written. In @order only what the
 * board shows (tests, benches, number of tubes, priority, promise) is changed; the caller writes it
 * together with its new state. Whoever the rules say is told. The items cost nothing: what a rule
 * marks as charged is told to the desk, which writes a debit note; nobody is charged unasked. */
GPtrArray *mh_orders_reflex_add (MhTx *tx,
                                 MhCatalogueView *view,
                                 MhRecord *order,
                                 GPtrArray *items,
                                 GPtrArray *samples,
                                 GPtrArray *wishes,
                                 GError **error);

G_END_DECLS
