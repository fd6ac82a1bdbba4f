/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How fast the roads are just now: for each edge its speed in percent of the usual one, read while
 * searching. 0 closes the edge. Set everything before others see it: who changes something later
 * copies (a millisecond for a million edges) and hands out the copy.
 */
#include "shared/geo/mh-road-graph.h"

G_BEGIN_DECLS

#define MH_ROAD_USUAL 100
#define MH_ROAD_CLOSED 0

typedef struct _MhRoadTraffic MhRoadTraffic;

/* All as usual. */
MhRoadTraffic *mh_road_traffic_new (const MhRoadGraph *graph);
MhRoadTraffic *mh_road_traffic_copy (const MhRoadTraffic *traffic);
MhRoadTraffic *mh_road_traffic_ref (MhRoadTraffic *traffic);
void mh_road_traffic_unref (MhRoadTraffic *traffic);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhRoadTraffic, mh_road_traffic_unref)

void mh_road_traffic_set (MhRoadTraffic *traffic, guint32 edge, guint8 percent);
/* NULL: as usual. */
guint8 mh_road_traffic_get (const MhRoadTraffic *traffic, guint32 edge);
/* The highest that was ever set, at least 100: no road is faster than so. */
guint mh_road_traffic_fastest (const MhRoadTraffic *traffic);

G_END_DECLS
