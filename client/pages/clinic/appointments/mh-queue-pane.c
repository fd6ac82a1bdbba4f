/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-queue-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/clinic/appointments/mh-queue-display.h"
#include "client/pages/clinic/nursing/mh-visit-change.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhQueuePane
{
  MhPane parent_instance;
  MhRecordList *schedules, *tokens, *expected;
  MhRecord *patient; /* for whom the next token is */
  GtkDropDown *schedule;
  MhRecordTable *table, *coming;
  GtkFilterListModel *coming_rows, *waiting_rows;
  MhSearchEntry *search;
  GtkLabel *who;
  MhSplit *split;
  char today[MH_DATE_LENGTH + 1];
  char *schedule_id; /* NULL: all queues */
  GtkFilter *is_coming, *is_waiting;
  /* The focus goes to who is expected if they come before; who sits there longer has chosen a
   * place. */
  gint64 grab_until; /* monotonic */
  guint frames;      /* left to try it in */
};

G_DEFINE_FINAL_TYPE (MhQueuePane, mh_queue_pane, MH_TYPE_PANE)

/* --- tables --- */

static char *
token_due (MhRecord *token)
{
  if (g_strcmp0 (mh_record_text (token, MH_TOKEN_KIND), MH_TOKEN_URGENT) == 0)
    return g_strdup (_ ("⚡ Urgent"));
  return mh_record_has (token, MH_TOKEN_DUE_AT)
             ? mh_when_clock (mh_record_int (token, MH_TOKEN_DUE_AT))
             : g_strdup (_ ("Walk-in"));
}

static const MhTableColumn columns[] = {
  { .field = "label", .width = 76 },
  { .field = "patient_name", .width = 100, .expand = TRUE },
  { .title = N_ ("Booked for"), .text = token_due, .width = 92 },
  { .field = "status", .width = 96 },
  { NULL },
};

static char *
queue_pane_when_text (MhRecord *booking)
{
  return mh_when_clock (mh_record_int (booking, MH_APPOINTMENT_START_AT));
}

static const MhTableColumn coming_columns[] = {
  { .title = N_ ("Time"), .text = queue_pane_when_text, .width = 60 },
  { .field = "patient_name", .width = 130, .expand = TRUE },
  { .field = "status", .width = 110 },
  { NULL },
};

static gboolean
is_expected (MhRecord *booking)
{
  const char *status = mh_record_text (booking, MH_APPOINTMENT_STATUS);
  return g_strcmp0 (status, MH_APPOINTMENT_BOOKED) == 0
         || g_strcmp0 (status, MH_APPOINTMENT_NO_SHOW) == 0;
}

/* The local copy knows of other days and queues too. */
static gboolean
match_expected (gpointer item, gpointer data)
{
  MhQueuePane *pane = data;
  return is_expected (item)
         && g_strcmp0 (mh_record_text (item, MH_APPOINTMENT_DAY), pane->today) == 0
         && (pane->schedule_id == NULL
             || g_strcmp0 (mh_record_text (item, MH_APPOINTMENT_SCHEDULE_ID), pane->schedule_id)
                    == 0);
}

/* The copy has no order of its own. */
static int
compare_time (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 left = mh_record_int ((MhRecord *)a, MH_APPOINTMENT_START_AT);
  gint64 right = mh_record_int ((MhRecord *)b, MH_APPOINTMENT_START_AT);
  return left < right   ? GTK_ORDERING_SMALLER
         : left > right ? GTK_ORDERING_LARGER
                        : GTK_ORDERING_EQUAL;
}

static gboolean
match_token (gpointer item, gpointer data)
{
  MhQueuePane *pane = data;
  return g_strcmp0 (mh_record_text (item, MH_TOKEN_DAY), pane->today) == 0
         && (pane->schedule_id == NULL
             || g_strcmp0 (mh_record_text (item, MH_TOKEN_SCHEDULE_ID), pane->schedule_id) == 0);
}

static MhRecord *
queue_pane_chosen (MhQueuePane *pane)
{
  return mh_appointment_chosen_schedule (pane->schedule, G_LIST_MODEL (pane->schedules), TRUE);
}

/* What may be done with the chosen rows by whoever is signed in. */
static void
queue_pane_enable_cb (MhQueuePane *pane)
{
  GtkWidget *widget = GTK_WIDGET (pane);
  MhContext *context = mh_pane_context (MH_PANE (pane));
  if (context == NULL)
    return;

  gboolean write = mh_context_may (context, MH_MAY_WRITE_APPOINTMENT);
  gboolean call = mh_context_may (context, MH_MAY_CALL_QUEUE);
  gboolean token = mh_record_table_current (pane->table) != NULL;
  gboolean booking = mh_record_table_current (pane->coming) != NULL;

  gtk_widget_action_set_enabled (widget, "queue.call", call);
  gtk_widget_action_set_enabled (widget, "queue.step", call && token);
  gtk_widget_action_set_enabled (widget, "queue.print", token);
  gtk_widget_action_set_enabled (widget, "queue.visit",
                                 token && mh_context_may (context, MH_MAY_WRITE_VISIT));
  gtk_widget_action_set_enabled (widget, "queue.token", write);
  gtk_widget_action_set_enabled (widget, "queue.arrive", write && booking);
  gtk_widget_action_set_enabled (widget, "queue.not-come", write && booking);
}

