/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nobody waits for who has died: bookings to come, tokens and wishes end with the patient. */
#include "server/clinic/appointments/mh-appointments-private.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

#define MOST 200

static gboolean
appointments_death_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static gboolean
end_bookings (MhTx *tx, const char *patient_id, GError **error)
{
  g_autoptr (GPtrArray) all
      = mh_appointments_store_of_patient (mh_tx_db (tx), NULL, patient_id, MOST, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const char *status = mh_record_text (g_ptr_array_index (all, i), MH_APPOINTMENT_STATUS);
      /* who did not come in former days stays so */
      if (mh_record_int (g_ptr_array_index (all, i), MH_APPOINTMENT_START_AT)
          < mh_tx_now (tx) - MH_DAY)
        continue;
      if ((appointments_death_is (status, MH_APPOINTMENT_BOOKED)
           || appointments_death_is (status, MH_APPOINTMENT_ARRIVED))
          && !mh_appointments_end (tx, g_ptr_array_index (all, i), "The patient has died.", error))
        return FALSE;
    }

  return all != NULL;
}

static gboolean
end_tokens (MhTx *tx, const char *patient_id, GError **error)
{
  g_autoptr (GPtrArray) all
      = mh_store_all (mh_tx_db (tx), &mh_token_type, "patient_id", patient_id, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      MhRecord *before = g_ptr_array_index (all, i);
      if (mh_slots_token_after_step (mh_record_text (before, MH_TOKEN_STATUS), MH_STEP_LEAVE)
          == NULL)
        continue;
      g_autoptr (MhRecord) after = mh_token_stepped (tx, before, MH_STEP_LEAVE, NULL, error);
      if (after == NULL || !mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
    }

  return all != NULL;
}

static gboolean
end_wishes (MhTx *tx, const char *patient_id, GError **error)
{
  g_autoptr (GPtrArray) all
      = mh_store_all (mh_tx_db (tx), &mh_waiting_type, "patient_id", patient_id, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      MhRecord *before = g_ptr_array_index (all, i);
      if (!appointments_death_is (mh_record_text (before, MH_WAITING_STATUS), MH_WAITING_WAITING))
        continue;
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_text (after, MH_WAITING_STATUS, MH_WAITING_WITHDRAWN);
      if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
    }

  return all != NULL;
}

static gboolean
appointments_death_patient_changed (MhTx *tx,
                                    MhRecord *before,
                                    MhRecord *after,
                                    gpointer data,
                                    GError **error)
{
  const char *id = mh_record_id (after);
  gboolean was = before != NULL && mh_record_bool (before, MH_PATIENT_DECEASED);
  if (before == NULL || was || !mh_record_bool (after, MH_PATIENT_DECEASED))
    return TRUE;
  return end_wishes (tx, id, error) && end_bookings (tx, id, error) && end_tokens (tx, id, error);
}

void
mh_appointments_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_patient_type, appointments_death_patient_changed,
                    NULL);
}
