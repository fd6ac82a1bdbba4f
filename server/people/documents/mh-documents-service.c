/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/documents/mh-documents-service.h"

#include <string.h>

#include "server/people/documents/mh-documents-private.h"
#include "server/people/documents/mh-documents-store.h"
#include "server/people/gate/mh-access.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-base64.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/people/mh-document.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-image-size.h"

#define THUMBNAIL_MOST_PIXELS (1024 * 1024)
#define THUMBNAIL (-1)

/* --- looking --- */

GPtrArray *
mh_documents_service_list (const MhRequest *req,
                           const MhRecordType *type,
                           const char *patient_id,
                           MhListPage page,
                           GError **error)
{
  if (patient_id == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, patient_id, error);
  if (patient == NULL || !mh_access_check (req, patient, error))
    return NULL;
  return mh_documents_store_list (req->db, type, patient_id, page, error);
}

/* --- adding --- */

/* The patient whose chart it belongs to, open to the actor; the one that stayed of two merged. */
static MhRecord *
owner (const MhRequest *req, MhRecord *draft, guint patient, GError **error)
{
  g_autoptr (MhRecord) named
      = mh_patients_service_named (req, mh_record_text (draft, patient), error);
  if (named == NULL || !mh_access_check (req, named, error)
      || !mh_edit_check_patient (req, draft, mh_record_id (named), error))
    return NULL;
  return g_steal_pointer (&named);
}

static gboolean
documents_service_keep (MhTx *tx,
                        const char *document_id,
                        gint64 number,
                        const char *content,
                        GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *part = mh_record_new (&mh_document_part_type);
  mh_record_take_text (part, MH_ID, mh_id_new ());
  mh_record_set_text (part, MH_DOCUMENT_PART_DOCUMENT_ID, document_id);
  mh_record_set_int (part, MH_DOCUMENT_PART_NUMBER, number);
  mh_record_set_text (part, MH_DOCUMENT_PART_CONTENT, content);
  g_ptr_array_add (parts, part);
  return mh_tx_insert_parts (tx, parts, error);
}

static gboolean
check_thumbnail (const char *content, GError **error)
{
  g_autoptr (GBytes) picture = mh_base64_decode (content, "thumbnail", error);
  if (picture == NULL)
    return FALSE;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (picture, &size);
  if (g_strcmp0 (mh_attachment_content_type (data, size), MH_CONTENT_PNG) == 0
      && size <= MH_DOCUMENT_THUMBNAIL_BYTES
      && mh_image_may_be_opened (data, size, THUMBNAIL_MOST_PIXELS))
    return TRUE;
  mh_error_set_field (error, "thumbnail", "format", "This is not a PNG of at most 48 KiB.");
  return FALSE;
}

MhRecord *
mh_documents_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *thumbnail = mh_record_text (draft, MH_DOCUMENT_THUMBNAIL);
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) patient
      = hospital_id != NULL ? owner (req, draft, MH_DOCUMENT_PATIENT_ID, error) : NULL;

  if (patient == NULL || (thumbnail != NULL && !check_thumbnail (thumbnail, error)))
    return NULL;

  g_autoptr (MhRecord) document = mh_record_copy (draft);
  g_autofree char *hash
      = g_ascii_strdown (mh_record_text (draft, MH_DOCUMENT_SHA256), /* all */ -1);
  gint64 bytes = mh_record_int (draft, MH_DOCUMENT_BYTES);

  if (!mh_record_has (document, MH_ID))
    mh_record_take_text (document, MH_ID, mh_id_new ());
  mh_record_set_text (document, MH_DOCUMENT_HOSPITAL_ID, hospital_id);
  mh_record_set_text (document, MH_DOCUMENT_PATIENT_ID, mh_record_id (patient));
  mh_record_set_text (document, MH_DOCUMENT_SHA256, hash);
  mh_record_set_text (document, MH_DOCUMENT_STATUS, MH_DOCUMENT_UPLOADING);
  mh_record_set_text (document, MH_DOCUMENT_SCAN, MH_VIRUS_SCAN_NONE);
  mh_record_set_int (document, MH_DOCUMENT_PARTS, mh_document_parts (bytes));
  mh_record_set_int (document, MH_DOCUMENT_PARTS_STORED, 0);
  mh_record_set_bool (document, MH_DOCUMENT_HAS_THUMBNAIL, thumbnail != NULL);
  mh_record_set_text (document, MH_DOCUMENT_BY_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (document, MH_DOCUMENT_BY_NAME, mh_actor_name (req->actor));
  mh_record_unset (document, MH_DOCUMENT_THUMBNAIL);
  if (!mh_tx_insert (req->tx, document, MH_AUDIT_CREATE, NULL, error)
      || (thumbnail != NULL
          && !documents_service_keep (req->tx, mh_record_id (document), THUMBNAIL, thumbnail,
                                      error)))
    return NULL;

  return g_steal_pointer (&document);
}

