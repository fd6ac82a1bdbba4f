/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-order-board-page.h"

#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/orders/mh-assign-dialog.h"
#include "client/pages/lab/orders/mh-board-columns.h"
#include "client/pages/lab/orders/mh-board-filters.h"
#include "client/pages/lab/orders/mh-board-tabs.h"
#include "client/pages/lab/orders/mh-collect-dialog.h"
#include "client/pages/lab/orders/mh-order-change.h"
#include "client/pages/lab/orders/mh-order-detail.h"
#include "client/pages/lab/orders/mh-order-papers.h"
#include "client/pages/lab/orders/mh-order-recover.h"
#include "client/pages/lab/orders/mh-reject-dialog.h"
#include "client/pages/lab/orders/mh-tests-dialog.h"
#include "client/pages/lab/results/mh-lab-queue.h"
#include "client/pages/mh-too-old.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/lab/mh-order-rules.h"

#include <glib/gi18n-lib.h>

#define CLOCK_S 30 /* how often waiting times are told anew */

struct _MhOrderBoardPage
{
  MhPane parent_instance;
  MhRecordList *orders; /* of the tab */
  MhSplit *split;
  MhBoardTabs *tabs;
  MhBoardFilters *filters;
  MhRecordTable *table;
  MhOrderDetail *detail;
  GtkLabel *marked;
  GtkWidget *collect, *receive, *reject, *assign, *results, *report, *retry, *to_cash, *cancel,
      *change, *tests, *whose;
  char *opening; /* the order that was opened from elsewhere last */
  gboolean wants_rows;
  guint clock;
};

G_DEFINE_FINAL_TYPE (MhOrderBoardPage, mh_order_board_page, MH_TYPE_PANE)

static MhContext *
order_board_page_context_of (MhOrderBoardPage *page)
{
  return mh_pane_context (MH_PANE (page));
}

/* --- an empty tab says what to do next --- */

static const struct
{
  const char *tab, *title, *text;
} empties[] = {
  { MH_ORDER_TAB_PAID, N_ ("No paid order waits"),
    N_ ("An order comes here when it is paid. Choose it, press C to collect its tubes and R when "
        "they reach the laboratory.") },
  { MH_ORDER_TAB_COD, N_ ("Nobody is to pay at collection"),
    N_ ("Orders with “At collection” wait here. Press C to take the money and the tubes.") },
  { MH_ORDER_TAB_PROCESSING, N_ ("No tube is being worked on"),
    N_ ("Receive collected tubes in the Paid tab with R; then F6 enters their results here.") },
  { MH_ORDER_TAB_COMPLETED, N_ ("No report yet"),
    N_ ("Orders come here when their results are verified. P shows and prints the report.") },
  { MH_ORDER_TAB_FAILED, N_ ("No failed payment"),
    N_ ("An order whose payment fails or expires waits here to be tried again, taken in cash or "
        "cancelled.") },
};

static void
show_empty (MhOrderBoardPage *page)
{
  MhRecordTable *table = page->table;
  const char *tab = mh_board_tabs_current (page->tabs);
  if (mh_board_filters_active (page->filters))
    {
      mh_record_table_set_empty (table, "system-search-symbolic", _ ("No order fits"),
                                 _ ("Nothing in this tab matches your search."),
                                 _ ("Show all of them"), "board.clear");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (empties); i++)
    if (g_strcmp0 (empties[i].tab, tab) == 0)
      mh_record_table_set_empty (
          table, "mh-order-symbolic", _ (empties[i].title), _ (empties[i].text),
          mh_context_may (order_board_page_context_of (page), "order.write") ? _ ("New order")
                                                                             : NULL,
          "win.go(('composer',''))");
}

/* --- filtering --- */

/* What waits: the most urgent first, then who has waited longest. What is done: the last first. */
static void
order_board_page_load (MhOrderBoardPage *page)
{
  const char *tab = mh_board_tabs_current (page->tabs);
  gboolean done = g_strcmp0 (tab, MH_ORDER_TAB_COMPLETED) == 0;
  gboolean stat_first = mh_board_filters_stat_first (page->filters);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add_many (builder, "tab", tab, "limit", "50", "sort",
                           done         ? "reported"
                           : stat_first ? "pressing"
                                        : "oldest",
                           NULL);
  mh_board_filters_add (page->filters, builder);

  g_auto (GStrv) args = g_strv_builder_end (builder);
  mh_record_list_set_compare (page->orders, done         ? mh_lab_queue_compare_reported
                                            : stat_first ? mh_lab_queue_compare_pressing
                                                         : mh_lab_queue_compare_oldest);
  mh_record_list_set_args (page->orders, (const char *const *)args);
  show_empty (page);
}