static void
queue_pane_reload_cb (MhQueuePane *pane)
{
  if (mh_pane_context (MH_PANE (pane)) == NULL || pane->tokens == NULL)
    return;

  g_autoptr (MhRecord) schedule = queue_pane_chosen (pane);
  const char *args[] = { "limit", "200", schedule != NULL ? "schedule" : NULL,
                         schedule != NULL ? mh_record_id (schedule) : NULL, NULL };

  mh_when_today_text (pane->today);
  g_free (pane->schedule_id);
  pane->schedule_id = schedule != NULL ? g_strdup (mh_record_id (schedule)) : NULL;
  gtk_filter_changed (pane->is_coming, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_changed (pane->is_waiting, GTK_FILTER_CHANGE_DIFFERENT);
  mh_record_list_set_args (pane->tokens, args);
  mh_record_list_set_args (pane->expected, args);
}

static void
queue_pane_schedules_cb (MhQueuePane *pane)
{
  mh_appointment_fill_schedules (pane->schedule, G_LIST_MODEL (pane->schedules), _ ("All queues"));
}

/* --- doing --- */

static void
queue_pane_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhQueuePane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  g_autofree char *words = NULL;

  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (outcome == NULL)
    words = mh_appointment_refusal (error);
  else if (outcome->waiting)
    words = g_strdup (_ ("Kept here until the server is back"));
  else if (outcome->record != NULL && mh_record_type (outcome->record) == &mh_token_type)
    words = g_strdup_printf ("%s · %s", mh_record_text (outcome->record, MH_TOKEN_LABEL),
                             mh_words_of_code (&mh_token_type.fields[MH_TOKEN_STATUS],
                                               mh_record_text (outcome->record, MH_TOKEN_STATUS)));
  else if (outcome->record != NULL)
    words = g_strdup_printf (_ ("Token %s"),
                             mh_record_text (outcome->record, MH_APPOINTMENT_TOKEN_LABEL));
  if (words != NULL)
    mh_shell_toast (GTK_WIDGET (pane), words);
  gtk_filter_changed (pane->is_coming, GTK_FILTER_CHANGE_DIFFERENT);
  mh_record_list_reload (pane->tokens);
  mh_record_list_reload (pane->expected);
}

static void
queue_pane_submit (MhQueuePane *pane, const char *route, const char *id, const char *step)
{
  const char *args[] = { "id", id, NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_appointment_step_type);
  mh_record_set_text (body, MH_STEP_STEP, step);
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = route, .args = args, .body = body }, NULL,
                    queue_pane_answered_cb, g_object_ref (pane));
}

static void
queue_pane_call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQueuePane *pane = MH_QUEUE_PANE (widget);
  g_autoptr (MhRecord) schedule = queue_pane_chosen (pane);
  if (schedule == NULL)
    {
      mh_shell_toast (widget, _ ("Choose whose queue it is first"));
      gtk_widget_grab_focus (GTK_WIDGET (pane->schedule));
      return;
    }
  queue_pane_submit (pane, "queue.call", mh_record_id (schedule), MH_STEP_CALL);
}

static void
queue_pane_step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQueuePane *pane = MH_QUEUE_PANE (widget);
  MhRecord *token = mh_record_table_current (pane->table);
  if (token != NULL)
    queue_pane_submit (pane, "token.step", mh_record_id (token),
                       g_variant_get_string (parameter, NULL));
}

static void
queue_pane_arrive_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQueuePane *pane = MH_QUEUE_PANE (widget);
  MhRecord *booking = mh_record_table_current (pane->coming);
  if (booking != NULL)
    mh_appointment_submit_arrival (mh_pane_context (MH_PANE (pane)), booking,
                                   queue_pane_answered_cb, g_object_ref (pane));
}

static void
not_come_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQueuePane *pane = MH_QUEUE_PANE (widget);
  MhRecord *booking = mh_record_table_current (pane->coming);
  if (booking != NULL)
    queue_pane_submit (pane, "appointment.step", mh_record_id (booking), MH_STEP_NO_SHOW);
}

