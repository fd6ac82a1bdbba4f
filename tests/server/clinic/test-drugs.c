/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking at signing, reasons, second signatures, what is taken, rates. On both databases. */
#include "server/clinic/drugcheck/mh-allergies-service.h"
#include "server/clinic/drugcheck/mh-drugcheck-service.h"
#include "server/clinic/prescriptions/mh-prescriptions-service.h"
#include "server/ctl/mh-formulary-load.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/people/mh-permissions.h"
#include "tests/server/lab-fixture.h"

typedef enum
{
  LOAD,
  ALLERGY,
  PRESCRIBE,
  COUNTERSIGN,
  STOP,
} What;

typedef struct
{
  What what;
  MhActor *actor;
  const char *id, *json;
  MhRecord *reply;
} Step;

static gboolean
act (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const MhRecordType *const types[]
      = { NULL, &mh_allergy_type, &mh_prescription_type, NULL, &mh_drug_stop_type };
  Step *step = data;
  g_clear_object (&step->reply);
  if (step->what == LOAD)
    return mh_formulary_load (tx, error);
  g_autoptr (MhRecord) body
      = step->json != NULL
            ? mh_record_from_text (types[step->what], step->json, -1, MH_JSON_CREATE, error)
            : NULL;
  if (step->json != NULL && body == NULL)
    return FALSE;
  if (step->what == ALLERGY)
    step->reply
        = mh_allergies_service_create (MH_REQUEST_TX (tx, lab->server, step->actor), body, error);
  else if (step->what == PRESCRIBE)
    step->reply = mh_prescriptions_service_create (MH_REQUEST_TX (tx, lab->server, step->actor),
                                                   body, 0, error);
  else if (step->what == COUNTERSIGN)
    step->reply = mh_prescriptions_service_countersign (MH_REQUEST_TX (tx, NULL, step->actor),
                                                        step->id, error);
  else
    step->reply = mh_drugcheck_service_stop (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                             body, error);
  return step->reply != NULL;
}

static MhRecord *
try (Lab *lab, What what, MhActor *actor, const char *id, const char *json, GError **error)
{
  Step step = { what, actor, id, json, NULL };
  return lab_write (lab, actor, act, &step, error) ? step.reply : NULL;
}

static MhRecord *
must (Lab *lab, What what, MhActor *actor, const char *id, const char *json)
{
  GError *error = NULL;
  MhRecord *reply = try (lab, what, actor, id, json, &error);
  g_assert_no_error (error);
  return reply;
}

/* With the formulary; on 2044-06-01 the girl is thirty. */
static Lab *
house (const MhTestDb *test)
{
  gint64 now;
  Lab *lab = lab_new (test);
  g_assert_true (mh_instant_parse ("2044-06-01T06:30:00Z", &now));
  mh_clock_set (mh_server_clock (lab->server), now);
  g_autoptr (MhRecord) none = NULL;
  GError *error = NULL;
  none = try (lab, LOAD, lab->doctor, NULL, NULL, &error);
  g_assert_no_error (error);
  return lab;
}

#define LINE(code, name, dose, often)                                                              \
  "{\"medicine\":\"" code "\",\"name\":\"" name "\",\"dose\":\"" dose "\",\"frequency\":\"" often  \
  "\",\"duration_days\":5}"
#define AMOXICILLIN LINE ("AMOXICIL-CAP-500MG", "amoxicillin", "1 capsule", "TDS")
#define SIGN(lines, more)                                                                          \
  "{\"patient_id\":\"" LAB_PATIENT "\",\"sign\":true,\"lines\":[" lines "]" more "}"

static MhRecord *
check (Lab *lab, const char *json)
{
  GError *error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) draft
      = mh_record_from_text (&mh_prescription_type, json, -1, MH_JSON_CREATE, &error);
  g_assert_no_error (error);
  MhRecord *checked
      = mh_drugcheck_service_check (MH_REQUEST_DB (db, lab->server, lab->doctor), draft,
                                    mh_clock_now (mh_server_clock (lab->server)), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return checked;
}

