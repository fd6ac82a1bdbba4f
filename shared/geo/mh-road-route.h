/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The fastest way from one place to another, its line and what a driver is to do. */
#include "shared/geo/mh-road-search.h"

G_BEGIN_DECLS

typedef enum
{
  MH_TURN_DEPART, /* bearing says where to */
  MH_TURN_STRAIGHT,
  MH_TURN_SLIGHT_LEFT,
  MH_TURN_LEFT,
  MH_TURN_SHARP_LEFT,
  MH_TURN_SLIGHT_RIGHT,
  MH_TURN_RIGHT,
  MH_TURN_SHARP_RIGHT,
  MH_TURN_ROUND,      /* turn round */
  MH_TURN_ROUNDABOUT, /* in, and out by the exit that is told; 0: the goal is in it */
  MH_TURN_LEAVE,      /* out of a roundabout in which the way began */
  MH_TURN_ARRIVE,
} MhRoadTurn;

typedef struct
{
  MhRoadTurn turn;
  guint exit;     /* of a roundabout, from 1 */
  double bearing; /* degrees, where one looks after it */
  MhGeoPoint point;
  double metres;          /* from here to the next step */
  guint32 milliseconds;   /* the same */
  const char *name, *ref; /* of the road after it, "" where it has none; the graph's */
  gboolean is_against;    /* the road after it is driven against its one-way */
} MhRoadStep;

typedef struct
{
  guint32 milliseconds;
  double metres;
  GArray *edges; /* guint32, the first and the last perhaps in part */
  GArray *line;  /* MhGeoPoint */
  GArray *steps; /* MhRoadStep: first DEPART, last ARRIVE */
  MhRoadGraph *graph;
} MhRoadRoute;

/* MH_ERROR_NOT_FOUND: no way leads there, which is so only when roads are closed. */
MhRoadRoute *mh_road_route (MhRoadSearch *search,
                            const MhRoadSettings *settings,
                            const MhRoadPlace *from,
                            const MhRoadPlace *to,
                            GError **error);
/* The time alone; MH_ROAD_NONE: no way. */
guint32 mh_road_route_time (MhRoadSearch *search,
                            const MhRoadSettings *settings,
                            const MhRoadPlace *from,
                            const MhRoadPlace *to);
void mh_road_route_free (MhRoadRoute *route);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhRoadRoute, mh_road_route_free)

G_END_DECLS
