/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-calendar-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/clinic/appointments/mh-booking-change.h"
#include "client/pages/clinic/appointments/mh-booking-dialog.h"
#include "client/pages/clinic/appointments/mh-leave-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-day-grid.h"
#include "shared/base/mh-day.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define MOST_COLUMNS 31

typedef enum
{
  VIEW_PEOPLE,
  VIEW_DAY,
  VIEW_WEEK,
} View;

/* What a column of the grid stands for. */
typedef struct
{
  MhRecord *schedule; /* borrowed from the list */
  MhDate day;
} Place;

struct _MhCalendarPane
{
  MhPane parent_instance;
  MhRecordList *schedules, *leaves, *bookings;
  View view;
  MhDate day;
  Place places[MOST_COLUMNS];
  guint n_places;
  char from[MH_DATE_LENGTH + 1], to[MH_DATE_LENGTH + 1];
  char *wanted;   /* a booking to be shown */
  char *arriving; /* one that is being checked in, until the day is there again */
  MhDayGrid *grid;
  GtkDropDown *schedule;
  GtkLabel *title, *what;
  GtkToggleButton *people, *one, *week;
  GtkWidget *more, *offline;
};

G_DEFINE_FINAL_TYPE (MhCalendarPane, mh_calendar_pane, MH_TYPE_PANE)

/* --- what is shown --- */

static gboolean
calendar_pane_is_away (MhCalendarPane *pane, MhRecord *schedule, const MhSlotTime *slot)
{
  GListModel *leaves = G_LIST_MODEL (pane->leaves);
  for (guint i = 0; i < g_list_model_get_n_items (leaves); i++)
    {
      g_autoptr (MhRecord) leave = g_list_model_get_item (leaves, i);
      const char *of_schedule = mh_record_text (leave, MH_LEAVE_SCHEDULE_ID);
      const char *of_doctor = mh_record_text (leave, MH_LEAVE_DOCTOR_ID);
      gboolean ours
          = of_schedule != NULL ? g_strcmp0 (of_schedule, mh_record_id (schedule)) == 0
            : of_doctor != NULL
                ? g_strcmp0 (of_doctor, mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID)) == 0
                : TRUE;
      if (ours && mh_record_bool (leave, MH_LEAVE_ACTIVE)
          && mh_slots_overlap (slot->start, slot->end, mh_record_int (leave, MH_LEAVE_START_AT),
                               mh_record_int (leave, MH_LEAVE_END_AT)))
        return TRUE;
    }

  return FALSE;
}

static GArray *
slots_of (MhCalendarPane *pane, MhRecord *schedule, MhDate date)
{
  char day[MH_DATE_LENGTH + 1];
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  g_autoptr (MhWorkTime) work
      = mh_work_time_new (mh_record_text (schedule, MH_SCHEDULE_HOURS), NULL, zone, NULL);
  mh_date_format (date, day);
  if (work == NULL || !mh_record_bool (schedule, MH_SCHEDULE_ACTIVE)
      || !mh_slots_is_valid_on (mh_record_text (schedule, MH_SCHEDULE_VALID_FROM),
                                mh_record_text (schedule, MH_SCHEDULE_VALID_TO), day))
    return g_array_new (FALSE, FALSE, sizeof (MhSlotTime));
  return mh_slots_of_day (work, date, mh_record_int (schedule, MH_SCHEDULE_SLOT_MINUTES));
}

