/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed as a place: coordinates and plus codes are read or they are not, and are then in
 * the world; what is read of a code is written the same. */
#include "shared/base/mh-error.h"
#include "shared/geo/mh-coordinates.h"
#include "shared/geo/mh-plus-code.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void
place_code (const char *text)
{
  MhPlusCodeKind kind = mh_plus_code_kind (text);
  MhGeoBox box;
  g_assert_true (mh_plus_code_read (text, &box) == (kind == MH_PLUS_CODE_FULL));
  g_autofree char *full = mh_plus_code_recover (text, (MhGeoPoint){ 28.6, 77.2 });
  g_assert_true ((full != NULL) == (kind != MH_PLUS_CODE_NONE));
  if (full == NULL || strchr (full, '0') != NULL)
    return;

  g_assert_true (mh_plus_code_read (full, &box));
  MhGeoPoint middle = mh_geo_between (box.min, box.max, 0.5);
  guint digits = (guint)MIN (strlen (full) - 1, MH_PLUS_CODE_MOST_DIGITS);
  g_autofree char *again = mh_plus_code_write (middle, digits);
  g_assert_true (strncmp (again, full, digits + 1) == 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  MhGeoPoint point;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *)data, size);
  gboolean is_read = mh_coordinates_read (text, &point, &error);
  g_assert_true (!is_read || (error == NULL && mh_geo_is_valid (point)));
  g_assert_true (error == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_INVALID));
  place_code (text);
  return 0;
}
