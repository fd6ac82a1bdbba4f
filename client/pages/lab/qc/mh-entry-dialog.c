/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/qc/mh-entry-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-saved.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/form/mh-form.h"

#include <glib/gi18n-lib.h>

#define WIDE 960 /* the form stands in two columns */
#define WIDE_HEIGHT 600

#define MH_TYPE_ENTRY_DIALOG (mh_entry_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhEntryDialog, mh_entry_dialog, MH, ENTRY_DIALOG, MhDialog)

struct _MhEntryDialog
{
  MhDialog parent_instance;
  MhRecordSlot *slot;
  MhForm *form;
  GtkBox *place;
  GtkWidget *save;
  char *route, *id;
  gboolean change;  /* by PATCH */
  gboolean by_slot; /* kept in the local copy while it waits */
  MhRecord *(*seen) (MhRecord *about, MhRecord *draft);
  MhEntryDone done;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (MhEntryDialog, mh_entry_dialog, MH_TYPE_DIALOG)

static void
entry_dialog_end (MhEntryDialog *dialog, MhRecord *answer, gboolean waiting, const GError *error)
{
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  if (mh_saved_fail (MH_DIALOG (dialog), error, dialog->form, dialog->save))
    return;
  mh_shell_toast (opener, waiting ? _ ("Kept here until the server is back") : _ ("Saved"));
  if (opener != NULL && dialog->done != NULL && answer != NULL)
    dialog->done (opener, answer, dialog->data);
  mh_dialog_end (MH_DIALOG (dialog), NULL);
}

static void
entry_dialog_changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhEntryDialog) dialog = data;
  gboolean waiting = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record
      = mh_record_slot_save_finish (MH_RECORD_SLOT (source), result, &waiting, &error);
  entry_dialog_end (dialog, record, waiting, error);
}

static void
entry_dialog_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhEntryDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (outcome != NULL && dialog->slot != NULL && mh_record_slot_forms (dialog->slot) != NULL)
    mh_record_slot_revert (dialog->slot); /* nothing of it is unsent any more */
  if (error != NULL && dialog->slot != NULL)
    mh_record_slot_refused (dialog->slot, error);
  entry_dialog_end (dialog, outcome != NULL ? outcome->record : NULL,
                    outcome != NULL && outcome->waiting, error);
}

static void
entry_dialog_save_cb (MhEntryDialog *dialog)
{
  const char *args[] = { "id", dialog->id, NULL };
  if (!gtk_widget_get_sensitive (dialog->save) || !mh_form_check (dialog->form))
    return;
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  if (dialog->change || dialog->by_slot)
    mh_record_slot_save_async (dialog->slot, dialog->route, NULL, entry_dialog_changed_cb,
                               g_object_ref (dialog));
  else
    {
      MhRecord *draft = mh_record_slot_record (dialog->slot);
      g_autoptr (MhRecord) seen = dialog->seen != NULL
                                      ? dialog->seen (mh_entry_dialog_about (dialog->slot), draft)
                                      : NULL;
      mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                        &(MhCommand){ .route = dialog->route,
                                      .args = dialog->id != NULL ? args : NULL,
                                      .body = draft,
                                      .optimistic = seen },
                        NULL, entry_dialog_added_cb, g_object_ref (dialog));
    }
}

/* Also out of a text of several lines, which would take the key for itself. */
static gboolean
entry_dialog_key_cb (MhEntryDialog *dialog, guint key, guint code, GdkModifierType state)
{
  if ((state & GDK_CONTROL_MASK) == 0 || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  entry_dialog_save_cb (dialog);
  return GDK_EVENT_STOP;
}

static void
mh_entry_dialog_finalize (GObject *object)
{
  g_free (MH_ENTRY_DIALOG (object)->route);
  g_free (MH_ENTRY_DIALOG (object)->id);
  G_OBJECT_CLASS (mh_entry_dialog_parent_class)->finalize (object);
}

static void
mh_entry_dialog_class_init (MhEntryDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_entry_dialog_finalize;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/qc/mh-entry-dialog"));
  gtk_widget_class_bind_template_child (widget, MhEntryDialog, place);
  gtk_widget_class_bind_template_child (widget, MhEntryDialog, save);
  gtk_widget_class_bind_template_callback (widget, entry_dialog_save_cb);
  mh_closures_bind (widget);
}

static void
mh_entry_dialog_init (MhEntryDialog *dialog)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (dialog));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (entry_dialog_key_cb), dialog,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
}

