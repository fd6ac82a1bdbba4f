/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes with the values: remarks on the samples, pictures, papers of other laboratories. */
#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/reports/lab/mh-report-lab-private.h"

#include "shared/reports/mh-picture.h"

#define GAP 14
#define PICTURE_HEIGHT 230
/* Four to a page; what they weigh together leaves room for the letters in a page of 60 KB. */
#define PER_PAGE 4
#define BYTES_PER_PAGE (34 * 1024)

static gboolean
report_lab_added_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- samples that were run although they should not have been --- */

static char *
sample_remark (const MhLabPaper *lab, MhRecord *sample)
{
  const char *reason = mh_words_field_code (lab->words, sample, MH_SAMPLE_ACCEPTED_REASON);
  const char *by = mh_record_text (sample, MH_SAMPLE_ACCEPTED_NAME);
  g_autofree char *note
      = mh_words_foreign (lab->words, mh_record_text (sample, MH_SAMPLE_ACCEPTED_NOTE));
  g_autofree char *number
      = mh_words_foreign (lab->words, mh_record_text (sample, MH_SAMPLE_ACCESSION));
  g_autofree char *who
      = by != NULL ? mh_words_fill (lab->words, "accepted by {1}", by, NULL) : NULL;
  return mh_part_join (" · ", number ?: "", reason ?: "", note ?: "", who ?: "", NULL);
}

void
mh_lab_paper_samples (const MhLabPaper *lab, MhDocument *document)
{
  GPtrArray *samples = mh_record_records (lab->report->order, MH_ORDER_SAMPLES);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      if (!mh_record_has (sample, MH_SAMPLE_ACCEPTED_REASON)
          || report_lab_added_is (mh_record_text (sample, MH_SAMPLE_STATUS),
                                  MH_SAMPLE_STATUS_REJECTED))
        continue;
      g_autofree char *remark = sample_remark (lab, sample);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", remark);
    }

  if (text->len > 0)
    mh_lab_paper_panel (lab, document, MH_INK_AMBER, MH_INK_AMBER_TINT,
                        mh_words (lab->words, "Comment on the sample"), text->str);
}

/* --- pictures and papers --- */

static const char *
analyte_name (const MhLabPaper *lab, MhRecord *attachment)
{
  const char *code = mh_record_text (attachment, MH_ATTACHMENT_ANALYTE);
  for (guint i = 0; code != NULL && i < lab->report->results->len; i++)
    {
      MhRecord *result = g_ptr_array_index (lab->report->results, i);
      if (report_lab_added_is (mh_record_text (result, MH_RESULT_ANALYTE), code))
        return mh_record_text (result, MH_RESULT_NAME);
    }
  return NULL;
}

static char *
caption_of (const MhLabPaper *lab, MhRecord *attachment)
{
  const char *title = mh_record_text (attachment, MH_ATTACHMENT_TITLE);
  const char *name = analyte_name (lab, attachment);
  g_autofree char *both = name != NULL && !report_lab_added_is (name, title)
                              ? mh_part_join (" · ", name, title, NULL)
                              : g_strdup (title);
  return mh_words_foreign (lab->words, both);
}

static gboolean
is_paper (MhRecord *attachment)
{
  return report_lab_added_is (mh_record_text (attachment, MH_ATTACHMENT_CONTENT_TYPE),
                              MH_CONTENT_PDF);
}

static cairo_surface_t *
report_lab_added_picture_of (const MhLabPaper *lab, MhRecord *attachment, double width, gsize most)
{
  GBytes *file = lab->report->files != NULL ? g_hash_table_lookup (
                     lab->report->files, mh_record_text (attachment, MH_ATTACHMENT_SHA256))
                                            : NULL;
  return file != NULL
             ? mh_picture_for_paper (file, mh_record_text (attachment, MH_ATTACHMENT_CONTENT_TYPE),
                                     width, PICTURE_HEIGHT, most)
             : NULL;
}

