/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/lab/mh-report-lab.h"
#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-template.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-user.h"

#include <math.h>
#include <string.h>

#include "shared/reports/lab/mh-report-lab-private.h"
#include "shared/reports/lab/mh-report-results.h"
#include "shared/rules/lab/mh-report-rules.h"

#define QR_SIZE 78
#define TITLE_WIDTH 150

typedef MhLabPaper Lab;

static const MhPaper a4
    = { MH_A4_WIDTH, MH_A4_HEIGHT, .top = 36, .right = 42, .bottom = 50, .left = 42 };

const char *
mh_lab_paper_status (const MhLabPaper *lab)
{
  MhRecord *report = lab->report->report;
  const char *status = report != NULL ? mh_record_text (report, MH_REPORT_STATUS) : NULL;
  return mh_report_rules_meaning (status) != NULL ? status : MH_REPORT_STATUS_PRELIMINARY;
}

const char *
mh_lab_paper_template (const MhLabPaper *lab, guint field)
{
  MhRecord *record = lab->report->template_;
  return record != NULL && mh_record_has (record, field) ? mh_record_text (record, field) : NULL;
}

static gboolean
template_hides (const Lab *lab, guint field)
{
  return lab->report->template_ != NULL && mh_record_bool (lab->report->template_, field);
}

/* Words of the watermark; NULL for a report that stands. */
static const char *
report_lab_watermark_of (const Lab *lab)
{
  const char *status = mh_lab_paper_status (lab);
  if (!mh_report_rules_meaning (status)->watermark)
    return NULL;
  return mh_words (lab->words,
                   mh_field_code_label (&mh_report_type.fields[MH_REPORT_STATUS], status));
}

static gboolean
is_revision (const Lab *lab)
{
  MhRecord *report = lab->report->report;
  return report != NULL && mh_record_int (report, MH_REPORT_VERSION_NO) > 1;
}

static const char *
report_number (const Lab *lab)
{
  MhRecord *report = lab->report->report;
  const char *number = report != NULL ? mh_record_text (report, MH_REPORT_NUMBER) : NULL;
  return number != NULL ? number : "";
}

char *
mh_lab_paper_version (const MhLabPaper *lab)
{
  MhRecord *report = lab->report->report;
  if (report == NULL)
    return g_strdup ("");
  g_autofree char *number
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (report, MH_REPORT_VERSION_NO));
  return mh_words_fill (lab->words, "Version {1}", number, NULL);
}

/* --- every page --- */

static char *
report_lab_labelled (const Lab *lab, const char *label, const char *value)
{
  g_autofree char *foreign = mh_words_foreign (lab->words, value);
  return value != NULL && *value != '\0'
             ? g_strdup_printf ("%s %s", mh_words (lab->words, label), foreign)
             : g_strdup ("");
}

static double
put_letterhead (const Lab *lab, MhBox *page, double x, double y)
{
  MhLetterhead letterhead
      = { .hospital = lab->report->hospital,
          .logo = lab->report->logo,
          .department = mh_lab_paper_template (lab, MH_REPORT_TEMPLATE_DEPARTMENT),
          .line = mh_lab_paper_template (lab, MH_REPORT_TEMPLATE_LETTERHEAD),
          .accreditation = mh_lab_paper_template (lab, MH_REPORT_TEMPLATE_ACCREDITATION) };
  return mh_part_letterhead_as (page, &letterhead, lab->words, x, y, lab->width - TITLE_WIDTH);
}

