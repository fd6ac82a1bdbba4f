/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/charts/mh-box-map.h"

#include "client/compat/mh-compat.h"
#include "shared/records/lab/mh-storage.h"
#include "shared/rules/lab/mh-storage-rules.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define GAP 12.0
#define TITLE 20.0
#define CELL_LEAST 9.0
#define CELL_MOST 22.0
#define WIDTH_WANTED 168.0

typedef struct
{
  MhRecord *box;
  gint64 n_rows, n_columns;
  GPtrArray *spots; /* by position; NULL: free */
  graphene_rect_t area;
  double cell;
} Box;

struct _MhBoxMap
{
  GtkWidget parent_instance;
  MhRecord *record;
  GPtrArray *boxes; /* of Box */
  guint n_positions, n_taken;
  gint64 now;
  guint at_box;
  gint64 at;
};

G_DEFINE_FINAL_TYPE (MhBoxMap, mh_box_map, GTK_TYPE_WIDGET)

enum
{
  MOVED,
  ACTIVATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
box_free (gpointer data)
{
  Box *box = data;
  g_ptr_array_unref (box->spots);
  g_free (box);
}

static Box *
box_map_current (MhBoxMap *map)
{
  return map->at_box < map->boxes->len ? g_ptr_array_index (map->boxes, map->at_box) : NULL;
}

/* --- laying out --- */

/* Boxes side by side as far as the width goes; the cells of a wide box are small. */
static int
box_map_lay (MhBoxMap *map, int width)
{
  double x = GAP, y = GAP, row = 0;
  for (guint i = 0; i < map->boxes->len; i++)
    {
      Box *box = g_ptr_array_index (map->boxes, i);
      double most = MAX (width - 2 * GAP, 60);
      box->cell = CLAMP (WIDTH_WANTED / (double)box->n_columns, CELL_LEAST, CELL_MOST);
      box->cell = MIN (box->cell, most / (double)box->n_columns);
      double wide = box->cell * (double)box->n_columns;
      double high = box->cell * (double)box->n_rows + TITLE;
      if (x > GAP && x + wide > width - GAP)
        {
          x = GAP;
          y += row + GAP;
          row = 0;
        }
      graphene_rect_init (&box->area, (float)x, (float)y, (float)wide, (float)high);
      x += MAX (wide, 96) + GAP;
      row = MAX (row, high);
    }

  return (int)ceil (y + row + GAP);
}

static void
mh_box_map_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  MhBoxMap *map = MH_BOX_MAP (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 200;
      *natural = 560;
    }
  else
    *minimum = *natural = box_map_lay (map, for_size > 0 ? for_size : 560);
}

static GtkSizeRequestMode
request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mh_box_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  box_map_lay (MH_BOX_MAP (widget), width);
}

/* --- drawing --- */

static gboolean
box_map_is_due (MhBoxMap *map, MhRecord *spot)
{
  return mh_record_has (spot, MH_STORAGE_SPOT_KEEP_UNTIL)
         && mh_record_int (spot, MH_STORAGE_SPOT_KEEP_UNTIL) <= map->now;
}

static void
cell_at (const Box *box, gint64 position, double *out_x, double *out_y)
{
  *out_x = (double)(position % box->n_columns) * box->cell;
  gint64 row = position / box->n_columns;
  *out_y = TITLE + (double)row * box->cell;
}

typedef enum
{
  FREE,
  TAKEN,
  DUE,
} Look;

static Look
box_map_look_of (MhBoxMap *map, MhRecord *spot)
{
  return spot == NULL ? FREE : box_map_is_due (map, spot) ? DUE : TAKEN;
}

/* One path for all positions that look alike. */
static void
add_cells (MhBoxMap *map, const Box *box, Look look, cairo_t *cr)
{
  double half = box->cell / 2, radius = MAX (half - 1.5, 1.5);
  for (gint64 i = 0; i < box->n_rows * box->n_columns; i++)
    {
      double x, y;
      if (box_map_look_of (map, g_ptr_array_index (box->spots, (guint)i)) != look)
        continue;
      cell_at (box, i, &x, &y);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x + half, y + half, radius, 0, 2 * G_PI);
    }
}

static void
add_crosses (MhBoxMap *map, const Box *box, cairo_t *cr)
{
  double half = box->cell / 2, arm = MAX (half - 3.5, 1);
  for (gint64 i = 0; i < box->n_rows * box->n_columns; i++)
    {
      double x, y;
      if (box_map_look_of (map, g_ptr_array_index (box->spots, (guint)i)) != DUE)
        continue;
      cell_at (box, i, &x, &y);
      cairo_move_to (cr, x + half - arm, y + half - arm);
      cairo_line_to (cr, x + half + arm, y + half + arm);
      cairo_move_to (cr, x + half + arm, y + half - arm);
      cairo_line_to (cr, x + half - arm, y + half + arm);
    }
}

