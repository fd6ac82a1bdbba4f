/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookings, the queue and the waiting list on both databases; sixty-four desks that want the same
 * hundred slots at once. */
#include "server/clinic/appointments/mh-appointments-service.h"
#include "server/clinic/appointments/mh-appointments-store.h"
#include "server/messages/sms/mh-sms.h"
#include "server/people/patients/mh-death-service.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-appointment.h"
#include "shared/records/mh-audit.h"
#include "shared/records/mh-hospital.h"
#include "shared/records/mh-patient.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-schedule.h"
#include "shared/records/mh-settings.h"
#include "shared/records/mh-sms.h"
#include "shared/records/mh-types.h"
#include "shared/rules/mh-slots.h"
#include "tests/server/lab-fixture.h"

#include <string.h>

#define DAY "2026-11-23" /* a Monday; the hospital is in Kolkata: 09:00 is 03:30 UTC */
#define AT(time) "2026-11-23T" time ":00.000Z"

typedef enum
{
  SCHEDULE,
  LEAVE,
  HOLD,
  BOOK,
  SERIES,
  MOVE,
  STEP,
  TOKEN,
  TOKEN_STEP,
  CALL,
  WISH,
  WISH_CHANGE,
  SWEEP,
  RELEASE,
  REMIND,
  REFUSE_SMS,
  TELL_NOTHING,
  DEATH,
} What;

typedef struct
{
  What what;
  const char *id;
  MhRecord *body, *answer;
  guint n;
} Call;

static MhRecord *
parse (const MhRecordType *type, const char *format, ...)
{
  GError *error = NULL;
  va_list args;
  va_start (args, format);
  g_autofree char *json = g_strdup_vprintf (format, args);
  va_end (args);
  MhRecord *record = mh_record_from_text (type, json, -1, MH_JSON_CREATE, &error);
  g_assert_no_error (error);
  return record;
}

