/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-slots.h"

#include "shared/base/mh-clock.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-schedule.h"

#include <string.h>

#define TICK (MH_SLOT_STEP_MINUTES * MH_MINUTE)
#define MOST_SESSIONS 8

gboolean
mh_slots_overlap (gint64 a_start, gint64 a_end, gint64 b_start, gint64 b_end)
{
  return a_start < b_end && b_start < a_end;
}

/* Towards minus infinity, so that instants before 1970 count alike. */
static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

gint64
mh_slots_tick (gint64 instant)
{
  return floor_div (instant, TICK);
}

guint
mh_slots_n_ticks (gint64 start, gint64 end)
{
  return end <= start ? 0 : (guint)(mh_slots_tick (end - 1) - mh_slots_tick (start) + 1);
}

GArray *
mh_slots_of_day (MhWorkTime *work, MhDate day, gint64 slot_minutes)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (MhSlotTime));
  gint64 open[MOST_SESSIONS], close[MOST_SESSIONS];
  gint64 length = slot_minutes * MH_MINUTE;
  guint n = mh_work_time_day (work, day, open, close, MOST_SESSIONS);
  for (guint i = 0; i < n && length > 0; i++)
    for (gint64 start = open[i]; start + length <= close[i]; start += length)
      {
        MhSlotTime slot = { open[i], close[i], start, start + length };
        g_array_append_val (slots, slot);
      }
  return slots;
}

gboolean
mh_slots_is_valid_on (const char *valid_from, const char *valid_to, const char *day)
{
  return (valid_from == NULL || *valid_from == '\0' || strcmp (day, valid_from) >= 0)
         && (valid_to == NULL || *valid_to == '\0' || strcmp (day, valid_to) <= 0);
}

gint64
mh_slots_overbook_quota (gint64 places, gint64 percent)
{
  return MAX (places, 0) * CLAMP (percent, 0, MH_OVERBOOK_MOST_PERCENT) / 100;
}

gint64
mh_slots_repeat (gint64 start, gint64 days, GTimeZone *zone)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) instant = g_date_time_new_from_unix_utc (floor_div (start, MH_SECOND));
  g_autoptr (GDateTime) local
      = instant != NULL ? g_date_time_to_timezone (instant, zone != NULL ? zone : utc) : NULL;
  g_autoptr (GDateTime) later = local != NULL ? g_date_time_add_days (local, (int)days) : NULL;
  return later != NULL ? g_date_time_to_unix (later) * MH_SECOND : start + days * MH_DAY;
}

gboolean
mh_slots_is_no_show (gint64 start, gint64 minutes, gint64 now)
{
  return now >= start + minutes * MH_MINUTE;
}

typedef struct
{
  const char *from, *step, *to;
} Change;

static const char *
change_of (const Change *changes, guint n, const char *status, const char *step)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (changes[i].from, status) == 0 && g_strcmp0 (changes[i].step, step) == 0)
      return changes[i].to;
  return NULL;
}

const char *
mh_slots_after_step (const char *status, const char *step)
{
  static const Change changes[] = {
    { MH_APPOINTMENT_BOOKED, MH_STEP_ARRIVE, MH_APPOINTMENT_ARRIVED },
    { MH_APPOINTMENT_BOOKED, MH_STEP_CANCEL, MH_APPOINTMENT_CANCELLED },
    { MH_APPOINTMENT_BOOKED, MH_STEP_NO_SHOW, MH_APPOINTMENT_NO_SHOW },
    /* Late is not never. */
    { MH_APPOINTMENT_NO_SHOW, MH_STEP_ARRIVE, MH_APPOINTMENT_ARRIVED },
    { MH_APPOINTMENT_ARRIVED, MH_STEP_START, MH_APPOINTMENT_IN_ROOM },
    { MH_APPOINTMENT_ARRIVED, MH_STEP_CANCEL, MH_APPOINTMENT_CANCELLED },
    { MH_APPOINTMENT_ARRIVED, MH_STEP_BACK, MH_APPOINTMENT_BOOKED },
    { MH_APPOINTMENT_IN_ROOM, MH_STEP_DONE, MH_APPOINTMENT_DONE },
    { MH_APPOINTMENT_IN_ROOM, MH_STEP_BACK, MH_APPOINTMENT_ARRIVED },
  };

  return change_of (changes, G_N_ELEMENTS (changes), status, step);
}

