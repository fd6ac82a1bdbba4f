/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/tiles/mh-tile-rings.h"

#include <stdlib.h>

typedef struct
{
  const guint32 *nodes;
  guint32 n;
  gboolean is_used;
} Line;

/* One end of an open line. */
typedef struct
{
  guint32 node, line;
} End;

static gboolean
tile_ring_is_whole (const guint32 *nodes, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    if (nodes[i] == MH_OSM_NONE)
      return FALSE;
  return n > 1;
}

gboolean
mh_tile_rings_is_ring (const MhOsm *osm, const MhOsmWay *way)
{
  const guint32 *nodes = mh_osm_way_nodes (osm, way);
  guint32 n = way->nodes.count;
  return n >= 4 && nodes[0] == nodes[n - 1] && tile_ring_is_whole (nodes, n);
}

static void
tile_ring_add (GPtrArray *rings, const guint32 *nodes, guint32 n)
{
  GArray *ring = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  g_array_append_vals (ring, nodes, n);
  g_ptr_array_add (rings, ring);
}

/* What closes on itself is a ring at once, the rest waits in @lines. */
static void
tile_ring_gather (const MhOsm *osm, const MhOsmRelation *relation, GPtrArray *rings, GArray *lines)
{
  guint n_ways;
  const MhOsmWay *ways = mh_osm_ways (osm, &n_ways);
  const MhOsmMember *members = mh_osm_members (osm, relation);
  for (guint32 i = 0; i < relation->members.count; i++)
    {
      if (members[i].kind != MH_OSM_WAY || members[i].index >= n_ways)
        continue;
      const MhOsmWay *way = &ways[members[i].index];
      Line line = { mh_osm_way_nodes (osm, way), way->nodes.count, FALSE };
      if (mh_tile_rings_is_ring (osm, way))
        tile_ring_add (rings, line.nodes, line.n);
      else if (tile_ring_is_whole (line.nodes, line.n) && line.nodes[0] != line.nodes[line.n - 1])
        g_array_append_val (lines, line);
    }
}

static int
tile_ring_compare_ends (const void *a, const void *b)
{
  const End *one = a, *other = b;
  if (one->node != other->node)
    return one->node < other->node ? -1 : 1;
  return one->line < other->line ? -1 : one->line > other->line;
}

static GArray *
tile_ring_ends (const GArray *lines)
{
  GArray *ends = g_array_sized_new (FALSE, FALSE, sizeof (End), 2 * lines->len);
  for (guint32 i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      End first = { line->nodes[0], i }, last = { line->nodes[line->n - 1], i };
      g_array_append_val (ends, first);
      g_array_append_val (ends, last);
    }
  g_array_sort (ends, tile_ring_compare_ends);
  return ends;
}

/* An unused line that begins or ends at @node. */
static Line *
tile_ring_next (const GArray *lines, const GArray *ends, guint32 node)
{
  guint low = 0, high = ends->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (ends, End, middle).node < node)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < ends->len && g_array_index (ends, End, low).node == node; low++)
    {
      Line *line = &g_array_index (lines, Line, g_array_index (ends, End, low).line);
      if (!line->is_used)
        return line;
    }
  return NULL;
}

static void
tile_ring_append (GArray *ring, const Line *line, guint32 from)
{
  gboolean is_forward = line->nodes[0] == from;
  for (guint32 i = 1; i < line->n; i++)
    g_array_append_val (ring, line->nodes[is_forward ? i : line->n - 1 - i]);
}

/* From @start along unused lines until it is back at its beginning; NULL: it never is. */
static GArray *
tile_ring_follow (const GArray *lines, const GArray *ends, Line *start)
{
  GArray *ring = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_vals (ring, start->nodes, start->n);
  start->is_used = TRUE;
  guint32 home = start->nodes[0];
  for (;;)
    {
      guint32 at = g_array_index (ring, guint32, ring->len - 1);
      Line *next = at != home ? tile_ring_next (lines, ends, at) : NULL;
      if (next == NULL)
        break;
      next->is_used = TRUE;
      tile_ring_append (ring, next, at);
    }

  if (g_array_index (ring, guint32, ring->len - 1) == home && ring->len >= 4)
    return ring;
  g_array_unref (ring);
  return NULL;
}

GPtrArray *
mh_tile_rings_of (const MhOsm *osm, const MhOsmRelation *relation)
{
  GPtrArray *rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  tile_ring_gather (osm, relation, rings, lines);
  g_autoptr (GArray) ends = tile_ring_ends (lines);
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);
      GArray *ring = line->is_used ? NULL : tile_ring_follow (lines, ends, line);
      if (ring != NULL)
        g_ptr_array_add (rings, ring);
    }
  return rings;
}
