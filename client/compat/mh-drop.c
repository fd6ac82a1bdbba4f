/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys in a drop-down that can be searched. GTK 4.8 opens it at the chosen row; since 4.12 the
 * keys go to the search above the rows, where Home, End and Enter do nothing and the first arrow is
 * lost. Here they are at the chosen row, and what is typed is searched for.
 */
#include "client/compat/mh-compat.h"

static GtkWidget *
mh_drop_find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = mh_drop_find (child, type);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
mh_drop_rows_cb (gpointer popover)
{
  GtkWidget *entry = mh_drop_find (popover, GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *list = mh_drop_find (popover, GTK_TYPE_LIST_VIEW);
  if (entry == NULL || list == NULL || !gtk_widget_get_mapped (popover)
      || gtk_widget_get_focus_child (entry) == NULL
      || *gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0')
    return G_SOURCE_REMOVE;

  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (entry), popover);
  if (!gtk_widget_child_focus (list, GTK_DIR_DOWN))
    gtk_widget_grab_focus (list);
  return G_SOURCE_REMOVE;
}

/* After GTK has looked for a place for the keys, and the rows have theirs. */
static gboolean
mh_drop_map_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  if (GTK_IS_POPOVER (widget) && GTK_IS_DROP_DOWN (parent)
      && gtk_drop_down_get_enable_search (GTK_DROP_DOWN (parent)))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, mh_drop_rows_cb, g_object_ref (widget),
                     g_object_unref);
  return TRUE;
}

void
mh_drop_downs_open_at_rows (void)
{
  g_autoptr (GTypeClass) widgets = g_type_class_ref (GTK_TYPE_WIDGET);
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, mh_drop_map_cb, NULL,
                              NULL);
}
