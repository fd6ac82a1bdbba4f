/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers, pictures and consents of some who are in the house, each drawn here: letters as PDF,
 * pictures as PNG. */
#include "server/ctl/mh-demo-private.h"

#include <cairo.h>

#include "shared/base/mh-sha256.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/people/mh-document.h"
#include "shared/reports/mh-page.h"
#include "shared/reports/mh-report-parts.h"

#define MARGIN 56
#define PICTURE_WIDTH 640
#define PICTURE_HEIGHT 480
#define SMALL 160
#define OWNERS 3

typedef struct
{
  MhDemo *demo;
  char *owners[OWNERS]; /* ids of patients */
  GPtrArray *documents, *parts, *consents;
} Papers;

/* clang-format off */
static const struct { guint owner; const char *kind, *title, *source, *text; int days_ago; MhDemoPerson by; } letters[] = {
  { 0, "referral", "Referral letter", "Dr Anil Kulkarni, Thane",
    "Dear colleague,\n\nthank you for seeing this patient, whom I have known for eleven years. The complaint has grown over three weeks in spite of "
    "rest and simple medicines. Examination showed nothing that would explain it. I would be grateful for your opinion, and for the tests that you "
    "think necessary.\n\nThe medicines taken at present are listed on the card that the patient carries.\n\nWith kind regards", 9, MH_DEMO_RECEPTION },
  { 0, "discharge", "Discharge summary", "District Hospital, Thane",
    "Admitted for two days for observation. Course: uneventful. Condition at discharge: stable, walking, eating a full diet.\n\nAdvice: rest for one "
    "week, plenty of fluids, review with the family doctor. Return at once with fever, breathlessness or pain that grows.", 240, MH_DEMO_NURSE },
  { 1, MH_DOCUMENT_CONSENT, "Signed consent, operation", NULL,
    "I have been told in my own language what will be done and why, what else could be done, what can go wrong and how often. My questions were "
    "answered. I agree to the operation and to what becomes necessary while it is done.\n\nSigned by the patient; witness: ward sister.", 2, MH_DEMO_NURSE },
  { 2, "lab", "Report of another laboratory", "City Diagnostics, Pune",
    "Dengue NS1 antigen: positive.\nPlatelets: 86 thousand per microlitre.\nHaematocrit: 44 per cent.\n\nMethod: enzyme immunoassay.", 3, MH_DEMO_DOCTOR },
};

static const struct { guint owner; const char *kind, *title; gboolean film; int days_ago; MhDemoPerson by; } pictures[] = {
  { 0, "imaging", "Chest X-ray", TRUE, 1, MH_DEMO_DOCTOR },
  { 1, "photo", "Wound, second day", FALSE, 0, MH_DEMO_NURSE },
};

static const struct { guint owner; const char *purpose, *decision, *about, *withdrawn; gboolean paper; int days_ago; } consents[] = {
  { 0, "treatment", MH_CONSENT_GIVEN, "Treatment in the ward, drawing of blood", NULL, FALSE, 1 },
  { 0, "research", MH_CONSENT_GIVEN, "Use of the results, without the name, for a study", "Does not want it any more", FALSE, 20 },
  { 1, "procedure", MH_CONSENT_GIVEN, "Removal of the gall bladder through small cuts; an open operation if that becomes necessary", NULL, TRUE, 2 },
  { 1, "transfusion", MH_CONSENT_REFUSED, "No blood of others, whatever happens; told that this can cost the life", NULL, FALSE, 2 },
  { 2, "sharing", MH_CONSENT_GIVEN, "The case may be told to the municipal office, as the law asks", NULL, FALSE, 1 },
};
/* clang-format on */

/* --- drawing --- */

static cairo_status_t
demo_documents_append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Takes @surface. */
static GBytes *
png_of (cairo_surface_t *surface)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_write_to_png_stream (surface, demo_documents_append, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static cairo_t *
begin_picture (double width, double height, double scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)(width * scale),
                                                         (int)(height * scale));
  cairo_t *cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  return cr;
}

static GBytes *
end_picture (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));
  cairo_destroy (cr);
  return png_of (surface);
}

