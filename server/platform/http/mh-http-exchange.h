/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Requests and their answers, between libsoup's signals and the dispatcher's MhCall: what is
 * refused before its body is read, what waits for a worker and is answered by the thread it came
 * to, and what becomes a WebSocket. On the I/O thread of @io.
 */
#include "server/platform/http/mh-http-server-private.h"

G_BEGIN_DECLS

/* @io has its libsoup: from now on it is told of requests. */
void mh_http_exchange_begin (MhHttpIo *io);
/* Answers what the workers are done with. */
void mh_http_exchange_answer (MhHttpIo *io);
/* When no request is left. */
void mh_http_exchange_end (MhHttpIo *io);

G_END_DECLS
