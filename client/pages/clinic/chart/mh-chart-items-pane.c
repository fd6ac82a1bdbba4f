/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-items-pane.h"

#include "client/models/mh-record-list.h"
#include "client/pages/clinic/chart/mh-chart-before.h"
#include "client/pages/clinic/chart/mh-chart-kinds.h"
#include "client/pages/clinic/chart/mh-chart-schedule.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/records/clinic/mh-immunisation.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 620

struct _MhChartItemsPane
{
  MhPane parent_instance;
  const MhChartKind *kind;
  char *patient_id;
  MhRecordList *list;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  MhRecordTable *table;
  GtkCheckButton *former;
  GtkWidget *add, *change;
  MhChartSchedule *schedule;
};

G_DEFINE_FINAL_TYPE (MhChartItemsPane, mh_chart_items_pane, MH_TYPE_PANE)

/* --- which rows, in what order --- */

static gboolean
chart_items_pane_is_wanted (gpointer item, gpointer data)
{
  MhChartItemsPane *pane = data;
  return gtk_check_button_get_active (pane->former) || pane->kind->is_current (item);
}

static int
chart_items_pane_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  MhChartItemsPane *pane = data;
  return pane->kind->compare ((MhRecord *)a, (MhRecord *)b);
}

/* Rows change in their place: a filter does not notice by itself. */
static void
chart_items_pane_again_cb (MhChartItemsPane *pane)
{
  if (pane->filtered == NULL)
    return;
  gtk_filter_changed (gtk_filter_list_model_get_filter (pane->filtered),
                      GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (gtk_sort_list_model_get_sorter (pane->sorted), GTK_SORTER_CHANGE_DIFFERENT);
}

/* --- adding and changing --- */

static void
chart_items_pane_saved_cb (GtkWidget *opener, MhRecord *answer, gpointer data)
{
  MhChartItemsPane *pane = MH_CHART_ITEMS_PANE (opener);
  chart_items_pane_again_cb (pane);
  mh_record_table_select (pane->table, mh_record_id (answer));
  if (pane->kind->schedule)
    mh_chart_schedule_show (pane->schedule, pane->patient_id);
}

static void
chart_items_pane_ask (MhChartItemsPane *pane, MhRecord *draft)
{
  const MhChartKind *kind = pane->kind;
  gboolean change = mh_record_version (draft) > 0;
  const MhEntryWanted wanted
      = { .title = g_dgettext (GETTEXT_PACKAGE, change ? kind->title_change : kind->title_new),
          .save = _ ("_Save"),
          .route = change ? kind->update : kind->create,
          .draft = draft,
          .done = chart_items_pane_saved_cb,
          .dress = kind->dress };
  mh_entry_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), &wanted);
}

static MhRecord *
begin_draft (MhChartItemsPane *pane)
{
  char today[11];
  MhRecord *draft = mh_record_new (pane->kind->type);
  mh_record_set_text (draft, pane->kind->type->patient, pane->patient_id);
  pane->kind->begin (draft, mh_when_today_text (today));
  return draft;
}

static gboolean
chart_items_pane_may_write (MhChartItemsPane *pane)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  return context != NULL && pane->patient_id != NULL
         && mh_context_may (context, MH_MAY_WRITE_CHART);
}

static void
chart_items_pane_add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhChartItemsPane *pane = MH_CHART_ITEMS_PANE (widget);
  if (!chart_items_pane_may_write (pane))
    return;
  g_autoptr (MhRecord) draft = begin_draft (pane);
  chart_items_pane_ask (pane, draft);
}

static void
chart_items_pane_give_cb (MhChartItemsPane *pane, const char *vaccine, int dose)
{
  if (!chart_items_pane_may_write (pane))
    return;
  g_autoptr (MhRecord) draft = begin_draft (pane);
  mh_record_set_text (draft, MH_IMMUNISATION_VACCINE, vaccine);
  mh_record_set_int (draft, MH_IMMUNISATION_DOSE_NUMBER, dose);
  chart_items_pane_ask (pane, draft);
}

static void
chart_items_pane_activated_cb (MhChartItemsPane *pane, MhRecord *item)
{
  if (!chart_items_pane_may_write (pane))
    mh_chart_before_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), item);
  else if (mh_record_version (item) <= 0)
    mh_shell_toast (GTK_WIDGET (pane),
                    _ ("This waits to be sent; change it when the server is back."));
  else
    chart_items_pane_ask (pane, item);
}

static void
chart_items_pane_change_cb (MhChartItemsPane *pane)
{
  MhRecord *item = mh_record_table_current (pane->table);
  if (item != NULL)
    chart_items_pane_activated_cb (pane, item);
}

static void
chart_items_pane_before_cb (MhChartItemsPane *pane)
{
  MhRecord *item = mh_record_table_current (pane->table);
  if (item != NULL)
    mh_chart_before_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), item);
}

static void
chart_items_pane_selection_cb (MhChartItemsPane *pane)
{
  gboolean some = mh_record_table_current (pane->table) != NULL;
  gtk_widget_set_sensitive (pane->change, some);
}

