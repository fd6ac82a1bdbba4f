/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Places on the earth: degrees of WGS 84 north and east. Distances and bearings are those of a
 * sphere, at most half a per cent off, which is less than a road's bends. Web Mercator is the
 * square that map tiles are cut from.
 */
#include <glib.h>

G_BEGIN_DECLS

#define MH_GEO_EARTH_METRES 6371008.8 /* mean radius */
/* What Web Mercator can show; places beyond are moved to its edge. */
#define MH_GEO_MERCATOR_LAT 85.05112877980659

typedef struct
{
  double lat, lon; /* degrees, -90 to 90 and -180 to 180 */
} MhGeoPoint;

typedef struct
{
  MhGeoPoint min, max; /* south-west, north-east; empty while min lies beyond max */
} MhGeoBox;
#define MH_GEO_BOX_EMPTY ((MhGeoBox){ { 91, 181 }, { -91, -181 } })

/* Both numbers are finite and in the world. */
gboolean mh_geo_is_valid (MhGeoPoint point);
/* Metres along the sphere. */
double mh_geo_distance (MhGeoPoint from, MhGeoPoint to);
/* Where one looks from @from towards @to: degrees from north by east, 0 to below 360. */
double mh_geo_bearing (MhGeoPoint from, MhGeoPoint to);
/* From bearing @from to bearing @to: degrees, above -180 to 180, to the right positive. */
double mh_geo_turn (double from, double to);
/* The place @metres from @from in the direction @bearing. */
MhGeoPoint mh_geo_ahead (MhGeoPoint from, double bearing, double metres);
/* How far along the straight line from @from to @to the place nearest to @point lies, 0 to 1; exact
 * enough for lines of some kilometres. */
double mh_geo_along (MhGeoPoint point, MhGeoPoint from, MhGeoPoint to);
MhGeoPoint mh_geo_between (MhGeoPoint from, MhGeoPoint to, double share);

/* Web Mercator: the world as a square from 0 to 1, y from the north. */
void mh_geo_to_mercator (MhGeoPoint point, double *out_x, double *out_y);
MhGeoPoint mh_geo_from_mercator (double x, double y);

void mh_geo_box_add (MhGeoBox *box, MhGeoPoint point);
gboolean mh_geo_box_has (const MhGeoBox *box, MhGeoPoint point);

G_END_DECLS
