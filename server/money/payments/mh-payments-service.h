/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Money (rules.md 11): taken at the desk, reported by the gateway, kept as a patient's advance,
 * given back. Every movement is a row of payment, its entries in the ledger and the order's new
 * sums, in one transaction; what was done once is answered, not done, when it is asked for again.
 *
 *   payment  requested → captured | rejected      (recorded by hand: a second person agrees)
 *            captured | claimed → part_refunded → refunded
 *   refund   requested → pending → processed | failed      (gateway)
 *            requested → processed                         (other tenders)
 *            requested → rejected
 *
 * An order's due is total − credited − paid + refunded and never below zero: what would be paid on
 * it beyond that is the patient's advance.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Stores the payment and its receipt, raises the order's paid amount, moves its tab. Cash and COD
 * must be exactly what is due (setting payment.allow_part: or a part of it): MH_ERROR_INVALID on
 * "amount"; other tenders may pay a part. Nothing due: MH_ERROR_CONFLICT. The same payment (its id)
 * again: the payment as it is stored.
 *   insurance  status claimed: settled for the laboratory, owed by the insurer; no receipt
 *   deposit    spends the patient's advance; MH_ERROR_CONFLICT when that is less
 *   online     recorded by hand with its reference: status requested until a second person agrees
 */
MhRecord *mh_payments_service_take (const MhRequest *req,
                                    const char *order_id,
                                    MhRecord *draft,
                                    GError **error);
/* A payment recorded by hand is agreed to or not (an approval record), by somebody else than who
 * recorded it: MH_ERROR_FORBIDDEN. What the order needs no more becomes the patient's advance. */
MhRecord *mh_payments_service_decide (const MhRequest *req,
                                      const char *payment_id,
                                      MhRecord *approval,
                                      GError **error);
MhRecord *mh_payments_service_read (const MhRequest *req, const char *id, GError **error);
/* Payments of one order, refunds among them. */
GPtrArray *mh_payments_service_list (const MhRequest *req, const char *order_id, GError **error);

/* Which ones; NULL: any. @day: a date in the hospital's zone. */
typedef struct
{
  const char *day, *method, *session, *status, *kind, *patient_id;
  const char *const *after; /* cursor: received_at and id */
  guint limit;
} MhPaymentsWanted;

/* Newest first. @wanted->kind MH_PAYMENT_KIND_REFUND: refunds. */
GPtrArray *
mh_payments_service_search (const MhRequest *req, const MhPaymentsWanted *wanted, GError **error);

/* --- deposits --- */

/* Money that is not for an order yet: the patient's advance. With a receipt. */
MhRecord *mh_payments_service_deposit (const MhRequest *req,
                                       const char *patient_id,
                                       MhRecord *draft,
                                       GError **error);
/* A patient_account with what is due, the last payments and entries; also for patients without an
 * advance. */
MhRecord *
mh_payments_service_account (const MhRequest *req, const char *patient_id, GError **error);
/* When two patients become one, or two again: the advance of both accounts as the ledger has it,
 * whose entries stay where they are and are read through the merge. It is refused with
 * MH_ERROR_CONFLICT when one would have spent more than it has. Before the first request. */
void mh_payments_observe (MhServer *server);
/* Does for orders what mh-orders-money.h asks for. Once, before the first of them. */
void mh_payments_serve_orders (void);
/* The same for mh-gateway-books.h. */
void mh_payments_serve_gateway (void);

/* --- for the gateway --- */

/* What the gateway says was captured. Amounts in minor units; all borrowed, texts may be NULL but
 * @order_id and @provider_payment. */
typedef struct
{
  const char *order_id, *attempt_id, *provider_order, *provider_payment;
  const char *method;   /* the provider's word: "upi", "card", … */
  const char *currency; /* "INR" */
  gint64 amount, fee, tax, captured_at;
} MhGatewayFact;

/* The payment of that @fact->provider_payment: made, or the one that was made when the gateway said
 * so before. Pays what the order has due; surplus, and money for an order that is cancelled,
 * expired or paid otherwise, becomes the patient's advance with a refund that waits for approval.
 * Money of another currency than the order's is kept in suspense, and pays nothing. */
MhRecord *
mh_payments_service_credit (MhTx *tx, MhServer *server, const MhGatewayFact *fact, GError **error);
/* No attempt is open or authorized any more: an unpaid online order goes to the tab Failed; any
 * other order stays as it is. */
gboolean mh_payments_service_attempt_failed (MhTx *tx,
                                             MhServer *server,
                                             const char *order_id,
                                             const char *why,
                                             GError **error);
/* The gateway has said that nothing is open: the order is to be paid in cash at collection. An
 * order that was paid meanwhile stays paid. */
gboolean
mh_payments_service_converted (MhTx *tx, MhServer *server, const char *order_id, GError **error);

/* --- refunds --- */

/* @request: a refund_request. At most what is captured and not given back; original tender. Until a
 * tube is received anything; then only tests whose tube is not received; after the report only by a
 * holder of refund.reported. Above the setting refund.approval_above, and whenever whoever
 * took the money asks, it waits (status requested) for a second person. The same id again: the
 * refund as it is stored. */
MhRecord *mh_payments_service_refund (const MhRequest *req,
                                      const char *payment_id,
                                      MhRecord *request,
                                      GError **error);
/* @approval: an approval. By who asked for it or who took the money: MH_ERROR_FORBIDDEN. Checked
 * again as on the day it was asked for: MH_ERROR_CONFLICT when a test was done meanwhile. */
MhRecord *mh_payments_service_refund_decide (const MhRequest *req,
                                             const char *refund_id,
                                             MhRecord *approval,
                                             GError **error);
/* The gateway's last word on a refund. A failed one leaves the money as the patient's advance, from
 * where it can be given back again. Said twice: nothing happens. @provider_refund, @why: NULL when
 * not known. */
gboolean mh_payments_service_refund_settled (const MhRequest *req,
                                             const char *refund_id,
                                             gboolean processed,
                                             const char *provider_refund,
                                             const char *why,
                                             GError **error);

/* @order costs something else than it did (a debit note): the ledger is told, when it has charged
 * the order at all. The caller writes the order. @txn: of the ledger's entries. */
gboolean mh_payments_service_charge (MhTx *tx, MhRecord *order, const char *txn, GError **error);
/* @order is cancelled: nothing is charged or due any more; the ledger is told. The caller writes
 * the order. Nothing of it may be paid. */
gboolean
mh_payments_service_write_off (MhTx *tx, MhServer *server, MhRecord *order, GError **error);

/* --- receipts --- */

/* Newest first; @order_id, @number: NULL: any. @after: cursor: issued_at and id. */
GPtrArray *mh_payments_service_receipts (const MhRequest *req,
                                         const char *order_id,
                                         const char *number,
                                         const char *const *after,
                                         guint limit,
                                         GError **error);

/* Ordered tests (@ids, none of them in the laboratory) that nobody shall do any more: they and
 * tubes that only they need are cancelled, @order as stored costs less. Where it was billed a
 * credit note says so; what is paid beyond the new price becomes the patient's advance. */
gboolean mh_payments_service_take_off (const MhRequest *req,
                                       MhRecord *order,
                                       const char *const *ids,
                                       const char *reason,
                                       GError **error);

G_END_DECLS
