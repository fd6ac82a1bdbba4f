/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/clinic/mh-report-prescription.h"
#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-user.h"

#include <math.h>
#include <string.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-paper-code.h"
#include "shared/reports/mh-report-parts.h"

#define QR_SIZE 62

typedef struct
{
  const MhPrescriptionPaper *in;
  const MhWords *words;
  GTimeZone *zone;
  guint copy;
  MhPaper paper;
  double width;
  double letterhead; /* its height */
  double title_width;
} Script;

static const MhStyle style_rx = { 22, 26, TRUE };
static const MhType rx_type = { &style_rx, MH_INK_ACCENT };

static gboolean
report_prescription_is_signed (const Script *script)
{
  const char *status = mh_record_text (script->in->prescription, MH_PRESCRIPTION_STATUS);
  return mh_record_has (script->in->prescription, MH_PRESCRIPTION_SIGNED_AT)
         && g_strcmp0 (status, MH_PRESCRIPTION_STATUS_COUNTERSIGN) != 0
         && g_strcmp0 (status, MH_PRESCRIPTION_STATUS_CANCELLED) != 0;
}

static const char *
report_prescription_watermark_of (const Script *script)
{
  const char *status = mh_record_text (script->in->prescription, MH_PRESCRIPTION_STATUS);
  if (report_prescription_is_signed (script))
    return NULL;
  if (g_strcmp0 (status, MH_PRESCRIPTION_STATUS_COUNTERSIGN) == 0)
    return mh_words (script->words, "Second signature missing");
  gboolean cancelled = g_strcmp0 (status, MH_PRESCRIPTION_STATUS_CANCELLED) == 0;
  return mh_words (script->words, cancelled ? NS_ ("Cancelled") : NS_ ("Draft"));
}

static const char *
report_prescription_number_of (const Script *script)
{
  return mh_record_text (script->in->prescription, MH_PRESCRIPTION_NUMBER) ?: "";
}

/* --- every page --- */

static double
report_prescription_put_first_header (const Script *script, MhBox *page)
{
  double left = script->paper.left, top = script->paper.top;
  double x = left + script->width - script->title_width, y = top + 2;
  MhType title = mh_type_aligned (&mh_type_title, MH_ALIGN_END);
  MhType number = mh_type_aligned (&mh_type_bold, MH_ALIGN_END);

  mh_part_letterhead (page, script->in->hospital, script->words, left, top,
                      script->width - script->title_width);
  y += mh_box_text (page, &title, x, y, script->title_width,
                    mh_words (script->words, "Prescription"));
  y += mh_box_text (page, &number, x, y, script->title_width,
                    report_prescription_number_of (script));

  MhType small = mh_type_aligned (&mh_type_small, MH_ALIGN_END);
  y += mh_box_text (page, &small, x, y, script->title_width,
                    report_prescription_watermark_of (script));
  mh_part_copy_mark (page, script->words, script->copy, left + script->width, y + 2);
  mh_box_rule (page, MH_INK_ACCENT, left, top + script->letterhead + 7, script->width, 1.2);

  return script->letterhead + 18;
}

static double
report_prescription_put_next_header (const Script *script, MhBox *page)
{
  double left = script->paper.left, top = script->paper.top;
  g_autofree char *name = mh_record_display (script->in->patient);
  MhType bold = mh_type_lines (&mh_type_small_bold, 1);
  mh_box_text (page, &bold, left, top, script->width - 90, name);
  mh_part_copy_mark (page, script->words, script->copy, left + script->width, top - 2);
  mh_box_rule (page, MH_INK_ACCENT, left, top + 15, script->width, 0.8);
  return 26;
}

