/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkColumnView(GtkSelection(GtkSortListModel(the page's model))). Sorting is the person's by a
 * click on a header; without one the model's own order stands, so live rows appear where the server
 * puts them. */
#include "client/widgets/table/mh-record-table.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-row.h"
#include "client/widgets/table/mh-table-age.h"
#include "client/widgets/table/mh-table-cells.h"
#include "client/widgets/table/mh-table-columns.h"
#include "client/widgets/table/mh-table-focus.h"
#include "client/widgets/table/mh-table-lines.h"

#include <glib/gi18n-lib.h>

#define NEAR_END 0.85
#define FEW_ROWS 8

struct _MhRecordTable
{
  GtkWidget parent_instance;
  char *name;
  const MhRecordType *type;
  GListModel *model;
  GtkSortListModel *sorted;
  GtkSelectionModel *selection;
  gboolean multiple;
  GtkWidget *stack;
  GtkWidget *view;
  GtkWidget *scroller;
  GtkWidget *as_of; /* how old the rows are, while they are the local copy's */
  GtkWidget *empty;
  GSettings *settings;
  gboolean grab_wanted; /* the focus, as soon as there are rows */
  char *wanted;         /* id to select as soon as it is there */
  MhRecordList *source;
  GHashTable *bound; /* GtkListItem that shows a record now */
  guint fitting;
  gboolean scrolled;             /* to the side, by the person */
  guint going_up;                /* idle source */
  gboolean marking, marking_now; /* rows one by one; the choice changes by that and nothing else */
  MhTableFocus *focus;
  const MhTableColumn *columns;      /* as they were given */
  GtkWidget *lines, *lines_scroller; /* NULL: columns only */
  int least_width;
  gboolean in_lines;
};

G_DEFINE_FINAL_TYPE (MhRecordTable, mh_record_table, GTK_TYPE_WIDGET)

enum
{
  PROP_EMPTY = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  ACTIVATED,
  SELECTION,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
mh_record_table_dispose (GObject *object)
{
  MhRecordTable *table = MH_RECORD_TABLE (object);
  mh_table_columns_forget (GTK_WIDGET (table));
  mh_record_table_set_source (table, NULL);
  if (table->model != NULL)
    g_signal_handlers_disconnect_by_data (table->model, table);
  if (table->selection != NULL)
    g_signal_handlers_disconnect_by_data (table->selection, table);
  g_clear_handle_id (&table->fitting, g_source_remove);
  g_clear_handle_id (&table->going_up, g_source_remove);
  g_clear_pointer (&table->focus, mh_table_focus_free);
  g_clear_pointer (&table->stack, gtk_widget_unparent);
  g_clear_pointer (&table->as_of, gtk_widget_unparent);
  g_clear_object (&table->selection);
  g_clear_object (&table->settings);
  g_clear_object (&table->sorted);
  g_clear_object (&table->model);
  G_OBJECT_CLASS (mh_record_table_parent_class)->dispose (object);
}

static void
mh_record_table_finalize (GObject *object)
{
  MhRecordTable *table = MH_RECORD_TABLE (object);
  g_free (table->name);
  g_free (table->wanted);
  g_hash_table_unref (table->bound);
  G_OBJECT_CLASS (mh_record_table_parent_class)->finalize (object);
}

static void record_table_items_cb (MhRecordTable *table);
static GtkWidget *record_table_list_of (MhRecordTable *table);

static gboolean
mh_record_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  MhRecordTable *table = MH_RECORD_TABLE (widget);
  return (table->view != NULL
          && mh_table_focus_comes (table->focus, record_table_list_of (table), direction))
         || GTK_WIDGET_CLASS (mh_record_table_parent_class)->focus (widget, direction);
}

static void
mh_record_table_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhRecordTable *table = MH_RECORD_TABLE (object);
  if (table->empty != NULL)
    gtk_stack_remove (GTK_STACK (table->stack), table->empty);
  table->empty = g_value_get_object (value);
  gtk_stack_add_child (GTK_STACK (table->stack), table->empty);
  if (table->model != NULL)
    record_table_items_cb (table);
}

static void
mh_record_table_class_init (MhRecordTableClass *klass)
{
  G_OBJECT_CLASS (klass)->set_property = mh_record_table_set_property;
  props[PROP_EMPTY] = g_param_spec_object ("empty", NULL, NULL, GTK_TYPE_WIDGET,
                                           G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  G_OBJECT_CLASS (klass)->dispose = mh_record_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_record_table_finalize;
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  GTK_WIDGET_CLASS (klass)->focus = mh_record_table_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, MH_TYPE_RECORD);
  signals[SELECTION] = g_signal_new ("selection", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_record_table_init (MhRecordTable *table)
{
  /* Before there is a child: what is inserted later, widgets inside do not find. */
  g_autoptr (GSimpleActionGroup) none = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (table), "columns", G_ACTION_GROUP (none));
  table->stack = gtk_stack_new ();
  table->bound = g_hash_table_new (NULL, NULL);
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (table))),
      GTK_ORIENTATION_VERTICAL);
  table->as_of = mh_table_age_new ();
  gtk_widget_set_vexpand (table->stack, TRUE);
  gtk_widget_set_parent (table->stack, GTK_WIDGET (table));
  gtk_widget_set_parent (table->as_of, GTK_WIDGET (table));
  gtk_widget_set_vexpand (GTK_WIDGET (table), TRUE);
}

