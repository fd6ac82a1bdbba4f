/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/mh-table-focus.h"

struct _MhTableFocus
{
  GtkWidget *table;
  MhTableTake take;
  GtkRoot *root; /* whose focus is watched */
  gboolean inside;
  gboolean went; /* a row by itself, from there: */
  guint row;
  guint pending; /* source: the focus may have been in a row that is gone */
};

/* After GTK has looked for another place. Who types elsewhere by now goes on typing. */
static gboolean
mh_table_focus_take_cb (gpointer data)
{
  MhTableFocus *focus = data;
  focus->pending = 0;
  if (gtk_widget_get_mapped (focus->table) && !GTK_IS_TEXT (gtk_root_get_focus (focus->root)))
    focus->take (focus->table, focus->row, focus->went);
  focus->went = FALSE;
  return G_SOURCE_REMOVE;
}

static void
later (MhTableFocus *focus)
{
  if (focus->pending == 0)
    focus->pending = g_idle_add_full (G_PRIORITY_LOW, mh_table_focus_take_cb, focus, NULL);
}

static void
mh_table_focus_moved_cb (MhTableFocus *focus)
{
  GtkWidget *now = gtk_root_get_focus (focus->root);
  gboolean inside = now != NULL && gtk_widget_is_ancestor (now, focus->table);
  if (focus->inside && now == NULL)
    later (focus);
  focus->inside = inside;
}

static void
mh_table_focus_root_cb (MhTableFocus *focus)
{
  if (focus->root != NULL)
    g_signal_handlers_disconnect_by_data (focus->root, focus);
  g_clear_handle_id (&focus->pending, g_source_remove);
  g_set_weak_pointer (&focus->root, gtk_widget_get_root (focus->table));
  if (focus->root != NULL)
    g_signal_connect_swapped (focus->root, "notify::focus-widget",
                              G_CALLBACK (mh_table_focus_moved_cb), focus);
}

MhTableFocus *
mh_table_focus_new (GtkWidget *table, MhTableTake take)
{
  MhTableFocus *focus = g_new0 (MhTableFocus, 1);
  focus->table = table;
  focus->take = take;
  g_signal_connect_swapped (table, "notify::root", G_CALLBACK (mh_table_focus_root_cb), focus);
  return focus;
}

void
mh_table_focus_removed (MhTableFocus *focus, guint row)
{
  focus->row = row;
  if (!focus->inside && focus->pending == 0)
    return;
  focus->went = TRUE;
  later (focus);
}

void
mh_table_focus_free (MhTableFocus *focus)
{
  if (focus->root != NULL)
    g_signal_handlers_disconnect_by_data (focus->root, focus);
  g_signal_handlers_disconnect_by_data (focus->table, focus);
  g_clear_handle_id (&focus->pending, g_source_remove);
  g_clear_weak_pointer (&focus->root);
  g_free (focus);
}
