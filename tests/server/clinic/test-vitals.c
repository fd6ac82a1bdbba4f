/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vital signs, what follows from their score, triage, fluids, forms, on both databases. */
#include "server/clinic/forms/mh-forms-service.h"
#include "server/clinic/papers/mh-visit-paper-service.h"
#include "server/clinic/visits/mh-visits-service.h"
#include "server/clinic/visits/mh-vitals-service.h"
#include "server/clinic/visits/mh-vitals.h"
#include "server/people/patients/mh-death-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-clinical-form.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

static MhRecord *
parse (const MhRecordType *type, const char *json)
{
  GError *error = NULL;
  MhRecord *record = mh_record_from_text (type, json, -1, MH_JSON_CREATE, &error);
  g_assert_no_error (error);
  return record;
}

/* A ward with one adult and one open visit. */
typedef struct
{
  Lab *lab;
  MhActor *nurse, *doctor, *admin;
  char *visit;
} Ward;

typedef struct
{
  MhActor *actor;
  const char *id;
  MhRecord *body, *answer;
} Call;

static gboolean
call_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Call *call = data;
  const MhRecordType *type = mh_record_type (call->body);
  MhRecord *of = NULL;
  g_clear_object (&call->answer);
  if (type == &mh_strike_type)
    {
      of = mh_store_find (mh_tx_db (tx), &mh_fluid_type, "id", call->id, NULL);
      call->answer = of != NULL ? mh_fluids_service_strike (MH_REQUEST_TX (tx, NULL, call->actor),
                                                            call->id, call->body, error)
                                : mh_vitals_service_strike (MH_REQUEST_TX (tx, NULL, call->actor),
                                                            call->id, call->body, error);
      g_clear_object (&of);
    }
  else
    call->answer
        = type == &mh_visit_type
              ? mh_visits_service_create (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error)
          : type == &mh_visit_step_type ? mh_visits_service_move (
                MH_REQUEST_TX (tx, NULL, call->actor), call->id, call->body, error)
          : type == &mh_triage_type ? mh_visits_service_triage (
                MH_REQUEST_TX (tx, NULL, call->actor), call->id, call->body, 0, error)
          : type == &mh_spo2_order_type ? mh_visits_service_order_scale (
                MH_REQUEST_TX (tx, NULL, call->actor), call->id, call->body, error)
          : type == &mh_death_type ? mh_death_service_record (MH_REQUEST_TX (tx, NULL, call->actor),
                                                              call->id, call->body, error)
          : type == &mh_death_withdrawal_type ? mh_death_service_withdraw (
                MH_REQUEST_TX (tx, NULL, call->actor), call->id, call->body, error)
          : type == &mh_fluid_type
              ? mh_fluids_service_add (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error)
          : type == &mh_form_definition_type
              ? mh_forms_service_define (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error)
          : type == &mh_form_answer_type
              ? mh_forms_service_answer (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error)
              : mh_vitals_service_record (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error);
  return call->answer != NULL;
}

/* Takes @body. */
static MhRecord *
do_call (Ward *ward, MhActor *who, const char *id, MhRecord *body, GError **error)
{
  g_autoptr (MhRecord) taken = body;
  Call call = { who, id, taken, NULL };
  if (lab_write (ward->lab, who, call_func, &call, error))
    return call.answer;
  g_clear_object (&call.answer);
  return NULL;
}

static MhRecord *
must (Ward *ward, MhActor *who, const char *id, MhRecord *body)
{
  GError *error = NULL;
  MhRecord *answer = do_call (ward, who, id, body, &error);
  g_assert_no_error (error);
  return answer;
}

static void
fails (Ward *ward, MhActor *who, const char *id, MhRecord *body, int code, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (do_call (ward, who, id, body, &error));
  g_assert_error (error, MH_ERROR, code);
  if (field != NULL)
    g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), field));
}

static MhActor *
actor (MhActor *person, const char *role)
{
  return mh_actor_new (mh_actor_user_id (person), role, role, LAB_HOSPITAL, NULL,
                       mh_role_default_find (role)->permissions);
}

