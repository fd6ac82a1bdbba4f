/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits: opening, the steps and who may take them, what is signed, on both databases. */
#include "server/clinic/visits/mh-visits-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#define APPOINTMENT "01900000-0000-7000-8000-0000000000aa"

static MhRecord *
parse (const MhRecordType *type, const char *json)
{
  GError *error = NULL;
  MhRecord *record = mh_record_from_text (type, json, -1, MH_JSON_CREATE, &error);
  g_assert_no_error (error);
  return record;
}

typedef struct
{
  MhActor *nurse, *doctor, *trainee, *reception;
} People;

static MhActor *
actor (const char *id, const char *name, const char *role, const char *without)
{
  g_autoptr (GStrvBuilder) rights = g_strv_builder_new ();
  const MhRoleDefault *shipped = mh_role_default_find (role);
  for (guint i = 0; shipped->permissions[i] != NULL; i++)
    if (g_strcmp0 (shipped->permissions[i], without) != 0)
      g_strv_builder_add (rights, shipped->permissions[i]);
  g_auto (GStrv) list = g_strv_builder_end (rights);
  return mh_actor_new (id, name, role, LAB_HOSPITAL, NULL, (const char *const *)list);
}

static void
people_clear (People *people)
{
  mh_actor_unref (people->nurse);
  mh_actor_unref (people->doctor);
  mh_actor_unref (people->trainee);
  mh_actor_unref (people->reception);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (People, people_clear)

static void
people_of (Lab *lab, People *people)
{
  people->nurse = actor (mh_actor_user_id (lab->second), "Nurse", MH_ROLE_NURSE, NULL);
  people->doctor = actor (mh_actor_user_id (lab->doctor), "Doctor", MH_ROLE_DOCTOR, NULL);
  people->trainee
      = actor (mh_actor_user_id (lab->technician), "Trainee", MH_ROLE_DOCTOR, MH_MAY_SIGN_VISIT);
  people->reception = actor (mh_actor_user_id (lab->reception), "Desk", MH_ROLE_RECEPTION, NULL);
}

typedef struct
{
  MhActor *actor;
  const char *id; /* NULL: open */
  MhRecord *body, *answer;
} Call;

static gboolean
call_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Call *call = data;
  g_clear_object (&call->answer);
  call->answer = call->id == NULL ? mh_visits_service_create (MH_REQUEST_TX (tx, NULL, call->actor),
                                                              call->body, error)
                 : mh_record_type (call->body) == &mh_visit_type
                     ? mh_visits_service_update (
                         MH_REQUEST_TX (tx, NULL, call->actor),
                         (MhPatch){ .id = call->id, .if_match = -1, .body = call->body }, error)
                     : mh_visits_service_move (MH_REQUEST_TX (tx, NULL, call->actor), call->id,
                                               call->body, error);
  return call->answer != NULL;
}

/* NULL @id: opens. Takes @body. */
static MhRecord *
do_call (Lab *lab, MhActor *who, const char *id, MhRecord *body, GError **error)
{
  g_autoptr (MhRecord) taken = body;
  Call call = { who, id, taken, NULL };
  if (lab_write (lab, who, call_func, &call, error))
    return call.answer;
  g_clear_object (&call.answer);
  return NULL;
}

static char *
opened (Lab *lab, MhActor *who, const char *kind)
{
  GError *error = NULL;
  g_autofree char *json
      = g_strdup_printf ("{\"patient_id\":\"%s\",\"kind\":\"%s\"}", LAB_PATIENT, kind);
  g_autoptr (MhRecord) visit = do_call (lab, who, NULL, parse (&mh_visit_type, json), &error);
  g_assert_no_error (error);
  return g_strdup (mh_record_id (visit));
}

/* The state after the step, or NULL with @error. */
static char *
step (Lab *lab, MhActor *who, const char *id, const char *json, GError **error)
{
  g_autoptr (MhRecord) visit = do_call (lab, who, id, parse (&mh_visit_step_type, json), error);
  return visit != NULL ? g_strdup (mh_record_text (visit, MH_VISIT_STATUS)) : NULL;
}

static void
must_step (Lab *lab, MhActor *who, const char *id, const char *json, const char *status)
{
  GError *error = NULL;
  g_autofree char *after = step (lab, who, id, json, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after, ==, status);
}

static void
no_step (Lab *lab, MhActor *who, const char *id, const char *json, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (step (lab, who, id, json, &error));
  g_assert_error (error, MH_ERROR, code);
}

