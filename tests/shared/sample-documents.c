/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one file of every kind of paper into a folder, to be looked at. */
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/clinic/mh-report-prescription.h"
#include "shared/reports/lab/mh-report-cumulative.h"
#include "shared/reports/lab/mh-report-lab.h"
#include "shared/reports/mh-report-label.h"
#include "shared/reports/money/mh-report-invoice.h"
#include "shared/reports/money/mh-report-receipt.h"
#include "shared/reports/people/mh-report-wristband.h"
#include "tests/shared/paper-fixture.h"

static const char *folder;

static void
save (const char *name, MhDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (name, ".pdf", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GBytes) pdf = mh_document_to_pdf (document, &error);
  gsize size = 0;
  if (pdf != NULL)
    {
      const char *data = g_bytes_get_data (pdf, &size);
      g_file_set_contents (path, data, size, &error);
    }
  if (error != NULL)
    g_error ("%s: %s", name, error->message);
  g_print ("%-28s %2u pages %7" G_GSIZE_FORMAT " bytes\n", file, mh_document_n_pages (document),
           size);
  mh_document_unref (document);
}

static void
save_reports (void)
{
  static const guint sizes[] = { 1, 20, 40, 120 };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (MhLabReport) report = paper_report (sizes[i]);
      g_autofree char *name = g_strdup_printf ("lab-%u", sizes[i]);
      g_autofree char *hindi = g_strdup_printf ("lab-%u-hi", sizes[i]);
      save (name, mh_report_lab (report, "en", 0));
      save (hindi, mh_report_lab (report, "hi", 2));
    }
}

static void
save_unusual_reports (void)
{
  g_autoptr (MhLabReport) draft = paper_report (10);
  mh_record_set_text (draft->report, MH_REPORT_STATUS, MH_REPORT_STATUS_PRELIMINARY);
  mh_record_set_null (draft->report, MH_REPORT_VERIFIED_NAME);
  g_clear_object (&draft->verifier);
  save ("lab-preliminary", mh_report_lab (draft, "en", 0));

  g_autoptr (MhLabReport) corrected = paper_report (20);
  MhRecord *first = g_ptr_array_index (corrected->results, 0);
  corrected->replaced = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (corrected->replaced, mh_record_copy (first));
  mh_record_set_text (first, MH_RESULT_VALUE, "10.8");
  mh_record_set_text (corrected->report, MH_REPORT_STATUS, MH_REPORT_STATUS_CORRECTED);
  mh_record_set_int (corrected->report, MH_REPORT_VERSION_NO, 2);
  mh_record_set_text (corrected->report, MH_REPORT_REASON,
                      "The tube of another patient was measured.");
  corrected->critical_note = g_strdup (
      "Platelets 18 × 10⁹/L called to Dr Sameer Kulkarni at 14:05 by Kavita Rao, read back.");
  corrected->comment = g_strdup ("Microcytic hypochromic anaemia with severe thrombocytopenia. "
                                 "Suggest peripheral smear review and dengue serology.");
  mh_lab_report_freeze (corrected);
  save ("lab-corrected", mh_report_lab (corrected, "en", 0));
}

static void
save_changed (void)
{
  static const char *const statuses[]
      = { MH_REPORT_STATUS_CORRECTED, MH_REPORT_STATUS_ENTERED_IN_ERROR,
          MH_REPORT_STATUS_PRELIMINARY };
  static const char *const languages[] = { "en", "hi", "ur", "ar" };
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    for (guint k = 0; k < G_N_ELEMENTS (languages); k++)
      {
        g_autoptr (MhLabReport) report = paper_changed (statuses[i]);
        g_autofree char *name = g_strdup_printf ("lab-%s-%s", statuses[i], languages[k]);
        report->critical_note = g_strdup ("Platelets 18 × 10⁹/L: called to Dr Sameer Kulkarni at "
                                          "21 Nov 2026, 14:05, read back");
        save (name, mh_report_lab (report, languages[k], 0));
      }
  g_autoptr (MhLabReport) report = paper_report (60);
  report->template_ = paper_template ();
  report->logo = paper_logo ();
  save ("lab-template", mh_report_lab (report, NULL, 0));
  save ("lab-template-ur", mh_report_lab (report, "ur", 2));
}

static void
save_over_time (void)
{
  static const char *const languages[] = { "en", "ur" };
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  g_autoptr (GPtrArray) results = paper_year ();
  MhCumulative all = { hospital, patient, results, G_GINT64_CONSTANT (1795248900000000) };
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = g_strdup_printf ("cumulative-%s", languages[i]);
      g_autofree char *culture = g_strdup_printf ("lab-culture-%s", languages[i]);
      g_autoptr (MhLabReport) report = paper_culture ();
      save (name, mh_report_cumulative (&all, languages[i]));
      save (culture, mh_report_lab (report, languages[i], 0));
    }
}

