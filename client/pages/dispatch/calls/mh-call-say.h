/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The words to say to the caller, one step after the other: the one that is read aloud now stands
 * large, those before and after it small. When an answer changes what is to be said, the step that
 * is read stays where it is still one of them; else it begins anew. Where the step gives a rhythm
 * (compressions), a metronome beats it to be seen and heard, and counts.
 */
#include "client/widgets/base/mh-pane.h"
#include "shared/rules/dispatch/mh-interview.h"

G_BEGIN_DECLS

#define MH_TYPE_CALL_SAY (mh_call_say_get_type ())
G_DECLARE_FINAL_TYPE (MhCallSay, mh_call_say, MH, CALL_SAY, MhPane)

/* Its protocol must stay as long as the pane. */
void mh_call_say_show (MhCallSay *say, const MhInterview *interview);
/* To the next step (1) or the one before (-1); at an end nothing. */
void mh_call_say_step (MhCallSay *say, int by);
/* Starts or stops the metronome; nothing where there is no rhythm. */
void mh_call_say_beat (MhCallSay *say);

G_END_DECLS
