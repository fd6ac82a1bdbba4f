/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The connections of one I/O thread. One epoll stands for all of them, and the head of an answer
 * waits for its body; why, tells mh-http-stream.h, whose streams are all that uses lines. */
#include <gio/gio.h>

#include "server/platform/http/mh-http-stream.h"

G_BEGIN_DECLS

typedef struct _MhHttpLine MhHttpLine;

/* @owner may be told of what comes, see mh_http_stream_new(). Takes @tls. Transfer full. */
MhHttpLine *mh_http_line_new (MhHttpPoll *poll,
                              GSocket *socket,
                              MhHttpTls *tls,
                              const MhHttpWatch *watch,
                              GObject *owner);
MhHttpLine *mh_http_line_ref (MhHttpLine *line);
void mh_http_line_unref (MhHttpLine *line);
void mh_http_line_forget_owner (MhHttpLine *line);
/* See mh_http_stream_ration(). */
void mh_http_line_ration (MhHttpLine *line);
/* What has come; 0: the end; -1 with @error, G_IO_ERROR_WOULD_BLOCK if nothing came yet. */
gssize mh_http_line_read (MhHttpLine *line, void *buffer, gsize size, GError **error);
/* How many bytes are sent or kept to be sent; -1 with @error, G_IO_ERROR_WOULD_BLOCK: no room. */
gssize mh_http_line_write (MhHttpLine *line, const void *data, gsize size, GError **error);
/* Sends the head that waits, as far as there is room. A failure is not
 * reported here; the next write or read returns it. */
void mh_http_line_flush (MhHttpLine *line);
/* Flushes it; the socket is its owner's to close. */
void mh_http_line_close (MhHttpLine *line);
/* Asks the system. */
gboolean mh_http_line_has (MhHttpLine *line, GIOCondition what);
/* Blocks; for callers that asked for that. */
gboolean
mh_http_line_wait (MhHttpLine *line, GIOCondition what, GCancellable *cancellable, GError **error);
/* Ready when it can be read, or written if @out; its callback is a GPollableSourceFunc, which gets
 * @stream. Transfer full. */
GSource *
mh_http_line_source (MhHttpLine *line, gpointer stream, gboolean out, GCancellable *cancellable);

G_END_DECLS
