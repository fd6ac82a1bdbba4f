/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the server's I/O threads share with the requests on them (mh-http-exchange.c). */
#include <libsoup/soup.h>

#include "server/platform/http/mh-call-private.h"
#include "server/platform/http/mh-http-budget.h"
#include "server/platform/http/mh-http-connection.h"
#include "server/platform/http/mh-http-forwarded.h"
#include "server/platform/http/mh-http-server.h"
#include "server/platform/http/mh-http-stream.h"

G_BEGIN_DECLS

/* One thread. */
typedef struct
{
  MhHttpServer *server;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GSocket *listener;
  GSource *accept;
  SoupServer *soup;
  MhHttpConnections connections;
  gint swept;   /* monotonic second of the last http_server_sweep(); atomic */
  guint active; /* requests between their end and the end of their answer; atomic */
  GMutex mutex;
  GPtrArray *done; /* calls that are ready to be answered; guarded */
  GSource *answer;
  MhSharedSnapshot *held; /* of the thread; NULL: readers are taken for each call */
  MhHttpPoll *poll;
} MhHttpIo;

struct _MhHttpServer
{
  MhHttpConfig config;
  GMutex mutex;
  MhHttpIdentity *identity; /* guarded; NULL: no TLS */
  gboolean tls;
  MhHttpProxies *proxies;
  MhHttpCrowd *crowd;
  char *url;
  MhHttpIo *ios; /* config.threads */
  gboolean started;
  MhHttpBudget budget; /* of heads and bodies */
  int draining;        /* atomic */
};

G_END_DECLS
