/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a booking. */
#include "server/clinic/appointments/mh-appointments-service.h"

#include "server/clinic/appointments/mh-appointments-private.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

MhRecord *
mh_appointments_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_edit_get (req, &mh_appointment_type, id, error);
}

GPtrArray *
mh_appointments_list (const MhRequest *req,
                      const MhAppointmentsQuery *query,
                      gint64 now,
                      GError **error)
{
  const char *hospital_id = mh_actor_hospital_id (req->actor);
  char today[MH_DATE_LENGTH + 1];
  if (query->patient_id != NULL)
    return mh_appointments_store_of_patient (req->db, hospital_id, query->patient_id, query->limit,
                                             error);

  g_autoptr (GTimeZone) zone = hospital_id != NULL
                                   ? mh_appointments_zone (req->db, hospital_id, error)
                                   : g_time_zone_new_utc ();
  if (zone == NULL)
    return NULL;

  mh_appointments_day (now, zone, today);
  const char *from = query->from != NULL ? query->from : today;
  const MhBookingsQuery narrowed = { .hospital_id = hospital_id,
                                     .schedule_id = query->schedule_id,
                                     .from = from,
                                     .to = query->to != NULL ? query->to : from,
                                     .limit = query->limit,
                                     .after_at = query->after_at,
                                     .after_id = query->after_id };

  return mh_appointments_store_list (req->db, &narrowed, error);
}

MhRecord *
mh_appointments_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return g_steal_pointer (&after);
}

MhRecord *
mh_appointments_stepped (MhTx *tx,
                         MhRecord *before,
                         const char *step,
                         MhRecord *details,
                         GError **error)
{
  const char *status = mh_slots_after_step (mh_record_text (before, MH_APPOINTMENT_STATUS), step);
  if (status == NULL)
    {
      mh_appointments_refuse (error, "step", "state",
                              "The booking is past that, or not there yet.");
      return NULL;
    }

  MhRecord *after = mh_record_copy (before);
  mh_record_set_text (after, MH_APPOINTMENT_STATUS, status);
  if (g_str_equal (step, MH_STEP_ARRIVE))
    mh_record_set_int (after, MH_APPOINTMENT_ARRIVED_AT, mh_tx_now (tx));
  else if (g_str_equal (step, MH_STEP_START))
    mh_record_set_int (after, MH_APPOINTMENT_STARTED_AT, mh_tx_now (tx));
  else if (g_str_equal (step, MH_STEP_DONE))
    mh_record_set_int (after, MH_APPOINTMENT_DONE_AT, mh_tx_now (tx));
  else if (g_str_equal (step, MH_STEP_CANCEL))
    {
      mh_record_set_int (after, MH_APPOINTMENT_ENDED_AT, mh_tx_now (tx));
      mh_record_set_text (after, MH_APPOINTMENT_END_REASON,
                          mh_record_text (details, MH_STEP_REASON));
    }

  return after;
}

/* The token of who has come, and with it the visit. */
static gboolean
appointments_service_give_token (MhTx *tx,
                                 MhServer *server,
                                 MhRecord *after,
                                 MhRecord *details,
                                 GError **error)
{
  g_autoptr (GTimeZone) zone = mh_appointments_zone (
      mh_tx_db (tx), mh_record_text (after, MH_APPOINTMENT_HOSPITAL_ID), error);
  char today[MH_DATE_LENGTH + 1];
  if (zone == NULL)
    return FALSE;

  mh_appointments_day (mh_tx_now (tx), zone, today);
  if (g_strcmp0 (today, mh_record_text (after, MH_APPOINTMENT_DAY)) != 0)
    return mh_appointments_refuse (error, "step", "other_day",
                                   "The booking is for another day; move it first.");

  const MhTokenDraft draft = {
    .hospital_id = mh_record_text (after, MH_APPOINTMENT_HOSPITAL_ID),
    .queue = mh_record_text (after, MH_APPOINTMENT_SCHEDULE_ID),
    .patient_id = mh_record_text (after, MH_APPOINTMENT_PATIENT_ID),
    .kind = MH_TOKEN_BOOKED,
    .complaint = details != NULL && mh_record_has (details, MH_STEP_COMPLAINT)
                     ? mh_record_text (details, MH_STEP_COMPLAINT)
                     : mh_record_text (after, MH_APPOINTMENT_REASON),
    .appointment = after,
  };
  g_autoptr (MhRecord) token = mh_appointments_token (tx, server, &draft, error);

  if (token == NULL)
    return FALSE;

  mh_record_set_text (after, MH_APPOINTMENT_TOKEN_ID, mh_record_id (token));
  mh_record_set_text (after, MH_APPOINTMENT_TOKEN_LABEL, mh_record_text (token, MH_TOKEN_LABEL));
  mh_record_set_text (after, MH_APPOINTMENT_VISIT_ID, mh_record_text (token, MH_TOKEN_VISIT_ID));

  return TRUE;
}

