/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Where a patient is driven, and when a hospital may ask to be spared. Pure; road times are the
 * caller's.
 *
 *   diversion    has a scope, a reason, a beginning and an end at most 4 hours later; it may be
 * renewed by at most 4 hours from then, as long as it holds. It is ignored for a top level (P1, as
 * the house begins), and when every hospital that could take the patient diverts. destination  out:
 * no way by road, more than 60 minutes away, a unit of those needed is missing, diverting, refused
 * this patient. When all that are in reach lack something, those that lack least; when none is in
 * reach, the reach is ignored. score        seconds: by road + crowding (crowded 120, severe 300,
 * dangerous 600) + 600 without a free bed. Figures older than 60 minutes are told as stale and
 * count nothing; at a top level the road alone counts.
 */
#include "shared/rules/dispatch/mh-nedocs.h"
#include "shared/rules/dispatch/mh-urgency.h"

G_BEGIN_DECLS

#define MH_DIVERSION_MOST_MINUTES (4 * 60)
#define MH_DIVERSION_AHEAD_MINUTES 60 /* how long before it begins it may be told */
#define MH_DIVERSION_LEAST_REASON 3
#define MH_DIVERSION_MOST_REASON 300
#define MH_DESTINATION_REACH_SECONDS (60 * 60)
#define MH_DESTINATION_NO_BED_SECONDS 600

/* Bits: units a hospital has, what a patient needs, and what a diversion is about. */
typedef enum
{
  MH_CARE_TRAUMA = 1 << 0,
  MH_CARE_STROKE = 1 << 1,
  MH_CARE_STEMI = 1 << 2, /* catheter laboratory */
  MH_CARE_BURNS = 1 << 3,
  MH_CARE_CHILDREN = 1 << 4,
  MH_CARE_BIRTH = 1 << 5,
  MH_CARE_PSYCHIATRY = 1 << 6,
} MhCare;

#define MH_CARE_N 7
#define MH_CARE_ALL ((1u << MH_CARE_N) - 1)

/* "trauma" … of one bit; NULL for anything else. 0: no such code. */
const char *mh_care_code (guint care);
guint mh_care_of (const char *code);

typedef struct
{
  guint scope; /* MhCare; MH_CARE_ALL: every patient */
  gint64 from, until;
  gint64 ended_at; /* 0: not ended before its time */
} MhDiversion;

/* Holds it now? From its first instant until before its last. */
gboolean mh_diversion_holds (const MhDiversion *diversion, gint64 now);
/* Does it hold for a patient who needs @care (0: nothing special)? */
gboolean mh_diversion_is_for (const MhDiversion *diversion, guint care, gint64 now);
/* Issues on "scope", "starts_at", "until", "reason" of a new one. */
void
mh_diversion_check (const MhDiversion *diversion, const char *reason, gint64 now, MhIssues *issues);
/* A later end. MH_ERROR_CONFLICT: it is over; MH_ERROR_INVALID on "until". */
gboolean mh_diversion_renew (MhDiversion *diversion, gint64 until, gint64 now, GError **error);

typedef struct
{
  const char *id;
  guint care;         /* units it has */
  int road_seconds;   /* below 0: no way */
  int free_beds;      /* not reserved; below 0: not known */
  int nedocs;         /* score; G_MININT: not known */
  gint64 reviewed_at; /* when somebody looked at the figures; 0: never */
  const MhDiversion *diversions;
  guint n_diversions;
  gboolean refused; /* this very patient */
} MhDestinationHospital;

typedef enum
{
  MH_DESTINATION_NO_WAY = 1 << 0,
  MH_DESTINATION_TOO_FAR = 1 << 1,
  MH_DESTINATION_LACKS = 1 << 2,
  MH_DESTINATION_DIVERTS = 1 << 3,
  MH_DESTINATION_REFUSED = 1 << 4,
} MhDestinationOut;

typedef enum
{
  MH_DESTINATION_NOTE_STALE = 1 << 0,
  MH_DESTINATION_NOTE_DIVERTS_TOP = 1 << 1, /* diverts, which a top level ignores */
  MH_DESTINATION_NOTE_DIVERTS_ALL = 1 << 2, /* diverts as all others do */
  MH_DESTINATION_NOTE_NO_BED = 1 << 3,
  MH_DESTINATION_NOTE_CROWDED = 1 << 4, /* crowded or worse */
  MH_DESTINATION_NOTE_LACKS = 1 << 5,   /* not all that is needed, and nobody in reach has */
  MH_DESTINATION_NOTE_FAR = 1 << 6,     /* beyond reach, as all are */
} MhDestinationNote;

typedef struct
{
  guint index;
  guint notes; /* MhDestinationNote */
  guint lacks; /* MhCare */
  int score;   /* seconds; parts follow, those of crowding and beds also where they do not count */
  int road_seconds, crowding_seconds, bed_seconds;
} MhDestinationOffer;

typedef struct
{
  guint index;
  guint reasons; /* MhDestinationOut */
  guint lacks;   /* MhCare */
} MhDestinationLeftOut;

typedef struct
{
  GArray *offers;   /* MhDestinationOffer, the best first */
  GArray *left_out; /* MhDestinationLeftOut, in the order of the hospitals */
} MhDestination;

/* @care: all that the patient needs. @top: as in mh-rescue-assign.h. */
MhDestination *mh_destination_choose (const MhDestinationHospital *hospitals,
                                      guint n_hospitals,
                                      guint care,
                                      MhUrgency urgency,
                                      MhUrgency top,
                                      gint64 now);
void mh_destination_free (MhDestination *destination);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhDestination, mh_destination_free)

G_END_DECLS
