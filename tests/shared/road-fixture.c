/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shared/road-fixture.h"

MhRoadGraph *
road_fixture_of (const OsmDraft *draft)
{
  g_autoptr (MhOsm) osm = osm_draft_read (draft);
  g_autoptr (GError) error = NULL;
  MhRoadGraph *graph = mh_road_graph_new (osm, NULL, &error);
  g_assert_no_error (error);
  return graph;
}

MhRoadGraph *
road_fixture_real (const char *name)
{
  const char *folder = g_getenv ("MAHIMA_MAPS_DIR");
  g_autofree char *path = g_build_filename (folder != NULL ? folder : "data/maps", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOsm) osm = mh_osm_read_file (path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  MhRoadGraph *graph = mh_road_graph_new (osm, NULL, &error);
  g_assert_no_error (error);
  return graph;
}

static void
road_grid_street (OsmDraft *draft, GRand *rand, gint64 from, gint64 to, gboolean is_wild)
{
  static const char *const kinds[] = { "residential", "tertiary", "primary" };
  g_autofree char *nodes = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, from, to);
  g_autofree char *tags
      = g_strdup_printf ("highway=%s%s", kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))],
                         is_wild && g_rand_int_range (rand, 0, 5) == 0 ? ";oneway=yes" : "");
  if (!is_wild || g_rand_int_range (rand, 0, 10) > 0)
    osm_draft_way (draft, 2 * from + (to == from + 1), nodes, tags);
}

static void
road_grid_bans (OsmDraft *draft, GRand *rand, guint size)
{
  static const char *const kinds[] = { "no_left_turn", "no_u_turn", "only_straight_on" };
  for (guint i = 0; i < size * size / 6; i++)
    {
      const gint64 via = g_rand_int_range (rand, (int)size + 1, (int)(size * size));
      const gint64 around[] = { 2 * via, 2 * via + 1, 2 * (via - 1) + 1, 2 * (via - (gint64)size) };
      const guint kind = (guint)g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds));
      const gint64 from = around[g_rand_int_range (rand, 0, 4)];
      const gint64 to = kind == 1 ? from : around[g_rand_int_range (rand, 0, 4)];
      g_autofree char *members
          = g_strdup_printf ("way %" G_GINT64_FORMAT " from, node %" G_GINT64_FORMAT
                             " via, way %" G_GINT64_FORMAT " to",
                             from, via, to);
      g_autofree char *tags = g_strdup_printf ("type=restriction;restriction=%s", kinds[kind]);
      osm_draft_relation (draft, i + 1, members, tags);
    }
}

MhRoadGraph *
road_fixture_grid (GRand *rand, guint size, gboolean is_wild)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  for (guint row = 0; row < size; row++)
    for (guint column = 0; column < size; column++)
      {
        const gint64 id = (gint64)row * size + column + 1;
        const double shift = is_wild ? 0.0009 : 0.0002;
        osm_draft_node (draft, id, 20 + row * 0.0018 + g_rand_double_range (rand, 0, shift),
                        77 + column * 0.0019 + g_rand_double_range (rand, 0, shift), NULL);
        if (column + 1 < size)
          road_grid_street (draft, rand, id, id + 1, is_wild);
        if (row + 1 < size)
          road_grid_street (draft, rand, id, id + size, is_wild);
      }
  if (is_wild)
    {
      const gint64 last = (gint64)size * size;
      g_autofree char *loop
          = g_strdup_printf ("1 %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " 1", last + 1, last + 2);
      osm_draft_node (draft, last + 1, 19.999, 76.999, NULL);
      osm_draft_node (draft, last + 2, 19.998, 77.001, NULL);
      osm_draft_way (draft, 4 * last, loop, "highway=service");
      road_grid_bans (draft, rand, size);
    }
  return road_fixture_of (draft);
}

MhRoadPlace
road_fixture_place (const MhRoadGraph *graph, GRand *rand)
{
  const int n = (int)mh_road_graph_n_edges (graph);
  for (;;)
    {
      const guint32 edge = (guint32)g_rand_int_range (rand, 0, n);
      if (!mh_road_graph_edge (graph, edge).is_core)
        continue;

      const gboolean is_both = mh_road_graph_edge (graph, edge ^ 1).is_core;
      MhRoadPlace place = { .segment = edge / 2, .directions = (guint8)(1 << edge % 2) };
      /* some exactly at an end; some vehicles know where they are heading */
      const int lot = g_rand_int_range (rand, 0, 20);
      place.position = lot == 0   ? 0
                       : lot == 1 ? MH_ROAD_WHOLE
                                  : (guint16)g_rand_int_range (rand, 0, MH_ROAD_WHOLE + 1);
      if (is_both && g_rand_int_range (rand, 0, 3) > 0)
        place.directions = 3;

      place.point = mh_road_graph_point (graph, place.segment, place.position);
      return place;
    }
}

MhRoadTraffic *
road_fixture_traffic (const MhRoadGraph *graph, GRand *rand, guint8 low, guint8 high)
{
  MhRoadTraffic *traffic = mh_road_traffic_new (graph);
  for (guint32 edge = 0; edge < mh_road_graph_n_edges (graph); edge++)
    mh_road_traffic_set (traffic, edge, (guint8)g_rand_int_range (rand, low, high + 1));
  return traffic;
}
