/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A bounded load generator: keep-alive connections on one epoll thread, one request at a time on
 * each. */
#include <glib.h>

G_BEGIN_DECLS

/* The text of the @index-th request, a whole HTTP/1.1 request; NULL: no more. Caller keeps it. */
typedef const char *(*BenchRequest) (guint index, gpointer data);
/* Each answer. @body is the body's start in a buffer that ends with NUL. */
typedef void (*BenchAnswer) (guint index, guint status, const char *body, gpointer data);

typedef struct
{
  double seconds;
  guint requests;
  guint wrong;        /* other than 2xx */
  guint wrong_status; /* of the last of them; 0: the connection was closed */
  double per_second;
  double p50_ms;
  double p99_ms;
  gsize bytes; /* of a body, the mean: the pages of one case differ */
} BenchResult;

BenchResult bench_load (guint16 port,
                        guint connections,
                        double seconds,
                        BenchRequest request,
                        BenchAnswer answer,
                        gpointer data);
/* One request; the body, caller frees. */
char *bench_ask (guint16 port, const char *request, guint *out_status);

G_END_DECLS