static gboolean
grow_up (MhTx *tx, Lab *lab, gpointer birth, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_patient_type, LAB_PATIENT, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_PATIENT_BIRTH_DATE, birth);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static Ward *
ward_new (const MhTestDb *test, const char *birth)
{
  gint64 now = 0;
  Ward *ward = g_new0 (Ward, 1);
  ward->lab = lab_new (test);
  g_assert_true (mh_instant_parse ("2026-11-21T06:00:00Z", &now));
  mh_clock_set (mh_server_clock (ward->lab->server), now);
  ward->nurse = actor (ward->lab->second, MH_ROLE_NURSE);
  ward->doctor = actor (ward->lab->doctor, MH_ROLE_DOCTOR);
  ward->admin = actor (ward->lab->technician, MH_ROLE_ADMIN);
  g_assert_true (lab_write (ward->lab, ward->doctor, grow_up, (gpointer)birth, NULL));
  g_autoptr (MhRecord) visit = must (
      ward, ward->nurse, NULL,
      parse (&mh_visit_type, "{\"patient_id\":\"" LAB_PATIENT "\",\"kind\":\"emergency\"}"));
  ward->visit = g_strdup (mh_record_id (visit));
  return ward;
}

static void
ward_free (Ward *ward)
{
  mh_actor_unref (ward->nurse);
  mh_actor_unref (ward->doctor);
  mh_actor_unref (ward->admin);
  lab_free (ward->lab);
  g_free (ward->visit);
  g_free (ward);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ward, ward_free)

/* A record of @type with the visit and these members. */
static MhRecord *
of_visit (Ward *ward, const MhRecordType *type, const char *members)
{
  g_autofree char *json = g_strdup_printf ("{\"visit_id\":\"%s\",%s}", ward->visit, members);
  return parse (type, json);
}

static MhRecord *
measured (Ward *ward, const char *members)
{
  return must (ward, ward->nurse, NULL, of_visit (ward, &mh_vitals_type, members));
}

static MhRecord *
visit_of (Ward *ward)
{
  return lab_get (ward->lab, &mh_visit_type, ward->visit);
}

static guint
open_alerts (Ward *ward, const char *kind)
{
  guint n = 0;
  MhDb *db = lab_reader (ward->lab);
  g_autoptr (GPtrArray) alerts = mh_store_all (db, &mh_alert_type, "kind", kind, NULL);
  lab_done (ward->lab, db);
  for (guint i = 0; i < alerts->len; i++)
    n += !mh_record_has (g_ptr_array_index (alerts, i), MH_ALERT_CLEARED_AT);
  return n;
}

#define WELL                                                                                       \
  "\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":120,\"diastolic\":80,\"pulse\":72,"         \
  "\"consciousness\":\"A\",\"temperature\":\"37.0\""
/* 2 + 1 + 2: five in all, none of them three */
#define MIDDLING                                                                                   \
  "\"resp\":22,\"spo2\":95,\"o2\":\"air\",\"systolic\":95,\"diastolic\":60,\"pulse\":72,"          \
  "\"consciousness\":\"A\",\"temperature\":\"37.0\""
#define ILL                                                                                        \
  "\"resp\":26,\"spo2\":90,\"o2\":\"mask\",\"o2_flow\":\"6\",\"systolic\":95,\"pulse\":120,"       \
  "\"consciousness\":\"V\",\"temperature\":\"102.4\",\"temperature_unit\":\"[degF]\""

static gint64
minutes_until_next (Ward *ward)
{
  g_autoptr (MhRecord) visit = visit_of (ward);
  return (mh_record_int (visit, MH_VISIT_OBSERVE_BY) - mh_record_int (visit, MH_VISIT_OBSERVED_AT))
         / MH_MINUTE;
}

