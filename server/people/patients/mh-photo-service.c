/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-photo-service.h"

#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/people/mh-document.h"
#include "shared/records/people/mh-patient.h"

static gboolean
is_portrait_of (MhRecord *document, MhRecord *patient)
{
  return g_strcmp0 (mh_record_text (document, MH_DOCUMENT_PATIENT_ID), mh_record_id (patient)) == 0
         && g_strcmp0 (mh_record_text (document, MH_DOCUMENT_KIND), MH_DOCUMENT_PORTRAIT) == 0;
}

static gboolean
photo_service_check (const MhRequest *req, MhRecord *patient, const char *id, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) document = mh_edit_get (req, &mh_document_type, id, &inner);
  const char *media = document != NULL ? mh_record_text (document, MH_DOCUMENT_CONTENT_TYPE) : NULL;

  if (document == NULL && !g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  if (document == NULL || !is_portrait_of (document, patient))
    mh_error_set_field (error, "photo_id", "mismatch", "This is no photo of this patient.");
  else if (g_strcmp0 (media, MH_CONTENT_PDF) == 0)
    mh_error_set_field (error, "photo_id", "format", "A photo is a picture, not a PDF.");
  else
    return TRUE;

  return FALSE;
}

/* One that somebody took out of the chart already is no loss. */
static gboolean
photo_service_take_out (const MhRequest *req, MhRecord *patient, const char *id, GError **error)
{
  g_autoptr (MhRecord) document = mh_edit_get (req, &mh_document_type, id, NULL);
  return document == NULL || !is_portrait_of (document, patient)
         || mh_tx_delete (req->tx, document, "No longer the photo of the patient", error);
}

gboolean
mh_photo_service_settle (const MhRequest *req, MhRecord *before, MhRecord *after, GError **error)
{
  const char *old = before != NULL ? mh_record_text (before, MH_PATIENT_PHOTO_ID) : NULL;
  const char *new = mh_record_text (after, MH_PATIENT_PHOTO_ID);
  if (g_strcmp0 (old, new) == 0)
    return TRUE;
  return (new == NULL || photo_service_check (req, after, new, error))
         && (old == NULL || photo_service_take_out (req, after, old, error));
}
