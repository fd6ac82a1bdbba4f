/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-road-graph.h"
#include "shared/geo/mh-road-private.h"

#include <math.h>
#include <string.h>

#define ROAD_AGAINST_KMH 20 /* against a one-way */

MhRoadGraph *
mh_road_graph_make (void)
{
  MhRoadGraph *graph = g_new0 (MhRoadGraph, 1);
  g_atomic_ref_count_init (&graph->refs);
  graph->texts = g_malloc0 (1);
  graph->text_size = 1;
  return graph;
}

MhRoadGraph *
mh_road_graph_ref (MhRoadGraph *graph)
{
  g_atomic_ref_count_inc (&graph->refs);
  return graph;
}

void
mh_road_graph_unref (MhRoadGraph *graph)
{
  if (graph == NULL || !g_atomic_ref_count_dec (&graph->refs))
    return;

  g_free (graph->vertices);
  g_free (graph->points);
  g_free (graph->segments);
  g_free (graph->bans);
  g_free (graph->texts);
  g_free (graph->heads);
  g_free (graph->times);
  g_free (graph->against);
  g_free (graph->first);
  g_free (graph->edges);
  g_free (graph->is_banning);
  g_free (graph->vectors);
  g_free (graph->grid.first);
  g_free (graph->grid.segments);
  g_free (graph);
}

/* --- what is worked out --- */

MhRoadVector
mh_road_vector (MhGeoPoint point)
{
  const double lat = point.lat * G_PI / 180, lon = point.lon * G_PI / 180;
  return (MhRoadVector){ cos (lat) * cos (lon), cos (lat) * sin (lon), sin (lat) };
}

/* Rounded up, so that no edge is faster than the fastest road allows. What takes longer than a day
 * is no road. */
static guint32
road_time (guint32 decimetres, guint kmh)
{
  const guint64 time = ((guint64)decimetres * 360 + kmh - 1) / kmh;
  return time <= MH_ROAD_MAX_TIME ? (guint32)MAX (time, 1) : MH_ROAD_NONE;
}

static void
road_set_edge (MhRoadGraph *graph, guint32 edge)
{
  const MhRoadSegment *segment = &graph->segments[edge / 2];
  const guint8 open = edge % 2 == 0 ? MH_ROAD_FORWARD : MH_ROAD_BACKWARD;
  guint kmh = segment->kmh;

  graph->heads[edge] = edge % 2 == 0 ? segment->to : segment->from;
  graph->times[edge] = MH_ROAD_NONE;
  graph->against[edge] = (segment->flags & open) == 0;
  if (graph->against[edge])
    {
      if ((segment->flags & MH_ROAD_EXEMPT) == 0)
        return;
      kmh = MIN (kmh, ROAD_AGAINST_KMH);
    }
  graph->times[edge] = road_time (segment->decimetres, kmh);
  graph->metres_per_millisecond = MAX (graph->metres_per_millisecond, kmh / 3600.0);
}

/* Edges by the vertex they begin at, by counting. */
static void
road_sort_edges (MhRoadGraph *graph)
{
  const guint32 n_edges = 2 * graph->n_segments;
  graph->first = g_new0 (guint32, (gsize)graph->n_vertices + 2);
  graph->edges = g_new (guint32, n_edges);
  for (guint32 edge = 0; edge < n_edges; edge++)
    graph->first[mh_road_tail (graph, edge) + 2]++;
  for (guint32 v = 0; v < graph->n_vertices; v++)
    graph->first[v + 2] += graph->first[v + 1];
  for (guint32 edge = 0; edge < n_edges; edge++)
    graph->edges[graph->first[mh_road_tail (graph, edge) + 1]++] = edge;
}

void
mh_road_graph_finish (MhRoadGraph *graph)
{
  const gsize n_edges = 2 * (gsize)graph->n_segments;
  graph->heads = g_new (guint32, n_edges);
  graph->times = g_new (guint32, n_edges);
  graph->against = g_new (guint8, n_edges);
  graph->vectors = g_new (MhRoadVector, graph->n_vertices);
  graph->is_banning = g_new0 (guint8, graph->n_vertices);
  graph->box = MH_GEO_BOX_EMPTY;

  for (guint32 edge = 0; edge < n_edges; edge++)
    road_set_edge (graph, edge);
  road_sort_edges (graph);
  for (guint32 v = 0; v < graph->n_vertices; v++)
    graph->vectors[v] = mh_road_vector (mh_road_point (graph->vertices[v]));
  for (guint32 i = 0; i < graph->n_points; i++)
    mh_geo_box_add (&graph->box, mh_road_point (graph->points[i]));
  mh_road_grid_fill (graph);
}

static int
road_compare_bans (gconstpointer a, gconstpointer b)
{
  const guint64 one = *(const guint64 *)a, other = *(const guint64 *)b;
  return (one > other) - (one < other);
}

