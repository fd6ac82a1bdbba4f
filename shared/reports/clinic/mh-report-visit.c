/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/clinic/mh-report-visit.h"
#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-clinical-form.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"

#include <math.h>

#include "shared/base/mh-json.h"
#include "shared/reports/clinic/mh-report-clinical.h"
#include "shared/reports/clinic/mh-report-prescription.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/rules/clinic/mh-form-rules.h"
#include "shared/rules/clinic/mh-gcs.h"

/* Of what was measured the newest sets are printed; the chart has them all. */
#define MOST_SETS 24

typedef struct
{
  MhClinical clinical;
  const MhVisitPaper *in;
} Script;

#define LABEL 140

/* Nothing is printed of what is not there. */
static void
report_visit_add_pair (Script *script, const char *label, const char *value)
{
  if (value != NULL && *value != 0)
    mh_clinical_line (&script->clinical, mh_words (script->clinical.words, label), value, LABEL);
}

static char *
report_visit_instant (Script *script, guint field)
{
  return mh_words_instant (script->clinical.words, mh_record_int (script->in->visit, field),
                           script->clinical.zone);
}

/* "21 Nov 2026, 13:45  ·  Dr Iyer"; NULL when it did not happen. */
static char *
when_and_who (Script *script, guint at, guint who)
{
  g_autofree char *when = report_visit_instant (script, at);
  const char *name = mh_record_text (script->in->visit, who);
  return when == NULL ? NULL : mh_part_join ("  ·  ", when, name != NULL ? name : "", NULL);
}

/* --- the visit --- */

static void
add_seal (Script *script)
{
  MhBox *box = mh_box_new ();
  const MhWords *words = script->clinical.words;
  gboolean signed_ = mh_record_has (script->in->visit, MH_VISIT_SIGNED_AT);
  MhType type = mh_type_coloured (&mh_type_bold, signed_ ? MH_INK_GREY : MH_INK_RED);
  g_autofree char *when = when_and_who (script, MH_VISIT_SIGNED_AT, MH_VISIT_SIGNED_NAME);
  g_autofree char *text
      = signed_ ? g_strdup_printf ("%s: %s", mh_words (words, "Signed"), when)
                : g_strdup (mh_words (words, "Not signed: this is no final document"));
  mh_box_text (box, &type, 0, 0, script->clinical.width, text);
  mh_box_set_tag (box, "P");
  mh_document_add (script->clinical.document, box, 0);
}

static void
report_visit_add_visit (Script *script)
{
  MhRecord *visit = script->in->visit;
  const MhWords *words = script->clinical.words;
  g_autofree char *what
      = mh_part_join ("  ·  ", mh_record_text (visit, MH_VISIT_NUMBER) ?: "",
                      mh_words_field_code (words, visit, MH_VISIT_KIND) ?: "",
                      mh_record_text (visit, MH_VISIT_DEPARTMENT_NAME) ?: "", NULL);
  g_autofree char *arrived = report_visit_instant (script, MH_VISIT_ARRIVED_AT);
  g_autofree char *level
      = mh_record_has (visit, MH_VISIT_ESI)
            ? g_strdup_printf ("ESI %d", (int)mh_record_int (visit, MH_VISIT_ESI))
            : NULL;
  g_autofree char *triaged = when_and_who (script, MH_VISIT_TRIAGED_AT, MH_VISIT_TRIAGED_NAME);
  g_autofree char *triage
      = level != NULL ? mh_part_join ("  ·  ", level, triaged ?: "", NULL) : NULL;
  g_autofree char *nurse = when_and_who (script, MH_VISIT_NURSE_AT, MH_VISIT_NURSE_NAME);
  g_autofree char *doctor = when_and_who (script, MH_VISIT_PHYSICIAN_AT, MH_VISIT_DOCTOR_NAME);

  report_visit_add_pair (script, NS_ ("Visit"), what);
  report_visit_add_pair (script, NS_ ("Arrived"), arrived);
  report_visit_add_pair (script, NS_ ("Complaint"), mh_record_text (visit, MH_VISIT_COMPLAINT));
  report_visit_add_pair (script, NS_ ("Triage"), triage);
  report_visit_add_pair (script, NS_ ("Note of the triage"),
                         mh_record_text (visit, MH_VISIT_TRIAGE_NOTE));
  report_visit_add_pair (script, NS_ ("Assessed by a nurse"), nurse);
  report_visit_add_pair (script, NS_ ("With the physician"), doctor);
}

