/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/reports/mh-report-queue.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-counted-paper.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/media/mh-document-print.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define AT_ONCE 100

struct _MhReportQueue
{
  MhPane parent_instance;
  MhRecordList *prints, *changes, *notices, *mails, *dropped;
  MhReportQueueKind kind;
  GtkStack *stack;
  MhRecordTable *print_table, *change_table, *notice_table, *mail_table, *dropped_table;
  GtkLabel *facts;
  GtkWidget *act;
};

G_DEFINE_FINAL_TYPE (MhReportQueue, mh_report_queue, MH_TYPE_PANE)

enum
{
  OPEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static char *
ward_text (MhRecord *delivery)
{
  const char *ward = mh_record_text (delivery, MH_REPORT_DELIVERY_WARD);
  return g_strdup (ward != NULL ? ward : _ ("Outpatients"));
}

static char *
report_queue_version_text (MhRecord *delivery)
{
  return g_strdup_printf (
      _ ("%s, v%d"),
      mh_words_of_code (&mh_report_delivery_type.fields[MH_REPORT_DELIVERY_REPORT_STATUS],
                        mh_record_text (delivery, MH_REPORT_DELIVERY_REPORT_STATUS)),
      (int)mh_record_int (delivery, MH_REPORT_DELIVERY_VERSION_NO));
}

static char *
versions_text (MhRecord *notice)
{
  return g_strdup_printf (_ ("v%d → v%d"),
                          (int)mh_record_int (notice, MH_REPORT_NOTICE_OLD_VERSION),
                          (int)mh_record_int (notice, MH_REPORT_NOTICE_NEW_VERSION));
}

static const MhTableColumn print_columns[] = {
  { .title = N_ ("Ward"), .text = ward_text, .width = 104 },
  { .field = "patient_name", .expand = TRUE, .line = MH_LINE_TRAILING },
  { .title = N_ ("Report"), .text = report_queue_version_text, .width = 100 },
  { NULL },
};
static const MhTableColumn change_columns[] = {
  { .field = "order_number", .width = 96 },
  { .field = "kind", .expand = TRUE, .line = MH_LINE_TRAILING },
  { .field = "reason", .width = 120 },
  { NULL },
};
static const MhTableColumn notice_columns[] = {
  { .field = "order_number", .width = 96 },
  { .title = N_ ("Versions"), .text = versions_text, .width = 80, .line = MH_LINE_TRAILING },
  { .field = "status", .expand = TRUE },
  { .field = "reason", .width = 120 },
  { NULL },
};
static const MhTableColumn mail_columns[] = {
  { .field = "order_number", .width = 96 },
  { .field = "recipient", .expand = TRUE, .line = MH_LINE_TRAILING },
  { .field = "status", .width = 90 },
  { .field = "last_answer", .width = 140 },
  { NULL },
};

/* --- which --- */

static const struct
{
  const char *page, *action;
} kinds[] = {
  [MH_REPORT_QUEUE_PRINT] = { "print", N_ ("_Print all, by ward") },
  [MH_REPORT_QUEUE_CHANGES] = { "changes", NULL },
  [MH_REPORT_QUEUE_NOTICES] = { "notices", N_ ("I have _read the new version") },
  [MH_REPORT_QUEUE_MAILS] = { "mails", N_ ("_Send again") },
  [MH_REPORT_QUEUE_DROPPED] = { "dropped", N_ ("_Back into the queue") },
};

static MhRecordTable *
table_of (MhReportQueue *queue)
{
  MhRecordTable *const tables[] = { [MH_REPORT_QUEUE_PRINT] = queue->print_table,
                                    [MH_REPORT_QUEUE_CHANGES] = queue->change_table,
                                    [MH_REPORT_QUEUE_NOTICES] = queue->notice_table,
                                    [MH_REPORT_QUEUE_MAILS] = queue->mail_table,
                                    [MH_REPORT_QUEUE_DROPPED] = queue->dropped_table };
  return tables[queue->kind];
}

static MhRecordList *
report_queue_list_of (MhReportQueue *queue)
{
  MhRecordList *const lists[] = { [MH_REPORT_QUEUE_PRINT] = queue->prints,
                                  [MH_REPORT_QUEUE_CHANGES] = queue->changes,
                                  [MH_REPORT_QUEUE_NOTICES] = queue->notices,
                                  [MH_REPORT_QUEUE_MAILS] = queue->mails,
                                  [MH_REPORT_QUEUE_DROPPED] = queue->dropped };
  return lists[queue->kind];
}

static gboolean
may_act (MhReportQueue *queue)
{
  MhContext *context = mh_pane_context (MH_PANE (queue));
  if (context == NULL)
    return FALSE;
  if (queue->kind == MH_REPORT_QUEUE_MAILS)
    return mh_context_may (context, MH_MAY_WRITE_MAIL);
  return queue->kind == MH_REPORT_QUEUE_NOTICES || mh_context_may (context, MH_MAY_PRINT_REPORT);
}

static void
report_queue_show_facts_cb (MhReportQueue *queue)
{
  guint n = report_queue_list_of (queue) != NULL
                ? g_list_model_get_n_items (G_LIST_MODEL (report_queue_list_of (queue)))
                : 0;
  g_autoptr (GPtrArray) marked = mh_record_table_selected (table_of (queue));
  g_autofree char *text
      = queue->kind == MH_REPORT_QUEUE_PRINT && marked->len > 1
            ? g_strdup_printf (ngettext ("%u of %u marked", "%u of %u marked", n), marked->len, n)
            : g_strdup_printf (ngettext ("%u waits", "%u wait", n), n);

  gtk_label_set_text (queue->facts, n > 0 ? text : "");
  gtk_widget_set_sensitive (queue->act, n > 0 && may_act (queue));
  if (queue->kind == MH_REPORT_QUEUE_PRINT)
    gtk_button_set_label (GTK_BUTTON (queue->act),
                          marked->len > 1 ? _ ("_Print those marked") : _ (kinds[0].action));
}

void
mh_report_queue_show (MhReportQueue *queue, MhReportQueueKind kind)
{
  queue->kind = kind;
  gtk_stack_set_visible_child_name (queue->stack, kinds[kind].page);
  gtk_widget_set_visible (queue->act, kinds[kind].action != NULL);
  if (kinds[kind].action != NULL)
    gtk_button_set_label (GTK_BUTTON (queue->act), _ (kinds[kind].action));
  mh_report_queue_reload (queue);
  report_queue_show_facts_cb (queue);
}

void
mh_report_queue_reload (MhReportQueue *queue)
{
  if (report_queue_list_of (queue) != NULL)
    mh_record_list_reload (report_queue_list_of (queue));
}

/* --- looking --- */

static void
report_queue_activated_cb (MhReportQueue *queue, MhRecord *record)
{
  const char *id = mh_record_order_id (record);
  if (id != NULL)
    g_signal_emit (queue, signals[OPEN], 0, id);
}

/* --- printing --- */

static void
report_queue_printed_cb (gboolean printed, gpointer data)
{
  g_autoptr (MhReportQueue) queue = data;

  if (mh_pane_context (MH_PANE (queue)) == NULL)
    return;
  report_queue_show_facts_cb (queue);
  if (printed)
    mh_report_queue_reload (queue);
}

static MhRecord *
batch_of (MhReportQueue *queue, const char *language)
{
  MhRecord *batch = mh_record_new (&mh_report_batch_type);
  g_autoptr (GPtrArray) marked = mh_record_table_selected (queue->print_table);
  GListModel *all = G_LIST_MODEL (queue->prints);
  guint n = MIN (g_list_model_get_n_items (all), AT_ONCE);

  for (guint i = 0; marked->len <= 1 && i < n; i++)
    {
      g_autoptr (MhRecord) one = g_list_model_get_item (all, i);
      mh_record_add_to_list (batch, MH_REPORT_BATCH_IDS, mh_record_id (one));
    }

  for (guint i = 0; marked->len > 1 && i < MIN (marked->len, AT_ONCE); i++)
    mh_record_add_to_list (batch, MH_REPORT_BATCH_IDS,
                           mh_record_id (g_ptr_array_index (marked, i)));

  mh_record_set_text (batch, MH_REPORT_BATCH_LANGUAGE, language);
  return batch;
}

void
mh_report_queue_print (MhReportQueue *queue, const char *language)
{
  MhContext *context = mh_pane_context (MH_PANE (queue));
  if (context == NULL || g_list_model_get_n_items (G_LIST_MODEL (queue->prints)) == 0)
    return;

  g_autoptr (MhRecord) batch = batch_of (queue, language);
  g_autofree char *counted = mh_record_to_json (batch, MH_JSON_SKIP_UNSET);
  mh_record_set_bool (batch, MH_REPORT_BATCH_PREVIEW, TRUE);
  g_autofree char *body = mh_record_to_json (batch, MH_JSON_SKIP_UNSET);
  const MhCountedPaper paper = { .route = "report_delivery.print",
                                 .body = body,
                                 .counted_body = counted,
                                 .title = _ ("Laboratory reports"),
                                 .printer = MH_PRINTER_PAGES };

  gtk_widget_set_sensitive (queue->act, FALSE);
  mh_counted_paper_print (GTK_WIDGET (queue), context, &paper, report_queue_printed_cb,
                          g_object_ref (queue));
}

/* --- the other two --- */

static void
report_queue_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportQueue) queue = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (queue)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (queue), error);
  mh_report_queue_reload (queue);
}

