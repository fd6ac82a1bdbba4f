/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookings, the queue and the waiting list on both databases; sixty-four desks that want the same
 * hundred slots at once. */
#include "server/clinic/appointments/mh-appointments-service.h"
#include "server/messages/sms/mh-sms.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/rules/clinic/mh-slots.h"
#include "tests/server/appointments-fixture.h"

#include <string.h>

static void
test_book (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1), *ravi = appt_patient (lab, 2);
  g_autoptr (MhRecord) first
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""));
  g_assert_cmpstr (appt_status (first), ==, "booked");
  g_assert_cmpstr (mh_record_text (first, MH_APPOINTMENT_DAY), ==, DAY);
  g_assert_cmpint (mh_record_int (first, MH_APPOINTMENT_END_AT)
                       - mh_record_int (first, MH_APPOINTMENT_START_AT),
                   ==, 15 * MH_MINUTE);
  appt_refused (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:30"), ""), "start_at", "taken");
  /* what only touches is free */
  g_autoptr (MhRecord) second
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:45"), ""));
  appt_refused (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:40"), ""), "start_at",
                "no_slot");
  appt_refused (lab, BOOK, NULL, appt_booking (room, ravi, AT ("05:30"), ""), "start_at",
                "no_slot");
  appt_refused (lab, BOOK, NULL, appt_booking (room, ravi, "2026-11-24T03:30:00.000Z", ""),
                "start_at", "no_slot");
  /* half an hour takes both of its slots, and neither is sold again */
  g_autoptr (MhRecord) longer = appt_must (
      lab, BOOK, NULL, appt_booking (room, asha, AT ("04:00"), ",\"end_at\":\"" AT ("04:30") "\""));
  appt_refused (lab, BOOK, NULL, appt_booking (room, ravi, AT ("04:15"), ""), "start_at", "taken");
  appt_refused (lab, BOOK, NULL,
                appt_booking (room, ravi, AT ("03:30"), ",\"end_at\":\"" AT ("03:40") "\""),
                "start_at", "no_slot");
  appt_clock (lab, AT ("05:15"));
  appt_refused (lab, BOOK, NULL, appt_booking (room, ravi, AT ("05:00"), ""), "start_at", "past");
  g_autoptr (MhRecord) last
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("05:15"), ""));
  appt_refused (lab, BOOK, NULL, appt_booking (room, LAB_HOSPITAL, AT ("05:15"), ""), "patient_id",
                "unknown");
}

/* In another room at the same time; rooms with other slots meet in the key too. */
static void
test_patient_busy (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *other = appt_schedule (lab, "R2", "mon 09:00-11:00", 20, 1);
  g_autofree char *asha = appt_patient (lab, 1);
  g_autoptr (MhRecord) first
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:45"), ""));
  appt_refused (lab, BOOK, NULL, appt_booking (other, asha, AT ("03:30"), ""), "start_at",
                "patient_busy");
  appt_refused (lab, BOOK, NULL, appt_booking (other, asha, AT ("03:50"), ""), "start_at",
                "patient_busy");
  g_autoptr (MhRecord) later
      = appt_must (lab, BOOK, NULL, appt_booking (other, asha, AT ("04:10"), ""));
  g_autoptr (MhRecord) gone = appt_must (lab, STEP, mh_record_id (first), appt_step ("cancel"));
  g_autoptr (MhRecord) again
      = appt_must (lab, BOOK, NULL, appt_booking (other, asha, AT ("03:50"), ""));
}

