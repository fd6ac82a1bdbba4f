/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A unit of MhFleet in words and shapes. What depends on the clock goes by the desk's own. Texts
 * are the caller's, styles are CSS classes or NULL. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

char *mh_unit_state_text (MhRecord *unit); /* "● Available", "✕ Out of service" */
const char *mh_unit_state_style (MhRecord *unit);
char *mh_unit_what_text (MhRecord *unit);  /* "Ambulance · Advanced life support" */
char *mh_unit_brief_text (MhRecord *unit); /* "Ambulance · ALS" */
char *mh_unit_crew_text (MhRecord *unit);  /* "Anu Thomas, Ravi Das · until 20:00" */
char *mh_unit_heard_text (MhRecord *unit); /* "4 min ago" */
/* One person's hours: "6 h 10 min left", "over since 20:00" */
char *mh_unit_left_text (MhRecord *shift);
/* A state by its code, as in a list of what happened: "● Available" */
char *mh_unit_state_words (const char *state);
const char *mh_unit_state_look (const char *state);

G_END_DECLS
