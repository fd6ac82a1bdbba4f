/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-report-label.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"

#include <math.h>

#include "shared/reports/mh-report-parts.h"

#define MARGIN 4.5
#define MAX_LABELS 20 /* for one tube; more is a slip of the finger */

const MhLabelSize mh_label_sizes[] = {
  { "50x25", MH_MM (50), MH_MM (25), 203 },
  { "38x25", MH_MM (38), MH_MM (25), 300 }, /* an accession needs finer dots than 203 here */
  { NULL },
};

static const MhStyle style_name = { 8, 9.6, TRUE };
static const MhStyle style_line = { 6.6, 8.4, FALSE };
static const MhStyle style_code = { 8, 9.4, TRUE };
static const MhStyle style_tests = { 6.6, 8.4, TRUE };

static const MhType name_type = { &style_name, MH_INK_BLACK, MH_ALIGN_START, 1 };
static const MhType line = { &style_line, MH_INK_BLACK, MH_ALIGN_START, 1 };
static const MhType line_end = { &style_line, MH_INK_BLACK, MH_ALIGN_END, 1 };
static const MhType code_type = { &style_code, MH_INK_BLACK, MH_ALIGN_START, 1 };
static const MhType tests_type = { &style_tests, MH_INK_BLACK, MH_ALIGN_START, 1 };

typedef struct
{
  MhRecord *patient, *sample;
  GTimeZone *zone;
  double width, height; /* inside the margins */
  double dpi;
} Label;

const MhLabelSize *
mh_label_size_find (const char *name)
{
  for (const MhLabelSize *size = mh_label_sizes; size->name != NULL; size++)
    if (g_strcmp0 (size->name, name) == 0)
      return size;
  return &mh_label_sizes[0];
}

/* "41 y F", the age on the day of collection or, before it, of the order. */
static char *
report_label_age_and_sex (MhRecord *patient, gint64 on, GTimeZone *zone)
{
  const char *date = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  const char *sex = mh_record_text (patient, MH_PATIENT_SEX);
  char initial[2] = { sex != NULL ? g_ascii_toupper (*sex) : '?', '\0' };
  MhDate birth;
  g_autofree char *age = NULL;
  if (on != 0 && date != NULL && mh_date_parse (date, &birth))
    age = mh_age_text (birth, mh_date_of_instant (on, zone));
  return mh_part_join (" ", age ?: "", initial, NULL);
}

/* "21 Nov 08:50", on a narrow label "08:50"; a line to write on while the tube is not drawn yet. */
static char *
report_label_collected_text (const Label *label, double width)
{
  gint64 at = mh_record_int (label->sample, MH_SAMPLE_COLLECTED_AT);
  if (at == 0)
    return g_strdup ("at ____:____");

  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, label->zone);
  MhDate day = mh_date_of_instant (at, label->zone);
  g_autofree char *date = mh_words_day (mh_words_for ("en"), day);
  g_autofree char *time
      = g_strdup_printf ("%02d:%02d", g_date_time_get_hour (local), g_date_time_get_minute (local));
  char *year = g_strrstr (date, " ");

  if (year != NULL)
    *year = '\0';
  g_autofree char *both = g_strdup_printf ("%s %s", date, time);

  return g_strdup (mh_ink_width (&style_line, both) <= width ? both : time);
}

static char *
test_names (MhRecord *sample)
{
  const char *const *names = mh_record_list (sample, MH_SAMPLE_TEST_NAMES);
  return names != NULL ? g_strjoinv (", ", (char **)names) : g_strdup ("");
}

/* White on black, because a thermal label has no red. */
static double
report_label_put_stat (const Label *label, MhBox *box)
{
  if (g_strcmp0 (mh_record_text (label->sample, MH_SAMPLE_PRIORITY), MH_PRIORITY_STAT) != 0)
    return 0;
  MhType type = mh_type_aligned (&name_type, MH_ALIGN_CENTRE);
  type.colour = 0xffffff;
  mh_box_fill (box, MH_INK_BLACK, label->width - 26, 0, 26, 10);
  mh_box_text (box, &type, label->width - 26, 0, 26, "STAT");
  return 29;
}

