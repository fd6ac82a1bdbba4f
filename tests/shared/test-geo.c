/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances, bearings and the square of map tiles against figures worked out elsewhere. */
#include "shared/geo/mh-geo.h"

#include <math.h>

static const MhGeoPoint delhi = { 28.6139, 77.2090 }, mumbai = { 19.0760, 72.8777 };

static void
test_distance (void)
{
  /* one degree of a great circle of the mean radius */
  const double degree = MH_GEO_EARTH_METRES * G_PI / 180;
  g_assert_cmpfloat_with_epsilon (mh_geo_distance ((MhGeoPoint){ 0, 0 }, (MhGeoPoint){ 0, 1 }),
                                  degree, 0.01);
  g_assert_cmpfloat_with_epsilon (
      mh_geo_distance ((MhGeoPoint){ 89.5, 0 }, (MhGeoPoint){ 89.5, 180 }), degree, 0.01);
  g_assert_cmpfloat_with_epsilon (
      mh_geo_distance ((MhGeoPoint){ 10, 179.5 }, (MhGeoPoint){ 10, -179.5 }),
      degree * cos (10 * G_PI / 180), 2);
  g_assert_cmpfloat_with_epsilon (mh_geo_distance (delhi, mumbai), 1148e3, 2e3);
  g_assert_cmpfloat (mh_geo_distance (delhi, delhi), ==, 0);
  g_assert_cmpfloat_with_epsilon (mh_geo_distance ((MhGeoPoint){ 0, 0 }, (MhGeoPoint){ 0, 180 }),
                                  180 * degree, 0.01);
}

static void
test_bearing (void)
{
  const MhGeoPoint here = { 47, 9 };
  static const double rows[] = { 0, 45, 90, 135, 180, 225, 270, 315, 359 };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MhGeoPoint there = mh_geo_ahead (here, rows[i], 1000);
      g_assert_cmpfloat_with_epsilon (mh_geo_turn (rows[i], mh_geo_bearing (here, there)), 0, 1e-6);
      g_assert_cmpfloat_with_epsilon (mh_geo_distance (here, there), 1000, 1e-3);
    }
  g_assert_cmpfloat (mh_geo_turn (350, 10), ==, 20);
  g_assert_cmpfloat (mh_geo_turn (10, 350), ==, -20);
  g_assert_cmpfloat (mh_geo_turn (0, 180), ==, 180);
  g_assert_cmpfloat (mh_geo_turn (180, 0), ==, 180);
  /* over the line where days begin */
  g_assert_cmpfloat_with_epsilon (mh_geo_ahead ((MhGeoPoint){ 0, 179.999 }, 90, 1000).lon, -179.992,
                                  1e-3);
}

static void
test_mercator (void)
{
  double x, y;
  mh_geo_to_mercator ((MhGeoPoint){ 0, 0 }, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (y, 0.5, 1e-12);
  mh_geo_to_mercator ((MhGeoPoint){ 90, 180 }, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (y, 0, 1e-9);
  /* Vaduz lies in tile 14/8625/5753 */
  mh_geo_to_mercator ((MhGeoPoint){ 47.14137, 9.52097 }, &x, &y);
  g_assert_cmpint ((int)(x * 16384), ==, 8625);
  g_assert_cmpint ((int)(y * 16384), ==, 5753);
  const MhGeoPoint back = mh_geo_from_mercator (x, y);
  g_assert_cmpfloat_with_epsilon (back.lat, 47.14137, 1e-9);
  g_assert_cmpfloat_with_epsilon (back.lon, 9.52097, 1e-9);
}

static void
test_valid (void)
{
  static const struct
  {
    MhGeoPoint point;
    gboolean is_valid;
  } rows[] = {
    { { 0, 0 }, TRUE },         { { 90, 180 }, TRUE },     { { -90, -180 }, TRUE },
    { { 90.001, 0 }, FALSE },   { { 0, 180.001 }, FALSE }, { { -90.001, 0 }, FALSE },
    { { 0, -180.001 }, FALSE }, { { NAN, 0 }, FALSE },     { { 0, NAN }, FALSE },
    { { INFINITY, 0 }, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mh_geo_is_valid (rows[i].point), ==, rows[i].is_valid);
}

static void
test_line (void)
{
  const MhGeoPoint from = { 57.7, 11.9 }, to = { 57.7, 12.0 };
  g_assert_cmpfloat_with_epsilon (mh_geo_along ((MhGeoPoint){ 57.8, 11.925 }, from, to), 0.25,
                                  1e-9);
  g_assert_cmpfloat (mh_geo_along ((MhGeoPoint){ 57.7, 13 }, from, to), ==, 1);
  g_assert_cmpfloat (mh_geo_along ((MhGeoPoint){ 57.7, 11 }, from, to), ==, 0);
  g_assert_cmpfloat (mh_geo_along ((MhGeoPoint){ 57.7, 11 }, from, from), ==, 0);
  g_assert_cmpfloat_with_epsilon (mh_geo_between (from, to, 0.5).lon, 11.95, 1e-9);

  MhGeoBox box = MH_GEO_BOX_EMPTY;
  g_assert_false (mh_geo_box_has (&box, from));
  mh_geo_box_add (&box, from);
  mh_geo_box_add (&box, to);
  g_assert_true (mh_geo_box_has (&box, mh_geo_between (from, to, 0.5)));
  g_assert_false (mh_geo_box_has (&box, delhi));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/distance", test_distance);
  g_test_add_func ("/geo/bearing", test_bearing);
  g_test_add_func ("/geo/mercator", test_mercator);
  g_test_add_func ("/geo/valid", test_valid);
  g_test_add_func ("/geo/line", test_line);
  return g_test_run ();
}
