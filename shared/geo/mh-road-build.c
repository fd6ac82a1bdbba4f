/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a map to roads: where ways meet there are junctions, between two of them lies a segment. */
#include "shared/geo/mh-road-private.h"

#include <math.h>
#include <string.h>

#define ROAD_MAX_LINE 60000 /* points of a segment */

typedef struct
{
  const MhOsm *osm;
  MhRoadWay *ways;           /* by way */
  MhOsmSpan *of_way;         /* by way: its segments */
  guint8 *uses;              /* by node: 2 and more make it a junction */
  guint32 *vertex_of;        /* by node; MH_ROAD_NONE: not yet */
  GArray *vertices, *points; /* MhRoadPoint */
  GArray *segments;          /* MhRoadSegment */
  GString *texts;
  GHashTable *text_at; /* number of a text of the map → where it begins */
} RoadMaking;

/* --- junctions --- */

static void
road_count_uses (RoadMaking *making, const MhOsmWay *way)
{
  const guint32 *places = mh_osm_way_nodes (making->osm, way);
  for (guint i = 0; i < way->nodes.count; i++)
    {
      const gboolean is_end = i == 0 || i + 1 == way->nodes.count || places[i - 1] == MH_OSM_NONE
                              || places[i + 1] == MH_OSM_NONE;
      if (places[i] == MH_OSM_NONE)
        continue;
      making->uses[places[i]] = (guint8)MIN (making->uses[places[i]] + (is_end ? 2 : 1), 2);
    }
}

/* Barriers part the road: each side ends at a junction of its own. */
static void
road_mark_blocks (RoadMaking *making)
{
  guint n;
  const MhOsmNode *nodes = mh_osm_nodes (making->osm, &n);
  for (guint i = 0; i < n; i++)
    if (making->uses[i] > 0 && nodes[i].tags.count > 0
        && mh_road_is_blocked (making->osm, nodes[i].tags))
      making->uses[i] = 3;
}

static guint32
road_vertex (RoadMaking *making, guint32 node)
{
  if (making->vertex_of[node] != MH_ROAD_NONE)
    return making->vertex_of[node];

  guint n;
  const MhOsmNode *row = mh_osm_nodes (making->osm, &n) + node;
  const MhRoadPoint point = { row->lat, row->lon };
  g_array_append_val (making->vertices, point);
  if (making->uses[node] != 3)
    making->vertex_of[node] = making->vertices->len - 1;
  return making->vertices->len - 1;
}

/* --- segments --- */

static guint32
road_text (RoadMaking *making, MhOsmSpan tags, const char *key)
{
  const char *text = mh_osm_tag (making->osm, tags, key);
  if (text == NULL || *text == 0)
    return 0;

  const guint known = GPOINTER_TO_UINT (g_hash_table_lookup (making->text_at, text));
  if (known > 0)
    return known;
  const guint32 at = (guint32)making->texts->len;
  g_string_append_len (making->texts, text, (gssize)strlen (text) + 1);
  g_hash_table_insert (making->text_at, (gpointer)text, GUINT_TO_POINTER (at));
  return at;
}

/* Nodes @first to @last of the way, both ends junctions. */
static void
road_add_segment (RoadMaking *making,
                  const MhOsmWay *way,
                  MhRoadSegment segment,
                  guint first,
                  guint last)
{
  const guint32 *places = mh_osm_way_nodes (making->osm, way);
  guint n;
  const MhOsmNode *nodes = mh_osm_nodes (making->osm, &n);
  double metres = 0;

  segment.first_point = making->points->len;
  for (guint i = first; i <= last; i++)
    {
      const MhRoadPoint point = { nodes[places[i]].lat, nodes[places[i]].lon };
      g_array_append_val (making->points, point);
      if (i > first)
        metres += mh_geo_distance (mh_osm_point (making->osm, places[i - 1]),
                                   mh_osm_point (making->osm, places[i]));
    }
  if (metres <= 0 && places[first] == places[last])
    {
      g_array_set_size (making->points, segment.first_point);
      return;
    }

  segment.n_points = (guint16)(last - first + 1);
  segment.decimetres = (guint32)ceil (metres * 10);
  segment.from = road_vertex (making, places[first]);
  segment.to = road_vertex (making, places[last]);
  g_array_append_val (making->segments, segment);
}

