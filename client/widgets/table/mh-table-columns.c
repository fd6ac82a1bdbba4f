/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/table/mh-table-columns.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-shell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KEY "columns"
#define STATE_TYPE "(a(sib)s)"
#define SAVE_PAUSE_MS 400

/* --- by which column? --- */

#define MH_TYPE_SORT_PROBE (mh_sort_probe_get_type ())
G_DECLARE_FINAL_TYPE (MhSortProbe, mh_sort_probe, MH, SORT_PROBE, GObject)

struct _MhSortProbe
{
  GObject parent_instance;
  GtkColumnViewColumn *column;
};

G_DEFINE_FINAL_TYPE (MhSortProbe, mh_sort_probe, G_TYPE_OBJECT)

static void
mh_sort_probe_class_init (MhSortProbeClass *klass)
{
}

static void
mh_sort_probe_init (MhSortProbe *probe)
{
}

gboolean
mh_table_columns_probed (gpointer item, GtkColumnViewColumn *column)
{
  if (!MH_IS_SORT_PROBE (item))
    return FALSE;
  MH_SORT_PROBE (item)->column = column;
  return TRUE;
}

/* --- one table --- */

typedef struct
{
  GtkColumnView *view; /* the table owns both */
  char *name;
  GSettings *settings;
  GVariant *given; /* how the program made them */
  GtkWidget *menu; /* by keyboard */
  GMenuModel *model;
  gboolean restoring;
  guint timer;
} Columns;

void
mh_table_column_name (GtkColumnViewColumn *column, const char *id, gboolean at_end)
{
  g_object_set_data_full (G_OBJECT (column), "mh-id", g_strdup (id != NULL ? id : "cell"), g_free);
  g_object_set_data (G_OBJECT (column), "mh-at-end", GINT_TO_POINTER (at_end));
}

static const char *
table_columns_id_of (gpointer column)
{
  return g_object_get_data (G_OBJECT (column), "mh-id");
}

/* GTK 4.8 keeps the room of a fixed width also for a hidden column: there it is none, and the width
 * waits here. */
static int
width_of_hidden (GtkColumnViewColumn *column)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "mh-width"));
}

static int
table_columns_width_of (GtkColumnViewColumn *column)
{
  return gtk_column_view_column_get_visible (column)
             ? gtk_column_view_column_get_fixed_width (column)
             : width_of_hidden (column);
}

static void
visible_cb (GtkColumnViewColumn *column)
{
  gboolean shown = gtk_column_view_column_get_visible (column);
  int width = gtk_column_view_column_get_fixed_width (column);
  if (!shown && width != 0)
    g_object_set_data (G_OBJECT (column), "mh-width", GINT_TO_POINTER (width));
  gtk_column_view_column_set_fixed_width (column, shown ? width_of_hidden (column) : 0);
}

static void
set_shown (GtkColumnViewColumn *column, gboolean shown, int width)
{
  gtk_column_view_column_set_fixed_width (column, width);
  g_object_set_data (G_OBJECT (column), "mh-width", GINT_TO_POINTER (width));
  gtk_column_view_column_set_visible (column, shown);
}

/* The list keeps it. */
static GtkColumnViewColumn *
table_columns_nth (Columns *columns, guint position)
{
  g_autoptr (GtkColumnViewColumn) column
      = g_list_model_get_item (gtk_column_view_get_columns (columns->view), position);
  return column;
}

static guint
table_columns_count (Columns *columns)
{
  return g_list_model_get_n_items (gtk_column_view_get_columns (columns->view));
}

static GtkColumnViewColumn *
table_columns_find (Columns *columns, const char *id)
{
  for (guint i = 0; i < table_columns_count (columns); i++)
    if (g_strcmp0 (table_columns_id_of (table_columns_nth (columns, i)), id) == 0)
      return table_columns_nth (columns, i);
  return NULL;
}

/* "name", "-name" when the greatest comes first, "" when the rows stand as the server has them. */
static char *
sorted_by (Columns *columns)
{
  g_autoptr (MhSortProbe) first = g_object_new (MH_TYPE_SORT_PROBE, NULL);
  g_autoptr (MhSortProbe) second = g_object_new (MH_TYPE_SORT_PROBE, NULL);
  GtkOrdering order
      = gtk_sorter_compare (gtk_column_view_get_sorter (columns->view), first, second);
  if (first->column == NULL)
    return g_strdup ("");
  return g_strconcat (order == GTK_ORDERING_SMALLER ? "-" : "", table_columns_id_of (first->column),
                      NULL);
}

