/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/documents/mh-upload.h"

#include "client/models/mh-command.h"
#include "client/widgets/base/mh-when.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/people/mh-document.h"
#include "shared/records/people/mh-user.h"

typedef struct
{
  GWeakRef owner;
  MhUploadTold told;
  guint sent, total, back;
  gboolean waiting;
  GError *refused; /* the first refusal; those of the parts behind it only follow from it */
} Upload;

static void
upload_free (Upload *upload)
{
  g_weak_ref_clear (&upload->owner);
  g_clear_error (&upload->refused);
  g_free (upload);
}

static void
upload_tell (Upload *upload)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&upload->owner);
  if (owner != NULL)
    upload->told (owner, upload->sent, upload->total, upload->waiting);
}

static void
upload_finish (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);
  if (upload->refused != NULL)
    g_task_return_error (task, g_error_copy (upload->refused));
  else
    g_task_return_boolean (task, TRUE);
}

/* Of the announcement and of each part; the last of them ends it. */
static void
upload_back_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Upload *upload = g_task_get_task_data (task);
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (outcome == NULL && upload->refused == NULL)
    upload->refused = g_steal_pointer (&error);
  if (outcome != NULL && outcome->waiting)
    upload->waiting = TRUE;
  if (outcome != NULL && !outcome->waiting && upload->back > 0)
    upload->sent++;
  upload->back++;
  upload_tell (upload);
  if (upload->back == upload->total + 1)
    upload_finish (task);
}

static MhRecord *
upload_part_of (GBytes *file, guint number)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);
  MhRecord *put = mh_record_new (&mh_document_put_type);
  mh_record_set_int (put, MH_DOCUMENT_PUT_NUMBER, number);
  mh_record_take_text (put, MH_DOCUMENT_PUT_CONTENT,
                       g_base64_encode (data + (gsize)number * MH_DOCUMENT_PART_BYTES,
                                        mh_document_part_size ((gint64)size, number)));
  return put;
}

void
mh_upload_measure (MhRecord *document, GBytes *file)
{
  mh_record_set_int (document, MH_DOCUMENT_BYTES, (gint64)g_bytes_get_size (file));
  mh_record_take_text (document, MH_DOCUMENT_SHA256, mh_sha256_of_bytes (file));
}

/* What the chart shows until the server has it. */
static MhRecord *
provisional (MhContext *context, MhRecord *document)
{
  MhRecord *shown = mh_record_copy (document);
  MhRecord *user = mh_context_user (context);
  mh_record_unset (shown, MH_DOCUMENT_THUMBNAIL);
  mh_record_set_text (shown, MH_DOCUMENT_STATUS, MH_DOCUMENT_UPLOADING);
  mh_record_set_text (shown, MH_DOCUMENT_SCAN, MH_VIRUS_SCAN_NONE);
  mh_record_set_int (shown, MH_CREATED_AT, mh_when_now ());
  if (user != NULL)
    mh_record_set_text (shown, MH_DOCUMENT_BY_NAME, mh_record_text (user, MH_USER_NAME));
  return shown;
}

void
mh_upload_async (MhContext *context,
                 const MhUploadWanted *wanted,
                 GAsyncReadyCallback callback,
                 gpointer data)
{
  MhRecord *document = wanted->document;
  GBytes *file = wanted->file, *thumbnail = wanted->thumbnail;
  g_autoptr (GTask) task = g_task_new (wanted->owner, NULL, callback, data);
  g_autoptr (MhRecord) body = mh_record_copy (document);
  g_autoptr (MhRecord) shown = provisional (context, document);
  Upload *upload = g_new0 (Upload, 1);
  const char *args[] = { "id", mh_record_id (document), NULL };

  g_weak_ref_init (&upload->owner, wanted->owner);
  upload->told = wanted->told;
  upload->total = mh_document_parts ((gint64)g_bytes_get_size (file));
  g_task_set_task_data (task, upload, (GDestroyNotify)upload_free);
  if (thumbnail != NULL && g_bytes_get_size (thumbnail) <= MH_DOCUMENT_THUMBNAIL_BYTES)
    mh_record_take_text (
        body, MH_DOCUMENT_THUMBNAIL,
        g_base64_encode (g_bytes_get_data (thumbnail, NULL), g_bytes_get_size (thumbnail)));

  mh_command_async (context,
                    &(MhCommand){ .route = "document.create", .body = body, .optimistic = shown },
                    NULL, upload_back_cb, g_object_ref (task));
  for (guint i = 0; i < upload->total; i++)
    {
      g_autoptr (MhRecord) put = upload_part_of (file, i);
      mh_command_async (context,
                        &(MhCommand){ .route = "document.part", .args = args, .body = put }, NULL,
                        upload_back_cb, g_object_ref (task));
    }
}

gboolean
mh_upload_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