static void
token_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQueuePane *pane = MH_QUEUE_PANE (widget);
  g_autoptr (MhRecord) schedule = queue_pane_chosen (pane);
  if (schedule == NULL)
    {
      mh_shell_toast (widget, _ ("Choose whose queue it is first"));
      gtk_widget_grab_focus (GTK_WIDGET (pane->schedule));
      return;
    }

  mh_appointment_submit_token (
      mh_pane_context (MH_PANE (pane)),
      &(MhTokenWanted){ schedule, pane->patient, g_variant_get_string (parameter, NULL), NULL },
      queue_pane_answered_cb, g_object_ref (pane));
  g_clear_object (&pane->patient);
  gtk_label_set_text (pane->who, _ ("Walk-in without a name"));
}

static void
queue_pane_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQueuePane *pane = MH_QUEUE_PANE (widget);
  MhRecord *token = mh_record_table_current (pane->table);
  const char *args[] = { "id", token != NULL ? mh_record_id (token) : NULL, NULL };
  if (token != NULL)
    mh_file_answer_print (MH_PANE (pane), "token.slip", args, MH_PRINTER_RECEIPTS, _ ("Token"));
}

static void
queue_pane_visit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhQueuePane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) visit = mh_read_finish (result, &error);
  MhContext *context = mh_pane_context (MH_PANE (pane));
  if (context == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (visit != NULL && !mh_visit_is_open (visit))
    mh_shell_toast (GTK_WIDGET (pane), _ ("This visit is over."));
  mh_visit_change_show (GTK_WIDGET (pane), context, visit);
}

/* Whom the patient of the token sees, and where. */
static void
visit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhQueuePane *pane = MH_QUEUE_PANE (widget);
  MhRecord *token = mh_record_table_current (pane->table);
  const char *id = token != NULL ? mh_record_text (token, MH_TOKEN_VISIT_ID) : NULL;
  if (id != NULL)
    mh_read_async (mh_pane_context (MH_PANE (pane)), "visit.read", id,
                   mh_pane_cancellable (MH_PANE (pane)), queue_pane_visit_cb, g_object_ref (pane));
  else
    mh_shell_toast (widget, _ ("This token has no visit; give one to a patient by name."));
}

static void
display_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_queue_display_show (widget, mh_pane_context (MH_PANE (widget)));
}

/* Where there is room for one of the two. */
static void
expected_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_split_show_end (MH_QUEUE_PANE (widget)->split, TRUE);
}

static void
queue_pane_patient_cb (MhSearchEntry *entry, MhRecord *patient, MhQueuePane *pane)
{
  g_autofree char *name = mh_words_patient (patient);
  g_set_object (&pane->patient, patient);
  gtk_label_set_text (pane->who, name);
}

/* The order of calling is the server's. */
static void
queue_pane_changed_cb (MhSync *sync,
                       gpointer type,
                       const char *id,
                       MhRecord *record,
                       MhQueuePane *pane)
{
  if (type == &mh_token_type && gtk_widget_get_mapped (GTK_WIDGET (pane)))
    mh_record_list_reload (pane->tokens);
}

/* --- as a pane --- */

/* A row takes the keys only after it was laid out, some frames after its record is there. */
static gboolean
grab_cb (GtkWidget *coming, GdkFrameClock *clock, gpointer data)
{
  MhQueuePane *pane = data;
  GtkRoot *root = gtk_widget_get_root (coming);
  GtkWidget *focus = gtk_root_get_focus (root);
  gboolean typing = GTK_IS_TEXT (focus) && gtk_editable_get_text (GTK_EDITABLE (focus))[0] != 0;

  if (typing || --pane->frames == 0 || g_get_monotonic_time () >= pane->grab_until)
    {
      pane->frames = 0;
      return G_SOURCE_REMOVE;
    }

  if (!gtk_widget_get_mapped (coming))
    return G_SOURCE_CONTINUE;

  mh_record_table_enter (pane->coming);
  focus = gtk_root_get_focus (root);
  if (focus == NULL || !gtk_widget_is_ancestor (focus, coming))
    return G_SOURCE_CONTINUE;

  pane->grab_until = 0;
  pane->frames = 0;
  return G_SOURCE_REMOVE;
}

static void
expected_cb (MhQueuePane *pane)
{
  enum
  {
    FRAMES = 30
  };
  if (g_get_monotonic_time () >= pane->grab_until
      || g_list_model_get_n_items (G_LIST_MODEL (pane->coming_rows)) == 0)
    return;
  if (pane->frames == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (pane->coming), grab_cb, pane, NULL);
  pane->frames = FRAMES;
}

