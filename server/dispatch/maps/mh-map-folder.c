/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/maps/mh-map-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shared/base/mh-clock.h"
#include "shared/base/mh-sha256.h"
#include "shared/geo/mh-road-graph.h"

#define FOLDER_GROUP "map"
#define FOLDER_COPY "map.osm.pbf"
#define FOLDER_ROADS "roads"
#define FOLDER_UNFINISHED "new-"
#define VERSION_DIGITS 16
#define FOLDER_PIECE 65536

void
mh_map_info_free (MhMapInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->version);
  g_free (info->name);
  g_free (info);
}

static char *
folder_path (const char *data_dir, const char *name)
{
  return g_build_filename (data_dir, "maps", name, NULL);
}

char *
mh_map_folder_file (const char *data_dir, const char *version, const char *name)
{
  return g_build_filename (data_dir, "maps", version, name, NULL);
}

MhMapStamp
mh_map_folder_stamp (const char *data_dir)
{
  g_autofree char *path = folder_path (data_dir, "current");
  struct stat found;
  if (stat (path, &found) != 0)
    return (MhMapStamp){ 0, 0, 0 };
  return (MhMapStamp){ (guint64)found.st_ino, (guint64)found.st_size,
                       (gint64)found.st_mtim.tv_sec * 1000000000 + found.st_mtim.tv_nsec };
}

/* --- what is shown --- */

static MhGeoPoint
folder_get_point (GKeyFile *file, const char *key, GError **error)
{
  gsize n = 0;
  g_autofree double *numbers = g_key_file_get_double_list (file, FOLDER_GROUP, key, &n, error);
  if (numbers != NULL && n == 2)
    return (MhGeoPoint){ numbers[0], numbers[1] };
  if (numbers != NULL)
    mh_error_set (error, MH_ERROR_MALFORMED, "%s must be two numbers", key);
  return (MhGeoPoint){ 0, 0 };
}

static void
folder_set_point (GKeyFile *file, const char *key, MhGeoPoint point)
{
  double numbers[] = { point.lat, point.lon };
  g_key_file_set_double_list (file, FOLDER_GROUP, key, numbers, 2);
}

static gboolean
folder_is_version (const char *text)
{
  gsize length = strspn (text, "0123456789abcdef");
  return length == VERSION_DIGITS && text[length] == 0;
}

static MhMapInfo *
folder_info_of (GKeyFile *file, GError **error)
{
  g_autoptr (MhMapInfo) info = g_new0 (MhMapInfo, 1);
  g_autoptr (GError) wrong = NULL;

  info->version = g_key_file_get_string (file, FOLDER_GROUP, "version", &wrong);
  if (wrong == NULL)
    info->name = g_key_file_get_string (file, FOLDER_GROUP, "name", &wrong);
  if (wrong == NULL)
    info->imported_at = g_key_file_get_int64 (file, FOLDER_GROUP, "imported_at", &wrong);
  if (wrong == NULL)
    info->box.min = folder_get_point (file, "south_west", &wrong);
  if (wrong == NULL)
    info->box.max = folder_get_point (file, "north_east", &wrong);
  if (wrong == NULL)
    info->centre = folder_get_point (file, "centre", &wrong);

  if (wrong == NULL && folder_is_version (info->version))
    return g_steal_pointer (&info);
  mh_error_set (error, MH_ERROR_MALFORMED,
                "The note of the imported map is damaged%s%s: import it again.",
                wrong != NULL ? ", " : "", wrong != NULL ? wrong->message : "");
  return NULL;
}

MhMapInfo *
mh_map_folder_read (const char *data_dir, GError **error)
{
  g_autofree char *path = folder_path (data_dir, "current");
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) wrong = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &wrong))
    return folder_info_of (file, error);

  if (g_error_matches (wrong, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    mh_error_set (
        error, MH_ERROR_NOT_FOUND,
        "No map was imported. The administrator brings one in with mahimactl map import.");
  else
    mh_error_set (error, MH_ERROR_MALFORMED,
                  "The note of the imported map cannot be read (%s): import it again.",
                  wrong->message);
  return NULL;
}

static gboolean
folder_write (const char *data_dir, const MhMapInfo *info, GError **error)
{
  g_autofree char *path = folder_path (data_dir, "current");
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_string (file, FOLDER_GROUP, "version", info->version);
  g_key_file_set_string (file, FOLDER_GROUP, "name", info->name);
  g_key_file_set_int64 (file, FOLDER_GROUP, "imported_at", info->imported_at);
  folder_set_point (file, "south_west", info->box.min);
  folder_set_point (file, "north_east", info->box.max);
  folder_set_point (file, "centre", info->centre);
  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);

  return g_file_set_contents_full (
      path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, error);
}

/* --- importing --- */

static void
folder_remove (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name = NULL;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_unlink (file);
    }
  g_rmdir (path);
}

/* What was left behind, and versions that nobody reads: @keep and @also stay (NULL: none). */
static void
folder_tidy (const char *maps, const char *keep, const char *also)
{
  g_autoptr (GDir) folder = g_dir_open (maps, 0, NULL);
  const char *name = NULL;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if ((folder_is_version (name) || g_str_has_prefix (name, FOLDER_UNFINISHED))
        && g_strcmp0 (name, keep) != 0 && g_strcmp0 (name, also) != 0)
      {
        g_autofree char *path = g_build_filename (maps, name, NULL);
        folder_remove (path);
      }
}

