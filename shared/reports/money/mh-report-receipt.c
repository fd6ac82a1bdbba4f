/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/money/mh-report-receipt.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"

#include "shared/base/mh-decimal.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/money/mh-report-money.h"

static void
report_receipt_put_who (MhSlip *slip, const MhReceipt *in)
{
  const MhWords *words = slip->words;
  g_autoptr (GTimeZone) zone = mh_part_zone (in->hospital);
  gint64 issued = mh_record_int (in->receipt, MH_RECEIPT_ISSUED_AT);
  g_autofree char *at = mh_words_instant (words, issued, zone);
  g_autofree char *name = mh_record_display (in->patient);
  g_autofree char *age_sex = mh_part_age_sex (in->patient, words, issued, zone);

  mh_slip_pair (slip, mh_words (words, "Receipt number"),
                mh_record_text (in->receipt, MH_RECEIPT_NUMBER));
  mh_slip_pair (slip, mh_words (words, "Date"), at);
  if (in->order != NULL)
    mh_slip_pair (slip, mh_words (words, "Order"), mh_record_text (in->order, MH_ORDER_NUMBER));
  mh_slip_pair (slip, mh_words (words, "MRN"), mh_record_text (in->patient, MH_PATIENT_MRN));
  mh_slip_space (slip, 2);
  mh_slip_strong (slip, name);
  mh_slip_line (slip, age_sex);
  mh_slip_dashes (slip);
}

static void
report_receipt_put_items (MhSlip *slip, MhRecord *order)
{
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *status = mh_record_text (item, MH_ORDER_ITEM_STATUS);
      gboolean cancelled = g_strcmp0 (status, MH_ITEM_STATUS_CANCELLED) == 0;
      g_autofree char *price
          = cancelled
                ? g_strdup (mh_words (slip->words, "cancelled"))
                : mh_money_display (mh_record_int (item, MH_ORDER_ITEM_PRICE), slip->currency);
      mh_slip_item (slip, mh_record_text (item, MH_ORDER_ITEM_NAME), price, NULL);
    }

  mh_slip_dashes (slip);
}

static void
report_receipt_put_totals (MhSlip *slip, MhRecord *order)
{
  const MhWords *words = slip->words;
  gint64 added = mh_record_int (order, MH_ORDER_TAX) - mh_record_int (order, MH_ORDER_TAX_INCLUDED);
  mh_slip_money (slip, mh_words (words, "Subtotal"), mh_record_int (order, MH_ORDER_SUBTOTAL));
  mh_slip_money_unless_zero (slip, mh_words (words, "Discount"),
                             -mh_record_int (order, MH_ORDER_DISCOUNT));
  mh_slip_money (slip, mh_words (words, "Tax"), added);
  mh_slip_money_unless_zero (slip, mh_words (words, "Round-off"),
                             mh_record_int (order, MH_ORDER_ROUND_OFF));
  mh_slip_money_unless_zero (slip, mh_words (words, "Charged later"),
                             mh_record_int (order, MH_ORDER_DEBITED));
  mh_slip_total (slip, mh_words (words, "Total"), mh_record_int (order, MH_ORDER_TOTAL));
}

static void
report_receipt_put_payment (MhSlip *slip, const MhReceipt *in, gboolean is_refund)
{
  const MhWords *words = slip->words;
  MhRecord *payment = in->payment, *order = in->order;
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  gint64 before = order != NULL ? mh_record_int (order, MH_ORDER_PAID) - amount : 0;
  const char *cashier = mh_record_text (payment, MH_PAYMENT_RECEIVED_NAME);

  if (!is_refund && before > 0)
    mh_slip_money (slip, mh_words (words, "Already paid"), before);
  mh_slip_money (slip, is_refund ? mh_words (words, "Given back") : mh_words (words, "Paid now"),
                 amount);
  mh_slip_pair (slip, mh_words (words, "Method"),
                mh_words_field_code (words, payment, MH_PAYMENT_METHOD));
  mh_slip_pair (slip, mh_words (words, "Reference"),
                mh_record_text (payment, MH_PAYMENT_REFERENCE));

  if (mh_record_int (payment, MH_PAYMENT_TENDERED) > 0)
    {
      mh_slip_money (slip, mh_words (words, "Cash received"),
                     mh_record_int (payment, MH_PAYMENT_TENDERED));
      mh_slip_money (slip, mh_words_in (words, "money given back", "Change"),
                     mh_record_int (payment, MH_PAYMENT_CHANGE_GIVEN));
    }

  if (order != NULL)
    mh_slip_money_unless_zero (slip, mh_words (words, "Still due"),
                               mh_record_int (order, MH_ORDER_DUE));

  mh_slip_pair (slip, mh_words (words, "Cashier"),
                cashier != NULL ? cashier : mh_record_text (in->receipt, MH_RECEIPT_ISSUED_NAME));
  mh_slip_dashes (slip);
}

MhDocument *
mh_report_receipt (const MhReceipt *receipt, const char *language, guint copy)
{
  const char *number = mh_record_text (receipt->receipt, MH_RECEIPT_NUMBER) ?: "";
  const char *order
      = receipt->order != NULL ? mh_record_text (receipt->order, MH_ORDER_NUMBER) : NULL;
  gboolean is_refund = mh_record_has (receipt->payment, MH_PAYMENT_REFUND_OF);
  g_autofree char *address = mh_part_address (receipt->hospital);
  MhSlip slip;

  mh_slip_begin (&slip, language, mh_record_text (receipt->receipt, MH_RECEIPT_CURRENCY));
  if (receipt->order != NULL && mh_record_has (receipt->order, MH_ORDER_CURRENCY))
    slip.currency = mh_record_text (receipt->order, MH_ORDER_CURRENCY);
  mh_slip_head (
      &slip, receipt->hospital, address, mh_record_text (receipt->hospital, MH_HOSPITAL_TAX_NUMBER),
      is_refund ? mh_words (slip.words, "Refund") : mh_words (slip.words, "Receipt"), copy);
  report_receipt_put_who (&slip, receipt);

  if (receipt->order != NULL)
    {
      report_receipt_put_items (&slip, receipt->order);
      report_receipt_put_totals (&slip, receipt->order);
    }

  report_receipt_put_payment (&slip, receipt, is_refund);
  mh_slip_barcode (&slip, order != NULL ? order : number);
  mh_slip_space (&slip, 3);
  if (receipt->order != NULL && !is_refund)
    mh_slip_centre (&slip,
                    mh_words (slip.words, "Thank you. Keep this receipt to collect your report."));

  g_autofree char *title = g_strdup_printf ("%s %s", mh_words (slip.words, "Receipt"), number);
  return mh_slip_end (&slip, title, mh_record_text (receipt->hospital, MH_HOSPITAL_NAME),
                      mh_record_int (receipt->receipt, MH_RECEIPT_ISSUED_AT));
}
