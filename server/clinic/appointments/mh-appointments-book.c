/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping, booking, moving, again and again. */
#include "server/clinic/appointments/mh-appointments-private.h"
#include "server/platform/actor/mh-request.h"

#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

MhRecord *
mh_appointments_hold (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) hold = mh_record_copy (draft);
  g_auto (MhSlotPlace) place = { 0 };
  gint64 seat = 0, expires_at = mh_tx_now (req->tx) + MH_HOLD_MINUTES * MH_MINUTE;
  gboolean beyond = FALSE;

  if (hospital_id == NULL
      || !mh_appointments_place (req->db,
                                 &(MhSlotAsked){ hospital_id,
                                                 mh_record_text (hold, MH_HOLD_SCHEDULE_ID),
                                                 mh_record_int (hold, MH_HOLD_START_AT),
                                                 mh_record_int (hold, MH_HOLD_END_AT) },
                                 mh_tx_now (req->tx), &place, error))
    return NULL;

  if (!mh_record_has (hold, MH_ID))
    mh_record_take_text (hold, MH_ID, mh_id_new ());
  const MhTaking taking = { .holder_id = mh_record_id (hold), .expires_at = expires_at };
  if (!mh_appointments_take (req->tx, &place, &taking, &seat, &beyond, error))
    return NULL;

  mh_record_set_text (hold, MH_HOLD_HOSPITAL_ID, hospital_id);
  mh_record_set_int (hold, MH_HOLD_END_AT, place.end);
  mh_record_set_int (hold, MH_HOLD_SEAT, seat);
  mh_record_set_int (hold, MH_HOLD_EXPIRES_AT, expires_at);
  mh_record_set_text (hold, MH_HOLD_HELD_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (hold, MH_HOLD_HELD_NAME, mh_actor_name (req->actor));

  return mh_tx_insert (req->tx, hold, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&hold)
                                                                    : NULL;
}

gboolean
mh_appointments_release (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) hold = mh_edit_get (req, &mh_slot_hold_type, id, error);
  return hold != NULL && mh_tx_delete (req->tx, hold, NULL, error)
         && mh_appointments_store_release (req->tx, id, error);
}

/* --- booking --- */

static void
appointments_book_fill (MhRecord *booking,
                        const MhRequest *req,
                        const MhSlotPlace *place,
                        MhRecord *patient)
{
  MhRecord *schedule = place->schedule;
  g_autofree char *name = mh_patient_name (patient);
  mh_record_set_text (booking, MH_APPOINTMENT_HOSPITAL_ID,
                      mh_record_text (schedule, MH_SCHEDULE_HOSPITAL_ID));
  mh_record_set_text (booking, MH_APPOINTMENT_PATIENT_NAME, name);
  mh_record_set_text (booking, MH_APPOINTMENT_PATIENT_MRN,
                      mh_record_text (patient, MH_PATIENT_MRN));
  mh_record_set_text (booking, MH_APPOINTMENT_SCHEDULE_ID, mh_record_id (schedule));
  mh_record_set_text (booking, MH_APPOINTMENT_SCHEDULE_NAME,
                      mh_record_text (schedule, MH_SCHEDULE_NAME));
  mh_record_set_text (booking, MH_APPOINTMENT_PROVIDER,
                      mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID) ?: mh_record_id (schedule));
  mh_record_set_text (booking, MH_APPOINTMENT_DOCTOR_ID,
                      mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID));
  mh_record_set_text (booking, MH_APPOINTMENT_ROOM_NAME,
                      mh_record_text (schedule, MH_SCHEDULE_ROOM_NAME));
  mh_record_set_text (booking, MH_APPOINTMENT_DAY, place->day);
  mh_record_set_int (booking, MH_APPOINTMENT_SESSION_AT, place->session_at);
  mh_record_set_int (booking, MH_APPOINTMENT_START_AT, place->start);
  mh_record_set_int (booking, MH_APPOINTMENT_END_AT, place->end);
  mh_record_set_text (booking, MH_APPOINTMENT_STATUS, MH_APPOINTMENT_BOOKED);
  mh_record_set_int (booking, MH_APPOINTMENT_BOOKED_AT, mh_tx_now (req->tx));
  mh_record_set_text (booking, MH_APPOINTMENT_BOOKED_NAME, mh_actor_name (req->actor));
}