static void
calendar_pane_add_column (MhCalendarPane *pane, MhRecord *schedule, MhDate day, gboolean even_empty)
{
  g_autoptr (GArray) slots = slots_of (pane, schedule, day);
  g_autoptr (GArray) away = g_array_new (FALSE, TRUE, sizeof (gboolean));
  gint64 midnight = mh_when_midnight (day);
  if (pane->n_places == MOST_COLUMNS || (slots->len == 0 && !even_empty))
    return;

  for (guint i = 0; i < slots->len; i++)
    {
      gboolean one = calendar_pane_is_away (pane, schedule, &g_array_index (slots, MhSlotTime, i));
      g_array_append_val (away, one);
    }

  g_autofree char *date_text = mh_day_text_week (day, mh_when_today (), mh_day_language ());
  const char *title
      = pane->view == VIEW_PEOPLE ? mh_record_text (schedule, MH_SCHEDULE_NAME) : date_text;
  guint column = mh_day_grid_add_column (pane->grid, title, midnight, slots, away,
                                         mh_record_int (schedule, MH_SCHEDULE_CAPACITY));

  pane->places[pane->n_places++] = (Place){ schedule, day };
  char text[MH_DATE_LENGTH + 1];
  mh_date_format (day, text);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pane->bookings)); i++)
    {
      g_autoptr (MhRecord) booking = g_list_model_get_item (G_LIST_MODEL (pane->bookings), i);
      const char *status = mh_record_text (booking, MH_APPOINTMENT_STATUS);
      if (g_strcmp0 (status, MH_APPOINTMENT_CANCELLED) != 0
          && g_strcmp0 (status, MH_APPOINTMENT_RESCHEDULED) != 0
          && g_strcmp0 (mh_record_text (booking, MH_APPOINTMENT_SCHEDULE_ID),
                        mh_record_id (schedule))
                 == 0
          && g_strcmp0 (mh_record_text (booking, MH_APPOINTMENT_DAY), text) == 0)
        mh_day_grid_add_booking (pane->grid, column, booking);
    }
}

static void
calendar_pane_draw_cb (MhCalendarPane *pane)
{
  GListModel *schedules = G_LIST_MODEL (pane->schedules);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  g_autoptr (MhRecord) chosen = mh_appointment_chosen_schedule (pane->schedule, schedules, FALSE);
  pane->n_places = 0;
  mh_day_grid_begin (pane->grid);

  if (pane->view == VIEW_PEOPLE)
    for (guint i = 0; i < g_list_model_get_n_items (schedules); i++)
      {
        g_autoptr (MhRecord) schedule = g_list_model_get_item (schedules, i);
        calendar_pane_add_column (pane, schedule, pane->day, FALSE);
      }
  else if (chosen != NULL)
    {
      MhDate first;
      g_assert_true (mh_date_parse (pane->from, &first));
      for (gint64 i = 0; i < (pane->view == VIEW_WEEK ? 7 : 1); i++)
        calendar_pane_add_column (pane, chosen, mh_date_from_days (mh_date_to_days (first) + i),
                                  pane->view == VIEW_DAY);
    }

  mh_day_grid_end (pane->grid, mh_when_now ());
  if (pane->wanted == NULL)
    return;

  mh_day_grid_select (pane->grid, pane->wanted);
  MhRecord *here = mh_day_grid_current (pane->grid, NULL, NULL);
  if (here != NULL && g_strcmp0 (mh_record_id (here), pane->wanted) == 0)
    g_clear_pointer (&pane->wanted, g_free);
}

static gboolean
calendar_pane_belongs (MhRecord *booking, gpointer data)
{
  MhCalendarPane *pane = data;
  const char *day = mh_record_text (booking, MH_APPOINTMENT_DAY);
  return day != NULL && strcmp (day, pane->from) >= 0 && strcmp (day, pane->to) <= 0;
}

static void
calendar_pane_load (MhCalendarPane *pane)
{
  gint64 number = mh_date_to_days (pane->day);
  gint64 monday = number - ((number + 3) % 7 + 7) % 7;
  gboolean week = pane->view == VIEW_WEEK;

  mh_date_format (mh_date_from_days (week ? monday : number), pane->from);
  mh_date_format (mh_date_from_days (week ? monday + 6 : number), pane->to);
  g_autofree char *from = mh_words_of_date (pane->from);
  g_autofree char *to = mh_words_of_date (pane->to);
  g_autofree char *title = week ? g_strdup_printf ("%s – %s", from, to) : g_strdup (from);
  const char *args[] = { "limit", "200", "from", pane->from, "to", pane->to, NULL };

  gtk_label_set_text (pane->title, title);
  gtk_widget_set_sensitive (GTK_WIDGET (pane->schedule), pane->view != VIEW_PEOPLE);
  if (pane->bookings != NULL)
    mh_record_list_set_args (pane->bookings, args);
  calendar_pane_draw_cb (pane);
}

static void
calendar_pane_bookings_cb (MhCalendarPane *pane)
{
  mh_record_list_more (pane->bookings);
  calendar_pane_draw_cb (pane);
}

static void calendar_pane_selection_cb (MhCalendarPane *pane);

/* A booking that changes does so where it stands, and no row comes or goes for it. */
static void
calendar_pane_loading_cb (MhCalendarPane *pane)
{
  if (mh_record_list_is_loading (pane->bookings))
    return;
  calendar_pane_draw_cb (pane);
  calendar_pane_selection_cb (pane);
}

