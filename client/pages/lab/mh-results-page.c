/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/mh-results-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/mh-result-grid.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-page.h"
#include "client/widgets/mh-patient-strip.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhResultsPage
{
  GtkWidget parent_instance;
  MhContext *context;
  MhRecordList *orders;
  GtkWidget *split, *table, *strip, *grid, *note;
  char *order_id;
  GCancellable *cancellable;
};

static void page_iface_init (MhPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MhResultsPage,
                               mh_results_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_PAGE, page_iface_init))

static char *
tests_text (MhRecord *order)
{
  const char *const *names = mh_record_list (order, MH_ORDER_TEST_NAMES);
  return names != NULL ? g_strjoinv (", ", (char **)names) : NULL;
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 100 },
  { .field = "patient_name", .expand = TRUE },
  { .title = N_ ("Tests"), .text = tests_text, .expand = TRUE },
  { .field = "priority" },
  { NULL },
};

static gboolean
wants_results (MhRecord *order, gpointer data)
{
  return g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_PROCESSING) == 0;
}

/* --- opening an order --- */

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhResultsPage) page = data;
  g_autoptr (MhRecord) patient = mh_read_finish (result, NULL);
  char today[11];
  if (page->context != NULL && patient != NULL)
    mh_patient_strip_show (MH_PATIENT_STRIP (page->strip), patient,
                           mh_today (page->context, today));
}

static void
sheet_cb (MhResultGrid *grid, MhResultsPage *page)
{
  MhRecord *sheet = mh_result_grid_sheet (grid);
  if (sheet == NULL)
    return;
  g_autofree char *text = g_strdup_printf (_ ("%s · drafts save themselves"),
                                           mh_record_text (sheet, MH_RESULTS_SHEET_ORDER_NUMBER));
  gtk_label_set_text (GTK_LABEL (page->note), text);
  mh_read_async (page->context, "patient.read", mh_record_text (sheet, MH_RESULTS_SHEET_PATIENT_ID),
                 page->cancellable, patient_cb, g_object_ref (page));
}

static void
open_order (MhResultsPage *page, const char *id)
{
  if (g_strcmp0 (id, page->order_id) == 0)
    return;
  g_free (page->order_id);
  page->order_id = g_strdup (id);
  mh_result_grid_show (MH_RESULT_GRID (page->grid), id);
  mh_split_show_end (MH_SPLIT (page->split), id != NULL);
}

static void
activated_cb (MhRecordTable *table, MhRecord *order, MhResultsPage *page)
{
  open_order (page, mh_record_id (order));
}

static void
next_order (MhResultsPage *page)
{
  g_autoptr (MhRecord) next = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (page->orders)); i++)
    {
      g_autoptr (MhRecord) order = g_list_model_get_item (G_LIST_MODEL (page->orders), i);
      if (g_strcmp0 (mh_record_id (order), page->order_id) != 0)
        {
          next = g_steal_pointer (&order);
          break;
        }
    }
  if (next != NULL)
    open_order (page, mh_record_id (next));
}

/* Work begins at once: the first order of the queue is open when the page comes up. */
static void
queue_cb (GListModel *orders, guint at, guint removed, guint added, MhResultsPage *page)
{
  if (page->order_id != NULL || mh_split_is_folded (MH_SPLIT (page->split)))
    return;
  g_autoptr (MhRecord) first = g_list_model_get_item (orders, 0);
  if (first != NULL)
    open_order (page, mh_record_id (first));
}

static void
finished_cb (MhResultGrid *grid, MhResultsPage *page)
{
  mh_shell_toast (GTK_WIDGET (page), _ ("Complete. It waits to be verified."));
  next_order (page);
}

static void
finish_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_result_grid_save (MH_RESULT_GRID (MH_RESULTS_PAGE (widget)->grid), TRUE);
}

/* --- as a page --- */

static void
page_open (MhPage *iface, const char *what)
{
  if (what != NULL && what[0] != 0)
    open_order (MH_RESULTS_PAGE (iface), what);
}