/* --- columns --- */

static void
record_table_add_column (MhRecordTable *table, const MhTableColumn *column, gboolean first)
{
  int index;
  const MhField *field = mh_table_cells_field (table->type, column, &index);
  const char *title = column->title != NULL ? _ (column->title)
                      : field != NULL       ? mh_words_label (field)
                                            : "";
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *view = gtk_column_view_column_new (title, factory);
  MhTableCells *cells = g_new0 (MhTableCells, 1);

  *cells = (MhTableCells){
    .type = table->type, .column = *column, .view = view, .bound = table->bound, .first = first
  };
  g_object_set_data_full (G_OBJECT (view), "cells", cells, g_free);
  mh_table_cells_serve (cells, factory);
  gtk_column_view_column_set_resizable (view, TRUE);
  gtk_column_view_column_set_expand (view, column->expand);
  if (column->width > 0)
    gtk_column_view_column_set_fixed_width (view, (int)(column->width * mh_text_scale ()));
  if (column->make == NULL)
    {
      g_autoptr (GtkSorter) sorter
          = GTK_SORTER (gtk_custom_sorter_new (mh_table_cells_compare, cells, NULL));
      gtk_column_view_column_set_sorter (view, sorter);
    }

  mh_table_column_name (view, column->field != NULL ? column->field : column->title,
                        mh_table_cells_is_numeric (column, field));
  gtk_column_view_append_column (GTK_COLUMN_VIEW (table->view), view);
  g_object_unref (view);
}

static void
record_table_add_columns (MhRecordTable *table, const MhTableColumn *columns)
{
  gboolean first = TRUE, derive = columns == NULL;
  for (; columns != NULL && !mh_table_lines_is_end (columns); columns++)
    if (!columns->only_line)
      {
        record_table_add_column (table, columns, first);
        first = FALSE;
      }

  for (guint i = MH_N_COMMON; derive && i < table->type->n_fields; i++)
    {
      const MhField *field = &table->type->fields[i];
      MhTableColumn column = { .field = field->name, .expand = first };
      if ((field->flags & MH_BRIEF) == 0)
        continue;
      record_table_add_column (table, &column, first);
      first = FALSE;
    }
}

/* --- columns, or lines where there is no room for them --- */

/* In a right-to-left table the first column stands at the far end, where GTK 4.8 does not begin. */
static void
begin_at_first_column (MhRecordTable *table)
{
  GtkAdjustment *across
      = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (table->scroller));
  if (!table->scrolled && gtk_widget_get_direction (GTK_WIDGET (table)) == GTK_TEXT_DIR_RTL)
    gtk_adjustment_set_value (across, gtk_adjustment_get_upper (across)
                                          - gtk_adjustment_get_page_size (across));
}

/* Scrolled by the person: away from the first column. */
static void
record_table_moved_cb (MhRecordTable *table, GtkAdjustment *across)
{
  double most = gtk_adjustment_get_upper (across) - gtk_adjustment_get_page_size (across);
  table->scrolled = gtk_adjustment_get_value (across) < most - 1;
}

static gboolean
record_table_fit_cb (gpointer data)
{
  MhRecordTable *table = data;
  GtkWidget *shown = table->in_lines ? table->lines_scroller : table->scroller;
  double width = gtk_adjustment_get_page_size (
      gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (shown)));

  table->fitting = 0;
  begin_at_first_column (table);
  if (width > 0 && (width < table->least_width * mh_text_scale ()) != table->in_lines)
    {
      table->in_lines = !table->in_lines;
      /* a list that nobody sees would make widgets for its rows all the same */
      gtk_list_view_set_model (GTK_LIST_VIEW (table->lines),
                               table->in_lines ? table->selection : NULL);
      record_table_items_cb (table);
    }

  return G_SOURCE_REMOVE;
}

