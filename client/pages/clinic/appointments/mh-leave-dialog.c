/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-leave-dialog.h"

#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/clinic/appointments/mh-booking-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/form/mh-typed-day.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-day.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_LEAVE_DIALOG (mh_leave_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhLeaveDialog, mh_leave_dialog, MH, LEAVE_DIALOG, MhDialog)

struct _MhLeaveDialog
{
  MhDialog parent_instance;
  MhRecordList *schedules;
  GListStore *to_move;
  char *schedule_id, *leave_id;
  void (*done) (GtkWidget *opener);
  GtkDropDown *schedule, *reason;
  GtkEntry *from, *to;
  GtkLabel *problem, *head;
  GtkStack *stack;
  MhRecordTable *table;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (MhLeaveDialog, mh_leave_dialog, MH_TYPE_DIALOG)

static char *
leave_dialog_when_text (MhRecord *booking)
{
  return mh_appointment_when (mh_record_int (booking, MH_APPOINTMENT_START_AT));
}

static const MhTableColumn columns[] = {
  { .title = N_ ("When"), .text = leave_dialog_when_text, .width = 140 },
  { .field = "patient_name", .width = 140, .expand = TRUE },
  { .field = "schedule_name", .width = 110 },
  { NULL },
};

static void
leave_dialog_schedules_cb (MhLeaveDialog *dialog)
{
  GListModel *schedules = G_LIST_MODEL (dialog->schedules);
  mh_appointment_fill_schedules (dialog->schedule, schedules, _ ("The whole hospital"));
  for (guint i = 0; i < g_list_model_get_n_items (schedules); i++)
    {
      g_autoptr (MhRecord) schedule = g_list_model_get_item (schedules, i);
      if (g_strcmp0 (mh_record_id (schedule), dialog->schedule_id) == 0)
        gtk_drop_down_set_selected (dialog->schedule, i + 1);
    }
}

static void
show_leave (MhLeaveDialog *dialog, MhRecord *leave)
{
  GPtrArray *bookings = mh_record_records (leave, MH_LEAVE_TO_MOVE);
  guint n = bookings != NULL ? bookings->len : 0;
  g_autofree char *head = g_strdup_printf (
      ngettext ("%u booking to move: press Enter on it to find another slot",
                "%u bookings to move: press Enter on each to find another slot", n),
      n);

  g_free (dialog->leave_id);
  dialog->leave_id = g_strdup (mh_record_id (leave));
  g_list_store_remove_all (dialog->to_move);
  for (guint i = 0; i < n; i++)
    g_list_store_append (dialog->to_move, g_ptr_array_index (bookings, i));
  gtk_label_set_text (dialog->head, n > 0 ? head : _ ("No bookings left to move"));
  gtk_stack_set_visible_child_name (dialog->stack, "bookings");
  gtk_widget_set_visible (dialog->save, FALSE);
}

static void
leave_dialog_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhLeaveDialog) dialog = data;
  g_autoptr (MhRecord) leave = mh_read_finish (result, NULL);
  if (leave != NULL && mh_dialog_context (MH_DIALOG (dialog)) != NULL)
    show_leave (dialog, leave);
}

static void
leave_dialog_moved_cb (GtkWidget *opener, MhRecord *answer)
{
  MhLeaveDialog *dialog = MH_LEAVE_DIALOG (opener);
  GtkWidget *page = mh_dialog_opener (MH_DIALOG (dialog));
  if (page != NULL)
    dialog->done (page);
  if (mh_dialog_context (MH_DIALOG (dialog)) != NULL)
    mh_read_async (mh_dialog_context (MH_DIALOG (dialog)), "leave.read", dialog->leave_id,
                   mh_dialog_cancellable (MH_DIALOG (dialog)), leave_dialog_again_cb,
                   g_object_ref (dialog));
}

static void
leave_dialog_activated_cb (MhLeaveDialog *dialog, MhRecord *booking)
{
  mh_booking_dialog_show (
      GTK_WIDGET (dialog), mh_dialog_context (MH_DIALOG (dialog)),
      &(MhBookingWanted){ .moving = booking,
                          .schedule_id = mh_record_text (booking, MH_APPOINTMENT_SCHEDULE_ID),
                          .done = leave_dialog_moved_cb });
}

static void
leave_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhLeaveDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  mh_dialog_set_busy (MH_DIALOG (dialog), FALSE);
  if (outcome == NULL)
    mh_appointment_refuse (MH_DIALOG (dialog), error, dialog->problem);
  else
    mh_dialog_done (MH_DIALOG (dialog));

  if (outcome == NULL || outcome->record == NULL)
    return;

  show_leave (dialog, outcome->record);
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  if (opener != NULL)
    dialog->done (opener);
}

static gboolean
leave_dialog_read_day (MhLeaveDialog *dialog, GtkEntry *entry, MhDate *out_day)
{
  if (mh_typed_day_parse (gtk_editable_get_text (GTK_EDITABLE (entry)), out_day))
    return TRUE;
  mh_refusal_say (GTK_WIDGET (entry), mh_typed_day_words (), dialog->problem);
  return FALSE;
}

