/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/hospital/mh-alert-list.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-table-age.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define LATER_MINUTES 15

struct _MhAlertList
{
  MhPane parent_instance;
  GtkBox *box;
  GtkWidget *as_of;
  GtkListBox *rows;
  MhRecordList *alerts;
};

G_DEFINE_FINAL_TYPE (MhAlertList, mh_alert_list, MH_TYPE_PANE)

static guint counted, went;

/* --- words --- */

const char *
mh_alert_title (MhRecord *alert)
{
  return mh_words_of_code (&mh_alert_type.fields[MH_ALERT_KIND],
                           mh_record_text (alert, MH_ALERT_KIND));
}

static char *
alert_list_argument_words (const char *argument)
{
  MhDate date;
  if (argument[0] == '@' && g_ascii_isdigit (argument[1]))
    return mh_words_time (g_ascii_strtoll (argument + 1, NULL, 10));
  if (mh_date_parse (argument, &date))
    return mh_words_of_date (argument);
  return g_strdup (argument[0] != '\0' ? _ (argument) : "");
}

char *
mh_alert_words (MhRecord *alert)
{
  const MhAlertKind *kind = mh_alert_kind_find (mh_record_text (alert, MH_ALERT_KIND));
  const char *const *arguments = mh_record_list (alert, MH_ALERT_ARGUMENTS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    {
      g_autofree char *words = alert_list_argument_words (arguments[i]);
      g_strv_builder_add (builder, words);
    }
  g_auto (GStrv) worded = g_strv_builder_end (builder);
  return kind != NULL ? mh_alert_fill (_ (kind->text), (const char *const *)worded) : g_strdup ("");
}

gboolean
mh_alert_is_mine (MhContext *context, MhRecord *alert)
{
  MhRecord *user = mh_context_user (context);
  g_autoptr (GPtrArray) rights = g_ptr_array_new ();
  for (const MhCode *code = mh_permission_codes; code->code != NULL; code++)
    if (mh_context_may (context, code->code))
      g_ptr_array_add (rights, (gpointer)code->code);
  g_ptr_array_add (rights, NULL);
  return mh_alert_is_for (alert, user != NULL ? mh_record_id (user) : NULL,
                          (const char *const *)rights->pdata);
}

static gboolean
alert_list_belongs (MhRecord *alert, gpointer data)
{
  MhContext *context = mh_pane_context (MH_PANE (data));
  return context != NULL && g_strcmp0 (mh_record_text (alert, MH_ALERT_STATUS), MH_ALERT_OPEN) == 0
         && mh_alert_is_mine (context, alert);
}

/* --- seeing to it --- */

static MhRecord *
alert_of (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "alert");
}

static void
alert_list_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAlertList) list = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (list)) != NULL)
    mh_shell_fail (GTK_WIDGET (list), error);
}

static void
alert_list_send (MhAlertList *list,
                 const char *route,
                 MhRecord *alert,
                 const char *status,
                 int minutes)
{
  MhContext *context = mh_pane_context (MH_PANE (list));
  g_autoptr (MhRecord) after = mh_record_copy (alert);
  g_autoptr (MhRecord) body = mh_record_new (&mh_alert_noting_type);
  if (context == NULL)
    return;
  mh_record_set_text (after, MH_ALERT_STATUS, status);
  if (minutes > 0)
    mh_record_set_int (body, MH_ALERT_NOTING_MINUTES, minutes);
  mh_command_async (context,
                    &(MhCommand){ .route = route,
                                  .args = (const char *const[]){ "id", mh_record_id (alert), NULL },
                                  .body = body,
                                  .optimistic = after },
                    NULL, alert_list_done_cb, g_object_ref (list));
}

static void
see_cb (GtkWidget *button, MhAlertList *list)
{
  alert_list_send (list, "alert.acknowledge", alert_of (button), MH_ALERT_ACKNOWLEDGED, 0);
}

static void
alert_list_later_cb (GtkWidget *button, MhAlertList *list)
{
  alert_list_send (list, "alert.snooze", alert_of (button), MH_ALERT_SNOOZED, LATER_MINUTES);
}

static void
alert_list_opened_cb (GtkListBox *box, GtkListBoxRow *row, MhAlertList *list)
{
  MhRecord *alert = alert_of (row);
  const MhAlertKind *kind = mh_alert_kind_find (mh_record_text (alert, MH_ALERT_KIND));
  g_signal_emit (list, went, 0);
  g_auto (GStrv) page = kind != NULL && kind->page != NULL ? g_strsplit (kind->page, "/", 2) : NULL;
  if (page != NULL)
    mh_shell_go (GTK_WIDGET (list), page[0],
                 page[1] != NULL ? page[1] : mh_record_text (alert, MH_ALERT_SUBJECT_ID));
}

/* --- rows --- */

static const struct
{
  const char *icon, *style;
} marks[] = {
  { "dialog-information-symbolic", "mh-cool" },
  { "dialog-warning-symbolic", "mh-warm" },
  { "dialog-error-symbolic", "mh-bad" },
};

