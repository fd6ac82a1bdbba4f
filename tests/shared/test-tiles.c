/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiles: what stands where, that neighbours fit together, what is refused and what is kept. */
#include "shared/base/mh-error.h"
#include "shared/tiles/mh-tile-draw.h"
#include "shared/tiles/mh-tile-rings.h"
#include "shared/tiles/mh-tile-style.h"
#include "tests/shared/osm-fixture.h"

#include <math.h>
#include <string.h>

/* Of 255; a text that is cut differs by more than 100. */
#define MOST_ROUNDING 24

static MhTileMap *
tiles_map (const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("MAHIMA_MAPS_DIR"), file, NULL);
  g_autoptr (MhOsm) osm = mh_osm_read_file (path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return mh_tile_map_new (osm);
}

static MhTileMap *
tiles_country (void)
{
  return tiles_map ("liechtenstein-2013.osm.pbf");
}

static guint32
tiles_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + (gsize)y * cairo_image_surface_get_stride (surface);
  guint32 pixel;
  memcpy (&pixel, row + (gsize)x * 4, 4);
  return pixel & 0xffffff;
}

/* The colour at a place, texts left out. */
static guint32
tiles_colour (MhTileMap *map, MhTileTheme theme, guint zoom, double lat, double lon)
{
  double x, y, n = (double)(1u << zoom) * MH_TILE_PIXELS;
  MhTile tile = mh_tile_at (theme, zoom, (MhGeoPoint){ lat, lon });
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (MhTileLabel));
  cairo_surface_t *surface = mh_tile_draw_window (map, none, &tile, 1);
  mh_geo_to_mercator ((MhGeoPoint){ lat, lon }, &x, &y);
  guint32 pixel
      = tiles_pixel (surface, (int)(x * n) % MH_TILE_PIXELS, (int)(y * n) % MH_TILE_PIXELS);
  cairo_surface_destroy (surface);
  return pixel;
}

#define assert_kind(map, zoom, lat, lon, kind)                                                     \
  for (guint theme_ = 0; theme_ < MH_TILE_N_THEMES; theme_++)                                      \
  g_assert_cmphex (tiles_colour (map, theme_, zoom, lat, lon), ==,                                 \
                   mh_tile_style_colours (theme_, kind).fill)

static void
test_country (void)
{
  g_autoptr (MhTileMap) map = tiles_country ();
  g_assert_cmpuint (mh_tile_map_n_features (map), >, 5000);
  assert_kind (map, 14, 47.12715, 9.51322, MH_TILE_WATER); /* the Rhine */
  assert_kind (map, 14, 47.14525, 9.52824, MH_TILE_WOOD);
  assert_kind (map, 14, 47.12061, 9.51965, MH_TILE_WORKS);
  for (guint theme = 0; theme < MH_TILE_N_THEMES; theme++)
    {
      guint32 ground = mh_tile_style_ground (theme);
      g_assert_cmphex (tiles_colour (map, theme, 14, 47.2, 9.8), ==, ground);
      g_assert_cmphex (tiles_colour (map, theme, 14, 47.14291, 9.53639), ==, ground); /* a glade */
    }
}

/* --- drawn by hand --- */

/* A square about 47.1 north, 9.5 east, @half degrees to each side; nodes @first and the next three.
 */
static void
tiles_square (OsmDraft *draft, gint64 first, double half)
{
  osm_draft_node (draft, first, 47.1 - half, 9.5 - half, NULL);
  osm_draft_node (draft, first + 1, 47.1 - half, 9.5 + half, NULL);
  osm_draft_node (draft, first + 2, 47.1 + half, 9.5 + half, NULL);
  osm_draft_node (draft, first + 3, 47.1 + half, 9.5 - half, NULL);
}

static MhTileMap *
tiles_of (OsmDraft *draft)
{
  g_autoptr (MhOsm) osm = osm_draft_read (draft);
  return mh_tile_map_new (osm);
}

