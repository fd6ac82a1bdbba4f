/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ends with a patient: nothing is ordered any more, but what was ordered before is taken, with
 * its own time; nobody writes to the patient, also not what waits to go. On both databases. */
#include "server/clinic/appointments/mh-appointments-service.h"
#include "server/clinic/prescriptions/mh-prescriptions-service.h"
#include "server/clinic/visits/mh-visits-service.h"
#include "server/clinic/visits/mh-vitals-service.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/messages/mail/mh-mail-jobs.h"
#include "server/messages/mail/mh-mail-service.h"
#include "server/messages/sms/mh-sms.h"
#include "server/people/patients/mh-death-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/money-fixture.h"

#define DAY_OF(time) "2026-11-23T" time ".000Z"
#define DIED DAY_OF ("08:00:00")

static gint64
instant (const char *text)
{
  gint64 at = 0;
  g_assert_true (mh_instant_parse (text, &at));
  return at;
}

static Money *
house_new (const MhTestDb *test)
{
  Money *money = money_new (test);
  mh_clock_set (mh_server_clock (money->lab->server), instant (DAY_OF ("09:00:00")));
  return money;
}

static gboolean
record_death (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Money *money = data;
  g_autoptr (MhRecord) death
      = lab_parse (&mh_death_type, "{\"died_at\":\"%s\",\"told_by\":\"Dr Rao\"}", DIED);
  g_autoptr (MhRecord) dead = mh_death_service_record (MH_REQUEST_TX (tx, NULL, lab->doctor),
                                                       money->patient, death, error);
  return dead != NULL;
}

static void
die (Money *money)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (money->lab, money->lab->doctor, record_death, money, &error), error);
}

static void
assert_deceased (GError **error, const char *field)
{
  g_assert_error (*error, MH_ERROR, MH_ERROR_INVALID);
  const MhIssue *issue = mh_issues_find (mh_error_get_issues (*error), field);
  g_assert_nonnull (issue);
  g_assert_cmpstr (issue->code, ==, "deceased");
  g_clear_error (error);
}

/* --- orders --- */

typedef struct
{
  Money *money;
  gint64 at; /* 0: now */
  MhRecord *order;
} Late;

static gboolean
place_late (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Late *late = data;
  g_autoptr (MhRecord) draft
      = lab_parse (&mh_order_type, "{\"patient_id\":\"%s\",\"items\":[{\"test\":\"HB\"}]}",
                   late->money->patient);
  g_clear_object (&late->order);
  if (late->at != 0)
    mh_record_set_int (draft, MH_ORDER_ORDERED_AT, late->at);
  late->order = mh_orders_service_place (MH_REQUEST_TX (tx, lab->server, late->money->cashier),
                                         draft, error);
  return late->order != NULL;
}

/* Both sides of the death, of now and of the longest that a desk is away. */
static void
test_late_orders (const MhTestDb *test)
{
  static const struct
  {
    const char *made_at, *ordered_at; /* NULL: now; refused */
  } rows[] = { { NULL, NULL },
               { DAY_OF ("09:00:00"), NULL },
               { DAY_OF ("08:00:01"), NULL },
               { "2026-11-23T08:00:00.001Z", NULL },
               { DIED, DIED },
               { DAY_OF ("07:59:59"), DAY_OF ("07:59:59") },
               { "2026-10-24T09:00:01.000Z", "2026-10-24T09:00:01.000Z" },
               { "2026-10-24T09:00:00.000Z", NULL },
               { "1970-01-02T00:00:00.000Z", NULL },
               { "2030-01-01T00:00:00.000Z", NULL } };
  g_autoptr (Money) money = house_new (test);
  die (money);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      Late late = { money, rows[i].made_at != NULL ? instant (rows[i].made_at) : 0, NULL };
      gboolean taken = lab_write (money->lab, money->cashier, place_late, &late, &error);
      g_test_message ("%s", rows[i].made_at);
      g_assert_cmpint (taken, ==, rows[i].ordered_at != NULL);
      if (!taken)
        {
          assert_deceased (&error, "patient_id");
          continue;
        }
      g_autoptr (MhRecord) stored = lab_get (money->lab, &mh_order_type, mh_record_id (late.order));
      g_assert_cmpint (mh_record_int (stored, MH_ORDER_ORDERED_AT), ==,
                       instant (rows[i].ordered_at));
      /* it has as long as any other until it expires */
      g_assert_cmpint (mh_record_int (stored, MH_ORDER_EXPIRES_AT), >,
                       instant (DAY_OF ("09:00:00")));
      g_clear_object (&late.order);
    }
}