/* Ribs, lungs and the heart's shadow, as far as a picture of 640 by 480 needs them. */
static void
draw_film (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.04, 0.05, 0.07);
  cairo_paint (cr);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_save (cr);
      cairo_translate (cr, PICTURE_WIDTH / 2.0 + side * 105, 240);
      cairo_scale (cr, 80, 170);
      cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
      cairo_restore (cr);
      cairo_set_source_rgb (cr, 0.14, 0.16, 0.19);
      cairo_fill (cr);
    }

  cairo_set_source_rgba (cr, 0.75, 0.78, 0.82, 0.55);
  cairo_set_line_width (cr, 9);
  for (int rib = 0; rib < 8; rib++)
    for (int side = -1; side <= 1; side += 2)
      {
        double y = 90 + rib * 38, x = PICTURE_WIDTH / 2.0;
        cairo_move_to (cr, x + side * 14, y);
        cairo_curve_to (cr, x + side * 90, y - 34, x + side * 190, y + 8, x + side * 176, y + 70);
        cairo_stroke (cr);
      }

  cairo_set_source_rgba (cr, 0.8, 0.82, 0.85, 0.8);
  cairo_rectangle (cr, PICTURE_WIDTH / 2.0 - 13, 40, 26, 420);
  cairo_fill (cr);
  cairo_save (cr);
  cairo_translate (cr, PICTURE_WIDTH / 2.0 + 38, 310);
  cairo_scale (cr, 78, 92);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_set_source_rgba (cr, 0.72, 0.75, 0.79, 0.85);
  cairo_fill (cr);
}

/* Skin, a line of four stitches, a ruler beside it. */
static void
draw_wound (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.72, 0.53, 0.42);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.55, 0.20, 0.18);
  cairo_set_line_width (cr, 12);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, 150, 260);
  cairo_curve_to (cr, 260, 220, 360, 290, 490, 240);
  cairo_stroke (cr);
  cairo_set_source_rgb (cr, 0.10, 0.10, 0.14);
  cairo_set_line_width (cr, 4);

  for (int stitch = 0; stitch < 4; stitch++)
    {
      cairo_move_to (cr, 200 + stitch * 80, 210);
      cairo_rel_line_to (cr, 8, 90);
    }

  cairo_stroke (cr);
  cairo_set_source_rgb (cr, 0.97, 0.97, 0.93);
  cairo_rectangle (cr, 120, 380, 400, 46);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 2);

  for (int mark = 0; mark <= 20; mark++)
    {
      cairo_move_to (cr, 120 + mark * 20, 380);
      cairo_rel_line_to (cr, 0, mark % 5 == 0 ? 26 : 14);
    }

  cairo_stroke (cr);
}

static MhDocument *
make_letter (const char *title, const char *from, const char *text, gint64 at)
{
  MhPaper paper = { MH_A4_WIDTH, MH_A4_HEIGHT, MARGIN, MARGIN, MARGIN, MARGIN };
  double width = MH_A4_WIDTH - 2 * MARGIN;
  MhDocument *document = mh_document_new (&paper);

  mh_document_set_info (document, title, NULL, NULL, at);
  if (from != NULL)
    mh_document_prose (document, &mh_type_note, 0, width, 0, from);
  mh_document_space (document, 24);
  mh_document_prose (document, &mh_type_title, 0, width, 0, title);
  mh_document_space (document, 12);
  mh_document_prose (document, &mh_type_prose, 0, width, 0, text);
  mh_document_finish (document);
  return document;
}

/* --- records --- */

static void
demo_documents_add_part (Papers *papers, MhRecord *document, int number, GBytes *content)
{
  MhRecord *part = mh_demo_record (papers->demo, &mh_document_part_type,
                                   mh_record_int (document, MH_CREATED_AT));
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (content, &size);
  mh_record_set_text (part, MH_DOCUMENT_PART_DOCUMENT_ID, mh_record_id (document));
  mh_record_set_int (part, MH_DOCUMENT_PART_NUMBER, number);
  mh_record_take_text (part, MH_DOCUMENT_PART_CONTENT, g_base64_encode (data, size));
  g_ptr_array_add (papers->parts, part);
}

static void
demo_documents_set_day (MhRecord *record, guint field, gint64 at)
{
  char text[MH_DATE_LENGTH + 1];
  mh_date_format (mh_date_from_days ((at + MH_DEMO_ZONE_OFFSET) / MH_DAY), text);
  mh_record_set_text (record, field, text);
}

/* What is said about a document. */
typedef struct
{
  guint owner; /* of Papers.owners */
  const char *kind, *title, *content_type;
  int days_ago;
  MhDemoPerson by;
} About;