static double
report_prescription_frame_page (MhBox *page, guint number, guint total, gpointer data)
{
  const Script *script = data;
  g_autoptr (MhBox) scratch = page == NULL ? mh_box_new () : NULL;
  MhBox *target = page != NULL ? page : scratch;
  const char *watermark = report_prescription_watermark_of (script);

  if (page != NULL && watermark != NULL)
    mh_box_watermark (page, MH_INK_WATERMARK, script->paper.width, script->paper.height, watermark);
  double height = number == 1 ? report_prescription_put_first_header (script, target)
                              : report_prescription_put_next_header (script, target);

  if (page == NULL)
    return height;

  g_autofree char *text
      = g_strdup_printf ("%s %s  ·  %s %s", mh_words (script->words, "Prescription"),
                         report_prescription_number_of (script), mh_words (script->words, "MRN"),
                         mh_record_text (script->in->patient, MH_PATIENT_MRN) ?: "–");

  mh_part_footer (page, &script->paper, script->words, text, number, total);
  return height;
}

/* --- the patient --- */

/* "Allergies: Penicillin", or the words for none and for not asked: never silence. */
static char *
report_prescription_allergies_text (const Script *script)
{
  MhRecord *patient = script->in->patient;
  const char *const *names = mh_record_list (patient, MH_PATIENT_ALLERGIES);
  const char *status = mh_record_text (patient, MH_PATIENT_ALLERGY_STATUS);

  if (names != NULL && names[0] != NULL)
    {
      g_autofree char *list = g_strjoinv (", ", (char **)names);
      return g_strdup_printf ("%s: %s", mh_words (script->words, "Allergies"), list);
    }

  return g_strdup (mh_words (
      script->words, g_strcmp0 (status, MH_ALLERGY_NONE) == 0    ? NS_ ("No known allergies")
                     : g_strcmp0 (status, MH_ALLERGY_KNOWN) == 0 ? NS_ ("Known allergies")
                                                                 : NS_ ("Allergies not asked")));
}

static void
report_prescription_add_patient (const Script *script, MhDocument *document)
{
  MhRecord *patient = script->in->patient;
  MhBox *box = mh_box_new ();
  gint64 on = mh_record_int (script->in->prescription, MH_PRESCRIPTION_SIGNED_AT);

  if (on == 0)
    on = mh_record_int (script->in->prescription, MH_CREATED_AT);
  g_autofree char *name = mh_record_display (patient);
  g_autofree char *age_sex = mh_part_age_sex (patient, script->words, on, script->zone);
  g_autofree char *who = mh_part_join ("  ·  ", age_sex, mh_words (script->words, "MRN"), NULL);
  g_autofree char *line
      = mh_part_join (" ", who, mh_record_text (patient, MH_PATIENT_MRN) ?: "–", NULL);
  g_autofree char *date = mh_words_instant (script->words, on, script->zone);
  g_autofree char *allergies = report_prescription_allergies_text (script);
  gboolean known
      = g_strcmp0 (mh_record_text (patient, MH_PATIENT_ALLERGY_STATUS), MH_ALLERGY_KNOWN) == 0;
  MhType allergy_type = mh_type_coloured (&mh_type_small_bold, known ? MH_INK_RED : MH_INK_GREY);
  MhType right = mh_type_aligned (&mh_type_small, MH_ALIGN_END);
  double y = mh_box_text (box, &mh_type_person, 0, 0, script->width - 110, name);

  mh_box_text (box, &right, script->width - 106, 4, 106, date);
  y += mh_box_text (box, &mh_type_native, 0, y, script->width,
                    mh_record_text (patient, MH_PATIENT_NATIVE_NAME));
  y += mh_box_text (box, &mh_type_body, 0, y + 1, script->width, line) + 4;

  double inset = known ? 6 : 0; /* of the frame around known ones */
  double height
      = mh_box_text (box, &allergy_type, inset, y + 2, script->width - 2 * inset, allergies);

  if (known)
    mh_box_frame (box, MH_INK_RED, 0, y,
                  fmin (script->width, mh_ink_width (allergy_type.style, allergies) + 12),
                  height + 4);

  mh_box_set_tag (box, "Sect");
  mh_box_rule (box, MH_INK_HAIRLINE, 0, y + height + 11, script->width, 0.6);
  mh_document_add (document, box, 0);
  mh_document_space (document, 9);
}

