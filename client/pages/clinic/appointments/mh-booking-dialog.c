/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-booking-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_BOOKING_DIALOG (mh_booking_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhBookingDialog, mh_booking_dialog, MH, BOOKING_DIALOG, MhDialog)

struct _MhBookingDialog
{
  MhDialog parent_instance;
  MhRecordList *schedules, *slots;
  MhRecord *patient, *moving, *wish;
  char *schedule_id; /* with which it was opened */
  char *chosen_id;   /* schedule of the chosen slot */
  gint64 start;
  char *hold_id;     /* of the slot that is chosen */
  gboolean own_hold; /* kept by this dialog, not for who waits */
  MhBookingDone done;
  MhSearchEntry *search;
  MhRecordTable *table;
  GtkLabel *who, *when, *problem;
  GtkDropDown *schedule, *kind, *every, *overbook;
  GtkEntry *reason;
  GtkSpinButton *times;
  GtkWidget *save, *first, *overbook_box, *again_box, *kind_box;
};

G_DEFINE_FINAL_TYPE (MhBookingDialog, mh_booking_dialog, MH_TYPE_DIALOG)

static const gint64 periods[] = { 7, 14, 28, 1 };

static MhContext *
booking_dialog_context_of (MhBookingDialog *dialog)
{
  return mh_dialog_context (MH_DIALOG (dialog));
}

static void
booking_dialog_complain (MhBookingDialog *dialog, const GError *error)
{
  if (error != NULL)
    mh_appointment_refuse (MH_DIALOG (dialog), error, dialog->problem);
  else
    mh_dialog_complain (MH_DIALOG (dialog), NULL);
}

static void
booking_dialog_show_state (MhBookingDialog *dialog)
{
  g_autofree char *when = dialog->start > 0 ? mh_appointment_when (dialog->start) : NULL;
  g_autofree char *name = dialog->patient != NULL ? mh_words_patient (dialog->patient) : NULL;
  const char *moved = dialog->moving != NULL
                          ? mh_record_text (dialog->moving, MH_APPOINTMENT_PATIENT_NAME)
                          : NULL;
  const char *wished
      = dialog->wish != NULL ? mh_record_text (dialog->wish, MH_WAITING_PATIENT_NAME) : NULL;
  const char *shown = moved != NULL ? moved : wished != NULL ? wished : name;
  gtk_label_set_text (dialog->who, shown != NULL ? shown : _ ("Find the patient first"));
  gtk_label_set_text (dialog->when, when != NULL ? when : _ ("Choose a slot"));
  gtk_widget_set_sensitive (dialog->save, shown != NULL && dialog->start > 0);
}

/* --- keeping the slot while one decides --- */

static void
ignored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, NULL);
}

static void
booking_dialog_release (MhBookingDialog *dialog)
{
  const char *args[] = { "id", dialog->hold_id, NULL };
  if (dialog->hold_id == NULL || mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;
  /* what is kept for somebody on the waiting list stays theirs */
  if (dialog->own_hold)
    mh_command_async (booking_dialog_context_of (dialog),
                      &(MhCommand){ .route = "slot_hold.release", .args = args }, NULL, ignored_cb,
                      NULL);
  g_clear_pointer (&dialog->hold_id, g_free);
}

static void
held_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhBookingDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  booking_dialog_complain (dialog, error);
  if (outcome == NULL || outcome->record == NULL)
    {
      mh_record_list_reload (dialog->slots);
      return;
    }

  booking_dialog_release (dialog);
  dialog->hold_id = g_strdup (mh_record_id (outcome->record));
  dialog->own_hold = TRUE;
  if (mh_record_int (outcome->record, MH_HOLD_START_AT) != dialog->start)
    booking_dialog_release (dialog);
}

