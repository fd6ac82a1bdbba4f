/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-results-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/chart/mh-chart-words.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-chart.h"
#include "client/widgets/charts/mh-sparkline.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-permissions.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define LEAST_WIDTH 480

struct _MhChartResultsPane
{
  MhPane parent_instance;
  char *patient_id;
  char *analyte; /* of the series on show or on its way */
  MhRecordList *values;
  GListStore *kept;
  gboolean is_away;
  GListStore *points;
  MhSplit *split;
  MhRecordTable *table, *before;
  MhChart *chart;
  MhBanner *away;
  GtkStack *stack;
  GtkLabel *title, *range;
  GtkWidget *leave, *report;
};

G_DEFINE_FINAL_TYPE (MhChartResultsPane, mh_chart_results_pane, MH_TYPE_PANE)

/* --- the list --- */

void
mh_chart_results_spark (GtkWidget *sparkline, MhRecord *value)
{
  GPtrArray *points = mh_record_records (value, MH_CHART_VALUE_POINTS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = points != NULL ? points->len : 0; i > 1; i--)
    {
      const char *number
          = mh_record_text (g_ptr_array_index (points, i - 1), MH_EARLIER_VALUE_VALUE);
      if (number != NULL)
        g_strv_builder_add (builder, number);
    }

  g_auto (GStrv) earlier = g_strv_builder_end (builder);
  mh_sparkline_show (MH_SPARKLINE (sparkline), (const char *const *)earlier,
                     mh_record_text (value, MH_CHART_VALUE_VALUE),
                     mh_record_text (value, MH_CHART_VALUE_LOW),
                     mh_record_text (value, MH_CHART_VALUE_HIGH));
}

static char *
chart_results_pane_day_text (MhRecord *value)
{
  return mh_when_day (mh_record_int (value, MH_CHART_VALUE_AT));
}

static char *
chart_results_pane_range_text (MhRecord *value)
{
  const char *range = mh_record_text (value, MH_CHART_VALUE_RANGE_TEXT);
  return range != NULL ? mh_words_figures (range) : NULL;
}

static const MhTableColumn columns[] = {
  { .field = "name", .expand = TRUE, .width = 170 },
  { .title = N_ ("Value"),
    .text = mh_chart_value_text,
    .style = mh_chart_value_style,
    .width = 150,
    .line = MH_LINE_TRAILING },
  { .title = N_ ("Trend"), .width = 76, .make = mh_sparkline_new, .bind = mh_chart_results_spark },
  { .title = N_ ("Range"), .text = chart_results_pane_range_text, .width = 90 },
  { .title = N_ ("Day"), .text = chart_results_pane_day_text, .width = 100 },
  { .field = "test", .width = 110, .line = MH_LINE_NONE },
  { NULL },
};

/* --- one analyte --- */

static char *
point_text (MhRecord *point)
{
  const char *unit = mh_record_text (point, MH_EARLIER_VALUE_UNIT);
  g_autofree char *flag = mh_flag_words (mh_record_text (point, MH_EARLIER_VALUE_FLAG));
  g_autofree char *text = g_strdup_printf (
      "%s %s%s%s", mh_record_text (point, MH_EARLIER_VALUE_VALUE), unit != NULL ? unit : "",
      flag != NULL ? "  " : "", flag != NULL ? flag : "");
  return mh_words_figures (text);
}

static const char *
point_style (MhRecord *point)
{
  return mh_flag_style (mh_record_text (point, MH_EARLIER_VALUE_FLAG));
}

static char *
point_time (MhRecord *point)
{
  return mh_words_time (mh_record_int (point, MH_EARLIER_VALUE_AT));
}

static const MhTableColumn point_columns[] = {
  { .title = N_ ("When"), .text = point_time, .width = 140 },
  { .title = N_ ("Value"), .text = point_text, .style = point_style, .expand = TRUE, .width = 120 },
  { NULL },
};

static double
chart_results_pane_number_of (const char *text, guint *decimals)
{
  MhDecimal number;
  if (text == NULL || !mh_decimal_parse (text, &number))
    return NAN;
  *decimals = MAX (*decimals, (guint)number.scale);
  return mh_decimal_to_double (number);
}

static MhPlotInk
ink_of (const char *flag)
{
  const char *style = mh_flag_style (flag);
  return style == NULL                        ? MH_PLOT_ACCENT
         : g_str_equal (style, "mh-critical") ? MH_PLOT_BAD
                                              : MH_PLOT_WARM;
}

