/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-dispatch-clock.h"

#include "shared/base/mh-clock.h"
#include "shared/base/mh-text.h"
#include "shared/rules/lab/mh-work-time.h"

#define AFTER(step) (1u << (step))

/* After which last step of the unit a step may come; 0: an incident's own, see clock_is_own(). */
static const struct
{
  const char *code;
  guint after;
} clock_steps[MH_CLOCK_N] = {
  [MH_CLOCK_CALL] = { "call", 0 },
  [MH_CLOCK_LOCATED] = { "located", 0 },
  [MH_CLOCK_DETERMINANT] = { "determinant", 0 },
  [MH_CLOCK_ASSIGNED] = { "assigned", AFTER (MH_CLOCK_CALL) },
  [MH_CLOCK_EN_ROUTE] = { "en_route", AFTER (MH_CLOCK_ASSIGNED) },
  [MH_CLOCK_ON_SCENE] = { "on_scene", AFTER (MH_CLOCK_ASSIGNED) | AFTER (MH_CLOCK_EN_ROUTE) },
  [MH_CLOCK_AT_PATIENT] = { "at_patient", AFTER (MH_CLOCK_ON_SCENE) },
  [MH_CLOCK_DEPART] = { "depart", AFTER (MH_CLOCK_ON_SCENE) | AFTER (MH_CLOCK_AT_PATIENT) },
  [MH_CLOCK_AT_HOSPITAL] = { "at_hospital", AFTER (MH_CLOCK_DEPART) },
  [MH_CLOCK_HANDOVER] = { "handover", AFTER (MH_CLOCK_AT_HOSPITAL) },
  [MH_CLOCK_CLEAR] = { "clear", AFTER (MH_CLOCK_ASSIGNED) | AFTER (MH_CLOCK_EN_ROUTE)
                                    | AFTER (MH_CLOCK_ON_SCENE) | AFTER (MH_CLOCK_AT_PATIENT)
                                    | AFTER (MH_CLOCK_AT_HOSPITAL) | AFTER (MH_CLOCK_HANDOVER) },
};

const char *
mh_dispatch_clock_code (MhClockStep step)
{
  return (int)step >= 0 && step < MH_CLOCK_N ? clock_steps[step].code : NULL;
}

int
mh_dispatch_clock_step (const char *code)
{
  for (int i = 0; i < MH_CLOCK_N; i++)
    if (g_strcmp0 (code, clock_steps[i].code) == 0)
      return i;
  return -1;
}

static gboolean
clock_is_own (MhClockStep step)
{
  return step == MH_CLOCK_LOCATED || step == MH_CLOCK_DETERMINANT;
}

MhClockStep
mh_dispatch_clock_latest (const MhDispatchClock *clock)
{
  for (int i = MH_CLOCK_CLEAR; i >= MH_CLOCK_ASSIGNED; i--)
    if (clock->at[i] != 0)
      return (MhClockStep)i;
  return MH_CLOCK_CALL;
}

gboolean
mh_dispatch_clock_may (const MhDispatchClock *clock, MhClockStep step)
{
  if ((int)step < 0 || step >= MH_CLOCK_N || clock->at[step] != 0)
    return FALSE;
  if (step == MH_CLOCK_CALL)
    return TRUE;
  if (clock->at[MH_CLOCK_CALL] == 0 || clock->at[MH_CLOCK_CLEAR] != 0)
    return FALSE;
  return clock_is_own (step)
         || (clock_steps[step].after & AFTER (mh_dispatch_clock_latest (clock))) != 0;
}

MhClockStep
mh_dispatch_clock_next (const MhDispatchClock *clock)
{
  if (clock->at[MH_CLOCK_CALL] == 0)
    return MH_CLOCK_CALL;
  for (int i = MH_CLOCK_ASSIGNED; i < MH_CLOCK_N; i++)
    if (mh_dispatch_clock_may (clock, (MhClockStep)i))
      return (MhClockStep)i;
  return MH_CLOCK_N;
}

