/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Searching the roads: what it takes to ask for a route (mh-road-route.h), for the nearest units
 * (mh-road-nearest.h), for what can be reached (mh-road-reach.h). A search is the workspace of one
 * thread, good for any number of questions one after the other; it keeps the graph.
 *
 * Times are whole milliseconds and the same whichever way they are asked for: the time of a unit
 * among the nearest is that of its route. Turning round costs MH_ROAD_TURNING and is allowed where
 * a road is open both ways and no restriction forbids it; other turns cost nothing.
 */
#include "shared/geo/mh-road-snap.h"

G_BEGIN_DECLS

#define MH_ROAD_TURNING 15000 /* milliseconds */

typedef struct
{
  const MhRoadTraffic *traffic; /* NULL: as usual */
  gboolean may_go_against; /* one-ways, at 20 km/h; never on motorways, trunk roads, roundabouts */
} MhRoadSettings;

typedef struct _MhRoadSearch MhRoadSearch;

MhRoadSearch *mh_road_search_new (MhRoadGraph *graph);
void mh_road_search_free (MhRoadSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhRoadSearch, mh_road_search_free)
const MhRoadGraph *mh_road_search_graph (const MhRoadSearch *search);

G_END_DECLS
