/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include "server/money/payments/mh-ledger.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"

static gboolean
is_paid (MhDemoStage stage)
{
  return stage != MH_DEMO_STAGE_COD && stage != MH_DEMO_STAGE_EXPIRED
         && stage != MH_DEMO_STAGE_FAILED && stage != MH_DEMO_STAGE_CANCELLED;
}

void
mh_demo_money (MhDemo *demo, MhDemoOrder *made, MhDemoStage stage)
{
  static const char *const methods[]
      = { MH_METHOD_CASH, MH_METHOD_UPI, MH_METHOD_CARD, MH_METHOD_UPI };
  MhRecord *order = made->order;
  const char *method = stage == MH_DEMO_STAGE_COD      ? MH_METHOD_COD
                       : stage == MH_DEMO_STAGE_FAILED ? MH_METHOD_ONLINE
                       : stage != MH_DEMO_STAGE_PAID && mh_demo_chance (demo, 0.15)
                           ? MH_METHOD_COD
                           : methods[mh_demo_int (demo, 0, 4)];

  /* Whom an insurer covers has paid nothing: the insurer owes it. */
  if (is_paid (stage) && stage != MH_DEMO_STAGE_PAID && mh_record_has (order, MH_ORDER_PAYER))
    method = MH_METHOD_INSURANCE;

  gint64 total = mh_record_int (order, MH_ORDER_TOTAL);
  mh_record_set_text (order, MH_ORDER_PAYMENT_METHOD, method);
  mh_record_set_int (order, MH_ORDER_PAID, is_paid (stage) ? total : 0);
  mh_record_set_int (order, MH_ORDER_REFUNDED, 0);
  mh_record_set_int (order, MH_ORDER_DUE,
                     is_paid (stage) || stage == MH_DEMO_STAGE_CANCELLED ? 0 : total);
  mh_record_set_int (order, MH_ORDER_CREDITED, stage == MH_DEMO_STAGE_CANCELLED ? total : 0);
  mh_record_set_int (order, MH_ORDER_CHARGED, is_paid (stage) ? total : 0);
  mh_record_set_text (order, MH_ORDER_PAYMENT_STATE,
                      is_paid (stage)                 ? MH_PAYMENT_STATE_PAID
                      : stage == MH_DEMO_STAGE_FAILED ? MH_PAYMENT_STATE_FAILED
                                                      : MH_PAYMENT_STATE_UNPAID);
  if (stage == MH_DEMO_STAGE_FAILED)
    mh_record_set_text (order, MH_ORDER_PAYMENT_FAILURE, "The bank declined the payment.");
}

