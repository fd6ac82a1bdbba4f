/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an invoice comes to. */
#include "shared/base/mh-decimal.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/money/mh-report-invoice-private.h"
#include "shared/reports/money/mh-report-money.h"
#include "shared/rules/money/mh-amount-words.h"

#define SUMS 206
#define GAP 26
#define MOST_PAYMENTS 10

/* --- the sums, at the right --- */

typedef struct
{
  const MhBill *bill;
  MhBox *box;
  double x, width, y;
} Side;

static void
report_invoice_totals_put_sum (Side *side, const char *label, gint64 amount)
{
  g_autofree char *text = mh_money_plain (amount, side->bill->currency);
  MhType grey = mh_type_coloured (&mh_type_body, MH_INK_GREY);
  MhType end = mh_type_aligned (&mh_type_body, MH_ALIGN_END);
  double height = mh_box_text (side->box, &grey, side->x, side->y, side->width - 78, label);
  mh_box_text (side->box, &end, side->x + side->width - 78, side->y, 74, text);
  side->y += height + 2;
}

static void
put_sum_unless_zero (Side *side, const char *label, gint64 amount)
{
  if (amount != 0)
    report_invoice_totals_put_sum (side, label, amount);
}

static void
report_invoice_totals_put_taxes (Side *side, MhRecord *invoice)
{
  GPtrArray *taxes = mh_record_records (invoice, MH_INVOICE_TAXES);
  const MhWords *words = side->bill->words;
  for (guint i = 0; taxes != NULL && i < taxes->len; i++)
    {
      MhRecord *tax = g_ptr_array_index (taxes, i);
      if (mh_record_bool (tax, MH_TAX_LINE_EXEMPT))
        continue;
      g_autofree char *rate = mh_money_rate (tax, MH_TAX_LINE_RATE);
      g_autofree char *label = mh_part_join (
          " ", mh_money_tax_name (tax, words),
          mh_record_int (tax, MH_TAX_LINE_RATE) > 0 ? rate : "",
          mh_record_bool (tax, MH_TAX_LINE_INCLUSIVE) ? mh_words (words, "(in the price)") : "",
          NULL);
      report_invoice_totals_put_sum (side, label, mh_record_int (tax, MH_TAX_LINE_TAX));
    }
}

static void
report_invoice_totals_put_total (Side *side, gint64 total)
{
  static const MhStyle style = { 12, 16, TRUE };
  const MhType label = { &style, MH_INK_WHITE, MH_ALIGN_START, 1 };
  const MhType end = { &style, MH_INK_WHITE, MH_ALIGN_END, 1 };
  g_autofree char *text = mh_money_display (total, side->bill->currency);
  side->y += 3;
  mh_box_fill (side->box, MH_INK_ACCENT, side->x - 8, side->y, side->width + 8, 25);
  mh_box_text (side->box, &label, side->x, side->y + 4.5, side->width / 2,
               mh_words (side->bill->words, "Total"));
  mh_box_text (side->box, &end, side->x + side->width / 3, side->y + 4.5, side->width * 2 / 3 - 4,
               text);
  side->y += 29;
}

static void
put_sums (Side *side)
{
  MhRecord *invoice = side->bill->invoice;
  const MhWords *words = side->bill->words;
  report_invoice_totals_put_sum (side, mh_words (words, "Subtotal"),
                                 mh_record_int (invoice, MH_INVOICE_SUBTOTAL));
  put_sum_unless_zero (side, mh_words (words, "Discount"),
                       -mh_record_int (invoice, MH_INVOICE_DISCOUNT));
  report_invoice_totals_put_taxes (side, invoice);
  put_sum_unless_zero (side, mh_words (words, "Round-off"),
                       mh_record_int (invoice, MH_INVOICE_ROUND_OFF));
  report_invoice_totals_put_total (side, mh_record_int (invoice, MH_INVOICE_TOTAL));

  if (mh_record_has (invoice, MH_INVOICE_DISCOUNT_REASON))
    {
      g_autofree char *why = g_strdup_printf (
          "%s: %s", mh_words (words, "Discount"),
          mh_words (words, mh_record_text (invoice, MH_INVOICE_DISCOUNT_REASON)));
      side->y += mh_box_text (side->box, &mh_type_label, side->x, side->y, side->width, why);
    }
}

/* --- at the left --- */