#define NURSE "{\"to\":\"nurse_assessed\"}"
#define SEE "{\"to\":\"with_physician\"}"
#define HOME "{\"to\":\"disposition\",\"disposition\":\"home\"}"
#define SIGN "{\"to\":\"signed\"}"
#define COSIGN "{\"to\":\"cosigned\"}"
#define CANCEL "{\"to\":\"cancelled\",\"note\":\"Registered twice\"}"
#define LEFT "{\"to\":\"left\"}"

static void
test_way (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_auto (People) people = { 0 };
  g_autoptr (GError) error = NULL;
  people_of (lab, &people);
  g_autofree char *id = opened (lab, people.reception, MH_VISIT_OUTPATIENT);
  g_autoptr (MhRecord) first = lab_get (lab, &mh_visit_type, id);
  g_assert_cmpstr (mh_record_text (first, MH_VISIT_STATUS), ==, MH_VISIT_REGISTERED);
  g_assert_true (g_str_has_suffix (mh_record_text (first, MH_VISIT_NUMBER), "-V000001"));
  g_assert_true (mh_record_has (first, MH_VISIT_PATIENT_NAME));

  no_step (lab, people.reception, id, NURSE, MH_ERROR_FORBIDDEN);
  no_step (lab, people.doctor, id, SEE, MH_ERROR_CONFLICT);
  must_step (lab, people.nurse, id, NURSE, MH_VISIT_NURSE_ASSESSED);
  no_step (lab, people.nurse, id, NURSE, MH_ERROR_CONFLICT);
  no_step (lab, people.nurse, id, SEE, MH_ERROR_FORBIDDEN);
  must_step (lab, people.doctor, id, SEE, MH_VISIT_WITH_PHYSICIAN);
  no_step (lab, people.reception, id, CANCEL, MH_ERROR_CONFLICT);
  no_step (lab, people.reception, id, LEFT, MH_ERROR_CONFLICT);
  no_step (lab, people.doctor, id, SIGN, MH_ERROR_CONFLICT);
  no_step (lab, people.doctor, id, "{\"to\":\"disposition\"}", MH_ERROR_INVALID);
  no_step (lab, people.doctor, id, "{\"to\":\"disposition\",\"disposition\":\"transferred\"}",
           MH_ERROR_INVALID);
  must_step (lab, people.doctor, id, HOME, MH_VISIT_AT_DISPOSITION);
  must_step (lab, people.doctor, id, SEE, MH_VISIT_WITH_PHYSICIAN);
  must_step (lab, people.doctor, id, HOME, MH_VISIT_AT_DISPOSITION);
  must_step (lab, people.doctor, id, SIGN, MH_VISIT_SIGNED);
  no_step (lab, people.doctor, id, COSIGN, MH_ERROR_CONFLICT);
  no_step (lab, people.doctor, id, SEE, MH_ERROR_CONFLICT);
  g_autoptr (MhRecord) patched = do_call (
      lab, people.doctor, id, parse (&mh_visit_type, "{\"complaint\":\"Other\"}"), &error);
  g_assert_null (patched);
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_autoptr (MhRecord) last = lab_get (lab, &mh_visit_type, id);
  g_assert_cmpstr (mh_record_text (last, MH_VISIT_DOCTOR_ID), ==, mh_actor_user_id (people.doctor));
  g_assert_cmpstr (mh_record_text (last, MH_VISIT_SIGNED_NAME), ==, "Doctor");
}

static void
test_second_signature (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_auto (People) people = { 0 };
  people_of (lab, &people);
  /* an emergency goes straight in */
  g_autofree char *id = opened (lab, people.reception, MH_VISIT_EMERGENCY);
  must_step (lab, people.trainee, id, SEE, MH_VISIT_WITH_PHYSICIAN);
  must_step (lab, people.trainee, id, HOME, MH_VISIT_AT_DISPOSITION);
  must_step (lab, people.trainee, id, SIGN, MH_VISIT_SIGNED);
  g_autoptr (MhRecord) waits = lab_get (lab, &mh_visit_type, id);
  g_assert_true (mh_record_bool (waits, MH_VISIT_NEEDS_COSIGN));
  no_step (lab, people.trainee, id, COSIGN, MH_ERROR_FORBIDDEN);
  must_step (lab, people.doctor, id, COSIGN, MH_VISIT_SIGNED);
  g_autoptr (MhRecord) whole = lab_get (lab, &mh_visit_type, id);
  g_assert_false (mh_record_bool (whole, MH_VISIT_NEEDS_COSIGN));
  g_assert_cmpstr (mh_record_text (whole, MH_VISIT_COSIGNED_NAME), ==, "Doctor");
}

