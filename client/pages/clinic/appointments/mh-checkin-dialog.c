/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-checkin-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/media/mh-document-print.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-appointment.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_CHECKIN_DIALOG (mh_checkin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhCheckinDialog, mh_checkin_dialog, MH, CHECKIN_DIALOG, MhDialog)

struct _MhCheckinDialog
{
  MhDialog parent_instance;
  MhRecord *patient;
  char today[MH_DATE_LENGTH + 1];
  MhRecordList *schedules, *all;
  GtkFilterListModel *bookings;
  char *token_id;
  gboolean touched; /* a person has chosen between booking and queue */
  void (*done) (GtkWidget *opener);
  GtkStack *stack;
  GtkLabel *who, *problem, *number, *said;
  MhRecordTable *table;
  GtkCheckButton *booked, *walk_in;
  GtkDropDown *schedule;
  GtkCheckButton *urgent;
  GtkEntry *complaint;
  GtkWidget *save, *booked_part, *walk_in_part, *print;
};

G_DEFINE_FINAL_TYPE (MhCheckinDialog, mh_checkin_dialog, MH_TYPE_DIALOG)

static MhContext *
checkin_dialog_context_of (MhCheckinDialog *dialog)
{
  return mh_dialog_context (MH_DIALOG (dialog));
}

/* --- bookings of today --- */

static char *
checkin_dialog_when_text (MhRecord *booking)
{
  return mh_words_time (mh_record_int (booking, MH_APPOINTMENT_START_AT));
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Time"), .text = checkin_dialog_when_text, .width = 60 },
  { .field = "schedule_name", .width = 130, .expand = TRUE },
  { .field = "status", .width = 110 },
  { NULL },
};

static gboolean
is_expected_today (gpointer item, gpointer data)
{
  MhCheckinDialog *dialog = data;
  const char *status = mh_record_text (item, MH_APPOINTMENT_STATUS);
  return g_strcmp0 (mh_record_text (item, MH_APPOINTMENT_DAY), dialog->today) == 0
         && g_strcmp0 (mh_record_text (item, MH_APPOINTMENT_PATIENT_ID),
                       mh_record_id (dialog->patient))
                == 0
         && (g_strcmp0 (status, MH_APPOINTMENT_BOOKED) == 0
             || g_strcmp0 (status, MH_APPOINTMENT_NO_SHOW) == 0);
}

static gboolean
is_booked (MhCheckinDialog *dialog)
{
  return gtk_check_button_get_active (dialog->booked);
}

static void
checkin_dialog_show_parts (MhCheckinDialog *dialog)
{
  gboolean any
      = dialog->bookings != NULL && g_list_model_get_n_items (G_LIST_MODEL (dialog->bookings)) > 0;
  gtk_widget_set_visible (dialog->booked_part, any);
  mh_sensitive_set (dialog->walk_in_part, !any || !is_booked (dialog));
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->table), is_booked (dialog));
  mh_key_button_set_text (MH_KEY_BUTTON (dialog->save),
                          any && is_booked (dialog) ? _ ("_Check in") : _ ("Give a _token"));
}

static void
checkin_dialog_choice_cb (MhCheckinDialog *dialog)
{
  dialog->touched = TRUE;
  checkin_dialog_show_parts (dialog);
}

/* Whoever is booked is checked in for that, unless a person says otherwise. */
static void
checkin_dialog_bookings_cb (MhCheckinDialog *dialog)
{
  g_autoptr (MhRecord) first = g_list_model_get_item (G_LIST_MODEL (dialog->bookings), 0);
  if (!dialog->touched)
    {
      gtk_check_button_set_active (first != NULL ? dialog->booked : dialog->walk_in, TRUE);
      dialog->touched = FALSE;
    }
  if (first != NULL && mh_record_table_current (dialog->table) == NULL)
    mh_record_table_select (dialog->table, mh_record_id (first));
  checkin_dialog_show_parts (dialog);
}

static void
checkin_dialog_schedules_cb (MhCheckinDialog *dialog)
{
  mh_appointment_fill_schedules (dialog->schedule, G_LIST_MODEL (dialog->schedules), NULL);
}

/* --- doing --- */

