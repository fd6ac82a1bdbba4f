/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/samples/mh-aliquot-dialog.h"

#include "client/models/mh-command.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "shared/records/lab/mh-storage.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_ALIQUOT_DIALOG (mh_aliquot_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhAliquotDialog, mh_aliquot_dialog, MH, ALIQUOT_DIALOG, MhDialog)

struct _MhAliquotDialog
{
  MhDialog parent_instance;
  char *sample_id;
  GtkLabel *tube, *problem;
  GtkSpinButton *count;
  GtkEditable *volume;
  GtkWidget *make;
};

G_DEFINE_FINAL_TYPE (MhAliquotDialog, mh_aliquot_dialog, MH_TYPE_DIALOG)

static void
aliquot_dialog_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAliquotDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (!mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    mh_dialog_end (MH_DIALOG (dialog), _ ("Aliquots made. Print their labels on the order."));
}

static void
make_cb (MhAliquotDialog *dialog)
{
  g_autoptr (MhRecord) request = mh_record_new (&mh_aliquoting_type);
  const char *args[] = { "id", dialog->sample_id, NULL };
  if (!gtk_widget_get_sensitive (dialog->make))
    return;
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_record_set_int (request, MH_ALIQUOTING_COUNT,
                     gtk_spin_button_get_value_as_int (dialog->count));
  mh_record_set_text (request, MH_ALIQUOTING_VOLUME_ML, gtk_editable_get_text (dialog->volume));
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "sample.aliquot", .args = args, .body = request }, NULL,
                    aliquot_dialog_made_cb, g_object_ref (dialog));
}

static void
mh_aliquot_dialog_finalize (GObject *object)
{
  g_free (MH_ALIQUOT_DIALOG (object)->sample_id);
  G_OBJECT_CLASS (mh_aliquot_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "volume_ml", "volume" },
  { NULL },
};

static void
mh_aliquot_dialog_class_init (MhAliquotDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "aliquot";
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_aliquot_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/samples/mh-aliquot-dialog"));
  gtk_widget_class_bind_template_child (widget, MhAliquotDialog, tube);
  gtk_widget_class_bind_template_child (widget, MhAliquotDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhAliquotDialog, count);
  gtk_widget_class_bind_template_child (widget, MhAliquotDialog, volume);
  gtk_widget_class_bind_template_child (widget, MhAliquotDialog, make);
  gtk_widget_class_bind_template_callback (widget, make_cb);
  mh_closures_bind (widget);
}

static void
mh_aliquot_dialog_init (MhAliquotDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_aliquot_dialog_show (GtkWidget *parent,
                        MhContext *context,
                        const char *sample_id,
                        const char *accession)
{
  MhAliquotDialog *dialog = g_object_new (MH_TYPE_ALIQUOT_DIALOG, "context", context, NULL);
  dialog->sample_id = g_strdup (sample_id);
  gtk_label_set_text (dialog->tube, accession);
  mh_dialog_about (MH_DIALOG (dialog), sample_id);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
