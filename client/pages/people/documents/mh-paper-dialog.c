/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/documents/mh-paper-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/pages/people/documents/mh-paper-choice.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/form/mh-form.h"
#include "client/widgets/media/mh-document-view.h"
#include "shared/records/lab/mh-attachment.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_PAPER_DIALOG (mh_paper_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhPaperDialog, mh_paper_dialog, MH, PAPER_DIALOG, MhDialog)

struct _MhPaperDialog
{
  MhDialog parent_instance;
  MhRecordSlot *slot;
  MhForm *form;
  char *route;
  MhPaperDone done;
  GtkBox *place;
  MhDocumentView *view;
  MhKeyButton *save;
};

G_DEFINE_FINAL_TYPE (MhPaperDialog, mh_paper_dialog, MH_TYPE_DIALOG)

static void
paper_dialog_close_with (MhPaperDialog *dialog, MhRecord *record, gboolean waiting)
{
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  if (opener != NULL)
    dialog->done (opener, record, waiting);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
paper_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPaperDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  gboolean waiting = FALSE;
  g_autoptr (MhRecord) saved
      = mh_record_slot_save_finish (MH_RECORD_SLOT (source), result, &waiting, &error);

  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  mh_dialog_set_busy (MH_DIALOG (dialog), FALSE);
  if (error == NULL)
    paper_dialog_close_with (dialog, saved, waiting);
  else
    mh_form_show_error (dialog->form, error);
}

static void
paper_dialog_save_cb (MhPaperDialog *dialog)
{
  if (!gtk_widget_get_sensitive (GTK_WIDGET (dialog->save)) || !mh_form_check (dialog->form))
    return;
  if (dialog->route == NULL)
    {
      g_autoptr (MhRecord) filled = mh_record_copy (mh_record_slot_record (dialog->slot));
      paper_dialog_close_with (dialog, filled, FALSE);
      return;
    }
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_record_slot_save_async (dialog->slot, dialog->route, NULL, paper_dialog_saved_cb,
                             g_object_ref (dialog));
}

/* Outside of the form as well, and out of a text of several lines, which would take the key. */
static gboolean
save_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  paper_dialog_save_cb (MH_PAPER_DIALOG (widget));
  return TRUE;
}

static void
mh_paper_dialog_finalize (GObject *object)
{
  g_free (MH_PAPER_DIALOG (object)->route);
  G_OBJECT_CLASS (mh_paper_dialog_parent_class)->finalize (object);
}

static void
mh_paper_dialog_class_init (MhPaperDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_paper_dialog_finalize;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/documents/mh-paper-dialog"));
  gtk_widget_class_bind_template_child (widget, MhPaperDialog, place);
  gtk_widget_class_bind_template_child (widget, MhPaperDialog, view);
  gtk_widget_class_bind_template_child (widget, MhPaperDialog, save);
  gtk_widget_class_bind_template_callback (widget, paper_dialog_save_cb);
  mh_closures_bind (widget);
}

static void
mh_paper_dialog_init (MhPaperDialog *dialog)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_widget_init_template (GTK_WIDGET (dialog));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                        gtk_callback_action_new (save_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
}

static void
paper_dialog_fill (MhPaperDialog *dialog, const MhPaperAsk *ask)
{
  if (mh_record_version (ask->record) > 0)
    {
      mh_record_slot_show (dialog->slot, ask->record);
      return;
    }
  mh_record_slot_begin (dialog->slot, NULL);
  mh_record_apply (mh_record_slot_record (dialog->slot), ask->record);
}

static void
show_file (MhPaperDialog *dialog, const MhPaperAsk *ask)
{
  g_autoptr (GError) error = NULL;
  gboolean shown = FALSE;
  if (ask->file != NULL)
    shown = g_strcmp0 (ask->content_type, MH_CONTENT_PDF) == 0
                ? mh_document_view_show_pdf (dialog->view, ask->file, &error)
                : mh_document_view_show_picture (dialog->view, ask->file, &error);
  gtk_widget_set_visible (GTK_WIDGET (dialog->view), shown);
}

void
mh_paper_dialog_show (GtkWidget *opener, MhContext *context, const MhPaperAsk *ask)
{
  MhPaperDialog *dialog = g_object_new (MH_TYPE_PAPER_DIALOG, "context", context, NULL);
  dialog->done = ask->done;
  dialog->route = g_strdup (ask->route);
  gtk_window_set_title (GTK_WINDOW (dialog), ask->title);
  mh_key_button_set_text (dialog->save, ask->button);
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->slot,
                  mh_record_slot_new (context, mh_record_type (ask->record)));
  paper_dialog_fill (dialog, ask);
  show_file (dialog, ask);
  dialog->form = MH_FORM (mh_form_new (dialog->slot, ask->fields));
  g_signal_connect_object (dialog->form, "submit", G_CALLBACK (paper_dialog_save_cb), dialog,
                           G_CONNECT_SWAPPED);
  gtk_box_append (dialog->place, GTK_WIDGET (dialog->form));

  GtkWidget *choice = ask->signed_paper ? mh_paper_choice_new (dialog->slot) : NULL;
  GtkWidget *first
      = ask->fields[0] != NULL ? GTK_WIDGET (mh_form_row (dialog->form, ask->fields[0])) : NULL;

  if (choice != NULL)
    gtk_box_append (dialog->place, choice);
  if (first == NULL && choice != NULL)
    first = mh_paper_choice_control (choice);
  mh_dialog_begin_at (GTK_WINDOW (dialog), first);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