static void
report_visit_add_end (Script *script)
{
  MhRecord *visit = script->in->visit;
  if (!mh_record_has (visit, MH_VISIT_DISPOSITION) && !mh_record_has (visit, MH_VISIT_ENDED_AT))
    return;

  g_autofree char *at = report_visit_instant (script, MH_VISIT_DISPOSITION_AT);
  g_autofree char *where = mh_part_join (
      "  ·  ", mh_words_field_code (script->clinical.words, visit, MH_VISIT_DISPOSITION) ?: "",
      at ?: "", NULL);
  g_autofree char *ended = when_and_who (script, MH_VISIT_ENDED_AT, MH_VISIT_END_REASON);
  g_autofree char *second = when_and_who (script, MH_VISIT_COSIGNED_AT, MH_VISIT_COSIGNED_NAME);

  mh_clinical_heading (&script->clinical, NS_ ("Disposition"));
  report_visit_add_pair (script, NS_ ("Goes"), where);
  report_visit_add_pair (script, NS_ ("Note"), mh_record_text (visit, MH_VISIT_DISPOSITION_NOTE));
  report_visit_add_pair (script, NS_ ("Ended"), ended);
  report_visit_add_pair (script, NS_ ("Second signature"), second);
}

/* --- vital signs --- */

typedef char *(*CellFunc) (MhRecord *set);

static char *
number_cell (MhRecord *set, guint field)
{
  return mh_record_has (set, field) ? g_strdup_printf ("%d", (int)mh_record_int (set, field))
                                    : g_strdup ("–");
}

static char *
score_cell (MhRecord *set)
{
  gboolean part = g_strcmp0 (mh_record_text (set, MH_VITALS_NEWS2_LEVEL), MH_NEWS2_INCOMPLETE) == 0;
  g_autofree char *known = number_cell (set, MH_VITALS_NEWS2);
  return g_strconcat (part && mh_record_has (set, MH_VITALS_NEWS2) ? "≥ " : "", known, NULL);
}

static char *
resp_cell (MhRecord *set)
{
  return number_cell (set, MH_VITALS_RESP);
}

static char *
oxygen_cell (MhRecord *set)
{
  const char *o2 = mh_record_text (set, MH_VITALS_O2),
             *flow = mh_record_text (set, MH_VITALS_O2_FLOW);
  g_autofree char *spo2 = number_cell (set, MH_VITALS_SPO2);
  gboolean on = o2 != NULL && !g_str_equal (o2, MH_O2_AIR);
  if (on && mh_record_has (set, MH_VITALS_O2_PERCENT))
    {
      g_autofree char *percent = number_cell (set, MH_VITALS_O2_PERCENT);
      return flow != NULL ? g_strdup_printf ("%s (%s L, %s %%)", spo2, flow, percent)
                          : g_strdup_printf ("%s (O₂ %s %%)", spo2, percent);
    }
  return on && flow != NULL ? g_strdup_printf ("%s (%s L)", spo2, flow)
                            : g_strdup_printf ("%s%s", spo2, on ? " (O₂)" : "");
}

static char *
pressure_cell (MhRecord *set)
{
  g_autofree char *high = number_cell (set, MH_VITALS_SYSTOLIC);
  g_autofree char *low = number_cell (set, MH_VITALS_DIASTOLIC);
  return g_strdup_printf ("%s/%s", high, low);
}

static char *
pulse_cell (MhRecord *set)
{
  return number_cell (set, MH_VITALS_PULSE);
}

static char *
acvpu_cell (MhRecord *set)
{
  return g_strdup (mh_record_text (set, MH_VITALS_CONSCIOUSNESS) ?: "–");
}

