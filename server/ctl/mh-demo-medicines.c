/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allergies as records; medicines that patients take, one that waits for a second signature, and
 * what the doctor likes to write. */
#include "server/ctl/mh-demo-private.h"

#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/clinic/mh-drug-amount.h"
#include "shared/rules/clinic/mh-drug-check.h"
#include "shared/rules/clinic/mh-drug-line.h"

/* Every so many patients takes something, as many as fill a doctor's list. */
#define EVERY 5
#define MOST 60

#define ADULT_MONTHS (18 * 12)
#define LEAST_MONTHS 3 /* younger ones get nothing by these tables */

typedef struct
{
  const char *medicine, *often;
  int days;
  const char *dose; /* NULL: one of it */
} Plan;

/* Paracetamol for children by age, three times a day: 125 mg in 5 mL. */
static const struct
{
  int below_months;
  Plan plan;
} childrens[] = {
  { 6, { "PARACETA-SUS-125MG", "TDS", 3, "2.5 mL" } },
  { 24, { "PARACETA-SUS-125MG", "TDS", 3, "5 mL" } },
  { 48, { "PARACETA-SUS-125MG", "TDS", 3, "7.5 mL" } },
  { 96, { "PARACETA-SUS-125MG", "TDS", 3, "10 mL" } },
  { 120, { "PARACETA-SUS-125MG", "TDS", 3, "15 mL" } },
  { 144, { "PARACETA-SUS-125MG", "TDS", 3, "20 mL" } },
  { ADULT_MONTHS, { "PARACETA-TAB-500MG", "TDS", 3, NULL } },
};

static const Plan plans[][3] = {
  { { "METFORMI-TAB-500MG", "BD", 90 }, { "ATORVAST-TAB-20MG", "HS", 90 } },
  { { "AMLODIPI-TAB-5MG", "OD", 60 }, { "TELMISAR-TAB-40MG", "OD", 60 } },
  { { "PARACETA-TAB-500MG", "TDS", 5 }, { "CETIRIZI-TAB-10MG", "HS", 5 } },
  { { "LEVOTHYR-TAB-50MCG", "OD", 90 } },
  { { "PANTOPRA-TAB-40MG", "OD", 14 }, { "CALCIUMC-COLECALC-TAB-500MG", "BD", 60 } },
  { { "AZITHROM-TAB-500MG", "OD", 3 }, { "PARACETA-TAB-650MG", "SOS", 0 } },
};

/* --- allergies --- */

static const struct
{
  const char *kind, *severity, *reaction;
} reactions[] = {
  { MH_ALLERGY_KIND_ALLERGY, MH_ALLERGY_ANAPHYLAXIS, "anaphylaxis" },
  { MH_ALLERGY_KIND_ALLERGY, MH_ALLERGY_MODERATE, "wheals" },
  { MH_ALLERGY_KIND_ALLERGY, MH_ALLERGY_MILD, "rash" },
  { MH_ALLERGY_KIND_INTOLERANCE, MH_ALLERGY_MILD, "nausea" },
};

void
mh_demo_allergies (MhDemo *demo, MhRecord *patient, guint number, GPtrArray *out_allergies)
{
  const char *const *names = mh_record_list (patient, MH_PATIENT_ALLERGIES);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      guint how = (number + i) % G_N_ELEMENTS (reactions);
      MhRecord *allergy
          = mh_demo_record (demo, &mh_allergy_type, mh_record_int (patient, MH_CREATED_AT));
      mh_record_set_text (allergy, MH_ALLERGY_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (allergy, MH_ALLERGY_PATIENT_ID, mh_record_id (patient));
      mh_record_set_text (allergy, MH_ALLERGY_SUBSTANCE, names[i]);
      mh_record_set_text (allergy, MH_ALLERGY_KIND, reactions[how].kind);
      mh_record_set_text (allergy, MH_ALLERGY_SEVERITY, reactions[how].severity);
      mh_record_set_text (allergy, MH_ALLERGY_REACTION, reactions[how].reaction);
      mh_record_set_text (allergy, MH_ALLERGY_STATUS, MH_ALLERGY_ACTIVE);
      mh_record_set_text (allergy, MH_ALLERGY_SOURCE, MH_ALLERGY_FROM_PATIENT);
      mh_record_set_text (allergy, MH_ALLERGY_NOTED_BY, mh_demo_staff_id (demo, MH_DEMO_NURSE));
      mh_record_set_text (allergy, MH_ALLERGY_NOTED_NAME, mh_demo_staff_name (demo, MH_DEMO_NURSE));
      g_ptr_array_add (out_allergies, allergy);
    }
}

/* --- prescriptions --- */

typedef struct
{
  MhDemo *demo;
  MhDrugBook *book;
  GPtrArray *prescriptions, *lines;
} Shelf;