/* The width is told in the middle of an allocation, where nothing may come and go. */
static void
record_table_resized_cb (MhRecordTable *table)
{
  if (table->fitting == 0)
    table->fitting = g_idle_add (record_table_fit_cb, table);
}

static void
watch_width (MhRecordTable *table, GtkWidget *scroller)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_signal_connect_object (across, "changed", G_CALLBACK (record_table_resized_cb), table,
                           G_CONNECT_SWAPPED);
  if (scroller == table->scroller)
    g_signal_connect_object (across, "value-changed", G_CALLBACK (record_table_moved_cb), table,
                             G_CONNECT_SWAPPED);
}

/* The GtkListView that the rows are in. */
static GtkWidget *
record_table_list_of (MhRecordTable *table)
{
  return table->in_lines ? table->lines : gtk_widget_get_last_child (table->view);
}

void
mh_record_table_refresh (MhRecordTable *table)
{
  GHashTableIter iter;
  gpointer item;
  g_return_if_fail (MH_IS_RECORD_TABLE (table));
  g_hash_table_iter_init (&iter, table->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    mh_table_cells_refill (item);
}

/* --- selection --- */

/* The list item of a row of the list: of what stands in it, or in the first cell of it. */
static GtkListItem *
record_table_item_of_row (GtkWidget *row)
{
  GtkListItem *item = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL && item == NULL;
       child = gtk_widget_get_first_child (child))
    item = mh_table_cells_item_of (child);
  return item;
}

static void
go_to_row (MhRecordTable *table, guint position)
{
  GtkWidget *list = record_table_list_of (table);
  mh_list_scroll_to (list, position);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *item = record_table_item_of_row (row);
      if (item != NULL && gtk_list_item_get_position (item) == position)
        gtk_widget_grab_focus (row);
    }
}

/* GTK_INVALID_LIST_POSITION: the keys are elsewhere. */
static guint
focused_position (MhRecordTable *table)
{
  GtkWidget *list = record_table_list_of (table);
  GtkWidget *row = gtk_widget_get_focus_child (list);
  GtkListItem *item = row != NULL ? record_table_item_of_row (row) : NULL;
  return item != NULL ? gtk_list_item_get_position (item) : GTK_INVALID_LIST_POSITION;
}

static guint
n_selected (MhRecordTable *table)
{
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (table->selection);
  return (guint)gtk_bitset_get_size (bits);
}

/* GTK's arrow keys select the row they come to and only that; its Space would unselect it. */
static void
record_table_mark (MhRecordTable *table, guint position)
{
  gboolean begins = !table->marking && n_selected (table) <= 1;
  table->marking = table->marking_now = TRUE;
  if (!begins && gtk_selection_model_is_selected (table->selection, position))
    gtk_selection_model_unselect_item (table->selection, position);
  else
    gtk_selection_model_select_item (table->selection, position, begins);
  table->marking_now = FALSE;
  table->marking = n_selected (table) > 0;
}

static void
move_on (MhRecordTable *table, guint position, int by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (table->selection));
  if ((by < 0 && position == 0) || (by > 0 && position + 1 >= n))
    return;
  position = (guint)((int)position + by);
  go_to_row (table, position);
  g_signal_emit (table, signals[SELECTION], 0);
}