static gboolean
refuse_sms (MhTx *tx, const char *patient_id, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_patient_type, patient_id, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_bool (after, MH_PATIENT_CONSENT_SMS, FALSE);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
tell_nothing (MhTx *tx, GError **error)
{
  g_autoptr (MhRecord) setting = mh_record_new (&mh_setting_type);
  mh_record_set_text (setting, MH_SETTING_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (setting, MH_SETTING_KEY, MH_SET_APPOINTMENT_TELL);
  mh_record_set_text (setting, MH_SETTING_KIND, MH_SETTING_KIND_BOOL);
  mh_record_set_text (setting, MH_SETTING_VALUE, "false");
  return mh_tx_insert (tx, setting, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
call_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Call *call = data;
  MhActor *who = lab->reception;
  g_clear_object (&call->answer);
  switch (call->what)
    {
    case SCHEDULE:
      call->answer = mh_appointments_schedule_create (tx, who, call->body, error);
      break;
    case LEAVE:
      call->answer = mh_appointments_leave_create (tx, who, call->body, error);
      break;
    case HOLD:
      call->answer = mh_appointments_hold (tx, who, call->body, error);
      break;
    case BOOK:
      call->answer = mh_appointments_book (tx, who, call->body, error);
      break;
    case SERIES:
      call->answer = mh_appointments_series (tx, who, call->body, error);
      break;
    case MOVE:
      call->answer = mh_appointments_move (tx, who, call->id, call->body, error);
      break;
    case STEP:
      call->answer = mh_appointments_step (tx, lab->server, who, call->id, call->body, error);
      break;
    case TOKEN:
      call->answer = mh_appointments_token_create (tx, lab->server, who, call->body, error);
      break;
    case TOKEN_STEP:
      call->answer = mh_appointments_token_step (tx, who, call->id, call->body, error);
      break;
    case CALL:
      call->answer = mh_appointments_call (tx, who, call->id, call->body, error);
      break;
    case WISH:
      call->answer = mh_appointments_waiting_create (tx, who, call->body, error);
      break;
    case WISH_CHANGE:
      call->answer = mh_appointments_waiting_update (
          tx, who, (MhPatch){ .id = call->id, .if_match = -1, .body = call->body }, error);
      break;
    case DEATH:
      call->answer = mh_record_type (call->body) == &mh_death_type
                         ? mh_death_service_record (tx, who, call->id, call->body, error)
                         : mh_death_service_withdraw (tx, who, call->id, call->body, error);
      break;
    case SWEEP:
      return mh_appointments_sweep (tx, &call->n, error);
    case RELEASE:
      return mh_appointments_release (tx, who, call->id, error);
    case REMIND:
      return mh_appointments_remind_now (tx, call->id, error);
    case REFUSE_SMS:
      return refuse_sms (tx, call->id, error);
    case TELL_NOTHING:
      return tell_nothing (tx, error);
    default:
      g_assert_not_reached ();
    }
  return call->answer != NULL;
}

/* Takes @body. */
static MhRecord *
try_it (Lab *lab, What what, const char *id, MhRecord *body, GError **error)
{
  g_autoptr (MhRecord) taken = body;
  Call call = { what, id, taken, NULL, 0 };
  gboolean done = lab_write (lab, lab->reception, call_func, &call, error);
  if (!done)
    g_clear_object (&call.answer);
  return call.answer;
}

static MhRecord *
must (Lab *lab, What what, const char *id, MhRecord *body)
{
  GError *error = NULL;
  MhRecord *answer = try_it (lab, what, id, body, &error);
  g_assert_no_error (error);
  return answer;
}

/* Refused with that code of that field. Takes @body. */
static void
refused (Lab *lab, What what, const char *id, MhRecord *body, const char *field, const char *code)
{
  GError *error = NULL;
  g_autoptr (MhRecord) answer = try_it (lab, what, id, body, &error);
  const MhIssue *issue = NULL;
  g_assert_null (answer);
  g_assert_nonnull (error);
  if (mh_error_get_issues (error) != NULL)
    issue = mh_issues_find (mh_error_get_issues (error), field);
  if (issue == NULL)
    g_error ("not refused for %s: %s", field, error->message);
  g_assert_cmpstr (issue->code, ==, code);
  g_error_free (error);
}

static void
set_now (Lab *lab, const char *text)
{
  gint64 now = 0;
  g_assert_true (mh_instant_parse (text, &now));
  mh_clock_set (mh_server_clock (lab->server), now);
}

static gboolean
add_patient (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  const char *const *parts = data;
  mh_record_set_text (patient, MH_ID, parts[0]);
  mh_record_set_text (patient, MH_PATIENT_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (patient, MH_PATIENT_MRN, parts[1]);
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, parts[1]);
  mh_record_set_text (patient, MH_PATIENT_PHONE, "9820000001");
  mh_record_set_text (patient, MH_PATIENT_SEX, "female");
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, "1984-02-29");
  return mh_tx_insert (tx, patient, MH_AUDIT_CREATE, NULL, error);
}

static char *
patient_new (Lab *lab, int number)
{
  GError *error = NULL;
  char *id = mh_id_new ();
  g_autofree char *mrn = g_strdup_printf ("T%d", number);
  const char *parts[] = { id, mrn, NULL };
  mh_assert_ok (lab_write (lab, lab->reception, add_patient, parts, &error), error);
  return id;
}

static Lab *
house_new (const MhTestDb *test)
{
  Lab *lab = lab_new (test);
  MhActor *reception
      = mh_actor_new (mh_actor_user_id (lab->reception), "Rita Reception", MH_ROLE_RECEPTION,
                      LAB_HOSPITAL, NULL, mh_role_default_find (MH_ROLE_RECEPTION)->permissions);
  mh_actor_unref (lab->reception);
  lab->reception = reception;
  set_now (lab, AT ("02:00"));
  return lab;
}

/* A room, so that no user is needed. */
static char *
schedule_new (Lab *lab, const char *code, const char *hours, int minutes, int capacity)
{
  g_autoptr (MhRecord) schedule
      = must (lab, SCHEDULE, NULL,
              parse (&mh_schedule_type,
                     "{\"code\":\"%s\",\"name\":\"Room %s\",\"kind\":\"room\",\"hours\":\"%s\","
                     "\"slot_minutes\":%d,\"capacity\":%d,\"overbook_percent\":10,"
                     "\"walk_in_every\":2,\"room_name\":\"12\"}",
                     code, code, hours, minutes, capacity));
  return g_strdup (mh_record_id (schedule));
}

static MhRecord *
booking (const char *schedule, const char *patient, const char *start, const char *more)
{
  return parse (&mh_appointment_type,
                "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"start_at\":\"%s\"%s}", schedule,
                patient, start, more);
}

static MhRecord *
step (const char *name)
{
  return parse (&mh_appointment_step_type, "{\"step\":\"%s\",\"reason\":\"patient\"}", name);
}

static const char *
status_of (MhRecord *record)
{
  return mh_record_text (record, mh_record_type_find (mh_record_type (record), "status"));
}

/* --- booking --- */

static void
test_book (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1), *ravi = patient_new (lab, 2);
  g_autoptr (MhRecord) first = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""));
  g_assert_cmpstr (status_of (first), ==, "booked");
  g_assert_cmpstr (mh_record_text (first, MH_APPOINTMENT_DAY), ==, DAY);
  g_assert_cmpint (mh_record_int (first, MH_APPOINTMENT_END_AT)
                       - mh_record_int (first, MH_APPOINTMENT_START_AT),
                   ==, 15 * MH_MINUTE);
  refused (lab, BOOK, NULL, booking (room, ravi, AT ("03:30"), ""), "start_at", "taken");
  /* what only touches is free */
  g_autoptr (MhRecord) second = must (lab, BOOK, NULL, booking (room, ravi, AT ("03:45"), ""));
  refused (lab, BOOK, NULL, booking (room, ravi, AT ("03:40"), ""), "start_at", "no_slot");
  refused (lab, BOOK, NULL, booking (room, ravi, AT ("05:30"), ""), "start_at", "no_slot");
  refused (lab, BOOK, NULL, booking (room, ravi, "2026-11-24T03:30:00.000Z", ""), "start_at",
           "no_slot");
  /* half an hour takes both of its slots, and neither is sold again */
  g_autoptr (MhRecord) longer = must (
      lab, BOOK, NULL, booking (room, asha, AT ("04:00"), ",\"end_at\":\"" AT ("04:30") "\""));
  refused (lab, BOOK, NULL, booking (room, ravi, AT ("04:15"), ""), "start_at", "taken");
  refused (lab, BOOK, NULL, booking (room, ravi, AT ("03:30"), ",\"end_at\":\"" AT ("03:40") "\""),
           "start_at", "no_slot");
  set_now (lab, AT ("05:15"));
  refused (lab, BOOK, NULL, booking (room, ravi, AT ("05:00"), ""), "start_at", "past");
  g_autoptr (MhRecord) last = must (lab, BOOK, NULL, booking (room, ravi, AT ("05:15"), ""));
  refused (lab, BOOK, NULL, booking (room, LAB_HOSPITAL, AT ("05:15"), ""), "patient_id",
           "unknown");
}

