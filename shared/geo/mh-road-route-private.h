/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a route is made of: mh-road-route.c finds it, mh-road-steps.c tells it. */
#include "shared/geo/mh-road-route.h"
#include "shared/geo/mh-road-search-private.h"

G_BEGIN_DECLS

/* route->edges is there; @from and @to are positions on the first and the last. */
void mh_road_route_tell (MhRoadRoute *route, const MhRoadSearch *search, guint16 from, guint16 to);
/* Without the bound of A*, for tests to compare with. */
guint32 mh_road_route_time_plain (MhRoadSearch *search,
                                  const MhRoadSettings *settings,
                                  const MhRoadPlace *from,
                                  const MhRoadPlace *to);

G_END_DECLS