static void
show_given (MhCheckinDialog *dialog, MhRecord *record, gboolean waiting)
{
  gboolean is_token = record != NULL && mh_record_type (record) == &mh_token_type;
  const char *label = record == NULL ? NULL
                      : is_token     ? mh_record_text (record, MH_TOKEN_LABEL)
                                     : mh_record_text (record, MH_APPOINTMENT_TOKEN_LABEL);
  const char *where = record == NULL ? NULL
                      : is_token     ? mh_record_text (record, MH_TOKEN_SCHEDULE_NAME)
                                     : mh_record_text (record, MH_APPOINTMENT_SCHEDULE_NAME);

  g_free (dialog->token_id);
  dialog->token_id = record == NULL
                         ? NULL
                         : g_strdup (is_token ? mh_record_id (record)
                                              : mh_record_text (record, MH_APPOINTMENT_TOKEN_ID));
  gtk_label_set_text (dialog->number, waiting || label == NULL ? "✓" : label);
  gtk_label_set_text (dialog->said, waiting ? _ ("Kept here until the server is back; the number "
                                                 "comes with it. Call by name until then.")
                                    : where != NULL ? where
                                                    : "");
  gtk_widget_set_visible (dialog->print, !waiting && dialog->token_id != NULL);
  gtk_stack_set_visible_child_name (dialog->stack, "given");
  gtk_widget_grab_focus (dialog->print);
}

static void
checkin_dialog_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCheckinDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));

  if (outcome != NULL && opener != NULL && dialog->done != NULL)
    dialog->done (opener);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  mh_dialog_set_busy (MH_DIALOG (dialog), FALSE);
  if (outcome != NULL)
    {
      mh_dialog_done (MH_DIALOG (dialog));
      show_given (dialog, outcome->record, outcome->waiting);
      return;
    }

  mh_appointment_refuse (MH_DIALOG (dialog), error, dialog->problem);
}

static void
checkin_dialog_give_token (MhCheckinDialog *dialog)
{
  g_autoptr (MhRecord) schedule
      = mh_appointment_chosen_schedule (dialog->schedule, G_LIST_MODEL (dialog->schedules), FALSE);
  const char *complaint = gtk_editable_get_text (GTK_EDITABLE (dialog->complaint));

  if (schedule == NULL)
    {
      mh_refusal_say (GTK_WIDGET (dialog->schedule), _ ("Choose whose queue it is first"),
                      dialog->problem);
      return;
    }

  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_appointment_submit_token (mh_dialog_context (MH_DIALOG (dialog)),
                               &(MhTokenWanted){ schedule, dialog->patient,
                                                 gtk_check_button_get_active (dialog->urgent)
                                                     ? MH_TOKEN_URGENT
                                                     : MH_TOKEN_WALK_IN,
                                                 complaint },
                               checkin_dialog_answered_cb, g_object_ref (dialog));
}

static void
checkin_dialog_save_cb (MhCheckinDialog *dialog)
{
  MhRecord *booking = mh_record_table_current (dialog->table);
  if (!gtk_widget_get_sensitive (dialog->save)
      || g_strcmp0 (gtk_stack_get_visible_child_name (dialog->stack), "given") == 0)
    return;

  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  if (!is_booked (dialog) || booking == NULL)
    {
      checkin_dialog_give_token (dialog);
      return;
    }

  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_appointment_submit_arrival (checkin_dialog_context_of (dialog), booking,
                                 checkin_dialog_answered_cb, g_object_ref (dialog));
}

static void
checkin_dialog_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCheckinDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  if (answer == NULL)
    {
      g_autofree char *words = error != NULL ? mh_words_error (error) : g_strdup ("");
      gtk_label_set_text (dialog->said, words);
      return;
    }

  mh_document_print_pdf (GTK_WIDGET (dialog),
                         &(MhPrintWanted){ .printer = MH_PRINTER_RECEIPTS, .name = _ ("Token") },
                         answer);
}

static void
checkin_dialog_print_cb (MhCheckinDialog *dialog)
{
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  const char *args[] = { "id", dialog->token_id, NULL };
  if (dialog->token_id != NULL)
    mh_fetch_async (context, &(MhFetch){ .route = "token.slip", .args = args },
                    mh_dialog_cancellable (MH_DIALOG (dialog)), checkin_dialog_fetched_cb,
                    g_object_ref (dialog));
}

