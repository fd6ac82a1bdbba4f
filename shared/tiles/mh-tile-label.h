/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Where texts stand in a square of 8 × 8 tiles: no two on top of each other, none beyond the
 * square, so that each tile draws its part of the same. */
#include "shared/tiles/mh-tile.h"

G_BEGIN_DECLS

#define MH_TILE_SQUARE 8

typedef struct
{
  guint32 text; /* of mh_tile_map_text(); 0: the sign alone */
  guint8 kind;
  float size;          /* of the letters, pixels */
  double x, y;         /* the middle, pixels from the square's corner */
  double angle;        /* radians, along a street */
  float width, height; /* of the text */
} MhTileLabel;

/* MhTileLabel, the most important first. @x and @y of the square: those of its first tile / 8. Free
 * the array. */
GArray *mh_tile_labels (const MhTileMap *map, guint zoom, guint x, guint y);
/* The side of a hospital's sign; its name stands below. */
double mh_tile_label_sign (const MhTileLabel *label);

G_END_DECLS
