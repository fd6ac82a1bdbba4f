/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A zone on the map: one ring of corners, checked once, then read by all threads. What lies on the
 * border lies inside. Distances are measured on the plane that touches the earth at the point asked
 * for, which is exact enough for zones of a district (1 cm at 50 m).
 */
#include "shared/geo/mh-geo.h"

G_BEGIN_DECLS

#define MH_FENCE_LEAST_CORNERS 3
#define MH_FENCE_MOST_CORNERS 500

typedef struct _MhFence MhFence;

/*
 * @corners as drawn, the last one again the first (as in GeoJSON), @n counts both. Refused, with an
 * issue at `corners` or `corners[i]` that counts corners from 1: too few or too many corners, a
 * ring that is open, a corner that is no place on earth or the same as the one before, a border
 * that crosses or touches itself, a zone across the 180th meridian. @id is the zone's, at most
 * MH_ID_LENGTH bytes.
 */
MhFence *mh_fence_new (const char *id, const MhGeoPoint *corners, gsize n, GError **error);
/* The same from JSON, [[LAT,LON],…]: what is no such list is an issue at `corners`, too. */
MhFence *mh_fence_read (const char *id, const char *corners, GError **error);
MhFence *mh_fence_ref (MhFence *fence);
void mh_fence_unref (MhFence *fence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhFence, mh_fence_unref)

const char *mh_fence_id (const MhFence *fence);
gboolean mh_fence_contains (const MhFence *fence, MhGeoPoint point);
/* How far outside @point lies; 0: inside or on the border. */
double mh_fence_metres_outside (const MhFence *fence, MhGeoPoint point);
/* May anything within @metres of the straight line from @from to @to lie in the zone? Fast; TRUE
 * may be wrong, FALSE never is. */
gboolean mh_fence_is_near (const MhFence *fence, MhGeoPoint from, MhGeoPoint to, double metres);
/* Where the straight line from @from to @to first meets the zone and last leaves it, as parts of
 * the line (0 … 1). FALSE: it does not meet it, or only touches a corner. */
gboolean mh_fence_crossed (const MhFence *fence,
                           MhGeoPoint from,
                           MhGeoPoint to,
                           double *out_first,
                           double *out_last);

G_END_DECLS