static MhRecord *
alert_of (MhRecord *checked, const char *code)
{
  GPtrArray *alerts = mh_record_records (checked, MH_DRUG_CHECK_ALERTS);
  for (guint i = 0; i < alerts->len; i++)
    if (g_str_equal (mh_record_text (alerts->pdata[i], MH_DRUG_ALERT_CODE), code))
      return alerts->pdata[i];
  return NULL;
}

static void
penicillin (Lab *lab, const char *severity)
{
  g_autofree char *json
      = g_strdup_printf ("{\"patient_id\":\"" LAB_PATIENT "\",\"substance\":\"Penicillin\","
                         "\"severity\":\"%s\",\"reaction\":\"wheals\"}",
                         severity);
  g_autoptr (MhRecord) allergy = must (lab, ALLERGY, lab->doctor, NULL, json);
}

/* Refused without a reason, taken with one; the reason is kept, and the paper says nothing of it.
 */
static void
test_reason (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  g_autoptr (GError) refused = NULL, error = NULL;
  penicillin (lab, "moderate");
  g_autoptr (MhRecord) checked = check (lab, SIGN (AMOXICILLIN, ""));
  MhRecord *alert = alert_of (checked, MH_DRUG_ALERT_ALLERGY_CLASS);
  g_assert_nonnull (alert);
  g_assert_cmpint (mh_record_int (checked, MH_DRUG_CHECK_INTERRUPTING), ==, 1);
  g_assert_false (mh_record_bool (checked, MH_DRUG_CHECK_SECOND));
  g_assert_null (try (lab, PRESCRIBE, lab->doctor, NULL, SIGN (AMOXICILLIN, ""), &refused));
  g_assert_error (refused, MH_ERROR, MH_ERROR_INVALID);
  g_assert_cmpstr (mh_issues_find (mh_error_get_issues (refused), "overrides")->code, ==,
                   "reason_needed");
  g_autofree char *json = g_strdup_printf (
      SIGN (AMOXICILLIN,
            ",\"alerts_seen\":2,\"overrides\":[{\"key\":\"%s\",\"reason\":\"tolerated\","
            "\"note\":\"2024\"}]"),
      mh_record_text (alert, MH_DRUG_ALERT_KEY));
  g_autoptr (MhRecord) made = must (lab, PRESCRIBE, lab->doctor, NULL, json);
  g_assert_cmpstr (mh_record_text (made, MH_PRESCRIPTION_STATUS), ==,
                   MH_PRESCRIPTION_STATUS_SIGNED);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) read = mh_prescriptions_service_read (MH_REQUEST_DB (db, NULL, lab->doctor),
                                                             mh_record_id (made), &error);
  g_assert_no_error (error);
  GPtrArray *overrides = mh_record_records (read, MH_PRESCRIPTION_OVERRIDES);
  g_assert_cmpuint (overrides->len, ==, 1);
  g_assert_cmpstr (mh_record_text (overrides->pdata[0], MH_DRUG_OVERRIDE_REASON), ==, "tolerated");
  g_assert_cmpstr (mh_record_text (overrides->pdata[0], MH_DRUG_OVERRIDE_CODE), ==,
                   MH_DRUG_ALERT_ALLERGY_CLASS);
  g_autoptr (MhRecord) rates
      = mh_drugcheck_service_rates (MH_REQUEST_DB (db, NULL, lab->doctor), 0, G_MAXINT64, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (rates, MH_DRUG_RATE_LINES), ==, 1);
  g_assert_cmpint (mh_record_int (rates, MH_DRUG_RATE_SEEN), ==, 2);
  g_assert_cmpint (mh_record_int (rates, MH_DRUG_RATE_OVERRIDDEN), ==, 1);
  g_assert_cmpstr (mh_record_text (rates, MH_DRUG_RATE_OVERRIDE_PERCENT), ==, "50.0");
  g_assert_cmpuint (mh_record_records (rates, MH_DRUG_RATE_ROWS)->len, ==, 1);
}

