/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include "server/people/patients/mh-patients-service.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"

#define TWICE 97 /* one patient in so many is registered twice */
#define DAYS_OF_REGISTER 1000
#define LEAST_GUARDED 20

/* Shares of a hundred by decades of age: young country, older patients. */
static const int pyramid[] = { 11, 10, 17, 18, 15, 13, 9, 5, 2 };

static int
pick_age_days (MhDemo *demo)
{
  int left = mh_demo_int (demo, 0, 100);
  guint decade = 0;
  while (decade + 1 < G_N_ELEMENTS (pyramid) && left >= pyramid[decade])
    left -= pyramid[decade++];
  return mh_demo_int (demo, (int)decade * 3652, (int)(decade + 1) * 3652) + 1;
}

static void
set_birth (MhDemo *demo, MhRecord *patient, gint64 registered_at)
{
  char text[MH_DATE_LENGTH + 1];
  gint64 day = (registered_at + MH_DEMO_ZONE_OFFSET) / MH_DAY - pick_age_days (demo);
  MhDate birth = mh_date_from_days (day);
  gboolean estimated = mh_demo_chance (demo, 0.12);
  if (estimated)
    birth = (MhDate){ birth.year, 1, 1 };
  mh_date_format (birth, text);
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, text);
  mh_record_set_bool (patient, MH_PATIENT_BIRTH_ESTIMATED, estimated);
}

/* +91 5…: a series that nobody has. */
static char *
phone (MhDemo *demo)
{
  return g_strdup_printf ("+915%04d%05d", mh_demo_int (demo, 0, 10000),
                          mh_demo_int (demo, 0, 100000));
}

static void
set_clinical (MhDemo *demo, MhRecord *patient, gboolean female)
{
  static const char *const groups[] = { "B+", "O+", "A+", "AB+", "O-", "B-", "A-", "AB-" };
  static const char *const allergies[]
      = { "Penicillin", "Sulfonamides", "Aspirin", "Iodinated contrast", "Latex" };
  static const char *const chronic[]
      = { "diabetes", "hypertension", "asthma", "hypothyroidism", "chronic kidney disease" };

  if (mh_demo_chance (demo, 0.6))
    mh_record_set_text (patient, MH_PATIENT_BLOOD_GROUP,
                        groups[MIN (mh_demo_int (demo, 0, 12), (int)G_N_ELEMENTS (groups) - 1) % 4
                               + (mh_demo_chance (demo, 0.05) ? 4 : 0)]);
  if (mh_demo_chance (demo, 0.08))
    {
      mh_record_set_text (patient, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_KNOWN);
      mh_record_add_to_list (patient, MH_PATIENT_ALLERGIES, allergies[mh_demo_int (demo, 0, 5)]);
    }
  else
    mh_record_set_text (patient, MH_PATIENT_ALLERGY_STATUS,
                        mh_demo_chance (demo, 0.7) ? MH_ALLERGY_NONE : MH_ALLERGY_NOT_ASKED);
  if (mh_demo_chance (demo, 0.15))
    mh_record_add_to_list (patient, MH_PATIENT_CHRONIC_FLAGS, chronic[mh_demo_int (demo, 0, 5)]);
  mh_record_set_bool (patient, MH_PATIENT_CONSENT_SMS, mh_demo_chance (demo, 0.8));
  mh_record_set_bool (patient, MH_PATIENT_CONSENT_EMAIL, FALSE);
  mh_record_set_bool (patient, MH_PATIENT_VIP, mh_demo_chance (demo, 0.002));
}

static void
set_guardian (MhDemo *demo, MhRecord *patient)
{
  g_auto (MhDemoName) name = { 0 };
  if (!mh_demo_chance (demo, 0.3))
    return;
  mh_demo_name_make (demo, mh_demo_chance (demo, 0.5), &name);
  mh_record_take_text (patient, MH_PATIENT_EMERGENCY_NAME,
                       g_strconcat (name.given, " ", name.family, NULL));
  mh_record_set_text (patient, MH_PATIENT_EMERGENCY_RELATION, mh_demo_relation (demo));
  mh_record_take_text (patient, MH_PATIENT_EMERGENCY_PHONE, phone (demo));
}

static MhRecord *
make_patient (MhDemo *demo, guint number, gint64 at)
{
  MhRecord *patient = mh_demo_record (demo, &mh_patient_type, at);
  gboolean female = mh_demo_chance (demo, 0.52);
  g_auto (MhDemoName) name = { 0 };

  mh_demo_name_make (demo, female, &name);
  mh_record_set_text (patient, MH_PATIENT_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_take_text (patient, MH_PATIENT_MRN,
                       mh_mrn_make (mh_record_text (demo->hospital, MH_HOSPITAL_CODE), number));
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, name.given);
  mh_record_set_text (patient, MH_PATIENT_FAMILY_NAME, name.family);
  mh_record_set_text (patient, MH_PATIENT_NATIVE_NAME, name.native);
  mh_record_set_text (patient, MH_PATIENT_NATIVE_SCRIPT, name.script);
  mh_record_set_text (patient, MH_PATIENT_SEX,
                      mh_demo_chance (demo, 0.003) ? MH_SEX_OTHER
                      : female                     ? MH_SEX_FEMALE
                                                   : MH_SEX_MALE);
  mh_record_set_text (patient, MH_PATIENT_LANGUAGE, name.language);
  set_birth (demo, patient, at);
  if (mh_demo_chance (demo, 0.97))
    mh_record_take_text (patient, MH_PATIENT_PHONE, phone (demo));
  mh_demo_address (demo, patient);
  set_clinical (demo, patient, female);
  set_guardian (demo, patient);
  mh_patients_service_derive (patient, NULL);

  return patient;
}

