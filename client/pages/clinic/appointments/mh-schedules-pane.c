/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-schedules-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/clinic/appointments/mh-leave-dialog.h"
#include "client/pages/people/admin/mh-admin-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-day.h"
#include "shared/records/clinic/mh-schedule.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhSchedulesPane
{
  MhPane parent_instance;
  MhRecordList *schedules, *leaves;
  MhRecordTable *table, *away;
  MhSplit *split;
  GtkLabel *who;
};

G_DEFINE_FINAL_TYPE (MhSchedulesPane, mh_schedules_pane, MH_TYPE_PANE)

/* --- tables --- */

static char *
slots_text (MhRecord *schedule)
{
  return g_strdup_printf (_ ("%d min × %d"),
                          (int)mh_record_int (schedule, MH_SCHEDULE_SLOT_MINUTES),
                          (int)MAX (mh_record_int (schedule, MH_SCHEDULE_CAPACITY), 1));
}

static char *
use_text (MhRecord *schedule)
{
  return g_strdup (mh_record_bool (schedule, MH_SCHEDULE_ACTIVE) ? _ ("Yes ✓") : _ ("No ✕"));
}

static const MhTableColumn columns[] = {
  { .field = "name", .width = 140, .expand = TRUE },
  { .field = "code", .width = 70 },
  { .field = "hours", .width = 180, .expand = TRUE },
  { .title = N_ ("Slots"), .text = slots_text, .width = 90 },
  { .field = "room_name", .width = 80 },
  { .title = N_ ("In use"), .text = use_text, .width = 70 },
  { NULL },
};

static const char *const fields[] = { "code",          "name",
                                      "kind",          "doctor_id",
                                      "department_id", "room_name",
                                      "hours",         "slot_minutes",
                                      "capacity",      "overbook_percent",
                                      "walk_in_every", "valid_from",
                                      "valid_to",      "note",
                                      "active",        NULL };

static const MhAdminKind kind = { .id = "schedules",
                                  .title = N_ ("Schedules"),
                                  .fresh = N_ ("New schedule"),
                                  .type = &mh_schedule_type,
                                  .permission = "",
                                  .write_permission = MH_MAY_WRITE_SCHEDULE,
                                  .list_route = "schedule.list",
                                  .create_route = "schedule.create",
                                  .update_route = "schedule.update",
                                  .columns = columns,
                                  .fields = fields };

/* On a leave: whose it is and when, in words. */
#define WHOSE "mh-whose"
#define DAYS "mh-days"

static char *
whose_text (MhRecord *leave)
{
  return g_strdup (g_object_get_data (G_OBJECT (leave), WHOSE));
}

static char *
schedules_pane_days_text (MhRecord *leave)
{
  return g_strdup (g_object_get_data (G_OBJECT (leave), DAYS));
}

static const MhTableColumn leave_columns[] = {
  { .title = N_ ("Who"), .text = whose_text, .width = 100, .expand = TRUE },
  { .title = N_ ("Away"), .text = schedules_pane_days_text, .width = 115 },
  { .field = "reason", .width = 165 },
  { NULL },
};

static char *
schedules_pane_end_of (GDateTime *time, gboolean whole)
{
  MhDate day = { 0 };
  g_date_time_get_ymd (time, &day.year, &day.month, &day.day);
  g_autofree char *text = mh_day_text_near (day, mh_when_today (), mh_day_language ());
  return whole ? g_steal_pointer (&text)
               : g_strdup_printf ("%s, %02d:%02d", text, g_date_time_get_hour (time),
                                  g_date_time_get_minute (time));
}

/* "2 Dec – 4 Dec", both included; hours where it is not for whole days. */
static char *
days_of (GTimeZone *zone, MhRecord *leave)
{
  gint64 start = mh_record_int (leave, MH_LEAVE_START_AT);
  gint64 end = mh_record_int (leave, MH_LEAVE_END_AT);
  g_autoptr (GDateTime) from = g_date_time_new_from_unix_utc (start / MH_SECOND);
  g_autoptr (GDateTime) to = g_date_time_new_from_unix_utc (end / MH_SECOND);
  g_autoptr (GDateTime) first = g_date_time_to_timezone (from, zone);
  g_autoptr (GDateTime) back = g_date_time_to_timezone (to, zone);
  gboolean whole = g_date_time_get_hour (first) == 0 && g_date_time_get_minute (first) == 0
                   && g_date_time_get_hour (back) == 0 && g_date_time_get_minute (back) == 0;
  g_autoptr (GDateTime) last = g_date_time_add_seconds (back, whole ? -1 : 0);
  g_autofree char *one = schedules_pane_end_of (first, whole);
  g_autofree char *two = schedules_pane_end_of (last, whole);

  return g_strcmp0 (one, two) == 0 ? g_strdup (one) : g_strdup_printf ("%s – %s", one, two);
}