MhRecord *
mh_documents_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error)
      || !mh_access_check_record (req, before, error))
    return NULL;
  mh_record_unset (after, MH_DOCUMENT_THUMBNAIL);
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return g_steal_pointer (&after);
}

/* --- parts --- */

static gboolean
judge_part (MhRecord *document, gint64 number, GBytes *part, const char **out_type, GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (part, &size);
  gint64 bytes = mh_record_int (document, MH_DOCUMENT_BYTES);
  gsize expected = mh_document_part_size (bytes, (guint)number);

  *out_type = number == 0 ? mh_attachment_content_type (data, size)
                          : mh_record_text (document, MH_DOCUMENT_CONTENT_TYPE);
  if (size != expected)
    mh_error_set_field (error, "content", "size",
                        "This part has %" G_GSIZE_FORMAT " bytes, not %" G_GSIZE_FORMAT ".", size,
                        expected);
  else if (*out_type == NULL)
    mh_error_set_field (error, "content", "format",
                        "Only PDF papers and PNG, JPEG, WebP and TIFF pictures can be stored.");
  else if (number == 0 && !mh_image_may_be_opened (data, size, MH_IMAGE_MOST_PIXELS))
    mh_error_set_field (error, "content", "too_many_points",
                        "This picture has more than 64 million points; save it smaller.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
queue_finish (MhTx *tx, MhRecord *document, GError **error)
{
  g_autofree char *payload = g_strdup_printf ("{\"document_id\":\"%s\"}", mh_record_id (document));
  g_autofree char *key = g_strconcat ("document:", mh_record_id (document), NULL);
  const MhJobWanted wanted = { .kind = MH_JOB_DOCUMENT_FINISH,
                               .payload = payload,
                               .dedupe_key = key,
                               .hospital_id = mh_record_text (document, MH_DOCUMENT_HOSPITAL_ID) };
  return mh_jobs_enqueue (tx, &wanted, error);
}

static MhRecord *
documents_service_take_part (MhTx *tx, MhRecord *before, MhRecord *put, GError **error)
{
  const char *content = mh_record_text (put, MH_DOCUMENT_PUT_CONTENT);
  const char *type = NULL;
  gint64 number = mh_record_int (put, MH_DOCUMENT_PUT_NUMBER);
  g_autoptr (GBytes) part = mh_base64_decode (content, "content", error);

  if (part == NULL || !judge_part (before, number, part, &type, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_DOCUMENT_CONTENT_TYPE, type);
  mh_record_set_int (after, MH_DOCUMENT_PARTS_STORED, number + 1);
  if (!documents_service_keep (tx, mh_record_id (before), number, content, error)
      || !mh_tx_update_within (tx, before, after, error)
      || (number + 1 == mh_record_int (after, MH_DOCUMENT_PARTS)
          && !queue_finish (tx, after, error)))
    return NULL;

  return g_steal_pointer (&after);
}

MhRecord *
mh_documents_service_part (const MhRequest *req, const char *id, MhRecord *put, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_document_type, id, error);
  if (before == NULL || !mh_access_check_record (req, before, error))
    return NULL;

  gint64 number = mh_record_int (put, MH_DOCUMENT_PUT_NUMBER);
  gint64 stored = mh_record_int (before, MH_DOCUMENT_PARTS_STORED);
  if (number < stored)
    return g_steal_pointer (&before);
  if (number == stored && number < mh_record_int (before, MH_DOCUMENT_PARTS))
    return documents_service_take_part (req->tx, before, put, error);

  mh_error_set (error, MH_ERROR_CONFLICT,
                "Part %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " is next.", stored,
                mh_record_int (before, MH_DOCUMENT_PARTS));
  return NULL;
}

/* --- the file --- */

GBytes *
mh_documents_load (MhDb *db, MhRecord *document, GError **error)
{
  g_autoptr (GByteArray) all
      = g_byte_array_sized_new ((guint)mh_record_int (document, MH_DOCUMENT_BYTES));
  for (gint64 i = 0; i < mh_record_int (document, MH_DOCUMENT_PARTS); i++)
    {
      GError *inner = NULL;
      g_autoptr (MhRecord) part = mh_documents_store_part (db, mh_record_id (document), i, &inner);
      if (inner != NULL)
        {
          g_propagate_error (error, inner);
          return NULL;
        }
      g_autoptr (GBytes) bytes
          = part != NULL ? mh_base64_decode (mh_record_text (part, MH_DOCUMENT_PART_CONTENT),
                                             "content", NULL)
                         : NULL;
      if (bytes != NULL)
        g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint)g_bytes_get_size (bytes));
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

gboolean
mh_documents_is_whole (MhRecord *document, GBytes *file)
{
  g_autofree char *hash = mh_sha256_of_bytes (file);
  return g_strcmp0 (hash, mh_record_text (document, MH_DOCUMENT_SHA256)) == 0;
}

static gboolean
documents_service_check_open (MhRecord *document, GError **error)
{
  const char *status = mh_record_text (document, MH_DOCUMENT_STATUS);
  const char *scan = mh_record_text (document, MH_DOCUMENT_SCAN);
  if (mh_document_is_open (document))
    return TRUE;

  if (g_strcmp0 (status, MH_DOCUMENT_DAMAGED) == 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "This file was damaged on its way; add it again.");
  else if (g_strcmp0 (scan, MH_VIRUS_SCAN_INFECTED) == 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "This file is held back: a virus was found in it.");
  else if (g_strcmp0 (scan, MH_VIRUS_SCAN_WAITING) == 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "This file waits for the virus check.");
  else
    mh_error_set (error, MH_ERROR_CONFLICT, "This file has not arrived as a whole yet.");

  return FALSE;
}

static MhRecord *
get_open (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) document = mh_edit_get (req, &mh_document_type, id, error);
  if (document == NULL || !mh_access_check_record (req, document, error)
      || !documents_service_check_open (document, error))
    return NULL;
  return g_steal_pointer (&document);
}

GBytes *
mh_documents_service_content (const MhRequest *req,
                              const char *id,
                              MhRecord **out_document,
                              GError **error)
{
  g_autoptr (MhRecord) document = get_open (req, id, error);
  g_autoptr (GBytes) file = document != NULL ? mh_documents_load (req->db, document, error) : NULL;
  if (file == NULL)
    return NULL;
  if (!mh_documents_is_whole (document, file))
    {
      mh_error_set (error, MH_ERROR_STORE, "The file is not what was stored.");
      return NULL;
    }
  *out_document = g_steal_pointer (&document);
  return g_steal_pointer (&file);
}

GBytes *
mh_documents_service_thumbnail (const MhRequest *req, const char *id, GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRecord) document = get_open (req, id, error);
  g_autoptr (MhRecord) part
      = document != NULL ? mh_documents_store_part (req->db, id, THUMBNAIL, &inner) : NULL;

  if (document == NULL || inner != NULL)
    {
      if (inner != NULL)
        g_propagate_error (error, inner);
      return NULL;
    }

  if (part != NULL)
    return mh_base64_decode (mh_record_text (part, MH_DOCUMENT_PART_CONTENT), "content", error);

  mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no small picture of it.");
  return NULL;
}

