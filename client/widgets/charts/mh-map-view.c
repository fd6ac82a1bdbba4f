/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/charts/mh-map-view.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/charts/mh-map-draw.h"
#include "shared/records/lab/mh-map.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <shumate/shumate.h>

#define TILE_SIZE 256
#define STREETS_ZOOM 16
#define STEP 96     /* pixels that an arrow moves it */
#define REACH 14    /* pixels around a place that a click means */
#define SHAKE 6     /* pixels that a hand moves in a click */
#define TELL_MS 400 /* it is told what is shown once it rests */

/* --- where the pictures come from --- */

#define MH_TYPE_MAP_SOURCE (mh_map_source_get_type ())
G_DECLARE_FINAL_TYPE (MhMapSource, mh_map_source, MH, MAP_SOURCE, ShumateDataSource)

struct _MhMapSource
{
  ShumateDataSource parent_instance;
  MhTiles *tiles;
  const char *style;
};

G_DEFINE_FINAL_TYPE (MhMapSource, mh_map_source, SHUMATE_TYPE_DATA_SOURCE)

typedef struct
{
  int x, y, z;
} TilePlace;

static void
map_source_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  MhMapSource *self = g_task_get_source_object (task);
  const TilePlace *at = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = mh_tiles_read_finish (result, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* libshumate 1.0 draws what is told so, later ones what the task returns */
  if (g_signal_lookup ("received-data", SHUMATE_TYPE_DATA_SOURCE) != 0)
    g_signal_emit_by_name (self, "received-data", at->x, at->y, at->z, bytes);
  g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify)g_bytes_unref);
}

static void
map_source_get_async (ShumateDataSource *source,
                      int x,
                      int y,
                      int zoom,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  MhMapSource *self = MH_MAP_SOURCE (source);
  GTask *task = g_task_new (self, cancellable, callback, data);
  TilePlace *at = g_new (TilePlace, 1);
  const MhTile tile = { self->style, (guint)zoom, (guint)x, (guint)y };

  *at = (TilePlace){ x, y, zoom };
  g_task_set_source_tag (task, map_source_get_async);
  g_task_set_task_data (task, at, g_free);
  mh_tiles_read_async (self->tiles, &tile, cancellable, map_source_read_cb, task);
}