/* Days go by the hospital's clock; until it is known, by this desk's. */
static void
calendar_pane_schedules_cb (MhCalendarPane *pane)
{
  mh_appointment_fill_schedules (pane->schedule, G_LIST_MODEL (pane->schedules), NULL);
  calendar_pane_draw_cb (pane);
}

static void
calendar_pane_view_cb (MhCalendarPane *pane)
{
  View view = gtk_toggle_button_get_active (pane->week)  ? VIEW_WEEK
              : gtk_toggle_button_get_active (pane->one) ? VIEW_DAY
                                                         : VIEW_PEOPLE;
  if (view == pane->view)
    return;
  pane->view = view;
  calendar_pane_load (pane);
}

/* --- what the keys are on --- */

static MhRecord *
calendar_pane_current (MhCalendarPane *pane)
{
  return mh_day_grid_current (pane->grid, NULL, NULL);
}

static gboolean
calendar_pane_has_status (MhRecord *booking, const char *status)
{
  return booking != NULL
         && g_strcmp0 (mh_record_text (booking, MH_APPOINTMENT_STATUS), status) == 0;
}

static gboolean
may_arrive (MhRecord *booking)
{
  return calendar_pane_has_status (booking, MH_APPOINTMENT_BOOKED)
         || calendar_pane_has_status (booking, MH_APPOINTMENT_NO_SHOW);
}

/* What may be done with it by whoever is signed in. */
static void
calendar_pane_enable (MhCalendarPane *pane, MhRecord *booking, gboolean any)
{
  GtkWidget *widget = GTK_WIDGET (pane);
  MhContext *context = mh_pane_context (MH_PANE (pane));
  gboolean may = context != NULL && mh_context_may (context, MH_MAY_WRITE_APPOINTMENT);
  gboolean find = may && mh_context_may (context, MH_MAY_READ_PATIENT);
  gboolean booked = calendar_pane_has_status (booking, MH_APPOINTMENT_BOOKED);

  gtk_widget_action_set_enabled (widget, "calendar.arrive", may && may_arrive (booking));
  gtk_widget_action_set_enabled (widget, "calendar.take-up", may && booked);
  gtk_widget_action_set_enabled (widget, "calendar.reschedule", may && booked);
  gtk_widget_action_set_enabled (widget, "calendar.change",
                                 mh_booking_change_may (mh_pane_context (MH_PANE (pane)), booking));
  gtk_widget_action_set_enabled (widget, "calendar.cancel", may && booked);
  gtk_widget_action_set_enabled (widget, "calendar.book", find);
  gtk_widget_action_set_enabled (widget, "calendar.book-here", find && any);
  gtk_widget_action_set_enabled (widget, "calendar.leave", may);
  gtk_widget_action_set_enabled (widget, "calendar.chart",
                                 booking != NULL && context != NULL
                                     && mh_context_may (context, MH_MAY_READ_CHART));
  gtk_widget_action_set_enabled (widget, "calendar.save", booking != NULL);
  gtk_widget_set_sensitive (pane->more, booking != NULL);
}

static void
calendar_pane_selection_cb (MhCalendarPane *pane)
{
  gint64 start = 0;
  MhRecord *booking = mh_day_grid_current (pane->grid, NULL, &start);
  g_autofree char *when = start > 0 ? mh_appointment_when (start) : g_strdup ("");
  g_autofree char *text = NULL;

  if (booking != NULL && !may_arrive (booking)
      && g_strcmp0 (pane->arriving, mh_record_id (booking)) == 0)
    g_clear_pointer (&pane->arriving, g_free);

  const char *reason = booking != NULL ? mh_record_text (booking, MH_APPOINTMENT_REASON) : NULL;
  const char *token = booking != NULL ? mh_record_text (booking, MH_APPOINTMENT_TOKEN_LABEL) : NULL;
  if (booking != NULL)
    text = g_strdup_printf ("%s · %s · %s%s%s%s%s", when,
                            mh_record_text (booking, MH_APPOINTMENT_PATIENT_NAME),
                            mh_words_of_code (&mh_appointment_type.fields[MH_APPOINTMENT_STATUS],
                                              mh_record_text (booking, MH_APPOINTMENT_STATUS)),
                            token != NULL ? " · " : "", token != NULL ? token : "",
                            reason != NULL ? " · " : "", reason != NULL ? reason : "");

  gtk_label_set_text (pane->what, text != NULL ? text : when);
  calendar_pane_enable (pane, booking, start > 0);
}

