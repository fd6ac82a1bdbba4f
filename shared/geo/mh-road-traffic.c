/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-road-traffic.h"
#include "shared/geo/mh-road-private.h"

#include <string.h>

MhRoadTraffic *
mh_road_traffic_new (const MhRoadGraph *graph)
{
  MhRoadTraffic *traffic = g_new0 (MhRoadTraffic, 1);
  g_atomic_ref_count_init (&traffic->refs);
  traffic->n_edges = mh_road_graph_n_edges (graph);
  traffic->fastest = MH_ROAD_USUAL;
  traffic->percent = g_malloc (traffic->n_edges);
  memset (traffic->percent, MH_ROAD_USUAL, traffic->n_edges);
  return traffic;
}

MhRoadTraffic *
mh_road_traffic_copy (const MhRoadTraffic *traffic)
{
  MhRoadTraffic *copy = g_new0 (MhRoadTraffic, 1);
  g_atomic_ref_count_init (&copy->refs);
  copy->n_edges = traffic->n_edges;
  copy->percent = g_memdup2 (traffic->percent, traffic->n_edges);
  copy->fastest = MH_ROAD_USUAL;
  for (guint i = 0; i < copy->n_edges; i++)
    copy->fastest = MAX (copy->fastest, copy->percent[i]);
  return copy;
}

MhRoadTraffic *
mh_road_traffic_ref (MhRoadTraffic *traffic)
{
  g_atomic_ref_count_inc (&traffic->refs);
  return traffic;
}

void
mh_road_traffic_unref (MhRoadTraffic *traffic)
{
  if (traffic == NULL || !g_atomic_ref_count_dec (&traffic->refs))
    return;

  g_free (traffic->percent);
  g_free (traffic);
}

void
mh_road_traffic_set (MhRoadTraffic *traffic, guint32 edge, guint8 percent)
{
  g_return_if_fail (edge < traffic->n_edges);
  traffic->percent[edge] = percent;
  traffic->fastest = MAX (traffic->fastest, percent);
}

guint8
mh_road_traffic_get (const MhRoadTraffic *traffic, guint32 edge)
{
  return traffic != NULL ? traffic->percent[edge] : MH_ROAD_USUAL;
}

guint
mh_road_traffic_fastest (const MhRoadTraffic *traffic)
{
  return traffic != NULL ? traffic->fastest : MH_ROAD_USUAL;
}
