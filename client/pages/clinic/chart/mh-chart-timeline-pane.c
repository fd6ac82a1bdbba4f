/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-timeline-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/chart/mh-chart-words.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-chart.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 620

struct _MhChartTimelinePane
{
  MhPane parent_instance;
  char *patient_id;
  MhRecordList *events;
  GListStore *kept; /* what was seen last, while the server is away */
  MhRecordTable *table;
  GtkDropDown *kind;
  MhBanner *away;
  gboolean is_away;
};

G_DEFINE_FINAL_TYPE (MhChartTimelinePane, mh_chart_timeline_pane, MH_TYPE_PANE)

static char *
chart_timeline_pane_time_text (MhRecord *event)
{
  return mh_words_time (mh_record_int (event, MH_CHART_EVENT_AT));
}

static char *
chart_timeline_pane_kind_text (MhRecord *event)
{
  return mh_words_value (event, MH_CHART_EVENT_KIND);
}

static const MhTableColumn columns[] = {
  { .title = N_ ("When"), .text = chart_timeline_pane_time_text, .width = 130 },
  { .title = N_ ("Kind"), .text = chart_timeline_pane_kind_text, .width = 110 },
  { .title = N_ ("What"),
    .text = mh_chart_event_title,
    .expand = TRUE,
    .width = 160,
    .line = MH_LINE_TITLE },
  { .title = N_ ("Details"), .text = mh_chart_event_detail, .width = 130, .line = MH_LINE_NONE },
  { .title = N_ ("State"), .text = mh_chart_event_state, .width = 110 },
  { .field = "by_name", .width = 130, .line = MH_LINE_NONE },
  { NULL },
};

/* --- without the server --- */

static void
chart_timeline_pane_kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhChartTimelinePane) pane = data;
  g_autoptr (MhRecord) chart = mh_read_finish (result, NULL);
  if (mh_pane_context (MH_PANE (pane)) == NULL || !pane->is_away)
    return;
  GPtrArray *events = chart != NULL ? mh_record_records (chart, MH_CHART_TIMELINE) : NULL;
  g_list_store_remove_all (pane->kept);
  for (guint i = 0; events != NULL && i < events->len; i++)
    g_list_store_append (pane->kept, g_ptr_array_index (events, i));
}

static void
chart_timeline_pane_status_cb (MhChartTimelinePane *pane)
{
  gboolean away = pane->patient_id != NULL && !mh_record_list_is_loading (pane->events)
                  && mh_record_list_from_cache (pane->events);
  mh_banner_set_revealed (pane->away, away);
  if (away == pane->is_away)
    return;

  pane->is_away = away;
  mh_record_table_set_model (pane->table,
                             away ? G_LIST_MODEL (pane->kept) : G_LIST_MODEL (pane->events));
  if (away)
    mh_read_async (mh_pane_context (MH_PANE (pane)), "chart.read", pane->patient_id,
                   mh_pane_cancellable (MH_PANE (pane)), chart_timeline_pane_kept_cb,
                   g_object_ref (pane));
}

/* --- what is shown --- */

static void
chart_timeline_pane_load (MhChartTimelinePane *pane)
{
  guint kind = gtk_drop_down_get_selected (pane->kind);
  gboolean one = kind > 0 && kind != GTK_INVALID_LIST_POSITION;
  const char *args[]
      = { "id", pane->patient_id,    "limit",
          "50", one ? "kind" : NULL, one ? mh_chart_event_kind_codes[kind - 1].code : NULL,
          NULL };
  if (pane->patient_id != NULL)
    mh_record_list_set_args (pane->events, args);
}

static void
chart_timeline_pane_kind_cb (MhChartTimelinePane *pane)
{
  if (pane->events != NULL)
    chart_timeline_pane_load (pane);
}

static void
chart_timeline_pane_activated_cb (MhChartTimelinePane *pane, MhRecord *event)
{
  mh_chart_event_open (pane, event);
}

static void
mh_chart_timeline_pane_open (MhPane *parent, const char *what)
{
  MhChartTimelinePane *pane = MH_CHART_TIMELINE_PANE (parent);
  g_free (pane->patient_id);
  pane->patient_id = g_strdup (what);
  chart_timeline_pane_load (pane);
}

static void
chart_timeline_pane_shown (MhPane *parent)
{
  MhChartTimelinePane *pane = MH_CHART_TIMELINE_PANE (parent);
  if (pane->patient_id != NULL && !mh_record_list_is_loading (pane->events))
    mh_record_list_reload (pane->events);
  mh_record_table_enter (pane->table);
}

static void
fill_kinds (MhChartTimelinePane *pane)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  gtk_string_list_append (words, _ ("Everything"));
  for (const MhCode *code = mh_chart_event_kind_codes; code->code != NULL; code++)
    gtk_string_list_append (words, g_dgettext (GETTEXT_PACKAGE, code->label));
  gtk_drop_down_set_model (pane->kind, G_LIST_MODEL (words));
  g_object_unref (words);
}

static void
chart_timeline_pane_begin (MhPane *parent)
{
  MhChartTimelinePane *pane = MH_CHART_TIMELINE_PANE (parent);
  fill_kinds (pane);
  mh_pane_keep (parent, &pane->kept, g_list_store_new (MH_TYPE_RECORD));
  mh_pane_keep (parent, &pane->events,
                mh_record_list_new (mh_pane_context (parent), "chart.timeline"));
  g_signal_connect_object (pane->events, "notify::loading",
                           G_CALLBACK (chart_timeline_pane_status_cb), pane, G_CONNECT_SWAPPED);
  mh_record_table_setup (pane->table, "chart-timeline", &mh_chart_event_type, columns,
                         G_LIST_MODEL (pane->events), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, LEAST_WIDTH);
}

static void
mh_chart_timeline_pane_finalize (GObject *object)
{
  g_free (MH_CHART_TIMELINE_PANE (object)->patient_id);
  G_OBJECT_CLASS (mh_chart_timeline_pane_parent_class)->finalize (object);
}

static void
mh_chart_timeline_pane_class_init (MhChartTimelinePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_chart_timeline_pane_finalize;
  MH_PANE_CLASS (klass)->begin = chart_timeline_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_chart_timeline_pane_open;
  MH_PANE_CLASS (klass)->shown = chart_timeline_pane_shown;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-chart-timeline-pane"));
  gtk_widget_class_bind_template_child (widget, MhChartTimelinePane, table);
  gtk_widget_class_bind_template_child (widget, MhChartTimelinePane, kind);
  gtk_widget_class_bind_template_child (widget, MhChartTimelinePane, away);
  gtk_widget_class_bind_template_callback (widget, chart_timeline_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, chart_timeline_pane_kind_cb);
}

static void
mh_chart_timeline_pane_init (MhChartTimelinePane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_chart_timeline_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CHART_TIMELINE_PANE, "context", context, NULL);
}