MhRecord *
mh_entry_dialog_about (MhRecordSlot *slot)
{
  return g_object_get_data (G_OBJECT (slot), "about");
}

static void
show_draft (MhEntryDialog *dialog, MhRecord *draft)
{
  if (dialog->change)
    {
      mh_record_slot_show (dialog->slot, draft);
      return;
    }
  /* what is added below a record is a draft below it; what has no id of its own has none */
  const MhRecordType *type = mh_record_type (draft);
  const gboolean named = mh_record_type_find (type, "id") == MH_ID;
  MhRecord *about = mh_entry_dialog_about (dialog->slot);
  const char *below = dialog->id != NULL ? dialog->id : about != NULL ? mh_record_id (about) : NULL;
  g_autofree char *drafts = below != NULL && (named || dialog->by_slot)
                                ? g_strconcat (type->code, ".new/", below, "/", NULL)
                            : dialog->by_slot ? g_strconcat (type->code, ".new/", NULL)
                                              : NULL;
  mh_record_slot_begin (dialog->slot, drafts);
  mh_record_apply (mh_record_slot_record (dialog->slot), draft);
}

void
mh_entry_dialog_show (GtkWidget *opener, MhContext *context, const MhEntryWanted *wanted)
{
  MhEntryDialog *dialog = g_object_new (MH_TYPE_ENTRY_DIALOG, "context", context, NULL);
  const MhRecordType *type = mh_record_type (wanted->draft);
  dialog->route = g_strdup (wanted->route);
  dialog->id = g_strdup (wanted->id);

  /* what is asked for but not stored has no version, and other fields in its place */
  dialog->change = mh_record_type_find (type, "version") == MH_VERSION
                   && mh_record_version (wanted->draft) > 0;
  dialog->by_slot = wanted->id == NULL && (type->flags & MH_TYPE_SYNC) != 0
                    && mh_route_find (wanted->route)->reply == type;
  dialog->done = wanted->done;
  dialog->data = wanted->data;
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->slot, mh_record_slot_new (context, type));
  if (wanted->about != NULL)
    g_object_set_data_full (G_OBJECT (dialog->slot), "about", g_object_ref (wanted->about),
                            g_object_unref);
  dialog->seen = wanted->seen;
  show_draft (dialog, wanted->draft);
  gtk_window_set_title (GTK_WINDOW (dialog), wanted->title);
  mh_key_button_set_text (MH_KEY_BUTTON (dialog->save), wanted->save);
  if (wanted->wide)
    gtk_window_set_default_size (GTK_WINDOW (dialog), WIDE, WIDE_HEIGHT);
  if (wanted->hint != NULL)
    gtk_box_append (dialog->place, mh_label (wanted->hint, "mh-inset"));
  dialog->form = MH_FORM (mh_form_new (dialog->slot, wanted->fields));
  g_signal_connect_object (dialog->form, "submit", G_CALLBACK (entry_dialog_save_cb), dialog,
                           G_CONNECT_SWAPPED);

  GtkWidget *first
      = wanted->dress != NULL ? wanted->dress (dialog->place, dialog->slot, dialog->form) : NULL;
  gtk_box_append (dialog->place, GTK_WIDGET (dialog->form));
  mh_dialog_show (MH_DIALOG (dialog), opener);
  if (first != NULL)
    mh_dialog_begin_at (GTK_WINDOW (dialog), first);
  else
    mh_form_focus_empty (dialog->form);
}