static void
booking_dialog_choose (MhBookingDialog *dialog, const char *schedule_id, gint64 start)
{
  g_autoptr (MhRecord) hold = mh_record_new (&mh_slot_hold_type);
  if (start == dialog->start && g_strcmp0 (schedule_id, dialog->chosen_id) == 0)
    return;

  g_free (dialog->chosen_id);
  dialog->chosen_id = g_strdup (schedule_id);
  dialog->start = start;
  gtk_widget_set_visible (dialog->overbook_box, FALSE);
  booking_dialog_show_state (dialog);
  mh_record_set_text (hold, MH_HOLD_SCHEDULE_ID, schedule_id);
  mh_record_set_int (hold, MH_HOLD_START_AT, start);
  mh_command_async (booking_dialog_context_of (dialog),
                    &(MhCommand){ .route = "slot_hold.create", .body = hold }, NULL, held_cb,
                    g_object_ref (dialog));
}

/* --- free slots --- */

static char *
slot_when (MhRecord *slot)
{
  return mh_appointment_when (mh_record_int (slot, MH_SLOT_START_AT));
}

static char *
slot_free (MhRecord *slot)
{
  return g_strdup_printf ("%d/%d", (int)mh_record_int (slot, MH_SLOT_FREE),
                          (int)mh_record_int (slot, MH_SLOT_CAPACITY));
}

static const MhTableColumn columns[] = {
  { .title = N_ ("When"), .text = slot_when, .width = 140 },
  { .field = "name", .width = 120, .expand = TRUE },
  { .field = "room_name", .width = 60 },
  { .title = N_ ("Free"), .text = slot_free, .width = 50 },
  { NULL },
};

static void
search_slots_cb (MhBookingDialog *dialog)
{
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL || dialog->slots == NULL)
    return;

  g_autoptr (MhRecord) schedule
      = mh_appointment_chosen_schedule (dialog->schedule, G_LIST_MODEL (dialog->schedules), TRUE);
  const char *args[] = { "limit",
                         "40",
                         "days",
                         "14",
                         schedule != NULL ? "schedule" : NULL,
                         schedule != NULL ? mh_record_id (schedule) : NULL,
                         NULL };

  mh_record_list_set_args (dialog->slots, args);
}

static void
booking_dialog_schedules_cb (MhBookingDialog *dialog)
{
  GListModel *schedules = G_LIST_MODEL (dialog->schedules);
  mh_appointment_fill_schedules (dialog->schedule, schedules, _ ("Anybody"));
  for (guint i = 0; i < g_list_model_get_n_items (schedules); i++)
    {
      g_autoptr (MhRecord) schedule = g_list_model_get_item (schedules, i);
      if (g_strcmp0 (mh_record_id (schedule), dialog->schedule_id) == 0)
        gtk_drop_down_set_selected (dialog->schedule, i + 1);
    }
  search_slots_cb (dialog);
}

static void
slot_cb (MhBookingDialog *dialog)
{
  MhRecord *slot = mh_record_table_current (dialog->table);
  if (slot != NULL && gtk_widget_get_mapped (GTK_WIDGET (dialog)))
    booking_dialog_choose (dialog, mh_record_text (slot, MH_SLOT_SCHEDULE_ID),
                           mh_record_int (slot, MH_SLOT_START_AT));
}

static void
first_cb (MhBookingDialog *dialog)
{
  g_autoptr (MhRecord) slot = g_list_model_get_item (G_LIST_MODEL (dialog->slots), 0);
  if (slot != NULL)
    booking_dialog_choose (dialog, mh_record_text (slot, MH_SLOT_SCHEDULE_ID),
                           mh_record_int (slot, MH_SLOT_START_AT));
}

static void
booking_dialog_patient_cb (MhSearchEntry *entry, MhRecord *patient, MhBookingDialog *dialog)
{
  g_set_object (&dialog->patient, patient);
  booking_dialog_show_state (dialog);
  gtk_widget_grab_focus (dialog->start > 0 ? dialog->save : dialog->first);
}

/* --- booking --- */

