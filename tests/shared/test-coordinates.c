/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coordinates as people type them, and plus codes against the vectors that their authors publish
 * (Apache licence 2.0, github.com/google/open-location-code, test_data). */
#include "shared/base/mh-error.h"
#include "shared/geo/mh-coordinates.h"
#include "shared/geo/mh-plus-code.h"

#include <string.h>

/* --- coordinates --- */

static const struct
{
  const char *text;
  double lat, lon;
} readable[] = {
  { "47.14, 9.52", 47.14, 9.52 },
  { "47.14,9.52", 47.14, 9.52 },
  { "47.14 9.52", 47.14, 9.52 },
  { "  47.14 ;  9.52 ", 47.14, 9.52 },
  { "47,14 9,52", 47.14, 9.52 },
  { "47,14, 9,52", 47.14, 9.52 },
  { "47, 9", 47, 9 },
  { "47,9", 47, 9 },
  { "-33.5, -70.6", -33.5, -70.6 },
  { "−33.5, −70.6", -33.5, -70.6 },
  { "-33.5 -70.6", -33.5, -70.6 },
  { "+47.14 +9.52", 47.14, 9.52 },
  { "47.14 N 9.52 E", 47.14, 9.52 },
  { "47.14n, 9.52e", 47.14, 9.52 },
  { "N 47.14 E 9.52", 47.14, 9.52 },
  { "9.52 E 47.14 N", 47.14, 9.52 },
  { "E 9.52 N 47.14", 47.14, 9.52 },
  { "33.5 S 70.6 W", -33.5, -70.6 },
  { "47°8'24\"N 9°31'12\"E", 47.14, 9.52 },
  { "47° 8′ 24″ N, 9° 31′ 12″ E", 47.14, 9.52 },
  { "47°8'24'' N 9°31'12'' E", 47.14, 9.52 },
  { "N47°8.4' E9°31.2'", 47.14, 9.52 },
  { "47° 9°", 47, 9 },
  { "47° 8.4' 9° 31.2'", 47.14, 9.52 },
  { "47 8 24 9 31 12", 47.14, 9.52 },
  { "47 8 24, 9 31 12", 47.14, 9.52 },
  { "47 8.4 9 31.2", 47.14, 9.52 },
  { "N 47 8 24 E 9 31 12", 47.14, 9.52 },
  { "-33 30 0, -70 36 0", -33.5, -70.6 },
  { "(28.6139, 77.2090)", 28.6139, 77.2090 },
  { "२८.६१३९, ७७.२०९०", 28.6139, 77.2090 },
  { "geo:47.14,9.52", 47.14, 9.52 },
  { "90, 180", 90, 180 },
  { "-90, -180", -90, -180 },
};

static void
test_readable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (readable); i++)
    {
      MhGeoPoint point = { 0 };
      g_autoptr (GError) error = NULL;
      g_test_message ("%s", readable[i].text);
      g_assert_true (mh_coordinates_read (readable[i].text, &point, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (point.lat, readable[i].lat, 1e-9);
      g_assert_cmpfloat_with_epsilon (point.lon, readable[i].lon, 1e-9);
    }
}

static void
test_no_coordinates (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "47.14",
    "Lettstrasse 14",
    "14, Lettstrasse",
    "NH 44",
    "E 20",
    "47.14, 9.52, 12.1",
    "47 8 9",
    "47.14 N 9.52 N",
    "47.14 E 9.52 W",
    "N 47.14 9.52 X",
    "47°61'0\" 9°0'0\"",
    "47°8'60\" 9°0'0\"",
    "47.5°8' 9°0'",
    "47 -8 9 31",
    "1234, 5",
    "1,2,3,4",
    "47.14, 9.52 N N",
    "NN 47 E 9",
    "47 9 N E W",
    ".5, .5",
    "--1, 2",
    "1e3, 4",
    "\xff\xfe, 1",
    "9876543210",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      MhGeoPoint point;
      g_autoptr (GError) error = NULL;
      g_test_message ("%u", i);
      g_assert_false (mh_coordinates_read (texts[i], &point, &error));
      g_assert_no_error (error);
    }
  g_assert_false (mh_coordinates_read (NULL, NULL, NULL));
}

static void
test_nowhere (void)
{
  static const char *const texts[]
      = { "90.001, 0", "-90.001, 0", "0, 180.001", "0, -180.001", "95 N 9 E", "181 E 9 N" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      MhGeoPoint point;
      g_autoptr (GError) error = NULL;
      g_assert_false (mh_coordinates_read (texts[i], &point, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "q"));
    }
}