static void
test_score (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "1970-05-01");
  g_autoptr (MhRecord) well = measured (ward, WELL);
  g_assert_cmpint (mh_record_int (well, MH_VITALS_NEWS2), ==, 0);
  g_assert_cmpstr (mh_record_text (well, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_ZERO);
  g_assert_cmpint (minutes_until_next (ward), ==, 720);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 0);

  /* a doctor within the hour, told once to the ward; better, and nobody is asked any more */
  g_autoptr (MhRecord) medium = measured (ward, MIDDLING);
  g_assert_cmpstr (mh_record_text (medium, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_MEDIUM);
  g_autoptr (MhRecord) still = measured (ward, MIDDLING);
  lab_told (ward->lab, MH_ALERT_NEWS2_URGENT, 1, MH_ROLE_NURSE, MH_ROLE_CASHIER);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 0);
  g_autoptr (MhRecord) better = measured (ward, WELL);
  lab_told (ward->lab, MH_ALERT_NEWS2_URGENT, 0, MH_ROLE_NURSE, MH_ROLE_CASHIER);

  g_autoptr (MhRecord) ill = measured (ward, ILL);
  g_assert_cmpstr (mh_record_text (ill, MH_VITALS_TEMPERATURE), ==, "102.4");
  g_assert_cmpstr (mh_record_text (ill, MH_VITALS_TEMPERATURE_C), ==, "39.1");
  g_assert_cmpstr (mh_record_text (ill, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_HIGH);
  g_autoptr (MhRecord) visit = visit_of (ward);
  g_assert_cmpint (mh_record_int (visit, MH_VISIT_NEWS2), ==, 17);
  g_assert_cmpint (minutes_until_next (ward), ==, 15);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 1);

  /* a weight alone is no observation; a set that lacks something is incomplete, not 0 */
  g_autoptr (MhRecord) weight = measured (ward, "\"weight\":\"150\",\"weight_unit\":\"[lb_av]\"");
  g_assert_false (mh_record_has (weight, MH_VITALS_NEWS2_LEVEL));
  g_assert_cmpint (minutes_until_next (ward), ==, 15);
  g_autoptr (MhRecord) part = measured (ward, "\"pulse\":72");
  g_assert_cmpstr (mh_record_text (part, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_INCOMPLETE);
  g_assert_cmpint (minutes_until_next (ward), ==, 60);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 0);
  /* what an incomplete set has is enough to call */
  g_autoptr (MhRecord) bad = measured (ward, "\"pulse\":140,\"systolic\":85,\"resp\":30");
  g_assert_cmpstr (mh_record_text (bad, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_INCOMPLETE);
  g_assert_cmpint (minutes_until_next (ward), ==, 15);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 1);

  /* struck out: the score is the one before; twice is refused */
  g_autoptr (MhRecord) struck = must (ward, ward->nurse, mh_record_id (bad),
                                      parse (&mh_strike_type, "{\"reason\":\"Other patient\"}"));
  g_assert_true (mh_record_has (struck, MH_VITALS_STRUCK_AT));
  g_assert_cmpint (minutes_until_next (ward), ==, 60);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 0);
  fails (ward, ward->nurse, mh_record_id (bad), parse (&mh_strike_type, "{\"reason\":\"Again\"}"),
         MH_ERROR_CONFLICT, NULL);
  MhDb *db = lab_reader (ward->lab);
  g_autoptr (MhRecord) kg = mh_vitals_latest (db, LAB_PATIENT, MH_VITALS_WEIGHT_KG, NULL);
  g_autoptr (MhRecord) pulse = mh_vitals_latest (db, LAB_PATIENT, MH_VITALS_PULSE, NULL);
  lab_done (ward->lab, db);
  g_assert_cmpstr (mh_record_text (kg, MH_VITALS_WEIGHT_KG), ==, "68.04");
  g_assert_cmpstr (mh_record_id (pulse), ==, mh_record_id (part));
}

static void
test_not_for (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "2010-11-22");
  g_autoptr (MhRecord) set = measured (ward, WELL);
  g_assert_cmpstr (mh_record_text (set, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_NOT_FOR);
  g_assert_false (mh_record_has (set, MH_VITALS_NEWS2));
}

static void
test_just_for (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "2010-11-21");
  g_autoptr (MhRecord) set = measured (ward, WELL);
  g_assert_cmpstr (mh_record_text (set, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_ZERO);
}

