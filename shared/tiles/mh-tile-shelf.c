/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/tiles/mh-tile-draw.h"

/* Squares whose texts are kept: several desks' screens at several zooms. */
#define MOST_SQUARES 64
/* What a kept tile costs beside its bytes. */
#define OVERHEAD 160

typedef struct
{
  MhTile tile; /* or a square: its zoom, x and y */
  GList link;
  GBytes *png;
  GArray *labels;
} Kept;

struct _MhTileShelf
{
  gatomicrefcount refs;
  GMutex lock;
  MhTileMap *map;
  gsize most_bytes, bytes;
  GHashTable *tiles, *squares;     /* Kept, found by its tile */
  GQueue tile_order, square_order; /* asked for last: first */
  guint64 hits, misses;
};

static guint
tile_shelf_hash (gconstpointer key)
{
  const MhTile *tile = key;
  return ((tile->x * 0x9e3779b1u) ^ (tile->y * 0x85ebca6bu)) + tile->zoom * 31 + tile->theme;
}

static gboolean
tile_shelf_equal (gconstpointer a, gconstpointer b)
{
  const MhTile *one = a, *other = b;
  return one->theme == other->theme && one->zoom == other->zoom && one->x == other->x
         && one->y == other->y;
}

static void
tile_shelf_free_kept (gpointer data)
{
  Kept *kept = data;
  g_clear_pointer (&kept->png, g_bytes_unref);
  g_clear_pointer (&kept->labels, g_array_unref);
  g_free (kept);
}

/* --- life --- */

MhTileShelf *
mh_tile_shelf_new (MhTileMap *map, gsize most_bytes)
{
  MhTileShelf *shelf = g_new0 (MhTileShelf, 1);
  g_atomic_ref_count_init (&shelf->refs);
  g_mutex_init (&shelf->lock);
  shelf->map = mh_tile_map_ref (map);
  shelf->most_bytes = most_bytes;
  shelf->tiles
      = g_hash_table_new_full (tile_shelf_hash, tile_shelf_equal, NULL, tile_shelf_free_kept);
  shelf->squares
      = g_hash_table_new_full (tile_shelf_hash, tile_shelf_equal, NULL, tile_shelf_free_kept);
  g_queue_init (&shelf->tile_order);
  g_queue_init (&shelf->square_order);
  return shelf;
}

MhTileShelf *
mh_tile_shelf_ref (MhTileShelf *shelf)
{
  g_atomic_ref_count_inc (&shelf->refs);
  return shelf;
}

void
mh_tile_shelf_unref (MhTileShelf *shelf)
{
  if (!g_atomic_ref_count_dec (&shelf->refs))
    return;
  g_hash_table_unref (shelf->tiles);
  g_hash_table_unref (shelf->squares);
  mh_tile_map_unref (shelf->map);
  g_mutex_clear (&shelf->lock);
  g_free (shelf);
}

/* --- what is kept; all of it under the lock --- */

static Kept *
tile_shelf_find (GHashTable *table, GQueue *order, const MhTile *tile)
{
  Kept *kept = g_hash_table_lookup (table, tile);
  if (kept != NULL)
    {
      g_queue_unlink (order, &kept->link);
      g_queue_push_head_link (order, &kept->link);
    }
  return kept;
}

/* NULL: another thread was faster, its one stays. */
static Kept *
tile_shelf_add (GHashTable *table, GQueue *order, const MhTile *tile)
{
  if (g_hash_table_contains (table, tile))
    return NULL;
  Kept *kept = g_new0 (Kept, 1);
  kept->tile = *tile;
  kept->link.data = kept;
  g_hash_table_insert (table, &kept->tile, kept);
  g_queue_push_head_link (order, &kept->link);
  return kept;
}

static void
tile_shelf_drop_last (GHashTable *table, GQueue *order)
{
  Kept *kept = g_queue_peek_tail (order);
  g_queue_unlink (order, &kept->link);
  g_hash_table_remove (table, &kept->tile);
}

static gsize
tile_shelf_cost (const Kept *kept)
{
  return g_bytes_get_size (kept->png) + OVERHEAD;
}

/* A tile larger than the shelf would only push out all others. */
static void
tile_shelf_keep (MhTileShelf *shelf, const MhTile *tile, GBytes *png)
{
  if (g_bytes_get_size (png) + OVERHEAD > shelf->most_bytes)
    return;
  Kept *kept = tile_shelf_add (shelf->tiles, &shelf->tile_order, tile);
  if (kept == NULL)
    return;
  kept->png = g_bytes_ref (png);
  shelf->bytes += tile_shelf_cost (kept);
  while (shelf->bytes > shelf->most_bytes)
    {
      shelf->bytes -= tile_shelf_cost (g_queue_peek_tail (&shelf->tile_order));
      tile_shelf_drop_last (shelf->tiles, &shelf->tile_order);
    }
}