static void
draw_cells (MhBoxMap *map, const Box *box, cairo_t *cr, const GdkRGBA *ink)
{
  cairo_set_line_width (cr, 1);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.28);
  add_cells (map, box, FREE, cr);
  cairo_stroke (cr);
  cairo_set_source_rgba (cr, 0.06, 0.52, 0.49, 1);
  add_cells (map, box, TAKEN, cr);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, 0.85, 0.55, 0.1, 1);
  add_cells (map, box, DUE, cr);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 1);
  cairo_set_line_width (cr, 1.4);
  add_crosses (map, box, cr);
  cairo_stroke (cr);
}

static void
draw_here (MhBoxMap *map, const Box *box, cairo_t *cr, const GdkRGBA *ink)
{
  double x, y;
  cell_at (box, map->at, &x, &y);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 1);
  cairo_set_line_width (cr, gtk_widget_has_focus (GTK_WIDGET (map)) ? 2.5 : 1.5);
  cairo_rectangle (cr, x, y, box->cell, box->cell);
  cairo_stroke (cr);
}

static void
box_map_draw_title (MhBoxMap *map, const Box *box, GtkSnapshot *snapshot, const GdkRGBA *ink)
{
  guint taken = 0;
  for (guint i = 0; i < box->spots->len; i++)
    taken += g_ptr_array_index (box->spots, i) != NULL;
  g_autofree char *text = g_strdup_printf (
      "%s  %u/%u", mh_record_text (box->box, MH_STORAGE_PLACE_NAME), taken, box->spots->len);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (map), text);
  pango_layout_set_width (layout, (int)(MAX (box->area.size.width, 96) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  gtk_snapshot_append_layout (snapshot, layout, ink);
}

static void
mh_box_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MhBoxMap *map = MH_BOX_MAP (widget);
  GdkRGBA ink;
  mh_colour_of (widget, &ink);

  for (guint i = 0; i < map->boxes->len; i++)
    {
      const Box *box = g_ptr_array_index (map->boxes, i);
      graphene_rect_t bounds
          = GRAPHENE_RECT_INIT (-2, 0, box->area.size.width + 4, box->area.size.height + 2);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &box->area.origin);
      box_map_draw_title (map, box, snapshot, &ink);
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
      draw_cells (map, box, cr, &ink);
      if (i == map->at_box)
        draw_here (map, box, cr, &ink);
      cairo_destroy (cr);
      gtk_snapshot_restore (snapshot);
    }
}

/* --- where the keys are --- */

static char *
box_map_words (MhBoxMap *map, Box *box, gint64 position)
{
  g_autofree char *spot = mh_storage_rules_position_text (box->n_columns, position);
  MhRecord *taken = g_ptr_array_index (box->spots, (guint)position);
  const char *name = mh_record_text (box->box, MH_STORAGE_PLACE_NAME);
  if (taken == NULL)
    return g_strdup_printf (_ ("%s, %s: free"), name, spot);
  return g_strdup_printf (box_map_is_due (map, taken) ? _ ("%s, %s: tube %s, kept long enough")
                                                      : _ ("%s, %s: tube %s"),
                          name, spot, mh_record_text (taken, MH_STORAGE_SPOT_ACCESSION));
}

/* The row of the keys stays in sight. */
static void
box_map_keep_in_sight (MhBoxMap *map, const Box *box)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (map), GTK_TYPE_SCROLLED_WINDOW);
  double x, y;
  if (scrolled == NULL)
    return;
  cell_at (box, map->at, &x, &y);
  y += box->area.origin.y;
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                             map->at < box->n_columns ? y - TITLE - GAP : y - GAP,
                             y + box->cell + GAP);
}

static void
box_map_tell (MhBoxMap *map)
{
  Box *box = box_map_current (map);
  g_autofree char *name
      = box != NULL ? box_map_words (map, box, map->at) : g_strdup (_ ("No boxes"));
  mh_accessible_name (GTK_WIDGET (map), name);
  if (box != NULL)
    box_map_keep_in_sight (map, box);
  gtk_widget_queue_draw (GTK_WIDGET (map));
  g_signal_emit (map, signals[MOVED], 0);
}

static void
box_map_go_to (MhBoxMap *map, guint box, gint64 position)
{
  if (box >= map->boxes->len)
    return;
  map->at_box = box;
  map->at = CLAMP (position, 0, (gint64)((Box *)map->boxes->pdata[box])->spots->len - 1);
  box_map_tell (map);
}

