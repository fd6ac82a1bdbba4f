/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-patient-photo.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-photo.h"
#include "client/pages/people/documents/mh-upload.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/media/mh-camera-dialog.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/people/mh-document.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/mh-picture.h"

#include <glib/gi18n-lib.h>

/* Larger than any camera's picture. */
#define MOST_FILE (50 * 1024 * 1024)

typedef struct
{
  GtkWidget *from;
  MhContext *context;
  MhRecord *patient;
  GBytes *file, *photo, *small; /* as chosen; as it is kept; as it is shown */
  char *document_id;
} Photo;

static void
photo_free (Photo *photo)
{
  g_object_unref (photo->from);
  g_object_unref (photo->context);
  g_object_unref (photo->patient);
  g_clear_pointer (&photo->file, g_bytes_unref);
  g_clear_pointer (&photo->photo, g_bytes_unref);
  g_clear_pointer (&photo->small, g_bytes_unref);
  g_free (photo->document_id);
  g_free (photo);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Photo, photo_free)

static Photo *
photo_new (GtkWidget *from, MhContext *context, MhRecord *patient)
{
  Photo *photo = g_new0 (Photo, 1);
  photo->from = g_object_ref (from);
  photo->context = g_object_ref (context);
  photo->patient = g_object_ref (patient);
  return photo;
}

/* --- on the patient --- */

static void
patient_photo_named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Photo) photo = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (outcome == NULL)
    mh_shell_fail (photo->from, error);
  else if (outcome->waiting)
    mh_shell_toast (photo->from, _ ("Kept here; it is sent as soon as the server is back."));
  else
    mh_shell_toast (photo->from, photo->document_id != NULL ? _ ("The photo is saved")
                                                            : _ ("The photo is removed"));
}

/* Takes @photo. */
static void
name_it (Photo *photo)
{
  g_autoptr (MhRecord) patch = mh_record_new (&mh_patient_type);
  g_autoptr (MhRecord) shown = mh_record_copy (photo->patient);
  const char *args[] = { "id", mh_record_id (photo->patient), NULL };

  if (photo->document_id != NULL)
    {
      mh_record_set_text (patch, MH_PATIENT_PHOTO_ID, photo->document_id);
      mh_record_set_text (shown, MH_PATIENT_PHOTO_ID, photo->document_id);
      mh_photo_keep (photo->context, photo->document_id, photo->small);
    }
  else
    {
      mh_record_set_null (patch, MH_PATIENT_PHOTO_ID);
      mh_record_set_null (shown, MH_PATIENT_PHOTO_ID);
    }

  mh_command_async (photo->context,
                    &(MhCommand){ .route = "patient.update",
                                  .args = args,
                                  .body = patch,
                                  .base = photo->patient,
                                  .optimistic = shown },
                    NULL, patient_photo_named_cb, photo);
}

/* --- the picture --- */

static void
patient_photo_told_cb (gpointer owner, guint sent, guint total, gboolean waiting)
{
}

static void
patient_photo_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Photo) photo = data;
  g_autoptr (GError) error = NULL;
  if (mh_upload_finish (result, &error))
    name_it (g_steal_pointer (&photo));
  else
    mh_shell_fail (photo->from, error);
}

/* Takes @photo. */
static void
patient_photo_send (Photo *photo)
{
  g_autoptr (MhRecord) document = mh_record_new (&mh_document_type);
  photo->document_id = mh_id_new ();
  mh_record_set_text (document, MH_ID, photo->document_id);
  mh_record_set_text (document, MH_DOCUMENT_PATIENT_ID, mh_record_id (photo->patient));
  mh_record_set_text (document, MH_DOCUMENT_KIND, MH_DOCUMENT_PORTRAIT);
  mh_record_set_text (document, MH_DOCUMENT_TITLE, _ ("Photo of the patient"));
  mh_upload_measure (document, photo->photo);
  mh_upload_async (photo->context,
                   &(MhUploadWanted){ document, photo->photo, photo->small, G_OBJECT (photo->from),
                                      patient_photo_told_cb },
                   patient_photo_sent_cb, photo);
}

/* Unpacking what a camera gives takes a while. */
static void
make_small (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Photo *photo = data;
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (photo->file, &size);
  const char *type = size <= MOST_FILE ? mh_attachment_content_type (bytes, size) : NULL;
  g_task_return_boolean (task,
                         type != NULL
                             && mh_picture_portrait (photo->file, type, MH_DOCUMENT_THUMBNAIL_BYTES,
                                                     &photo->photo, &photo->small));
}

static void
patient_photo_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Photo) photo = data;
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    patient_photo_send (g_steal_pointer (&photo));
  else
    mh_shell_toast (photo->from, _ ("This picture cannot be read. Choose a PNG or JPEG."));
}

/* Takes @photo. */
static void
begin_with (Photo *photo, GBytes *file)
{
  g_autoptr (GTask) task = g_task_new (photo->from, NULL, patient_photo_made_cb, photo);
  photo->file = g_bytes_ref (file);
  g_task_set_task_data (task, photo, NULL);
  g_task_run_in_thread (task, make_small);
}

static void
patient_photo_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Photo) photo = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  if (file != NULL)
    begin_with (g_steal_pointer (&photo), file);
  else
    mh_shell_fail (photo->from, error);
}

static void
patient_photo_picked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Photo) photo = data;
  g_autoptr (GFile) file = mh_pick_file_finish (result);
  if (file != NULL)
    g_file_load_bytes_async (file, NULL, patient_photo_read_cb, g_steal_pointer (&photo));
}

/* Until the server knows the patient nothing can hang on them. */
static gboolean
patient_photo_is_known (GtkWidget *from, MhRecord *patient)
{
  if (mh_record_has (patient, MH_PATIENT_MRN))
    return TRUE;
  mh_shell_toast (from, _ ("The MRN comes when the server is back; add the photo then."));
  return FALSE;
}

void
mh_patient_photo_choose (GtkWidget *from, MhContext *context, MhRecord *patient)
{
  if (patient_photo_is_known (from, patient))
    mh_pick_file_async (from, /* save */ FALSE, _ ("Photo of the patient"), NULL, NULL,
                        patient_photo_picked_cb, photo_new (from, context, patient));
}

static void
patient_photo_taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Photo) photo = data;
  gboolean file = FALSE;
  g_autoptr (GBytes) picture = mh_camera_ask_finish (result, &file);
  if (picture != NULL)
    begin_with (g_steal_pointer (&photo), picture);
  else if (file)
    mh_patient_photo_choose (photo->from, photo->context, photo->patient);
}

void
mh_patient_photo_camera (GtkWidget *from, MhContext *context, MhRecord *patient)
{
  if (patient_photo_is_known (from, patient))
    mh_camera_ask_async (from, context, _ ("Photo of the patient"), /* portrait */ TRUE,
                         patient_photo_taken_cb, photo_new (from, context, patient));
}

void
mh_patient_photo_take (GtkWidget *from, MhContext *context, MhRecord *patient, GBytes *file)
{
  if (patient_photo_is_known (from, patient))
    begin_with (photo_new (from, context, patient), file);
}

void
mh_patient_photo_remove (GtkWidget *from, MhContext *context, MhRecord *patient)
{
  if (mh_record_has (patient, MH_PATIENT_PHOTO_ID))
    name_it (photo_new (from, context, patient));
}