/* What is written is read again, in any locale. */
static void
test_written (void)
{
  MhGeoPoint point;
  g_autofree char *text = mh_coordinates_write ((MhGeoPoint){ -33.4488912, 70.6 });
  g_assert_cmpstr (text, ==, "-33.44889, 70.60000");
  g_assert_true (mh_coordinates_read (text, &point, NULL));
  g_assert_cmpfloat_with_epsilon (point.lat, -33.44889, 1e-9);
}

/* Whatever is typed, it is read or it is not. */
static void
test_noise (void)
{
  static const char letters[] = "0123456789.,-+ NSEW'\"/;()x";
  for (guint i = 0; i < 200000; i++)
    {
      char text[24] = { 0 };
      gint32 length = g_test_rand_int_range (0, sizeof text);
      for (gint32 k = 0; k < length; k++)
        text[k] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      MhGeoPoint point;
      g_autoptr (GError) error = NULL;
      if (mh_coordinates_read (text, &point, &error))
        g_assert_true (mh_geo_is_valid (point));
      MhGeoBox box;
      if (mh_plus_code_kind (text) == MH_PLUS_CODE_FULL)
        g_assert_true (mh_plus_code_read (text, &box));
    }
}

/* --- plus codes --- */

static const struct
{
  const char *code;
  double lat, lon, south, west, north, east;
} vectors[] = {
  { "7FG49Q00+", 20.375, 2.775, 20.35, 2.75, 20.4, 2.8 },
  { "7FG49QCJ+2V", 20.3700625, 2.7821875, 20.37, 2.782125, 20.370125, 2.78225 },
  { "7FG49QCJ+2VX", 20.3701125, 2.782234375, 20.3701, 2.78221875, 20.370125, 2.78225 },
  { "7FG49QCJ+2VXGJ", 20.3701135, 2.78223535156, 20.370113, 2.782234375, 20.370114, 2.78223632813 },
  { "8FVC2222+22", 47.0000625, 8.0000625, 47.0, 8.0, 47.000125, 8.000125 },
  { "4VCPPQGP+Q9", -41.2730625, 174.7859375, -41.273125, 174.785875, -41.273, 174.786 },
  { "62G20000+", 0.5, -179.5, 0, -180, 1, -179 },
  { "22220000+", -89.5, -179.5, -90, -180, -89, -179 },
  { "7FG40000+", 20.5, 2.5, 20, 2, 21, 3 },
  { "22222222+22", -89.9999375, -179.9999375, -90, -180, -89.999875, -179.999875 },
  { "6VGX0000+", 0.5, 179.5, 0, 179, 1, 180 },
  { "6FH32222+222", 1, 1, 1, 1, 1.000025, 1.00003125 },
  { "CFX30000+", 90, 1, 89, 1, 90, 2 },
  { "CFX30000+", 92, 1, 89, 1, 90, 2 },
  { "62H20000+", 1, 180, 1, -180, 2, -179 },
  { "62H30000+", 1, 181, 1, -179, 2, -178 },
  { "CFX3X2X2+X2", 90, 1, 89.999875, 1, 90, 1.000125 },
  { "6FH56C22+22", 1.2, 3.4, 1.2, 3.4, 1.200125, 3.400125 },
};

static void
test_codes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      MhGeoBox box;
      guint digits = 0;
      for (const char *at = vectors[i].code; *at != 0; at++)
        digits += *at != '+' && *at != '0';
      g_autofree char *code
          = mh_plus_code_write ((MhGeoPoint){ vectors[i].lat, vectors[i].lon }, digits);
      g_assert_cmpstr (code, ==, vectors[i].code);
      g_assert_true (mh_plus_code_read (code, &box));
      g_assert_cmpfloat_with_epsilon (box.min.lat, vectors[i].south, 1e-10);
      g_assert_cmpfloat_with_epsilon (box.min.lon, vectors[i].west, 1e-10);
      g_assert_cmpfloat_with_epsilon (box.max.lat, vectors[i].north, 1e-10);
      g_assert_cmpfloat_with_epsilon (box.max.lon, vectors[i].east, 1e-10);
    }
}