/* Oldest first, on the axis of time. NULL: nothing that can be drawn. */
static MhPlot *
chart_results_pane_draw (MhRecord *value)
{
  GPtrArray *points = mh_record_records (value, MH_CHART_VALUE_POINTS);
  MhPlot *plot = mh_plot_new (mh_record_text (value, MH_CHART_VALUE_NAME));
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  guint decimals = 0, drawn = 0;
  guint series = mh_plot_series (plot, NULL, MH_PLOT_LINE, MH_PLOT_ACCENT);

  for (guint i = points != NULL ? points->len : 0; i > 0; i--)
    {
      MhRecord *point = g_ptr_array_index (points, i - 1);
      const char *flag = mh_record_text (point, MH_EARLIER_VALUE_FLAG);
      double number = chart_results_pane_number_of (mh_record_text (point, MH_EARLIER_VALUE_VALUE),
                                                    &decimals);
      if (isnan (number))
        continue;
      g_autofree char *words = mh_flag_words (flag);
      guint at = mh_plot_point (plot, series, (double)mh_record_int (point, MH_EARLIER_VALUE_AT),
                                number, words != NULL ? MH_MARK_DIAMOND : MH_MARK_DOT, words);
      mh_plot_ink_point (plot, at, ink_of (flag));
      drawn++;
    }

  double low = chart_results_pane_number_of (mh_record_text (value, MH_CHART_VALUE_LOW), &decimals);
  double high
      = chart_results_pane_number_of (mh_record_text (value, MH_CHART_VALUE_HIGH), &decimals);

  if (!isnan (low) || !isnan (high))
    mh_plot_band (plot, low, high, MH_PLOT_GOOD);
  const char *unit = mh_record_text (value, MH_CHART_VALUE_UNIT);

  mh_plot_set_unit (plot, unit != NULL ? unit : "", decimals);
  mh_plot_set_time (plot, zone, MH_PLOT_INSTANT);
  mh_plot_hide_title (plot);
  if (drawn == 0)
    g_clear_pointer (&plot, mh_plot_unref);

  return plot;
}

static void
show_value (MhChartResultsPane *pane, MhRecord *value)
{
  g_autoptr (MhPlot) plot = chart_results_pane_draw (value);
  GPtrArray *points = mh_record_records (value, MH_CHART_VALUE_POINTS);
  g_autofree char *range = chart_results_pane_range_text (value);
  g_autofree char *healthy
      = range != NULL ? g_strdup_printf (_ ("Reference range %s"), range) : g_strdup ("");

  gtk_label_set_text (pane->title, mh_record_text (value, MH_CHART_VALUE_NAME));
  gtk_label_set_text (pane->range, healthy);
  mh_chart_set_plot (pane->chart, plot);
  gtk_widget_set_visible (GTK_WIDGET (pane->chart), plot != NULL);
  g_list_store_remove_all (pane->points);
  for (guint i = 0; points != NULL && i < points->len; i++)
    g_list_store_append (pane->points, g_ptr_array_index (points, i));
  gtk_widget_set_visible (
      pane->report, mh_record_has (value, MH_CHART_VALUE_ORDER_ID)
                        && mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_READ_REPORT));
  gtk_stack_set_visible_child_name (pane->stack, "one");
}

static void
series_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhChartResultsPane) pane = data;
  g_autoptr (MhRecord) value = mh_fetch_finish_record (result, NULL);
  if (mh_pane_context (MH_PANE (pane)) == NULL || value == NULL
      || g_strcmp0 (mh_record_text (value, MH_CHART_VALUE_ANALYTE), pane->analyte) != 0)
    return;
  show_value (pane, value);
}

/* What the list knows stands there at once; all the values follow. */
static void
chart_results_pane_show_row (MhChartResultsPane *pane, MhRecord *value)
{
  const char *analyte = mh_record_text (value, MH_CHART_VALUE_ANALYTE);
  GPtrArray *points = mh_record_records (value, MH_CHART_VALUE_POINTS);
  if (g_strcmp0 (analyte, pane->analyte) == 0)
    return;

  g_free (pane->analyte);
  pane->analyte = g_strdup (analyte);
  show_value (pane, value);
  if (points == NULL || analyte == NULL || pane->is_away)
    return;

  const char *args[] = { "id", pane->patient_id, "analyte", analyte, NULL };
  mh_fetch_async (mh_pane_context (MH_PANE (pane)),
                  &(MhFetch){ .route = "chart.series", .args = args },
                  mh_pane_cancellable (MH_PANE (pane)), series_cb, g_object_ref (pane));
}

/* --- signals --- */

static void
chart_results_pane_selection_cb (MhChartResultsPane *pane)
{
  MhRecord *value = mh_record_table_current (pane->table);
  if (value != NULL && !mh_split_is_folded (pane->split))
    chart_results_pane_show_row (pane, value);
}

static void
chart_results_pane_activated_cb (MhChartResultsPane *pane, MhRecord *value)
{
  chart_results_pane_show_row (pane, value);
  mh_split_show_end (pane->split, TRUE);
}

static void
chart_results_pane_items_cb (MhChartResultsPane *pane)
{
  if (pane->analyte == NULL && !mh_split_is_folded (pane->split)
      && g_list_model_get_n_items (G_LIST_MODEL (pane->values)) > 0)
    {
      g_autoptr (MhRecord) first = g_list_model_get_item (G_LIST_MODEL (pane->values), 0);
      chart_results_pane_show_row (pane, first);
    }
}

