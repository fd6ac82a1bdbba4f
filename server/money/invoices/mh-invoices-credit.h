/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How a sum of money given back is laid on the lines of a bill. Pure. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* What was charged and given back so far. */
typedef struct
{
  GPtrArray *lines;    /* of the invoice and of its debit notes */
  GPtrArray *credited; /* of the credit notes so far */
  gint64 round_off;    /* what is left of the round-offs of the documents; may be negative */
} MhInvoiceAccount;

/* @item_ids: the order's items that it is for, NULL or empty for all; what is more than is left of
 * those goes over the rest. Gives the lines of the credit note and its *out_round_off, which
 * together come to exactly @amount; MH_ERROR_CONFLICT when that is more than is left of everything.
 */
GPtrArray *mh_invoices_credit_lines (const MhInvoiceAccount *account,
                                     gint64 amount,
                                     GPtrArray *item_ids,
                                     gint64 *out_round_off,
                                     GError **error);

G_END_DECLS
