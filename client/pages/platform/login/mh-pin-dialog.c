/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/platform/login/mh-pin-dialog.h"

#include <string.h>

#include "client/models/mh-command.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/front/mh-kiosk.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_PIN_DIALOG (mh_pin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhPinDialog, mh_pin_dialog, MH, PIN_DIALOG, MhDialog)

struct _MhPinDialog
{
  MhDialog parent_instance;
  GtkWidget *save;
  GtkEditable *fresh, *again;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (MhPinDialog, mh_pin_dialog, MH_TYPE_DIALOG)

static gboolean
pin_dialog_is_complete (MhPinDialog *dialog)
{
  const char *fresh = gtk_editable_get_text (dialog->fresh);
  gsize length = strlen (fresh);
  return !dialog->busy && length >= MH_KIOSK_PIN_LEAST && length <= MH_KIOSK_PIN_MOST
         && strspn (fresh, "0123456789") == length
         && g_str_equal (fresh, gtk_editable_get_text (dialog->again));
}

static void
pin_dialog_typed_cb (MhPinDialog *dialog)
{
  const char *fresh = gtk_editable_get_text (dialog->fresh);
  const char *again = gtk_editable_get_text (dialog->again);
  gboolean differ = again[0] != 0 && !g_str_has_prefix (fresh, again);
  gboolean letters = strspn (fresh, "0123456789") != strlen (fresh);
  mh_dialog_complain (MH_DIALOG (dialog), letters  ? _ ("A PIN has figures only.")
                                          : differ ? _ ("The two PINs differ.")
                                                   : "");
  gtk_widget_set_sensitive (dialog->save, pin_dialog_is_complete (dialog));
}

static void
pin_dialog_next_cb (MhPinDialog *dialog)
{
  gtk_widget_grab_focus (GTK_WIDGET (dialog->again));
}

static void
pin_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPinDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (outcome != NULL)
    {
      mh_shell_toast (mh_dialog_opener (MH_DIALOG (dialog)), _ ("The kiosks close by the new PIN"));
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }

  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  g_autofree char *words = mh_words_error (error);
  dialog->busy = FALSE;
  pin_dialog_typed_cb (dialog);
  mh_dialog_complain (MH_DIALOG (dialog), words);
}

static void
pin_dialog_save_cb (MhPinDialog *dialog)
{
  g_autoptr (MhRecord) pin = mh_record_new (&mh_kiosk_pin_type);
  if (!pin_dialog_is_complete (dialog))
    return;
  mh_record_set_text (pin, MH_KIOSK_PIN_PIN, gtk_editable_get_text (dialog->fresh));
  dialog->busy = TRUE;
  gtk_widget_set_sensitive (dialog->save, FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "kiosk.pin", .body = pin }, NULL, pin_dialog_saved_cb,
                    g_object_ref (dialog));
}

static void
mh_pin_dialog_class_init (MhPinDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("platform/login/mh-pin-dialog"));
  gtk_widget_class_bind_template_child (widget, MhPinDialog, fresh);
  gtk_widget_class_bind_template_child (widget, MhPinDialog, again);
  gtk_widget_class_bind_template_child (widget, MhPinDialog, save);
  gtk_widget_class_bind_template_callback (widget, pin_dialog_typed_cb);
  gtk_widget_class_bind_template_callback (widget, pin_dialog_next_cb);
  gtk_widget_class_bind_template_callback (widget, pin_dialog_save_cb);
}

static void
mh_pin_dialog_init (MhPinDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_pin_dialog_show (GtkWidget *parent, MhContext *context)
{
  mh_dialog_show (g_object_new (MH_TYPE_PIN_DIALOG, "context", context, NULL), parent);
}