/* A wood of two ways, one of them drawn backwards, with a lake's hole and the lake in it. */
static void
test_rings (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  tiles_square (draft, 1, 0.01);
  tiles_square (draft, 11, 0.002);
  osm_draft_way (draft, 100, "1 2 3", NULL);
  osm_draft_way (draft, 101, "1 4 3", NULL);
  osm_draft_way (draft, 102, "11 12 13 14 11", "natural=water");
  osm_draft_relation (draft, 200, "way 100 outer, way 101 outer, way 102 inner",
                      "type=multipolygon;landuse=forest");
  g_autoptr (MhTileMap) map = tiles_of (draft);
  assert_kind (map, 14, 47.1, 9.5, MH_TILE_WATER);
  assert_kind (map, 14, 47.105, 9.505, MH_TILE_WOOD);
  assert_kind (map, 14, 47.095, 9.493, MH_TILE_WOOD);
  g_assert_cmphex (tiles_colour (map, MH_TILE_DAY, 14, 47.12, 9.5), ==,
                   mh_tile_style_ground (MH_TILE_DAY));
}

/* Tags at the outer way, as old maps have them; the hole stays empty. */
static void
test_old_rings (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  tiles_square (draft, 1, 0.01);
  tiles_square (draft, 11, 0.002);
  osm_draft_way (draft, 100, "1 2 3 4 1", "landuse=forest");
  osm_draft_way (draft, 102, "11 12 13 14 11", NULL);
  osm_draft_relation (draft, 200, "way 100 outer, way 102 inner", "type=multipolygon");
  g_autoptr (MhTileMap) map = tiles_of (draft);
  assert_kind (map, 14, 47.105, 9.505, MH_TILE_WOOD);
  g_assert_cmphex (tiles_colour (map, MH_TILE_DAY, 14, 47.1, 9.5), ==,
                   mh_tile_style_ground (MH_TILE_DAY));
}

/* A ring that the file's edge cuts open floods nothing, and a member that is not there harms
 * nobody. */
static void
test_open_rings (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  tiles_square (draft, 1, 0.01);
  osm_draft_way (draft, 100, "1 2 3", NULL);
  osm_draft_way (draft, 101, "3 4 99 1", NULL);
  osm_draft_way (draft, 102, "1 2 3 4", "landuse=forest");
  osm_draft_relation (draft, 200, "way 100 outer, way 101 outer, way 777 outer, node 1 outer",
                      "type=multipolygon;landuse=forest");
  osm_draft_relation (draft, 201, "way 100 outer, relation 201 outer",
                      "type=multipolygon;landuse=forest");
  g_autoptr (MhTileMap) map = tiles_of (draft);
  g_assert_cmpuint (mh_tile_map_n_features (map), ==, 0);
}

/* The small stands on the large, water on both, a road on all. */
static void
test_order (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  tiles_square (draft, 1, 0.001);
  tiles_square (draft, 11, 0.01);
  tiles_square (draft, 21, 0.0003);
  osm_draft_node (draft, 31, 47.1, 9.49, NULL);
  osm_draft_node (draft, 32, 47.1, 9.51, NULL);
  osm_draft_way (draft, 99, "31 98 32", "highway=primary;name=A");
  osm_draft_way (draft, 98, "31 32", "highway=primary;name=A");
  osm_draft_way (draft, 100, "1 2 3 4 1", "leisure=park");
  osm_draft_way (draft, 101, "11 12 13 14 11", "landuse=forest");
  osm_draft_way (draft, 102, "21 22 23 24 21", "natural=water");
  osm_draft_way (draft, 103, "21 22 23 24 21", "building=no");
  g_autoptr (MhTileMap) map = tiles_of (draft);
  assert_kind (map, 17, 47.1, 9.5, MH_TILE_PRIMARY);
  assert_kind (map, 17, 47.1002, 9.5, MH_TILE_WATER);
  assert_kind (map, 17, 47.1006, 9.5, MH_TILE_GRASS);
  assert_kind (map, 17, 47.105, 9.5, MH_TILE_WOOD);
}

/* --- borders of tiles --- */

