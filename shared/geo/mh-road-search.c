/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-road-search-private.h"

#include <math.h>

MhRoadSearch *
mh_road_search_new (MhRoadGraph *graph)
{
  MhRoadSearch *search = g_new0 (MhRoadSearch, 1);
  search->graph = mh_road_graph_ref (graph);
  search->n_edges = mh_road_graph_n_edges (graph);
  search->labels = g_new0 (MhRoadLabel, (gsize)search->n_edges + MH_ROAD_GOALS);
  search->meetings = g_new0 (MhRoadMeeting, graph->n_vertices);
  search->unit_mark = g_new0 (guint32, search->n_edges);
  search->unit_first = g_new0 (guint32, search->n_edges);
  search->unit_bits = g_malloc0 (search->n_edges / 8 + 1);
  return search;
}

void
mh_road_search_free (MhRoadSearch *search)
{
  if (search == NULL)
    return;

  mh_road_graph_unref (search->graph);
  g_free (search->labels);
  g_free (search->meetings);
  g_free (search->unit_mark);
  g_free (search->unit_first);
  g_free (search->unit_bits);
  g_free (search->heap);
  g_free (search);
}

const MhRoadGraph *
mh_road_search_graph (const MhRoadSearch *search)
{
  return search->graph;
}

/* --- the question --- */

/* After two thousand million searches the marks begin anew. */
static void
road_search_wipe (MhRoadSearch *search)
{
  for (gsize i = 0; i < (gsize)search->n_edges + MH_ROAD_GOALS; i++)
    search->labels[i].mark = 0;
  for (guint32 i = 0; i < search->graph->n_vertices; i++)
    search->meetings[i].mark = 0;
  for (guint32 i = 0; i < search->n_edges; i++)
    search->unit_mark[i] = 0;
  search->now = 0;
}

void
mh_road_search_begin (MhRoadSearch *search, const MhRoadSettings *settings, gboolean is_reverse)
{
  static const MhRoadSettings usual = { 0 };
  if (settings == NULL)
    settings = &usual;
  if (search->now >= G_MAXUINT32 - 3)
    road_search_wipe (search);

  search->now += 2;
  search->n_heap = 0;
  search->traffic = settings->traffic;
  search->may_go_against = settings->may_go_against;
  search->is_reverse = is_reverse;
  search->has_target = FALSE;
  search->found = NULL;
}

void
mh_road_search_aim (MhRoadSearch *search, MhGeoPoint target)
{
  const double fastest = search->graph->metres_per_millisecond
                         * mh_road_traffic_fastest (search->traffic) / MH_ROAD_USUAL;
  search->has_target = TRUE;
  search->target = mh_road_vector (target);
  search->milliseconds = MH_GEO_EARTH_METRES / fastest * 0.999;
}

guint32
mh_road_search_time (const MhRoadSearch *search, guint32 edge)
{
  const guint32 time = search->graph->times[edge];
  if (time == MH_ROAD_NONE || (search->graph->against[edge] && !search->may_go_against))
    return MH_ROAD_NONE;
  if (search->traffic == NULL)
    return time;

  const guint percent = search->traffic->percent[edge];
  if (percent == MH_ROAD_USUAL)
    return time;
  if (percent == MH_ROAD_CLOSED)
    return MH_ROAD_NONE;
  /* up, so that no edge is faster than the bound of A* believes */
  return (guint32)MIN (((guint64)time * MH_ROAD_USUAL + percent - 1) / percent, MH_ROAD_NEVER / 2);
}

guint32
mh_road_search_turn (const MhRoadSearch *search, guint32 from, guint32 to)
{
  const MhRoadGraph *graph = search->graph;
  if (graph->is_banning[mh_road_head (graph, from)] && mh_road_is_banned (graph, from, to))
    return MH_ROAD_NONE;
  return to == (from ^ 1) ? MH_ROAD_TURNING : 0;
}

/* --- the queue: a heap whose nodes have four children --- */

static void
road_heap_push (MhRoadSearch *search, MhRoadEntry entry)
{
  if (search->n_heap == search->heap_size)
    {
      search->heap_size = MAX (1024, 2 * search->heap_size);
      search->heap = g_renew (MhRoadEntry, search->heap, search->heap_size);
    }

  guint at = search->n_heap++;
  while (at > 0 && search->heap[(at - 1) / 4].key > entry.key)
    {
      search->heap[at] = search->heap[(at - 1) / 4];
      at = (at - 1) / 4;
    }
  search->heap[at] = entry;
}

