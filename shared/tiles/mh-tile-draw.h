/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A window of the map onto a picture. Coordinates are dyadic, so that neighbours show the same
 * pixels of what they share. */
#include <cairo.h>

#include "shared/tiles/mh-tile-label.h"

G_BEGIN_DECLS

/* @labels: of the square that the window lies in. @n_tiles: the side of the window in tiles, whose
 * first is @tile. Free with cairo_surface_destroy(). */
cairo_surface_t *
mh_tile_draw_window (const MhTileMap *map, const GArray *labels, const MhTile *tile, guint n_tiles);
/* The PNG of a tile. */
GBytes *mh_tile_draw_labelled (const MhTileMap *map, const GArray *labels, const MhTile *tile);

G_END_DECLS
