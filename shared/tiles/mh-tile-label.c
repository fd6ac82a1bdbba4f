/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/tiles/mh-tile-label.h"

#include "shared/tiles/mh-tile-style.h"
#include "shared/tiles/mh-tile-type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SQUARE_PIXELS (MH_TILE_SQUARE * MH_TILE_PIXELS)
/* What is taken is marked in cells of so many pixels. */
#define CELL 4
#define CELLS (SQUARE_PIXELS / CELL)
/* Around a text, so that two do not read as one. */
#define AIR 3
/* The same street is written again after so many pixels. */
#define AGAIN 350
/* No text is narrower than this part of its letters' size, one letter: no need to measure. */
#define NARROWEST 0.3
/* How far a street may bend from under its name, in parts of the letters' size. */
#define MOST_BEND 0.45
#define MOST_LINE 512
/* A hospital has its name beside its sign from this zoom. */
#define SIGN_NAME_ZOOM 14
/* A sign alone is small and comes before all names. */
#define SIGN_WEIGHT 100

typedef struct
{
  const MhTileMap *map;
  guint zoom;
  double scale;   /* pixels of one unit of the square of the world */
  double ox, oy;  /* where this square begins, pixels */
  GArray *labels; /* MhTileLabel */
  guint8 *taken;  /* one bit a cell */
} Placer;

typedef struct
{
  double x, y;
} Pixel;

/* A feature that wants a text. */
typedef struct
{
  guint32 feature;
  guint weight;
  double length;
} Wish;

double
mh_tile_label_sign (const MhTileLabel *label)
{
  return label->kind == MH_TILE_HOSPITAL ? label->size + 4 : 0;
}

/* --- room --- */

/* The cells of a square about @x, @y; FALSE: it reaches beyond the square of tiles. */
static gboolean
tile_label_cells (double x, double y, double half, int cells[4])
{
  if (x - half < 0 || y - half < 0 || x + half >= SQUARE_PIXELS || y + half >= SQUARE_PIXELS)
    return FALSE;
  cells[0] = (int)((x - half) / CELL);
  cells[1] = (int)((y - half) / CELL);
  cells[2] = (int)((x + half) / CELL);
  cells[3] = (int)((y + half) / CELL);
  return TRUE;
}

static gboolean
tile_label_is_free (const Placer *placer, const int cells[4])
{
  for (int y = cells[1]; y <= cells[3]; y++)
    for (int x = cells[0]; x <= cells[2]; x++)
      if (placer->taken[(y * CELLS + x) / 8] & (1 << (x % 8)))
        return FALSE;
  return TRUE;
}

static void
tile_label_take (Placer *placer, const int cells[4])
{
  for (int y = cells[1]; y <= cells[3]; y++)
    for (int x = cells[0]; x <= cells[2]; x++)
      placer->taken[(y * CELLS + x) / 8] |= (guint8)(1 << (x % 8));
}

