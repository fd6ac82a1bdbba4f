/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits: who waits now, with vital signs, triage, assessments and fluids, and what was signed. */
#include "server/ctl/mh-demo-private.h"

#include "server/clinic/visits/mh-observe-service.h"
#include "server/ctl/mh-data-file.h"
#include "shared/base/mh-json.h"
#include "shared/records/clinic/mh-clinical-form.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/clinic/mh-form-rules.h"
#include "shared/rules/clinic/mh-news2.h"
#include "shared/rules/clinic/mh-vital-units.h"

#define PAST 60

/* What is measured, tenths of a degree; the sets between the first and the last lie between. */
typedef struct
{
  int resp, spo2, systolic, diastolic, pulse, tenths, pain;
} Signs;

typedef struct
{
  const char *kind, *complaint, *place, *status;
  int from_years, below_years;
  int ago, last; /* minutes since they came, and since the last set */
  guint sets;
  int esi;
  const char *point;
  const char *o2, *flow; /* NULL: air */
  const char *acvpu;
  Signs first, now;
} Case;

/* clang-format off */
static const Case cases[] = {
  { MH_VISIT_EMERGENCY, "Short of breath, fever for three days", "Resus 1", MH_VISIT_WITH_PHYSICIAN, 55, 90, 205, 12, 6, 2, "b", MH_O2_MASK, "6", "C",
    { 22, 94, 124, 78, 98, 382, 3 }, { 27, 91, 98, 58, 124, 392, 2 } },
  { MH_VISIT_EMERGENCY, "Chest pain since the morning", "Bed 2", MH_VISIT_NURSE_ASSESSED, 40, 80, 64, 20, 3, 2, "b", MH_O2_NASAL, "2", "A",
    { 20, 95, 148, 92, 104, 369, 7 }, { 18, 97, 138, 86, 92, 369, 4 } },
  { MH_VISIT_EMERGENCY, "Fell from a motorcycle, wrist deformed", "Bed 5", MH_VISIT_REGISTERED, 18, 45, 38, 24, 1, 4, "c", NULL, NULL, "A",
    { 16, 98, 132, 84, 96, 370, 6 }, { 16, 98, 132, 84, 96, 370, 6 } },
  { MH_VISIT_EMERGENCY, "Vomiting and loose stools since last night", "Bed 6", MH_VISIT_REGISTERED, 2, 9, 26, 15, 1, 3, "d", NULL, NULL, "A",
    { 24, 98, 92, 58, 118, 378, 2 }, { 24, 98, 92, 58, 118, 378, 2 } },
  { MH_VISIT_EMERGENCY, "Swollen, painful calf", NULL, MH_VISIT_REGISTERED, 30, 70, 17, 0, 0, 0, NULL, NULL, NULL, NULL, { 0 }, { 0 } },
  { MH_VISIT_EMERGENCY, "Dizzy, nearly fainted at work", NULL, MH_VISIT_REGISTERED, 20, 60, 6, 0, 0, 0, NULL, NULL, NULL, NULL, { 0 }, { 0 } },
  { MH_VISIT_INPATIENT, "Chronic lung disease, worse than usual", "Ward A 4", MH_VISIT_WITH_PHYSICIAN, 60, 90, 1900, 75, 12, 2, "b", MH_O2_VENTURI, "4", "A",
    { 26, 86, 142, 84, 112, 375, 0 }, { 20, 90, 128, 76, 88, 370, 0 } },
  { MH_VISIT_INPATIENT, "Second day after gall bladder operation", "Ward B 11", MH_VISIT_WITH_PHYSICIAN, 35, 65, 2700, 310, 12, 3, "c", NULL, NULL, "A",
    { 18, 96, 112, 70, 102, 381, 6 }, { 15, 98, 122, 76, 78, 369, 2 } },
  { MH_VISIT_INPATIENT, "Dengue fever, platelets falling", "Ward A 7", MH_VISIT_WITH_PHYSICIAN, 18, 50, 1500, 52, 9, 3, "d", NULL, NULL, "A",
    { 18, 98, 108, 70, 104, 394, 4 }, { 17, 98, 104, 68, 92, 377, 2 } },
  { MH_VISIT_DAY_CARE, "Third cycle of chemotherapy", "Chair 3", MH_VISIT_NURSE_ASSESSED, 30, 75, 130, 95, 2, 4, "c", NULL, NULL, "A",
    { 16, 97, 126, 78, 84, 368, 0 }, { 14, 97, 118, 74, 76, 366, 0 } },
  { MH_VISIT_OUTPATIENT, "Review of diabetes", "Room 3", MH_VISIT_NURSE_ASSESSED, 35, 80, 55, 40, 1, 5, "c", NULL, NULL, "A",
    { 16, 98, 136, 86, 82, 366, 0 }, { 16, 98, 136, 86, 82, 366, 0 } },
  { MH_VISIT_OUTPATIENT, "Cough for two weeks", "Room 3", MH_VISIT_REGISTERED, 16, 80, 33, 0, 0, 0, NULL, NULL, NULL, NULL, { 0 }, { 0 } },
  { MH_VISIT_OUTPATIENT, "Headache, blood pressure to be checked", NULL, MH_VISIT_REGISTERED, 30, 70, 21, 0, 0, 0, NULL, NULL, NULL, NULL, { 0 }, { 0 } },
  { MH_VISIT_OUTPATIENT, "Back pain after lifting", "Room 4", MH_VISIT_AT_DISPOSITION, 20, 65, 88, 70, 1, 5, "c", NULL, NULL, "A",
    { 14, 99, 124, 80, 74, 367, 5 }, { 14, 99, 124, 80, 74, 367, 5 } },
};

