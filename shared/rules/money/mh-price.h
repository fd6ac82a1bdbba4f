/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Arithmetic of bills, in the currency's minor unit (rules.md 11). Everything adds up to the paisa:
 * a whole that is spread is the sum of its parts. Rates are in basis points (1/100 of a per cent).
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_RATE_WHOLE 10000

/* @rate of @amount, half up. */
gint64 mh_price_percent (gint64 amount, gint64 rate);
/* What of a price that contains a tax of @rate is the tax, half up. */
gint64 mh_price_tax_within (gint64 amount, gint64 rate);
/* Spreads @amount in proportion to @weights (none negative) by the largest remainder; of equal
 * remainders the earlier part gets the paisa. Weights that are all zero count as equal. No part
 * gets more than its weight as long as @amount is not more than all weights together. */
void mh_price_spread (gint64 amount, const gint64 *weights, guint n, gint64 *out_parts);
/* What must be added to @total so that it is a multiple of @unit (0 or 1: nothing); half up. */
gint64 mh_price_round_off (gint64 total, gint64 unit);

/* The list whose prices hold on @day ("YYYY-MM-DD"): the one with @code; or else that of @payer; or
 * else the default. @lists: price_list records; one of @hospital goes before one of all. NULL: none
 * fits, the catalogue's prices hold. */
MhRecord *mh_price_choose_list (GPtrArray *lists,
                                const char *hospital_id,
                                const char *code,
                                const char *payer,
                                const char *day);
/* Is the record in use on @day? Either end may be open. */
gboolean
mh_price_is_valid (MhRecord *record, guint from, guint until, guint active, const char *day);

G_END_DECLS