static void
add_labelled (const Script *script, MhDocument *document, const char *label, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  MhBox *head = mh_box_new ();
  mh_box_text (head, &mh_type_small, 0, 0, script->width, mh_words (script->words, label));
  mh_box_set_tag (head, "H2");
  mh_document_add (document, head, MH_KEEP_NEXT);
  mh_document_prose (document, &mh_type_prose, 0, script->width, 0, text);
  mh_document_space (document, 8);
}

/* --- medicines --- */

/* What the doctor's shorthand means, for the one who takes it; NULL: it says so itself. */
static const char *
shorthand (const MhWords *words, const char *frequency)
{
  static const struct
  {
    const char *code, *phrase;
  } known[] = { { "OD", NS_ ("once a day") },         { "BD", NS_ ("twice a day") },
                { "TDS", NS_ ("three times a day") }, { "QID", NS_ ("four times a day") },
                { "HS", NS_ ("at bedtime") },         { "STAT", NS_ ("at once") },
                { "SOS", NS_ ("only when needed") } };
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (frequency, known[i].code) == 0)
      return mh_words (words, known[i].phrase);
  return NULL;
}

/* "1-0-1 (morning, night)" */
static char *
how_often (const MhWords *words, MhRecord *medicine)
{
  const char *frequency = mh_record_text (medicine, MH_PRESCRIPTION_LINE_FREQUENCY) ?: "";
  const char *times[]
      = { mh_words (words, "morning"), mh_words (words, "noon"), mh_words (words, "night") };
  const char *said = shorthand (words, frequency);
  g_auto (GStrv) parts = g_strsplit (frequency, "-", -1);
  g_autoptr (GString) told = g_string_new (said);
  for (guint i = 0; g_strv_length (parts) == 3 && i < 3; i++)
    if (!g_str_equal (g_strstrip (parts[i]), "0"))
      g_string_append_printf (told, "%s%s", told->len > 0 ? ", " : "", times[i]);
  return told->len > 0 ? g_strdup_printf ("%s (%s)", frequency, told->str) : g_strdup (frequency);
}

char *
mh_report_prescription_how (const MhWords *words, MhRecord *medicine)
{
  gint64 n_days = mh_record_int (medicine, MH_PRESCRIPTION_LINE_DURATION_DAYS);
  gint64 n = mh_record_int (medicine, MH_PRESCRIPTION_LINE_QUANTITY);
  g_autofree char *days
      = n_days > 0 ? mh_words_count (words, "for {1} day", "for {1} days", n_days) : g_strdup ("");
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  g_autofree char *quantity
      = n > 0 ? mh_words_fill (words, "quantity {1}", number, NULL) : g_strdup ("");
  g_autofree char *often = how_often (words, medicine);

  /* SOS says it itself */
  gboolean as_needed
      = mh_record_bool (medicine, MH_PRESCRIPTION_LINE_AS_NEEDED)
        && g_strcmp0 (mh_record_text (medicine, MH_PRESCRIPTION_LINE_FREQUENCY), "SOS") != 0;

  return mh_part_join ("  ·  ", mh_record_text (medicine, MH_PRESCRIPTION_LINE_DOSE) ?: "", often,
                       mh_words_field_code (words, medicine, MH_PRESCRIPTION_LINE_ROUTE) ?: "",
                       days, quantity, as_needed ? mh_words (words, "only when needed") : "", NULL);
}

char *
mh_report_prescription_what (const MhWords *words, MhRecord *medicine)
{
  g_autofree char *name
      = mh_part_join (" ", mh_record_text (medicine, MH_PRESCRIPTION_LINE_NAME) ?: "",
                      mh_record_text (medicine, MH_PRESCRIPTION_LINE_STRENGTH) ?: "", NULL);
  return mh_part_join (
      "  ·  ", name, mh_words_field_code (words, medicine, MH_PRESCRIPTION_LINE_FORM) ?: "", NULL);
}

