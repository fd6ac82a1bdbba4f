/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/tiles/mh-tile-draw.h"

#include "shared/tiles/mh-tile-style.h"
#include "shared/tiles/mh-tile-type.h"

#include <math.h>
#include <string.h>

/* What lies so far outside may still reach in with its width. */
#define MARGIN 32
/* Nearer than this to the last one, a corner is left out. */
#define FINEST 0.6

typedef struct
{
  cairo_t *cr;
  const MhTileMap *map;
  MhTileTheme theme;
  guint zoom;
  double scale, ox, oy; /* pixels of a unit; where the window begins */
  double side;
} Sheet;

static void
tile_draw_colour (const Sheet *sheet, guint32 colour)
{
  cairo_set_source_rgb (sheet->cr, (colour >> 16) / 255.0, (colour >> 8 & 0xff) / 255.0,
                        (colour & 0xff) / 255.0);
}

/* --- paths --- */

/* Are both on the same side beyond the window? */
static gboolean
tile_draw_is_beyond (const Sheet *sheet, double ax, double ay, double bx, double by)
{
  double far = sheet->side + MARGIN;
  return (ax < -MARGIN && bx < -MARGIN) || (ay < -MARGIN && by < -MARGIN) || (ax > far && bx > far)
         || (ay > far && by > far);
}

/* @is_whole: rings, and lines of dashes, whose beginning must not hang on the window. */
static void
tile_draw_part (const Sheet *sheet, guint32 part, gboolean is_ring, gboolean is_whole)
{
  guint n;
  const MhTileSpot *spots = mh_tile_map_part (sheet->map, part, &n);
  double last_x = 0, last_y = 0;
  gboolean is_open = FALSE;
  for (guint i = 0; i < n; i++)
    {
      double x = spots[i].x * sheet->scale - sheet->ox, y = spots[i].y * sheet->scale - sheet->oy;
      if (i > 0 && i + 1 < n && fabs (x - last_x) < FINEST && fabs (y - last_y) < FINEST)
        continue;
      if (i > 0 && !is_whole && tile_draw_is_beyond (sheet, last_x, last_y, x, y))
        is_open = FALSE;
      else if (i > 0)
        {
          if (!is_open)
            cairo_move_to (sheet->cr, last_x, last_y);
          cairo_line_to (sheet->cr, x, y);
          is_open = TRUE;
        }
      last_x = x;
      last_y = y;
    }
  if (is_ring && is_open)
    cairo_close_path (sheet->cr);
}

static void
tile_draw_path (const Sheet *sheet, const MhTileFeature *feature, gboolean is_whole)
{
  gboolean is_ring = MH_TILE_IS_AREA (feature->kind);
  cairo_new_path (sheet->cr);
  for (guint32 i = 0; i < feature->n_parts; i++)
    tile_draw_part (sheet, feature->first_part + i, is_ring, is_ring || is_whole);
}

/* --- features --- */

static void
tile_draw_area (const Sheet *sheet, const MhTileFeature *feature)
{
  MhTileColours colours = mh_tile_style_colours (sheet->theme, feature->kind);
  tile_draw_path (sheet, feature, TRUE);
  tile_draw_colour (sheet, colours.fill);
  cairo_fill_preserve (sheet->cr);
  if (colours.edge != colours.fill && (feature->kind != MH_TILE_BUILDING || sheet->zoom >= 16))
    {
      tile_draw_colour (sheet, colours.edge);
      cairo_set_line_width (sheet->cr, 0.7);
      cairo_stroke (sheet->cr);
    }
}

static void
tile_draw_line (const Sheet *sheet, const MhTileFeature *feature, double width, guint32 colour)
{
  static const double dashes[] = { 5, 3 };
  gboolean is_dashed = feature->kind == MH_TILE_PATH || feature->kind == MH_TILE_TRACK;
  tile_draw_path (sheet, feature, is_dashed);
  cairo_set_dash (sheet->cr, dashes, is_dashed ? 2 : 0, 0);
  tile_draw_colour (sheet, colour);
  cairo_set_line_width (sheet->cr, width);
  cairo_stroke (sheet->cr);
  cairo_set_dash (sheet->cr, NULL, 0, 0);
}

