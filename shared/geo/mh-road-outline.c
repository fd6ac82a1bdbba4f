/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Land around roads: cells that a stretch passes, or that are next to one; the outline walks their
 * edges. */
#include "shared/geo/mh-road-private.h"
#include "shared/geo/mh-road-reach.h"

#include <math.h>

#define ROAD_OUTLINE_CELLS 2048 /* in each direction */
#define ROAD_DEGREE_METRES 111195.0

typedef struct
{
  MhGeoPoint corner; /* south-west */
  double lat, lon;   /* of a cell */
  guint rows, columns;
  guint8 *land;  /* by cell */
  guint8 *walls; /* by corner of cells: 1 east, 2 north, 4 west, 8 south goes a wall from here */
} RoadOutline;

static void
road_outline_mark (RoadOutline *outline, MhGeoPoint point)
{
  const guint row = (guint)((point.lat - outline->corner.lat) / outline->lat);
  const guint column = (guint)((point.lon - outline->corner.lon) / outline->lon);
  for (guint r = row - 1; r <= row + 1; r++)
    for (guint c = column - 1; c <= column + 1; c++)
      outline->land[(gsize)r * outline->columns + c] = 1;
}

static void
road_outline_mark_line (RoadOutline *outline, const GArray *line)
{
  for (guint i = 0; i < line->len; i++)
    {
      const MhGeoPoint to = g_array_index (line, MhGeoPoint, i);
      const MhGeoPoint from = i > 0 ? g_array_index (line, MhGeoPoint, i - 1) : to;
      const guint n = 1
                      + (guint)ceil (MAX (fabs (to.lat - from.lat) / outline->lat,
                                          fabs (to.lon - from.lon) / outline->lon));
      for (guint j = 0; j <= n; j++)
        road_outline_mark (outline, mh_geo_between (from, to, (double)j / n));
    }
}

static gboolean
road_outline_is_land (const RoadOutline *outline, guint row, guint column)
{
  return row < outline->rows && column < outline->columns
         && outline->land[(gsize)row * outline->columns + column];
}

/* Each wall has land on its left. */
static void
road_outline_build_walls (RoadOutline *outline)
{
  const gsize wide = outline->columns + 1;
  for (guint r = 0; r < outline->rows; r++)
    for (guint c = 0; c < outline->columns; c++)
      {
        if (!road_outline_is_land (outline, r, c))
          continue;
        if (r == 0 || !road_outline_is_land (outline, r - 1, c))
          outline->walls[r * wide + c] |= 1;
        if (!road_outline_is_land (outline, r, c + 1))
          outline->walls[r * wide + c + 1] |= 2;
        if (!road_outline_is_land (outline, r + 1, c))
          outline->walls[(r + 1) * wide + c + 1] |= 4;
        if (c == 0 || !road_outline_is_land (outline, r, c - 1))
          outline->walls[(r + 1) * wide + c] |= 8;
      }
}

/* Along the walls from one corner round to it again, with a point where the direction changes.
 * Where two pieces of land touch by a corner it turns left, and so keeps to its own. */
static GArray *
road_outline_walk (RoadOutline *outline, gsize start, guint direction)
{
  const gssize wide = outline->columns + 1;
  const gssize steps[4] = { 1, wide, -1, -wide };
  GArray *ring = g_array_new (FALSE, FALSE, sizeof (MhGeoPoint));
  gsize at = start;
  guint last = 4;
  for (;;)
    {
      guint way = direction;
      if (last != 4)
        for (guint i = 0; i < 4; i++) /* left, straight on, right */
          {
            way = (last + 1 + 4 - i) % 4;
            if ((outline->walls[at] & (1 << way)) != 0)
              break;
          }
      if ((outline->walls[at] & (1 << way)) == 0)
        return ring;

      if (way != last)
        {
          const MhGeoPoint point = { outline->corner.lat + at / wide * outline->lat,
                                     outline->corner.lon + at % wide * outline->lon };
          g_array_append_val (ring, point);
        }
      outline->walls[at] &= (guint8) ~(1 << way);
      at = (gsize)((gssize)at + steps[way]);
      last = way;
    }
}

static MhGeoBox
road_outline_box (const MhRoadGraph *graph, const GArray *stretches)
{
  MhGeoBox box = MH_GEO_BOX_EMPTY;
  for (guint i = 0; i < stretches->len; i++)
    {
      g_autoptr (GArray) line
          = mh_road_stretch_line (graph, &g_array_index (stretches, MhRoadStretch, i));
      for (guint j = 0; j < line->len; j++)
        mh_geo_box_add (&box, g_array_index (line, MhGeoPoint, j));
    }
  return box;
}

GPtrArray *
mh_road_reach_outline (const MhRoadGraph *graph, const GArray *stretches, double metres)
{
  GPtrArray *rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  const MhGeoBox box = road_outline_box (graph, stretches);
  if (stretches->len == 0 || !(metres > 0))
    return rings;

  RoadOutline outline = { 0 };
  double rows, columns;
  for (;; metres *= 2) /* coarser, where it would be too much */
    {
      outline.lat = metres / ROAD_DEGREE_METRES;
      outline.lon = outline.lat / MAX (cos (box.min.lat * G_PI / 180), 0.01);
      rows = floor ((box.max.lat - box.min.lat) / outline.lat) + 4;
      columns = floor ((box.max.lon - box.min.lon) / outline.lon) + 4;
      if (rows <= ROAD_OUTLINE_CELLS && columns <= ROAD_OUTLINE_CELLS)
        break;
    }
  outline.rows = (guint)rows;
  outline.columns = (guint)columns;
  outline.corner = (MhGeoPoint){ box.min.lat - 1.5 * outline.lat, box.min.lon - 1.5 * outline.lon };
  const gsize n_corners = (gsize)(outline.rows + 1) * (outline.columns + 1);
  g_autofree guint8 *land = g_malloc0 ((gsize)outline.rows * outline.columns);
  g_autofree guint8 *walls = g_malloc0 (n_corners);
  outline.land = land;
  outline.walls = walls;

  for (guint i = 0; i < stretches->len; i++)
    {
      g_autoptr (GArray) line
          = mh_road_stretch_line (graph, &g_array_index (stretches, MhRoadStretch, i));
      road_outline_mark_line (&outline, line);
    }
  road_outline_build_walls (&outline);
  for (gsize at = 0; at < n_corners; at++)
    for (guint way = 0; way < 4; way++)
      if ((walls[at] & (1 << way)) != 0)
        g_ptr_array_add (rings, road_outline_walk (&outline, at, way));
  return rings;
}