static void
report_invoice_totals_put_words (Side *side)
{
  MhRecord *invoice = side->bill->invoice;
  g_autofree char *text
      = mh_amount_words (mh_record_int (invoice, MH_INVOICE_TOTAL), side->bill->currency,
                         mh_words_language (side->bill->words));
  side->y += mh_box_text (side->box, &mh_type_label, side->x, side->y, side->width,
                          mh_words (side->bill->words, "Amount in words"));
  side->y += mh_box_text (side->box, &mh_type_bold, side->x, side->y, side->width, text) + 9;
}

typedef struct
{
  const char *title;
  double width;
} TaxColumn;

static void
put_cells (Side *side, const TaxColumn *columns, guint n, const MhType *type, char *const *cells)
{
  double x = side->x;
  for (guint i = 0; i < n; i++)
    {
      MhType aligned = mh_type_aligned (type, i == 0 ? MH_ALIGN_START : MH_ALIGN_END);
      mh_box_text (side->box, &aligned, x, side->y, columns[i].width - 3, cells[i]);
      x += columns[i].width;
    }
  side->y += type->style->leading + 1;
}

/* CGST and SGST are the halves of the rate; an odd paisa goes to the first. */
static void
put_tax_row (Side *side, const TaxColumn *columns, guint n, MhRecord *tax)
{
  const MhBill *bill = side->bill;
  gboolean exempt = mh_record_bool (tax, MH_TAX_LINE_EXEMPT);
  gint64 amount = mh_record_int (tax, MH_TAX_LINE_TAX);
  gint64 half = mh_record_int (tax, MH_TAX_LINE_RATE) > 0 ? amount - amount / 2 : 0;
  g_autofree char *rate = mh_money_rate (tax, MH_TAX_LINE_RATE);
  g_autofree char *name
      = exempt ? g_strdup (mh_words (bill->words, "Exempt"))
               : mh_part_join (" ", mh_money_tax_name (tax, bill->words),
                               mh_record_int (tax, MH_TAX_LINE_RATE) > 0 ? rate : "", NULL);
  g_autofree char *taxable
      = mh_money_plain (mh_record_int (tax, MH_TAX_LINE_TAXABLE), bill->currency);
  g_autofree char *central = half > 0 ? mh_money_plain (half, bill->currency) : g_strdup ("–");
  g_autofree char *state
      = half > 0 ? mh_money_plain (amount - half, bill->currency) : g_strdup ("–");
  g_autofree char *all = exempt ? g_strdup ("–") : mh_money_plain (amount, bill->currency);

  char *const split[] = { name, taxable, central, state, all };
  char *const whole[] = { name, taxable, all };
  put_cells (side, columns, n, &mh_type_small, n == 5 ? split : whole);
}

static void
put_tax_summary (Side *side)
{
  GPtrArray *taxes = mh_record_records (side->bill->invoice, MH_INVOICE_TAXES);
  const MhWords *words = side->bill->words;
  gboolean split = mh_invoice_splits_tax (side->bill->invoice);
  const TaxColumn five[] = { { mh_words (words, "Tax summary"), side->width - 196 },
                             { mh_words (words, "Taxable"), 58 },
                             { mh_words (words, "CGST"), 46 },
                             { mh_words (words, "SGST"), 46 },
                             { mh_words (words, "Tax"), 46 } };
  const TaxColumn three[] = { { mh_words (words, "Tax summary"), side->width - 128 },
                              { mh_words (words, "Taxable"), 68 },
                              { mh_words (words, "Tax"), 60 } };
  const TaxColumn *columns = split ? five : three;
  guint n = split ? 5 : 3;
  char *titles[5];

  if (taxes == NULL || taxes->len == 0)
    return;

  for (guint i = 0; i < n; i++)
    titles[i] = (char *)columns[i].title;
  put_cells (side, columns, n, &mh_type_label, titles);
  mh_box_rule (side->box, MH_INK_HAIRLINE, side->x, side->y, side->width, 0.6);
  side->y += 3;
  for (guint i = 0; i < taxes->len; i++)
    put_tax_row (side, columns, n, g_ptr_array_index (taxes, i));
  side->y += 8;
}

