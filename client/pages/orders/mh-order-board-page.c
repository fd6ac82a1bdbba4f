/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/orders/mh-order-board-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/orders/mh-board-tabs.h"
#include "client/pages/orders/mh-collect-dialog.h"
#include "client/pages/orders/mh-order-detail.h"
#include "client/pages/orders/mh-order-papers.h"
#include "client/pages/orders/mh-reject-dialog.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-page.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhOrderBoardPage
{
  GtkWidget parent_instance;
  MhContext *context;
  MhRecordList *orders;
  GtkWidget *split, *tabs, *entry, *stat_first, *mine, *table, *detail;
  GCancellable *cancellable;
  guint timer;
};

static void page_iface_init (MhPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MhOrderBoardPage,
                               mh_order_board_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_PAGE, page_iface_init))

/* --- columns --- */

static char *
tests_text (MhRecord *order)
{
  const char *const *names = mh_record_list (order, MH_ORDER_TEST_NAMES);
  return names != NULL ? g_strjoinv (", ", (char **)names) : NULL;
}

static char *
age_text (MhRecord *order)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  return mh_words_age_sex (mh_record_text (order, MH_ORDER_PATIENT_BIRTH_DATE),
                           mh_record_text (order, MH_ORDER_PATIENT_SEX), today);
}

static char *
waited_text (MhRecord *order)
{
  return mh_words_since (mh_record_int (order, MH_ORDER_ORDERED_AT), g_get_real_time ());
}

/* Amber when three quarters of the promised time are over, red when all of it is. */
static const char *
waited_style (MhRecord *order)
{
  gint64 from = mh_record_int (order, MH_ORDER_ORDERED_AT);
  gint64 promised = mh_record_int (order, MH_ORDER_PROMISED_AT), now = g_get_real_time ();
  if (!mh_record_has (order, MH_ORDER_PROMISED_AT) || mh_record_has (order, MH_ORDER_COMPLETED_AT))
    return NULL;
  if (now > promised)
    return "mh-late";
  return now - from > (promised - from) * 3 / 4 ? "mh-soon" : NULL;
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 100 },
  { .field = "patient_name", .expand = TRUE },
  { .title = N_ ("Age, sex"), .text = age_text, .width = 76 },
  { .title = N_ ("Tests"), .text = tests_text, .expand = TRUE },
  { .field = "n_samples", .width = 60 },
  { .field = "priority" },
  { .title = N_ ("Waited"), .text = waited_text, .style = waited_style, .width = 104 },
  { .field = "assigned_name", .width = 100 },
  { .field = "status" },
  { NULL },
};

/* --- filtering --- */

static gboolean
load_cb (gpointer data)
{
  MhOrderBoardPage *page = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *q = gtk_editable_get_text (GTK_EDITABLE (page->entry));
  MhRecord *user = mh_context_user (page->context);
  page->timer = 0;
  g_strv_builder_add_many (builder, "tab", mh_board_tabs_current (MH_BOARD_TABS (page->tabs)),
                           "limit", "50", NULL);
  if (q[0] != 0)
    g_strv_builder_add_many (builder, "q", q, NULL);
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (page->stat_first)))
    g_strv_builder_add_many (builder, "priority", MH_PRIORITY_STAT, NULL);
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (page->mine)) && user != NULL)
    g_strv_builder_add_many (builder, "assigned_to", mh_record_id (user), NULL);
  g_auto (GStrv) args = g_strv_builder_end (builder);
  mh_record_list_set_args (page->orders, (const char *const *)args);
  return G_SOURCE_REMOVE;
}

static void
filter_cb (MhOrderBoardPage *page)
{
  g_clear_handle_id (&page->timer, g_source_remove);
  page->timer = g_timeout_add (60, load_cb, page);
}

static void
selection_cb (MhRecordTable *table, MhOrderBoardPage *page)
{
  MhRecord *order = mh_record_table_current (table);
  if (order != NULL && !mh_split_is_folded (MH_SPLIT (page->split)))
    mh_order_detail_show (MH_ORDER_DETAIL (page->detail), mh_record_id (order));
}

