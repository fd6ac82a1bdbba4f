/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The clock of an emergency: when each step was. Pure; who stamped it and how is the record's.
 *
 *   incident  call, then located and determinant in any order, at any time until the end (a unit is
 * sent to somebody who does not breathe before the place is known). unit      assigned → en route →
 * on scene → at patient → depart → at hospital → handover → clear. Passed over may be: en route
 * (the button was missed), at patient, handover. Clear ends it from anywhere but under way with a
 * patient (stood down, nobody there, treated at the place).
 *
 * An instant lies between those of the steps beside it and at most 2 minutes ahead of now (a
 * device's clock). A step is stamped once; another instant is a correction, which has a reason and
 * keeps the old value; so is filling in what was passed over. The last step of a unit may be taken
 * back.
 *
 *   target    from the call to the first unit on scene. Reached at the very second it is met.
 *   at risk   the clock turns: when the unit under way will be later than the target by road, or,
 * without one, when three quarters of the time are gone.
 */
#include "shared/base/mh-error.h"
#include "shared/rules/dispatch/mh-urgency.h"

G_BEGIN_DECLS

typedef enum
{
  MH_CLOCK_CALL,
  MH_CLOCK_LOCATED,
  MH_CLOCK_DETERMINANT,
  MH_CLOCK_ASSIGNED,
  MH_CLOCK_EN_ROUTE,
  MH_CLOCK_ON_SCENE,
  MH_CLOCK_AT_PATIENT,
  MH_CLOCK_DEPART,
  MH_CLOCK_AT_HOSPITAL,
  MH_CLOCK_HANDOVER,
  MH_CLOCK_CLEAR,
  MH_CLOCK_N,
} MhClockStep;

#define MH_CLOCK_AHEAD_SECONDS 120
#define MH_CLOCK_RISK_PERCENT 75
#define MH_CLOCK_LEAST_REASON 3
#define MH_CLOCK_MOST_REASON 300

/* Instants; 0: not yet. One for each unit of an incident, with the incident's own three. */
typedef struct
{
  gint64 at[MH_CLOCK_N];
} MhDispatchClock;

/* "call", "located", … "clear"; NULL for no step. And back, -1: no such code. */
const char *mh_dispatch_clock_code (MhClockStep step);
int mh_dispatch_clock_step (const char *code);

/* The last step of the unit, MH_CLOCK_CALL when none has been assigned. */
MhClockStep mh_dispatch_clock_latest (const MhDispatchClock *clock);
/* May @step be stamped next? */
gboolean mh_dispatch_clock_may (const MhDispatchClock *clock, MhClockStep step);
/* What one large button stamps next; MH_CLOCK_N: nothing, it is over. */
MhClockStep mh_dispatch_clock_next (const MhDispatchClock *clock);

/* MH_ERROR_CONFLICT: out of order, or stamped already; MH_ERROR_INVALID on "at": before the step
 * before, after the one after, ahead of now. Nothing is changed then. */
gboolean mh_dispatch_clock_stamp (MhDispatchClock *clock,
                                  MhClockStep step,
                                  gint64 at,
                                  gint64 now,
                                  GError **error);

typedef struct
{
  MhClockStep step;
  gint64 was, is;     /* was 0: filled in; is 0: taken back */
  const char *reason; /* borrowed */
} MhClockCorrection;

/* Another instant for what was stamped, or one for what was passed over; @at 0 takes the unit's
 * last step back. *out_correction is to be kept with who and when. Field "reason" when it is too
 * short or too long, "at" as above. */
gboolean mh_dispatch_clock_correct (MhDispatchClock *clock,
                                    MhClockStep step,
                                    gint64 at,
                                    const char *reason,
                                    gint64 now,
                                    MhClockCorrection *out_correction,
                                    GError **error);

typedef enum
{
  MH_TARGET_NONE, /* no priority yet */
  MH_TARGET_ON_TIME,
  MH_TARGET_AT_RISK,
  MH_TARGET_MET,
  MH_TARGET_MISSED,
} MhTargetState;

typedef struct
{
  MhTargetState state;
  gint64 due;      /* 0: none */
  gint64 turns_at; /* when the state changes next if nothing happens; 0: never */
} MhTarget;

/* @on_scene_at: of the first unit, 0: nobody yet. @road_seconds: what the unit under way that is
 * there first still needs, below 0: none is under way or it is not known. @target_minutes: of the
 * priority (mh-protocol.h), 0: none. */
MhTarget mh_dispatch_clock_target (gint64 call_at,
                                   int target_minutes,
                                   gint64 on_scene_at,
                                   int road_seconds,
                                   gint64 now);

/* Seconds between two steps; -1: one of them is not stamped. */
gint64 mh_dispatch_clock_span (const MhDispatchClock *clock, MhClockStep from, MhClockStep to);

typedef struct
{
  guint n, without;      /* clocks with both steps; those with one missing */
  guint met;             /* of n, not above the target */
  gint64 mean, p50, p90; /* seconds, the mean rounded half up; -1 when n is 0 */
} MhClockFigures;

/* Percentiles by nearest rank. @target_seconds 0: none, and met is 0. */
MhClockFigures mh_dispatch_clock_figures (const MhDispatchClock *clocks,
                                          guint n_clocks,
                                          MhClockStep from,
                                          MhClockStep to,
                                          gint64 target_seconds);

G_END_DECLS