static void
checkin_dialog_close_cb (MhCheckinDialog *dialog)
{
  gtk_window_close (GTK_WINDOW (dialog));
}

static gboolean
checkin_dialog_key_cb (MhCheckinDialog *dialog, guint key, guint code, GdkModifierType state)
{
  if ((state & GDK_CONTROL_MASK) == 0 || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  checkin_dialog_save_cb (dialog);
  return GDK_EVENT_STOP;
}

/* --- making it --- */

/* Today is the hospital's. */
static void
checkin_dialog_begin (MhDialog *base)
{
  MhCheckinDialog *dialog = MH_CHECKIN_DIALOG (base);
  MhContext *context = mh_dialog_context (base);
  mh_when_today_text (dialog->today);
  mh_dialog_keep (base, &dialog->schedules, mh_record_list_new (context, "schedule.list"));
  mh_dialog_keep (base, &dialog->all, mh_record_list_new (context, "appointment.list"));
  mh_dialog_keep (base, &dialog->bookings,
                  gtk_filter_list_model_new (
                      g_object_ref (G_LIST_MODEL (dialog->all)),
                      GTK_FILTER (gtk_custom_filter_new (is_expected_today, dialog, NULL))));
  mh_record_table_setup (dialog->table, "check-in", &mh_appointment_type, columns,
                         G_LIST_MODEL (dialog->bookings), MH_TABLE_SINGLE);
  g_signal_connect_object (dialog->bookings, "items-changed",
                           G_CALLBACK (checkin_dialog_bookings_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog->schedules, "items-changed",
                           G_CALLBACK (checkin_dialog_schedules_cb), dialog, G_CONNECT_SWAPPED);
}

static void
mh_checkin_dialog_finalize (GObject *object)
{
  MhCheckinDialog *dialog = MH_CHECKIN_DIALOG (object);
  g_clear_object (&dialog->patient);
  g_free (dialog->token_id);
  G_OBJECT_CLASS (mh_checkin_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "schedule_id", "schedule" },
  { NULL },
};

static void
mh_checkin_dialog_class_init (MhCheckinDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "checkin";
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_checkin_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = checkin_dialog_begin;

  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/appointments/mh-checkin-dialog"));

  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, stack);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, who);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, number);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, said);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, table);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, booked);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, walk_in);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, schedule);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, urgent);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, complaint);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, save);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, booked_part);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, walk_in_part);
  gtk_widget_class_bind_template_child (widget, MhCheckinDialog, print);

  gtk_widget_class_bind_template_callback (widget, checkin_dialog_choice_cb);
  gtk_widget_class_bind_template_callback (widget, checkin_dialog_save_cb);
  gtk_widget_class_bind_template_callback (widget, checkin_dialog_print_cb);
  gtk_widget_class_bind_template_callback (widget, checkin_dialog_close_cb);
  mh_closures_bind (widget);
}

static void
mh_checkin_dialog_init (MhCheckinDialog *dialog)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (dialog));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (checkin_dialog_key_cb), dialog,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
}

void
mh_checkin_dialog_show (GtkWidget *opener,
                        MhContext *context,
                        MhRecord *patient,
                        void (*done) (GtkWidget *opener))
{
  MhCheckinDialog *dialog = g_object_new (MH_TYPE_CHECKIN_DIALOG, "context", context, NULL);
  g_autofree char *detail = NULL;
  g_autofree char *name = mh_appointment_patient_words (patient, &detail);
  g_autofree char *text = g_strdup_printf ("%s · %s", name, detail);
  const char *args[] = { "limit", "50", "patient", mh_record_id (patient), NULL };

  dialog->patient = g_object_ref (patient);
  dialog->done = done;
  gtk_label_set_text (dialog->who, text);
  mh_record_list_set_args (dialog->schedules, (const char *[]){ "limit", "200", NULL });
  mh_record_list_set_args (dialog->all, args);
  checkin_dialog_bookings_cb (dialog);
  mh_dialog_about (MH_DIALOG (dialog), mh_record_id (patient));
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
