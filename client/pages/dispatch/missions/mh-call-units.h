/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The units of one emergency call, live: who is asked, on the way, there, with the times of their
 * steps; those that were released below them. Hidden while there are none. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_CALL_UNITS (mh_call_units_get_type ())
/* Signal "changed": others are shown, or another one is chosen. */
G_DECLARE_FINAL_TYPE (MhCallUnits, mh_call_units, MH, CALL_UNITS, GtkWidget)

void mh_call_units_begin (MhCallUnits *units, MhContext *context);
void mh_call_units_show (MhCallUnits *units, const char *call_id); /* NULL: none */
/* The mission of the chosen one (borrowed); NULL: none. */
MhRecord *mh_call_units_chosen (MhCallUnits *units);
/* Words that tell the seconds are written anew. */
void mh_call_units_tick (MhCallUnits *units);

G_END_DECLS