/* The instants between which @step lies: those of the unit's steps beside it, or of the call and
 * the end. */
static void
clock_bounds (const MhDispatchClock *clock, MhClockStep step, gint64 *out_least, gint64 *out_most)
{
  *out_least = 0;
  *out_most = G_MAXINT64;
  for (int i = 0; i < MH_CLOCK_N; i++)
    {
      gboolean beside = !clock_is_own (step) && !clock_is_own ((MhClockStep)i);
      gboolean of_call = i == MH_CLOCK_CALL || step == MH_CLOCK_CALL;
      gboolean of_end = i == MH_CLOCK_CLEAR || step == MH_CLOCK_CLEAR;
      if (clock->at[i] == 0 || i == (int)step || !(beside || of_call || of_end))
        continue;
      if (i < (int)step)
        *out_least = MAX (*out_least, clock->at[i]);
      else
        *out_most = MIN (*out_most, clock->at[i]);
    }
}

static gboolean
clock_check_at (const MhDispatchClock *clock,
                MhClockStep step,
                gint64 at,
                gint64 now,
                GError **error)
{
  gint64 least = 0, most = 0;
  clock_bounds (clock, step, &least, &most);
  if (at <= 0)
    mh_error_set_field (error, "at", "required", "Say when it was.");
  else if (at > now + MH_CLOCK_AHEAD_SECONDS * MH_SECOND)
    mh_error_set_field (error, "at", "out_of_range", "This lies ahead: look at the clock.");
  else if (at < least)
    mh_error_set_field (error, "at", "out_of_range",
                        "This is before the step before it: correct that one first.");
  else if (at > most)
    mh_error_set_field (error, "at", "out_of_range",
                        "This is after the step after it: correct that one first.");
  else
    return TRUE;
  return FALSE;
}

gboolean
mh_dispatch_clock_stamp (MhDispatchClock *clock,
                         MhClockStep step,
                         gint64 at,
                         gint64 now,
                         GError **error)
{
  if ((int)step >= 0 && step < MH_CLOCK_N && clock->at[step] != 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This step has its time already: correct that.");
      return FALSE;
    }
  if (!mh_dispatch_clock_may (clock, step))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This step does not follow the last one.");
      return FALSE;
    }
  if (!clock_check_at (clock, step, at, now, error))
    return FALSE;
  clock->at[step] = at;
  return TRUE;
}

static gboolean
clock_check_reason (const char *reason, GError **error)
{
  g_autofree char *clean = mh_text_clean (reason);
  guint length = clean != NULL ? mh_text_length (clean) : 0;
  if (length < MH_CLOCK_LEAST_REASON)
    mh_error_set_field (error, "reason", "required", "Say in %d characters or more why.",
                        MH_CLOCK_LEAST_REASON);
  else if (length > MH_CLOCK_MOST_REASON)
    mh_error_set_field (error, "reason", "too_long", "At most %d characters.",
                        MH_CLOCK_MOST_REASON);
  return length >= MH_CLOCK_LEAST_REASON && length <= MH_CLOCK_MOST_REASON;
}

/* Does each step of the unit follow one it may follow? */
static gboolean
clock_is_chain (const MhDispatchClock *clock)
{
  MhClockStep last = MH_CLOCK_CALL;
  for (int i = MH_CLOCK_ASSIGNED; i < MH_CLOCK_N; i++)
    {
      if (clock->at[i] == 0)
        continue;
      if ((clock_steps[i].after & AFTER (last)) == 0)
        return FALSE;
      last = (MhClockStep)i;
    }
  return TRUE;
}

/* Was it passed over, so that it can be filled in now? */
static gboolean
clock_is_gap (const MhDispatchClock *clock, MhClockStep step)
{
  MhDispatchClock filled = *clock;
  if (step <= MH_CLOCK_ASSIGNED || step >= mh_dispatch_clock_latest (clock))
    return FALSE;
  filled.at[step] = 1;
  return clock_is_chain (&filled);
}

