/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts: problems, history, doses of vaccine and notes of some patients, and the templates of a
 * small house. Made last, so that what was made before stays what it was. */
#include "server/ctl/mh-demo-private.h"

#include "server/clinic/chart/mh-chart-service.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-history-item.h"
#include "shared/records/clinic/mh-immunisation.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/clinic/mh-vaccine-rules.h"

/* More charts than this are not filled, however many patients there are. */
#define MOST 240

/* clang-format off */
static const struct { const char *code, *title; int from_age; double share; } illnesses[] = {
  { "E11.9",   "Type 2 diabetes mellitus without complications", 35, 0.22 },
  { "I10",     "Essential (primary) hypertension",               35, 0.28 },
  { "E03.9",   "Hypothyroidism, unspecified",                    18, 0.09 },
  { "E78.5",   "Hyperlipidemia, unspecified",                    35, 0.14 },
  { "J45.909", "Unspecified asthma, uncomplicated",               5, 0.07 },
  { "D50.9",   "Iron deficiency anemia, unspecified",            14, 0.10 },
  { "K21.9",   "Gastro-esophageal reflux disease without esophagitis", 20, 0.08 },
  { "M17.9",   "Osteoarthritis of knee, unspecified",            50, 0.16 },
  { "N18.30",  "Chronic kidney disease, stage 3 unspecified",    55, 0.05 },
  { "I25.10",  "Atherosclerotic heart disease of native coronary artery without angina pectoris", 50, 0.06 },
};

static const struct { const char *code, *name, *specialty, *kind; gboolean cosign; const char *sections[8]; } templates[] = {
  { "consult", "Consultation", "General medicine", "consultation", FALSE, { "Complaints", "History", "Examination", "Assessment", "Plan" } },
  { "soap", "Progress note", "General medicine", "progress", FALSE, { "Subjective", "Objective", "Assessment", "Plan" } },
  { "antenatal", "Antenatal visit", "Obstetrics", "consultation", FALSE, { "Weeks and complaints", "Examination: Fundal height, presentation, fetal heart", "Advice", "Next visit" } },
  { "child", "Well child", "Paediatrics", "consultation", FALSE, { "Feeding and growth", "Development", "Examination", "Vaccines", "Advice" } },
  { "discharge", "Discharge summary", "General medicine", "discharge", TRUE, { "Reason for admission", "Course", "Condition at discharge", "Medicines", "Follow-up" } },
  { "nursing", "Nursing note", "Nursing", "nursing", TRUE, { "Observation", "Care given", "To be handed over" } },
};

static const struct { const char *complaint, *examination, *assessment, *plan; } cases[] = {
  { "Tired for three weeks, no fever. Appetite is good.", "Comfortable. Pulse 78 regular, blood pressure 128/82. Mild pallor. Chest clear, abdomen soft.",
    "Tiredness, anaemia to be excluded.", "Blood count and ferritin today. Review with the report in one week." },
  { "Burning in the stomach after meals since ten days.", "Blood pressure 132/84. Tenderness in the epigastrium, no guarding.",
    "Dyspepsia.", "Pantoprazole for two weeks, small meals. Come back if there is vomiting or black stool." },
  { "Comes for review of the sugar. No giddiness, no numbness of the feet.", "Weight steady. Pulses of the feet present, monofilament felt at all points.",
    "Type 2 diabetes, control to be judged by the HbA1c.", "HbA1c, creatinine and urine albumin. Same tablets until then." },
  { "Dry cough and a blocked nose for four days.", "Temperature 37.4. Throat red, no exudate. Chest clear.",
    "Viral infection of the upper airways.", "Rest, fluids, paracetamol when needed. No antibiotic. Return if breathless or fever beyond three days." },
};
/* clang-format on */

typedef struct
{
  MhDemo *demo;
  const MhDemoPatient *patient;
  MhDate birth, today;
  int age;
  GPtrArray *problems, *history, *doses, *notes, *revisions;
} Making;

