/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How a map is made: by mh-osm-read.c blob by blob, by mh-osm-block.c what stands in one. */
#include "shared/geo/mh-osm.h"

G_BEGIN_DECLS

struct _MhOsm
{
  gatomicrefcount refs;
  GArray *nodes, *ways, *relations; /* MhOsmNode, MhOsmWay, MhOsmRelation */
  GArray *places;                   /* guint32: nodes of ways */
  GArray *members;                  /* MhOsmMember */
  GArray *tags;                     /* MhOsmTag */
  GPtrArray *texts;
  GHashTable *numbers; /* text → its number + 1 */
  GStringChunk *chunk;
  gsize text_bytes;
  MhGeoBox box;
};

MhOsm *mh_osm_make (void);
/* The number of a text of @size bytes, kept if it is new; MH_OSM_NONE: there are too many. */
guint32 mh_osm_keep_text (MhOsm *osm, const guint8 *text, gsize size);
/* An unpacked block of data. The ids of the nodes of ways go to @ids (gint64). */
gboolean
mh_osm_block_read (MhOsm *osm, GArray *ids, const guint8 *data, gsize size, GError **error);
/* All is read: sorts, looks for the places of ids. */
gboolean mh_osm_finish (MhOsm *osm, GArray *ids, GError **error);

G_END_DECLS