const char *
mh_slots_token_after_step (const char *status, const char *step)
{
  static const Change changes[] = {
    { MH_TOKEN_WAITING, MH_STEP_CALL, MH_TOKEN_CALLED },
    { MH_TOKEN_WAITING, MH_STEP_START, MH_TOKEN_IN_ROOM },
    { MH_TOKEN_WAITING, MH_STEP_LEAVE, MH_TOKEN_LEFT },
    { MH_TOKEN_CALLED, MH_STEP_CALL, MH_TOKEN_CALLED },
    { MH_TOKEN_CALLED, MH_STEP_START, MH_TOKEN_IN_ROOM },
    { MH_TOKEN_CALLED, MH_STEP_BACK, MH_TOKEN_WAITING },
    { MH_TOKEN_CALLED, MH_STEP_LEAVE, MH_TOKEN_LEFT },
    { MH_TOKEN_IN_ROOM, MH_STEP_DONE, MH_TOKEN_DONE },
    { MH_TOKEN_IN_ROOM, MH_STEP_BACK, MH_TOKEN_WAITING },
    { MH_TOKEN_LEFT, MH_STEP_BACK, MH_TOKEN_WAITING },
  };

  return change_of (changes, G_N_ELEMENTS (changes), status, step);
}

/* --- turns --- */

static gboolean
is_before (const MhTurn *a, const MhTurn *b)
{
  gboolean by_time = a->kind == MH_TURN_BOOKED && a->at != b->at;
  return by_time ? a->at < b->at : a->number < b->number;
}

/* The first of a kind that is not done; -1. */
static int
slots_first_of (const MhTurn *turns, guint n_turns, const gboolean *done, MhTurnKind kind)
{
  int found = -1;
  for (guint i = 0; i < n_turns; i++)
    if (turns[i].kind == kind && !done[i] && (found < 0 || is_before (&turns[i], &turns[found])))
      found = (int)i;
  return found;
}

static int
next_of (const MhTurn *turns,
         guint n_turns,
         const gboolean *done,
         gint64 every,
         gint64 in_a_row,
         gint64 now)
{
  int urgent = slots_first_of (turns, n_turns, done, MH_TURN_URGENT);
  int booked = slots_first_of (turns, n_turns, done, MH_TURN_BOOKED);
  int walk_in = slots_first_of (turns, n_turns, done, MH_TURN_WALK_IN);
  if (urgent >= 0)
    return urgent;
  if (booked < 0 || walk_in < 0)
    return booked >= 0 ? booked : walk_in;
  gboolean is_time = turns[booked].at <= now + MH_TURN_EARLY_MINUTES * MH_MINUTE;
  return is_time && in_a_row < MAX (every, 1) ? booked : walk_in;
}

int
mh_slots_next_turn (const MhTurn *turns,
                    guint n_turns,
                    gint64 every,
                    gint64 booked_in_a_row,
                    gint64 now)
{
  g_autofree gboolean *done = g_new0 (gboolean, n_turns + 1);
  return next_of (turns, n_turns, done, every, booked_in_a_row, now);
}

GArray *
mh_slots_turns (const MhTurn *turns,
                guint n_turns,
                gint64 every,
                gint64 booked_in_a_row,
                gint64 now)
{
  g_autofree gboolean *done = g_new0 (gboolean, n_turns + 1);
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n_turns; i++)
    {
      guint next = (guint)next_of (turns, n_turns, done, every, booked_in_a_row, now);
      done[next] = TRUE;
      if (turns[next].kind != MH_TURN_URGENT)
        booked_in_a_row = turns[next].kind == MH_TURN_BOOKED ? booked_in_a_row + 1 : 0;
      g_array_append_val (order, next);
    }
  return order;
}
