/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/payments/mh-ledger.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-ledger.h"

GPtrArray *
mh_ledger_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
ledger_add (GPtrArray *entries,
            const MhLedgerBook *book,
            const char *kind,
            const char *account,
            gint64 amount)
{
  MhRecord *entry = mh_record_new (&mh_ledger_entry_type);
  mh_record_set_text (entry, MH_LEDGER_ENTRY_HOSPITAL_ID, book->hospital_id);
  mh_record_set_text (entry, MH_LEDGER_ENTRY_TXN, book->txn);
  mh_record_set_text (entry, MH_LEDGER_ENTRY_ACCOUNT, account);
  mh_record_set_text (entry, MH_LEDGER_ENTRY_KIND, kind);
  mh_record_set_int (entry, MH_LEDGER_ENTRY_AMOUNT, amount);
  mh_record_set_text (entry, MH_LEDGER_ENTRY_CURRENCY, book->currency);
  mh_record_set_text (entry, MH_LEDGER_ENTRY_ORDER_ID, book->order_id);
  mh_record_set_text (entry, MH_LEDGER_ENTRY_PATIENT_ID, book->patient_id);
  mh_record_set_text (entry, MH_LEDGER_ENTRY_PAYMENT_ID, book->payment_id);
  g_ptr_array_add (entries, entry);
}

void
mh_ledger_move (GPtrArray *entries,
                const MhLedgerBook *book,
                const char *kind,
                const char *debit,
                const char *credit,
                gint64 amount)
{
  if (amount == 0)
    return;
  ledger_add (entries, book, kind, debit, amount);
  ledger_add (entries, book, kind, credit, -amount);
}

gboolean
mh_ledger_post (MhTx *tx, GPtrArray *entries, GError **error)
{
  for (guint i = 0; i < entries->len; i++)
    mh_record_set_text (g_ptr_array_index (entries, i), MH_LEDGER_ENTRY_BY_ID,
                        mh_tx_who (tx)->user_id);
  return mh_tx_insert_parts (tx, entries, error);
}

const char *
mh_ledger_account_of (const char *method)
{
  static const struct
  {
    const char *method, *account;
  } accounts[] = {
    { MH_METHOD_CASH, MH_LEDGER_CASH },       { MH_METHOD_COD, MH_LEDGER_CASH },
    { MH_METHOD_CARD, MH_LEDGER_CARD },       { MH_METHOD_UPI, MH_LEDGER_UPI },
    { MH_METHOD_ONLINE, MH_LEDGER_ONLINE },   { MH_METHOD_INSURANCE, MH_LEDGER_INSURANCE },
    { MH_METHOD_DEPOSIT, MH_LEDGER_ADVANCE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (g_strcmp0 (accounts[i].method, method) == 0)
      return accounts[i].account;

  return MH_LEDGER_SUSPENSE;
}
