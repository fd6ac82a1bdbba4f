/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/table/mh-table-focus.h"

/* µs: so long it takes to see that another row is there, and to hold back. */
#define NOTICED_AFTER (700 * 1000)

struct _MhTableFocus
{
  GtkWidget *table;
  MhTableTake take;
  GtkRoot *root; /* whose focus is watched */
  gboolean inside;
  GtkWidget *last; /* inside, which had the keys */
  gboolean went;   /* a row by itself, from there: */
  guint row;
  guint pending; /* source: the focus may have been in a row that is gone */
  gint64 moved;  /* monotonic: when the keys went to another row by themselves */
  GtkEventController *keys;
};

/* Tab goes from the last control of a window to none, and from there to the first. */
static gboolean
table_focus_left (MhTableFocus *focus)
{
  return !focus->went && gtk_root_get_focus (focus->root) != NULL && focus->last != NULL
         && gtk_widget_get_mapped (focus->last);
}

/* After GTK has looked for another place. Who types elsewhere by now goes on typing. */
static gboolean
mh_table_focus_take_cb (gpointer data)
{
  MhTableFocus *focus = data;
  focus->pending = 0;
  if (gtk_widget_get_mapped (focus->table) && !GTK_IS_TEXT (gtk_root_get_focus (focus->root))
      && !table_focus_left (focus))
    {
      focus->take (focus->table, focus->row, focus->went);
      if (focus->went)
        focus->moved = g_get_monotonic_time ();
    }
  focus->went = FALSE;
  return G_SOURCE_REMOVE;
}

static void
table_focus_later (MhTableFocus *focus)
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
    table_focus_later (focus);
  focus->inside = inside;
  if (inside)
    g_set_weak_pointer (&focus->last, now);
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

/* --- a key that is on its way --- */

gboolean
mh_table_focus_may_act (gint64 since_moved, guint key, GdkModifierType state)
{
  gboolean acts = g_unichar_isprint (gdk_keyval_to_unicode (key)) || key == GDK_KEY_Return
                  || key == GDK_KEY_KP_Enter || key == GDK_KEY_Delete
                  || (key >= GDK_KEY_F1 && key <= GDK_KEY_F12);
  return since_moved >= NOTICED_AFTER || !acts || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0;
}

static gboolean
mh_table_focus_key_cb (GtkEventController *keys,
                       guint key,
                       guint code,
                       GdkModifierType state,
                       MhTableFocus *focus)
{
  if (focus->moved == 0
      || mh_table_focus_may_act (g_get_monotonic_time () - focus->moved, key, state))
    return FALSE;
  gtk_widget_error_bell (focus->table);
  return TRUE;
}

MhTableFocus *
mh_table_focus_new (GtkWidget *table, MhTableTake take)
{
  MhTableFocus *focus = g_new0 (MhTableFocus, 1);
  focus->table = table;
  focus->take = take;
  g_signal_connect_swapped (table, "notify::root", G_CALLBACK (mh_table_focus_root_cb), focus);
  focus->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (focus->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (focus->keys, "key-pressed", G_CALLBACK (mh_table_focus_key_cb), focus);
  gtk_widget_add_controller (table, focus->keys);
  return focus;
}

void
mh_table_focus_removed (MhTableFocus *focus, guint row)
{
  focus->row = row;
  if (!focus->inside && focus->pending == 0)
    return;
  focus->went = TRUE;
  table_focus_later (focus);
}

gboolean
mh_table_focus_comes (MhTableFocus *focus, GtkWidget *list, GtkDirectionType direction)
{
  if (gtk_widget_get_focus_child (focus->table) != NULL || !gtk_widget_get_mapped (list))
    return FALSE;

  /* the row that one came from; since 4.12 Shift+Tab would come to the last that is seen */
  if (direction == GTK_DIR_TAB_BACKWARD && gtk_widget_grab_focus (list)
      && gtk_widget_get_focus_child (list) != NULL)
    return TRUE;
  if (gtk_widget_child_focus (list, direction))
    return TRUE;

  g_autoptr (GtkBitset) chosen
      = gtk_selection_model_get_selection (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  focus->take (focus->table, gtk_bitset_is_empty (chosen) ? 0 : gtk_bitset_get_minimum (chosen),
               TRUE);
  return gtk_widget_get_focus_child (focus->table) != NULL;
}

void
mh_table_focus_free (MhTableFocus *focus)
{
  if (focus->root != NULL)
    g_signal_handlers_disconnect_by_data (focus->root, focus);
  g_signal_handlers_disconnect_by_data (focus->table, focus);
  gtk_widget_remove_controller (focus->table, focus->keys);
  g_clear_handle_id (&focus->pending, g_source_remove);
  g_clear_weak_pointer (&focus->root);
  g_clear_weak_pointer (&focus->last);
  g_free (focus);
}
