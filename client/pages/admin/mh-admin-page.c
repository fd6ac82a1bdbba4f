/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/admin/mh-admin-page.h"

#include "client/compat/mh-compat.h"
#include "client/pages/admin/mh-admin-kinds.h"
#include "client/pages/admin/mh-admin-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-page.h"

#include <glib/gi18n-lib.h>

struct _MhAdminPage
{
  GtkWidget parent_instance;
  GtkWidget *split, *topics, *stack;
};

static void page_iface_init (MhPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MhAdminPage,
                               mh_admin_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_PAGE, page_iface_init))

static const char *
id_of_row (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "id");
}

static void
selected_cb (GtkListBox *topics, GtkListBoxRow *row, MhAdminPage *page)
{
  if (row != NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (page->stack), id_of_row (row));
}

static void
activated_cb (GtkListBox *topics, GtkListBoxRow *row, MhAdminPage *page)
{
  mh_split_show_end (MH_SPLIT (page->split), TRUE);
}

static void
page_open (MhPage *iface, const char *what)
{
  MhAdminPage *page = MH_ADMIN_PAGE (iface);
  for (GtkWidget *row = gtk_widget_get_first_child (page->topics); row != NULL && what != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (GTK_IS_LIST_BOX_ROW (row) && g_strcmp0 (id_of_row (GTK_LIST_BOX_ROW (row)), what) == 0)
      {
        gtk_list_box_select_row (GTK_LIST_BOX (page->topics), GTK_LIST_BOX_ROW (row));
        mh_split_show_end (MH_SPLIT (page->split), TRUE);
      }
}

static void
page_shown (MhPage *iface)
{
  MhAdminPage *page = MH_ADMIN_PAGE (iface);
  GtkWidget *list = gtk_stack_get_visible_child (GTK_STACK (page->stack));
  if (list != NULL && !mh_split_is_folded (MH_SPLIT (page->split)))
    mh_admin_list_focus (MH_ADMIN_LIST (list));
}

static void
page_iface_init (MhPageInterface *iface)
{
  iface->open = page_open;
  iface->shown = page_shown;
}

static void
mh_admin_page_dispose (GObject *object)
{
  MhAdminPage *page = MH_ADMIN_PAGE (object);
  if (page->topics != NULL)
    g_signal_handlers_disconnect_by_data (page->topics, page);
  page->topics = NULL;
  g_clear_pointer (&page->split, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_admin_page_parent_class)->dispose (object);
}

static void
mh_admin_page_class_init (MhAdminPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_admin_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mh_admin_page_init (MhAdminPage *page)
{
}

static void
add_kind (MhAdminPage *page, MhContext *context, const MhAdminKind *kind)
{
  const char *title = g_dgettext (GETTEXT_PACKAGE, kind->title);
  GtkWidget *list = mh_admin_list_new (context, kind), *row = gtk_list_box_row_new ();
  GtkWidget *label = mh_label (title, NULL);
  gtk_widget_set_margin_start (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "id", (gpointer)kind->id);
  mh_accessible_name (row, title);
  gtk_list_box_append (GTK_LIST_BOX (page->topics), row);
  gtk_stack_add_named (GTK_STACK (page->stack), list, kind->id);
  g_object_bind_property (page->split, "folded", mh_admin_list_back (MH_ADMIN_LIST (list)),
                          "visible", G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_admin_page_new (MhContext *context)
{
  MhAdminPage *page = g_object_new (MH_TYPE_ADMIN_PAGE, NULL);
  GtkWidget *side;
  page->topics = gtk_list_box_new ();
  page->stack = gtk_stack_new ();
  gtk_widget_add_css_class (page->topics, "mh-sidebar");
  mh_accessible_name (page->topics, _ ("Topics"));
  side = mh_scrolled (page->topics);
  gtk_widget_set_hexpand (side, FALSE);
  page->split = mh_split_new (side, 190, page->stack, 340);
  for (const MhAdminKind *kind = mh_admin_kinds; kind->id != NULL; kind++)
    if (kind->permission[0] == 0 || mh_context_may (context, kind->permission))
      add_kind (page, context, kind);
  g_signal_connect (page->topics, "row-selected", G_CALLBACK (selected_cb), page);
  g_signal_connect (page->topics, "row-activated", G_CALLBACK (activated_cb), page);
  gtk_list_box_select_row (GTK_LIST_BOX (page->topics),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (page->topics), 0));
  gtk_widget_set_parent (page->split, GTK_WIDGET (page));
  return GTK_WIDGET (page);
}
