/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tab and Shift+Tab in lists and tables (GtkListView:tab-behavior, 4.12). GTK 4.8 goes to the next
 * row with Tab, so that whoever works by keyboard is caught in a table of a thousand rows.
 */
#include "client/compat/mh-compat.h"

/* What is moved by the arrows: rows to choose from, not the lines of a form. */
static gboolean
mh_tab_is_list (GtkWidget *widget)
{
  if (GTK_IS_LIST_BOX (widget))
    return gtk_list_box_get_selection_mode (GTK_LIST_BOX (widget)) != GTK_SELECTION_NONE;
  return TRUE;
}

/* On to the next control of the same row, or else to what comes after the list. */
static gboolean
mh_tab_cb (GtkWidget *list, GVariant *args, gpointer data)
{
  GtkDirectionType direction = (GtkDirectionType)g_variant_get_int32 (args);
  GtkWidget *row = gtk_widget_get_focus_child (list);
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (list));

  if (row == NULL || root == NULL || !mh_tab_is_list (list))
    return FALSE;
  if (gtk_widget_child_focus (row, direction))
    return TRUE;

  /* what cannot have the focus is passed over; it keeps the row it was on for the way back */
  gtk_widget_set_can_focus (list, FALSE);
  gboolean left = gtk_widget_child_focus (root, direction);

  gtk_widget_set_can_focus (list, TRUE);
  if (!left)
    gtk_widget_grab_focus (row);
  return TRUE;
}

typedef gboolean (*Focus) (GtkWidget *widget, GtkDirectionType direction);
static Focus flow_box_focus, expander_focus;

static gboolean
mh_tab_is_tab (GtkDirectionType direction)
{
  return direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
}

/* GtkFlowBox says that it took the focus also where its next child takes none (a label, a button
 * that is insensitive), and Tab goes no further on such a page; so does GTK 4.18. */
static gboolean
mh_tab_flow_box_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return mh_tab_is_tab (direction)
             ? GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))->focus (widget, direction)
             : flow_box_focus (widget, direction);
}

/* GtkExpander offers the focus to what it hides, which is in no window then. */
static gboolean
mh_tab_expander_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (!mh_tab_is_tab (direction) || gtk_expander_get_expanded (GTK_EXPANDER (widget)))
    return expander_focus (widget, direction);
  return !gtk_widget_has_focus (widget) && gtk_widget_grab_focus (widget);
}

/* Gives what it was. */
static Focus
mh_tab_mend (GType type, Focus focus)
{
  GtkWidgetClass *klass = g_type_class_ref (type); /* for good */
  Focus before = klass->focus;
  klass->focus = focus;
  return before;
}

void
mh_tab_leaves_lists (void)
{
  static const struct
  {
    guint key;
    GdkModifierType state;
    GtkDirectionType direction;
  } ways[] = {
    { GDK_KEY_Tab, 0, GTK_DIR_TAB_FORWARD },
    { GDK_KEY_KP_Tab, 0, GTK_DIR_TAB_FORWARD },
    { GDK_KEY_Tab, GDK_SHIFT_MASK, GTK_DIR_TAB_BACKWARD },
    { GDK_KEY_KP_Tab, GDK_SHIFT_MASK, GTK_DIR_TAB_BACKWARD },
  };
  const GType types[] = { GTK_TYPE_LIST_VIEW, GTK_TYPE_GRID_VIEW, GTK_TYPE_LIST_BOX };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (types[i]);
      for (guint j = 0; j < G_N_ELEMENTS (ways); j++)
        gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), ways[j].key, ways[j].state,
                                      mh_tab_cb, "i", ways[j].direction);
    }
  if (flow_box_focus != NULL)
    return;
  flow_box_focus = mh_tab_mend (GTK_TYPE_FLOW_BOX, mh_tab_flow_box_focus);
  expander_focus = mh_tab_mend (GTK_TYPE_EXPANDER, mh_tab_expander_focus);
}