static double
report_lab_put_first_header (const Lab *lab, MhBox *page)
{
  double left = lab->paper.left, top = lab->paper.top;
  double right = left + lab->width - TITLE_WIDTH;
  MhType title = mh_type_aligned (&mh_type_title, MH_ALIGN_END);
  MhType number = mh_type_aligned (&mh_type_bold, MH_ALIGN_END);
  MhType small = mh_type_aligned (&mh_type_small, MH_ALIGN_END);
  const char *own_title = mh_lab_paper_template (lab, MH_REPORT_TEMPLATE_TITLE);
  g_autofree char *version = mh_lab_paper_version (lab);
  g_autofree char *status = mh_part_join (
      " · ", version,
      mh_words (lab->words, mh_field_code_label (&mh_report_type.fields[MH_REPORT_STATUS],
                                                 mh_lab_paper_status (lab))),
      NULL);

  title.max_lines = 2;
  put_letterhead (lab, page, left, top);
  double y = top + 2;

  y += mh_box_text (page, &title, right, y, TITLE_WIDTH,
                    own_title != NULL ? own_title : mh_words (lab->words, "Laboratory report"));
  y += mh_box_text (page, &number, right, y, TITLE_WIDTH, report_number (lab));
  y += mh_box_text (page, &small, right, y, TITLE_WIDTH, status);
  mh_part_copy_mark (page, lab->words, lab->copy, left + lab->width, y + 1.5);
  mh_box_rule (page, MH_INK_ACCENT, left, top + lab->letterhead + 7, lab->width, 1.2);

  return lab->letterhead + 18;
}

static char *
birth_text (const Lab *lab)
{
  MhDate birth;
  const char *date = mh_record_text (lab->report->patient, MH_PATIENT_BIRTH_DATE);
  if (date == NULL || !mh_date_parse (date, &birth)
      || mh_record_bool (lab->report->patient, MH_PATIENT_BIRTH_ESTIMATED))
    return g_strdup ("");
  g_autofree char *day = mh_words_day (lab->words, birth);
  return mh_words_fill (lab->words, "Born {1}", day, NULL);
}

/* Who it is about stands on every page, by all four that tell two patients apart. */
static double
report_lab_put_next_header (const Lab *lab, MhBox *page)
{
  double left = lab->paper.left, top = lab->paper.top;
  MhRecord *patient = lab->report->patient;
  g_autofree char *name = mh_record_display (patient);
  g_autofree char *isolated = mh_ink_isolate (name);
  g_autofree char *mrn
      = report_lab_labelled (lab, NR_ ("MRN"), mh_record_text (patient, MH_PATIENT_MRN));
  g_autofree char *born = birth_text (lab);
  g_autofree char *order = report_lab_labelled (
      lab, NR_ ("Order"), mh_record_text (lab->report->order, MH_ORDER_NUMBER));
  g_autofree char *facts = mh_part_join (" · ", mrn, born, order, NULL);
  MhType bold = mh_type_lines (&mh_type_small_bold, 1);
  MhType small = mh_type_lines (&mh_type_small, 1);
  MhType right = mh_type_aligned (&bold, MH_ALIGN_END);
  MhType right_small = mh_type_aligned (&small, MH_ALIGN_END);
  double copy_room = lab->copy > 0 ? 90 : 0, third = lab->width * 0.36;
  double x = left + third + 8, room = lab->width - third - 8 - copy_room;

  mh_box_text (page, &bold, left, top, third,
               mh_record_text (lab->report->hospital, MH_HOSPITAL_NAME));
  mh_box_text (page, &right, x, top, room, isolated);

  /* Below the mark of a copy: nothing of it may be cut. */
  mh_box_text (page, &right_small, left, top + 12, lab->width, facts);
  mh_part_copy_mark (page, lab->words, lab->copy, left + lab->width, top - 2);
  mh_box_rule (page, MH_INK_ACCENT, left, top + 26, lab->width, 0.8);

  return 37;
}