/* Noted by a brand, or by a name that nobody knows: neither is passed over. */
static void
test_other_names (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  g_autoptr (GError) refused = NULL;
  g_autoptr (MhRecord) dust
      = must (lab, ALLERGY, lab->doctor, NULL,
              "{\"patient_id\":\"" LAB_PATIENT "\",\"substance\":\"house dust\"}");
  g_autoptr (MhRecord) quiet = check (lab, SIGN (AMOXICILLIN, ""));
  g_assert_null (alert_of (quiet, MH_DRUG_ALERT_ALLERGY_UNCHECKED));
  g_autoptr (MhRecord) brand
      = must (lab, ALLERGY, lab->doctor, NULL,
              "{\"patient_id\":\"" LAB_PATIENT "\",\"substance\":\"Augmentin\"}");
  g_assert_cmpstr (mh_record_text (brand, MH_ALLERGY_SUBSTANCE), ==, "Augmentin");
  g_autoptr (MhRecord) found = check (lab, SIGN (AMOXICILLIN, ""));
  g_assert_nonnull (alert_of (found, MH_DRUG_ALERT_ALLERGY));
  g_assert_null (try (lab, PRESCRIBE, lab->doctor, NULL, SIGN (AMOXICILLIN, ""), &refused));
  g_assert_error (refused, MH_ERROR, MH_ERROR_INVALID);
  g_autoptr (MhRecord) unknown
      = must (lab, ALLERGY, lab->doctor, NULL,
              "{\"patient_id\":\"" LAB_PATIENT "\",\"substance\":\"Zyxolin\"}");
  g_autoptr (MhRecord) told = check (lab, SIGN (AMOXICILLIN, ""));
  MhRecord *alert = alert_of (told, MH_DRUG_ALERT_ALLERGY_UNCHECKED);
  g_assert_cmpstr (alert != NULL ? mh_record_text (alert, MH_DRUG_ALERT_OTHER) : NULL, ==,
                   "Zyxolin");
}