static void
test_code_kinds (void)
{
  static const struct
  {
    const char *text;
    MhPlusCodeKind kind;
  } rows[] = {
    { "8FWC2345+G6", MH_PLUS_CODE_FULL },
    { "8FWC2345+G6G", MH_PLUS_CODE_FULL },
    { "8fwc2345+", MH_PLUS_CODE_FULL },
    { "8FWCX400+", MH_PLUS_CODE_FULL },
    { "WC2345+G6g", MH_PLUS_CODE_SHORT },
    { "2345+G6", MH_PLUS_CODE_SHORT },
    { "45+G6", MH_PLUS_CODE_SHORT },
    { "+G6", MH_PLUS_CODE_SHORT },
    { "G+", MH_PLUS_CODE_NONE },
    { "+", MH_PLUS_CODE_NONE },
    { "8FWC2345+G", MH_PLUS_CODE_NONE },
    { "8FWC2_45+G6", MH_PLUS_CODE_NONE },
    { "8FWC2η45+G6", MH_PLUS_CODE_NONE },
    { "8FWC2345+G6+", MH_PLUS_CODE_NONE },
    { "8FWC2345G6+", MH_PLUS_CODE_NONE },
    { "8FWC2300+G6", MH_PLUS_CODE_NONE },
    { "WC2300+G6g", MH_PLUS_CODE_NONE },
    { "WC2345+G", MH_PLUS_CODE_NONE },
    { "WC2300+", MH_PLUS_CODE_NONE },
    { "849VGJQF+VX7QR3J", MH_PLUS_CODE_FULL },
    { "849VGJQF+VX7QR3U", MH_PLUS_CODE_NONE },
    { "849VGJQF+VX7QR3JW", MH_PLUS_CODE_FULL },
    { "849VGJQF+VX7QR3JU", MH_PLUS_CODE_NONE },
    { "", MH_PLUS_CODE_NONE },
    { NULL, MH_PLUS_CODE_NONE },
    { "X2222222+22", MH_PLUS_CODE_NONE },
    { "2X222222+22", MH_PLUS_CODE_NONE },
    { "00000000+", MH_PLUS_CODE_NONE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (mh_plus_code_kind (rows[i].text), ==, rows[i].kind);
    }
}

static void
test_short_codes (void)
{
  static const struct
  {
    const char *full, *brief;
    double lat, lon;
  } rows[] = {
    { "9C3W9QCJ+2VX", "+2VX", 51.3701125, -1.217765625 },
    { "9C3W9QCJ+2VX", "CJ+2VX", 51.3708675, -1.217765625 },
    { "9C3W9QCJ+2VX", "CJ+2VX", 51.3693575, -1.217765625 },
    { "9C3W9QCJ+2VX", "CJ+2VX", 51.3701125, -1.218520625 },
    { "9C3W9QCJ+2VX", "CJ+2VX", 51.3701125, -1.217010625 },
    { "9C3W9QCJ+2VX", "9QCJ+2VX", 51.3852125, -1.217765625 },
    { "9C3W9QCJ+2VX", "9QCJ+2VX", 51.3550125, -1.217765625 },
    { "9C3W9QCJ+2VX", "9QCJ+2VX", 51.3701125, -1.232865625 },
    { "9C3W9QCJ+2VX", "9QCJ+2VX", 51.3701125, -1.202665625 },
    { "8FJFW222+", "22+", 42.899, 9.012 },
    { "796RXG22+", "22+", 14.95125, -23.5001 },
    { "8FRCXGRF+PM", "XGRF+PM", 47.00, 8.55 },
    { "CFX22222+22", "2222+22", 89.6, 0.0 },
    { "2CXXXXXX+XX", "XXXXXX+XX", -81.0, 0.0 },
    { "9C3W9QCJ+2VX", "9c3w9qcj+2vx", 0, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *full
          = mh_plus_code_recover (rows[i].brief, (MhGeoPoint){ rows[i].lat, rows[i].lon });
      g_assert_cmpstr (full, ==, rows[i].full);
    }
  g_assert_null (mh_plus_code_recover ("Lettstrasse", (MhGeoPoint){ 47, 9 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/coordinates/readable", test_readable);
  g_test_add_func ("/coordinates/none", test_no_coordinates);
  g_test_add_func ("/coordinates/nowhere", test_nowhere);
  g_test_add_func ("/coordinates/written", test_written);
  g_test_add_func ("/coordinates/noise", test_noise);
  g_test_add_func ("/plus-code/vectors", test_codes);
  g_test_add_func ("/plus-code/kinds", test_code_kinds);
  g_test_add_func ("/plus-code/short", test_short_codes);
  return g_test_run ();
}