static gboolean
record_table_key_cb (GtkEventControllerKey *controller,
                     guint key,
                     guint code,
                     GdkModifierType state,
                     MhRecordTable *table)
{
  guint position = focused_position (table);
  gboolean marked = n_selected (table) > (table->marking ? 0 : 1);
  if (position == GTK_INVALID_LIST_POSITION
      || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  if (key == GDK_KEY_space || key == GDK_KEY_KP_Space)
    record_table_mark (table, position);
  else if (marked && (key == GDK_KEY_Down || key == GDK_KEY_Up))
    move_on (table, position, key == GDK_KEY_Down ? 1 : -1);
  else if (marked && key == GDK_KEY_Escape)
    {
      table->marking = FALSE;
      gtk_selection_model_select_item (table->selection, position, TRUE);
    }
  else
    return FALSE;

  return TRUE;
}

static void
record_table_selection_cb (MhRecordTable *table)
{
  table->marking = table->marking && table->marking_now; /* Home or a click ends the marks */
  g_signal_emit (table, signals[SELECTION], 0);
}

static void
record_table_activate_cb (GtkWidget *view, guint position, MhRecordTable *table)
{
  g_autoptr (MhRecord) record = g_list_model_get_item (G_LIST_MODEL (table->selection), position);
  if (record != NULL)
    g_signal_emit (table, signals[ACTIVATED], 0, record);
}

static gboolean
select_wanted (MhRecordTable *table)
{
  GListModel *model = G_LIST_MODEL (table->selection);
  for (guint i = 0; table->wanted != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (MhRecord) record = g_list_model_get_item (model, i);
      if (g_strcmp0 (mh_record_id (record), table->wanted) != 0)
        continue;
      gtk_selection_model_select_item (table->selection, i, TRUE);
      mh_list_scroll_to (record_table_list_of (table), i);
      g_clear_pointer (&table->wanted, g_free);
      return TRUE;
    }

  return FALSE;
}

/* Marked rows stay marked. */
static void
record_table_take_row (GtkWidget *widget, guint position, gboolean choose)
{
  MhRecordTable *table = MH_RECORD_TABLE (widget);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (table->selection));
  guint focused = focused_position (table);
  if (n == 0)
    return;
  position = focused != GTK_INVALID_LIST_POSITION ? focused : MIN (position, n - 1);
  go_to_row (table, position);
  if (choose && n_selected (table) == 0)
    gtk_selection_model_select_item (table->selection, position, TRUE);
}

/* The rows come after the focus was asked for: it goes to them unless somebody types elsewhere. */
static gboolean
grab_late_cb (gpointer data)
{
  g_autoptr (MhRecordTable) table = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (table));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean types = GTK_IS_TEXT (focus) && gtk_widget_get_mapped (focus);
  if (table->view != NULL && gtk_widget_get_mapped (GTK_WIDGET (table)) && !types)
    mh_record_table_grab (table);
  return G_SOURCE_REMOVE;
}

static void
record_table_items_cb (MhRecordTable *table)
{
  guint n = g_list_model_get_n_items (table->model);
  gboolean loading = table->source != NULL && mh_record_list_is_loading (table->source);
  if (table->empty != NULL)
    gtk_stack_set_visible_child (GTK_STACK (table->stack), n == 0 && !loading ? table->empty
                                                           : table->in_lines ? table->lines_scroller
                                                                             : table->scroller);

  mh_table_age_show (table->as_of, table->source);
  if (table->wanted != NULL)
    select_wanted (table);
  if (table->grab_wanted && n > 0)
    {
      table->grab_wanted = FALSE;
      g_idle_add (grab_late_cb, g_object_ref (table));
    }
}

static gboolean
go_up_cb (gpointer data)
{
  MhRecordTable *table = data;
  table->going_up = 0;
  if (g_list_model_get_n_items (G_LIST_MODEL (table->selection)) > 0)
    mh_list_scroll_to (record_table_list_of (table), 0);
  return G_SOURCE_REMOVE;
}

/* GTK keeps the row that was on top where it is: what arrives before it would come unseen. Who
 * looks at the beginning of the list keeps looking at the beginning, unless their own row would go
 * out of sight. */
static void
inserted_cb (MhRecordTable *table, guint position, guint removed, guint added)
{
  GtkWidget *shown = table->in_lines ? table->lines_scroller : table->scroller;
  GtkAdjustment *rows = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (shown));
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (table->selection);
  gboolean in_sight
      = gtk_bitset_is_empty (chosen) || gtk_bitset_get_minimum (chosen) + added < FEW_ROWS;
  if (removed == 1 && added == 0)
    mh_table_focus_removed (table->focus, position);
  if (added > removed && in_sight && gtk_adjustment_get_value (rows) < 1 && table->going_up == 0)
    table->going_up = g_idle_add (go_up_cb, table);
}

static void
scrolled_cb (GtkAdjustment *adjustment, MhRecordTable *table)
{
  double end = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);
  if (table->source != NULL && end >= NEAR_END * gtk_adjustment_get_upper (adjustment))
    mh_record_list_more (table->source);
}

void
mh_record_table_set_source (MhRecordTable *table, MhRecordList *list)
{
  g_return_if_fail (MH_IS_RECORD_TABLE (table));
  if (table->source != NULL)
    g_signal_handlers_disconnect_by_func (table->source, record_table_items_cb, table);
  g_set_object (&table->source, list);
  if (list == NULL)
    return;
  g_signal_connect_swapped (list, "notify::loading", G_CALLBACK (record_table_items_cb), table);
  record_table_items_cb (table);
}