/* "Booked: Mon 23 Nov, 09:15"; of several, which were left out because they are taken. */
static char *
booked_words (MhBookingDialog *dialog, MhRecord *answer)
{
  g_autofree char *when = mh_appointment_when (dialog->start);
  if (answer == NULL || mh_record_type (answer) != &mh_series_request_type)
    return g_strdup_printf (_ ("Booked: %s"), when);

  const char *const *out = mh_record_list (answer, MH_SERIES_REQUEST_NOT_BOOKED);
  GPtrArray *in = mh_record_records (answer, MH_SERIES_REQUEST_BOOKED);
  guint n = in != NULL ? in->len : 0;
  g_autofree char *booked = g_strdup_printf (
      ngettext ("Booked %u time from %s", "Booked %u times from %s", n), n, when);

  if (out == NULL || out[0] == NULL)
    return g_steal_pointer (&booked);

  g_autoptr (GString) days = g_string_new (NULL);
  for (guint i = 0; out[i] != NULL; i++)
    {
      gint64 instant = 0;
      if (!mh_instant_parse (out[i], &instant))
        continue;
      g_autofree char *one = mh_appointment_when (instant);
      g_string_append_printf (days, "%s%s", days->len > 0 ? "; " : "", one);
    }

  return g_strdup_printf (_ ("%s. Taken and left out: %s"), booked, days->str);
}

static void
booking_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhBookingDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  gtk_widget_set_sensitive (dialog->save, TRUE);
  if (outcome == NULL)
    {
      const MhIssues *issues = mh_error_get_issues (error);
      const MhIssue *issue = issues != NULL ? mh_issues_find (issues, "start_at") : NULL;
      booking_dialog_complain (dialog, error);
      gtk_widget_set_visible (dialog->overbook_box,
                              issue != NULL && g_strcmp0 (issue->code, "taken") == 0);
      return;
    }

  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  g_clear_pointer (&dialog->hold_id, g_free); /* used up */
  if (opener != NULL)
    {
      g_autofree char *text = booked_words (dialog, outcome->record);
      mh_shell_toast (opener, text);
      if (dialog->done != NULL && outcome->record != NULL)
        dialog->done (opener, outcome->record);
    }

  mh_dialog_end (MH_DIALOG (dialog), NULL);
}

static const char *
overbook_reason (MhBookingDialog *dialog)
{
  return gtk_widget_get_visible (dialog->overbook_box) ? mh_reasons_peek (dialog->overbook) : NULL;
}

static void
booking_dialog_move (MhBookingDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->moving), NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_appointment_move_type);
  mh_record_set_text (body, MH_MOVE_SCHEDULE_ID, dialog->chosen_id);
  mh_record_set_int (body, MH_MOVE_START_AT, dialog->start);
  if (dialog->hold_id != NULL)
    mh_record_set_text (body, MH_MOVE_HOLD_ID, dialog->hold_id);
  if (overbook_reason (dialog) != NULL)
    mh_record_set_text (body, MH_MOVE_OVERBOOK_REASON, overbook_reason (dialog));
  mh_command_async (booking_dialog_context_of (dialog),
                    &(MhCommand){ .route = "appointment.move", .args = args, .body = body }, NULL,
                    booking_dialog_saved_cb, g_object_ref (dialog));
}

/* NULL: nobody is chosen yet. */
static const char *
patient_id (MhBookingDialog *dialog)
{
  return dialog->wish != NULL      ? mh_record_text (dialog->wish, MH_WAITING_PATIENT_ID)
         : dialog->patient != NULL ? mh_record_id (dialog->patient)
                                   : NULL;
}

static void
book_series (MhBookingDialog *dialog, gint64 times)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_series_request_type);
  guint kind = gtk_drop_down_get_selected (dialog->kind);
  mh_record_set_text (body, MH_SERIES_REQUEST_PATIENT_ID, patient_id (dialog));
  mh_record_set_text (body, MH_SERIES_REQUEST_SCHEDULE_ID, dialog->chosen_id);
  mh_record_set_int (body, MH_SERIES_REQUEST_START_AT, dialog->start);
  mh_record_set_int (body, MH_SERIES_REQUEST_EVERY_DAYS,
                     periods[gtk_drop_down_get_selected (dialog->every) % G_N_ELEMENTS (periods)]);
  mh_record_set_int (body, MH_SERIES_REQUEST_TIMES, times);
  mh_record_set_text (body, MH_SERIES_REQUEST_KIND, mh_appointment_kind_codes[kind].code);
  mh_record_set_bool (body, MH_SERIES_REQUEST_SKIP_TAKEN, TRUE);
  booking_dialog_release (dialog);
  mh_command_async (booking_dialog_context_of (dialog),
                    &(MhCommand){ .route = "appointment.series", .body = body }, NULL,
                    booking_dialog_saved_cb, g_object_ref (dialog));
}

