/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/hospital/mh-critical-bar.h"

#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-table-age.h"
#include "shared/base/mh-clock.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhCriticalBar
{
  MhPane parent_instance;
  MhRecordList *items;
  char *order_id, *first_id;
  guint ticks;
  GtkWidget *box;
  GtkLabel *what, *as_of, *clock;
};

G_DEFINE_FINAL_TYPE (MhCriticalBar, mh_critical_bar, MH_TYPE_PANE)

/* --- words --- */

static gboolean
critical_bar_is_open (MhRecord *item)
{
  return g_strcmp0 (mh_record_text (item, MH_CRITICAL_ITEM_STATE), MH_CRITICAL_OPEN) == 0;
}

/* "12:05", with hours "1:02:05": read from left to right everywhere. */
static char *
span_text (gint64 span)
{
  gint64 seconds = span / MH_SECOND;
  g_autofree char *text
      = seconds >= 3600 ? g_strdup_printf ("%d:%02d:%02d", (int)(seconds / 3600),
                                           (int)(seconds / 60 % 60), (int)(seconds % 60))
                        : g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
  return mh_words_figures (text);
}

char *
mh_critical_clock_text (MhRecord *item, gint64 now)
{
  gint64 due = mh_record_int (item, MH_CRITICAL_ITEM_DUE_AT);
  gint64 told = mh_record_int (item, MH_CRITICAL_ITEM_ACKNOWLEDGED_AT);
  if (critical_bar_is_open (item))
    {
      g_autofree char *span = span_text (ABS (due - now));
      return now < due ? g_strdup_printf (_ ("⏱ %s left"), span)
                       : g_strdup_printf (_ ("⚠ %s late"), span);
    }

  if (told == 0)
    return g_strdup (_ ("Closed without a call"));

  g_autofree char *span = mh_words_since (mh_record_int (item, MH_CRITICAL_ITEM_OPENED_AT), told);
  return g_strdup_printf (_ ("✓ Read back after %s"), span);
}

const char *
mh_critical_clock_style (MhRecord *item, gint64 now)
{
  if (!critical_bar_is_open (item))
    return NULL;
  return now >= mh_record_int (item, MH_CRITICAL_ITEM_DUE_AT) ? "mh-critical" : "mh-soon";
}

char *
mh_critical_value_text (MhRecord *item)
{
  const char *unit = mh_record_text (item, MH_CRITICAL_ITEM_UNIT);
  g_autofree char *value = g_strconcat (mh_record_text (item, MH_CRITICAL_ITEM_VALUE),
                                        unit != NULL ? " " : NULL, unit, NULL);
  g_autofree char *figures = mh_words_figures (value);
  return g_strconcat (mh_record_text (item, MH_CRITICAL_ITEM_NAME), " ", figures, NULL);
}

/* --- the bar --- */

/* What is due first. */
static MhRecord *
most_pressing (MhCriticalBar *bar, guint *out_n)
{
  MhRecord *first = NULL;
  *out_n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (bar->items)); i++)
    {
      g_autoptr (MhRecord) item = g_list_model_get_item (G_LIST_MODEL (bar->items), i);
      if (!critical_bar_is_open (item))
        continue;
      (*out_n)++;
      if (first == NULL
          || mh_record_int (item, MH_CRITICAL_ITEM_DUE_AT)
                 < mh_record_int (first, MH_CRITICAL_ITEM_DUE_AT))
        first = item; /* the list keeps it */
    }

  return first;
}

static void
critical_bar_set_style (GtkLabel *label, const char *style)
{
  static const char *const styles[] = { "mh-critical", "mh-soon" };
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_strcmp0 (styles[i], style) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (label), styles[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (label), styles[i]);
}