static MhRoadEntry
road_heap_pop (MhRoadSearch *search)
{
  MhRoadEntry *heap = search->heap;
  const MhRoadEntry top = heap[0], last = heap[--search->n_heap];
  guint at = 0;
  for (;;)
    {
      const guint child = 4 * at + 1, end = MIN (child + 4, search->n_heap);
      guint least = child;
      for (guint i = child + 1; i < end; i++)
        if (heap[i].key < heap[least].key)
          least = i;
      if (child >= search->n_heap || heap[least].key >= last.key)
        break;
      heap[at] = heap[least];
      at = least;
    }
  heap[at] = last;
  return top;
}

/* Never more than it takes from the head of @edge to the target: the chord is no longer than any
 * road, no road is faster, and a tenth of a second is for what positions are rounded by. */
static guint32
road_search_bound (const MhRoadSearch *search, guint32 edge)
{
  const MhRoadVector *at = &search->graph->vectors[mh_road_head (search->graph, edge)];
  const double x = at->x - search->target.x, y = at->y - search->target.y,
               z = at->z - search->target.z;
  const double time = sqrt (x * x + y * y + z * z) * search->milliseconds - 100;
  return time > 0 ? (guint32)MIN (time, MH_ROAD_NEVER / 2) : 0;
}

/* Two others came to where @edge leads before it: nothing follows from it. */
static gboolean
road_search_is_late (const MhRoadSearch *search, guint32 edge)
{
  if (edge >= search->n_edges)
    return FALSE;

  const guint32 vertex = mh_road_head (search->graph, search->is_reverse ? edge ^ 1 : edge);
  const MhRoadMeeting *meeting = &search->meetings[vertex];
  return meeting->mark == search->now && meeting->first == MH_ROAD_NONE;
}

void
mh_road_search_reach (MhRoadSearch *search, guint32 edge, guint32 cost, guint32 parent)
{
  MhRoadLabel *label = &search->labels[edge];
  if (cost >= MH_ROAD_NEVER || (label->mark >= search->now && label->cost <= cost))
    return;

  *label = (MhRoadLabel){ cost, parent, search->now };
  if (road_search_is_late (search, edge))
    return;
  road_heap_push (
      search, (MhRoadEntry){ search->has_target ? cost + road_search_bound (search, edge) : cost,
                             cost, edge });
}

gboolean
mh_road_search_next (MhRoadSearch *search, MhRoadEntry *out_entry)
{
  while (search->n_heap > 0)
    {
      *out_entry = road_heap_pop (search);
      MhRoadLabel *label = &search->labels[out_entry->edge];
      if (label->mark == search->now && label->cost == out_entry->cost)
        {
          label->mark = search->now + 1;
          return TRUE;
        }
    }
  return FALSE;
}

/* --- on --- */

static void
road_search_step (MhRoadSearch *search, guint32 label, guint32 edge, guint32 cost, guint32 to)
{
  const guint32 time = mh_road_search_time (search, to);
  if (time == MH_ROAD_NONE)
    return;

  const guint32 before = cost + (to == (edge ^ 1) ? MH_ROAD_TURNING : 0);
  if (search->found != NULL && (search->unit_bits[to / 8] & (1 << to % 8)) != 0)
    search->found (to, before, search->found_data);
  mh_road_search_reach (search, to, before + time, label);
}

void
mh_road_search_expand (MhRoadSearch *search, guint32 label, guint32 cost)
{
  const MhRoadGraph *graph = search->graph;
  const guint32 edge = label < search->n_edges ? label : search->goals[label - search->n_edges];
  const guint32 flip = search->is_reverse ? 1 : 0; /* backwards the edges that end here */
  const guint32 vertex = mh_road_head (graph, edge ^ flip);
  const gboolean is_banning = graph->is_banning[vertex];

  if (!is_banning)
    {
      MhRoadMeeting *meeting = &search->meetings[vertex];
      if (meeting->mark == search->now)
        {
          const guint32 first = meeting->first;
          if (first == MH_ROAD_NONE || first == edge)
            return;
          meeting->first = MH_ROAD_NONE;
          road_search_step (search, label, edge, cost, first ^ 1);
          return;
        }
      *meeting = (MhRoadMeeting){ search->now, edge };
    }

  for (guint32 i = graph->first[vertex]; i < graph->first[vertex + 1]; i++)
    {
      const guint32 to = graph->edges[i] ^ flip;
      if (is_banning
          && (search->is_reverse ? mh_road_is_banned (graph, to, edge)
                                 : mh_road_is_banned (graph, edge, to)))
        continue;
      road_search_step (search, label, edge, cost, to);
    }
}
