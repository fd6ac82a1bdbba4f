/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/mh-page-tools.h"

#include <glib/gi18n-lib.h>

#include "shared/base/mh-date.h"

GtkWidget *
mh_vbox (int spacing)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, spacing);
}

GtkWidget *
mh_hbox (int spacing)
{
  return gtk_box_new (GTK_ORIENTATION_HORIZONTAL, spacing);
}

GtkWidget *
mh_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

GtkWidget *
mh_heading (const char *text)
{
  return mh_label (text, "heading");
}

GtkWidget *
mh_scrolled (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_hexpand (scrolled, TRUE);
  return scrolled;
}

void
mh_box_append (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
}

void
mh_box_clear (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* In a flow box each toggle stands in a child of its own. */
static GtkWidget *
toggle_in (GtkWidget *child)
{
  return GTK_IS_FLOW_BOX_CHILD (child) ? gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child))
                                       : child;
}

/* Of a template's toggles the widget's name is the code. */
static const char *
page_tools_code_of (GtkWidget *button)
{
  const char *code = g_object_get_data (G_OBJECT (button), "code");
  return code != NULL ? code : gtk_widget_get_name (button);
}

const char *
mh_choice_get (GtkWidget *choice)
{
  for (GtkWidget *child = gtk_widget_get_first_child (choice); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle_in (child))))
      return page_tools_code_of (toggle_in (child));
  return NULL;
}

void
mh_choice_set (GtkWidget *choice, const char *code)
{
  for (GtkWidget *child = gtk_widget_get_first_child (choice); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (page_tools_code_of (toggle_in (child)), code) == 0)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle_in (child)), TRUE);
}

void
mh_fill_codes (GtkDropDown *choice, const MhCode *codes)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  for (; codes->code != NULL; codes++)
    gtk_string_list_append (words, g_dgettext (GETTEXT_PACKAGE, codes->label));
  gtk_drop_down_set_model (choice, G_LIST_MODEL (words));
}
