/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts, labels, cards and prescriptions, read back with Poppler; codes are read back by zbarimg
 * from the rasterised page where it is installed. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/clinic/mh-report-prescription.h"
#include "shared/reports/lab/mh-report-lab.h"
#include "shared/reports/mh-picture.h"
#include "shared/reports/mh-report-label.h"
#include "shared/reports/money/mh-report-invoice.h"
#include "shared/reports/money/mh-report-receipt.h"
#include "shared/reports/people/mh-report-wristband.h"
#include "tests/shared/paper-fixture.h"
#include "tests/shared/paper-read.h"

static void
test_receipt (void)
{
  static const char *const wanted[]
      = { "Receipt",        "MH/26-27/000412", "21 Nov 2026, 08:35", "LAB-2026-004711",
          "MH-0001-2345-7", "Asha Verma",      "Lipid profile",      "₹550.00",
          "₹2,880.00",      "-₹288.00",        "₹2,592.00",          "Cash",
          "₹3,000.00",      "₹408.00",         "Ritu Sharma",        "27AAACS1234F1Z5",
          "Thank you" };
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  g_autoptr (MhRecord) order = paper_order ();
  g_autoptr (MhRecord) payment = paper_payment ();
  g_autoptr (MhRecord) receipt = paper_receipt ();
  const MhReceipt slip = { hospital, patient, order, payment, receipt };
  MhDocument *document = mh_report_receipt (&slip, "en", 0);
  double width, height;
  mh_document_page_size (document, 0, &width, &height);
  g_assert_cmpfloat (fabs (width - MH_MM (80)), <, 0.01);
  g_assert_cmpfloat (height, >, 300);
  DROPPED PopplerDocument *read = paper_read_back (document);
  g_autofree char *text = paper_all_text (read);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    paper_assert_contains (text, wanted[i]);
  g_assert_null (strstr (text, "DUPLICATE"));
  g_assert_null (strstr (text, "Still due"));
  DROPPED PopplerDocument *copy = paper_read_back (mh_report_receipt (&slip, "en", 2));
  g_autofree char *copy_text = paper_all_text (copy);
  paper_assert_contains (copy_text, "DUPLICATE 2");
  /* A longer bill makes a longer paper. */
  MhRecord *extra = g_ptr_array_index (mh_record_records (order, MH_ORDER_ITEMS), 0);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (MhRecord) item = mh_record_copy (extra);
      mh_record_append (order, MH_ORDER_ITEMS, item);
    }
  g_autoptr (MhDocument) longer = mh_report_receipt (&slip, "en", 0);
  double long_height;
  mh_document_page_size (longer, 0, &width, &long_height);
  g_assert_cmpuint (mh_document_n_pages (longer), ==, 1);
  g_assert_cmpfloat (long_height, >, height + 300);
}

static void
test_refund_slip (void)
{
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  g_autoptr (MhRecord) order = paper_order ();
  g_autoptr (MhRecord) payment = paper_payment ();
  g_autoptr (MhRecord) receipt = paper_receipt ();
  const MhReceipt slip = { hospital, patient, order, payment, receipt };
  mh_record_set_text (payment, MH_PAYMENT_REFUND_OF, mh_record_id (payment));
  DROPPED PopplerDocument *read = paper_read_back (mh_report_receipt (&slip, "en", 0));
  g_autofree char *text = paper_all_text (read);
  paper_assert_contains (text, "Refund");
  paper_assert_contains (text, "Given back");
  g_assert_null (strstr (text, "Paid now"));
}

static void
test_labels (void)
{
  static const char *const order_of_draw[]
      = { "M26325000126E", "B26325000124E", "H26325000123E", "B26325000125C" };
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  g_autoptr (MhRecord) order = paper_order ();
  for (const MhLabelSize *size = mh_label_sizes; size->name != NULL; size++)
    {
      DROPPED PopplerDocument *read
          = paper_read_back (mh_report_labels (hospital, patient, order, NULL, size));
      g_assert_cmpint (poppler_document_get_n_pages (read), ==, 4);
      for (guint i = 0; i < 4; i++)
        {
          g_autofree char *text = paper_page_text (read, i);
          paper_assert_contains (text, order_of_draw[i]);
          paper_assert_contains (text, "Asha Verma");
          paper_assert_contains (text, "MH-0001-2345-7");
          paper_assert_contains (text, "41 y F");
          paper_assert_contains (text, "08:50");
        }
      g_autofree char *serum = paper_page_text (read, 1);
      paper_assert_contains (serum, "LFT, Lipid, TSH");
      paper_assert_contains (serum, "gold");
    }
}

