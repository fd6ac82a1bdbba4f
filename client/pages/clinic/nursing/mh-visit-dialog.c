/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-visit-dialog.h"

#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"

#include <glib/gi18n-lib.h>

struct _MhVisitDialog
{
  MhDialog parent_instance;
  MhRecordList *patients, *scanned;
  MhRecord *patient;
  MhSearchEntry *search;
  GtkLabel *who, *problem;
  GtkDropDown *kind;
  GtkEditable *complaint, *place;
};

G_DEFINE_FINAL_TYPE (MhVisitDialog, mh_visit_dialog, MH_TYPE_DIALOG)

static void
visit_dialog_complain (MhVisitDialog *dialog, const char *words)
{
  gtk_label_set_text (dialog->problem, words != NULL ? words : "");
}

static void
visit_dialog_chosen_cb (MhVisitDialog *dialog, MhRecord *patient)
{
  char today[11];
  g_set_object (&dialog->patient, patient);
  g_autofree char *name = mh_words_patient (patient);
  g_autofree char *age
      = mh_words_age_sex (mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                          mh_record_text (patient, MH_PATIENT_SEX), mh_when_today_text (today));
  g_autofree char *mrn = mh_words_mrn (mh_record_text (patient, MH_PATIENT_MRN));
  g_autofree char *who = g_strdup_printf ("%s %s · %s", name, age != NULL ? age : "", mrn);

  gtk_label_set_text (dialog->who, who);
  mh_search_entry_set_text (dialog->search, "");
  visit_dialog_complain (dialog, NULL);
  mh_refusal_set (GTK_WIDGET (dialog->search), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->complaint));
}

/* Of a wristband or a card. */
static void
visit_dialog_found_cb (MhVisitDialog *dialog)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (dialog->scanned)) == 0)
    return;
  g_autoptr (MhRecord) patient = g_list_model_get_item (G_LIST_MODEL (dialog->scanned), 0);
  visit_dialog_chosen_cb (dialog, patient);
}

static void
visit_dialog_scanned_cb (MhVisitDialog *dialog, int kind, const char *code)
{
  const char *args[] = { "mrn", code, NULL };
  if (kind == MH_SCAN_MRN)
    mh_record_list_set_args (dialog->scanned, args);
  else
    visit_dialog_complain (dialog, _ ("This is not a patient's code."));
}

/* --- saving --- */

static void
visit_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVisitDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));

  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    return;

  if (opener != NULL)
    {
      mh_shell_toast (opener, outcome->waiting ? _ ("Kept here until the server is back")
                                               : _ ("Visit opened"));
      if (outcome->record != NULL)
        mh_shell_go (opener, "nursing", mh_record_id (outcome->record));
    }

  mh_dialog_end (MH_DIALOG (dialog), NULL);
}

/* As the list shows it until the server has answered. */
static MhRecord *
as_seen (MhRecord *visit, MhRecord *patient)
{
  static const struct
  {
    guint from, to;
  } copied[] = { { MH_PATIENT_MRN, MH_VISIT_PATIENT_MRN },
                 { MH_PATIENT_SEX, MH_VISIT_PATIENT_SEX },
                 { MH_PATIENT_BIRTH_DATE, MH_VISIT_PATIENT_BIRTH_DATE } };
  MhRecord *seen = mh_record_copy (visit);

  mh_record_take_text (seen, MH_VISIT_PATIENT_NAME, mh_patient_name (patient));
  mh_record_set_text (seen, MH_VISIT_STATUS, MH_VISIT_REGISTERED);
  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    mh_record_set_text (seen, copied[i].to, mh_record_text (patient, copied[i].from));
  return seen;
}

static void
visit_dialog_put_text (MhRecord *visit, guint field, GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  if (*text != 0)
    mh_record_set_text (visit, field, text);
}

static void
visit_dialog_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhVisitDialog *dialog = MH_VISIT_DIALOG (widget);
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  if (context == NULL)
    return;

  if (dialog->patient == NULL)
    {
      mh_refusal_say (GTK_WIDGET (dialog->search), _ ("Choose the patient first."),
                      dialog->problem);
      return;
    }

  g_autoptr (MhRecord) visit = mh_record_new (&mh_visit_type);
  mh_record_take_text (visit, MH_ID, mh_id_new ());
  mh_record_set_text (visit, MH_VISIT_PATIENT_ID, mh_record_id (dialog->patient));
  mh_record_set_text (visit, MH_VISIT_KIND,
                      mh_visit_kind_codes[gtk_drop_down_get_selected (dialog->kind)].code);
  mh_record_set_int (visit, MH_VISIT_ARRIVED_AT, mh_when_now ());
  visit_dialog_put_text (visit, MH_VISIT_COMPLAINT, dialog->complaint);
  visit_dialog_put_text (visit, MH_VISIT_PLACE, dialog->place);

  g_autoptr (MhRecord) seen = as_seen (visit, dialog->patient);
  mh_command_async (context,
                    &(MhCommand){ .route = "visit.open", .body = visit, .optimistic = seen }, NULL,
                    visit_dialog_saved_cb, g_object_ref (dialog));
}

/* --- making it --- */

static void
visit_dialog_begin (MhDialog *base)
{
  MhVisitDialog *dialog = MH_VISIT_DIALOG (base);
  mh_dialog_keep (base, &dialog->patients,
                  mh_record_list_new (mh_dialog_context (base), "patient.list"));
  mh_dialog_keep (base, &dialog->scanned,
                  mh_record_list_new (mh_dialog_context (base), "patient.list"));
  g_signal_connect_object (dialog->scanned, "items-changed", G_CALLBACK (visit_dialog_found_cb),
                           dialog, G_CONNECT_SWAPPED);
  mh_search_entry_add (dialog->search, "avatar-default-symbolic", dialog->patients,
                       mh_appointment_patient_words);
  mh_fill_codes (dialog->kind, mh_visit_kind_codes);

  /* who comes by appointment is checked in by it: here come emergencies */
  for (guint i = 0; mh_visit_kind_codes[i].code != NULL; i++)
    if (g_str_equal (mh_visit_kind_codes[i].code, MH_VISIT_EMERGENCY))
      gtk_drop_down_set_selected (dialog->kind, i);
}

static void
mh_visit_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_VISIT_DIALOG (object)->patient);
  G_OBJECT_CLASS (mh_visit_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "patient_id", "search" },
  { NULL },
};

static void
mh_visit_dialog_class_init (MhVisitDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "visit";
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_visit_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = visit_dialog_begin;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/nursing/mh-visit-dialog"));
  gtk_widget_class_bind_template_child (widget, MhVisitDialog, search);
  gtk_widget_class_bind_template_child (widget, MhVisitDialog, who);
  gtk_widget_class_bind_template_child (widget, MhVisitDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhVisitDialog, kind);
  gtk_widget_class_bind_template_child (widget, MhVisitDialog, complaint);
  gtk_widget_class_bind_template_child (widget, MhVisitDialog, place);
  gtk_widget_class_bind_template_callback (widget, visit_dialog_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, visit_dialog_scanned_cb);
  gtk_widget_class_install_action (widget, "visit.open", NULL, visit_dialog_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "visit.open", NULL);
}

static void
mh_visit_dialog_init (MhVisitDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_visit_dialog_show (GtkWidget *opener, MhContext *context)
{
  MhVisitDialog *dialog = g_object_new (MH_TYPE_VISIT_DIALOG, "context", context, NULL);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
