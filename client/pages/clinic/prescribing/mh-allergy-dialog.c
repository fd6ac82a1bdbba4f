/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-allergy-dialog.h"

#include "client/models/mh-record-slot.h"
#include "client/pages/clinic/prescribing/mh-allergy-words.h"
#include "client/pages/mh-saved.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-form.h"
#include "shared/records/clinic/mh-allergy.h"
#include "shared/rules/clinic/mh-drug-meaning.h"

#include <glib/gi18n-lib.h>

struct _MhAllergyDialog
{
  MhDialog parent_instance;
  MhRecordSlot *slot;
  MhForm *form;
  GtkBox *place;
  GtkWidget *save;
  MhFormulary *formulary;
  GtkBox *hint; /* what the name means to the checks */
  GtkLabel *meaning;
  MhWrap *uses; /* the names that may be meant */
};

G_DEFINE_FINAL_TYPE (MhAllergyDialog, mh_allergy_dialog, MH_TYPE_DIALOG)

static void
allergy_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAllergyDialog) dialog = data;
  mh_saved (MH_DIALOG (dialog), MH_RECORD_SLOT (source), result, dialog->form, dialog->save,
            _ ("Noted"), _ ("Noted; it is sent as soon as the server is back"));
}

static void
allergy_dialog_save_cb (MhAllergyDialog *dialog)
{
  gboolean fresh = mh_record_slot_stored (dialog->slot) == NULL;
  if (!gtk_widget_get_sensitive (dialog->save) || !mh_form_check (dialog->form))
    return;
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_record_slot_save_async (dialog->slot, fresh ? "allergy.create" : "allergy.update", NULL,
                             allergy_dialog_saved_cb, g_object_ref (dialog));
}

/* --- what the name means to the checks --- */

static void allergy_dialog_use (gpointer owner, const char *unknown, const char *name);

static void
mh_allergy_dialog_show_meaning_cb (MhAllergyDialog *dialog)
{
  MhDrugBook *book = mh_formulary_book (dialog->formulary);
  MhRecord *allergy = mh_record_slot_record (dialog->slot);
  const char *said = allergy != NULL ? mh_record_text (allergy, MH_ALLERGY_SUBSTANCE) : NULL;

  mh_wrap_clear (dialog->uses);
  gtk_widget_set_visible (GTK_WIDGET (dialog->hint), FALSE);
  if (book == NULL || said == NULL)
    return;

  g_autoptr (MhDrugMeaning) meaning = mh_drug_meaning_of (book, said);
  g_autofree char *means = mh_drug_meaning_words (meaning);
  const char *unknown = meaning->unknown->len > 0 ? g_ptr_array_index (meaning->unknown, 0) : NULL;
  g_autofree char *text = NULL;

  if (unknown != NULL)
    {
      mh_allergy_words_offer (dialog->uses, book, unknown, allergy_dialog_use, dialog);
      text = g_strdup_printf (
          _ ("The formulary does not know “%s”: no prescription can be checked against it."),
          unknown);
    }
  else if (meaning->by_another_name)
    text = g_strdup_printf (_ ("Prescriptions are checked against %s."), means);

  if (text == NULL)
    return;

  gtk_label_set_text (dialog->meaning, text);
  gtk_widget_set_visible (GTK_WIDGET (dialog->hint), TRUE);
}

static void
allergy_dialog_use (gpointer owner, const char *unknown, const char *name)
{
  MhAllergyDialog *dialog = owner;
  MhRecord *allergy = mh_record_slot_record (dialog->slot);
  if (allergy == NULL)
    return;
  gtk_widget_grab_focus (mh_field_row_control (mh_form_row (dialog->form, "substance")));
  mh_record_set_text (allergy, MH_ALLERGY_SUBSTANCE, name);
  mh_record_slot_touched (dialog->slot, MH_ALLERGY_SUBSTANCE);
  mh_form_refresh (dialog->form);
  mh_allergy_dialog_show_meaning_cb (dialog);
}

static void
substance_cb (MhRecord *allergy, GParamSpec *spec, MhAllergyDialog *dialog)
{
  mh_allergy_dialog_show_meaning_cb (dialog);
}

static void
mh_allergy_dialog_class_init (MhAllergyDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/prescribing/mh-allergy-dialog"));
  gtk_widget_class_bind_template_child (widget, MhAllergyDialog, place);
  gtk_widget_class_bind_template_child (widget, MhAllergyDialog, save);
  gtk_widget_class_bind_template_child (widget, MhAllergyDialog, hint);
  gtk_widget_class_bind_template_child (widget, MhAllergyDialog, meaning);
  gtk_widget_class_bind_template_child (widget, MhAllergyDialog, uses);
  gtk_widget_class_bind_template_callback (widget, allergy_dialog_save_cb);
  mh_closures_bind (widget);
}

static void
mh_allergy_dialog_init (MhAllergyDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_allergy_dialog_edit (GtkWidget *opener,
                        MhContext *context,
                        MhFormulary *formulary,
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
      mh_record_slot_begin (dialog->slot, "allergy.new/");
      mh_record_set_text (mh_record_slot_record (dialog->slot), MH_ALLERGY_PATIENT_ID, patient_id);
      mh_record_set_text (mh_record_slot_record (dialog->slot), MH_ALLERGY_KIND,
                          MH_ALLERGY_KIND_ALLERGY);
    }

  dialog->form = MH_FORM (mh_form_new (dialog->slot, allergy != NULL ? all : fields));
  g_signal_connect_swapped (dialog->form, "submit", G_CALLBACK (allergy_dialog_save_cb), dialog);
  gtk_box_append (dialog->place, GTK_WIDGET (dialog->form));
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->formulary, g_object_ref (formulary));
  g_signal_connect_object (mh_record_slot_record (dialog->slot), "notify::substance",
                           G_CALLBACK (substance_cb), dialog, 0);
  g_signal_connect_object (formulary, "changed", G_CALLBACK (mh_allergy_dialog_show_meaning_cb),
                           dialog, G_CONNECT_SWAPPED);
  mh_allergy_dialog_show_meaning_cb (dialog);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
