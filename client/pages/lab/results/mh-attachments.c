/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-attachments.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/media/mh-picture-file.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/lab/mh-attachment.h"

#include <glib/gi18n-lib.h>

/* --- sending one --- */

/* What is on its way: one to attach, or one to remove. */

typedef struct
{
  GtkWidget *opener;
  MhContext *context;
  GAsyncResult *asked; /* what it shows */
  char *order_id, *analyte, *title, *attachment_id;
  MhNoteTold told;
} Sending;

static void
attachments_sending_free (Sending *sending)
{
  if (sending->told.free_data != NULL)
    sending->told.free_data (sending->told.data);
  g_object_unref (sending->opener);
  g_object_unref (sending->context);
  g_clear_object (&sending->asked);
  g_free (sending->order_id);
  g_free (sending->analyte);
  g_free (sending->title);
  g_free (sending->attachment_id);
  g_free (sending);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, attachments_sending_free)

static void
attachments_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (outcome == NULL)
    {
      mh_shell_fail (sending->opener, error);
      return;
    }

  mh_shell_toast (sending->opener, outcome->waiting
                                       ? _ ("Kept here; it is sent as soon as the server is back.")
                                       : _ ("Attached"));
  sending->told.done (outcome->record, sending->told.data);
}

static MhRecord *
attachments_make_put (Sending *sending, const char *content, gsize size)
{
  MhRecord *put = mh_record_new (&mh_attachment_put_type);
  mh_record_take_text (put, MH_ATTACHMENT_PUT_ID, mh_id_new ());
  if (sending->analyte != NULL)
    mh_record_set_text (put, MH_ATTACHMENT_PUT_ANALYTE, sending->analyte);
  mh_record_set_text (put, MH_ATTACHMENT_PUT_TITLE, sending->title);
  mh_record_take_text (put, MH_ATTACHMENT_PUT_CONTENT,
                       g_base64_encode ((const guint8 *)content, size));
  mh_record_take_text (put, MH_ATTACHMENT_PUT_SHA256, mh_sha256_of (content, size));
  mh_record_set_bool (put, MH_ATTACHMENT_PUT_ON_REPORT, TRUE);
  return put;
}

static void
attachments_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize size = 0;
  const char *args[] = { "id", sending->order_id, NULL };

  if (g_file_load_contents_finish (G_FILE (source), result, &content, &size, NULL, &error)
      && (size > MH_ATTACHMENT_MOST_BYTES
          || mh_attachment_content_type ((const guint8 *)content, size) == NULL))
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("Only PNG, JPEG, WebP, TIFF and PDF of up to 2 MiB can be attached"));

  if (error != NULL)
    {
      mh_ask_text_answered (sending->asked, error);
      mh_shell_fail (sending->opener, error);
      return;
    }

  g_autoptr (MhRecord) put = attachments_make_put (sending, content, size);
  MhContext *context = sending->context;
  GAsyncResult *asked = sending->asked;
  mh_ask_text_command_async (asked, context,
                             &(MhCommand){ .route = "attachment.add", .args = args, .body = put },
                             attachments_sent_cb, g_steal_pointer (&sending));
}

static void
attachments_named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  g_autoptr (GFile) file = g_object_steal_data (G_OBJECT (sending->opener), "attach");
  sending->title = mh_ask_text_finish (result);
  sending->asked = g_object_ref (result);
  if (sending->title != NULL && *sending->title != 0 && file != NULL)
    g_file_load_contents_async (file, NULL, attachments_read_cb, g_steal_pointer (&sending));
}

static void
attachments_picked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  GFile *file = mh_pick_file_finish (result);
  if (file == NULL)
    return;
  g_object_set_data_full (G_OBJECT (sending->opener), "attach", file, g_object_unref);
  GtkWidget *opener = sending->opener;
  mh_ask_text_async (opener, "attachment", sending->order_id, _ ("Attach a picture"),
                     _ ("What does it show?"), _ ("Title"), _ ("Attach"), attachments_named_cb,
                     g_steal_pointer (&sending));
}