static void
tile_draw_edge (const Sheet *sheet, const MhTileFeature *feature)
{
  double edge = mh_tile_style_edge (feature->kind, sheet->zoom);
  double width = mh_tile_style_width (feature->kind, sheet->zoom);
  if (edge <= 0 || width <= 0)
    return;
  /* the edge of a bridge must not close it off where the road goes on */
  cairo_set_line_cap (sheet->cr, feature->layer != 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  tile_draw_line (sheet, feature, width + 2 * edge,
                  mh_tile_style_colours (sheet->theme, feature->kind).edge);
  cairo_set_line_cap (sheet->cr, CAIRO_LINE_CAP_ROUND);
}

static void
tile_draw_road (const Sheet *sheet, const MhTileFeature *feature)
{
  double width = mh_tile_style_width (feature->kind, sheet->zoom);
  if (width > 0)
    tile_draw_line (sheet, feature, width,
                    mh_tile_style_colours (sheet->theme, feature->kind).fill);
}

static gboolean
tile_draw_is_line (MhTileKind kind)
{
  return !MH_TILE_IS_AREA (kind) && !MH_TILE_IS_POINT (kind);
}

/* One storey: all edges first, so that crossings stay open. */
static void
tile_draw_storey (const Sheet *sheet, const GArray *found, int layer)
{
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < found->len; i++)
      {
        const MhTileFeature *feature
            = mh_tile_map_feature (sheet->map, g_array_index (found, guint32, i));
        if (!tile_draw_is_line (feature->kind) || feature->layer != layer)
          continue;
        if (pass == 0)
          tile_draw_edge (sheet, feature);
        else
          tile_draw_road (sheet, feature);
      }
}

/* Areas, and the water that runs in lines; then rails and roads storey by storey. */
static void
tile_draw_features (const Sheet *sheet, const GArray *found)
{
  int lowest = 0, highest = 0;
  for (guint i = 0; i < found->len; i++)
    {
      const MhTileFeature *feature
          = mh_tile_map_feature (sheet->map, g_array_index (found, guint32, i));
      if (MH_TILE_IS_AREA (feature->kind))
        tile_draw_area (sheet, feature);
      if (tile_draw_is_line (feature->kind))
        {
          lowest = MIN (lowest, feature->layer);
          highest = MAX (highest, feature->layer);
        }
    }
  for (int layer = lowest; layer <= highest; layer++)
    tile_draw_storey (sheet, found, layer);
}

/* --- texts --- */

/* A white letter H on red: a hospital. */
static void
tile_draw_sign (const Sheet *sheet, const MhTileLabel *label, double side)
{
  double top = -label->height / 2, bar = side / 7;
  tile_draw_colour (sheet, mh_tile_style_text_colours (MH_TILE_DAY, label->kind).fill);
  cairo_rectangle (sheet->cr, -side / 2, top, side, side);
  cairo_fill (sheet->cr);
  tile_draw_colour (sheet, 0xffffff);
  cairo_rectangle (sheet->cr, -side / 4 - bar / 2, top + side / 5, bar, side * 3 / 5);
  cairo_rectangle (sheet->cr, side / 4 - bar / 2, top + side / 5, bar, side * 3 / 5);
  cairo_rectangle (sheet->cr, -side / 4, top + side / 2 - bar / 2, side / 2, bar);
  cairo_fill (sheet->cr);
}

static void
tile_draw_text (const Sheet *sheet, const MhTileLabel *label, double below)
{
  gboolean is_bold = mh_tile_style_is_bold (label->kind);
  const char *text = mh_tile_map_text (sheet->map, label->text);
  MhTileColours colours = mh_tile_style_text_colours (sheet->theme, label->kind);
  MhTileExtent extent = mh_tile_type_extent (text, label->size, is_bold);
  PangoLayout *layout = mh_tile_type_layout (text, label->size, is_bold);
  cairo_move_to (sheet->cr, -extent.width / 2, -label->height / 2 + below);
  pango_cairo_update_layout (sheet->cr, layout);
  pango_cairo_layout_path (sheet->cr, layout);
  tile_draw_colour (sheet, colours.edge);
  cairo_set_line_width (sheet->cr, 2.6);
  cairo_stroke_preserve (sheet->cr);
  tile_draw_colour (sheet, colours.fill);
  cairo_fill (sheet->cr);
}