/* All 64 tiles of a square, drawn one by one, equal the square drawn whole, but for what Cairo
 * rounds at the edge of a picture: no text is cut, none is there twice. */
static void
tiles_compare_square (MhTileMap *map,
                      MhTileTheme theme,
                      guint zoom,
                      MhGeoPoint at,
                      guint least_texts)
{
  MhTile first = mh_tile_at (theme, zoom, at);
  first.x -= first.x % MH_TILE_SQUARE;
  first.y -= first.y % MH_TILE_SQUARE;
  g_autoptr (GArray) labels
      = mh_tile_labels (map, zoom, first.x / MH_TILE_SQUARE, first.y / MH_TILE_SQUARE);
  g_assert_cmpuint (labels->len, >=, least_texts);
  cairo_surface_t *whole = mh_tile_draw_window (map, labels, &first, MH_TILE_SQUARE);
  guint differing = 0;
  for (guint i = 0; i < MH_TILE_SQUARE * MH_TILE_SQUARE; i++)
    {
      MhTile tile = { theme, zoom, first.x + i % MH_TILE_SQUARE, first.y + i / MH_TILE_SQUARE };
      cairo_surface_t *one = mh_tile_draw_window (map, labels, &tile, 1);
      for (int y = 0; y < MH_TILE_PIXELS; y++)
        for (int x = 0; x < MH_TILE_PIXELS; x++)
          {
            guint32 a = tiles_pixel (one, x, y);
            guint32 b = tiles_pixel (whole, (int)(tile.x - first.x) * MH_TILE_PIXELS + x,
                                     (int)(tile.y - first.y) * MH_TILE_PIXELS + y);
            for (guint shift = 0; shift < 24; shift += 8)
              differing
                  += ABS ((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) > MOST_ROUNDING;
          }
      cairo_surface_destroy (one);
    }
  cairo_surface_destroy (whole);
  g_assert_cmpuint (differing, ==, 0);
}

static void
test_borders (void)
{
  g_autoptr (MhTileMap) country = tiles_country ();
  g_autoptr (MhTileMap) city = tiles_map ("gothenburg-roads-2016.osm.pbf");
  tiles_compare_square (country, MH_TILE_DAY, 12, (MhGeoPoint){ 47.14, 9.52 }, 10);
  tiles_compare_square (country, MH_TILE_NIGHT, 16, (MhGeoPoint){ 47.14, 9.52 }, 60);
  tiles_compare_square (city, MH_TILE_DAY, 15, (MhGeoPoint){ 57.7065, 11.967 }, 100);
}

/* No text reaches beyond its square. */
static void
test_labels_inside (void)
{
  g_autoptr (MhTileMap) map = tiles_map ("gothenburg-roads-2016.osm.pbf");
  const double side = MH_TILE_SQUARE * MH_TILE_PIXELS;
  for (guint zoom = 14; zoom <= 17; zoom++)
    {
      MhTile tile = mh_tile_at (MH_TILE_DAY, zoom, (MhGeoPoint){ 57.7065, 11.967 });
      g_autoptr (GArray) labels
          = mh_tile_labels (map, zoom, tile.x / MH_TILE_SQUARE, tile.y / MH_TILE_SQUARE);
      g_assert_cmpuint (labels->len, >, 3);
      for (guint i = 0; i < labels->len; i++)
        {
          const MhTileLabel *label = &g_array_index (labels, MhTileLabel, i);
          double across = (fabs (cos (label->angle)) * label->width
                           + fabs (sin (label->angle)) * label->height)
                          / 2;
          double along = (fabs (sin (label->angle)) * label->width
                          + fabs (cos (label->angle)) * label->height)
                         / 2;
          g_assert_cmpfloat (label->x - across, >=, 0);
          g_assert_cmpfloat (label->y - along, >=, 0);
          g_assert_cmpfloat (label->x + across, <=, side);
          g_assert_cmpfloat (label->y + along, <=, side);
          g_assert_cmpfloat (fabs (label->angle), <=, G_PI_2 + 1e-9);
        }
    }
}

static gboolean
tiles_has_label (MhTileMap *map, guint zoom, MhGeoPoint at, MhTileKind kind, const char *text)
{
  MhTile tile = mh_tile_at (MH_TILE_DAY, zoom, at);
  g_autoptr (GArray) labels
      = mh_tile_labels (map, zoom, tile.x / MH_TILE_SQUARE, tile.y / MH_TILE_SQUARE);
  for (guint i = 0; i < labels->len; i++)
    {
      const MhTileLabel *label = &g_array_index (labels, MhTileLabel, i);
      if (label->kind == kind && strcmp (mh_tile_map_text (map, label->text), text) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_names (void)
{
  const MhGeoPoint vaduz = { 47.1410, 9.5209 };
  g_autoptr (MhTileMap) map = tiles_country ();
  g_assert_true (tiles_has_label (map, 13, vaduz, MH_TILE_TOWN, "Vaduz"));
  g_assert_true (tiles_has_label (map, 12, vaduz, MH_TILE_TOWN, "Vaduz"));
  g_assert_true (tiles_has_label (map, 12, vaduz, MH_TILE_HOSPITAL, "")); /* the sign */
  g_assert_true (
      tiles_has_label (map, 14, vaduz, MH_TILE_HOSPITAL, "Liechtensteinisches Landesspital"));
  g_assert_true (tiles_has_label (map, 16, vaduz, MH_TILE_STREET, "Lettstrasse"));
  g_assert_false (tiles_has_label (map, 14, vaduz, MH_TILE_STREET, "Lettstrasse"));
}

/* Scripts of India and names of any length are drawn, too. */
static void
test_scripts (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  g_autofree char *endless = g_strnfill (4000, 'M');
  g_autofree char *tags = g_strconcat ("place=village;name=", endless, NULL);
  osm_draft_node (draft, 1, 28.6, 77.2, "place=city;name=नई दिल्ली");
  osm_draft_node (draft, 2, 28.61, 77.21,
                  "place=village;name=\xe2\x80\xae"
                  "dlo\x01 نام");
  osm_draft_node (draft, 3, 28.59, 77.19, tags);
  g_autoptr (MhTileMap) map = tiles_of (draft);
  g_assert_true (tiles_has_label (map, 14, (MhGeoPoint){ 28.6, 77.2 }, MH_TILE_CITY, "नई दिल्ली"));
  for (guint zoom = MH_TILE_LEAST_ZOOM; zoom <= MH_TILE_MOST_ZOOM; zoom++)
    {
      MhTile tile = mh_tile_at (MH_TILE_NIGHT, zoom, (MhGeoPoint){ 28.6, 77.2 });
      g_autoptr (GBytes) png = mh_tile_draw (map, &tile, NULL);
      g_assert_cmpuint (g_bytes_get_size (png), >, 100);
    }
}

/* --- refused --- */

static void
test_range (void)
{
  static const struct
  {
    const char *z, *x, *y, *field; /* NULL: fine */
  } rows[] = {
    { "8", "0", "0", NULL },         { "8", "255", "255", NULL },
    { "8", "256", "0", "x" },        { "8", "0", "256", "y" },
    { "7", "0", "0", "z" },          { "18", "262143", "262143", NULL },
    { "18", "262144", "0", "x" },    { "19", "0", "0", "z" },
    { "4294967304", "0", "0", "z" }, { "8", "4294967296", "0", "x" },
    { "", "0", "0", "z" },           { "8", "-1", "0", "x" },
    { "8", "+1", "0", "x" },         { "8", " 1", "0", "x" },
    { "8", "1.5", "0", "x" },        { "8", "0", "1e2", "y" },
    { "8", "0", "0x10", "y" },       { "99999999999999999999999", "0", "0", "z" },
    { "8", "٣", "0", "x" },          { NULL, "0", "0", "z" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhTile tile;
      g_autoptr (GError) error = NULL;
      gboolean is_fine = mh_tile_parse (rows[i].z, rows[i].x, rows[i].y, &tile, &error);
      g_assert_cmpint (is_fine, ==, rows[i].field == NULL);
      if (is_fine)
        continue;
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), rows[i].field));
    }

  MhTileTheme theme = MH_TILE_DAY;
  g_assert_true (mh_tile_theme_parse ("night", &theme));
  g_assert_cmpint (theme, ==, MH_TILE_NIGHT);
  g_assert_false (mh_tile_theme_parse ("dusk", &theme));
  g_assert_false (mh_tile_theme_parse (NULL, &theme));
}

/* The corners of the world, and a map of nothing. */
static void
test_empty (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  g_autoptr (MhTileMap) map = tiles_of (draft);
  for (guint zoom = MH_TILE_LEAST_ZOOM; zoom <= MH_TILE_MOST_ZOOM; zoom++)
    for (guint corner = 0; corner < 4; corner++)
      {
        guint most = (1u << zoom) - 1;
        MhTile tile = { MH_TILE_DAY, zoom, corner % 2 * most, corner / 2 * most };
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) png = mh_tile_draw (map, &tile, &error);
        g_assert_no_error (error);
        g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);
      }
  MhTile beyond = { MH_TILE_DAY, 8, 256, 0 };
  g_autoptr (GError) error = NULL;
  g_assert_null (mh_tile_draw (map, &beyond, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
}

/* --- kept --- */

/* Tile @i of 8 × 8 about Vaduz. */
static MhTile
tiles_nth (MhTileTheme theme, guint i)
{
  MhTile middle = mh_tile_at (theme, 15, (MhGeoPoint){ 47.141, 9.521 });
  return (MhTile){ theme, 15, middle.x - 4 + i % 8, middle.y - 4 + i / 8 };
}

static void
test_shelf (void)
{
  g_autoptr (MhTileMap) map = tiles_country ();
  g_autoptr (MhTileShelf) shelf = mh_tile_shelf_new (map, 200 * 1024);
  MhTile tile = mh_tile_at (MH_TILE_DAY, 12, (MhGeoPoint){ 47.14, 9.52 });
  g_autofree char *tag = NULL, *again = NULL, *night = NULL;
  g_autoptr (GBytes) first = mh_tile_shelf_get (shelf, &tile, &tag, NULL);
  g_autoptr (GBytes) second = mh_tile_shelf_get (shelf, &tile, &again, NULL);
  g_assert_true (first == second);
  g_assert_cmpstr (tag, ==, again);
  g_autoptr (GBytes) drawn = mh_tile_draw (map, &tile, NULL);
  g_assert_true (g_bytes_equal (first, drawn));

  tile.theme = MH_TILE_NIGHT;
  g_autoptr (GBytes) dark = mh_tile_shelf_get (shelf, &tile, &night, NULL);
  g_assert_cmpstr (tag, !=, night);
  g_assert_false (g_bytes_equal (first, dark));
  g_autofree char *told = mh_tile_shelf_etag (shelf, MH_TILE_NIGHT);
  g_assert_cmpstr (told, ==, night);
  g_assert_true (night[0] == '"' && g_str_has_suffix (night, "-night\""));

  gsize bytes;
  guint tiles;
  guint64 hits, misses;
  mh_tile_shelf_figures (shelf, &bytes, &tiles, &hits, &misses);
  g_assert_cmpuint (hits, ==, 1);
  g_assert_cmpuint (misses, ==, 2);
  for (guint i = 0; i < 40; i++)
    {
      MhTile other = tiles_nth (MH_TILE_DAY, i);
      g_autoptr (GBytes) png = mh_tile_shelf_get (shelf, &other, NULL, NULL);
      mh_tile_shelf_figures (shelf, &bytes, &tiles, &hits, &misses);
      g_assert_cmpuint (bytes, <=, 200 * 1024);
      g_assert_cmpuint (tiles, >, 0);
    }
  g_assert_cmpuint (tiles, <, 40);
}

/* Less than one tile is kept: none is, each is still drawn. */
static void
test_shelf_tiny (void)
{
  g_autoptr (MhTileMap) map = tiles_country ();
  g_autoptr (MhTileShelf) shelf = mh_tile_shelf_new (map, 10);
  MhTile tile = mh_tile_at (MH_TILE_DAY, 12, (MhGeoPoint){ 47.14, 9.52 });
  gsize bytes;
  guint tiles;
  guint64 hits, misses;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) png = mh_tile_shelf_get (shelf, &tile, NULL, NULL);
      g_assert_nonnull (png);
    }
  mh_tile_shelf_figures (shelf, &bytes, &tiles, &hits, &misses);
  g_assert_cmpuint (bytes, ==, 0);
  g_assert_cmpuint (tiles, ==, 0);
  g_assert_cmpuint (misses, ==, 2);
}

