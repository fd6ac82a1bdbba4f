/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The narrow form of an invoice. */
#include "shared/base/mh-decimal.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/money/mh-report-invoice.h"
#include "shared/reports/money/mh-report-money.h"
#include "shared/rules/money/mh-amount-words.h"

static void
report_invoice_slip_put_who (MhSlip *slip, const MhInvoicePaper *in)
{
  const MhWords *words = slip->words;
  MhRecord *invoice = in->invoice;
  g_autofree char *day = mh_money_day (invoice, MH_INVOICE_ISSUED_ON, words);
  g_autofree char *reason = mh_invoice_reason (invoice, words);

  mh_slip_pair (slip, mh_words (words, "Number"), mh_record_text (invoice, MH_INVOICE_NUMBER));
  mh_slip_pair (slip, mh_words (words, "Date"), day);
  mh_slip_pair (slip, mh_words (words, "Order"), mh_record_text (invoice, MH_INVOICE_ORDER_NUMBER));
  mh_slip_pair (slip, mh_words (words, "Place of supply"),
                mh_record_text (invoice, MH_INVOICE_PLACE_OF_SUPPLY));

  if (mh_record_has (invoice, MH_INVOICE_CITES_NUMBER))
    {
      g_autofree char *on = mh_money_day (invoice, MH_INVOICE_CITES_ON, words);
      mh_slip_pair (slip, mh_words (words, "Against"),
                    mh_record_text (invoice, MH_INVOICE_CITES_NUMBER));
      mh_slip_pair (slip, mh_words (words, "of the day"), on);
      mh_slip_pair (slip, mh_words (words, "Reason"), reason);
    }

  mh_slip_space (slip, 2);
  mh_slip_strong (slip, mh_record_text (invoice, MH_INVOICE_PATIENT_NAME));
  mh_slip_pair (slip, mh_words (words, "MRN"), mh_record_text (invoice, MH_INVOICE_PATIENT_MRN));
  mh_slip_pair (slip, mh_words (words, "Payer"), mh_record_text (invoice, MH_INVOICE_PAYER));
  mh_slip_dashes (slip);
}

/* "SAC 999312 · 2 × 50.00 · discount 10.00 · GST 18 % 7.20": only what there is to say. */
static char *
small_print (MhSlip *slip, MhRecord *line)
{
  const MhWords *words = slip->words;
  const char *hsn = mh_record_text (line, MH_INVOICE_LINE_HSN_SAC);
  gint64 quantity = mh_record_int (line, MH_INVOICE_LINE_QUANTITY);
  g_autofree char *price
      = mh_money_plain (mh_record_int (line, MH_INVOICE_LINE_PRICE), slip->currency);
  g_autofree char *cut
      = mh_money_plain (mh_record_int (line, MH_INVOICE_LINE_DISCOUNT), slip->currency);
  g_autofree char *rate = mh_money_rate (line, MH_INVOICE_LINE_TAX_RATE);
  g_autofree char *tax = mh_money_plain (mh_record_int (line, MH_INVOICE_LINE_TAX), slip->currency);
  gboolean rated = mh_record_int (line, MH_INVOICE_LINE_TAX_RATE) > 0;
  g_autofree char *code
      = hsn != NULL ? g_strdup_printf ("%s %s", mh_words (words, "SAC"), hsn) : g_strdup ("");
  g_autofree char *times = quantity > 1
                               ? g_strdup_printf ("%" G_GINT64_FORMAT " × %s", quantity, price)
                               : g_strdup ("");
  g_autofree char *discount = mh_record_int (line, MH_INVOICE_LINE_DISCOUNT) > 0
                                  ? g_strdup_printf ("%s %s", mh_words (words, "Discount"), cut)
                                  : g_strdup ("");
  g_autofree char *taxed
      = mh_record_bool (line, MH_INVOICE_LINE_TAX_EXEMPT) ? g_strdup (mh_words (words, "exempt"))
        : rated                                           ? g_strdup_printf ("%s %s %s",
                                   mh_record_text (line, MH_INVOICE_LINE_TAX_NAME) ?: "", rate, tax)
                                                          : g_strdup ("");

  return mh_part_join (" · ", code, times, discount, taxed, NULL);
}

static void
report_invoice_slip_put_lines (MhSlip *slip, MhRecord *invoice)
{
  GPtrArray *lines = mh_record_records (invoice, MH_INVOICE_LINES);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      g_autofree char *below = small_print (slip, line);
      g_autofree char *price
          = mh_money_display (mh_record_int (line, MH_INVOICE_LINE_PRICE)
                                  * mh_record_int (line, MH_INVOICE_LINE_QUANTITY),
                              slip->currency);
      mh_slip_item (slip, mh_record_text (line, MH_INVOICE_LINE_DESCRIPTION), price, below);
    }

  mh_slip_dashes (slip);
}

