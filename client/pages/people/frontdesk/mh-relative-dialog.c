/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-relative-dialog.h"

#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-shell.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/people/mh-family-link.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_RELATIVE_DIALOG (mh_relative_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhRelativeDialog, mh_relative_dialog, MH, RELATIVE_DIALOG, MhDialog)

struct _MhRelativeDialog
{
  MhDialog parent_instance;
  MhRecordList *patients;
  MhRecord *link;
  void (*done) (GtkWidget *opener);
  MhSearchEntry *search;
  GtkLabel *who, *problem;
  GtkDropDown *relation;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (MhRelativeDialog, mh_relative_dialog, MH_TYPE_DIALOG)

static void
relative_dialog_chosen_cb (MhSearchEntry *entry, MhRecord *patient, MhRelativeDialog *dialog)
{
  g_autofree char *detail = NULL;
  g_autofree char *name = mh_appointment_patient_words (patient, &detail);
  g_autofree char *text = g_strdup_printf ("%s · %s", name, detail);
  mh_record_set_text (dialog->link, MH_FAMILY_LINK_RELATIVE_ID, mh_record_id (patient));
  gtk_label_set_text (dialog->who, text);
  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  mh_refusal_set (GTK_WIDGET (dialog->search), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->relation));
}

static void
relative_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRelativeDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    return;
  if (opener != NULL)
    dialog->done (opener);
  mh_dialog_end (MH_DIALOG (dialog), NULL);
}

static void
relative_dialog_save_cb (MhRelativeDialog *dialog)
{
  const char *relation = mh_reasons_peek (dialog->relation);
  if (!gtk_widget_get_sensitive (dialog->save))
    return;

  if (!mh_record_has (dialog->link, MH_FAMILY_LINK_RELATIVE_ID))
    {
      mh_refusal_say (GTK_WIDGET (dialog->search), _ ("Say first who the relative is"),
                      dialog->problem);
      return;
    }

  if (relation == NULL)
    {
      mh_refusal_say (GTK_WIDGET (dialog->relation), _ ("Say what the relative is to the patient"),
                      dialog->problem);
      return;
    }

  mh_record_set_text (dialog->link, MH_FAMILY_LINK_RELATION, relation);
  g_autofree char *body = mh_record_to_json (dialog->link, MH_JSON_AS_INPUT);
  g_autofree char *key = mh_id_new ();

  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_fetch_async (mh_dialog_context (MH_DIALOG (dialog)),
                  &(MhFetch){ .route = "family.add", .body = body, .key = key },
                  mh_dialog_cancellable (MH_DIALOG (dialog)), relative_dialog_saved_cb,
                  g_object_ref (dialog));
}

static void
relative_dialog_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  relative_dialog_save_cb (MH_RELATIVE_DIALOG (widget));
}

static void
relative_dialog_begin (MhDialog *base)
{
  MhRelativeDialog *dialog = MH_RELATIVE_DIALOG (base);
  mh_dialog_keep (base, &dialog->patients,
                  mh_record_list_new (mh_dialog_context (base), "patient.list"));
  mh_search_entry_add (dialog->search, "avatar-default-symbolic", dialog->patients,
                       mh_appointment_patient_words);
  /* Nobody becomes a mother because it stood there first. */
  mh_reasons_fill (dialog->relation, mh_family_relation_codes);
}

static void
mh_relative_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_RELATIVE_DIALOG (object)->link);
  G_OBJECT_CLASS (mh_relative_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "relative_id", "search" },
  { NULL },
};

static void
mh_relative_dialog_class_init (MhRelativeDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_relative_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = relative_dialog_begin;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/frontdesk/mh-relative-dialog"));
  gtk_widget_class_bind_template_child (widget, MhRelativeDialog, search);
  gtk_widget_class_bind_template_child (widget, MhRelativeDialog, who);
  gtk_widget_class_bind_template_child (widget, MhRelativeDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhRelativeDialog, relation);
  gtk_widget_class_bind_template_child (widget, MhRelativeDialog, save);
  gtk_widget_class_bind_template_callback (widget, relative_dialog_save_cb);
  mh_closures_bind (widget);
  gtk_widget_class_install_action (widget, "relative.save", NULL, relative_dialog_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Return, GDK_CONTROL_MASK, "relative.save",
                                       NULL);
}

static void
mh_relative_dialog_init (MhRelativeDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  g_signal_connect_object (dialog->search, "chosen", G_CALLBACK (relative_dialog_chosen_cb), dialog,
                           0);
}

void
mh_relative_dialog_show (GtkWidget *opener,
                         MhContext *context,
                         MhRecord *patient,
                         void (*done) (GtkWidget *opener))
{
  MhRelativeDialog *dialog = g_object_new (MH_TYPE_RELATIVE_DIALOG, "context", context, NULL);
  dialog->done = done;
  dialog->link = mh_record_new (&mh_family_link_type);
  mh_record_take_text (dialog->link, MH_ID, mh_id_new ());
  mh_record_set_text (dialog->link, MH_FAMILY_LINK_PATIENT_ID, mh_record_id (patient));
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
