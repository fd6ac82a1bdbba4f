/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/front/insights/mh-insight-card.h"

#include "client/compat/mh-compat.h"
#include "client/mh-context.h"
#include "client/models/mh-fetch.h"
#include "client/pages/front/insights/mh-insight-items.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-chart.h"
#include "shared/records/front/mh-insight.h"
#include "shared/reports/front/mh-insight-plot.h"

#include <glib/gi18n-lib.h>

#define MOST_BARS 10
#define TOTAL 6 /* of the segments: from ordered to reported */

struct _MhInsightCard
{
  MhPane parent_instance;
  GtkWidget *head;
  GtkLabel *title, *sums;
  GtkDropDown *by, *segment;
  GtkStack *stack;
  MhChart *chart;
  AdwStatusPage *problem;
  const MhInsightKind *kind;
  char **groups;
  char *from, *to;
  MhRecord *insight;
  GCancellable *asking;
};

G_DEFINE_FINAL_TYPE (MhInsightCard, mh_insight_card, MH_TYPE_PANE)

static guint moved, dropped, removed, changed;

static const char *
insight_card_say (const char *english, gconstpointer data)
{
  return *english != '\0' ? _ (english) : "";
}

static const MhInsightWords words = { insight_card_say, NULL, NULL };

/* --- what is asked for --- */

static const char *
by_of (MhInsightCard *card)
{
  guint selected = gtk_drop_down_get_selected (card->by);
  return card->groups != NULL && selected < g_strv_length (card->groups) ? card->groups[selected]
                                                                         : NULL;
}

static gboolean
has_segment (MhInsightCard *card)
{
  return card->kind != NULL && g_str_equal (card->kind->figure, MH_INSIGHT_TURNAROUND)
         && g_strcmp0 (by_of (card), MH_BY_SEGMENT) != 0;
}

static char **
insight_card_arguments (MhInsightCard *card, const char *key)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add_many (builder, "figure", card->kind->figure, "by", by_of (card), NULL);
  if (card->from != NULL && card->to != NULL)
    g_strv_builder_add_many (builder, "from", card->from, "to", card->to, NULL);
  if (has_segment (card))
    g_strv_builder_add_many (builder, "segment",
                             mh_segment_codes[gtk_drop_down_get_selected (card->segment)].code,
                             NULL);
  if (key != NULL)
    g_strv_builder_add_many (builder, "key", key, NULL);
  return g_strv_builder_end (builder);
}

/* --- what came --- */

static gboolean
insight_card_says_something (MhRecord *insight)
{
  GPtrArray *rows = mh_record_records (insight, MH_INSIGHT_ROWS);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const char *const *values
          = mh_record_list (g_ptr_array_index (rows, i), MH_INSIGHT_ROW_VALUES);
      for (guint j = 0; values != NULL && values[j] != NULL; j++)
        if (values[j][0] != '\0' && !g_str_equal (values[j], "0"))
          return TRUE;
    }
  return FALSE;
}

/* "Tests 412 · P50 1 h 5 min · P90 2 h 40 min" */
static char *
sums_of (MhRecord *insight)
{
  MhRecord *totals = mh_record_record (insight, MH_INSIGHT_TOTALS);
  const char *const *columns = mh_record_list (insight, MH_INSIGHT_COLUMNS);
  const char *const *values
      = totals != NULL ? mh_record_list (totals, MH_INSIGHT_ROW_VALUES) : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; values != NULL && columns[i] != NULL && values[i] != NULL; i++)
    {
      const MhInsightColumn *column = mh_insight_column_find (columns[i]);
      g_autofree char *value
          = column != NULL ? mh_insight_value_words (
                column, values[i], mh_record_text (insight, MH_INSIGHT_CURRENCY), &words)
                           : NULL;
      if (value == NULL || values[i][0] == '\0')
        continue;
      g_autofree char *shown = mh_words_figures (value);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", _ (column->label),
                              shown);
    }

  return g_string_free (text, FALSE);
}

static void
insight_card_show (MhInsightCard *card)
{
  gboolean any = insight_card_says_something (card->insight);
  g_autofree char *sums = sums_of (card->insight);
  g_autoptr (MhPlot) plot = any ? mh_insight_plot (card->insight, MOST_BARS, &words) : NULL;
  if (plot != NULL)
    mh_plot_hide_title (plot);
  mh_chart_set_plot (card->chart, plot);
  gtk_label_set_label (card->sums, sums);
  gtk_widget_set_visible (GTK_WIDGET (card->sums), any && *sums != '\0');
  gtk_stack_set_visible_child_name (card->stack, any ? "chart" : "none");
}

