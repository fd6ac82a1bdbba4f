/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/critical/mh-critical-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/critical/mh-critical-pane.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-critical-bar.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-critical.h"

#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 480

struct _MhCriticalPage
{
  MhPane parent_instance;
  MhRecordList *items;
  GListModel *sorted; /* what is due first, then what is settled */
  guint ticks;
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  MhCriticalPane *pane;
  GtkWidget *states;
  GtkLabel *figures;
};

G_DEFINE_FINAL_TYPE (MhCriticalPage, mh_critical_page, MH_TYPE_PANE)

/* --- the list --- */

static gboolean
critical_page_is_open (MhRecord *item)
{
  return g_strcmp0 (mh_record_text (item, MH_CRITICAL_ITEM_STATE), MH_CRITICAL_OPEN) == 0;
}

static char *
critical_page_value_text (MhRecord *item)
{
  return mh_critical_value_text (item);
}

static const char *
value_style (MhRecord *item)
{
  return mh_flag_style (mh_record_text (item, MH_CRITICAL_ITEM_FLAG));
}

static char *
critical_page_flag_text (MhRecord *item)
{
  return mh_flag_words (mh_record_text (item, MH_CRITICAL_ITEM_FLAG));
}

static char *
critical_page_clock_text (MhRecord *item)
{
  return mh_critical_clock_text (item, mh_when_now ());
}

static const char *
clock_style (MhRecord *item)
{
  return mh_critical_clock_style (item, mh_when_now ());
}

static GtkWidget *
critical_page_make_line (void)
{
  GtkWidget *box = mh_vbox (3);
  mh_box_append (box, mh_label (NULL, "heading"));
  mh_box_append (box, mh_label (NULL, NULL));
  mh_box_append (box, mh_label (NULL, "dim-label"));
  gtk_widget_add_css_class (box, "mh-row");
  return box;
}

static void
critical_page_bind_line (GtkWidget *box, MhRecord *item)
{
  GtkWidget *first = gtk_widget_get_first_child (box);
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  g_autofree char *value = critical_page_value_text (item), *flag = critical_page_flag_text (item),
                  *clock = critical_page_clock_text (item);
  g_autofree char *both = g_strconcat (value, "  ", flag, NULL);
  g_autofree char *order = mh_words_order (mh_record_text (item, MH_CRITICAL_ITEM_ORDER_NUMBER));
  g_autofree char *who
      = g_strdup_printf ("%s · %s", mh_record_text (item, MH_CRITICAL_ITEM_PATIENT_NAME), order);
  gtk_label_set_text (GTK_LABEL (first), both);
  gtk_label_set_text (GTK_LABEL (second), clock);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (second)), who);
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Value"),
    .text = critical_page_value_text,
    .style = value_style,
    .expand = TRUE,
    .width = 150 },
  { .title = N_ ("Flag"), .text = critical_page_flag_text, .style = value_style, .width = 98 },
  { .title = N_ ("Clock"), .text = critical_page_clock_text, .style = clock_style, .width = 130 },
  { .field = "patient_name", .width = 130 },
  { .field = "order_number", .width = 96 },
  { .make = critical_page_make_line,
    .bind = critical_page_bind_line,
    .line = MH_LINE_WHOLE,
    .only_line = TRUE },
  { NULL },
};

static int
critical_page_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  MhRecord *one = (MhRecord *)a, *other = (MhRecord *)b;
  gboolean open = critical_page_is_open (one);
  guint field = open ? MH_CRITICAL_ITEM_DUE_AT : MH_CRITICAL_ITEM_OPENED_AT;
  if (open != critical_page_is_open (other))
    return open ? -1 : 1;
  gint64 difference = mh_record_int (one, field) - mh_record_int (other, field);
  if (!open)
    difference = -difference;
  return difference < 0 ? -1 : difference > 0;
}

static gboolean
critical_page_belongs (MhRecord *item, gpointer data)
{
  MhCriticalPage *page = data;
  const char *state = mh_choice_get (page->states);
  return state == NULL || state[0] == 0
         || g_strcmp0 (mh_record_text (item, MH_CRITICAL_ITEM_STATE), state) == 0;
}

static void
critical_page_load (MhCriticalPage *page)
{
  const char *state = mh_choice_get (page->states);
  gboolean one = state != NULL && state[0] != 0;
  const char *args[] = { "limit", "200", one ? "state" : NULL, state, NULL };
  mh_record_list_set_args (page->items, args);
}

static void
critical_page_state_cb (MhCriticalPage *page)
{
  if (page->items != NULL)
    critical_page_load (page);
}

static const char *
critical_page_shown_id (MhPane *pane)
{
  return mh_critical_pane_item_id (MH_CRITICAL_PAGE (pane)->pane);
}

static void
critical_page_show_item (MhPane *pane, const char *id)
{
  mh_critical_pane_show (MH_CRITICAL_PAGE (pane)->pane, id);
}

/* --- figures --- */

