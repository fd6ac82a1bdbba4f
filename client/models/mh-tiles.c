/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-tiles.h"

#include "client/models/mh-fetch.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-map.h"
#include "shared/records/mh-types.h"

#include <string.h>

#define MAP_KEPT "map"

struct _MhTiles
{
  MhModel parent_instance;
  MhTilesState state;
  gboolean away;
  gboolean asking;
  MhRecord *map;
};

G_DEFINE_FINAL_TYPE (MhTiles, mh_tiles, MH_TYPE_MODEL)

static guint changed;

/* --- the map --- */

static void
tiles_set (MhTiles *tiles, MhTilesState state, MhRecord *map, gboolean away)
{
  tiles->asking = FALSE;
  tiles->state = state;
  tiles->away = away;
  g_set_object (&tiles->map, map);
  g_signal_emit (tiles, changed, 0);
}

static gpointer
tiles_read_map_cb (MhCache *cache, gpointer data, GError **error)
{
  g_autofree char *json
      = mh_cache_is_open (cache) ? mh_cache_get_value (cache, MAP_KEPT, NULL) : NULL;
  return json != NULL ? mh_record_from_text (&mh_map_type, json, -1, MH_JSON_TRUSTED, NULL) : NULL;
}

static gpointer
tiles_keep_map_cb (MhCache *cache, gpointer data, GError **error)
{
  if (mh_cache_is_open (cache))
    mh_cache_set_value (cache, MAP_KEPT, data, NULL);
  return NULL;
}

static void
tiles_map_kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTiles) tiles = data;
  g_autoptr (MhRecord) map = mh_cache_run_finish (MH_CACHE (source), result, NULL);
  if (mh_model_context (MH_MODEL (tiles)) == NULL)
    return;
  if (map != NULL)
    mh_model_set_status (MH_MODEL (tiles), FALSE, NULL);
  tiles_set (tiles, map != NULL ? MH_TILES_READY : MH_TILES_FAILED, map, TRUE);
}

static void
tiles_map_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTiles) tiles = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) map = mh_fetch_finish_record (result, &error);
  MhContext *context = mh_model_context (MH_MODEL (tiles));
  if (context == NULL || mh_model_is_late (MH_MODEL (tiles), error))
    return;

  mh_model_set_status (MH_MODEL (tiles), FALSE, error != NULL ? error->message : NULL);
  if (map != NULL)
    {
      mh_cache_run_async (
          mh_context_cache (context),
          (MhCacheWork){ tiles_keep_map_cb, mh_record_to_json (map, MH_JSON_SKIP_UNSET), g_free },
          NULL, NULL, NULL);
      tiles_set (tiles, MH_TILES_READY, map, FALSE);
    }
  else if (g_error_matches (error, MH_ERROR, MH_ERROR_NOT_FOUND))
    tiles_set (tiles, MH_TILES_NONE, NULL, FALSE);
  else if (mh_error_is_away (error))
    mh_cache_run_async (mh_context_cache (context),
                        (MhCacheWork){ tiles_read_map_cb, NULL, NULL, g_object_unref }, NULL,
                        tiles_map_kept_cb, g_object_ref (tiles));
  else
    tiles_set (tiles, MH_TILES_FAILED, NULL, FALSE);
}

void
mh_tiles_ask (MhTiles *tiles)
{
  MhContext *context = mh_model_context (MH_MODEL (tiles));
  if (context == NULL || tiles->asking)
    return;
  tiles->asking = TRUE;
  mh_model_set_status (MH_MODEL (tiles), TRUE, NULL);
  mh_fetch_async (context, &(MhFetch){ .route = "map.current" },
                  mh_model_cancellable (MH_MODEL (tiles)), tiles_map_cb, g_object_ref (tiles));
}

static void
tiles_reached (MhModel *model)
{
  MhTiles *tiles = MH_TILES (model);
  if (tiles->away)
    mh_tiles_ask (tiles);
}