static void
booking_dialog_save_cb (MhBookingDialog *dialog)
{
  gint64 times = gtk_spin_button_get_value_as_int (dialog->times);
  guint kind = gtk_drop_down_get_selected (dialog->kind);
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (dialog->reason));
  g_autoptr (MhRecord) body = mh_record_new (&mh_appointment_type);

  if (!gtk_widget_get_sensitive (dialog->save)
      || (gtk_widget_get_visible (dialog->overbook_box)
          && mh_reasons_get (dialog->overbook, dialog->problem) == NULL))
    return;

  gtk_widget_set_sensitive (dialog->save, FALSE);
  if (dialog->moving != NULL)
    {
      booking_dialog_move (dialog);
      return;
    }

  if (times > 1)
    {
      book_series (dialog, times);
      return;
    }

  mh_record_set_text (body, MH_APPOINTMENT_PATIENT_ID, patient_id (dialog));
  mh_record_set_text (body, MH_APPOINTMENT_SCHEDULE_ID, dialog->chosen_id);
  mh_record_set_int (body, MH_APPOINTMENT_START_AT, dialog->start);
  mh_record_set_text (body, MH_APPOINTMENT_KIND, mh_appointment_kind_codes[kind].code);
  if (*reason != 0)
    mh_record_set_text (body, MH_APPOINTMENT_REASON, reason);
  if (dialog->hold_id != NULL)
    mh_record_set_text (body, MH_APPOINTMENT_HOLD_ID, dialog->hold_id);
  if (dialog->wish != NULL)
    mh_record_set_text (body, MH_APPOINTMENT_WAITING_ID, mh_record_id (dialog->wish));
  if (overbook_reason (dialog) != NULL)
    mh_record_set_text (body, MH_APPOINTMENT_OVERBOOK_REASON, overbook_reason (dialog));
  mh_command_async (booking_dialog_context_of (dialog),
                    &(MhCommand){ .route = "appointment.create", .body = body }, NULL,
                    booking_dialog_saved_cb, g_object_ref (dialog));
}

static gboolean
booking_dialog_key_cb (MhBookingDialog *dialog, guint key, guint code, GdkModifierType state)
{
  if ((state & GDK_CONTROL_MASK) == 0 || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  booking_dialog_save_cb (dialog);
  return GDK_EVENT_STOP;
}

static gboolean
booking_dialog_close_cb (MhBookingDialog *dialog)
{
  booking_dialog_release (dialog);
  return FALSE;
}

/* --- making it --- */

static void
booking_dialog_begin (MhDialog *base)
{
  MhBookingDialog *dialog = MH_BOOKING_DIALOG (base);
  MhContext *context = mh_dialog_context (base);
  mh_dialog_keep (base, &dialog->schedules, mh_record_list_new (context, "schedule.list"));
  mh_dialog_keep (base, &dialog->slots, mh_record_list_new (context, "slot.list"));
  mh_appointment_find_patients (dialog->search, context);
  mh_record_table_setup (dialog->table, "free-slots", &mh_slot_type, columns,
                         G_LIST_MODEL (dialog->slots), MH_TABLE_SINGLE);
  mh_record_table_set_lines (dialog->table, MH_PHONE_LEAST_WIDTH);
  g_signal_connect_object (dialog->schedules, "items-changed",
                           G_CALLBACK (booking_dialog_schedules_cb), dialog, G_CONNECT_SWAPPED);
  mh_record_list_set_args (dialog->schedules, (const char *[]){ "limit", "200", NULL });
}

static void
mh_booking_dialog_finalize (GObject *object)
{
  MhBookingDialog *dialog = MH_BOOKING_DIALOG (object);
  g_clear_object (&dialog->patient);
  g_clear_object (&dialog->moving);
  g_clear_object (&dialog->wish);
  g_free (dialog->schedule_id);
  g_free (dialog->chosen_id);
  g_free (dialog->hold_id);
  G_OBJECT_CLASS (mh_booking_dialog_parent_class)->finalize (object);
}

static void
booking_dialog_bind_template (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/appointments/mh-booking-dialog"));

  gtk_widget_class_bind_template_child (widget, MhBookingDialog, search);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, table);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, who);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, when);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, schedule);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, kind);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, every);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, overbook);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, overbook_box);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, again_box);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, kind_box);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, times);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, first);
  gtk_widget_class_bind_template_child (widget, MhBookingDialog, save);

  gtk_widget_class_bind_template_callback (widget, search_slots_cb);
  gtk_widget_class_bind_template_callback (widget, slot_cb);
  gtk_widget_class_bind_template_callback (widget, first_cb);
  gtk_widget_class_bind_template_callback (widget, booking_dialog_save_cb);
  gtk_widget_class_bind_template_callback (widget, booking_dialog_close_cb);
}