/* The token of a booking takes the same step; what it cannot take, it has taken. */
static gboolean
step_token (MhTx *tx, MhRecord *booking, const char *step, MhRecord *details, GError **error)
{
  const char *id = mh_record_text (booking, MH_APPOINTMENT_TOKEN_ID);
  if (g_str_equal (step, MH_STEP_CANCEL)
      || (g_str_equal (step, MH_STEP_BACK)
          && g_strcmp0 (mh_record_text (booking, MH_APPOINTMENT_STATUS), MH_APPOINTMENT_BOOKED)
                 == 0))
    step = MH_STEP_LEAVE;

  if (id == NULL)
    return TRUE;

  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_token_type, id, error);
  if (before == NULL)
    return FALSE;
  if (mh_slots_token_after_step (mh_record_text (before, MH_TOKEN_STATUS), step) == NULL)
    return TRUE;

  g_autoptr (MhRecord) after = mh_token_stepped (
      tx, before, step, details != NULL ? mh_record_text (details, MH_STEP_ROOM_NAME) : NULL,
      error);

  return after != NULL && mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* What follows from a state: time given back, nobody reminded, the next one offered it, the
 * patient told. */
static gboolean
appointments_service_settle (MhTx *tx, const char *step, MhRecord *after, GError **error)
{
  if (!g_str_equal (step, MH_STEP_CANCEL))
    return TRUE;
  return mh_appointments_store_release (tx, mh_record_id (after), error)
         && mh_appointments_unremind (tx, after, error) && mh_appointments_offer (tx, after, error)
         && mh_appointments_tell (tx, after, MH_SMS_APPOINTMENT_CANCELLED, error);
}

gboolean
mh_appointments_end (MhTx *tx, MhRecord *before, const char *reason, GError **error)
{
  g_autoptr (MhRecord) details = mh_record_new (&mh_appointment_step_type);
  mh_record_set_text (details, MH_STEP_STEP, MH_STEP_CANCEL);
  mh_record_set_text (details, MH_STEP_REASON, reason);
  g_autoptr (MhRecord) after = mh_appointments_stepped (tx, before, MH_STEP_CANCEL, details, error);
  return after != NULL && step_token (tx, after, MH_STEP_CANCEL, details, error)
         && mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, reason, error)
         && appointments_service_settle (tx, MH_STEP_CANCEL, after, error);
}

MhRecord *
mh_appointments_step (const MhRequest *req, const char *id, MhRecord *details, GError **error)
{
  const char *step = mh_record_text (details, MH_STEP_STEP);
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_appointment_type, id, error);
  g_autoptr (MhRecord) after
      = before != NULL ? mh_appointments_stepped (req->tx, before, step, details, error) : NULL;

  if (after == NULL)
    return NULL;

  if (g_str_equal (step, MH_STEP_CANCEL) && !mh_record_has (details, MH_STEP_REASON))
    {
      mh_error_set_field (error, "reason", "required", "Say why it is cancelled.");
      return NULL;
    }

  gboolean token
      = g_str_equal (step, MH_STEP_ARRIVE)
            ? appointments_service_give_token (req->tx, req->server, after, details, error)
            : step_token (req->tx, after, step, details, error);
  if (!token
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE,
                        mh_record_text (details, MH_STEP_REASON), error)
      || !appointments_service_settle (req->tx, step, after, error))
    return NULL;

  return g_steal_pointer (&after);
}
