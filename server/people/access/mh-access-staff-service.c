/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which patient somebody of the staff is. What it protects from is that person first, so nobody
 * takes their own link away. */
#include "server/people/access/mh-access-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/people/access/mh-access-store.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-user-patient.h"
#include "shared/records/platform/mh-audit.h"

static MhRecord *
access_staff_service_tell (MhRecord *patient)
{
  MhRecord *told = mh_record_new (&mh_user_patient_type);
  if (patient == NULL)
    return told;
  mh_record_set_text (told, MH_USER_PATIENT_PATIENT_ID, mh_record_id (patient));
  mh_record_take_text (told, MH_USER_PATIENT_PATIENT_NAME, mh_patient_name (patient));
  mh_record_set_text (told, MH_USER_PATIENT_PATIENT_MRN, mh_record_text (patient, MH_PATIENT_MRN));
  return told;
}

MhRecord *
mh_access_service_staff (const MhRequest *req, const char *user_id, GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRecord) user = mh_edit_get (req, &mh_user_type, user_id, error);
  if (user == NULL)
    return NULL;
  g_autoptr (MhRecord) patient = mh_access_store_of_user (req->db, user_id, &inner);
  if (inner == NULL)
    return access_staff_service_tell (patient);
  g_propagate_error (error, inner);
  return NULL;
}

static gboolean
write_link (MhTx *tx, MhRecord *before, const char *user_id, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_PATIENT_USER_ID, user_id);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE,
                       user_id != NULL ? "account linked" : "account unlinked", error);
}

/* The link as it is now and as it is wanted, either NULL: none. */
static gboolean
access_staff_service_may_change (const MhActor *actor,
                                 const char *user_id,
                                 MhRecord *now,
                                 MhRecord *wanted,
                                 GError **error)
{
  const char *of = wanted != NULL ? mh_record_text (wanted, MH_PATIENT_USER_ID) : NULL;
  if (now != NULL && g_strcmp0 (user_id, mh_actor_user_id (actor)) == 0)
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "Somebody else says that this is not your chart any more.");
  else if (of != NULL && g_strcmp0 (of, user_id) != 0)
    mh_error_set_field (error, "patient_id", "taken",
                        "This patient has another account; remove that first.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
access_staff_service_change (MhTx *tx,
                             const char *user_id,
                             MhRecord *now,
                             MhRecord *wanted,
                             GError **error)
{
  g_autofree char *detail
      = wanted != NULL ? g_strdup_printf ("{\"patient_id\":\"%s\"}", mh_record_id (wanted)) : NULL;
  return (now == NULL || write_link (tx, now, NULL, error))
         && (wanted == NULL || write_link (tx, wanted, user_id, error))
         && mh_tx_audit (tx,
                         &(MhAuditNote){ NULL, MH_AUDIT_UPDATE, mh_user_type.code, user_id, detail,
                                         wanted != NULL ? "own chart" : "no own chart" },
                         error);
}

MhRecord *
mh_access_service_set_staff (const MhRequest *req,
                             const char *user_id,
                             const char *patient_id,
                             GError **error)
{
  GError *inner = NULL;
  MhDb *db = req->db;
  g_autoptr (MhRecord) user = mh_edit_get (req, &mh_user_type, user_id, error);
  g_autoptr (MhRecord) wanted = user != NULL && patient_id != NULL
                                    ? mh_patients_service_named (req, patient_id, error)
                                    : NULL;

  if (user == NULL || (patient_id != NULL && wanted == NULL))
    return NULL;

  g_autoptr (MhRecord) now = mh_access_store_of_user (db, user_id, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, inner);
      return NULL;
    }

  if (now != NULL && wanted != NULL && g_strcmp0 (mh_record_id (now), mh_record_id (wanted)) == 0)
    return access_staff_service_tell (now);
  if (!access_staff_service_may_change (req->actor, user_id, now, wanted, error)
      || ((now != NULL || wanted != NULL)
          && !access_staff_service_change (req->tx, user_id, now, wanted, error)))
    return NULL;

  return access_staff_service_tell (wanted);
}