/* The number of labels is data: two for one tube, none for a rejected one, none at all for nothing.
 */
static void
test_label_count (void)
{
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  g_autoptr (MhRecord) order = paper_order ();
  GPtrArray *samples = mh_record_records (order, MH_ORDER_SAMPLES);
  mh_record_set_int (g_ptr_array_index (samples, 0), MH_SAMPLE_LABEL_COUNT, 2);
  mh_record_set_text (g_ptr_array_index (samples, 0), MH_SAMPLE_PRIORITY, MH_PRIORITY_STAT);
  mh_record_set_null (g_ptr_array_index (samples, 0), MH_SAMPLE_COLLECTED_AT);
  mh_record_set_text (g_ptr_array_index (samples, 1), MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_REJECTED);
  DROPPED PopplerDocument *read
      = paper_read_back (mh_report_labels (hospital, patient, order, NULL, &mh_label_sizes[0]));
  g_autofree char *text = paper_all_text (read);
  g_assert_cmpint (poppler_document_get_n_pages (read), ==, 4);
  g_assert_cmpuint (paper_count_of (text, "H26325000123E"), ==, 2);
  g_assert_cmpuint (paper_count_of (text, "STAT"), ==, 2);
  g_assert_cmpuint (paper_count_of (text, "____:____"), ==, 2);
  g_assert_null (strstr (text, "B26325000124E"));
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_assert_null (mh_report_labels (hospital, patient, order, none, &mh_label_sizes[0]));
  g_assert_true (mh_label_size_find ("38x25") == &mh_label_sizes[1]);
  g_assert_true (mh_label_size_find ("unheard of") == &mh_label_sizes[0]);
}

static void
test_card (void)
{
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  DROPPED PopplerDocument *read
      = paper_read_back (mh_report_patient_card (hospital, patient, NULL, "en"));
  g_autofree char *text = paper_all_text (read);
  paper_assert_contains (text, "MH-0001-2345-7");
  paper_assert_contains (text, "आशा वर्मा");
  paper_assert_contains (text, "12 Mar 1985");
}

static void
test_prescription (void)
{
  static const char *const wanted[] = { "Prescription",
                                        "RX-2026-000917",
                                        "Asha Verma",
                                        "Allergies: Penicillin",
                                        "Amoxicillin + clavulanic acid 625 mg",
                                        "1-0-1",
                                        "By mouth",
                                        "for 5 days",
                                        "quantity 10",
                                        "only when needed",
                                        "After food.",
                                        "Liver function tests",
                                        "malaria",
                                        "Drink plenty",
                                        "Come again on 26 Nov 2026",
                                        "Signed",
                                        "MMC 2007/04/1187",
                                        "Page 1 of 1" };
  static const char *const tests[] = { "Complete blood count", "Liver function tests", NULL };
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  g_autoptr (MhRecord) doctor = paper_doctor ();
  g_autoptr (MhRecord) prescription = paper_prescription ();
  MhPrescriptionPaper paper = { hospital, patient, doctor, prescription, tests, FALSE };
  DROPPED PopplerDocument *read = paper_read_back (mh_report_prescription (&paper, "en", 0));
  g_autofree char *text = paper_all_text (read);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    paper_assert_contains (text, wanted[i]);
  g_assert_null (strstr (text, "Draft"));
  mh_record_set_null (prescription, MH_PRESCRIPTION_SIGNED_AT);
  mh_record_set_text (patient, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_NOT_ASKED);
  mh_record_set_null (patient, MH_PATIENT_ALLERGIES);
  paper.on_a5 = TRUE;
  paper.test_names = NULL;
  DROPPED PopplerDocument *draft = paper_read_back (mh_report_prescription (&paper, "en", 0));
  g_autofree char *draft_text = paper_all_text (draft);
  paper_assert_contains (draft_text, "Draft");
  paper_assert_contains (draft_text, "Not signed: not valid");
  paper_assert_contains (draft_text, "Allergies not asked");
  paper_assert_contains (draft_text, "CBC");
}

/* --- codes, read back from pixels --- */

static char *
scan_page (MhDocument *document, guint page, double dpi)
{
  double width, height, scale = dpi / 72;
  g_autofree char *path = NULL;
  g_autofree char *output = NULL;
  int handle = g_file_open_tmp ("mh-paper-XXXXXX.png", &path, NULL);
  g_assert_cmpint (handle, >=, 0);
  close (handle);
  mh_document_page_size (document, page, &width, &height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, ceil (width * scale),
                                                         ceil (height * scale));
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  mh_document_draw (document, cr, page);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  const char *argv[] = { "zbarimg", "--quiet", "--raw", path, NULL };
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, &output, NULL, NULL, NULL);
  g_unlink (path);
  mh_document_unref (document);
  return g_strchomp (g_steal_pointer (&output));
}

