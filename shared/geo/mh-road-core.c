/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The largest set of edges each of which can be reached from each other, forbidden turns and all
 * (Tarjan, Depth-first search and linear graph algorithms, 1972), without recursion. */
#include "shared/geo/mh-road-private.h"

typedef struct
{
  const MhRoadGraph *graph;
  guint32 *order, *low; /* by edge; 0: not seen */
  guint32 *part;        /* by edge; 0: not yet told */
  guint32 *next;        /* by edge: where among those that follow it has come to */
  GArray *path, *stack; /* guint32 */
  guint32 seen, parts, best, best_size;
} RoadCore;

static gboolean
road_core_is_open (const MhRoadGraph *graph, guint32 edge)
{
  return graph->times[edge] != MH_ROAD_NONE && !graph->against[edge];
}

static void
road_core_enter (RoadCore *core, guint32 edge)
{
  core->order[edge] = core->low[edge] = ++core->seen;
  core->next[edge] = core->graph->first[mh_road_head (core->graph, edge)];
  g_array_append_val (core->path, edge);
  g_array_append_val (core->stack, edge);
}

/* All that follows @edge was looked at: is it the first of a part? */
static void
road_core_leave (RoadCore *core, guint32 edge)
{
  g_array_set_size (core->path, core->path->len - 1);
  if (core->path->len > 0)
    {
      const guint32 before = g_array_index (core->path, guint32, core->path->len - 1);
      core->low[before] = MIN (core->low[before], core->low[edge]);
    }
  if (core->low[edge] != core->order[edge])
    return;

  guint32 member, size = 0;
  core->parts++;
  do
    {
      member = g_array_index (core->stack, guint32, core->stack->len - 1);
      g_array_set_size (core->stack, core->stack->len - 1);
      core->part[member] = core->parts;
      size++;
    }
  while (member != edge);
  if (size > core->best_size)
    {
      core->best = core->parts;
      core->best_size = size;
    }
}

static void
road_core_walk (RoadCore *core, guint32 start)
{
  const MhRoadGraph *graph = core->graph;
  road_core_enter (core, start);
  while (core->path->len > 0)
    {
      const guint32 edge = g_array_index (core->path, guint32, core->path->len - 1);
      const guint32 head = mh_road_head (graph, edge);
      if (core->next[edge] == graph->first[head + 1])
        {
          road_core_leave (core, edge);
          continue;
        }

      const guint32 to = graph->edges[core->next[edge]++];
      if (!road_core_is_open (graph, to)
          || (graph->is_banning[head] && mh_road_is_banned (graph, edge, to)))
        continue;
      if (core->order[to] == 0)
        road_core_enter (core, to);
      else if (core->part[to] == 0)
        core->low[edge] = MIN (core->low[edge], core->order[to]);
    }
}

void
mh_road_graph_mark_core (MhRoadGraph *graph)
{
  const guint32 n_edges = 2 * graph->n_segments;
  g_autofree guint32 *numbers = g_new0 (guint32, 4 * (gsize)n_edges);
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint32));
  RoadCore core = { .graph = graph, .order = numbers, .path = path, .stack = stack };

  core.low = numbers + n_edges;
  core.part = core.low + n_edges;
  core.next = core.part + n_edges;
  for (guint32 edge = 0; edge < n_edges; edge++)
    if (core.order[edge] == 0 && road_core_is_open (graph, edge))
      road_core_walk (&core, edge);
  for (guint32 edge = 0; edge < n_edges; edge++)
    if (core.best > 0 && core.part[edge] == core.best)
      graph->segments[edge / 2].flags
          |= edge % 2 == 0 ? MH_ROAD_CORE_FORWARD : MH_ROAD_CORE_BACKWARD;
}