/* In another room at the same time; rooms with other slots meet in the key too. */
static void
test_patient_busy (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *other = schedule_new (lab, "R2", "mon 09:00-11:00", 20, 1);
  g_autofree char *asha = patient_new (lab, 1);
  g_autoptr (MhRecord) first = must (lab, BOOK, NULL, booking (room, asha, AT ("03:45"), ""));
  refused (lab, BOOK, NULL, booking (other, asha, AT ("03:30"), ""), "start_at", "patient_busy");
  refused (lab, BOOK, NULL, booking (other, asha, AT ("03:50"), ""), "start_at", "patient_busy");
  g_autoptr (MhRecord) later = must (lab, BOOK, NULL, booking (other, asha, AT ("04:10"), ""));
  g_autoptr (MhRecord) gone = must (lab, STEP, mh_record_id (first), step ("cancel"));
  g_autoptr (MhRecord) again = must (lab, BOOK, NULL, booking (other, asha, AT ("03:50"), ""));
}

/* Twenty places of a session: two beyond them, each with a reason. */
static void
test_overbook (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-10:00", 6 * 5, 10);
  const char *reason = ",\"overbook_reason\":\"urgent\"";
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *patient = patient_new (lab, i);
      g_autoptr (MhRecord) one
          = must (lab, BOOK, NULL, booking (room, patient, AT ("03:30"), i == 0 ? reason : ""));
      g_assert_cmpint (mh_record_int (one, MH_APPOINTMENT_SEAT), ==, i);
      g_assert_false (mh_record_has (one, MH_APPOINTMENT_OVERBOOK_REASON));
    }
  for (int i = 10; i < 12; i++)
    {
      g_autofree char *patient = patient_new (lab, i);
      refused (lab, BOOK, NULL, booking (room, patient, AT ("03:30"), ""), "start_at", "taken");
      g_autoptr (MhRecord) one
          = must (lab, BOOK, NULL, booking (room, patient, AT ("03:30"), reason));
      g_assert_cmpint (mh_record_int (one, MH_APPOINTMENT_SEAT), ==, i);
    }
  g_autofree char *thirteenth = patient_new (lab, 13);
  refused (lab, BOOK, NULL, booking (room, thirteenth, AT ("03:30"), reason), "start_at",
           "overbook_full");
  g_autoptr (MhRecord) free = must (lab, BOOK, NULL, booking (room, thirteenth, AT ("04:00"), ""));
}

static void
test_hold (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1), *ravi = patient_new (lab, 2);
  g_autofree char *json
      = g_strdup_printf ("{\"schedule_id\":\"%s\",\"start_at\":\"" AT ("03:30") "\"}", room);
  g_autoptr (MhRecord) hold = must (lab, HOLD, NULL, parse (&mh_slot_hold_type, "%s", json));
  g_autofree char *use = g_strdup_printf (",\"hold_id\":\"%s\"", mh_record_id (hold));
  refused (lab, HOLD, NULL, parse (&mh_slot_hold_type, "%s", json), "start_at", "taken");
  refused (lab, BOOK, NULL, booking (room, ravi, AT ("03:30"), ""), "start_at", "taken");
  g_autoptr (MhRecord) used = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), use));
  /* kept until the last moment of five minutes, and not a moment longer */
  g_autofree char *next
      = g_strdup_printf ("{\"schedule_id\":\"%s\",\"start_at\":\"" AT ("03:45") "\"}", room);
  g_autoptr (MhRecord) second = must (lab, HOLD, NULL, parse (&mh_slot_hold_type, "%s", next));
  set_now (lab, "2026-11-23T02:04:59.999Z");
  refused (lab, BOOK, NULL, booking (room, ravi, AT ("03:45"), ""), "start_at", "taken");
  set_now (lab, AT ("02:05"));
  g_autoptr (MhRecord) taken = must (lab, BOOK, NULL, booking (room, ravi, AT ("03:45"), ""));
  g_autofree char *third
      = g_strdup_printf ("{\"schedule_id\":\"%s\",\"start_at\":\"" AT ("04:30") "\"}", room);
  g_autoptr (MhRecord) given = must (lab, HOLD, NULL, parse (&mh_slot_hold_type, "%s", third));
  must (lab, RELEASE, mh_record_id (given), NULL);
  g_autoptr (MhRecord) freed = must (lab, BOOK, NULL, booking (room, ravi, AT ("04:30"), ""));
}

