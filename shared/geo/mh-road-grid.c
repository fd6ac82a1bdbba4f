/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world of the graph in cells, each with the segments that pass it. */
#include "shared/geo/mh-road-private.h"

#include <math.h>

#define ROAD_CELL_METRES 250.0
#define ROAD_DEGREE_METRES 111195.0

typedef struct
{
  MhRoadGrid *grid;
  guint32 *last; /* by cell: the segment that was put there last, + 1 */
  gsize n_found;
  gboolean is_filling;
} RoadGridMaking;

static void
road_grid_put (RoadGridMaking *making, guint row, guint column, guint32 segment)
{
  const gsize cell = (gsize)row * making->grid->columns + column;
  if (making->last[cell] == segment + 1)
    return;

  making->last[cell] = segment + 1;
  making->n_found++;
  if (making->is_filling)
    making->grid->segments[making->grid->first[cell + 1]++] = segment;
  else
    making->grid->first[cell + 2]++;
}

static guint
road_grid_step (double from, double at, double step, guint n)
{
  return (guint)CLAMP ((at - from) / step, 0, n - 1);
}

/* In parts no longer than a cell, so that a slanting line does not fill its whole rectangle. */
static void
road_grid_put_line (RoadGridMaking *making, MhGeoPoint from, MhGeoPoint to, guint32 segment)
{
  const MhRoadGrid *grid = making->grid;
  const double cells
      = MAX (fabs (to.lat - from.lat) / grid->step_lat, fabs (to.lon - from.lon) / grid->step_lon);
  const guint n = (guint)MIN (ceil (cells), 1e6) + 1;
  for (guint i = 0; i < n; i++)
    {
      const MhGeoPoint a = mh_geo_between (from, to, (double)i / n);
      const MhGeoPoint b = mh_geo_between (from, to, (i + 1.0) / n);
      const guint south
          = road_grid_step (grid->lat, MIN (a.lat, b.lat), grid->step_lat, grid->rows);
      const guint north
          = road_grid_step (grid->lat, MAX (a.lat, b.lat), grid->step_lat, grid->rows);
      const guint west
          = road_grid_step (grid->lon, MIN (a.lon, b.lon), grid->step_lon, grid->columns);
      const guint east
          = road_grid_step (grid->lon, MAX (a.lon, b.lon), grid->step_lon, grid->columns);
      for (guint row = south; row <= north; row++)
        for (guint column = west; column <= east; column++)
          road_grid_put (making, row, column, segment);
    }
}

/* FALSE: there would be more than @bound entries. */
static gboolean
road_grid_pass (const MhRoadGraph *graph, RoadGridMaking *making, gsize bound)
{
  making->n_found = 0;
  for (guint32 i = 0; i < graph->n_segments; i++)
    {
      const MhRoadPoint *points = graph->points + graph->segments[i].first_point;
      for (guint j = 1; j < graph->segments[i].n_points && making->n_found <= bound; j++)
        road_grid_put_line (making, mh_road_point (points[j - 1]), mh_road_point (points[j]), i);
      if (making->n_found > bound)
        return FALSE;
    }
  return TRUE;
}

static gboolean
road_grid_try (MhRoadGraph *graph, double metres)
{
  MhRoadGrid *grid = &graph->grid;
  const MhGeoBox box = graph->box;
  const double middle = (box.min.lat + box.max.lat) / 2 * G_PI / 180;
  const gsize bound = 16 * (gsize)graph->n_points + 4096;

  grid->lat = box.min.lat;
  grid->lon = box.min.lon;
  grid->step_lat = metres / ROAD_DEGREE_METRES;
  grid->step_lon = grid->step_lat / MAX (cos (middle), 0.01);
  const double rows = floor ((box.max.lat - box.min.lat) / grid->step_lat) + 1;
  const double columns = floor ((box.max.lon - box.min.lon) / grid->step_lon) + 1;
  if (rows * columns > bound)
    return FALSE;

  grid->rows = (guint)rows;
  grid->columns = (guint)columns;
  const gsize n_cells = (gsize)grid->rows * grid->columns;
  g_autofree guint32 *last = g_new0 (guint32, n_cells);
  RoadGridMaking making = { .grid = grid, .last = last };
  g_free (grid->first);
  grid->first = g_new0 (guint32, n_cells + 2);
  if (!road_grid_pass (graph, &making, bound))
    return FALSE;

  for (gsize i = 0; i < n_cells; i++)
    {
      grid->first[i + 2] += grid->first[i + 1];
      last[i] = 0;
    }
  grid->segments = g_new (guint32, making.n_found);
  making.is_filling = TRUE;
  return road_grid_pass (graph, &making, bound);
}

void
mh_road_grid_fill (MhRoadGraph *graph)
{
  double metres = ROAD_CELL_METRES;
  while (!road_grid_try (graph, metres)) /* one cell for the whole world at last */
    metres *= 2;
}