void
mh_record_table_set_model (MhRecordTable *table, GListModel *model)
{
  g_return_if_fail (MH_IS_RECORD_TABLE (table));
  if (table->model != NULL)
    g_signal_handlers_disconnect_by_data (table->model, table);
  g_set_object (&table->model, model);
  gtk_sort_list_model_set_model (table->sorted, model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (record_table_items_cb), table);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (inserted_cb), table);
  mh_record_table_set_source (table, MH_IS_RECORD_LIST (model) ? MH_RECORD_LIST (model) : NULL);
  record_table_items_cb (table);
}

static void
make_selection (MhRecordTable *table)
{
  GListModel *sorted = G_LIST_MODEL (g_object_ref (table->sorted));
  if (table->multiple)
    table->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (sorted));
  else
    {
      GtkSingleSelection *single = gtk_single_selection_new (sorted);
      gtk_single_selection_set_autoselect (single, FALSE);
      gtk_single_selection_set_can_unselect (single, TRUE);
      table->selection = GTK_SELECTION_MODEL (single);
    }

  g_signal_connect_swapped (table->selection, "selection-changed",
                            G_CALLBACK (record_table_selection_cb), table);
}

static void
record_table_add_keys (MhRecordTable *table, GtkWidget *view)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (record_table_key_cb), table);
  gtk_widget_add_controller (view, keys);
}

static void
compact_cb (MhRecordTable *table)
{
  if (mh_shell_is_compact ())
    gtk_widget_add_css_class (table->view, "mh-compact");
  else
    gtk_widget_remove_css_class (table->view, "mh-compact");
}

void
mh_record_table_setup (MhRecordTable *table,
                       const char *name,
                       const MhRecordType *type,
                       const MhTableColumn *columns,
                       GListModel *model,
                       guint flags)
{
  g_return_if_fail (MH_IS_RECORD_TABLE (table) && table->view == NULL);
  table->name = g_strdup (name);
  table->type = type;
  table->columns = columns;
  table->multiple = (flags & MH_TABLE_MULTIPLE) != 0;
  table->focus = mh_table_focus_new (GTK_WIDGET (table), record_table_take_row);
  table->sorted = gtk_sort_list_model_new (NULL, NULL);
  gtk_sort_list_model_set_incremental (table->sorted, TRUE);
  make_selection (table);
  table->view = gtk_column_view_new (g_object_ref (table->selection));
  table->scroller = gtk_scrolled_window_new ();
  gtk_column_view_set_reorderable (GTK_COLUMN_VIEW (table->view), TRUE);
  gtk_widget_set_can_focus (gtk_widget_get_first_child (table->view), FALSE); /* titles: no stop */
  gtk_widget_add_css_class (table->view, "mh-table");
  table->settings = mh_shell_settings ();
  if (table->settings != NULL)
    g_signal_connect_object (table->settings, "changed::compact", G_CALLBACK (compact_cb), table,
                             G_CONNECT_SWAPPED);

  compact_cb (table);
  mh_accessible_name (table->view, _ (type->label));
  record_table_add_columns (table, columns);
  gtk_sort_list_model_set_sorter (table->sorted,
                                  gtk_column_view_get_sorter (GTK_COLUMN_VIEW (table->view)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (table->scroller), table->view);
  gtk_widget_set_vexpand (table->scroller, TRUE);
  gtk_stack_add_child (GTK_STACK (table->stack), table->scroller);
  gtk_stack_set_visible_child (GTK_STACK (table->stack), table->scroller);
  g_signal_connect (table->view, "activate", G_CALLBACK (record_table_activate_cb), table);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (table->scroller)),
                    "value-changed", G_CALLBACK (scrolled_cb), table);
  watch_width (table, table->scroller);
  if (table->multiple)
    record_table_add_keys (table, table->view);
  mh_record_table_set_model (table, model);
  mh_table_columns_remember (GTK_WIDGET (table), GTK_COLUMN_VIEW (table->view), name);
}

GtkWidget *
mh_record_table_new (const char *name,
                     const MhRecordType *type,
                     const MhTableColumn *columns,
                     GListModel *model,
                     guint flags)
{
  MhRecordTable *table = g_object_new (MH_TYPE_RECORD_TABLE, NULL);
  mh_record_table_setup (table, name, type, columns, model, flags);
  return GTK_WIDGET (table);
}