static const char *const past_complaints[] = {
  "Fever and body ache", "Review of blood pressure", "Sore throat", "Abdominal pain", "Review of reports", "Cough and cold", "Skin rash", "Joint pain",
};

/* minutes ago, kind, mL: what went in and came out of somebody on the ward */
static const struct { int ago; const char *kind; int ml; const char *note; } fluids[] = {
  { 1380, "in_iv", 500, "Ringer's lactate" }, { 1260, "out_urine", 350, NULL }, { 1080, "in_oral", 200, NULL }, { 930, "in_iv", 500, "Ringer's lactate" },
  { 860, "out_urine", 420, NULL }, { 700, "in_oral", 250, "tea" }, { 560, "out_drain", 60, "right drain" }, { 430, "in_iv", 500, "normal saline" },
  { 350, "out_urine", 300, NULL }, { 210, "in_oral", 180, NULL }, { 140, "out_vomit", 120, NULL }, { 45, "out_urine", 280, NULL },
};
/* clang-format on */

typedef struct
{
  MhDemo *demo;
  GPtrArray *visits, *sets, *amounts, *answers;
  gint64 now; /* of who waits */
  guint from; /* patient to look at next */
} Making;

/* --- one visit --- */

static const MhDemoPatient *
demo_visits_find_patient (Making *making, int from_years, int below_years)
{
  MhDemo *demo = making->demo;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  MhDate today = mh_date_of_instant (demo->now, utc), birth;

  for (guint i = 0; i < demo->patients->len; i++)
    {
      guint at = (making->from + i) % demo->patients->len;
      const MhDemoPatient *patient = &g_array_index (demo->patients, MhDemoPatient, at);
      int years = mh_date_parse (patient->birth_date, &birth) ? mh_age_years (birth, today) : -1;
      if (years < from_years || years >= below_years || patient->guarded)
        continue;
      making->from = at + 1;
      return patient;
    }

  return NULL;
}