static GVariant *
table_columns_state (Columns *columns)
{
  g_autofree char *sort = sorted_by (columns);
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sib)"));
  for (guint i = 0; i < table_columns_count (columns); i++)
    {
      GtkColumnViewColumn *column = table_columns_nth (columns, i);
      g_variant_builder_add (&builder, "(sib)", table_columns_id_of (column),
                             table_columns_width_of (column),
                             gtk_column_view_column_get_visible (column));
    }
  return g_variant_ref_sink (g_variant_new (STATE_TYPE, &builder, sort));
}

/* Columns it does not know stay where the program put them. */
static void
restore (Columns *columns, GVariant *saved)
{
  g_autoptr (GVariantIter) rows = NULL;
  const char *id, *sort;
  int width;
  gboolean visible;
  guint position = 0;

  columns->restoring = TRUE;
  g_variant_get (saved, "(a(sib)&s)", &rows, &sort);
  while (g_variant_iter_next (rows, "(&sib)", &id, &width, &visible))
    {
      GtkColumnViewColumn *column = table_columns_find (columns, id);
      if (column == NULL)
        continue;
      gtk_column_view_insert_column (columns->view, position++, column);
      set_shown (column, visible, width);
    }
  gtk_column_view_sort_by_column (columns->view,
                                  table_columns_find (columns, sort + (sort[0] == '-')),
                                  sort[0] == '-' ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  columns->restoring = FALSE;
}

static void
table_columns_save (Columns *columns)
{
  g_clear_handle_id (&columns->timer, g_source_remove);
  if (columns->settings == NULL)
    return;

  g_autoptr (GVariant) all = g_settings_get_value (columns->settings, KEY);
  g_autoptr (GVariant) now = table_columns_state (columns);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_builder_init (&builder, g_variant_get_type (all));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s@" STATE_TYPE "}", &name, &value))
    {
      if (!g_str_equal (name, columns->name))
        g_variant_builder_add (&builder, "{s@" STATE_TYPE "}", name, value);
      g_variant_unref (value);
    }
  if (!g_variant_equal (now, columns->given))
    g_variant_builder_add (&builder, "{s@" STATE_TYPE "}", columns->name, now);
  g_settings_set_value (columns->settings, KEY, g_variant_builder_end (&builder));
}

static gboolean
table_columns_save_cb (gpointer data)
{
  Columns *columns = data;
  columns->timer = 0;
  table_columns_save (columns);
  return G_SOURCE_REMOVE;
}

/* Titles over numbers stand at the end as they do. GTK makes a title anew when its column is shown
 * again. */
static void
align_titles (Columns *columns)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (columns->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  for (guint i = 0; i < table_columns_count (columns) && title != NULL; i++)
    {
      GtkColumnViewColumn *column = table_columns_nth (columns, i);
      GtkWidget *box = gtk_widget_get_first_child (title);
      if (!gtk_column_view_column_get_visible (column))
        continue;
      if (box != NULL && g_object_get_data (G_OBJECT (column), "mh-at-end") != NULL)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
      title = gtk_widget_get_next_sibling (title);
    }
}

static void
table_columns_changed_cb (Columns *columns)
{
  if (columns->restoring)
    return;
  align_titles (columns);
  if (columns->timer == 0)
    columns->timer = g_timeout_add (SAVE_PAUSE_MS, table_columns_save_cb, columns);
}

/* --- its menu --- */

static void
table_columns_reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Columns *columns = data;
  restore (columns, columns->given);
  table_columns_changed_cb (columns);
}

static GMenuModel *
make_menu (Columns *columns, GSimpleActionGroup *actions)
{
  g_autoptr (GMenu) shown = g_menu_new ();
  g_autoptr (GMenu) back = g_menu_new ();
  GMenu *menu = g_menu_new ();
  GSimpleAction *action = g_simple_action_new ("reset", NULL);

  for (guint i = 1; i < table_columns_count (columns); i++)
    {
      GtkColumnViewColumn *column = table_columns_nth (columns, i);
      const char *title = gtk_column_view_column_get_title (column);
      g_autofree char *name = g_strdup_printf ("show-%u", i);
      g_autofree char *full = g_strconcat ("columns.", name, NULL);
      g_autoptr (GPropertyAction) toggle = g_property_action_new (name, column, "visible");
      g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (toggle));
      g_menu_append (shown, title != NULL && title[0] != 0 ? title : table_columns_id_of (column),
                     full);
    }

  g_signal_connect (action, "activate", G_CALLBACK (table_columns_reset_cb), columns);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  g_object_unref (action);
  g_menu_append (back, _ ("Reset columns"), "columns.reset");
  g_menu_append_section (menu, _ ("Columns"), G_MENU_MODEL (shown));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (back));

  return G_MENU_MODEL (menu);
}

