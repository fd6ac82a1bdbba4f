/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports on paper: the queue by ward, many in one file, templates and their logos, e-mail by
 * consent, results over time. On both databases. */
#include <poppler.h>
#include <string.h>

#include "server/lab/reports/mh-reports-delivery.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/lab/reports/mh-reports-template.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/lab/mh-report-template.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#define MOST_BYTES (60 * 1024)

static const MhWho printer = { .user_id = "01900000-0000-7000-8000-000000000103",
                               .user_name = "Dr Pia Pathologist",
                               .role = "pathologist",
                               .hospital_id = LAB_HOSPITAL,
                               .station = "test" };

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

static char *
released (Lab *lab, const char *codes, const char *values)
{
  g_autoptr (GError) error = NULL;
  char *order = lab_order (lab, codes);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, order, values, TRUE, &error));
  g_assert_no_error (error);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  return order;
}

static GPtrArray *
queue (Lab *lab, const char *status)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *all = mh_reports_service_deliveries (MH_REQUEST_DB (db, NULL, lab->pathologist),
                                                  status, NULL, 100, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return all;
}

static PopplerDocument *
read_back (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);
  g_assert_no_error (error);
  return document;
}

static char *
text_of (PopplerDocument *document, int number)
{
  PopplerPage *page = poppler_document_get_page (document, number);
  char *text = poppler_page_get_text (page);
  g_object_unref (page);
  return text;
}

typedef struct
{
  const char *id, *ward;
  gboolean wanted;
  MhRecord *draft, *reply;
} Step;

/* As if the order had come from there. */
static gboolean
to_ward (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_report_delivery_type, step->id, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_REPORT_DELIVERY_WARD, step->ward);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
set_wanted (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_delivery_set (MH_REQUEST_TX (tx, NULL, lab->pathologist),
                                                 step->id, step->wanted, error);
  return step->reply != NULL;
}

/* Three wards, released in another order: one file, ward by ward; printed once more, each page says
 * that it is a copy. */
