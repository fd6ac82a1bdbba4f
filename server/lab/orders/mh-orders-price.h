/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* From what was asked for to priced items: panels opened, doubles refused, prices found, discounts
 * and taxes laid on. Pure but for the catalogue view it is given. */
#include "server/lab/catalogue/mh-catalogue.h"

G_BEGIN_DECLS

/* What holds for an order besides what is in it. */
typedef struct
{
  MhCatalogueView *view;
  const char *hospital_id;
  const char *department; /* code, or NULL */
  char day[11];     /* of the order, in the hospital's zone: rules and lists have their time */
  GPtrArray *rules; /* tax rules: the view's and the configuration's */
  gint64 round_to;  /* minor units; 0: totals stay as they are */
} MhPricing;

typedef struct
{
  MhCatalogueView *view;
  const char *hospital_id;
  const char *department_id; /* NULL: none */
  const char *day;
  gint64 standard_tax; /* `[lab] tax`: for each order, unless a stored rule takes its place */
  gint64 round_to;     /* minor units; 0: totals stay as they are */
} MhPricingTerms;
/* Clear with mh_pricing_clear(); borrows the view and the hospital's id. */
void mh_pricing_init (MhPricing *pricing, const MhPricingTerms *terms);
void mh_pricing_clear (MhPricing *pricing);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhPricing, mh_pricing_clear)

/* @asked: order_item records with .test naming a test or a panel, with or without a discount.
 * @list: a price list of the view that overrides the catalogue, or NULL. Gives items in the order
 * asked, with their own discounts. A panel's price and discount are spread over its tests in
 * proportion to theirs, to the paisa (largest remainder), so that items always add up.
 * MH_ERROR_INVALID names the items at fault. */
GPtrArray *
mh_orders_price_items (MhCatalogueView *view, GPtrArray *asked, MhRecord *list, GError **error);
/* Lays the order's discount (.discount or .discount_rate, beside what the items have of their own)
 * and the taxes on @items, and sets the order's totals; nothing counts as paid yet. Always holds:
 * total = subtotal − discount + tax − tax_included + round_off + debited, and the items' amounts
 * come to the total without round-off and debit notes. MH_ERROR_INVALID when a discount is more
 * than what it is given on. */
gboolean mh_orders_price_totals (const MhPricing *pricing,
                                 MhRecord *order,
                                 GPtrArray *items,
                                 GError **error);
/* Of an order that has its price already and no invoice yet: prices @added, which are among @items,
 * as the catalogue and @list (or NULL) have them, lays their taxes on them (those of one amount for
 * the whole order it bears already), and raises the order's totals and what is due. What the other
 * items cost stays. */
void mh_orders_price_added (const MhPricing *pricing,
                            MhRecord *list,
                            MhRecord *order,
                            GPtrArray *items,
                            GPtrArray *added);
/* Of an order without an invoice, after some of @items were cancelled: those cost nothing any more,
 * the taxes are laid anew on the others, whose prices and discounts stay, and total and due follow
 * (due below zero: more is paid than they cost). */
void mh_orders_price_removed (const MhPricing *pricing, MhRecord *order, GPtrArray *items);
/* The order's taxes as lines, from its items; new. */
GPtrArray *mh_orders_price_taxes (GPtrArray *items);

G_END_DECLS
