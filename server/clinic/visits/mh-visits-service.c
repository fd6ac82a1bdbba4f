/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/visits/mh-visits-service.h"

#include "server/clinic/visits/mh-visits-private.h"
#include "server/people/patients/mh-death-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

/* --- opening --- */

static MhRecord *
visits_service_find_patient (MhDb *db, const MhVisitDraft *draft, gint64 at, GError **error)
{
  g_autoptr (MhRecord) patient
      = mh_store_find (db, &mh_patient_type, "id", draft->patient_id, error);
  if (patient == NULL)
    {
      if (error == NULL || *error == NULL)
        mh_error_set_field (error, "patient_id", "unknown", "There is no such patient.");
      return NULL;
    }

  const char *hospital = mh_record_text (patient, MH_PATIENT_HOSPITAL_ID);
  if (mh_record_has (patient, MH_DELETED_AT)
      || (hospital != NULL && g_strcmp0 (hospital, draft->hospital_id) != 0))
    mh_error_set_field (error, "patient_id", "unknown", "There is no such patient.");
  else if (mh_record_has (patient, MH_PATIENT_MERGED_INTO))
    mh_error_set_field (error, "patient_id", "merged",
                        "This record was merged into another; use that one.");
  else if (mh_death_check (patient, at, "patient_id", error))
    return g_steal_pointer (&patient);

  return NULL;
}

gboolean
mh_visits_set_doctor (MhDb *db, MhRecord *visit, const char *doctor_id, GError **error)
{
  g_autoptr (MhRecord) doctor = NULL;
  if (doctor_id != NULL)
    {
      doctor = mh_edit_named (db, mh_record_text (visit, MH_VISIT_HOSPITAL_ID), &mh_user_type,
                              doctor_id, "doctor_id", error);
      if (doctor == NULL)
        return FALSE;
    }

  mh_record_set_text (visit, MH_VISIT_DOCTOR_ID, doctor_id);
  mh_record_set_text (visit, MH_VISIT_DOCTOR_NAME,
                      doctor != NULL ? mh_record_text (doctor, MH_USER_NAME) : NULL);
  return TRUE;
}

static gboolean
set_department (MhDb *db, MhRecord *visit, const char *id, GError **error)
{
  g_autoptr (MhRecord) department = NULL;
  if (id != NULL)
    {
      department = mh_edit_named (db, mh_record_text (visit, MH_VISIT_HOSPITAL_ID),
                                  &mh_department_type, id, "department_id", error);
      if (department == NULL)
        return FALSE;
    }

  mh_record_set_text (visit, MH_VISIT_DEPARTMENT_ID, id);
  mh_record_set_text (visit, MH_VISIT_DEPARTMENT_NAME,
                      department != NULL ? mh_record_text (department, MH_DEPARTMENT_NAME) : NULL);
  return TRUE;
}

static gboolean
visits_service_set_number (MhTx *tx, MhRecord *visit, GError **error)
{
  g_autoptr (MhRecord) hospital = mh_store_get (
      mh_tx_db (tx), &mh_hospital_type, mh_record_text (visit, MH_VISIT_HOSPITAL_ID), error);
  if (hospital == NULL)
    return FALSE;

  const char *code = mh_record_text (hospital, MH_HOSPITAL_CODE);
  g_autofree char *series = g_strconcat ("visit:", code, NULL);
  gint64 number = mh_tx_next_number (tx, series, error);
  if (number < 0)
    return FALSE;

  mh_record_take_text (visit, MH_VISIT_NUMBER,
                       g_strdup_printf ("%s-V%06" G_GINT64_FORMAT, code, number));
  return TRUE;
}

static void
visits_service_set_patient (MhRecord *visit, MhRecord *patient)
{
  g_autofree char *name = mh_patient_name (patient);
  mh_record_set_text (visit, MH_VISIT_PATIENT_ID, mh_record_id (patient));
  mh_record_set_text (visit, MH_VISIT_PATIENT_NAME, name);
  mh_record_set_text (visit, MH_VISIT_PATIENT_MRN, mh_record_text (patient, MH_PATIENT_MRN));
  mh_record_set_text (visit, MH_VISIT_PATIENT_SEX, mh_record_text (patient, MH_PATIENT_SEX));
  mh_record_set_text (visit, MH_VISIT_PATIENT_BIRTH_DATE,
                      mh_record_text (patient, MH_PATIENT_BIRTH_DATE));
}