static void
add_medicine (const Script *script, MhDocument *document, MhRecord *medicine, guint number)
{
  MhBox *box = mh_box_new ();
  double left = 22, width = script->width - left, y = 0;
  g_autofree char *count = g_strdup_printf ("%u.", number);
  g_autofree char *name = mh_report_prescription_what (script->words, medicine);
  g_autofree char *how = mh_report_prescription_how (script->words, medicine);
  MhType heading = mh_type_lines (&mh_type_heading, 3);

  mh_box_text (box, &heading, 0, y, left, count);
  y += mh_box_text (box, &heading, left, y, width, name);
  y += mh_box_text (box, &mh_type_body, left, y, width, how);
  y += mh_box_text (box, &mh_type_note, left, y, width,
                    mh_record_text (medicine, MH_PRESCRIPTION_LINE_INSTRUCTIONS));
  mh_box_set_tag (box, "P");
  mh_box_set_height (box, y + (script->in->on_a5 ? 4 : 7));
  mh_document_add (document, box, 0);
}

static void
report_prescription_add_medicines (const Script *script, MhDocument *document)
{
  GPtrArray *lines = mh_record_records (script->in->prescription, MH_PRESCRIPTION_LINES);
  if (lines == NULL || lines->len == 0)
    return;
  MhBox *mark = mh_box_new ();
  mh_box_text (mark, &rx_type, 0, 0, -1, "℞");
  mh_box_set_tag (mark, "H2");
  mh_box_set_height (mark, style_rx.leading + 4);
  mh_document_add (document, mark, MH_KEEP_NEXT);
  for (guint i = 0; i < lines->len; i++)
    add_medicine (script, document, g_ptr_array_index (lines, i), i + 1);
  mh_document_space (document, 4);
}

static void
report_prescription_add_tests (const Script *script, MhDocument *document)
{
  MhRecord *prescription = script->in->prescription;
  const char *const *names = script->in->test_names;
  if (names == NULL)
    names = mh_record_list (prescription, MH_PRESCRIPTION_TESTS);
  if (names == NULL || names[0] == NULL)
    return;
  g_autofree char *list = g_strjoinv ("\n• ", (char **)names);
  g_autofree char *bullets = g_strconcat ("• ", list, NULL);
  const char *notes = mh_record_text (prescription, MH_PRESCRIPTION_TEST_NOTES);
  g_autofree char *text = mh_part_join ("\n", bullets, notes != NULL ? notes : "", NULL);
  add_labelled (script, document, NS_ ("Tests advised"), text);
}

static void
add_follow_up (const Script *script, MhDocument *document)
{
  const char *text = mh_record_text (script->in->prescription, MH_PRESCRIPTION_FOLLOW_UP);
  MhDate date;
  if (text == NULL || !mh_date_parse (text, &date))
    return;
  g_autofree char *day = mh_words_day (script->words, date);
  g_autofree char *again = mh_words_fill (script->words, "Come again on {1}", day, NULL);
  MhBox *box = mh_box_new ();
  mh_box_text (box, &mh_type_bold, 0, 0, script->width, again);
  mh_box_set_tag (box, "P");
  mh_document_add (document, box, 0);
}

/* --- the signature --- */

static gboolean
is_withdrawn (const Script *script)
{
  return mh_record_has (script->in->prescription, MH_PRESCRIPTION_CANCELLED_AT);
}