static GBytes *
map_source_get_finish (ShumateDataSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mh_map_source_finalize (GObject *object)
{
  g_clear_object (&MH_MAP_SOURCE (object)->tiles);
  G_OBJECT_CLASS (mh_map_source_parent_class)->finalize (object);
}

static void
mh_map_source_class_init (MhMapSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_map_source_finalize;
  SHUMATE_DATA_SOURCE_CLASS (klass)->get_tile_data_async = map_source_get_async;
  SHUMATE_DATA_SOURCE_CLASS (klass)->get_tile_data_finish = map_source_get_finish;
}

static void
mh_map_source_init (MhMapSource *source)
{
}

/* --- the widget --- */

struct _MhMapView
{
  GtkWidget parent_instance;
  MhTiles *tiles;
  GListModel *places;
  MhPlace *marks[MH_MAP_N_MARKS];
  GArray *way;
  GPtrArray *area; /* rings */
  char *version;   /* of the map whose pictures are shown */
  gboolean lacks;  /* the server was away: some pictures did not come */
  GtkWidget *overlay;
  ShumateMap *map;
  ShumateMapLayer *pictures;
  GtkWidget *layer; /* everything that is drawn on it */
  GtkLabel *attribution;
  double pressed_x, pressed_y;
  guint tell;
};

G_DEFINE_FINAL_TYPE (MhMapView, mh_map_view, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- what is drawn on it: one layer for all of it --- */

#define MH_TYPE_MAP_LAYER (mh_map_layer_get_type ())
G_DECLARE_FINAL_TYPE (MhMapLayer, mh_map_layer, MH, MAP_LAYER, ShumateLayer)

struct _MhMapLayer
{
  ShumateLayer parent_instance;
  MhMapView *map; /* borrowed: it has this layer */
};

G_DEFINE_FINAL_TYPE (MhMapLayer, mh_map_layer, SHUMATE_TYPE_LAYER)

static void
map_layer_place (MhMapLayer *layer, double lat, double lon, double *out_x, double *out_y)
{
  shumate_viewport_location_to_widget_coords (shumate_layer_get_viewport (SHUMATE_LAYER (layer)),
                                              GTK_WIDGET (layer), lat, lon, out_x, out_y);
}

/* Where they are in pixels. Caller unrefs. */
static GArray *
map_layer_pixels (MhMapLayer *layer, GArray *line)
{
  GArray *points = g_array_sized_new (FALSE, FALSE, sizeof (MhPoint), line->len);
  for (guint i = 0; i < line->len; i++)
    {
      const MhPoint *at = &g_array_index (line, MhPoint, i);
      MhPoint point;
      map_layer_place (layer, at->lat, at->lon, &point.lon, &point.lat);
      g_array_append_val (points, point);
    }
  return points;
}

static void
map_layer_draw_way (MhMapLayer *layer, cairo_t *cr, GArray *way)
{
  g_autoptr (GArray) points = map_layer_pixels (layer, way);
  mh_map_draw_way (cr, points);
}

static void
map_layer_draw_area (MhMapLayer *layer, cairo_t *cr, GPtrArray *rings)
{
  g_autoptr (GPtrArray) pixels = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < rings->len; i++)
    g_ptr_array_add (pixels, map_layer_pixels (layer, g_ptr_array_index (rings, i)));
  mh_map_draw_area (cr, pixels);
}

static void
mh_map_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MhMapLayer *layer = MH_MAP_LAYER (widget);
  MhMapView *map = layer->map;
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double x, y;
  if (map == NULL || width <= 0 || height <= 0)
    return;

  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  if (map->area != NULL)
    map_layer_draw_area (layer, cr, map->area);
  if (map->way != NULL)
    map_layer_draw_way (layer, cr, map->way);

  for (guint i = 0; map->places != NULL && i < g_list_model_get_n_items (map->places); i++)
    {
      g_autoptr (MhPlace) place = g_list_model_get_item (map->places, i);
      map_layer_place (layer, mh_place_lat (place), mh_place_lon (place), &x, &y);
      if (x > -REACH && y > -REACH && x < width + REACH && y < height + REACH)
        mh_map_draw_place (cr, mh_place_shape (place), x, y);
    }

  for (guint i = MH_MAP_N_MARKS; i-- > 0;)
    if (map->marks[i] != NULL)
      {
        map_layer_place (layer, mh_place_lat (map->marks[i]), mh_place_lon (map->marks[i]), &x, &y);
        mh_map_draw_mark (cr, i, x, y);
      }

  if (gtk_widget_has_focus (GTK_WIDGET (map)))
    {
      GdkRGBA colour;
      mh_colour_of (GTK_WIDGET (map), &colour);
      mh_map_draw_aim (cr, width, height, &colour);
    }
  cairo_destroy (cr);
}

static void
mh_map_layer_class_init (MhMapLayerClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = mh_map_layer_snapshot;
}

static void
mh_map_layer_init (MhMapLayer *layer)
{
}

/* --- where it looks --- */

static ShumateViewport *
map_viewport (MhMapView *map)
{
  return shumate_map_get_viewport (map->map);
}

static void
map_go (MhMapView *map, double lat, double lon)
{
  shumate_map_stop_go_to (map->map);
  shumate_location_set_location (SHUMATE_LOCATION (map_viewport (map)), lat, lon);
}

static void
map_zoom (MhMapView *map, double by)
{
  ShumateViewport *view = map_viewport (map);
  double zoom = floor (shumate_viewport_get_zoom_level (view) + by + 0.001);
  shumate_map_stop_go_to (map->map);
  shumate_viewport_set_zoom_level (view, CLAMP (zoom, shumate_viewport_get_min_zoom_level (view),
                                                shumate_viewport_get_max_zoom_level (view)));
}