static MhRecord *
demo_visits_add_visit (Making *making, const MhDemoPatient *patient, const char *kind, gint64 at)
{
  static const char *const sexes[] = { MH_SEX_FEMALE, MH_SEX_MALE, MH_SEX_OTHER };
  MhDemo *demo = making->demo;
  MhRecord *visit = mh_demo_record (demo, &mh_visit_type, at);

  mh_record_set_text (visit, MH_VISIT_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_take_text (visit, MH_VISIT_NUMBER,
                       g_strdup_printf ("%s-V%06u",
                                        mh_record_text (demo->hospital, MH_HOSPITAL_CODE),
                                        ++demo->visits));
  mh_record_set_text (visit, MH_VISIT_PATIENT_ID, patient->id);
  mh_record_set_text (visit, MH_VISIT_PATIENT_NAME, patient->listed);
  mh_record_set_text (visit, MH_VISIT_PATIENT_MRN, patient->mrn);
  mh_record_set_text (visit, MH_VISIT_PATIENT_SEX,
                      sexes[patient->sex == 'f'   ? 0
                            : patient->sex == 'm' ? 1
                                                  : 2]);
  mh_record_set_text (visit, MH_VISIT_PATIENT_BIRTH_DATE, patient->birth_date);
  mh_record_set_text (visit, MH_VISIT_KIND, kind);
  mh_record_set_int (visit, MH_VISIT_ARRIVED_AT, at);
  mh_record_set_int (visit, MH_VISIT_SPO2_SCALE, 1);
  g_ptr_array_add (making->visits, visit);

  return visit;
}

static MhRecord *
demo_visits_add_set (Making *making, MhRecord *visit, gint64 at)
{
  MhDemo *demo = making->demo;
  MhRecord *set = mh_demo_record (demo, &mh_vitals_type, at);
  mh_record_set_text (set, MH_VITALS_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (set, MH_VITALS_PATIENT_ID, mh_record_text (visit, MH_VISIT_PATIENT_ID));
  mh_record_set_text (set, MH_VITALS_VISIT_ID, mh_record_id (visit));
  mh_record_set_int (set, MH_VITALS_TAKEN_AT, at);
  mh_record_set_text (set, MH_VITALS_TAKEN_BY, mh_demo_staff_id (demo, MH_DEMO_NURSE));
  mh_record_set_text (set, MH_VITALS_TAKEN_NAME, mh_demo_staff_name (demo, MH_DEMO_NURSE));
  g_ptr_array_add (making->sets, set);
  return set;
}

static void
put_signs (MhDemo *demo, MhRecord *set, const Signs *signs)
{
  mh_record_set_int (set, MH_VITALS_RESP, signs->resp);
  mh_record_set_int (set, MH_VITALS_SPO2, signs->spo2);
  mh_record_set_int (set, MH_VITALS_SYSTOLIC, signs->systolic);
  mh_record_set_int (set, MH_VITALS_DIASTOLIC, signs->diastolic);
  mh_record_set_int (set, MH_VITALS_PULSE, signs->pulse);
  mh_record_take_text (set, MH_VITALS_TEMPERATURE,
                       g_strdup_printf ("%d.%d", signs->tenths / 10, signs->tenths % 10));
  mh_record_set_text (set, MH_VITALS_TEMPERATURE_UNIT, MH_UNIT_CELSIUS);
  mh_record_set_int (set, MH_VITALS_PAIN, signs->pain);
  mh_vitals_derive (set);
}

/* As the service does it; children have no score. */
static void
score (MhRecord *visit, MhRecord *set, gboolean adult)
{
  MhNews2 news2;
  int scale = (int)mh_record_int (visit, MH_VISIT_SPO2_SCALE);
  gint64 at = mh_record_int (set, MH_VITALS_TAKEN_AT);

  mh_record_set_text (set, MH_VITALS_NEWS2_LEVEL, MH_NEWS2_NOT_FOR);
  if (adult)
    {
      mh_news2_of_vitals (set, scale, &news2);
      mh_record_set_int (set, MH_VITALS_SPO2_SCALE, scale);
      mh_record_set_int (set, MH_VITALS_NEWS2, news2.known);
      mh_record_set_text (set, MH_VITALS_NEWS2_LEVEL, news2.level);
      mh_record_set_int (set, MH_VITALS_OBSERVE_BY,
                         at + mh_news2_action (news2.level)->every * MH_MINUTE);
      mh_record_set_int (visit, MH_VISIT_NEWS2, news2.known);
      mh_record_set_int (visit, MH_VISIT_OBSERVE_BY, mh_record_int (set, MH_VITALS_OBSERVE_BY));
    }

  mh_record_set_text (visit, MH_VISIT_NEWS2_LEVEL, mh_record_text (set, MH_VITALS_NEWS2_LEVEL));
  mh_record_set_int (visit, MH_VISIT_OBSERVED_AT, at);
}

static int
demo_visits_between (MhDemo *demo, int first, int now, guint i, guint n, int jitter)
{
  int straight = n > 1 ? first + (now - first) * (int)i / (int)(n - 1) : now;
  return i + 1 < n ? straight + mh_demo_int (demo, -jitter, jitter + 1) : straight;
}

static void
add_sets (Making *making, const Case *of, MhRecord *visit)
{
  MhDemo *demo = making->demo;
  int begin = of->ago - 6;
  for (guint i = 0; i < of->sets; i++)
    {
      const Signs *a = &of->first, *b = &of->now;
      guint n = of->sets;
      const Signs signs = { demo_visits_between (demo, a->resp, b->resp, i, n, 1),
                            MIN (100, demo_visits_between (demo, a->spo2, b->spo2, i, n, 1)),
                            demo_visits_between (demo, a->systolic, b->systolic, i, n, 4),
                            demo_visits_between (demo, a->diastolic, b->diastolic, i, n, 3),
                            demo_visits_between (demo, a->pulse, b->pulse, i, n, 4),
                            demo_visits_between (demo, a->tenths, b->tenths, i, n, 2),
                            MAX (0, demo_visits_between (demo, a->pain, b->pain, i, n, 0)) };

      gint64 at = making->now - demo_visits_between (demo, begin, of->last, i, n, 0) * MH_MINUTE;
      MhRecord *set = demo_visits_add_set (making, visit, at);
      mh_record_set_text (set, MH_VITALS_O2, of->o2 != NULL ? of->o2 : MH_O2_AIR);
      mh_record_set_text (set, MH_VITALS_O2_FLOW, of->flow);
      mh_record_set_text (set, MH_VITALS_CONSCIOUSNESS, i + 1 < n ? "A" : of->acvpu);

      if (i == 0 && of->from_years >= 16)
        {
          mh_record_take_text (set, MH_VITALS_WEIGHT,
                               g_strdup_printf ("%d", mh_demo_int (demo, 48, 88)));
          mh_record_set_text (set, MH_VITALS_WEIGHT_UNIT, MH_UNIT_KG);
          mh_record_take_text (set, MH_VITALS_HEIGHT,
                               g_strdup_printf ("%d", mh_demo_int (demo, 150, 178)));
          mh_record_set_text (set, MH_VITALS_HEIGHT_UNIT, MH_UNIT_CM);
        }

      put_signs (demo, set, &signs);
      score (visit, set, of->from_years >= 16);
    }
}

static void
put_steps (MhDemo *demo, const Case *of, MhRecord *visit, gint64 at)
{
  static const char *const order[] = { MH_VISIT_REGISTERED, MH_VISIT_NURSE_ASSESSED,
                                       MH_VISIT_WITH_PHYSICIAN, MH_VISIT_AT_DISPOSITION, NULL };
  guint step = 0;
  while (!g_str_equal (order[step], of->status))
    step++;

  mh_record_set_text (visit, MH_VISIT_STATUS, of->status);
  mh_record_set_text (visit, MH_VISIT_COMPLAINT, of->complaint);
  mh_record_set_text (visit, MH_VISIT_PLACE, of->place);

  if (of->esi > 0)
    {
      mh_record_set_int (visit, MH_VISIT_ESI, of->esi);
      mh_record_set_text (visit, MH_VISIT_ESI_POINT, of->point);
      mh_record_set_int (visit, MH_VISIT_TRIAGED_AT, at + 4 * MH_MINUTE);
      mh_record_set_text (visit, MH_VISIT_TRIAGED_NAME, mh_demo_staff_name (demo, MH_DEMO_NURSE));
    }

  if (step >= 1)
    {
      mh_record_set_int (visit, MH_VISIT_NURSE_AT, at + 11 * MH_MINUTE);
      mh_record_set_text (visit, MH_VISIT_NURSE_NAME, mh_demo_staff_name (demo, MH_DEMO_NURSE));
    }

  if (step >= 2)
    {
      mh_record_set_int (visit, MH_VISIT_PHYSICIAN_AT, at + 24 * MH_MINUTE);
      mh_record_set_text (visit, MH_VISIT_DOCTOR_ID, mh_demo_staff_id (demo, MH_DEMO_DOCTOR));
      mh_record_set_text (visit, MH_VISIT_DOCTOR_NAME, mh_demo_staff_name (demo, MH_DEMO_DOCTOR));
    }

  if (step >= 3)
    {
      mh_record_set_text (visit, MH_VISIT_DISPOSITION, MH_DISPOSITION_HOME);
      mh_record_set_int (visit, MH_VISIT_DISPOSITION_AT, at + 40 * MH_MINUTE);
    }
}

static void
demo_visits_add_fluids (Making *making, MhRecord *visit)
{
  MhDemo *demo = making->demo;
  for (guint i = 0; i < G_N_ELEMENTS (fluids); i++)
    {
      gint64 at = making->now - fluids[i].ago * MH_MINUTE;
      MhRecord *fluid = mh_demo_record (demo, &mh_fluid_type, at);
      mh_record_set_text (fluid, MH_FLUID_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (fluid, MH_FLUID_PATIENT_ID, mh_record_text (visit, MH_VISIT_PATIENT_ID));
      mh_record_set_text (fluid, MH_FLUID_VISIT_ID, mh_record_id (visit));
      mh_record_set_int (fluid, MH_FLUID_AT, at);
      mh_record_set_text (fluid, MH_FLUID_DIRECTION, mh_fluid_direction_of (fluids[i].kind));
      mh_record_set_text (fluid, MH_FLUID_KIND, fluids[i].kind);
      mh_record_set_int (fluid, MH_FLUID_ML, fluids[i].ml);
      mh_record_set_text (fluid, MH_FLUID_NOTE, fluids[i].note);
      mh_record_set_text (fluid, MH_FLUID_ENTERED_NAME, mh_demo_staff_name (demo, MH_DEMO_NURSE));
      g_ptr_array_add (making->amounts, fluid);
    }
}

static gboolean
demo_visits_add_answer (MhTx *tx,
                        Making *making,
                        MhRecord *visit,
                        const char *code,
                        const char *json,
                        GError **error)
{
  MhDemo *demo = making->demo;
  const char *hospital_id = mh_record_id (demo->hospital);
  gint64 at = mh_record_int (visit, MH_VISIT_NURSE_AT);
  g_autofree char *key = g_strconcat (hospital_id, ":", code, NULL);
  g_autofree char *form_id = mh_data_fixed_id (mh_form_definition_type.code, key);
  g_autoptr (MhRecord) form
      = mh_store_get (mh_tx_db (tx), &mh_form_definition_type, form_id, error);
  g_autoptr (MhFormSpec) spec
      = form != NULL ? mh_form_spec_parse (mh_record_text (form, MH_FORM_DEFINITION_CONTENT), error)
                     : NULL;
  g_autoptr (JsonObject) answers = spec != NULL ? mh_json_parse_object (json, -1, error) : NULL;

  if (answers == NULL)
    return FALSE;

  MhRecord *answer = mh_demo_record (demo, &mh_form_answer_type, at);
  mh_record_set_text (answer, MH_FORM_ANSWER_HOSPITAL_ID, hospital_id);
  mh_record_set_text (answer, MH_FORM_ANSWER_PATIENT_ID,
                      mh_record_text (visit, MH_VISIT_PATIENT_ID));
  mh_record_set_text (answer, MH_FORM_ANSWER_VISIT_ID, mh_record_id (visit));
  mh_record_set_text (answer, MH_FORM_ANSWER_FORM_ID, form_id);
  mh_record_set_text (answer, MH_FORM_ANSWER_FORM_CODE, code);
  mh_record_set_text (answer, MH_FORM_ANSWER_FORM_NAME,
                      mh_record_text (form, MH_FORM_DEFINITION_NAME));
  mh_record_set_int (answer, MH_FORM_ANSWER_VERSION_NO, 1);
  mh_record_set_text (answer, MH_FORM_ANSWER_ANSWERS, json);
  mh_record_take_text (answer, MH_FORM_ANSWER_SCORES, mh_form_spec_scores_text (spec, answers));
  mh_record_set_int (answer, MH_FORM_ANSWER_ANSWERED_AT, at);
  mh_record_set_text (answer, MH_FORM_ANSWER_ANSWERED_BY, mh_demo_staff_id (demo, MH_DEMO_NURSE));
  mh_record_set_text (answer, MH_FORM_ANSWER_ANSWERED_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_NURSE));
  g_ptr_array_add (making->answers, answer);

  return TRUE;
}

/* --- all of them --- */

static gboolean
add_case (MhTx *tx, Making *making, const Case *of, GError **error)
{
  MhDemo *demo = making->demo;
  gint64 at = making->now - of->ago * MH_MINUTE;
  const MhDemoPatient *patient = demo_visits_find_patient (making, of->from_years, of->below_years);
  if (patient == NULL)
    return TRUE;

  MhRecord *visit = demo_visits_add_visit (making, patient, of->kind, at);
  if (g_strcmp0 (of->o2, MH_O2_VENTURI) == 0)
    {
      mh_record_set_int (visit, MH_VISIT_SPO2_SCALE, 2);
      mh_record_set_text (visit, MH_VISIT_SPO2_SCALE_BY, mh_demo_staff_name (demo, MH_DEMO_DOCTOR));
      mh_record_set_int (visit, MH_VISIT_SPO2_SCALE_AT, at + 30 * MH_MINUTE);
    }

  put_steps (demo, of, visit, at);
  add_sets (making, of, visit);
  if (g_str_equal (of->kind, MH_VISIT_INPATIENT))
    demo_visits_add_fluids (making, visit);
  if (!mh_record_has (visit, MH_VISIT_NURSE_AT))
    return TRUE;

  return demo_visits_add_answer (tx, making, visit, "PAIN",
                                 of->now.pain > 0
                                     ? "{\"NOW\":\"3\",\"WORST\":\"6\",\"KIND\":[\"dull\"]}"
                                     : "{\"NOW\":\"0\"}",
                                 error)
         && demo_visits_add_answer (
             tx, making, visit, "FALLS",
             "{\"FELL\":\"no\",\"UNSTEADY\":\"yes\",\"CONFUSED\":\"no\",\"DIZZY\":"
             "\"yes\",\"TOILET\":\"no\",\"SIGHT\":\"no\",\"LINES\":\"yes\",\"DONE\":["
             "\"bed_low\",\"bell\"]}",
             error);
}

static void
demo_visits_sign (MhDemo *demo, MhRecord *visit, const char *complaint, gint64 at)
{
  mh_record_set_text (visit, MH_VISIT_STATUS, MH_VISIT_SIGNED);
  mh_record_set_text (visit, MH_VISIT_COMPLAINT, complaint);
  mh_record_set_int (visit, MH_VISIT_NURSE_AT, at + 9 * MH_MINUTE);
  mh_record_set_text (visit, MH_VISIT_NURSE_NAME, mh_demo_staff_name (demo, MH_DEMO_NURSE));
  mh_record_set_int (visit, MH_VISIT_PHYSICIAN_AT, at + 27 * MH_MINUTE);
  mh_record_set_text (visit, MH_VISIT_DOCTOR_ID, mh_demo_staff_id (demo, MH_DEMO_DOCTOR));
  mh_record_set_text (visit, MH_VISIT_DOCTOR_NAME, mh_demo_staff_name (demo, MH_DEMO_DOCTOR));
  mh_record_set_text (visit, MH_VISIT_DISPOSITION, MH_DISPOSITION_HOME);
  mh_record_set_int (visit, MH_VISIT_DISPOSITION_AT, at + 38 * MH_MINUTE);
  mh_record_set_int (visit, MH_VISIT_SIGNED_AT, at + 41 * MH_MINUTE);
  mh_record_set_text (visit, MH_VISIT_SIGNED_BY, mh_demo_staff_id (demo, MH_DEMO_DOCTOR));
  mh_record_set_text (visit, MH_VISIT_SIGNED_NAME, mh_demo_staff_name (demo, MH_DEMO_DOCTOR));
  mh_record_set_bool (visit, MH_VISIT_NEEDS_COSIGN, FALSE);
  mh_record_set_null (visit, MH_VISIT_OBSERVE_BY);
}

static void
add_past (Making *making, guint i)
{
  MhDemo *demo = making->demo;
  gint64 at
      = demo->now - mh_demo_int (demo, 2, 85) * MH_DAY - mh_demo_int (demo, 0, 360) * MH_MINUTE;
  const MhDemoPatient *patient = demo_visits_find_patient (making, 16, 90);

  if (patient == NULL)
    return;

  MhRecord *visit = demo_visits_add_visit (making, patient, MH_VISIT_OUTPATIENT, at);
  const Signs signs
      = { mh_demo_int (demo, 13, 19), mh_demo_int (demo, 96, 100), mh_demo_int (demo, 112, 148),
          mh_demo_int (demo, 68, 92), mh_demo_int (demo, 62, 92),  mh_demo_int (demo, 362, 379),
          mh_demo_int (demo, 0, 4) };
  MhRecord *set = demo_visits_add_set (making, visit, at + 8 * MH_MINUTE);

  mh_record_set_text (set, MH_VITALS_O2, MH_O2_AIR);
  mh_record_set_text (set, MH_VITALS_CONSCIOUSNESS, "A");
  put_signs (demo, set, &signs);
  score (visit, set, TRUE);
  demo_visits_sign (demo, visit, past_complaints[i % G_N_ELEMENTS (past_complaints)], at);
}

/* A small child that was weighed at each vaccination. */
static void
demo_visits_add_child (Making *making)
{
  static const struct
  {
    int days;
    const char *kg, *cm, *head;
  } weighed[] = { { 42, "4.6", "55.1", "37.4" },   { 75, "5.5", "58.9", "39.1" },
                  { 105, "6.2", "61.8", "40.4" },  { 183, "7.3", "66.8", "42.8" },
                  { 275, "8.2", "71.2", "44.5" },  { 365, "8.8", "74.8", "45.6" },
                  { 490, "9.6", "79.4", "46.6" },  { 600, "10.3", "82.9", "47.2" },
                  { 730, "11.2", "86.3", "47.9" }, { 912, "12.4", "90.9", "48.5" },
                  { 1095, "13.4", "95.0", "49.0" } };
  MhDemo *demo = making->demo;
  MhDate birth;
  const MhDemoPatient *patient = demo_visits_find_patient (making, 2, 5);

  if (patient == NULL || !mh_date_parse (patient->birth_date, &birth))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (weighed); i++)
    {
      gint64 at = (mh_date_to_days (birth) + weighed[i].days) * MH_DAY + 5 * MH_HOUR;
      if (at > demo->now - MH_DAY)
        break;
      MhRecord *visit = demo_visits_add_visit (making, patient, MH_VISIT_OUTPATIENT, at);
      MhRecord *set = demo_visits_add_set (making, visit, at + 8 * MH_MINUTE);
      mh_record_set_text (set, MH_VITALS_WEIGHT, weighed[i].kg);
      mh_record_set_text (set, MH_VITALS_WEIGHT_UNIT, MH_UNIT_KG);
      mh_record_set_text (set, MH_VITALS_HEIGHT, weighed[i].cm);
      mh_record_set_text (set, MH_VITALS_HEIGHT_UNIT, MH_UNIT_CM);
      mh_record_set_text (set, MH_VITALS_HEAD_CM, weighed[i].head);
      mh_vitals_derive (set);
      demo_visits_sign (demo, visit, "Vaccination and growth", at);
    }
}

/* Timers and alerts of who is here now, as if they had been observed through the service. */
static gboolean
demo_visits_follow (MhTx *tx, Making *making, GError **error)
{
  for (guint i = 0; i < making->visits->len; i++)
    {
      MhRecord *visit = g_ptr_array_index (making->visits, i);
      g_autoptr (MhRecord) before = mh_record_copy (visit);
      static const guint fields[] = { MH_VISIT_NEWS2, MH_VISIT_NEWS2_LEVEL, MH_VISIT_OBSERVE_BY };
      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        mh_record_set_null (before, fields[k]);
      if (!mh_tx_announce (tx, visit, error)
          || (mh_visit_is_open (visit) && !mh_observe_follow (tx, before, visit, error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
demo_visits_write_all (MhTx *tx, Making *making, GError **error)
{
  GPtrArray *parts[] = { making->visits, making->sets, making->amounts, making->answers };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i]->len == 0)
        continue;
      MhRecord *first = g_ptr_array_index (parts[i], 0);
      g_autofree char *detail = g_strdup_printf ("{\"count\":%u}", parts[i]->len);
      if (!mh_tx_insert_parts (tx, parts[i], error)
          || !mh_tx_audit (tx,
                           &(MhAuditNote){ NULL, MH_AUDIT_CREATE, mh_record_type (first)->code,
                                           NULL, detail, "demonstration" },
                           error))
        return FALSE;
      for (guint k = 0; i > 0 && k < parts[i]->len; k++)
        if (!mh_tx_announce (tx, g_ptr_array_index (parts[i], k), error))
          return FALSE;
    }

  return demo_visits_follow (tx, making, error);
}

gboolean
mh_demo_visits_write (MhTx *tx, MhDemo *demo, GError **error)
{
  gint64 now = demo->plan->waiting_at != 0 ? demo->plan->waiting_at : demo->now;
  Making making = { .demo = demo, .now = now, .from = 3 };
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) amounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_object_unref);

  /* Chance of its own: who waits does not change what comes after. */
  g_autoptr (GRand) other = g_rand_new_with_seed (demo->plan->seed ^ 0x715175);
  GRand *own = demo->rand;
  gboolean made = TRUE;

  making.visits = visits;
  making.sets = sets;
  making.amounts = amounts;
  making.answers = answers;
  demo->rand = other;
  if (demo->patients->len > 0)
    demo_visits_add_child (&making);
  for (guint i = 0; i < PAST && demo->patients->len > 0; i++)
    add_past (&making, i);
  for (guint i = 0; made && i < G_N_ELEMENTS (cases); i++)
    made = add_case (tx, &making, &cases[i], error);
  made = made && demo_visits_write_all (tx, &making, error);
  demo->rand = own;

  return made;
}