/* Twenty places of a session: two beyond them, each with a reason. */
static void
test_overbook (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-10:00", 6 * 5, 10);
  const char *reason = ",\"overbook_reason\":\"urgent\"";
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *patient = appt_patient (lab, i);
      g_autoptr (MhRecord) one = appt_must (
          lab, BOOK, NULL, appt_booking (room, patient, AT ("03:30"), i == 0 ? reason : ""));
      g_assert_cmpint (mh_record_int (one, MH_APPOINTMENT_SEAT), ==, i);
      g_assert_false (mh_record_has (one, MH_APPOINTMENT_OVERBOOK_REASON));
    }
  for (int i = 10; i < 12; i++)
    {
      g_autofree char *patient = appt_patient (lab, i);
      appt_refused (lab, BOOK, NULL, appt_booking (room, patient, AT ("03:30"), ""), "start_at",
                    "taken");
      g_autoptr (MhRecord) one
          = appt_must (lab, BOOK, NULL, appt_booking (room, patient, AT ("03:30"), reason));
      g_assert_cmpint (mh_record_int (one, MH_APPOINTMENT_SEAT), ==, i);
    }
  g_autofree char *thirteenth = appt_patient (lab, 13);
  appt_refused (lab, BOOK, NULL, appt_booking (room, thirteenth, AT ("03:30"), reason), "start_at",
                "overbook_full");
  g_autoptr (MhRecord) free
      = appt_must (lab, BOOK, NULL, appt_booking (room, thirteenth, AT ("04:00"), ""));
}

static void
test_hold (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1), *ravi = appt_patient (lab, 2);
  g_autofree char *json
      = g_strdup_printf ("{\"schedule_id\":\"%s\",\"start_at\":\"" AT ("03:30") "\"}", room);
  g_autoptr (MhRecord) hold
      = appt_must (lab, HOLD, NULL, appt_parse (&mh_slot_hold_type, "%s", json));
  g_autofree char *use = g_strdup_printf (",\"hold_id\":\"%s\"", mh_record_id (hold));
  appt_refused (lab, HOLD, NULL, appt_parse (&mh_slot_hold_type, "%s", json), "start_at", "taken");
  appt_refused (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:30"), ""), "start_at", "taken");
  g_autoptr (MhRecord) used
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), use));
  /* kept until the last moment of five minutes, and not a moment longer */
  g_autofree char *next
      = g_strdup_printf ("{\"schedule_id\":\"%s\",\"start_at\":\"" AT ("03:45") "\"}", room);
  g_autoptr (MhRecord) second
      = appt_must (lab, HOLD, NULL, appt_parse (&mh_slot_hold_type, "%s", next));
  appt_clock (lab, "2026-11-23T02:04:59.999Z");
  appt_refused (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:45"), ""), "start_at", "taken");
  appt_clock (lab, AT ("02:05"));
  g_autoptr (MhRecord) taken
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:45"), ""));
  g_autofree char *third
      = g_strdup_printf ("{\"schedule_id\":\"%s\",\"start_at\":\"" AT ("04:30") "\"}", room);
  g_autoptr (MhRecord) given
      = appt_must (lab, HOLD, NULL, appt_parse (&mh_slot_hold_type, "%s", third));
  appt_must (lab, RELEASE, mh_record_id (given), NULL);
  g_autoptr (MhRecord) freed
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("04:30"), ""));
}

static void
test_move (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1), *ravi = appt_patient (lab, 2);
  g_autoptr (MhRecord) first = appt_must (
      lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ",\"end_at\":\"" AT ("04:00") "\""));
  g_autoptr (MhRecord) other
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("04:15"), ""));
  appt_refused (lab, MOVE, mh_record_id (first),
                appt_parse (&mh_appointment_move_type, "{\"start_at\":\"" AT ("04:00") "\"}"),
                "start_at", "taken");
  appt_refused (lab, MOVE, mh_record_id (first),
                appt_parse (&mh_appointment_move_type, "{\"start_at\":\"" AT ("03:30") "\"}"),
                "start_at", "same");
  /* by one slot, over its own old time */
  g_autoptr (MhRecord) moved
      = appt_must (lab, MOVE, mh_record_id (first),
                   appt_parse (&mh_appointment_move_type, "{\"start_at\":\"" AT ("03:45") "\"}"));
  g_autoptr (MhRecord) old = lab_get (lab, &mh_appointment_type, mh_record_id (first));
  g_assert_cmpstr (appt_status (old), ==, "rescheduled");
  g_assert_cmpstr (mh_record_text (old, MH_APPOINTMENT_RESCHEDULED_TO), ==, mh_record_id (moved));
  g_assert_cmpstr (mh_record_text (moved, MH_APPOINTMENT_RESCHEDULED_FROM), ==,
                   mh_record_id (first));
  g_assert_cmpint (mh_record_int (moved, MH_APPOINTMENT_END_AT)
                       - mh_record_int (moved, MH_APPOINTMENT_START_AT),
                   ==, 30 * MH_MINUTE);
  appt_refused (lab, MOVE, mh_record_id (first),
                appt_parse (&mh_appointment_move_type, "{\"start_at\":\"" AT ("05:00") "\"}"),
                "status", "state");
  g_autoptr (MhRecord) into
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:30"), ""));
}

