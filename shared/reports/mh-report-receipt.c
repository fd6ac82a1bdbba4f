/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-report-receipt.h"

#include <math.h>

#include "shared/base/mh-decimal.h"
#include "shared/reports/mh-report-parts.h"

#define DPI 203 /* dots per inch of the common thermal heads */
#define CODE_HEIGHT 34

static const MhStyle style_name = { 12, 15, TRUE };
static const MhStyle style_line = { 9, 12.5, FALSE };
static const MhStyle style_strong = { 9, 12.5, TRUE };
static const MhStyle style_total = { 12, 17, TRUE };

static const MhType name_type = { &style_name, MH_INK_BLACK, MH_ALIGN_CENTRE, 3 };
static const MhType centre = { &style_line, MH_INK_BLACK, MH_ALIGN_CENTRE, 3 };
static const MhType strong_centre = { &style_strong, MH_INK_BLACK, MH_ALIGN_CENTRE, 2 };
static const MhType line = { &style_line, MH_INK_BLACK, MH_ALIGN_START, 3 };
static const MhType line_end = { &style_line, MH_INK_BLACK, MH_ALIGN_END, 3 };
static const MhType total = { &style_total, MH_INK_BLACK, MH_ALIGN_START, 1 };
static const MhType total_end = { &style_total, MH_INK_BLACK, MH_ALIGN_END, 1 };

/* 72 mm is what an 80 mm head prints. */
static const MhPaper roll
    = { MH_MM (80), 0, .top = 8, .right = MH_MM (4), .bottom = 14, .left = MH_MM (4) };

typedef struct
{
  const MhReceipt *in;
  const MhWords *words;
  const char *currency;
  double width;
  MhBox *box;
  double y;
} Slip;

static void
put (Slip *slip, const MhType *type, const char *text)
{
  slip->y += mh_box_text (slip->box, type, 0, slip->y, slip->width, text);
}

static void
put_dashes (Slip *slip)
{
  mh_box_dashes (slip->box, MH_INK_BLACK, 0, slip->y + 4, slip->width);
  slip->y += 8;
}

/* Label at the left, value at the right; either may wrap in its half. */
static void
put_pair (Slip *slip, const char *label, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  double room = fmin (mh_ink_width (&style_line, value) + 1, slip->width * 0.62);
  double left = mh_box_text (slip->box, &line, 0, slip->y, slip->width - room - 6,
                             mh_words (slip->words, label));
  double right = mh_box_text (slip->box, &line_end, slip->width - room, slip->y, room, value);
  slip->y += MAX (left, right);
}

static void
put_money (Slip *slip, const char *label, gint64 amount)
{
  g_autofree char *text = mh_money_display (amount, slip->currency);
  put_pair (slip, label, text);
}

static void
put_money_unless_zero (Slip *slip, const char *label, gint64 amount)
{
  if (amount != 0)
    put_money (slip, label, amount);
}

static void
put_head (Slip *slip, gboolean is_refund, guint copy)
{
  MhRecord *hospital = slip->in->hospital;
  g_autofree char *address = mh_part_address (hospital);
  const char *phone = mh_record_text (hospital, MH_HOSPITAL_PHONE);
  const char *tax = mh_record_text (hospital, MH_HOSPITAL_TAX_NUMBER);
  put (slip, &name_type, mh_record_text (hospital, MH_HOSPITAL_NAME));
  put (slip, &centre, address);
  if (phone != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", mh_words (slip->words, "Phone"), phone);
      put (slip, &centre, text);
    }
  if (tax != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", mh_words (slip->words, "Tax number"), tax);
      put (slip, &centre, text);
    }
  put_dashes (slip);
  put (slip, &strong_centre, mh_words (slip->words, is_refund ? "Refund" : "Receipt"));
  if (copy > 0)
    {
      g_autofree char *number = g_strdup_printf ("%u", copy);
      g_autofree char *mark = mh_words_fill (slip->words, "DUPLICATE {1}", number, NULL);
      mh_box_frame (slip->box, MH_INK_BLACK, slip->width / 2 - 50, slip->y + 2, 100, 15, 3);
      slip->y += 3;
      put (slip, &strong_centre, mark);
      slip->y += 3;
    }
}

static void
put_who (Slip *slip)
{
  g_autoptr (GTimeZone) zone = mh_part_zone (slip->in->hospital);
  gint64 issued = mh_record_int (slip->in->receipt, MH_RECEIPT_ISSUED_AT);
  g_autofree char *at = mh_words_instant (slip->words, issued, zone);
  g_autofree char *name = mh_record_display (slip->in->patient);
  g_autofree char *age_sex = mh_part_age_sex (slip->in->patient, slip->words, issued, zone);
  put_pair (slip, "Receipt number", mh_record_text (slip->in->receipt, MH_RECEIPT_NUMBER));
  put_pair (slip, "Date", at);
  put_pair (slip, "Order", mh_record_text (slip->in->order, MH_ORDER_NUMBER));
  put_pair (slip, "MRN", mh_record_text (slip->in->patient, MH_PATIENT_MRN));
  slip->y += 2;
  put (slip, &(MhType){ &style_strong, MH_INK_BLACK, MH_ALIGN_START, 2 }, name);
  put (slip, &line, age_sex);
  put_dashes (slip);
}