static char *
temperature_cell (MhRecord *set)
{
  return g_strdup (mh_record_text (set, MH_VITALS_TEMPERATURE_C) ?: "–");
}

static char *
pain_cell (MhRecord *set)
{
  return number_cell (set, MH_VITALS_PAIN);
}

static char *
gcs_cell (MhRecord *set)
{
  char *text = mh_gcs_text (mh_record_text (set, MH_VITALS_GCS_EYE),
                            mh_record_text (set, MH_VITALS_GCS_VERBAL),
                            mh_record_text (set, MH_VITALS_GCS_MOTOR));
  return text != NULL ? text : g_strdup ("–");
}

static char *
body_cell (MhRecord *set)
{
  const char *bmi = mh_record_text (set, MH_VITALS_BMI);
  return mh_record_has (set, MH_VITALS_WEIGHT_KG) || mh_record_has (set, MH_VITALS_HEIGHT_CM)
             ? g_strdup_printf ("%s / %s%s%s", mh_record_text (set, MH_VITALS_WEIGHT_KG) ?: "–",
                                mh_record_text (set, MH_VITALS_HEIGHT_CM) ?: "–",
                                bmi != NULL ? " / " : "", bmi != NULL ? bmi : "")
             : g_strdup ("–");
}

/* clang-format off */
static const struct
{
  const char *title;
  double share;
  CellFunc cell; /* NULL: when it was taken */
} columns[] = {
  { NS_ ("Time"), 0.165, NULL },
  { "NEWS2", 0.065, score_cell },
  { NS_ ("Breaths"), 0.07, resp_cell },
  { "SpO₂ %", 0.09, oxygen_cell },
  { NS_ ("Pressure"), 0.09, pressure_cell },
  { NS_ ("Pulse"), 0.065, pulse_cell },
  { "ACVPU", 0.065, acvpu_cell },
  { "°C", 0.06, temperature_cell },
  { NS_ ("Pain"), 0.05, pain_cell },
  { NS_ ("Coma scale"), 0.12, gcs_cell },
  { "kg / cm / BMI", 0.16, body_cell },
};
/* clang-format on */

static MhBox *
vitals_titles (Script *script)
{
  MhBox *box = mh_box_new ();
  double x = 0, width = script->clinical.width;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      mh_box_text (box, &mh_type_label, x, 0, columns[i].share * width - 3,
                   mh_words (script->clinical.words, columns[i].title));
      x += columns[i].share * width;
    }

  mh_box_rule (box, MH_INK_HAIRLINE, 0, 13, width, 0.6);
  mh_box_set_height (box, 17);
  mh_box_set_tag (box, "TR");
  return box;
}

static void
report_visit_add_set (Script *script, MhRecord *set)
{
  MhBox *box = mh_box_new ();
  double x = 0, width = script->clinical.width, height = 0;
  gint64 score = mh_record_int (set, MH_VITALS_NEWS2);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text
          = columns[i].cell != NULL
                ? columns[i].cell (set)
                : mh_words_instant (script->clinical.words, mh_record_int (set, MH_VITALS_TAKEN_AT),
                                    script->clinical.zone);
      gboolean alarm = columns[i].cell == score_cell && score >= 5;
      MhType type = mh_type_coloured (alarm ? &mh_type_small_bold : &mh_type_small,
                                      alarm ? MH_INK_RED : MH_INK_BLACK);
      height = fmax (height, mh_box_text (box, &type, x, 0, columns[i].share * width - 3, text));
      x += columns[i].share * width;
    }

  mh_box_set_height (box, height + 2);
  mh_box_set_tag (box, "TR");
  mh_document_add (script->clinical.document, box, 0);
}

