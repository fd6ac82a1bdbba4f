/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-compat.h"

struct _MhPageStack
{
  GtkWidget parent_instance;
  GtkWidget *stack;
  GPtrArray *pages; /* from the first to the one on show */
};

G_DEFINE_FINAL_TYPE (MhPageStack, mh_page_stack, GTK_TYPE_WIDGET)

static void
mh_page_stack_dispose (GObject *object)
{
  MhPageStack *stack = MH_PAGE_STACK (object);
  g_clear_pointer (&stack->pages, g_ptr_array_unref);
  g_clear_pointer (&stack->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_page_stack_parent_class)->dispose (object);
}

static void
page_stack_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_page_stack_pop (MH_PAGE_STACK (widget));
}

static void
mh_page_stack_class_init (MhPageStackClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_page_stack_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "nav.back", NULL, page_stack_back);
}

static void
mh_page_stack_init (MhPageStack *stack)
{
  stack->pages = g_ptr_array_new ();
  stack->stack = gtk_stack_new ();
  gtk_stack_set_transition_type (GTK_STACK (stack->stack),
                                 GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT_RIGHT);
  gtk_stack_set_transition_duration (GTK_STACK (stack->stack), 150);
  gtk_widget_set_parent (stack->stack, GTK_WIDGET (stack));
  gtk_widget_action_set_enabled (GTK_WIDGET (stack), "nav.back", FALSE);
}

GtkWidget *
mh_page_stack_new (void)
{
  return g_object_new (MH_TYPE_PAGE_STACK, NULL);
}

void
mh_page_stack_push (MhPageStack *stack, GtkWidget *page, const char *title)
{
  g_return_if_fail (MH_IS_PAGE_STACK (stack));
  GtkStackPage *entry = gtk_stack_add_child (GTK_STACK (stack->stack), page);
  gtk_stack_page_set_title (entry, title);
  g_ptr_array_add (stack->pages, page);
  gtk_stack_set_visible_child (GTK_STACK (stack->stack), page);
  gtk_widget_action_set_enabled (GTK_WIDGET (stack), "nav.back", stack->pages->len > 1);
}

gboolean
mh_page_stack_pop (MhPageStack *stack)
{
  g_return_val_if_fail (MH_IS_PAGE_STACK (stack), FALSE);
  if (stack->pages->len < 2)
    return FALSE;
  GtkWidget *top = g_ptr_array_steal_index (stack->pages, stack->pages->len - 1);
  gtk_stack_set_visible_child (GTK_STACK (stack->stack),
                               g_ptr_array_index (stack->pages, stack->pages->len - 1));
  gtk_stack_remove (GTK_STACK (stack->stack), top);
  gtk_widget_action_set_enabled (GTK_WIDGET (stack), "nav.back", stack->pages->len > 1);
  return TRUE;
}
