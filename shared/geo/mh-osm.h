/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A map of OpenStreetMap as it stands in a .osm.pbf file, whole in memory: nodes, ways, relations,
 * each sorted by its id, and their tags. It never changes after it was read, so that any number of
 * threads may look at it. Who edited what is not kept.
 *
 * Read are blobs as they are and those of zlib, nodes plain and dense. Refused with a sentence that
 * says the remedy (MH_ERROR_MALFORMED, MH_ERROR_TOO_LARGE): what is no such file, was cut off,
 * holds more than the bounds below, or needs what this does not know (other compressions, history).
 * A file that ends just between two blobs cannot be told from a whole one.
 *
 * Source: wiki.openstreetmap.org/wiki/PBF_Format. What is read is © OpenStreetMap contributors
 * under the ODbL 1.0: whoever shows it says so.
 */
#include "shared/base/mh-error.h"
#include "shared/geo/mh-geo.h"

G_BEGIN_DECLS

#define MH_OSM_MAX_HEADER (64 * 1024)
#define MH_OSM_MAX_BLOB (32 * 1024 * 1024) /* packed, and unpacked */
#define MH_OSM_MAX_NODES (64u << 20)
#define MH_OSM_MAX_WAYS (16u << 20)
#define MH_OSM_MAX_RELATIONS (4u << 20)
#define MH_OSM_MAX_PARTS (256u << 20)       /* nodes of ways, members, tags: each kind together */
#define MH_OSM_MAX_TEXT (256 * 1024 * 1024) /* all different texts together */

#define MH_OSM_NONE G_MAXUINT32

typedef struct _MhOsm MhOsm;

/* Texts are numbered: two are the same if their numbers are. */
typedef struct
{
  guint32 key, value;
} MhOsmTag;

/* A stretch of an array of the map. */
typedef struct
{
  guint32 first, count;
} MhOsmSpan;

typedef struct
{
  gint64 id;
  gint32 lat, lon; /* 1e-7 degrees, inside the world */
  MhOsmSpan tags;
} MhOsmNode;

typedef struct
{
  gint64 id;
  MhOsmSpan nodes, tags;
} MhOsmWay;

typedef enum
{
  MH_OSM_NODE,
  MH_OSM_WAY,
  MH_OSM_RELATION,
} MhOsmKind;

typedef struct
{
  gint64 id;
  MhOsmKind kind;
  guint32 index; /* in the array of its kind; MH_OSM_NONE: not in this file */
  guint32 role;  /* a text */
} MhOsmMember;

typedef struct
{
  gint64 id;
  MhOsmSpan members, tags;
} MhOsmRelation;

/* @done from 0 to 1, after each blob, on the reading thread. */
typedef void (*MhOsmProgress) (double done, gpointer data);

/* MH_ERROR_NOT_FOUND: no such file, or not to be opened. @progress and @cancellable may be NULL. */
MhOsm *mh_osm_read_file (const char *path,
                         MhOsmProgress progress,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error);
/* @size: how many bytes will come, for @progress alone; 0: not known. */
MhOsm *mh_osm_read (GInputStream *input,
                    guint64 size,
                    MhOsmProgress progress,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error);
MhOsm *mh_osm_ref (MhOsm *osm);
void mh_osm_unref (MhOsm *osm);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhOsm, mh_osm_unref)

const MhOsmNode *mh_osm_nodes (const MhOsm *osm, guint *out_n);
const MhOsmWay *mh_osm_ways (const MhOsm *osm, guint *out_n);
const MhOsmRelation *mh_osm_relations (const MhOsm *osm, guint *out_n);
/* By its id; MH_OSM_NONE. */
guint32 mh_osm_find (const MhOsm *osm, MhOsmKind kind, gint64 id);
/* Around all nodes. */
MhGeoBox mh_osm_box (const MhOsm *osm);

/* way->nodes.count indexes of nodes in their order; MH_OSM_NONE where the file lacks one, as at the
 * edge of a cut-out: the line is broken there. */
const guint32 *mh_osm_way_nodes (const MhOsm *osm, const MhOsmWay *way);
const MhOsmMember *mh_osm_members (const MhOsm *osm, const MhOsmRelation *relation);
MhGeoPoint mh_osm_point (const MhOsm *osm, guint32 node);

/* UTF-8, never NULL. */
const char *mh_osm_text (const MhOsm *osm, guint32 text);
/* The number of @text; MH_OSM_NONE: nothing in the file is called so. Ask once, not in a loop. */
guint32 mh_osm_text_number (const MhOsm *osm, const char *text);
const MhOsmTag *mh_osm_tags (const MhOsm *osm, MhOsmSpan tags);
/* The number of the value of @key (a number); MH_OSM_NONE: not tagged so. */
guint32 mh_osm_tag_number (const MhOsm *osm, MhOsmSpan tags, guint32 key);
/* The value of @key; NULL: not tagged so. */
const char *mh_osm_tag (const MhOsm *osm, MhOsmSpan tags, const char *key);

G_END_DECLS
