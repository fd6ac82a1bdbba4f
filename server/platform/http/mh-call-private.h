/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room only: a call as the transport fills it and the dispatcher drives
 * it. */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

#define MH_CALL_MAX_PARAMS 4
#define MH_CALL_MAX_QUERY 20
#define MH_REQUEST_ID_SIZE 65

typedef struct _MhBinding MhBinding; /* mh-router.h */

typedef struct
{
  char *name;
  char *value;
} MhPair;

struct _MhCall
{
  /* Filled by the transport before mh_dispatch_run(). */
  char *method;
  char *path;  /* as sent, escaped, without the query */
  char *query; /* as sent, or NULL */
  char *token; /* of "Authorization: Bearer", or NULL */
  GBytes *raw; /* never NULL while a handler runs */
  char request_id[MH_REQUEST_ID_SIZE];
  char address[64];
  /* Request headers; the transport keeps them unchanged until @done. */
  const char *(*header) (MhCall *call, const char *name);
  void (*done) (MhCall *call); /* any thread; the call is the transport's again */
  gpointer transport;
  MhSharedSnapshot *held; /* the transport's thread's own, or NULL */

  /* Filled by the dispatcher. */
  gpointer dispatch;
  const MhBinding *binding;
  const MhRoute *route;
  MhServer *server;
  MhStore *store;
  MhDb *db;
  MhTx *tx;
  MhActor *actor;
  MhRequest request; /* of the four above, when a handler asked for it */
  MhWho who;
  gint64 now;     /* µs UTC */
  gint64 started; /* monotonic µs */
  char *params[MH_CALL_MAX_PARAMS];
  MhPair pairs[MH_CALL_MAX_QUERY];
  guint n_pairs;
  guint limit;
  char **after;
  MhRecord *body;
  gint64 if_match;
  char *key; /* "user:Idempotency-Key", or NULL */
  char body_hash[65];
  gboolean admitted;  /* its rate was taken before its body was read */
  gboolean admitting; /* on its way to be */
  gboolean replaying; /* it failed: perhaps because it had been done before */
  guint runs;         /* of the write queue's function: a lost race runs it again */
  MhReply *reply;
  GError *error;
};

typedef struct
{
  const char *name; /* static */
  char *value;
} MhReplyHeader;

#define MH_REPLY_MAX_HEADERS 8

struct _MhReply
{
  guint status; /* 0: what the route says */
  GString *body;
  GBytes *bytes; /* instead of body */
  char *media;   /* NULL: JSON */
  GPtrArray *records;
  GString *items; /* JSON array, instead of records */
  char **next;
  gboolean is_list;
  const char *list; /* route's id, for the cursor */
  MhReplyHeader headers[MH_REPLY_MAX_HEADERS];
  guint n_headers;
};

MhCall *mh_call_new (void);
MhReply *mh_reply_new (void);
/* A problem document; the reply that replaces @error. */
MhReply *mh_reply_problem (const GError *error, const char *request_id);
/* Status and headers of one, for @reply. */
void mh_reply_refuse (MhReply *reply, const GError *error);
/* Writes a list's envelope; nothing for other replies. */
void mh_reply_compose (MhReply *reply);

G_END_DECLS