static void
queue_pane_begin (MhPane *base)
{
  MhQueuePane *pane = MH_QUEUE_PANE (base);
  MhContext *context = mh_pane_context (base);
  mh_pane_keep (base, &pane->schedules, mh_record_list_new (context, "schedule.list"));
  mh_pane_keep (base, &pane->tokens, mh_record_list_new (context, "token.list"));
  mh_pane_keep (base, &pane->expected, mh_record_list_new (context, "appointment.list"));
  mh_appointment_find_patients (pane->search, context);
  pane->is_coming = GTK_FILTER (gtk_custom_filter_new (match_expected, pane, NULL));
  pane->is_waiting = GTK_FILTER (gtk_custom_filter_new (match_token, pane, NULL));
  mh_pane_keep (base, &pane->coming_rows,
                gtk_filter_list_model_new (
                    G_LIST_MODEL (gtk_sort_list_model_new (
                        g_object_ref (G_LIST_MODEL (pane->expected)),
                        GTK_SORTER (gtk_custom_sorter_new (compare_time, NULL, NULL)))),
                    pane->is_coming));
  mh_pane_keep (
      base, &pane->waiting_rows,
      gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (pane->tokens)), pane->is_waiting));
  mh_record_list_set_keep (pane->schedules, TRUE);
  mh_record_list_set_keep (pane->tokens, TRUE);
  mh_record_list_set_keep (pane->expected, TRUE);
  mh_record_table_setup (pane->table, "tokens", &mh_token_type, columns,
                         G_LIST_MODEL (pane->waiting_rows), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_PHONE_LEAST_WIDTH);
  mh_record_table_set_source (pane->table, pane->tokens);
  mh_record_table_setup (pane->coming, "expected", &mh_appointment_type, coming_columns,
                         G_LIST_MODEL (pane->coming_rows), MH_TABLE_SINGLE);
  mh_record_table_set_source (pane->coming, pane->expected);
  g_signal_connect_object (pane->schedules, "items-changed", G_CALLBACK (queue_pane_schedules_cb),
                           pane, G_CONNECT_SWAPPED);

  /* not of the list, which knows of other days too and may stay as long as it was */
  g_signal_connect_object (pane->coming_rows, "items-changed", G_CALLBACK (expected_cb), pane,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (context), "changed", G_CALLBACK (queue_pane_changed_cb),
                           pane, 0);
  mh_record_list_set_args (pane->schedules, (const char *[]){ "limit", "200", NULL });
  queue_pane_enable_cb (pane);
  queue_pane_reload_cb (pane);
}

static void
queue_pane_shown (MhPane *base)
{
  MhQueuePane *pane = MH_QUEUE_PANE (base);
  pane->grab_until = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  queue_pane_reload_cb (pane);
  expected_cb (pane);
}

static void
mh_queue_pane_finalize (GObject *object)
{
  g_clear_object (&MH_QUEUE_PANE (object)->patient);
  g_free (MH_QUEUE_PANE (object)->schedule_id);
  G_OBJECT_CLASS (mh_queue_pane_parent_class)->finalize (object);
}

static void
mh_queue_pane_class_init (MhQueuePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_queue_pane_finalize;
  MH_PANE_CLASS (klass)->begin = queue_pane_begin;
  MH_PANE_CLASS (klass)->shown = queue_pane_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/appointments/mh-queue-pane"));

  gtk_widget_class_bind_template_child (widget, MhQueuePane, schedule);
  gtk_widget_class_bind_template_child (widget, MhQueuePane, table);
  gtk_widget_class_bind_template_child (widget, MhQueuePane, coming);
  gtk_widget_class_bind_template_child (widget, MhQueuePane, search);
  gtk_widget_class_bind_template_child (widget, MhQueuePane, who);
  gtk_widget_class_bind_template_child (widget, MhQueuePane, split);

  gtk_widget_class_bind_template_callback (widget, queue_pane_reload_cb);
  gtk_widget_class_bind_template_callback (widget, queue_pane_enable_cb);

  gtk_widget_class_install_action (widget, "queue.call", NULL, queue_pane_call_action);
  gtk_widget_class_install_action (widget, "queue.step", "s", queue_pane_step_action);
  gtk_widget_class_install_action (widget, "queue.arrive", NULL, queue_pane_arrive_action);
  gtk_widget_class_install_action (widget, "queue.not-come", NULL, not_come_action);
  gtk_widget_class_install_action (widget, "queue.token", "s", token_action);
  gtk_widget_class_install_action (widget, "queue.print", NULL, queue_pane_print_action);
  gtk_widget_class_install_action (widget, "queue.expected", NULL, expected_action);
  gtk_widget_class_install_action (widget, "queue.display", NULL, display_action);
  gtk_widget_class_install_action (widget, "queue.visit", NULL, visit_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_e, GDK_CONTROL_MASK, "queue.visit", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F4, 0, "queue.arrive", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "queue.call", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_t, GDK_CONTROL_MASK, "queue.token", "s",
                                       MH_TOKEN_WALK_IN);
}

static void
mh_queue_pane_init (MhQueuePane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  g_signal_connect_object (pane->search, "chosen", G_CALLBACK (queue_pane_patient_cb), pane, 0);
}