/* A button that is not there has no key either. */
static void
order_board_page_offer (MhOrderBoardPage *page,
                        GtkWidget *button,
                        const char *action,
                        const char *right)
{
  gboolean may = mh_context_may (order_board_page_context_of (page), right);
  gtk_widget_set_visible (button, may);
  gtk_widget_action_set_enabled (GTK_WIDGET (page), action, may);
}

/* What the person may do. What is done to a failed payment is offered where such orders are. */
static void
order_board_page_show_actions (MhOrderBoardPage *page)
{
  gboolean failed = g_strcmp0 (mh_board_tabs_current (page->tabs), MH_ORDER_TAB_FAILED) == 0;
  gboolean pays = mh_context_may (order_board_page_context_of (page), MH_MAY_TAKE_PAYMENT);
  gboolean cancels = mh_context_may (order_board_page_context_of (page), MH_MAY_CANCEL_ORDER);

  order_board_page_offer (page, page->collect, "board.collect", "sample.collect");
  order_board_page_offer (page, page->receive, "board.receive", "sample.receive");
  order_board_page_offer (page, page->reject, "board.reject", "sample.receive");
  order_board_page_offer (page, page->assign, "board.assign", "order.assign");
  order_board_page_offer (page, page->results, "board.results", "result.enter");
  order_board_page_offer (page, page->report, "board.report", "report.read");
  order_board_page_offer (page, page->change, "board.change", MH_MAY_WRITE_ORDER);
  order_board_page_offer (page, page->tests, "board.tests", MH_MAY_WRITE_ORDER);
  gtk_widget_set_visible (page->retry, failed && pays);
  gtk_widget_set_visible (page->to_cash, failed && pays);
  gtk_widget_set_visible (page->cancel, failed && cancels);
  gtk_widget_set_visible (page->whose, failed && !pays && !cancels);
}

static void
show_marked (MhOrderBoardPage *page)
{
  g_autoptr (GPtrArray) rows = mh_record_table_selected (page->table);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u order marked. Space marks, Ctrl+A marks all, Escape clears the marks.",
                "%u orders marked. Space marks, Ctrl+A marks all, Escape clears the marks.",
                rows->len),
      rows->len);
  gtk_label_set_text (page->marked, text);
  gtk_widget_set_visible (GTK_WIDGET (page->marked), rows->len > 1);
}

static void
order_board_page_tab_cb (MhOrderBoardPage *page)
{
  mh_order_detail_show (page->detail, NULL);
  order_board_page_show_actions (page);
  order_board_page_load (page);
}

/* Another search: no key acts on an order that the list need not have any more. */
static void
filters_cb (MhOrderBoardPage *page)
{
  mh_order_detail_show (page->detail, NULL);
  mh_record_table_select (page->table, NULL);
  order_board_page_load (page);
}

static void
order_board_page_selection_cb (MhOrderBoardPage *page)
{
  MhRecord *order = mh_record_table_current (page->table);
  if (order != NULL && !mh_split_is_folded (page->split))
    mh_order_detail_show (page->detail, mh_record_id (order));
  show_marked (page);
}

static void
order_board_page_activated_cb (MhRecordTable *table, MhRecord *order, MhOrderBoardPage *page)
{
  mh_order_detail_show (page->detail, mh_record_id (order));
  if (mh_split_is_folded (page->split)) /* beside the rows the keys stay in them */
    mh_split_show_end (page->split, TRUE);
}

/* --- actions on one or several rows --- */

/* The row that the keys are on; an order that was opened from elsewhere may be in none. */
static MhRecord *
order_board_page_current (MhOrderBoardPage *page)
{
  MhRecord *order = mh_record_table_current (page->table);
  return order != NULL ? order : mh_order_detail_order (page->detail);
}

