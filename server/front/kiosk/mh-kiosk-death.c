/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit at a kiosk, or on a page that a patient opened, ends with the patient: nobody goes on in
 * that name. */
#include "server/front/kiosk/mh-kiosk-death.h"

#include "shared/records/front/mh-kiosk.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

static gboolean
end_visits (MhTx *tx, const char *patient_id, GError **error)
{
  g_autoptr (GPtrArray) all
      = mh_store_all (mh_tx_db (tx), &mh_kiosk_session_type, "patient_id", patient_id, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      MhRecord *before = g_ptr_array_index (all, i);
      if (mh_record_has (before, MH_KIOSK_SESSION_ENDED_AT))
        continue;
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_int (after, MH_KIOSK_SESSION_ENDED_AT, mh_tx_now (tx));
      mh_record_set_null (after, MH_KIOSK_SESSION_CODE_HASH);
      if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, "death", error))
        return FALSE;
    }

  return all != NULL;
}

static gboolean
kiosk_death_patient_changed (MhTx *tx,
                             MhRecord *before,
                             MhRecord *after,
                             gpointer data,
                             GError **error)
{
  gboolean was = before != NULL && mh_record_bool (before, MH_PATIENT_DECEASED);
  return before == NULL || was || !mh_record_bool (after, MH_PATIENT_DECEASED)
         || end_visits (tx, mh_record_id (after), error);
}

void
mh_kiosk_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_patient_type, kiosk_death_patient_changed, NULL);
}
