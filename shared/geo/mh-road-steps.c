/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a driver is to do. Said is only what there is a choice about: where one road goes on and
 * bends, nothing is to be done. */
#include "shared/geo/mh-road-route-private.h"

#include <math.h>
#include <string.h>

#define ROAD_LOOK_METRES 20 /* a bearing is taken over so much of a road */
#define ROAD_STRAIGHT 30    /* degrees */
#define ROAD_SLIGHT 55
#define ROAD_SHARP 125

typedef struct
{
  MhRoadRoute *route;
  const MhRoadSearch *search;
  guint16 from, to;
  gboolean is_round;   /* in a roundabout that the last step tells of */
  gboolean was_inside; /* in one in which the way began */
} RoadTelling;

static const MhRoadSegment *
road_segment (const RoadTelling *telling, guint32 edge)
{
  return &telling->route->graph->segments[edge / 2];
}

static gboolean
road_is_roundabout (const RoadTelling *telling, guint32 edge)
{
  return (road_segment (telling, edge)->flags & MH_ROAD_ROUNDABOUT) != 0;
}

/* Where one looks when driving away from the tail of @edge, or when coming to its head. */
static double
road_bearing (const MhRoadGraph *graph, guint32 edge, gboolean is_tail)
{
  const MhRoadSegment *segment = &graph->segments[edge / 2];
  const MhRoadPoint *points = graph->points + segment->first_point;
  const gboolean is_up = (edge % 2 == 0) == is_tail;
  const guint n = segment->n_points;
  const MhGeoPoint end = mh_road_point (points[is_up ? 0 : n - 1]);
  MhGeoPoint other = end;
  for (guint i = 1; i < n; i++)
    {
      other = mh_road_point (points[is_up ? i : n - 1 - i]);
      if (mh_geo_distance (end, other) >= ROAD_LOOK_METRES)
        break;
    }
  return is_tail ? mh_geo_bearing (end, other) : mh_geo_bearing (other, end);
}

/* Roads out of the head of @edge that could be taken, but for the one back. */
static guint
road_choices (const RoadTelling *telling, guint32 edge, gboolean is_exit)
{
  const MhRoadGraph *graph = telling->route->graph;
  const guint32 vertex = mh_road_head (graph, edge);
  guint n = 0;
  for (guint32 i = graph->first[vertex]; i < graph->first[vertex + 1]; i++)
    {
      const guint32 to = graph->edges[i];
      if (to == (edge ^ 1) || graph->times[to] == MH_ROAD_NONE || graph->against[to]
          || (is_exit && road_is_roundabout (telling, to)))
        continue;
      n++;
    }
  return n;
}

static gboolean
road_has_one_name (const RoadTelling *telling, guint32 one, guint32 other)
{
  const MhRoadSegment *a = road_segment (telling, one), *b = road_segment (telling, other);
  if (a->name != 0 || b->name != 0)
    return a->name == b->name;
  return a->ref == b->ref;
}

static MhRoadTurn
road_turn_of (double degrees)
{
  const double size = fabs (degrees);
  if (size <= ROAD_STRAIGHT)
    return MH_TURN_STRAIGHT;
  if (size <= ROAD_SLIGHT)
    return degrees < 0 ? MH_TURN_SLIGHT_LEFT : MH_TURN_SLIGHT_RIGHT;
  if (size <= ROAD_SHARP)
    return degrees < 0 ? MH_TURN_LEFT : MH_TURN_RIGHT;
  return degrees < 0 ? MH_TURN_SHARP_LEFT : MH_TURN_SHARP_RIGHT;
}

static MhRoadStep *
road_add_step (RoadTelling *telling, MhRoadTurn turn, guint32 edge, MhGeoPoint point)
{
  const MhRoadGraph *graph = telling->route->graph;
  const MhRoadSegment *segment = road_segment (telling, edge);
  const MhRoadStep step = {
    .turn = turn,
    .bearing = road_bearing (graph, edge, TRUE),
    .point = point,
    .name = graph->texts + segment->name,
    .ref = graph->texts + segment->ref,
    .is_against = graph->against[edge],
  };
  g_array_append_val (telling->route->steps, step);
  return &g_array_index (telling->route->steps, MhRoadStep, telling->route->steps->len - 1);
}

static void
road_name_step (RoadTelling *telling, MhRoadStep *step, guint32 edge)
{
  const MhRoadGraph *graph = telling->route->graph;
  step->name = graph->texts + road_segment (telling, edge)->name;
  step->ref = graph->texts + road_segment (telling, edge)->ref;
  step->bearing = road_bearing (graph, edge, TRUE);
}