static GPtrArray *
order_board_page_chosen (MhOrderBoardPage *page)
{
  GPtrArray *orders = mh_record_table_selected (page->table);
  MhRecord *shown = mh_order_detail_order (page->detail);
  if (orders->len == 0 && shown != NULL)
    g_ptr_array_add (orders, g_object_ref (shown));
  return orders;
}

static void
order_board_page_collect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  g_autoptr (GPtrArray) rows = order_board_page_chosen (page);
  if (rows->len > 0)
    mh_collect_dialog_show (widget, order_board_page_context_of (page), rows);
}

static void
order_board_page_received_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderBoardPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (outcome == NULL && order_board_page_context_of (page) != NULL)
    mh_shell_fail (GTK_WIDGET (page), error);
}

/* The server says only now how long a tube keeps that was drawn before anybody reckoned with it. */
static void
order_board_page_reckoned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderBoardPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  MhRecord *sample = outcome != NULL ? outcome->record : NULL;
  if (order_board_page_context_of (page) == NULL)
    return;
  if (outcome == NULL)
    mh_shell_fail (GTK_WIDGET (page), error);
  if (sample == NULL || mh_record_type (sample) != &mh_sample_type)
    return;

  g_autofree char *old = mh_too_old_tube (sample, mh_record_int (sample, MH_SAMPLE_RECEIVED_AT));
  if (old == NULL)
    return;
  g_autofree char *text = g_strdup_printf (_ ("%s · %s: reject it, or run it with a comment."),
                                           mh_record_text (sample, MH_SAMPLE_ACCESSION), old);
  mh_shell_toast (GTK_WIDGET (page), text);
}

/* *out_old: "H… · Too old for K since 13:45" of the first tube that is. */
static guint
receive_tubes (MhOrderBoardPage *page, MhRecord *order, char **out_old)
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
      mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_when_now ());
      mh_command_async (order_board_page_context_of (page),
                        &(MhCommand){ .route = "custody.add", .args = args, .body = event }, NULL,
                        mh_record_has (sample, MH_SAMPLE_STABLE_UNTIL)
                            ? order_board_page_received_cb
                            : order_board_page_reckoned_cb,
                        g_object_ref (page));
      n++;
      g_autofree char *old = mh_too_old_tube (sample, mh_record_int (event, MH_CUSTODY_EVENT_AT));
      if (old != NULL && *out_old == NULL)
        *out_old = g_strdup_printf ("%s · %s", mh_record_text (sample, MH_SAMPLE_ACCESSION), old);
    }

  return n;
}

static void
receive_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  g_autoptr (GPtrArray) rows = order_board_page_chosen (page);
  guint n = 0;
  g_autofree char *old = NULL;
  for (guint i = 0; i < rows->len; i++)
    n += receive_tubes (page, g_ptr_array_index (rows, i), &old);
  g_autofree char *text
      = n > 0 ? g_strdup_printf (ngettext ("%u tube received", "%u tubes received", n), n)
              : g_strdup (_ ("No collected tube among the chosen orders"));
  g_autofree char *both
      = n > 0 && old != NULL
            ? g_strdup_printf (_ ("%s. %s: reject it, or run it with a comment."), text, old)
            : NULL;
  mh_shell_toast (widget, both != NULL ? both : text);
}

static void
order_board_page_labels_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  g_autoptr (GPtrArray) rows = order_board_page_chosen (page);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (ids, (gpointer)mh_record_id (g_ptr_array_index (rows, i)));
  g_ptr_array_add (ids, NULL);
  mh_order_papers_print (widget, order_board_page_context_of (page),
                         (const char *const *)ids->pdata, MH_PAPER_LABELS);
}

static void
reject_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = order_board_page_current (page);
  if (order != NULL)
    mh_reject_dialog_show (widget, order_board_page_context_of (page), order);
}

static void
assign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = order_board_page_current (page);
  if (order != NULL)
    mh_assign_dialog_show (widget, order_board_page_context_of (page), order);
}

static void
results_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = order_board_page_current (page);
  if (order != NULL)
    mh_shell_go (widget, "results", mh_record_id (order));
}

static void
report_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = order_board_page_current (page);
  if (order != NULL)
    mh_shell_go (widget, "report", mh_record_id (order));
}