/* Kept by this hospital's desks, for the same schedule and time; one that ran out is no matter. */
static gboolean
use_hold (MhTx *tx, const char *hold_id, const MhSlotPlace *place, GError **error)
{
  GError *failure = NULL;
  if (hold_id == NULL)
    return TRUE;

  g_autoptr (MhRecord) hold = mh_store_get (mh_tx_db (tx), &mh_slot_hold_type, hold_id, &failure);
  if (hold == NULL)
    {
      if (g_error_matches (failure, MH_ERROR, MH_ERROR_NOT_FOUND))
        {
          g_clear_error (&failure);
          return TRUE;
        }
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (g_strcmp0 (mh_record_text (hold, MH_HOLD_SCHEDULE_ID), mh_record_id (place->schedule)) != 0)
    {
      mh_error_set_field (error, "hold_id", "other", "That slot is held in another schedule.");
      return FALSE;
    }

  return mh_record_has (hold, MH_DELETED_AT) || mh_tx_delete (tx, hold, NULL, error);
}

/* @booking has what the caller says of it; the rest follows from the place. */
static gboolean
book_at (const MhRequest *req,
         const MhSlotPlace *place,
         const char *but_for,
         MhRecord *booking,
         GError **error)
{
  gint64 seat = 0;
  gboolean beyond = FALSE;
  const char *patient_id = mh_record_text (booking, MH_APPOINTMENT_PATIENT_ID);
  g_autoptr (MhRecord) patient = mh_appointments_patient (
      req->db, mh_record_text (place->schedule, MH_SCHEDULE_HOSPITAL_ID), patient_id, error);

  if (patient == NULL)
    return FALSE;

  if (!mh_record_has (booking, MH_ID))
    mh_record_take_text (booking, MH_ID, mh_id_new ());
  const MhTaking taking = {
    .holder_id = mh_record_id (booking),
    .but_for = but_for,
    .overbook_reason = mh_record_text (booking, MH_APPOINTMENT_OVERBOOK_REASON),
    .patient_id = patient_id,
  };

  appointments_book_fill (booking, req, place, patient);
  if (!mh_appointments_take (req->tx, place, &taking, &seat, &beyond, error))
    return FALSE;

  mh_record_set_int (booking, MH_APPOINTMENT_SEAT, seat);

  /* whoever gave a reason and got a slot after all has overbooked nothing */
  if (!beyond)
    mh_record_set_null (booking, MH_APPOINTMENT_OVERBOOK_REASON);

  return mh_tx_insert (req->tx, booking, MH_AUDIT_CREATE, NULL, error)
         && mh_appointments_remind (req->tx, booking, error);
}

MhRecord *
mh_appointments_book (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) booking = mh_record_copy (draft);
  g_autofree char *hold_id = g_strdup (mh_record_text (draft, MH_APPOINTMENT_HOLD_ID));
  g_auto (MhSlotPlace) place = { 0 };

  mh_record_unset (booking, MH_APPOINTMENT_HOLD_ID);
  if (hospital_id == NULL
      || !mh_edit_check_patient (req, booking, mh_record_text (draft, MH_APPOINTMENT_PATIENT_ID),
                                 error)
      || !mh_appointments_place (req->db,
                                 &(MhSlotAsked){ hospital_id,
                                                 mh_record_text (draft, MH_APPOINTMENT_SCHEDULE_ID),
                                                 mh_record_int (draft, MH_APPOINTMENT_START_AT),
                                                 mh_record_int (draft, MH_APPOINTMENT_END_AT) },
                                 mh_tx_now (req->tx), &place, error)
      || !use_hold (req->tx, hold_id, &place, error)
      || !book_at (req, &place, hold_id, booking, error)
      || !mh_appointments_waiting_booked (req->tx, booking, error)
      || !mh_appointments_tell (req->tx, booking, MH_SMS_APPOINTMENT_BOOKED, error))
    return NULL;

  return g_steal_pointer (&booking);
}

MhRecord *
mh_appointments_move (const MhRequest *req, const char *id, MhRecord *move, GError **error)
{
  MhDb *db = req->db;
  g_auto (MhSlotPlace) place = { 0 };
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_appointment_type, id, error);
  if (before == NULL)
    return NULL;

  if (g_strcmp0 (mh_record_text (before, MH_APPOINTMENT_STATUS), MH_APPOINTMENT_BOOKED) != 0)
    {
      mh_appointments_refuse (error, "status", "state", "Only what is booked can be moved.");
      return NULL;
    }

  const char *schedule_id = mh_record_text (move, MH_MOVE_SCHEDULE_ID)
                                ?: mh_record_text (before, MH_APPOINTMENT_SCHEDULE_ID);
  gboolean same = g_strcmp0 (schedule_id, mh_record_text (before, MH_APPOINTMENT_SCHEDULE_ID)) == 0;
  gint64 start = mh_record_int (move, MH_MOVE_START_AT);
  gint64 length = mh_record_int (before, MH_APPOINTMENT_END_AT)
                  - mh_record_int (before, MH_APPOINTMENT_START_AT);
  g_autofree char *hold_id = g_strdup (mh_record_text (move, MH_MOVE_HOLD_ID));

  if (same && start == mh_record_int (before, MH_APPOINTMENT_START_AT))
    {
      mh_error_set_field (error, "start_at", "same", "It is booked there already.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  g_autoptr (MhRecord) booking = mh_record_new (&mh_appointment_type);
  static const guint kept[]
      = { MH_APPOINTMENT_PATIENT_ID, MH_APPOINTMENT_KIND, MH_APPOINTMENT_REASON,
          MH_APPOINTMENT_NOTE, MH_APPOINTMENT_SERIES_ID };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    mh_record_set_text (booking, kept[i], mh_record_text (before, kept[i]));
  mh_record_set_text (booking, MH_APPOINTMENT_RESCHEDULED_FROM, id);
  mh_record_set_text (booking, MH_APPOINTMENT_OVERBOOK_REASON,
                      mh_record_text (move, MH_MOVE_OVERBOOK_REASON));

  /* the old time is free for the new one: both may overlap */
  if (!mh_appointments_place (db,
                              &(MhSlotAsked){ mh_record_text (before, MH_APPOINTMENT_HOSPITAL_ID),
                                              schedule_id, start, same ? start + length : 0 },
                              mh_tx_now (req->tx), &place, error)
      || !mh_appointments_store_release (req->tx, id, error)
      || !use_hold (req->tx, hold_id, &place, error)
      || !book_at (req, &place, hold_id, booking, error))
    return NULL;

  mh_record_set_text (after, MH_APPOINTMENT_STATUS, MH_APPOINTMENT_RESCHEDULED);
  mh_record_set_text (after, MH_APPOINTMENT_RESCHEDULED_TO, mh_record_id (booking));
  mh_record_set_text (after, MH_APPOINTMENT_END_REASON, mh_record_text (move, MH_MOVE_REASON));
  mh_record_set_int (after, MH_APPOINTMENT_ENDED_AT, mh_tx_now (req->tx));
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, mh_record_text (move, MH_MOVE_REASON),
                     error)
      || !mh_appointments_unremind (req->tx, after, error)
      || !mh_appointments_offer (req->tx, after, error)
      || !mh_appointments_tell (req->tx, booking, MH_SMS_APPOINTMENT_CHANGED, error))
    return NULL;

  return g_steal_pointer (&booking);
}

