/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Map tiles: pictures of 256 pixels, zoom 8 to 18, cut from the Mercator square as all slippy maps
 * cut it; a day's and a night's look. Texts are placed once for a square of 8 × 8 tiles and never
 * reach beyond it, so that none is cut or written twice. Any number of threads may draw.
 * Whoever shows a tile shows MH_TILE_ATTRIBUTION with it (ODbL).
 */
#include "shared/tiles/mh-tile-map.h"

G_BEGIN_DECLS

#define MH_TILE_ATTRIBUTION "© OpenStreetMap contributors"
#define MH_TILE_PIXELS 256
#define MH_TILE_LEAST_ZOOM 8
#define MH_TILE_MOST_ZOOM 18

typedef enum
{
  MH_TILE_DAY,
  MH_TILE_NIGHT, /* for rooms that are kept dark */
  MH_TILE_N_THEMES,
} MhTileTheme;

typedef struct
{
  MhTileTheme theme;
  guint zoom, x, y; /* x from the west, y from the north */
} MhTile;

/* "day", "night"; FALSE: another word. */
gboolean mh_tile_theme_parse (const char *word, MhTileTheme *out_theme);
const char *mh_tile_theme_word (MhTileTheme theme);
/* MH_ERROR_INVALID at z, x or y. */
gboolean mh_tile_check (const MhTile *tile, GError **error);
/* Of texts as they stand in a path; digits alone, nothing else is a number. */
gboolean
mh_tile_parse (const char *zoom, const char *x, const char *y, MhTile *out_tile, GError **error);
/* The tile that @point lies in. */
MhTile mh_tile_at (MhTileTheme theme, guint zoom, MhGeoPoint point);

/* A PNG. Only errors of mh_tile_check(). */
GBytes *mh_tile_draw (MhTileMap *map, const MhTile *tile, GError **error);

/* --- kept tiles --- */

/* Drawn tiles in memory, those asked for last; and the texts of squares. Thread-safe. */
typedef struct _MhTileShelf MhTileShelf;

/* @most_bytes: of pictures; a few MiB of placed texts come on top. */
MhTileShelf *mh_tile_shelf_new (MhTileMap *map, gsize most_bytes);
MhTileShelf *mh_tile_shelf_ref (MhTileShelf *shelf);
void mh_tile_shelf_unref (MhTileShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhTileShelf, mh_tile_shelf_unref)

/* Another map from now on; what was kept of the old one goes unless they are the same. */
void mh_tile_shelf_set_map (MhTileShelf *shelf, MhTileMap *map);
/* @out_etag (may be NULL; caller frees): quoted as in HTTP, the data's version and the look. */
GBytes *mh_tile_shelf_get (MhTileShelf *shelf, const MhTile *tile, char **out_etag, GError **error);
/* Of tiles of @theme as they are now, without drawing one. Caller frees. */
char *mh_tile_shelf_etag (MhTileShelf *shelf, MhTileTheme theme);
void mh_tile_shelf_figures (MhTileShelf *shelf,
                            gsize *out_bytes,
                            guint *out_tiles,
                            guint64 *out_hits,
                            guint64 *out_misses);

G_END_DECLS
