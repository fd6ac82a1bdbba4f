/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/hospital/mh-bench-bar.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/front/mh-insight.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* What was done shows at once by the feed; what merely grew late, by the clock. */
#define EVERY_SECONDS 30
#define GATHER_MS 800

struct _MhBenchBar
{
  MhPane parent_instance;
  GtkFlowBox *benches;
  MhRecordList *loads;
  guint timer, soon;
};

G_DEFINE_FINAL_TYPE (MhBenchBar, mh_bench_bar, MH_TYPE_PANE)

/* "Haematology 12 · ⚡ 2 STAT · ⚠ 3 late" */
static char *
bench_bar_words_of (MhRecord *load)
{
  gint64 stat = mh_record_int (load, MH_BENCH_LOAD_STAT);
  gint64 late = mh_record_int (load, MH_BENCH_LOAD_LATE);
  const char *name = mh_record_text (load, MH_BENCH_LOAD_NAME);
  GString *words = g_string_new (NULL);
  g_string_append_printf (words, "%s %d", name != NULL ? name : "–",
                          (int)mh_record_int (load, MH_BENCH_LOAD_WAITING));
  if (stat > 0)
    g_string_append_printf (words, _ (" · ⚡ %d STAT"), (int)stat);
  if (late > 0)
    g_string_append_printf (words, _ (" · ⚠ %d late"), (int)late);
  return g_string_free (words, FALSE);
}

static char *
due_words (MhRecord *load)
{
  if (!mh_record_has (load, MH_BENCH_LOAD_NEXT_DUE_AT))
    return NULL;
  g_autofree char *time = mh_words_time (mh_record_int (load, MH_BENCH_LOAD_NEXT_DUE_AT));
  /* Translators: %s is a time of the day */
  return g_strdup_printf (_ ("The next is due at %s"), time);
}

static void
bench_bar_show_cb (MhBenchBar *bar)
{
  GtkWidget *child;
  GListModel *model = G_LIST_MODEL (bar->loads);
  guint n = g_list_model_get_n_items (model);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (bar->benches))) != NULL)
    gtk_flow_box_remove (bar->benches, child);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) load = g_list_model_get_item (model, i);
      g_autofree char *words = bench_bar_words_of (load), *due = due_words (load);
      g_autofree char *tip = g_strjoin ("\n", words, due, NULL);
      GtkWidget *label = gtk_label_new (words);
      gtk_widget_add_css_class (label, "mh-pill");
      gtk_widget_add_css_class (label, "numeric");
      if (mh_record_int (load, MH_BENCH_LOAD_LATE) > 0)
        gtk_widget_add_css_class (label, "mh-bad");
      gtk_widget_set_tooltip_text (label, tip);
      mh_accessible_name (label, words);
      gtk_flow_box_append (bar->benches, label);
      gtk_widget_set_focusable (gtk_widget_get_parent (label), FALSE);
    }

  gtk_widget_set_visible (GTK_WIDGET (bar), n > 0);
}

/* Who reads no orders, in Insights, is not told of benches. */
static void
bench_bar_load (MhBenchBar *bar)
{
  static const char *const args[] = { "limit", "50", NULL };
  MhContext *context = mh_pane_context (MH_PANE (bar));
  if (context != NULL && mh_context_may (context, MH_MAY_READ_ORDER))
    mh_record_list_set_args (bar->loads, args);
}

static gboolean
timer_cb (gpointer data)
{
  bench_bar_load (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
bench_bar_soon_cb (gpointer data)
{
  MH_BENCH_BAR (data)->soon = 0;
  bench_bar_load (data);
  return G_SOURCE_REMOVE;
}

/* Changes come in bursts; one question serves the burst. */
static void
bench_bar_changed_cb (MhSync *sync,
                      gpointer type,
                      const char *id,
                      MhRecord *record,
                      MhBenchBar *bar)
{
  gboolean matters = type == NULL || type == &mh_order_type || type == &mh_alert_type;
  if (matters && bar->soon == 0 && gtk_widget_get_mapped (GTK_WIDGET (bar)))
    bar->soon = g_timeout_add (GATHER_MS, bench_bar_soon_cb, bar);
}

static void
bench_bar_begin (MhPane *pane)
{
  MhBenchBar *bar = MH_BENCH_BAR (pane);
  mh_pane_keep (pane, &bar->loads, mh_record_list_new (mh_pane_context (pane), "bench.load"));
  g_signal_connect_object (bar->loads, "notify::n-items", G_CALLBACK (bench_bar_show_cb), bar,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "changed",
                           G_CALLBACK (bench_bar_changed_cb), bar, 0);
  bar->timer = g_timeout_add_seconds (EVERY_SECONDS, timer_cb, bar);
  bench_bar_load (bar);
}

static void
mh_bench_bar_dispose (GObject *object)
{
  g_clear_handle_id (&MH_BENCH_BAR (object)->timer, g_source_remove);
  g_clear_handle_id (&MH_BENCH_BAR (object)->soon, g_source_remove);
  G_OBJECT_CLASS (mh_bench_bar_parent_class)->dispose (object);
}

static void
mh_bench_bar_class_init (MhBenchBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = bench_bar_begin;
  G_OBJECT_CLASS (klass)->dispose = mh_bench_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("widgets/hospital/mh-bench-bar"));
  gtk_widget_class_bind_template_child (widget, MhBenchBar, benches);
}

static void
mh_bench_bar_init (MhBenchBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
}