static void
report_invoice_totals_put_entry (Side *side, const char *what, gint64 amount, gboolean strong)
{
  g_autofree char *text = mh_money_plain (amount, side->bill->currency);
  const MhType *type = strong ? &mh_type_small_bold : &mh_type_small;
  MhType end = mh_type_aligned (type, MH_ALIGN_END);
  double height = mh_box_text (side->box, type, side->x, side->y, side->width - 72, what);
  mh_box_text (side->box, &end, side->x + side->width - 70, side->y, 67, text);
  side->y += height + 1;
}

static void
report_invoice_totals_put_heading (Side *side, const char *text)
{
  side->y += mh_box_text (side->box, &mh_type_label, side->x, side->y, side->width, text);
  mh_box_rule (side->box, MH_INK_HAIRLINE, side->x, side->y + 1, side->width, 0.6);
  side->y += 4;
}

static void
report_invoice_totals_put_payment (Side *side, MhRecord *payment)
{
  const MhWords *words = side->bill->words;
  gboolean refund = mh_payment_is_refund (payment);
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  g_autofree char *at
      = mh_words_instant (words, mh_record_int (payment, MH_PAYMENT_RECEIVED_AT), side->bill->zone);
  g_autofree char *what
      = mh_part_join (" · ", refund ? mh_words (words, "Given back") : "", at != NULL ? at : "",
                      mh_words_field_code (words, payment, MH_PAYMENT_METHOD) ?: "",
                      mh_record_text (payment, MH_PAYMENT_REFERENCE) ?: "", NULL);
  report_invoice_totals_put_entry (side, what, refund ? -amount : amount, FALSE);
}

static void
report_invoice_totals_put_payments (Side *side)
{
  GPtrArray *payments = side->bill->in->payments;
  const MhWords *words = side->bill->words;
  guint shown = 0;
  gint64 rest = 0;

  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      MhRecord *payment = g_ptr_array_index (payments, i);
      gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
      if (!mh_payment_counts (payment))
        continue;
      if (shown++ == 0)
        report_invoice_totals_put_heading (side, mh_words (words, "Payments"));
      if (shown <= MOST_PAYMENTS)
        report_invoice_totals_put_payment (side, payment);
      else
        rest += mh_payment_is_refund (payment) ? -amount : amount;
    }

  if (shown > MOST_PAYMENTS)
    report_invoice_totals_put_entry (side, mh_words (words, "Further payments"), rest, FALSE);

  /* What is open on the order is no matter of a credit note. */
  if (!mh_invoice_is_credit (side->bill->invoice) && (shown > 0 || side->bill->in->due != 0))
    report_invoice_totals_put_entry (side, mh_words (words, "Still due"), side->bill->in->due,
                                     TRUE);
}

static void
report_invoice_totals_put_notes (Side *side)
{
  GPtrArray *notes = mh_record_records (side->bill->invoice, MH_INVOICE_NOTES);
  const MhWords *words = side->bill->words;
  if (notes == NULL || notes->len == 0)
    return;

  side->y += 8;
  report_invoice_totals_put_heading (side, mh_words (words, "Credit and debit notes"));
  for (guint i = 0; i < notes->len; i++)
    {
      MhRecord *note = g_ptr_array_index (notes, i);
      gint64 total = mh_record_int (note, MH_INVOICE_TOTAL);
      gboolean credit = mh_invoice_is_credit (note);
      g_autofree char *day = mh_money_day (note, MH_INVOICE_ISSUED_ON, words);
      g_autofree char *what = mh_part_join (" · ", mh_words (words, mh_invoice_title (note)),
                                            mh_record_text (note, MH_INVOICE_NUMBER) ?: "",
                                            day != NULL ? day : "", NULL);
      report_invoice_totals_put_entry (side, what, credit ? -total : total, FALSE);
    }
}

void
mh_bill_add_totals (const MhBill *bill, MhDocument *document)
{
  MhBox *box = mh_box_new ();
  Side left = { bill, box, 0, bill->width - SUMS - GAP, 4 };
  Side right = { bill, box, bill->width - SUMS, SUMS, 4 };

  put_sums (&right);
  report_invoice_totals_put_words (&left);
  put_tax_summary (&left);
  report_invoice_totals_put_payments (&left);
  report_invoice_totals_put_notes (&left);
  mh_box_set_tag (box, "Sect");
  mh_box_set_height (box, MAX (left.y, right.y) + 4);
  mh_document_keep_last (document);
  mh_document_space (document, 6);
  mh_document_add (document, box, 0);
}
