/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* From what was asked for to priced items: panels opened, doubles refused, prices found. Pure but
 * for the catalogue view it is given. */
#include "server/catalogue/mh-catalogue.h"

G_BEGIN_DECLS

/* @asked: order_item records with .test naming a test or a panel. @prices: price_entry records that
 * override the catalogue, or NULL. Gives complete items in the order asked. A panel's price is
 * spread over its tests in proportion to theirs, to the paisa (largest remainder), so that items
 * always add up. */
GPtrArray *
mh_orders_price_items (MhCatalogueView *view, GPtrArray *asked, GPtrArray *prices, GError **error);
/* Sets subtotal, tax, total, paid, due from the items; @tax: flat amount per order in minor units.
 */
void mh_orders_price_totals (MhRecord *order, GPtrArray *items, gint64 tax);

G_END_DECLS
