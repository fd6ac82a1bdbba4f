/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Colours and widths. Colours are 0xRRGGBB. */
#include "shared/tiles/mh-tile.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 fill, edge; /* equal: no edge */
} MhTileColours;

guint32 mh_tile_style_ground (MhTileTheme theme);
MhTileColours mh_tile_style_colours (MhTileTheme theme, MhTileKind kind);
/* Of a line without its edge, pixels. */
double mh_tile_style_width (MhTileKind kind, guint zoom);
/* How far an edge stands out on each side; 0: too small to have one. */
double mh_tile_style_edge (MhTileKind kind, guint zoom);

/* The size of the text of @kind, pixels; 0: none at this zoom. */
double mh_tile_style_text (MhTileKind kind, guint zoom);
gboolean mh_tile_style_is_bold (MhTileKind kind);
/* Which of two texts has the place: the higher. */
guint mh_tile_style_weight (MhTileKind kind);
MhTileColours mh_tile_style_text_colours (MhTileTheme theme, MhTileKind kind);

G_END_DECLS