static void
report_queue_submit (MhReportQueue *queue, const char *route)
{
  MhRecord *record = mh_record_table_current (table_of (queue));
  const char *args[] = { "id", record != NULL ? mh_record_id (record) : NULL, NULL };
  if (record == NULL)
    mh_shell_toast (GTK_WIDGET (queue), _ ("Choose a line first."));
  else
    mh_command_async (mh_pane_context (MH_PANE (queue)),
                      &(MhCommand){ .route = route, .args = args }, NULL, report_queue_done_cb,
                      g_object_ref (queue));
}

static void
report_queue_act_cb (MhReportQueue *queue)
{
  if (queue->kind == MH_REPORT_QUEUE_PRINT)
    gtk_widget_activate_action (GTK_WIDGET (queue), "report.print-queue", NULL);
  else if (queue->kind == MH_REPORT_QUEUE_NOTICES)
    report_queue_submit (queue, "report_notice.acknowledge");
  else if (queue->kind == MH_REPORT_QUEUE_MAILS)
    report_queue_submit (queue, "mail.retry");
  else if (queue->kind == MH_REPORT_QUEUE_DROPPED)
    report_queue_submit (queue, "report_delivery.want");
}

/* Delete on a line: it needs no paper. */
static void
drop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportQueue *queue = MH_REPORT_QUEUE (widget);
  if (queue->kind == MH_REPORT_QUEUE_PRINT && may_act (queue))
    report_queue_submit (queue, "report_delivery.drop");
}

