/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The last answer on a connection whose client may still be sending what nobody wants to read. */
#include "server/platform/http/mh-call-private.h"

G_BEGIN_DECLS

/* Writes @text, tells the other side that no more comes, throws away for a while what it sends (a
 * connection closed over unread bytes is reset, and the answer lost with it), and closes. Takes
 * @stream and @text; holds @address, the connection's own, until then. Not blocking; needs the
 * default context of the thread. */
void mh_http_farewell (GIOStream *stream, GSocketAddress *address, char *text);

/* @reply, composed, as such an answer. Caller frees. */
char *mh_http_farewell_text (const MhReply *reply, const char *request_id, const char *phrase);

G_END_DECLS
