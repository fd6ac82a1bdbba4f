/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Which units are sent to an emergency, in which order, and why not the others. Pure: road times
 * and coverage are the caller's, reservation is the store's (compare-and-set on the unit's
 * version).
 *
 *   out       off duty, out of service, reserved, busy, asked before, no fix or one older than 300
 * s, crew out of hours, no way by road, nothing of what is needed. All reasons are told together.
 *   score     seconds: by road + age of the fix above 90 s + 30 for each mission of the shift (at
 * most 300)
 *             + 180 when its zone is left without any unit, 60 with one + 60 when it is diverted.
 *             At a top level load and coverage are told but do not count: there the nearest goes.
 *   top       P1, and what else the house says: the nearest of any skill, plus the nearest that has
 * the skill needed (at least ALS); one unit when it is both. Sent by itself after 10 s for a veto.
 *   needs     of the ladder BLS, ALS, MICU a unit covers its own step and those below; fire and
 * police are covered by units of theirs, each need by the best one. diverted  a unit on its way
 * (not arrived) to something less urgent may be taken for P1 and P2. The plan takes it only where
 * nobody else can go, and then a person is asked; else it is named as faster. asked     a unit that
 * has not accepted within 60 s is passed over: the next is asked.
 */
#include "shared/rules/dispatch/mh-urgency.h"

G_BEGIN_DECLS

#define MH_RESCUE_FIX_OLD_SECONDS 90
#define MH_RESCUE_FIX_MOST_SECONDS 300
#define MH_RESCUE_FIX_AHEAD_SECONDS 120 /* a device's clock may be ahead of ours by so much */
#define MH_RESCUE_MISSION_SECONDS 30
#define MH_RESCUE_MOST_LOAD_SECONDS 300
#define MH_RESCUE_ZONE_EMPTY_SECONDS 180
#define MH_RESCUE_ZONE_ONE_SECONDS 60
#define MH_RESCUE_DIVERT_SECONDS 60
#define MH_RESCUE_VETO_SECONDS 10
#define MH_RESCUE_ACCEPT_SECONDS 60

typedef enum
{
  MH_RESCUE_OFF,            /* nobody has signed on */
  MH_RESCUE_OUT_OF_SERVICE, /* with a reason: repair, cleaning, fuel, no equipment */
  MH_RESCUE_AVAILABLE,      /* at its station, at a post, on its way back */
  MH_RESCUE_RESERVED,       /* asked, and nobody has accepted yet */
  MH_RESCUE_ASSIGNED,       /* accepted, stands */
  MH_RESCUE_EN_ROUTE,
  MH_RESCUE_ON_SCENE,
  MH_RESCUE_TRANSPORTING,
  MH_RESCUE_AT_HOSPITAL,
  MH_RESCUE_N_STATES,
} MhRescueState;

typedef struct
{
  const char *id;
  MhRescueState state;
  const char *incident; /* what it is on; NULL: nothing */
  MhUrgency on_urgency; /* of that; NONE: nothing, or not known */
  guint can;            /* MhCan */
  gint64 shift_ends_at; /* of its crew; 0: nobody is on it */
  gint64 fix_at;        /* when the last position was taken; 0: never */
  int road_seconds;     /* to the place; below 0: no way */
  int missions;         /* of this shift so far */
  int zone_left;        /* units that its zone keeps when it goes; below 0: not known */
  gboolean tried;       /* was asked for this incident and refused, or did not answer */
} MhRescueCandidate;

/* Why a unit is left out. */
typedef enum
{
  MH_RESCUE_NO_CREW = 1 << 0,
  MH_RESCUE_NOT_IN_SERVICE = 1 << 1,
  MH_RESCUE_IS_RESERVED = 1 << 2,
  MH_RESCUE_IS_BUSY = 1 << 3,
  MH_RESCUE_WAS_TRIED = 1 << 4,
  MH_RESCUE_NO_FIX = 1 << 5, /* never, too old, or from the future */
  MH_RESCUE_OUT_OF_HOURS = 1 << 6,
  MH_RESCUE_NO_WAY = 1 << 7,
  MH_RESCUE_CANNOT = 1 << 8, /* it has nothing of what is needed */
} MhRescueOut;