/* @parameter: retry, convert_to_cod or cancel. */
static void
recover_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = order_board_page_current (page);
  if (order != NULL)
    mh_order_recover (widget, order_board_page_context_of (page), order,
                      g_variant_get_string (parameter, NULL));
}

static void
order_board_page_change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = order_board_page_current (page);
  if (order != NULL)
    mh_order_change_show (widget, order_board_page_context_of (page), order);
}

static void
tests_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (widget);
  MhRecord *order = order_board_page_current (page);
  if (order != NULL)
    mh_tests_dialog_show (widget, order_board_page_context_of (page), order);
}

static void
order_board_page_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_board_filters_search (MH_ORDER_BOARD_PAGE (widget)->filters, NULL);
}

static void
order_board_page_clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_board_filters_clear (MH_ORDER_BOARD_PAGE (widget)->filters);
}

/* --- as a page --- */

static void
order_board_page_show_order (MhOrderBoardPage *page, const char *id)
{
  mh_order_detail_show (page->detail, id);
  mh_record_table_select (page->table, id);
  mh_split_show_end (page->split, TRUE);
}

/* The tab it stands in, with nothing left out that would hide its row. */
static void
order_board_page_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderBoardPage) page = data;
  g_autoptr (MhRecord) order = mh_read_finish (result, NULL);
  const char *tab = order != NULL ? mh_order_rules_tab (order) : NULL;
  if (tab == NULL || order_board_page_context_of (page) == NULL
      || g_strcmp0 (page->opening, mh_record_id (order)) != 0)
    return;

  gboolean elsewhere = !g_str_equal (tab, mh_board_tabs_current (page->tabs));
  if (!elsewhere && !mh_board_filters_active (page->filters))
    return;

  if (mh_board_filters_active (page->filters))
    mh_board_filters_clear (page->filters);
  if (elsewhere)
    mh_board_tabs_choose (page->tabs, tab);
  order_board_page_show_order (page, mh_record_id (order));
  mh_record_table_grab (page->table);
}

static void
mh_order_board_page_open (MhPane *pane, const char *what)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (pane);
  if (what == NULL || what[0] == 0)
    return;
  g_free (page->opening);
  page->opening = g_strdup (what);
  order_board_page_show_order (page, what);
  mh_read_async (order_board_page_context_of (page), "order.read", what, mh_pane_cancellable (pane),
                 order_board_page_opened_cb, g_object_ref (page));
}

/* What was scanned is another order than the one R, C and X would act on. */
static void
order_board_page_let_go (MhPane *pane)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (pane);
  g_clear_pointer (&page->opening, g_free);
  mh_record_table_select (page->table, NULL);
  mh_order_detail_show (page->detail, NULL);
}

/* The rows come after the page: the keys should be in them as soon as they are there. */
static void
rows_cb (GListModel *orders, guint at, guint removed, guint added, MhOrderBoardPage *page)
{
  if (added == 0 || !page->wants_rows || !gtk_widget_get_mapped (GTK_WIDGET (page)))
    return;
  page->wants_rows = FALSE;
  mh_record_table_grab (page->table);
}

static void
order_board_page_shown (MhPane *pane)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (pane);
  page->wants_rows = g_list_model_get_n_items (G_LIST_MODEL (page->orders)) == 0;
  mh_record_table_grab (page->table);
}

static gboolean
order_board_page_scan (MhPane *pane, int kind, const char *code)
{
  if (kind != MH_SCAN_MRN)
    return FALSE;
  order_board_page_let_go (pane);
  mh_board_filters_search (MH_ORDER_BOARD_PAGE (pane)->filters, code);
  return TRUE;
}

/* --- making it --- */

/* What was waited is told anew, and turns amber and red by itself. */
static gboolean
clock_cb (gpointer data)
{
  mh_record_table_refresh (MH_ORDER_BOARD_PAGE (data)->table);
  return G_SOURCE_CONTINUE;
}

static void
order_board_page_leave_cb (MhOrderBoardPage *page)
{
  mh_record_table_enter (page->table);
}