static MhBox *
tube_box (const Label *label, gint64 age_on)
{
  MhBox *box = mh_box_new ();
  MhRecord *sample = label->sample;
  const char *accession = mh_record_text (sample, MH_SAMPLE_ACCESSION);
  g_autofree char *name = mh_record_display (label->patient);
  g_autofree char *age_sex = report_label_age_and_sex (label->patient, age_on, label->zone);
  g_autofree char *tests = test_names (sample);
  const char *colour = mh_record_text (sample, MH_SAMPLE_COLOUR) ?: "";
  double width = label->width, y = 0, foot = style_code.leading + style_tests.leading;
  double stat = report_label_put_stat (label, box);

  y += mh_box_text (box, &name_type, 0, y, width - stat, name);
  mh_box_text (box, &line, 0, y, width * 0.68, mh_record_text (label->patient, MH_PATIENT_MRN));
  mh_box_text (box, &line_end, width * 0.68, y, width * 0.32, age_sex);
  y += style_line.leading + 1.5;

  double code_height = label->height - y - foot - 1.5;
  mh_box_barcode (box, mh_barcode_code128 (accession),
                  &(MhBoxArea){ -MARGIN, y, width + 2 * MARGIN, code_height }, label->dpi);
  y += code_height + 1;

  double code_width = mh_ink_width (&style_code, accession ?: "") + 2;
  g_autofree char *at = report_label_collected_text (label, width - code_width - 3);
  mh_box_text (box, &code_type, 0, y, code_width, accession);
  mh_box_text (box, &line_end, code_width, y + 1, width - code_width, at);
  y += style_code.leading;

  double colour_width = fmin (mh_ink_width (&style_line, colour) + 1, width * 0.5);
  mh_box_text (box, &tests_type, 0, y, width - colour_width - 3, tests);
  mh_box_text (box, &line_end, width - colour_width, y, colour_width, colour);
  mh_box_set_tag (box, "P");
  mh_box_set_height (box, label->height);

  return box;
}

static int
compare_samples (gconstpointer a, gconstpointer b)
{
  MhRecord *left = *(MhRecord *const *)a, *right = *(MhRecord *const *)b;
  gint64 difference
      = mh_record_int (left, MH_SAMPLE_DRAW_ORDER) - mh_record_int (right, MH_SAMPLE_DRAW_ORDER);
  if (difference != 0)
    return difference < 0 ? -1 : 1;
  int container = g_strcmp0 (mh_record_text (left, MH_SAMPLE_CONTAINER),
                             mh_record_text (right, MH_SAMPLE_CONTAINER));
  return container != 0 ? container
                        : g_strcmp0 (mh_record_text (left, MH_SAMPLE_ACCESSION),
                                     mh_record_text (right, MH_SAMPLE_ACCESSION));
}

static GPtrArray *
tubes_to_label (GPtrArray *samples)
{
  GPtrArray *tubes = g_ptr_array_new ();
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
      if (g_strcmp0 (status, MH_SAMPLE_STATUS_REJECTED) != 0
          && g_strcmp0 (status, MH_SAMPLE_STATUS_CANCELLED) != 0)
        g_ptr_array_add (tubes, sample);
    }
  g_ptr_array_sort (tubes, compare_samples);
  return tubes;
}

static void
add_tube (MhDocument *document, Label *label, gint64 ordered_at)
{
  gint64 collected = mh_record_int (label->sample, MH_SAMPLE_COLLECTED_AT);
  gint64 count = CLAMP (mh_record_int (label->sample, MH_SAMPLE_LABEL_COUNT), 1, MAX_LABELS);
  for (gint64 i = 0; i < count; i++)
    {
      mh_document_break (document);
      mh_document_add (document, tube_box (label, collected != 0 ? collected : ordered_at), 0);
    }
}