void
mh_road_graph_set_bans (MhRoadGraph *graph, guint64 *bans, guint32 n_bans)
{
  guint32 kept = 0;
  if (n_bans > 0)
    qsort (bans, n_bans, sizeof *bans, road_compare_bans);
  for (guint32 i = 0; i < n_bans; i++)
    if (i == 0 || bans[i] != bans[i - 1])
      bans[kept++] = bans[i];

  for (guint32 i = 0; i < kept; i++)
    graph->is_banning[mh_road_head (graph, (guint32)(bans[i] >> 32))] = TRUE;
  graph->bans = bans;
  graph->n_bans = kept;
}

/* --- looking --- */

gboolean
mh_road_is_banned (const MhRoadGraph *graph, guint32 from, guint32 to)
{
  const guint64 ban = (guint64)from << 32 | to;
  return graph->n_bans > 0
         && bsearch (&ban, graph->bans, graph->n_bans, sizeof ban, road_compare_bans) != NULL;
}

gboolean
mh_road_is_core (const MhRoadGraph *graph, guint32 edge)
{
  return (graph->segments[edge / 2].flags
          & (edge % 2 == 0 ? MH_ROAD_CORE_FORWARD : MH_ROAD_CORE_BACKWARD))
         != 0;
}

guint
mh_road_graph_n_vertices (const MhRoadGraph *graph)
{
  return graph->n_vertices;
}

guint
mh_road_graph_n_edges (const MhRoadGraph *graph)
{
  return 2 * graph->n_segments;
}

guint
mh_road_graph_n_restrictions (const MhRoadGraph *graph)
{
  return graph->n_bans;
}

MhGeoBox
mh_road_graph_box (const MhRoadGraph *graph)
{
  return graph->box;
}

MhRoadEdge
mh_road_graph_edge (const MhRoadGraph *graph, guint32 edge)
{
  const MhRoadSegment *segment = &graph->segments[edge / 2];
  const gboolean is_usable = graph->times[edge] != MH_ROAD_NONE;
  return (MhRoadEdge){
    .name = graph->texts + segment->name,
    .ref = graph->texts + segment->ref,
    .road_class = (MhRoadClass)segment->road_class,
    .metres = segment->decimetres / 10.0,
    .kmh = graph->against[edge] ? MIN (segment->kmh, ROAD_AGAINST_KMH) : segment->kmh,
    .milliseconds = graph->times[edge],
    .is_open = !graph->against[edge],
    .is_against = graph->against[edge] && is_usable,
    .is_roundabout = (segment->flags & MH_ROAD_ROUNDABOUT) != 0,
    .is_private = (segment->flags & MH_ROAD_PRIVATE) != 0,
    .is_core = mh_road_is_core (graph, edge),
  };
}

GArray *
mh_road_graph_line (const MhRoadGraph *graph, guint32 edge)
{
  const MhRoadSegment *segment = &graph->segments[edge / 2];
  GArray *line = g_array_sized_new (FALSE, FALSE, sizeof (MhGeoPoint), segment->n_points);
  for (guint i = 0; i < segment->n_points; i++)
    {
      const guint at = edge % 2 == 0 ? i : segment->n_points - 1 - i;
      const MhGeoPoint point = mh_road_point (graph->points[segment->first_point + at]);
      g_array_append_val (line, point);
    }
  return line;
}

static void
road_line_add (GArray *line, MhGeoPoint point)
{
  const MhGeoPoint *last = line->len > 0 ? &g_array_index (line, MhGeoPoint, line->len - 1) : NULL;
  if (last == NULL || last->lat != point.lat || last->lon != point.lon)
    g_array_append_val (line, point);
}

void
mh_road_graph_cut (const MhRoadGraph *graph, guint32 edge, guint16 from, guint16 to, GArray *line)
{
  g_autoptr (GArray) whole = mh_road_graph_line (graph, edge);
  const MhGeoPoint *points = (const MhGeoPoint *)(gconstpointer)whole->data;
  double all = 0, before = 0;
  for (guint i = 1; i < whole->len; i++)
    all += mh_geo_distance (points[i - 1], points[i]);

  const double begin = all * from / MH_ROAD_WHOLE, end = all * to / MH_ROAD_WHOLE;
  for (guint i = 1; i < whole->len; i++)
    {
      const double metres = mh_geo_distance (points[i - 1], points[i]);
      const double after = before + metres;
      if (after >= begin && before <= end && metres > 0)
        {
          const double first = MAX (begin - before, 0) / metres, last = (end - before) / metres;
          road_line_add (line, mh_geo_between (points[i - 1], points[i], first));
          road_line_add (line,
                         last < 1 ? mh_geo_between (points[i - 1], points[i], last) : points[i]);
        }
      before = after;
    }
  if (line->len == 0)
    road_line_add (line, points[0]);
}

MhGeoPoint
mh_road_graph_point (const MhRoadGraph *graph, guint32 segment, guint16 position)
{
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (MhGeoPoint));
  mh_road_graph_cut (graph, 2 * segment, position, position, line);
  return g_array_index (line, MhGeoPoint, line->len - 1);
}