/* Sixteen from midnight in Kolkata on, not from half past five. */
static void
test_birthday (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "2010-11-21");
  g_autoptr (MhRecord) before = measured (ward, WELL ",\"taken_at\":\"2026-11-20T18:29:00.000Z\"");
  g_autoptr (MhRecord) after = measured (ward, WELL ",\"taken_at\":\"2026-11-20T18:30:00.000Z\"");
  g_assert_cmpstr (mh_record_text (before, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_NOT_FOR);
  g_assert_cmpstr (mh_record_text (after, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_ZERO);
}

static void
test_scale (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "1950-05-01");
#define LOW                                                                                        \
  "\"resp\":16,\"spo2\":89,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"                          \
  "\"consciousness\":\"A\",\"temperature\":\"37.0\""
  g_autoptr (MhRecord) one = measured (ward, LOW);
  g_assert_cmpint (mh_record_int (one, MH_VITALS_NEWS2), ==, 3);
  g_assert_cmpstr (mh_record_text (one, MH_VITALS_NEWS2_LEVEL), ==, MH_NEWS2_SINGLE_THREE);
  fails (ward, ward->nurse, ward->visit, parse (&mh_spo2_order_type, "{\"scale\":2}"),
         MH_ERROR_FORBIDDEN, NULL);
  g_autoptr (MhRecord) ordered
      = must (ward, ward->doctor, ward->visit, parse (&mh_spo2_order_type, "{\"scale\":2}"));
  g_assert_true (mh_record_has (ordered, MH_VISIT_SPO2_SCALE_BY));
  g_autoptr (MhRecord) two = measured (ward, LOW);
  g_assert_cmpint (mh_record_int (two, MH_VITALS_NEWS2), ==, 0);
  g_assert_cmpint (mh_record_int (two, MH_VITALS_SPO2_SCALE), ==, 2);
}

static void
run_jobs (Ward *ward)
{
  guint n = 0;
  g_assert_true (mh_jobs_run_due (mh_server_jobs (ward->lab->server), &n, NULL));
}

static void
test_timer (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "1970-05-01");
  MhClock *clock = mh_server_clock (ward->lab->server);
  mh_vitals_service_register (ward->lab->server);
  g_autoptr (MhRecord) first = measured (ward, WELL ",\"observe_in\":30");
  g_assert_cmpint (minutes_until_next (ward), ==, 30);
  mh_clock_advance (clock, 30 * MH_MINUTE - MH_SECOND);
  run_jobs (ward);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_OBSERVATION_LATE), ==, 0);
  mh_clock_advance (clock, MH_SECOND);
  run_jobs (ward);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_OBSERVATION_LATE), ==, 1);
  /* the next set ends it; a wish for later than the score allows is not granted */
  g_autoptr (MhRecord) second = measured (ward, ILL ",\"observe_in\":600");
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_OBSERVATION_LATE), ==, 0);
  g_assert_cmpint (minutes_until_next (ward), ==, 15);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 1);
  /* and so does the end of the visit */
  g_autoptr (MhRecord) left
      = must (ward, ward->nurse, ward->visit, parse (&mh_visit_step_type, "{\"to\":\"left\"}"));
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 0);
  mh_clock_advance (clock, MH_DAY);
  run_jobs (ward);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_OBSERVATION_LATE), ==, 0);
  fails (ward, ward->nurse, NULL, of_visit (ward, &mh_vitals_type, WELL), MH_ERROR_CONFLICT, NULL);
}

static void
died (Ward *ward)
{
  g_object_unref (must (
      ward, ward->doctor, LAB_PATIENT,
      parse (&mh_death_type, "{\"died_at\":\"2026-11-21T06:00:00.000Z\",\"told_by\":\"Dr Rao\"}")));
}

/* Nobody is called to the bed of who has died, whose visit may stay open for long; a death that was
 * told by mistake calls again. */
static void
test_death (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "1970-05-01");
  MhClock *clock = mh_server_clock (ward->lab->server);
  mh_vitals_service_register (ward->lab->server);
  g_autoptr (MhRecord) well = measured (ward, WELL);
  g_autoptr (MhRecord) ill = measured (ward, ILL);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 1);
  mh_clock_advance (clock, MH_MINUTE);
  died (ward);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 0);
  g_autoptr (MhRecord) dead = visit_of (ward);
  g_assert_false (mh_record_has (dead, MH_VISIT_OBSERVE_BY));
  g_assert_cmpstr (mh_record_text (dead, MH_VISIT_NEWS2_LEVEL), ==, MH_NEWS2_HIGH);
  mh_clock_advance (clock, MH_DAY);
  run_jobs (ward);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_OBSERVATION_LATE), ==, 0);
  /* nor when a set is struck out: the one before it has a time, too */
  g_object_unref (must (ward, ward->nurse, mh_record_id (ill),
                        parse (&mh_strike_type, "{\"reason\":\"Twice\"}")));
  run_jobs (ward);
  g_autoptr (MhRecord) struck = visit_of (ward);
  g_assert_false (mh_record_has (struck, MH_VISIT_OBSERVE_BY));
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_OBSERVATION_LATE), ==, 0);

  g_object_unref (must (ward, ward->doctor, LAB_PATIENT,
                        parse (&mh_death_withdrawal_type, "{\"reason\":\"wrong chart\"}")));
  g_autoptr (MhRecord) back = visit_of (ward);
  g_assert_cmpint (mh_record_int (back, MH_VISIT_OBSERVE_BY), ==,
                   mh_record_int (well, MH_VITALS_OBSERVE_BY));
  run_jobs (ward);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_OBSERVATION_LATE), ==, 1);
  died (ward);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_OBSERVATION_LATE), ==, 0);
}

