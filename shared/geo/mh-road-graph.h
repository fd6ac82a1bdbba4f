/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The roads of a map as a vehicle of the emergency services may use them. A stretch of road between
 * two junctions is a segment; each segment is two edges, one in each direction: edge = 2 * segment,
 * + 1 against the direction it was drawn in. Of a one-way road the second is closed, and open
 * against the one-way where the settings of a search allow that.
 *
 * The emergency profile: everything cars drive on, tracks and pedestrian streets at a low speed.
 * Private roads are open; what is closed by access, vehicle, motor_vehicle or motorcar=no is closed
 * unless emergency=yes, and emergency=no closes anything. Bollards and blocks close a road at their
 * place, gates do not. Turns: restrictions of a way over a node to a way hold, unless they except
 * emergency; those over a way in between are not read, nor those of some hours alone. Speeds: 0.85
 * of maxspeed, else a table by the kind of road: a beginning, to be set right by recorded trips.
 *
 * A graph never changes once it is made: any number of threads may search it, each with a workspace
 * of its own (mh-road-search.h). The core is its largest part in which each edge can be reached
 * from each other; places are looked for on it alone (mh-road-snap.h), so that there is always a
 * way.
 *
 * A graph made of OpenStreetMap's data is a database under the ODbL 1.0, also as a file.
 */
#include "shared/geo/mh-osm.h"

G_BEGIN_DECLS

#define MH_ROAD_NONE G_MAXUINT32
#define MH_ROAD_FILE_VERSION 1

typedef struct _MhRoadGraph MhRoadGraph;

typedef enum
{
  MH_ROAD_MOTORWAY,
  MH_ROAD_TRUNK,
  MH_ROAD_PRIMARY,
  MH_ROAD_SECONDARY,
  MH_ROAD_TERTIARY,
  MH_ROAD_UNCLASSIFIED,
  MH_ROAD_RESIDENTIAL,
  MH_ROAD_LIVING_STREET,
  MH_ROAD_SERVICE,
  MH_ROAD_TRACK,
  MH_ROAD_PEDESTRIAN,
  MH_ROAD_CLASSES,
} MhRoadClass;

typedef struct
{
  const char *name, *ref; /* "" where there is none; the graph's */
  MhRoadClass road_class;
  double metres;
  guint kmh;            /* without traffic */
  guint32 milliseconds; /* the same, the whole edge */
  gboolean is_open;
  gboolean is_against; /* closed, but for who may go against a one-way */
  gboolean is_roundabout;
  gboolean is_private;
  gboolean is_core;
} MhRoadEdge;

/* MH_ERROR_INVALID: the map has no roads; MH_ERROR_CANCELLED. */
MhRoadGraph *mh_road_graph_new (const MhOsm *osm, GCancellable *cancellable, GError **error);
MhRoadGraph *mh_road_graph_ref (MhRoadGraph *graph);
void mh_road_graph_unref (MhRoadGraph *graph);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhRoadGraph, mh_road_graph_unref)

guint mh_road_graph_n_vertices (const MhRoadGraph *graph);
guint mh_road_graph_n_edges (const MhRoadGraph *graph);
guint mh_road_graph_n_restrictions (const MhRoadGraph *graph); /* pairs of edges */
MhGeoBox mh_road_graph_box (const MhRoadGraph *graph);
MhRoadEdge mh_road_graph_edge (const MhRoadGraph *graph, guint32 edge);
/* Its line in the direction it is driven, both ends with it: MhGeoPoint. Transfer full. */
GArray *mh_road_graph_line (const MhRoadGraph *graph, guint32 edge);
/* The place at @position along a segment as drawn, 0 to 65535. */
MhGeoPoint mh_road_graph_point (const MhRoadGraph *graph, guint32 segment, guint16 position);

/* What was made is kept beside the map: reading it is many times as fast. The file says its version
 * and carries a checksum; MH_ERROR_MALFORMED: cut off, damaged, another version or no such file.
 * Make it anew from the map then. */
GBytes *mh_road_graph_pack (const MhRoadGraph *graph);
MhRoadGraph *mh_road_graph_unpack (GBytes *bytes, GError **error);
gboolean mh_road_graph_save (const MhRoadGraph *graph, const char *path, GError **error);
MhRoadGraph *mh_road_graph_load (const char *path, GError **error);

G_END_DECLS
