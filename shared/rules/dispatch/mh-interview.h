/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How an emergency call is judged by the protocol (mh-protocol.h), with every answer. Pure: the
 * same answers and the same protocol give the same judgement, whenever it is asked again.
 *
 *   points    = base points of the card + points of each answer + points of the age. A question
 * that nobody has answered counts 0, and the judgement is provisional. computed  = the most urgent
 * of what the points come to and every floor; without a card the floors alone, and nothing
 * (MH_URGENCY_NONE) without one. cards     the one that was chosen last, and each before it of
 * which a question was answered or whose answer led on: of several the most urgent result stands,
 * all their needs count. goto      an answer with floor P1 and a goto (not breathing, gasping) goes
 * there at once: the unit is sent (send_now), before place, number and age are known; any other
 * goto is an offer. needs     of the cards and all answers, ALS when the priority is P1 or P2, BLS
 * for P3 and P4; of BLS, ALS and MICU the highest alone. say       blocks of the entry's answers,
 * the cards' answers, the cards; of a table of ages one. priority  = computed, unless somebody
 * changed it and said why. Less urgent holds only as long as no later answer makes the call more
 * urgent than it was then; more urgent always.
 */
#include "shared/rules/dispatch/mh-protocol.h"

G_BEGIN_DECLS

/* What was answered, in the order in which it was said; a later answer to a question replaces the
 * one before. */
typedef struct
{
  const char *question, *value;
  gint64 at; /* instant; 0: not told */
} MhInterviewGiven;

#define MH_INTERVIEW_LEAST_REASON 3
#define MH_INTERVIEW_MOST_REASON 300
#define MH_INTERVIEW_MOST_GIVEN 500

/* Up- or downgrade by a person. */
typedef struct
{
  MhUrgency priority;
  MhUrgency computed; /* what the rules said then */
  const char *reason; /* MH_INTERVIEW_LEAST_REASON to _MOST_REASON characters */
} MhInterviewChange;

typedef enum
{
  MH_INTERVIEW_BASE,   /* of the card */
  MH_INTERVIEW_ANSWER, /* of a question */
  MH_INTERVIEW_AGE,
} MhInterviewSource;

/* What counted. All borrowed from the protocol. */
typedef struct
{
  MhInterviewSource source;
  const char *card; /* NULL: an entry question, which counts for each card */
  const char *question, *value;
  int points;
  MhUrgency floor;
} MhInterviewPart;

typedef struct
{
  MhUrgency computed, priority;
  int points;                     /* of the card that decided */
  const MhProtocolCard *card;     /* that decided; NULL: none is chosen */
  const MhProtocolCard *current;  /* whose questions go on */
  const MhProtocolQuestion *next; /* NULL: all are answered */
  guint needs;                    /* MhCan; 0 while nothing can be said */
  gboolean send_now;              /* not breathing: the unit goes at once */
  gboolean provisional;
  gboolean change_lapsed; /* a downgrade that a later answer has overtaken */
  GPtrArray *say;         /* MhProtocolBlock, in the order in which they are read */
  GPtrArray *flags;       /* const char * */
  GPtrArray *offers;      /* MhProtocolCard that answers lead to */
  GArray *parts;          /* MhInterviewPart */
} MhInterview;

/* MH_ERROR_INVALID: an unknown question or value ("answers.CHEST1", with what may be answered), an
 * age that is none, a change without a reason ("reason") or to what it was already ("priority").
 * @change: NULL when nobody changed the priority. The judgement must not outlive @protocol. */
MhInterview *mh_interview_judge (const MhProtocol *protocol,
                                 const MhInterviewGiven *given,
                                 guint n_given,
                                 const MhInterviewChange *change,
                                 GError **error);
void mh_interview_free (MhInterview *interview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhInterview, mh_interview_free)

/* Completed months of "62y", "5mo", "3w" or "9d" (up to 150 years); -1: unknown or no age. */
int mh_interview_age_months (const char *word);

/* The call as it is kept: JSON with the protocol's version and its cards', every answer with its
 * time, the change, and what came of it. Caller frees. */
char *mh_interview_keep (const MhProtocol *protocol,
                         const MhInterview *interview,
                         const MhInterviewGiven *given,
                         guint n_given,
                         const MhInterviewChange *change);

/* Judges what mh_interview_keep() wrote again, by @protocol. @out_same: the version is the one by
 * which it was judged then, and it comes to the same priority, points and needs. */
MhInterview *mh_interview_again (const MhProtocol *protocol,
                                 const char *kept,
                                 gboolean *out_same,
                                 GError **error);

G_END_DECLS