/* --- as a pane --- */

static void
mh_chart_items_pane_open (MhPane *parent, const char *what)
{
  MhChartItemsPane *pane = MH_CHART_ITEMS_PANE (parent);
  const char *args[] = { "patient_id", what, "limit", "200", NULL };
  g_free (pane->patient_id);
  pane->patient_id = g_strdup (what);
  mh_record_list_set_args (pane->list, args);
  if (pane->kind->schedule)
    mh_chart_schedule_show (pane->schedule, what);
}

static void
chart_items_pane_shown (MhPane *parent)
{
  mh_record_table_enter (MH_CHART_ITEMS_PANE (parent)->table);
}

static void
set_kind (MhChartItemsPane *pane, const MhChartKind *kind)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  MhPane *parent = MH_PANE (pane);
  pane->kind = kind;
  mh_key_button_set_text (MH_KEY_BUTTON (pane->add), g_dgettext (GETTEXT_PACKAGE, kind->add));
  gtk_check_button_set_label (pane->former, g_dgettext (GETTEXT_PACKAGE, kind->former));
  gtk_widget_set_visible (GTK_WIDGET (pane->schedule), kind->schedule);
  mh_record_table_set_empty (pane->table, kind->icon, g_dgettext (GETTEXT_PACKAGE, kind->empty),
                             g_dgettext (GETTEXT_PACKAGE, kind->empty_text), NULL, NULL);

  mh_pane_keep (parent, &pane->list, mh_record_list_new (context, kind->list));
  mh_record_list_set_keep (pane->list, TRUE);
  mh_pane_keep (parent, &pane->filtered,
                gtk_filter_list_model_new (
                    G_LIST_MODEL (g_object_ref (pane->list)),
                    GTK_FILTER (gtk_custom_filter_new (chart_items_pane_is_wanted, pane, NULL))));
  mh_pane_keep (parent, &pane->sorted,
                gtk_sort_list_model_new (
                    G_LIST_MODEL (g_object_ref (pane->filtered)),
                    GTK_SORTER (gtk_custom_sorter_new (chart_items_pane_compare, pane, NULL))));

  g_signal_connect_object (pane->list, "notify::n-items", G_CALLBACK (chart_items_pane_again_cb),
                           pane, G_CONNECT_SWAPPED);
  mh_record_table_setup (pane->table, kind->type->code, kind->type, kind->columns,
                         G_LIST_MODEL (pane->sorted), MH_TABLE_SINGLE);
  mh_record_table_set_source (pane->table, pane->list);
  mh_record_table_set_lines (pane->table, LEAST_WIDTH);
  chart_items_pane_selection_cb (pane);
}

static void
mh_chart_items_pane_finalize (GObject *object)
{
  g_free (MH_CHART_ITEMS_PANE (object)->patient_id);
  G_OBJECT_CLASS (mh_chart_items_pane_parent_class)->finalize (object);
}

static void
mh_chart_items_pane_class_init (MhChartItemsPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_chart_items_pane_finalize;
  MH_PANE_CLASS (klass)->open = mh_chart_items_pane_open;
  MH_PANE_CLASS (klass)->shown = chart_items_pane_shown;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_CHART_SCHEDULE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-chart-items-pane"));
  gtk_widget_class_bind_template_child (widget, MhChartItemsPane, table);
  gtk_widget_class_bind_template_child (widget, MhChartItemsPane, former);
  gtk_widget_class_bind_template_child (widget, MhChartItemsPane, add);
  gtk_widget_class_bind_template_child (widget, MhChartItemsPane, change);
  gtk_widget_class_bind_template_child (widget, MhChartItemsPane, schedule);
  gtk_widget_class_bind_template_callback (widget, chart_items_pane_again_cb);
  gtk_widget_class_bind_template_callback (widget, chart_items_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, chart_items_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, chart_items_pane_change_cb);
  gtk_widget_class_bind_template_callback (widget, chart_items_pane_before_cb);
  gtk_widget_class_bind_template_callback (widget, chart_items_pane_give_cb);
  mh_closures_bind (widget);
  gtk_widget_class_install_action (widget, "chart-items.add", NULL, chart_items_pane_add_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F4, 0, "chart-items.add", NULL);
}

static void
mh_chart_items_pane_init (MhChartItemsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

static GtkWidget *
chart_items_pane_make (MhContext *context, const MhChartKind *kind)
{
  MhChartItemsPane *pane = g_object_new (MH_TYPE_CHART_ITEMS_PANE, "context", context, NULL);
  set_kind (pane, kind);
  return GTK_WIDGET (pane);
}

GtkWidget *
mh_chart_problems_pane_new (MhContext *context)
{
  return chart_items_pane_make (context, &mh_chart_problems);
}

GtkWidget *
mh_chart_immunisations_pane_new (MhContext *context)
{
  return chart_items_pane_make (context, &mh_chart_immunisations);
}

GtkWidget *
mh_chart_history_pane_new (MhContext *context)
{
  return chart_items_pane_make (context, &mh_chart_history);
}