static MhRecord *
demo_charts_begin (Making *making, const MhRecordType *type, gint64 at, GPtrArray *into)
{
  MhRecord *record = mh_demo_record (making->demo, type, at);
  mh_record_set_text (record, type->hospital, mh_record_id (making->demo->hospital));
  mh_record_set_text (record, type->patient, making->patient->id);
  g_ptr_array_add (into, record);
  return record;
}

static void
demo_charts_set_day (MhRecord *record, guint field, gint64 days)
{
  char text[MH_DATE_LENGTH + 1];
  mh_date_format (mh_date_from_days (days), text);
  mh_record_set_text (record, field, text);
}

/* Some days ago, by day, but not before they were registered. */
static gint64
lately (Making *making, int days)
{
  gint64 at = making->demo->now - mh_demo_int (making->demo, 1, days) * MH_DAY
              - mh_demo_int (making->demo, 0, 240) * MH_MINUTE;
  return MAX (at, making->patient->registered_at + MH_HOUR);
}

/* --- problems, history, doses --- */

static void
demo_charts_add_problems (Making *making)
{
  MhDemo *demo = making->demo;
  gint64 rank = 0;
  for (guint i = 0; i < G_N_ELEMENTS (illnesses); i++)
    {
      if (making->age < illnesses[i].from_age || !mh_demo_chance (demo, illnesses[i].share))
        continue;
      MhRecord *problem = demo_charts_begin (making, &mh_problem_item_type, lately (making, 200),
                                             making->problems);
      gint64 today = mh_date_to_days (making->today);
      mh_record_set_text (problem, MH_PROBLEM_ITEM_TITLE, illnesses[i].title);
      mh_record_set_text (problem, MH_PROBLEM_ITEM_CODE, illnesses[i].code);
      mh_record_set_text (problem, MH_PROBLEM_ITEM_CODE_TITLE, illnesses[i].title);
      mh_record_set_text (problem, MH_PROBLEM_ITEM_STATUS, MH_PROBLEM_ACTIVE);
      mh_record_set_text (problem, MH_PROBLEM_ITEM_VERIFICATION, MH_PROBLEM_CONFIRMED);
      demo_charts_set_day (problem, MH_PROBLEM_ITEM_ONSET, today - mh_demo_int (demo, 60, 2600));
      mh_record_set_int (problem, MH_PROBLEM_ITEM_RANK, ++rank);
      mh_record_set_text (problem, MH_PROBLEM_ITEM_RECORDED_NAME,
                          mh_demo_staff_name (demo, MH_DEMO_DOCTOR));
    }

  if (making->age < 5 || !mh_demo_chance (demo, 0.2))
    return;

  MhRecord *over
      = demo_charts_begin (making, &mh_problem_item_type, lately (making, 200), making->problems);
  mh_record_set_text (over, MH_PROBLEM_ITEM_TITLE, "Dengue fever");
  mh_record_set_text (over, MH_PROBLEM_ITEM_CODE, "A90");
  mh_record_set_text (over, MH_PROBLEM_ITEM_CODE_TITLE, "Dengue fever [classical dengue]");
  mh_record_set_text (over, MH_PROBLEM_ITEM_STATUS, MH_PROBLEM_RESOLVED);
  mh_record_set_text (over, MH_PROBLEM_ITEM_VERIFICATION, MH_PROBLEM_CONFIRMED);
  demo_charts_set_day (over, MH_PROBLEM_ITEM_ONSET, mh_date_to_days (making->today) - 420);
  demo_charts_set_day (over, MH_PROBLEM_ITEM_ENDED, mh_date_to_days (making->today) - 406);
  mh_record_set_int (over, MH_PROBLEM_ITEM_RANK, ++rank);
  mh_record_set_text (over, MH_PROBLEM_ITEM_RECORDED_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_DOCTOR));
}