static void
report_cb (MhChartResultsPane *pane)
{
  MhRecord *value = mh_record_table_current (pane->table);
  const char *order = value != NULL ? mh_record_text (value, MH_CHART_VALUE_ORDER_ID) : NULL;
  if (order != NULL)
    mh_shell_go (GTK_WIDGET (pane), "report", order);
}

static void
chart_results_pane_kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhChartResultsPane) pane = data;
  g_autoptr (MhRecord) chart = mh_read_finish (result, NULL);
  if (mh_pane_context (MH_PANE (pane)) == NULL || !pane->is_away)
    return;
  GPtrArray *values = chart != NULL ? mh_record_records (chart, MH_CHART_VALUES) : NULL;
  g_list_store_remove_all (pane->kept);
  for (guint i = 0; values != NULL && i < values->len; i++)
    g_list_store_append (pane->kept, g_ptr_array_index (values, i));
}

static void
chart_results_pane_status_cb (MhChartResultsPane *pane)
{
  gboolean away = pane->patient_id != NULL && !mh_record_list_is_loading (pane->values)
                  && mh_record_list_from_cache (pane->values);
  mh_banner_set_revealed (pane->away, away);
  if (away == pane->is_away)
    return;

  pane->is_away = away;
  mh_record_table_set_model (pane->table,
                             away ? G_LIST_MODEL (pane->kept) : G_LIST_MODEL (pane->values));
  if (away)
    mh_read_async (mh_pane_context (MH_PANE (pane)), "chart.read", pane->patient_id,
                   mh_pane_cancellable (MH_PANE (pane)), chart_results_pane_kept_cb,
                   g_object_ref (pane));
}

/* --- as a pane --- */

static void
mh_chart_results_pane_open (MhPane *parent, const char *what)
{
  MhChartResultsPane *pane = MH_CHART_RESULTS_PANE (parent);
  const char *args[] = { "id", what, "limit", "200", NULL };
  g_free (pane->patient_id);
  pane->patient_id = g_strdup (what);
  g_clear_pointer (&pane->analyte, g_free);
  gtk_stack_set_visible_child_name (pane->stack, "none");
  mh_split_show_end (pane->split, FALSE);
  mh_record_list_set_args (pane->values, args);
}

static void
chart_results_pane_shown (MhPane *parent)
{
  mh_record_table_enter (MH_CHART_RESULTS_PANE (parent)->table);
}

static void
chart_results_pane_begin (MhPane *parent)
{
  MhChartResultsPane *pane = MH_CHART_RESULTS_PANE (parent);
  mh_pane_keep (parent, &pane->kept, g_list_store_new (MH_TYPE_RECORD));
  mh_pane_keep (parent, &pane->points, g_list_store_new (MH_TYPE_RECORD));
  mh_pane_keep (parent, &pane->values,
                mh_record_list_new (mh_pane_context (parent), "chart.results"));
  g_signal_connect_object (pane->values, "notify::loading",
                           G_CALLBACK (chart_results_pane_status_cb), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->values, "notify::n-items",
                           G_CALLBACK (chart_results_pane_items_cb), pane, G_CONNECT_SWAPPED);
  mh_record_table_setup (pane->table, "chart-results", &mh_chart_value_type, columns,
                         G_LIST_MODEL (pane->values), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, LEAST_WIDTH);
  mh_record_table_setup (pane->before, "chart-points", &mh_earlier_value_type, point_columns,
                         G_LIST_MODEL (pane->points), MH_TABLE_SINGLE);
  g_object_bind_property (pane->split, "folded", pane->leave, "visible", G_BINDING_SYNC_CREATE);
}

static void
mh_chart_results_pane_finalize (GObject *object)
{
  g_free (MH_CHART_RESULTS_PANE (object)->patient_id);
  g_free (MH_CHART_RESULTS_PANE (object)->analyte);
  G_OBJECT_CLASS (mh_chart_results_pane_parent_class)->finalize (object);
}

static void
mh_chart_results_pane_class_init (MhChartResultsPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_chart_results_pane_finalize;
  MH_PANE_CLASS (klass)->begin = chart_results_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_chart_results_pane_open;
  MH_PANE_CLASS (klass)->shown = chart_results_pane_shown;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_CHART);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_BANNER);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-chart-results-pane"));
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, split);
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, table);
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, before);
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, chart);
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, away);
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, stack);
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, title);
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, range);
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, leave);
  gtk_widget_class_bind_template_child (widget, MhChartResultsPane, report);
  gtk_widget_class_bind_template_callback (widget, chart_results_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, chart_results_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, report_cb);
}

static void
mh_chart_results_pane_init (MhChartResultsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_chart_results_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CHART_RESULTS_PANE, "context", context, NULL);
}