static void
add_vitals (Script *script)
{
  GPtrArray *sets = script->in->vitals;
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  for (guint i = 0; sets != NULL && i < sets->len && shown->len < MOST_SETS; i++)
    if (!mh_record_has (g_ptr_array_index (sets, i), MH_VITALS_STRUCK_AT))
      g_ptr_array_add (shown, g_ptr_array_index (sets, i));

  mh_clinical_heading (&script->clinical, NS_ ("Vital signs"));
  if (shown->len == 0)
    {
      mh_clinical_nothing (&script->clinical);
      return;
    }

  MhBox *titles = vitals_titles (script);
  mh_document_repeat (script->clinical.document, MH_REPEAT_TABLE, mh_box_ref (titles));
  mh_document_add (script->clinical.document, titles, MH_KEEP_NEXT);
  for (guint i = 0; i < shown->len; i++)
    report_visit_add_set (script, g_ptr_array_index (shown, i));
  mh_document_repeat (script->clinical.document, MH_REPEAT_TABLE, NULL);
}

/* --- assessments --- */

static MhRecord *
find_form (Script *script, const char *id)
{
  GPtrArray *forms = script->in->forms;
  for (guint i = 0; forms != NULL && i < forms->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (forms, i)), id) == 0)
      return g_ptr_array_index (forms, i);
  return NULL;
}

/* NULL: not answered. Caller frees. */
static char *
answer_words (Script *script, const MhFormField *field, JsonObject *answers)
{
  const MhWords *words = script->clinical.words;
  const char *text = mh_json_text (answers, field->code);
  gboolean is_yes = g_strcmp0 (text, "yes") == 0;
  if (field->kind == MH_FORM_YES_NO && text != NULL)
    return g_strdup (is_yes ? mh_words (words, "Yes") : mh_words (words, "No"));
  return mh_form_spec_answer_text (field, answers);
}

static void
add_questions (Script *script, MhFormSpec *spec, JsonObject *answers)
{
  for (guint i = 0; i < spec->sections->len; i++)
    {
      MhFormSection *section = g_ptr_array_index (spec->sections, i);
      for (guint k = 0; k < section->fields->len; k++)
        {
          const MhFormField *field = g_ptr_array_index (section->fields, k);
          g_autofree char *text = mh_form_spec_is_shown (spec, field, answers)
                                      ? answer_words (script, field, answers)
                                      : NULL;
          g_autofree char *full = text != NULL && field->unit != NULL
                                      ? g_strdup_printf ("%s %s", text, field->unit)
                                      : g_strdup (text);
          if (full != NULL)
            mh_clinical_line (&script->clinical, field->label, full, 210);
        }
    }
}

static void
report_visit_add_answer (Script *script, MhRecord *answer)
{
  MhRecord *form = find_form (script, mh_record_text (answer, MH_FORM_ANSWER_FORM_ID));
  g_autoptr (MhFormSpec) spec
      = form != NULL ? mh_form_spec_parse (mh_record_text (form, MH_FORM_DEFINITION_CONTENT), NULL)
                     : NULL;
  g_autoptr (JsonObject) answers
      = mh_json_parse_object (mh_record_text (answer, MH_FORM_ANSWER_ANSWERS), -1, NULL);
  g_autofree char *when = mh_words_instant (script->clinical.words,
                                            mh_record_int (answer, MH_FORM_ANSWER_ANSWERED_AT),
                                            script->clinical.zone);
  g_autofree char *made
      = mh_part_join ("  ·  ", when, mh_record_text (answer, MH_FORM_ANSWER_ANSWERED_NAME) ?: "",
                      mh_record_text (answer, MH_FORM_ANSWER_SCORES) ?: "", NULL);
  MhBox *box = mh_box_new ();

  mh_clinical_heading (&script->clinical,
                       mh_record_text (answer, MH_FORM_ANSWER_FORM_NAME) ?: NS_ ("Assessment"));
  mh_box_text (box, &mh_type_small, 0, 0, script->clinical.width, made);
  mh_box_set_tag (box, "P");
  mh_document_add (script->clinical.document, box, MH_KEEP_NEXT);
  mh_document_space (script->clinical.document, 2);
  if (spec != NULL && answers != NULL)
    add_questions (script, spec, answers);
}

static void
add_answers (Script *script)
{
  GPtrArray *answers = script->in->answers;
  /* in the order in which they were given */
  for (guint i = answers != NULL ? answers->len : 0; i > 0; i--)
    {
      MhRecord *answer = g_ptr_array_index (answers, i - 1);
      if (!mh_record_has (answer, MH_FORM_ANSWER_REPLACED_AT))
        report_visit_add_answer (script, answer);
    }
}

