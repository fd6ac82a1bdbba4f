/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The connections of one I/O thread, from the first packet on: how many there are, and how long
 * each may rest between two requests or take for a part of one. Used in that thread alone. */
#include <gio/gio.h>

#include "server/platform/http/mh-http-budget.h"
#include "server/platform/http/mh-http-crowd.h"
#include "server/platform/http/mh-metrics.h"

G_BEGIN_DECLS

typedef struct
{
  GQueue all; /* of MhHttpConnection */
  MhHttpBudget *budget;
  MhHttpCrowd *crowd;
  guint header_seconds;
  MhMetrics *metrics;
  gpointer owner; /* the thread's */
} MhHttpConnections;

/* Lives as long as the address object that libsoup keeps with its connection. */
typedef struct
{
  MhHttpConnections *of; /* NULL: its thread has ended */
  GSocket *socket;
  GSocketConnection *stream; /* not held */
  GInetAddress *host;
  GList link;
  gint64 deadline;  /* monotonic; 0: none */
  gboolean idle;    /* between two requests */
  gboolean heading; /* what comes belongs to a head */
  gsize head;       /* bytes of it so far */
  gsize last;       /* of these with the last reading */
  gsize reserved;   /* of the budget, for the head */
  gboolean proxy;   /* trusted to tell for whom it asks; not counted in the crowd */
  char address[64];
} MhHttpConnection;

/* An address of its own for @host, which carries the connection. Transfer full; NULL: the host has
 * too many. */
GSocketAddress *mh_http_connection_new (MhHttpConnections *of,
                                        GSocket *socket,
                                        GInetAddress *host,
                                        guint16 port,
                                        gboolean proxy);
/* Of such an address. */
MhHttpConnection *mh_http_connection_at (gpointer address);
/* Something comes: the head of a request has to end in time. What is beyond MH_HTTP_SMALL_BODY of
 * it counts as a body does, several times over, since each header costs more than its bytes; where
 * there is no room the connection ends. */
void mh_http_connection_came (GObject *address, gsize bytes);
/* Is it between two requests? */
gboolean mh_http_connection_rests (GObject *address);
/* A request is there; its next part has @seconds, 0: as long as it takes. */
void mh_http_connection_busy (MhHttpConnection *connection, guint seconds);
/* An answer is sent. The connection counts as idle until more bytes arrive, even if the beginning
 * of the next request came in the same packet as the last one. */
void mh_http_connection_rest (MhHttpConnection *connection);
/* It carries no requests any more: what its last head took is given back. */
void mh_http_connection_forget_head (MhHttpConnection *connection);
/* Shuts those down whose time is over; while @draining also those that rest. */
void mh_http_connections_sweep (MhHttpConnections *connections, gboolean draining);
/* The thread ends; what still lives of them is on its own. */
void mh_http_connections_forget (MhHttpConnections *connections);

G_END_DECLS