static const MhRefusalPlace places[] = {
  { "overbook_reason", "overbook" },
  { "schedule_id", "schedule" },
  { "patient_id", "search" },
  { NULL },
};

static void
mh_booking_dialog_class_init (MhBookingDialogClass *klass)
{
  MH_DIALOG_CLASS (klass)->drafts = "booking";
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_booking_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = booking_dialog_begin;
  booking_dialog_bind_template (GTK_WIDGET_CLASS (klass));
}

static void
mh_booking_dialog_init (MhBookingDialog *dialog)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  const char *every[]
      = { _ ("every week"), _ ("every two weeks"), _ ("every four weeks"), _ ("every day"), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (every);

  gtk_widget_init_template (GTK_WIDGET (dialog));
  gtk_drop_down_set_model (dialog->every, G_LIST_MODEL (names));
  mh_fill_codes (dialog->kind, mh_appointment_kind_codes);
  mh_reasons_fill (dialog->overbook, mh_overbook_reason_codes);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (booking_dialog_key_cb), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog->search, "chosen", G_CALLBACK (booking_dialog_patient_cb), dialog,
                           0);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
}

void
mh_booking_dialog_show (GtkWidget *opener, MhContext *context, const MhBookingWanted *wanted)
{
  MhBookingDialog *dialog = g_object_new (MH_TYPE_BOOKING_DIALOG, "context", context, NULL);
  gboolean known = wanted->moving != NULL || wanted->wish != NULL;
  gboolean given = known || wanted->patient != NULL;

  g_set_object (&dialog->patient, wanted->patient);
  g_set_object (&dialog->moving, wanted->moving);
  g_set_object (&dialog->wish, wanted->wish);
  dialog->schedule_id = g_strdup (wanted->schedule_id);
  dialog->chosen_id = g_strdup (wanted->schedule_id);
  dialog->start = wanted->start;
  dialog->done = wanted->done;
  if (wanted->wish != NULL)
    dialog->hold_id = g_strdup (mh_record_text (wanted->wish, MH_WAITING_HOLD_ID));
  gtk_widget_set_visible (GTK_WIDGET (dialog->search), !given);
  gtk_widget_set_visible (dialog->again_box, !known);
  gtk_widget_set_visible (dialog->kind_box, wanted->moving == NULL);
  gtk_widget_set_visible (dialog->overbook_box, wanted->full);

  if (wanted->moving != NULL)
    {
      gtk_window_set_title (GTK_WINDOW (dialog), _ ("Move a booking"));
      mh_key_button_set_text (MH_KEY_BUTTON (dialog->save), _ ("_Move"));
    }

  booking_dialog_show_state (dialog);
  const char *about = wanted->schedule_id; /* nobody is chosen yet */
  if (wanted->moving != NULL)
    about = mh_record_id (wanted->moving);
  else if (wanted->wish != NULL || wanted->patient != NULL)
    about = patient_id (dialog);

  mh_dialog_about (MH_DIALOG (dialog), about);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