static void
critical_page_figures_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCriticalPage) page = data;
  g_autoptr (MhRecord) figures = mh_fetch_finish_record (result, NULL);
  MhRecord *total = figures != NULL ? mh_record_record (figures, MH_CRITICAL_FIGURES_TOTAL) : NULL;

  if (mh_pane_context (MH_PANE (page)) == NULL || total == NULL)
    return;

  const char *percent = mh_record_text (total, MH_CRITICAL_FIGURE_IN_TIME_PERCENT);
  const char *median = mh_record_text (total, MH_CRITICAL_FIGURE_MEDIAN_MINUTES);
  const char *p90 = mh_record_text (total, MH_CRITICAL_FIGURE_P90_MINUTES);
  g_autofree char *text
      = percent == NULL || median == NULL
            ? g_strdup (_ ("No critical value was called this month yet"))
            : g_strdup_printf (
                _ ("This month %s %% within %d min · median %s min · 90 %% within %s min · not "
                   "reached: %d"),
                percent, (int)mh_record_int (figures, MH_CRITICAL_FIGURES_POLICY_MINUTES), median,
                p90, (int)mh_record_int (total, MH_CRITICAL_FIGURE_NEVER_REACHED));

  gtk_label_set_text (page->figures, text);
}

static void
load_figures (MhCriticalPage *page)
{
  mh_fetch_async (mh_pane_context (MH_PANE (page)), &(MhFetch){ .route = "critical.figures" },
                  mh_pane_cancellable (MH_PANE (page)), critical_page_figures_cb,
                  g_object_ref (page));
}

static void
critical_page_told_cb (MhCriticalPage *page)
{
  mh_record_list_reload (page->items);
  load_figures (page);
}

/* --- as a page --- */

static void
critical_page_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_critical_pane_save (MH_CRITICAL_PAGE (widget)->pane);
}

static gboolean
critical_page_tick_cb (gpointer data)
{
  mh_record_table_refresh (MH_CRITICAL_PAGE (data)->table);
  return G_SOURCE_CONTINUE;
}

/* The cells' clocks go by themselves; the pane's own ticks by the second. */
#define TICK_SECONDS 10

static void
critical_page_begin (MhPane *pane)
{
  static const MhMasterDetailHow how = { critical_page_shown_id, critical_page_show_item };
  MhCriticalPage *page = MH_CRITICAL_PAGE (pane);
  mh_pane_keep (pane, &page->items, mh_record_list_new (mh_pane_context (pane), "critical.list"));
  mh_pane_keep (pane, &page->sorted,
                gtk_sort_list_model_new (
                    G_LIST_MODEL (g_object_ref (page->items)),
                    GTK_SORTER (gtk_custom_sorter_new (critical_page_compare, NULL, NULL))));
  mh_record_list_set_belongs (page->items, critical_page_belongs, page);
  mh_record_list_set_keep (page->items, TRUE);
  mh_record_table_setup (page->table, "critical", &mh_critical_item_type, columns, page->sorted,
                         MH_TABLE_SINGLE);
  mh_record_table_set_source (page->table, page->items);
  mh_record_table_set_lines (page->table, LEAST_WIDTH);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split, page->sorted);
  page->ticks = g_timeout_add_seconds (TICK_SECONDS, critical_page_tick_cb, page);
  critical_page_load (page);
  load_figures (page);
}

static void
mh_critical_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && what[0] != 0)
    mh_master_detail_show (&MH_CRITICAL_PAGE (pane)->master_detail, what, TRUE);
}

static void
critical_page_shown (MhPane *pane)
{
  mh_record_table_grab (MH_CRITICAL_PAGE (pane)->table);
}

static void
mh_critical_page_dispose (GObject *object)
{
  g_clear_handle_id (&MH_CRITICAL_PAGE (object)->ticks, g_source_remove);
  G_OBJECT_CLASS (mh_critical_page_parent_class)->dispose (object);
}

static void
mh_critical_page_class_init (MhCriticalPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_critical_page_dispose;
  MH_PANE_CLASS (klass)->begin = critical_page_begin;
  MH_PANE_CLASS (klass)->open = mh_critical_page_open;
  MH_PANE_CLASS (klass)->shown = critical_page_shown;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_CRITICAL_PANE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/critical/mh-critical-page"));
  gtk_widget_class_bind_template_child (widget, MhCriticalPage, split);
  gtk_widget_class_bind_template_child (widget, MhCriticalPage, table);
  gtk_widget_class_bind_template_child (widget, MhCriticalPage, pane);
  gtk_widget_class_bind_template_child (widget, MhCriticalPage, states);
  gtk_widget_class_bind_template_child (widget, MhCriticalPage, figures);
  gtk_widget_class_bind_template_callback (widget, critical_page_state_cb);
  gtk_widget_class_bind_template_callback (widget, critical_page_told_cb);
  gtk_widget_class_install_action (widget, "critical.save", NULL, critical_page_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "critical.save", NULL);
}

static void
mh_critical_page_init (MhCriticalPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_object_bind_property (page->split, "folded", mh_critical_pane_back (page->pane), "visible",
                          G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_critical_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CRITICAL_PAGE, "context", context, NULL);
}