/* --- again and again --- */

static MhRecord *
one_of_series (MhRecord *request, const char *series_id)
{
  MhRecord *booking = mh_record_new (&mh_appointment_type);
  mh_record_set_text (booking, MH_APPOINTMENT_PATIENT_ID,
                      mh_record_text (request, MH_SERIES_REQUEST_PATIENT_ID));
  mh_record_set_text (booking, MH_APPOINTMENT_KIND,
                      mh_record_text (request, MH_SERIES_REQUEST_KIND));
  mh_record_set_text (booking, MH_APPOINTMENT_REASON,
                      mh_record_text (request, MH_SERIES_REQUEST_REASON));
  mh_record_set_text (booking, MH_APPOINTMENT_SERIES_ID, series_id);
  return booking;
}

/* That it is taken may be passed over; everything else is the caller's. */
static gboolean
may_skip (MhRecord *request, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  return mh_record_bool (request, MH_SERIES_REQUEST_SKIP_TAKEN) && issues != NULL
         && mh_issues_find (issues, "start_at") != NULL;
}

static void
note_skipped (MhRecord *answer, gint64 start)
{
  char at[MH_INSTANT_LENGTH + 1];
  mh_instant_format (start, at);
  mh_record_add_to_list (answer, MH_SERIES_REQUEST_NOT_BOOKED, at);
}

MhRecord *
mh_appointments_series (const MhRequest *req, MhRecord *request, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autofree char *series_id = mh_id_new ();
  g_autoptr (GTimeZone) zone
      = hospital_id != NULL ? mh_appointments_zone (req->db, hospital_id, error) : NULL;
  g_autoptr (MhRecord) answer = mh_record_copy (request);
  g_autoptr (GPtrArray) booked = g_ptr_array_new_with_free_func (g_object_unref);

  if (zone == NULL)
    return NULL;

  for (gint64 i = 0; i < mh_record_int (request, MH_SERIES_REQUEST_TIMES); i++)
    {
      GError *failure = NULL;
      g_auto (MhSlotPlace) place = { 0 };
      g_autoptr (MhRecord) booking = one_of_series (request, series_id);
      gint64 start
          = mh_slots_repeat (mh_record_int (request, MH_SERIES_REQUEST_START_AT),
                             i * mh_record_int (request, MH_SERIES_REQUEST_EVERY_DAYS), zone);
      /* every check comes before the first write of a booking, so a refusal leaves nothing */
      const MhSlotAsked asked
          = { hospital_id, mh_record_text (request, MH_SERIES_REQUEST_SCHEDULE_ID), start, 0 };
      if (mh_appointments_place (req->db, &asked, mh_tx_now (req->tx), &place, &failure)
          && book_at (req, &place, NULL, booking, &failure))
        g_ptr_array_add (booked, g_object_ref (booking));
      else if (may_skip (request, failure))
        {
          note_skipped (answer, start);
          g_clear_error (&failure);
        }
      else
        {
          g_propagate_error (error, failure);
          return NULL;
        }
    }

  if (booked->len == 0)
    {
      mh_appointments_refuse (error, "start_at", "taken", "All of these times are taken.");
      return NULL;
    }

  if (!mh_appointments_tell (req->tx, g_ptr_array_index (booked, 0), MH_SMS_APPOINTMENT_BOOKED,
                             error))
    return NULL;

  mh_record_set_text (answer, MH_SERIES_REQUEST_SERIES_ID, series_id);
  mh_record_take_records (answer, MH_SERIES_REQUEST_BOOKED, g_steal_pointer (&booked));
  return g_steal_pointer (&answer);
}