/* When and by whom, so that nobody takes the paper to a pharmacy. */
static double
put_withdrawn (const Script *script, MhBox *box, double y, double width)
{
  MhRecord *prescription = script->in->prescription;
  if (!is_withdrawn (script))
    return 0;
  const char *name = mh_record_text (prescription, MH_PRESCRIPTION_CANCELLED_NAME);
  g_autofree char *at = mh_words_instant (
      script->words, mh_record_int (prescription, MH_PRESCRIPTION_CANCELLED_AT), script->zone);
  g_autofree char *said = mh_part_join ("  ·  ", mh_words (script->words, "Cancelled"),
                                        name != NULL ? name : "", at, NULL);
  return mh_box_text (box, &mh_type_heading, 0, y, width, said);
}

/* Who signed a high-alert or contraindicated medicine as well. */
static double
report_prescription_put_second (const Script *script, MhBox *box, double y, double width)
{
  MhRecord *prescription = script->in->prescription;
  const char *name = mh_record_text (prescription, MH_PRESCRIPTION_SECOND_NAME);
  if (name == NULL)
    return 0;
  g_autofree char *at = mh_words_instant (
      script->words, mh_record_int (prescription, MH_PRESCRIPTION_SECOND_AT), script->zone);
  g_autofree char *said
      = mh_part_join ("  ·  ", mh_words (script->words, "Second signature"), name, at, NULL);
  return mh_box_text (box, &mh_type_small, 0, y, width, said);
}

static double
put_doctor (const Script *script, MhBox *box, double width)
{
  MhRecord *doctor = script->in->doctor, *prescription = script->in->prescription;
  g_autofree char *at = mh_words_instant (
      script->words, mh_record_int (prescription, MH_PRESCRIPTION_SIGNED_AT), script->zone);
  const char *name = mh_record_text (prescription, MH_PRESCRIPTION_DOCTOR_NAME);
  double y = 6
             + mh_box_text (box, &mh_type_small, 0, 6, width,
                            mh_words (script->words, report_prescription_is_signed (script)
                                                             || is_withdrawn (script)
                                                         ? NS_ ("Signed")
                                                         : NS_ ("Not signed: not valid")));

  if (doctor != NULL)
    name = mh_record_text (doctor, MH_USER_NAME);
  y += mh_box_text (box, &mh_type_heading, 0, y, width, name);

  if (doctor != NULL)
    {
      const char *number = mh_record_text (doctor, MH_USER_REGISTRATION_NUMBER);
      g_autofree char *title
          = mh_part_join (", ", mh_record_text (doctor, MH_USER_QUALIFICATION) ?: "",
                          mh_record_text (doctor, MH_USER_DESIGNATION) ?: "", NULL);
      g_autofree char *registration
          = number != NULL
                ? g_strdup_printf ("%s %s", mh_words (script->words, "Registration no."), number)
                : NULL;
      y += mh_box_text (box, &mh_type_small, 0, y, width, title);
      y += mh_box_text (box, &mh_type_small, 0, y, width, registration);
    }

  y += mh_box_text (box, &mh_type_small, 0, y, width, at);
  y += report_prescription_put_second (script, box, y, width);
  return y + put_withdrawn (script, box, y, width);
}

static void
report_prescription_add_signature (const Script *script, MhDocument *document)
{
  MhBox *box = mh_box_new ();
  mh_box_rule (box, MH_INK_HAIRLINE, 0, 0, script->width, 0.6);
  double height = put_doctor (script, box, script->width - QR_SIZE - 10);

  if (report_prescription_is_signed (script) && mh_record_id (script->in->prescription) != NULL)
    {
      g_autofree char *code = mh_report_prescription_code (script->in->prescription);
      mh_box_barcode (box, mh_barcode_qr (code),
                      &(MhBoxArea){ script->width - QR_SIZE + 6, 2, QR_SIZE, QR_SIZE }, 0);
      height = MAX (height, QR_SIZE);
    }

  mh_box_set_tag (box, "Sect");
  mh_box_set_height (box, height);
  mh_document_keep_last (document);
  mh_document_space (document, script->in->on_a5 ? 9 : 16);
  mh_document_add (document, box, 0);
}