/* Other data: another tag, nothing old is served; the same data again: what is kept stays. */
static void
test_shelf_map (void)
{
  g_autoptr (MhTileMap) map = tiles_country ();
  g_autoptr (MhTileMap) same = tiles_country ();
  g_autoptr (MhTileMap) city = tiles_map ("gothenburg-roads-2016.osm.pbf");
  g_autoptr (MhTileShelf) shelf = mh_tile_shelf_new (map, 1024 * 1024);
  MhTile tile = mh_tile_at (MH_TILE_DAY, 12, (MhGeoPoint){ 47.14, 9.52 });
  g_autofree char *tag = NULL, *other = NULL;
  g_autoptr (GBytes) old = mh_tile_shelf_get (shelf, &tile, &tag, NULL);
  g_assert_cmpstr (mh_tile_map_version (map), ==, mh_tile_map_version (same));
  mh_tile_shelf_set_map (shelf, same);
  g_autoptr (GBytes) kept = mh_tile_shelf_get (shelf, &tile, NULL, NULL);
  g_assert_true (old == kept);

  mh_tile_shelf_set_map (shelf, city);
  g_autoptr (GBytes) fresh = mh_tile_shelf_get (shelf, &tile, &other, NULL);
  g_assert_false (g_bytes_equal (old, fresh));
  g_assert_cmpstr (tag, !=, other);
}

