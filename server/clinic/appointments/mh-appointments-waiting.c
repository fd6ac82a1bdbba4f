/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who waits for a slot, and is offered one that became free. */
#include "server/clinic/appointments/mh-appointments-private.h"
#include "server/platform/actor/mh-request.h"

#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

#define NOON (12 * MH_HOUR)

GPtrArray *
mh_appointments_waiting (const MhRequest *req, const char *status, GError **error)
{
  return mh_appointments_store_waiting (req->db, mh_actor_hospital_id (req->actor), NULL, status,
                                        error);
}

MhRecord *
mh_appointments_waiting_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  MhDb *db = req->db;
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) schedule
      = hospital_id != NULL ? mh_edit_get (req, &mh_schedule_type,
                                           mh_record_text (draft, MH_WAITING_SCHEDULE_ID), error)
                            : NULL;
  g_autoptr (MhRecord) patient
      = schedule != NULL ? mh_appointments_patient (
            db, hospital_id, mh_record_text (draft, MH_WAITING_PATIENT_ID), error)
                         : NULL;

  if (patient == NULL)
    return NULL;

  g_autofree char *name = mh_patient_name (patient);
  g_autoptr (MhRecord) wish = mh_record_copy (draft);
  if (!mh_record_has (wish, MH_ID))
    mh_record_take_text (wish, MH_ID, mh_id_new ());
  mh_record_set_text (wish, MH_WAITING_HOSPITAL_ID, hospital_id);
  mh_record_set_text (wish, MH_WAITING_PATIENT_NAME, name);
  mh_record_set_text (wish, MH_WAITING_PATIENT_MRN, mh_record_text (patient, MH_PATIENT_MRN));
  mh_record_set_text (wish, MH_WAITING_PHONE, mh_record_text (patient, MH_PATIENT_PHONE));
  mh_record_set_text (wish, MH_WAITING_SCHEDULE_NAME, mh_record_text (schedule, MH_SCHEDULE_NAME));
  mh_record_set_text (wish, MH_WAITING_STATUS, MH_WAITING_WAITING);
  mh_record_set_int (wish, MH_WAITING_N_OFFERS, 0);

  return mh_tx_insert (req->tx, wish, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&wish)
                                                                    : NULL;
}

/* The slot that was kept for @wish. */
static gboolean
drop_hold (MhTx *tx, MhRecord *wish, GError **error)
{
  GError *failure = NULL;
  const char *id = mh_record_text (wish, MH_WAITING_HOLD_ID);
  if (id == NULL)
    return TRUE;

  g_autoptr (MhRecord) hold = mh_store_get (mh_tx_db (tx), &mh_slot_hold_type, id, &failure);
  if (failure != NULL && !g_error_matches (failure, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  g_clear_error (&failure);
  return (hold == NULL || mh_record_has (hold, MH_DELETED_AT)
          || mh_tx_delete (tx, hold, NULL, error))
         && mh_appointments_store_release (tx, id, error);
}

/* Only waiting and withdrawn are a person's to set. */
MhRecord *
mh_appointments_waiting_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error))
    return NULL;

  const char *was = mh_record_text (before, MH_WAITING_STATUS);
  const char *status = mh_record_text (after, MH_WAITING_STATUS);
  if (g_strcmp0 (was, status) != 0)
    {
      gboolean passed_on = g_strcmp0 (was, MH_WAITING_OFFERED) == 0;
      if (g_strcmp0 (was, MH_WAITING_BOOKED) == 0
          || (g_strcmp0 (status, MH_WAITING_WAITING) != 0
              && g_strcmp0 (status, MH_WAITING_WITHDRAWN) != 0))
        {
          mh_error_set_field (error, "status", "state", "A wish is set to waiting or withdrawn.");
          return NULL;
        }
      mh_record_set_null (after, MH_WAITING_HOLD_ID);
      mh_record_set_null (after, MH_WAITING_OFFERED_START);
      if (!drop_hold (req->tx, before, error))
        return NULL;
      if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
        return NULL;
      if (passed_on
          && !mh_appointments_offer_place (req->tx, mh_record_text (before, MH_WAITING_HOSPITAL_ID),
                                           mh_record_text (before, MH_WAITING_SCHEDULE_ID),
                                           mh_record_int (before, MH_WAITING_OFFERED_START),
                                           patch.id, error))
        return NULL;
      return g_steal_pointer (&after);
    }

  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- offers --- */

static gboolean
suits (MhRecord *wish, const MhSlotPlace *place, const char *not_to)
{
  const char *part = mh_record_text (wish, MH_WAITING_PART);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (place->start / MH_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, place->zone);
  gboolean is_morning = g_date_time_get_hour (local) * MH_HOUR < NOON;

  if (g_strcmp0 (mh_record_text (wish, MH_WAITING_STATUS), MH_WAITING_WAITING) != 0
      || g_strcmp0 (mh_record_id (wish), not_to) == 0
      || !mh_slots_is_valid_on (mh_record_text (wish, MH_WAITING_FROM_DATE),
                                mh_record_text (wish, MH_WAITING_TO_DATE), place->day))
    return FALSE;

  return g_strcmp0 (part, MH_WAITING_MORNING) == 0     ? is_morning
         : g_strcmp0 (part, MH_WAITING_AFTERNOON) == 0 ? !is_morning
                                                       : TRUE;
}