static void
map_move (MhMapView *map, int dx, int dy)
{
  double lat, lon;
  const double x = gtk_widget_get_width (map->layer) / 2.0,
               y = gtk_widget_get_height (map->layer) / 2.0;
  shumate_viewport_widget_coords_to_location (map_viewport (map), map->layer, x + dx, y + dy, &lat,
                                              &lon);
  map_go (map, lat, lon);
}

/* How far north a parallel lies in a square world of one. */
static double
map_mercator (double lat)
{
  const double sine = sin (CLAMP (lat, -85.05, 85.05) * G_PI / 180);
  return 0.5 - log ((1 + sine) / (1 - sine)) / (4 * G_PI);
}

/* Shows all of @points. */
static void
map_fit (MhMapView *map, GArray *points)
{
  double south = 90, north = -90, west = 180, east = -180;
  if (points == NULL || points->len == 0)
    return;
  for (guint i = 0; i < points->len; i++)
    {
      const MhPoint *point = &g_array_index (points, MhPoint, i);
      south = MIN (south, point->lat);
      north = MAX (north, point->lat);
      west = MIN (west, point->lon);
      east = MAX (east, point->lon);
    }

  ShumateViewport *view = map_viewport (map);
  const double width = MAX (gtk_widget_get_width (map->layer) - 80, 160),
               height = MAX (gtk_widget_get_height (map->layer) - 120, 160);
  const double wide = MAX ((east - west) / 360, 1e-7),
               high = MAX (map_mercator (south) - map_mercator (north), 1e-7);
  const double zoom = floor (log2 (MIN (width / wide, height / high) / TILE_SIZE));
  shumate_viewport_set_zoom_level (view, CLAMP (zoom, shumate_viewport_get_min_zoom_level (view),
                                                shumate_viewport_get_max_zoom_level (view)));
  map_go (map, (south + north) / 2, (west + east) / 2);
}

static void
map_show_all_cb (MhMapView *map)
{
  MhRecord *record = map->tiles != NULL ? mh_tiles_map (map->tiles) : NULL;
  g_autoptr (GArray) bounds
      = mh_points_read (record != NULL ? mh_record_text (record, MH_MAP_BOUNDS) : NULL);
  map_fit (map, bounds);
}

static void
map_nearer_cb (MhMapView *map)
{
  map_zoom (map, 1);
}

static void
map_farther_cb (MhMapView *map)
{
  map_zoom (map, -1);
}

void
mh_map_view_middle (MhMapView *map, double *out_lat, double *out_lon)
{
  ShumateLocation *at = SHUMATE_LOCATION (map_viewport (map));
  *out_lat = shumate_location_get_latitude (at);
  *out_lon = shumate_location_get_longitude (at);
}

void
mh_map_view_show (MhMapView *map, MhPlace *place)
{
  ShumateViewport *view = map_viewport (map);
  if (shumate_viewport_get_zoom_level (view) < STREETS_ZOOM)
    shumate_viewport_set_zoom_level (
        view, MIN (STREETS_ZOOM, shumate_viewport_get_max_zoom_level (view)));
  map_go (map, mh_place_lat (place), mh_place_lon (place));
}

/* --- in words --- */

static gboolean
map_tell_cb (gpointer data)
{
  MhMapView *map = data;
  MhRecord *record = map->tiles != NULL ? mh_tiles_map (map->tiles) : NULL;
  const char *name = record != NULL ? mh_record_text (record, MH_MAP_NAME) : NULL;
  g_autoptr (GString) words = g_string_new (name);
  double lat, lon;

  map->tell = 0;
  mh_map_view_middle (map, &lat, &lon);
  g_autofree char *middle = mh_place_text (lat, lon);
  g_string_append_printf (words, _ (" · %s in the middle · zoom %d"), middle,
                          (int)shumate_viewport_get_zoom_level (map_viewport (map)));
  if (map->marks[MH_MAP_MARK_CHOSEN] != NULL)
    g_string_append_printf (words, _ (" · marked: %s"),
                            mh_place_name (map->marks[MH_MAP_MARK_CHOSEN]));
  guint n = map->places != NULL ? g_list_model_get_n_items (map->places) : 0;
  if (n > 0)
    g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, " · %u place", " · %u places", n),
                            n);
  if (map->way != NULL)
    g_string_append (words, _ (" · a route"));
  if (map->area != NULL)
    g_string_append (words, _ (" · a shaded area"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (map), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words->str, -1);
  return G_SOURCE_REMOVE;
}

