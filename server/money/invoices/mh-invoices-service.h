/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Invoices, bills of supply, credit and debit notes. Each is stored once, with a number that is
 * consecutive in its financial year, hospital and kind, taken in the transaction that stores it; it
 * never changes afterwards. What an order's documents come to is always
 *   Σ invoices and debit notes − Σ credit notes = what was charged − what was given back.
 */
#include "server/money/invoices/mh-invoices-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* --- for payments --- */

/* The invoice (or bill of supply, when nothing bears a tax) of an order that is settled: paid, or
 * claimed from insurance. Made at the first call, the same one at every later one; for an order
 * whose debit note was paid, too. @order as it now is; only its id, totals and (if it has them)
 * items are looked at, so it does not matter whether the payment's own update is stored before or
 * after. Transfer full. */
MhRecord *
mh_invoices_service_for_order (MhTx *tx, MhServer *server, MhRecord *order, GError **error);
/* The same where there is one already. NULL without error: none yet. Transfer full. */
MhRecord *mh_invoices_service_of_order (MhDb *db, const char *order_id, GError **error);
/* Announces what the first call for an order reads besides its items; see mh_db_prefetch(). */
void mh_invoices_service_prefetch (MhDb *db, MhRecord *order);
/* The credit note for money that was given back. @refund: the payment with .refund_of, .amount and
 * .refund_reason; one note for each, whatever number of calls. @items: the order_item records that
 * it was for (NULL or empty: the order as a whole): they are credited first; the amount is laid on
 * what is left of each line in proportion, with its tax and discount. *out_note (may be NULL) is
 * the note, or NULL when the order has no invoice that could be credited (it was never settled).
 * MH_ERROR_CONFLICT when more is given back than the documents still come to. */
gboolean mh_invoices_service_credit (const MhRequest *req,
                                     MhRecord *order,
                                     MhRecord *refund,
                                     GPtrArray *items,
                                     MhRecord **out_note,
                                     GError **error);

/* --- for the routes --- */

/* With lines, taxes, notes, and what became of it. */
MhRecord *mh_invoices_service_read (const MhRequest *req, const char *id, GError **error);
/* What a debit note on @invoice comes to, at that time. */
gboolean mh_invoices_service_debit_total (const MhRequest *req,
                                          MhRecord *invoice,
                                          MhRecord *request,
                                          gint64 now,
                                          gint64 *out_total,
                                          GError **error);
/* Adds to an invoice or bill what was charged too little: a debit note, and more due on the order.
 */
MhRecord *
mh_invoices_service_debit (const MhRequest *req, const char *id, MhRecord *request, GError **error);

/* --- for the verticals and tests --- */

/* Looks at every number of a hospital: MH_ERROR_CONFLICT names the first gap or double. For the
 * property test of the money. */
gboolean mh_invoices_service_check_numbers (MhDb *db, const char *hospital_id, GError **error);
/* What is wrong with the documents of all hospitals, as sentences without patients' data (at most
 * @most): gaps in numbers, content that does not fit its hash, sums that do not agree with the
 * order. *out_n: how many documents there are. Transfer full. */
GPtrArray *mh_invoices_service_verify (MhDb *db, guint most, guint *out_n, GError **error);
/* Sums of one order's documents: *out_charged of invoices and debit notes, *out_credited of credit
 * notes. */
gboolean mh_invoices_service_sums (MhDb *db,
                                   const char *order_id,
                                   gint64 *out_charged,
                                   gint64 *out_credited,
                                   GError **error);

G_END_DECLS