static void
insight_card_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhInsightCard) card = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (card)) == NULL
      || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;

  if (answer == NULL)
    {
      g_autofree char *problem = mh_words_error (error);
      adw_status_page_set_description (card->problem, problem);
      gtk_stack_set_visible_child_name (card->stack, "problem");
      return;
    }

  g_set_object (&card->insight, answer);
  insight_card_show (card);
}

static void
insight_card_load (MhInsightCard *card)
{
  MhContext *context = mh_pane_context (MH_PANE (card));
  if (context == NULL || card->kind == NULL || by_of (card) == NULL || card->from == NULL)
    return;
  g_auto (GStrv) args = insight_card_arguments (card, NULL);
  g_cancellable_cancel (card->asking);
  g_set_object (&card->asking, NULL);
  card->asking = g_cancellable_new ();
  mh_fetch_async (context, &(MhFetch){ .route = "insight.read", .args = (const char *const *)args },
                  card->asking, insight_card_read_cb, g_object_ref (card));
}

static void
insight_card_chosen_cb (MhInsightCard *card)
{
  gtk_widget_set_visible (GTK_WIDGET (card->segment), has_segment (card));
  insight_card_load (card);
  g_signal_emit (card, changed, 0);
}

/* --- what can be done --- */

static void
open_items (MhInsightCard *card, MhRecord *row)
{
  MhContext *context = mh_pane_context (MH_PANE (card));
  const char *key = row != NULL ? mh_record_text (row, MH_INSIGHT_ROW_KEY) : NULL;
  g_autofree char *label = row != NULL ? mh_insight_row_words (card->insight, row, &words) : NULL;
  g_auto (GStrv) args = insight_card_arguments (card, key);
  g_autofree char *title
      = label != NULL ? g_strdup_printf ("%s · %s", gtk_label_get_label (card->title), label)
                      : g_strdup (gtk_label_get_label (card->title));
  if (context != NULL)
    mh_insight_items_show (GTK_WIDGET (card), context, title, (const char *const *)args);
}

static void
insight_card_point_cb (MhInsightCard *card, guint point)
{
  if (card->insight != NULL)
    open_items (card, mh_insight_plot_row (card->insight, MOST_BARS, point));
}

static void
insight_card_list_cb (MhInsightCard *card)
{
  open_items (card, NULL);
}

static void
insight_card_save (MhInsightCard *card, const char *route, const char *ending)
{
  g_auto (GStrv) args = insight_card_arguments (card, NULL);
  g_autofree char *name = g_strdup_printf ("%s-%s.%s", card->kind->figure, by_of (card), ending);
  mh_file_answer_save (MH_PANE (card), route, (const char *const *)args, name);
}

static void
insight_card_csv_cb (MhInsightCard *card)
{
  insight_card_save (card, "insight.csv", "csv");
}

static void
pdf_cb (MhInsightCard *card)
{
  insight_card_save (card, "insight.pdf", "pdf");
}

static void
earlier_cb (MhInsightCard *card)
{
  g_signal_emit (card, moved, 0, -1);
}

static void
insight_card_later_cb (MhInsightCard *card)
{
  g_signal_emit (card, moved, 0, 1);
}

static void
insight_card_remove_cb (MhInsightCard *card)
{
  g_signal_emit (card, removed, 0);
}

/* --- dragging --- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, MhInsightCard *card)
{
  return gdk_content_provider_new_typed (MH_TYPE_INSIGHT_CARD, card);
}

static gboolean
insight_card_drop_cb (GtkDropTarget *target,
                      const GValue *value,
                      double x,
                      double y,
                      MhInsightCard *card)
{
  GObject *other = g_value_get_object (value);
  if (other == NULL || other == G_OBJECT (card))
    return FALSE;
  g_signal_emit (card, dropped, 0, other);
  return TRUE;
}

static void
make_draggable (MhInsightCard *card)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (MH_TYPE_INSIGHT_CARD, GDK_ACTION_MOVE);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), card);
  g_signal_connect (target, "drop", G_CALLBACK (insight_card_drop_cb), card);
  gtk_widget_add_controller (card->head, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (card), GTK_EVENT_CONTROLLER (target));
  gtk_widget_set_cursor_from_name (card->head, "grab");
}

/* --- making it --- */

static void
mh_insight_card_dispose (GObject *object)
{
  g_cancellable_cancel (MH_INSIGHT_CARD (object)->asking);
  g_clear_object (&MH_INSIGHT_CARD (object)->asking);
  G_OBJECT_CLASS (mh_insight_card_parent_class)->dispose (object);
}

static void
mh_insight_card_finalize (GObject *object)
{
  MhInsightCard *card = MH_INSIGHT_CARD (object);
  g_clear_object (&card->insight);
  g_strfreev (card->groups);
  g_free (card->from);
  g_free (card->to);
  G_OBJECT_CLASS (mh_insight_card_parent_class)->finalize (object);
}