/* In a roundabout: exits are counted as they are passed. TRUE: nothing else is to be said. */
static gboolean
road_tell_roundabout (RoadTelling *telling, guint32 before, guint32 after, MhGeoPoint point)
{
  const gboolean was_in = road_is_roundabout (telling, before);
  const gboolean is_in = road_is_roundabout (telling, after);
  if (!was_in && !is_in)
    return FALSE;
  if (!was_in)
    {
      road_add_step (telling, MH_TURN_ROUNDABOUT, after, point);
      telling->is_round = TRUE;
      return TRUE;
    }

  if (telling->is_round)
    {
      GArray *steps = telling->route->steps;
      MhRoadStep *step = &g_array_index (steps, MhRoadStep, steps->len - 1);
      step->exit += is_in ? road_choices (telling, before, TRUE) : 1;
      if (!is_in)
        road_name_step (telling, step, after);
    }
  else if (!is_in)
    road_add_step (telling, MH_TURN_LEAVE, after, point);
  telling->is_round = telling->is_round && is_in;
  return TRUE;
}

static void
road_tell_junction (RoadTelling *telling, guint32 before, guint32 after)
{
  const MhRoadGraph *graph = telling->route->graph;
  const MhGeoPoint point = mh_road_point (graph->vertices[mh_road_head (graph, before)]);
  if (after == (before ^ 1))
    {
      road_add_step (telling, MH_TURN_ROUND, after, point);
      telling->is_round = FALSE;
      return;
    }
  if (road_tell_roundabout (telling, before, after, point))
    return;

  const MhRoadTurn turn = road_turn_of (
      mh_geo_turn (road_bearing (graph, before, FALSE), road_bearing (graph, after, TRUE)));
  const gboolean is_same = road_has_one_name (telling, before, after);
  if (graph->against[after] != graph->against[before]
      || (road_choices (telling, before, FALSE) > 1 && (turn != MH_TURN_STRAIGHT || !is_same)))
    road_add_step (telling, turn, after, point);
}

/* What of the @i-th edge is driven. */
static void
road_tell_edge (RoadTelling *telling, guint i)
{
  MhRoadRoute *route = telling->route;
  const guint32 edge = g_array_index (route->edges, guint32, i);
  const guint16 from = i == 0 ? telling->from : 0;
  const guint16 to = i + 1 == route->edges->len ? telling->to : MH_ROAD_WHOLE;
  const guint32 time = mh_road_search_time (telling->search, edge);
  const double metres
      = road_segment (telling, edge)->decimetres / 10.0 * (to - from) / MH_ROAD_WHOLE;
  MhRoadStep *step = &g_array_index (route->steps, MhRoadStep, route->steps->len - 1);

  mh_road_graph_cut (route->graph, edge, from, to, route->line);
  step->metres += metres;
  step->milliseconds += mh_road_part (time, to) - mh_road_part (time, from);
  route->metres += metres;
}

void
mh_road_route_tell (MhRoadRoute *route, const MhRoadSearch *search, guint16 from, guint16 to)
{
  RoadTelling telling = { .route = route, .search = search, .from = from, .to = to };
  const guint32 *edges = (const guint32 *)(gconstpointer)route->edges->data;
  const guint n = route->edges->len;

  road_add_step (&telling, MH_TURN_DEPART, edges[0], (MhGeoPoint){ 0, 0 });
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        {
          road_tell_junction (&telling, edges[i - 1], edges[i]);
          if (edges[i] == (edges[i - 1] ^ 1))
            g_array_index (route->steps, MhRoadStep, route->steps->len - 1).milliseconds
                += MH_ROAD_TURNING;
        }
      road_tell_edge (&telling, i);
    }

  if (telling.is_round) /* what was passed are no exits of ours */
    g_array_index (route->steps, MhRoadStep, route->steps->len - 1).exit = 0;

  const MhGeoPoint start = g_array_index (route->line, MhGeoPoint, 0);
  const MhGeoPoint end = g_array_index (route->line, MhGeoPoint, route->line->len - 1);
  MhRoadStep *depart = &g_array_index (route->steps, MhRoadStep, 0);
  depart->point = start;
  if (route->line->len > 1)
    depart->bearing = mh_geo_bearing (start, g_array_index (route->line, MhGeoPoint, 1));
  road_add_step (&telling, MH_TURN_ARRIVE, edges[n - 1], end);
}
