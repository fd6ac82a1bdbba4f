/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-admin-page.h"

#include "client/compat/mh-compat.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/people/admin/mh-admin-kinds.h"
#include "client/pages/people/admin/mh-admin-list.h"
#include "shared/base/mh-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhAdminPage
{
  MhPane parent_instance;
  MhSplit *split;
  GtkListBox *topics;
  GtkEditable *find;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (MhAdminPage, mh_admin_page, MH_TYPE_PANE)

static const MhAdminKind *
kind_of_row (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "kind");
}

/* --- finding a topic --- */

/* By a part of its title, or all of its group by the group's. */
static gboolean
admin_page_matches (GtkListBoxRow *row, gpointer data)
{
  MhAdminPage *page = data;
  const MhAdminKind *kind = kind_of_row (row);
  g_autofree char *wanted = mh_text_fold (gtk_editable_get_text (page->find));
  g_autofree char *title = mh_text_fold (g_dgettext (GETTEXT_PACKAGE, kind->title));
  g_autofree char *group = mh_text_fold (g_dgettext (GETTEXT_PACKAGE, kind->group));
  return strstr (title, wanted) != NULL || strstr (group, wanted) != NULL;
}

static void
find_cb (MhAdminPage *page)
{
  gtk_list_box_invalidate_filter (page->topics);
}

/* Into what is shown. */
static void
admin_page_enter (MhAdminPage *page)
{
  GtkWidget *shown = gtk_stack_get_visible_child (page->stack);
  if (MH_IS_ADMIN_LIST (shown))
    mh_admin_list_focus (MH_ADMIN_LIST (shown));
  else if (shown != NULL)
    mh_page_shown (MH_PAGE (gtk_widget_get_last_child (shown)));
}

static void
find_first_cb (MhAdminPage *page)
{
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (page->topics, i)) != NULL; i++)
    if (admin_page_matches (row, page))
      {
        gtk_list_box_select_row (page->topics, row);
        mh_split_show_end (page->split, TRUE);
        admin_page_enter (page);
        return;
      }
}

static gboolean
admin_page_find_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  MhAdminPage *page = MH_ADMIN_PAGE (widget);
  mh_split_show_end (page->split, FALSE);
  return gtk_widget_grab_focus (GTK_WIDGET (page->find));
}

static void
show_group (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *group = kind_of_row (row)->group;
  if (before != NULL && g_str_equal (kind_of_row (before)->group, group))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  GtkWidget *label = mh_label (g_dgettext (GETTEXT_PACKAGE, group), "mh-group");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_box_row_set_header (row, label);
}

/* --- showing one --- */

static void
selected_cb (GtkListBox *topics, GtkListBoxRow *row, MhAdminPage *page)
{
  if (row != NULL)
    gtk_stack_set_visible_child_name (page->stack, kind_of_row (row)->id);
}

static void
admin_page_activated_cb (MhAdminPage *page)
{
  mh_split_show_end (page->split, TRUE);
}

static void
mh_admin_page_open (MhPane *pane, const char *what)
{
  MhAdminPage *page = MH_ADMIN_PAGE (pane);
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (page->topics, i)) != NULL; i++)
    if (g_strcmp0 (kind_of_row (row)->id, what) == 0)
      {
        gtk_list_box_select_row (page->topics, row);
        mh_split_show_end (page->split, TRUE);
      }
}

static void
admin_page_shown (MhPane *pane)
{
  MhAdminPage *page = MH_ADMIN_PAGE (pane);
  GtkWidget *list = gtk_stack_get_visible_child (page->stack);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (page->topics);
  if (list != NULL && !mh_split_is_folded (page->split))
    admin_page_enter (page);
  else if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- making it --- */

/* A pane of another page, with the way back to the topics where there is no room beside them. */
static GtkWidget *
pane_new (MhAdminPage *page, const MhAdminKind *kind)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkWidget *pane = kind->pane (mh_pane_context (MH_PANE (page)));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "split.back");
  gtk_widget_set_tooltip_text (back, _ ("Back to the list of topics"));
  mh_accessible_name (back, _ ("Back to the list of topics"));
  gtk_widget_set_halign (back, GTK_ALIGN_START);
  gtk_widget_set_vexpand (pane, TRUE);
  mh_box_append (box, back);
  mh_box_append (box, pane);
  g_object_bind_property (page->split, "folded", back, "visible", G_BINDING_SYNC_CREATE);
  return box;
}

static void
admin_page_add_kind (MhAdminPage *page, const MhAdminKind *kind)
{
  const char *title = g_dgettext (GETTEXT_PACKAGE, kind->title);
  GtkWidget *list = kind->pane != NULL ? pane_new (page, kind)
                                       : mh_admin_list_new (mh_pane_context (MH_PANE (page)), kind);
  GtkWidget *row = gtk_list_box_row_new (), *label = mh_label (title, NULL);

  gtk_widget_set_margin_start (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "kind", (gpointer)kind);
  mh_accessible_name (row, title);
  gtk_list_box_append (page->topics, row);
  gtk_stack_add_named (page->stack, list, kind->id);
  if (kind->pane == NULL)
    g_object_bind_property (page->split, "folded", mh_admin_list_back (MH_ADMIN_LIST (list)),
                            "visible", G_BINDING_SYNC_CREATE);
}

static void
admin_page_begin (MhPane *pane)
{
  MhAdminPage *page = MH_ADMIN_PAGE (pane);
  for (const MhAdminKind *kind = mh_admin_kinds; kind->id != NULL; kind++)
    if (mh_context_may (mh_pane_context (pane), kind->permission))
      admin_page_add_kind (page, kind);
  gtk_list_box_select_row (page->topics, gtk_list_box_get_row_at_index (page->topics, 0));
}

static void
mh_admin_page_class_init (MhAdminPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = admin_page_begin;
  MH_PANE_CLASS (klass)->open = mh_admin_page_open;
  MH_PANE_CLASS (klass)->shown = admin_page_shown;
  g_type_ensure (MH_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("people/admin/mh-admin-page"));
  gtk_widget_class_bind_template_child (widget, MhAdminPage, split);
  gtk_widget_class_bind_template_child (widget, MhAdminPage, topics);
  gtk_widget_class_bind_template_child (widget, MhAdminPage, find);
  gtk_widget_class_bind_template_child (widget, MhAdminPage, stack);
  gtk_widget_class_bind_template_callback (widget, find_cb);
  gtk_widget_class_bind_template_callback (widget, find_first_cb);
  gtk_widget_class_add_binding (widget, GDK_KEY_f, GDK_CONTROL_MASK, admin_page_find_key, NULL);
  gtk_widget_class_bind_template_callback (widget, selected_cb);
  gtk_widget_class_bind_template_callback (widget, admin_page_activated_cb);
}

static void
mh_admin_page_init (MhAdminPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  gtk_list_box_set_header_func (page->topics, show_group, NULL, NULL);
  gtk_list_box_set_filter_func (page->topics, admin_page_matches, page, NULL);
  GtkWidget *nothing = mh_label (_ ("Nothing found"), "dim-label");
  gtk_widget_set_margin_start (nothing, 6);
  gtk_list_box_set_placeholder (page->topics, nothing);
}

GtkWidget *
mh_admin_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_ADMIN_PAGE, "context", context, NULL);
}
