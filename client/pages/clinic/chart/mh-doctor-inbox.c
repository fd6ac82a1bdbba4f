/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-doctor-inbox.h"

#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-inbox-item.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 620
#define PAGE "100"

struct _MhDoctorInbox
{
  MhPane parent_instance;
  MhRecordList *items;
  MhRecordTable *table;
  GtkWidget *state, *whose;
  MhKeyButton *see;
};

G_DEFINE_FINAL_TYPE (MhDoctorInbox, mh_doctor_inbox, MH_TYPE_PANE)

/* --- words --- */

static char *
findings_text (MhRecord *item)
{
  gint64 critical = mh_record_int (item, MH_INBOX_ITEM_N_CRITICAL);
  gint64 abnormal = mh_record_int (item, MH_INBOX_ITEM_N_ABNORMAL);
  if (critical > 0)
    /* Translators: how many of the values are critical */
    return g_strdup_printf (_ ("%d critical"), (int)critical);
  /* Translators: how many of the values are abnormal */
  return abnormal > 0 ? g_strdup_printf (_ ("%d abnormal"), (int)abnormal)
                      : g_strdup (_ ("Normal"));
}

static const char *
findings_style (MhRecord *item)
{
  static const char *const styles[] = { NULL, "mh-warm", "mh-critical" };
  return styles[mh_inbox_item_weight (item)];
}

static char *
patient_text (MhRecord *item)
{
  const char *name = mh_record_text (item, MH_INBOX_ITEM_PATIENT_NAME);
  return g_strdup (name != NULL ? name : _ ("Protected chart"));
}

static char *
doctor_inbox_tests_text (MhRecord *item)
{
  const char *const *names = mh_record_list (item, MH_INBOX_ITEM_TEST_NAMES);
  return names != NULL ? g_strjoinv (", ", (char **)names) : NULL;
}

/* "Corrected, version 2". */
static char *
doctor_inbox_report_text (MhRecord *item)
{
  gint64 version = mh_record_int (item, MH_INBOX_ITEM_VERSION_NO);
  g_autofree char *status = mh_words_value (item, MH_INBOX_ITEM_STATUS);
  return version > 1 ? g_strdup_printf (_ ("%s, version %d"), status, (int)version)
                     : g_steal_pointer (&status);
}

static char *
released_text (MhRecord *item)
{
  return mh_words_time (mh_record_int (item, MH_INBOX_ITEM_RELEASED_AT));
}

static char *
seen_text (MhRecord *item)
{
  const char *name = mh_record_text (item, MH_INBOX_ITEM_SEEN_NAME);
  if (!mh_record_has (item, MH_INBOX_ITEM_SEEN_AT))
    return NULL;
  g_autofree char *when = mh_words_time (mh_record_int (item, MH_INBOX_ITEM_SEEN_AT));
  return g_strdup_printf ("%s%s%s", when, name != NULL ? " · " : "", name != NULL ? name : "");
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Findings"),
    .text = findings_text,
    .style = findings_style,
    .width = 100,
    .line = MH_LINE_TRAILING },
  { .title = N_ ("Patient"), .text = patient_text, .width = 160, .line = MH_LINE_TITLE },
  { .field = "patient_mrn", .title = N_ ("MRN"), .width = 138, .line = MH_LINE_NONE },
  { .title = N_ ("Tests"), .text = doctor_inbox_tests_text, .expand = TRUE, .width = 140 },
  { .title = N_ ("Report"), .text = doctor_inbox_report_text, .width = 130 },
  { .title = N_ ("Released"), .text = released_text, .width = 120 },
  { .field = "user_name", .width = 120, .line = MH_LINE_NONE },
  { .title = N_ ("Seen"), .text = seen_text, .width = 110, .line = MH_LINE_NONE },
  { NULL },
};

/* --- what is shown --- */

static const char *
doctor_inbox_my_id (MhContext *context)
{
  MhRecord *user = mh_context_user (context);
  return user != NULL ? mh_record_id (user) : NULL;
}

static gboolean
shows_seen (MhDoctorInbox *inbox)
{
  return g_strcmp0 (mh_choice_get (inbox->state), MH_INBOX_SEEN) == 0;
}

static gboolean
shows_mine (MhDoctorInbox *inbox)
{
  return g_strcmp0 (mh_choice_get (inbox->whose), MH_INBOX_DEPARTMENT) != 0;
}

static gboolean
doctor_inbox_is_mine (MhRecord *item, MhContext *context)
{
  return !mh_record_has (item, MH_DELETED_AT)
         && g_strcmp0 (mh_record_text (item, MH_INBOX_ITEM_USER_ID), doctor_inbox_my_id (context))
                == 0;
}

