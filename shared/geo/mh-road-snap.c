/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-road-snap.h"
#include "shared/geo/mh-road-private.h"

#include <math.h>

#define ROAD_DEGREE_METRES 111195.0
#define ROAD_WRONG_WAY_METRES                                                                      \
  30 /* what a road that does not lead where one drives is put behind by */
#define ROAD_WRONG_WAY_DEGREES 60

typedef struct
{
  const MhRoadGraph *graph;
  const MhRoadTraffic *traffic;
  MhGeoPoint point;
  double heading, best; /* metres, with what was put on */
  MhRoadPlace *place;
} RoadSnap;

static guint8
road_snap_directions (const RoadSnap *snap, guint32 segment)
{
  guint8 directions = 0;
  for (guint32 i = 0; i < 2; i++)
    if (mh_road_is_core (snap->graph, 2 * segment + i)
        && mh_road_traffic_get (snap->traffic, 2 * segment + i) != MH_ROAD_CLOSED)
      directions |= (guint8)(1 << i);
  return directions;
}

/* Of what is open the directions that fit the heading; *@out_metres is put on where none does. */
static guint8
road_snap_heading (const RoadSnap *snap, double bearing, guint8 directions, double *out_metres)
{
  guint8 fitting = 0;
  *out_metres = 0;
  if (isnan (snap->heading))
    return directions;

  const double turn = fabs (mh_geo_turn (snap->heading, bearing));
  if (turn <= ROAD_WRONG_WAY_DEGREES)
    fitting = 1;
  else if (turn >= 180 - ROAD_WRONG_WAY_DEGREES)
    fitting = 2;
  if ((fitting & directions) != 0)
    return fitting & directions;
  *out_metres = ROAD_WRONG_WAY_METRES;
  return directions;
}

/* How far along the whole line @share of piece @piece lies. */
static guint16
road_snap_position (const MhRoadGraph *graph, guint32 segment, guint piece, double share)
{
  const MhRoadSegment *row = &graph->segments[segment];
  const MhRoadPoint *points = graph->points + row->first_point;
  double before = 0, all = 0;
  for (guint i = 0; i + 1 < row->n_points; i++)
    {
      const double metres
          = mh_geo_distance (mh_road_point (points[i]), mh_road_point (points[i + 1]));
      if (i < piece)
        before += metres;
      else if (i == piece)
        before += metres * share;
      all += metres;
    }
  return all > 0 ? (guint16)CLAMP (before / all * MH_ROAD_WHOLE + 0.5, 0, MH_ROAD_WHOLE) : 0;
}

static void
road_snap_try (RoadSnap *snap, guint32 segment)
{
  const MhRoadSegment *row = &snap->graph->segments[segment];
  const MhRoadPoint *points = snap->graph->points + row->first_point;
  const guint8 directions = road_snap_directions (snap, segment);
  if (directions == 0)
    return;

  for (guint i = 0; i + 1 < row->n_points; i++)
    {
      const MhGeoPoint from = mh_road_point (points[i]), to = mh_road_point (points[i + 1]);
      const double share = mh_geo_along (snap->point, from, to);
      const MhGeoPoint there = mh_geo_between (from, to, share);
      const double metres = mh_geo_distance (snap->point, there);
      double more;
      if (metres >= snap->best)
        continue;
      const guint8 fitting = road_snap_heading (snap, mh_geo_bearing (from, to), directions, &more);
      if (metres + more >= snap->best)
        continue;
      snap->best = metres + more;
      *snap->place = (MhRoadPlace){ .segment = segment,
                                    .position = road_snap_position (snap->graph, segment, i, share),
                                    .directions = fitting,
                                    .metres = metres,
                                    .point = there };
    }
}

/* Cells @west to @east of a row, as far as there are such. */
static void
road_snap_row (RoadSnap *snap, gint64 row, gint64 west, gint64 east)
{
  const MhRoadGrid *grid = &snap->graph->grid;
  if (row < 0 || row >= grid->rows)
    return;

  for (gint64 column = MAX (west, 0); column <= MIN (east, (gint64)grid->columns - 1); column++)
    {
      const gsize cell = (gsize)row * grid->columns + (gsize)column;
      for (guint32 i = grid->first[cell]; i < grid->first[cell + 1]; i++)
        road_snap_try (snap, grid->segments[i]);
    }
}

/* The cells that are @ring away from one. */
static void
road_snap_ring (RoadSnap *snap, gint64 row, gint64 column, gint64 ring)
{
  const gint64 rows = snap->graph->grid.rows;
  road_snap_row (snap, row - ring, column - ring, column + ring);
  for (gint64 i = MAX (row - ring + 1, 0); i <= MIN (row + ring - 1, rows - 1); i++)
    {
      road_snap_row (snap, i, column - ring, column - ring);
      road_snap_row (snap, i, column + ring, column + ring);
    }
  if (ring > 0)
    road_snap_row (snap, row + ring, column - ring, column + ring);
}

gboolean
mh_road_snap (const MhRoadGraph *graph,
              const MhRoadTraffic *traffic,
              MhGeoPoint point,
              double heading,
              double max_metres,
              MhRoadPlace *out_place)
{
  const MhRoadGrid *grid = &graph->grid;
  const double cell = MIN (grid->step_lat, grid->step_lon * cos (point.lat * G_PI / 180));
  MhRoadPlace place = { .segment = MH_ROAD_NONE };
  RoadSnap snap = { graph, traffic, point, heading, G_MAXDOUBLE, &place };
  if (!mh_geo_is_valid (point))
    return FALSE;

  /* rings of cells around the one of the point, until nothing nearer can lie farther out */
  const gint64 row = (gint64)CLAMP ((point.lat - grid->lat) / grid->step_lat, 0, grid->rows - 1);
  const gint64 column
      = (gint64)CLAMP ((point.lon - grid->lon) / grid->step_lon, 0, grid->columns - 1);
  const gint64 rings = MAX (grid->rows, grid->columns);
  for (gint64 ring = 0; ring <= rings; ring++)
    {
      const double outside = (double)(ring - 1) * cell * ROAD_DEGREE_METRES * 0.99;
      if (outside > snap.best || outside > max_metres)
        break;
      road_snap_ring (&snap, row, column, ring);
    }

  if (place.segment == MH_ROAD_NONE || place.metres > max_metres)
    return FALSE;
  *out_place = place;
  return TRUE;
}