static gboolean
menu_cb (GtkWidget *table, GVariant *args, gpointer data)
{
  Columns *columns = g_object_get_data (G_OBJECT (table), "mh-columns");
  if (columns->menu == NULL)
    {
      columns->menu = gtk_popover_menu_new_from_model (columns->model);
      gtk_popover_set_has_arrow (GTK_POPOVER (columns->menu), FALSE);
      gtk_widget_set_parent (columns->menu, table);
    }
  GdkRectangle top = { gtk_widget_get_width (table) / 2, 24, 1, 1 };
  gtk_popover_set_pointing_to (GTK_POPOVER (columns->menu), &top);
  gtk_popover_popup (GTK_POPOVER (columns->menu));
  return TRUE;
}

static void
table_columns_add_keys (GtkWidget *table)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger
      = gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK),
                                     gtk_keyval_trigger_new (GDK_KEY_Menu, 0));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (trigger, gtk_callback_action_new (menu_cb, NULL, NULL)));
  gtk_widget_add_controller (table, keys);
}

/* --- making it --- */

static void
columns_free (gpointer data)
{
  Columns *columns = data;
  g_clear_handle_id (&columns->timer, g_source_remove);
  g_clear_object (&columns->settings);
  g_clear_object (&columns->model);
  g_variant_unref (columns->given);
  g_free (columns->name);
  g_free (columns);
}

void
mh_table_columns_remember (GtkWidget *table, GtkColumnView *view, const char *name)
{
  Columns *columns = g_new0 (Columns, 1);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  columns->view = view;
  columns->name = g_strdup (name);
  columns->settings = mh_shell_settings ();
  columns->given = table_columns_state (columns);
  columns->model = make_menu (columns, actions);
  g_object_set_data_full (G_OBJECT (table), "mh-columns", columns, columns_free);
  gtk_widget_insert_action_group (table, "columns", G_ACTION_GROUP (actions));
  for (guint i = 0; i < table_columns_count (columns); i++)
    g_signal_connect (table_columns_nth (columns, i), "notify::visible", G_CALLBACK (visible_cb),
                      NULL);

  g_autoptr (GVariant) all
      = columns->settings != NULL ? g_settings_get_value (columns->settings, KEY) : NULL;
  g_autoptr (GVariant) saved
      = all != NULL ? g_variant_lookup_value (all, name, G_VARIANT_TYPE (STATE_TYPE)) : NULL;

  if (saved != NULL)
    restore (columns, saved);
  for (guint i = 0; i < table_columns_count (columns); i++)
    {
      gtk_column_view_column_set_header_menu (table_columns_nth (columns, i), columns->model);
      g_signal_connect_swapped (table_columns_nth (columns, i), "notify",
                                G_CALLBACK (table_columns_changed_cb), columns);
    }

  g_signal_connect_swapped (gtk_column_view_get_columns (view), "items-changed",
                            G_CALLBACK (table_columns_changed_cb), columns);
  g_signal_connect_swapped (gtk_column_view_get_sorter (view), "changed",
                            G_CALLBACK (table_columns_changed_cb), columns);
  table_columns_add_keys (table);
  align_titles (columns);
}

void
mh_table_columns_forget (GtkWidget *table)
{
  Columns *columns = g_object_get_data (G_OBJECT (table), "mh-columns");
  if (columns == NULL)
    return;
  if (columns->timer != 0)
    table_columns_save (columns);
  g_clear_pointer (&columns->menu, gtk_widget_unparent);
  g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (columns->view), columns);
  g_signal_handlers_disconnect_by_data (gtk_column_view_get_columns (columns->view), columns);
  for (guint i = 0; i < table_columns_count (columns); i++)
    g_signal_handlers_disconnect_by_data (table_columns_nth (columns, i), columns);
  g_object_set_data (G_OBJECT (table), "mh-columns", NULL);
}
