/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * From method and path to the route and its handler: a tree of path segments, built once at start
 * and only read afterwards.
 */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

#define MH_API_PREFIX "/api/v1"

/* A route with its handler, and what is worth knowing about it before a call comes. */
typedef struct _MhBinding
{
  const MhRoute *route;
  MhHandler handler;
  MhPrefetch prefetch; /* NULL: none */
  MhProblem problem;   /* NULL: a problem document */
  guint index;         /* 0 … mh_router_size() - 1, for counters */
  guint n_params;
  guint id_params;    /* bit i: the i-th {name} must hold an id */
  MhRecordSize body;  /* the most of it */
  gboolean reads_one; /* the record of the path's {id}, and that first of all */
} MhBinding;

typedef enum
{
  MH_FOUND,
  MH_FOUND_NO_PATH,   /* 404 */
  MH_FOUND_NO_METHOD, /* 405 */
} MhFound;

/* Over all tables of shared/proto. */
MhRouter *mh_router_new (void);
MhRouter *mh_router_new_for (const MhRouteTable *tables, guint n_tables);
void mh_router_free (MhRouter *router);
const MhGate *mh_router_gate (MhRouter *router); /* NULL: none */
guint mh_router_size (MhRouter *router);
const MhBinding *mh_router_nth (MhRouter *router, guint index);
/* Ids of routes without handler, comma separated; NULL: none. Caller frees. */
char *mh_router_missing (MhRouter *router);

/* @path: escaped, without query. HEAD finds GET. *out_params: unescaped values, at most
 * @max_params, owned by the caller; set only for MH_FOUND. */
MhFound mh_router_find (MhRouter *router,
                        const char *method,
                        const char *path,
                        const MhBinding **out_binding,
                        char **out_params,
                        guint max_params);
/* "GET, HEAD, POST, OPTIONS" for a path that exists, NULL otherwise. Caller frees. */
char *mh_router_allowed (MhRouter *router, const char *path);
/* Place of {name} among the path's names, -1 if it has none of that name. */
int mh_route_param_index (const MhRoute *route, const char *name);

G_END_DECLS