char *
mh_report_prescription_code (MhRecord *prescription)
{
  if (mh_record_has (prescription, MH_PRESCRIPTION_LINK))
    return g_strdup (mh_record_text (prescription, MH_PRESCRIPTION_LINK));
  g_autofree char *code
      = g_strdup_printf (MH_PAPER_CODE_PRESCRIPTION_PREFIX "%s:%" G_GINT64_FORMAT,
                         mh_record_id (prescription), mh_record_version (prescription));
  return g_ascii_strup (code, -1);
}

char *
mh_report_prescription_link_code (MhRecord *prescription)
{
  g_autofree char *id = mh_id_brief (mh_record_id (prescription));
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, id, mh_record_version (prescription));
}

gboolean
mh_report_prescription_code_parse (const char *code, char **out_id, gint64 *out_version)
{
  g_autofree char *id = NULL;
  if (mh_paper_code_read (code, &id, out_version, NULL) != MH_PAPER_CODE_PRESCRIPTION)
    return FALSE;
  *out_id = g_steal_pointer (&id);
  return TRUE;
}

static gboolean
report_prescription_is_empty (const Script *script)
{
  MhRecord *prescription = script->in->prescription;
  GPtrArray *lines = mh_record_records (prescription, MH_PRESCRIPTION_LINES);
  const char *const *tests = mh_record_list (prescription, MH_PRESCRIPTION_TESTS);
  return (lines == NULL || lines->len == 0) && (tests == NULL || tests[0] == NULL);
}

static MhPaper
report_prescription_paper_of (gboolean on_a5)
{
  double side = on_a5 ? 30 : 42;
  return (MhPaper){ on_a5 ? MH_A5_WIDTH : MH_A4_WIDTH,
                    on_a5 ? MH_A5_HEIGHT : MH_A4_HEIGHT,
                    .top = on_a5 ? 28 : 36,
                    .right = side,
                    .bottom = on_a5 ? 36 : 46,
                    .left = side };
}

MhDocument *
mh_report_prescription (const MhPrescriptionPaper *paper, const char *language, guint copy)
{
  MhRecord *prescription = paper->prescription;
  g_autoptr (GTimeZone) zone = mh_part_zone (paper->hospital);
  g_autoptr (MhBox) scratch = mh_box_new ();
  Script script
      = { paper, mh_words_for (language), zone, copy, report_prescription_paper_of (paper->on_a5) };

  script.width = script.paper.width - script.paper.left - script.paper.right;
  script.title_width = paper->on_a5 ? 104 : 150;
  script.letterhead = fmax (mh_part_letterhead (scratch, paper->hospital, script.words, 0, 0,
                                                script.width - script.title_width),
                            copy > 0 ? 48 : 34);

  MhDocument *document = mh_document_new (&script.paper);
  g_autofree char *title = mh_part_join (" ", mh_words (script.words, "Prescription"),
                                         report_prescription_number_of (&script), NULL);

  mh_document_set_info (document, title, mh_record_text (paper->hospital, MH_HOSPITAL_NAME), NULL,
                        mh_record_int (prescription, MH_PRESCRIPTION_SIGNED_AT));
  mh_document_set_frame (document, report_prescription_frame_page, &script, NULL);
  report_prescription_add_patient (&script, document);
  add_labelled (&script, document, NS_ ("Diagnosis"),
                mh_record_text (prescription, MH_PRESCRIPTION_DIAGNOSIS));
  report_prescription_add_medicines (&script, document);
  report_prescription_add_tests (&script, document);
  if (report_prescription_is_empty (&script))
    mh_document_prose (document, &mh_type_prose, 0, script.width, 0,
                       mh_words (script.words, "No medicines or tests."));

  add_labelled (&script, document, NS_ ("Advice"),
                mh_record_text (prescription, MH_PRESCRIPTION_ADVICE));
  add_follow_up (&script, document);
  report_prescription_add_signature (&script, document);
  mh_document_finish (document);

  return document;
}