void
mh_attachments_add (GtkWidget *opener,
                    MhContext *context,
                    const char *order_id,
                    const char *analyte,
                    MhNoteTold told)
{
  Sending *sending = g_new0 (Sending, 1);
  sending->opener = g_object_ref (opener);
  sending->context = g_object_ref (context);
  sending->order_id = g_strdup (order_id);
  sending->analyte = g_strdup (analyte);
  sending->told = told;
  mh_pick_file_async (opener, /* save */ FALSE, _ ("Attach a picture"), NULL, NULL,
                      attachments_picked_cb, sending);
}

/* --- removing one --- */

static void
attachments_removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (outcome == NULL)
    {
      mh_shell_fail (sending->opener, error);
      return;
    }

  g_autofree char *words = g_strdup_printf (_ ("“%s” is removed."), sending->title);
  mh_shell_toast (sending->opener, outcome->waiting
                                       ? _ ("Kept here; it is sent as soon as the server is back.")
                                       : words);
  sending->told.done (outcome->record, sending->told.data);
}

static void
agreed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  MhContext *context = sending->context;
  const char *args[] = { "id", sending->attachment_id, NULL };
  if (mh_ask_finish (result))
    mh_command_async (context, &(MhCommand){ .route = "attachment.remove", .args = args }, NULL,
                      attachments_removed_cb, g_steal_pointer (&sending));
}

void
mh_attachments_remove (GtkWidget *opener, MhContext *context, MhRecord *attachment, MhNoteTold told)
{
  Sending *sending = g_new0 (Sending, 1);
  const char *title = mh_record_text (attachment, MH_ATTACHMENT_TITLE);
  g_autofree char *action = g_strdup_printf (_ ("Remove “%s”"), title);

  sending->opener = g_object_ref (opener);
  sending->context = g_object_ref (context);
  sending->attachment_id = g_strdup (mh_record_id (attachment));
  sending->title = g_strdup (title);
  sending->told = told;
  mh_ask_async (
      opener, _ ("Remove this picture?"),
      _ ("It leaves the results and will not be on the report; this cannot be undone. The "
         "audit trail keeps who removed it."),
      action, /* destructive */ TRUE, agreed_cb, sending);
}

/* --- looking at one --- */

static void
attachments_content_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) stack = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);
  g_autoptr (GdkTexture) texture = answer != NULL ? mh_picture_file_texture (answer, &error) : NULL;

  if (gtk_widget_get_root (stack) == NULL)
    return;

  if (texture != NULL)
    {
      GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
      gtk_widget_set_size_request (picture, 420, 320);
      mh_accessible_name (picture, gtk_widget_get_name (stack));
      adw_bin_set_child (ADW_BIN (stack), picture);
    }
  else
    adw_bin_set_child (ADW_BIN (stack), mh_label (_ ("It cannot be shown here."), NULL));
}

static void
popup (GtkMenuButton *button, gpointer data)
{
  MhContext *context = g_object_get_data (G_OBJECT (button), "context");
  MhRecord *attachment = g_object_get_data (G_OBJECT (button), "attachment");
  GtkWidget *popover = gtk_popover_new (), *bin = adw_bin_new ();
  const char *args[] = { "id", mh_record_id (attachment), NULL };
  gtk_widget_set_name (bin, mh_record_text (attachment, MH_ATTACHMENT_TITLE));
  adw_bin_set_child (ADW_BIN (bin), gtk_spinner_new ());
  gtk_popover_set_child (GTK_POPOVER (popover), bin);
  gtk_menu_button_set_popover (button, popover);
  mh_fetch_async (context, &(MhFetch){ .route = "attachment.content", .args = args }, NULL,
                  attachments_content_cb, g_object_ref (bin));
}

GtkWidget *
mh_attachments_button (MhContext *context, MhRecord *attachment)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *size = g_format_size ((guint64)mh_record_int (attachment, MH_ATTACHMENT_BYTES));
  g_autofree char *label
      = g_strdup_printf ("%s · %s", mh_record_text (attachment, MH_ATTACHMENT_TITLE), size);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "context", g_object_ref (context), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "attachment", g_object_ref (attachment),
                          g_object_unref);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), popup, NULL, NULL);
  mh_accessible_name (button, label);
  return button;
}