/* --- as a pane --- */

static gboolean
report_queue_is_waiting (MhRecord *record, gpointer data)
{
  return g_strcmp0 (mh_record_text (record, GPOINTER_TO_UINT (data)), "waiting") == 0;
}

static gboolean
report_queue_is_dropped (MhRecord *delivery, gpointer data)
{
  return g_strcmp0 (mh_record_text (delivery, MH_REPORT_DELIVERY_STATUS),
                    MH_REPORT_DELIVERY_DROPPED)
         == 0;
}

static gboolean
report_queue_is_mine (MhRecord *notice, gpointer data)
{
  MhContext *context = mh_pane_context (MH_PANE (data));
  MhRecord *user = context != NULL ? mh_context_user (context) : NULL;
  return user != NULL && !mh_record_has (notice, MH_REPORT_NOTICE_READ_AT)
         && g_strcmp0 (mh_record_id (user), mh_record_text (notice, MH_REPORT_NOTICE_USER_ID)) == 0;
}

static gboolean
is_undelivered (MhRecord *mail, gpointer data)
{
  static const char *const bad[] = { MH_MAIL_FAILED, MH_MAIL_BOUNCED, MH_MAIL_DEFERRED, NULL };
  const char *status = mh_record_text (mail, MH_MAIL_STATUS);
  return status != NULL && g_strv_contains (bad, status) && mh_record_has (mail, MH_MAIL_REPORT_ID);
}

/* One of the lists of what waits, and the table that shows it. */
typedef struct
{
  MhRecordList **list;
  MhRecordTable *table;
  const char *route;
  const MhRecordType *type;
  const MhTableColumn *columns;
  guint flags;
} Part;

static void
report_queue_keep (MhReportQueue *queue, const Part *part)
{
  MhPane *pane = MH_PANE (queue);
  mh_pane_keep (pane, part->list, mh_record_list_new (mh_pane_context (pane), part->route));
  g_signal_connect_object (*part->list, "notify::n-items", G_CALLBACK (report_queue_show_facts_cb),
                           queue, G_CONNECT_SWAPPED);
  mh_record_table_setup (part->table, part->route, part->type, part->columns,
                         G_LIST_MODEL (*part->list), part->flags);
  mh_record_table_set_lines (part->table, MH_PHONE_LEAST_WIDTH);
}

