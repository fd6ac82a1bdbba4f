/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The search that all questions share: Dijkstra's over edges, so that forbidden turns are told by
 * the edges on both sides; over their ends with A*'s bound when there is a target; from the end
 * backwards when there are many beginnings.
 *
 * The label of an edge is, forwards, the time from the start to its head; backwards, the time from
 * its tail to the goal. Where no turn is forbidden, who comes to a junction first is the first on
 * each road out of it but the one back; for that one the second counts. No third is looked at.
 */
#include "shared/geo/mh-road-private.h"
#include "shared/geo/mh-road-search.h"

G_BEGIN_DECLS

#define MH_ROAD_GOALS 2
#define MH_ROAD_NEVER (1u << 31) /* no time is as long */

typedef struct
{
  guint32 key, cost, edge;
} MhRoadEntry;

typedef struct
{
  guint32 cost, parent;
  guint32 mark; /* the search's number: seen in it; + 1: settled */
} MhRoadLabel;

typedef struct
{
  guint32 mark, first; /* the edge that came first; MH_ROAD_NONE: the second was here, too */
} MhRoadMeeting;

/* Backwards: @edge is found to lead to the goal in @after milliseconds from its head. */
typedef void (*MhRoadFound) (guint32 edge, guint32 after, gpointer data);

struct _MhRoadSearch
{
  MhRoadGraph *graph;
  guint32 n_edges;
  MhRoadLabel *labels; /* by edge, and MH_ROAD_GOALS that stand for parts of edges */
  MhRoadMeeting *meetings;
  guint32 now; /* even */
  MhRoadEntry *heap;
  guint n_heap, heap_size;
  /* of the question */
  const MhRoadTraffic *traffic;
  gboolean may_go_against, is_reverse;
  guint32 goals[MH_ROAD_GOALS]; /* the edge that labels behind the last stand for */
  gboolean has_target;
  MhRoadVector target;
  double milliseconds; /* of one earth's radius at the highest speed, a little less */
  MhRoadFound found;
  gpointer found_data;
  /* of the nearest units: by edge */
  guint32 *unit_mark, *unit_first;
  guint8 *unit_bits; /* by edge, eight to one: so few that they stay near the processor */
};

void
mh_road_search_begin (MhRoadSearch *search, const MhRoadSettings *settings, gboolean is_reverse);
/* From here on the bound of A* holds. */
void mh_road_search_aim (MhRoadSearch *search, MhGeoPoint target);
/* Of the whole edge now; MH_ROAD_NONE: closed. */
guint32 mh_road_search_time (const MhRoadSearch *search, guint32 edge);
void mh_road_search_reach (MhRoadSearch *search, guint32 edge, guint32 cost, guint32 parent);
/* The next edge in order, settled; FALSE: there is none. */
gboolean mh_road_search_next (MhRoadSearch *search, MhRoadEntry *out_entry);
/* On from it. */
void mh_road_search_expand (MhRoadSearch *search, guint32 edge, guint32 cost);
/* From @from to @to, which follows; MH_ROAD_NONE: forbidden. */
guint32 mh_road_search_turn (const MhRoadSearch *search, guint32 from, guint32 to);

/* The part of @time from the tail to @position, rounded up. */
static inline guint32
mh_road_part (guint32 time, guint16 position)
{
  return (guint32)(((guint64)time * position + MH_ROAD_WHOLE - 1) / MH_ROAD_WHOLE);
}

/* Edge @direction (0 or 1) of a place, and where on it; FALSE: not in this direction. */
static inline gboolean
mh_road_place_edge (const MhRoadPlace *place, guint direction, guint32 *out_edge, guint16 *out_at)
{
  *out_edge = 2 * place->segment + direction;
  *out_at = direction == 0 ? place->position : (guint16)(MH_ROAD_WHOLE - place->position);
  return (place->directions & (1 << direction)) != 0;
}

G_END_DECLS
