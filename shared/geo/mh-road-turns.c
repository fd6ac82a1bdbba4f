/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Restrictions of turns: from a way, over a node, to a way. */
#include "shared/geo/mh-road-private.h"

#include <string.h>

typedef struct
{
  const MhRoadGraph *graph;
  const MhOsmSpan *of_way;
  GArray *bans; /* guint64 */
} RoadTurns;

static gboolean
road_turns_holds (const MhOsm *osm, const MhOsmRelation *relation, gboolean *out_only)
{
  const char *kind = mh_osm_tag (osm, relation->tags, "restriction");
  const char *except = mh_osm_tag (osm, relation->tags, "except");
  if (g_strcmp0 (mh_osm_tag (osm, relation->tags, "type"), "restriction") != 0 || kind == NULL)
    return FALSE;

  g_auto (GStrv) excepted = g_strsplit (except != NULL ? except : "", ";", -1);
  for (char **word = excepted; *word != NULL; word++)
    if (strcmp (g_strstrip (*word), "emergency") == 0)
      return FALSE;
  *out_only = g_str_has_prefix (kind, "only_");
  return *out_only || g_str_has_prefix (kind, "no_");
}

static gboolean
road_turns_is_of (const RoadTurns *turns, guint32 edge, guint32 way)
{
  const MhOsmSpan span = turns->of_way[way];
  return edge / 2 >= span.first && edge / 2 - span.first < span.count;
}

/* Each edge of @from that ends at @via, with each that begins there: “no” forbids those of @to
 * (from a way to itself: turning round alone), “only” all others. */
static void
road_turns_ban (RoadTurns *turns, guint32 from, guint32 via, guint32 to, gboolean is_only)
{
  const MhRoadGraph *graph = turns->graph;
  for (guint32 i = graph->first[via]; i < graph->first[via + 1]; i++)
    {
      const guint32 in = graph->edges[i] ^ 1;
      if (!road_turns_is_of (turns, in, from))
        continue;
      for (guint32 j = graph->first[via]; j < graph->first[via + 1]; j++)
        {
          const guint32 out = graph->edges[j];
          const gboolean is_to
              = road_turns_is_of (turns, out, to) && (from != to || is_only || out == (in ^ 1));
          const guint64 ban = (guint64)in << 32 | out;
          if (is_to != is_only)
            g_array_append_val (turns->bans, ban);
        }
    }
}

static void
road_turns_read (RoadTurns *turns,
                 const MhOsm *osm,
                 const MhOsmRelation *relation,
                 const guint32 *vertex_of)
{
  guint32 from = MH_OSM_NONE, via = MH_OSM_NONE, to = MH_OSM_NONE;
  gboolean is_only;
  if (!road_turns_holds (osm, relation, &is_only))
    return;

  const MhOsmMember *members = mh_osm_members (osm, relation);
  for (guint i = 0; i < relation->members.count; i++)
    {
      const char *role = mh_osm_text (osm, members[i].role);
      if (members[i].kind == MH_OSM_WAY && strcmp (role, "from") == 0)
        from = members[i].index;
      else if (members[i].kind == MH_OSM_WAY && strcmp (role, "to") == 0)
        to = members[i].index;
      else if (members[i].kind == MH_OSM_NODE && strcmp (role, "via") == 0)
        via = members[i].index;
    }
  if (from != MH_OSM_NONE && to != MH_OSM_NONE && via != MH_OSM_NONE
      && vertex_of[via] != MH_ROAD_NONE && turns->of_way[to].count > 0)
    road_turns_ban (turns, from, vertex_of[via], to, is_only);
}

void
mh_road_graph_read_turns (MhRoadGraph *graph,
                          const MhOsm *osm,
                          const guint32 *vertex_of,
                          const MhOsmSpan *of_way)
{
  RoadTurns turns = { graph, of_way, g_array_new (FALSE, FALSE, sizeof (guint64)) };
  guint n;
  gsize n_bans;
  const MhOsmRelation *relations = mh_osm_relations (osm, &n);

  for (guint i = 0; i < n; i++)
    road_turns_read (&turns, osm, &relations[i], vertex_of);
  guint64 *bans = g_array_steal (turns.bans, &n_bans);
  g_array_unref (turns.bans);
  mh_road_graph_set_bans (graph, bans, (guint32)n_bans);
}
