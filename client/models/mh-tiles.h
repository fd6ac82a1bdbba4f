/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The map as this desk has it: what the server tells of it, and its pictures. What was seen is in
 * the local copy and is shown again when the server is away. The copy has places for a square of
 * MH_TILES_SQUARE by MH_TILES_SQUARE pictures of each zoom and style, so that neighbours never push
 * each other out and the disk never fills.
 */
#include "client/models/mh-model.h"
#include "client/models/mh-place.h"

G_BEGIN_DECLS

#define MH_TILES_SQUARE 16

typedef enum
{
  MH_TILES_ASKING,
  MH_TILES_READY,
  MH_TILES_NONE, /* no map was imported */
  MH_TILES_FAILED,
} MhTilesState;

#define MH_TYPE_TILES (mh_tiles_get_type ())
/* Signal "changed": another state, another map, or the server is there again. */
G_DECLARE_FINAL_TYPE (MhTiles, mh_tiles, MH, TILES, MhModel)

MhTiles *mh_tiles_new (MhContext *context);
MhTilesState mh_tiles_state (MhTiles *tiles);
/* What is shown comes from the local copy: the server is away. */
gboolean mh_tiles_is_away (MhTiles *tiles);
MhRecord *mh_tiles_map (MhTiles *tiles); /* NULL: there is none. Borrowed. */
/* Does @place lie on it? Without a map none does. */
gboolean mh_tiles_covers (MhTiles *tiles, MhPlace *place);
void mh_tiles_ask (MhTiles *tiles);

typedef struct
{
  const char *style; /* MH_MAP_STYLE_… */
  guint z, x, y;
} MhTile;

void mh_tiles_read_async (MhTiles *tiles,
                          const MhTile *tile,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data);
/* A PNG, transfer full. */
GBytes *mh_tiles_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
