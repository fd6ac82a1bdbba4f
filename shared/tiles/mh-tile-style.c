/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/tiles/mh-tile-style.h"

/* Widths stand for zoom 8, 10, 12, 14, 16 and 18. */
#define WIDTHS 6

typedef struct
{
  MhTileColours themes[MH_TILE_N_THEMES];
  float widths[WIDTHS];
} Look;

/* clang-format off */
static const Look looks[MH_TILE_N_KINDS] = {
  [MH_TILE_HOMES] = { { { 0xe6e2dc, 0xe6e2dc }, { 0x242a2e, 0x242a2e } }, { 0 } },
  [MH_TILE_WORKS] = { { { 0xe4dfe6, 0xe4dfe6 }, { 0x282a33, 0x282a33 } }, { 0 } },
  [MH_TILE_FIELD] = { { { 0xf1edd8, 0xf1edd8 }, { 0x24261f, 0x24261f } }, { 0 } },
  [MH_TILE_GRASS] = { { { 0xdcebc9, 0xdcebc9 }, { 0x1f2b21, 0x1f2b21 } }, { 0 } },
  [MH_TILE_ROCK] = { { { 0xe5e2dd, 0xe5e2dd }, { 0x2c2d2d, 0x2c2d2d } }, { 0 } },
  [MH_TILE_WOOD] = { { { 0xbfdbb0, 0xbfdbb0 }, { 0x18291d, 0x18291d } }, { 0 } },
  [MH_TILE_CARE] = { { { 0xf9dede, 0xdf9a9a }, { 0x3d2529, 0x8a4a50 } }, { 0 } },
  [MH_TILE_PAVED] = { { { 0xe3e3e8, 0xe3e3e8 }, { 0x2d3136, 0x2d3136 } }, { 0 } },
  [MH_TILE_WATER] = { { { 0xa9d0e4, 0xa9d0e4 }, { 0x123a50, 0x123a50 } }, { 0 } },
  [MH_TILE_STREAM] = { { { 0xa9d0e4, 0xa9d0e4 }, { 0x123a50, 0x123a50 } }, { 0.3f, 0.4f, 0.6f, 1, 2, 4 } },
  [MH_TILE_RIVER] = { { { 0xa9d0e4, 0xa9d0e4 }, { 0x123a50, 0x123a50 } }, { 0.8f, 1.2f, 2, 3, 6, 12 } },
  [MH_TILE_BUILDING] = { { { 0xd5cbbf, 0xb6a998 }, { 0x343c42, 0x48525a } }, { 0 } },
  [MH_TILE_RAIL] = { { { 0x9a9a9a, 0x9a9a9a }, { 0x5c646a, 0x5c646a } }, { 0.5f, 0.7f, 1, 1.6f, 2.4f, 4 } },
  [MH_TILE_PATH] = { { { 0xa8785a, 0xa8785a }, { 0x75614f, 0x75614f } }, { 0, 0, 0, 0.6f, 1.2f, 2 } },
  [MH_TILE_TRACK] = { { { 0xa98f5c, 0xa98f5c }, { 0x6e6145, 0x6e6145 } }, { 0, 0, 0, 0.8f, 1.6f, 3 } },
  [MH_TILE_SERVICE] = { { { 0xffffff, 0xc9c4bd }, { 0x454d54, 0x161a1d } }, { 0, 0, 0, 1.1f, 3.5f, 9 } },
  [MH_TILE_STREET] = { { { 0xffffff, 0xb9b3aa }, { 0x535c64, 0x14181b } }, { 0, 0, 0.8f, 2.4f, 7, 15 } },
  [MH_TILE_TERTIARY] = { { { 0xffffff, 0xa9a298 }, { 0x646e77, 0x14181b } }, { 0, 0.6f, 1.4f, 4, 9, 18 } },
  [MH_TILE_SECONDARY] = { { { 0xfdf0b3, 0xc0a24e }, { 0x7a7150, 0x14181b } }, { 0, 0.9f, 2, 5, 11, 21 } },
  [MH_TILE_PRIMARY] = { { { 0xfbd69a, 0xc18a3c }, { 0x8d7148, 0x14181b } }, { 0.8f, 1.3f, 2.6f, 5.5f, 12, 23 } },
  [MH_TILE_TRUNK] = { { { 0xf7b891, 0xc06f42 }, { 0x7d5639, 0x14181b } }, { 1, 1.7f, 3, 6, 12, 24 } },
  [MH_TILE_MOTORWAY] = { { { 0xee9a96, 0xb8514d }, { 0x84494a, 0x14181b } }, { 1.2f, 2, 3.4f, 6.5f, 13, 26 } },
};

typedef struct
{
  MhTileColours themes[MH_TILE_N_THEMES]; /* letters, and what parts them from the ground */
  guint8 least_zoom;
  float size, bigger; /* pixels at least_zoom, more for each zoom */
  float most;
  gboolean is_bold;
  guint weight;
} Text;