static void
set_alert (GtkWidget *widget, MhRecord *alert)
{
  g_object_set_data_full (G_OBJECT (widget), "alert", g_object_ref (alert), g_object_unref);
}

static GtkWidget *
alert_list_act (MhAlertList *list,
                MhRecord *alert,
                const char *icon,
                const char *name,
                GCallback callback)
{
  GtkWidget *button = mh_icon_button_new (icon, name, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  set_alert (button, alert);
  g_signal_connect (button, "clicked", callback, list);
  return button;
}

static GtkWidget *
alert_list_row_new (gpointer item, gpointer data)
{
  MhRecord *alert = item;
  MhAlertList *list = data;
  int rank = mh_alert_rank (mh_record_text (alert, MH_ALERT_SEVERITY));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *mark = gtk_image_new_from_icon_name (marks[rank].icon);
  g_autofree char *words = mh_alert_words (alert);
  g_autofree char *time = mh_words_time (mh_record_int (alert, MH_ALERT_RAISED_AT));
  g_autofree char *below = g_strdup_printf ("%s · %s", words, time);
  g_autofree char *title = g_markup_escape_text (mh_alert_title (alert), -1);
  g_autofree char *subtitle = g_markup_escape_text (below, -1);

  gtk_widget_add_css_class (mark, marks[rank].style);
  mh_accessible_name (mark, mh_words_of_code (&mh_alert_type.fields[MH_ALERT_SEVERITY],
                                              mh_alert_severity_codes[rank].code));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             alert_list_act (list, alert, "alarm-symbolic",
                                             _ ("Later: remind me in 15 minutes"),
                                             G_CALLBACK (alert_list_later_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             alert_list_act (list, alert, "object-select-symbolic",
                                             _ ("Acknowledge"), G_CALLBACK (see_cb)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  set_alert (row, alert);

  return row;
}

static guint
severe_of (GListModel *model)
{
  guint severe = 0;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (MhRecord) alert = g_list_model_get_item (model, i);
      severe += mh_alert_rank (mh_record_text (alert, MH_ALERT_SEVERITY)) == 2;
    }
  return severe;
}

static void
alert_list_count_cb (MhAlertList *list)
{
  GListModel *model = G_LIST_MODEL (list->alerts);
  g_signal_emit (list, counted, 0, g_list_model_get_n_items (model), severe_of (model));
}

static void
mh_alert_list_age_cb (MhAlertList *list)
{
  mh_table_age_show (list->as_of, list->alerts);
}

/* One that became worse changes in its place: the row is made anew. */
static void
alert_list_changed_cb (MhSync *sync,
                       gpointer type,
                       const char *id,
                       MhRecord *record,
                       MhAlertList *list)
{
  int at = type == &mh_alert_type ? mh_record_list_find (list->alerts, id) : -1;
  if (at >= 0)
    g_list_model_items_changed (G_LIST_MODEL (list->alerts), (guint)at, 1, 1);
}

guint
mh_alert_list_count (MhAlertList *list)
{
  g_return_val_if_fail (MH_IS_ALERT_LIST (list), 0);
  return list->alerts != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list->alerts)) : 0;
}

/* --- making it --- */

static void
alert_list_begin (MhPane *pane)
{
  MhAlertList *list = MH_ALERT_LIST (pane);
  MhContext *context = mh_pane_context (pane);
  mh_pane_keep (pane, &list->alerts, mh_record_list_new (context, "alert.list"));
  mh_record_list_set_belongs (list->alerts, alert_list_belongs, list);
  g_signal_connect_object (list->alerts, "items-changed", G_CALLBACK (alert_list_count_cb), list,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list->alerts, "notify::n-items", G_CALLBACK (mh_alert_list_age_cb), list,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (context), "changed", G_CALLBACK (alert_list_changed_cb),
                           list, G_CONNECT_AFTER);
  gtk_list_box_bind_model (list->rows, G_LIST_MODEL (list->alerts), alert_list_row_new, list, NULL);
  mh_record_list_set_args (list->alerts, (const char *const[]){ "status", MH_ALERT_OPEN, NULL });
}

static void
mh_alert_list_class_init (MhAlertListClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = alert_list_begin;
  counted = g_signal_new ("counted", MH_TYPE_ALERT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  went = g_signal_new ("went", MH_TYPE_ALERT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("widgets/hospital/mh-alert-list"));
  gtk_widget_class_bind_template_child (widget, MhAlertList, box);
  gtk_widget_class_bind_template_child (widget, MhAlertList, rows);
  gtk_widget_class_bind_template_callback (widget, alert_list_opened_cb);
}

static void
mh_alert_list_init (MhAlertList *list)
{
  gtk_widget_init_template (GTK_WIDGET (list));
  list->as_of = mh_table_age_new ();
  gtk_box_prepend (list->box, list->as_of);
}
