/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes with the values on a printed report: pictures, papers of others, remarks on samples.
 * On both databases. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>
#include <string.h>

#include "server/lab/reports/mh-reports-service.h"
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/mh-page.h"
#include "tests/server/lab-fixture.h"

#define MOST_BYTES (60 * 1024)
#define NOTE "Cerebrospinal fluid, cannot be drawn again"

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

/* --- files to attach --- */

/* Like a photograph: no two points alike, so nothing packs it away. */
static GBytes *
photo (const char *format, int width, int height, gboolean alpha)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
  g_autoptr (GError) error = NULL;
  guint8 *dots = gdk_pixbuf_get_pixels (picture);
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (picture); i++)
    dots[i] = (guint8)(128 + 100 * ((i / 37) % 3) / 2 + g_rand_int_range (random, -20, 20));
  char *data = NULL;
  gsize size = 0;
  gdk_pixbuf_save_to_buffer (picture, &data, &size, format, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* Two pages of another laboratory. */
static GBytes *
paper (void)
{
  g_autoptr (GError) error = NULL;
  static const MhPaper a4 = { 595, 842, 36, 36, 36, 36 };
  g_autoptr (MhDocument) document = mh_document_new (&a4);
  MhBox *first = mh_box_new (), *second = mh_box_new ();
  mh_box_fill (first, 0x336699, 0, 0, 200, 200);
  mh_box_fill (second, 0x993366, 0, 0, 200, 200);
  mh_document_add (document, first, 0);
  mh_document_break (document);
  mh_document_add (document, second, 0);
  mh_document_finish (document);
  GBytes *pdf = mh_document_to_pdf (document, &error);
  g_assert_no_error (error);
  return pdf;
}

typedef struct
{
  const char *order;
  MhRecord *put;
} Attaching;

static gboolean
attach_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Attaching *step = data;
  g_autoptr (MhRecord) sheet = mh_results_service_attach (
      MH_REQUEST_TX (tx, lab->server, lab->technician), step->order, step->put, error);
  return sheet != NULL;
}

static gboolean
attach (Lab *lab,
        const char *order,
        const char *title,
        GBytes *file,
        gboolean printed,
        GError **error)
{
  g_autoptr (MhRecord) put = mh_record_new (&mh_attachment_put_type);
  mh_record_take_text (put, MH_ATTACHMENT_PUT_ID, mh_id_new ());
  mh_record_set_text (put, MH_ATTACHMENT_PUT_ANALYTE, "K");
  mh_record_set_text (put, MH_ATTACHMENT_PUT_TITLE, title);
  mh_record_take_text (put, MH_ATTACHMENT_PUT_CONTENT,
                       g_base64_encode (g_bytes_get_data (file, NULL), g_bytes_get_size (file)));
  mh_record_set_bool (put, MH_ATTACHMENT_PUT_ON_REPORT, printed);
  Attaching step = { order, put };
  return lab_write (lab, lab->technician, attach_step, &step, error);
}

/* --- the report --- */

static gboolean
accept_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) tubes
      = mh_store_all (mh_tx_db (tx), &mh_sample_type, "order_id", data, error);
  g_assert_cmpuint (tubes->len, ==, 1);
  g_autoptr (MhRecord) after = mh_record_copy (tubes->pdata[0]);
  mh_record_set_text (after, MH_SAMPLE_ACCEPTED_REASON, MH_REJECT_HAEMOLYSED);
  mh_record_set_text (after, MH_SAMPLE_ACCEPTED_NOTE, NOTE);
  mh_record_set_text (after, MH_SAMPLE_ACCEPTED_NAME, "Tara Technician");
  return mh_tx_update (tx, tubes->pdata[0], after, MH_AUDIT_UPDATE, NULL, error);
}

static void
release (Lab *lab, const char *order)
{
  g_autoptr (GError) error = NULL;
  drop (lab_save (lab, lab->technician, order, "K=4.1", TRUE, &error));
  g_assert_no_error (error);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
}

static PopplerDocument *
printed (Lab *lab, const char *order, gsize *out_size)
{
  g_autoptr (GError) error = NULL;
  g_auto (MhPaperMade) made = { 0 };
  MhPaperWanted wanted
      = { .server = lab->server, .actor = lab->pathologist, .who = &printer, .order_id = order };
  mh_assert_ok (mh_reports_service_report (&wanted, &made, &error), error);
  PopplerDocument *read = poppler_document_new_from_bytes (made.pdf, NULL, &error);
  g_assert_no_error (error);
  *out_size = g_bytes_get_size (made.pdf);
  return read;
}

static char *
all_text (PopplerDocument *read)
{
  GString *text = g_string_new (NULL);
  for (int i = 0; i < poppler_document_get_n_pages (read); i++)
    {
      PopplerPage *page = poppler_document_get_page (read, i);
      g_autofree char *one = poppler_page_get_text (page);
      g_string_append (text, one);
      g_object_unref (page);
    }
  return g_string_free (text, FALSE);
}

