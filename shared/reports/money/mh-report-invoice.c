/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/money/mh-report-invoice.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/people/mh-hospital.h"

#include <math.h>

#include "shared/base/mh-decimal.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/money/mh-report-invoice-private.h"
#include "shared/reports/money/mh-report-money.h"

#define QR_SIZE 74
#define SIGN_WIDTH 190
#define META_WIDTH 206

static const char *
report_invoice_text_of (const MhBill *bill, guint field)
{
  return mh_record_text (bill->invoice, field) ?: "";
}

char *
mh_report_invoice_code (MhRecord *invoice)
{
  g_autofree char *code = g_strdup_printf ("MHINV:1:%s:%" G_GINT64_FORMAT ":%s:%s:%.32s",
                                           mh_record_text (invoice, MH_INVOICE_NUMBER) ?: "",
                                           mh_record_int (invoice, MH_INVOICE_TOTAL),
                                           mh_record_text (invoice, MH_INVOICE_CURRENCY) ?: "",
                                           mh_record_text (invoice, MH_INVOICE_ISSUED_ON) ?: "",
                                           mh_record_text (invoice, MH_INVOICE_HASH) ?: "");
  return g_ascii_strup (code, -1);
}

/* --- every page --- */

static void
put_copy_mark (const MhBill *bill, MhBox *page, double right, double y)
{
  if (bill->copy == 0)
    return;
  g_autofree char *number = g_strdup_printf ("%u", bill->copy);
  g_autofree char *text = mh_words_fill (bill->words, "DUPLICATE {1}", number, NULL);
  double width = mh_ink_width (mh_type_small_bold.style, text) + 14;
  MhType centred = mh_type_aligned (&mh_type_small_bold, MH_ALIGN_CENTRE);
  mh_box_frame (page, MH_INK_TEXT, right - width, y, width, 15);
  mh_box_text (page, &centred, right - width, y + 1.9, width, text);
}

/* The hospital as the invoice names it: what it was on that day. */
static MhRecord *
seller (const MhBill *bill)
{
  static const guint folded[]
      = { MH_HOSPITAL_LOCALITY, MH_HOSPITAL_CITY, MH_HOSPITAL_PIN, MH_HOSPITAL_STATE };
  MhRecord *hospital = mh_record_copy (bill->in->hospital);
  if (mh_record_has (bill->invoice, MH_INVOICE_SELLER_ADDRESS))
    {
      mh_record_set_text (hospital, MH_HOSPITAL_ADDRESS_LINE,
                          report_invoice_text_of (bill, MH_INVOICE_SELLER_ADDRESS));
      for (guint i = 0; i < G_N_ELEMENTS (folded); i++)
        mh_record_set_null (hospital, folded[i]);
    }
  return hospital;
}

static double
report_invoice_put_first_header (const MhBill *bill, MhBox *page)
{
  double left = bill->paper.left, top = bill->paper.top;
  double x = left + bill->width - bill->title_width, y = top + 1;
  MhType title = mh_type_lines (&mh_type_title, 2);

  title = mh_type_aligned (&title, MH_ALIGN_END);
  MhType number = mh_type_aligned (&mh_type_bold, MH_ALIGN_END);
  g_autoptr (MhRecord) hospital = seller (bill);

  mh_part_letterhead (page, hospital, bill->words, left, top, bill->width - bill->title_width - 8);
  y += mh_box_text (page, &title, x, y, bill->title_width, bill->title);
  y += mh_box_text (page, &number, x, y, bill->title_width,
                    report_invoice_text_of (bill, MH_INVOICE_NUMBER));
  put_copy_mark (bill, page, left + bill->width, y + 4);
  mh_box_rule (page, MH_INK_ACCENT, left, top + bill->letterhead + 7, bill->width, 1.2);
  return bill->letterhead + 18;
}

static double
report_invoice_put_next_header (const MhBill *bill, MhBox *page)
{
  double left = bill->paper.left, top = bill->paper.top;
  g_autofree char *text
      = mh_part_join ("  ·  ", bill->title, report_invoice_text_of (bill, MH_INVOICE_NUMBER),
                      report_invoice_text_of (bill, MH_INVOICE_PATIENT_NAME), NULL);
  MhType bold = mh_type_lines (&mh_type_small_bold, 1);
  mh_box_text (page, &bold, left, top, bill->width - 100, text);
  put_copy_mark (bill, page, left + bill->width, top - 3);
  mh_box_rule (page, MH_INK_ACCENT, left, top + 15, bill->width, 0.8);
  return 26;
}

