/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-told-dialog.h"

#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_TOLD_DIALOG (mh_told_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhToldDialog, mh_told_dialog, MH, TOLD_DIALOG, MhDialog)

struct _MhToldDialog
{
  MhDialog parent_instance;
  GtkLabel *reason, *text;
};

G_DEFINE_FINAL_TYPE (MhToldDialog, mh_told_dialog, MH_TYPE_DIALOG)

static void
copy_cb (MhToldDialog *dialog)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)),
                          gtk_label_get_label (dialog->text));
  mh_shell_toast (mh_dialog_opener (MH_DIALOG (dialog)), _ ("Copied"));
}

static void
told_dialog_close_cb (MhToldDialog *dialog)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
mh_told_dialog_class_init (MhToldDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("widgets/base/mh-told-dialog"));
  gtk_widget_class_bind_template_child (widget, MhToldDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhToldDialog, text);
  gtk_widget_class_bind_template_callback (widget, copy_cb);
  gtk_widget_class_bind_template_callback (widget, told_dialog_close_cb);
}

static void
mh_told_dialog_init (MhToldDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_told_dialog_show (GtkWidget *parent, MhContext *context, const MhTold *told)
{
  MhToldDialog *dialog = g_object_new (MH_TYPE_TOLD_DIALOG, "context", context, NULL);
  gtk_window_set_title (GTK_WINDOW (dialog), told->title);
  gtk_label_set_label (dialog->reason, told->reason);
  gtk_label_set_label (dialog->text, told->text);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