/* Whose leave it is, in words. */
static char *
whose (MhSchedulesPane *pane, MhRecord *leave)
{
  GListModel *schedules = G_LIST_MODEL (pane->schedules);
  const char *schedule_id = mh_record_text (leave, MH_LEAVE_SCHEDULE_ID);
  const char *doctor_id = mh_record_text (leave, MH_LEAVE_DOCTOR_ID);

  for (guint i = 0; i < g_list_model_get_n_items (schedules); i++)
    {
      g_autoptr (MhRecord) schedule = g_list_model_get_item (schedules, i);
      if (schedule_id != NULL
              ? g_strcmp0 (schedule_id, mh_record_id (schedule)) == 0
              : doctor_id != NULL
                    && g_strcmp0 (doctor_id, mh_record_text (schedule, MH_SCHEDULE_DOCTOR_ID)) == 0)
        return g_strdup (mh_record_text (schedule, MH_SCHEDULE_NAME));
    }

  return g_strdup (schedule_id == NULL && doctor_id == NULL ? _ ("The whole hospital") : "");
}

static gpointer
name_leave (gpointer leave, gpointer data)
{
  MhContext *context = mh_pane_context (data);
  g_object_set_data_full (leave, WHOSE, whose (data, leave), g_free);
  if (context != NULL)
    g_object_set_data_full (leave, DAYS, days_of (mh_when_zone (), leave), g_free);
  return leave;
}

/* The names are in the schedules, which may come later than the leaves. */
static void
schedules_pane_schedules_cb (MhSchedulesPane *pane)
{
  g_autoptr (GtkMapListModel) named
      = gtk_map_list_model_new (g_object_ref (G_LIST_MODEL (pane->leaves)), name_leave, pane, NULL);
  mh_record_table_set_model (pane->away, G_LIST_MODEL (named));
}

/* --- doing --- */

static void
schedules_pane_reload (GtkWidget *widget)
{
  mh_record_list_reload (MH_SCHEDULES_PANE (widget)->leaves);
}

static void
schedules_pane_selection_cb (MhSchedulesPane *pane)
{
  GtkWidget *widget = GTK_WIDGET (pane);
  MhContext *context = mh_pane_context (MH_PANE (pane));
  gboolean may_plan = context != NULL && mh_context_may (context, MH_MAY_WRITE_SCHEDULE);
  gboolean may_leave = context != NULL && mh_context_may (context, MH_MAY_WRITE_APPOINTMENT);
  gboolean leave = mh_record_table_current (pane->away) != NULL;
  gtk_widget_action_set_enabled (widget, "schedules.new", may_plan);
  gtk_widget_action_set_enabled (widget, "schedules.change",
                                 may_plan && mh_record_table_current (pane->table) != NULL);
  gtk_widget_action_set_enabled (widget, "schedules.leave", may_leave);
  gtk_widget_action_set_enabled (widget, "schedules.to-move", leave);
  gtk_widget_action_set_enabled (widget, "schedules.withdraw", may_leave && leave);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhSchedulesPane *pane = MH_SCHEDULES_PANE (widget);
  gboolean new = g_str_equal (name, "schedules.new");
  MhRecord *schedule = new ? NULL : mh_record_table_current (pane->table);
  if (new || schedule != NULL)
    mh_admin_dialog_edit (widget, mh_pane_context (MH_PANE (pane)), &kind, schedule);
}

static void
schedules_pane_activated_cb (MhSchedulesPane *pane)
{
  gtk_widget_activate_action (GTK_WIDGET (pane), "schedules.change", NULL);
}

static void
schedules_pane_leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhSchedulesPane *pane = MH_SCHEDULES_PANE (widget);
  MhContext *context = mh_pane_context (MH_PANE (pane));
  MhRecord *schedule = mh_record_table_current (pane->table);
  mh_leave_dialog_show (widget, context, schedule != NULL ? mh_record_id (schedule) : NULL,
                        mh_when_today (), schedules_pane_reload);
}

/* Where there is room for one of the two. */
static void
away_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_split_show_end (MH_SCHEDULES_PANE (widget)->split, TRUE);
}

static void
to_move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhSchedulesPane *pane = MH_SCHEDULES_PANE (widget);
  MhRecord *leave = mh_record_table_current (pane->away);
  if (leave != NULL)
    mh_leave_dialog_look (widget, mh_pane_context (MH_PANE (pane)), mh_record_id (leave),
                          schedules_pane_reload);
}

static void
leave_activated_cb (MhSchedulesPane *pane)
{
  gtk_widget_activate_action (GTK_WIDGET (pane), "schedules.to-move", NULL);
}

static void
schedules_pane_withdrawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSchedulesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  if (outcome == NULL)
    mh_shell_fail (GTK_WIDGET (pane), error);
  else
    mh_shell_toast (GTK_WIDGET (pane), _ ("Withdrawn: those days can be booked again"));
  schedules_pane_reload (GTK_WIDGET (pane));
}