/* Takes @file and @small, which each fit into one part. */
static MhRecord *
add_document (Papers *papers, const About *about, GBytes *file, GBytes *small)
{
  MhDemo *demo = papers->demo;
  gint64 at = demo->now - about->days_ago * MH_DAY - 2 * MH_HOUR;
  MhRecord *document = mh_demo_record (demo, &mh_document_type, at);

  mh_record_set_text (document, MH_DOCUMENT_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (document, MH_DOCUMENT_PATIENT_ID, papers->owners[about->owner]);
  mh_record_set_text (document, MH_DOCUMENT_KIND, about->kind);
  mh_record_set_text (document, MH_DOCUMENT_TITLE, about->title);
  demo_documents_set_day (document, MH_DOCUMENT_DATED_ON, at);
  mh_record_set_int (document, MH_DOCUMENT_BYTES, (gint64)g_bytes_get_size (file));
  mh_record_take_text (document, MH_DOCUMENT_SHA256, mh_sha256_of_bytes (file));
  mh_record_set_text (document, MH_DOCUMENT_CONTENT_TYPE, about->content_type);
  mh_record_set_text (document, MH_DOCUMENT_STATUS, MH_DOCUMENT_STORED);
  mh_record_set_text (document, MH_DOCUMENT_SCAN, MH_VIRUS_SCAN_NONE);
  mh_record_set_int (document, MH_DOCUMENT_PARTS, 1);
  mh_record_set_int (document, MH_DOCUMENT_PARTS_STORED, 1);
  mh_record_set_bool (document, MH_DOCUMENT_HAS_THUMBNAIL, TRUE);
  mh_record_set_text (document, MH_DOCUMENT_BY_ID, mh_demo_staff_id (demo, about->by));
  mh_record_set_text (document, MH_DOCUMENT_BY_NAME, mh_demo_staff_name (demo, about->by));
  mh_record_set_int (document, MH_DOCUMENT_STORED_AT, at);
  g_ptr_array_add (papers->documents, document);
  demo_documents_add_part (papers, document, 0, file);
  demo_documents_add_part (papers, document, -1, small);
  g_bytes_unref (file);
  g_bytes_unref (small);

  return document;
}

static gboolean
add_letters (Papers *papers, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      gint64 at = papers->demo->now - letters[i].days_ago * MH_DAY;
      g_autoptr (MhDocument) letter
          = make_letter (letters[i].title, letters[i].source, letters[i].text, at);
      GBytes *pdf = mh_document_to_pdf (letter, error);
      if (pdf == NULL)
        return FALSE;
      cairo_t *small = begin_picture (MH_A4_WIDTH, MH_A4_HEIGHT, SMALL / MH_A4_HEIGHT);
      mh_document_draw (letter, small, 0);
      MhRecord *document
          = add_document (papers,
                          &(About){ letters[i].owner, letters[i].kind, letters[i].title,
                                    MH_CONTENT_PDF, letters[i].days_ago, letters[i].by },
                          pdf, end_picture (small));
      mh_record_set_text (document, MH_DOCUMENT_SOURCE, letters[i].source);
    }

  return TRUE;
}

static void
demo_documents_add_pictures (Papers *papers)
{
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      double scales[] = { 1, (double)SMALL / PICTURE_WIDTH };
      GBytes *drawn[2];
      for (guint k = 0; k < G_N_ELEMENTS (scales); k++)
        {
          cairo_t *cr = begin_picture (PICTURE_WIDTH, PICTURE_HEIGHT, scales[k]);
          (pictures[i].film ? draw_film : draw_wound) (cr);
          drawn[k] = end_picture (cr);
        }
      add_document (papers,
                    &(About){ pictures[i].owner, pictures[i].kind, pictures[i].title,
                              MH_CONTENT_PNG, pictures[i].days_ago, pictures[i].by },
                    drawn[0], drawn[1]);
    }
}

static const char *
signed_paper (Papers *papers, const char *patient_id)
{
  for (guint i = 0; i < papers->documents->len; i++)
    {
      MhRecord *document = g_ptr_array_index (papers->documents, i);
      if (g_str_equal (mh_record_text (document, MH_DOCUMENT_PATIENT_ID), patient_id)
          && g_str_equal (mh_record_text (document, MH_DOCUMENT_KIND), MH_DOCUMENT_CONSENT))
        return mh_record_id (document);
    }
  return NULL;
}