static void
calendar_pane_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCalendarPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (outcome == NULL)
    {
      g_autofree char *words = mh_appointment_refusal (error);
      g_clear_pointer (&pane->arriving, g_free);
      mh_shell_toast (GTK_WIDGET (pane), words);
      calendar_pane_draw_cb (pane);
      return;
    }

  const char *token
      = outcome->record != NULL && mh_record_type (outcome->record) == &mh_appointment_type
            ? mh_record_text (outcome->record, MH_APPOINTMENT_TOKEN_LABEL)
            : NULL;
  g_autofree char *given = token != NULL ? g_strdup_printf (_ ("Token %s"), token) : NULL;

  if (outcome->record != NULL)
    {
      g_free (pane->wanted);
      pane->wanted = g_strdup (mh_record_id (outcome->record));
    }

  mh_shell_toast (GTK_WIDGET (pane), outcome->waiting ? _ ("Kept here until the server is back")
                                     : given != NULL  ? given
                                                      : _ ("The appointment is cancelled"));
  mh_record_list_reload (pane->bookings);
}

/* --- moving, and moving back --- */

typedef struct
{
  MhCalendarPane *pane;
  char *booking_id, *schedule_id;
  gint64 start_at; /* where it goes */
  char *before_id; /* whose it was before; NULL: this is the way back */
  gint64 before_at;
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;
  g_object_unref (move->pane);
  g_free (move->booking_id);
  g_free (move->schedule_id);
  g_free (move->before_id);
  g_free (move);
}

static void move_now (Move *move);

static void
move_back_cb (gpointer data)
{
  const Move *done = data;
  Move *back = g_new0 (Move, 1);
  *back = (Move){ .pane = g_object_ref (done->pane),
                  .booking_id = g_strdup (done->booking_id),
                  .schedule_id = g_strdup (done->before_id),
                  .start_at = done->before_at };
  if (mh_pane_context (MH_PANE (back->pane)) != NULL)
    move_now (back);
  else
    move_free (back);
}

/* A booking that was moved is another one, which can be moved back. */
static void
told_move (Move *move, MhRecord *booking)
{
  MhCalendarPane *pane = move->pane;
  g_autofree char *when = mh_words_time (move->start_at);

  /* Translators: %s is a time of today, or a day and a time */
  g_autofree char *text = g_strdup_printf (_ ("Moved to %s"), when);
  g_free (pane->wanted);
  pane->wanted = g_strdup (mh_record_id (booking));

  if (move->before_id == NULL)
    {
      mh_shell_toast (GTK_WIDGET (pane), text);
      move_free (move);
      return;
    }

  g_free (move->booking_id);
  move->booking_id = g_strdup (mh_record_id (booking));
  mh_shell_toast_undo (GTK_WIDGET (pane), text, move_back_cb, move, move_free);
}

static void
moved_there_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Move *move = data;
  g_autoptr (MhCalendarPane) pane = g_object_ref (move->pane);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (mh_pane_context (MH_PANE (pane)) == NULL || outcome == NULL || outcome->record == NULL)
    move_free (move);
  else
    told_move (move, outcome->record);

  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (outcome == NULL)
    {
      g_autofree char *words = mh_appointment_refusal (error);
      mh_shell_toast (GTK_WIDGET (pane), words);
      calendar_pane_draw_cb (pane);
      return;
    }

  mh_record_list_reload (pane->bookings);
}

static void
move_now (Move *move)
{
  MhContext *context = mh_pane_context (MH_PANE (move->pane));
  const char *args[] = { "id", move->booking_id, NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_appointment_move_type);
  mh_record_set_text (body, MH_MOVE_SCHEDULE_ID, move->schedule_id);
  mh_record_set_int (body, MH_MOVE_START_AT, move->start_at);
  mh_command_async (context,
                    &(MhCommand){ .route = "appointment.move", .args = args, .body = body }, NULL,
                    moved_there_cb, move);
}

static void
calendar_pane_submit (MhCalendarPane *pane, const char *route, MhRecord *booking, MhRecord *body)
{
  const char *args[] = { "id", mh_record_id (booking), NULL };
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = route, .args = args, .body = body }, NULL,
                    calendar_pane_answered_cb, g_object_ref (pane));
}