/* One step; over the edge of a box into the next one, in the same row or column. */
static void
box_map_step (MhBoxMap *map, int along, int down)
{
  Box *box = box_map_current (map);
  if (box == NULL)
    return;

  gint64 row = map->at / box->n_columns + down, column = map->at % box->n_columns + along;
  gboolean back = row < 0 || column < 0;
  if (row >= 0 && row < box->n_rows && column >= 0 && column < box->n_columns)
    {
      box_map_go_to (map, map->at_box, row * box->n_columns + column);
      return;
    }

  if (back ? map->at_box == 0 : map->at_box + 1 >= map->boxes->len)
    return;

  guint next = back ? map->at_box - 1 : map->at_box + 1;
  Box *other = g_ptr_array_index (map->boxes, next);
  row = down == 0 ? MIN (row, other->n_rows - 1) : back ? other->n_rows - 1 : 0;
  column = down != 0 ? MIN (column, other->n_columns - 1) : back ? other->n_columns - 1 : 0;
  box_map_go_to (map, next, row * other->n_columns + column);
}

static gboolean
box_map_key_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                MhBoxMap *map)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (map)) == GTK_TEXT_DIR_RTL;
  Box *box = box_map_current (map);
  if (box == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;

  switch (key)
    {
    case GDK_KEY_Left:
      box_map_step (map, mirrored ? 1 : -1, 0);
      return TRUE;
    case GDK_KEY_Right:
      box_map_step (map, mirrored ? -1 : 1, 0);
      return TRUE;
    case GDK_KEY_Up:
      box_map_step (map, 0, -1);
      return TRUE;
    case GDK_KEY_Down:
      box_map_step (map, 0, 1);
      return TRUE;
    case GDK_KEY_Home:
      box_map_go_to (map, map->at_box, map->at - map->at % box->n_columns);
      return TRUE;
    case GDK_KEY_End:
      box_map_go_to (map, map->at_box, map->at - map->at % box->n_columns + box->n_columns - 1);
      return TRUE;
    case GDK_KEY_Page_Up:
      box_map_go_to (map, map->at_box > 0 ? map->at_box - 1 : 0, 0);
      return TRUE;
    case GDK_KEY_Page_Down:
      box_map_go_to (map, MIN (map->at_box + 1, map->boxes->len - 1), 0);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      g_signal_emit (map, signals[ACTIVATED], 0);
      return TRUE;
    default:
      return FALSE;
    }
}

/* --- the pointer --- */

static gboolean
box_map_find (MhBoxMap *map, double x, double y, guint *out_box, gint64 *out_position)
{
  for (guint i = 0; i < map->boxes->len; i++)
    {
      const Box *box = g_ptr_array_index (map->boxes, i);
      double dx = x - box->area.origin.x, dy = y - box->area.origin.y - TITLE;
      if (dx < 0 || dy < 0 || dx >= box->cell * (double)box->n_columns
          || dy >= box->cell * (double)box->n_rows)
        continue;
      *out_box = i;
      *out_position = (gint64)(dy / box->cell) * box->n_columns + (gint64)(dx / box->cell);
      return TRUE;
    }

  return FALSE;
}

static void
box_map_pressed_cb (GtkGestureClick *gesture, int n, double x, double y, MhBoxMap *map)
{
  guint box;
  gint64 position;
  gtk_widget_grab_focus (GTK_WIDGET (map));
  if (!box_map_find (map, x, y, &box, &position))
    return;
  box_map_go_to (map, box, position);
  if (n == 2)
    g_signal_emit (map, signals[ACTIVATED], 0);
}