static void
test_move (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1), *ravi = patient_new (lab, 2);
  g_autoptr (MhRecord) first = must (
      lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ",\"end_at\":\"" AT ("04:00") "\""));
  g_autoptr (MhRecord) other = must (lab, BOOK, NULL, booking (room, ravi, AT ("04:15"), ""));
  refused (lab, MOVE, mh_record_id (first),
           parse (&mh_appointment_move_type, "{\"start_at\":\"" AT ("04:00") "\"}"), "start_at",
           "taken");
  refused (lab, MOVE, mh_record_id (first),
           parse (&mh_appointment_move_type, "{\"start_at\":\"" AT ("03:30") "\"}"), "start_at",
           "same");
  /* by one slot, over its own old time */
  g_autoptr (MhRecord) moved
      = must (lab, MOVE, mh_record_id (first),
              parse (&mh_appointment_move_type, "{\"start_at\":\"" AT ("03:45") "\"}"));
  g_autoptr (MhRecord) old = lab_get (lab, &mh_appointment_type, mh_record_id (first));
  g_assert_cmpstr (status_of (old), ==, "rescheduled");
  g_assert_cmpstr (mh_record_text (old, MH_APPOINTMENT_RESCHEDULED_TO), ==, mh_record_id (moved));
  g_assert_cmpstr (mh_record_text (moved, MH_APPOINTMENT_RESCHEDULED_FROM), ==,
                   mh_record_id (first));
  g_assert_cmpint (mh_record_int (moved, MH_APPOINTMENT_END_AT)
                       - mh_record_int (moved, MH_APPOINTMENT_START_AT),
                   ==, 30 * MH_MINUTE);
  refused (lab, MOVE, mh_record_id (first),
           parse (&mh_appointment_move_type, "{\"start_at\":\"" AT ("05:00") "\"}"), "status",
           "state");
  g_autoptr (MhRecord) into = must (lab, BOOK, NULL, booking (room, ravi, AT ("03:30"), ""));
}

static void
test_leave (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1), *ravi = patient_new (lab, 2);
  g_autoptr (MhRecord) before = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""));
  g_autoptr (MhRecord) within = must (lab, BOOK, NULL, booking (room, ravi, AT ("03:45"), ""));
  g_autoptr (MhRecord) leave
      = must (lab, LEAVE, NULL,
              parse (&mh_leave_type,
                     "{\"schedule_id\":\"%s\",\"start_at\":\"" AT ("03:45") "\",\"end_at\":\"" AT (
                         "04:15") "\",\"reason\":\"sick\"}",
                     room));
  GPtrArray *to_move = mh_record_records (leave, MH_LEAVE_TO_MOVE);
  g_assert_cmpuint (to_move->len, ==, 1);
  g_assert_cmpstr (mh_record_id (g_ptr_array_index (to_move, 0)), ==, mh_record_id (within));
  refused (lab, BOOK, NULL, booking (room, asha, AT ("04:00"), ""), "start_at", "away");
  g_autoptr (MhRecord) after = must (lab, BOOK, NULL, booking (room, asha, AT ("04:15"), ""));
}

static void
test_series (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1), *ravi = patient_new (lab, 2);
  g_autoptr (MhRecord) taken
      = must (lab, BOOK, NULL, booking (room, ravi, "2026-11-30T03:30:00.000Z", ""));
  const char *wanted = "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"start_at\":\"" AT (
      "03:30") "\",\"every_days\":7,\"times\":3,\"skip_taken\":%s}";
  refused (lab, SERIES, NULL, parse (&mh_series_request_type, wanted, room, asha, "false"),
           "start_at", "taken");
  /* a refused series leaves nothing behind */
  g_autoptr (MhRecord) done
      = must (lab, SERIES, NULL, parse (&mh_series_request_type, wanted, room, asha, "true"));
  g_assert_cmpuint (mh_record_records (done, MH_SERIES_REQUEST_BOOKED)->len, ==, 2);
  const char *const *skipped = mh_record_list (done, MH_SERIES_REQUEST_NOT_BOOKED);
  g_assert_cmpstr (skipped[0], ==, "2026-11-30T03:30:00.000Z");
  g_assert_null (skipped[1]);
}

/* --- the waiting room --- */

static MhRecord *
token_of (Lab *lab, const char *room, const char *kind)
{
  return must (lab, TOKEN, NULL,
               parse (&mh_token_type, "{\"schedule_id\":\"%s\",\"kind\":\"%s\"}", room, kind));
}

static void
call_next (Lab *lab, const char *room, const char *label)
{
  g_autoptr (MhRecord) called = must (lab, CALL, room, step ("call"));
  g_assert_cmpstr (mh_record_text (called, MH_TOKEN_LABEL), ==, label);
  g_assert_cmpstr (status_of (called), ==, "called");
  mh_clock_advance (mh_server_clock (lab->server), MH_MINUTE);
}