static void
setup_table (MhOrderBoardPage *page)
{
  MhPane *pane = MH_PANE (page);
  MhContext *context = mh_pane_context (pane);
  mh_pane_keep (pane, &page->orders, mh_record_list_new (context, "order.list"));
  mh_record_table_setup (page->table, "order-board", &mh_order_type, mh_board_columns,
                         G_LIST_MODEL (page->orders), MH_TABLE_MULTIPLE);
  mh_record_table_set_lines (page->table, MH_BOARD_LEAST_WIDTH);
  g_signal_connect_object (page->orders, "items-changed", G_CALLBACK (rows_cb), page,
                           G_CONNECT_AFTER);
}

static void
order_board_page_begin (MhPane *pane)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (pane);
  setup_table (page);
  page->clock = g_timeout_add_seconds (CLOCK_S, clock_cb, page);
  show_marked (page);
  order_board_page_tab_cb (page);
}

static void
mh_order_board_page_dispose (GObject *object)
{
  MhOrderBoardPage *page = MH_ORDER_BOARD_PAGE (object);
  g_clear_handle_id (&page->clock, g_source_remove);
  g_clear_pointer (&page->opening, g_free);
  G_OBJECT_CLASS (mh_order_board_page_parent_class)->dispose (object);
}

static void
order_board_page_bind_template (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_BOARD_TABS);
  g_type_ensure (MH_TYPE_BOARD_FILTERS);
  g_type_ensure (MH_TYPE_ORDER_DETAIL);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/orders/mh-order-board-page"));

  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, split);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, tabs);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, filters);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, table);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, detail);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, marked);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, collect);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, receive);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, reject);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, assign);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, results);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, report);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, retry);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, to_cash);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, cancel);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, change);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, tests);
  gtk_widget_class_bind_template_child (widget, MhOrderBoardPage, whose);

  gtk_widget_class_bind_template_callback (widget, order_board_page_tab_cb);
  gtk_widget_class_bind_template_callback (widget, filters_cb);
  gtk_widget_class_bind_template_callback (widget, order_board_page_leave_cb);
  gtk_widget_class_bind_template_callback (widget, order_board_page_selection_cb);
  gtk_widget_class_bind_template_callback (widget, order_board_page_activated_cb);
}

static void
order_board_page_add_keys (GtkWidgetClass *widget)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = { { GDK_KEY_c, "board.collect" },  { GDK_KEY_r, "board.receive" },
               { GDK_KEY_l, "board.labels" },   { GDK_KEY_x, "board.reject" },
               { GDK_KEY_t, "board.assign" },   { GDK_KEY_p, "board.report" },
               { GDK_KEY_F6, "board.results" }, { GDK_KEY_e, "board.change" },
               { GDK_KEY_a, "board.tests" } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget, keys[i].key, 0, keys[i].action, NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "board.search", NULL);
}

static void
mh_order_board_page_class_init (MhOrderBoardPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MhPaneClass *pane = MH_PANE_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_order_board_page_dispose;
  pane->begin = order_board_page_begin;
  pane->open = mh_order_board_page_open;
  pane->let_go = order_board_page_let_go;
  pane->shown = order_board_page_shown;
  pane->scan = order_board_page_scan;
  order_board_page_bind_template (widget);
  gtk_widget_class_install_action (widget, "board.collect", NULL, order_board_page_collect_action);
  gtk_widget_class_install_action (widget, "board.receive", NULL, receive_action);
  gtk_widget_class_install_action (widget, "board.labels", NULL, order_board_page_labels_action);
  gtk_widget_class_install_action (widget, "board.reject", NULL, reject_action);
  gtk_widget_class_install_action (widget, "board.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget, "board.results", NULL, results_action);
  gtk_widget_class_install_action (widget, "board.report", NULL, report_action);
  gtk_widget_class_install_action (widget, "board.recover", "s", recover_action);
  gtk_widget_class_install_action (widget, "board.change", NULL, order_board_page_change_action);
  gtk_widget_class_install_action (widget, "board.tests", NULL, tests_action);
  gtk_widget_class_install_action (widget, "board.search", NULL, order_board_page_search_action);
  gtk_widget_class_install_action (widget, "board.clear", NULL, order_board_page_clear_action);
  order_board_page_add_keys (widget);
}

static void
mh_order_board_page_init (MhOrderBoardPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  mh_order_detail_follow (page->detail, page->split);
}

GtkWidget *
mh_order_board_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_ORDER_BOARD_PAGE, "context", context, NULL);
}
