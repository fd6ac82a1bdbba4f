/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invoices and notes, read back with Poppler. */
#include <math.h>
#include <string.h>

#include "shared/records/mh-records.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"
#include "shared/reports/money/mh-report-invoice.h"
#include "tests/shared/paper-fixture.h"
#include "tests/shared/paper-read.h"

typedef MhDocument *(*Draw) (const MhInvoicePaper *paper, const char *language, guint copy);
static const Draw draws[] = { mh_report_invoice, mh_report_invoice_slip };

static GPtrArray *
payments_new (void)
{
  GPtrArray *payments = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *refund = paper_payment (), *failed = paper_payment ();
  mh_record_set_text (refund, MH_PAYMENT_REFUND_OF, mh_record_id (refund));
  mh_record_set_int (refund, MH_PAYMENT_AMOUNT, 777);
  mh_record_set_text (failed, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_FAILED);
  mh_record_set_int (failed, MH_PAYMENT_AMOUNT, 55555);
  g_ptr_array_add (payments, paper_payment ());
  g_ptr_array_add (payments, refund);
  g_ptr_array_add (payments, failed);
  return payments;
}

static char *
text_of (MhDocument *document)
{
  DROPPED PopplerDocument *read = paper_read_back (document);
  return paper_all_text (read);
}

static void
test_invoice (void)
{
  static const char *const wanted[] = { "Invoice-cum-bill of supply",
                                        "I2627/000412",
                                        "LAB-2026-004711",
                                        "27AAACS1234F1Z5",
                                        "Maharashtra",
                                        "Asha Verma",
                                        "MH-0001-2345-7",
                                        "Suraksha General",
                                        "999316",
                                        "Liver function",
                                        "600.00",
                                        "exempt",
                                        "GST 5 %",
                                        "GST 18 %",
                                        "14,125.50",
                                        "₹16,357.00",
                                        "Cash",
                                        "2,592.00",
                                        "0.28",
                                        "123.00",
                                        "Still due",
                                        "Rupees sixteen thousand" };
  /* of each line and each half of a tax: where there is room for it */
  static const char *const on_a4[] = { "540.00",
                                       "567.00",
                                       "14,691.00",
                                       "1,120.50",
                                       "25.39",
                                       "Senior citizen",
                                       "Lotus Apartments",
                                       "For Sanjeevani Health Trust",
                                       "3b1f8a5c0d9e7f6a4b2c1d0e9f8a7b6c" };
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) invoice = paper_invoice (5);
  g_autoptr (GPtrArray) payments = payments_new ();
  const MhInvoicePaper paper = { hospital, invoice, payments, 12300 };
  for (guint i = 0; i < G_N_ELEMENTS (draws); i++)
    {
      g_autofree char *text = text_of (draws[i](&paper, "en", 0));
      g_autofree char *copy = text_of (draws[i](&paper, "en", 2));
      for (guint k = 0; k < G_N_ELEMENTS (wanted); k++)
        paper_assert_contains (text, wanted[k]);
      for (guint k = 0; i == 0 && k < G_N_ELEMENTS (on_a4); k++)
        paper_assert_contains (text, on_a4[k]);
      paper_assert_contains (text, "7.77");
      g_assert_null (strstr (text, "555.55"));
      g_assert_null (strstr (text, "DUPLICATE"));
      paper_assert_contains (copy, "DUPLICATE 2");
    }
}

/* The law's name for each kind. */
static void
test_titles (void)
{
  static const struct
  {
    const char *kind;
    gboolean gstin, exempt;
    const char *english, *hindi;
  } cases[] = {
    { MH_INVOICE_KIND_INVOICE, TRUE, FALSE, "Tax invoice", "कर बीजक" },
    { MH_INVOICE_KIND_INVOICE, FALSE, FALSE, "Invoice", "बीजक" },
    { MH_INVOICE_KIND_INVOICE, TRUE, TRUE, "Invoice-cum-bill of supply", "आपूर्ति बिल" },
    { MH_INVOICE_KIND_BILL, TRUE, TRUE, "Bill of supply", "आपूर्ति बिल" },
    { MH_INVOICE_KIND_CREDIT, TRUE, FALSE, "Credit note", "जमा पत्र" },
    { MH_INVOICE_KIND_DEBIT, TRUE, FALSE, "Debit note", "नामे पत्र" },
  };
  g_autoptr (MhRecord) hospital = paper_hospital ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MhRecord) invoice = paper_invoice (1);
      mh_record_set_text (invoice, MH_INVOICE_KIND, cases[i].kind);
      if (!cases[i].gstin)
        mh_record_set_null (invoice, MH_INVOICE_GSTIN);
      mh_record_set_int (invoice, MH_INVOICE_EXEMPT, cases[i].exempt ? 100 : 0);
      const MhInvoicePaper paper = { hospital, invoice, NULL, 0 };
      for (guint k = 0; k < G_N_ELEMENTS (draws); k++)
        {
          g_autofree char *english = text_of (draws[k](&paper, "en", 0));
          g_autofree char *hindi = text_of (draws[k](&paper, "hi", 0));
          paper_assert_contains (english, cases[i].english);
          paper_assert_contains (hindi, cases[i].hindi);
          paper_assert_contains (hindi, "रुपये");
          g_assert_null (strstr (hindi, cases[i].english));
        }
    }
}

