/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-look-dialog.h"

#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-words.h"
#include "shared/record/mh-field.h"

#define MH_TYPE_LOOK_DIALOG (mh_look_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhLookDialog, mh_look_dialog, MH, LOOK_DIALOG, MhDialog)

struct _MhLookDialog
{
  MhDialog parent_instance;
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (MhLookDialog, mh_look_dialog, MH_TYPE_DIALOG)

static void
mh_look_dialog_class_init (MhLookDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("people/admin/mh-look-dialog"));
  gtk_widget_class_bind_template_child (widget, MhLookDialog, grid);
}

static void
mh_look_dialog_init (MhLookDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

static void
look_dialog_add_row (MhLookDialog *dialog, int row, const char *name, const char *text)
{
  GtkWidget *label = mh_label (name, "dim-label"), *value = mh_label (text, NULL);
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (dialog->grid, label, 0, row, 1, 1);
  gtk_grid_attach (dialog->grid, value, 1, row, 1, 1);
}

void
mh_look_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *record)
{
  MhLookDialog *dialog = g_object_new (MH_TYPE_LOOK_DIALOG, "context", context, NULL);
  const MhRecordType *type = mh_record_type (record);
  int row = 0;
  gtk_window_set_title (GTK_WINDOW (dialog), g_dgettext (GETTEXT_PACKAGE, type->label));
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      g_autofree char *text = mh_record_has (record, i) ? mh_words_value (record, i) : NULL;
      if (text != NULL && text[0] != 0)
        look_dialog_add_row (dialog, row++, mh_words_label (&type->fields[i]), text);
    }
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
