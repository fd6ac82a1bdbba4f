/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The connections of one I/O thread, as the streams libsoup reads and writes.
 *
 * Why not GSocketConnection's own streams: what waits for one of them adds its socket to what the
 * main context polls and takes it away again, and each of the two (GLib 2.74: eight for a request)
 * writes to the eventfd that wakes the context, by the very thread that would be woken. And libsoup
 * sends the head of an answer and its body one after the other, as two packets that the client
 * wakes up for. Here one epoll stands for all connections of the thread, and the head waits for its
 * body. Nothing else is different: the streams are pollable, and never block where libsoup asks
 * them not to. */
#include <gio/gio.h>

#include "server/platform/http/mh-http-tls.h"

G_BEGIN_DECLS

typedef struct _MhHttpPoll MhHttpPoll;

/* Watches its connections while @context runs. NULL with @error: no file descriptors left. */
MhHttpPoll *mh_http_poll_new (GMainContext *context, GError **error);
/* Connections may live on, but hear of nothing more. In the context's thread, or
 * when that has ended. */
void mh_http_poll_free (MhHttpPoll *poll);

#define MH_TYPE_HTTP_STREAM (mh_http_stream_get_type ())
G_DECLARE_FINAL_TYPE (MhHttpStream, mh_http_stream, MH, HTTP_STREAM, GSocketConnection)

/* Whom a stream tells of what happens on it. */
typedef struct
{
  /* So many bytes came, and nobody has read them yet. */
  void (*came) (GObject *owner, gsize bytes);
  /* Is the connection between two requests? */
  gboolean (*rests) (GObject *owner);
} MhHttpWatch;

/* @socket is connected and does not block. Takes @tls, the server's side of it on that socket,
 * NULL: plain. Used in the context's thread alone. The stream holds
 * @owner; @watch is static.
 *
 * When the other side ends the connection between two requests, one byte that stands in no request
 * is read before the end: libsoup 3.2 gives up a connection whose head is cut off, but keeps for
 * good (socket and all) one that ends before a head began; mended in 3.3.0. */
GSocketConnection *mh_http_stream_new (MhHttpPoll *poll,
                                       GSocket *socket,
                                       MhHttpTls *tls,
                                       const MhHttpWatch *watch,
                                       GObject *owner);

/* The owner hears nothing more, and is let go. */
void mh_http_stream_forget_owner (GSocketConnection *stream);

/* From now on little is read of it in a second, as of a WebSocket whose client has nothing to say:
 * libsoup reads and answers its pings for as long as they come. */
void mh_http_stream_ration (GSocketConnection *stream);

G_END_DECLS