static void
test_credit_note (void)
{
  static const char *const wanted[]
      = { "Credit note", "C2627/000031", "I2627/000412", "Test cancelled", "₹368.00" };
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) note = paper_credit_note ();
  g_autoptr (MhRecord) invoice = paper_invoice (5);
  g_autoptr (GPtrArray) payments = payments_new ();
  const MhInvoicePaper paper = { hospital, note, payments, 100 };
  for (guint i = 0; i < G_N_ELEMENTS (draws); i++)
    {
      g_autofree char *text = text_of (draws[i](&paper, "en", 0));
      for (guint k = 0; k < G_N_ELEMENTS (wanted); k++)
        paper_assert_contains (text, wanted[k]);
      g_assert_null (strstr (text, "Still due"));
    }
  /* An invoice printed later tells of its notes. */
  mh_record_append (invoice, MH_INVOICE_NOTES, note);
  const MhInvoicePaper noted = { hospital, invoice, NULL, 0 };
  g_autofree char *text = text_of (mh_report_invoice (&noted, "en", 0));
  paper_assert_contains (text, "C2627/000031");
  paper_assert_contains (text, "-368.00");
}

/* Each row stands whole on one page below its column titles; the total never stands alone. */
static void
test_pages (void)
{
  g_autoptr (MhRecord) hospital = paper_hospital ();
  for (guint n = 1; n <= 70; n += 3)
    {
      g_autoptr (MhRecord) invoice = paper_invoice (n);
      const MhInvoicePaper paper = { hospital, invoice, NULL, 0 };
      DROPPED PopplerDocument *read = paper_read_back (mh_report_invoice (&paper, "en", 0));
      int pages = poppler_document_get_n_pages (read);
      guint rows = 0;
      for (int i = 0; i < pages; i++)
        {
          g_autofree char *text = paper_page_text (read, i);
          g_autofree char *foot = g_strdup_printf ("Page %d of %d", i + 1, pages);
          guint here = paper_count_of (text, "999316");
          /* the code below a description is on the page of its amounts */
          guint codes = paper_count_of (text, "CBC") + paper_count_of (text, "LFT")
                        + paper_count_of (text, "CHOLT") + paper_count_of (text, "DHEAS")
                        + paper_count_of (text, "ECG");
          g_assert_cmpuint (here, >, 0);
          g_assert_cmpuint (codes, ==, here);
          paper_assert_contains (text, foot);
          paper_assert_contains (text, "Description");
          g_assert_cmpint (strstr (text, "Authorised signatory") != NULL, ==, i == pages - 1);
          rows += here;
        }
      g_assert_cmpuint (rows, ==, n);
    }
  g_autoptr (MhRecord) longer = paper_invoice (70);
  const MhInvoicePaper paper = { hospital, longer, NULL, 0 };
  g_autoptr (MhDocument) slip = mh_report_invoice_slip (&paper, "en", 0);
  double width, height;
  mh_document_page_size (slip, 0, &width, &height);
  g_assert_cmpuint (mh_document_n_pages (slip), ==, 1);
  g_assert_cmpfloat (fabs (width - MH_MM (80)), <, 0.01);
  g_assert_cmpfloat (height, >, 70 * 12);
}

/* Columns that would be empty are left out. */
static void
test_plain_bill (void)
{
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) bill = paper_invoice (1);
  MhRecord *line = g_ptr_array_index (mh_record_records (bill, MH_INVOICE_LINES), 0);
  mh_record_set_text (bill, MH_INVOICE_KIND, MH_INVOICE_KIND_BILL);
  mh_record_set_int (bill, MH_INVOICE_TAX, 0);
  mh_record_set_null (line, MH_INVOICE_LINE_HSN_SAC);
  mh_record_set_bool (line, MH_INVOICE_LINE_TAX_EXEMPT, TRUE);
  mh_record_set_null (line, MH_INVOICE_LINE_TAX_RATE);
  mh_record_take_records (bill, MH_INVOICE_TAXES, NULL);
  const MhInvoicePaper paper = { hospital, bill, NULL, 0 };
  g_autofree char *text = text_of (mh_report_invoice (&paper, "en", 0));
  g_assert_null (strstr (text, "SAC"));
  g_assert_null (strstr (text, "Discount"));
  g_assert_null (strstr (text, "Taxable"));
  g_assert_null (strstr (text, "CGST"));
  paper_assert_contains (text, "Bill of supply");
}

static void
test_code (void)
{
  g_autoptr (MhRecord) invoice = paper_invoice (1);
  g_autofree char *code = mh_report_invoice_code (invoice);
  g_assert_cmpstr (code, ==,
                   "MHINV:1:I2627/000412:36800:INR:2026-11-21:3B1F8A5C0D9E7F6A4B2C1D0E9F8A7B6C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/invoice-papers/invoice", test_invoice);
  g_test_add_func ("/invoice-papers/titles", test_titles);
  g_test_add_func ("/invoice-papers/credit-note", test_credit_note);
  g_test_add_func ("/invoice-papers/pages", test_pages);
  g_test_add_func ("/invoice-papers/plain-bill", test_plain_bill);
  g_test_add_func ("/invoice-papers/code", test_code);
  return g_test_run ();
}
