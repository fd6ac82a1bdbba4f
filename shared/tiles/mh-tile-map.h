/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What of a map is drawn: features sorted by what they are, their lines and rings as whole numbers
 * on the Mercator square (its side is 2³²), the texts beside them, and a grid to find them by. Made
 * once, never changed, for any number of threads. The sea has no ring of its own in a cut-out and
 * is not drawn.
 */
#include "shared/geo/mh-osm.h"

G_BEGIN_DECLS

/* In the order in which they are drawn; roads from the least to the greatest. */
typedef enum
{
  MH_TILE_HOMES,
  MH_TILE_WORKS, /* industry, trade, railway grounds */
  MH_TILE_FIELD,
  MH_TILE_GRASS,
  MH_TILE_ROCK,
  MH_TILE_WOOD,
  MH_TILE_CARE, /* a hospital's grounds */
  MH_TILE_PAVED,
  MH_TILE_WATER,
  MH_TILE_STREAM,
  MH_TILE_RIVER,
  MH_TILE_BUILDING,
  MH_TILE_RAIL,
  MH_TILE_PATH,
  MH_TILE_TRACK,
  MH_TILE_SERVICE,
  MH_TILE_STREET,
  MH_TILE_TERTIARY,
  MH_TILE_SECONDARY,
  MH_TILE_PRIMARY,
  MH_TILE_TRUNK,
  MH_TILE_MOTORWAY,
  /* points, for their text alone */
  MH_TILE_NUMBER,
  MH_TILE_LANDMARK,
  MH_TILE_HOSPITAL,
  MH_TILE_HAMLET,
  MH_TILE_SUBURB,
  MH_TILE_VILLAGE,
  MH_TILE_TOWN,
  MH_TILE_CITY,
  MH_TILE_N_KINDS,
} MhTileKind;

#define MH_TILE_IS_AREA(kind) ((kind) <= MH_TILE_WATER || (kind) == MH_TILE_BUILDING)
#define MH_TILE_IS_ROAD(kind) ((kind) >= MH_TILE_PATH && (kind) <= MH_TILE_MOTORWAY)
#define MH_TILE_IS_POINT(kind) ((kind) >= MH_TILE_NUMBER)

typedef struct
{
  guint32 x, y; /* from the west and the north */
} MhTileSpot;

typedef struct
{
  guint8 kind;
  guint8 least_zoom;
  gint8 layer;  /* tunnels below, bridges above 0 */
  guint32 name; /* of mh_tile_map_text(); 0: none */
  guint32 first_part, n_parts;
  MhTileSpot min, max;
} MhTileFeature;

typedef struct _MhTileMap MhTileMap;

/* @osm may go afterwards. */
MhTileMap *mh_tile_map_new (const MhOsm *osm);
MhTileMap *mh_tile_map_ref (MhTileMap *map);
void mh_tile_map_unref (MhTileMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhTileMap, mh_tile_map_unref)

/* Follows from what would be drawn: another one if and only if the tiles may be others. */
const char *mh_tile_map_version (const MhTileMap *map);
guint mh_tile_map_n_features (const MhTileMap *map);
const MhTileFeature *mh_tile_map_feature (const MhTileMap *map, guint index);
const char *mh_tile_map_text (const MhTileMap *map, guint32 text);
/* One line or ring of a feature. */
const MhTileSpot *mh_tile_map_part (const MhTileMap *map, guint32 part, guint *out_n);
/* Numbers of the features that show at @zoom and whose box touches that from @min to @max,
 * ascending: that is the order in which they are drawn. Free the array. */
GArray *mh_tile_map_find (const MhTileMap *map, guint zoom, MhTileSpot min, MhTileSpot max);

G_END_DECLS
