/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Writing into the book of money (shared/records/money/mh-ledger.h). Entries are made in pairs, a
 * debit and a credit of the same amount, so that whatever is posted adds up to zero. */
#include "server/platform/store/mh-store.h"
#include "shared/records/money/mh-ledger.h"

G_BEGIN_DECLS

/* Whose money it is; all borrowed. @order_id, @payment_id may be NULL. @payment_id: of the money
 * that was taken, also when some of it is given back. */
typedef struct
{
  const char *txn; /* id of the payment or refund that causes it */
  const char *hospital_id, *patient_id, *order_id, *payment_id, *currency;
} MhLedgerBook;

/* The entries of one transaction until they are posted; free with g_ptr_array_unref(). */
GPtrArray *mh_ledger_new (void);
/* @debit is raised and @credit lowered by @amount; below zero the other way round; zero: nothing.
 */
void mh_ledger_move (GPtrArray *entries,
                     const MhLedgerBook *book,
                     const char *kind,
                     const char *debit,
                     const char *credit,
                     gint64 amount);
/* In one statement. */
gboolean mh_ledger_post (MhTx *tx, GPtrArray *entries, GError **error);
/* Where money of that method lies: MH_LEDGER_CASH for cash and COD, … */
const char *mh_ledger_account_of (const char *method);

G_END_DECLS