gboolean
mh_documents_service_remove (const MhRequest *req, const char *id, MhRecord *reason, GError **error)
{
  g_autoptr (MhRecord) document = mh_edit_get (req, &mh_document_type, id, error);
  return document != NULL && mh_access_check_record (req, document, error)
         && mh_tx_delete (req->tx, document, mh_record_text (reason, MH_DOCUMENT_REASON_REASON),
                          error);
}

/* --- consents --- */

MhRecord *
mh_consents_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) patient
      = hospital_id != NULL ? owner (req, draft, MH_CONSENT_PATIENT_ID, error) : NULL;
  if (patient == NULL)
    return NULL;

  g_autoptr (MhRecord) consent = mh_record_copy (draft);
  if (!mh_record_has (consent, MH_ID))
    mh_record_take_text (consent, MH_ID, mh_id_new ());
  mh_record_set_text (consent, MH_CONSENT_HOSPITAL_ID, hospital_id);
  mh_record_set_text (consent, MH_CONSENT_PATIENT_ID, mh_record_id (patient));
  mh_record_set_text (consent, MH_CONSENT_RECORDED_NAME, mh_actor_name (req->actor));
  return mh_tx_insert (req->tx, consent, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&consent)
                                                                       : NULL;
}

/* What was decided stands as it was written down; that it was signed is added later. */
static gboolean
names_paper_alone (MhRecord *patch, GError **error)
{
  for (guint i = MH_N_COMMON; i < MH_CONSENT_N_FIELDS; i++)
    if (i != MH_CONSENT_DOCUMENT_ID && mh_record_is_set (patch, i))
      {
        mh_error_set_field (error, mh_consent_type.fields[i].name, "immutable",
                            "What was decided is not changed; record a new decision.");
        return FALSE;
      }
  return TRUE;
}

