/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A real HTTP server on a port of its own over a store in memory that keeps idempotency keys alone,
 * and a client that sends bytes as they are: what the wire must bear needs no database. */
#include "server/platform/http/mh-http-server.h"
#include "tests/server/mh-ask.h"

G_BEGIN_DECLS

typedef struct
{
  MhRouter *router;
  MhClock *clock;
  MhStore *store;
  MhDispatch *dispatch;
  MhHttpServer *http;
  guint16 port;
  char *url;
} Wire;

typedef struct
{
  guint rate_normal; /* 0: off */
  guint header_seconds;
  guint body_seconds;
  guint max_connections;
  guint max_waiting;
  guint max_bodies; /* bytes */
  guint max_of_address;
  const char *trusted_proxies;
} WireOptions;

/* Tokens "reader" (right thing.read), "writer" (thing.read, thing.write), "second" (as writer). */
void wire_start (Wire *wire, const WireOptions *options);
void wire_stop (Wire *wire);

/* Effects of POST /things so far. */
guint wire_effects (void);
/* How long a write waits in the queue, µs. */
void wire_set_write_delay (guint micros);

/* ask() on the server's port. */
Answer *wire_ask (Wire *wire,
                  const char *method,
                  const char *path,
                  const char *token,
                  const char *headers,
                  const char *body);

G_END_DECLS
