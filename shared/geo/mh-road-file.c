/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph as a file: a head, then its five arrays as they lie in memory. Numbers have the order
 * of bytes of the machine, which the head's version tells: on another kind of machine it is
 * another. */
#include "shared/base/mh-sha256.h"
#include "shared/geo/mh-road-private.h"

#include <math.h>
#include <string.h>

typedef struct
{
  char magic[8];
  guint32 version, n_vertices, n_segments, n_points, n_bans, text_size;
  guint8 sum[MH_SHA256_SIZE]; /* of all that follows, and of the counts before */
} RoadFileHead;

typedef struct
{
  gconstpointer data;
  gsize size;
} RoadFilePart;

#define ROAD_FILE_MAGIC "MHROADS\n"
#define ROAD_FILE_PARTS 5

G_STATIC_ASSERT (sizeof (RoadFileHead) == 64);
G_STATIC_ASSERT (sizeof (MhRoadSegment) == 32);
G_STATIC_ASSERT (sizeof (MhRoadPoint) == 8);

static void
road_file_parts (const MhRoadGraph *graph, RoadFilePart out[ROAD_FILE_PARTS])
{
  out[0] = (RoadFilePart){ graph->vertices, graph->n_vertices * sizeof (MhRoadPoint) };
  out[1] = (RoadFilePart){ graph->points, graph->n_points * sizeof (MhRoadPoint) };
  out[2] = (RoadFilePart){ graph->segments, graph->n_segments * sizeof (MhRoadSegment) };
  out[3] = (RoadFilePart){ graph->bans, graph->n_bans * sizeof (guint64) };
  out[4] = (RoadFilePart){ graph->texts, graph->text_size };
}

static void
road_file_sum (const RoadFileHead *head, gconstpointer data, gsize size, guint8 *out_sum)
{
  MhSha256 sum;
  mh_sha256_begin (&sum);
  mh_sha256_add (&sum, head, G_STRUCT_OFFSET (RoadFileHead, sum));
  mh_sha256_add (&sum, data, size);
  mh_sha256_end_digest (&sum, out_sum);
}

GBytes *
mh_road_graph_pack (const MhRoadGraph *graph)
{
  RoadFilePart parts[ROAD_FILE_PARTS];
  gsize size = sizeof (RoadFileHead), at = size;
  road_file_parts (graph, parts);
  for (guint i = 0; i < ROAD_FILE_PARTS; i++)
    size += parts[i].size;

  guint8 *data = g_malloc (size);
  RoadFileHead head = {
    .version = MH_ROAD_FILE_VERSION,
    .n_vertices = graph->n_vertices,
    .n_segments = graph->n_segments,
    .n_points = graph->n_points,
    .n_bans = graph->n_bans,
    .text_size = graph->text_size,
  };
  memcpy (head.magic, ROAD_FILE_MAGIC, sizeof head.magic);
  for (guint i = 0; i < ROAD_FILE_PARTS; i++)
    {
      if (parts[i].size > 0)
        memcpy (data + at, parts[i].data, parts[i].size);
      at += parts[i].size;
    }
  road_file_sum (&head, data + sizeof head, size - sizeof head, head.sum);
  memcpy (data, &head, sizeof head);
  return g_bytes_new_take (data, size);
}

/* --- reading --- */

static MhRoadGraph *
road_file_refuse (GError **error, const char *words)
{
  mh_error_set (error, MH_ERROR_MALFORMED, "The file of roads %s. Make it anew from the map.",
                words);
  return NULL;
}

static gboolean
road_file_is_at (MhRoadPoint one, MhRoadPoint other)
{
  return one.lat == other.lat && one.lon == other.lon;
}

/* Its line leads from junction to junction and is as long as is told: the bound of A* rests on it.
 */
static gboolean
road_file_is_line (const MhRoadGraph *graph, const MhRoadSegment *segment)
{
  const MhRoadPoint *points = graph->points + segment->first_point;
  double metres = 0;
  for (guint i = 1; i < segment->n_points; i++)
    metres += mh_geo_distance (mh_road_point (points[i - 1]), mh_road_point (points[i]));
  return road_file_is_at (points[0], graph->vertices[segment->from])
         && road_file_is_at (points[segment->n_points - 1], graph->vertices[segment->to])
         && fabs (metres * 10 - segment->decimetres) < 2;
}

