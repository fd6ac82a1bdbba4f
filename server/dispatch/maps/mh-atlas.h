/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One version of the map in memory: its roads, its tiles, its addresses. Never changes; whoever
 * asks it something holds a reference, so that the next version can take its place meanwhile. For
 * any number of threads. */
#include "server/dispatch/maps/mh-map-folder.h"
#include "shared/geo/mh-address.h"
#include "shared/geo/mh-road-search.h"
#include "shared/tiles/mh-tile.h"

G_BEGIN_DECLS

typedef struct _MhAtlas MhAtlas;

/* @tile_bytes: of drawn tiles that are kept. MH_ERROR_CANCELLED. */
MhAtlas *mh_atlas_load (const char *data_dir,
                        const char *version,
                        gsize tile_bytes,
                        GCancellable *cancellable,
                        GError **error);
MhAtlas *mh_atlas_ref (MhAtlas *atlas);
void mh_atlas_unref (MhAtlas *atlas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhAtlas, mh_atlas_unref)

MhTileShelf *mh_atlas_tiles (const MhAtlas *atlas);
const MhAddressBook *mh_atlas_addresses (const MhAtlas *atlas);
/* A workspace for one thread, to be given back. */
MhRoadSearch *mh_atlas_take_search (MhAtlas *atlas);
void mh_atlas_give_search (MhAtlas *atlas, MhRoadSearch *search);
/* Private roads are closed to whoever is not on an emergency. */
const MhRoadTraffic *mh_atlas_cars (const MhAtlas *atlas);

G_END_DECLS
