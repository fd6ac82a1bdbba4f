/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Is this emergency known already? Several people call about one accident, one person calls again.
 * Pure; distances are the caller's.
 *
 *   place   at most 300 m apart, less what both places may be off by, and at most 30 minutes. A
 * place that may be off by more than 2 km (a whole village, a radio cell) says nothing about
 * nearness. number  the same callback number within 24 hours, with or without country code; fewer
 * than six digits (withheld, an extension) are nobody's number.
 *
 * Nothing is joined by itself: what is near is offered. Only what is open can be joined; what is
 * over is shown, because somebody calls again. Planned transfers are neither. Of incidents that
 * were joined the head alone is offered, as near as the nearest of them.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

#define MH_NEAR_METRES 300
#define MH_NEAR_MINUTES 30
#define MH_NEAR_MOST_OFF_METRES 2000
#define MH_NEAR_NUMBER_MINUTES (24 * 60)
#define MH_NEAR_LEAST_DIGITS 6

typedef struct
{
  double metres;
  int minutes, number_minutes;
} MhNearOptions;

extern const MhNearOptions mh_near_defaults;

typedef struct
{
  const char *id;
  const char *head; /* the incident that it was joined to; NULL: to none */
  gint64 at;        /* when the call came in */
  double metres;    /* from the new one; below 0: one of the places is not known */
  double off;       /* metres that its place may be off by; 0: exact */
  const char *number;
  gboolean open, planned;
} MhNearIncident;

typedef enum
{
  MH_NEAR_PLACE = 1 << 0,
  MH_NEAR_NUMBER = 1 << 1,
} MhNearReason;

typedef struct
{
  guint index;    /* of the incident that is offered: a head, or one that stands alone */
  guint nearest;  /* of the one among those joined to it that is as near */
  guint reasons;  /* MhNearReason */
  double metres;  /* as given, below 0: not known */
  gint64 seconds; /* between the two calls, never below 0 */
  gboolean joinable;
} MhNear;

/* Among @known what may be the same as the call at @at from @number, whose place may be off by @off
 * metres: for both reasons before place before number, then the nearest, then the latest. MhNear;
 * the array is the caller's. @options NULL: the defaults. */
GArray *mh_incident_near (const MhNearIncident *known,
                          guint n_known,
                          gint64 at,
                          double off,
                          const char *number,
                          const MhNearOptions *options);

/* May @one be joined to @head? MH_ERROR_CONFLICT with the reason: they are the same, one is over or
 * planned, @one has been joined already (or has others joined to it: @one_has_others), @head itself
 * belongs to another one. */
gboolean mh_incident_check_join (const MhNearIncident *head,
                                 const MhNearIncident *one,
                                 gboolean one_has_others,
                                 GError **error);

G_END_DECLS