/* An alert of the score comes back with who lives after all. */
static void
test_death_withdrawn (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "1970-05-01");
  mh_vitals_service_register (ward->lab->server);
  g_autoptr (MhRecord) ill = measured (ward, ILL);
  mh_clock_advance (mh_server_clock (ward->lab->server), MH_MINUTE);
  died (ward);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 0);
  g_object_unref (must (ward, ward->doctor, LAB_PATIENT,
                        parse (&mh_death_withdrawal_type, "{\"reason\":\"wrong chart\"}")));
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 1);
  g_autoptr (MhRecord) back = visit_of (ward);
  g_assert_cmpint (mh_record_int (back, MH_VISIT_OBSERVE_BY), ==,
                   mh_record_int (ill, MH_VITALS_OBSERVE_BY));
}

/* A set that comes late tells nothing of now; one that was measured before the signature is kept.
 */
static void
test_late (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "1970-05-01");
  g_autoptr (MhRecord) now = measured (ward, WELL);
  g_autoptr (MhRecord) earlier = measured (ward, ILL ",\"taken_at\":\"2026-11-21T05:30:00.000Z\"");
  g_assert_cmpint (minutes_until_next (ward), ==, 720);
  g_assert_cmpuint (open_alerts (ward, MH_ALERT_NEWS2_EMERGENCY), ==, 0);
  static const char *const steps[]
      = { "{\"to\":\"with_physician\"}", "{\"to\":\"disposition\",\"disposition\":\"home\"}",
          "{\"to\":\"signed\"}" };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_object_unref (must (ward, ward->doctor, ward->visit, parse (&mh_visit_step_type, steps[i])));
  fails (ward, ward->nurse, NULL, of_visit (ward, &mh_vitals_type, WELL), MH_ERROR_CONFLICT, NULL);
  g_autoptr (MhRecord) kept = measured (ward, WELL ",\"taken_at\":\"2026-11-21T05:40:00.000Z\"");
  g_assert_nonnull (kept);
}

static void
test_triage (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "1970-05-01");
  fails (ward, ward->nurse, ward->visit, parse (&mh_triage_type, "{\"life_saving\":false}"),
         MH_ERROR_INVALID, "high_risk");
#define NOT_AB "\"life_saving\":false,\"high_risk\":false,\"confused\":false,\"pain\":3"
  fails (ward, ward->nurse, ward->visit, parse (&mh_triage_type, "{" NOT_AB "}"), MH_ERROR_INVALID,
         "resources");
  fails (ward, ward->nurse, ward->visit,
         parse (&mh_triage_type, "{" NOT_AB ",\"resources\":2,\"pulse\":120}"), MH_ERROR_INVALID,
         "upgrade");
  fails (ward, ward->nurse, ward->visit, parse (&mh_triage_type, "{" NOT_AB ",\"resources\":2}"),
         MH_ERROR_INVALID, "pulse");
  fails (ward, ward->nurse, ward->visit,
         parse (&mh_triage_type, "{" NOT_AB ",\"resources\":2,\"pulse\":80,\"spo2\":97}"),
         MH_ERROR_INVALID, "resp");
  g_autoptr (MhRecord) three = must (
      ward, ward->nurse, ward->visit,
      parse (&mh_triage_type, "{" NOT_AB ",\"resources\":2,\"pulse\":80,\"resp\":16,\"spo2\":97}"));
  g_assert_cmpint (mh_record_int (three, MH_VISIT_ESI), ==, 3);
  g_autoptr (MhRecord) two = must (
      ward, ward->nurse, ward->visit,
      parse (&mh_triage_type, "{" NOT_AB ",\"resources\":2,\"pulse\":120,\"upgrade\":true}"));
  g_assert_cmpint (mh_record_int (two, MH_VISIT_ESI), ==, 2);
  g_assert_cmpstr (mh_record_text (two, MH_VISIT_ESI_POINT), ==, "d");
  g_autoptr (MhRecord) one
      = must (ward, ward->nurse, ward->visit, parse (&mh_triage_type, "{\"life_saving\":true}"));
  g_assert_cmpint (mh_record_int (one, MH_VISIT_ESI), ==, 1);
  g_assert_nonnull (g_strstr_len (mh_record_text (one, MH_VISIT_TRIAGE_ANSWERS), -1, "true"));
}