/* The feed tells of one's own; what the colleagues have is the server's answer. */
static gboolean
doctor_inbox_belongs (MhRecord *item, gpointer data)
{
  MhDoctorInbox *inbox = data;
  return doctor_inbox_is_mine (item, mh_pane_context (MH_PANE (inbox))) == shows_mine (inbox)
         && mh_record_has (item, MH_INBOX_ITEM_SEEN_AT) == shows_seen (inbox);
}

static gboolean
is_new_one (MhRecord *item, gpointer context)
{
  return doctor_inbox_is_mine (item, context) && !mh_record_has (item, MH_INBOX_ITEM_SEEN_AT);
}

static int
compare_seen (gconstpointer a, gconstpointer b)
{
  gint64 one = mh_record_int ((MhRecord *)a, MH_INBOX_ITEM_SEEN_AT);
  gint64 other = mh_record_int ((MhRecord *)b, MH_INBOX_ITEM_SEEN_AT);
  return one == other ? 0 : one > other ? -1 : 1;
}

static void
doctor_inbox_selection_cb (MhDoctorInbox *inbox)
{
  gtk_widget_set_sensitive (GTK_WIDGET (inbox->see),
                            mh_record_table_current (inbox->table) != NULL);
}

static void
doctor_inbox_say_empty (MhDoctorInbox *inbox)
{
  if (shows_seen (inbox))
    mh_record_table_set_empty (inbox->table, "object-select-symbolic", _ ("Nothing was seen yet"),
                               _ ("Results that were marked as seen stand here."), NULL, NULL);
  else if (shows_mine (inbox))
    mh_record_table_set_empty (
        inbox->table, "object-select-symbolic", _ ("No new results"),
        _ ("What you have ordered appears here by itself when its report is released."), NULL,
        NULL);
  else
    mh_record_table_set_empty (
        inbox->table, "object-select-symbolic", _ ("No new results in the department"),
        _ ("Those of your colleagues can be looked at while the server is reached."), NULL, NULL);
}

static void
doctor_inbox_load (MhDoctorInbox *inbox)
{
  gboolean seen = shows_seen (inbox);
  const char *args[] = { "state", seen ? MH_INBOX_SEEN : MH_INBOX_UNSEEN,
                         "whose", shows_mine (inbox) ? MH_INBOX_MINE : MH_INBOX_DEPARTMENT,
                         "limit", PAGE,
                         NULL };
  mh_record_list_set_compare (inbox->items, seen ? compare_seen : mh_inbox_item_compare);
  mh_record_list_set_args (inbox->items, args);
  mh_key_button_set_text (inbox->see, seen ? _ ("Mark as _new again") : _ ("Mark as _seen"));
  doctor_inbox_say_empty (inbox);
}

static void
doctor_inbox_choice_cb (MhDoctorInbox *inbox)
{
  if (inbox->items == NULL)
    return;
  doctor_inbox_load (inbox);
  mh_record_table_enter (inbox->table);
}

static void
doctor_inbox_activated_cb (MhDoctorInbox *inbox, MhRecord *item)
{
  mh_shell_go (GTK_WIDGET (inbox), "report", mh_record_text (item, MH_INBOX_ITEM_ORDER_ID));
}

/* --- seeing --- */

typedef struct
{
  MhDoctorInbox *inbox;
  MhRecord *item; /* as it was */
  gboolean seen;  /* what was done to it */
  gboolean undone;
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;
  g_object_unref (mark->inbox);
  g_object_unref (mark->item);
  g_free (mark);
}

static void
doctor_inbox_send (MhDoctorInbox *inbox, MhRecord *item, gboolean seen, gboolean undone);

static void
doctor_inbox_undo_cb (gpointer data)
{
  Mark *mark = data;
  doctor_inbox_send (mark->inbox, mark->item, !mark->seen, TRUE);
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Mark *mark = data;
  MhDoctorInbox *inbox = mark->inbox;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (mh_pane_context (MH_PANE (inbox)) == NULL)
    {
      mark_free (mark);
      return;
    }

  mh_shell_fail (GTK_WIDGET (inbox), error);

  /* a colleague's row comes by no feed; a refusal is about a row that is another one meanwhile */
  if (outcome == NULL || !shows_mine (inbox))
    mh_record_list_reload (inbox->items);
  if (outcome != NULL && outcome->record != NULL)
    g_set_object (&mark->item, outcome->record);
  if (outcome == NULL || mark->undone)
    mark_free (mark);
  else
    mh_shell_toast_undo (GTK_WIDGET (inbox),
                         mark->seen ? _ ("Marked as seen") : _ ("It stands among the new ones"),
                         doctor_inbox_undo_cb, mark, mark_free);
}