MhRecord *
mh_consents_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!names_paper_alone (patch.body, error) || !mh_edit_begin (req, patch, &before, &after, error))
    return NULL;

  g_autoptr (MhRecord) patient
      = mh_edit_get (req, &mh_patient_type, mh_record_text (before, MH_CONSENT_PATIENT_ID), error);
  if (patient == NULL || !mh_access_check (req, patient, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, "signed paper", error))
    return NULL;

  return g_steal_pointer (&after);
}

MhRecord *
mh_consents_service_withdraw (const MhRequest *req,
                              const char *id,
                              MhRecord *reason,
                              GError **error)
{
  const char *why = mh_record_text (reason, MH_DOCUMENT_REASON_REASON);
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_consent_type, id, error);
  if (before == NULL || !mh_access_check_record (req, before, error))
    return NULL;

  if (mh_record_has (before, MH_CONSENT_WITHDRAWN_AT)
      || g_strcmp0 (mh_record_text (before, MH_CONSENT_DECISION), MH_CONSENT_GIVEN) != 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "There is no consent here that could be withdrawn.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_CONSENT_WITHDRAWN_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_CONSENT_WITHDRAWN_NAME, mh_actor_name (req->actor));
  mh_record_set_text (after, MH_CONSENT_WITHDRAWN_REASON, why);

  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, why, error)
             ? g_steal_pointer (&after)
             : NULL;
}

GBytes *
mh_documents_service_portrait (const MhRequest *req, const char *patient_id, GError **error)
{
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, patient_id, error);
  const char *photo = patient != NULL ? mh_record_text (patient, MH_PATIENT_PHOTO_ID) : NULL;
  if (patient == NULL || !mh_access_check (req, patient, error))
    return NULL;
  if (photo != NULL)
    return mh_documents_service_thumbnail (req, photo, error);
  mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no photo of this patient.");
  return NULL;
}
