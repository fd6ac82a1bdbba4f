/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-family-service.h"

#include "server/people/patients/mh-family-store.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/people/mh-family-link.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/people/mh-family.h"

/* --- reading --- */

/* @link from the side of @patient. NULL without an error: it leads back to the patient, as between
 * two records that became one, or to somebody of another house. */
static MhRecord *
seen_from (const MhRequest *req, MhRecord *link, MhRecord *patient, GError **error)
{
  const char *id = mh_record_id (patient);
  gboolean turned = g_strcmp0 (mh_record_text (link, MH_FAMILY_LINK_PATIENT_ID), id) != 0;
  const char *other
      = mh_record_text (link, turned ? MH_FAMILY_LINK_PATIENT_ID : MH_FAMILY_LINK_RELATIVE_ID);
  g_autoptr (GError) inner = NULL;

  if (g_strcmp0 (other, id) == 0)
    return NULL;

  g_autoptr (MhRecord) relative = mh_edit_get (req, &mh_patient_type, other, &inner);
  if (relative == NULL)
    {
      if (!g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  g_autoptr (MhRecord) seen = mh_record_copy (link);
  if (turned)
    {
      const char *relation = mh_record_text (link, MH_FAMILY_LINK_RELATION);
      mh_record_set_text (seen, MH_FAMILY_LINK_PATIENT_ID, id);
      mh_record_set_text (seen, MH_FAMILY_LINK_RELATIVE_ID, other);
      mh_record_set_text (seen, MH_FAMILY_LINK_RELATION,
                          mh_family_inverse (relation, mh_record_text (relative, MH_PATIENT_SEX)));
    }

  mh_record_set_record (seen, MH_FAMILY_LINK_RELATIVE, relative);
  return g_steal_pointer (&seen);
}

GPtrArray *
mh_family_service_list (const MhRequest *req, const char *patient_id, GError **error)
{
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, patient_id, error);
  if (patient == NULL)
    return NULL;

  g_autoptr (GPtrArray) links = mh_family_store_of (req->db, patient_id, error);
  if (links == NULL)
    return NULL;

  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < links->len; i++)
    {
      g_autoptr (GError) inner = NULL;
      MhRecord *one = seen_from (req, g_ptr_array_index (links, i), patient, &inner);
      if (inner != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return NULL;
        }
      if (one != NULL)
        g_ptr_array_add (seen, one);
    }

  return g_steal_pointer (&seen);
}

/* --- adding and taking away --- */

static MhRecord *
whole_patient (const MhRequest *req, const char *id, const char *field, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, id, &inner);
  if (patient == NULL && g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    mh_error_set_field (error, field, "unknown", "There is no such patient.");
  else if (patient == NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  else if (mh_record_has (patient, MH_PATIENT_MERGED_INTO))
    mh_error_set_field (error, field, "merged", "This record was merged into another; use that.");
  else
    return g_steal_pointer (&patient);
  return NULL;
}

static gboolean
family_service_check_pair (MhRecord *link, MhRecord *patient, MhRecord *relative, GError **error)
{
  const char *relation = mh_record_text (link, MH_FAMILY_LINK_RELATION);
  if (g_str_equal (mh_record_id (patient), mh_record_id (relative)))
    mh_error_set_field (error, "relative_id", "same", "Nobody is a relative of oneself.");
  else if (!mh_family_can_be (relation, mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                              mh_record_text (relative, MH_PATIENT_BIRTH_DATE)))
    mh_error_set_field (error, "relation", "wrong_age",
                        "Their dates of birth do not allow this; check which of the two is older.");
  else if (!mh_family_fits_sex (relation, mh_record_text (relative, MH_PATIENT_SEX)))
    mh_error_set_field (error, "relation", "wrong_sex",
                        "The relative's sex does not agree with this.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_new (MhDb *db, const char *patient, const char *relative, GError **error)
{
  g_autoptr (GPtrArray) links = mh_family_store_of (db, patient, error);
  if (links == NULL)
    return FALSE;

  for (guint i = 0; i < links->len; i++)
    {
      MhRecord *link = g_ptr_array_index (links, i);
      if (g_strcmp0 (mh_record_text (link, MH_FAMILY_LINK_PATIENT_ID), relative) == 0
          || g_strcmp0 (mh_record_text (link, MH_FAMILY_LINK_RELATIVE_ID), relative) == 0)
        {
          mh_error_set (error, MH_ERROR_CONFLICT, "The two are linked already.");
          return FALSE;
        }
    }

  return TRUE;
}

MhRecord *
mh_family_service_add (const MhRequest *req, MhRecord *draft, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) link = mh_record_copy (draft);
  const char *hospital = mh_edit_hospital (req->actor, error);
  const char *patient_id = mh_record_text (link, MH_FAMILY_LINK_PATIENT_ID);
  const char *relative_id = mh_record_text (link, MH_FAMILY_LINK_RELATIVE_ID);

  if (hospital == NULL)
    return NULL;

  g_autoptr (MhRecord) patient = whole_patient (req, patient_id, "patient_id", error);
  g_autoptr (MhRecord) relative
      = patient != NULL ? whole_patient (req, relative_id, "relative_id", error) : NULL;
  if (relative == NULL || !family_service_check_pair (link, patient, relative, error)
      || !check_new (db, patient_id, relative_id, error))
    return NULL;

  mh_record_set_text (link, MH_FAMILY_LINK_HOSPITAL_ID, hospital);
  if (!mh_tx_insert (req->tx, link, MH_AUDIT_CREATE, NULL, error))
    return NULL;

  mh_record_set_record (link, MH_FAMILY_LINK_RELATIVE, relative);
  return g_steal_pointer (&link);
}

gboolean
mh_family_service_remove (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) link = mh_edit_get (req, &mh_family_link_type, id, error);
  return link != NULL && mh_tx_delete (req->tx, link, NULL, error);
}
