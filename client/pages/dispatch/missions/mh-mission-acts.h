/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is done with a unit on a call: its steps, told by its crew or by a dispatcher who hears of
 * them, standing it down, and correcting a time. Each says over @opener what came of it. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* Tells @step (of mh_mission_step_codes) as of now; waits at the desk while the server is away. */
void mh_mission_tell (GtkWidget *opener, MhContext *context, MhRecord *mission, const char *step);
/* Asks which step it was, the next one standing there, and when. */
void mh_mission_tell_other (GtkWidget *opener, MhContext *context, MhRecord *mission);
void mh_mission_refuse (GtkWidget *opener, MhContext *context, MhRecord *mission);
void mh_mission_stand_down (GtkWidget *opener, MhContext *context, MhRecord *mission);
void mh_mission_correct (GtkWidget *opener, MhContext *context, MhRecord *mission);

G_END_DECLS