static void
activated_cb (MhRecordTable *table, MhRecord *order, MhOrderBoardPage *page)
{
  mh_order_detail_show (MH_ORDER_DETAIL (page->detail), mh_record_id (order));
  mh_split_show_end (MH_SPLIT (page->split), TRUE);
}

/* --- actions on one or several rows --- */

static void
collect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = mh_record_table_current (MH_RECORD_TABLE (page->table));
  if (order != NULL)
    mh_collect_dialog_show (widget, page->context, mh_record_id (order));
}

static void
received_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderBoardPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (outcome == NULL && page->context != NULL)
    mh_shell_fail (GTK_WIDGET (page), error);
}

static guint
receive_tubes (MhOrderBoardPage *page, MhRecord *order)
{
  static const char *const ready[]
      = { MH_SAMPLE_STATUS_COLLECTED, MH_SAMPLE_STATUS_IN_TRANSIT, NULL };
  GPtrArray *samples = mh_record_records (order, MH_ORDER_SAMPLES);
  guint n = 0;
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      const char *args[] = { "id", mh_record_id (sample), NULL };
      const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
      if (status == NULL || !g_strv_contains (ready, status))
        continue;
      g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
      mh_record_take_text (event, MH_ID, mh_id_new ());
      mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_RECEIVED);
      mh_record_set_int (event, MH_CUSTODY_EVENT_AT,
                         mh_clock_now (mh_context_clock (page->context)));
      mh_sync_submit_async (mh_context_sync (page->context), "custody.add", args, event, -1, NULL,
                            NULL, received_cb, g_object_ref (page));
      n++;
    }
  return n;
}

static void
receive_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  g_autoptr (GPtrArray) rows = mh_record_table_selected (MH_RECORD_TABLE (page->table));
  guint n = 0;
  for (guint i = 0; i < rows->len; i++)
    n += receive_tubes (page, g_ptr_array_index (rows, i));
  g_autofree char *text
      = n > 0 ? g_strdup_printf (ngettext ("%u tube received", "%u tubes received", n), n)
              : g_strdup (_ ("No collected tube among the chosen orders"));
  mh_shell_toast (widget, text);
}

static void
labels_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  g_autoptr (GPtrArray) rows = mh_record_table_selected (MH_RECORD_TABLE (page->table));
  for (guint i = 0; i < rows->len; i++)
    mh_order_papers_print (widget, page->context, mh_record_id (g_ptr_array_index (rows, i)),
                           MH_PAPER_LABELS);
}

static void
reject_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = mh_order_detail_order (MH_ORDER_DETAIL (page->detail));
  if (order != NULL)
    mh_reject_dialog_show (widget, page->context, order);
}

static void
results_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = mh_record_table_current (MH_RECORD_TABLE (page->table));
  if (order != NULL)
    mh_shell_go (widget, "results", mh_record_id (order));
}

static void
report_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = mh_record_table_current (MH_RECORD_TABLE (page->table));
  if (order != NULL)
    mh_shell_go (widget, "report", mh_record_id (order));
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderBoardPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (page->context == NULL)
    return;
  if (outcome == NULL)
    mh_shell_fail (GTK_WIDGET (page), error);
  else
    mh_shell_toast (GTK_WIDGET (page), _ ("Done"));
}

/* @parameter: retry, convert_to_cod or cancel. */
static void
recover_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = mh_record_table_current (MH_RECORD_TABLE (page->table));
  if (order == NULL)
    return;
  g_autoptr (MhRecord) recovery = mh_record_new (&mh_recovery_type);
  const char *args[] = { "id", mh_record_id (order), NULL };
  mh_record_set_text (recovery, MH_RECOVERY_ACTION, g_variant_get_string (parameter, NULL));
  mh_sync_submit_async (mh_context_sync (page->context), "order.recover", args, recovery, -1, NULL,
                        NULL, recovered_cb, g_object_ref (page));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (MH_ORDER_BOARD_PAGE (widget)->entry);
}