static void
test_queue (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  static const char *const times[] = { AT ("03:30"), AT ("03:45"), AT ("04:00") };
  refused (lab, CALL, room, step ("call"), "schedule_id", "empty");
  g_autoptr (MhRecord) w1 = token_of (lab, room, "walk_in");
  g_autoptr (MhRecord) w2 = token_of (lab, room, "walk_in");
  set_now (lab, AT ("03:50"));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *patient = patient_new (lab, (int)i);
      set_now (lab, AT ("03:20"));
      g_autoptr (MhRecord) booked = must (lab, BOOK, NULL, booking (room, patient, times[i], ""));
      g_autoptr (MhRecord) here = must (lab, STEP, mh_record_id (booked), step ("arrive"));
      g_assert_cmpstr (status_of (here), ==, "arrived");
      g_assert_true (mh_record_has (here, MH_APPOINTMENT_VISIT_ID));
      refused (lab, STEP, mh_record_id (booked), step ("arrive"), "step", "state");
    }
  set_now (lab, AT ("04:00"));
  g_autoptr (MhRecord) urgent = token_of (lab, room, "urgent");
  g_assert_cmpstr (mh_record_text (urgent, MH_TOKEN_LABEL), ==, "R1-6");
  call_next (lab, room, "R1-6");
  call_next (lab, room, "R1-3");
  call_next (lab, room, "R1-4");
  call_next (lab, room, "R1-1");
  call_next (lab, room, "R1-5");
  call_next (lab, room, "R1-2");
  refused (lab, CALL, room, step ("call"), "schedule_id", "empty");
  /* the numbers begin anew each day */
  set_now (lab, "2026-11-23T18:29:59.000Z");
  g_autoptr (MhRecord) late = token_of (lab, room, "walk_in");
  g_assert_cmpstr (mh_record_text (late, MH_TOKEN_LABEL), ==, "R1-7");
  set_now (lab, "2026-11-23T18:30:00.000Z");
  g_autoptr (MhRecord) early = token_of (lab, room, "walk_in");
  g_assert_cmpstr (mh_record_text (early, MH_TOKEN_LABEL), ==, "R1-1");
}

/* Token and booking go through the room together. */
static void
test_through (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1);
  g_autoptr (MhRecord) booked = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""));
  g_autoptr (MhRecord) here = must (lab, STEP, mh_record_id (booked), step ("arrive"));
  const char *token = mh_record_text (here, MH_APPOINTMENT_TOKEN_ID);
  g_autoptr (MhRecord) called = must (lab, TOKEN_STEP, token, step ("call"));
  g_autoptr (MhRecord) in = must (lab, TOKEN_STEP, token, step ("start"));
  g_autoptr (MhRecord) now = lab_get (lab, &mh_appointment_type, mh_record_id (booked));
  g_assert_cmpstr (status_of (now), ==, "in_room");
  g_autoptr (MhRecord) done = must (lab, STEP, mh_record_id (booked), step ("done"));
  g_autoptr (MhRecord) after = lab_get (lab, &mh_token_type, token);
  g_assert_cmpstr (status_of (after), ==, "done");
  refused (lab, TOKEN_STEP, token, step ("call"), "step", "state");
}

/* At the fifteenth minute, not before; who comes late is still taken. */
static void
test_not_come (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1);
  g_autoptr (MhRecord) booked = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""));
  set_now (lab, "2026-11-23T03:44:59.999Z");
  must (lab, SWEEP, NULL, NULL);
  g_autoptr (MhRecord) before = lab_get (lab, &mh_appointment_type, mh_record_id (booked));
  g_assert_cmpstr (status_of (before), ==, "booked");
  set_now (lab, AT ("03:45"));
  must (lab, SWEEP, NULL, NULL);
  g_autoptr (MhRecord) gone = lab_get (lab, &mh_appointment_type, mh_record_id (booked));
  g_assert_cmpstr (status_of (gone), ==, "no_show");
  g_autoptr (MhRecord) late = must (lab, STEP, mh_record_id (booked), step ("arrive"));
  g_assert_cmpstr (status_of (late), ==, "arrived");
}

/* --- the waiting list --- */

static void
test_waiting (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1), *ravi = patient_new (lab, 2),
                  *mina = patient_new (lab, 3);
  g_autoptr (MhRecord) booked = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""));
  g_autoptr (MhRecord) afternoon = must (
      lab, WISH, NULL,
      parse (&mh_waiting_type,
             "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"part\":\"afternoon\"}", room, ravi));
  g_autoptr (MhRecord) wish = must (
      lab, WISH, NULL,
      parse (&mh_waiting_type, "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\"}", room, ravi));
  g_autoptr (MhRecord) urgent
      = must (lab, WISH, NULL,
              parse (&mh_waiting_type,
                     "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"urgent\":true}", room, mina));
  g_autoptr (MhRecord) gone = must (lab, STEP, mh_record_id (booked), step ("cancel"));
  g_autoptr (MhRecord) offered = lab_get (lab, &mh_waiting_type, mh_record_id (urgent));
  g_assert_cmpstr (status_of (offered), ==, "offered");
  refused (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""), "start_at", "taken");
  /* nobody took it in half an hour: the next is offered it, but nobody of the afternoon */
  set_now (lab, AT ("02:30"));
  must (lab, SWEEP, NULL, NULL);
  g_autoptr (MhRecord) passed = lab_get (lab, &mh_waiting_type, mh_record_id (urgent));
  g_autoptr (MhRecord) next = lab_get (lab, &mh_waiting_type, mh_record_id (wish));
  g_autoptr (MhRecord) not = lab_get (lab, &mh_waiting_type, mh_record_id (afternoon));
  g_assert_cmpstr (status_of (passed), ==, "waiting");
  g_assert_cmpstr (status_of (next), ==, "offered");
  g_assert_cmpstr (status_of (not ), ==, "waiting");
  g_autofree char *use
      = g_strdup_printf (",\"hold_id\":\"%s\",\"waiting_id\":\"%s\"",
                         mh_record_text (next, MH_WAITING_HOLD_ID), mh_record_id (next));
  g_autoptr (MhRecord) taken = must (lab, BOOK, NULL, booking (room, ravi, AT ("03:30"), use));
  g_autoptr (MhRecord) over = lab_get (lab, &mh_waiting_type, mh_record_id (wish));
  g_assert_cmpstr (status_of (over), ==, "booked");
}

