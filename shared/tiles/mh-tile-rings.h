/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The rings of a multipolygon, put together of the ways it has as members. */
#include "shared/geo/mh-osm.h"

G_BEGIN_DECLS

/* Does the way close on itself, and is it whole in this file? */
gboolean mh_tile_rings_is_ring (const MhOsm *osm, const MhOsmWay *way);
/* GArray of node indexes each, the last one again the first. Ways that are cut off by the file's
 * edge, or lead nowhere, make no ring. Free the array. */
GPtrArray *mh_tile_rings_of (const MhOsm *osm, const MhOsmRelation *relation);

G_END_DECLS