static void
save_long_names (void)
{
  g_autoptr (MhLabReport) report = paper_report (11);
  MhRecord *first = g_ptr_array_index (report->results, 0);
  MhRecord *second = g_ptr_array_index (report->results, 1);
  mh_record_set_text (report->patient, MH_PATIENT_GIVEN_NAME,
                      "Venkatanarasimharajuvaripeta Subrahmanyeswara");
  mh_record_set_text (report->patient, MH_PATIENT_FAMILY_NAME,
                      "Thiruvananthapuram Krishnamoorthy Padmanabhaswamy");
  mh_record_set_text (report->patient, MH_PATIENT_NATIVE_NAME, "محمد عبد الرحمن القاسمي الأنصاري");
  mh_record_set_text (
      first, MH_RESULT_NAME,
      "Dehydroepiandrosterone sulphate by liquid chromatography and tandem mass spectrometry");
  mh_record_set_text (second, MH_RESULT_VALUE_TEXT,
                      "Reactive; confirm with a second method on a fresh sample before it is told");
  mh_record_set_text (second, MH_RESULT_UNIT, NULL);
  mh_record_set_text (second, MH_RESULT_RANGE_TEXT, NULL);
  mh_record_set_text (first, MH_RESULT_COMMENT,
                      "یہ نتیجہ دوبارہ جانچا گیا ہے۔ براہ کرم ڈاکٹر سے رجوع کریں۔");
  save ("lab-long-names", mh_report_lab (report, "en", 0));
}

static void
save_slips (void)
{
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) patient = paper_patient ();
  g_autoptr (MhRecord) doctor = paper_doctor ();
  g_autoptr (MhRecord) order = paper_order ();
  g_autoptr (MhRecord) payment = paper_payment ();
  g_autoptr (MhRecord) receipt = paper_receipt ();
  g_autoptr (MhRecord) prescription = paper_prescription ();
  static const char *const tests[] = { "Complete blood count", "Liver function tests", NULL };
  const MhReceipt slip = { hospital, patient, order, payment, receipt };
  MhPrescriptionPaper script = { hospital, patient, doctor, prescription, tests, FALSE };
  save ("receipt", mh_report_receipt (&slip, "en", 0));
  save ("receipt-hi", mh_report_receipt (&slip, "hi", 2));
  save ("labels-50x25", mh_report_labels (hospital, patient, order, NULL, &mh_label_sizes[0]));
  save ("labels-38x25", mh_report_labels (hospital, patient, order, NULL, &mh_label_sizes[1]));
  save ("patient-card", mh_report_patient_card (hospital, patient, NULL, "en"));
  save ("wristband", mh_report_wristband (hospital, patient, FALSE, "en"));
  save ("wristband-small", mh_report_wristband (hospital, patient, TRUE, "en"));
  save ("wristband-hi", mh_report_wristband (hospital, patient, FALSE, "hi"));
  save ("prescription", mh_report_prescription (&script, "en", 0));
  script.on_a5 = TRUE;
  save ("prescription-a5-hi", mh_report_prescription (&script, "hi", 1));
}

static void
save_invoices (void)
{
  static const guint sizes[] = { 1, 5, 17, 60 };
  g_autoptr (MhRecord) hospital = paper_hospital ();
  g_autoptr (MhRecord) payment = paper_payment ();
  g_autoptr (GPtrArray) payments = g_ptr_array_new ();
  g_ptr_array_add (payments, payment);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (MhRecord) invoice = paper_invoice (sizes[i]);
      const MhInvoicePaper paper = { hospital, invoice, payments, i == 1 ? 12300 : 0 };
      g_autofree char *name = g_strdup_printf ("invoice-%u", sizes[i]);
      g_autofree char *hindi = g_strdup_printf ("invoice-%u-hi", sizes[i]);
      save (name, mh_report_invoice (&paper, "en", 0));
      save (hindi, mh_report_invoice (&paper, "hi", 2));
    }
  g_autoptr (MhRecord) note = paper_credit_note ();
  g_autoptr (MhRecord) invoice = paper_invoice (5);
  const MhInvoicePaper credit = { hospital, note, NULL, 0 };
  const MhInvoicePaper slip = { hospital, invoice, payments, 0 };
  mh_record_append (invoice, MH_INVOICE_NOTES, note);
  save ("credit-note", mh_report_invoice (&credit, "en", 0));
  save ("invoice-noted", mh_report_invoice (&slip, "en", 1));
  save ("invoice-80mm", mh_report_invoice_slip (&slip, "en", 0));
  save ("invoice-80mm-hi", mh_report_invoice_slip (&slip, "hi", 2));
  save ("credit-note-80mm", mh_report_invoice_slip (&credit, "en", 1));
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      g_printerr ("Usage: %s FOLDER\n", argv[0]);
      return 2;
    }
  folder = argv[1];
  g_mkdir_with_parents (folder, 0755);
  mh_records_register ();
  save_reports ();
  save_unusual_reports ();
  save_changed ();
  save_over_time ();
  save_long_names ();
  save_slips ();
  save_invoices ();
  return 0;
}
