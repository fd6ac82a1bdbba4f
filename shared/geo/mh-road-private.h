/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the files of roads share. */
#include "shared/geo/mh-road-snap.h"

G_BEGIN_DECLS

typedef enum
{
  MH_ROAD_FORWARD = 1 << 0,  /* open as drawn */
  MH_ROAD_BACKWARD = 1 << 1, /* open against it */
  MH_ROAD_EXEMPT = 1 << 2,   /* what is closed of the two is open against the one-way */
  MH_ROAD_ROUNDABOUT = 1 << 3,
  MH_ROAD_PRIVATE = 1 << 4,
  MH_ROAD_CORE_FORWARD = 1 << 5,
  MH_ROAD_CORE_BACKWARD = 1 << 6,
} MhRoadFlags;

typedef struct
{
  gint32 lat, lon; /* 1e-7 degrees */
} MhRoadPoint;

/* As it lies in the file. */
typedef struct
{
  guint32 from, to;    /* vertices */
  guint32 first_point; /* of n_points, both ends with them */
  guint32 name, ref;   /* where they begin in the texts; 0: "" */
  guint32 decimetres;
  guint16 n_points;
  guint8 road_class, flags;
  guint32 kmh;
} MhRoadSegment;

typedef struct
{
  double x, y, z; /* on the unit sphere: the chord never is longer than the way */
} MhRoadVector;

typedef struct
{
  double lat, lon, step_lat, step_lon; /* south-west corner, size of a cell */
  guint rows, columns;
  guint32 *first; /* of each cell, and the end */
  guint32 *segments;
} MhRoadGrid;

struct _MhRoadGraph
{
  gatomicrefcount refs;
  guint32 n_vertices, n_segments, n_points, n_bans, text_size;
  MhRoadPoint *vertices, *points;
  MhRoadSegment *segments;
  guint64 *bans; /* from << 32 | to, sorted: turns that are forbidden */
  char *texts;   /* one after the other, each with its NUL; the first is "" */
  /* worked out of those */
  guint32 *heads;         /* by edge */
  guint32 *times;         /* by edge: milliseconds without traffic; MH_ROAD_NONE: closed to all */
  guint8 *against;        /* by edge: only for who may go against a one-way */
  guint32 *first, *edges; /* edges by the vertex they begin at */
  guint8 *is_banning;     /* by vertex: some turn is forbidden here */
  MhRoadVector *vectors;  /* by vertex */
  double metres_per_millisecond; /* of the fastest road */
  MhGeoBox box;
  MhRoadGrid grid;
};

struct _MhRoadTraffic
{
  gatomicrefcount refs;
  guint n_edges;
  guint8 fastest;
  guint8 *percent;
};

#define MH_ROAD_MAX_TIME (24u * 3600 * 1000) /* of one edge without traffic */

static inline guint32
mh_road_head (const MhRoadGraph *graph, guint32 edge)
{
  return graph->heads[edge];
}

static inline guint32
mh_road_tail (const MhRoadGraph *graph, guint32 edge)
{
  return graph->heads[edge ^ 1];
}

static inline MhGeoPoint
mh_road_point (MhRoadPoint point)
{
  return (MhGeoPoint){ point.lat / 1e7, point.lon / 1e7 };
}

MhRoadVector mh_road_vector (MhGeoPoint point);
gboolean mh_road_is_banned (const MhRoadGraph *graph, guint32 from, guint32 to);
gboolean mh_road_is_core (const MhRoadGraph *graph, guint32 edge);

/* Empty but for its texts. */
MhRoadGraph *mh_road_graph_make (void);
/* Works out the rest once the stored parts are there. */
void mh_road_graph_finish (MhRoadGraph *graph);
/* Marks the core in the flags of the segments; after mh_road_graph_finish(). */
void mh_road_graph_mark_core (MhRoadGraph *graph);
void mh_road_grid_fill (MhRoadGraph *graph);
/* Restrictions of the map; @vertex_of by node, @of_way by way: its segments. After
 * mh_road_graph_finish(). */
void mh_road_graph_read_turns (MhRoadGraph *graph,
                               const MhOsm *osm,
                               const guint32 *vertex_of,
                               const MhOsmSpan *of_way);
/* Sorts the bans and marks their junctions. */
void mh_road_graph_set_bans (MhRoadGraph *graph, guint64 *bans, guint32 n_bans);

/* The line of @edge from one position along it to another, both ends with it, put after @line; a
 * point that is there already is not repeated. Positions count in the direction of the edge. */
void
mh_road_graph_cut (const MhRoadGraph *graph, guint32 edge, guint16 from, guint16 to, GArray *line);

/* --- what the tags of a way say --- */

typedef struct
{
  MhRoadClass road_class;
  guint8 flags; /* 0: no road for this profile */
  guint kmh;
} MhRoadWay;

MhRoadWay mh_road_way_judge (const MhOsm *osm, MhOsmSpan tags);
/* A bollard or the like at a node. */
gboolean mh_road_is_blocked (const MhOsm *osm, MhOsmSpan tags);

G_END_DECLS