MhTilesState
mh_tiles_state (MhTiles *tiles)
{
  return tiles->state;
}

gboolean
mh_tiles_is_away (MhTiles *tiles)
{
  MhContext *context = mh_model_context (MH_MODEL (tiles));
  return tiles->away
         || (context != NULL && mh_sync_state (mh_context_sync (context)) == MH_SYNC_OFFLINE);
}

MhRecord *
mh_tiles_map (MhTiles *tiles)
{
  return tiles->map;
}

gboolean
mh_tiles_covers (MhTiles *tiles, MhPlace *place)
{
  g_autoptr (GArray) bounds
      = mh_points_read (tiles->map != NULL ? mh_record_text (tiles->map, MH_MAP_BOUNDS) : NULL);
  if (bounds->len != 2)
    return FALSE;

  const MhPoint *first = &g_array_index (bounds, MhPoint, 0),
                *last = &g_array_index (bounds, MhPoint, 1);
  const double lat = mh_place_lat (place), lon = mh_place_lon (place);
  return lat >= first->lat && lat <= last->lat && lon >= first->lon && lon <= last->lon;
}

static void
mh_tiles_finalize (GObject *object)
{
  g_clear_object (&MH_TILES (object)->map);
  G_OBJECT_CLASS (mh_tiles_parent_class)->finalize (object);
}

static void
mh_tiles_class_init (MhTilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_tiles_finalize;
  MH_MODEL_CLASS (klass)->reached = tiles_reached;
  changed = g_signal_new ("changed", MH_TYPE_TILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 0);
}

static void
mh_tiles_init (MhTiles *tiles)
{
}

MhTiles *
mh_tiles_new (MhContext *context)
{
  return g_object_new (MH_TYPE_TILES, "context", context, NULL);
}

/* --- its pictures --- */

/* What lies at a place of the local copy: "STYLE/Z/X/Y ETAG CHECKSUM BASE64". */
typedef struct
{
  char *path, *place;
  char *z, *x, *y, *style;
  char *etag;   /* of what is kept; NULL: nothing is */
  GBytes *kept; /* as it was seen last */
  char *value;  /* as it is to be kept */
} Wanted;

static void
tiles_wanted_free_cb (gpointer data)
{
  Wanted *wanted = data;
  g_free (wanted->path);
  g_free (wanted->place);
  g_free (wanted->z);
  g_free (wanted->x);
  g_free (wanted->y);
  g_free (wanted->style);
  g_free (wanted->etag);
  g_clear_pointer (&wanted->kept, g_bytes_unref);
  g_free (wanted->value);
  g_free (wanted);
}

static Wanted *
tiles_wanted_new (const MhTile *tile)
{
  Wanted *wanted = g_new0 (Wanted, 1);
  wanted->style = g_strdup (tile->style);
  wanted->z = g_strdup_printf ("%u", tile->z);
  wanted->x = g_strdup_printf ("%u", tile->x);
  wanted->y = g_strdup_printf ("%u", tile->y);
  wanted->path = g_strdup_printf ("%s/%u/%u/%u", tile->style, tile->z, tile->x, tile->y);
  wanted->place = g_strdup_printf ("tile:%s/%u/%u/%u", tile->style, tile->z,
                                   tile->x % MH_TILES_SQUARE, tile->y % MH_TILES_SQUARE);
  return wanted;
}