static double
report_lab_frame_page (MhBox *page, guint number, guint total, gpointer data)
{
  const Lab *lab = data;
  g_autoptr (MhBox) scratch = page == NULL ? mh_box_new () : NULL;
  MhBox *target = page != NULL ? page : scratch;
  const char *watermark = report_lab_watermark_of (lab);

  if (page != NULL && watermark != NULL)
    mh_box_watermark (page, MH_INK_WATERMARK, lab->paper.width, lab->paper.height, watermark);
  double height = number == 1 ? report_lab_put_first_header (lab, target)
                              : report_lab_put_next_header (lab, target);

  if (page == NULL)
    return height;

  g_autofree char *version = mh_lab_paper_version (lab);
  g_autofree char *order = report_lab_labelled (
      lab, NR_ ("Order"), mh_record_text (lab->report->order, MH_ORDER_NUMBER));
  g_autofree char *mrn = report_lab_labelled (
      lab, NR_ ("MRN"), mh_record_text (lab->report->patient, MH_PATIENT_MRN));
  g_autofree char *report = report_lab_labelled (lab, NR_ ("Report"), report_number (lab));
  g_autofree char *text
      = mh_part_join ("  ·  ", order, mrn, report, version, watermark ?: "", NULL);

  mh_part_footer (page, &lab->paper, lab->words, text, number, total);
  return height;
}

/* --- the patient --- */

/* The first time that a sample or else the order names. */
static gint64
sample_time (const Lab *lab, guint sample_field, guint order_field)
{
  GPtrArray *samples = mh_record_records (lab->report->order, MH_ORDER_SAMPLES);
  gint64 first = 0;
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      gint64 time = mh_record_int (g_ptr_array_index (samples, i), sample_field);
      if (time != 0 && (first == 0 || time < first))
        first = time;
    }
  return first != 0 ? first : mh_record_int (lab->report->order, order_field);
}

static gint64
collected_at (const Lab *lab)
{
  return sample_time (lab, MH_SAMPLE_COLLECTED_AT, MH_ORDER_COLLECTED_AT);
}

static char *
samples_text (const Lab *lab)
{
  GPtrArray *samples = mh_record_records (lab->report->order, MH_ORDER_SAMPLES);
  GString *out = g_string_new (NULL);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
      if (g_strcmp0 (status, MH_SAMPLE_STATUS_REJECTED) == 0
          || g_strcmp0 (status, MH_SAMPLE_STATUS_CANCELLED) == 0)
        continue;
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "",
                              mh_record_text (sample, MH_SAMPLE_ACCESSION) ?: "");
    }

  return g_string_free (out, FALSE);
}

static double
report_lab_put_person (const Lab *lab, MhBox *box, double width)
{
  MhRecord *patient = lab->report->patient;
  g_autofree char *name = mh_record_display (patient);
  gint64 on = collected_at (lab);
  g_autofree char *age_sex = mh_part_age_sex (
      patient, lab->words, on != 0 ? on : mh_record_int (lab->report->order, MH_ORDER_ORDERED_AT),
      lab->zone);
  g_autofree char *mrn
      = report_lab_labelled (lab, NR_ ("MRN"), mh_record_text (patient, MH_PATIENT_MRN) ?: "–");
  g_autofree char *born = birth_text (lab);
  g_autofree char *facts = mh_part_join (" · ", age_sex, born, NULL);
  double y = mh_box_text (box, &mh_type_person, 0, 0, width, name);

  y += mh_box_text (box, &mh_type_native, 0, y, width,
                    mh_record_text (patient, MH_PATIENT_NATIVE_NAME));
  y += mh_box_text (box, &mh_type_body, 0, y + 1, width, facts) + 1;
  y += mh_box_text (box, &mh_type_body, 0, y, width, mrn);

  return y;
}

