/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-note-dialog.h"

#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "shared/record/mh-record-check.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_NOTE_DIALOG (mh_note_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhNoteDialog, mh_note_dialog, MH, NOTE_DIALOG, MhDialog)

struct _MhNoteDialog
{
  MhDialog parent_instance;
  const MhNoteKind *kind;
  char *id;
  MhRecord *body;
  MhNoteTold told;
  GtkLabel *about, *choice_label, *problem;
  GtkDropDown *choice;
  GtkEditable *note;
  GtkButton *act;
};

G_DEFINE_FINAL_TYPE (MhNoteDialog, mh_note_dialog, MH_TYPE_DIALOG)

static void
note_dialog_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    return;
  dialog->told.done (outcome->record, dialog->told.data);
  mh_dialog_end (MH_DIALOG (dialog),
                 outcome->waiting ? _ ("Kept here; it is sent as soon as the server is back.")
                                  : NULL);
}

static void
note_dialog_act_cb (MhNoteDialog *dialog)
{
  g_autoptr (GError) error = NULL;
  const char *note = gtk_editable_get_text (dialog->note);
  const char *args[] = { "id", dialog->id, NULL };
  const char *reason = mh_reasons_get (dialog->choice, dialog->problem);

  if (reason == NULL)
    return;

  mh_record_set_text (dialog->body, dialog->kind->code, reason);
  if (note[0] != 0)
    mh_record_set_text (dialog->body, dialog->kind->note, note);
  else
    mh_record_unset (dialog->body, dialog->kind->note);

  if (!mh_record_validate (dialog->body, MH_CHECK_CREATE, &error))
    {
      mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL);
      return;
    }

  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_command_async (
      mh_dialog_context (MH_DIALOG (dialog)),
      &(MhCommand){ .route = dialog->kind->route, .args = args, .body = dialog->body }, NULL,
      note_dialog_answered_cb, g_object_ref (dialog));
}

static void
mh_note_dialog_finalize (GObject *object)
{
  MhNoteDialog *dialog = MH_NOTE_DIALOG (object);
  if (dialog->told.free_data != NULL)
    dialog->told.free_data (dialog->told.data);
  g_clear_object (&dialog->body);
  g_free (dialog->id);
  G_OBJECT_CLASS (mh_note_dialog_parent_class)->finalize (object);
}

static void
mh_note_dialog_class_init (MhNoteDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "note";
  G_OBJECT_CLASS (klass)->finalize = mh_note_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/results/mh-note-dialog"));
  gtk_widget_class_bind_template_child (widget, MhNoteDialog, about);
  gtk_widget_class_bind_template_child (widget, MhNoteDialog, choice_label);
  gtk_widget_class_bind_template_child (widget, MhNoteDialog, choice);
  gtk_widget_class_bind_template_child (widget, MhNoteDialog, note);
  gtk_widget_class_bind_template_child (widget, MhNoteDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhNoteDialog, act);
  gtk_widget_class_bind_template_callback (widget, note_dialog_act_cb);
  mh_closures_bind (widget);
}

static void
mh_note_dialog_init (MhNoteDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_note_dialog_show (GtkWidget *opener,
                     MhContext *context,
                     const MhNoteKind *kind,
                     const MhNoteSubject *subject,
                     MhNoteTold told)
{
  MhNoteDialog *dialog = g_object_new (MH_TYPE_NOTE_DIALOG, "context", context, NULL);
  dialog->kind = kind;
  dialog->id = g_strdup (subject->id);
  dialog->body = g_object_ref (subject->body);
  dialog->told = told;
  gtk_window_set_title (GTK_WINDOW (dialog), _ (kind->title));
  gtk_label_set_text (dialog->about, subject->about);
  gtk_label_set_text (dialog->choice_label, _ (kind->label));
  gtk_button_set_label (dialog->act, _ (kind->action));
  mh_reasons_fill (dialog->choice, kind->codes);

  const MhRecordType *type = mh_record_type (subject->body);
  g_autofree char *asked = g_strdup_printf ("%s-%s", kind->route, subject->id);
  gtk_widget_set_name (GTK_WIDGET (dialog->choice), type->fields[kind->code].name);
  gtk_widget_set_name (GTK_WIDGET (dialog->note), type->fields[kind->note].name);
  mh_dialog_about (MH_DIALOG (dialog), asked);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