/* On the cache's thread: nobody else has the value that this fills. */
static gpointer
tiles_read_kept_cb (MhCache *cache, gpointer data, GError **error)
{
  Wanted *wanted = data;
  g_autofree char *value
      = mh_cache_is_open (cache) ? mh_cache_get_value (cache, wanted->place, NULL) : NULL;
  g_auto (GStrv) parts = value != NULL ? g_strsplit (value, " ", 4) : NULL;
  if (parts == NULL || g_strv_length (parts) != 4 || !g_str_equal (parts[0], wanted->path))
    return NULL;

  gsize size = 0;
  guchar *content = g_base64_decode (parts[3], &size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (content, size);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  /* the server would say of a damaged one that it is still the same */
  if (!g_str_equal (sum, parts[2]))
    return NULL;

  wanted->kept = g_steal_pointer (&bytes);
  wanted->etag = g_strdup (parts[1]);
  return NULL;
}

static gpointer
tiles_keep_cb (MhCache *cache, gpointer data, GError **error)
{
  const Wanted *wanted = data;
  if (mh_cache_is_open (cache))
    mh_cache_set_value (cache, wanted->place, wanted->value, NULL);
  return NULL;
}

static void
tiles_keep (MhContext *context, const Wanted *asked, const MhAnswer *answer)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (answer->bytes, &size);
  if (answer->etag == NULL || strchr (answer->etag, ' ') != NULL)
    return;

  g_autofree char *content = g_base64_encode (data, size);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, answer->bytes);
  Wanted *wanted = g_new0 (Wanted, 1);
  wanted->place = g_strdup (asked->place);
  wanted->value = g_strjoin (" ", asked->path, answer->etag, sum, content, NULL);
  mh_cache_run_async (mh_context_cache (context),
                      (MhCacheWork){ tiles_keep_cb, wanted, tiles_wanted_free_cb }, NULL, NULL,
                      NULL);
}

static void
tiles_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  MhTiles *tiles = g_task_get_source_object (task);
  MhContext *context = mh_model_context (MH_MODEL (tiles));
  const Wanted *wanted = g_task_get_task_data (task);

  if (answer != NULL && answer->bytes != NULL)
    {
      if (context != NULL)
        tiles_keep (context, wanted, answer);
      g_task_return_pointer (task, g_bytes_ref (answer->bytes), (GDestroyNotify)g_bytes_unref);
      return;
    }

  if (wanted->kept != NULL && (answer != NULL || mh_error_is_away (error)))
    g_task_return_pointer (task, g_bytes_ref (wanted->kept), (GDestroyNotify)g_bytes_unref);
  else if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_new_error (task, MH_ERROR, MH_ERROR_MALFORMED, "The server's answer is empty.");

  if (context != NULL && mh_error_is_away (error) && !tiles->away)
    tiles_set (tiles, tiles->state, tiles->map, TRUE);
  g_clear_error (&error);
}

static void
tiles_kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MhTiles *tiles = g_task_get_source_object (task);
  MhContext *context = mh_model_context (MH_MODEL (tiles));
  const Wanted *wanted = g_task_get_task_data (task);
  const char *args[]
      = { "z", wanted->z, "x", wanted->x, "y", wanted->y, "style", wanted->style, NULL };

  mh_cache_run_finish (MH_CACHE (source), result, NULL);
  if (context == NULL || g_task_return_error_if_cancelled (task))
    {
      if (context == NULL)
        g_task_return_new_error (task, MH_ERROR, MH_ERROR_CANCELLED, "Cancelled.");
      g_object_unref (task);
      return;
    }

  mh_fetch_async (context, &(MhFetch){ .route = "map.tile", .args = args, .etag = wanted->etag },
                  g_task_get_cancellable (task), tiles_answered_cb, task);
}

void
mh_tiles_read_async (MhTiles *tiles,
                     const MhTile *tile,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  GTask *task = g_task_new (tiles, cancellable, callback, data);
  MhContext *context = mh_model_context (MH_MODEL (tiles));
  Wanted *wanted = tiles_wanted_new (tile);
  g_task_set_source_tag (task, mh_tiles_read_async);
  g_task_set_task_data (task, wanted, tiles_wanted_free_cb);

  if (context == NULL)
    {
      g_task_return_new_error (task, MH_ERROR, MH_ERROR_CANCELLED, "Cancelled.");
      g_object_unref (task);
      return;
    }

  mh_cache_run_async (mh_context_cache (context), (MhCacheWork){ tiles_read_kept_cb, wanted }, NULL,
                      tiles_kept_cb, task);
}

GBytes *
mh_tiles_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