static gboolean
critical_bar_show_clock (gpointer data)
{
  MhCriticalBar *bar = data;
  guint n;
  MhRecord *first = most_pressing (bar, &n);
  gint64 now = mh_when_now ();

  gtk_widget_set_visible (bar->box, first != NULL);
  gtk_widget_set_visible (GTK_WIDGET (bar), first != NULL);
  g_free (bar->first_id);
  bar->first_id = first != NULL ? g_strdup (mh_record_id (first)) : NULL;

  if (first == NULL)
    {
      bar->ticks = 0;
      return G_SOURCE_REMOVE;
    }

  g_autofree char *value = mh_critical_value_text (first);
  g_autofree char *clock = mh_critical_clock_text (first, now);
  g_autofree char *what
      = n == 1
            ? g_strdup_printf (_ ("Critical: %s, order %s"), value,
                               mh_record_text (first, MH_CRITICAL_ITEM_ORDER_NUMBER))
            : g_strdup_printf (ngettext ("Critical: %s, order %s, and %u more",
                                         "Critical: %s, order %s, and %u more", n - 1),
                               value, mh_record_text (first, MH_CRITICAL_ITEM_ORDER_NUMBER), n - 1);

  gtk_label_set_text (bar->what, what);
  gtk_label_set_text (bar->clock, clock);
  critical_bar_set_style (bar->clock, mh_critical_clock_style (first, now));

  return G_SOURCE_CONTINUE;
}

static void
critical_bar_items_cb (MhCriticalBar *bar)
{
  mh_table_age_show (GTK_WIDGET (bar->as_of), bar->items);
  if (critical_bar_show_clock (bar) == G_SOURCE_CONTINUE && bar->ticks == 0)
    bar->ticks = g_timeout_add_seconds (1, critical_bar_show_clock, bar);
}

static gboolean
critical_bar_belongs (MhRecord *item, gpointer data)
{
  MhCriticalBar *bar = data;
  return critical_bar_is_open (item)
         && (bar->order_id == NULL
             || g_strcmp0 (mh_record_text (item, MH_CRITICAL_ITEM_ORDER_ID), bar->order_id) == 0);
}

static void
critical_bar_load (MhCriticalBar *bar)
{
  const char *args[] = { "state",
                         MH_CRITICAL_OPEN,
                         "limit",
                         "200",
                         bar->order_id != NULL ? "order_id" : NULL,
                         bar->order_id,
                         NULL };
  if (bar->items != NULL)
    mh_record_list_set_args (bar->items, args);
}

static void
call_cb (MhCriticalBar *bar)
{
  mh_shell_go (GTK_WIDGET (bar), "critical", bar->first_id);
}

static void
critical_bar_begin (MhPane *pane)
{
  MhCriticalBar *bar = MH_CRITICAL_BAR (pane);
  if (!mh_context_may (mh_pane_context (pane), MH_MAY_CALL_CRITICAL))
    return;
  mh_pane_keep (pane, &bar->items, mh_record_list_new (mh_pane_context (pane), "critical.list"));
  mh_record_list_set_belongs (bar->items, critical_bar_belongs, bar);
  g_signal_connect_object (bar->items, "items-changed", G_CALLBACK (critical_bar_items_cb), bar,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bar->items, "notify::n-items", G_CALLBACK (critical_bar_items_cb), bar,
                           G_CONNECT_SWAPPED);
  critical_bar_load (bar);
}

static void
mh_critical_bar_dispose (GObject *object)
{
  MhCriticalBar *bar = MH_CRITICAL_BAR (object);
  g_clear_handle_id (&bar->ticks, g_source_remove);
  G_OBJECT_CLASS (mh_critical_bar_parent_class)->dispose (object);
}

static void
mh_critical_bar_finalize (GObject *object)
{
  MhCriticalBar *bar = MH_CRITICAL_BAR (object);
  g_free (bar->order_id);
  g_free (bar->first_id);
  G_OBJECT_CLASS (mh_critical_bar_parent_class)->finalize (object);
}

static void
mh_critical_bar_class_init (MhCriticalBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_critical_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_critical_bar_finalize;
  MH_PANE_CLASS (klass)->begin = critical_bar_begin;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("widgets/hospital/mh-critical-bar"));
  gtk_widget_class_bind_template_child (widget, MhCriticalBar, box);
  gtk_widget_class_bind_template_child (widget, MhCriticalBar, what);
  gtk_widget_class_bind_template_child (widget, MhCriticalBar, as_of);
  gtk_widget_class_bind_template_child (widget, MhCriticalBar, clock);
  gtk_widget_class_bind_template_callback (widget, call_cb);
}

static void
mh_critical_bar_init (MhCriticalBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
  gtk_widget_set_visible (GTK_WIDGET (bar), FALSE);
}
