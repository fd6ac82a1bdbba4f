/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What can be reached from a place within a time: the stretches of road, and an outline to be
 * drawn. */
#include "shared/geo/mh-road-search.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 edge;
  guint16 from, to;     /* positions in the direction of the edge */
  guint32 milliseconds; /* when one comes to @from */
} MhRoadStretch;

/* All of them, each edge at most once but for that of the start: MhRoadStretch. Transfer full. */
GArray *mh_road_reach (MhRoadSearch *search,
                       const MhRoadSettings *settings,
                       const MhRoadPlace *from,
                       guint32 milliseconds);
/* The line of a stretch: MhGeoPoint. Transfer full. */
GArray *mh_road_stretch_line (const MhRoadGraph *graph, const MhRoadStretch *stretch);
/* The land within about @metres of the stretches, as closed rings of MhGeoPoint without the first
 * point again at their end: land lies to the left of a ring's direction, so that what is left out
 * inside of it goes the other way round. GPtrArray of GArray. Transfer full. */
GPtrArray *mh_road_reach_outline (const MhRoadGraph *graph, const GArray *stretches, double metres);

G_END_DECLS