static double
report_invoice_frame_page (MhBox *page, guint number, guint total, gpointer data)
{
  const MhBill *bill = data;
  g_autoptr (MhBox) scratch = page == NULL ? mh_box_new () : NULL;
  MhBox *target = page != NULL ? page : scratch;
  double height = number == 1 ? report_invoice_put_first_header (bill, target)
                              : report_invoice_put_next_header (bill, target);

  if (page == NULL)
    return height;

  g_autofree char *what
      = mh_part_join (" ", bill->title, report_invoice_text_of (bill, MH_INVOICE_NUMBER), NULL);
  g_autofree char *text = mh_part_join (
      "  ·  ", what, mh_words (bill->words, "Made by computer; valid without a signature."), NULL);

  mh_part_footer (page, &bill->paper, bill->words, text, number, total);
  return height;
}

/* --- to whom, and what it is --- */

static double
report_invoice_put_patient (const MhBill *bill, MhBox *box, double width)
{
  const MhWords *words = bill->words;
  const char *payer = mh_record_text (bill->invoice, MH_INVOICE_PAYER);
  g_autofree char *who = mh_part_join (" ", mh_words (words, "MRN"),
                                       report_invoice_text_of (bill, MH_INVOICE_PATIENT_MRN), NULL);
  g_autofree char *line
      = mh_part_join ("  ·  ", who, report_invoice_text_of (bill, MH_INVOICE_PATIENT_PHONE), NULL);
  double y = mh_box_text (box, &mh_type_label, 0, 0, width, mh_words (words, "Billed to"));

  y += mh_box_text (box, &mh_type_person, 0, y, width,
                    report_invoice_text_of (bill, MH_INVOICE_PATIENT_NAME));
  y += mh_box_text (box, &mh_type_body, 0, y, width, line);
  MhType address = mh_type_lines (&mh_type_small, 3);

  y += mh_box_text (box, &address, 0, y, width,
                    report_invoice_text_of (bill, MH_INVOICE_PATIENT_ADDRESS));
  if (payer != NULL)
    {
      g_autofree char *paid_by = g_strdup_printf ("%s: %s", mh_words (words, "Payer"), payer);
      y += mh_box_text (box, &mh_type_bold, 0, y + 2, width, paid_by) + 2;
    }

  return y;
}

static double
put_meta (const MhBill *bill, MhBox *box, double x)
{
  const MhWords *words = bill->words;
  g_autofree char *at
      = mh_words_instant (words, mh_record_int (bill->invoice, MH_INVOICE_ISSUED_AT), bill->zone);
  g_autofree char *cited_on = mh_money_day (bill->invoice, MH_INVOICE_CITES_ON, words);
  g_autofree char *cites
      = mh_part_join (", ", report_invoice_text_of (bill, MH_INVOICE_CITES_NUMBER),
                      cited_on != NULL ? cited_on : "", NULL);
  g_autofree char *reason = mh_invoice_reason (bill->invoice, words);
  const struct
  {
    const char *label, *value;
  } pairs[] = {
    { mh_words (words, "Number"), report_invoice_text_of (bill, MH_INVOICE_NUMBER) },
    { mh_words (words, "Date"), at },
    { mh_words (words, "Against"), cites },
    { mh_words (words, "Reason"), reason },
    { mh_words (words, "Order"), report_invoice_text_of (bill, MH_INVOICE_ORDER_NUMBER) },
    { mh_words (words, "GSTIN"), report_invoice_text_of (bill, MH_INVOICE_GSTIN) },
    { mh_words (words, "Place of supply"),
      report_invoice_text_of (bill, MH_INVOICE_PLACE_OF_SUPPLY) },
    { mh_words (words, "Price list"), report_invoice_text_of (bill, MH_INVOICE_PRICE_LIST) },
  };
  double y = 0;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    y += mh_part_pair (box, pairs[i].label, pairs[i].value, &(MhPairPlace){ x, y, 78, META_WIDTH });
  return y;
}

