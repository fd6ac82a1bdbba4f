/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-road-reach.h"
#include "shared/geo/mh-road-search-private.h"

/* How far along an edge one comes in @left of its @time. */
static guint16
road_reach_position (guint32 left, guint32 time)
{
  return left >= time ? MH_ROAD_WHOLE : (guint16)((guint64)left * MH_ROAD_WHOLE / time);
}

static void
road_reach_begin (MhRoadSearch *search, const MhRoadPlace *from, guint32 limit, GArray *stretches)
{
  for (guint i = 0; i < MH_ROAD_GOALS; i++)
    {
      guint32 edge;
      guint16 at;
      const gboolean is_there = mh_road_place_edge (from, i, &edge, &at);
      const guint32 time = mh_road_search_time (search, edge);
      if (!is_there || time == MH_ROAD_NONE)
        continue;

      const guint to = at + road_reach_position (limit, time);
      const MhRoadStretch stretch = { edge, at, (guint16)MIN (to, MH_ROAD_WHOLE), 0 };
      g_array_append_val (stretches, stretch);
      mh_road_search_reach (search, edge, time - mh_road_part (time, at), MH_ROAD_NONE);
    }
}

/* The part of the start's edge that lies behind the start, where one comes to it again. */
static void
road_reach_behind (MhRoadSearch *search, const MhRoadPlace *from, guint32 limit, GArray *stretches)
{
  const MhRoadGraph *graph = search->graph;
  for (guint i = 0; i < MH_ROAD_GOALS; i++)
    {
      guint32 edge, entered = MH_ROAD_NONE;
      guint16 at;
      const gboolean is_there = mh_road_place_edge (from, i, &edge, &at);
      const guint32 time = mh_road_search_time (search, edge);
      const guint32 tail = mh_road_tail (graph, edge);
      if (!is_there || time == MH_ROAD_NONE)
        continue;

      for (guint32 j = graph->first[tail]; j < graph->first[tail + 1]; j++)
        {
          const guint32 before = graph->edges[j] ^ 1;
          const MhRoadLabel *label = &search->labels[before];
          const guint32 turn = mh_road_search_turn (search, before, edge);
          if (label->mark >= search->now && turn != MH_ROAD_NONE)
            entered = MIN (entered, label->cost + turn);
        }
      if (entered > limit)
        continue;
      const guint16 to = road_reach_position (limit - entered, time);
      const MhRoadStretch stretch = { edge, 0, MIN (to, at), entered };
      g_array_append_val (stretches, stretch);
    }
}

GArray *
mh_road_reach (MhRoadSearch *search,
               const MhRoadSettings *settings,
               const MhRoadPlace *from,
               guint32 milliseconds)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (MhRoadStretch));
  MhRoadEntry entry;
  mh_road_search_begin (search, settings, FALSE);
  road_reach_begin (search, from, milliseconds, stretches);
  while (mh_road_search_next (search, &entry) && entry.cost <= milliseconds)
    mh_road_search_expand (search, entry.edge, entry.cost);

  road_reach_behind (search, from, milliseconds, stretches);
  for (guint32 edge = 0; edge < search->n_edges; edge++)
    {
      const MhRoadLabel *label = &search->labels[edge];
      if (label->mark < search->now || label->parent == MH_ROAD_NONE)
        continue;
      const guint32 time = mh_road_search_time (search, edge), entered = label->cost - time;
      if (entered > milliseconds)
        continue;
      const MhRoadStretch stretch
          = { edge, 0, road_reach_position (milliseconds - entered, time), entered };
      g_array_append_val (stretches, stretch);
    }
  return stretches;
}

GArray *
mh_road_stretch_line (const MhRoadGraph *graph, const MhRoadStretch *stretch)
{
  GArray *line = g_array_new (FALSE, FALSE, sizeof (MhGeoPoint));
  mh_road_graph_cut (graph, stretch->edge, stretch->from, stretch->to, line);
  return line;
}