static void
test_batch (const MhTestDb *test)
{
  static const char *const wards[] = { "Ward C", "Ward A", "Ward B" };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  char *orders[3] = { NULL };
  char *numbers[3] = { NULL };
  for (guint i = 0; i < 3; i++)
    {
      orders[i] = released (lab, "KT", "K=4.1");
      g_autoptr (MhRecord) order = lab_get (lab, &mh_order_type, orders[i]);
      numbers[i] = g_strdup (mh_record_text (order, MH_ORDER_NUMBER));
    }
  g_autoptr (MhRecord) batch = mh_record_new (&mh_report_batch_type);
  g_autoptr (GPtrArray) waiting = queue (lab, MH_REPORT_DELIVERY_WAITING);
  g_assert_cmpuint (waiting->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      Step step = { .id = mh_record_id (waiting->pdata[i]), .ward = wards[i] };
      mh_assert_ok (lab_write (lab, lab->pathologist, to_ward, &step, &error), error);
      mh_record_add_to_list (batch, MH_REPORT_BATCH_IDS, step.id);
    }
  static const guint order_of_paper[] = { 1, 2, 0 };
  for (guint round = 0; round < 2; round++)
    {
      g_auto (MhPaperMade) made = { 0 };
      MhPaperWanted wanted = { .server = lab->server, .actor = lab->pathologist, .who = &printer };
      mh_assert_ok (mh_reports_service_print_batch (&wanted, batch, &made, &error), error);
      PopplerDocument *read = read_back (made.pdf);
      g_assert_cmpint (poppler_document_get_n_pages (read), ==, 3);
      for (int page = 0; page < 3; page++)
        {
          g_autofree char *text = text_of (read, page);
          g_assert_nonnull (strstr (text, numbers[order_of_paper[page]]));
          g_assert_cmpint (strstr (text, "COPY 1") != NULL, ==, round == 1);
        }
      g_object_unref (read);
    }
  g_autoptr (GPtrArray) left = queue (lab, MH_REPORT_DELIVERY_WAITING);
  g_autoptr (GPtrArray) done = queue (lab, MH_REPORT_DELIVERY_PRINTED);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_cmpuint (done->len, ==, 3);
  g_assert_cmpstr (mh_record_text (done->pdata[0], MH_REPORT_DELIVERY_WARD), ==, "Ward A");
  g_assert_cmpstr (mh_record_text (done->pdata[0], MH_REPORT_DELIVERY_BY_NAME), ==,
                   printer.user_name);
  MhPaperWanted forbidden = { .server = lab->server, .actor = lab->technician, .who = &printer };
  g_auto (MhPaperMade) none = { 0 };
  g_assert_false (mh_reports_service_print_batch (&forbidden, batch, &none, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  for (guint i = 0; i < 3; i++)
    {
      g_free (orders[i]);
      g_free (numbers[i]);
    }
}

/* Printed by itself it leaves the queue; taken out it can come back; a printed one cannot. */
static void
test_queue (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = released (lab, "KT", "K=4.1");
  g_autoptr (GPtrArray) waiting = queue (lab, MH_REPORT_DELIVERY_WAITING);
  Step out = { .id = mh_record_id (waiting->pdata[0]) }, back = { .id = out.id, .wanted = TRUE };
  mh_assert_ok (lab_write (lab, lab->pathologist, set_wanted, &out, &error), error);
  g_assert_cmpstr (mh_record_text (out.reply, MH_REPORT_DELIVERY_STATUS), ==,
                   MH_REPORT_DELIVERY_DROPPED);
  mh_assert_ok (lab_write (lab, lab->pathologist, set_wanted, &back, &error), error);
  g_assert_cmpstr (mh_record_text (back.reply, MH_REPORT_DELIVERY_STATUS), ==,
                   MH_REPORT_DELIVERY_WAITING);
  drop (out.reply);
  drop (back.reply);
  g_auto (MhPaperMade) made = { 0 };
  MhPaperWanted wanted = { .server = lab->server,
                           .actor = lab->pathologist,
                           .who = &printer,
                           .order_id = order,
                           .copy = TRUE };
  mh_assert_ok (mh_reports_service_report (&wanted, &made, &error), error);
  g_autoptr (GPtrArray) left = queue (lab, MH_REPORT_DELIVERY_WAITING);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_false (lab_write (lab, lab->pathologist, set_wanted, &out, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

/* --- looks --- */

#define LOGO                                                                                       \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+"                                  \
  "M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

static gboolean
add_template (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_template_create (MH_REQUEST_TX (tx, NULL, lab->pathologist),
                                                    step->draft, error);
  return step->reply != NULL;
}

static MhRecord *
template_new (Lab *lab, const char *json, GError **error)
{
  g_autoptr (MhRecord) draft
      = mh_record_from_text (&mh_report_template_type, json, -1, MH_JSON_CREATE, error);
  Step step = { .draft = draft };
  g_assert_nonnull (draft);
  return lab_write (lab, lab->pathologist, add_template, &step, error) ? step.reply : NULL;
}

static MhLabReport *
content (Lab *lab, const char *order_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) order = lab_get (lab, &mh_order_type, order_id);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) report
      = mh_store_get (db, &mh_report_type, mh_record_text (order, MH_ORDER_REPORT_ID), &error);
  MhLabReport *read = mh_reports_content_for_paper (db, report, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return read;
}

static void
test_templates (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) house = template_new (
      lab, "{\"name\":\"House\",\"footer\":\"From the house\",\"logo\":\"" LOGO "\"}", &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) chemistry = template_new (
      lab, "{\"name\":\"Chemistry\",\"bench\":\"C\",\"title\":\"Chemistry report\"}", &error);
  g_assert_no_error (error);
  g_assert_null (template_new (lab, "{\"name\":\"Again\",\"bench\":\"C\"}", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  static const struct
  {
    const char *codes, *values, *title, *footer;
    gboolean logo;
  } rows[] = {
    { "KT", "K=4.1", "Chemistry report", NULL, FALSE },
    { "HB", "HGB=13.2", NULL, "From the house", TRUE },
    { "HB KT", "HGB=13.2 K=4.1", NULL, "From the house", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *order = released (lab, rows[i].codes, rows[i].values);
      g_autoptr (MhLabReport) report = content (lab, order);
      g_assert_nonnull (report->template_);
      g_assert_cmpstr (mh_record_text (report->template_, MH_REPORT_TEMPLATE_TITLE), ==,
                       rows[i].title);
      g_assert_cmpstr (mh_record_text (report->template_, MH_REPORT_TEMPLATE_FOOTER), ==,
                       rows[i].footer);
      g_assert_cmpint (report->logo != NULL, ==, rows[i].logo);
      g_assert_false (mh_record_has (report->template_, MH_REPORT_TEMPLATE_LOGO));
    }
  g_autoptr (GBytes) preview = mh_reports_service_template_preview (
      lab->server, lab->pathologist, mh_record_id (chemistry), "ur", &error);
  g_assert_no_error (error);
  PopplerDocument *read = read_back (preview);
  g_autofree char *text = text_of (read, 0);
  g_assert_nonnull (strstr (text, "Chemistry report"));
  g_assert_nonnull (strstr (text, "Sample Patient"));
  g_object_unref (read);
}

/* Tagged, its language said, metadata there, every font inside, and small: in every language. */
static void
test_files (const MhTestDb *test)
{
  static const char *const languages[] = { "en", "hi", "ur", "ar" };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order
      = released (lab, "CBC KT LIPID HBST", "HGB=13.2 HCT=40 K=6.9 CHOL=200 HDL=60 HBS=R");
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_auto (MhPaperMade) made = { 0 }, again = { 0 };
      MhPaperWanted wanted = { .server = lab->server,
                               .actor = lab->pathologist,
                               .who = &printer,
                               .order_id = order,
                               .language = languages[i] };
      mh_assert_ok (mh_reports_service_report (&wanted, &made, &error), error);
      mh_assert_ok (mh_reports_service_report (&wanted, &again, &error), error);
      g_assert_true (g_bytes_equal (made.pdf, again.pdf));
      PopplerDocument *read = read_back (made.pdf);
      int n_pages = poppler_document_get_n_pages (read);
      g_test_message ("%s: %" G_GSIZE_FORMAT " bytes, %d pages", languages[i],
                      g_bytes_get_size (made.pdf), n_pages);
      g_assert_cmpuint (g_bytes_get_size (made.pdf), <=, MOST_BYTES * (gsize)n_pages);
      g_autofree char *metadata = poppler_document_get_metadata (read);
      g_autofree char *said = g_strdup_printf ("<rdf:li>%s</rdf:li>", languages[i]);
      g_assert_nonnull (metadata);
      g_assert_nonnull (strstr (metadata, said));
      PopplerStructureElementIter *tree = poppler_structure_element_iter_new (read);
      g_assert_nonnull (tree);
      poppler_structure_element_iter_free (tree);
      PopplerFontInfo *fonts = poppler_font_info_new (read);
      PopplerFontsIter *font = NULL;
      while (poppler_font_info_scan (fonts, 1, &font))
        if (font != NULL)
          {
            do
              g_assert_true (poppler_fonts_iter_is_embedded (font));
            while (poppler_fonts_iter_next (font));
            poppler_fonts_iter_free (font);
          }
      poppler_font_info_free (fonts);
      for (int page = 0; page < n_pages; page++)
        {
          g_autofree char *text = text_of (read, page);
          g_assert_nonnull (strstr (text, "Asha"));
          g_assert_nonnull (strstr (text, "Verma"));
          g_assert_nonnull (strstr (text, "TST000000017"));
          g_assert_nonnull (strstr (text, "2014"));
        }
      g_object_unref (read);
    }
}

/* --- e-mail --- */

static gboolean
mail_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply = mh_reports_service_mail (MH_REQUEST_TX (tx, lab->server, lab->pathologist),
                                         step->id, error);
  return step->reply != NULL;
}

static gboolean
agree (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_patient_type, LAB_PATIENT, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_PATIENT_EMAIL, "asha@home.example");
  if (data != NULL)
    mh_record_set_bool (after, MH_PATIENT_CONSENT_EMAIL, TRUE);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static void
test_mail (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = released (lab, "KT", "K=4.1");
  MhServerConfig *config = mh_server_config (lab->server);
  g_autoptr (GError) error = NULL;
  Step step = { .id = order };
  g_assert_false (lab_write (lab, lab->pathologist, mail_step, &step, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT); /* not set up */
  g_clear_error (&error);
  mh_server_config_set (config, "smtp.url", "smtp://127.0.0.1:1");
  mh_server_config_set (config, "smtp.from", "lab@hospital.example");
  g_assert_false (lab_write (lab, lab->pathologist, mail_step, &step, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT); /* no address */
  g_clear_error (&error);
  mh_assert_ok (lab_write (lab, lab->reception, agree, NULL, &error), error);
  g_assert_false (lab_write (lab, lab->pathologist, mail_step, &step, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT); /* not agreed */
  g_clear_error (&error);
  mh_assert_ok (lab_write (lab, lab->reception, agree, lab, &error), error);
  mh_assert_ok (lab_write (lab, lab->pathologist, mail_step, &step, &error), error);
  g_assert_cmpstr (mh_record_text (step.reply, MH_MAIL_STATUS), ==, MH_MAIL_QUEUED);
  g_assert_cmpstr (mh_record_text (step.reply, MH_MAIL_RECIPIENT), ==, "asha@home.example");
  drop (step.reply);
}

/* --- over time --- */

static void
test_cumulative (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *one = released (lab, "KT", "K=4.1");
  g_autofree char *two = released (lab, "KT HB", "K=5.4 HGB=13.2");
  g_autofree char *open = lab_order (lab, "KT");
  lab_receive (lab, open, NULL, LAB_FIRST_OF_TWELVE);
  drop (lab_save (lab, lab->technician, open, "K=4.7", TRUE, &error));
  g_auto (MhPaperMade) made = { 0 };
  MhPaperWanted wanted = { .server = lab->server,
                           .actor = lab->pathologist,
                           .who = &printer,
                           .order_id = LAB_PATIENT,
                           .now = G_GINT64_CONSTANT (1795248900000000) };
  mh_assert_ok (mh_reports_service_cumulative (&wanted, 0, 0, &made, &error), error);
  PopplerDocument *read = read_back (made.pdf);
  g_autofree char *text = text_of (read, 0);
  g_object_unref (read);
  g_assert_nonnull (strstr (text, "Cumulative report"));
  g_assert_nonnull (strstr (text, "Potassium"));
  g_assert_nonnull (strstr (text, "13.2"));
  g_assert_null (strstr (text, "4.7")); /* nobody released it */
  wanted.order_id = "01900000-0000-7000-8000-0000000000f1";
  g_auto (MhPaperMade) none = { 0 };
  g_assert_false (mh_reports_service_cumulative (&wanted, 0, 0, &none, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/report-papers/batch", test_batch);
  mh_test_add_both ("/report-papers/queue", test_queue);
  mh_test_add_both ("/report-papers/templates", test_templates);
  mh_test_add_both ("/report-papers/files", test_files);
  mh_test_add_both ("/report-papers/mail", test_mail);
  mh_test_add_both ("/report-papers/cumulative", test_cumulative);
  return mh_test_run ();
}
