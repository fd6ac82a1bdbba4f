/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Slots of a schedule, who may be booked where, and whose turn it is (rules.md 12). Instants are µs
 * in UTC, stretches half-open: [start, end). What is local to the hospital goes through its time
 * zone once, when a day is cut into slots, so that daylight saving moves no booking.
 */
#include "shared/rules/lab/mh-work-time.h"

G_BEGIN_DECLS

/* a.start < b.end and b.start < a.end: what only touches does not overlap. */
gboolean mh_slots_overlap (gint64 a_start, gint64 a_end, gint64 b_start, gint64 b_end);

/* Steps of MH_SLOT_STEP_MINUTES since 1970: the step an instant lies in, and how many steps
 * [start, end) touches from there. */
gint64 mh_slots_tick (gint64 instant);
guint mh_slots_n_ticks (gint64 start, gint64 end);

typedef struct
{
  gint64 session_at, session_end; /* the stretch of the weekly hours it belongs to */
  gint64 start, end;
} MhSlotTime;

/* MhSlotTime of one day in order; a rest shorter than a slot is left over. Transfer full. */
GArray *mh_slots_of_day (MhWorkTime *work, MhDate day, gint64 slot_minutes);
/* Is @day within the schedule's time? Empty ends are open; both days count. */
gboolean mh_slots_is_valid_on (const char *valid_from, const char *valid_to, const char *day);

/* How many may be booked beyond the slots of a session of @places (slots × capacity): the part of
 * @percent, rounded down, never more than MH_OVERBOOK_MOST_PERCENT. */
gint64 mh_slots_overbook_quota (gint64 places, gint64 percent);

/* The instant of the same time of the day, @days days after that of @start in @zone (NULL: UTC). */
gint64 mh_slots_repeat (gint64 start, gint64 days, GTimeZone *zone);

/* Has nobody come @minutes after @start? At exactly that minute nobody has. */
gboolean mh_slots_is_no_show (gint64 start, gint64 minutes, gint64 now);

/* The state after @step (MH_STEP_…) in state @status, NULL: not possible. */
const char *mh_slots_after_step (const char *status, const char *step);
/* The same for a token. */
const char *mh_slots_token_after_step (const char *status, const char *step);

typedef enum
{
  MH_TURN_URGENT,
  MH_TURN_BOOKED,
  MH_TURN_WALK_IN,
} MhTurnKind;

typedef struct
{
  MhTurnKind kind;
  gint64 at; /* booked: the time of the booking; others: when the token was given */
  gint64 number;
} MhTurn;

/* A booked patient who came early is called before walk-ins from so long before the time. */
#define MH_TURN_EARLY_MINUTES 15

/*
 * Whose turn it is among @turns; -1: nobody waits. Urgent ones first. Then those booked whose time
 * has come (by time), and after @every of them in a row (@booked_in_a_row: called since the last
 * walk-in) one walk-in (by number). Who has no rival is not kept waiting: with nobody else there,
 * walk-ins follow each other, and somebody booked is called before the time.
 */
int mh_slots_next_turn (const MhTurn *turns,
                        guint n_turns,
                        gint64 every,
                        gint64 booked_in_a_row,
                        gint64 now);
/* The whole order, as indices into @turns. Transfer full. */
GArray *mh_slots_turns (const MhTurn *turns,
                        guint n_turns,
                        gint64 every,
                        gint64 booked_in_a_row,
                        gint64 now);

G_END_DECLS