/* --- as a page --- */

static void
page_open (MhPage *iface, const char *what)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (iface);
  if (what == NULL || what[0] == 0)
    return;
  mh_order_detail_show (MH_ORDER_DETAIL (page->detail), what);
  mh_record_table_select (MH_RECORD_TABLE (page->table), what);
  mh_split_show_end (MH_SPLIT (page->split), TRUE);
}

/* The rows come after the page: the keys should be in them as soon as they are there. */
static void
rows_cb (GListModel *orders, guint at, guint removed, guint added, MhOrderBoardPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  if (added > 0 && removed == 0 && root != NULL && gtk_widget_get_mapped (GTK_WIDGET (page))
      && gtk_root_get_focus (root) == NULL)
    mh_record_table_grab (MH_RECORD_TABLE (page->table));
}

static void
page_shown (MhPage *iface)
{
  mh_record_table_grab (MH_RECORD_TABLE (MH_ORDER_BOARD_PAGE (iface)->table));
}

static gboolean
page_scan (MhPage *iface, int kind, const char *code)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (iface);
  if (kind != MH_SCAN_ACCESSION && kind != MH_SCAN_MRN)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (page->entry), code);
  return TRUE;
}

static void
page_iface_init (MhPageInterface *iface)
{
  iface->open = page_open;
  iface->shown = page_shown;
  iface->scan = page_scan;
}

/* --- making it --- */

static void
mh_order_board_page_dispose (GObject *object)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (object);
  g_clear_handle_id (&page->timer, g_source_remove);
  g_clear_pointer (&page->split, gtk_widget_unparent);
  g_clear_object (&page->orders);
  g_clear_object (&page->context);
  G_OBJECT_CLASS (mh_order_board_page_parent_class)->dispose (object);
}

static void
mh_order_board_page_class_init (MhOrderBoardPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_order_board_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget, "board.collect", NULL, collect_action);
  gtk_widget_class_install_action (widget, "board.receive", NULL, receive_action);
  gtk_widget_class_install_action (widget, "board.labels", NULL, labels_action);
  gtk_widget_class_install_action (widget, "board.reject", NULL, reject_action);
  gtk_widget_class_install_action (widget, "board.results", NULL, results_action);
  gtk_widget_class_install_action (widget, "board.report", NULL, report_action);
  gtk_widget_class_install_action (widget, "board.recover", "s", recover_action);
  gtk_widget_class_install_action (widget, "board.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_c, 0, "board.collect", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_r, 0, "board.receive", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_l, 0, "board.labels", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_x, 0, "board.reject", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F6, 0, "board.results", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, 0, "board.report", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "board.search", NULL);
}

static void
mh_order_board_page_init (MhOrderBoardPage *page)
{
}

static GtkWidget *
make_filters (MhOrderBoardPage *page)
{
  GtkWidget *bar = mh_hbox (6);
  page->entry = gtk_search_entry_new ();
  page->stat_first = gtk_toggle_button_new_with_label (_ ("STAT ⚡"));
  page->mine = gtk_toggle_button_new_with_label (_ ("Mine"));
  g_object_set (page->entry, "placeholder-text", _ ("Patient, order, MRN or tube"), NULL);
  gtk_widget_set_hexpand (page->entry, TRUE);
  mh_accessible_name (page->entry, _ ("Find an order"));
  g_signal_connect_swapped (page->entry, "changed", G_CALLBACK (filter_cb), page);
  g_signal_connect_swapped (page->stat_first, "toggled", G_CALLBACK (filter_cb), page);
  g_signal_connect_swapped (page->mine, "toggled", G_CALLBACK (filter_cb), page);
  mh_box_append (bar, page->entry);
  mh_box_append (bar, page->stat_first);
  mh_box_append (bar, page->mine);
  return bar;
}

