/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-report-chart.h"

#include <math.h>

#include "shared/reports/mh-report-parts.h"

#define TITLE_WIDTH 150
#define LABEL_WIDTH 150

typedef struct
{
  const MhChartPaper *in;
  const MhWords *words;
  GTimeZone *zone;
  MhPaper paper;
  double width;
  double letterhead;
  MhDocument *document;
} Script;

/* --- every page --- */

static double
frame_page (MhBox *page, guint number, guint total, gpointer data)
{
  const Script *script = data;
  g_autoptr (MhBox) scratch = page == NULL ? mh_box_new () : NULL;
  MhBox *target = page != NULL ? page : scratch;
  double left = script->paper.left, top = script->paper.top, height = 26;
  g_autofree char *name = mh_record_display (script->in->patient);
  if (number == 1)
    {
      MhType title = mh_type_aligned (&mh_type_title, MH_ALIGN_END);
      mh_part_letterhead (target, script->in->hospital, script->words, left, top,
                          script->width - TITLE_WIDTH);
      mh_box_text (target, &title, left + script->width - TITLE_WIDTH, top + 2, TITLE_WIDTH,
                   mh_words (script->words, "Chart summary"));
      mh_box_rule (target, MH_INK_ACCENT, left, top + script->letterhead + 7, script->width, 1.2);
      height = script->letterhead + 18;
    }
  else
    {
      MhType bold = mh_type_lines (&mh_type_small_bold, 1);
      mh_box_text (target, &bold, left, top, script->width, name);
      mh_box_rule (target, MH_INK_ACCENT, left, top + 15, script->width, 0.8);
    }
  if (page == NULL)
    return height;
  g_autofree char *at = mh_words_instant (script->words, script->in->at, script->zone);
  g_autofree char *text = mh_part_join ("  ·  ", mh_words (script->words, "MRN"),
                                        mh_record_text (script->in->patient, MH_PATIENT_MRN) ?: "–",
                                        script->in->by ?: "", at, NULL);
  mh_part_footer (page, &script->paper, script->words, text, number, total);
  return height;
}

/* --- parts --- */

/* The words for none and for not asked: never silence. */
static char *
allergies_text (const Script *script)
{
  MhRecord *patient = script->in->patient;
  const char *const *names = mh_record_list (patient, MH_PATIENT_ALLERGIES);
  const char *status = mh_record_text (patient, MH_PATIENT_ALLERGY_STATUS);
  if (names == NULL || names[0] == NULL)
    return g_strdup (mh_words (
        script->words, g_strcmp0 (status, MH_ALLERGY_NONE) == 0    ? "No known allergies"
                       : g_strcmp0 (status, MH_ALLERGY_KNOWN) == 0 ? "Known allergies"
                                                                   : "Allergies not asked"));
  g_autofree char *list = g_strjoinv (", ", (char **)names);
  return g_strdup_printf ("%s: %s", mh_words (script->words, "Allergies"), list);
}

static void
add_patient (const Script *script)
{
  MhRecord *patient = script->in->patient;
  MhBox *box = mh_box_new ();
  g_autofree char *name = mh_record_display (patient);
  g_autofree char *age_sex = mh_part_age_sex (patient, script->words, script->in->at, script->zone);
  g_autofree char *mrn = mh_part_join (" ", mh_words (script->words, "MRN"),
                                       mh_record_text (patient, MH_PATIENT_MRN) ?: "–", NULL);
  g_autofree char *who = mh_part_join ("  ·  ", age_sex, mrn,
                                       mh_record_text (patient, MH_PATIENT_PHONE) ?: "", NULL);
  g_autofree char *allergies = allergies_text (script);
  gboolean known
      = g_strcmp0 (mh_record_text (patient, MH_PATIENT_ALLERGY_STATUS), MH_ALLERGY_KNOWN) == 0;
  MhType type = mh_type_coloured (&mh_type_bold, known ? MH_INK_RED : MH_INK_GREY);
  double y = mh_box_text (box, &mh_type_person, 0, 0, script->width, name);
  y += mh_box_text (box, &mh_type_native, 0, y, script->width,
                    mh_record_text (patient, MH_PATIENT_NATIVE_NAME));
  y += mh_box_text (box, &mh_type_body, 0, y + 1, script->width, who) + 5;
  double height = mh_box_text (box, &type, known ? 6 : 0, y + 2, script->width - 12, allergies);
  if (known)
    mh_box_frame (box, MH_INK_RED, 0, y,
                  fmin (script->width, mh_ink_width (type.style, allergies) + 12), height + 4, 3);
  mh_box_set_tag (box, "Sect");
  mh_box_rule (box, MH_INK_HAIRLINE, 0, y + height + 11, script->width, 0.6);
  mh_document_add (script->document, box, 0);
  mh_document_space (script->document, 8);
}

