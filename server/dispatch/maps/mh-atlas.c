/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/maps/mh-atlas.h"

#include "shared/base/mh-log.h"

/* As many as may be asked at once; a workspace of a large map is some MiB. */
#define ATLAS_MOST_SEARCHES 8

struct _MhAtlas
{
  gatomicrefcount refs;
  MhRoadGraph *graph;
  MhRoadTraffic *cars;
  MhTileShelf *tiles;
  MhAddressBook *addresses;
  GMutex lock;
  GPtrArray *searches; /* that nobody uses just now */
};

/* What was made at the import; made anew where another version of this program made it. */
static MhRoadGraph *
atlas_roads (const char *data_dir,
             const char *version,
             const MhOsm *osm,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *path = mh_map_folder_file (data_dir, version, "roads");
  g_autoptr (GError) wrong = NULL;
  MhRoadGraph *graph = mh_road_graph_load (path, &wrong);
  if (graph != NULL)
    return graph;

  mh_log (MH_LOG_WARNING, "maps", "roads are made anew", "error", wrong->message, NULL);
  return mh_road_graph_new (osm, cancellable, error);
}

static MhRoadTraffic *
atlas_close_private (const MhRoadGraph *graph)
{
  MhRoadTraffic *traffic = mh_road_traffic_new (graph);
  for (guint32 edge = 0; edge < mh_road_graph_n_edges (graph); edge++)
    if (mh_road_graph_edge (graph, edge).is_private)
      mh_road_traffic_set (traffic, edge, MH_ROAD_CLOSED);
  return traffic;
}

MhAtlas *
mh_atlas_load (const char *data_dir,
               const char *version,
               gsize tile_bytes,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *path = mh_map_folder_file (data_dir, version, "map.osm.pbf");
  g_autoptr (MhOsm) osm = mh_osm_read_file (path, NULL, NULL, cancellable, error);
  MhRoadGraph *graph
      = osm != NULL ? atlas_roads (data_dir, version, osm, cancellable, error) : NULL;
  if (graph == NULL)
    return NULL;

  MhAtlas *atlas = g_new0 (MhAtlas, 1);
  g_autoptr (MhTileMap) map = mh_tile_map_new (osm);
  g_atomic_ref_count_init (&atlas->refs);
  atlas->graph = graph;
  atlas->cars = atlas_close_private (graph);
  atlas->tiles = mh_tile_shelf_new (map, tile_bytes);
  atlas->addresses = mh_address_book_new (osm);
  atlas->searches = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_road_search_free);
  g_mutex_init (&atlas->lock);
  return atlas;
}

MhAtlas *
mh_atlas_ref (MhAtlas *atlas)
{
  g_atomic_ref_count_inc (&atlas->refs);
  return atlas;
}

void
mh_atlas_unref (MhAtlas *atlas)
{
  if (atlas == NULL || !g_atomic_ref_count_dec (&atlas->refs))
    return;
  g_ptr_array_unref (atlas->searches);
  mh_address_book_unref (atlas->addresses);
  mh_tile_shelf_unref (atlas->tiles);
  mh_road_traffic_unref (atlas->cars);
  mh_road_graph_unref (atlas->graph);
  g_mutex_clear (&atlas->lock);
  g_free (atlas);
}

MhTileShelf *
mh_atlas_tiles (const MhAtlas *atlas)
{
  return atlas->tiles;
}

const MhAddressBook *
mh_atlas_addresses (const MhAtlas *atlas)
{
  return atlas->addresses;
}

const MhRoadTraffic *
mh_atlas_cars (const MhAtlas *atlas)
{
  return atlas->cars;
}

MhRoadSearch *
mh_atlas_take_search (MhAtlas *atlas)
{
  MhRoadSearch *search = NULL;
  g_mutex_lock (&atlas->lock);
  if (atlas->searches->len > 0)
    search = g_ptr_array_steal_index (atlas->searches, atlas->searches->len - 1);
  g_mutex_unlock (&atlas->lock);
  return search != NULL ? search : mh_road_search_new (atlas->graph);
}

void
mh_atlas_give_search (MhAtlas *atlas, MhRoadSearch *search)
{
  g_mutex_lock (&atlas->lock);
  if (atlas->searches->len < ATLAS_MOST_SEARCHES)
    g_ptr_array_add (atlas->searches, g_steal_pointer (&search));
  g_mutex_unlock (&atlas->lock);
  g_clear_pointer (&search, mh_road_search_free);
}
