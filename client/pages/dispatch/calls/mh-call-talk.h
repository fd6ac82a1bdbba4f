/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The questions of one emergency call as they are asked at this desk: what was answered, what is
 * asked now, and what comes of it by mh-interview.h, without waiting for the server. Needs no
 * display. */
#include "shared/record/mh-record.h"
#include "shared/rules/dispatch/mh-interview.h"

G_BEGIN_DECLS

typedef struct _MhCallTalk MhCallTalk;

/* @protocol must stay as long as it. */
MhCallTalk *mh_call_talk_new (const MhProtocol *protocol);
void mh_call_talk_free (MhCallTalk *talk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhCallTalk, mh_call_talk_free)

const MhProtocol *mh_call_talk_protocol (const MhCallTalk *talk);
/* Never NULL. */
const MhInterview *mh_call_talk_judged (const MhCallTalk *talk);
/* What is asked now; NULL: all is answered. Place and number are asked by their own fields. */
const MhProtocolQuestion *mh_call_talk_question (const MhCallTalk *talk);
gboolean mh_call_talk_has_answers (const MhCallTalk *talk);

/* To what is asked now. An age may lack its letter ("62"); empty is "unknown". MH_ERROR_INVALID. */
gboolean mh_call_talk_answer (MhCallTalk *talk, const char *value, GError **error);
/* Asks once more what was answered before; FALSE: that was the first. */
gboolean mh_call_talk_back (MhCallTalk *talk);

/* All answers so far as the server takes them (mh_emergency_answers_type); caller unrefs. */
MhRecord *mh_call_talk_body (const MhCallTalk *talk);
/* The same as JSON, as a call keeps it ("answers"); caller frees. */
char *mh_call_talk_tell (const MhCallTalk *talk);
/* Goes on from there. What the protocol does not know is left out. */
void mh_call_talk_take (MhCallTalk *talk, const char *json);

G_END_DECLS
