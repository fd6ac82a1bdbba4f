/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/people/mh-report-wristband.h"
#include "shared/base/mh-translation.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"

#include "shared/base/mh-date.h"
#include "shared/reports/mh-report-parts.h"

#define HEIGHT MH_MM (25)
#define LENGTH MH_MM (280)
#define SMALL_LENGTH MH_MM (180)
#define CLASP MH_MM (40) /* at the end, where nothing can be read */
#define MARGIN MH_MM (2)
#define CODE MH_MM (16)
#define GAP 8
#define DPI 203

static const MhStyle style_name = { 18, 22, TRUE };
static const MhStyle style_line = { 10.5, 13.5, FALSE };
static const MhStyle style_strong = { 10.5, 13.5, TRUE };
static const MhStyle style_small = { 6.6, 8.4, FALSE };

static const MhType name_type = { &style_name, MH_INK_BLACK, MH_ALIGN_START, 1 };
static const MhType line = { &style_line, MH_INK_BLACK, MH_ALIGN_START, 1 };
static const MhType strong = { &style_strong, MH_INK_BLACK, MH_ALIGN_START, 1 };
static const MhType small_end = { &style_small, MH_INK_BLACK, MH_ALIGN_END, 1 };

gboolean
mh_report_wristband_is_small (MhRecord *patient, const char *today)
{
  MhDate birth, now;
  if (!mh_date_parse (mh_record_text (patient, MH_PATIENT_BIRTH_DATE), &birth)
      || !mh_date_parse (today, &now))
    return FALSE;
  return mh_date_compare (now, mh_date_add_months (birth, 36)) < 0;
}

/* "F · born 12 Mar 1985"; an estimate says so. */
static char *
report_wristband_born_text (MhRecord *patient, const MhWords *words)
{
  const char *birth = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  MhDate date;
  g_autofree char *day
      = birth != NULL && mh_date_parse (birth, &date) ? mh_words_day (words, date) : NULL;
  gboolean estimated = mh_record_bool (patient, MH_PATIENT_BIRTH_ESTIMATED);
  g_autofree char *born
      = day != NULL ? mh_words_fill (words, estimated ? NS_ ("born about {1}") : NS_ ("born {1}"),
                                     day, NULL)
                    : NULL;
  return mh_part_join (" · ", mh_words_field_code (words, patient, MH_PATIENT_SEX) ?: "",
                       born ?: "", NULL);
}

/* White on black, because a thermal printer has no red; what was not asked is no "none". */
static void
put_allergies (MhBox *box,
               MhRecord *patient,
               const MhWords *words,
               double x,
               double y,
               double width)
{
  const char *const *list = mh_record_list (patient, MH_PATIENT_ALLERGIES);
  const char *status = mh_record_text (patient, MH_PATIENT_ALLERGY_STATUS);
  if (list == NULL || list[0] == NULL)
    {
      mh_box_text (box, &line, x, y, width,
                   mh_words (words, g_strcmp0 (status, MH_ALLERGY_NONE) == 0
                                        ? NS_ ("No known allergies")
                                    : g_strcmp0 (status, MH_ALLERGY_KNOWN) == 0
                                        ? NS_ ("ALLERGIES: see the chart")
                                        : NS_ ("Allergies not asked")));
      return;
    }

  g_autofree char *joined = g_strjoinv (", ", (char **)list);
  g_autofree char *text = mh_words_fill (words, "ALLERGIES: {1}", joined, NULL);
  MhType type = strong;

  type.colour = 0xffffff;
  double used = MIN (mh_ink_width (&style_strong, text) + 6, width);
  mh_box_fill (box, MH_INK_BLACK, x, y, used, style_strong.leading);
  mh_box_text (box, &type, x + 3, y, used - 6 > 0 ? width - 6 : width, text);
}

static MhBox *
band_box (MhRecord *hospital, MhRecord *patient, const MhWords *words, double length)
{
  MhBox *box = mh_box_new ();
  const char *mrn = mh_record_text (patient, MH_PATIENT_MRN);
  const char *native = mh_record_text (patient, MH_PATIENT_NATIVE_NAME);
  double height = HEIGHT - 2 * MARGIN, x = CODE + GAP, y = 0;
  double width = length - CLASP - 2 * (CODE + GAP);
  g_autofree char *name = mh_record_display (patient);
  g_autofree char *born = report_wristband_born_text (patient, words);

  mh_box_barcode (box, mh_barcode_qr (mrn), &(MhBoxArea){ 0, (height - CODE) / 2, CODE, CODE },
                  DPI);
  mh_box_barcode (box, mh_barcode_qr (mrn),
                  &(MhBoxArea){ x + width + GAP, (height - CODE) / 2, CODE, CODE }, DPI);
  double taken = native != NULL ? MIN (mh_ink_width (&style_name, name) + 10, width * 0.7) : width;

  mh_box_text (box, &line, x + taken, y + style_name.leading - style_line.leading, width - taken,
               native);
  y += mh_box_text (box, &name_type, x, y, taken, name);
  double half = mh_ink_width (&style_strong, mrn ?: "") + 10;

  mh_box_text (box, &strong, x, y, half, mrn);
  y += mh_box_text (box, &line, x + half, y, width - half, born);
  put_allergies (box, patient, words, x, y + 1, width);
  mh_box_text (box, &small_end, x, height - style_small.leading, width,
               mh_record_text (hospital, MH_HOSPITAL_NAME));
  mh_box_set_tag (box, "P");
  mh_box_set_height (box, height);

  return box;
}

MhDocument *
mh_report_wristband (MhRecord *hospital, MhRecord *patient, gboolean small, const char *language)
{
  double length = small ? SMALL_LENGTH : LENGTH;
  MhPaper paper = { length, HEIGHT, MARGIN, MARGIN, MARGIN, MARGIN };
  MhDocument *document = mh_document_new (&paper);
  g_autofree char *title
      = g_strdup_printf ("Wristband %s", mh_record_text (patient, MH_PATIENT_MRN) ?: "");
  mh_document_set_info (document, title, mh_record_text (hospital, MH_HOSPITAL_NAME), NULL,
                        mh_record_int (patient, MH_CREATED_AT));
  mh_document_add (document,
                   band_box (hospital, patient, mh_words_for (language), length - 2 * MARGIN), 0);
  mh_document_finish (document);
  return document;
}