static MhRecord *
demo_charts_begin_history (Making *making, const char *kind)
{
  MhRecord *item
      = demo_charts_begin (making, &mh_history_item_type, lately (making, 200), making->history);
  mh_record_set_text (item, MH_HISTORY_ITEM_KIND, kind);
  mh_record_set_text (item, MH_HISTORY_ITEM_STATUS, MH_HISTORY_CURRENT);
  mh_record_set_text (item, MH_HISTORY_ITEM_RECORDED_NAME,
                      mh_demo_staff_name (making->demo, MH_DEMO_NURSE));
  return item;
}

static void
demo_charts_add_history (Making *making)
{
  MhDemo *demo = making->demo;
  if (mh_demo_chance (demo, 0.4))
    {
      gboolean mother = mh_demo_chance (demo, 0.5);
      MhRecord *item = demo_charts_begin_history (making, MH_HISTORY_FAMILY);
      mh_record_set_text (item, MH_HISTORY_ITEM_RELATION, mother ? "mother" : "father");
      mh_record_set_text (item, MH_HISTORY_ITEM_TEXT,
                          mother ? "Type 2 diabetes" : "Myocardial infarction");
      mh_record_set_text (item, MH_HISTORY_ITEM_CODE, mother ? "E11.9" : "I21.9");
      mh_record_set_int (item, MH_HISTORY_ITEM_AGE, mh_demo_int (demo, 38, 70));
    }

  if (making->age < 16)
    return;

  gboolean smokes = mh_demo_chance (demo, 0.2);
  MhRecord *tobacco = demo_charts_begin_history (making, MH_HISTORY_TOBACCO);
  mh_record_set_text (tobacco, MH_HISTORY_ITEM_USE, smokes ? "current" : "never");
  if (smokes)
    mh_record_set_text (tobacco, MH_HISTORY_ITEM_AMOUNT, "8 bidis a day");

  MhRecord *work = demo_charts_begin_history (making, MH_HISTORY_OCCUPATION);
  static const char *const trades[]
      = { "Teacher", "Tailor", "Drives a taxi", "Office work", "Shopkeeper" };

  mh_record_set_text (work, MH_HISTORY_ITEM_TEXT,
                      trades[mh_demo_int (demo, 0, G_N_ELEMENTS (trades))]);
}

/* A child has most of what was due; one in eight was missed. */
static void
demo_charts_add_doses (Making *making)
{
  MhDemo *demo = making->demo;
  if (making->age >= 16)
    return;

  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) due = mh_vaccine_due (making->birth, making->today, none);
  for (guint i = 0; i < due->len; i++)
    {
      MhRecord *row = g_ptr_array_index (due, i);
      MhDate from;
      const char *text = mh_record_text (row, MH_VACCINE_DUE_FROM);
      if (text == NULL || !mh_date_parse (text, &from) || mh_date_compare (from, making->today) >= 0
          || mh_demo_chance (demo, 0.12))
        continue;
      gint64 day = MIN (mh_date_to_days (from) + mh_demo_int (demo, 0, 9),
                        mh_date_to_days (making->today));
      MhRecord *dose
          = demo_charts_begin (making, &mh_immunisation_type, lately (making, 90), making->doses);
      g_autofree char *lot = g_strdup_printf ("L%05d", mh_demo_int (demo, 10000, 99999));
      mh_record_set_text (dose, MH_IMMUNISATION_VACCINE,
                          mh_record_text (row, MH_VACCINE_DUE_VACCINE));
      mh_record_set_int (dose, MH_IMMUNISATION_DOSE_NUMBER,
                         mh_record_int (row, MH_VACCINE_DUE_DOSE_NUMBER));
      mh_record_set_text (dose, MH_IMMUNISATION_STATUS, MH_IMMUNISATION_COMPLETED);
      demo_charts_set_day (dose, MH_IMMUNISATION_GIVEN_ON, day);
      mh_record_set_text (dose, MH_IMMUNISATION_LOT, lot);
      mh_record_set_bool (dose, MH_IMMUNISATION_ELSEWHERE, TRUE);
      mh_record_set_text (dose, MH_IMMUNISATION_RECORDED_NAME,
                          mh_demo_staff_name (demo, MH_DEMO_NURSE));
    }
}

