/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One request as a handler sees it, and the reply it gives: no libsoup, no sockets, no threads. A
 * handler reads the call, calls a service, wraps the answer; it is at most twenty lines long and
 * can be called from a test with a hand-made call. It returns NULL with @error set to refuse; then
 * nothing it did in its transaction remains.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"
#include "shared/proto/mh-route.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct _MhCall MhCall;
typedef struct _MhReply MhReply;
typedef struct _MhRouter MhRouter;

typedef MhReply *(*MhHandler) (MhCall *call, GError **error);
/* For a WRITE route: announces on @db what the handler will read first (mh_db_prefetch()), before
 * the writes that share its transaction begin. Only what those do not write is worth it. */
typedef void (*MhPrefetch) (MhCall *call, MhDb *db);

const MhRoute *mh_call_route (MhCall *call);
MhServer *mh_call_server (MhCall *call);
MhStore *mh_call_store (MhCall *call);
/* READ: this worker's reader; WRITE: the write queue's connection; PLAIN: NULL, take what you need.
 */
MhDb *mh_call_db (MhCall *call);
MhTx *mh_call_tx (MhCall *call);       /* WRITE only */
MhActor *mh_call_actor (MhCall *call); /* NULL on PUBLIC routes without token */
/* What services take: the four above. Borrowed from the call; ask again after its transaction or
 * its actor changed. */
const MhRequest *mh_call_request (MhCall *call);
const MhWho *mh_call_who (MhCall *call);
gint64 mh_call_now (MhCall *call);
const char *mh_call_request_id (MhCall *call);
/* Of the client: what a trusted proxy tells, otherwise the other end of the connection. */
const char *mh_call_address (MhCall *call);
/* Value of {name} in the path. Ids are checked for form by the router before the handler runs. */
const char *mh_call_param (MhCall *call, const char *name);
/* Query parameter, NULL if absent. The router refuses parameters that the route does not name,
 * values of the wrong kind and names given twice. */
const char *mh_call_query (MhCall *call, const char *name);
gint64 mh_call_query_int (MhCall *call, const char *name, gint64 fallback);
guint mh_call_limit (MhCall *call); /* 1–200, default 50 */
/* Parts of the ?after= cursor, NULL at the first page; see mh-page-cursor.h. */
const char *const *mh_call_after (MhCall *call);
/* The cursor of a list that is read by one key, NULL or 0 at the first page. */
const char *mh_call_after_key (MhCall *call);
gint64 mh_call_after_number (MhCall *call);
/* Of a list that is read by a number (mostly an instant) and an id: 0 and NULL at the first page
 * and for a cursor without both. */
gint64 mh_call_after_at (MhCall *call);
const char *mh_call_after_id (MhCall *call);
/* The same, and how many rows. */
MhListPage mh_call_page (MhCall *call);
/* {id} of the path, If-Match and body. */
MhPatch mh_call_patch (MhCall *call);
MhRecord *mh_call_body (MhCall *call); /* parsed and validated as the route's request type */
GBytes *mh_call_raw (MhCall *call);    /* RAW routes, and the body's bytes otherwise */
const char *mh_call_header (MhCall *call, const char *name);
/* When it was done at a desk that could not reach the server then; 0: just now. */
gint64 mh_call_made_at (MhCall *call);
gint64 mh_call_if_match (MhCall *call); /* version, -1 if none */

/* For tests and jobs: a call without HTTP. Strings are copied, objects referenced. */
MhCall *mh_call_new_for_test (const char *route_id,
                              const MhRequest *req,
                              MhRecord *body,
                              const char *const *params);
void mh_call_free (MhCall *call);

/* --- replies; NULL for a record or records that are NULL, as services refuse --- */
MhReply *mh_reply_record (MhRecord *record); /* takes; adds ETag "VERSION" for stored types */
/* As mh_reply_record() when @json is there already; @head has id and version; takes both. */
MhReply *mh_reply_record_json (MhRecord *head, GString *json);
MhReply *mh_reply_json (GString *json);                    /* takes; already JSON */
MhReply *mh_reply_text (GString *text, const char *media); /* takes */
MhReply *mh_reply_list (GPtrArray *records,
                        const char *const *next); /* takes @records; cursor parts or NULL */
/* The same with a cursor of one part, NULL at the last page. */
MhReply *mh_reply_list_after (GPtrArray *records, const char *next);
/* A list that has no second page: those of @records that tell each word of "q". Takes @records. */
MhReply *mh_reply_whole_list (MhCall *call, GPtrArray *records);
/* A page of a list that is read by @field (a number or a text) and the id, by the id alone with
 * MH_ID: when it is full, the next one begins behind its last row. Takes @records. */
MhReply *mh_reply_page (MhCall *call, GPtrArray *records, guint field);
/* The same where the rows are told apart by another field than their id. */
MhReply *mh_reply_page_by (MhCall *call, GPtrArray *records, guint field, guint id_field);
/* As mh_reply_list() when @items is already a JSON array, written straight from rows; takes @items.
 */
MhReply *mh_reply_list_json (GString *items, const char *const *next);
MhReply *mh_reply_bytes (GBytes *bytes, const char *media, const char *file_name);
MhReply *mh_reply_empty (void); /* 204 */
void mh_reply_set_status (MhReply *reply, guint status);
void mh_reply_set_header (MhReply *reply, const char *name, const char *value);
const GString *mh_reply_body (MhReply *reply);
void mh_reply_free (MhReply *reply);

/* What stands before and behind every handler of somebody who is signed in. */
typedef struct
{
  /* Before the handler runs; FALSE with @error: it does not run. */
  gboolean (*before) (MhCall *call, GError **error);
  /* Over the records of a list, in place; mh_call_db() as the handler had it. */
  gboolean (*after) (MhCall *call, GPtrArray *records, GError **error);
} MhGate;
/* @gate: constant, kept. Before the first request. */
void mh_router_set_gate (MhRouter *router, const MhGate *gate);

/* Binds the route of that id; a second binding or an unknown id is a bug (g_error). */
void mh_router_bind (MhRouter *router, const char *route_id, MhHandler handler);
void mh_router_bind_prefetch (MhRouter *router, const char *route_id, MhPrefetch prefetch);
/* What stands for a problem document where a person looks at the answer: a page with the same
 * status. NULL: this one wants the document. */
typedef MhReply *(*MhProblem) (MhCall *call, const GError *error);
void mh_router_bind_problem (MhRouter *router, const char *route_id, MhProblem problem);

G_END_DECLS
