/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * HTTP on the wire: a few I/O threads, each with its own listening socket on the same port
 * (SO_REUSEPORT), so that the kernel spreads the connections. It bounds sizes, times and numbers,
 * turns requests into MhCall for the dispatcher, and writes what comes back. Handlers never run
 * here.
 */
#include "server/platform/http/mh-dispatch.h"

G_BEGIN_DECLS

typedef struct _MhHttpServer MhHttpServer;
typedef struct _MhHttpLive MhHttpLive; /* mh-http-live.h */

typedef struct
{
  const char *listen; /* "127.0.0.1:8080", "[::1]:0", "0.0.0.0:443" */
  guint threads;
  const char *tls_certificate; /* PEM files; both or none */
  const char *tls_key;
  const char *trusted_proxies;  /* addresses and networks, mh-http-forwarded.h */
  const char *forwarded_header; /* that they write */
  guint max_connections;
  guint max_of_address; /* connections of one address that is no trusted proxy */
  gint64 max_bodies;    /* bytes of all bodies that are read or worked off at once */
  guint header_seconds; /* from the connection, or the end of the last answer, to whole headers */
  guint body_seconds;   /* for the body, and for the client to take the answer */
  MhDispatch *dispatch;
  MhHttpLive *live; /* or NULL */
} MhHttpConfig;

/* Binds; MH_ERROR_STORE with the reason when the address is taken or a certificate cannot be read.
 */
MhHttpServer *mh_http_server_new (const MhHttpConfig *config, GError **error);
void mh_http_server_start (MhHttpServer *server);
/* Reads the certificate anew, for the connections that come; FALSE with @error: the one before
 * stays. Any thread. */
gboolean mh_http_server_reload (MhHttpServer *server, GError **error);
/* "http://127.0.0.1:39157" */
const char *mh_http_server_url (MhHttpServer *server);
/* Takes no more connections, answers what was accepted, closes; after @seconds it closes
 * regardless. FALSE when something was cut off. Blocks; not from an I/O thread. */
gboolean mh_http_server_stop (MhHttpServer *server, guint seconds);
/* How long the slowest I/O thread has not done its round, µs; below a second and a half when all is
 * well. Any thread. */
gint64 mh_http_server_lag (MhHttpServer *server);
void mh_http_server_free (MhHttpServer *server);

G_END_DECLS