void
mh_record_table_set_empty (MhRecordTable *table,
                           const char *icon,
                           const char *title,
                           const char *text,
                           const char *button,
                           const char *action)
{
  g_return_if_fail (MH_IS_RECORD_TABLE (table));
  g_object_set (table, "empty", mh_empty_new (icon, title, text, button, action), NULL);
}

MhRecord *
mh_record_table_current (MhRecordTable *table)
{
  g_return_val_if_fail (MH_IS_RECORD_TABLE (table), NULL);
  if (table->selection == NULL)
    return NULL;

  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (table->selection);
  guint focused = table->multiple ? focused_position (table) : GTK_INVALID_LIST_POSITION;
  if (gtk_bitset_is_empty (bits))
    return NULL;

  if (focused == GTK_INVALID_LIST_POSITION || (!table->marking && gtk_bitset_get_size (bits) == 1))
    focused = gtk_bitset_get_minimum (bits);
  MhRecord *record = g_list_model_get_item (G_LIST_MODEL (table->selection), focused);

  g_object_unref (record); /* the model keeps it */
  return record;
}

GPtrArray *
mh_record_table_selected (MhRecordTable *table)
{
  g_return_val_if_fail (MH_IS_RECORD_TABLE (table), NULL);
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (table->selection);
  GPtrArray *selected = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, bits, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (selected, g_list_model_get_item (G_LIST_MODEL (table->selection), position));
  return selected;
}

void
mh_record_table_select (MhRecordTable *table, const char *id)
{
  g_return_if_fail (MH_IS_RECORD_TABLE (table));
  g_free (table->wanted);
  table->wanted = g_strdup (id);
  /* until its row is there no other may be taken for it */
  if (id == NULL || !select_wanted (table))
    gtk_selection_model_unselect_all (table->selection);
}

void
mh_record_table_grab (MhRecordTable *table)
{
  g_return_if_fail (MH_IS_RECORD_TABLE (table));
  GtkWidget *rows = table->view != NULL ? record_table_list_of (table) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (table));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  /* where it is already one step forward would be the second row */
  gboolean elsewhere = rows != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, rows));
  if (elsewhere)
    gtk_widget_child_focus (rows, GTK_DIR_TAB_FORWARD);
  table->grab_wanted = table->model == NULL || g_list_model_get_n_items (table->model) == 0;
}

void
mh_record_table_enter (MhRecordTable *table)
{
  g_return_if_fail (MH_IS_RECORD_TABLE (table));
  table->grab_wanted
      = table->selection == NULL || g_list_model_get_n_items (G_LIST_MODEL (table->selection)) == 0;
  if (table->grab_wanted)
    return;
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (table->selection);
  record_table_take_row (GTK_WIDGET (table),
                         gtk_bitset_is_empty (bits) ? 0 : gtk_bitset_get_minimum (bits), TRUE);
}

void
mh_record_table_set_lines (MhRecordTable *table, int least_width)
{
  g_return_if_fail (MH_IS_RECORD_TABLE (table) && table->view != NULL && table->lines == NULL
                    && table->columns != NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  MhTableCells *cells = g_new0 (MhTableCells, 1);
  const MhTableColumn *whole = mh_table_lines_whole (table->columns);

  *cells = (MhTableCells){ .type = table->type, .bound = table->bound };
  if (whole != NULL)
    cells->column = (MhTableColumn){ .make = whole->make, .bind = whole->bind };
  else
    {
      cells->column.make = mh_row_new;
      cells->all = table->columns;
    }

  g_object_set_data_full (G_OBJECT (factory), "cells", cells, g_free);
  mh_table_cells_serve (cells, factory);
  table->least_width = least_width;
  table->lines = gtk_list_view_new (NULL, factory);
  table->lines_scroller = gtk_scrolled_window_new ();
  mh_accessible_name (table->lines, _ (table->type->label));
  gtk_widget_add_css_class (table->lines, "mh-lines");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (table->lines_scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (table->lines_scroller), table->lines);
  gtk_widget_set_vexpand (table->lines_scroller, TRUE);
  gtk_stack_add_child (GTK_STACK (table->stack), table->lines_scroller);
  g_signal_connect (table->lines, "activate", G_CALLBACK (record_table_activate_cb), table);
  g_signal_connect (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (table->lines_scroller)),
      "value-changed", G_CALLBACK (scrolled_cb), table);
  watch_width (table, table->lines_scroller);
  if (table->multiple)
    record_table_add_keys (table, table->lines);
}
