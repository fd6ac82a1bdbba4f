/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-admin-dialog.h"

#include "client/models/mh-record-list.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/mh-saved.h"
#include "client/pages/mh-undo.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/form/mh-form.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_ADMIN_DIALOG (mh_admin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhAdminDialog, mh_admin_dialog, MH, ADMIN_DIALOG, MhDialog)

struct _MhAdminDialog
{
  MhDialog parent_instance;
  const MhAdminKind *kind;
  MhRecordSlot *slot;
  gboolean fresh;       /* is being made, not changed */
  gint64 waiting_since; /* before it was saved */
  MhRecord *before;     /* likewise; NULL: there was none */
  MhForm *form;
  GtkBox *place;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (MhAdminDialog, mh_admin_dialog, MH_TYPE_DIALOG)

/* Since when a change of the stored record waits for somebody's approval; 0: none does. */
static gint64
waiting_since (MhAdminDialog *dialog)
{
  MhRecord *stored = mh_record_slot_stored (dialog->slot);
  int field = mh_record_type_find (dialog->kind->type, "waiting_since");
  return stored != NULL && field >= 0 ? mh_record_int (stored, (guint)field) : 0;
}

static void
admin_dialog_say_saved (MhAdminDialog *dialog,
                        GtkWidget *opener,
                        MhContext *context,
                        MhRecord *after)
{
  g_autoptr (MhRecord) patch
      = dialog->before != NULL && after != NULL ? mh_undo_patch (dialog->before, after) : NULL;
  const MhTakeBack undo = { .route = dialog->kind->update_route,
                            .id = patch != NULL ? mh_record_id (after) : NULL,
                            .body = patch,
                            .base = after,
                            .undone = _ ("It is as it was before") };
  mh_undo_offer (opener, context, _ ("Saved"), patch != NULL ? &undo : NULL);
}

static void
admin_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAdminDialog) dialog = data;
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  g_autoptr (MhRecordSlot) slot = g_object_ref (MH_RECORD_SLOT (source));
  gboolean saved
      = mh_saved (MH_DIALOG (dialog), slot, result, dialog->form, dialog->save, NULL, NULL);

  if (!saved)
    return;

  if (waiting_since (dialog) != dialog->waiting_since)
    mh_shell_toast (opener, _ ("Not in force yet: another administrator must approve it "
                               "under “Awaiting approval”"));
  else
    admin_dialog_say_saved (dialog, opener, context, mh_record_slot_stored (slot));
  if (dialog->fresh && dialog->kind->made != NULL && opener != NULL && context != NULL)
    dialog->kind->made (opener, context, mh_record_slot_stored (slot));
}

static void
admin_dialog_save_cb (MhAdminDialog *dialog)
{
  gboolean new = mh_record_slot_stored (dialog->slot) == NULL;
  if (!gtk_widget_get_sensitive (dialog->save) || !mh_form_check (dialog->form))
    return;
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  dialog->fresh = new;
  dialog->waiting_since = waiting_since (dialog);
  g_clear_object (&dialog->before);
  dialog->before = new ? NULL : mh_record_copy (mh_record_slot_stored (dialog->slot));
  mh_record_slot_save_async (dialog->slot,
                             new ? dialog->kind->create_route : dialog->kind->update_route, NULL,
                             admin_dialog_saved_cb, g_object_ref (dialog));
}

/* What belongs to one hospital is, unless another is chosen, of the one that is signed in at; and
 * what is made is made to be used. */
static void
admin_dialog_settle (MhAdminDialog *dialog, MhRecord *record)
{
  const MhRecordType *type = dialog->kind->type;
  MhRecord *hospital = mh_context_hospital (mh_dialog_context (MH_DIALOG (dialog)));
  guint place = type->hospital;
  guint active = type->active;
  if (hospital != NULL && place != 0 && (type->fields[place].flags & MH_REQUIRED) != 0)
    mh_record_set_text (record, place, mh_record_id (hospital));
  if (active != 0)
    mh_record_set_bool (record, active, TRUE);
}

/* A setting that was never set comes with its default and without a version: it is made, not
 * changed. */
static void
show_record (MhAdminDialog *dialog, MhRecord *record)
{
  if (record != NULL && mh_record_version (record) > 0)
    {
      mh_record_slot_show (dialog->slot, record);
      return;
    }

  g_autofree char *drafts = g_strconcat (dialog->kind->type->code, ".new/", NULL);
  mh_record_slot_begin (dialog->slot, drafts);
  MhRecord *edited = mh_record_slot_record (dialog->slot);

  admin_dialog_settle (dialog, edited);
  for (guint i = MH_N_COMMON; record != NULL && i < dialog->kind->type->n_fields; i++)
    if (mh_record_has (record, i) && mh_field_is_text (&dialog->kind->type->fields[i])
        && (dialog->kind->type->fields[i].flags & MH_SERVER_SET) == 0)
      mh_record_set_text (edited, i, mh_record_text (record, i));
}

static void
mh_admin_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_ADMIN_DIALOG (object)->before);
  G_OBJECT_CLASS (mh_admin_dialog_parent_class)->finalize (object);
}

static void
mh_admin_dialog_class_init (MhAdminDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_admin_dialog_finalize;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/admin/mh-admin-dialog"));
  gtk_widget_class_bind_template_child (widget, MhAdminDialog, place);
  gtk_widget_class_bind_template_child (widget, MhAdminDialog, save);
  gtk_widget_class_bind_template_callback (widget, admin_dialog_save_cb);
  mh_closures_bind (widget);
}

static void
mh_admin_dialog_init (MhAdminDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

/* Side by side where there is room, else below. */
static void
put_more (MhAdminDialog *dialog, GtkWidget *more)
{
  GtkWidget *const both[] = { GTK_WIDGET (dialog->form), more };
  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 24);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 12);

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();
      gtk_widget_set_focusable (child, FALSE);
      gtk_widget_set_valign (both[i], GTK_ALIGN_START);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), both[i]);
      gtk_flow_box_insert (GTK_FLOW_BOX (flow), child, -1);
    }

  gtk_box_append (dialog->place, flow);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 1060, 760);
}

GtkWidget *
mh_admin_dialog_edit (GtkWidget *parent,
                      MhContext *context,
                      const MhAdminKind *kind,
                      MhRecord *record)
{
  MhAdminDialog *dialog = g_object_new (MH_TYPE_ADMIN_DIALOG, "context", context, NULL);
  gboolean stored = record != NULL && mh_record_version (record) > 0;
  g_autofree char *name = stored ? mh_record_display (record) : NULL;

  dialog->kind = kind;
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->slot, mh_record_slot_new (context, kind->type));
  show_record (dialog, record);
  gtk_window_set_title (GTK_WINDOW (dialog),
                        name != NULL ? name : g_dgettext (GETTEXT_PACKAGE, kind->fresh));
  dialog->form = MH_FORM (mh_form_new (dialog->slot, kind->fields));
  g_signal_connect_swapped (dialog->form, "submit", G_CALLBACK (admin_dialog_save_cb), dialog);
  if (kind->formed != NULL)
    kind->formed (dialog->form, dialog->slot);
  if (kind->more != NULL)
    put_more (dialog, kind->more (context, dialog->slot));
  else
    gtk_box_append (dialog->place, GTK_WIDGET (dialog->form));

  mh_dialog_show (MH_DIALOG (dialog), parent);
  return GTK_WIDGET (dialog);
}