static void
page_shown (MhPage *iface)
{
  MhResultsPage *page = MH_RESULTS_PAGE (iface);
  if (page->order_id != NULL)
    mh_result_grid_focus (MH_RESULT_GRID (page->grid));
  else
    mh_record_table_grab (MH_RECORD_TABLE (page->table));
}

static void
page_iface_init (MhPageInterface *iface)
{
  iface->open = page_open;
  iface->shown = page_shown;
}

/* --- making it --- */

static void
mh_results_page_dispose (GObject *object)
{
  MhResultsPage *page = MH_RESULTS_PAGE (object);
  g_cancellable_cancel (page->cancellable);
  g_clear_pointer (&page->split, gtk_widget_unparent);
  g_clear_object (&page->orders);
  g_clear_object (&page->context);
  g_clear_pointer (&page->order_id, g_free);
  G_OBJECT_CLASS (mh_results_page_parent_class)->dispose (object);
}

static void
mh_results_page_finalize (GObject *object)
{
  g_object_unref (MH_RESULTS_PAGE (object)->cancellable);
  G_OBJECT_CLASS (mh_results_page_parent_class)->finalize (object);
}

static void
mh_results_page_class_init (MhResultsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_results_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_results_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget, "results.finish", NULL, finish_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Return, GDK_CONTROL_MASK, "results.finish",
                                       NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "results.finish", NULL);
}

static void
mh_results_page_init (MhResultsPage *page)
{
  page->cancellable = g_cancellable_new ();
}

static GtkWidget *
make_right (MhResultsPage *page)
{
  GtkWidget *right = mh_vbox (MH_GAP), *foot = mh_hbox (MH_GAP);
  GtkWidget *finish = mh_button (_ ("_Finish · F9"), "Ctrl+Enter", "results.finish");
  page->strip = mh_patient_strip_new ();
  page->grid = mh_result_grid_new (page->context);
  page->note = mh_label (_ ("Choose an order to enter its results."), "dim-label");
  gtk_widget_set_hexpand (page->note, TRUE);
  gtk_widget_set_vexpand (page->grid, TRUE);
  gtk_widget_add_css_class (finish, "suggested-action");
  g_signal_connect (page->grid, "finished", G_CALLBACK (finished_cb), page);
  g_signal_connect (page->grid, "sheet-changed", G_CALLBACK (sheet_cb), page);
  gtk_widget_add_css_class (right, "mh-pane");
  mh_box_append (right, page->strip);
  mh_box_append (right, page->grid);
  mh_box_append (foot, page->note);
  mh_box_append (foot, finish);
  mh_box_append (right, foot);
  return right;
}

GtkWidget *
mh_results_page_new (MhContext *context)
{
  static const char *const args[] = { "stage", "enter", "limit", "100", NULL };
  MhResultsPage *page = g_object_new (MH_TYPE_RESULTS_PAGE, NULL);
  GtkWidget *left = mh_vbox (MH_GAP);
  page->context = g_object_ref (context);
  page->orders = mh_record_list_new (context, "order.list");
  mh_record_list_set_belongs (page->orders, wants_results, NULL);
  page->table = mh_record_table_new ("results", &mh_order_type, columns,
                                     G_LIST_MODEL (page->orders), MH_TABLE_SINGLE);
  mh_record_table_set_empty (MH_RECORD_TABLE (page->table), "mh-tube-symbolic",
                             _ ("Nothing to enter"),
                             _ ("Received tubes without results appear here."), NULL, NULL);
  gtk_widget_set_vexpand (page->table, TRUE);
  g_signal_connect (page->table, "activated", G_CALLBACK (activated_cb), page);
  gtk_widget_add_css_class (left, "mh-pane");
  mh_box_append (left, mh_heading (_ ("Results wanted")));
  mh_box_append (left, page->table);
  page->split = mh_split_new (left, 430, make_right (page), 560);
  gtk_widget_set_parent (page->split, GTK_WIDGET (page));
  g_signal_connect_object (page->orders, "items-changed", G_CALLBACK (queue_cb), page, 0);
  mh_record_list_set_args (page->orders, args);
  return GTK_WIDGET (page);
}