static void
insight_card_bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, MhInsightCard, head);
  gtk_widget_class_bind_template_child (widget, MhInsightCard, title);
  gtk_widget_class_bind_template_child (widget, MhInsightCard, sums);
  gtk_widget_class_bind_template_child (widget, MhInsightCard, by);
  gtk_widget_class_bind_template_child (widget, MhInsightCard, segment);
  gtk_widget_class_bind_template_child (widget, MhInsightCard, stack);
  gtk_widget_class_bind_template_child (widget, MhInsightCard, chart);
  gtk_widget_class_bind_template_child (widget, MhInsightCard, problem);
  gtk_widget_class_bind_template_callback (widget, insight_card_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, insight_card_point_cb);
  gtk_widget_class_bind_template_callback (widget, insight_card_list_cb);
  gtk_widget_class_bind_template_callback (widget, insight_card_csv_cb);
  gtk_widget_class_bind_template_callback (widget, pdf_cb);
  gtk_widget_class_bind_template_callback (widget, earlier_cb);
  gtk_widget_class_bind_template_callback (widget, insight_card_later_cb);
  gtk_widget_class_bind_template_callback (widget, insight_card_remove_cb);
}

static void
mh_insight_card_class_init (MhInsightCardClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_insight_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_insight_card_finalize;
  GType type = G_TYPE_FROM_CLASS (klass);

  moved = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                        G_TYPE_INT);
  dropped = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                          type);
  removed = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  changed = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (MH_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("front/insights/mh-insight-card"));
  insight_card_bind_children (widget);
}

static void
mh_insight_card_init (MhInsightCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
  make_draggable (card);
}

static guint
fill_groups (MhInsightCard *card, const char *by)
{
  const MhField *field = &mh_insight_type.fields[MH_INSIGHT_BY];
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  card->groups = g_strsplit (card->kind->by, "|", -1);
  for (guint i = 0; card->groups[i] != NULL; i++)
    {
      gtk_string_list_append (labels, mh_words_of_code (field, card->groups[i]));
      if (g_strcmp0 (card->groups[i], by) == 0)
        selected = i;
    }

  gtk_drop_down_set_model (card->by, G_LIST_MODEL (labels));
  return selected;
}

static guint
fill_segments (MhInsightCard *card, const char *segment)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = TOTAL;
  for (guint i = 0; mh_segment_codes[i].code != NULL; i++)
    {
      gtk_string_list_append (labels, _ (mh_segment_codes[i].label));
      if (g_strcmp0 (mh_segment_codes[i].code, segment) == 0)
        selected = i;
    }
  gtk_drop_down_set_model (card->segment, G_LIST_MODEL (labels));
  return selected;
}

GtkWidget *
mh_insight_card_new (MhContext *context, const char *spec)
{
  g_auto (GStrv) parts = g_strsplit (spec, ":", 3);
  guint n = g_strv_length (parts);
  const MhInsightKind *kind = n > 0 ? mh_insight_kind_find (parts[0]) : NULL;
  if (kind == NULL)
    return NULL;

  MhInsightCard *card = g_object_new (MH_TYPE_INSIGHT_CARD, "context", context, NULL);
  card->kind = kind;
  const char *title = mh_words_of_code (&mh_insight_type.fields[MH_INSIGHT_FIGURE], kind->figure);

  gtk_label_set_label (card->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (card->title), _ (kind->text));
  mh_accessible_name (GTK_WIDGET (card), title);
  guint by = fill_groups (card, n > 1 ? parts[1] : NULL);
  guint segment = fill_segments (card, n > 2 ? parts[2] : NULL);

  gtk_drop_down_set_selected (card->by, by);
  gtk_drop_down_set_selected (card->segment, segment);
  gtk_widget_set_visible (GTK_WIDGET (card->segment), has_segment (card));

  return GTK_WIDGET (card);
}

char *
mh_insight_card_spec (MhInsightCard *card)
{
  g_return_val_if_fail (MH_IS_INSIGHT_CARD (card), NULL);
  return g_strdup_printf ("%s:%s:%s", card->kind->figure, by_of (card),
                          mh_segment_codes[gtk_drop_down_get_selected (card->segment)].code);
}

void
mh_insight_card_set_days (MhInsightCard *card, const char *from, const char *to)
{
  g_return_if_fail (MH_IS_INSIGHT_CARD (card));
  g_free (card->from);
  g_free (card->to);
  card->from = g_strdup (from);
  card->to = g_strdup (to);
  insight_card_load (card);
}

void
mh_insight_card_focus (MhInsightCard *card)
{
  g_return_if_fail (MH_IS_INSIGHT_CARD (card));
  gtk_widget_grab_focus (GTK_WIDGET (card->chart));
}