static void
leave_dialog_save_cb (MhLeaveDialog *dialog)
{
  MhDate from, to;
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  g_autoptr (MhRecord) leave = mh_record_new (&mh_leave_type);
  g_autoptr (MhRecord) schedule
      = mh_appointment_chosen_schedule (dialog->schedule, G_LIST_MODEL (dialog->schedules), TRUE);

  if (!leave_dialog_read_day (dialog, dialog->from, &from)
      || !leave_dialog_read_day (dialog, dialog->to, &to))
    return;

  const char *reason = mh_reasons_get (dialog->reason, dialog->problem);
  if (reason == NULL)
    return;

  if (schedule != NULL && mh_record_has (schedule, MH_SCHEDULE_DOCTOR_ID))
    mh_record_set_text (leave, MH_LEAVE_DOCTOR_ID,
                        mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID));
  else if (schedule != NULL)
    mh_record_set_text (leave, MH_LEAVE_SCHEDULE_ID, mh_record_id (schedule));

  mh_record_set_int (leave, MH_LEAVE_START_AT, mh_when_midnight (from));
  mh_record_set_int (leave, MH_LEAVE_END_AT,
                     mh_when_midnight (mh_date_from_days (mh_date_to_days (to) + 1)));
  mh_record_set_text (leave, MH_LEAVE_REASON, reason);
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_command_async (context, &(MhCommand){ .route = "leave.create", .body = leave }, NULL,
                    leave_dialog_saved_cb, g_object_ref (dialog));
}

static void
leave_dialog_begin (MhDialog *base)
{
  MhLeaveDialog *dialog = MH_LEAVE_DIALOG (base);
  mh_dialog_keep (base, &dialog->schedules,
                  mh_record_list_new (mh_dialog_context (base), "schedule.list"));
  mh_dialog_keep (base, &dialog->to_move, g_list_store_new (MH_TYPE_RECORD));
  mh_record_table_setup (dialog->table, "to-move", &mh_appointment_type, columns,
                         G_LIST_MODEL (dialog->to_move), MH_TABLE_SINGLE);
  g_signal_connect_object (dialog->schedules, "items-changed",
                           G_CALLBACK (leave_dialog_schedules_cb), dialog, G_CONNECT_SWAPPED);
  mh_record_list_set_args (dialog->schedules, (const char *[]){ "limit", "200", NULL });
}

static void
mh_leave_dialog_finalize (GObject *object)
{
  g_free (MH_LEAVE_DIALOG (object)->schedule_id);
  g_free (MH_LEAVE_DIALOG (object)->leave_id);
  G_OBJECT_CLASS (mh_leave_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "start_at", "from" },        { "end_at", "to" }, { "doctor_id", "schedule" },
  { "schedule_id", "schedule" }, { NULL },
};

static void
mh_leave_dialog_class_init (MhLeaveDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "leave";
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_leave_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = leave_dialog_begin;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/appointments/mh-leave-dialog"));
  gtk_widget_class_bind_template_child (widget, MhLeaveDialog, schedule);
  gtk_widget_class_bind_template_child (widget, MhLeaveDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhLeaveDialog, from);
  gtk_widget_class_bind_template_child (widget, MhLeaveDialog, to);
  gtk_widget_class_bind_template_child (widget, MhLeaveDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhLeaveDialog, head);
  gtk_widget_class_bind_template_child (widget, MhLeaveDialog, stack);
  gtk_widget_class_bind_template_child (widget, MhLeaveDialog, table);
  gtk_widget_class_bind_template_child (widget, MhLeaveDialog, save);
  gtk_widget_class_bind_template_callback (widget, leave_dialog_save_cb);
  gtk_widget_class_bind_template_callback (widget, leave_dialog_activated_cb);
  mh_closures_bind (widget);
}

static void
mh_leave_dialog_init (MhLeaveDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  mh_reasons_fill (dialog->reason, mh_leave_reason_codes);
}

void
mh_leave_dialog_show (GtkWidget *opener,
                      MhContext *context,
                      const char *schedule_id,
                      MhDate day,
                      void (*done) (GtkWidget *opener))
{
  MhLeaveDialog *dialog = g_object_new (MH_TYPE_LEAVE_DIALOG, "context", context, NULL);
  g_autofree char *text = mh_day_typed (day);
  dialog->schedule_id = g_strdup (schedule_id);
  dialog->done = done;
  gtk_editable_set_text (GTK_EDITABLE (dialog->from), text);
  gtk_editable_set_text (GTK_EDITABLE (dialog->to), text);
  mh_dialog_about (MH_DIALOG (dialog), schedule_id);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}

void
mh_leave_dialog_look (GtkWidget *opener,
                      MhContext *context,
                      const char *leave_id,
                      void (*done) (GtkWidget *opener))
{
  MhLeaveDialog *dialog = g_object_new (MH_TYPE_LEAVE_DIALOG, "context", context, NULL);
  dialog->done = done;
  gtk_stack_set_visible_child_name (dialog->stack, "bookings");
  gtk_widget_set_visible (dialog->save, FALSE);
  mh_read_async (context, "leave.read", leave_id, mh_dialog_cancellable (MH_DIALOG (dialog)),
                 leave_dialog_again_cb, g_object_ref (dialog));
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
