/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The map as it lies in the server's data folder:
 *   maps/current      which version is shown, its name and bounds; replaced as a whole
 *   maps/VERSION/     map.osm.pbf (a copy of what was imported), roads (made of it:
 * mh-road-graph.h) A version that is there is never changed, so that a server reads it while
 * another is imported. No database: whoever runs several servers imports into the folder of each.
 */
#include "shared/geo/mh-osm.h"

G_BEGIN_DECLS

#define MH_MAP_MOST_NAME 80 /* letters */

typedef struct
{
  char *version; /* the first 16 digits of the file's SHA-256 */
  char *name;
  MhGeoBox box;      /* around all that is in it */
  MhGeoPoint centre; /* of its roads */
  gint64 imported_at;
} MhMapInfo;

void mh_map_info_free (MhMapInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhMapInfo, mh_map_info_free)

/* Tells whether maps/current is another one than before, without reading it. */
typedef struct
{
  guint64 inode, size;
  gint64 changed; /* nanoseconds */
} MhMapStamp;

/* All 0: there is none. */
MhMapStamp mh_map_folder_stamp (const char *data_dir);
/* MH_ERROR_NOT_FOUND: none was imported; MH_ERROR_MALFORMED: cannot be read. */
MhMapInfo *mh_map_folder_read (const char *data_dir, GError **error);
/* A file of the version: "map.osm.pbf", "roads". Caller frees. */
char *mh_map_folder_file (const char *data_dir, const char *version, const char *name);

typedef struct
{
  const char *data_dir;
  const char *path;
  const char *name; /* NULL: that of the file */
  MhOsmProgress progress;
  gpointer data;
  /* told when it is done */
  guint n_junctions, n_stretches;
} MhMapImport;

/* Copies, reads and checks the file, then puts it into the place of the one before; until that
 * very moment all stays as it was. MH_ERROR_CONFLICT: another import runs. */
MhMapInfo *mh_map_folder_import (MhMapImport *import, GError **error);

G_END_DECLS