static void
test_leave (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1), *ravi = appt_patient (lab, 2);
  g_autoptr (MhRecord) before
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""));
  g_autoptr (MhRecord) within
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:45"), ""));
  g_autoptr (MhRecord) leave = appt_must (
      lab, LEAVE, NULL,
      appt_parse (&mh_leave_type,
                  "{\"schedule_id\":\"%s\",\"start_at\":\"" AT ("03:45") "\",\"end_at\":\"" AT (
                      "04:15") "\",\"reason\":\"sick\"}",
                  room));
  GPtrArray *to_move = mh_record_records (leave, MH_LEAVE_TO_MOVE);
  g_assert_cmpuint (to_move->len, ==, 1);
  g_assert_cmpstr (mh_record_id (g_ptr_array_index (to_move, 0)), ==, mh_record_id (within));
  appt_refused (lab, BOOK, NULL, appt_booking (room, asha, AT ("04:00"), ""), "start_at", "away");
  g_autoptr (MhRecord) after
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("04:15"), ""));
}

static void
test_series (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1), *ravi = appt_patient (lab, 2);
  g_autoptr (MhRecord) taken
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, "2026-11-30T03:30:00.000Z", ""));
  const char *wanted = "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"start_at\":\"" AT (
      "03:30") "\",\"every_days\":7,\"times\":3,\"skip_taken\":%s}";
  appt_refused (lab, SERIES, NULL,
                appt_parse (&mh_series_request_type, wanted, room, asha, "false"), "start_at",
                "taken");
  /* a refused series leaves nothing behind */
  g_autoptr (MhRecord) done = appt_must (
      lab, SERIES, NULL, appt_parse (&mh_series_request_type, wanted, room, asha, "true"));
  g_assert_cmpuint (mh_record_records (done, MH_SERIES_REQUEST_BOOKED)->len, ==, 2);
  const char *const *skipped = mh_record_list (done, MH_SERIES_REQUEST_NOT_BOOKED);
  g_assert_cmpstr (skipped[0], ==, "2026-11-30T03:30:00.000Z");
  g_assert_null (skipped[1]);
}

/* --- the waiting room --- */

static MhRecord *
token_of (Lab *lab, const char *room, const char *kind)
{
  return appt_must (
      lab, TOKEN, NULL,
      appt_parse (&mh_token_type, "{\"schedule_id\":\"%s\",\"kind\":\"%s\"}", room, kind));
}

static void
call_next (Lab *lab, const char *room, const char *label)
{
  g_autoptr (MhRecord) called = appt_must (lab, CALL, room, appt_step ("call"));
  g_assert_cmpstr (mh_record_text (called, MH_TOKEN_LABEL), ==, label);
  g_assert_cmpstr (appt_status (called), ==, "called");
  mh_clock_advance (mh_server_clock (lab->server), MH_MINUTE);
}

