/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Which units are there first: one search backwards from the place of the incident. */
#include "shared/geo/mh-road-search.h"

G_BEGIN_DECLS

typedef struct
{
  guint unit; /* its number among those that were given */
  guint32 milliseconds;
} MhRoadNear;

/* The @n_wanted units that are at @goal first, in order, the same time by their number; returns how
 * many were found, which is fewer when there are no more on roads that lead there. @settings may be
 * NULL. A unit that stands on the edge of the goal before it drives straight on. */
guint mh_road_nearest (MhRoadSearch *search,
                       const MhRoadSettings *settings,
                       const MhRoadPlace *goal,
                       const MhRoadPlace *units,
                       guint n_units,
                       guint n_wanted,
                       MhRoadNear *out_near);

G_END_DECLS