static double
report_lab_put_order (const Lab *lab, MhBox *box, double x, double width)
{
  MhRecord *order = lab->report->order, *report = lab->report->report;
  g_autofree char *samples = samples_text (lab);
  g_autofree char *collected = mh_words_instant (lab->words, collected_at (lab), lab->zone);
  g_autofree char *received = mh_words_instant (
      lab->words, sample_time (lab, MH_SAMPLE_RECEIVED_AT, MH_ORDER_RECEIVED_AT), lab->zone);
  g_autofree char *reported = mh_words_instant (
      lab->words, report != NULL ? mh_record_int (report, MH_REPORT_ISSUED_AT) : 0, lab->zone);
  const struct
  {
    const char *label, *value;
  } pairs[] = {
    { NR_ ("Order"), mh_record_text (order, MH_ORDER_NUMBER) },
    { NR_ ("Ordered by"), mh_record_text (order, MH_ORDER_DOCTOR_NAME) },
    { NR_ ("Samples"), samples },
    { NR_ ("Collected"), collected },
    { NR_ ("Received"), received },
    { NR_ ("Reported"), reported },
  };
  double y = 1;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    y += mh_part_pair (box, mh_words (lab->words, pairs[i].label), pairs[i].value,
                       &(MhPairPlace){ x, y, 76, width });
  return y;
}

static void
report_lab_add_patient (const Lab *lab, MhDocument *document)
{
  MhBox *box = mh_box_new ();
  double left = lab->width * 0.49;
  double height = report_lab_put_person (lab, box, left - 12);
  height = fmax (height, report_lab_put_order (lab, box, left, lab->width - left));
  mh_box_set_tag (box, "Sect");
  mh_box_rule (box, MH_INK_HAIRLINE, 0, height + 7, lab->width, 0.6);
  mh_document_add (document, box, 0);
  mh_document_space (document, 8);
}

/* --- notes around the table --- */

void
mh_lab_paper_panel (const MhLabPaper *lab,
                    MhDocument *document,
                    guint32 ink,
                    guint32 tint,
                    const char *title,
                    const char *text)
{
  MhBox *box = mh_box_new ();
  MhType bold = mh_type_coloured (&mh_type_bold, ink);
  double y = 6 + mh_box_text (box, &bold, 12, 6, lab->width - 20, title);
  y += mh_box_text (box, &mh_type_prose, 12, y, lab->width - 20, text) + 6;
  mh_box_underlay (box, tint, 0, 0, lab->width, y);
  mh_box_fill (box, ink, 0, 0, 2.5, y);
  mh_box_set_tag (box, "P");
  mh_document_add (document, box, 0);
  mh_document_space (document, 8);
}

static void
add_status_panel (const Lab *lab, MhDocument *document)
{
  const char *watermark = report_lab_watermark_of (lab);
  if (is_revision (lab)
      && (lab->report->change != NULL || mh_record_has (lab->report->report, MH_REPORT_REASON)))
    mh_lab_paper_change (lab, document);
  else if (watermark != NULL)
    mh_lab_paper_panel (lab, document, MH_INK_AMBER, MH_INK_AMBER_TINT, watermark,
                        mh_words (lab->words, "These results may still change."));
}

static void
add_noted (const Lab *lab, MhDocument *document, const char *title, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  MhBox *head = mh_box_new ();
  mh_box_set_tag (head, "H2");
  mh_box_text (head, &mh_type_small_bold, 0, 0, lab->width, mh_words (lab->words, title));
  mh_document_space (document, 6);
  mh_document_add (document, head, MH_KEEP_NEXT);
  mh_document_prose (document, &mh_type_prose, 0, lab->width, 0, text);
}

static void
add_clinical_notes (const Lab *lab, MhDocument *document)
{
  const char *notes = mh_record_text (lab->report->order, MH_ORDER_CLINICAL_NOTES);
  if (notes == NULL || *notes == '\0')
    return;
  g_autofree char *foreign = mh_words_foreign (lab->words, notes);
  g_autofree char *text
      = g_strdup_printf ("%s: %s", mh_words (lab->words, "Clinical notes"), foreign);
  mh_document_prose (document, &mh_type_note, 0, lab->width, 0, text);
}

