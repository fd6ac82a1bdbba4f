/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Maps drawn by hand, and the bytes of their .osm.pbf: the writer to the reader in shared/geo. */
#include "shared/geo/mh-osm.h"

G_BEGIN_DECLS

typedef enum
{
  OSM_DRAFT_PLAIN = 0, /* each node a message, blobs as they are */
  OSM_DRAFT_DENSE = 1,
  OSM_DRAFT_ZLIB = 2,
} OsmDraftShape;

typedef struct _OsmDraft OsmDraft;

OsmDraft *osm_draft_new (void);
void osm_draft_free (OsmDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsmDraft, osm_draft_free)
/* Tags: "highway=residential;name=High Street", NULL: none; "|" in a
 * value stands for ";". */
void osm_draft_node (OsmDraft *draft, gint64 id, double lat, double lon, const char *tags);
/* Nodes: "1 2 3". */
void osm_draft_way (OsmDraft *draft, gint64 id, const char *nodes, const char *tags);
/* Members: "way 1 from, node 2 via, way 3 to". */
void osm_draft_relation (OsmDraft *draft, gint64 id, const char *members, const char *tags);
GBytes *osm_draft_write (const OsmDraft *draft, OsmDraftShape shape);
/* Written and read: fails the test when that goes wrong. */
MhOsm *osm_draft_read (const OsmDraft *draft);

/* --- for files that are wrong --- */

void osm_put_varint (GByteArray *out, guint64 value);
void osm_put_number (GByteArray *out, guint field, guint64 value);
void osm_put_bytes (GByteArray *out, guint field, const GByteArray *bytes);
void osm_put_text (GByteArray *out, guint field, const char *text);
/* A whole blob of @kind with its header; @field 1: as it is, 3: zlib, others: as named. @size: what
 * is told of the size unpacked. */
void osm_put_blob (GByteArray *out,
                   const char *kind,
                   guint field,
                   const GByteArray *content,
                   guint64 size);
void osm_put_header (GByteArray *out, const char *feature);
MhOsm *osm_read_bytes (GBytes *bytes, GError **error);

G_END_DECLS