/* An anaphylaxis stops: with a reason it waits for another doctor, and not for anybody else. */
static void
test_second_doctor (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  g_autoptr (GError) own = NULL, reception = NULL, again = NULL;
  g_autoptr (MhActor) colleague
      = mh_actor_new (mh_actor_user_id (lab->second), "Second doctor", MH_ROLE_DOCTOR, LAB_HOSPITAL,
                      NULL, mh_role_default_find (MH_ROLE_DOCTOR)->permissions);
  g_autoptr (MhActor) nurse
      = mh_actor_new (mh_actor_user_id (lab->reception), "Nurse", MH_ROLE_NURSE, LAB_HOSPITAL, NULL,
                      mh_role_default_find (MH_ROLE_NURSE)->permissions);
  penicillin (lab, "anaphylaxis");
  g_autoptr (MhRecord) checked = check (lab, SIGN (AMOXICILLIN, ""));
  MhRecord *alert = alert_of (checked, MH_DRUG_ALERT_ALLERGY_CLASS);
  g_assert_true (mh_drug_alert_stops (alert));
  g_autofree char *json = g_strdup_printf (
      SIGN (AMOXICILLIN, ",\"overrides\":[{\"key\":\"%s\",\"reason\":\"no_choice\"}]"),
      mh_record_text (alert, MH_DRUG_ALERT_KEY));
  g_autoptr (MhRecord) made = must (lab, PRESCRIBE, lab->doctor, NULL, json);
  g_assert_cmpstr (mh_record_text (made, MH_PRESCRIPTION_STATUS), ==,
                   MH_PRESCRIPTION_STATUS_COUNTERSIGN);
  const char *id = mh_record_id (made);
  g_assert_null (try (lab, COUNTERSIGN, lab->doctor, id, NULL, &own));
  g_assert_error (own, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_assert_null (try (lab, COUNTERSIGN, nurse, id, NULL, &reception));
  g_assert_error (reception, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_autoptr (MhRecord) signed_twice = must (lab, COUNTERSIGN, colleague, id, NULL);
  g_assert_cmpstr (mh_record_text (signed_twice, MH_PRESCRIPTION_STATUS), ==,
                   MH_PRESCRIPTION_STATUS_SIGNED);
  g_assert_cmpstr (mh_record_text (signed_twice, MH_PRESCRIPTION_SECOND_NAME), ==, "Second doctor");
  g_assert_null (try (lab, COUNTERSIGN, colleague, id, NULL, &again));
  g_assert_error (again, MH_ERROR, MH_ERROR_CONFLICT);
}

/* A high-alert medicine waits for a second signature, a nurse's is enough. */
static void
test_high_alert (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  g_autoptr (MhActor) nurse
      = mh_actor_new (mh_actor_user_id (lab->reception), "Nurse", MH_ROLE_NURSE, LAB_HOSPITAL, NULL,
                      mh_role_default_find (MH_ROLE_NURSE)->permissions);
  g_autoptr (MhRecord) made
      = must (lab, PRESCRIBE, lab->doctor, NULL,
              SIGN (LINE ("DIGOXIN-TAB-0.25MG", "digoxin", "1 tablet", "OD"), ""));
  g_assert_cmpstr (mh_record_text (made, MH_PRESCRIPTION_STATUS), ==,
                   MH_PRESCRIPTION_STATUS_COUNTERSIGN);
  g_assert_cmpstr (mh_record_text (made, MH_PRESCRIPTION_SECOND_NEEDED), ==, MH_SECOND_ANYBODY);
  g_autoptr (MhRecord) second = must (lab, COUNTERSIGN, nurse, mh_record_id (made), NULL);
  g_assert_cmpstr (mh_record_text (second, MH_PRESCRIPTION_STATUS), ==,
                   MH_PRESCRIPTION_STATUS_SIGNED);
}

static guint
n_active (Lab *lab, const char *today)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) active = mh_drugs_active (db, LAB_PATIENT, today, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return active->len;
}

/* What another doctor prescribed counts, until its last day, and not when it was stopped. */
static void
test_active (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  static const char warfarin[] = SIGN (LINE ("WARFARIN-TAB-5MG", "warfarin", "1 tablet", "OD"), "");
  g_autoptr (MhRecord) draft
      = must (lab, PRESCRIBE, lab->doctor, NULL,
              "{\"patient_id\":\"" LAB_PATIENT
              "\",\"lines\":[" LINE ("WARFARIN-TAB-5MG", "warfarin", "1 tablet", "OD") "]}");
  g_assert_cmpuint (n_active (lab, "2044-06-01"), ==, 0);
  g_autoptr (MhRecord) made = must (lab, PRESCRIBE, lab->doctor, NULL, warfarin);
  g_assert_cmpuint (n_active (lab, "2044-06-01"), ==, 1);
  g_assert_cmpuint (n_active (lab, "2044-06-05"), ==, 1);
  g_assert_cmpuint (n_active (lab, "2044-06-06"), ==, 0);
  static const char aspirin[] = SIGN (LINE ("ASPIRIN-TAB-75MG", "aspirin", "1 tablet", "OD"), "");
  g_autoptr (MhRecord) checked = check (lab, aspirin);
  MhRecord *alert = alert_of (checked, MH_DRUG_ALERT_INTERACTION);
  g_assert_nonnull (alert);
  g_assert_cmpstr (mh_record_text (alert, MH_DRUG_ALERT_OTHER), ==, "warfarin");
  g_assert_true (mh_drug_alert_interrupts (alert));
  g_assert_cmpuint (mh_record_records (checked, MH_DRUG_CHECK_ACTIVE_ITEMS)->len, ==, 1);
  MhRecord *line = mh_record_records (made, MH_PRESCRIPTION_LINES)->pdata[0];
  g_autoptr (MhRecord) stopped
      = must (lab, STOP, lab->doctor, mh_record_id (line), "{\"reason\":\"bleeding\"}");
  g_assert_cmpstr (mh_record_text (stopped, MH_PRESCRIPTION_LINE_STOPPED_ON), ==, "2044-06-01");
  g_autoptr (GError) twice = NULL;
  g_assert_null (
      try (lab, STOP, lab->doctor, mh_record_id (line), "{\"reason\":\"again\"}", &twice));
  g_assert_error (twice, MH_ERROR, MH_ERROR_CONFLICT);
  g_assert_cmpuint (n_active (lab, "2044-06-01"), ==, 0);
  g_autoptr (MhRecord) calm = check (lab, aspirin);
  g_assert_null (alert_of (calm, MH_DRUG_ALERT_INTERACTION));
}

/* The figures stand beside with what is not known said; lines are completed from the formulary. */
static void
test_figures (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  static const char *const codes[] = { "WEIGHT", "HEIGHT", "CREA", "K", "INR", "ALT", "PLT" };
  g_autoptr (MhRecord) checked = check (lab, SIGN (AMOXICILLIN, ""));
  GPtrArray *figures = mh_record_records (checked, MH_DRUG_CHECK_FIGURES);
  g_assert_cmpuint (figures->len, ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_cmpstr (mh_record_text (figures->pdata[i], MH_DRUG_FIGURE_CODE), ==, codes[i]);
      g_assert_false (mh_record_has (figures->pdata[i], MH_DRUG_FIGURE_VALUE));
    }
  g_assert_nonnull (alert_of (checked, MH_DRUG_ALERT_NO_CREATININE));
  g_assert_nonnull (alert_of (checked, MH_DRUG_ALERT_NOT_ASKED));
  g_autoptr (MhRecord) made = must (lab, PRESCRIBE, lab->doctor, NULL, SIGN (AMOXICILLIN, ""));
  MhRecord *line = mh_record_records (made, MH_PRESCRIPTION_LINES)->pdata[0];
  g_assert_cmpstr (mh_record_text (line, MH_PRESCRIPTION_LINE_ATC), ==, "J01CA04");
  g_assert_cmpstr (mh_record_list (line, MH_PRESCRIPTION_LINE_INGREDIENTS)[0], ==, "amoxicillin");
  g_assert_cmpstr (mh_record_text (line, MH_PRESCRIPTION_LINE_ENDS_ON), ==, "2044-06-05");
  g_assert_false (mh_record_bool (line, MH_PRESCRIPTION_LINE_UNCHECKED));
}

/* Before anything is prescribed: what is taken and the figures, without alerts; by who may read. */
static void
test_profile (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) made
      = must (lab, PRESCRIBE, lab->doctor, NULL,
              SIGN (LINE ("WARFARIN-TAB-5MG", "warfarin", "1 tablet", "OD"), ""));
  MhDb *db = lab_reader (lab);
  gint64 now = mh_clock_now (mh_server_clock (lab->server));
  g_autoptr (MhRecord) profile = mh_drugcheck_service_profile (
      MH_REQUEST_DB (db, lab->server, lab->doctor), LAB_PATIENT, now, &error);
  g_autoptr (MhRecord) nobody = mh_drugcheck_service_profile (
      MH_REQUEST_DB (db, lab->server, lab->doctor), LAB_HOSPITAL, now, NULL);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_null (nobody);
  g_assert_cmpuint (mh_record_records (profile, MH_DRUG_CHECK_ALERTS)->len, ==, 0);
  g_assert_cmpuint (mh_record_records (profile, MH_DRUG_CHECK_FIGURES)->len, ==, 7);
  GPtrArray *taken = mh_record_records (profile, MH_DRUG_CHECK_ACTIVE_ITEMS);
  g_assert_cmpuint (taken->len, ==, 1);
  g_assert_cmpstr (mh_record_text (taken->pdata[0], MH_PRESCRIPTION_LINE_NAME), ==, "warfarin");
  /* five days, once a day, one tablet */
  g_assert_cmpint (mh_record_int (taken->pdata[0], MH_PRESCRIPTION_LINE_QUANTITY), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/drugs/reason", test_reason);
  mh_test_add_both ("/drugs/other-names", test_other_names);
  mh_test_add_both ("/drugs/second-doctor", test_second_doctor);
  mh_test_add_both ("/drugs/high-alert", test_high_alert);
  mh_test_add_both ("/drugs/active", test_active);
  mh_test_add_both ("/drugs/figures", test_figures);
  mh_test_add_both ("/drugs/profile", test_profile);
  return mh_test_run ();
}
