/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The protocol of emergency calls as the house has written it
 * (data/reference/dispatch-protocols.json): entry questions, cards with theirs, words to say,
 * points. Data with a version, read once and never changed; how a call is judged by it is in
 * mh-interview.h. Words are the file's own, in its language.
 *
 * Ids are capital letters, digits, _ and -; an id of a question is unique in the whole file. Each
 * question of kind choice has an answer "unknown". "goto" of an answer names a card: with floor P1
 * it is gone to at once, else it is offered. Bounds: 200 cards, 40 questions each, 12 answers each,
 * 200 blocks of 12 steps of 160 characters, points −20 to 20, base points 0 to 50,
 * 60 to 160 beats a minute ("metronome").
 */
#include "shared/base/mh-error.h"
#include "shared/rules/dispatch/mh-urgency.h"

G_BEGIN_DECLS

#define MH_PROTOCOL_UNKNOWN "unknown"

/* What an answer is. PLACE and PHONE take any words; AGE an age word ("62y", "5mo", "9d") or
 * "unknown"; SEX M, F, other or unknown; CARD a card's id. */
typedef enum
{
  MH_PROTOCOL_CHOICE,
  MH_PROTOCOL_PLACE,
  MH_PROTOCOL_PHONE,
  MH_PROTOCOL_CARD,
  MH_PROTOCOL_AGE,
  MH_PROTOCOL_SEX,
  MH_PROTOCOL_N_KINDS,
} MhProtocolKind;

typedef struct
{
  char *value, *text;
  int points;
  MhUrgency floor; /* never less urgent than this; NONE: no floor */
  guint needs;     /* MhCan */
  GStrv say;       /* blocks, never NULL */
  GStrv unsay;     /* blocks that have become idle, never NULL */
  char *go_to;     /* a card; NULL: none */
  char *flag;      /* a mark for the desk ("witnessed"); NULL: none */
} MhProtocolAnswer;

typedef struct
{
  char *id, *text, *help; /* help: NULL when there is none */
  MhProtocolKind kind;
  gboolean required;
  GPtrArray *answers; /* MhProtocolAnswer; empty unless a choice */
} MhProtocolQuestion;

/* [from, to) in years of age. */
typedef struct
{
  int from_years, to_years; /* G_MAXINT: no end */
  int points;               /* of a card */
  char *say;                /* of a table of blocks */
} MhProtocolAge;

typedef struct
{
  char *id, *title, *version;
  GStrv keywords, red_flags, say;
  int base_points;
  guint needs;
  GPtrArray *questions;  /* MhProtocolQuestion */
  GPtrArray *age_points; /* MhProtocolAge */
} MhProtocolCard;

typedef struct
{
  char *id;
  GStrv steps;
  int per_minute; /* of the rhythm that it gives (compressions); 0: none */
} MhProtocolBlock;

/* Blocks of which only one is said: @instead_of, or that of an age. */
typedef struct
{
  char *instead_of;
  GPtrArray *ages; /* MhProtocolAge */
} MhProtocolVariant;

typedef struct
{
  char *name, *colour;
  int target_minutes;
  gboolean lights;
  int points_at_least; /* G_MININT for the last one */
} MhProtocolPriority;

typedef struct
{
  char *version;
  MhProtocolPriority priorities[MH_URGENCY_N];
  GPtrArray *entry;    /* MhProtocolQuestion */
  GPtrArray *cards;    /* MhProtocolCard */
  GPtrArray *blocks;   /* MhProtocolBlock */
  GPtrArray *variants; /* MhProtocolVariant */
} MhProtocol;

/* @text: the file. MH_ERROR_MALFORMED for what is no JSON, MH_ERROR_INVALID for what is no
 * protocol, each issue with its place ("cards[2].questions[0].answers[1].floor"); nothing is read
 * half. */
MhProtocol *mh_protocol_parse (const char *text, gssize length, GError **error);
void mh_protocol_free (MhProtocol *protocol);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhProtocol, mh_protocol_free)

/* All borrowed; NULL: there is none. */
const MhProtocolCard *mh_protocol_card (const MhProtocol *protocol, const char *id);
/* @out_card: whose it is, NULL for an entry question; may be NULL. */
const MhProtocolQuestion *
mh_protocol_question (const MhProtocol *protocol, const char *id, const MhProtocolCard **out_card);
/* The first entry question of a kind. */
const MhProtocolQuestion *mh_protocol_entry (const MhProtocol *protocol, MhProtocolKind kind);
const MhProtocolAnswer *mh_protocol_answer (const MhProtocolQuestion *question, const char *value);
const MhProtocolBlock *mh_protocol_block (const MhProtocol *protocol, const char *id);

/* Cards for what a caller says: each word typed begins a word of the title, of a keyword or is the
 * id (without case and accents). The array is the caller's, the cards are borrowed, in the order of
 * the file; of nothing typed: all. */
GPtrArray *mh_protocol_search (const MhProtocol *protocol, const char *words);

G_END_DECLS
