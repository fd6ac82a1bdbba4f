/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The clock of a unit (mh-dispatch-clock.h) as it stands in its mission. Pure. */
#include "shared/record/mh-record.h"
#include "shared/rules/dispatch/mh-dispatch-clock.h"

G_BEGIN_DECLS

/* Of MH_CLOCK_ASSIGNED and those after it. */
guint mh_mission_clock_field (MhClockStep step);
/* All but the three of the call, which stay as they are. */
void mh_mission_clock_read (MhRecord *mission, MhDispatchClock *out_clock);
/* MH_MISSION_…, when @latest is the last step of a unit that has accepted. */
const char *mh_mission_clock_state (MhClockStep latest);
/* What one large button tells next, of mh_mission_step_codes: "accepted" of who is asked. NULL: it
 * is over. */
const char *mh_mission_clock_next (MhRecord *mission);
/* The mission as it will be once @step was told at @at; the server judges for itself. */
void mh_mission_clock_do (MhRecord *mission, const char *step, gint64 at);

G_END_DECLS