static void
tile_draw_label (const Sheet *sheet, const MhTileLabel *label, double x, double y)
{
  double reach = hypot (label->width, label->height) / 2 + 4;
  if (x + reach < 0 || y + reach < 0 || x - reach > sheet->side || y - reach > sheet->side)
    return;

  double sign = mh_tile_label_sign (label);
  cairo_save (sheet->cr);
  cairo_translate (sheet->cr, x, y);
  cairo_rotate (sheet->cr, label->angle);
  if (sign > 0)
    tile_draw_sign (sheet, label, sign);
  if (label->text != 0)
    tile_draw_text (sheet, label, sign);
  cairo_restore (sheet->cr);
}

static void
tile_draw_labels (const Sheet *sheet, const GArray *labels, const MhTile *tile)
{
  double dx = tile->x % MH_TILE_SQUARE * MH_TILE_PIXELS;
  double dy = tile->y % MH_TILE_SQUARE * MH_TILE_PIXELS;
  for (guint i = labels->len; i > 0; i--)
    {
      const MhTileLabel *label = &g_array_index (labels, MhTileLabel, i - 1);
      tile_draw_label (sheet, label, label->x - dx, label->y - dy);
    }
}

/* --- the picture --- */

static guint32
tile_draw_bound (double pixels, double scale)
{
  return (guint32)CLAMP (pixels / scale, 0, 4294967295.0);
}

cairo_surface_t *
mh_tile_draw_window (const MhTileMap *map, const GArray *labels, const MhTile *tile, guint n_tiles)
{
  int side = (int)n_tiles * MH_TILE_PIXELS;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, side, side);
  Sheet sheet = { .cr = cairo_create (surface),
                  .map = map,
                  .theme = tile->theme,
                  .zoom = tile->zoom,
                  .scale = ldexp (1, 8 + (int)tile->zoom - 32),
                  .ox = (double)tile->x * MH_TILE_PIXELS,
                  .oy = (double)tile->y * MH_TILE_PIXELS,
                  .side = side };
  tile_draw_colour (&sheet, mh_tile_style_ground (tile->theme));
  cairo_paint (sheet.cr);
  cairo_set_fill_rule (sheet.cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_line_cap (sheet.cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (sheet.cr, CAIRO_LINE_JOIN_ROUND);

  MhTileSpot min = { tile_draw_bound (sheet.ox - MARGIN, sheet.scale),
                     tile_draw_bound (sheet.oy - MARGIN, sheet.scale) };
  MhTileSpot max = { tile_draw_bound (sheet.ox + side + MARGIN, sheet.scale),
                     tile_draw_bound (sheet.oy + side + MARGIN, sheet.scale) };
  g_autoptr (GArray) found = mh_tile_map_find (map, tile->zoom, min, max);
  tile_draw_features (&sheet, found);
  cairo_set_fill_rule (sheet.cr, CAIRO_FILL_RULE_WINDING);
  tile_draw_labels (&sheet, labels, tile);
  cairo_destroy (sheet.cr);
  cairo_surface_flush (surface);
  return surface;
}

static cairo_status_t
tile_draw_write (void *data, const unsigned char *bytes, unsigned int n)
{
  g_byte_array_append (data, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
mh_tile_draw_labelled (const MhTileMap *map, const GArray *labels, const MhTile *tile)
{
  cairo_surface_t *surface = mh_tile_draw_window (map, labels, tile, 1);
  GByteArray *png = g_byte_array_sized_new (16 * 1024);
  cairo_surface_write_to_png_stream (surface, tile_draw_write, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}