static void
calendar_pane_moved_cb (MhCalendarPane *pane, MhRecord *booking, guint column, gint64 start)
{
  if (column >= pane->n_places)
    return;
  Move *move = g_new0 (Move, 1);
  *move = (Move){ .pane = g_object_ref (pane),
                  .booking_id = g_strdup (mh_record_id (booking)),
                  .schedule_id = g_strdup (mh_record_id (pane->places[column].schedule)),
                  .start_at = start,
                  .before_id = g_strdup (mh_record_text (booking, MH_APPOINTMENT_SCHEDULE_ID)),
                  .before_at = mh_record_int (booking, MH_APPOINTMENT_START_AT) };
  move_now (move);
}

/* Once is enough: a second press before the calendar says so does nothing. */
static void
calendar_pane_arrive_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (widget);
  MhRecord *booking = calendar_pane_current (pane);
  if (booking == NULL || !may_arrive (booking)
      || g_strcmp0 (pane->arriving, mh_record_id (booking)) == 0)
    return;
  g_free (pane->arriving);
  pane->arriving = g_strdup (mh_record_id (booking));
  mh_appointment_submit_arrival (mh_pane_context (MH_PANE (pane)), booking,
                                 calendar_pane_answered_cb, g_object_ref (pane));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (widget);
  g_autoptr (MhRecord) body = mh_record_new (&mh_appointment_step_type);
  mh_record_set_text (body, MH_STEP_STEP, MH_STEP_CANCEL);
  mh_record_set_text (body, MH_STEP_REASON, g_variant_get_string (parameter, NULL));
  if (calendar_pane_current (pane) != NULL)
    calendar_pane_submit (pane, "appointment.step", calendar_pane_current (pane), body);
}

static void
take_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_day_grid_take_up (MH_CALENDAR_PANE (widget)->grid);
}

static void
calendar_pane_change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (widget);
  mh_booking_change_show (widget, mh_pane_context (MH_PANE (pane)), calendar_pane_current (pane));
}

static void
calendar_pane_booked_cb (GtkWidget *opener, MhRecord *answer)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (opener);
  gboolean is_one = mh_record_type (answer) == &mh_appointment_type;
  g_free (pane->wanted);
  pane->wanted = is_one ? g_strdup (mh_record_id (answer)) : NULL;
  /* the first free slot may be on another day than the one that is shown */
  if (is_one && mh_date_parse (mh_record_text (answer, MH_APPOINTMENT_DAY), &pane->day))
    calendar_pane_load (pane);
  mh_record_list_reload (pane->bookings);
}

static void
reschedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (widget);
  MhRecord *booking = calendar_pane_current (pane);
  if (calendar_pane_has_status (booking, MH_APPOINTMENT_BOOKED))
    mh_booking_dialog_show (
        widget, mh_pane_context (MH_PANE (pane)),
        &(MhBookingWanted){ .moving = booking,
                            .schedule_id = mh_record_text (booking, MH_APPOINTMENT_SCHEDULE_ID),
                            .done = calendar_pane_booked_cb });
}

static void
calendar_pane_book_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (widget);
  guint column = 0;
  gint64 start = 0;
  gboolean here = g_str_equal (name, "calendar.book-here");
  MhRecord *booking = mh_day_grid_current (pane->grid, &column, &start);
  gboolean known = start > 0 && column < pane->n_places;

  mh_booking_dialog_show (
      widget, mh_pane_context (MH_PANE (pane)),
      &(MhBookingWanted){ .schedule_id
                          = known ? mh_record_id (pane->places[column].schedule) : NULL,
                          .start = here ? start : 0,
                          .full = here && booking != NULL,
                          .done = calendar_pane_booked_cb });
}

static void
calendar_pane_activated_cb (MhCalendarPane *pane)
{
  if (calendar_pane_current (pane) != NULL)
    gtk_menu_button_popup (GTK_MENU_BUTTON (pane->more));
  else
    gtk_widget_activate_action (GTK_WIDGET (pane), "calendar.book-here", NULL);
}

static void
calendar_pane_chart_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhRecord *booking = calendar_pane_current (MH_CALENDAR_PANE (widget));
  if (booking != NULL)
    mh_shell_go (widget, "chart", mh_record_text (booking, MH_APPOINTMENT_PATIENT_ID));
}