/* Tests are added to nobody who has died, but taken off. */
static void
test_order_edit (const MhTestDb *test)
{
  g_autoptr (Money) money = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", MH_METHOD_CASH);
  die (money);
  g_assert_null (money_edit (money, order, "CBC", NULL, NULL, &error));
  assert_deceased (&error, "add");
  g_assert_null (money_edit (money, order, "CBC", "KT", "x", &error));
  assert_deceased (&error, "add");
  MhDb *db = lab_reader (money->lab);
  g_autoptr (MhRecord) more = lab_parse (&mh_order_edit_type, "{\"add\":[\"CBC\"]}");
  g_assert_null (mh_orders_service_edit_quote (
      MH_REQUEST_DB (db, money->lab->server, money->cashier), order, more, &error));
  lab_done (money->lab, db);
  assert_deceased (&error, "add");
  g_autoptr (MhRecord) less = money_edit (money, order, NULL, "KT", "the patient died", &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (less, MH_ORDER_TOTAL), ==, 11000);
}

/* --- what the clinic did --- */

typedef struct
{
  Money *money;
  MhActor *doctor, *nurse;
  char *visit;
  const MhRecordType *type; /* what is told */
  gint64 at;                /* 0: of now */
  MhRecord *answer;
} Clinic;

static MhActor *
by_role (MhActor *who, const char *role)
{
  return mh_actor_new (mh_actor_user_id (who), role, role, LAB_HOSPITAL, NULL,
                       mh_role_default_find (role)->permissions);
}

static void
clinic_clear (Clinic *clinic)
{
  mh_actor_unref (clinic->doctor);
  mh_actor_unref (clinic->nurse);
  g_free (clinic->visit);
  g_clear_object (&clinic->answer);
  money_free (clinic->money);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Clinic, clinic_clear)

static MhRecord *
visit_of (MhTx *tx, Clinic *clinic, GError **error)
{
  g_autoptr (MhRecord) draft = lab_parse (
      &mh_visit_type, "{\"patient_id\":\"%s\",\"kind\":\"emergency\"}", clinic->money->patient);
  if (clinic->at != 0)
    mh_record_set_int (draft, MH_VISIT_ARRIVED_AT, clinic->at);
  return mh_visits_service_create (MH_REQUEST_TX (tx, NULL, clinic->nurse), draft, error);
}

static MhRecord *
fact_of (MhTx *tx, Clinic *clinic, GError **error)
{
  const char *measured = clinic->type == &mh_vitals_type
                             ? "\"resp\":30,\"spo2\":85,\"systolic\":80,\"pulse\":135,"
                               "\"consciousness\":\"P\",\"temperature\":\"34.5\""
                             : "\"kind\":\"in_oral\",\"ml\":100";
  g_autoptr (MhRecord) draft
      = lab_parse (clinic->type, "{\"visit_id\":\"%s\",%s}", clinic->visit, measured);
  gboolean vitals = clinic->type == &mh_vitals_type;
  if (clinic->at != 0)
    mh_record_set_int (draft, vitals ? MH_VITALS_TAKEN_AT : MH_FLUID_AT, clinic->at);
  return vitals ? mh_vitals_service_record (MH_REQUEST_TX (tx, NULL, clinic->nurse), draft, error)
                : mh_fluids_service_add (MH_REQUEST_TX (tx, NULL, clinic->nurse), draft, error);
}

static gboolean
tell_late (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Clinic *clinic = data;
  g_autoptr (MhRecord) draft = NULL;
  g_clear_object (&clinic->answer);
  if (clinic->type == &mh_visit_type)
    clinic->answer = visit_of (tx, clinic, error);
  else if (clinic->type == &mh_triage_type)
    {
      draft = lab_parse (&mh_triage_type, "{\"life_saving\":true}");
      clinic->answer = mh_visits_service_triage (MH_REQUEST_TX (tx, NULL, clinic->nurse),
                                                 clinic->visit, draft, clinic->at, error);
    }
  else if (clinic->type == &mh_prescription_type)
    {
      draft = lab_parse (&mh_prescription_type,
                         "{\"patient_id\":\"%s\",\"tests\":[\"HB\"],\"sign\":true}",
                         clinic->money->patient);
      clinic->answer = mh_prescriptions_service_create (
          MH_REQUEST_TX (tx, lab->server, clinic->doctor), draft, clinic->at, error);
    }
  else
    clinic->answer = fact_of (tx, clinic, error);
  return clinic->answer != NULL;
}