static GtkWidget *
make_actions (MhOrderBoardPage *page)
{
  GtkWidget *box = gtk_flow_box_new ();
  GtkWidget *retry = gtk_button_new_with_label (_ ("Retry")), *cash, *cancel;
  cash = gtk_button_new_with_label (_ ("To cash"));
  cancel = gtk_button_new_with_label (_ ("Cancel order"));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (retry), "board.recover::retry");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (cash), "board.recover::convert_to_cod");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (cancel), "board.recover::cancel");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 9);
  if (mh_context_may (page->context, "sample.collect"))
    gtk_flow_box_append (GTK_FLOW_BOX (box), mh_button (_ ("_Collect · C"), NULL, "board.collect"));
  if (mh_context_may (page->context, "sample.receive"))
    {
      gtk_flow_box_append (GTK_FLOW_BOX (box),
                           mh_button (_ ("_Receive · R"), NULL, "board.receive"));
      gtk_flow_box_append (GTK_FLOW_BOX (box), mh_button (_ ("Re_ject · X"), NULL, "board.reject"));
    }
  gtk_flow_box_append (GTK_FLOW_BOX (box), mh_button (_ ("_Labels · L"), NULL, "board.labels"));
  if (mh_context_may (page->context, "result.enter"))
    gtk_flow_box_append (GTK_FLOW_BOX (box),
                         mh_button (_ ("R_esults · F6"), NULL, "board.results"));
  if (mh_context_may (page->context, "report.read"))
    gtk_flow_box_append (GTK_FLOW_BOX (box), mh_button (_ ("Re_port · P"), NULL, "board.report"));
  if (mh_context_may (page->context, "order.write"))
    {
      gtk_flow_box_append (GTK_FLOW_BOX (box), retry);
      gtk_flow_box_append (GTK_FLOW_BOX (box), cash);
      gtk_flow_box_append (GTK_FLOW_BOX (box), cancel);
    }
  else
    {
      g_object_ref_sink (retry);
      g_object_unref (retry);
      g_object_ref_sink (cash);
      g_object_unref (cash);
      g_object_ref_sink (cancel);
      g_object_unref (cancel);
    }
  return box;
}

GtkWidget *
mh_order_board_page_new (MhContext *context)
{
  MhOrderBoardPage *page = g_object_new (MH_TYPE_ORDER_BOARD_PAGE, NULL);
  GtkWidget *left = mh_vbox (6);
  page->context = g_object_ref (context);
  page->orders = mh_record_list_new (context, "order.list");
  page->tabs = mh_board_tabs_new (context);
  page->table = mh_record_table_new ("order-board", &mh_order_type, columns,
                                     G_LIST_MODEL (page->orders), MH_TABLE_MULTIPLE);
  mh_record_table_set_empty (MH_RECORD_TABLE (page->table), "mh-order-symbolic", _ ("Nothing here"),
                             _ ("No order stands in this tab."), NULL, NULL);
  gtk_widget_set_vexpand (page->table, TRUE);
  page->detail = mh_order_detail_new (context);
  gtk_widget_add_css_class (left, "mh-pane");
  mh_box_append (left, page->tabs);
  mh_box_append (left, make_filters (page));
  mh_box_append (left, page->table);
  mh_box_append (left, make_actions (page));
  g_signal_connect_object (page->orders, "items-changed", G_CALLBACK (rows_cb), page,
                           G_CONNECT_AFTER);
  g_signal_connect_swapped (page->tabs, "tab-changed", G_CALLBACK (filter_cb), page);
  g_signal_connect (page->table, "selection", G_CALLBACK (selection_cb), page);
  g_signal_connect (page->table, "activated", G_CALLBACK (activated_cb), page);
  page->split = mh_split_new (left, 560, page->detail, 360);
  mh_split_set_grow_start (MH_SPLIT (page->split), TRUE);
  gtk_widget_set_parent (page->split, GTK_WIDGET (page));
  load_cb (page);
  return GTK_WIDGET (page);
}