/* The alternative texts of the figures, in the order of the file. */
static void
collect_figures (PopplerStructureElementIter *at, GString *out)
{
  do
    {
      PopplerStructureElement *element = poppler_structure_element_iter_get_element (at);
      g_autofree char *alternative = poppler_structure_element_get_alt_text (element);
      if (poppler_structure_element_get_kind (element) == POPPLER_STRUCTURE_ELEMENT_FIGURE)
        g_string_append_printf (out, "%s|", alternative != NULL ? alternative : "none");
      g_object_unref (element);
      PopplerStructureElementIter *child = poppler_structure_element_iter_get_child (at);
      if (child != NULL)
        collect_figures (child, out);
      poppler_structure_element_iter_free (child);
    }
  while (poppler_structure_element_iter_next (at));
}

static int
n_images (PopplerDocument *read)
{
  int n = 0;
  for (int i = 0; i < poppler_document_get_n_pages (read); i++)
    {
      PopplerPage *page = poppler_document_get_page (read, i);
      GList *images = poppler_page_get_image_mapping (page);
      n += (int)g_list_length (images);
      poppler_page_free_image_mapping (images);
      g_object_unref (page);
    }
  return n;
}

/* Five photographs and a paper of two pages: every one is there, named for those who do not see
 * it, and no page weighs more than a page may. */
static void
test_pictures (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "KT"), *bare = lab_order (lab, "KT");
  g_autoptr (GBytes) jpeg = photo ("jpeg", 1200, 900, FALSE);
  g_autoptr (GBytes) tall = photo ("png", 300, 700, TRUE);
  g_autoptr (GBytes) tiff = photo ("tiff", 400, 300, FALSE);
  g_autoptr (GBytes) pdf = paper ();
  gsize size = 0;
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  lab_receive (lab, bare, NULL, LAB_FIRST_OF_TWELVE);
  for (guint i = 0; i < 3; i++)
    mh_assert_ok (attach (lab, order, "Field one", jpeg, TRUE, &error), error);
  mh_assert_ok (attach (lab, order, "Gel", tall, TRUE, &error), error);
  mh_assert_ok (attach (lab, order, "Plate", tiff, TRUE, &error), error);
  mh_assert_ok (attach (lab, order, "Letter of another laboratory", pdf, TRUE, &error), error);
  mh_assert_ok (attach (lab, order, "Not for paper", jpeg, FALSE, &error), error);
  release (lab, order);
  release (lab, bare);
  PopplerDocument *read = printed (lab, order, &size), *without = printed (lab, bare, &size);
  g_assert_cmpint (n_images (read) - n_images (without), ==, 5);
  g_object_unref (without);
  g_object_unref (read);
  read = printed (lab, order, &size);
  g_autofree char *text = all_text (read);
  g_assert_nonnull (strstr (text, "Potassium · Gel"));
  g_assert_nonnull (strstr (text, "Letter of another laboratory"));
  g_assert_null (strstr (text, "Not for paper"));
  g_autoptr (GString) figures = g_string_new (NULL);
  PopplerStructureElementIter *at = poppler_structure_element_iter_new (read);
  collect_figures (at, figures);
  poppler_structure_element_iter_free (at);
  g_assert_cmpstr (figures->str, ==,
                   "Potassium · Field one|Potassium · Field one|Potassium · Field one|"
                   "Potassium · Gel|Potassium · Plate|");
  int pages = poppler_document_get_n_pages (read);
  g_test_message ("%d pages, %" G_GSIZE_FORMAT " bytes", pages, size);
  g_assert_cmpint (pages, >=, 4);
  g_assert_cmpuint (size, <, (gsize)(pages - 2) * MOST_BYTES);
  g_object_unref (read);
}

/* What no loader opens is refused before anybody counts on it; a bomb is told by its head, and is
 * not wanted beside the report either. */
static void
test_refused (const MhTestDb *test)
{
  static const guint8 broken[64] = "\x89PNG\r\n\x1a\n";
  static const guint8 bomb[]
      = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0";
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "KT");
  const struct
  {
    const guint8 *data;
    gsize size;
    const char *code;
    gboolean keeps; /* where it is not printed */
  } rows[] = { { broken, sizeof broken, "not_printable", TRUE },
               { bomb, sizeof bomb, "too_many_points", FALSE } };
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) file = g_bytes_new_static (rows[i].data, rows[i].size);
      g_assert_false (attach (lab, order, "Smear", file, TRUE, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      g_assert_cmpstr (mh_issues_nth (mh_error_get_issues (error), 0)->code, ==, rows[i].code);
      g_clear_error (&error);
      g_assert_cmpint (attach (lab, order, "Smear", file, FALSE, &error), ==, rows[i].keeps);
    }
}

static void
test_sample_comment (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "KT");
  gsize size = 0;
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  mh_assert_ok (lab_write (lab, lab->technician, accept_step, order, &error), error);
  release (lab, order);
  PopplerDocument *read = printed (lab, order, &size);
  g_autofree char *text = all_text (read);
  g_assert_nonnull (strstr (text, "Comment on the sample"));
  g_assert_nonnull (strstr (text, "Haemolysed"));
  g_assert_nonnull (strstr (text, NOTE));
  g_assert_nonnull (strstr (text, "accepted by Tara Technician"));
  g_object_unref (read);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/report-pictures/printed", test_pictures);
  mh_test_add_both ("/report-pictures/refused", test_refused);
  mh_test_add_both ("/report-pictures/sample-comment", test_sample_comment);
  return mh_test_run ();
}