/* A visit that stands when the patient dies. */
static void
clinic_begin (Clinic *clinic, const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  clinic->money = house_new (test);
  clinic->doctor = by_role (clinic->money->lab->doctor, MH_ROLE_DOCTOR);
  clinic->nurse = by_role (clinic->money->nurse, MH_ROLE_NURSE);
  clinic->type = &mh_visit_type;
  mh_assert_ok (lab_write (clinic->money->lab, clinic->nurse, tell_late, clinic, &error), error);
  clinic->visit = g_strdup (mh_record_id (clinic->answer));
  die (clinic->money);
}

/* Each kind on both sides of the death; it stands with the time when it was, where it is refused.
 */
static void
test_late_clinic (const MhTestDb *test)
{
  static const struct
  {
    const MhRecordType *type;
    guint at;
    const char *blamed;
  } kinds[] = { { &mh_visit_type, MH_VISIT_ARRIVED_AT, "patient_id" },
                { &mh_triage_type, MH_VISIT_TRIAGED_AT, "patient_id" },
                { &mh_vitals_type, MH_VITALS_TAKEN_AT, "taken_at" },
                { &mh_fluid_type, MH_FLUID_AT, "at" },
                { &mh_prescription_type, MH_PRESCRIPTION_SIGNED_AT, "patient_id" } };
  static const struct
  {
    const char *at; /* NULL: of now */
    gboolean is_taken;
  } times[]
      = { { NULL, FALSE }, { DAY_OF ("09:00:00"), FALSE }, { "2026-11-23T08:00:00.001Z", FALSE },
          { DIED, TRUE },  { DAY_OF ("07:59:59"), TRUE },  { "2030-01-01T00:00:00.000Z", FALSE } };
  g_auto (Clinic) clinic = { NULL };
  clinic_begin (&clinic, test);
  for (guint i = 0; i < G_N_ELEMENTS (kinds) * G_N_ELEMENTS (times); i++)
    {
      guint kind = i / G_N_ELEMENTS (times), time = i % G_N_ELEMENTS (times);
      g_autoptr (GError) error = NULL;
      g_test_message ("%s %s", kinds[kind].type->code, times[time].at);
      clinic.type = kinds[kind].type;
      clinic.at = times[time].at != NULL ? instant (times[time].at) : 0;
      gboolean taken = lab_write (clinic.money->lab, clinic.nurse, tell_late, &clinic, &error);
      g_assert_cmpint (taken, ==, times[time].is_taken);
      if (!taken)
        assert_deceased (&error, kinds[kind].blamed);
      else
        g_assert_cmpint (mh_record_int (clinic.answer, kinds[kind].at), ==, clinic.at);
    }
  /* nobody is called to the bed */
  g_autoptr (MhRecord) visit = lab_get (clinic.money->lab, &mh_visit_type, clinic.visit);
  g_assert_false (mh_record_has (visit, MH_VISIT_NEWS2_LEVEL));
  g_assert_false (mh_record_has (visit, MH_VISIT_OBSERVE_BY));
}

/* --- the queue --- */

typedef struct
{
  MhActor *actor;
  const char *patient;
  char *schedule, *token;
} Queue;

static gboolean
take_token (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Queue *queue = data;
  g_autoptr (MhRecord) body
      = lab_parse (&mh_token_type, "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\"}",
                   queue->schedule, queue->patient);
  g_autoptr (MhRecord) token
      = mh_appointments_token_create (MH_REQUEST_TX (tx, lab->server, queue->actor), body, error);
  if (token != NULL)
    queue->token = g_strdup (mh_record_id (token));
  return token != NULL;
}