static void
test_fluids (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "1970-05-01");
  g_autoptr (MhRecord) in = must (ward, ward->nurse, NULL,
                                  of_visit (ward, &mh_fluid_type, "\"kind\":\"in_iv\",\"ml\":500"));
  g_assert_cmpstr (mh_record_text (in, MH_FLUID_DIRECTION), ==, MH_FLUID_IN);
  g_autoptr (MhRecord) out
      = must (ward, ward->nurse, NULL,
              of_visit (ward, &mh_fluid_type, "\"kind\":\"out_urine\",\"ml\":300"));
  g_assert_cmpstr (mh_record_text (out, MH_FLUID_DIRECTION), ==, MH_FLUID_OUT);
  g_autoptr (MhRecord) struck = must (ward, ward->nurse, mh_record_id (out),
                                      parse (&mh_strike_type, "{\"reason\":\"Twice\"}"));
  g_assert_cmpstr (mh_record_text (struck, MH_FLUID_STRUCK_REASON), ==, "Twice");
  MhDb *db = lab_reader (ward->lab);
  g_autoptr (GPtrArray) all = mh_fluids_service_list (
      MH_REQUEST_DB (db, NULL, ward->nurse), ward->visit, (MhListPage){ .limit = 10 }, NULL);
  lab_done (ward->lab, db);
  g_assert_cmpuint (all->len, ==, 2);
}

#define FORM                                                                                       \
  "{\"code\":\"%s\",\"name\":\"Breath\",\"for_whom\":\"nurse\",\"content\":{\"sections\":[{"       \
  "\"title\":\"A\",\"fields\":[{\"code\":\"COUGH\",\"label\":\"Cough\",\"kind\":\"choice\","       \
  "\"required\":true,\"choices\":[{\"code\":\"no\",\"label\":\"No\"},{\"code\":\"yes\","           \
  "\"label\":\"Yes\",\"points\":2}]}]}],\"scores\":[{\"code\":\"RISK\",\"label\":\"Risk\","        \
  "\"formula\":\"COUGH\",\"bands\":[{\"from\":0,\"label\":\"low\"},{\"from\":2,"                   \
  "\"label\":\"high\"}]}]}}"