static void
calendar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhRecord *booking = calendar_pane_current (MH_CALENDAR_PANE (widget));
  const char *args[] = { "id", booking != NULL ? mh_record_id (booking) : NULL, NULL };
  if (booking != NULL)
    mh_file_answer_save (MH_PANE (widget), "appointment.calendar", args, "appointment.ics");
}

static void
day_calendar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (widget);
  guint column = 0;
  mh_day_grid_current (pane->grid, &column, NULL);
  if (column >= pane->n_places)
    return;
  char day[MH_DATE_LENGTH + 1];
  mh_date_format (pane->places[column].day, day);
  const char *args[]
      = { "id", mh_record_id (pane->places[column].schedule), "from", day, "days", "1", NULL };
  mh_file_answer_save (MH_PANE (widget), "schedule.calendar", args, "day.ics");
}

static void
leave_done (GtkWidget *opener)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (opener);
  mh_record_list_reload (pane->leaves);
  mh_record_list_reload (pane->bookings);
}

static void
calendar_pane_leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (widget);
  guint column = 0;
  mh_day_grid_current (pane->grid, &column, NULL);
  mh_leave_dialog_show (widget, mh_pane_context (MH_PANE (pane)),
                        column < pane->n_places ? mh_record_id (pane->places[column].schedule)
                                                : NULL,
                        pane->day, leave_done);
}

static void
calendar_pane_go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (widget);
  int by = g_variant_get_int32 (parameter) * (pane->view == VIEW_WEEK ? 7 : 1);
  pane->day = by == 0 ? mh_when_today () : mh_date_from_days (mh_date_to_days (pane->day) + by);
  calendar_pane_load (pane);
}

static void
calendar_pane_state_cb (MhCalendarPane *pane)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  if (context != NULL)
    mh_banner_set_revealed (MH_BANNER (pane->offline),
                            mh_sync_state (mh_context_sync (context)) == MH_SYNC_OFFLINE);
}

/* --- as a pane --- */

static void
calendar_pane_begin (MhPane *base)
{
  MhCalendarPane *pane = MH_CALENDAR_PANE (base);
  MhContext *context = mh_pane_context (base);
  static const char *const args[] = { "limit", "200", NULL };

  pane->day = mh_when_today ();
  mh_pane_keep (base, &pane->schedules, mh_record_list_new (context, "schedule.list"));
  mh_pane_keep (base, &pane->leaves, mh_record_list_new (context, "leave.list"));
  mh_pane_keep (base, &pane->bookings, mh_record_list_new (context, "appointment.list"));
  mh_record_list_set_belongs (pane->bookings, calendar_pane_belongs, pane);
  mh_record_list_set_keep (pane->schedules, TRUE);
  mh_record_list_set_keep (pane->leaves, TRUE);
  mh_record_list_set_keep (pane->bookings, TRUE);
  g_signal_connect_object (pane->schedules, "items-changed",
                           G_CALLBACK (calendar_pane_schedules_cb), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->leaves, "items-changed", G_CALLBACK (calendar_pane_draw_cb), pane,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->bookings, "notify::loading", G_CALLBACK (calendar_pane_loading_cb),
                           pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->bookings, "notify::n-items", G_CALLBACK (calendar_pane_draw_cb),
                           pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->bookings, "items-changed", G_CALLBACK (calendar_pane_bookings_cb),
                           pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (context), "notify::state",
                           G_CALLBACK (calendar_pane_state_cb), pane, G_CONNECT_SWAPPED);
  mh_record_list_set_args (pane->schedules, args);
  mh_record_list_set_args (pane->leaves, args);
  calendar_pane_state_cb (pane);
  calendar_pane_load (pane);
}

static void
calendar_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCalendarPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) booking = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  if (booking == NULL || !mh_date_parse (mh_record_text (booking, MH_APPOINTMENT_DAY), &pane->day))
    return;

  g_free (pane->wanted);
  pane->wanted = g_strdup (mh_record_id (booking));
  gtk_toggle_button_set_active (pane->people, TRUE);
  calendar_pane_load (pane);
}

/* A booking, on its day. */
static void
mh_calendar_pane_open (MhPane *base, const char *what)
{
  if (what != NULL)
    mh_read_async (mh_pane_context (base), "appointment.read", what, mh_pane_cancellable (base),
                   calendar_pane_read_cb, g_object_ref (base));
}

static void
calendar_pane_shown (MhPane *base)
{
  gtk_widget_grab_focus (GTK_WIDGET (MH_CALENDAR_PANE (base)->grid));
}

