/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The entry questions that have a member of their own in what is sent of a call's answers
 * (mh_emergency_answers_type): which field answers which question of a protocol. */
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/rules/dispatch/mh-protocol.h"

G_BEGIN_DECLS

#define MH_EMERGENCY_N_ENTRIES 5

/* Fields, in the order in which the shipped protocol asks. */
extern const guint mh_emergency_entries[MH_EMERGENCY_N_ENTRIES];

/* The id of the question that @field of the answers is for; NULL: the protocol does not ask.
 * Borrowed. */
const char *mh_emergency_entry_question (const MhProtocol *protocol, guint field);

G_END_DECLS