static void
test_queue (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  static const char *const times[] = { AT ("03:30"), AT ("03:45"), AT ("04:00") };
  appt_refused (lab, CALL, room, appt_step ("call"), "schedule_id", "empty");
  g_autoptr (MhRecord) w1 = token_of (lab, room, "walk_in");
  g_autoptr (MhRecord) w2 = token_of (lab, room, "walk_in");
  appt_clock (lab, AT ("03:50"));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *patient = appt_patient (lab, (int)i);
      appt_clock (lab, AT ("03:20"));
      g_autoptr (MhRecord) booked
          = appt_must (lab, BOOK, NULL, appt_booking (room, patient, times[i], ""));
      g_autoptr (MhRecord) here
          = appt_must (lab, STEP, mh_record_id (booked), appt_step ("arrive"));
      g_assert_cmpstr (appt_status (here), ==, "arrived");
      g_assert_true (mh_record_has (here, MH_APPOINTMENT_VISIT_ID));
      appt_refused (lab, STEP, mh_record_id (booked), appt_step ("arrive"), "step", "state");
    }
  appt_clock (lab, AT ("04:00"));
  g_autoptr (MhRecord) urgent = token_of (lab, room, "urgent");
  g_assert_cmpstr (mh_record_text (urgent, MH_TOKEN_LABEL), ==, "R1-6");
  call_next (lab, room, "R1-6");
  call_next (lab, room, "R1-3");
  call_next (lab, room, "R1-4");
  call_next (lab, room, "R1-1");
  call_next (lab, room, "R1-5");
  call_next (lab, room, "R1-2");
  appt_refused (lab, CALL, room, appt_step ("call"), "schedule_id", "empty");
  /* the numbers begin anew each day */
  appt_clock (lab, "2026-11-23T18:29:59.000Z");
  g_autoptr (MhRecord) late = token_of (lab, room, "walk_in");
  g_assert_cmpstr (mh_record_text (late, MH_TOKEN_LABEL), ==, "R1-7");
  appt_clock (lab, "2026-11-23T18:30:00.000Z");
  g_autoptr (MhRecord) early = token_of (lab, room, "walk_in");
  g_assert_cmpstr (mh_record_text (early, MH_TOKEN_LABEL), ==, "R1-1");
}

/* Token and booking go through the room together. */
static void
test_through (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1);
  g_autoptr (MhRecord) booked
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""));
  g_autoptr (MhRecord) here = appt_must (lab, STEP, mh_record_id (booked), appt_step ("arrive"));
  const char *token = mh_record_text (here, MH_APPOINTMENT_TOKEN_ID);
  g_autoptr (MhRecord) called = appt_must (lab, TOKEN_STEP, token, appt_step ("call"));
  g_autoptr (MhRecord) in = appt_must (lab, TOKEN_STEP, token, appt_step ("start"));
  g_autoptr (MhRecord) now = lab_get (lab, &mh_appointment_type, mh_record_id (booked));
  g_assert_cmpstr (appt_status (now), ==, "in_room");
  g_autoptr (MhRecord) done = appt_must (lab, STEP, mh_record_id (booked), appt_step ("done"));
  g_autoptr (MhRecord) after = lab_get (lab, &mh_token_type, token);
  g_assert_cmpstr (appt_status (after), ==, "done");
  appt_refused (lab, TOKEN_STEP, token, appt_step ("call"), "step", "state");
}

/* At the fifteenth minute, not before; who comes late is still taken. */
static void
test_not_come (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1);
  g_autoptr (MhRecord) booked
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""));
  appt_clock (lab, "2026-11-23T03:44:59.999Z");
  appt_must (lab, SWEEP, NULL, NULL);
  g_autoptr (MhRecord) before = lab_get (lab, &mh_appointment_type, mh_record_id (booked));
  g_assert_cmpstr (appt_status (before), ==, "booked");
  appt_clock (lab, AT ("03:45"));
  appt_must (lab, SWEEP, NULL, NULL);
  g_autoptr (MhRecord) gone = lab_get (lab, &mh_appointment_type, mh_record_id (booked));
  g_assert_cmpstr (appt_status (gone), ==, "no_show");
  g_autoptr (MhRecord) late = appt_must (lab, STEP, mh_record_id (booked), appt_step ("arrive"));
  g_assert_cmpstr (appt_status (late), ==, "arrived");
}

/* --- the waiting list --- */

