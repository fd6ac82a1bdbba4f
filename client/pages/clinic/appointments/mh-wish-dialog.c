/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-wish-dialog.h"

#include "client/models/mh-record-list.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/mh-saved.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/form/mh-form.h"
#include "shared/records/clinic/mh-appointment.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_WISH_DIALOG (mh_wish_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhWishDialog, mh_wish_dialog, MH, WISH_DIALOG, MhDialog)

struct _MhWishDialog
{
  MhDialog parent_instance;
  MhRecordList *schedules;
  MhRecordSlot *slot;
  MhForm *form;
  void (*done) (GtkWidget *opener);
  MhSearchEntry *search;
  GtkLabel *who;
  GtkBox *place;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (MhWishDialog, mh_wish_dialog, MH_TYPE_DIALOG)

static void
wish_dialog_show_patient (MhWishDialog *dialog, MhRecord *patient)
{
  g_autofree char *detail = NULL;
  g_autofree char *name = mh_appointment_patient_words (patient, &detail);
  g_autofree char *text = g_strdup_printf ("%s · %s", name, detail);
  mh_record_set_text (mh_record_slot_record (dialog->slot), MH_WAITING_PATIENT_ID,
                      mh_record_id (patient));
  gtk_label_set_text (dialog->who, text);
  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  mh_form_focus_empty (dialog->form);
}

static void
wish_dialog_patient_cb (MhSearchEntry *entry, MhRecord *patient, MhWishDialog *dialog)
{
  wish_dialog_show_patient (dialog, patient);
}

static void
wish_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhWishDialog) dialog = data;
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  if (mh_saved (MH_DIALOG (dialog), MH_RECORD_SLOT (source), result, dialog->form, dialog->save,
                _ ("On the waiting list"), NULL)
      && opener != NULL && dialog->done != NULL)
    dialog->done (opener);
}

static void
wish_dialog_save_cb (MhWishDialog *dialog)
{
  if (!gtk_widget_get_sensitive (dialog->save))
    return;

  if (!mh_record_has (mh_record_slot_record (dialog->slot), MH_WAITING_PATIENT_ID))
    {
      mh_dialog_complain (MH_DIALOG (dialog), _ ("Say first who waits"));
      gtk_widget_grab_focus (GTK_WIDGET (dialog->search));
      return;
    }

  if (!mh_form_check (dialog->form))
    return;

  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_record_slot_save_async (dialog->slot, "waiting.create", NULL, wish_dialog_saved_cb,
                             g_object_ref (dialog));
}

/* The first is proposed, in sight. */
static void
wish_dialog_schedules_cb (MhWishDialog *dialog)
{
  MhRecord *wish = mh_record_slot_record (dialog->slot);
  g_autoptr (MhRecord) first = g_list_model_get_item (G_LIST_MODEL (dialog->schedules), 0);
  if (first == NULL || mh_record_has (wish, MH_WAITING_SCHEDULE_ID))
    return;
  mh_record_set_text (wish, MH_WAITING_SCHEDULE_ID, mh_record_id (first));
  mh_form_refresh (dialog->form);
}

static void
wish_dialog_begin (MhDialog *base)
{
  static const char *const fields[]
      = { "schedule_id", "part", "from_date", "to_date", "urgent", "note", NULL };
  MhWishDialog *dialog = MH_WISH_DIALOG (base);
  MhContext *context = mh_dialog_context (base);

  mh_dialog_keep (base, &dialog->slot, mh_record_slot_new (context, &mh_waiting_type));
  mh_appointment_find_patients (dialog->search, context);
  mh_record_slot_begin (dialog->slot, NULL);
  mh_record_set_text (mh_record_slot_record (dialog->slot), MH_WAITING_PART, MH_WAITING_ANY);
  dialog->form = MH_FORM (mh_form_new (dialog->slot, fields));
  g_signal_connect_swapped (dialog->form, "submit", G_CALLBACK (wish_dialog_save_cb), dialog);
  gtk_box_append (dialog->place, GTK_WIDGET (dialog->form));
  mh_dialog_keep (base, &dialog->schedules, mh_record_list_new (context, "schedule.list"));
  g_signal_connect_object (dialog->schedules, "items-changed",
                           G_CALLBACK (wish_dialog_schedules_cb), dialog, G_CONNECT_SWAPPED);
  mh_record_list_set_args (dialog->schedules, (const char *[]){ "limit", "200", NULL });
}

static void
mh_wish_dialog_class_init (MhWishDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->begin = wish_dialog_begin;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/appointments/mh-wish-dialog"));
  gtk_widget_class_bind_template_child (widget, MhWishDialog, search);
  gtk_widget_class_bind_template_child (widget, MhWishDialog, who);
  gtk_widget_class_bind_template_child (widget, MhWishDialog, place);
  gtk_widget_class_bind_template_child (widget, MhWishDialog, save);
  gtk_widget_class_bind_template_callback (widget, wish_dialog_save_cb);
  mh_closures_bind (widget);
}

static void
mh_wish_dialog_init (MhWishDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  g_signal_connect_object (dialog->search, "chosen", G_CALLBACK (wish_dialog_patient_cb), dialog,
                           0);
}

void
mh_wish_dialog_show (GtkWidget *opener,
                     MhContext *context,
                     MhRecord *patient,
                     void (*done) (GtkWidget *opener))
{
  MhWishDialog *dialog = g_object_new (MH_TYPE_WISH_DIALOG, "context", context, NULL);
  dialog->done = done;
  if (patient != NULL)
    {
      wish_dialog_show_patient (dialog, patient);
      gtk_widget_set_visible (GTK_WIDGET (dialog->search), FALSE);
    }
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