static void
map_touched_cb (MhMapView *map)
{
  gtk_widget_queue_draw (map->layer);
  if (map->tell == 0)
    map->tell = g_timeout_add (TELL_MS, map_tell_cb, map);
}

/* --- what is set --- */

/* A picture that did not come is never asked for again: another source asks for all of them. */
static void
map_renew_cb (MhMapView *map)
{
  MhRecord *record = map->tiles != NULL ? mh_tiles_map (map->tiles) : NULL;
  if (record == NULL)
    return;

  const char *style = adw_style_manager_get_dark (adw_style_manager_get_default ())
                          ? MH_MAP_STYLE_NIGHT
                          : MH_MAP_STYLE_DAY;
  const char *attribution = mh_record_text (record, MH_MAP_ATTRIBUTION);
  const guint least = (guint)mh_record_int (record, MH_MAP_LEAST_ZOOM),
              most = (guint)mh_record_int (record, MH_MAP_MOST_ZOOM);
  MhMapSource *data = g_object_new (MH_TYPE_MAP_SOURCE, NULL);
  data->tiles = g_object_ref (map->tiles);
  data->style = style;

  g_autoptr (ShumateMapSource) source = SHUMATE_MAP_SOURCE (shumate_raster_renderer_new_full (
      style, style, attribution, "", least, most, TILE_SIZE, SHUMATE_MAP_PROJECTION_MERCATOR,
      SHUMATE_DATA_SOURCE (data)));
  g_object_unref (data);
  ShumateViewport *view = map_viewport (map);
  shumate_viewport_set_reference_map_source (view, source);
  shumate_viewport_set_min_zoom_level (view, least);
  shumate_viewport_set_max_zoom_level (view, most);
  shumate_map_set_map_source (map->map, source);

  ShumateMapLayer *pictures = shumate_map_layer_new (source, view);
  shumate_map_insert_layer_behind (map->map, SHUMATE_LAYER (pictures), SHUMATE_LAYER (map->layer));
  if (map->pictures != NULL)
    shumate_map_remove_layer (map->map, SHUMATE_LAYER (map->pictures));
  map->pictures = pictures;
  gtk_label_set_text (map->attribution, attribution);
}

static void
map_changed_cb (MhMapView *map)
{
  MhRecord *record = map->tiles != NULL ? mh_tiles_map (map->tiles) : NULL;
  const char *version = record != NULL ? mh_record_text (record, MH_MAP_VERSION) : NULL;
  if (version == NULL)
    return;

  gboolean away = mh_tiles_is_away (map->tiles);
  gboolean other = g_strcmp0 (version, map->version) != 0;
  if (other || (map->lacks && !away))
    map_renew_cb (map);
  map->lacks = away;
  if (other)
    {
      gboolean first = map->version == NULL;
      g_autoptr (GArray) centre = mh_points_read (mh_record_text (record, MH_MAP_CENTRE));
      g_free (map->version);
      map->version = g_strdup (version);
      if (first && centre->len == 1)
        {
          const MhPoint *middle = &g_array_index (centre, MhPoint, 0);
          shumate_viewport_set_zoom_level (map_viewport (map),
                                           MIN (14, mh_record_int (record, MH_MAP_MOST_ZOOM)));
          map_go (map, middle->lat, middle->lon);
        }
    }

  map_touched_cb (map);
}

void
mh_map_view_set_tiles (MhMapView *map, MhTiles *tiles)
{
  if (map->tiles != NULL)
    g_signal_handlers_disconnect_by_data (map->tiles, map);
  g_set_object (&map->tiles, tiles);
  if (tiles != NULL)
    g_signal_connect_object (tiles, "changed", G_CALLBACK (map_changed_cb), map, G_CONNECT_SWAPPED);
  map_changed_cb (map);
}

