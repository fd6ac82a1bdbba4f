/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The protocol of an edition: from the server, or from the local copy while it is away. */
#include "client/mh-context.h"
#include "shared/rules/dispatch/mh-protocol.h"

G_BEGIN_DECLS

#define MH_TYPE_CALL_PROTOCOL (mh_call_protocol_get_type ())
/* Signal "arrived": it is there, or mh_call_protocol_problem() says why not. */
G_DECLARE_FINAL_TYPE (MhCallProtocol, mh_call_protocol, MH, CALL_PROTOCOL, GObject)

MhCallProtocol *mh_call_protocol_new (MhContext *context);
/* NULL: the one in use. For another edition than before the one that is there goes. */
void mh_call_protocol_want (MhCallProtocol *protocol, const char *edition);
/* Borrowed until another edition is wanted; NULL: not there (yet). */
const MhProtocol *mh_call_protocol_get (MhCallProtocol *protocol);
/* In words; NULL: none. */
const char *mh_call_protocol_problem (MhCallProtocol *protocol);

G_END_DECLS