/* Of a file as it is copied; NULL with @error. */
static char *
folder_copy (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GFileInputStream) input = g_file_read (source, NULL, &wrong);
  if (input == NULL)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "The map cannot be opened: %s.", wrong->message);
      return NULL;
    }

  g_autoptr (GFileOutputStream) output = g_file_create (target, G_FILE_CREATE_NONE, NULL, error);
  g_autofree char *piece = g_malloc (FOLDER_PIECE);
  gssize n = 0;
  MhSha256 sum;
  mh_sha256_begin (&sum);
  while (output != NULL
         && (n = g_input_stream_read (G_INPUT_STREAM (input), piece, FOLDER_PIECE, NULL, error))
                > 0)
    {
      mh_sha256_add (&sum, piece, (gsize)n);
      if (!g_output_stream_write_all (G_OUTPUT_STREAM (output), piece, (gsize)n, NULL, NULL, error))
        return NULL;
    }
  if (output == NULL || n < 0 || !g_output_stream_close (G_OUTPUT_STREAM (output), NULL, error))
    return NULL;

  g_autofree char *digits = mh_sha256_end (&sum);
  return g_strndup (digits, VERSION_DIGITS);
}

static char *
folder_name (const MhMapImport *import, GError **error)
{
  g_autofree char *base = g_path_get_basename (import->path);
  char *end = g_strrstr (base, ".osm.pbf");
  if (end != NULL)
    *end = 0;
  const char *name = import->name != NULL ? import->name : base;

  if (*name != 0 && g_utf8_validate (name, -1, NULL) && strpbrk (name, "\r\n") == NULL
      && g_utf8_strlen (name, -1) <= MH_MAP_MOST_NAME)
    return g_strdup (name);
  mh_error_set (error, MH_ERROR_INVALID, "Give the map a name of 1 to %d letters with --name.",
                MH_MAP_MOST_NAME);
  return NULL;
}

/* Into @unfinished; what it is. */
static MhMapInfo *
folder_make (MhMapImport *import, const char *unfinished, GError **error)
{
  g_autofree char *copy = g_build_filename (unfinished, FOLDER_COPY, NULL);
  g_autofree char *roads = g_build_filename (unfinished, FOLDER_ROADS, NULL);
  g_autoptr (MhMapInfo) info = g_new0 (MhMapInfo, 1);

  info->name = folder_name (import, error);
  if (info->name == NULL || (info->version = folder_copy (import->path, copy, error)) == NULL)
    return NULL;

  g_autoptr (MhOsm) osm = mh_osm_read_file (copy, import->progress, import->data, NULL, error);
  g_autoptr (MhRoadGraph) graph = osm != NULL ? mh_road_graph_new (osm, NULL, error) : NULL;
  if (graph == NULL || !mh_road_graph_save (graph, roads, error))
    return NULL;

  MhGeoBox around = mh_road_graph_box (graph);
  info->box = mh_osm_box (osm);
  info->centre = mh_geo_between (around.min, around.max, 0.5);
  info->imported_at = mh_clock_now (NULL);
  import->n_junctions = mh_road_graph_n_vertices (graph);
  import->n_stretches = mh_road_graph_n_edges (graph) / 2;
  return g_steal_pointer (&info);
}

/* The same file again takes the place of its own version. */
static gboolean
folder_place (const char *maps, const char *unfinished, const char *version, GError **error)
{
  g_autofree char *place = g_build_filename (maps, version, NULL);
  folder_remove (place);
  if (g_rename (unfinished, place) == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_STORE, "%s cannot be made: %s.", place, g_strerror (errno));
  return FALSE;
}

static MhMapInfo *
folder_import_locked (MhMapImport *import, const char *maps, GError **error)
{
  g_autofree char *unfinished = g_build_filename (maps, FOLDER_UNFINISHED "XXXXXX", NULL);
  g_autoptr (MhMapInfo) before = mh_map_folder_read (import->data_dir, NULL);
  const char *old = before != NULL ? before->version : NULL;

  folder_tidy (maps, old, NULL);
  if (g_mkdtemp_full (unfinished, 0755) == NULL)
    {
      mh_error_set (error, MH_ERROR_STORE, "Nothing can be written in %s: %s.", maps,
                    g_strerror (errno));
      return NULL;
    }

  g_autoptr (MhMapInfo) info = folder_make (import, unfinished, error);
  if (info == NULL || !folder_place (maps, unfinished, info->version, error))
    {
      folder_remove (unfinished);
      return NULL;
    }

  if (!folder_write (import->data_dir, info, error))
    return NULL;
  /* a server may be reading the one before just now */
  folder_tidy (maps, info->version, old);
  return g_steal_pointer (&info);
}

MhMapInfo *
mh_map_folder_import (MhMapImport *import, GError **error)
{
  g_autofree char *maps = folder_path (import->data_dir, NULL);
  g_autofree char *lock_path = folder_path (import->data_dir, "lock");
  if (g_mkdir_with_parents (maps, 0755) != 0)
    {
      mh_error_set (error, MH_ERROR_STORE, "The folder %s cannot be made: %s.", maps,
                    g_strerror (errno));
      return NULL;
    }

  int lock = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  MhMapInfo *info = NULL;
  if (lock < 0)
    mh_error_set (error, MH_ERROR_STORE, "%s cannot be written: %s.", lock_path,
                  g_strerror (errno));
  else if (flock (lock, LOCK_EX | LOCK_NB) != 0)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "Another map is being imported into %s: wait until that is done.", maps);
  else
    info = folder_import_locked (import, maps, error);

  if (lock >= 0)
    close (lock);
  return info;
}