/* The picture above its title; what cannot be shown here leaves a frame that says so. */
static MhBox *
picture_box (const MhLabPaper *lab, MhRecord *attachment, double x, double width, gsize most)
{
  MhBox *box = mh_box_new ();
  MhType small = mh_type_small;
  g_autofree char *caption = caption_of (lab, attachment);
  cairo_surface_t *picture = report_lab_added_picture_of (lab, attachment, width, most);
  double y = picture != NULL ? mh_box_picture (box, picture, x, 0, width, PICTURE_HEIGHT) : 0;

  small.paragraph = TRUE;
  if (y <= 0)
    {
      y = 56;
      mh_box_frame (box, MH_INK_HAIRLINE, x, 0, width, y);
      mh_box_text (
          box, &mh_type_note, x + 10, 16, width - 20,
          mh_words (lab->words, "This picture is kept with the report at the laboratory."));
    }

  mh_box_text (box, &small, x, y + 4, width, caption);
  mh_box_set_tag (box, "Figure");
  mh_box_set_alternative (box, caption);

  return box;
}

static void
report_lab_added_add_heading (const MhLabPaper *lab, MhDocument *document, const char *words)
{
  MhBox *head = mh_box_new ();
  mh_box_set_tag (head, "H2");
  mh_box_text (head, &mh_type_heading, 0, 0, lab->width, mh_words (lab->words, words));
  mh_document_space (document, 10);
  mh_document_add (document, head, MH_KEEP_NEXT);
  mh_document_space (document, 4);
}

/* Two side by side: the first takes no room of its own, and never stands without the second. */
static void
report_lab_added_add_pictures (const MhLabPaper *lab, MhDocument *document, GPtrArray *pictures)
{
  double half = (lab->width - GAP) / 2;
  gsize most = BYTES_PER_PAGE / MIN (pictures->len, PER_PAGE);
  for (guint i = 0; i < pictures->len; i += 2)
    {
      if (i > 0 && i % PER_PAGE == 0)
        mh_document_break (document);
      MhBox *left = picture_box (lab, g_ptr_array_index (pictures, i), 0, half, most);
      double height = mh_box_get_height (left);
      if (i + 1 < pictures->len)
        {
          MhBox *right
              = picture_box (lab, g_ptr_array_index (pictures, i + 1), half + GAP, half, most);
          mh_box_set_height (right, MAX (height, mh_box_get_height (right)));
          mh_box_set_height (left, 0);
          mh_document_add (document, left, MH_KEEP_NEXT);
          mh_document_add (document, right, 0);
        }
      else
        mh_document_add (document, left, 0);
      mh_document_space (document, 10);
    }
}

static void
report_lab_added_add_papers (const MhLabPaper *lab, MhDocument *document, GPtrArray *papers)
{
  report_lab_added_add_heading (lab, document, NR_ ("Papers that belong to this report"));
  for (guint i = 0; i < papers->len; i++)
    {
      g_autofree char *caption = caption_of (lab, g_ptr_array_index (papers, i));
      g_autofree char *line = g_strdup_printf ("– %s", caption);
      mh_document_prose (document, &mh_type_prose, 0, lab->width, 0, line);
    }
}

void
mh_lab_paper_attachments (const MhLabPaper *lab, MhDocument *document)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  g_autoptr (GPtrArray) papers = g_ptr_array_new ();
  for (guint i = 0; lab->report->attachments != NULL && i < lab->report->attachments->len; i++)
    {
      MhRecord *one = g_ptr_array_index (lab->report->attachments, i);
      g_ptr_array_add (is_paper (one) ? papers : pictures, one);
    }

  if (pictures->len > 0)
    {
      report_lab_added_add_heading (lab, document, NR_ ("Pictures"));
      report_lab_added_add_pictures (lab, document, pictures);
    }

  if (papers->len > 0)
    report_lab_added_add_papers (lab, document, papers);
}
