/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-road-nearest.h"
#include "shared/geo/mh-road-search-private.h"

typedef struct
{
  MhRoadSearch *search;
  const MhRoadPlace *units;
  guint32 *next; /* by unit and direction: the next on the same edge, + 1 */
  MhRoadNear *near;
  guint n_found, n_wanted;
} RoadNearest;

static gboolean
road_near_is_before (MhRoadNear one, MhRoadNear other)
{
  return one.milliseconds != other.milliseconds ? one.milliseconds < other.milliseconds
                                                : one.unit < other.unit;
}

/* Keeps the first ones in order, each unit once. */
static void
road_nearest_take (RoadNearest *nearest, guint unit, guint32 milliseconds)
{
  const MhRoadNear near = { unit, milliseconds };
  guint at = 0;
  while (at < nearest->n_found && nearest->near[at].unit != unit)
    at++;
  if (at < nearest->n_found && !road_near_is_before (near, nearest->near[at]))
    return;
  if (at == nearest->n_found)
    {
      if (at < nearest->n_wanted)
        nearest->n_found++;
      else if (!road_near_is_before (near, nearest->near[--at]))
        return;
    }

  for (; at > 0 && road_near_is_before (near, nearest->near[at - 1]); at--)
    nearest->near[at] = nearest->near[at - 1];
  nearest->near[at] = near;
}

/* All units on @edge, whose head is @after milliseconds from the goal. */
static void
road_nearest_found (guint32 edge, guint32 after, gpointer data)
{
  RoadNearest *nearest = data;
  const guint32 time = mh_road_search_time (nearest->search, edge);
  for (guint32 i = nearest->search->unit_first[edge]; i > 0; i = nearest->next[i - 1])
    {
      guint32 same;
      guint16 at;
      mh_road_place_edge (&nearest->units[(i - 1) / 2], (i - 1) % 2, &same, &at);
      road_nearest_take (nearest, (i - 1) / 2, after + time - mh_road_part (time, at));
    }
}

static void
road_nearest_put_units (RoadNearest *nearest, guint n_units)
{
  MhRoadSearch *search = nearest->search;
  for (guint32 i = 0; i < 2 * n_units; i++)
    {
      guint32 edge;
      guint16 at;
      if (!mh_road_place_edge (&nearest->units[i / 2], i % 2, &edge, &at))
        continue;
      nearest->next[i] = search->unit_mark[edge] == search->now ? search->unit_first[edge] : 0;
      search->unit_mark[edge] = search->now;
      search->unit_bits[edge / 8] |= (guint8)(1 << edge % 8);
      search->unit_first[edge] = i + 1;
    }
}

static void
road_nearest_forget_units (const RoadNearest *nearest, guint n_units)
{
  for (guint32 i = 0; i < n_units; i++)
    nearest->search->unit_bits[2 * nearest->units[i].segment / 8] = 0;
}

/* Units before the goal on the same edge; those behind it come by the search. */
static void
road_nearest_on_edge (RoadNearest *nearest, guint32 edge, guint16 goal, guint32 time)
{
  const MhRoadSearch *search = nearest->search;
  if (search->unit_mark[edge] != search->now)
    return;

  for (guint32 i = search->unit_first[edge]; i > 0; i = nearest->next[i - 1])
    {
      guint32 same;
      guint16 at;
      mh_road_place_edge (&nearest->units[(i - 1) / 2], (i - 1) % 2, &same, &at);
      if (at <= goal)
        road_nearest_take (nearest, (i - 1) / 2,
                           mh_road_part (time, goal) - mh_road_part (time, at));
    }
}

guint
mh_road_nearest (MhRoadSearch *search,
                 const MhRoadSettings *settings,
                 const MhRoadPlace *goal,
                 const MhRoadPlace *units,
                 guint n_units,
                 guint n_wanted,
                 MhRoadNear *out_near)
{
  g_autofree guint32 *next = g_new (guint32, 2 * (gsize)n_units);
  RoadNearest nearest = { search, units, next, out_near, 0, n_wanted };
  MhRoadEntry entry;
  if (n_wanted == 0)
    return 0;

  mh_road_search_begin (search, settings, TRUE);
  search->found = road_nearest_found;
  search->found_data = &nearest;
  road_nearest_put_units (&nearest, n_units);
  for (guint i = 0; i < MH_ROAD_GOALS; i++)
    {
      guint16 at;
      const gboolean is_there = mh_road_place_edge (goal, i, &search->goals[i], &at);
      const guint32 time = mh_road_search_time (search, search->goals[i]);
      if (!is_there || time == MH_ROAD_NONE)
        continue;
      road_nearest_on_edge (&nearest, search->goals[i], at, time);
      mh_road_search_reach (search, search->n_edges + i, mh_road_part (time, at), MH_ROAD_NONE);
    }

  while (mh_road_search_next (search, &entry)
         && (nearest.n_found < n_wanted || entry.key <= out_near[n_wanted - 1].milliseconds))
    mh_road_search_expand (search, entry.edge, entry.cost);
  road_nearest_forget_units (&nearest, n_units);
  return nearest.n_found;
}