/* --- notes --- */

static void
write_sections (MhRecord *note, const char *const *titles, const char *const *texts, guint n)
{
  g_autoptr (GPtrArray) sections = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      MhRecord *section = mh_record_new (&mh_note_section_type);
      mh_record_set_text (section, MH_NOTE_SECTION_TITLE, titles[i]);
      mh_record_set_text (section, MH_NOTE_SECTION_TEXT, texts[i]);
      g_ptr_array_add (sections, section);
    }
  mh_note_set_sections (note, sections);
}

static MhRecord *
demo_charts_begin_note (Making *making,
                        MhDemoPerson author,
                        const char *kind,
                        const char *title,
                        gint64 at)
{
  MhRecord *note = demo_charts_begin (making, &mh_note_type, at, making->notes);
  mh_record_set_text (note, MH_NOTE_KIND, kind);
  mh_record_set_text (note, MH_NOTE_TITLE, title);
  mh_record_set_int (note, MH_NOTE_WRITTEN_AT, at);
  mh_record_set_text (note, MH_NOTE_STATUS, MH_NOTE_DRAFT);
  mh_record_set_text (note, MH_NOTE_AUTHOR_ID, mh_demo_staff_id (making->demo, author));
  mh_record_set_text (note, MH_NOTE_AUTHOR_NAME, mh_demo_staff_name (making->demo, author));
  mh_record_set_int (note, MH_NOTE_N_ADDENDA, 0);
  return note;
}

static void
demo_charts_sign (Making *making, MhRecord *note)
{
  mh_record_set_text (note, MH_NOTE_STATUS, MH_NOTE_SIGNED);
  mh_record_set_text (note, MH_NOTE_PATIENT_MRN, making->patient->mrn);
  mh_record_set_text (note, MH_NOTE_PATIENT_NAME, making->patient->listed);
  mh_record_set_int (note, MH_NOTE_SIGNED_AT,
                     mh_record_int (note, MH_NOTE_WRITTEN_AT) + 4 * MH_MINUTE);
  mh_record_set_text (note, MH_NOTE_SIGNED_NAME, mh_record_text (note, MH_NOTE_AUTHOR_NAME));
  mh_record_take_text (note, MH_NOTE_HASH, mh_chart_note_hash (note));
}

static void
demo_charts_add_notes (Making *making, guint index)
{
  static const char *const seen[] = { "Complaints", "Examination", "Assessment", "Plan" };
  static const char *const cared[] = { "Observation", "Care given", "To be handed over" };
  static const char *const care[]
      = { "Slept well, no complaint of pain.", "Dressing changed, wound clean and dry.",
          "Next dressing on the day after tomorrow." };
  MhDemo *demo = making->demo;
  int n = mh_demo_int (demo, 1, 4);

  for (int i = 0; i < n; i++)
    {
      guint pick = (guint)mh_demo_int (demo, 0, G_N_ELEMENTS (cases));
      const char *texts[] = { cases[pick].complaint, cases[pick].examination,
                              cases[pick].assessment, cases[pick].plan };
      MhRecord *note = demo_charts_begin_note (making, MH_DEMO_DOCTOR, "consultation",
                                               "Consultation", lately (making, 120));
      mh_record_set_text (note, MH_NOTE_TEMPLATE, "consult");
      write_sections (note, seen, texts, G_N_ELEMENTS (seen));
      /* one in fifteen of the last is not finished */
      if (i + 1 < n || index % 15 != 7)
        demo_charts_sign (making, note);
    }

  if (index % 8 != 3)
    return;

  MhRecord *note = demo_charts_begin_note (making, MH_DEMO_NURSE, "nursing", "Nursing note",
                                           lately (making, 10));
  mh_record_set_bool (note, MH_NOTE_NEEDS_COSIGN, TRUE);
  write_sections (note, cared, care, G_N_ELEMENTS (cared));
  demo_charts_sign (making, note);
}

