/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is being ordered, before it is placed: tests and panels in the order chosen, no test twice,
 * subtotal at once, tax and total from the server's quote as soon as it answers. Needs no display.
 */
#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_CART (mh_cart_get_type ())
/* A GListModel of the chosen records (MhTest or MhPanel). Signal "totals-changed". */
G_DECLARE_FINAL_TYPE (MhCart, mh_cart, MH, CART, GObject)

MhCart *mh_cart_new (MhContext *context);
/* The patient it is for; another patient empties it. */
void mh_cart_set_patient (MhCart *cart, MhRecord *patient);
MhRecord *mh_cart_patient (MhCart *cart);
/* FALSE with MH_ERROR_CONFLICT that names what is in already. */
gboolean mh_cart_add (MhCart *cart, MhRecord *test_or_panel, GError **error);
void mh_cart_remove (MhCart *cart, guint position);
void mh_cart_clear (MhCart *cart);
gboolean mh_cart_is_empty (MhCart *cart);

gint64 mh_cart_subtotal (MhCart *cart);
/* As last quoted; *out_sure FALSE: the server has not said yet, the tax is the last one known. */
gint64 mh_cart_tax (MhCart *cart, gboolean *out_sure);
gint64 mh_cart_total (MhCart *cart);
const char *mh_cart_currency (MhCart *cart);

/* The order to send. New reference. */
MhRecord *mh_cart_make_order (MhCart *cart, const char *method, const char *priority);
/* How it looks here until the server has it: totals, names, status. New reference. */
MhRecord *mh_cart_make_provisional (MhCart *cart, MhRecord *order);

G_END_DECLS
