/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/mh-allergy-dialog.h"

#include "client/models/mh-record-slot.h"
#include "client/pages/mh-saved.h"
#include "client/widgets/mh-form.h"
#include "client/widgets/mh-key-button.h"
#include "client/widgets/mh-shell.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhAllergyDialog
{
  MhDialog parent_instance;
  MhRecordSlot *slot;
  MhForm *form;
  GtkBox *place;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (MhAllergyDialog, mh_allergy_dialog, MH_TYPE_DIALOG)

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAllergyDialog) dialog = data;
  mh_saved (MH_DIALOG (dialog), MH_RECORD_SLOT (source), result, dialog->form, dialog->save,
            _ ("Noted"), _ ("Noted; it is sent as soon as the server is back"));
}

static void
save_cb (MhAllergyDialog *dialog)
{
  gboolean fresh = mh_record_slot_stored (dialog->slot) == NULL;
  if (!gtk_widget_get_sensitive (dialog->save) || !mh_form_check (dialog->form))
    return;
  gtk_widget_set_sensitive (dialog->save, FALSE);
  mh_record_slot_save_async (dialog->slot, fresh ? "allergy.create" : "allergy.update", NULL,
                             saved_cb, g_object_ref (dialog));
}

static void
mh_allergy_dialog_class_init (MhAllergyDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("clinic/mh-allergy-dialog"));
  gtk_widget_class_bind_template_child (widget, MhAllergyDialog, place);
  gtk_widget_class_bind_template_child (widget, MhAllergyDialog, save);
  gtk_widget_class_bind_template_callback (widget, save_cb);
}

static void
mh_allergy_dialog_init (MhAllergyDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_allergy_dialog_edit (GtkWidget *opener,
                        MhContext *context,
                        const char *patient_id,
                        MhRecord *allergy)
{
  static const char *const fields[] = { "substance", "class_code", "kind", "severity", "reaction",
                                        "source",    "since",      "note", NULL };
  static const char *const all[] = { "substance", "class_code", "kind",  "severity", "reaction",
                                     "status",    "source",     "since", "note",     NULL };
  MhAllergyDialog *dialog = g_object_new (MH_TYPE_ALLERGY_DIALOG, "context", context, NULL);
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->slot,
                  mh_record_slot_new (context, &mh_allergy_type));
  if (allergy != NULL)
    mh_record_slot_show (dialog->slot, allergy);
  else
    {
      mh_record_slot_begin (dialog->slot, NULL);
      mh_record_set_text (mh_record_slot_record (dialog->slot), MH_ALLERGY_PATIENT_ID, patient_id);
      mh_record_set_text (mh_record_slot_record (dialog->slot), MH_ALLERGY_KIND,
                          MH_ALLERGY_KIND_ALLERGY);
    }
  dialog->form = MH_FORM (mh_form_new (dialog->slot, allergy != NULL ? all : fields));
  g_signal_connect_swapped (dialog->form, "submit", G_CALLBACK (save_cb), dialog);
  gtk_box_append (dialog->place, GTK_WIDGET (dialog->form));
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