static void
add_consents (Papers *papers)
{
  MhDemo *demo = papers->demo;
  for (guint i = 0; i < G_N_ELEMENTS (consents); i++)
    {
      gint64 at = demo->now - consents[i].days_ago * MH_DAY - MH_HOUR;
      const char *owner = papers->owners[consents[i].owner];
      MhRecord *consent = mh_demo_record (demo, &mh_consent_type, at);

      mh_record_set_text (consent, MH_CONSENT_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (consent, MH_CONSENT_PATIENT_ID, owner);
      mh_record_set_text (consent, MH_CONSENT_PURPOSE, consents[i].purpose);
      mh_record_set_text (consent, MH_CONSENT_DECISION, consents[i].decision);
      mh_record_set_text (consent, MH_CONSENT_ABOUT, consents[i].about);
      mh_record_set_text (consent, MH_CONSENT_GIVEN_BY, MH_CONSENT_BY_PATIENT);
      mh_record_set_text (consent, MH_CONSENT_WITNESS, mh_demo_staff_name (demo, MH_DEMO_NURSE));
      demo_documents_set_day (consent, MH_CONSENT_DECIDED_ON, at);
      mh_record_set_text (consent, MH_CONSENT_RECORDED_NAME,
                          mh_demo_staff_name (demo, MH_DEMO_DOCTOR));

      if (consents[i].paper)
        mh_record_set_text (consent, MH_CONSENT_DOCUMENT_ID, signed_paper (papers, owner));
      if (consents[i].withdrawn != NULL)
        {
          mh_record_set_int (consent, MH_CONSENT_WITHDRAWN_AT, at + 5 * MH_DAY);
          mh_record_set_text (consent, MH_CONSENT_WITHDRAWN_NAME,
                              mh_demo_staff_name (demo, MH_DEMO_NURSE));
          mh_record_set_text (consent, MH_CONSENT_WITHDRAWN_REASON, consents[i].withdrawn);
        }

      g_ptr_array_add (papers->consents, consent);
    }
}

/* --- in the write queue --- */

static gboolean
demo_documents_write_rows (MhTx *tx, GPtrArray *rows, gboolean announce, GError **error)
{
  if (rows->len > 0 && !mh_tx_insert_parts (tx, rows, error))
    return FALSE;
  for (guint i = 0; announce && i < rows->len; i++)
    if (!mh_tx_announce (tx, g_ptr_array_index (rows, i), error))
      return FALSE;
  return TRUE;
}

static int
demo_documents_by_number (gconstpointer a, gconstpointer b)
{
  MhRecord *one = *(MhRecord *const *)a, *other = *(MhRecord *const *)b;
  return g_strcmp0 (mh_record_text (one, MH_VISIT_NUMBER), mh_record_text (other, MH_VISIT_NUMBER));
}

/* Those who lie in the wards; FALSE without @error: too few. */
static gboolean
find_owners (MhTx *tx, Papers *papers, GError **error)
{
  g_autoptr (GPtrArray) visits
      = mh_store_all (mh_tx_db (tx), &mh_visit_type, "kind", MH_VISIT_INPATIENT, error);
  guint n = 0;
  if (visits == NULL)
    return FALSE;

  g_ptr_array_sort (visits, demo_documents_by_number);
  for (guint i = 0; i < visits->len && n < OWNERS; i++)
    {
      MhRecord *visit = g_ptr_array_index (visits, i);
      if (!mh_record_has (visit, MH_VISIT_SIGNED_AT))
        papers->owners[n++] = g_strdup (mh_record_text (visit, MH_VISIT_PATIENT_ID));
    }

  return n == OWNERS;
}

gboolean
mh_demo_documents (MhTx *tx, MhDemo *demo, GError **error)
{
  GError *inner = NULL;
  Papers papers = { .demo = demo };
  papers.documents = g_ptr_array_new_with_free_func (g_object_unref);
  papers.parts = g_ptr_array_new_with_free_func (g_object_unref);
  papers.consents = g_ptr_array_new_with_free_func (g_object_unref);

  if (find_owners (tx, &papers, &inner) && add_letters (&papers, &inner))
    {
      demo_documents_add_pictures (&papers);
      add_consents (&papers);
    }

  gboolean ok = inner == NULL && demo_documents_write_rows (tx, papers.documents, TRUE, &inner)
                && demo_documents_write_rows (tx, papers.parts, FALSE, &inner)
                && demo_documents_write_rows (tx, papers.consents, TRUE, &inner);

  for (guint i = 0; i < OWNERS; i++)
    g_free (papers.owners[i]);
  g_ptr_array_unref (papers.documents);
  g_ptr_array_unref (papers.parts);
  g_ptr_array_unref (papers.consents);
  if (!ok && inner != NULL)
    g_propagate_error (error, inner);

  return ok;
}