static void
put_items (Slip *slip)
{
  GPtrArray *items = mh_record_records (slip->in->order, MH_ORDER_ITEMS);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *status = mh_record_text (item, MH_ORDER_ITEM_STATUS);
      gboolean cancelled = g_strcmp0 (status, MH_ITEM_STATUS_CANCELLED) == 0;
      g_autofree char *price
          = cancelled
                ? g_strdup (mh_words (slip->words, "cancelled"))
                : mh_money_display (mh_record_int (item, MH_ORDER_ITEM_PRICE), slip->currency);
      double room = mh_ink_width (&style_line, price) + 1;
      double height = mh_box_text (slip->box, &line, 0, slip->y, slip->width - room - 8,
                                   mh_record_text (item, MH_ORDER_ITEM_NAME));
      mh_box_text (slip->box, &line_end, slip->width - room, slip->y, room, price);
      slip->y += MAX (height, style_line.leading);
    }
  put_dashes (slip);
}

static void
put_totals (Slip *slip)
{
  MhRecord *order = slip->in->order;
  g_autofree char *text = mh_money_display (mh_record_int (order, MH_ORDER_TOTAL), slip->currency);
  put_money (slip, "Subtotal", mh_record_int (order, MH_ORDER_SUBTOTAL));
  put_money_unless_zero (slip, "Discount", -mh_record_int (order, MH_ORDER_DISCOUNT));
  put_money (slip, "Tax", mh_record_int (order, MH_ORDER_TAX));
  put_money_unless_zero (slip, "Round-off", mh_record_int (order, MH_ORDER_ROUND_OFF));
  slip->y += 2;
  mh_box_text (slip->box, &total, 0, slip->y, slip->width / 2, mh_words (slip->words, "Total"));
  mh_box_text (slip->box, &total_end, slip->width / 2, slip->y, slip->width / 2, text);
  slip->y += style_total.leading;
}

static void
put_payment (Slip *slip, gboolean is_refund)
{
  MhRecord *payment = slip->in->payment, *order = slip->in->order;
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  gint64 before = mh_record_int (order, MH_ORDER_PAID) - amount;
  if (!is_refund && before > 0)
    put_money (slip, "Already paid", before);
  put_money (slip, is_refund ? "Given back" : "Paid now", amount);
  put_pair (slip, "Method", mh_words_field_code (slip->words, payment, MH_PAYMENT_METHOD));
  put_pair (slip, "Reference", mh_record_text (payment, MH_PAYMENT_REFERENCE));
  if (mh_record_int (payment, MH_PAYMENT_TENDERED) > 0)
    {
      put_money (slip, "Given by the patient", mh_record_int (payment, MH_PAYMENT_TENDERED));
      put_money (slip, "Change", mh_record_int (payment, MH_PAYMENT_CHANGE_GIVEN));
    }
  put_money_unless_zero (slip, "Still due", mh_record_int (order, MH_ORDER_DUE));
  const char *cashier = mh_record_text (payment, MH_PAYMENT_RECEIVED_NAME);
  put_pair (slip, "Cashier",
            cashier != NULL ? cashier : mh_record_text (slip->in->receipt, MH_RECEIPT_ISSUED_NAME));
  put_dashes (slip);
}

MhDocument *
mh_report_receipt (const MhReceipt *receipt, const char *language, guint copy)
{
  const char *number = mh_record_text (receipt->receipt, MH_RECEIPT_NUMBER) ?: "";
  const char *order = mh_record_text (receipt->order, MH_ORDER_NUMBER);
  const char *currency = mh_record_text (receipt->order, MH_ORDER_CURRENCY);
  gboolean is_refund = mh_record_has (receipt->payment, MH_PAYMENT_REFUND_OF);
  Slip slip = { receipt, mh_words_for (language), currency ?: "INR",
                roll.width - roll.left - roll.right };
  MhDocument *document = mh_document_new (&roll);
  g_autofree char *title = g_strdup_printf ("%s %s", mh_words (slip.words, "Receipt"), number);
  mh_document_set_info (document, title, mh_record_text (receipt->hospital, MH_HOSPITAL_NAME), NULL,
                        mh_record_int (receipt->receipt, MH_RECEIPT_ISSUED_AT));
  slip.box = mh_box_new ();
  mh_box_set_tag (slip.box, "P");
  put_head (&slip, is_refund, copy);
  put_who (&slip);
  put_items (&slip);
  put_totals (&slip);
  put_payment (&slip, is_refund);
  slip.y += 4;
  mh_box_barcode (slip.box, mh_barcode_code128 (order), 0, slip.y, slip.width, CODE_HEIGHT, DPI);
  slip.y += CODE_HEIGHT + 1;
  put (&slip, &centre, order);
  slip.y += 3;
  put (&slip, &centre,
       mh_words (slip.words, "Thank you. Keep this receipt to collect your report."));
  mh_document_add (document, slip.box, 0);
  mh_document_finish (document);
  return document;
}