static void
report_lab_add_notes (const Lab *lab, MhDocument *document)
{
  const char *own = mh_lab_paper_template (lab, MH_REPORT_TEMPLATE_FOOTER);
  const char *footer
      = own != NULL ? own : mh_record_text (lab->report->hospital, MH_HOSPITAL_REPORT_FOOTER);

  mh_document_space (document, 6);
  if (lab->report->critical_note != NULL && *lab->report->critical_note != '\0')
    {
      mh_document_space (document, 4);
      mh_lab_paper_panel (lab, document, MH_INK_RED, MH_INK_RED_TINT,
                          mh_words (lab->words, "Critical results"), lab->report->critical_note);
    }

  add_noted (lab, document, NR_ ("Comment"), lab->report->comment);
  if (mh_report_results_have_defaults (lab->report))
    {
      g_autofree char *note = g_strconcat (
          "† ",
          mh_words (lab->words, "Default range, awaiting sign-off by the laboratory's director."),
          NULL);
      mh_document_space (document, 6);
      mh_document_prose (document, &mh_type_note, 0, lab->width, 0, note);
    }

  if (footer != NULL && *footer != '\0')
    {
      mh_document_space (document, 6);
      mh_document_prose (document, &mh_type_note, 0, lab->width, 0, footer);
    }
}

/* --- the end --- */

static double
put_verifier (const Lab *lab, MhBox *box, double y, double width)
{
  MhRecord *verifier = lab->report->verifier, *report = lab->report->report;
  const char *name = verifier != NULL ? mh_record_text (verifier, MH_USER_NAME) : NULL;
  if (name == NULL && report != NULL)
    name = mh_record_text (report, MH_REPORT_VERIFIED_NAME);
  if (name == NULL)
    return mh_box_text (box, &mh_type_bold, 0, y, width, mh_words (lab->words, "Not verified yet"));

  double start = y;
  y += mh_box_text (box, &mh_type_small, 0, y, width, mh_words (lab->words, "Verified by"));
  y += mh_box_text (box, &mh_type_heading, 0, y, width, name);

  if (verifier != NULL)
    {
      const char *number = mh_record_text (verifier, MH_USER_REGISTRATION_NUMBER);
      g_autofree char *title
          = mh_part_join (", ", mh_record_text (verifier, MH_USER_QUALIFICATION) ?: "",
                          mh_record_text (verifier, MH_USER_DESIGNATION) ?: "", NULL);
      g_autofree char *registration
          = number != NULL
                ? g_strdup_printf ("%s %s", mh_words (lab->words, "Registration no."), number)
                : NULL;
      y += mh_box_text (box, &mh_type_small, 0, y, width, title);
      y += mh_box_text (box, &mh_type_small, 0, y, width, registration);
    }

  g_autofree char *at = mh_words_instant (
      lab->words, report != NULL ? mh_record_int (report, MH_REPORT_ISSUED_AT) : 0, lab->zone);
  y += mh_box_text (box, &mh_type_small, 0, y, width, at);

  return y - start;
}

/* Name in the first line, titles below. */
static double
put_second_signature (const Lab *lab, MhBox *box, double x, double y, double width)
{
  const char *text = mh_lab_paper_template (lab, MH_REPORT_TEMPLATE_SIGNATURE);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", 4);
  double start = y;
  y += text != NULL ? mh_type_small.style->leading : 0;
  for (guint i = 0; lines[i] != NULL; i++)
    y += mh_box_text (box, i == 0 ? &mh_type_heading : &mh_type_small, x, y, width, lines[i]);
  return y - start;
}

static double
report_lab_put_code (const Lab *lab, MhBox *box, double y)
{
  MhRecord *report = lab->report->report;
  g_autofree char *code = report != NULL ? mh_report_code (report) : NULL;
  if (code == NULL || template_hides (lab, MH_REPORT_TEMPLATE_HIDE_CODE))
    return 0;

  const char *hash = mh_record_text (report, MH_REPORT_CONTENT_HASH);
  MhType right = mh_type_aligned (&mh_type_label, MH_ALIGN_END);

  /* The quiet zone may lie in the margin: the black then ends where the text ends. */
  double x = lab->width - QR_SIZE + 6, width = 150;
  g_autofree char *brief = g_strdup_printf ("%.8s %.8s", hash, strlen (hash) > 8 ? hash + 8 : "");

  mh_box_barcode (box, mh_barcode_qr (code), &(MhBoxArea){ x, y, QR_SIZE, QR_SIZE }, 0);
  double at = y + 8;
  at += mh_box_text (box, &right, x - width, at, width,
                     mh_words (lab->words, "Scan to check that this report is genuine"));
  mh_box_text (box, &right, x - width, at, width, brief);
  return QR_SIZE;
}