static void
test_waiting (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1), *ravi = appt_patient (lab, 2),
                  *mina = appt_patient (lab, 3);
  g_autoptr (MhRecord) booked
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""));
  g_autoptr (MhRecord) afternoon = appt_must (
      lab, WISH, NULL,
      appt_parse (&mh_waiting_type,
                  "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"part\":\"afternoon\"}", room,
                  ravi));
  g_autoptr (MhRecord) wish = appt_must (
      lab, WISH, NULL,
      appt_parse (&mh_waiting_type, "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\"}", room, ravi));
  g_autoptr (MhRecord) urgent = appt_must (
      lab, WISH, NULL,
      appt_parse (&mh_waiting_type,
                  "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"urgent\":true}", room, mina));
  g_autoptr (MhRecord) gone = appt_must (lab, STEP, mh_record_id (booked), appt_step ("cancel"));
  g_autoptr (MhRecord) offered = lab_get (lab, &mh_waiting_type, mh_record_id (urgent));
  g_assert_cmpstr (appt_status (offered), ==, "offered");
  appt_refused (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""), "start_at", "taken");
  /* nobody took it in half an hour: the next is offered it, but nobody of the afternoon */
  appt_clock (lab, AT ("02:30"));
  appt_must (lab, SWEEP, NULL, NULL);
  g_autoptr (MhRecord) passed = lab_get (lab, &mh_waiting_type, mh_record_id (urgent));
  g_autoptr (MhRecord) next = lab_get (lab, &mh_waiting_type, mh_record_id (wish));
  g_autoptr (MhRecord) not = lab_get (lab, &mh_waiting_type, mh_record_id (afternoon));
  g_assert_cmpstr (appt_status (passed), ==, "waiting");
  g_assert_cmpstr (appt_status (next), ==, "offered");
  g_assert_cmpstr (appt_status (not ), ==, "waiting");
  g_autofree char *use
      = g_strdup_printf (",\"hold_id\":\"%s\",\"waiting_id\":\"%s\"",
                         mh_record_text (next, MH_WAITING_HOLD_ID), mh_record_id (next));
  g_autoptr (MhRecord) taken
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:30"), use));
  g_autoptr (MhRecord) over = lab_get (lab, &mh_waiting_type, mh_record_id (wish));
  g_assert_cmpstr (appt_status (over), ==, "booked");
}

static void
test_death (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  mh_appointments_observe (lab->server);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1);
  g_autoptr (MhRecord) hers
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""));
  static const char wanted[] = "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\"}";
  static const char died[] = "{\"died_at\":\"%s\",\"told_by\":\"Dr Rao\"}";
  g_autoptr (MhRecord) wish
      = appt_must (lab, WISH, NULL, appt_parse (&mh_waiting_type, wanted, room, asha));
  appt_refused (lab, DEATH, asha, appt_parse (&mh_death_type, died, AT ("02:01")), "died_at",
                "future");
  g_autoptr (MhRecord) dead
      = appt_must (lab, DEATH, asha, appt_parse (&mh_death_type, died, AT ("02:00")));
  g_autoptr (MhRecord) ended = lab_get (lab, &mh_appointment_type, mh_record_id (hers));
  g_autoptr (MhRecord) gone = lab_get (lab, &mh_waiting_type, mh_record_id (wish));
  g_assert_cmpstr (appt_status (ended), ==, "cancelled");
  g_assert_cmpstr (appt_status (gone), ==, "withdrawn");
  appt_refused (lab, BOOK, NULL, appt_booking (room, asha, AT ("04:00"), ""), "patient_id",
                "deceased");
  MhRecord *why = appt_parse (&mh_death_withdrawal_type, "{\"reason\":\"wrong chart\"}");
  g_autoptr (MhRecord) back = appt_must (lab, DEATH, asha, why);
}

/* --- looking --- */

