/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The life of a call between the wire and a handler: find the route, who asks, may they, is the
 * request well formed; then run the handler on a worker (reads) or in the store's write queue
 * (writes), and turn what comes out into a reply. Knows no sockets; the transport hands calls in
 * and gets them back with call->reply set, always.
 */
#include "server/platform/http/mh-limits.h"
#include "server/platform/http/mh-metrics.h"
#include "server/platform/http/mh-router.h"

G_BEGIN_DECLS

typedef struct _MhDispatch MhDispatch;

/* Whose token is it? NULL with MH_ERROR_UNAUTHORIZED (or BUSY, STORE). @attended: a person did it;
 * what a desk asks by itself keeps no session alive. Any thread; may block. */
typedef MhActor *(
    *MhAuthFunc) (const char *token, gboolean attended, gint64 now, gpointer data, GError **error);
/* A signed-in caller lacked the route's right. Any thread; must not block. */
typedef void (*MhDeniedFunc) (const MhWho *who, const MhRoute *route, gpointer data);

typedef struct
{
  MhRouter *router; /* these four outlive the dispatch */
  MhServer *server;
  MhStore *store;
  MhClock *clock;
  MhAuthFunc auth;
  gpointer auth_data;
  MhDeniedFunc denied; /* or NULL */
  gpointer denied_data;
  guint workers;      /* for reads and for checking writes */
  guint slow_workers; /* for routes that hash or draw, so that they never hold up a read */
  guint max_waiting;
  gsize max_body; /* bytes, whatever a route allows */
  /* Reads of one record run where they arrive: right when the store answers from its own memory or
   * disk, wrong when it waits for a network. */
  gboolean inline_reads;
  guint per_minute[MH_RATE_NONE];
} MhDispatchConfig;

MhDispatch *mh_dispatch_new (const MhDispatchConfig *config);
/* Finishes what waits. No call may be under way in the write queue. */
void mh_dispatch_free (MhDispatch *dispatch);
MhMetrics *mh_dispatch_metrics (MhDispatch *dispatch);
/* The OpenAPI document, made at the first call and kept. Owned by the dispatch. */
GBytes *mh_dispatch_openapi (MhDispatch *dispatch);
/* The dispatch that runs the call; NULL for a hand-made one. */
MhDispatch *mh_call_dispatch (MhCall *call);
/* For the calls of one of the transport's threads, which lets it rest before it waits; NULL where
 * reads do not run on that thread. */
MhSharedSnapshot *mh_dispatch_hold (MhDispatch *dispatch);
/* Fills in everything and calls call->done, on any thread, perhaps before it returns. */
void mh_dispatch_run (MhDispatch *dispatch, MhCall *call);
/* An answer without a handler: the transport found the request unacceptable. Not for done calls. */
void mh_dispatch_refuse (MhDispatch *dispatch, MhCall *call, GError *error);
/* Before anything of a body is read: is there such a route, and may its body have @size bytes (-1:
 * not told)? TRUE: then *out_most bytes may be read. FALSE: the call is to be refused as @error
 * says. Does not block; the call can be given to mh_dispatch_admit_body() or mh_dispatch_run(). */
gboolean mh_dispatch_expect_body (MhDispatch *dispatch,
                                  MhCall *call,
                                  gint64 size,
                                  gsize *out_most,
                                  GError **error);
/* After that, for a body worth it: takes the rate, finds who asks and whether they may. call->done
 * is called as by mh_dispatch_run(), with call->error set when the body is not to be read. */
void mh_dispatch_admit_body (MhDispatch *dispatch, MhCall *call);
/* For the WebSocket: the same checks for @route_id, no handler; FALSE: not allowed. Blocks briefly.
 */
gboolean
mh_dispatch_admit (MhDispatch *dispatch, MhCall *call, const char *route_id, GError **error);
/* The status that goes out. */
guint mh_dispatch_status (MhCall *call);

G_END_DECLS
