/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the two files that know libsoup. */
#include <libsoup/soup.h>

#include "server/platform/http/mh-call-private.h"
#include "server/platform/http/mh-http-live.h"

G_BEGIN_DECLS

/* On the I/O thread whose context is the thread's default. Takes @call (an admitted one). */
void mh_http_live_add (MhHttpLive *live, SoupWebsocketConnection *socket, MhCall *call);

G_END_DECLS
