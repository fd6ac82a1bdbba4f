/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps and files of roads: whatever the bytes, they are read or refused; roads made of what was
 * read answer every question. The first byte chooses: a whole file, one block without the frame
 * around it, a file of roads whose checksum is set right. */
#include "shared/base/mh-sha256.h"
#include "shared/geo/mh-road-nearest.h"
#include "shared/geo/mh-road-reach.h"
#include "shared/geo/mh-road-words.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <string.h>

#define OSM_SUM_AT 32 /* where the sum stands in a file of roads */

static void
osm_look (const MhOsm *osm)
{
  guint n_ways, n_nodes, n_relations;
  const MhOsmWay *ways = mh_osm_ways (osm, &n_ways);
  const MhOsmRelation *relations = mh_osm_relations (osm, &n_relations);
  mh_osm_nodes (osm, &n_nodes);
  for (guint i = 0; i < n_ways; i++)
    {
      const guint32 *places = mh_osm_way_nodes (osm, &ways[i]);
      for (guint j = 0; j < ways[i].nodes.count; j++)
        g_assert_true (places[j] == MH_OSM_NONE || places[j] < n_nodes);
      const char *name = mh_osm_tag (osm, ways[i].tags, "name");
      g_assert_true (name == NULL || g_utf8_validate (name, -1, NULL));
      g_assert_cmpuint (mh_osm_find (osm, MH_OSM_WAY, ways[i].id), ==, i);
    }
  for (guint i = 0; i < n_relations; i++)
    for (guint j = 0; j < relations[i].members.count; j++)
      g_assert_nonnull (mh_osm_text (osm, mh_osm_members (osm, &relations[i])[j].role));
  for (guint i = 0; i < n_nodes; i++)
    g_assert_true (mh_geo_is_valid (mh_osm_point (osm, i)));
}

static void
road_tell (const MhRoadRoute *route)
{
  for (guint i = 0; i < route->steps->len; i++)
    {
      g_autofree char *words = mh_road_words (&g_array_index (route->steps, MhRoadStep, i));
      g_assert_nonnull (words);
    }
}

static void
road_ask (MhRoadGraph *graph)
{
  const MhGeoBox box = mh_road_graph_box (graph);
  g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
  const MhRoadSettings settings = { .may_go_against = TRUE };
  MhRoadPlace places[2];
  MhRoadNear near;
  if (!mh_road_snap (graph, NULL, box.min, NAN, 3e7, &places[0])
      || !mh_road_snap (graph, NULL, box.max, 90, 3e7, &places[1]))
    return;

  g_autoptr (MhRoadRoute) route = mh_road_route (search, &settings, &places[0], &places[1], NULL);
  const guint n = mh_road_nearest (search, &settings, &places[1], &places[0], 1, 1, &near);
  g_assert_cmpuint (n, ==, route != NULL);
  if (route != NULL)
    {
      g_assert_cmpuint (near.milliseconds, ==, route->milliseconds);
      road_tell (route);
    }
  g_autoptr (GArray) stretches = mh_road_reach (search, NULL, &places[0], 480000);
  g_autoptr (GPtrArray) rings = mh_road_reach_outline (graph, stretches, 50);
  g_assert_true (stretches->len == 0 || rings->len > 0);
}

static void
osm_read_and_ask (GByteArray *file)
{
  g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (MhOsm) osm = mh_osm_read (input, 0, NULL, NULL, NULL, NULL);
  if (osm == NULL)
    return;

  osm_look (osm);
  g_autoptr (MhRoadGraph) graph = mh_road_graph_new (osm, NULL, NULL);
  if (graph == NULL)
    return;
  road_ask (graph);
  g_autoptr (GBytes) packed = mh_road_graph_pack (graph);
  g_autoptr (MhRoadGraph) again = mh_road_graph_unpack (packed, NULL);
  g_assert_nonnull (again);
}

/* The frame of a file of one block as it is. */
static void
osm_frame (GByteArray *file, const guint8 *data, guint size)
{
  static const guint8 head[] = "\0\0\0\x0d\x0a\x09OSMHeader\x18\x02\x0a\0";
  const guint8 blob[]
      = { 0x0a, (guint8)(size | 0x80), (guint8)(size >> 7 | 0x80), (guint8)(size >> 14 & 0x7f) };
  const guint length = size + sizeof blob;
  const guint8 front[] = { 0,
                           0,
                           0,
                           13,
                           0x0a,
                           7,
                           'O',
                           'S',
                           'M',
                           'D',
                           'a',
                           't',
                           'a',
                           0x18,
                           (guint8)(length | 0x80),
                           (guint8)(length >> 7 | 0x80),
                           (guint8)(length >> 14 & 0x7f) };
  g_byte_array_append (file, head, sizeof head - 1);
  g_byte_array_append (file, front, sizeof front);
  g_byte_array_append (file, blob, sizeof blob);
  g_byte_array_append (file, data, size);
}

static void
road_read_and_ask (GByteArray *file)
{
  if (file->len > OSM_SUM_AT + MH_SHA256_SIZE)
    {
      MhSha256 sum;
      mh_sha256_begin (&sum);
      mh_sha256_add (&sum, file->data, OSM_SUM_AT);
      mh_sha256_add (&sum, file->data + OSM_SUM_AT + MH_SHA256_SIZE,
                     file->len - OSM_SUM_AT - MH_SHA256_SIZE);
      mh_sha256_end_digest (&sum, file->data + OSM_SUM_AT);
    }
  g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);
  g_autoptr (MhRoadGraph) graph = mh_road_graph_unpack (bytes, NULL);
  if (graph != NULL)
    road_ask (graph);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size < 1 || size > 1 << 20)
    return 0;

  g_autoptr (GByteArray) file = g_byte_array_new ();
  if (data[0] % 3 == 1)
    osm_frame (file, data + 1, (guint)size - 1);
  else
    g_byte_array_append (file, data + 1, (guint)size - 1);
  if (data[0] % 3 == 2)
    road_read_and_ask (file);
  else
    osm_read_and_ask (file);
  return 0;
}