static gboolean
open_room (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Queue *queue = data;
  g_autoptr (MhRecord) body
      = lab_parse (&mh_schedule_type, "{\"code\":\"R1\",\"name\":\"Room 1\",\"kind\":\"room\","
                                      "\"hours\":\"mon-sun 00:00-24:00\",\"slot_minutes\":15}");
  g_autoptr (MhRecord) room
      = mh_appointments_schedule_create (MH_REQUEST_TX (tx, NULL, queue->actor), body, error);
  if (room != NULL)
    queue->schedule = g_strdup (mh_record_id (room));
  return room != NULL;
}

/* Who waits is called no more, and takes no other number. */
static void
test_queue (const MhTestDb *test)
{
  g_autoptr (Money) money = house_new (test);
  g_autoptr (GError) error = NULL;
  mh_appointments_observe (money->lab->server);
  Queue queue = { .patient = money->patient };
  queue.actor
      = mh_actor_new (mh_actor_user_id (money->cashier), "Rita Reception", MH_ROLE_RECEPTION,
                      LAB_HOSPITAL, NULL, mh_role_default_find (MH_ROLE_RECEPTION)->permissions);
  mh_assert_ok (lab_write (money->lab, queue.actor, open_room, &queue, &error), error);
  mh_assert_ok (lab_write (money->lab, queue.actor, take_token, &queue, &error), error);
  g_autoptr (MhRecord) waits = lab_get (money->lab, &mh_token_type, queue.token);
  g_assert_cmpstr (mh_record_text (waits, MH_TOKEN_STATUS), ==, MH_TOKEN_WAITING);
  die (money);
  g_autoptr (MhRecord) over = lab_get (money->lab, &mh_token_type, queue.token);
  g_assert_cmpstr (mh_record_text (over, MH_TOKEN_STATUS), ==, MH_TOKEN_LEFT);
  g_free (g_steal_pointer (&queue.token));
  g_assert_false (lab_write (money->lab, queue.actor, take_token, &queue, &error));
  assert_deceased (&error, "patient_id");
  g_free (queue.schedule);
  mh_actor_unref (queue.actor);
}

/* --- messages --- */

static gboolean
give_addresses (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Money *money = data;
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_patient_type, money->patient, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  mh_record_set_text (after, MH_PATIENT_PHONE, "98765 00011");
  mh_record_set_text (after, MH_PATIENT_EMAIL, "asha@example.org");
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* One of each kind: a link, a code, a mail. */
static gboolean
tell (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const char *const codes[]
      = { MH_SMS_PAYMENT_LINK, MH_SMS_CODE, MH_SMS_APPOINTMENT_REMINDER };
  static const char *const arguments[] = { "url", "https://rzp.io/i/abc", "code", "123456", NULL };
  const char *const *ids = data;
  g_autoptr (MhRecord) patient = mh_store_get (mh_tx_db (tx), &mh_patient_type, ids[0], error);
  g_autoptr (MhRecord) order
      = patient != NULL ? mh_store_get (mh_tx_db (tx), &mh_order_type, ids[1], error) : NULL;
  for (guint i = 0; order != NULL && i < G_N_ELEMENTS (codes); i++)
    if (!mh_sms_send (tx, &(MhSmsWanted){ LAB_HOSPITAL, patient, codes[i], arguments, NULL },
                      error))
      return FALSE;
  return order != NULL
         && mh_mail_service_tell (
             tx, lab->server, &(MhMailCause){ .event = MH_MAIL_ORDER_CONFIRMED, .order = order },
             error);
}

static GPtrArray *
short_messages (Money *money)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (money->lab);
  GPtrArray *found
      = mh_sms_list (MH_REQUEST_DB (db, NULL, money->cashier),
                     &(MhSmsQuery){ .patient_id = money->patient, .limit = 50 }, &error);
  lab_done (money->lab, db);
  g_assert_no_error (error);
  return found;
}

static MhRecord *
the_mail (Money *money)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (money->lab);
  g_autoptr (GPtrArray) found
      = mh_mail_service_list (MH_REQUEST_DB (db, NULL, money->cashier),
                              &(MhMailQuery){ .patient_id = money->patient, .limit = 50 }, &error);
  lab_done (money->lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  return g_object_ref (g_ptr_array_index (found, 0));
}

typedef struct
{
  Money *money;
  MhMailer *mailer;
  MhSmsSender *sender;
} House;