/* --- writing --- */

static void
add_revisions (Making *making, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      gint64 at = mh_record_int (item, MH_CREATED_AT);
      MhRecord *revision = mh_demo_record (making->demo, &mh_chart_revision_type, at);
      mh_chart_items_fill_revision (revision, item);
      mh_record_set_int (revision, MH_CHART_REVISION_AT, at);
      mh_record_set_text (revision, MH_CHART_REVISION_BY_NAME,
                          mh_record_text (item, (guint)mh_record_type_find (mh_record_type (item),
                                                                            "recorded_name")));
      g_ptr_array_add (making->revisions, revision);
    }
}

static gboolean
demo_charts_write_all (MhTx *tx, GPtrArray *records, gboolean announce, GError **error)
{
  if (!mh_tx_insert_parts (tx, records, error))
    return FALSE;
  for (guint i = 0; announce && i < records->len; i++)
    if (!mh_tx_announce (tx, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
write_templates (MhTx *tx, MhDemo *demo, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autoptr (MhRecord) row = mh_demo_record (demo, &mh_note_template_type, demo->now);
      mh_record_set_text (row, MH_NOTE_TEMPLATE_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (row, MH_NOTE_TEMPLATE_CODE, templates[i].code);
      mh_record_set_text (row, MH_NOTE_TEMPLATE_NAME, templates[i].name);
      mh_record_set_text (row, MH_NOTE_TEMPLATE_SPECIALTY, templates[i].specialty);
      mh_record_set_text (row, MH_NOTE_TEMPLATE_KIND, templates[i].kind);
      mh_record_set_list (row, MH_NOTE_TEMPLATE_SECTIONS,
                          (const char *const *)templates[i].sections);
      mh_record_set_bool (row, MH_NOTE_TEMPLATE_COSIGN, templates[i].cosign);
      mh_record_set_bool (row, MH_NOTE_TEMPLATE_ACTIVE, TRUE);
      if (!mh_tx_insert (tx, row, MH_AUDIT_CREATE, "demonstration", error))
        return FALSE;
    }

  return TRUE;
}

gboolean
mh_demo_charts (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < 5; i++)
    g_ptr_array_add (lists, g_ptr_array_new_with_free_func (g_object_unref));
  Making making = { .demo = demo,
                    .problems = g_ptr_array_index (lists, 0),
                    .history = g_ptr_array_index (lists, 1),
                    .doses = g_ptr_array_index (lists, 2),
                    .notes = g_ptr_array_index (lists, 3),
                    .revisions = g_ptr_array_index (lists, 4) };
  guint step = MAX (1, demo->patients->len / MOST);

  making.today = mh_date_from_days ((demo->now + MH_DEMO_ZONE_OFFSET) / MH_DAY);
  for (guint i = 0; i < demo->patients->len; i += step)
    {
      making.patient = &g_array_index (demo->patients, MhDemoPatient, i);
      if (!mh_date_parse (making.patient->birth_date, &making.birth))
        continue;
      making.age = mh_age_years (making.birth, making.today);
      demo_charts_add_problems (&making);
      demo_charts_add_history (&making);
      demo_charts_add_doses (&making);
      demo_charts_add_notes (&making, i / step);
    }

  for (guint i = 0; i < 3; i++)
    add_revisions (&making, g_ptr_array_index (lists, i));
  for (guint i = 0; i < lists->len; i++)
    if (!demo_charts_write_all (tx, g_ptr_array_index (lists, i), i < 4, error))
      return FALSE;

  return write_templates (tx, demo, error);
}
