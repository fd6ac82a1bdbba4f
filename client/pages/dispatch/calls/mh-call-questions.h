/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The protocol's question that is asked now, with its answers: one key each (1 to 9), or words. */
#include "client/pages/dispatch/calls/mh-call-talk.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CALL_QUESTIONS (mh_call_questions_get_type ())
/* Signal "answered": the talk knows one answer more, or another one. */
G_DECLARE_FINAL_TYPE (MhCallQuestions, mh_call_questions, MH, CALL_QUESTIONS, MhPane)

/* Borrowed; must stay until the pane goes away. */
void mh_call_questions_set_talk (MhCallQuestions *questions, MhCallTalk *talk);
/* The talk was changed by somebody else. */
void mh_call_questions_show (MhCallQuestions *questions);
/* Instead of a question: why there is none. */
void mh_call_questions_say (MhCallQuestions *questions, const char *words);
/* The keys to where the answer is given; FALSE: nothing is asked. */
gboolean mh_call_questions_grab (MhCallQuestions *questions);

G_END_DECLS