/* A text is a row of squares along its line. @is_taking: marks them, else asks. */
static gboolean
tile_label_walk (Placer *placer, const MhTileLabel *label, gboolean is_taking)
{
  double half = label->height / 2 + AIR, reach = label->width / 2 + AIR;
  double dx = cos (label->angle), dy = sin (label->angle);
  int n = MAX (1, (int)ceil (2 * reach / (2 * half)));
  double step = n > 1 ? (2 * reach - 2 * half) / (n - 1) : 0;
  for (int i = 0; i < n; i++)
    {
      int cells[4];
      double along = n > 1 ? -reach + half + i * step : 0;
      if (!tile_label_cells (label->x + along * dx, label->y + along * dy, half, cells))
        return FALSE;
      if (is_taking)
        tile_label_take (placer, cells);
      else if (!tile_label_is_free (placer, cells))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tile_label_put (Placer *placer, const MhTileLabel *label)
{
  if (!tile_label_walk (placer, label, FALSE))
    return FALSE;
  tile_label_walk (placer, label, TRUE);
  g_array_append_val (placer->labels, *label);
  return TRUE;
}

/* --- texts at a place --- */

static Pixel
tile_label_pixel (const Placer *placer, MhTileSpot spot)
{
  return (Pixel){ spot.x * placer->scale - placer->ox, spot.y * placer->scale - placer->oy };
}

/* The middle moves inwards from the edge of the square. */
static gboolean
tile_label_put_at (Placer *placer, MhTileLabel *label, double x, double y)
{
  double reach = label->width / 2 + AIR + 1, half = label->height / 2 + AIR + 1;
  if (2 * MAX (reach, half) >= SQUARE_PIXELS)
    return FALSE;
  label->x = CLAMP (x, reach, SQUARE_PIXELS - reach);
  label->y = CLAMP (y, half, SQUARE_PIXELS - half);
  return tile_label_put (placer, label);
}

/* A place is wide: its name may stand above or below. What stands at a door may not. */
static gboolean
tile_label_put_about (Placer *placer, MhTileLabel *label, Pixel at)
{
  if (tile_label_put_at (placer, label, at.x, at.y))
    return TRUE;
  return label->kind >= MH_TILE_HAMLET
         && (tile_label_put_at (placer, label, at.x, at.y - label->height)
             || tile_label_put_at (placer, label, at.x, at.y + label->height));
}

/* A place in another square is that one's. A hospital's sign stands even where its name does not
 * fit, and alone where names would only crowd the map. */
static void
tile_label_place (Placer *placer, const MhTileFeature *feature)
{
  guint n;
  Pixel at = tile_label_pixel (placer, *mh_tile_map_part (placer->map, feature->first_part, &n));
  if (at.x < 0 || at.y < 0 || at.x >= SQUARE_PIXELS || at.y >= SQUARE_PIXELS)
    return;

  double size = mh_tile_style_text (feature->kind, placer->zoom);
  MhTileLabel label = { .text = feature->name, .kind = feature->kind, .size = (float)size };
  double sign = mh_tile_label_sign (&label);
  if (feature->name != 0 && (sign == 0 || placer->zoom >= SIGN_NAME_ZOOM))
    {
      MhTileExtent extent = mh_tile_type_extent (mh_tile_map_text (placer->map, feature->name),
                                                 size, mh_tile_style_is_bold (feature->kind));
      label.width = (float)MAX (extent.width, sign);
      label.height = (float)(extent.height + sign);
      if (tile_label_put_about (placer, &label, at))
        return;
    }
  label.text = 0;
  label.width = label.height = (float)sign;
  if (sign > 0)
    tile_label_put_about (placer, &label, at);
}

/* --- texts along a line --- */

static gboolean
tile_label_is_repeated (const Placer *placer, const MhTileLabel *label)
{
  for (guint i = 0; i < placer->labels->len; i++)
    {
      const MhTileLabel *other = &g_array_index (placer->labels, MhTileLabel, i);
      if (other->text == label->text && hypot (other->x - label->x, other->y - label->y) < AGAIN)
        return TRUE;
    }
  return FALSE;
}

/* How far the line from @first to @last bends from the straight one. */
static double
tile_label_bend (const Pixel *line, guint first, guint last)
{
  double dx = line[last].x - line[first].x, dy = line[last].y - line[first].y;
  double length = hypot (dx, dy), most = 0;
  for (guint i = first + 1; i < last && length > 0; i++)
    most = MAX (most, fabs (dx * (line[i].y - line[first].y) - dy * (line[i].x - line[first].x))
                          / length);
  return most;
}

/* Never upside down. */
static double
tile_label_angle (Pixel from, Pixel to)
{
  double angle = atan2 (to.y - from.y, to.x - from.x);
  return angle > G_PI_2 ? angle - G_PI : angle <= -G_PI_2 ? angle + G_PI : angle;
}

/* Parts of the line long and straight enough, those in the middle of it first. */
static gboolean
tile_label_along (Placer *placer, MhTileLabel *label, const Pixel *line, guint n)
{
  for (guint k = 0; k + 1 < n; k++)
    {
      guint first = (n - 1) / 2 + (k % 2 == 0 ? k / 2 : -(k / 2 + 1));
      if (first + 1 >= n)
        continue;
      guint last = first + 1;
      while (last + 1 < n
             && hypot (line[last].x - line[first].x, line[last].y - line[first].y)
                    < label->width + 2)
        last++;
      if (hypot (line[last].x - line[first].x, line[last].y - line[first].y) < label->width + 2
          || tile_label_bend (line, first, last) > label->size * MOST_BEND)
        continue;

      label->x = (line[first].x + line[last].x) / 2;
      label->y = (line[first].y + line[last].y) / 2;
      label->angle = tile_label_angle (line[first], line[last]);
      if (!tile_label_is_repeated (placer, label) && tile_label_put (placer, label))
        return TRUE;
    }
  return FALSE;
}

static guint
tile_label_line (const Placer *placer, const MhTileFeature *feature, guint32 part, Pixel *line)
{
  guint n_spots, n = 0;
  const MhTileSpot *spots = mh_tile_map_part (placer->map, feature->first_part + part, &n_spots);
  for (guint i = 0; i < n_spots && n < MOST_LINE; i++)
    {
      Pixel pixel = tile_label_pixel (placer, spots[i]);
      gboolean is_last = i + 1 == n_spots;
      if (n == 0 || is_last || hypot (pixel.x - line[n - 1].x, pixel.y - line[n - 1].y) >= 2)
        line[n++] = pixel;
    }
  return n;
}

static void
tile_label_street (Placer *placer, const MhTileFeature *feature, double length)
{
  double size = mh_tile_style_text (feature->kind, placer->zoom);
  const char *text = mh_tile_map_text (placer->map, feature->name);
  if (length < strlen (text) / 3 * size * NARROWEST)
    return;

  MhTileExtent extent = mh_tile_type_extent (text, size, FALSE);
  MhTileLabel label = { .text = feature->name,
                        .kind = feature->kind,
                        .size = (float)size,
                        .width = (float)extent.width,
                        .height = (float)extent.height };
  g_autofree Pixel *line = g_new (Pixel, MOST_LINE);
  for (guint32 part = 0; part < feature->n_parts; part++)
    {
      guint n = tile_label_line (placer, feature, part, line);
      if (n > 1)
        tile_label_along (placer, &label, line, n);
    }
}

/* --- all of a square --- */

static int
tile_label_compare (const void *a, const void *b)
{
  const Wish *one = a, *other = b;
  if (one->weight != other->weight)
    return one->weight > other->weight ? -1 : 1;
  if (one->length != other->length)
    return one->length > other->length ? -1 : 1;
  return one->feature < other->feature ? -1 : one->feature > other->feature;
}

static GArray *
tile_label_wishes (const Placer *placer, const GArray *found)
{
  GArray *wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  for (guint i = 0; i < found->len; i++)
    {
      guint32 index = g_array_index (found, guint32, i);
      const MhTileFeature *feature = mh_tile_map_feature (placer->map, index);
      if ((feature->name == 0 && feature->kind != MH_TILE_HOSPITAL)
          || mh_tile_style_text (feature->kind, placer->zoom) <= 0)
        continue;
      Wish wish = { index, mh_tile_style_weight (feature->kind), 0 };
      if (feature->kind == MH_TILE_HOSPITAL && placer->zoom < SIGN_NAME_ZOOM)
        wish.weight = SIGN_WEIGHT;
      wish.length
          = hypot ((double)feature->max.x - feature->min.x, (double)feature->max.y - feature->min.y)
            * placer->scale;
      g_array_append_val (wishes, wish);
    }
  g_array_sort (wishes, tile_label_compare);
  return wishes;
}

/* The last unit of a square that begins at @start. */
static guint32
tile_label_last (guint64 start, guint64 side)
{
  return (guint32)MIN (start + side - 1, G_MAXUINT32);
}

GArray *
mh_tile_labels (const MhTileMap *map, guint zoom, guint x, guint y)
{
  g_autofree guint8 *taken = g_malloc0 (CELLS * CELLS / 8);
  Placer placer = { .map = map, .zoom = zoom, .taken = taken };
  placer.scale = ldexp (1, 8 + (int)zoom - 32);
  placer.ox = (double)x * SQUARE_PIXELS;
  placer.oy = (double)y * SQUARE_PIXELS;
  placer.labels = g_array_new (FALSE, FALSE, sizeof (MhTileLabel));

  guint64 side = (guint64)MH_TILE_SQUARE << (32 - zoom);
  guint64 west = x * side, north = y * side;
  g_autoptr (GArray) found = mh_tile_map_find (
      map, zoom, (MhTileSpot){ (guint32)west, (guint32)north },
      (MhTileSpot){ tile_label_last (west, side), tile_label_last (north, side) });
  g_autoptr (GArray) wishes = tile_label_wishes (&placer, found);
  for (guint i = 0; i < wishes->len; i++)
    {
      const Wish *wish = &g_array_index (wishes, Wish, i);
      const MhTileFeature *feature = mh_tile_map_feature (map, wish->feature);
      if (MH_TILE_IS_POINT (feature->kind))
        tile_label_place (&placer, feature);
      else
        tile_label_street (&placer, feature, wish->length);
    }
  return placer.labels;
}