/* What is to be known of one that may go. */
typedef enum
{
  MH_RESCUE_NOTE_OLD_FIX = 1 << 0,
  MH_RESCUE_NOTE_DIVERTED = 1 << 1,
  MH_RESCUE_NOTE_LATE = 1 << 2, /* arrives after its crew's hours */
  MH_RESCUE_NOTE_BELOW
  = 1 << 3, /* less skill than is needed: first aid until the other one is there */
  MH_RESCUE_NOTE_ZONE_EMPTY = 1 << 4,
  MH_RESCUE_NOTE_ZONE_ONE = 1 << 5,
} MhRescueNote;

typedef struct
{
  guint index;  /* of the candidate */
  guint covers; /* of the needs; 0: goes for its nearness alone */
  guint notes;  /* MhRescueNote */
  int score; /* seconds; the parts follow, those of load and coverage also where they do not count
              */
  int road_seconds, fix_seconds, load_seconds, coverage_seconds, divert_seconds;
  int fix_age;
} MhRescueOffer;

typedef struct
{
  guint index;
  guint reasons; /* MhRescueOut */
  guint lacks;   /* of the needs, with MH_RESCUE_CANNOT */
} MhRescueLeftOut;

typedef enum
{
  MH_RESCUE_FOR_NEED,    /* for what it covers */
  MH_RESCUE_FOR_NEAREST, /* the nearest of any skill */
} MhRescueRole;

typedef struct
{
  guint offer; /* place among the offers */
  guint needs; /* that it is sent for */
  MhRescueRole role;
  int faster; /* place among the offers of one that would have to be diverted, covers the same and
               * is there at least MH_RESCUE_DIVERT_SECONDS before; -1: none */
} MhRescueSend;

typedef struct
{
  GArray *offers;     /* MhRescueOffer, the best first */
  GArray *left_out;   /* MhRescueLeftOut, in the order of the candidates */
  GArray *plan;       /* MhRescueSend: who should be sent */
  guint missing;      /* needs that nobody covers */
  gboolean automatic; /* send by itself unless somebody says no until veto_until */
  gboolean asks;      /* the plan diverts somebody: a person must agree */
  gint64 veto_until;  /* 0 unless automatic */
} MhRescueAssign;

/* @needs: MhCan. @top: this priority and more urgent ones are top levels (MH_URGENCY_P1, as the
 * house begins; NONE: there are none). */
MhRescueAssign *mh_rescue_assign (const MhRescueCandidate *units,
                                  guint n_units,
                                  guint needs,
                                  MhUrgency urgency,
                                  MhUrgency top,
                                  gint64 now);
void mh_rescue_assign_free (MhRescueAssign *assign);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhRescueAssign, mh_rescue_assign_free)

typedef enum
{
  MH_RESCUE_ASK_WAITING,
  MH_RESCUE_ASK_ACCEPTED,
  MH_RESCUE_ASK_REFUSED,
  MH_RESCUE_ASK_LATE, /* no answer in time: the next one */
} MhRescueAsk;

/* How a question stands that was put to a unit at @asked_at; what did not happen is 0. An answer
 * after MH_RESCUE_ACCEPT_SECONDS comes too late. */
MhRescueAsk mh_rescue_ask (gint64 asked_at, gint64 accepted_at, gint64 refused_at, gint64 now);
/* May a person still say no to what is sent by itself? */
gboolean mh_rescue_is_veto_open (gint64 veto_until, gint64 now);
/* May a unit be taken away from what it is on, for something of @urgency? */
gboolean mh_rescue_may_divert (const MhRescueCandidate *unit, MhUrgency urgency);

G_END_DECLS
