/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Which tags of OpenStreetMap make which feature, and from which zoom it shows. */
#include "shared/tiles/mh-tile-map.h"

G_BEGIN_DECLS

typedef struct _MhTileKinds MhTileKinds;

/* The rules with the numbers that the texts have in @osm, which outlives them. */
MhTileKinds *mh_tile_kinds_new (const MhOsm *osm);
void mh_tile_kinds_free (MhTileKinds *kinds);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhTileKinds, mh_tile_kinds_free)

/* What a way or relation is; @is_ring: an area may be meant. FALSE: nothing that is drawn. */
gboolean mh_tile_kinds_of_shape (const MhTileKinds *kinds,
                                 MhOsmSpan tags,
                                 gboolean is_ring,
                                 MhTileFeature *out_feature);
/* What text stands at a place: also that of a building or of grounds, at their middle. */
gboolean
mh_tile_kinds_of_point (const MhTileKinds *kinds, MhOsmSpan tags, MhTileFeature *out_feature);
/* The name, or the number of a house; NULL: none. */
const char *mh_tile_kinds_text (const MhTileKinds *kinds, MhOsmSpan tags, MhTileKind kind);

G_END_DECLS