static MhRecord *
make_receipt (MhDemo *demo, MhRecord *payment, gint64 at)
{
  MhDate day = mh_date_from_days ((at + MH_DEMO_ZONE_OFFSET) / MH_DAY);
  int from = day.month >= 4 ? day.year : day.year - 1;
  g_autofree char *year = g_strdup_printf ("%d-%02d", from, (from + 1) % 100);
  gint64 number = mh_demo_count (demo->receipts, year);
  MhRecord *receipt = mh_demo_record (demo, &mh_receipt_type, at);

  mh_record_set_text (receipt, MH_RECEIPT_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_take_text (receipt, MH_RECEIPT_NUMBER,
                       g_strdup_printf ("R%.2s%s/%06" G_GINT64_FORMAT, year + 2, year + 5, number));
  mh_record_set_text (receipt, MH_RECEIPT_ORDER_ID, mh_record_text (payment, MH_PAYMENT_ORDER_ID));
  mh_record_set_text (receipt, MH_RECEIPT_PAYMENT_ID, mh_record_id (payment));
  mh_record_set_int (receipt, MH_RECEIPT_AMOUNT, mh_record_int (payment, MH_PAYMENT_AMOUNT));
  mh_record_set_text (receipt, MH_RECEIPT_CURRENCY, "INR");
  mh_record_set_int (receipt, MH_RECEIPT_ISSUED_AT, at);
  mh_record_set_text (receipt, MH_RECEIPT_ISSUED_BY,
                      mh_record_text (payment, MH_PAYMENT_RECEIVED_BY));
  mh_record_set_text (receipt, MH_RECEIPT_ISSUED_NAME,
                      mh_record_text (payment, MH_PAYMENT_RECEIVED_NAME));
  mh_record_set_int (receipt, MH_RECEIPT_COPIES, 1);

  return receipt;
}

/* The same that the service writes, with the ids and times of the demonstration. */
static void
make_entries (MhDemo *demo, MhRecord *order, MhRecord *payment, gint64 at, GPtrArray *entries)
{
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  const MhLedgerBook book = { .txn = mh_record_id (payment),
                              .hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                              .patient_id = mh_record_text (order, MH_ORDER_PATIENT_ID),
                              .order_id = mh_record_id (order),
                              .payment_id = mh_record_id (payment),
                              .currency = "INR" };
  guint first = entries->len;

  mh_ledger_move (entries, &book, MH_LEDGER_KIND_PAYMENT,
                  mh_ledger_account_of (mh_record_text (payment, MH_PAYMENT_METHOD)),
                  MH_LEDGER_ORDER, amount);
  mh_ledger_move (entries, &book, MH_LEDGER_KIND_CHARGE, MH_LEDGER_ORDER, MH_LEDGER_SALES,
                  mh_record_int (order, MH_ORDER_CHARGED));

  for (guint i = first; i < entries->len; i++)
    {
      g_autoptr (MhRecord) stamp = mh_demo_record (demo, &mh_ledger_entry_type, at);
      mh_record_set_text (stamp, MH_LEDGER_ENTRY_BY_ID,
                          mh_record_text (payment, MH_PAYMENT_RECEIVED_BY));
      mh_record_apply (g_ptr_array_index (entries, i), stamp);
    }
}

/* Claimed from the insurer on a policy: no money came, so there is no receipt. */
static void
make_claim (MhDemo *demo, MhRecord *order, MhRecord *payment)
{
  mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CLAIMED);
  mh_record_set_text (payment, MH_PAYMENT_PAYER, mh_record_text (order, MH_ORDER_PAYER));
  mh_record_take_text (payment, MH_PAYMENT_REFERENCE,
                       g_strdup_printf ("POL %s", mh_record_text (order, MH_ORDER_NUMBER)));
  mh_record_set_int (payment, MH_PAYMENT_SETTLED, 0);
  mh_record_set_int (payment, MH_PAYMENT_DENIED, 0);
}

void
mh_demo_payment (MhDemo *demo,
                 const MhDemoOrder *made,
                 GPtrArray *payments,
                 GPtrArray *receipts,
                 GPtrArray *entries)
{
  gint64 paid = mh_record_int (made->order, MH_ORDER_PAID);
  const char *method = mh_record_text (made->order, MH_ORDER_PAYMENT_METHOD);
  gboolean at_bed = g_str_equal (method, MH_METHOD_COD);
  gint64 at = at_bed ? made->collected_at : made->ordered_at + MH_MINUTE;
  MhDemoPerson by = at_bed ? MH_DEMO_NURSE : MH_DEMO_CASHIER;

  if (paid == 0)
    return;

  MhRecord *payment = mh_demo_record (demo, &mh_payment_type, at);
  mh_record_set_text (payment, MH_PAYMENT_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (payment, MH_PAYMENT_ORDER_ID, mh_record_id (made->order));
  mh_record_set_text (payment, MH_PAYMENT_METHOD, at_bed ? MH_METHOD_CASH : method);
  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, paid);
  mh_record_set_text (payment, MH_PAYMENT_CURRENCY, "INR");
  mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CAPTURED);
  mh_record_set_text (payment, MH_PAYMENT_KIND, MH_PAYMENT_KIND_PAYMENT);
  mh_record_set_text (payment, MH_PAYMENT_PATIENT_ID,
                      mh_record_text (made->order, MH_ORDER_PATIENT_ID));
  mh_record_set_int (payment, MH_PAYMENT_APPLIED, paid);
  mh_record_set_int (payment, MH_PAYMENT_PENDING, 0);
  mh_record_set_int (payment, MH_PAYMENT_REFUNDED, 0);
  mh_record_set_text (payment, MH_PAYMENT_RECEIVED_BY, mh_demo_staff_id (demo, by));
  mh_record_set_text (payment, MH_PAYMENT_RECEIVED_NAME, mh_demo_staff_name (demo, by));
  mh_record_set_int (payment, MH_PAYMENT_RECEIVED_AT, at);

  if (g_str_equal (method, MH_METHOD_INSURANCE))
    make_claim (demo, made->order, payment);
  else
    {
      MhRecord *receipt = make_receipt (demo, payment, at);
      mh_record_set_text (payment, MH_PAYMENT_RECEIPT_ID, mh_record_id (receipt));
      g_ptr_array_add (receipts, receipt);
    }

  g_ptr_array_add (payments, payment);
  make_entries (demo, made->order, payment, at, entries);
}