static void
add_heading (const Script *script, const char *words)
{
  MhBox *box = mh_box_new ();
  mh_document_space (script->document, 6);
  mh_box_text (box, &mh_type_heading, 0, 0, script->width, mh_words (script->words, words));
  mh_box_set_tag (box, "H2");
  mh_document_add (script->document, box, MH_KEEP_NEXT);
}

/* A bold word or two, and what there is to say of it. */
static void
add_line (const Script *script, const char *what, const char *detail, gboolean wide)
{
  MhBox *box = mh_box_new ();
  double first = wide ? script->width * 0.62 : LABEL_WIDTH;
  double left = mh_box_text (box, &mh_type_bold, 0, 0, first - 8, what);
  double right = mh_box_text (box, &mh_type_body, first, 0, script->width - first, detail);
  mh_box_set_tag (box, "P");
  mh_box_set_height (box, fmax (left, right) + 3);
  mh_document_add (script->document, box, 0);
}

static void
add_nothing (const Script *script)
{
  MhBox *box = mh_box_new ();
  mh_box_text (box, &mh_type_small, 0, 0, script->width,
               mh_words (script->words, "Nothing recorded"));
  mh_box_set_tag (box, "P");
  mh_document_add (script->document, box, 0);
}

static char *
day_text (const Script *script, const char *iso)
{
  MhDate date;
  return iso != NULL && mh_date_parse (iso, &date) ? mh_words_day (script->words, date) : NULL;
}

static void
add_problems (const Script *script)
{
  GPtrArray *problems = mh_record_records (script->in->chart, MH_CHART_PROBLEMS);
  guint shown = 0;
  add_heading (script, "Problems");
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      MhRecord *problem = g_ptr_array_index (problems, i);
      if (!mh_problem_item_is_current (problem))
        continue;
      g_autofree char *name = mh_record_display (problem);
      g_autofree char *since = day_text (script, mh_record_text (problem, MH_PROBLEM_ITEM_ONSET));
      g_autofree char *detail = mh_part_join (
          "  ·  ", since != NULL ? since : "",
          mh_words_field_code (script->words, problem, MH_PROBLEM_ITEM_VERIFICATION) ?: "",
          mh_words_field_code (script->words, problem, MH_PROBLEM_ITEM_SEVERITY) ?: "", NULL);
      add_line (script, name, detail, TRUE);
      shown++;
    }
  if (shown == 0)
    add_nothing (script);
}

static void
add_medicines (const Script *script)
{
  GPtrArray *lines = mh_record_records (script->in->chart, MH_CHART_MEDICINES);
  add_heading (script, "Medicines");
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      g_autofree char *what
          = mh_part_join (" ", mh_record_text (line, MH_PRESCRIPTION_LINE_NAME) ?: "",
                          mh_record_text (line, MH_PRESCRIPTION_LINE_STRENGTH) ?: "", NULL);
      g_autofree char *how = mh_part_join (
          "  ·  ", mh_record_text (line, MH_PRESCRIPTION_LINE_DOSE) ?: "",
          mh_record_text (line, MH_PRESCRIPTION_LINE_FREQUENCY) ?: "",
          mh_words_field_code (script->words, line, MH_PRESCRIPTION_LINE_ROUTE) ?: "", NULL);
      add_line (script, what, how, TRUE);
    }
  if (lines == NULL || lines->len == 0)
    add_nothing (script);
}

