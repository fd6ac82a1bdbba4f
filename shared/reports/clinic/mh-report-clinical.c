/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/clinic/mh-report-clinical.h"
#include "shared/base/mh-translation.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"

#include <math.h>

#include "shared/reports/mh-report-parts.h"

#define TITLE_WIDTH 150

/* --- every page --- */

static double
report_clinical_frame_page (MhBox *page, guint number, guint total, gpointer data)
{
  const MhClinical *clinical = data;
  g_autoptr (MhBox) scratch = page == NULL ? mh_box_new () : NULL;
  MhBox *target = page != NULL ? page : scratch;
  double left = clinical->paper.left, top = clinical->paper.top, height = 26;
  g_autofree char *name = mh_record_display (clinical->patient);

  if (number == 1)
    {
      MhType title = mh_type_aligned (&mh_type_title, MH_ALIGN_END);
      mh_part_letterhead (target, clinical->hospital, clinical->words, left, top,
                          clinical->width - TITLE_WIDTH);
      mh_box_text (target, &title, left + clinical->width - TITLE_WIDTH, top + 2, TITLE_WIDTH,
                   mh_words (clinical->words, clinical->title));
      mh_box_rule (target, MH_INK_ACCENT, left, top + clinical->letterhead + 7, clinical->width,
                   1.2);
      height = clinical->letterhead + 18;
    }
  else
    {
      MhType bold = mh_type_lines (&mh_type_small_bold, 1);
      mh_box_text (target, &bold, left, top, clinical->width, name);
      mh_box_rule (target, MH_INK_ACCENT, left, top + 15, clinical->width, 0.8);
    }

  if (page == NULL)
    return height;

  g_autofree char *at = mh_words_instant (clinical->words, clinical->at, clinical->zone);
  g_autofree char *text = mh_part_join ("  ·  ", mh_words (clinical->words, "MRN"),
                                        mh_record_text (clinical->patient, MH_PATIENT_MRN) ?: "–",
                                        clinical->by ?: "", at, NULL);

  mh_part_footer (page, &clinical->paper, clinical->words, text, number, total);
  return height;
}

/* --- parts --- */

/* The words for none and for not asked: never silence. */
static char *
report_clinical_allergies_text (const MhClinical *clinical)
{
  MhRecord *patient = clinical->patient;
  const char *const *names = mh_record_list (patient, MH_PATIENT_ALLERGIES);
  const char *status = mh_record_text (patient, MH_PATIENT_ALLERGY_STATUS);
  if (names == NULL || names[0] == NULL)
    return g_strdup (mh_words (clinical->words, g_strcmp0 (status, MH_ALLERGY_NONE) == 0
                                                    ? NS_ ("No known allergies")
                                                : g_strcmp0 (status, MH_ALLERGY_KNOWN) == 0
                                                    ? NS_ ("Known allergies")
                                                    : NS_ ("Allergies not asked")));
  g_autofree char *list = g_strjoinv (", ", (char **)names);
  return g_strdup_printf ("%s: %s", mh_words (clinical->words, "Allergies"), list);
}

void
mh_clinical_patient (MhClinical *clinical)
{
  MhRecord *patient = clinical->patient;
  MhBox *box = mh_box_new ();
  g_autofree char *name = mh_record_display (patient);
  g_autofree char *age_sex
      = mh_part_age_sex (patient, clinical->words, clinical->at, clinical->zone);
  g_autofree char *mrn = mh_part_join (" ", mh_words (clinical->words, "MRN"),
                                       mh_record_text (patient, MH_PATIENT_MRN) ?: "–", NULL);
  g_autofree char *who = mh_part_join ("  ·  ", age_sex, mrn,
                                       mh_record_text (patient, MH_PATIENT_PHONE) ?: "", NULL);
  g_autofree char *allergies = report_clinical_allergies_text (clinical);
  gboolean known
      = g_strcmp0 (mh_record_text (patient, MH_PATIENT_ALLERGY_STATUS), MH_ALLERGY_KNOWN) == 0;
  MhType type = mh_type_coloured (&mh_type_bold, known ? MH_INK_RED : MH_INK_GREY);
  double y = mh_box_text (box, &mh_type_person, 0, 0, clinical->width, name);

  y += mh_box_text (box, &mh_type_native, 0, y, clinical->width,
                    mh_record_text (patient, MH_PATIENT_NATIVE_NAME));
  y += mh_box_text (box, &mh_type_body, 0, y + 1, clinical->width, who) + 5;
  double height = mh_box_text (box, &type, known ? 6 : 0, y + 2, clinical->width - 12, allergies);

  if (known)
    mh_box_frame (box, MH_INK_RED, 0, y,
                  fmin (clinical->width, mh_ink_width (type.style, allergies) + 12), height + 4);

  mh_box_set_tag (box, "Sect");
  mh_box_rule (box, MH_INK_HAIRLINE, 0, y + height + 11, clinical->width, 0.6);
  mh_document_add (clinical->document, box, 0);
  mh_document_space (clinical->document, 8);
}

void
mh_clinical_heading (MhClinical *clinical, const char *english)
{
  MhBox *box = mh_box_new ();
  mh_document_space (clinical->document, 6);
  mh_box_text (box, &mh_type_heading, 0, 0, clinical->width, mh_words (clinical->words, english));
  mh_box_set_tag (box, "H2");
  mh_document_add (clinical->document, box, MH_KEEP_NEXT);
}

/* A bold word or two, and what there is to say of it. */
void
mh_clinical_line (MhClinical *clinical, const char *what, const char *detail, double first)
{
  MhBox *box = mh_box_new ();
  double left = mh_box_text (box, &mh_type_bold, 0, 0, first - 8, what);
  double right = mh_box_text (box, &mh_type_body, first, 0, clinical->width - first, detail);
  mh_box_set_tag (box, "P");
  mh_box_set_height (box, fmax (left, right) + 3);
  mh_document_add (clinical->document, box, 0);
}

void
mh_clinical_nothing (MhClinical *clinical)
{
  MhBox *box = mh_box_new ();
  mh_box_text (box, &mh_type_small, 0, 0, clinical->width,
               mh_words (clinical->words, "Nothing recorded"));
  mh_box_set_tag (box, "P");
  mh_document_add (clinical->document, box, 0);
}

void
mh_clinical_begin (MhClinical *clinical, const char *language)
{
  g_autoptr (MhBox) scratch = mh_box_new ();
  clinical->words = mh_words_for (language);
  clinical->zone = mh_part_zone (clinical->hospital);
  clinical->paper
      = (MhPaper){ MH_A4_WIDTH, MH_A4_HEIGHT, .top = 36, .right = 42, .bottom = 46, .left = 42 };
  clinical->width = MH_A4_WIDTH - 84;
  clinical->letterhead = fmax (mh_part_letterhead (scratch, clinical->hospital, clinical->words, 0,
                                                   0, clinical->width - TITLE_WIDTH),
                               34);
  clinical->document = mh_document_new (&clinical->paper);
  mh_document_set_info (clinical->document, mh_words (clinical->words, clinical->title),
                        mh_record_text (clinical->hospital, MH_HOSPITAL_NAME), NULL, clinical->at);
  mh_document_set_frame (clinical->document, report_clinical_frame_page, clinical, NULL);
}

MhDocument *
mh_clinical_end (MhClinical *clinical)
{
  mh_document_finish (clinical->document);
  g_clear_pointer (&clinical->zone, g_time_zone_unref);
  return g_steal_pointer (&clinical->document);
}