static gboolean
box_map_tooltip_cb (GtkWidget *widget,
                    int x,
                    int y,
                    gboolean keyboard,
                    GtkTooltip *tooltip,
                    gpointer data)
{
  MhBoxMap *map = MH_BOX_MAP (widget);
  guint box = map->at_box;
  gint64 position = map->at;
  if (map->boxes->len == 0 || (!keyboard && !box_map_find (map, x, y, &box, &position)))
    return FALSE;
  g_autofree char *text = box_map_words (map, g_ptr_array_index (map->boxes, box), position);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* --- making it --- */

static void
mh_box_map_dispose (GObject *object)
{
  MhBoxMap *map = MH_BOX_MAP (object);
  g_clear_object (&map->record);
  g_ptr_array_set_size (map->boxes, 0);
  G_OBJECT_CLASS (mh_box_map_parent_class)->dispose (object);
}

static void
mh_box_map_finalize (GObject *object)
{
  g_ptr_array_unref (MH_BOX_MAP (object)->boxes);
  G_OBJECT_CLASS (mh_box_map_parent_class)->finalize (object);
}

static void
mh_box_map_class_init (MhBoxMapClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_box_map_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_box_map_finalize;
  widget->measure = mh_box_map_measure;
  widget->get_request_mode = request_mode;
  widget->size_allocate = mh_box_map_size_allocate;
  widget->snapshot = mh_box_map_snapshot;
  signals[MOVED] = g_signal_new ("moved", MH_TYPE_BOX_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", MH_TYPE_BOX_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mh_box_map_init (MhBoxMap *map)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  map->boxes = g_ptr_array_new_with_free_func (box_free);
  gtk_widget_set_focusable (GTK_WIDGET (map), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (map), TRUE);
  g_signal_connect (map, "query-tooltip", G_CALLBACK (box_map_tooltip_cb), NULL);
  g_signal_connect (map, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (box_map_key_cb), map);
  g_signal_connect (click, "pressed", G_CALLBACK (box_map_pressed_cb), map);
  gtk_widget_add_controller (GTK_WIDGET (map), keys);
  gtk_widget_add_controller (GTK_WIDGET (map), GTK_EVENT_CONTROLLER (click));
  mh_accessible_name (GTK_WIDGET (map), _ ("No boxes"));
}

static void
take_boxes (MhBoxMap *map, GPtrArray *boxes, GHashTable *by_id)
{
  for (guint i = 0; boxes != NULL && i < boxes->len; i++)
    {
      Box *box = g_new0 (Box, 1);
      box->box = g_ptr_array_index (boxes, i);
      box->n_rows = CLAMP (mh_record_int (box->box, MH_STORAGE_PLACE_N_ROWS), 1, 100);
      box->n_columns = CLAMP (mh_record_int (box->box, MH_STORAGE_PLACE_N_COLUMNS), 1, 100);
      box->spots = g_ptr_array_new ();
      g_ptr_array_set_size (box->spots, (int)(box->n_rows * box->n_columns));
      map->n_positions += box->spots->len;
      g_ptr_array_add (map->boxes, box);
      g_hash_table_insert (by_id, (gpointer)mh_record_id (box->box), box);
    }
}

void
mh_box_map_show (MhBoxMap *map, MhRecord *record, gint64 now)
{
  g_return_if_fail (MH_IS_BOX_MAP (map));
  g_autofree char *was
      = box_map_current (map) != NULL ? g_strdup (mh_record_id (box_map_current (map)->box)) : NULL;
  gint64 at = map->at;
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *spots = record != NULL ? mh_record_records (record, MH_STORAGE_MAP_SPOTS) : NULL;

  g_ptr_array_set_size (map->boxes, 0);
  g_set_object (&map->record, record);
  map->now = now;
  map->n_positions = map->n_taken = map->at_box = 0;
  map->at = 0;
  if (record != NULL)
    take_boxes (map, mh_record_records (record, MH_STORAGE_MAP_BOXES), by_id);
  for (guint i = 0; spots != NULL && i < spots->len; i++)
    {
      MhRecord *spot = g_ptr_array_index (spots, i);
      const char *box_id = mh_record_text (spot, MH_STORAGE_SPOT_BOX_ID);
      Box *box = box_id != NULL ? g_hash_table_lookup (by_id, box_id) : NULL;
      gint64 position = mh_record_int (spot, MH_STORAGE_SPOT_POSITION);
      if (box != NULL && position >= 0 && position < (gint64)box->spots->len)
        {
          box->spots->pdata[position] = spot;
          map->n_taken++;
        }
    }

  gtk_widget_queue_resize (GTK_WIDGET (map));
  if (was != NULL && g_hash_table_contains (by_id, was))
    mh_box_map_select (map, was, at);
  else
    box_map_tell (map);
}

void
mh_box_map_select (MhBoxMap *map, const char *box_id, gint64 position)
{
  g_return_if_fail (MH_IS_BOX_MAP (map));
  for (guint i = 0; i < map->boxes->len; i++)
    if (g_strcmp0 (mh_record_id (((Box *)map->boxes->pdata[i])->box), box_id) == 0)
      {
        box_map_go_to (map, i, position);
        return;
      }
}

MhRecord *
mh_box_map_box (MhBoxMap *map)
{
  g_return_val_if_fail (MH_IS_BOX_MAP (map), NULL);
  return box_map_current (map) != NULL ? box_map_current (map)->box : NULL;
}

gint64
mh_box_map_position (MhBoxMap *map)
{
  g_return_val_if_fail (MH_IS_BOX_MAP (map), -1);
  return box_map_current (map) != NULL ? map->at : -1;
}

MhRecord *
mh_box_map_spot (MhBoxMap *map)
{
  g_return_val_if_fail (MH_IS_BOX_MAP (map), NULL);
  return box_map_current (map) != NULL
             ? g_ptr_array_index (box_map_current (map)->spots, (guint)map->at)
             : NULL;
}

guint
mh_box_map_n_positions (MhBoxMap *map)
{
  g_return_val_if_fail (MH_IS_BOX_MAP (map), 0);
  return map->n_positions;
}

guint
mh_box_map_n_taken (MhBoxMap *map)
{
  g_return_val_if_fail (MH_IS_BOX_MAP (map), 0);
  return map->n_taken;
}