static void
test_death (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  mh_appointments_observe (lab->server);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1);
  g_autoptr (MhRecord) hers = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""));
  static const char wanted[] = "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\"}";
  static const char died[] = "{\"died_at\":\"%s\",\"told_by\":\"Dr Rao\"}";
  g_autoptr (MhRecord) wish = must (lab, WISH, NULL, parse (&mh_waiting_type, wanted, room, asha));
  refused (lab, DEATH, asha, parse (&mh_death_type, died, AT ("02:01")), "died_at", "future");
  g_autoptr (MhRecord) dead = must (lab, DEATH, asha, parse (&mh_death_type, died, AT ("02:00")));
  g_autoptr (MhRecord) ended = lab_get (lab, &mh_appointment_type, mh_record_id (hers));
  g_autoptr (MhRecord) gone = lab_get (lab, &mh_waiting_type, mh_record_id (wish));
  g_assert_cmpstr (status_of (ended), ==, "cancelled");
  g_assert_cmpstr (status_of (gone), ==, "withdrawn");
  refused (lab, BOOK, NULL, booking (room, asha, AT ("04:00"), ""), "patient_id", "deceased");
  MhRecord *why = parse (&mh_death_withdrawal_type, "{\"reason\":\"wrong chart\"}");
  g_autoptr (MhRecord) back = must (lab, DEATH, asha, why);
}

/* --- looking --- */

static void
test_slots (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  GError *error = NULL;
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-10:00", 15, 2);
  g_autofree char *other = schedule_new (lab, "R2", "mon-tue 09:30-10:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1);
  g_autoptr (MhRecord) one = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""));
  MhDb *db = lab_reader (lab);
  gint64 now = mh_clock_now (mh_server_clock (lab->server));
  MhSlotsQuery query = { .from = DAY, .days = 2, .limit = 50 };
  g_autoptr (GPtrArray) found = mh_appointments_slots (db, lab->reception, &query, now, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 4 + 2 + 2);
  g_assert_cmpint (mh_record_int (g_ptr_array_index (found, 0), MH_SLOT_FREE), ==, 1);
  for (guint i = 1; i < found->len; i++)
    g_assert_cmpint (mh_record_int (g_ptr_array_index (found, i - 1), MH_SLOT_START_AT), <=,
                     mh_record_int (g_ptr_array_index (found, i), MH_SLOT_START_AT));
  g_autoptr (GBytes) ics
      = mh_appointments_ics (db, lab->reception, mh_record_id (one), now, &error);
  g_assert_no_error (error);
  g_autofree char *text = g_strndup (g_bytes_get_data (ics, NULL), g_bytes_get_size (ics));
  g_assert_nonnull (strstr (text, "BEGIN:VEVENT"));
  g_assert_nonnull (strstr (text, "DTSTART:20261123T033000Z"));
  g_assert_nonnull (strstr (text, "DTEND:20261123T034500Z"));
  g_autoptr (GBytes) day
      = mh_appointments_schedule_ics (db, lab->reception, room, DAY, 1, now, &error);
  g_assert_no_error (error);
  g_autofree char *days = g_strndup (g_bytes_get_data (day, NULL), g_bytes_get_size (day));
  g_assert_nonnull (strstr (days, "STATUS:CONFIRMED"));
  lab_done (lab, db);
}

/* --- the guard --- */

static gboolean
claim_twice (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  const gint64 *seats = data;
  for (guint i = 0; i < 2; i++)
    {
      MhRecord *claim = mh_record_new (&mh_slot_claim_type);
      mh_record_take_text (claim, MH_ID, mh_id_new ());
      mh_record_set_text (claim, MH_CLAIM_OWNER, "s:anybody");
      mh_record_set_int (claim, MH_CLAIM_TICK, 7);
      mh_record_set_int (claim, MH_CLAIM_SEAT, seats[i]);
      mh_record_take_text (claim, MH_CLAIM_HOLDER_ID, mh_id_new ());
      g_ptr_array_add (rows, claim);
    }
  return mh_tx_insert_parts (tx, rows, error);
}