static void
test_slots (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  GError *error = NULL;
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-10:00", 15, 2);
  g_autofree char *other = appt_schedule (lab, "R2", "mon-tue 09:30-10:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1);
  g_autoptr (MhRecord) one
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""));
  MhDb *db = lab_reader (lab);
  gint64 now = mh_clock_now (mh_server_clock (lab->server));
  MhSlotsQuery query = { .from = DAY, .days = 2, .limit = 50 };
  g_autoptr (GPtrArray) found
      = mh_appointments_slots (MH_REQUEST_DB (db, NULL, lab->reception), &query, now, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 4 + 2 + 2);
  g_assert_cmpint (mh_record_int (g_ptr_array_index (found, 0), MH_SLOT_FREE), ==, 1);
  for (guint i = 1; i < found->len; i++)
    g_assert_cmpint (mh_record_int (g_ptr_array_index (found, i - 1), MH_SLOT_START_AT), <=,
                     mh_record_int (g_ptr_array_index (found, i), MH_SLOT_START_AT));
  g_autoptr (GBytes) ics = mh_appointments_ics (MH_REQUEST_DB (db, NULL, lab->reception),
                                                mh_record_id (one), now, &error);
  g_assert_no_error (error);
  g_autofree char *text = g_strndup (g_bytes_get_data (ics, NULL), g_bytes_get_size (ics));
  g_assert_nonnull (strstr (text, "BEGIN:VEVENT"));
  g_assert_nonnull (strstr (text, "DTSTART:20261123T033000Z"));
  g_assert_nonnull (strstr (text, "DTEND:20261123T034500Z"));
  g_autoptr (GBytes) day = mh_appointments_schedule_ics (MH_REQUEST_DB (db, NULL, lab->reception),
                                                         room, DAY, 1, now, &error);
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
  g_autoptr (Lab) lab = appt_lab (test);
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

typedef struct
{
  Storm *storm;
  MhRecord *body, *answer;
} Wish;

static gboolean
book_func (MhTx *tx, gpointer data, GError **error)
{
  Wish *wish = data;
  g_clear_object (&wish->answer);
  wish->answer = mh_appointments_book (MH_REQUEST_TX (tx, NULL, wish->storm->lab->reception),
                                       wish->body, error);
  return wish->answer != NULL;
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
      g_autoptr (MhRecord) body = appt_booking (storm->room, storm->patients[number], at, "");
      Wish wish = { storm, body, NULL };
      if (mh_store_write (store, &who, book_func, &wish, &error))
        g_atomic_int_inc (&storm->sold);
      else if (g_error_matches (error, MH_ERROR, MH_ERROR_CONFLICT))
        g_atomic_int_inc (&storm->refused);
      else
        g_error ("a booking failed: %s", error->message);
      g_clear_object (&wish.answer);
    }
  return NULL;
}

static const char sql_sold[]
    = "SELECT count(*), count(DISTINCT start_at) FROM appointment WHERE schedule_id = $1";

