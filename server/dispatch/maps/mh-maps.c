/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/maps/mh-maps.h"

#include "shared/base/mh-log.h"

/* How often the folder is looked at, at most. */
#define MAPS_LOOK_EVERY (500 * G_TIME_SPAN_MILLISECOND)
/* A country's map is there sooner; who asked waits no longer. */
#define MAPS_PATIENCE (20 * G_TIME_SPAN_SECOND)

struct _MhMaps
{
  char *data_dir;
  gsize tile_bytes;
  gboolean may_go_against;
  GCancellable *cancellable;

  GMutex lock;
  GCond loaded;
  gint64 looked_at;
  MhMapStamp stamp; /* of the note when it was read */
  MhMapInfo *info;  /* NULL: see error */
  GError *error;    /* why there is none */
  MhAtlas *atlas;   /* the newest that could be read */
  MhMapStamp held;  /* of the note when it was begun to read the newest, also if it failed */
  GThread *thread;
  gboolean is_loading;
};

static const char part_maps[] = "maps";

MhMaps *
mh_maps_new (MhServerConfig *config)
{
  MhMaps *maps = g_new0 (MhMaps, 1);
  maps->data_dir = g_strdup (mh_server_config_text (config, "server.data_dir"));
  maps->tile_bytes = (gsize)mh_server_config_int (config, "maps.tiles_mib") << 20;
  maps->may_go_against = mh_server_config_bool (config, "maps.may_go_against");
  maps->cancellable = g_cancellable_new ();
  maps->looked_at = -MAPS_LOOK_EVERY;
  g_mutex_init (&maps->lock);
  g_cond_init (&maps->loaded);
  return maps;
}

void
mh_maps_free (MhMaps *maps)
{
  if (maps == NULL)
    return;
  g_cancellable_cancel (maps->cancellable);
  g_clear_pointer (&maps->thread, g_thread_join);
  mh_atlas_unref (maps->atlas);
  mh_map_info_free (maps->info);
  g_clear_error (&maps->error);
  g_object_unref (maps->cancellable);
  g_cond_clear (&maps->loaded);
  g_mutex_clear (&maps->lock);
  g_free (maps->data_dir);
  g_free (maps);
}

static gboolean
maps_is_same (MhMapStamp a, MhMapStamp b)
{
  return a.inode == b.inode && a.size == b.size && a.changed == b.changed;
}

/* Reads the note if it is another one. Locked. */
static void
maps_look (MhMaps *maps)
{
  gint64 now = g_get_monotonic_time ();
  if (now - maps->looked_at < MAPS_LOOK_EVERY)
    return;
  maps->looked_at = now;

  MhMapStamp stamp = mh_map_folder_stamp (maps->data_dir);
  if (maps_is_same (stamp, maps->stamp) && (maps->info != NULL || maps->error != NULL))
    return;
  maps->stamp = stamp;
  g_clear_pointer (&maps->info, mh_map_info_free);
  g_clear_error (&maps->error);
  maps->info = mh_map_folder_read (maps->data_dir, &maps->error);
}

static gboolean
maps_tell (MhMaps *maps, GError **error)
{
  if (maps->info == NULL && error != NULL)
    *error = g_error_copy (maps->error);
  return maps->info != NULL;
}

MhMapInfo *
mh_maps_info (MhMaps *maps, GError **error)
{
  MhMapInfo *copy = NULL;
  g_mutex_lock (&maps->lock);
  maps_look (maps);
  if (maps_tell (maps, error))
    {
      copy = g_memdup2 (maps->info, sizeof *copy);
      copy->version = g_strdup (copy->version);
      copy->name = g_strdup (copy->name);
    }
  g_mutex_unlock (&maps->lock);
  return copy;
}

/* --- reading it --- */

typedef struct
{
  MhMaps *maps;
  char *version;
} MapsLoad;