static void
test_codes_scan (void)
{
  g_autofree char *zbar = g_find_program_in_path ("zbarimg");
  if (zbar == NULL)
    {
      g_test_skip ("zbarimg is not installed");
      return;
    }
  g_autoptr (MhLabReport) report = paper_report (3);
  g_autoptr (MhRecord) payment = paper_payment ();
  g_autoptr (MhRecord) receipt = paper_receipt ();
  const MhReceipt slip = { report->hospital, report->patient, report->order, payment, receipt };
  g_autofree char *code = mh_report_code (report->report);
  g_autofree char *on_report = scan_page (mh_report_lab (report, "hi", 0), 0, 150);
  g_assert_cmpstr (on_report, ==, code);
  g_autofree char *on_receipt = scan_page (mh_report_receipt (&slip, "en", 0), 0, 203);
  g_assert_cmpstr (on_receipt, ==, "LAB-2026-004711");
  g_autoptr (MhRecord) invoice = paper_invoice (5);
  const MhInvoicePaper bill = { report->hospital, invoice, NULL, 0 };
  g_autofree char *invoice_code = mh_report_invoice_code (invoice);
  g_autofree char *on_invoice = scan_page (mh_report_invoice (&bill, "en", 0), 0, 150);
  g_autofree char *on_slip = scan_page (mh_report_invoice_slip (&bill, "hi", 1), 0, 203);
  g_assert_cmpstr (on_invoice, ==, invoice_code);
  g_assert_cmpstr (on_slip, ==, invoice_code);
  g_autofree char *on_card
      = scan_page (mh_report_patient_card (report->hospital, report->patient, NULL, "en"), 0, 300);
  g_assert_cmpstr (on_card, ==, "MH-0001-2345-7");
  for (const MhLabelSize *size = mh_label_sizes; size->name != NULL; size++)
    {
      /* At the dots of the label printer itself, where a split bar would show. */
      g_autofree char *on_label = scan_page (
          mh_report_labels (report->hospital, report->patient, report->order, NULL, size), 2,
          size->dpi);
      g_assert_cmpstr (on_label, ==, "H26325000123E");
    }
}

/* Grass, with the face of an upright picture in its upper half, as a camera turned on its side
 * never gives it; 1,200 × 2,000 points. */
static GBytes *
camera_picture (const char *format)
{
  char *data = NULL;
  gsize size = 0;
  g_autoptr (GdkPixbuf) whole = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1200, 2000);
  g_autoptr (GdkPixbuf) face = gdk_pixbuf_new_subpixbuf (whole, 400, 600, 400, 400);
  gdk_pixbuf_fill (whole, 0x30a030ff);
  gdk_pixbuf_fill (face, 0xc08050ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (whole, &data, &size, format, NULL, NULL));
  return g_bytes_new_take (data, size);
}

static GdkPixbuf *
opened (GBytes *file)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (file);
  GdkPixbuf *picture = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  g_assert_nonnull (picture);
  return picture;
}

static void
test_portrait (void)
{
  g_autoptr (GBytes) png = camera_picture ("png");
  g_autoptr (GBytes) jpeg = camera_picture ("jpeg");
  g_autoptr (GBytes) none = g_bytes_new_static ("MZ", 2);
  GBytes *const files[] = { png, jpeg };
  const char *const types[] = { MH_CONTENT_PNG, MH_CONTENT_JPEG };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) photo = NULL;
      g_autoptr (GBytes) shown = NULL;
      g_assert_true (mh_picture_portrait (files[i], types[i], 48 * 1024, &photo, &shown));
      g_autoptr (GdkPixbuf) square = opened (photo);
      g_autoptr (GdkPixbuf) little = opened (shown);
      const guint8 *middle
          = gdk_pixbuf_read_pixels (square) + 240 * gdk_pixbuf_get_rowstride (square) + 240 * 3;
      g_assert_cmpint (gdk_pixbuf_get_width (square), ==, MH_PORTRAIT_SIDE);
      g_assert_cmpint (gdk_pixbuf_get_height (square), ==, MH_PORTRAIT_SIDE);
      g_assert_cmpint (gdk_pixbuf_get_width (little), ==, MH_PORTRAIT_SMALL);
      g_assert_cmpuint (g_bytes_get_size (shown), <=, 48 * 1024);
      g_assert_cmpint (middle[0], >, 0xa0); /* the face, not the grass */
    }
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GBytes) small = NULL;
  g_assert_false (mh_picture_portrait (none, MH_CONTENT_PNG, 48 * 1024, &photo, &small));
  g_assert_false (mh_picture_portrait (png, MH_CONTENT_PDF, 48 * 1024, &photo, &small));
  g_assert_false (mh_picture_portrait (png, MH_CONTENT_PNG, 100, &photo, &small));
  g_assert_null (photo);
}