gboolean
mh_dispatch_clock_correct (MhDispatchClock *clock,
                           MhClockStep step,
                           gint64 at,
                           const char *reason,
                           gint64 now,
                           MhClockCorrection *out_correction,
                           GError **error)
{
  if ((int)step < 0 || step >= MH_CLOCK_N
      || (clock->at[step] == 0 && (at == 0 || !clock_is_gap (clock, step))))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "This step has no time yet: there is nothing to correct.");
      return FALSE;
    }
  if (!clock_check_reason (reason, error))
    return FALSE;
  gboolean is_last = step >= MH_CLOCK_ASSIGNED && step == mh_dispatch_clock_latest (clock);
  if (at == 0 && !is_last)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Only the last step of a unit is taken back.");
      return FALSE;
    }
  if (at == clock->at[step])
    {
      mh_error_set_field (error, "at", "unchanged", "It has this time already.");
      return FALSE;
    }
  if (at != 0 && !clock_check_at (clock, step, at, now, error))
    return FALSE;
  *out_correction = (MhClockCorrection){ step, clock->at[step], at, reason };
  clock->at[step] = at;
  return TRUE;
}

/* --- targets --- */

MhTarget
mh_dispatch_clock_target (gint64 call_at,
                          int target_minutes,
                          gint64 on_scene_at,
                          int road_seconds,
                          gint64 now)
{
  MhTarget target = { MH_TARGET_NONE, 0, 0 };
  if (call_at == 0 || target_minutes <= 0)
    return target;
  gint64 length = target_minutes * MH_MINUTE;
  target.due = call_at + length;
  if (on_scene_at != 0)
    {
      target.state = on_scene_at <= target.due ? MH_TARGET_MET : MH_TARGET_MISSED;
      return target;
    }
  /* the last instant at which it is still on time */
  gint64 risk = road_seconds >= 0 ? target.due - road_seconds * MH_SECOND
                                  : call_at + length / 100 * MH_CLOCK_RISK_PERCENT;
  target.state = now > target.due ? MH_TARGET_MISSED
                 : now > risk     ? MH_TARGET_AT_RISK
                                  : MH_TARGET_ON_TIME;
  if (target.state == MH_TARGET_ON_TIME)
    target.turns_at = risk + 1;
  else if (target.state == MH_TARGET_AT_RISK)
    target.turns_at = target.due + 1;
  return target;
}

gint64
mh_dispatch_clock_span (const MhDispatchClock *clock, MhClockStep from, MhClockStep to)
{
  if (clock->at[from] == 0 || clock->at[to] == 0)
    return -1;
  /* the three of the incident may lie after a unit's */
  gint64 span = clock->at[to] - clock->at[from];
  return MAX (span, 0) / MH_SECOND;
}

MhClockFigures
mh_dispatch_clock_figures (const MhDispatchClock *clocks,
                           guint n_clocks,
                           MhClockStep from,
                           MhClockStep to,
                           gint64 target_seconds)
{
  MhClockFigures figures = { 0, 0, 0, -1, -1, -1 };
  g_autofree gint64 *spans = g_new (gint64, n_clocks + 1);
  gint64 sum = 0;
  for (guint i = 0; i < n_clocks; i++)
    {
      gint64 span = mh_dispatch_clock_span (&clocks[i], from, to);
      if (span < 0)
        {
          figures.without++;
          continue;
        }
      spans[figures.n++] = span;
      sum += span;
      gint64 exact = clocks[i].at[to] - clocks[i].at[from];
      figures.met += target_seconds > 0 && exact <= target_seconds * MH_SECOND ? 1 : 0;
    }
  if (figures.n == 0)
    return figures;
  figures.mean = (2 * sum + figures.n) / (2 * (gint64)figures.n);
  figures.p50 = mh_nearest_value (spans, figures.n, 50);
  figures.p90 = mh_nearest_value (spans, figures.n, 90);
  return figures;
}
