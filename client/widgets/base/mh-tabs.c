/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-tabs.h"

#define WAITS "mh-tabs-reveal"

GtkWidget *
mh_tabs_button (GtkStackSwitcher *switcher)
{
  g_return_val_if_fail (GTK_IS_STACK_SWITCHER (switcher), NULL);
  GtkStack *stack = gtk_stack_switcher_get_stack (switcher);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (switcher));
  if (stack == NULL)
    return NULL;
  for (GtkWidget *tab = gtk_widget_get_first_child (GTK_WIDGET (stack));
       tab != NULL && tab != gtk_stack_get_visible_child (stack) && button != NULL;
       tab = gtk_widget_get_next_sibling (tab))
    button = gtk_widget_get_next_sibling (button);
  return button;
}

static gboolean
reveal_cb (gpointer data)
{
  GtkWidget *switcher = data, *button = mh_tabs_button (GTK_STACK_SWITCHER (switcher));
  GtkWidget *scrolled = gtk_widget_get_ancestor (switcher, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place;
  g_object_set_data (G_OBJECT (switcher), WAITS, NULL);
  if (button != NULL && scrolled != NULL && gtk_widget_compute_bounds (button, switcher, &place))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                               place.origin.x, place.origin.x + place.size.width);
  return G_SOURCE_REMOVE;
}

/* The width is told in the middle of an allocation: later. */
static void
tabs_reveal_cb (GtkWidget *switcher)
{
  if (g_object_get_data (G_OBJECT (switcher), WAITS) != NULL)
    return;
  g_object_set_data (G_OBJECT (switcher), WAITS, switcher);
  g_idle_add_full (GTK_PRIORITY_RESIZE + 30, reveal_cb, g_object_ref (switcher), g_object_unref);
}

void
mh_tabs_follow (GtkStackSwitcher *switcher)
{
  g_return_if_fail (GTK_IS_STACK_SWITCHER (switcher));
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (switcher), GTK_TYPE_SCROLLED_WINDOW);
  g_return_if_fail (scrolled != NULL && gtk_stack_switcher_get_stack (switcher) != NULL);
  g_signal_connect_object (gtk_stack_switcher_get_stack (switcher), "notify::visible-child",
                           G_CALLBACK (tabs_reveal_cb), switcher, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                           "changed", G_CALLBACK (tabs_reveal_cb), switcher, G_CONNECT_SWAPPED);
}

/* --- by key --- */

static gboolean
tabs_is_there (GtkStack *stack, GtkWidget *tab)
{
  return gtk_stack_page_get_visible (gtk_stack_get_page (stack, tab));
}

static gboolean
tabs_go (GtkStackSwitcher *switcher, gboolean forward)
{
  GtkStack *stack = gtk_stack_switcher_get_stack (switcher);
  GtkWidget *tab = stack != NULL ? gtk_stack_get_visible_child (stack) : NULL;
  GtkWidget *button = mh_tabs_button (switcher);

  do
    tab = tab == NULL ? NULL
          : forward   ? gtk_widget_get_next_sibling (tab)
                      : gtk_widget_get_prev_sibling (tab);
  while (tab != NULL && !tabs_is_there (stack, tab));

  if (tab == NULL || button == NULL)
    return TRUE;

  /* The focus must not be lost with what is hidden: it goes along with the tab, unless the tab's
   * own content takes it. */
  gtk_widget_grab_focus (button);
  gtk_stack_set_visible_child (stack, tab);
  if (gtk_widget_is_focus (button))
    gtk_widget_grab_focus (mh_tabs_button (switcher));

  return TRUE;
}

static gboolean
tabs_next_cb (GtkWidget *page, GVariant *args, gpointer switcher)
{
  return tabs_go (switcher, TRUE);
}

static gboolean
previous_cb (GtkWidget *page, GVariant *args, gpointer switcher)
{
  return tabs_go (switcher, FALSE);
}

void
mh_tabs_add_keys (GtkStackSwitcher *switcher, GtkWidget *page)
{
  static const struct
  {
    guint key;
    GtkShortcutFunc func;
  } keys[] = { { GDK_KEY_Page_Down, tabs_next_cb }, { GDK_KEY_Page_Up, previous_cb } };

  g_return_if_fail (GTK_IS_STACK_SWITCHER (switcher) && GTK_IS_WIDGET (page));
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  /* before what scrolls takes these keys for itself */
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (shortcuts),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, GDK_CONTROL_MASK),
                          gtk_callback_action_new (keys[i].func, switcher, NULL)));

  gtk_widget_add_controller (page, shortcuts);
}