void
mh_map_view_set_places (MhMapView *map, GListModel *places)
{
  if (map->places != NULL)
    g_signal_handlers_disconnect_by_data (map->places, map);
  g_set_object (&map->places, places);
  if (places != NULL)
    g_signal_connect_object (places, "items-changed", G_CALLBACK (map_touched_cb), map,
                             G_CONNECT_SWAPPED);
  map_touched_cb (map);
}

void
mh_map_view_set_mark (MhMapView *map, MhMapMark mark, MhPlace *place)
{
  g_set_object (&map->marks[mark], place);
  map_touched_cb (map);
}

void
mh_map_view_set_way (MhMapView *map, GArray *way)
{
  g_clear_pointer (&map->way, g_array_unref);
  if (way != NULL && way->len > 1)
    map->way = g_array_ref (way);
  map_fit (map, map->way);
  map_touched_cb (map);
}

void
mh_map_view_set_area (MhMapView *map, GPtrArray *rings)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (MhPoint));
  g_clear_pointer (&map->area, g_ptr_array_unref);
  if (rings != NULL && rings->len > 0)
    map->area = g_ptr_array_ref (rings);
  for (guint i = 0; map->area != NULL && i < rings->len; i++)
    {
      const GArray *ring = g_ptr_array_index (rings, i);
      g_array_append_vals (all, ring->data, ring->len);
    }
  map_fit (map, map->area != NULL ? all : NULL);
  map_touched_cb (map);
}

/* --- keys and clicks --- */

static gboolean
map_key_cb (MhMapView *map, guint key, guint code, GdkModifierType state)
{
  double lat, lon;
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0
      || gtk_widget_get_focus_child (GTK_WIDGET (map)) != NULL)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Left:
      map_move (map, -STEP, 0);
      break;
    case GDK_KEY_Right:
      map_move (map, STEP, 0);
      break;
    case GDK_KEY_Up:
      map_move (map, 0, -STEP);
      break;
    case GDK_KEY_Down:
      map_move (map, 0, STEP);
      break;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      map_zoom (map, 1);
      break;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      map_zoom (map, -1);
      break;
    case GDK_KEY_Home:
      map_show_all_cb (map);
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      mh_map_view_middle (map, &lat, &lon);
      g_signal_emit (map, signals[PICKED], 0, lat, lon);
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  return GDK_EVENT_STOP;
}

static void
map_pressed_cb (MhMapView *map, int n, double x, double y)
{
  map->pressed_x = x;
  map->pressed_y = y;
  gtk_widget_grab_focus (GTK_WIDGET (map));
}

static void
map_released_cb (MhMapView *map, int n, double x, double y)
{
  g_autoptr (MhPlace) nearest = NULL;
  double best = REACH, lat, lon;
  if (n != 1 || hypot (x - map->pressed_x, y - map->pressed_y) > SHAKE)
    return;

  for (guint i = 0; map->places != NULL && i < g_list_model_get_n_items (map->places); i++)
    {
      g_autoptr (MhPlace) place = g_list_model_get_item (map->places, i);
      double px, py;
      map_layer_place (MH_MAP_LAYER (map->layer), mh_place_lat (place), mh_place_lon (place), &px,
                       &py);
      if (hypot (px - x, py - y) > best)
        continue;
      best = hypot (px - x, py - y);
      g_set_object (&nearest, place);
    }

  shumate_viewport_widget_coords_to_location (map_viewport (map), map->layer, x, y, &lat, &lon);
  if (nearest != NULL)
    g_signal_emit (map, signals[CHOSEN], 0, nearest);
  else
    g_signal_emit (map, signals[PICKED], 0, lat, lon);
}

/* --- made and taken down --- */

static void
mh_map_view_dispose (GObject *object)
{
  MhMapView *map = MH_MAP_VIEW (object);
  g_clear_handle_id (&map->tell, g_source_remove);
  if (map->layer != NULL)
    MH_MAP_LAYER (map->layer)->map = NULL;
  map->layer = NULL;
  g_clear_object (&map->tiles);
  g_clear_object (&map->places);
  for (guint i = 0; i < MH_MAP_N_MARKS; i++)
    g_clear_object (&map->marks[i]);
  g_clear_pointer (&map->way, g_array_unref);
  g_clear_pointer (&map->area, g_ptr_array_unref);
  g_clear_pointer (&map->version, g_free);
  g_clear_pointer (&map->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_map_view_parent_class)->dispose (object);
}

