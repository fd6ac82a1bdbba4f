/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Whom a call may get: all units of its hospital as mh-rescue-assign.h wants to see them, with the
 * road times of the current map. Without a map, or where it has no road near the call, the times
 * are estimated from the straight line; while the place is not known they are all the same.
 */
#include "server/dispatch/maps/mh-maps.h"
#include "server/platform/store/mh-store.h"
#include "shared/geo/mh-geo.h"
#include "shared/rules/dispatch/mh-rescue-assign.h"

G_BEGIN_DECLS

/* On roads that are 1.4 times as long, at 50 km/h. */
#define MH_MISSIONS_LINE_METRES_A_SECOND 10

typedef struct
{
  MhRecord *unit, *state, *place; /* state and place: NULL when there is none */
  MhRecord *mission;              /* that it is on; NULL: none */
  MhRecord *zone;                 /* to be covered, with a least number; NULL: none */
  int zone_left;                  /* units that are free in it when this one goes */
  MhGeoPoint point;
  double heading; /* NAN: standing, or unknown */
} MhMissionsUnit;

typedef struct
{
  GPtrArray *records; /* all that is borrowed */
  GArray *units;      /* MhMissionsUnit */
  MhRescueCandidate *candidates;
  const char *basis; /* of mh_recommendation_basis_codes */
  MhGeoPoint goal;
  MhRescueAssign *assign; /* indices are those of @units */
} MhMissionsChoice;

MhMissionsChoice *
mh_missions_choose (MhDb *db, MhMaps *maps, MhRecord *call, gint64 now, GError **error);
void mh_missions_choice_free (MhMissionsChoice *choice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhMissionsChoice, mh_missions_choice_free)

/* What a call has to be sent, and back: bits of MhCan and codes. */
guint mh_missions_needs (const char *const *codes);
char **mh_missions_need_codes (guint needs);

G_END_DECLS