static gpointer
tiles_draw_many (gpointer data)
{
  for (guint i = 0; i < 32; i++)
    {
      MhTile tile = tiles_nth (i % 2, i);
      g_autoptr (GBytes) png = mh_tile_shelf_get (data, &tile, NULL, NULL);
      g_assert_nonnull (png);
    }
  return NULL;
}

/* Four threads ask for the same tiles: what each gets equals what one alone draws. */
static void
test_threads (void)
{
  g_autoptr (MhTileMap) map = tiles_country ();
  g_autoptr (MhTileShelf) shelf = mh_tile_shelf_new (map, 60 * 1024);
  GThread *threads[4];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("tiles", tiles_draw_many, shelf);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  MhTile tile = tiles_nth (MH_TILE_NIGHT, 31);
  g_autoptr (GBytes) kept = mh_tile_shelf_get (shelf, &tile, NULL, NULL);
  g_autoptr (GBytes) drawn = mh_tile_draw (map, &tile, NULL);
  g_assert_true (g_bytes_equal (kept, drawn));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tiles/country", test_country);
  g_test_add_func ("/tiles/rings", test_rings);
  g_test_add_func ("/tiles/old-rings", test_old_rings);
  g_test_add_func ("/tiles/open-rings", test_open_rings);
  g_test_add_func ("/tiles/order", test_order);
  g_test_add_func ("/tiles/borders", test_borders);
  g_test_add_func ("/tiles/labels-inside", test_labels_inside);
  g_test_add_func ("/tiles/names", test_names);
  g_test_add_func ("/tiles/scripts", test_scripts);
  g_test_add_func ("/tiles/range", test_range);
  g_test_add_func ("/tiles/empty", test_empty);
  g_test_add_func ("/tiles/shelf", test_shelf);
  g_test_add_func ("/tiles/shelf-tiny", test_shelf_tiny);
  g_test_add_func ("/tiles/shelf-map", test_shelf_map);
  g_test_add_func ("/tiles/threads", test_threads);
  return g_test_run ();
}
