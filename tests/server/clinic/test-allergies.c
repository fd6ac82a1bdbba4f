/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allergies as records, and the patient's own list that follows them. On both databases. */
#include "server/clinic/drugcheck/mh-allergies-service.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/people/mh-patient.h"
#include "tests/server/lab-fixture.h"

typedef struct
{
  const MhRecordType *type;
  const char *id, *json;
  MhRecord *reply;
} Step;

static gboolean
act (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhRecord) body = mh_record_from_text (
      step->type, step->json, -1, step->id != NULL ? MH_JSON_PATCH : MH_JSON_CREATE, error);
  if (body == NULL)
    return FALSE;
  g_clear_object (&step->reply);
  if (step->type == &mh_patient_type)
    step->reply = mh_patients_service_change (
        MH_REQUEST_TX (tx, NULL, lab->doctor),
        (MhPatch){ .id = step->id, .if_match = -1, .body = body }, error);
  else if (step->id != NULL)
    step->reply = mh_allergies_service_change (
        MH_REQUEST_TX (tx, lab->server, lab->doctor),
        (MhPatch){ .id = step->id, .if_match = -1, .body = body }, error);
  else
    step->reply
        = mh_allergies_service_create (MH_REQUEST_TX (tx, lab->server, lab->doctor), body, error);
  return step->reply != NULL;
}

static MhRecord *
try (Lab *lab, const MhRecordType *type, const char *id, const char *json, GError **error)
{
  Step step = { type, id, json, NULL };
  return lab_write (lab, lab->doctor, act, &step, error) ? step.reply : NULL;
}

static MhRecord *
must (Lab *lab, const MhRecordType *type, const char *id, const char *json)
{
  GError *error = NULL;
  MhRecord *reply = try (lab, type, id, json, &error);
  g_assert_no_error (error);
  return reply;
}

static void
assert_patient (Lab *lab, const char *status, const char *names)
{
  g_autoptr (MhRecord) patient = lab_get (lab, &mh_patient_type, LAB_PATIENT);
  g_autofree char *list = mh_record_value_text (patient, MH_PATIENT_ALLERGIES);
  g_assert_cmpstr (mh_record_text (patient, MH_PATIENT_ALLERGY_STATUS), ==, status);
  g_assert_cmpstr (list != NULL ? list : "", ==, names);
}

static guint
n_active (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) active = mh_allergies_service_active (db, LAB_PATIENT, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return active->len;
}

static void
test_followed (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhRecord) first
      = must (lab, &mh_allergy_type, NULL,
              "{\"patient_id\":\"" LAB_PATIENT "\",\"substance\":\"amoxicillin\","
              "\"severity\":\"severe\",\"reaction\":\"wheals\"}");
  g_assert_cmpstr (mh_record_text (first, MH_ALLERGY_STATUS), ==, MH_ALLERGY_ACTIVE);
  g_assert_cmpstr (mh_record_text (first, MH_ALLERGY_KIND), ==, MH_ALLERGY_KIND_ALLERGY);
  g_assert_cmpstr (mh_record_text (first, MH_ALLERGY_NOTED_BY), ==, mh_actor_user_id (lab->doctor));
  assert_patient (lab, MH_ALLERGY_KNOWN, "amoxicillin");
  g_autoptr (MhRecord) second
      = must (lab, &mh_allergy_type, NULL,
              "{\"patient_id\":\"" LAB_PATIENT "\",\"substance\":\"Peanuts\"}");
  assert_patient (lab, MH_ALLERGY_KNOWN, "amoxicillin; Peanuts");
  g_autoptr (MhRecord) gone
      = must (lab, &mh_allergy_type, mh_record_id (first), "{\"status\":\"refuted\"}");
  assert_patient (lab, MH_ALLERGY_KNOWN, "Peanuts");
  g_autoptr (MhRecord) last
      = must (lab, &mh_allergy_type, mh_record_id (second), "{\"status\":\"mistake\"}");
  assert_patient (lab, MH_ALLERGY_NONE, "");
  g_assert_cmpuint (n_active (lab), ==, 0);
}

static void
test_refused (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) twice = NULL, nobody = NULL;
  g_autoptr (MhRecord) first
      = must (lab, &mh_allergy_type, NULL,
              "{\"patient_id\":\"" LAB_PATIENT "\",\"substance\":\"Penicillin\"}");
  g_assert_null (try (lab, &mh_allergy_type, NULL,
                      "{\"patient_id\":\"" LAB_PATIENT "\",\"substance\":\"penicillin\"}", &twice));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (twice), "substance"));
  g_assert_null (try (lab, &mh_allergy_type, NULL,
                      "{\"patient_id\":\"" LAB_HOSPITAL "\",\"substance\":\"x\"}", &nobody));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (nobody), "patient_id"));
}

/* What reception writes into the patient becomes records, and no record is made twice. */
static void
test_from_patient (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  mh_allergies_service_observe (lab->server);
  g_autoptr (MhRecord) known
      = must (lab, &mh_patient_type, LAB_PATIENT,
              "{\"allergy_status\":\"known\",\"allergies\":[\"Penicillin\",\"Latex\"]}");
  g_assert_cmpuint (n_active (lab), ==, 2);
  g_autoptr (MhRecord) more
      = must (lab, &mh_allergy_type, NULL,
              "{\"patient_id\":\"" LAB_PATIENT "\",\"substance\":\"ibuprofen\"}");
  g_assert_cmpuint (n_active (lab), ==, 3);
  assert_patient (lab, MH_ALLERGY_KNOWN, "Penicillin; Latex; ibuprofen");
  g_autoptr (MhRecord) fewer
      = must (lab, &mh_patient_type, LAB_PATIENT, "{\"allergies\":[\"penicillin\"]}");
  g_assert_cmpuint (n_active (lab), ==, 1);
  g_autoptr (MhRecord) none
      = must (lab, &mh_patient_type, LAB_PATIENT, "{\"allergy_status\":\"none\",\"allergies\":[]}");
  g_assert_cmpuint (n_active (lab), ==, 0);
  assert_patient (lab, MH_ALLERGY_NONE, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/allergies/followed", test_followed);
  mh_test_add_both ("/allergies/refused", test_refused);
  mh_test_add_both ("/allergies/from-patient", test_from_patient);
  return mh_test_run ();
}
