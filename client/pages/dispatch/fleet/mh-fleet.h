/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Units together with what other records tell of them: their states, where they were heard last,
 * who is on them. Without the right to see crews there are the units and zones alone. */
#include "client/models/mh-record-list.h"

G_BEGIN_DECLS

#define MH_TYPE_FLEET (mh_fleet_get_type ())
/* Signal "changed": what is told of a unit is another; its lists tell by themselves of units and
 * zones. */
G_DECLARE_FINAL_TYPE (MhFleet, mh_fleet, MH, FLEET, MhModel)

MhFleet *mh_fleet_new (MhContext *context);
MhRecordList *mh_fleet_units (MhFleet *fleet); /* borrowed */
MhRecordList *mh_fleet_zones (MhFleet *fleet); /* borrowed */
/* The shift that this person is on now, on whichever unit. Borrowed; NULL: none. */
MhRecord *mh_fleet_shift_of (MhFleet *fleet, const char *user_id);
/* How many available units cover the zone of that code. */
guint mh_fleet_free_in (MhFleet *fleet, const char *zone);

/* --- what is told of one of its units; all are borrowed --- */

MhRecord *mh_fleet_state (MhRecord *unit); /* NULL: nobody was ever on it, or it may not be seen */
MhRecord *mh_fleet_place (MhRecord *unit); /* NULL: never heard */
GPtrArray *mh_fleet_crew (MhRecord *unit); /* MhRecord, shifts of now by name; NULL: nobody */
gboolean mh_fleet_is (MhRecord *unit,
                      const char *state); /* MH_UNIT_OFF, …, without one MH_UNIT_OFF */

G_END_DECLS