static void
report_invoice_add_head (const MhBill *bill, MhDocument *document)
{
  MhBox *box = mh_box_new ();
  double x = bill->width - META_WIDTH;
  double left = report_invoice_put_patient (bill, box, x - 20), right = put_meta (bill, box, x);
  mh_box_set_tag (box, "Sect");
  mh_box_set_height (box, fmax (left, right));
  mh_document_add (document, box, 0);
  mh_document_space (document, 12);
}

/* --- the end --- */

static void
report_invoice_add_signature (const MhBill *bill, MhDocument *document)
{
  MhBox *box = mh_box_new ();
  double x = bill->width - SIGN_WIDTH;
  g_autofree char *code = mh_report_invoice_code (bill->invoice);
  g_autofree char *for_whom = mh_words_fill (
      bill->words, "For {1}", report_invoice_text_of (bill, MH_INVOICE_SELLER_NAME), NULL);
  g_autofree char *hash = g_strdup_printf ("%.32s", report_invoice_text_of (bill, MH_INVOICE_HASH));
  MhType centred = mh_type_aligned (&mh_type_small, MH_ALIGN_CENTRE);
  MhType bold = mh_type_aligned (&mh_type_small_bold, MH_ALIGN_CENTRE);
  double beside = QR_SIZE + 8, y = 10;

  mh_box_barcode (box, mh_barcode_qr (code), &(MhBoxArea){ -5, 0, QR_SIZE, QR_SIZE }, 0);
  y += mh_box_text (box, &mh_type_small, beside, y, x - beside - 12,
                    mh_words (bill->words, "The code holds number, total and content hash."));
  y += mh_box_text (box, &mh_type_label, beside, y, x - beside - 12, hash);
  mh_box_text (box, &mh_type_label, beside, y, x - beside - 12,
               report_invoice_text_of (bill, MH_INVOICE_ISSUED_NAME));

  double top = mh_box_text (box, &bold, x, 4, SIGN_WIDTH, for_whom) + 4;
  double line = fmax (top + 30, QR_SIZE - 16);
  mh_box_rule (box, MH_INK_GREY, x, line, SIGN_WIDTH, 0.6);
  mh_box_text (box, &centred, x, line + 3, SIGN_WIDTH,
               mh_words (bill->words, "Authorised signatory"));
  mh_box_set_tag (box, "Sect");
  mh_box_set_height (box, line + 16);
  mh_document_keep_last (document);
  mh_document_space (document, 12);
  mh_document_add (document, box, 0);
}

static MhDocument *
report_invoice_fill (MhBill *bill)
{
  g_autoptr (MhBox) scratch = mh_box_new ();
  g_autoptr (MhRecord) hospital = seller (bill);
  bill->letterhead = fmax (mh_part_letterhead (scratch, hospital, bill->words, 0, 0,
                                               bill->width - bill->title_width - 8),
                           bill->copy > 0 ? 54 : 36);

  MhDocument *document = mh_document_new (&bill->paper);
  g_autofree char *name
      = mh_part_join (" ", bill->title, report_invoice_text_of (bill, MH_INVOICE_NUMBER), NULL);

  mh_document_set_info (document, name, report_invoice_text_of (bill, MH_INVOICE_SELLER_NAME), NULL,
                        mh_record_int (bill->invoice, MH_INVOICE_ISSUED_AT));
  mh_document_set_frame (document, report_invoice_frame_page, bill, NULL);
  report_invoice_add_head (bill, document);
  mh_bill_add_lines (bill, document);
  mh_bill_add_totals (bill, document);
  report_invoice_add_signature (bill, document);
  mh_document_finish (document);

  return document;
}

MhDocument *
mh_report_invoice (const MhInvoicePaper *paper, const char *language, guint copy)
{
  g_autoptr (GTimeZone) zone = mh_part_zone (paper->hospital);
  const char *currency = mh_record_text (paper->invoice, MH_INVOICE_CURRENCY);
  MhBill bill
      = { .in = paper,
          .invoice = paper->invoice,
          .words = mh_words_for (language),
          .currency = currency != NULL ? currency : MH_CURRENCY_DEFAULT,
          .zone = zone,
          .copy = copy,
          .paper = { MH_A4_WIDTH, MH_A4_HEIGHT, .top = 36, .right = 42, .bottom = 46, .left = 42 },
          .title_width = 186 };

  bill.title = mh_words (bill.words, mh_invoice_title (paper->invoice));
  bill.width = bill.paper.width - bill.paper.left - bill.paper.right;
  return report_invoice_fill (&bill);
}
