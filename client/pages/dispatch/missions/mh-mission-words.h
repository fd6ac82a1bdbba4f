/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A unit on a call, and one that may be sent, in words and shapes. What depends on the clock goes
 * by the desk's own. Texts are the caller's, styles are CSS classes or NULL. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* --- a mission --- */

/* "● On the way", "○ Asked · 34 s left" */
char *mh_mission_state_text (MhRecord *mission);
const char *mh_mission_state_style (MhRecord *mission);
/* "14:20 assigned · 14:22 on the way": its steps so far. */
char *mh_mission_steps_text (MhRecord *mission);
/* "On the way", of mh_mission_step_codes */
const char *mh_mission_step_words (const char *step);

/* --- a recommendation --- */

/* "4 min 10 s by road", "about 2 min 05 s" */
char *mh_recommendation_way_text (MhRecord *recommendation);
/* "leaves North with 0 of 1 units · its position is 2 min old" */
char *mh_recommendation_reasons_text (MhRecord *recommendation);

G_END_DECLS
