/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/admin/mh-admin-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-form.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const MhAdminKind *kind;
  MhRecordSlot *slot;
  GtkWindow *window;
  GtkWidget *opener, *form, *save;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;
  g_object_unref (dialog->slot);
  g_clear_weak_pointer (&dialog->opener);
  g_free (dialog);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data; /* keeps the dialog's memory */
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "dialog");
  gboolean waiting = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record
      = mh_record_slot_save_finish (MH_RECORD_SLOT (source), result, &waiting, &error);
  gtk_widget_set_sensitive (dialog->save, TRUE);
  if (record == NULL)
    {
      mh_form_show_error (MH_FORM (dialog->form), error);
      return;
    }
  if (dialog->opener != NULL)
    mh_shell_toast (dialog->opener, _ ("Saved"));
  gtk_window_destroy (dialog->window);
}

static void
save_cb (GtkWidget *widget, Dialog *dialog)
{
  gboolean new = mh_record_slot_stored (dialog->slot) == NULL;
  if (!gtk_widget_get_sensitive (dialog->save) || !mh_form_check (MH_FORM (dialog->form)))
    return;
  gtk_widget_set_sensitive (dialog->save, FALSE);
  mh_record_slot_save_async (dialog->slot,
                             new ? dialog->kind->create_route : dialog->kind->update_route, NULL,
                             saved_cb, g_object_ref (dialog->window));
}

static GtkWidget *
padded (GtkWidget *child)
{
  GtkWidget *inner = mh_vbox (0);
  gtk_widget_set_margin_start (inner, 18);
  gtk_widget_set_margin_end (inner, 18);
  gtk_widget_set_margin_top (inner, 12);
  gtk_widget_set_margin_bottom (inner, 12);
  mh_box_append (inner, child);
  return mh_scrolled (inner);
}

static GtkWidget *
make_content (Dialog *dialog)
{
  GtkWidget *content = mh_vbox (0), *foot = mh_hbox (MH_GAP);
  dialog->form = mh_form_new (dialog->slot, dialog->kind->fields);
  dialog->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (dialog->save, "suggested-action");
  gtk_widget_set_tooltip_text (dialog->save, _ ("Save (Ctrl+Enter)"));
  gtk_widget_set_hexpand (dialog->save, TRUE);
  gtk_widget_set_halign (dialog->save, GTK_ALIGN_END);
  gtk_widget_add_css_class (foot, "mh-foot");
  g_signal_connect (dialog->form, "submit", G_CALLBACK (save_cb), dialog);
  g_signal_connect (dialog->save, "clicked", G_CALLBACK (save_cb), dialog);
  mh_box_append (foot, dialog->save);
  mh_box_append (content, padded (dialog->form));
  mh_box_append (content, foot);
  return content;
}

/* A setting that was never set comes with its default and without a version: it is made, not
 * changed. */
static void
begin (Dialog *dialog, MhRecord *record)
{
  if (record != NULL && mh_record_version (record) > 0)
    {
      mh_record_slot_show (dialog->slot, record);
      return;
    }
  mh_record_slot_begin (dialog->slot, NULL);
  MhRecord *edited = mh_record_slot_record (dialog->slot);
  for (guint i = MH_N_COMMON; record != NULL && i < dialog->kind->type->n_fields; i++)
    if (mh_record_has (record, i) && mh_field_is_text (&dialog->kind->type->fields[i])
        && (dialog->kind->type->fields[i].flags & MH_SERVER_SET) == 0)
      mh_record_set_text (edited, i, mh_record_text (record, i));
}

void
mh_admin_dialog_edit (GtkWidget *parent,
                      MhContext *context,
                      const MhAdminKind *kind,
                      MhRecord *record)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  g_autofree char *name = record != NULL ? mh_record_display (record) : NULL;
  g_autofree char *fresh
      = g_strdup_printf (_ ("New: %s"), g_dgettext (GETTEXT_PACKAGE, kind->type->label));
  dialog->kind = kind;
  dialog->slot = mh_record_slot_new (context, kind->type);
  g_set_weak_pointer (&dialog->opener, parent);
  begin (dialog, record);
  GtkWidget *content = make_content (dialog);
  dialog->window = mh_dialog_new (parent, name != NULL ? name : fresh, content, 720, 640);
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, dialog_free);
  gtk_window_present (dialog->window);
}

void
mh_admin_dialog_look (GtkWidget *parent, MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  GtkWidget *grid = gtk_grid_new ();
  int row = 0;
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      g_autofree char *text = mh_record_has (record, i) ? mh_words_value (record, i) : NULL;
      if (text == NULL || text[0] == 0)
        continue;
      GtkWidget *label = mh_label (mh_words_label (&type->fields[i]), "dim-label");
      GtkWidget *value = mh_label (text, NULL);
      gtk_label_set_wrap (GTK_LABEL (label), FALSE);
      gtk_widget_set_valign (label, GTK_ALIGN_START);
      gtk_label_set_selectable (GTK_LABEL (value), TRUE);
      gtk_widget_set_hexpand (value, TRUE);
      gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), value, 1, row++, 1, 1);
    }
  gtk_window_present (
      mh_dialog_new (parent, g_dgettext (GETTEXT_PACKAGE, type->label), padded (grid), 640, 560));
}