static void
report_lab_add_end (const Lab *lab, MhDocument *document)
{
  MhBox *box = mh_box_new ();
  MhType centred = mh_type_aligned (&mh_type_label, MH_ALIGN_CENTRE);
  g_autofree char *end = g_strdup_printf ("— %s —", mh_words (lab->words, "End of report"));
  double y = 10 + mh_box_text (box, &centred, 0, 0, lab->width, end);
  double third = lab->width * 0.32;
  gboolean two = mh_lab_paper_template (lab, MH_REPORT_TEMPLATE_SIGNATURE) != NULL;
  double height = put_verifier (lab, box, y + 6, two ? third - 8 : lab->width * 0.5);

  height = fmax (height, put_second_signature (lab, box, third, y + 6, third - 8));
  height = fmax (height + 6, report_lab_put_code (lab, box, y));
  mh_box_set_height (box, y + height);
  mh_box_set_tag (box, "Sect");
  mh_document_keep_last (document);
  mh_document_space (document, 12);
  mh_document_add (document, box, 0);
}

/* Asked for, else the template's. */
static const char *
report_lab_language_of (const MhLabReport *report, const char *language)
{
  if (language != NULL || report->template_ == NULL)
    return language;
  return mh_record_text (report->template_, MH_REPORT_TEMPLATE_LANGUAGE);
}

static void
report_lab_fill (const Lab *lab, MhDocument *document)
{
  MhReportTable table = { .strikes = mh_report_rules_meaning (mh_lab_paper_status (lab))->struck,
                          .hides_method = template_hides (lab, MH_REPORT_TEMPLATE_HIDE_METHOD) };
  report_lab_add_patient (lab, document);
  add_status_panel (lab, document);
  add_clinical_notes (lab, document);
  mh_lab_paper_samples (lab, document);
  mh_document_space (document, 6);
  if (lab->report->results->len > 0)
    mh_report_results_add (document, lab->report, lab->words, lab->width, &table);
  else
    mh_document_prose (document, &mh_type_prose, 0, lab->width, 0,
                       mh_words (lab->words, "No results."));

  mh_lab_paper_attachments (lab, document);
  report_lab_add_notes (lab, document);
  report_lab_add_end (lab, document);
}

MhDocument *
mh_report_lab (const MhLabReport *report, const char *language, guint copy)
{
  g_autoptr (GTimeZone) zone = mh_part_zone (report->hospital);
  Lab lab = { report, mh_words_for_report (report_lab_language_of (report, language)),
              zone,   copy,
              a4,     a4.width - a4.left - a4.right };
  MhDocument *document = mh_document_new (&lab.paper);

  mh_document_set_language (document, mh_words_language (lab.words));
  g_autoptr (MhBox) scratch = mh_box_new ();
  lab.letterhead = fmax (put_letterhead (&lab, scratch, 0, 0), copy > 0 ? 56 : 41);
  g_autofree char *title
      = mh_part_join (" ", mh_words (lab.words, "Laboratory report"), report_number (&lab), NULL);

  mh_document_set_info (document, title, mh_record_text (report->hospital, MH_HOSPITAL_NAME), NULL,
                        report->report != NULL ? mh_record_int (report->report, MH_REPORT_ISSUED_AT)
                                               : 0);
  mh_document_set_frame (document, report_lab_frame_page, &lab, NULL);
  report_lab_fill (&lab, document);
  mh_document_finish (document);

  return document;
}
