/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What will be drawn for a cart, by the rules that make the tubes when it is ordered. */
#include "client/pages/lab/orders/mh-cart.h"

G_BEGIN_DECLS

/* The catalogue's test of that code, borrowed; NULL: not known. */
typedef MhRecord *(*MhFindTest) (const char *code, gpointer data);

/* "2 tubes: EDTA (lavender), SST (gold)", in order of draw; NULL: nothing chosen. Caller frees. */
char *mh_cart_tubes_text (MhCart *cart, MhFindTest find, gpointer data);
/* "Fasting: FBS, Lipid profile", with the longest time that is asked for; NULL: none needs it. */
char *mh_cart_fasting_text (MhCart *cart, MhFindTest find, gpointer data);

G_END_DECLS
