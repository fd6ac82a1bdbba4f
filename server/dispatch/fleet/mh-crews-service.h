/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Who is on which unit, and in which state it is. A crew signs itself on and off, and colleagues
 * of its unit; who has MH_MAY_DIRECT_UNIT everybody. A unit is available with its first one on
 * and off duty with its last one off.
 */
#include "server/dispatch/fleet/mh-crews-store.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* MH_ERROR_INVALID on "unit_id" (not in use), "user_id" (unknown), "until" (past or too long);
 * MH_ERROR_CONFLICT: that person is on a unit already. */
MhRecord *mh_crews_service_begin (const MhRequest *req, MhRecord *draft, GError **error);
/* MH_ERROR_CONFLICT: ended already, or the last one would leave while the unit is on something. */
MhRecord *mh_crews_service_end (const MhRequest *req, const char *id, GError **error);
/* Available or out of service; MH_ERROR_CONFLICT: nobody is on it, or it is on something. */
MhRecord *mh_crews_service_set_state (const MhRequest *req, MhPatch patch, GError **error);
/* mh_crew_person_type: who may be signed on, by name. */
GPtrArray *mh_crews_service_people (const MhRequest *req, GError **error);
/* What a unit does for a call: its state follows from that. */
typedef struct
{
  const char *unit_id, *state, *how; /* codes of mh-crew.h */
  const char *call_id, *call_number; /* NULL: of none */
  gint64 at;
} MhCrewsDuty;
/* Nothing is written when it stands so already. */
gboolean mh_crews_service_follow (const MhRequest *req, const MhCrewsDuty *duty, GError **error);
/* Is the actor on that unit now? Else MH_ERROR_FORBIDDEN. */
gboolean mh_crews_service_require_on (const MhRequest *req, const char *unit_id, GError **error);

G_END_DECLS