/* --- fluids --- */

static void
report_visit_add_fluids (Script *script)
{
  GPtrArray *fluids = script->in->fluids;
  gint64 in = 0, out = 0;
  for (guint i = 0; fluids != NULL && i < fluids->len; i++)
    {
      MhRecord *fluid = g_ptr_array_index (fluids, i);
      const char *way = mh_fluid_direction_of (mh_record_text (fluid, MH_FLUID_KIND));
      if (mh_record_has (fluid, MH_FLUID_STRUCK_AT))
        continue;
      *(g_strcmp0 (way, MH_FLUID_OUT) == 0 ? &out : &in) += mh_record_int (fluid, MH_FLUID_ML);
    }

  if (in == 0 && out == 0)
    return;

  g_autofree char *taken = g_strdup_printf ("%d mL", (int)in);
  g_autofree char *given = g_strdup_printf ("%d mL", (int)out);
  g_autofree char *balance = g_strdup_printf ("%+d mL", (int)(in - out));

  mh_clinical_heading (&script->clinical, NS_ ("Fluids"));
  report_visit_add_pair (script, NS_ ("In"), taken);
  report_visit_add_pair (script, NS_ ("Out"), given);
  report_visit_add_pair (script, NS_ ("Balance"), balance);
}

/* --- what was prescribed --- */

static void
add_prescription (Script *script, MhRecord *prescription)
{
  const MhWords *words = script->clinical.words;
  GPtrArray *lines = mh_record_records (prescription, MH_PRESCRIPTION_LINES);
  const char *const *tests = mh_record_list (prescription, MH_PRESCRIPTION_TESTS);
  g_autofree char *when = mh_words_instant (
      words, mh_record_int (prescription, MH_PRESCRIPTION_SIGNED_AT), script->clinical.zone);
  g_autofree char *made
      = mh_part_join ("  ·  ", mh_record_text (prescription, MH_PRESCRIPTION_NUMBER) ?: "", when,
                      mh_record_text (prescription, MH_PRESCRIPTION_DOCTOR_NAME) ?: "", NULL);
  MhBox *box = mh_box_new ();

  mh_box_text (box, &mh_type_small, 0, 0, script->clinical.width, made);
  mh_box_set_tag (box, "P");
  mh_document_add (script->clinical.document, box, MH_KEEP_NEXT);
  mh_document_space (script->clinical.document, 2);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      g_autofree char *what = mh_report_prescription_what (words, g_ptr_array_index (lines, i));
      g_autofree char *how = mh_report_prescription_how (words, g_ptr_array_index (lines, i));
      mh_clinical_line (&script->clinical, what, how, 210);
    }

  g_autofree char *list
      = tests != NULL && tests[0] != NULL ? g_strjoinv (", ", (char **)tests) : NULL;
  if (list != NULL)
    mh_clinical_line (&script->clinical, mh_words (words, "Tests advised"), list, 210);
}

static void
add_prescriptions (Script *script)
{
  GPtrArray *all = script->in->prescriptions;
  if (all == NULL || all->len == 0)
    return;
  mh_clinical_heading (&script->clinical, NS_ ("Prescriptions"));
  for (guint i = 0; i < all->len; i++)
    add_prescription (script, g_ptr_array_index (all, i));
}

MhDocument *
mh_report_visit (const MhVisitPaper *paper, const char *language)
{
  Script script = { .in = paper,
                    .clinical = { .hospital = paper->hospital,
                                  .patient = paper->patient,
                                  .title = NS_ ("Visit summary"),
                                  .by = paper->by,
                                  .at = paper->at } };

  mh_clinical_begin (&script.clinical, language);
  mh_clinical_patient (&script.clinical);
  add_seal (&script);
  mh_document_space (script.clinical.document, 4);
  report_visit_add_visit (&script);
  report_visit_add_end (&script);
  add_vitals (&script);
  report_visit_add_fluids (&script);
  add_prescriptions (&script);
  add_answers (&script);

  return mh_clinical_end (&script.clinical);
}