/* Each number is looked at: a file may be wrong with the right sum. */
static gboolean
road_file_is_sound (const MhRoadGraph *graph)
{
  if (graph->text_size == 0 || graph->texts[0] != 0 || graph->texts[graph->text_size - 1] != 0)
    return FALSE;
  for (guint32 i = 0; i < graph->n_vertices; i++)
    if (!mh_geo_is_valid (mh_road_point (graph->vertices[i])))
      return FALSE;
  for (guint32 i = 0; i < graph->n_points; i++)
    if (!mh_geo_is_valid (mh_road_point (graph->points[i])))
      return FALSE;
  for (guint32 i = 0; i < graph->n_segments; i++)
    {
      const MhRoadSegment *segment = &graph->segments[i];
      if (segment->from >= graph->n_vertices || segment->to >= graph->n_vertices
          || segment->n_points < 2 || segment->first_point > graph->n_points
          || segment->n_points > graph->n_points - segment->first_point
          || segment->name >= graph->text_size || segment->ref >= graph->text_size
          || segment->road_class >= MH_ROAD_CLASSES || segment->kmh < 1 || segment->kmh > 200
          || !road_file_is_line (graph, segment))
        return FALSE;
    }
  for (guint32 i = 0; i < graph->n_bans; i++)
    if (graph->bans[i] >> 32 >= 2 * (guint64)graph->n_segments
        || (guint32)graph->bans[i] >= 2 * (guint64)graph->n_segments)
      return FALSE;
  return TRUE;
}

static gpointer
road_file_take (const guint8 **at, gsize size)
{
  gpointer copy = g_memdup2 (*at, size);
  *at += size;
  return copy;
}

static guint64
road_file_size (const RoadFileHead *head)
{
  return sizeof *head + (guint64)head->n_vertices * sizeof (MhRoadPoint)
         + (guint64)head->n_points * sizeof (MhRoadPoint)
         + (guint64)head->n_segments * sizeof (MhRoadSegment)
         + (guint64)head->n_bans * sizeof (guint64) + head->text_size;
}

MhRoadGraph *
mh_road_graph_unpack (GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size), *at = data;
  RoadFileHead head;
  guint8 sum[MH_SHA256_SIZE];

  if (size < sizeof head)
    return road_file_refuse (error, "is cut off");
  memcpy (&head, data, sizeof head);
  if (memcmp (head.magic, ROAD_FILE_MAGIC, sizeof head.magic) != 0)
    return road_file_refuse (error, "is something else");
  if (head.version != MH_ROAD_FILE_VERSION)
    return road_file_refuse (error, "has another version");
  if (road_file_size (&head) != size)
    return road_file_refuse (error, "is cut off");
  road_file_sum (&head, data + sizeof head, size - sizeof head, sum);
  if (memcmp (sum, head.sum, sizeof sum) != 0)
    return road_file_refuse (error, "is damaged");

  g_autoptr (MhRoadGraph) graph = mh_road_graph_make ();
  at += sizeof head;
  graph->n_vertices = head.n_vertices;
  graph->n_points = head.n_points;
  graph->n_segments = head.n_segments;
  graph->text_size = head.text_size;
  graph->n_bans = head.n_bans;
  graph->vertices = road_file_take (&at, head.n_vertices * sizeof (MhRoadPoint));
  graph->points = road_file_take (&at, head.n_points * sizeof (MhRoadPoint));
  graph->segments = road_file_take (&at, head.n_segments * sizeof (MhRoadSegment));
  graph->bans = road_file_take (&at, head.n_bans * sizeof (guint64));
  g_free (graph->texts);
  graph->texts = road_file_take (&at, head.text_size);
  if (head.n_segments == 0 || head.n_segments >= MH_ROAD_NONE / 4 || !road_file_is_sound (graph))
    return road_file_refuse (error, "is damaged");

  mh_road_graph_finish (graph);
  mh_road_graph_set_bans (graph, g_steal_pointer (&graph->bans), graph->n_bans);
  return g_steal_pointer (&graph);
}

gboolean
mh_road_graph_save (const MhRoadGraph *graph, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = mh_road_graph_pack (graph);
  g_autoptr (GError) cause = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  /* beside it first, so that a reader never sees half of it */
  if (g_file_set_contents_full (path, data, (gssize)size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0640,
                                &cause))
    return TRUE;
  mh_error_set (error, MH_ERROR_STORAGE, "The roads cannot be stored: %s", cause->message);
  return FALSE;
}

MhRoadGraph *
mh_road_graph_load (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) cause = NULL;
  gsize size;
  if (!g_file_get_contents (path, &data, &size, &cause))
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "The file of roads cannot be read: %s",
                    cause->message);
      return NULL;
    }

  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  return mh_road_graph_unpack (bytes, error);
}