static void
mh_calendar_pane_finalize (GObject *object)
{
  g_free (MH_CALENDAR_PANE (object)->wanted);
  g_free (MH_CALENDAR_PANE (object)->arriving);
  G_OBJECT_CLASS (mh_calendar_pane_parent_class)->finalize (object);
}

static void
calendar_pane_bind_template (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_BANNER);
  g_type_ensure (MH_TYPE_DAY_GRID);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/appointments/mh-calendar-pane"));
  gtk_widget_class_bind_template_child (widget, MhCalendarPane, grid);
  gtk_widget_class_bind_template_child (widget, MhCalendarPane, schedule);
  gtk_widget_class_bind_template_child (widget, MhCalendarPane, title);
  gtk_widget_class_bind_template_child (widget, MhCalendarPane, what);
  gtk_widget_class_bind_template_child (widget, MhCalendarPane, people);
  gtk_widget_class_bind_template_child (widget, MhCalendarPane, one);
  gtk_widget_class_bind_template_child (widget, MhCalendarPane, week);
  gtk_widget_class_bind_template_child (widget, MhCalendarPane, more);
  gtk_widget_class_bind_template_child (widget, MhCalendarPane, offline);
  gtk_widget_class_bind_template_callback (widget, calendar_pane_view_cb);
  gtk_widget_class_bind_template_callback (widget, calendar_pane_draw_cb);
  gtk_widget_class_bind_template_callback (widget, calendar_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, calendar_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, calendar_pane_moved_cb);
}

static void
mh_calendar_pane_class_init (MhCalendarPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_calendar_pane_finalize;
  MH_PANE_CLASS (klass)->begin = calendar_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_calendar_pane_open;
  MH_PANE_CLASS (klass)->shown = calendar_pane_shown;

  calendar_pane_bind_template (widget);

  gtk_widget_class_install_action (widget, "calendar.book", NULL, calendar_pane_book_action);
  gtk_widget_class_install_action (widget, "calendar.book-here", NULL, calendar_pane_book_action);
  gtk_widget_class_install_action (widget, "calendar.arrive", NULL, calendar_pane_arrive_action);
  gtk_widget_class_install_action (widget, "calendar.cancel", "s", cancel_action);
  gtk_widget_class_install_action (widget, "calendar.change", NULL, calendar_pane_change_action);
  gtk_widget_class_install_action (widget, "calendar.take-up", NULL, take_up_action);
  gtk_widget_class_install_action (widget, "calendar.reschedule", NULL, reschedule_action);
  gtk_widget_class_install_action (widget, "calendar.chart", NULL, calendar_pane_chart_action);
  gtk_widget_class_install_action (widget, "calendar.save", NULL, calendar_action);
  gtk_widget_class_install_action (widget, "calendar.save-day", NULL, day_calendar_action);
  gtk_widget_class_install_action (widget, "calendar.leave", NULL, calendar_pane_leave_action);
  gtk_widget_class_install_action (widget, "calendar.go", "i", calendar_pane_go_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_n, GDK_CONTROL_MASK, "calendar.book", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F3, 0, "calendar.book-here", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_e, GDK_CONTROL_MASK, "calendar.change",
                                       NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F4, 0, "calendar.arrive", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "calendar.go",
                                       "i", -1);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "calendar.go",
                                       "i", 1);
}

static void
mh_calendar_pane_init (MhCalendarPane *pane)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) reasons = g_menu_new ();
  gtk_widget_init_template (GTK_WIDGET (pane));
  g_menu_append (menu, _ ("Check in"), "calendar.arrive");
  g_menu_append (menu, _ ("Change kind, reason, note…"), "calendar.change");
  g_menu_append (menu, _ ("Another time…"), "calendar.reschedule");
  g_menu_append (menu, _ ("Overbook this slot…"), "calendar.book-here");
  g_menu_append (menu, _ ("Open the chart"), "calendar.chart");
  g_menu_append (menu, _ ("Save as iCalendar…"), "calendar.save");

  for (const MhCode *code = mh_appointment_reason_codes; code->code != NULL; code++)
    {
      g_autofree char *action = g_strdup_printf ("calendar.cancel('%s')", code->code);
      g_menu_append (reasons, g_dgettext (GETTEXT_PACKAGE, code->label), action);
    }

  g_menu_append_submenu (menu, _ ("Cancel because"), G_MENU_MODEL (reasons));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (pane->more), G_MENU_MODEL (menu));
}