static void
test_forms (const MhTestDb *test)
{
  g_autoptr (Ward) ward = ward_new (test, "1970-05-01");
  g_autofree char *json = g_strdup_printf (FORM, "BREATH");
  fails (ward, ward->nurse, NULL, parse (&mh_form_definition_type, json), MH_ERROR_FORBIDDEN, NULL);
  fails (ward, ward->admin, NULL,
         parse (&mh_form_definition_type, "{\"code\":\"X\",\"name\":\"X\",\"for_whom\":\"nurse\","
                                          "\"content\":{\"sections\":[]}}"),
         MH_ERROR_INVALID, "content");
  g_autoptr (MhRecord) first
      = must (ward, ward->admin, NULL, parse (&mh_form_definition_type, json));
  g_autoptr (MhRecord) second
      = must (ward, ward->admin, NULL, parse (&mh_form_definition_type, json));
  g_assert_cmpint (mh_record_int (first, MH_FORM_DEFINITION_VERSION_NO), ==, 1);
  g_assert_cmpint (mh_record_int (second, MH_FORM_DEFINITION_VERSION_NO), ==, 2);
  MhDb *db = lab_reader (ward->lab);
  g_autoptr (GPtrArray) newest
      = mh_forms_service_list (MH_REQUEST_DB (db, NULL, ward->nurse), FALSE, NULL, 10, NULL);
  g_autoptr (GPtrArray) all
      = mh_forms_service_list (MH_REQUEST_DB (db, NULL, ward->nurse), TRUE, NULL, 10, NULL);
  lab_done (ward->lab, db);
  g_assert_cmpuint (newest->len, ==, 1);
  g_assert_cmpuint (all->len, ==, 2);

  const char *id = mh_record_id (first);
  g_autofree char *none = g_strdup_printf ("\"form_id\":\"%s\",\"answers\":{}", id);
  g_autofree char *wrong
      = g_strdup_printf ("\"form_id\":\"%s\",\"answers\":{\"COUGH\":\"maybe\"}", id);
  g_autofree char *yes = g_strdup_printf ("\"form_id\":\"%s\",\"answers\":{\"COUGH\":\"yes\"}", id);
  fails (ward, ward->nurse, NULL, of_visit (ward, &mh_form_answer_type, none), MH_ERROR_INVALID,
         "answers.COUGH");
  fails (ward, ward->nurse, NULL, of_visit (ward, &mh_form_answer_type, wrong), MH_ERROR_INVALID,
         "answers.COUGH");
  g_autoptr (MhRecord) answer
      = must (ward, ward->nurse, NULL, of_visit (ward, &mh_form_answer_type, yes));
  g_assert_cmpstr (mh_record_text (answer, MH_FORM_ANSWER_SCORES), ==, "Risk 2 (high)");
  g_assert_cmpint (mh_record_int (answer, MH_FORM_ANSWER_VERSION_NO), ==, 1);
  /* the former answers stay, struck */
  g_autofree char *again
      = g_strdup_printf ("\"form_id\":\"%s\",\"replaces\":\"%s\",\"answers\":{\"COUGH\":\"no\"}",
                         id, mh_record_id (answer));
  g_autoptr (MhRecord) better
      = must (ward, ward->nurse, NULL, of_visit (ward, &mh_form_answer_type, again));
  g_assert_cmpstr (mh_record_text (better, MH_FORM_ANSWER_SCORES), ==, "Risk 0 (low)");
  g_autoptr (MhRecord) former = lab_get (ward->lab, &mh_form_answer_type, mh_record_id (answer));
  g_assert_true (mh_record_has (former, MH_FORM_ANSWER_REPLACED_AT));
  fails (ward, ward->nurse, NULL, of_visit (ward, &mh_form_answer_type, again), MH_ERROR_CONFLICT,
         NULL);
}

/* The paper of a visit that is still open, with a set, an amount and an answered form. */
static void
test_paper (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Ward) ward = ward_new (test, "1970-05-01");
  g_autoptr (MhRecord) set = measured (ward, ILL);
  g_autoptr (MhRecord) fluid = must (
      ward, ward->nurse, NULL, of_visit (ward, &mh_fluid_type, "\"kind\":\"in_iv\",\"ml\":500"));
  g_autoptr (MhRecord) visit = NULL;
  g_autoptr (GBytes) pdf = mh_visit_paper_service_pdf (ward->lab->server, ward->nurse, ward->visit,
                                                       "hi", &visit, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_id (visit), ==, ward->visit);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
  g_assert_null (mh_visit_paper_service_pdf (ward->lab->server, ward->nurse, LAB_PATIENT, NULL,
                                             &visit, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/vitals/score", test_score);
  mh_test_add_both ("/vitals/not-for", test_not_for);
  mh_test_add_both ("/vitals/just-for", test_just_for);
  mh_test_add_both ("/vitals/birthday", test_birthday);
  mh_test_add_both ("/vitals/scale", test_scale);
  mh_test_add_both ("/vitals/timer", test_timer);
  mh_test_add_both ("/vitals/death", test_death);
  mh_test_add_both ("/vitals/death-withdrawn", test_death_withdrawn);
  mh_test_add_both ("/vitals/late", test_late);
  mh_test_add_both ("/vitals/triage", test_triage);
  mh_test_add_both ("/vitals/fluids", test_fluids);
  mh_test_add_both ("/vitals/forms", test_forms);
  mh_test_add_both ("/vitals/paper", test_paper);
  return mh_test_run ();
}