static void
schedules_pane_withdraw_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhSchedulesPane *pane = MH_SCHEDULES_PANE (widget);
  MhRecord *leave = mh_record_table_current (pane->away);
  if (leave == NULL)
    return;
  const char *args[] = { "id", mh_record_id (leave), NULL };
  g_autoptr (MhRecord) patch = mh_record_new (&mh_leave_type);
  mh_record_set_bool (patch, MH_LEAVE_ACTIVE, FALSE);
  mh_command_async (
      mh_pane_context (MH_PANE (pane)),
      &(MhCommand){ .route = "leave.update", .args = args, .body = patch, .base = leave }, NULL,
      schedules_pane_withdrawn_cb, g_object_ref (pane));
}

/* --- as a pane --- */

static gboolean
in_force (MhRecord *leave, gpointer data)
{
  return mh_record_bool (leave, MH_LEAVE_ACTIVE);
}

/* Why leave is out of reach here, and for whom it is not. */
static void
say_who (MhSchedulesPane *pane, MhContext *context)
{
  gboolean may = mh_context_may (context, MH_MAY_WRITE_APPOINTMENT);
  const char *right = mh_permission_label (MH_MAY_WRITE_APPOINTMENT);
  g_autofree char *words = g_strdup_printf (_ ("Leave is entered by who has the right “%s”."),
                                            g_dgettext (GETTEXT_PACKAGE, right));
  gtk_label_set_text (pane->who, words);
  gtk_widget_set_visible (GTK_WIDGET (pane->who), !may);
}

static void
schedules_pane_begin (MhPane *base)
{
  MhSchedulesPane *pane = MH_SCHEDULES_PANE (base);
  MhContext *context = mh_pane_context (base);
  mh_pane_keep (base, &pane->schedules, mh_record_list_new (context, "schedule.list"));
  mh_pane_keep (base, &pane->leaves, mh_record_list_new (context, "leave.list"));
  mh_record_list_set_belongs (pane->leaves, in_force, NULL);
  mh_record_table_setup (pane->table, "schedules", &mh_schedule_type, columns,
                         G_LIST_MODEL (pane->schedules), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_PHONE_LEAST_WIDTH);
  mh_record_table_setup (pane->away, "leaves", &mh_leave_type, leave_columns,
                         G_LIST_MODEL (pane->leaves), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->away, MH_PHONE_LEAST_WIDTH);
  mh_record_table_set_source (pane->away, pane->leaves);
  g_signal_connect_object (pane->schedules, "items-changed",
                           G_CALLBACK (schedules_pane_schedules_cb), pane, G_CONNECT_SWAPPED);
  say_who (pane, context);
  schedules_pane_selection_cb (pane);
}

static void
mh_schedules_pane_map (GtkWidget *widget)
{
  static const char *const args[] = { "limit", "200", NULL };
  MhSchedulesPane *pane = MH_SCHEDULES_PANE (widget);
  GTK_WIDGET_CLASS (mh_schedules_pane_parent_class)->map (widget);
  if (pane->schedules == NULL)
    return;
  mh_record_list_set_args (pane->schedules, args);
  mh_record_list_set_args (pane->leaves, args);
}

static void
schedules_pane_shown (MhPane *base)
{
  mh_record_table_grab (MH_SCHEDULES_PANE (base)->table);
}

GtkWidget *
mh_schedules_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_SCHEDULES_PANE, "context", context, NULL);
}

static void
mh_schedules_pane_class_init (MhSchedulesPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = schedules_pane_begin;
  MH_PANE_CLASS (klass)->shown = schedules_pane_shown;
  widget->map = mh_schedules_pane_map;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/appointments/mh-schedules-pane"));
  gtk_widget_class_bind_template_child (widget, MhSchedulesPane, table);
  gtk_widget_class_bind_template_child (widget, MhSchedulesPane, away);
  gtk_widget_class_bind_template_callback (widget, schedules_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, schedules_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, leave_activated_cb);
  gtk_widget_class_bind_template_child (widget, MhSchedulesPane, split);
  gtk_widget_class_bind_template_child (widget, MhSchedulesPane, who);
  gtk_widget_class_install_action (widget, "schedules.away", NULL, away_action);
  gtk_widget_class_install_action (widget, "schedules.new", NULL, edit_action);
  gtk_widget_class_install_action (widget, "schedules.change", NULL, edit_action);
  gtk_widget_class_install_action (widget, "schedules.leave", NULL, schedules_pane_leave_action);
  gtk_widget_class_install_action (widget, "schedules.to-move", NULL, to_move_action);
  gtk_widget_class_install_action (widget, "schedules.withdraw", NULL,
                                   schedules_pane_withdraw_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_n, GDK_CONTROL_MASK, "schedules.new", NULL);
}

static void
mh_schedules_pane_init (MhSchedulesPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
