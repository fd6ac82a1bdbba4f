/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/mh-verify-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/mh-lab-queue.h"
#include "client/pages/lab/mh-verify-pane.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhVerifyPage
{
  MhPane parent_instance;
  MhRecordList *orders;
  GListModel *queue; /* the orders, most pressing first */
  MhSplit *split;
  MhRecordTable *table;
  MhVerifyPane *pane;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (MhVerifyPage, mh_verify_page, MH_TYPE_PANE)

/* --- the queue --- */

static const MhTableColumn columns[] = {
  { .field = "number", .width = 100 },
  { .field = "patient_name", .expand = TRUE },
  { .title = N_ ("Urgency"),
    .text = mh_lab_urgency_text,
    .style = mh_lab_urgency_style,
    .width = 80 },
  { .title = N_ ("Waited"), .text = mh_lab_waited_text, .style = mh_lab_waited_style, .width = 64 },
  { NULL },
};

static gboolean
belongs (MhRecord *order, gpointer data)
{
  return g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_RESULTED) == 0;
}

static void
show_order (MhVerifyPage *page, const char *id, gboolean go_there)
{
  mh_verify_pane_show (page->pane, id);
  if (id != NULL)
    mh_record_table_select (page->table, id);
  if (go_there)
    mh_split_show_end (page->split, id != NULL);
}

static void
items_cb (MhVerifyPage *page)
{
  guint n = g_list_model_get_n_items (page->queue);
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u order to verify", "%u orders to verify", n), n);
  gtk_label_set_text (page->count, text);
  if (n == 0 || mh_verify_pane_order_id (page->pane) != NULL || mh_split_is_folded (page->split))
    return;
  g_autoptr (MhRecord) first = g_list_model_get_item (page->queue, 0);
  show_order (page, mh_record_id (first), FALSE);
}

static void
selection_cb (MhVerifyPage *page)
{
  MhRecord *order = mh_record_table_current (page->table);
  if (order != NULL && !mh_split_is_folded (page->split))
    mh_verify_pane_show (page->pane, mh_record_id (order));
}

static void
activated_cb (MhVerifyPage *page, MhRecord *order)
{
  show_order (page, mh_record_id (order), TRUE);
}

static void
decided_cb (MhVerifyPage *page, const char *id)
{
  g_autofree char *next = mh_lab_queue_next (page->queue, id);
  mh_shell_toast (GTK_WIDGET (page), next != NULL ? _ ("Done; here is the next order")
                                                  : _ ("Done; nothing else waits"));
  show_order (page, next, TRUE);
  mh_record_list_reload (page->orders);
}

/* --- actions --- */

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_accept (MH_VERIFY_PAGE (widget)->pane);
}

static void
return_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_return (MH_VERIFY_PAGE (widget)->pane);
}

static void
preview_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_preview (MH_VERIFY_PAGE (widget)->pane);
}

/* --- as a page --- */

static void
begin (MhPane *pane)
{
  static const char *const args[] = { "stage", "verify", "limit", "200", NULL };
  MhVerifyPage *page = MH_VERIFY_PAGE (pane);
  mh_pane_keep (pane, &page->orders, mh_record_list_new (mh_pane_context (pane), "order.list"));
  mh_pane_keep (pane, &page->queue, mh_lab_queue_new (page->orders));
  mh_record_list_set_belongs (page->orders, belongs, NULL);
  mh_record_table_setup (page->table, "verify-queue", &mh_order_type, columns, page->queue,
                         MH_TABLE_SINGLE);
  mh_record_table_set_source (page->table, page->orders);
  g_signal_connect_object (page->queue, "items-changed", G_CALLBACK (items_cb), page,
                           G_CONNECT_SWAPPED);
  mh_record_list_set_args (page->orders, args);
}

static void
open (MhPane *pane, const char *what)
{
  if (what != NULL && what[0] != 0)
    show_order (MH_VERIFY_PAGE (pane), what, TRUE);
}

static void
shown (MhPane *pane)
{
  mh_record_table_grab (MH_VERIFY_PAGE (pane)->table);
}

static void
mh_verify_page_class_init (MhVerifyPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = begin;
  MH_PANE_CLASS (klass)->open = open;
  MH_PANE_CLASS (klass)->shown = shown;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_VERIFY_PANE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/mh-verify-page"));
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, split);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, table);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, pane);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, count);
  gtk_widget_class_bind_template_callback (widget, selection_cb);
  gtk_widget_class_bind_template_callback (widget, activated_cb);
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
  gtk_widget_init_template (GTK_WIDGET (page));
  g_signal_connect_object (page->pane, "decided", G_CALLBACK (decided_cb), page, G_CONNECT_SWAPPED);
  g_object_bind_property (page->split, "folded", mh_verify_pane_back (page->pane), "visible",
                          G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_verify_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_VERIFY_PAGE, "context", context, NULL);
}