static void
house_clear (House *house)
{
  mh_sms_sender_stop (house->sender);
  mh_sms_sender_free (house->sender);
  mh_mailer_free (house->mailer);
  money_free (house->money);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (House, house_clear)

/* Nothing listens where they would go: who tries has been refused, who does not try says why. */
static void
writing_house (House *house, const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  house->money = house_new (test);
  MhServer *server = house->money->lab->server;
  MhServerConfig *config = mh_server_config (server);
  mh_server_config_set (config, "smtp.url", "smtp://127.0.0.1:1");
  mh_server_config_set (config, "smtp.from", "hospital@example.org");
  mh_server_config_set (config, "twilio.account_sid", "AC00000000000000000000000000000001");
  mh_server_config_set (config, "twilio.auth_token", "loopback-auth-token");
  mh_server_config_set (config, "twilio.from", "+15005550006");
  mh_server_config_set (config, "twilio.base_url", "http://127.0.0.1:1");
  house->mailer = mh_mail_jobs_register (server);
  house->sender = mh_sms_jobs_register (server);
  mh_assert_ok (
      lab_write (house->money->lab, house->money->cashier, give_addresses, house->money, &error),
      error);
}

static void
run_jobs (House *house)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (mh_jobs_run_due (mh_server_jobs (house->money->lab->server), NULL, &error), error);
}

static void
assert_messages (GPtrArray *found, const char *status, guint n)
{
  guint n_so = 0;
  for (guint i = 0; i < found->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (found, i), MH_SMS_STATUS), status) == 0)
      {
        n_so++;
        g_assert_false (mh_record_has (g_ptr_array_index (found, i), MH_SMS_ARGUMENTS));
      }
  g_assert_cmpuint (n_so, ==, n);
}

/* They wait when the patient dies: none of them goes, nor does what is written later. */
static void
test_waiting_messages (const MhTestDb *test)
{
  g_auto (House) house = { NULL };
  writing_house (&house, test);
  Money *money = house.money;
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", MH_METHOD_CASH);
  const char *ids[] = { money->patient, order };
  mh_assert_ok (lab_write (money->lab, money->cashier, tell, ids, &error), error);
  g_autoptr (MhRecord) waits = the_mail (money);
  g_assert_cmpstr (mh_record_text (waits, MH_MAIL_STATUS), ==, MH_MAIL_QUEUED);
  die (money);
  run_jobs (&house);
  g_autoptr (GPtrArray) sent = short_messages (money);
  g_assert_cmpuint (sent->len, ==, 3);
  assert_messages (sent, MH_SMS_WITHDRAWN, 3);
  g_autoptr (MhRecord) mail = the_mail (money);
  g_assert_cmpstr (mh_record_text (mail, MH_MAIL_STATUS), ==, MH_MAIL_DROPPED);
  g_assert_cmpstr (mh_record_text (mail, MH_MAIL_LAST_ANSWER), ==, "The patient has died.");
  mh_assert_ok (lab_write (money->lab, money->cashier, tell, ids, &error), error);
  run_jobs (&house);
  g_autoptr (GPtrArray) later = short_messages (money);
  assert_messages (later, MH_SMS_WITHDRAWN, 6);
  g_object_unref (the_mail (money)); /* still the one */
}

/* The same house writes to the living: what did not get through is tried again. */
static void
test_of_the_living (const MhTestDb *test)
{
  g_auto (House) house = { NULL };
  writing_house (&house, test);
  Money *money = house.money;
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", MH_METHOD_CASH);
  const char *ids[] = { money->patient, order };
  mh_assert_ok (lab_write (money->lab, money->cashier, tell, ids, &error), error);
  run_jobs (&house);
  g_autoptr (GPtrArray) tried = short_messages (money);
  g_assert_cmpuint (tried->len, ==, 3);
  assert_messages (tried, MH_SMS_WITHDRAWN, 0);
  g_autoptr (MhRecord) mail = the_mail (money);
  g_assert_cmpstr (mh_record_text (mail, MH_MAIL_STATUS), ==, MH_MAIL_DEFERRED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/deaths/late-orders", test_late_orders);
  mh_test_add_both ("/deaths/order-edit", test_order_edit);
  mh_test_add_both ("/deaths/late-clinic", test_late_clinic);
  mh_test_add_both ("/deaths/queue", test_queue);
  mh_test_add_both ("/deaths/waiting-messages", test_waiting_messages);
  mh_test_add_both ("/deaths/of-the-living", test_of_the_living);
  return mh_test_run ();
}