static void
mh_map_view_class_init (MhMapViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_map_view_dispose;
  signals[PICKED] = g_signal_new ("picked", MH_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[CHOSEN] = g_signal_new ("chosen", MH_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, MH_TYPE_PLACE);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget, "mh-map");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
map_add_button (MhMapView *map, GtkBox *box, const char *icon, const char *name, GCallback call)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "osd");
  gtk_widget_set_tooltip_text (button, name);
  mh_accessible_name (button, name);
  g_signal_connect_swapped (button, "clicked", call, map);
  gtk_box_append (box, button);
}

static void
map_add_tools (MhMapView *map)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_widget_add_css_class (box, "mh-map-tools");
  map_add_button (map, GTK_BOX (box), "zoom-in-symbolic", _ ("Zoom in (+)"),
                  G_CALLBACK (map_nearer_cb));
  map_add_button (map, GTK_BOX (box), "zoom-out-symbolic", _ ("Zoom out (-)"),
                  G_CALLBACK (map_farther_cb));
  map_add_button (map, GTK_BOX (box), "zoom-fit-best-symbolic", _ ("Whole map (Home)"),
                  G_CALLBACK (map_show_all_cb));
  gtk_overlay_add_overlay (GTK_OVERLAY (map->overlay), box);

  GtkWidget *scale = GTK_WIDGET (shumate_scale_new (map_viewport (map)));
  shumate_scale_set_unit (SHUMATE_SCALE (scale), SHUMATE_UNIT_METRIC);
  gtk_widget_set_halign (scale, GTK_ALIGN_START);
  gtk_widget_set_valign (scale, GTK_ALIGN_END);
  gtk_overlay_add_overlay (GTK_OVERLAY (map->overlay), scale);

  map->attribution = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (map->attribution, TRUE);
  gtk_widget_set_halign (GTK_WIDGET (map->attribution), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (map->attribution), GTK_ALIGN_END);
  gtk_widget_add_css_class (GTK_WIDGET (map->attribution), "mh-map-attribution");
  gtk_overlay_add_overlay (GTK_OVERLAY (map->overlay), GTK_WIDGET (map->attribution));
}

static void
map_add_hands (MhMapView *map)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (map_key_cb), map);
  gtk_widget_add_controller (GTK_WIDGET (map), keys);

  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (map_pressed_cb), map);
  g_signal_connect_swapped (click, "released", G_CALLBACK (map_released_cb), map);
  gtk_widget_add_controller (GTK_WIDGET (map->map), GTK_EVENT_CONTROLLER (click));
}

static void
mh_map_view_init (MhMapView *map)
{
  map->map = shumate_map_new ();
  shumate_map_set_animate_zoom (map->map, FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (map->map), FALSE);
  ShumateViewport *view = map_viewport (map);
  map->layer = g_object_new (MH_TYPE_MAP_LAYER, "viewport", view, NULL);
  MH_MAP_LAYER (map->layer)->map = map;
  shumate_map_add_layer (map->map, SHUMATE_LAYER (map->layer));

  map->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (map->overlay), GTK_WIDGET (map->map));
  gtk_widget_set_parent (map->overlay, GTK_WIDGET (map));
  gtk_widget_set_overflow (GTK_WIDGET (map), GTK_OVERFLOW_HIDDEN);
  map_add_tools (map);
  map_add_hands (map);

  gtk_widget_set_focusable (GTK_WIDGET (map), TRUE);
  mh_accessible_name (GTK_WIDGET (map), _ ("Map"));
  static const char *const moves[]
      = { "notify::latitude", "notify::longitude", "notify::zoom-level", "notify::rotation" };
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    g_signal_connect_object (view, moves[i], G_CALLBACK (map_touched_cb), map, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (map, "notify::has-focus", G_CALLBACK (map_touched_cb), map);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (map_renew_cb), map, G_CONNECT_SWAPPED);
}