static MhRecord *
visits_service_insert (MhTx *tx, const MhVisitDraft *draft, MhRecord *patient, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  g_autoptr (MhRecord) visit = mh_record_new (&mh_visit_type);
  if (draft->id != NULL)
    mh_record_set_text (visit, MH_ID, draft->id);
  else
    mh_record_take_text (visit, MH_ID, mh_id_new ());

  mh_record_set_text (visit, MH_VISIT_HOSPITAL_ID, draft->hospital_id);
  visits_service_set_patient (visit, patient);
  mh_record_set_text (visit, MH_VISIT_KIND, draft->kind);
  mh_record_set_text (visit, MH_VISIT_STATUS, MH_VISIT_REGISTERED);
  mh_record_set_int (visit, MH_VISIT_ARRIVED_AT, mh_visits_moment (tx, draft->arrived_at));
  mh_record_set_text (visit, MH_VISIT_APPOINTMENT_ID, draft->appointment_id);
  mh_record_set_text (visit, MH_VISIT_TOKEN, draft->token);
  mh_record_set_text (visit, MH_VISIT_COMPLAINT, draft->complaint);
  mh_record_set_text (visit, MH_VISIT_COMPLAINT_CODE, draft->complaint_code);
  mh_record_set_text (visit, MH_VISIT_PLACE, draft->place);
  mh_record_set_int (visit, MH_VISIT_SPO2_SCALE, 1);
  if (!mh_visits_set_doctor (db, visit, draft->doctor_id, error)
      || !set_department (db, visit, draft->department_id, error)
      || !visits_service_set_number (tx, visit, error)
      || !mh_tx_insert (tx, visit, MH_AUDIT_CREATE, NULL, error))
    return NULL;

  return g_steal_pointer (&visit);
}

static gboolean
visits_service_is_kind (const char *kind)
{
  for (const MhCode *code = mh_visit_kind_codes; code->code != NULL; code++)
    if (g_strcmp0 (code->code, kind) == 0)
      return TRUE;
  return FALSE;
}

static MhRecord *
visits_service_open_visit (MhTx *tx, const MhVisitDraft *draft, GError **error)
{
  MhRecord *visit = NULL;
  if (!visits_service_is_kind (draft->kind))
    {
      mh_error_set_field (error, "kind", "unknown_code", "There is no such kind of visit.");
      return NULL;
    }

  if (draft->appointment_id != NULL
      && (!mh_visits_store_of_appointment (mh_tx_db (tx), draft->appointment_id, &visit, error)
          || visit != NULL))
    return visit;

  g_autoptr (MhRecord) patient = visits_service_find_patient (
      mh_tx_db (tx), draft, mh_visits_moment (tx, draft->arrived_at), error);
  return patient != NULL ? visits_service_insert (tx, draft, patient, error) : NULL;
}

gboolean
mh_visits_service_open (MhTx *tx, const MhVisitDraft *draft, char **out_id, GError **error)
{
  g_autoptr (MhRecord) visit = visits_service_open_visit (tx, draft, error);
  if (visit != NULL)
    *out_id = g_strdup (mh_record_id (visit));
  return visit != NULL;
}

MhRecord *
mh_visits_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_VISIT, error))
    return NULL;

  const MhVisitDraft wanted = {
    .hospital_id = hospital_id,
    .patient_id = mh_record_text (draft, MH_VISIT_PATIENT_ID),
    .kind = mh_record_text (draft, MH_VISIT_KIND),
    .id = mh_record_has (draft, MH_ID) ? mh_record_id (draft) : NULL,
    .arrived_at = mh_record_int (draft, MH_VISIT_ARRIVED_AT),
    .department_id = mh_record_text (draft, MH_VISIT_DEPARTMENT_ID),
    .doctor_id = mh_record_text (draft, MH_VISIT_DOCTOR_ID),
    .appointment_id = mh_record_text (draft, MH_VISIT_APPOINTMENT_ID),
    .token = mh_record_text (draft, MH_VISIT_TOKEN),
    .complaint = mh_record_text (draft, MH_VISIT_COMPLAINT),
    .complaint_code = mh_record_text (draft, MH_VISIT_COMPLAINT_CODE),
    .place = mh_record_text (draft, MH_VISIT_PLACE),
  };

  return visits_service_open_visit (req->tx, &wanted, error);
}

/* --- reading and changing --- */

MhRecord *
mh_visits_service_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_edit_get (req, &mh_visit_type, id, error);
}

GPtrArray *
mh_visits_service_list (const MhRequest *req, const MhVisitsQuery *query, GError **error)
{
  MhVisitsQuery narrowed = *query;
  narrowed.hospital_id = mh_actor_hospital_id (req->actor);
  return mh_visits_store_list (req->db, &narrowed, error);
}

static gboolean
require_open (MhRecord *visit, GError **error)
{
  if (mh_visit_is_open (visit))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT,
                "This visit is over and does not change any more; write an addendum.");
  return FALSE;
}

MhRecord *
mh_visits_get_open (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) visit = mh_edit_get (req, &mh_visit_type, id, error);
  return visit != NULL && require_open (visit, error) ? g_steal_pointer (&visit) : NULL;
}

MhRecord *
mh_visits_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error) || !require_open (before, error))
    return NULL;
  if (mh_record_is_set (patch.body, MH_VISIT_DOCTOR_ID)
      && !mh_visits_set_doctor (db, after, mh_record_text (patch.body, MH_VISIT_DOCTOR_ID), error))
    return NULL;
  if (mh_record_is_set (patch.body, MH_VISIT_DEPARTMENT_ID)
      && !set_department (db, after, mh_record_text (patch.body, MH_VISIT_DEPARTMENT_ID), error))
    return NULL;

  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}