/* Without a line of ours in between. */
static void
test_guard (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autoptr (GError) error = NULL;
  gint64 same[] = { 0, 0 }, others[] = { 1, 2 };
  g_assert_false (lab_write (lab, lab->reception, claim_twice, same, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  mh_assert_ok (lab_write (lab, lab->reception, claim_twice, others, &error), error);
}

/* --- everybody at once --- */

#define CLIENTS 64
#define SLOTS 100

typedef struct
{
  Lab *lab;
  MhStore *other; /* a second server on the same database */
  char *room;
  char *patients[CLIENTS];
  gint64 first;
  int next, sold, refused;
} Storm;

static gboolean
book_func (MhTx *tx, gpointer data, GError **error)
{
  Call *call = data;
  Storm *storm = (Storm *)call->id;
  g_clear_object (&call->answer);
  call->answer = mh_appointments_book (tx, storm->lab->reception, call->body, error);
  return call->answer != NULL;
}

static gpointer
client (gpointer data)
{
  Storm *storm = data;
  int number = g_atomic_int_add (&storm->next, 1);
  const MhWho who = { .user_name = "Rita Reception", .hospital_id = LAB_HOSPITAL };
  MhStore *store = number % 2 == 0 ? mh_server_store (storm->lab->server) : storm->other;
  for (int i = 0; i < SLOTS; i++)
    {
      g_autoptr (GError) error = NULL;
      char at[MH_INSTANT_LENGTH + 1];
      mh_instant_format (storm->first + i * 5 * MH_MINUTE, at);
      g_autoptr (MhRecord) body = booking (storm->room, storm->patients[number], at, "");
      Call call = { BOOK, (const char *)storm, body, NULL, 0 };
      if (mh_store_write (store, &who, book_func, &call, &error))
        g_atomic_int_inc (&storm->sold);
      else if (g_error_matches (error, MH_ERROR, MH_ERROR_CONFLICT))
        g_atomic_int_inc (&storm->refused);
      else
        g_error ("a booking failed: %s", error->message);
      g_clear_object (&call.answer);
    }
  return NULL;
}

static const char sql_sold[]
    = "SELECT count(*), count(DISTINCT start_at) FROM appointment WHERE schedule_id = $1";

static void
test_storm (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-17:20", 5, 1);
  const MhStoreConfig config
      = { .url = test->url, .readers = 1, .clock = mh_server_clock (lab->server) };
  g_autoptr (MhStore) other = mh_store_open (&config, FALSE, &error);
  g_assert_no_error (error);
  Storm storm = { .lab = lab, .other = other, .room = room };
  GThread *threads[CLIENTS];
  g_assert_true (mh_instant_parse (AT ("03:30"), &storm.first));
  for (int i = 0; i < CLIENTS; i++)
    storm.patients[i] = patient_new (lab, i);
  for (int i = 0; i < CLIENTS; i++)
    threads[i] = g_thread_new ("client", client, &storm);
  for (int i = 0; i < CLIENTS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (storm.sold, ==, SLOTS);
  g_assert_cmpint (storm.refused, ==, (CLIENTS - 1) * SLOTS);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_sold, MH_ARGS (MH_TEXT (room)), &error);
  g_assert_no_error (error);
  g_assert_true (mh_rows_next (rows, &error));
  g_assert_cmpint (mh_rows_int (rows, 0), ==, SLOTS);
  g_assert_cmpint (mh_rows_int (rows, 1), ==, SLOTS);
  g_clear_pointer (&rows, mh_rows_free);
  lab_done (lab, db);
  for (int i = 0; i < CLIENTS; i++)
    g_free (storm.patients[i]);
}

/* Messages of that kind. */
static GPtrArray *
messages (Lab *lab, const char *code)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (mh_server_store (lab->server), &error);
  const MhSmsQuery query = { .code = code, .limit = 50 };
  GPtrArray *found = mh_sms_list (db, lab->reception, &query, &error);
  g_assert_no_error (error);
  mh_store_give_reader (mh_server_store (lab->server), db);
  return found;
}

static guint
n_messages (Lab *lab, const char *code)
{
  g_autoptr (GPtrArray) found = messages (lab, code);
  return found->len;
}

/* Once, in the patient's language, by the hospital's clock, without a clinical word; not to whoever
 * cancelled or refuses. */
static void
test_reminder (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = patient_new (lab, 1), *ravi = patient_new (lab, 2),
                  *mina = patient_new (lab, 3);
  g_autoptr (MhRecord) booked = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""));
  g_autoptr (MhRecord) second = must (lab, BOOK, NULL, booking (room, ravi, AT ("03:45"), ""));
  g_autoptr (MhRecord) third = must (lab, BOOK, NULL, booking (room, mina, AT ("04:00"), ""));
  g_autoptr (MhRecord) gone = must (lab, STEP, mh_record_id (second), step ("cancel"));
  must (lab, REFUSE_SMS, mina, NULL);
  must (lab, REMIND, mh_record_id (second), NULL);
  must (lab, REMIND, mh_record_id (third), NULL);
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_REMINDER), ==, 0);
  must (lab, REMIND, mh_record_id (booked), NULL);
  must (lab, REMIND, mh_record_id (booked), NULL);
  g_autoptr (GPtrArray) found = messages (lab, MH_SMS_APPOINTMENT_REMINDER);
  g_assert_cmpuint (found->len, ==, 1);
  const char *text = mh_record_text (g_ptr_array_index (found, 0), MH_SMS_ARGUMENTS);
  g_assert_nonnull (strstr (text, "23 Nov 2026"));
  g_assert_nonnull (strstr (text, "09:00"));
  g_assert_null (strstr (text, mh_record_text (booked, MH_APPOINTMENT_PATIENT_NAME)));
  g_assert_null (strstr (text, mh_record_text (booked, MH_APPOINTMENT_SCHEDULE_NAME)));
  /* when its time has come it is no reminder any more */
  g_autoptr (MhRecord) late = must (lab, BOOK, NULL, booking (room, ravi, AT ("04:15"), ""));
  set_now (lab, AT ("04:15"));
  must (lab, REMIND, mh_record_id (late), NULL);
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_REMINDER), ==, 1);
}

