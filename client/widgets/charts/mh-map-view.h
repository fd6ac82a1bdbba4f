/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A map with its attribution, a scale and buttons. The keys: arrows move it, + and - zoom, Home
 * shows all of it, Enter picks the place in the middle. What lies on it has no accessible children:
 * whoever sets places or a way shows them in a list as well, whoever sets an area says its legend.
 * Only mh-map-view.c knows libshumate.
 */
#include <gtk/gtk.h>

#include "client/models/mh-place.h"
#include "client/models/mh-tiles.h"

G_BEGIN_DECLS

#define MH_TYPE_MAP_VIEW (mh_map_view_get_type ())
/* Signals "picked" (double lat, double lon): a place was clicked or picked by key; "chosen"
 * (MhPlace): one of those that were set. */
G_DECLARE_FINAL_TYPE (MhMapView, mh_map_view, MH, MAP_VIEW, GtkWidget)

typedef enum
{
  MH_MAP_MARK_CHOSEN,
  MH_MAP_MARK_START,
  MH_MAP_MARK_END,
  MH_MAP_N_MARKS,
} MhMapMark;

/* Follows what it tells; keeps a reference. */
void mh_map_view_set_tiles (MhMapView *map, MhTiles *tiles);
/* Of MhPlace; NULL: none. Keeps a reference. */
void mh_map_view_set_places (MhMapView *map, GListModel *places);
/* NULL: no such mark. */
void mh_map_view_set_mark (MhMapView *map, MhMapMark mark, MhPlace *place);
/* Of MhPoint; NULL: none. Brought into sight. */
void mh_map_view_set_way (MhMapView *map, GArray *way);
/* Rings of MhPoint, shaded; NULL: none. Brought into sight. */
void mh_map_view_set_area (MhMapView *map, GPtrArray *rings);
/* Brings @place into the middle, near enough to read its streets. */
void mh_map_view_show (MhMapView *map, MhPlace *place);
/* The place in the middle. */
void mh_map_view_middle (MhMapView *map, double *out_lat, double *out_lon);

G_END_DECLS