static void
test_ends (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_auto (People) people = { 0 };
  people_of (lab, &people);
  g_autofree char *first = opened (lab, people.reception, MH_VISIT_OUTPATIENT);
  g_autofree char *second = opened (lab, people.reception, MH_VISIT_OUTPATIENT);
  no_step (lab, people.reception, first, "{\"to\":\"cancelled\"}", MH_ERROR_INVALID);
  must_step (lab, people.reception, first, CANCEL, MH_VISIT_CANCELLED);
  no_step (lab, people.nurse, first, NURSE, MH_ERROR_CONFLICT);
  must_step (lab, people.nurse, second, NURSE, MH_VISIT_NURSE_ASSESSED);
  must_step (lab, people.nurse, second, LEFT, MH_VISIT_LEFT);
  no_step (lab, people.doctor, second, SEE, MH_ERROR_CONFLICT);
}

typedef struct
{
  MhVisitDraft draft;
  char *id;
} Opening;

static gboolean
open_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Opening *opening = data;
  g_clear_pointer (&opening->id, g_free);
  return mh_visits_service_open (tx, &opening->draft, &opening->id, error);
}

static void
test_guard (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  Opening first = { { LAB_HOSPITAL, LAB_PATIENT, MH_VISIT_OUTPATIENT, .appointment_id = APPOINTMENT,
                      .token = "A12", .complaint = "Cough" },
                    NULL };
  Opening again = first, wrong = first;
  g_assert_true (lab_write (lab, lab->reception, open_func, &first, &error));
  g_assert_true (lab_write (lab, lab->reception, open_func, &again, &error));
  g_assert_cmpstr (first.id, ==, again.id);
  wrong.draft.appointment_id = NULL;
  wrong.draft.kind = "picnic";
  g_assert_false (lab_write (lab, lab->reception, open_func, &wrong, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_clear_error (&error);
  wrong.draft.kind = MH_VISIT_OUTPATIENT;
  wrong.draft.patient_id = APPOINTMENT;
  g_assert_false (lab_write (lab, lab->reception, open_func, &wrong, &error));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "patient_id"));

  MhDb *db = lab_reader (lab);
  const MhVisitsQuery query = { .open = TRUE, .limit = 10 },
                      none = { .kind = "emergency", .limit = 10 };
  g_autoptr (GPtrArray) found
      = mh_visits_service_list (MH_REQUEST_DB (db, NULL, lab->doctor), &query, NULL);
  g_autoptr (GPtrArray) empty
      = mh_visits_service_list (MH_REQUEST_DB (db, NULL, lab->doctor), &none, NULL);
  lab_done (lab, db);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (found, 0), MH_VISIT_TOKEN), ==, "A12");
  g_assert_cmpuint (empty->len, ==, 0);
  g_free (first.id);
  g_free (again.id);
  g_free (wrong.id);
}

/* What the service refuses, the database refuses too. */
static gboolean
unsign (MhTx *tx, Lab *lab, gpointer id, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_visit_type, id, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_VISIT_DISPOSITION, MH_DISPOSITION_DECEASED);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static void
test_signed_stays (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_auto (People) people = { 0 };
  people_of (lab, &people);
  g_autofree char *id = opened (lab, people.reception, MH_VISIT_EMERGENCY);
  must_step (lab, people.doctor, id, SEE, MH_VISIT_WITH_PHYSICIAN);
  g_assert_true (lab_write (lab, people.doctor, unsign, id, NULL));
  must_step (lab, people.doctor, id, HOME, MH_VISIT_AT_DISPOSITION);
  must_step (lab, people.doctor, id, SIGN, MH_VISIT_SIGNED);
  g_assert_false (lab_write (lab, people.doctor, unsign, id, NULL));
  g_autoptr (MhRecord) visit = lab_get (lab, &mh_visit_type, id);
  g_assert_cmpstr (mh_record_text (visit, MH_VISIT_DISPOSITION), ==, MH_DISPOSITION_HOME);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/visits/way", test_way);
  mh_test_add_both ("/visits/second-signature", test_second_signature);
  mh_test_add_both ("/visits/ends", test_ends);
  mh_test_add_both ("/visits/guard", test_guard);
  mh_test_add_both ("/visits/signed-stays", test_signed_stays);
  return mh_test_run ();
}