/* Somebody was registered a second time, in a hurry: the name written otherwise, nothing compared.
 */
static void
come_again (MhRecord *patient, MhRecord *first)
{
  static const guint same[]
      = { MH_PATIENT_FAMILY_NAME, MH_PATIENT_NATIVE_NAME, MH_PATIENT_NATIVE_SCRIPT,
          MH_PATIENT_SEX,         MH_PATIENT_BIRTH_DATE,  MH_PATIENT_PHONE };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    mh_record_set_text (patient, same[i], mh_record_text (first, same[i]));
  mh_record_set_bool (patient, MH_PATIENT_BIRTH_ESTIMATED,
                      mh_record_bool (first, MH_PATIENT_BIRTH_ESTIMATED));
  mh_record_take_text (patient, MH_PATIENT_GIVEN_NAME,
                       g_strconcat (mh_record_text (first, MH_PATIENT_GIVEN_NAME), "h", NULL));
  mh_record_set_null (patient, MH_PATIENT_BLOOD_GROUP);
  mh_record_set_bool (patient, MH_PATIENT_PREGNANT, FALSE);
  mh_record_set_null (patient, MH_PATIENT_PREGNANCY_WEEKS);
  mh_record_set_null (patient, MH_PATIENT_PREGNANCY_DATED);
  mh_record_set_bool (patient, MH_PATIENT_POSSIBLE_DUPLICATE, TRUE);
  mh_patients_service_derive (patient, NULL);
}

/* In the middle of the register stand somebody known to everybody, and the nurse as a patient. */
static gboolean
guard (MhDemo *demo, MhRecord *patient, guint number)
{
  guint middle = demo->plan->patients / 2;
  if (demo->plan->patients < LEAST_GUARDED || (number != middle && number != middle + 1))
    return mh_record_bool (patient, MH_PATIENT_VIP);

  if (number == middle)
    {
      mh_record_set_bool (patient, MH_PATIENT_VIP, TRUE);
      return TRUE;
    }

  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Anu");
  mh_record_set_text (patient, MH_PATIENT_FAMILY_NAME, "Thomas");
  mh_record_set_null (patient, MH_PATIENT_NATIVE_NAME);
  mh_record_set_null (patient, MH_PATIENT_NATIVE_SCRIPT);
  mh_record_set_text (patient, MH_PATIENT_SEX, MH_SEX_FEMALE);
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, "1991-04-12");
  mh_record_set_bool (patient, MH_PATIENT_BIRTH_ESTIMATED, FALSE);
  mh_record_set_text (patient, MH_PATIENT_USER_ID, mh_demo_staff_id (demo, MH_DEMO_NURSE));
  mh_patients_service_derive (patient, NULL);

  return TRUE;
}

static void
demo_people_remember (MhDemo *demo, MhRecord *patient, gboolean guarded, gint64 at)
{
  MhDemoPatient kept = { .registered_at = at, .guarded = guarded };
  const char *phone_text = mh_record_text (patient, MH_PATIENT_PHONE);
  g_strlcpy (kept.id, mh_record_id (patient), sizeof kept.id);
  g_strlcpy (kept.mrn, mh_record_text (patient, MH_PATIENT_MRN), sizeof kept.mrn);
  g_strlcpy (kept.birth_date, mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
             sizeof kept.birth_date);
  g_strlcpy (kept.phone, phone_text != NULL ? phone_text : "", sizeof kept.phone);
  kept.name = mh_record_display (patient);
  kept.listed = mh_patient_name (patient);
  kept.sex = *mh_record_text (patient, MH_PATIENT_SEX);
  g_array_append_val (demo->patients, kept);
}

MhDemoBatch *
mh_demo_make_patients (MhDemo *demo, guint n)
{
  MhDemoBatch *batch = mh_demo_batch_new (&mh_patient_type);
  batch->parts[0] = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 step = DAYS_OF_REGISTER * MH_DAY / MAX (demo->plan->patients, 1);
  gint64 first = demo->now - DAYS_OF_REGISTER * MH_DAY;

  for (guint i = 0; i < n; i++)
    {
      guint number = ++demo->next;
      gint64 at = first + (number - 1) * step;
      MhRecord *patient = make_patient (demo, number, at);
      if (number % TWICE == 0 && i > 0)
        come_again (patient, g_ptr_array_index (batch->records, i - 1));
      demo_people_remember (demo, patient, guard (demo, patient, number), at);
      mh_demo_allergies (demo, patient, number, batch->parts[0]);
      g_ptr_array_add (batch->records, patient);
    }

  return batch;
}