static gboolean
offer_to (MhTx *tx, MhRecord *wish, const MhSlotPlace *place, GError **error)
{
  gint64 seat = 0, expires_at = mh_tx_now (tx) + MH_OFFER_MINUTES * MH_MINUTE;
  gboolean beyond = FALSE;
  g_autoptr (MhRecord) hold = mh_record_new (&mh_slot_hold_type);
  g_autoptr (MhRecord) after = mh_record_copy (wish);

  mh_record_take_text (hold, MH_ID, mh_id_new ());
  const MhTaking taking = { .holder_id = mh_record_id (hold), .expires_at = expires_at };
  if (!mh_appointments_take (tx, place, &taking, &seat, &beyond, error))
    return FALSE;

  mh_record_set_text (hold, MH_HOLD_HOSPITAL_ID, mh_record_text (wish, MH_WAITING_HOSPITAL_ID));
  mh_record_set_text (hold, MH_HOLD_SCHEDULE_ID, mh_record_id (place->schedule));
  mh_record_set_int (hold, MH_HOLD_START_AT, place->start);
  mh_record_set_int (hold, MH_HOLD_END_AT, place->end);
  mh_record_set_int (hold, MH_HOLD_SEAT, seat);
  mh_record_set_int (hold, MH_HOLD_EXPIRES_AT, expires_at);
  mh_record_set_text (hold, MH_HOLD_WAITING_ID, mh_record_id (wish));
  mh_record_set_text (after, MH_WAITING_STATUS, MH_WAITING_OFFERED);
  mh_record_set_int (after, MH_WAITING_OFFERED_AT, mh_tx_now (tx));
  mh_record_set_int (after, MH_WAITING_OFFERED_START, place->start);
  mh_record_set_text (after, MH_WAITING_HOLD_ID, mh_record_id (hold));
  mh_record_set_int (after, MH_WAITING_N_OFFERS, mh_record_int (wish, MH_WAITING_N_OFFERS) + 1);

  return mh_tx_insert (tx, hold, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_update (tx, wish, after, MH_AUDIT_UPDATE, NULL, error);
}

/* That a slot is over, away or taken again is no error here: there is nothing to offer. */
static gboolean
nothing_to_offer (GError *failure, GError **error)
{
  if (mh_error_get_issues (failure) != NULL)
    {
      g_error_free (failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
mh_appointments_offer_place (MhTx *tx,
                             const char *hospital_id,
                             const char *schedule_id,
                             gint64 start,
                             const char *not_to,
                             GError **error)
{
  GError *failure = NULL;
  g_auto (MhSlotPlace) place = { 0 };
  if (start <= mh_tx_now (tx))
    return TRUE;

  g_autoptr (GPtrArray) wishes = mh_appointments_store_waiting (
      mh_tx_db (tx), hospital_id, schedule_id, MH_WAITING_WAITING, error);
  if (wishes == NULL)
    return FALSE;
  if (wishes->len == 0)
    return TRUE;
  if (!mh_appointments_place (mh_tx_db (tx), &(MhSlotAsked){ hospital_id, schedule_id, start, 0 },
                              mh_tx_now (tx), &place, &failure))
    return nothing_to_offer (failure, error);

  for (guint i = 0; i < wishes->len; i++)
    {
      MhRecord *wish = g_ptr_array_index (wishes, i);
      if (suits (wish, &place, not_to))
        return offer_to (tx, wish, &place, &failure) || nothing_to_offer (failure, error);
    }

  return TRUE;
}

gboolean
mh_appointments_offer (MhTx *tx, MhRecord *appointment, GError **error)
{
  return mh_appointments_offer_place (tx, mh_record_text (appointment, MH_APPOINTMENT_HOSPITAL_ID),
                                      mh_record_text (appointment, MH_APPOINTMENT_SCHEDULE_ID),
                                      mh_record_int (appointment, MH_APPOINTMENT_START_AT),
                                      mh_record_text (appointment, MH_APPOINTMENT_WAITING_ID),
                                      error);
}

gboolean
mh_appointments_waiting_booked (MhTx *tx, MhRecord *appointment, GError **error)
{
  const char *id = mh_record_text (appointment, MH_APPOINTMENT_WAITING_ID);
  if (id == NULL)
    return TRUE;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_waiting_type, id, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_WAITING_STATUS, MH_WAITING_BOOKED);
  mh_record_set_text (after, MH_WAITING_APPOINTMENT_ID, mh_record_id (appointment));
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}