static gpointer
maps_load (gpointer data)
{
  MapsLoad *load = data;
  MhMaps *maps = load->maps;
  g_autoptr (GError) error = NULL;
  MhAtlas *atlas
      = mh_atlas_load (maps->data_dir, load->version, maps->tile_bytes, maps->cancellable, &error);
  if (atlas != NULL)
    mh_log (MH_LOG_INFO, "maps", "map read", "version", load->version, NULL);
  else if (!g_cancellable_is_cancelled (maps->cancellable))
    mh_log (MH_LOG_ERROR, "maps", "map cannot be read", "version", load->version, "error",
            error->message, NULL);

  g_mutex_lock (&maps->lock);
  maps->is_loading = FALSE;
  MhAtlas *before = atlas != NULL ? maps->atlas : NULL;
  if (atlas != NULL)
    maps->atlas = atlas;
  g_cond_broadcast (&maps->loaded);
  g_mutex_unlock (&maps->lock);

  mh_atlas_unref (before);
  g_free (load->version);
  g_free (load);
  return NULL;
}

/* Locked; the thread before has ended but for its last lines. */
static void
maps_begin (MhMaps *maps)
{
  MapsLoad *load = g_new0 (MapsLoad, 1);
  load->maps = maps;
  load->version = g_strdup (maps->info->version);
  maps->held = maps->stamp;
  maps->is_loading = TRUE;
  if (maps->thread != NULL)
    g_thread_unref (maps->thread);
  maps->thread = g_thread_new ("map", maps_load, load);
}

MhAtlas *
mh_maps_atlas (MhMaps *maps, GError **error)
{
  MhAtlas *atlas = NULL;
  gint64 until = g_get_monotonic_time () + MAPS_PATIENCE;

  g_mutex_lock (&maps->lock);
  maps_look (maps);
  if (maps->info != NULL && !maps->is_loading && !maps_is_same (maps->held, maps->stamp))
    maps_begin (maps);
  while (maps->atlas == NULL && maps->is_loading
         && g_cond_wait_until (&maps->loaded, &maps->lock, until))
    continue;

  if (maps_tell (maps, error) && maps->atlas != NULL)
    atlas = mh_atlas_ref (maps->atlas);
  else if (maps->info != NULL)
    mh_error_set_retry (error, MH_ERROR_BUSY, 5,
                        maps->is_loading
                            ? "The map is being read: try again."
                            : "The map cannot be read: the administrator imports it again.");
  g_mutex_unlock (&maps->lock);
  return atlas;
}

gboolean
mh_maps_may_go_against (MhMaps *maps)
{
  return maps->may_go_against;
}

void
mh_maps_put_metrics (MhMaps *maps, GString *out)
{
  gsize bytes = 0;
  guint tiles = 0;
  guint64 hits = 0, misses = 0;
  g_mutex_lock (&maps->lock);
  g_autoptr (MhAtlas) atlas = maps->atlas != NULL ? mh_atlas_ref (maps->atlas) : NULL;
  g_mutex_unlock (&maps->lock);
  if (atlas == NULL)
    return;

  mh_tile_shelf_figures (mh_atlas_tiles (atlas), &bytes, &tiles, &hits, &misses);
  g_string_append_printf (
      out,
      "# HELP mahima_map_tile_bytes Kept pictures of the map.\n"
      "# TYPE mahima_map_tile_bytes gauge\nmahima_map_tile_bytes %" G_GSIZE_FORMAT "\n"
      "# TYPE mahima_map_tiles_kept_total counter\n"
      "mahima_map_tiles_kept_total %" G_GUINT64_FORMAT "\n"
      "# TYPE mahima_map_tiles_drawn_total counter\n"
      "mahima_map_tiles_drawn_total %" G_GUINT64_FORMAT "\n"
      "# HELP mahima_map_address_bytes The words of the map.\n"
      "# TYPE mahima_map_address_bytes gauge\nmahima_map_address_bytes %" G_GSIZE_FORMAT "\n",
      bytes, hits, misses, mh_address_book_bytes (mh_atlas_addresses (atlas)));
}

MhMaps *
mh_server_maps (MhServer *server)
{
  return mh_server_part (server, part_maps);
}

void
mh_server_keep_maps (MhServer *server, MhMaps *maps)
{
  mh_server_keep (server, part_maps, maps, (GDestroyNotify)mh_maps_free);
}
