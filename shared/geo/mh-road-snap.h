/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Where on the roads a point lies. */
#include "shared/geo/mh-road-traffic.h"

G_BEGIN_DECLS

#define MH_ROAD_WHOLE 65535 /* positions along an edge reach from 0 to this */

/* A place on a segment. */
typedef struct
{
  guint32 segment;
  guint16 position;  /* along the segment as drawn */
  guint8 directions; /* 1: as drawn, 2: against it, 3: both */
  double metres;     /* from the point that was asked for */
  MhGeoPoint point;  /* on the road */
} MhRoadPlace;

/* The nearest place on the core within @max_metres; FALSE: none. @heading: degrees from north that
 * a vehicle is driving, NAN: standing, or unknown; it tells the side of a two-way road, and of
 * roads nearly as close the one that leads there. @traffic (may be NULL): what it closes is no
 * place. */
gboolean mh_road_snap (const MhRoadGraph *graph,
                       const MhRoadTraffic *traffic,
                       MhGeoPoint point,
                       double heading,
                       double max_metres,
                       MhRoadPlace *out_place);

G_END_DECLS