MhDocument *
mh_report_labels (MhRecord *hospital,
                  MhRecord *patient,
                  MhRecord *order,
                  GPtrArray *samples,
                  const MhLabelSize *size)
{
  g_autoptr (GPtrArray) tubes
      = tubes_to_label (samples != NULL ? samples : mh_record_records (order, MH_ORDER_SAMPLES));
  if (tubes->len == 0)
    return NULL;

  g_autoptr (GTimeZone) zone = mh_part_zone (hospital);
  MhPaper paper = { size->width, size->height, MARGIN, MARGIN, MARGIN, MARGIN };
  Label label
      = { patient, NULL, zone, size->width - 2 * MARGIN, size->height - 2 * MARGIN, size->dpi };
  gint64 ordered_at = mh_record_int (order, MH_ORDER_ORDERED_AT);
  MhDocument *document = mh_document_new (&paper);
  g_autofree char *title
      = g_strdup_printf ("Labels %s", mh_record_text (order, MH_ORDER_NUMBER) ?: "");

  mh_document_set_info (document, title, mh_record_text (hospital, MH_HOSPITAL_NAME), NULL,
                        ordered_at);
  for (guint i = 0; i < tubes->len; i++)
    {
      label.sample = g_ptr_array_index (tubes, i);
      add_tube (document, &label, ordered_at);
    }

  mh_document_finish (document);
  return document;
}

/* --- the card --- */

#define CARD_PHOTO MH_MM (19)

static MhBox *
card_box (MhRecord *hospital,
          MhRecord *patient,
          GBytes *photo,
          const MhWords *words,
          double width,
          double height)
{
  MhBox *box = mh_box_new ();
  const char *mrn = mh_record_text (patient, MH_PATIENT_MRN);
  const char *birth = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  MhDate date = { 0 };
  g_autofree char *born
      = birth != NULL && mh_date_parse (birth, &date) ? mh_words_day (words, date) : NULL;
  g_autofree char *name = mh_record_display (patient);
  g_autofree char *who = mh_part_join (
      " · ", mh_words_field_code (words, patient, MH_PATIENT_SEX) ?: "", born ?: "", NULL);
  MhType head = mh_type_lines (&mh_type_small_bold, 1);
  MhType person = mh_type_lines (&mh_type_person, 2);
  MhType centred = mh_type_aligned (&mh_type_bold, MH_ALIGN_CENTRE);
  double y = 15;

  mh_box_mark (box, MH_INK_ACCENT, 0, 0, 13);
  mh_box_text (box, &head, 18, 1, width - 18, mh_record_text (hospital, MH_HOSPITAL_NAME));
  mh_box_rule (box, MH_INK_ACCENT, 0, y + 2, width, 0.8);
  y += 8;

  double shown = mh_box_image (box, photo, width - CARD_PHOTO, y, CARD_PHOTO, CARD_PHOTO);
  double beside = shown > 0 ? width - CARD_PHOTO - 8 : width;
  y += mh_box_text (box, &person, 0, y, beside, name);
  y += mh_box_text (box, &mh_type_native, 0, y, beside,
                    mh_record_text (patient, MH_PATIENT_NATIVE_NAME));
  mh_box_text (box, &mh_type_body, 0, y, beside, who);
  mh_box_barcode (box, mh_barcode_code128 (mrn), &(MhBoxArea){ 0, height - 42, width, 28 }, 300);
  mh_box_text (box, &centred, 0, height - 13, width, mrn);
  mh_box_set_tag (box, "P");
  mh_box_set_height (box, height);

  return box;
}

MhDocument *
mh_report_patient_card (MhRecord *hospital, MhRecord *patient, GBytes *photo, const char *language)
{
  static const double margin = 12;
  MhPaper paper = { MH_MM (86), MH_MM (54), margin, margin, margin, margin };
  MhDocument *document = mh_document_new (&paper);
  g_autofree char *title
      = g_strdup_printf ("Card %s", mh_record_text (patient, MH_PATIENT_MRN) ?: "");

  mh_document_set_info (document, title, mh_record_text (hospital, MH_HOSPITAL_NAME), NULL,
                        mh_record_int (patient, MH_CREATED_AT));
  mh_document_add (document,
                   card_box (hospital, patient, photo, mh_words_for (language),
                             paper.width - 2 * margin, paper.height - 2 * margin),
                   0);
  mh_document_finish (document);
  return document;
}
