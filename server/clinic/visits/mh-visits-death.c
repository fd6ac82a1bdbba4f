/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nobody is called to the bed of who has died, and again if that was told by mistake. */
#include "server/clinic/visits/mh-observe-service.h"
#include "server/clinic/visits/mh-visits-private.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-patient.h"

#define MOST 200

gboolean
mh_visits_patient_changed (MhTx *tx,
                           MhRecord *before,
                           MhRecord *after,
                           gpointer data,
                           GError **error)
{
  if (before == NULL
      || mh_record_bool (before, MH_PATIENT_DECEASED)
             == mh_record_bool (after, MH_PATIENT_DECEASED))
    return TRUE;

  const MhVisitsQuery query = { .patient_id = mh_record_id (after), .open = TRUE, .limit = MOST };
  g_autoptr (GPtrArray) all = mh_visits_store_list (mh_tx_db (tx), &query, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      MhRecord *visit = g_ptr_array_index (all, i);
      if (!mh_record_has (visit, MH_VISIT_OBSERVED_AT))
        continue;
      if (!mh_visits_put_last (tx, visit, error))
        return FALSE;
      g_autoptr (MhRecord) now
          = mh_store_get (mh_tx_db (tx), &mh_visit_type, mh_record_id (visit), error);
      if (now == NULL || !mh_observe_again (tx, now, error))
        return FALSE;
    }

  return all != NULL;
}
