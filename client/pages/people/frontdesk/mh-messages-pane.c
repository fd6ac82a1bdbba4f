/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-messages-pane.h"

#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhMessagesPane
{
  MhPane parent_instance;
  char *patient_id;
  MhRecordList *texts, *mails;
  GtkStack *stack;
  MhRecordTable *text_table, *mail_table;
};

G_DEFINE_FINAL_TYPE (MhMessagesPane, mh_messages_pane, MH_TYPE_PANE)

/* The logs are the server's alone: an empty list of a desk without it would say that nobody wrote.
 */
static void
messages_pane_loaded_cb (MhMessagesPane *pane)
{
  gboolean away = mh_record_list_from_cache (pane->texts) || mh_record_list_from_cache (pane->mails)
                  || mh_record_list_problem (pane->texts) != NULL
                  || mh_record_list_problem (pane->mails) != NULL;
  if (!mh_record_list_is_loading (pane->texts) && !mh_record_list_is_loading (pane->mails))
    gtk_stack_set_visible_child_name (pane->stack, away ? "away" : "messages");
}

/* The copy of others would be told by the feed. */
static gboolean
is_of_text (MhRecord *sms, gpointer data)
{
  return g_strcmp0 (mh_record_text (sms, MH_SMS_PATIENT_ID), MH_MESSAGES_PANE (data)->patient_id)
         == 0;
}

static gboolean
is_of_mail (MhRecord *mail, gpointer data)
{
  return !mh_record_has (mail, MH_MAIL_USER_ID)
         && g_strcmp0 (mh_record_text (mail, MH_MAIL_PATIENT_ID),
                       MH_MESSAGES_PANE (data)->patient_id)
                == 0;
}

static void
messages_pane_keep (MhMessagesPane *pane,
                    MhRecordList **list,
                    const char *route,
                    MhRecordTable *table,
                    const MhRecordType *type,
                    const MhTableColumn *columns)
{
  mh_pane_keep (MH_PANE (pane), list, mh_record_list_new (mh_pane_context (MH_PANE (pane)), route));
  mh_record_table_setup (table, route, type, columns, G_LIST_MODEL (*list), MH_TABLE_SINGLE);
  mh_record_table_set_lines (table, MH_PHONE_LEAST_WIDTH);
  g_signal_connect_object (*list, "notify::loading", G_CALLBACK (messages_pane_loaded_cb), pane,
                           G_CONNECT_SWAPPED);
}

static void
messages_pane_begin (MhPane *base)
{
  static const MhTableColumn text_columns[] = {
    { .field = "template", .expand = TRUE },
    { .field = "status", .width = 130 },
    { .field = "queued_at", .width = 130 },
    { .field = "masked", .width = 120 },
    { NULL },
  };
  static const MhTableColumn mail_columns[] = {
    { .field = "event", .expand = TRUE },
    { .field = "status", .width = 130 },
    { .field = "queued_at", .width = 130 },
    { .field = "order_number", .width = 120 },
    { NULL },
  };
  MhMessagesPane *pane = MH_MESSAGES_PANE (base);

  messages_pane_keep (pane, &pane->texts, "sms.list", pane->text_table, &mh_sms_message_type,
                      text_columns);
  messages_pane_keep (pane, &pane->mails, "mail.list", pane->mail_table, &mh_mail_type,
                      mail_columns);
  mh_record_list_set_belongs (pane->texts, is_of_text, pane);
  mh_record_list_set_belongs (pane->mails, is_of_mail, pane);
}

static void
mh_messages_pane_open (MhPane *base, const char *what)
{
  MhMessagesPane *pane = MH_MESSAGES_PANE (base);
  const char *args[] = { "patient_id", what, "limit", "50", NULL };
  if (what == NULL || g_strcmp0 (what, pane->patient_id) == 0
      || !mh_context_may (mh_pane_context (base), MH_MAY_READ_MAIL))
    return;
  g_free (pane->patient_id);
  pane->patient_id = g_strdup (what);
  mh_record_list_set_args (pane->texts, args);
  mh_record_list_set_args (pane->mails, args);
}

static void
mh_messages_pane_finalize (GObject *object)
{
  g_free (MH_MESSAGES_PANE (object)->patient_id);
  G_OBJECT_CLASS (mh_messages_pane_parent_class)->finalize (object);
}

static void
mh_messages_pane_class_init (MhMessagesPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_messages_pane_finalize;
  MH_PANE_CLASS (klass)->begin = messages_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_messages_pane_open;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/frontdesk/mh-messages-pane"));
  gtk_widget_class_bind_template_child (widget, MhMessagesPane, stack);
  gtk_widget_class_bind_template_child (widget, MhMessagesPane, text_table);
  gtk_widget_class_bind_template_child (widget, MhMessagesPane, mail_table);
}

static void
mh_messages_pane_init (MhMessagesPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