static void
road_cut_way (RoadMaking *making, const MhOsmWay *way, const MhRoadWay *judged, MhOsmSpan *out)
{
  const guint32 *places = mh_osm_way_nodes (making->osm, way);
  const MhRoadSegment segment = {
    .name = road_text (making, way->tags, "name"),
    .ref = road_text (making, way->tags, "ref"),
    .road_class = (guint8)judged->road_class,
    .flags = judged->flags,
    .kmh = judged->kmh,
  };
  guint first = 0;

  out->first = making->segments->len;
  for (guint i = 0; i < way->nodes.count; i++)
    {
      if (places[i] == MH_OSM_NONE)
        {
          first = i + 1;
          continue;
        }
      if (i > first && (making->uses[places[i]] >= 2 || i - first == ROAD_MAX_LINE))
        {
          road_add_segment (making, way, segment, first, i);
          first = i;
        }
    }
  out->count = making->segments->len - out->first;
}

/* --- the whole --- */

static void
road_making_clear (RoadMaking *making)
{
  g_free (making->ways);
  g_free (making->of_way);
  g_free (making->uses);
  g_free (making->vertex_of);
  g_array_unref (making->vertices);
  g_array_unref (making->points);
  g_array_unref (making->segments);
  g_string_free (making->texts, TRUE);
  g_hash_table_unref (making->text_at);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoadMaking, road_making_clear)

static void
road_making_begin (RoadMaking *making, guint n_nodes, guint n_ways)
{
  making->ways = g_new0 (MhRoadWay, n_ways);
  making->of_way = g_new0 (MhOsmSpan, n_ways);
  making->uses = g_new0 (guint8, n_nodes);
  making->vertex_of = g_new (guint32, n_nodes);
  for (guint i = 0; i < n_nodes; i++)
    making->vertex_of[i] = MH_ROAD_NONE;
  making->vertices = g_array_new (FALSE, FALSE, sizeof (MhRoadPoint));
  making->points = g_array_new (FALSE, FALSE, sizeof (MhRoadPoint));
  making->segments = g_array_new (FALSE, FALSE, sizeof (MhRoadSegment));
  making->texts = g_string_new_len ("", 1);
  making->text_at = g_hash_table_new (g_str_hash, g_str_equal);
}

static MhRoadGraph *
road_making_end (RoadMaking *making)
{
  MhRoadGraph *graph = mh_road_graph_make ();
  gsize n_vertices, n_points, n_segments;

  graph->vertices = g_array_steal (making->vertices, &n_vertices);
  graph->points = g_array_steal (making->points, &n_points);
  graph->segments = g_array_steal (making->segments, &n_segments);
  graph->n_vertices = (guint32)n_vertices;
  graph->n_points = (guint32)n_points;
  graph->n_segments = (guint32)n_segments;
  graph->text_size = (guint32)making->texts->len;
  g_free (graph->texts);
  graph->texts = g_memdup2 (making->texts->str, making->texts->len);
  mh_road_graph_finish (graph);
  mh_road_graph_read_turns (graph, making->osm, making->vertex_of, making->of_way);
  mh_road_graph_mark_core (graph);
  return graph;
}

MhRoadGraph *
mh_road_graph_new (const MhOsm *osm, GCancellable *cancellable, GError **error)
{
  g_auto (RoadMaking) making = { .osm = osm };
  guint n_nodes, n_ways;
  mh_osm_nodes (osm, &n_nodes);
  const MhOsmWay *ways = mh_osm_ways (osm, &n_ways);

  road_making_begin (&making, n_nodes, n_ways);
  for (guint i = 0; i < n_ways; i++)
    {
      making.ways[i] = mh_road_way_judge (osm, ways[i].tags);
      if (making.ways[i].flags != 0)
        road_count_uses (&making, &ways[i]);
    }
  road_mark_blocks (&making);
  for (guint i = 0; i < n_ways && !g_cancellable_is_cancelled (cancellable); i++)
    if (making.ways[i].flags != 0)
      road_cut_way (&making, &ways[i], &making.ways[i], &making.of_way[i]);

  if (g_cancellable_is_cancelled (cancellable))
    {
      mh_error_set (error, MH_ERROR_CANCELLED, "Reading the roads was stopped.");
      return NULL;
    }
  if (making.segments->len == 0)
    {
      mh_error_set (error, MH_ERROR_INVALID,
                    "The map has no roads. Choose an extract that holds ways with “highway”.");
      return NULL;
    }
  return road_making_end (&making);
}
