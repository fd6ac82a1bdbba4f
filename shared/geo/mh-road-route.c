/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-road-route-private.h"

#define ROAD_ROUTE_MAX_EDGES 1000000

typedef struct
{
  guint32 edge, time;
  guint16 at;
} RoadRouteEnd;

typedef struct
{
  MhRoadSearch *search;
  RoadRouteEnd goals[MH_ROAD_GOALS];
  guint n_goals;
  guint32 best, last; /* time, the edge before the goal's; MH_ROAD_NONE: it is on the first edge */
  const RoadRouteEnd *goal;
} RoadRoute;

/* The goal on the edge of the start, not behind it. */
static void
road_route_on_edge (RoadRoute *route, guint32 edge, guint16 at)
{
  for (guint i = 0; i < route->n_goals; i++)
    {
      const RoadRouteEnd *goal = &route->goals[i];
      const guint32 time = mh_road_part (goal->time, goal->at) - mh_road_part (goal->time, at);
      if (goal->edge == edge && at <= goal->at && time < route->best)
        {
          route->best = time;
          route->last = MH_ROAD_NONE;
          route->goal = goal;
        }
    }
}

static void
road_route_begin (RoadRoute *route, const MhRoadPlace *from, const MhRoadPlace *to)
{
  guint32 edge;
  guint16 at;
  for (guint i = 0; i < MH_ROAD_GOALS; i++)
    if (mh_road_place_edge (to, i, &edge, &at))
      {
        const guint32 time = mh_road_search_time (route->search, edge);
        if (time != MH_ROAD_NONE)
          route->goals[route->n_goals++] = (RoadRouteEnd){ edge, time, at };
      }

  for (guint i = 0; i < MH_ROAD_GOALS; i++)
    if (mh_road_place_edge (from, i, &edge, &at))
      {
        const guint32 time = mh_road_search_time (route->search, edge);
        if (time == MH_ROAD_NONE)
          continue;
        road_route_on_edge (route, edge, at);
        mh_road_search_reach (route->search, edge, time - mh_road_part (time, at), MH_ROAD_NONE);
      }
}

/* Does the goal's edge begin where @entry ends? */
static void
road_route_look (RoadRoute *route, MhRoadEntry entry)
{
  const MhRoadGraph *graph = route->search->graph;
  for (guint i = 0; i < route->n_goals; i++)
    {
      const RoadRouteEnd *goal = &route->goals[i];
      if (mh_road_tail (graph, goal->edge) != mh_road_head (graph, entry.edge))
        continue;
      const guint32 turn = mh_road_search_turn (route->search, entry.edge, goal->edge);
      if (turn == MH_ROAD_NONE)
        continue;
      const guint32 time = entry.cost + turn + mh_road_part (goal->time, goal->at);
      if (time < route->best)
        {
          route->best = time;
          route->last = entry.edge;
          route->goal = goal;
        }
    }
}

static void
road_route_find (RoadRoute *route,
                 const MhRoadSettings *settings,
                 const MhRoadPlace *from,
                 const MhRoadPlace *to,
                 gboolean is_plain)
{
  MhRoadEntry entry;
  route->best = MH_ROAD_NONE;
  mh_road_search_begin (route->search, settings, FALSE);
  if (!is_plain)
    mh_road_search_aim (route->search,
                        mh_road_graph_point (route->search->graph, to->segment, to->position));
  road_route_begin (route, from, to);
  while (mh_road_search_next (route->search, &entry) && entry.key < route->best)
    {
      road_route_look (route, entry);
      mh_road_search_expand (route->search, entry.edge, entry.cost);
    }
}

guint32
mh_road_route_time (MhRoadSearch *search,
                    const MhRoadSettings *settings,
                    const MhRoadPlace *from,
                    const MhRoadPlace *to)
{
  RoadRoute route = { .search = search };
  road_route_find (&route, settings, from, to, FALSE);
  return route.best;
}

guint32
mh_road_route_time_plain (MhRoadSearch *search,
                          const MhRoadSettings *settings,
                          const MhRoadPlace *from,
                          const MhRoadPlace *to)
{
  RoadRoute route = { .search = search };
  road_route_find (&route, settings, from, to, TRUE);
  return route.best;
}

/* From the goal back to the start. Transfer full. */
static GArray *
road_route_edges (const RoadRoute *route)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (edges, route->goal->edge);
  for (guint32 edge = route->last; edge != MH_ROAD_NONE && edges->len < ROAD_ROUTE_MAX_EDGES;
       edge = route->search->labels[edge].parent)
    g_array_append_val (edges, edge);

  for (guint i = 0; i < edges->len / 2; i++)
    {
      guint32 *one = &g_array_index (edges, guint32, i);
      guint32 *other = &g_array_index (edges, guint32, edges->len - 1 - i);
      const guint32 kept = *one;
      *one = *other;
      *other = kept;
    }
  return edges;
}

MhRoadRoute *
mh_road_route (MhRoadSearch *search,
               const MhRoadSettings *settings,
               const MhRoadPlace *from,
               const MhRoadPlace *to,
               GError **error)
{
  RoadRoute found = { .search = search };
  road_route_find (&found, settings, from, to, FALSE);
  if (found.best == MH_ROAD_NONE)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND,
                    "No open road leads there. Look at the closed roads, or choose another place.");
      return NULL;
    }

  MhRoadRoute *route = g_new0 (MhRoadRoute, 1);
  route->graph = mh_road_graph_ref (search->graph);
  route->milliseconds = found.best;
  route->edges = road_route_edges (&found);
  route->line = g_array_new (FALSE, FALSE, sizeof (MhGeoPoint));
  route->steps = g_array_new (FALSE, FALSE, sizeof (MhRoadStep));

  guint16 at;
  guint32 edge;
  mh_road_place_edge (from, g_array_index (route->edges, guint32, 0) % 2, &edge, &at);
  mh_road_route_tell (route, search, at, found.goal->at);
  return route;
}

void
mh_road_route_free (MhRoadRoute *route)
{
  if (route == NULL)
    return;

  g_array_unref (route->edges);
  g_array_unref (route->line);
  g_array_unref (route->steps);
  mh_road_graph_unref (route->graph);
  g_free (route);
}