static void
doctor_inbox_send (MhDoctorInbox *inbox, MhRecord *item, gboolean seen, gboolean undone)
{
  MhContext *context = mh_pane_context (MH_PANE (inbox));
  if (context == NULL)
    return;

  Mark *mark = g_new0 (Mark, 1);
  g_autoptr (MhRecord) after = mh_record_copy (item);
  g_autoptr (MhRecord) body = seen ? mh_record_new (&mh_inbox_seeing_type) : NULL;
  const char *args[] = { "id", mh_record_id (item), NULL };

  *mark = (Mark){ g_object_ref (inbox), g_object_ref (item), seen, undone };
  if (seen)
    {
      mh_record_set_int (body, MH_INBOX_SEEING_VERSION_NO,
                         mh_record_int (item, MH_INBOX_ITEM_VERSION_NO));
      mh_record_set_int (after, MH_INBOX_ITEM_SEEN_AT, mh_when_now ());
    }
  else
    mh_record_set_null (after, MH_INBOX_ITEM_SEEN_AT);

  mh_command_async (context,
                    &(MhCommand){ .route = seen ? "inbox.see" : "inbox.unsee",
                                  .args = args,
                                  .body = body,
                                  .optimistic = after },
                    NULL, marked_cb, mark);
}

static void
see_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhDoctorInbox *inbox = MH_DOCTOR_INBOX (widget);
  MhRecord *item = mh_record_table_current (inbox->table);
  if (item != NULL)
    doctor_inbox_send (inbox, item, !shows_seen (inbox), FALSE);
}

/* --- making it --- */

static void
doctor_inbox_begin (MhPane *pane)
{
  MhDoctorInbox *inbox = MH_DOCTOR_INBOX (pane);
  MhRecordList *items = mh_record_list_new (mh_pane_context (pane), "inbox.list");
  mh_record_list_set_belongs (items, doctor_inbox_belongs, inbox);
  mh_record_list_set_keep (items, TRUE);
  mh_record_table_setup (inbox->table, "doctor-inbox", &mh_inbox_item_type, columns,
                         G_LIST_MODEL (items), MH_TABLE_SINGLE);
  mh_record_table_set_lines (inbox->table, LEAST_WIDTH);
  mh_pane_keep (pane, &inbox->items, items);
  doctor_inbox_selection_cb (inbox);
  doctor_inbox_load (inbox);
}

static void
mh_doctor_inbox_class_init (MhDoctorInboxClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = doctor_inbox_begin;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-doctor-inbox"));
  gtk_widget_class_bind_template_child (widget, MhDoctorInbox, table);
  gtk_widget_class_bind_template_child (widget, MhDoctorInbox, state);
  gtk_widget_class_bind_template_child (widget, MhDoctorInbox, whose);
  gtk_widget_class_bind_template_child (widget, MhDoctorInbox, see);
  gtk_widget_class_bind_template_callback (widget, doctor_inbox_choice_cb);
  gtk_widget_class_bind_template_callback (widget, doctor_inbox_selection_cb);
  gtk_widget_class_bind_template_callback (widget, doctor_inbox_activated_cb);
  gtk_widget_class_install_action (widget, "inbox.see", NULL, see_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "inbox.see", NULL);
}

static void
mh_doctor_inbox_init (MhDoctorInbox *inbox)
{
  gtk_widget_init_template (GTK_WIDGET (inbox));
}

void
mh_doctor_inbox_enter (MhDoctorInbox *inbox)
{
  g_return_if_fail (MH_IS_DOCTOR_INBOX (inbox));
  if (inbox->items != NULL)
    mh_record_list_reload (inbox->items);
  mh_record_table_enter (inbox->table);
}

MhRecordList *
mh_doctor_inbox_new_ones (MhContext *context)
{
  const char *args[] = { "state", MH_INBOX_UNSEEN, "limit", PAGE, NULL };
  if (!mh_context_may (context, MH_MAY_READ_RESULT))
    return NULL;
  MhRecordList *list = mh_record_list_new (context, "inbox.list");
  mh_record_list_set_belongs (list, is_new_one, context);
  mh_record_list_set_compare (list, mh_inbox_item_compare);
  mh_record_list_set_keep (list, TRUE);
  mh_record_list_set_args (list, args);
  return list;
}
