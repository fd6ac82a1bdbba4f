/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Coordinates as people type and read them out: "47.14, 9.52", "47,14 9,52", "47°8'27\"N
 * 9°31'15\"E", "N 47 8.45 E 9 31.25", "47 8 27 9 31 15", in the digits of any script. North comes
 * first unless the letters of the compass say otherwise. */
#include "shared/geo/mh-geo.h"

G_BEGIN_DECLS

/* FALSE without an error: that is no coordinates. FALSE with MH_ERROR_INVALID at "q": they are, but
 * there is no such place. */
gboolean mh_coordinates_read (const char *text, MhGeoPoint *out_point, GError **error);
/* "47.14100, 9.52090": metres. Caller frees. */
char *mh_coordinates_write (MhGeoPoint point);

G_END_DECLS
