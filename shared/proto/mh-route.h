/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Every call between client and server, once. The server binds an id to a function; the router, the
 * permission check, the OpenAPI document and the client's calls all read these rows.
 */
#include "shared/record/mh-record-size.h"
#include "shared/record/mh-record-type.h"

G_BEGIN_DECLS

/* On a change that was made while the server was away and comes later: when it was made. It is then
 * history, and is taken and marked for review where it would have been asked about. */
#define MH_HEADER_MADE_AT "Mahima-Made-At"
/* Nobody was at work at the desk that asks: the request does not keep the session from ending. */
#define MH_HEADER_UNATTENDED "Mahima-Unattended"

typedef enum
{
  MH_ROUTE_READ,  /* runs on a worker in a read snapshot */
  MH_ROUTE_WRITE, /* runs in the writer's lane, committed only if the handler gave a reply */
  MH_ROUTE_PLAIN, /* runs on a worker without a transaction (log-in hashing, drawing a PDF, health)
                   */
} MhRouteMode;

typedef enum
{
  MH_ROUTE_PUBLIC = 1 << 0, /* no token asked for */
  MH_ROUTE_LIST = 1 << 1,   /* reply is {"items":[reply…],"next":…}; takes limit, after, q */
  MH_ROUTE_PATCH = 1 << 2,  /* body is a partial record; If-Match is required */
  MH_ROUTE_IDEMPOTENT = 1 << 3, /* keeps Idempotency-Key (all WRITE routes but log-in) */
  MH_ROUTE_ONLINE = 1 << 4,     /* the client never queues it in the outbox */
  MH_ROUTE_BINARY = 1 << 5,     /* reply is not JSON: see .media */
  MH_ROUTE_CREATED = 1 << 6,    /* success is 201 */
  MH_ROUTE_RAW = 1 << 7,        /* body is not parsed (webhooks, uploads) */
  MH_ROUTE_OUTSIDE = 1 << 8,    /* path does not begin with /api/v1 (health, metrics) */
  MH_ROUTE_NO_CONTENT = 1 << 9, /* success is 204 */
  MH_ROUTE_SNAPSHOT = 1 << 10,  /* READ: several queries must see one state */
  MH_ROUTE_FLEETING = 1 << 11,  /* what waited in the outbox and is refused then is forgotten */
} MhRouteFlags;

typedef enum
{
  MH_RATE_NORMAL, /* 600 a minute per token, bursts of 200 */
  MH_RATE_LOGIN,  /* 60 a minute per address: behind it may be a whole hospital */
  MH_RATE_GUESS,  /* a sixth of that: codes, and what could find out who is known here */
  MH_RATE_HEAVY,  /* 60 a minute per token: PDFs, exports */
  MH_RATE_TILE,   /* 6000 a minute per token: a map that is moved asks for forty at once */
  MH_RATE_NONE,   /* health */
} MhRateClass;

/* A named query parameter of a list or a report. */
typedef struct
{
  const char *name; /* ends with { NULL } */
  MhKind kind;
  const MhCode *codes;
  const char *help;
} MhParam;

struct _MhRoute
{
  const char *id;         /* "order.place": bound by the server, called by the client */
  const char *method;     /* GET POST PUT PATCH DELETE */
  const char *path;       /* "/orders/{id}/payments", below /api/v1 */
  const char *permission; /* "order.write"; "" = any signed-in user */
  MhRouteMode mode;
  guint flags;
  const MhRecordType *request; /* NULL: no body */
  const MhRecordType *reply;   /* NULL: none, or not a record (see .media) */
  const MhParam *params;       /* query parameters beyond limit, after, q; or NULL */
  const char *summary;         /* N_() */
  const char *tag;             /* OpenAPI group: "orders" */
  const char *media;           /* of a BINARY reply: "application/pdf" */
  MhRateClass rate;
  guint body_kib; /* most of a body that is not parsed (RAW), KiB; 0: see mh_route_body() */
};

typedef struct
{
  const MhRoute *routes;
  guint n_routes;
} MhRouteTable;

/* All tables (mh-routes-*.c), in a fixed order. */
const MhRouteTable *mh_routes_tables (guint *out_n_tables);
const MhRoute *mh_route_find (const char *id); /* NULL: none. Thread-safe */
/* Whose right it takes to read records of @type: the call that shows one of them (its path and
 * "/{id}"), else the one that lists its path, else the first that answers with it. NULL: no call
 * shows it by itself. Thread-safe */
const MhRoute *mh_route_reading (const MhRecordType *type);
/* The largest body: what a record of the request's type can come to, and room for members that it
 * does not know, so that they are refused by name; 4 KiB at least. The server's own limit may be
 * lower. */
MhRecordSize mh_route_body (const MhRoute *route);
/* "/orders/0190…/payments?limit=50" from the row's path; @args is NULL-terminated name, value
 * pairs: names in the path are put there, others become the query. Escapes. Caller frees. */
char *mh_route_build (const MhRoute *route, const char *const *args);

G_END_DECLS