static MhRecord *
demo_medicines_make_line (Shelf *shelf,
                          MhRecord *prescription,
                          const Plan *plan,
                          gint64 at,
                          guint order)
{
  char begins[MH_DATE_LENGTH + 1], ends[MH_DATE_LENGTH + 1];
  MhRecord *medicine = mh_drug_book_medicine (shelf->book, plan->medicine);
  MhDate day = mh_date_of_instant (at + MH_DEMO_ZONE_OFFSET, NULL);
  if (medicine == NULL)
    return NULL;

  g_autoptr (MhRecord) written = mh_drug_line_of (medicine);
  MhRecord *line = mh_demo_record (shelf->demo, &mh_prescription_line_type, at);
  mh_record_apply (line, written);
  if (plan->dose != NULL)
    mh_record_set_text (line, MH_PRESCRIPTION_LINE_DOSE, plan->dose);
  mh_drug_complete_line (shelf->book, line);
  mh_date_format (day, begins);
  mh_date_format (
      mh_date_from_days (mh_date_to_days (day) + (plan->days > 0 ? plan->days : 30) - 1), ends);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_FREQUENCY, plan->often);
  if (plan->days > 0)
    mh_record_set_int (line, MH_PRESCRIPTION_LINE_DURATION_DAYS, plan->days);
  else
    mh_record_set_bool (line, MH_PRESCRIPTION_LINE_AS_NEEDED, TRUE);

  gint64 quantity = mh_intake_quantity (mh_record_text (line, MH_PRESCRIPTION_LINE_DOSE),
                                        mh_record_text (line, MH_PRESCRIPTION_LINE_STRENGTH),
                                        plan->often, plan->days);

  if (quantity > 0)
    mh_record_set_int (line, MH_PRESCRIPTION_LINE_QUANTITY, quantity);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_PRESCRIPTION_ID, mh_record_id (prescription));
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_PATIENT_ID,
                      mh_record_text (prescription, MH_PRESCRIPTION_PATIENT_ID));
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_DOCTOR_NAME,
                      mh_demo_staff_name (shelf->demo, MH_DEMO_DOCTOR));
  mh_record_set_int (line, MH_PRESCRIPTION_LINE_SORT_ORDER, order);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_STARTS_ON, begins);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_ENDS_ON, ends);

  return line;
}

