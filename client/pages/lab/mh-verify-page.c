/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/mh-verify-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/mh-verify-pane.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-page.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhVerifyPage
{
  GtkWidget parent_instance;
  MhContext *context;
  MhRecordList *orders;
  GListModel *queue; /* the orders, most pressing first */
  GtkWidget *split, *table, *pane, *count;
};

static void page_iface_init (MhPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MhVerifyPage,
                               mh_verify_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_PAGE, page_iface_init))

/* --- the queue --- */

/* Nothing for routine work, so that the others stand out. */
static char *
urgency_text (MhRecord *order)
{
  const char *priority = mh_record_text (order, MH_ORDER_PRIORITY);
  if (g_strcmp0 (priority, MH_PRIORITY_STAT) == 0)
    return g_strdup (_ ("⚡ STAT"));
  return g_strcmp0 (priority, MH_PRIORITY_URGENT) == 0 ? g_strdup (_ ("▲ Urgent")) : NULL;
}

static const char *
urgency_style (MhRecord *order)
{
  return g_strcmp0 (mh_record_text (order, MH_ORDER_PRIORITY), MH_PRIORITY_STAT) == 0 ? "mh-late"
                                                                                      : "mh-soon";
}

static char *
waited_text (MhRecord *order)
{
  return mh_words_since (mh_record_int (order, MH_ORDER_ORDERED_AT), g_get_real_time ());
}

static const char *
waited_style (MhRecord *order)
{
  gint64 promised = mh_record_int (order, MH_ORDER_PROMISED_AT);
  return promised > 0 && g_get_real_time () > promised ? "mh-late" : NULL;
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 96 },
  { .field = "patient_name", .expand = TRUE },
  { .title = N_ ("Urgency"), .text = urgency_text, .style = urgency_style, .width = 84 },
  { .title = N_ ("Waited"), .text = waited_text, .style = waited_style, .width = 70 },
  { NULL },
};

static int
rank (MhRecord *order)
{
  const char *priority = mh_record_text (order, MH_ORDER_PRIORITY);
  if (g_strcmp0 (priority, MH_PRIORITY_STAT) == 0)
    return 0;
  return g_strcmp0 (priority, MH_PRIORITY_URGENT) == 0 ? 1 : 2;
}

/* STAT first, then who has waited longest. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  MhRecord *one = (MhRecord *)a, *other = (MhRecord *)b;
  int by_rank = rank (one) - rank (other);
  gint64 difference
      = mh_record_int (one, MH_ORDER_ORDERED_AT) - mh_record_int (other, MH_ORDER_ORDERED_AT);
  if (by_rank != 0)
    return by_rank;
  return difference < 0 ? -1 : difference > 0;
}

static gboolean
belongs (MhRecord *order, gpointer data)
{
  return g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_RESULTED) == 0;
}

static void
show_order (MhVerifyPage *page, const char *id, gboolean go_there)
{
  mh_verify_pane_show (MH_VERIFY_PANE (page->pane), id);
  if (id != NULL)
    mh_record_table_select (MH_RECORD_TABLE (page->table), id);
  if (go_there)
    mh_split_show_end (MH_SPLIT (page->split), id != NULL);
}

static void
items_cb (MhVerifyPage *page)
{
  guint n = g_list_model_get_n_items (page->queue);
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u order to verify", "%u orders to verify", n), n);
  gtk_label_set_text (GTK_LABEL (page->count), text);
  if (n == 0 || mh_verify_pane_order_id (MH_VERIFY_PANE (page->pane)) != NULL
      || mh_split_is_folded (MH_SPLIT (page->split)))
    return;
  g_autoptr (MhRecord) first = g_list_model_get_item (page->queue, 0);
  show_order (page, mh_record_id (first), FALSE);
}

static void
selection_cb (MhRecordTable *table, MhVerifyPage *page)
{
  MhRecord *order = mh_record_table_current (table);
  if (order != NULL && !mh_split_is_folded (MH_SPLIT (page->split)))
    mh_verify_pane_show (MH_VERIFY_PANE (page->pane), mh_record_id (order));
}

static void
activated_cb (MhRecordTable *table, MhRecord *order, MhVerifyPage *page)
{
  show_order (page, mh_record_id (order), TRUE);
}

/* The one that comes after it, else the first other one; NULL: the queue is done. Caller frees. */
static char *
next_of (MhVerifyPage *page, const char *id)
{
  g_autofree char *first = NULL;
  gboolean passed = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (page->queue); i++)
    {
      g_autoptr (MhRecord) order = g_list_model_get_item (page->queue, i);
      gboolean same = g_strcmp0 (mh_record_id (order), id) == 0;
      if (passed && !same)
        return g_strdup (mh_record_id (order));
      passed = passed || same;
      if (!same && first == NULL)
        first = g_strdup (mh_record_id (order));
    }
  return g_steal_pointer (&first);
}

