/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One transaction on the money of an order, or of a patient alone, while it is being worked out:
 * the order's new sums, the ledger's entries and the change of the patient's advance go together.
 */
#include "server/money/payments/mh-ledger.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct
{
  MhTx *tx;
  MhServer *server;
  MhRecord *before, *order; /* as stored, as it will be; NULL: no order */
  GPtrArray *items;         /* of the order; callers may change them before the end */
  GPtrArray *entries;
  MhLedgerBook book;
  gint64 advance; /* what the patient's advance grows by */
} MhMoney;

/* Owns references to what it is given; clear in any case. @txn and @payment_id are borrowed until
 * then. */
gboolean mh_money_begin (MhMoney *money,
                         const MhRequest *req,
                         MhRecord *order,
                         const char *txn,
                         const char *payment_id,
                         GError **error);
/* Without an order. @book is copied, its texts are borrowed. */
void mh_money_begin_alone (MhMoney *money, MhTx *tx, MhServer *server, const MhLedgerBook *book);
void mh_money_clear (MhMoney *money);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhMoney, mh_money_clear)

/* What the order still owes; below zero: what was paid beyond it. */
gint64 mh_money_balance (const MhMoney *money);
/* Money that came to @account: paid on the order, or kept as the advance. */
void mh_money_pay (MhMoney *money, const char *account, gint64 amount);
void mh_money_keep (MhMoney *money, const char *account, gint64 amount);
/* Money that leaves to @account: from the order, or from the advance. */
void mh_money_give_back (MhMoney *money, const char *account, gint64 amount);
void mh_money_return (MhMoney *money, const char *account, gint64 amount);
/* The order is charged @amount less. */
void mh_money_credit (MhMoney *money, gint64 amount);
/* What an insurer at @account will not pay is owed by the patient again. */
void mh_money_deny (MhMoney *money, const char *account, gint64 amount);
/* From the order to the advance. */
void mh_money_release (MhMoney *money, gint64 amount);
/* Writes all of it. MH_ERROR_CONFLICT when the advance is less than what is taken from it. */
gboolean mh_money_finish (MhMoney *money, const char *verb, const char *reason, GError **error);
/* The credit note for @amount that @order is charged less because of @refund and, when it was not
 * taken before, the invoice that it cites; a cancelled order without an invoice has neither. */
gboolean mh_money_note_credit (const MhRequest *req,
                               MhRecord *order,
                               MhRecord *refund,
                               GPtrArray *items,
                               gint64 amount,
                               GError **error);

G_END_DECLS