/* The one message of that kind: with that day and time and the booking that its page is for, and
 * with neither whom nor why. */
static void
assert_told (Lab *lab, const char *code, const char *date, const char *time, MhRecord *booking)
{
  g_autoptr (GPtrArray) found = messages (lab, code);
  g_assert_cmpuint (found->len, ==, 1);
  MhRecord *sms = g_ptr_array_index (found, 0);
  g_autofree char *wanted = g_strdup_printf ("{\"date\":\"%s\",\"time\":\"%s\",\"booking\":\"%s\"}",
                                             date, time, mh_record_id (booking));
  g_assert_cmpstr (mh_record_text (sms, MH_SMS_ARGUMENTS), ==, wanted);
  g_assert_cmpstr (mh_record_text (sms, MH_SMS_STATUS), ==, MH_SMS_QUEUED);
  g_assert_cmpstr (mh_record_text (sms, MH_SMS_RECIPIENT), ==, "+919820000001");
  g_assert_cmpstr (mh_record_text (sms, MH_SMS_LANGUAGE), ==, "en");
  g_assert_nonnull (strstr (mh_record_text (sms, MH_SMS_DEDUPE), mh_record_id (booking)));
}

/* What was done about a booking is told once each time; what is past, and what a hospital or a
 * patient does not want told, is not. */
static void
test_told (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autofree char *room = schedule_new (lab, "R1", "mon-sun 09:00-11:00", 15, 2);
  g_autofree char *asha = patient_new (lab, 1), *mina = patient_new (lab, 2);
  g_autoptr (MhRecord) booked = must (lab, BOOK, NULL, booking (room, asha, AT ("03:30"), ""));
  assert_told (lab, MH_SMS_APPOINTMENT_BOOKED, "23 Nov 2026", "09:00", booked);
  g_autoptr (MhRecord) moved
      = must (lab, MOVE, mh_record_id (booked),
              parse (&mh_appointment_move_type, "{\"start_at\":\"%s\"}", AT ("04:15")));
  assert_told (lab, MH_SMS_APPOINTMENT_CHANGED, "23 Nov 2026", "09:45", moved);
  g_autoptr (MhRecord) gone = must (lab, STEP, mh_record_id (moved), step ("cancel"));
  assert_told (lab, MH_SMS_APPOINTMENT_CANCELLED, "23 Nov 2026", "09:45", moved);
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_BOOKED), ==, 1);
  /* of a series its first day */
  g_autoptr (MhRecord) series
      = must (lab, SERIES, NULL,
              parse (&mh_series_request_type,
                     "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"start_at\":\"%s\","
                     "\"every_days\":1,\"times\":4}",
                     room, asha, AT ("03:30")));
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_BOOKED), ==, 2);
  /* who refuses it; a desk that cancels what began already; a hospital that does not write */
  must (lab, REFUSE_SMS, mina, NULL);
  g_autoptr (MhRecord) silent = must (lab, BOOK, NULL, booking (room, mina, AT ("03:45"), ""));
  g_autoptr (MhRecord) late = must (lab, BOOK, NULL, booking (room, asha, AT ("04:00"), ""));
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_BOOKED), ==, 3);
  set_now (lab, AT ("04:01"));
  g_autoptr (MhRecord) over = must (lab, STEP, mh_record_id (late), step ("cancel"));
  must (lab, TELL_NOTHING, NULL, NULL);
  g_autoptr (MhRecord) quiet = must (lab, BOOK, NULL, booking (room, asha, AT ("04:15"), ""));
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_BOOKED), ==, 3);
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_CANCELLED), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/appointments/book", test_book);
  mh_test_add_both ("/appointments/patient-busy", test_patient_busy);
  mh_test_add_both ("/appointments/overbook", test_overbook);
  mh_test_add_both ("/appointments/hold", test_hold);
  mh_test_add_both ("/appointments/move", test_move);
  mh_test_add_both ("/appointments/leave", test_leave);
  mh_test_add_both ("/appointments/series", test_series);
  mh_test_add_both ("/appointments/queue", test_queue);
  mh_test_add_both ("/appointments/through", test_through);
  mh_test_add_both ("/appointments/not-come", test_not_come);
  mh_test_add_both ("/appointments/waiting", test_waiting);
  mh_test_add_both ("/appointments/death", test_death);
  mh_test_add_both ("/appointments/reminder", test_reminder);
  mh_test_add_both ("/appointments/told", test_told);
  mh_test_add_both ("/appointments/slots", test_slots);
  mh_test_add_both ("/appointments/guard", test_guard);
  mh_test_add_both ("/appointments/storm", test_storm);
  return mh_test_run ();
}