static char *
tile_shelf_tag (const MhTileMap *map, MhTileTheme theme)
{
  return g_strdup_printf ("\"%s-%s\"", mh_tile_map_version (map), mh_tile_theme_word (theme));
}

void
mh_tile_shelf_set_map (MhTileShelf *shelf, MhTileMap *map)
{
  g_mutex_lock (&shelf->lock);
  MhTileMap *old = shelf->map;
  shelf->map = mh_tile_map_ref (map);
  if (g_strcmp0 (mh_tile_map_version (old), mh_tile_map_version (map)) != 0)
    {
      g_queue_init (&shelf->tile_order);
      g_queue_init (&shelf->square_order);
      g_hash_table_remove_all (shelf->tiles);
      g_hash_table_remove_all (shelf->squares);
      shelf->bytes = 0;
    }
  g_mutex_unlock (&shelf->lock);
  mh_tile_map_unref (old);
}

/* --- asking --- */

/* The texts of the square that @tile lies in; placed without the lock, by as many as ask at once.
 */
static GArray *
tile_shelf_labels (MhTileShelf *shelf, MhTileMap *map, const MhTile *tile)
{
  MhTile square = { MH_TILE_DAY, tile->zoom, tile->x / MH_TILE_SQUARE, tile->y / MH_TILE_SQUARE };
  g_mutex_lock (&shelf->lock);
  Kept *kept
      = shelf->map == map ? tile_shelf_find (shelf->squares, &shelf->square_order, &square) : NULL;
  GArray *labels = kept != NULL ? g_array_ref (kept->labels) : NULL;
  g_mutex_unlock (&shelf->lock);
  if (labels != NULL)
    return labels;

  labels = mh_tile_labels (map, square.zoom, square.x, square.y);
  g_mutex_lock (&shelf->lock);
  kept = shelf->map == map ? tile_shelf_add (shelf->squares, &shelf->square_order, &square) : NULL;
  if (kept != NULL)
    kept->labels = g_array_ref (labels);
  if (shelf->square_order.length > MOST_SQUARES)
    tile_shelf_drop_last (shelf->squares, &shelf->square_order);
  g_mutex_unlock (&shelf->lock);
  return labels;
}

GBytes *
mh_tile_shelf_get (MhTileShelf *shelf, const MhTile *tile, char **out_etag, GError **error)
{
  if (!mh_tile_check (tile, error))
    return NULL;

  g_mutex_lock (&shelf->lock);
  Kept *kept = tile_shelf_find (shelf->tiles, &shelf->tile_order, tile);
  GBytes *png = kept != NULL ? g_bytes_ref (kept->png) : NULL;
  g_autoptr (MhTileMap) map = mh_tile_map_ref (shelf->map);
  if (png != NULL)
    shelf->hits++;
  else
    shelf->misses++;
  g_mutex_unlock (&shelf->lock);

  if (out_etag != NULL)
    *out_etag = tile_shelf_tag (map, tile->theme);
  if (png != NULL)
    return png;

  g_autoptr (GArray) labels = tile_shelf_labels (shelf, map, tile);
  png = mh_tile_draw_labelled (map, labels, tile);
  g_mutex_lock (&shelf->lock);
  if (shelf->map == map)
    tile_shelf_keep (shelf, tile, png);
  g_mutex_unlock (&shelf->lock);
  return png;
}

char *
mh_tile_shelf_etag (MhTileShelf *shelf, MhTileTheme theme)
{
  g_mutex_lock (&shelf->lock);
  char *tag = tile_shelf_tag (shelf->map, theme);
  g_mutex_unlock (&shelf->lock);
  return tag;
}

void
mh_tile_shelf_figures (MhTileShelf *shelf,
                       gsize *out_bytes,
                       guint *out_tiles,
                       guint64 *out_hits,
                       guint64 *out_misses)
{
  g_mutex_lock (&shelf->lock);
  *out_bytes = shelf->bytes;
  *out_tiles = g_hash_table_size (shelf->tiles);
  *out_hits = shelf->hits;
  *out_misses = shelf->misses;
  g_mutex_unlock (&shelf->lock);
}
