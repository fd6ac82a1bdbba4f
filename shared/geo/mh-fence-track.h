/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a vehicle's fixes tell: which zones it entered and left, and whether it stands at its scene
 * (rules.md 8). Pure: all that is remembered stands in plain structs that the caller keeps and may
 * store, so that nothing is told twice after a restart. Instants are µs in UTC by the device.
 *
 * A zone is entered with two fixes in a row inside, left with two in a row more than 50 m outside.
 * A zone that was driven through between two fixes is entered and left at once.
 */
#include "shared/base/mh-clock.h"
#include "shared/base/mh-id.h"
#include "shared/geo/mh-fence.h"

G_BEGIN_DECLS

#define MH_FENCE_FIXES 2
#define MH_FENCE_CLEAR_METRES 50.0
/* A line between two fixes says nothing when this much lies between them. */
#define MH_FENCE_MOST_GAP (300 * MH_SECOND)
/* Beyond this a device's clock is wrong, not only slow. */
#define MH_FIX_MOST_AHEAD (2 * MH_MINUTE)
#define MH_FIX_MOST_KMH 400.0
/* What a receiver may err by, beside any speed. */
#define MH_FIX_SLACK_METRES 200.0
/* So many refused fixes in a row that agree with each other prove that the kept one was wrong. */
#define MH_FIX_STRANGE_MOST 3

typedef struct
{
  MhGeoPoint at;
  gint64 time;  /* by the device */
  double speed; /* km/h; negative: not told, worked out from the fix before */
} MhFix;

typedef enum
{
  MH_FIX_TAKEN,
  MH_FIX_LATE,       /* not after the one that was taken last: dropped */
  MH_FIX_IMPOSSIBLE, /* no place on earth, from the future, too far to have been driven */
} MhFixVerdict;

/* Begins as zeroes. */
typedef struct
{
  MhFix last, before; /* the two taken last; time 0: none */
  MhFix strange;      /* the last one refused for its distance */
  guint n_strange;
  guint64 n_taken, n_late, n_impossible;
} MhFenceTrack;

/* The state towards one zone. */
typedef struct
{
  char zone[MH_ID_LENGTH + 1];
  gboolean is_inside;
  gint64 since;  /* inside: the first fix in the zone */
  guint n_in;    /* fixes in a row inside, while outside */
  guint n_out;   /* fixes in a row clear of it, while inside */
  gint64 turned; /* the first fix of that row */
  MhFix outside; /* the last one before it came in */
} MhFenceState;

typedef struct
{
  char zone[MH_ID_LENGTH + 1];
  gboolean is_entry;
  gboolean is_jump; /* driven through between two fixes; the time is worked out */
  gint64 at;        /* when it happened: the first fix of the row */
} MhFenceEvent;

/* @now: the server's time. Only a fix that is TAKEN may be handed on. */
MhFixVerdict mh_fence_track_take (MhFenceTrack *track, const MhFix *fix, gint64 now);
/* km/h of the last fix, as told or by the one before; negative: unknown. */
double mh_fence_track_speed (const MhFenceTrack *track);

/*
 * After a fix was taken: what it means for @fences (MhFence). @states (MhFenceState, any order)
 * holds zones the vehicle is in or about; zones it has nothing to do with have no row. Events are
 * appended to @events (MhFenceEvent). States of zones that are no longer there go without an event.
 */
void mh_fence_track_step (const MhFenceTrack *track,
                          const GPtrArray *fences,
                          GArray *states,
                          GArray *events);

/* --- at the scene --- */

#define MH_SCENE_METRES 100.0
#define MH_SCENE_KMH 5.0
#define MH_SCENE_STANDS (20 * MH_SECOND)

/* Begins as zeroes for each assignment. */
typedef struct
{
  gint64 since; /* the first fix of those near and slow; 0: the last was not */
  gint64 last;  /* the last fix seen */
  gboolean is_proposed;
} MhSceneState;

/* TRUE once: after less than 100 m and less than 5 km/h for 20 s, "on scene" is proposed; never
 * again before the vehicle was 100 m away. After a fix was taken. */
gboolean mh_scene_step (MhSceneState *state, const MhFenceTrack *track, MhGeoPoint scene);

G_END_DECLS
