/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-part.h"

#include "client/widgets/base/mh-pane.h"

typedef struct
{
  gpointer *location;
  gpointer object;
} Kept;

static void
part_kept_free (gpointer data)
{
  Kept *kept = data;
  *kept->location = NULL;
  g_object_unref (kept->object);
  g_free (kept);
}

void
mh_part_init (MhPart *part)
{
  part->cancellable = g_cancellable_new ();
  part->kept = g_ptr_array_new_with_free_func (part_kept_free);
}

static void
hand_down (GtkWidget *widget, MhContext *context)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (MH_IS_PANE (child))
      g_object_set (child, "context", context, NULL);
    else
      hand_down (child, context);
}

gboolean
mh_part_take_context (MhPart *part, GtkWidget *widget, MhContext *context)
{
  if (context == NULL || part->context != NULL || part->kept == NULL)
    return FALSE;
  part->context = g_object_ref (context);
  hand_down (widget, context);
  return TRUE;
}

void
mh_part_keep (MhPart *part, gpointer location, gpointer object)
{
  Kept *kept = g_new0 (Kept, 1);
  kept->location = location;
  kept->object = object;
  *kept->location = object;
  g_ptr_array_add (part->kept, kept);
}

void
mh_part_dispose (MhPart *part, GtkWidget *widget, GType base)
{
  if (part->cancellable != NULL)
    g_cancellable_cancel (part->cancellable);
  for (GType type = G_OBJECT_TYPE (widget); type != base; type = g_type_parent (type))
    gtk_widget_dispose_template (widget, type);
  g_clear_pointer (&part->kept, g_ptr_array_unref);
  g_clear_object (&part->context);
  g_clear_object (&part->cancellable);
}
