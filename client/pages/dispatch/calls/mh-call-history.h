/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* An event of an emergency call (MhEmergencyEvent) in the words of the protocol by which it was
 * judged, of the fields and of the codes. */
#include "shared/record/mh-record.h"
#include "shared/rules/dispatch/mh-protocol.h"

G_BEGIN_DECLS

/* "Is the breathing normal? Not known → Yes"; NULL: the kind says all. @protocol NULL: not there
 * (yet), questions and answers are left out. Caller frees. */
char *mh_call_history_text (const MhProtocol *protocol, MhRecord *event);

G_END_DECLS
