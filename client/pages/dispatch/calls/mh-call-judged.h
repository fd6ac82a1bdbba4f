/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What comes of the answers of an emergency call: priority, what has to be sent, and the words to
 * say, step by step. */
#include "client/pages/dispatch/calls/mh-call-say.h"

G_BEGIN_DECLS

#define MH_TYPE_CALL_JUDGED (mh_call_judged_get_type ())
G_DECLARE_FINAL_TYPE (MhCallJudged, mh_call_judged, MH, CALL_JUDGED, MhPane)

void mh_call_judged_show (MhCallJudged *judged, const MhInterview *interview);
MhCallSay *mh_call_judged_say (MhCallJudged *judged);
/* Rows for calls that may be about the same (MhEmergencyNear), named by the calls' ids. */
void mh_call_judged_fill_near (GtkListBox *list, GPtrArray *near);

G_END_DECLS
