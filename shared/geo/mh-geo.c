/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-geo.h"

#include <math.h>

#define GEO_RADIANS (G_PI / 180)

gboolean
mh_geo_is_valid (MhGeoPoint point)
{
  return point.lat >= -90 && point.lat <= 90 && point.lon >= -180 && point.lon <= 180;
}

double
mh_geo_distance (MhGeoPoint from, MhGeoPoint to)
{
  const double up = sin ((to.lat - from.lat) * GEO_RADIANS / 2);
  const double across = sin ((to.lon - from.lon) * GEO_RADIANS / 2);
  const double half
      = up * up + cos (from.lat * GEO_RADIANS) * cos (to.lat * GEO_RADIANS) * across * across;

  return 2 * MH_GEO_EARTH_METRES * asin (sqrt (MIN (half, 1)));
}

double
mh_geo_bearing (MhGeoPoint from, MhGeoPoint to)
{
  const double lat = from.lat * GEO_RADIANS, other = to.lat * GEO_RADIANS;
  const double east = (to.lon - from.lon) * GEO_RADIANS;
  const double angle = atan2 (sin (east) * cos (other),
                              cos (lat) * sin (other) - sin (lat) * cos (other) * cos (east))
                       / GEO_RADIANS;

  return angle < 0 ? fmod (angle + 360, 360) : angle;
}

double
mh_geo_turn (double from, double to)
{
  double turn = fmod (to - from, 360);
  if (turn > 180)
    turn -= 360;
  if (turn <= -180)
    turn += 360;
  return turn;
}

MhGeoPoint
mh_geo_ahead (MhGeoPoint from, double bearing, double metres)
{
  const double way = metres / MH_GEO_EARTH_METRES, angle = bearing * GEO_RADIANS;
  const double lat = from.lat * GEO_RADIANS;
  const double to = asin (sin (lat) * cos (way) + cos (lat) * sin (way) * cos (angle));
  const double east = atan2 (sin (angle) * sin (way) * cos (lat), cos (way) - sin (lat) * sin (to));

  return (MhGeoPoint){ to / GEO_RADIANS, mh_geo_turn (0, from.lon + east / GEO_RADIANS) };
}

double
mh_geo_along (MhGeoPoint point, MhGeoPoint from, MhGeoPoint to)
{
  const double narrow = cos (from.lat * GEO_RADIANS);
  const double x = (to.lon - from.lon) * narrow, y = to.lat - from.lat;
  const double length = x * x + y * y;
  if (length <= 0)
    return 0;

  return CLAMP (((point.lon - from.lon) * narrow * x + (point.lat - from.lat) * y) / length, 0, 1);
}

MhGeoPoint
mh_geo_between (MhGeoPoint from, MhGeoPoint to, double share)
{
  return (MhGeoPoint){ from.lat + (to.lat - from.lat) * share,
                       from.lon + (to.lon - from.lon) * share };
}

void
mh_geo_to_mercator (MhGeoPoint point, double *out_x, double *out_y)
{
  const double lat = CLAMP (point.lat, -MH_GEO_MERCATOR_LAT, MH_GEO_MERCATOR_LAT) * GEO_RADIANS;

  *out_x = (point.lon + 180) / 360;
  *out_y = (1 - asinh (tan (lat)) / G_PI) / 2;
}

MhGeoPoint
mh_geo_from_mercator (double x, double y)
{
  return (MhGeoPoint){ atan (sinh (G_PI * (1 - 2 * y))) / GEO_RADIANS, x * 360 - 180 };
}

void
mh_geo_box_add (MhGeoBox *box, MhGeoPoint point)
{
  box->min.lat = MIN (box->min.lat, point.lat);
  box->min.lon = MIN (box->min.lon, point.lon);
  box->max.lat = MAX (box->max.lat, point.lat);
  box->max.lon = MAX (box->max.lon, point.lon);
}

gboolean
mh_geo_box_has (const MhGeoBox *box, MhGeoPoint point)
{
  return point.lat >= box->min.lat && point.lat <= box->max.lat && point.lon >= box->min.lon
         && point.lon <= box->max.lon;
}
