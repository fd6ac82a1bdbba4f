/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-orders-pane.h"

#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhChartOrdersPane
{
  MhPane parent_instance;
  MhRecordList *orders;
  MhRecordTable *table;
};

G_DEFINE_FINAL_TYPE (MhChartOrdersPane, mh_chart_orders_pane, MH_TYPE_PANE)

static char *
chart_orders_pane_tests_text (MhRecord *order)
{
  const char *const *names = mh_record_list (order, MH_ORDER_TEST_NAMES);
  return names != NULL ? g_strjoinv (", ", (char **)names) : NULL;
}

static char *
chart_orders_pane_day_text (MhRecord *order)
{
  return mh_when_day (mh_record_int (order, MH_CREATED_AT));
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Ordered"), .text = chart_orders_pane_day_text, .width = 110 },
  { .title = N_ ("Tests"), .text = chart_orders_pane_tests_text, .expand = TRUE, .width = 140 },
  { .field = "number", .width = 110 },
  { .field = "status" },
  { NULL },
};

static void
chart_orders_pane_activated_cb (MhRecordTable *table, MhRecord *order, MhChartOrdersPane *pane)
{
  gboolean done
      = g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_COMPLETED) == 0;
  gboolean may = mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_READ_REPORT);
  mh_shell_go (GTK_WIDGET (pane), done && may ? "report" : "orders", mh_record_id (order));
}

static void
mh_chart_orders_pane_open (MhPane *pane, const char *what)
{
  const char *args[] = { "patient_id", what, "limit", "50", NULL };
  mh_record_list_set_args (MH_CHART_ORDERS_PANE (pane)->orders, args);
}

static void
chart_orders_pane_shown (MhPane *pane)
{
  mh_record_table_enter (MH_CHART_ORDERS_PANE (pane)->table);
}

static void
chart_orders_pane_begin (MhPane *pane)
{
  MhChartOrdersPane *self = MH_CHART_ORDERS_PANE (pane);
  mh_pane_keep (pane, &self->orders, mh_record_list_new (mh_pane_context (pane), "order.list"));
  mh_record_table_setup (self->table, "chart-orders", &mh_order_type, columns,
                         G_LIST_MODEL (self->orders), MH_TABLE_SINGLE);
}

static void
mh_chart_orders_pane_class_init (MhChartOrdersPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = chart_orders_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_chart_orders_pane_open;
  MH_PANE_CLASS (klass)->shown = chart_orders_pane_shown;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-chart-orders-pane"));
  gtk_widget_class_bind_template_child (widget, MhChartOrdersPane, table);
  gtk_widget_class_bind_template_callback (widget, chart_orders_pane_activated_cb);
}

static void
mh_chart_orders_pane_init (MhChartOrdersPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_chart_orders_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CHART_ORDERS_PANE, "context", context, NULL);
}