static void
decided_cb (MhVerifyPane *pane, const char *id, MhVerifyPage *page)
{
  g_autofree char *next = next_of (page, id);
  mh_shell_toast (GTK_WIDGET (page), next != NULL ? _ ("Done; here is the next order")
                                                  : _ ("Done; nothing else waits"));
  show_order (page, next, TRUE);
  mh_record_list_reload (page->orders);
}

/* --- actions --- */

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_accept (MH_VERIFY_PANE (MH_VERIFY_PAGE (widget)->pane));
}

static void
return_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_return (MH_VERIFY_PANE (MH_VERIFY_PAGE (widget)->pane));
}

static void
preview_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_preview (MH_VERIFY_PANE (MH_VERIFY_PAGE (widget)->pane));
}

static void
page_open (MhPage *iface, const char *what)
{
  if (what != NULL && what[0] != 0)
    show_order (MH_VERIFY_PAGE (iface), what, TRUE);
}

static void
page_shown (MhPage *iface)
{
  mh_record_table_grab (MH_RECORD_TABLE (MH_VERIFY_PAGE (iface)->table));
}

static void
page_iface_init (MhPageInterface *iface)
{
  iface->open = page_open;
  iface->shown = page_shown;
}

/* --- making it --- */

static void
mh_verify_page_dispose (GObject *object)
{
  MhVerifyPage *page = MH_VERIFY_PAGE (object);
  if (page->queue != NULL)
    g_signal_handlers_disconnect_by_data (page->queue, page);
  g_clear_pointer (&page->split, gtk_widget_unparent);
  g_clear_object (&page->queue);
  g_clear_object (&page->orders);
  g_clear_object (&page->context);
  G_OBJECT_CLASS (mh_verify_page_parent_class)->dispose (object);
}

static void
mh_verify_page_class_init (MhVerifyPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_verify_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget, "verify.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget, "verify.return", NULL, return_action);
  gtk_widget_class_install_action (widget, "verify.preview", NULL, preview_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "verify.accept", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F7, 0, "verify.preview", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "verify.return", NULL);
}

static void
mh_verify_page_init (MhVerifyPage *page)
{
}

static GtkWidget *
make_queue (MhVerifyPage *page)
{
  GtkWidget *left = mh_vbox (6);
  page->count = mh_label ("", "heading");
  page->table
      = mh_record_table_new ("verify-queue", &mh_order_type, columns, page->queue, MH_TABLE_SINGLE);
  mh_record_table_set_empty (
      MH_RECORD_TABLE (page->table), "mh-microscope-symbolic", _ ("Nothing waits to be verified"),
      _ ("Results come here as soon as a technician finishes an order."), NULL, NULL);
  gtk_widget_set_vexpand (page->table, TRUE);
  gtk_widget_add_css_class (left, "mh-pane");
  mh_box_append (left, page->count);
  mh_box_append (left, page->table);
  g_signal_connect (page->table, "selection", G_CALLBACK (selection_cb), page);
  g_signal_connect (page->table, "activated", G_CALLBACK (activated_cb), page);
  return left;
}

GtkWidget *
mh_verify_page_new (MhContext *context)
{
  static const char *const args[] = { "stage", "verify", "limit", "200", NULL };
  MhVerifyPage *page = g_object_new (MH_TYPE_VERIFY_PAGE, NULL);
  page->context = g_object_ref (context);
  page->orders = mh_record_list_new (context, "order.list");
  mh_record_list_set_belongs (page->orders, belongs, NULL);
  page->queue = G_LIST_MODEL (
      gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (page->orders)),
                               GTK_SORTER (gtk_custom_sorter_new (compare, NULL, NULL))));
  page->pane = mh_verify_pane_new (context);
  g_signal_connect (page->pane, "decided", G_CALLBACK (decided_cb), page);
  page->split = mh_split_new (make_queue (page), 340, page->pane, 360);
  g_object_bind_property (page->split, "folded", mh_verify_pane_back (MH_VERIFY_PANE (page->pane)),
                          "visible", G_BINDING_SYNC_CREATE);
  gtk_widget_set_parent (page->split, GTK_WIDGET (page));
  g_signal_connect_swapped (page->queue, "items-changed", G_CALLBACK (items_cb), page);
  mh_record_list_set_args (page->orders, args);
  return GTK_WIDGET (page);
}