static const Text texts[MH_TILE_N_KINDS] = {
  [MH_TILE_RIVER] = { { { 0x2f6f93, 0xe8f3f9 }, { 0x7db4d0, 0x0d2431 } }, 13, 11, 0.3f, 13, FALSE, 35 },
  [MH_TILE_STREAM] = { { { 0x2f6f93, 0xe8f3f9 }, { 0x7db4d0, 0x0d2431 } }, 16, 10.5f, 0.5f, 12, FALSE, 20 },
  [MH_TILE_PATH] = { { { 0x6d4a34, 0xfbf9f6 }, { 0xb7a18e, 0x14181b } }, 17, 10, 0.5f, 11, FALSE, 21 },
  [MH_TILE_TRACK] = { { { 0x5f5030, 0xfbf9f6 }, { 0xb3a684, 0x14181b } }, 16, 10, 0.5f, 11, FALSE, 22 },
  [MH_TILE_SERVICE] = { { { 0x333333, 0xffffff }, { 0xd5dde0, 0x14181b } }, 16, 10.5f, 0.8f, 13, FALSE, 23 },
  [MH_TILE_STREET] = { { { 0x262626, 0xffffff }, { 0xdde3e6, 0x14181b } }, 15, 10.5f, 0.8f, 13.5f, FALSE, 30 },
  [MH_TILE_TERTIARY] = { { { 0x262626, 0xffffff }, { 0xe2e8ea, 0x14181b } }, 14, 10.5f, 0.7f, 14, FALSE, 40 },
  [MH_TILE_SECONDARY] = { { { 0x262626, 0xfff9e0 }, { 0xe8ecee, 0x14181b } }, 14, 11, 0.7f, 14, FALSE, 41 },
  [MH_TILE_PRIMARY] = { { { 0x262626, 0xfff3df }, { 0xeef1f2, 0x14181b } }, 13, 11, 0.6f, 14, FALSE, 42 },
  [MH_TILE_TRUNK] = { { { 0x262626, 0xffeee3 }, { 0xeef1f2, 0x14181b } }, 13, 11, 0.6f, 14, FALSE, 43 },
  [MH_TILE_MOTORWAY] = { { { 0x262626, 0xffe9e8 }, { 0xeef1f2, 0x14181b } }, 13, 11, 0.6f, 14, FALSE, 44 },
  [MH_TILE_NUMBER] = { { { 0x5c5148, 0xefe9e2 }, { 0x9aa5ac, 0x1c2226 } }, 17, 9, 1, 10, FALSE, 10 },
  [MH_TILE_LANDMARK] = { { { 0x5a3d7a, 0xffffff }, { 0xc3b1dd, 0x14181b } }, 15, 10.5f, 0.4f, 12, FALSE, 25 },
  [MH_TILE_HOSPITAL] = { { { 0xa61b1b, 0xffffff }, { 0xff9a96, 0x14181b } }, 12, 11, 0.5f, 13, TRUE, 75 },
  [MH_TILE_HAMLET] = { { { 0x4a5358, 0xffffff }, { 0xb6c0c5, 0x14181b } }, 14, 11, 0.5f, 13, FALSE, 50 },
  [MH_TILE_SUBURB] = { { { 0x4a5358, 0xffffff }, { 0xb6c0c5, 0x14181b } }, 13, 11.5f, 0.7f, 14, TRUE, 60 },
  [MH_TILE_VILLAGE] = { { { 0x1b2226, 0xffffff }, { 0xe4eaec, 0x14181b } }, 11, 11, 0.7f, 16, TRUE, 70 },
  [MH_TILE_TOWN] = { { { 0x1b2226, 0xffffff }, { 0xf0f4f5, 0x14181b } }, 9, 12, 0.7f, 18, TRUE, 80 },
  [MH_TILE_CITY] = { { { 0x1b2226, 0xffffff }, { 0xf6f9fa, 0x14181b } }, 8, 13, 0.9f, 20, TRUE, 90 },
};
/* clang-format on */

guint32
mh_tile_style_ground (MhTileTheme theme)
{
  return theme == MH_TILE_NIGHT ? 0x1c2226 : 0xf4f1ea;
}

MhTileColours
mh_tile_style_colours (MhTileTheme theme, MhTileKind kind)
{
  return looks[kind].themes[theme];
}

double
mh_tile_style_width (MhTileKind kind, guint zoom)
{
  guint below = MIN ((CLAMP (zoom, 8, 18) - 8) / 2, WIDTHS - 2);
  double part = (zoom - 8) / 2.0 - below;
  return looks[kind].widths[below] * (1 - part) + looks[kind].widths[below + 1] * part;
}

double
mh_tile_style_edge (MhTileKind kind, guint zoom)
{
  MhTileColours day = looks[kind].themes[MH_TILE_DAY];
  if (day.fill == day.edge || mh_tile_style_width (kind, zoom) < 2)
    return 0;
  return zoom >= 16 ? 1.2 : 0.8;
}

double
mh_tile_style_text (MhTileKind kind, guint zoom)
{
  const Text *text = &texts[kind];
  if (text->size == 0 || zoom < text->least_zoom)
    return 0;
  return MIN (text->size + (zoom - text->least_zoom) * text->bigger, text->most);
}

gboolean
mh_tile_style_is_bold (MhTileKind kind)
{
  return texts[kind].is_bold;
}

guint
mh_tile_style_weight (MhTileKind kind)
{
  return texts[kind].weight;
}

MhTileColours
mh_tile_style_text_colours (MhTileTheme theme, MhTileKind kind)
{
  return texts[kind].themes[theme];
}
