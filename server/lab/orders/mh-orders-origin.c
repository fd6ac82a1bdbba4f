/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-origin.h"

#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

/* --- the prescription --- */

static void
copy_if_open (MhRecord *order, guint to, MhRecord *from, guint field)
{
  if (!mh_record_has (order, to))
    mh_record_set_text (order, to, mh_record_text (from, field));
}

/* The laboratory reads why a test is wanted in one place: diagnosis, then the doctor's words. */
static void
copy_notes (MhRecord *order, MhRecord *prescription)
{
  const char *diagnosis = mh_record_text (prescription, MH_PRESCRIPTION_DIAGNOSIS);
  const char *notes = mh_record_text (prescription, MH_PRESCRIPTION_TEST_NOTES);
  if (mh_record_has (order, MH_ORDER_CLINICAL_NOTES))
    return;
  if (diagnosis != NULL && notes != NULL)
    mh_record_take_text (order, MH_ORDER_CLINICAL_NOTES,
                         g_strdup_printf ("%s\n%s", diagnosis, notes));
  else
    mh_record_set_text (order, MH_ORDER_CLINICAL_NOTES, diagnosis != NULL ? diagnosis : notes);
}

static gboolean
use_prescription (const MhRequest *req, MhRecord *order, GError **error)
{
  const char *id = mh_record_text (order, MH_ORDER_PRESCRIPTION_ID);
  if (id == NULL)
    return TRUE;

  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_prescription_type, id, error);
  if (before == NULL)
    return FALSE;

  if (mh_record_has (before, MH_PRESCRIPTION_ORDER_ID))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "The tests of this prescription are ordered already.");
      return FALSE;
    }

  /* also of a desk that was away: it asks, and may order them without the prescription */
  if (mh_record_has (before, MH_PRESCRIPTION_CANCELLED_AT))
    {
      mh_error_set_field (error, "prescription_id", "withdrawn",
                          "This prescription was withdrawn by %s; ask before these tests are "
                          "ordered.",
                          mh_record_text (before, MH_PRESCRIPTION_CANCELLED_NAME));
      return FALSE;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_PRESCRIPTION_ORDER_ID, mh_record_id (order));
  mh_record_set_text (after, MH_PRESCRIPTION_STATUS, MH_PRESCRIPTION_STATUS_ORDERED);

  if (!mh_record_has (order, MH_ORDER_DOCTOR_ID) && !mh_record_has (order, MH_ORDER_DOCTOR_NAME))
    {
      copy_if_open (order, MH_ORDER_DOCTOR_ID, before, MH_PRESCRIPTION_DOCTOR_ID);
      copy_if_open (order, MH_ORDER_DOCTOR_NAME, before, MH_PRESCRIPTION_DOCTOR_NAME);
    }

  copy_if_open (order, MH_ORDER_PRIORITY, before, MH_PRESCRIPTION_PRIORITY);
  copy_notes (order, before);
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* --- the doctor and the department --- */

/* The department where the patient is being seen now. */
static gboolean
department_of_visit (const MhRequest *req, MhRecord *order, GError **error)
{
  g_autoptr (MhRecord) visit = NULL;
  if (!mh_patients_service_open_visit (req, mh_record_text (order, MH_ORDER_PATIENT_ID), &visit,
                                       error))
    return FALSE;

  if (visit != NULL)
    mh_record_set_text (order, MH_ORDER_DEPARTMENT_ID,
                        mh_record_text (visit, MH_VISIT_DEPARTMENT_ID));
  return TRUE;
}

/* The account's name is the one that is printed and called. Somebody who has left since they
 * prescribed has none any more: what the prescription says stays. FALSE with @error; *out_doctor
 * NULL: no account. */
static gboolean
name_doctor (MhDb *db, MhRecord *order, MhRecord **out_doctor, GError **error)
{
  GError *failure = NULL;
  const char *id = mh_record_text (order, MH_ORDER_DOCTOR_ID);
  *out_doctor = id != NULL ? mh_store_find (db, &mh_user_type, "id", id, &failure) : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (*out_doctor != NULL)
    mh_record_set_text (order, MH_ORDER_DOCTOR_NAME, mh_record_text (*out_doctor, MH_USER_NAME));
  return TRUE;
}

gboolean
mh_orders_origin_fill (const MhRequest *req, MhRecord *order, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) doctor = NULL;
  if (!use_prescription (req, order, error))
    return FALSE;

  if (!name_doctor (db, order, &doctor, error))
    return FALSE;
  if (mh_record_has (order, MH_ORDER_DEPARTMENT_ID))
    return TRUE;

  if (!department_of_visit (req, order, error))
    return FALSE;

  if (!mh_record_has (order, MH_ORDER_DEPARTMENT_ID) && doctor != NULL)
    mh_record_set_text (order, MH_ORDER_DEPARTMENT_ID,
                        mh_record_text (doctor, MH_USER_DEPARTMENT_ID));

  return TRUE;
}

gboolean
mh_orders_origin_change (MhDb *db, MhRecord *patch, MhRecord *after, GError **error)
{
  gboolean by_account = mh_record_is_set (patch, MH_ORDER_DOCTOR_ID);
  if (!by_account && mh_record_is_set (patch, MH_ORDER_DOCTOR_NAME))
    mh_record_set_null (after, MH_ORDER_DOCTOR_ID);
  g_autoptr (MhRecord) doctor = NULL;
  return !by_account || name_doctor (db, after, &doctor, error);
}