static MhRecord *
make_prescription (Shelf *shelf, const MhDemoPatient *patient, gint64 at, const char *second)
{
  MhDemo *demo = shelf->demo;
  MhRecord *made = mh_demo_record (demo, &mh_prescription_type, at);
  mh_record_set_text (made, MH_PRESCRIPTION_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_take_text (made, MH_PRESCRIPTION_NUMBER,
                       g_strdup_printf ("%s-P%06u",
                                        mh_record_text (demo->hospital, MH_HOSPITAL_CODE),
                                        shelf->prescriptions->len + 1));
  mh_record_set_text (made, MH_PRESCRIPTION_PATIENT_ID, patient->id);
  mh_record_set_text (made, MH_PRESCRIPTION_PATIENT_NAME, patient->listed);
  mh_record_set_text (made, MH_PRESCRIPTION_PATIENT_MRN, patient->mrn);
  mh_record_set_text (made, MH_PRESCRIPTION_DOCTOR_ID, mh_demo_staff_id (demo, MH_DEMO_DOCTOR));
  mh_record_set_text (made, MH_PRESCRIPTION_DOCTOR_NAME, mh_demo_staff_name (demo, MH_DEMO_DOCTOR));
  mh_record_set_text (made, MH_PRESCRIPTION_PRIORITY, MH_PRIORITY_ROUTINE);
  mh_record_set_text (made, MH_PRESCRIPTION_STATUS,
                      second != NULL ? MH_PRESCRIPTION_STATUS_COUNTERSIGN
                                     : MH_PRESCRIPTION_STATUS_SIGNED);
  mh_record_set_text (made, MH_PRESCRIPTION_SECOND_NEEDED, second);
  mh_record_set_int (made, MH_PRESCRIPTION_SIGNED_AT, at);
  mh_record_set_text (made, MH_PRESCRIPTION_SIGNED_BY, mh_demo_staff_id (demo, MH_DEMO_DOCTOR));
  mh_record_set_int (made, MH_PRESCRIPTION_ALERTS_SEEN, 0);
  mh_record_set_int (made, MH_PRESCRIPTION_ALERTS_OVERRIDDEN, 0);
  g_ptr_array_add (shelf->prescriptions, made);

  return made;
}

static void
prescribe (Shelf *shelf, const MhDemoPatient *patient, const Plan *plan, guint n, gint64 at)
{
  MhRecord *made = make_prescription (shelf, patient, at,
                                      n == 1 && plan->days == 1 ? MH_SECOND_ANYBODY : NULL);
  for (guint i = 0; i < n && plan[i].medicine != NULL; i++)
    {
      MhRecord *line = demo_medicines_make_line (shelf, made, &plan[i], at, i);
      if (line != NULL)
        g_ptr_array_add (shelf->lines, line);
    }
}

/* -1: nobody knows. */
static int
months_of (Shelf *shelf, const MhDemoPatient *patient)
{
  MhDate birth;
  return mh_date_parse (patient->birth_date, &birth) ? mh_age_months (
             birth, mh_date_of_instant (shelf->demo->now + MH_DEMO_ZONE_OFFSET, NULL))
                                                     : -1;
}

/* What an adult takes is not for a child: children get what their age allows. */
static void
prescribe_by_age (Shelf *shelf, const MhDemoPatient *patient, guint number, gint64 at)
{
  int months = months_of (shelf, patient);
  if (months < 0 || months >= ADULT_MONTHS)
    {
      prescribe (shelf, patient, plans[number % G_N_ELEMENTS (plans)], 3, at);
      return;
    }

  for (guint i = 0; months >= LEAST_MONTHS && i < G_N_ELEMENTS (childrens); i++)
    if (months < childrens[i].below_months)
      {
        prescribe (shelf, patient, &childrens[i].plan, 1, at);
        return;
      }
}

/* The newest patient who is grown up; NULL: none. */
static const MhDemoPatient *
last_adult (Shelf *shelf)
{
  GArray *patients = shelf->demo->patients;
  for (guint i = patients->len; i > 0; i--)
    if (months_of (shelf, &g_array_index (patients, MhDemoPatient, i - 1)) >= ADULT_MONTHS)
      return &g_array_index (patients, MhDemoPatient, i - 1);
  return NULL;
}

static void
prescribe_all (Shelf *shelf)
{
  /* one day: waits for a second signature */
  static const Plan waiting = { "DIGOXIN-TAB-0.25MG", "OD", 1 };
  MhDemo *demo = shelf->demo;
  guint n = MIN (demo->patients->len / EVERY, MOST);

  for (guint i = 0; i < n; i++)
    {
      const MhDemoPatient *patient
          = &g_array_index (demo->patients, MhDemoPatient, demo->patients->len - 1 - i * EVERY);
      gint64 at = demo->now - (gint64)(n - i) * 7 * MH_HOUR;
      if (at > patient->registered_at)
        prescribe_by_age (shelf, patient, i, at);
    }

  const MhDemoPatient *adult = n > 0 ? last_adult (shelf) : NULL;
  if (adult != NULL)
    prescribe (shelf, adult, &waiting, 1, demo->now - 20 * MH_MINUTE);
}

/* --- favourites --- */

static gboolean
write_favourites (MhTx *tx, MhDemo *demo, GError **error)
{
  static const struct
  {
    const char *name, *code, *strength, *dose, *often;
    int days;
  } rows[] = {
    { "paracetamol", "PARACETA-TAB-500MG", "500 mg", "1 tablet", "TDS", 5 },
    { "pantoprazole", "PANTOPRA-TAB-40MG", "40 mg", "1 tablet", "OD", 14 },
    { "cetirizine", "CETIRIZI-TAB-10MG", "10 mg", "1 tablet", "HS", 5 },
    { "amoxicillin", "AMOXICIL-CAP-500MG", "500 mg", "1 capsule", "TDS", 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) row = mh_demo_record (demo, &mh_drug_favourite_type, demo->now);
      mh_record_set_text (row, MH_DRUG_FAVOURITE_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (row, MH_DRUG_FAVOURITE_DOCTOR_ID,
                          mh_demo_staff_id (demo, MH_DEMO_DOCTOR));
      mh_record_set_text (row, MH_DRUG_FAVOURITE_NAME, rows[i].name);
      mh_record_set_text (row, MH_DRUG_FAVOURITE_MEDICINE, rows[i].code);
      mh_record_set_text (row, MH_DRUG_FAVOURITE_STRENGTH, rows[i].strength);
      mh_record_set_text (row, MH_DRUG_FAVOURITE_DOSE, rows[i].dose);
      mh_record_set_text (row, MH_DRUG_FAVOURITE_FREQUENCY, rows[i].often);
      mh_record_set_text (row, MH_DRUG_FAVOURITE_ROUTE, MH_MEDICINE_ROUTE_ORAL);
      mh_record_set_int (row, MH_DRUG_FAVOURITE_DURATION_DAYS, rows[i].days);
      if (!mh_tx_insert (tx, row, MH_AUDIT_CREATE, "demonstration", error))
        return FALSE;
    }

  return TRUE;
}

gboolean
mh_demo_medicines_write (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autoptr (MhDrugBook) book
      = mh_drug_book_new (mh_catalogue_all (demo->view, &mh_medicine_type),
                          mh_catalogue_all (demo->view, &mh_drug_ingredient_type),
                          mh_catalogue_all (demo->view, &mh_drug_interaction_type),
                          mh_catalogue_all (demo->view, &mh_allergy_cross_type));
  g_autoptr (GPtrArray) prescriptions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  Shelf shelf = { demo, book, prescriptions, lines };

  prescribe_all (&shelf);
  demo->prescriptions = prescriptions->len;
  if ((prescriptions->len > 0 && !mh_tx_insert_parts (tx, prescriptions, error))
      || (lines->len > 0 && !mh_tx_insert_parts (tx, lines, error)))
    return FALSE;

  for (guint i = 0; i < prescriptions->len; i++)
    if (!mh_tx_announce (tx, g_ptr_array_index (prescriptions, i), error))
      return FALSE;

  return write_favourites (tx, demo, error);
}