static void
report_queue_begin (MhPane *pane)
{
  MhReportQueue *queue = MH_REPORT_QUEUE (pane);
  const char *waiting[] = { "status", "waiting", "limit", "100", NULL };
  const char *open[] = { "open", "true", NULL };
  const char *dropped[] = { "status", MH_REPORT_DELIVERY_DROPPED, "limit", "100", NULL };
  const char *mails[] = { "limit", "100", "undelivered", "true", NULL };

  report_queue_keep (queue, &(Part){ .list = &queue->prints,
                                     .table = queue->print_table,
                                     .route = "report_delivery.list",
                                     .type = &mh_report_delivery_type,
                                     .columns = print_columns,
                                     .flags = MH_TABLE_MULTIPLE });
  report_queue_keep (queue, &(Part){ .list = &queue->changes,
                                     .table = queue->change_table,
                                     .route = "report_change.list",
                                     .type = &mh_report_change_type,
                                     .columns = change_columns,
                                     .flags = MH_TABLE_SINGLE });
  report_queue_keep (queue, &(Part){ .list = &queue->notices,
                                     .table = queue->notice_table,
                                     .route = "report_notice.list",
                                     .type = &mh_report_notice_type,
                                     .columns = notice_columns,
                                     .flags = MH_TABLE_SINGLE });
  report_queue_keep (queue, &(Part){ .list = &queue->mails,
                                     .table = queue->mail_table,
                                     .route = "mail.list",
                                     .type = &mh_mail_type,
                                     .columns = mail_columns,
                                     .flags = MH_TABLE_SINGLE });
  report_queue_keep (queue, &(Part){ .list = &queue->dropped,
                                     .table = queue->dropped_table,
                                     .route = "report_delivery.list",
                                     .type = &mh_report_delivery_type,
                                     .columns = print_columns,
                                     .flags = MH_TABLE_SINGLE });
  mh_record_list_set_belongs (queue->dropped, report_queue_is_dropped, NULL);
  mh_record_list_set_args (queue->dropped, dropped);
  mh_record_list_set_belongs (queue->prints, report_queue_is_waiting,
                              GUINT_TO_POINTER (MH_REPORT_DELIVERY_STATUS));
  mh_record_list_set_belongs (queue->changes, report_queue_is_waiting,
                              GUINT_TO_POINTER (MH_REPORT_CHANGE_STATUS));
  mh_record_list_set_belongs (queue->notices, report_queue_is_mine, queue);
  mh_record_list_set_belongs (queue->mails, is_undelivered, NULL);
  mh_record_list_set_args (queue->prints, waiting);
  mh_record_list_set_args (queue->changes, waiting);
  mh_record_list_set_args (queue->notices, open);
  if (mh_context_may (mh_pane_context (pane), MH_MAY_READ_MAIL))
    mh_record_list_set_args (queue->mails, mails);
  report_queue_show_facts_cb (queue);
}

static void
mh_report_queue_class_init (MhReportQueueClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = report_queue_begin;
  signals[OPEN] = g_signal_new ("open", MH_TYPE_REPORT_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/reports/mh-report-queue"));
  gtk_widget_class_bind_template_child (widget, MhReportQueue, stack);
  gtk_widget_class_bind_template_child (widget, MhReportQueue, print_table);
  gtk_widget_class_bind_template_child (widget, MhReportQueue, change_table);
  gtk_widget_class_bind_template_child (widget, MhReportQueue, notice_table);
  gtk_widget_class_bind_template_child (widget, MhReportQueue, mail_table);
  gtk_widget_class_bind_template_child (widget, MhReportQueue, dropped_table);
  gtk_widget_class_bind_template_child (widget, MhReportQueue, facts);
  gtk_widget_class_bind_template_child (widget, MhReportQueue, act);
  gtk_widget_class_bind_template_callback (widget, report_queue_activated_cb);
  gtk_widget_class_bind_template_callback (widget, report_queue_act_cb);
  gtk_widget_class_bind_template_callback (widget, report_queue_show_facts_cb);
  gtk_widget_class_install_action (widget, "report.drop", NULL, drop_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Delete, 0, "report.drop", NULL);
}

static void
mh_report_queue_init (MhReportQueue *queue)
{
  gtk_widget_init_template (GTK_WIDGET (queue));
}