static void
test_storm (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-17:20", 5, 1);
  const MhStoreConfig config
      = { .url = test->url, .readers = 1, .clock = mh_server_clock (lab->server) };
  g_autoptr (MhStore) other = mh_store_open (&config, FALSE, &error);
  g_assert_no_error (error);
  Storm storm = { .lab = lab, .other = other, .room = room };
  GThread *threads[CLIENTS];
  g_assert_true (mh_instant_parse (AT ("03:30"), &storm.first));
  for (int i = 0; i < CLIENTS; i++)
    storm.patients[i] = appt_patient (lab, i);
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
  GPtrArray *found = mh_sms_list (MH_REQUEST_DB (db, NULL, lab->reception), &query, &error);
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
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon 09:00-11:00", 15, 1);
  g_autofree char *asha = appt_patient (lab, 1), *ravi = appt_patient (lab, 2),
                  *mina = appt_patient (lab, 3);
  g_autoptr (MhRecord) booked
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""));
  g_autoptr (MhRecord) second
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("03:45"), ""));
  g_autoptr (MhRecord) third
      = appt_must (lab, BOOK, NULL, appt_booking (room, mina, AT ("04:00"), ""));
  g_autoptr (MhRecord) gone = appt_must (lab, STEP, mh_record_id (second), appt_step ("cancel"));
  appt_must (lab, REFUSE_SMS, mina, NULL);
  appt_must (lab, REMIND, mh_record_id (second), NULL);
  appt_must (lab, REMIND, mh_record_id (third), NULL);
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_REMINDER), ==, 0);
  appt_must (lab, REMIND, mh_record_id (booked), NULL);
  appt_must (lab, REMIND, mh_record_id (booked), NULL);
  g_autoptr (GPtrArray) found = messages (lab, MH_SMS_APPOINTMENT_REMINDER);
  g_assert_cmpuint (found->len, ==, 1);
  const char *text = mh_record_text (g_ptr_array_index (found, 0), MH_SMS_ARGUMENTS);
  g_assert_nonnull (strstr (text, "23 Nov 2026"));
  g_assert_nonnull (strstr (text, "09:00"));
  g_assert_null (strstr (text, mh_record_text (booked, MH_APPOINTMENT_PATIENT_NAME)));
  g_assert_null (strstr (text, mh_record_text (booked, MH_APPOINTMENT_SCHEDULE_NAME)));
  /* when its time has come it is no reminder any more */
  g_autoptr (MhRecord) late
      = appt_must (lab, BOOK, NULL, appt_booking (room, ravi, AT ("04:15"), ""));
  appt_clock (lab, AT ("04:15"));
  appt_must (lab, REMIND, mh_record_id (late), NULL);
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

/* ApptWhat was done about a booking is told once each time; what is past, and what a hospital or a
 * patient does not want told, is not. */
static void
test_told (const MhTestDb *test)
{
  g_autoptr (Lab) lab = appt_lab (test);
  g_autofree char *room = appt_schedule (lab, "R1", "mon-sun 09:00-11:00", 15, 2);
  g_autofree char *asha = appt_patient (lab, 1), *mina = appt_patient (lab, 2);
  g_autoptr (MhRecord) booked
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("03:30"), ""));
  assert_told (lab, MH_SMS_APPOINTMENT_BOOKED, "23 Nov 2026", "09:00", booked);
  g_autoptr (MhRecord) moved
      = appt_must (lab, MOVE, mh_record_id (booked),
                   appt_parse (&mh_appointment_move_type, "{\"start_at\":\"%s\"}", AT ("04:15")));
  assert_told (lab, MH_SMS_APPOINTMENT_CHANGED, "23 Nov 2026", "09:45", moved);
  g_autoptr (MhRecord) gone = appt_must (lab, STEP, mh_record_id (moved), appt_step ("cancel"));
  assert_told (lab, MH_SMS_APPOINTMENT_CANCELLED, "23 Nov 2026", "09:45", moved);
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_BOOKED), ==, 1);
  /* of a series its first day */
  g_autoptr (MhRecord) series
      = appt_must (lab, SERIES, NULL,
                   appt_parse (&mh_series_request_type,
                               "{\"schedule_id\":\"%s\",\"patient_id\":\"%s\",\"start_at\":\"%s\","
                               "\"every_days\":1,\"times\":4}",
                               room, asha, AT ("03:30")));
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_BOOKED), ==, 2);
  /* who refuses it; a desk that cancels what began already; a hospital that does not write */
  appt_must (lab, REFUSE_SMS, mina, NULL);
  g_autoptr (MhRecord) silent
      = appt_must (lab, BOOK, NULL, appt_booking (room, mina, AT ("03:45"), ""));
  g_autoptr (MhRecord) late
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("04:00"), ""));
  g_assert_cmpuint (n_messages (lab, MH_SMS_APPOINTMENT_BOOKED), ==, 3);
  appt_clock (lab, AT ("04:01"));
  g_autoptr (MhRecord) over = appt_must (lab, STEP, mh_record_id (late), appt_step ("cancel"));
  appt_must (lab, TELL_NOTHING, NULL, NULL);
  g_autoptr (MhRecord) quiet
      = appt_must (lab, BOOK, NULL, appt_booking (room, asha, AT ("04:15"), ""));
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
