/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Letters on a map. Each thread has one font map and one layout for good, since making them costs
 * more than a tile: what is returned belongs to the calling thread, until its next call. */
#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef struct
{
  double width, height;
} MhTileExtent;

/* @size: pixels. The text stands on one line. */
PangoLayout *mh_tile_type_layout (const char *text, double size, gboolean is_bold);
/* Remembered by thread. */
MhTileExtent mh_tile_type_extent (const char *text, double size, gboolean is_bold);

G_END_DECLS
