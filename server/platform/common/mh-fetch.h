/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Asking another service over HTTP, and waiting for its answer: for jobs, never for a request or in
 * the write queue. Connections are kept and used again, but not for what makes something: that is
 * sent once, or the caller is told that nobody knows. TLS 1.2 or newer, certificates checked
 * against the system's authorities. Thread-safe.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhFetcher MhFetcher;

typedef struct
{
  const char *method; /* GET POST PATCH … */
  const char *url;    /* http or https */
  const char *body;   /* NULL: none, and then a POST says Content-Length: 0 */
  const char *content_type;
  const char *user; /* of HTTP Basic; NULL: none */
  const char *password;
  const char *header; /* one more line "Name: value", or NULL */
  gint64 connect_time;
  gint64 total_time; /* µs, both */
  gsize max_size;    /* a longer answer is an error */
  guint redirects;   /* followed at most, to https alone when the first address is https */
} MhFetch;

typedef struct
{
  guint status; /* 0: no answer, see .error */
  GBytes *body;
  char *content_type; /* NULL: none said */
  guint retry_after;  /* seconds, 0: not said */
  char *error;   /* what went wrong, without address and secrets; NULL when there is a status */
  gboolean sent; /* the request may have reached the other side */
} MhFetched;

MhFetcher *mh_fetcher_new (void);
void mh_fetcher_free (MhFetcher *fetcher);
/* Calls that run end within a second without an answer, and later ones at once: the process stops.
 */
void mh_fetcher_stop (MhFetcher *fetcher);
/* Blocks. Never NULL. */
MhFetched *mh_fetcher_ask (MhFetcher *fetcher, const MhFetch *wanted);
void mh_fetched_free (MhFetched *fetched);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhFetcher, mh_fetcher_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhFetched, mh_fetched_free)

G_END_DECLS