static void
report_invoice_slip_put_taxes (MhSlip *slip, MhRecord *invoice)
{
  GPtrArray *taxes = mh_record_records (invoice, MH_INVOICE_TAXES);
  for (guint i = 0; taxes != NULL && i < taxes->len; i++)
    {
      MhRecord *tax = g_ptr_array_index (taxes, i);
      if (mh_record_bool (tax, MH_TAX_LINE_EXEMPT))
        continue;
      g_autofree char *rate = mh_money_rate (tax, MH_TAX_LINE_RATE);
      gboolean rated = mh_record_int (tax, MH_TAX_LINE_RATE) > 0;
      gboolean inclusive = mh_record_bool (tax, MH_TAX_LINE_INCLUSIVE);
      g_autofree char *label
          = mh_part_join (" ", mh_money_tax_name (tax, slip->words), rated ? rate : "",
                          inclusive ? mh_words (slip->words, "(in the price)") : "", NULL);
      mh_slip_money (slip, label, mh_record_int (tax, MH_TAX_LINE_TAX));
    }
}

static void
report_invoice_slip_put_totals (MhSlip *slip, MhRecord *invoice)
{
  const MhWords *words = slip->words;
  gint64 total = mh_record_int (invoice, MH_INVOICE_TOTAL);
  g_autofree char *in_words = mh_amount_words (total, slip->currency, mh_words_language (words));

  mh_slip_money (slip, mh_words (words, "Subtotal"), mh_record_int (invoice, MH_INVOICE_SUBTOTAL));
  mh_slip_money_unless_zero (slip, mh_words (words, "Discount"),
                             -mh_record_int (invoice, MH_INVOICE_DISCOUNT));
  report_invoice_slip_put_taxes (slip, invoice);
  mh_slip_money_unless_zero (slip, mh_words (words, "Round-off"),
                             mh_record_int (invoice, MH_INVOICE_ROUND_OFF));
  mh_slip_total (slip, mh_words (words, "Total"), total);
  mh_slip_note (slip, in_words);
  mh_slip_dashes (slip);
}

static void
report_invoice_slip_put_payments (MhSlip *slip, const MhInvoicePaper *in)
{
  const MhWords *words = slip->words;
  guint n = 0;
  for (guint i = 0; in->payments != NULL && i < in->payments->len; i++)
    {
      MhRecord *payment = g_ptr_array_index (in->payments, i);
      if (!mh_payment_counts (payment))
        continue;
      gboolean refund = mh_payment_is_refund (payment);
      gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
      g_autofree char *label
          = mh_part_join (" · ", refund ? mh_words (words, "Given back") : mh_words (words, "Paid"),
                          mh_words_field_code (words, payment, MH_PAYMENT_METHOD) ?: "", NULL);
      mh_slip_money (slip, label, refund ? -amount : amount);
      n++;
    }

  if (in->due != 0 && !mh_invoice_is_credit (in->invoice))
    mh_slip_money (slip, mh_words (words, "Still due"), in->due);
  if (n > 0 || in->due != 0)
    mh_slip_dashes (slip);
}

MhDocument *
mh_report_invoice_slip (const MhInvoicePaper *paper, const char *language, guint copy)
{
  MhRecord *invoice = paper->invoice;
  g_autofree char *code = mh_report_invoice_code (invoice);
  MhSlip slip;

  mh_slip_begin (&slip, language, mh_record_text (invoice, MH_INVOICE_CURRENCY));
  const char *title = mh_words (slip.words, mh_invoice_title (invoice));
  mh_slip_head (&slip, paper->hospital, mh_record_text (invoice, MH_INVOICE_SELLER_ADDRESS),
                mh_record_text (invoice, MH_INVOICE_GSTIN), title, copy);
  report_invoice_slip_put_who (&slip, paper);
  report_invoice_slip_put_lines (&slip, invoice);
  report_invoice_slip_put_totals (&slip, invoice);
  report_invoice_slip_put_payments (&slip, paper);
  mh_slip_pair (&slip, mh_words (slip.words, "Issued by"),
                mh_record_text (invoice, MH_INVOICE_ISSUED_NAME));
  mh_slip_qr (&slip, code, mh_record_text (invoice, MH_INVOICE_NUMBER));
  mh_slip_space (&slip, 3);
  mh_slip_note (&slip, mh_words (slip.words, "Made by computer; valid without a signature."));

  g_autofree char *name
      = mh_part_join (" ", title, mh_record_text (invoice, MH_INVOICE_NUMBER), NULL);
  return mh_slip_end (&slip, name, mh_record_text (invoice, MH_INVOICE_SELLER_NAME),
                      mh_record_int (invoice, MH_INVOICE_ISSUED_AT));
}