/* The photo stands on the card, and everything else still does. */
static void
test_card_photo (void)
{
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  g_autoptr (GBytes) file = camera_picture ("png");
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GBytes) small = NULL;
  g_assert_true (mh_picture_portrait (file, MH_CONTENT_PNG, 48 * 1024, &photo, &small));
  DROPPED PopplerDocument *read
      = paper_read_back (mh_report_patient_card (hospital, patient, small, "en"));
  g_autofree char *text = paper_all_text (read);
  g_autofree char *code
      = scan_page (mh_report_patient_card (hospital, patient, small, "en"), 0, 300);
  DROPPED PopplerPage *page = poppler_document_get_page (read, 0);
  GList *images = poppler_page_get_image_mapping (page);
  g_assert_cmpuint (g_list_length (images), ==, 1);
  poppler_page_free_image_mapping (images);
  g_assert_cmpint (poppler_document_get_n_pages (read), ==, 1);
  paper_assert_contains (text, "12 Mar 1985");
  g_assert_cmpstr (code, ==, "MH-0001-2345-7");
}

/* A wrist has no room for a second page; what stands on it can be read back. */
static void
test_wristband (void)
{
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  for (gboolean small = FALSE; small <= TRUE; small++)
    {
      DROPPED PopplerDocument *read
          = paper_read_back (mh_report_wristband (hospital, patient, small, NULL));
      g_autofree char *text = paper_all_text (read);
      g_assert_cmpint (poppler_document_get_n_pages (read), ==, 1);
      paper_assert_contains (text, "MH-0001-2345-7");
      paper_assert_contains (text, "born 12 Mar 1985");
      paper_assert_contains (text, "ALLERGIES: ");
      g_autofree char *code
          = scan_page (mh_report_wristband (hospital, patient, small, NULL), 0, 203);
      /* at both ends */
      g_assert_cmpstr (code, ==, "MH-0001-2345-7\nMH-0001-2345-7");
    }
  mh_record_set_null (patient, MH_PATIENT_ALLERGIES);
  mh_record_set_text (patient, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_NOT_ASKED);
  DROPPED PopplerDocument *asked
      = paper_read_back (mh_report_wristband (hospital, patient, FALSE, "en"));
  g_autofree char *text = paper_all_text (asked);
  paper_assert_contains (text, "Allergies not asked");
  DROPPED PopplerDocument *hindi
      = paper_read_back (mh_report_wristband (hospital, patient, FALSE, "hi"));
  g_autofree char *other = paper_all_text (hindi);
  g_assert_null (strstr (other, "born "));
  g_assert_null (strstr (other, "not asked"));
  paper_assert_contains (other, "MH-0001-2345-7");
  g_assert_true (mh_report_wristband_is_small (patient, "1988-03-11"));
  g_assert_false (mh_report_wristband_is_small (patient, "1988-03-12"));
}

static void
test_barcode_limits (void)
{
  g_autoptr (MhBarcode) good = mh_barcode_code128 ("A1");
  g_autofree char *long_text = g_strnfill (41, '7');
  g_assert_nonnull (good);
  g_assert_cmpuint (good->rows, ==, 1);
  g_assert_true (mh_barcode_is_black (good, 0, 0));
  g_assert_null (mh_barcode_code128 (NULL));
  g_assert_null (mh_barcode_code128 (""));
  g_assert_null (mh_barcode_code128 ("आशा"));
  g_assert_null (mh_barcode_code128 (long_text));
  g_assert_null (mh_barcode_qr (""));
  g_assert_null (mh_barcode_qr (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/slips/receipt", test_receipt);
  g_test_add_func ("/slips/refund", test_refund_slip);
  g_test_add_func ("/slips/labels", test_labels);
  g_test_add_func ("/slips/label-count", test_label_count);
  g_test_add_func ("/slips/card", test_card);
  g_test_add_func ("/slips/card-photo", test_card_photo);
  g_test_add_func ("/slips/portrait", test_portrait);
  g_test_add_func ("/slips/wristband", test_wristband);
  g_test_add_func ("/slips/prescription", test_prescription);
  g_test_add_func ("/slips/codes-scan", test_codes_scan);
  g_test_add_func ("/slips/barcode-limits", test_barcode_limits);
  return g_test_run ();
}