static void
add_history (const Script *script)
{
  GPtrArray *items = mh_record_records (script->in->chart, MH_CHART_HISTORY);
  gboolean headed = FALSE;
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      if (g_strcmp0 (mh_record_text (item, MH_HISTORY_ITEM_STATUS), MH_ENTERED_IN_ERROR) == 0)
        continue;
      if (!headed)
        add_heading (script, "Family and social history");
      headed = TRUE;
      g_autofree char *about = mh_part_join (
          ": ", mh_words_field_code (script->words, item, MH_HISTORY_ITEM_KIND) ?: "",
          mh_words_field_code (script->words, item, MH_HISTORY_ITEM_RELATION) ?: "", NULL);
      g_autofree char *detail = mh_part_join (
          "  ·  ", mh_words_field_code (script->words, item, MH_HISTORY_ITEM_USE) ?: "",
          mh_record_text (item, MH_HISTORY_ITEM_TEXT) ?: "",
          mh_record_text (item, MH_HISTORY_ITEM_AMOUNT) ?: "", NULL);
      add_line (script, about, detail, FALSE);
    }
}

static void
add_doses (const Script *script)
{
  GPtrArray *doses = mh_record_records (script->in->chart, MH_CHART_IMMUNISATIONS);
  gboolean headed = FALSE;
  for (guint i = 0; doses != NULL && i < doses->len; i++)
    {
      MhRecord *dose = g_ptr_array_index (doses, i);
      if (g_strcmp0 (mh_record_text (dose, MH_IMMUNISATION_STATUS), MH_IMMUNISATION_COMPLETED) != 0)
        continue;
      if (!headed)
        add_heading (script, "Immunisations");
      headed = TRUE;
      g_autofree char *number
          = mh_record_has (dose, MH_IMMUNISATION_DOSE_NUMBER)
                ? g_strdup_printf ("%d", (int)mh_record_int (dose, MH_IMMUNISATION_DOSE_NUMBER))
                : g_strdup ("");
      g_autofree char *what = mh_part_join (
          " ", mh_words_field_code (script->words, dose, MH_IMMUNISATION_VACCINE) ?: "", number,
          NULL);
      g_autofree char *day = day_text (script, mh_record_text (dose, MH_IMMUNISATION_GIVEN_ON));
      add_line (script, what, day, TRUE);
    }
}

static void
add_values (const Script *script)
{
  GPtrArray *values = mh_record_records (script->in->chart, MH_CHART_VALUES);
  add_heading (script, "Newest results");
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      MhRecord *value = g_ptr_array_index (values, i);
      const char *flag = mh_record_text (value, MH_CHART_VALUE_FLAG);
      gboolean normal = flag == NULL || g_str_equal (flag, MH_FLAG_N);
      g_autofree char *at = mh_words_instant (
          script->words, mh_record_int (value, MH_CHART_VALUE_AT), script->zone);
      g_autofree char *measured
          = mh_part_join (" ", mh_record_text (value, MH_CHART_VALUE_VALUE) ?: "–",
                          mh_record_text (value, MH_CHART_VALUE_UNIT) ?: "", NULL);
      g_autofree char *detail = mh_part_join (
          "  ·  ", measured,
          normal ? "" : mh_words_field_code (script->words, value, MH_CHART_VALUE_FLAG) ?: "",
          mh_record_text (value, MH_CHART_VALUE_RANGE_TEXT) ?: "", at, NULL);
      add_line (script, mh_record_text (value, MH_CHART_VALUE_NAME) ?: "", detail, FALSE);
    }
  if (values == NULL || values->len == 0)
    add_nothing (script);
}

MhDocument *
mh_report_chart (const MhChartPaper *paper, const char *language)
{
  g_autoptr (GTimeZone) zone = mh_part_zone (paper->hospital);
  g_autoptr (MhBox) scratch = mh_box_new ();
  Script script
      = { paper,
          mh_words_for (language),
          zone,
          { MH_A4_WIDTH, MH_A4_HEIGHT, .top = 36, .right = 42, .bottom = 46, .left = 42 } };
  script.width = MH_A4_WIDTH - 84;
  script.letterhead = fmax (
      mh_part_letterhead (scratch, paper->hospital, script.words, 0, 0, script.width - TITLE_WIDTH),
      34);
  script.document = mh_document_new (&script.paper);
  mh_document_set_info (script.document, mh_words (script.words, "Chart summary"),
                        mh_record_text (paper->hospital, MH_HOSPITAL_NAME), NULL, paper->at);
  mh_document_set_frame (script.document, frame_page, &script, NULL);
  add_patient (&script);
  add_problems (&script);
  add_medicines (&script);
  add_history (&script);
  add_doses (&script);
  add_values (&script);
  mh_document_finish (script.document);
  return script.document;
}
