/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Calls to the server, by the route table's ids. Asynchronous on the caller's main context; never
 * blocks. An error is the very MH_ERROR the service raised (fields and all); a server that cannot
 * be reached is MH_ERROR_OFFLINE, a call that was cancelled MH_ERROR_CANCELLED. Only this room
 * knows libsoup.
 */
#include "shared/proto/mh-route.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_API (mh_api_get_type ())
G_DECLARE_FINAL_TYPE (MhApi, mh_api, MH, API, GObject)

/* What came back; which member is set depends on the route. */
typedef struct
{
  MhRecord *record; /* one record */
  GPtrArray *items; /* LIST routes */
  char *next;       /* cursor of the next page, or NULL */
  GBytes *bytes;    /* BINARY routes */
  char *etag;       /* of such bytes, or NULL */
  gboolean same;    /* what one has is still the same: nothing else is set */
} MhAnswer;

void mh_answer_free (MhAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhAnswer, mh_answer_free)

MhApi *mh_api_new (const char *base_url); /* "http://127.0.0.1:8080" */
void mh_api_set_base_url (MhApi *api, const char *base_url);
void mh_api_set_token (MhApi *api, const char *token); /* NULL: none */
/* While nobody is at work here what is asked does not keep the session from ending. */
void mh_api_set_unattended (MhApi *api, gboolean unattended);

#define MH_API_ANY (-1)

/* What is asked of the server; what is not set is not sent, but for the version. */
typedef struct
{
  const char *route;       /* the id of its row in the table of calls */
  const char *const *args; /* name, value, …, NULL: path and query */
  const char *body;        /* JSON */
  const char *key;         /* Idempotency-Key */
  gint64 version;          /* the change was made on this one; MH_API_ANY: whichever stands */
  gint64 made_at;          /* µs UTC: it was done here then, while the server was away */
  const char *etag;        /* a read of what one has already: what its answer told last */
} MhApiAsk;

/* All is copied. */
void mh_api_call_async (MhApi *api,
                        const MhApiAsk *ask,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data);
/* The server was not reached when it was asked last; no answer of it says so. */
gboolean mh_api_is_away (MhApi *api);
MhAnswer *mh_api_call_finish (MhApi *api, GAsyncResult *result, GError **error);

/* The live feed. Emits "event" (const char *json) for each message and "feed-closed" when it ends.
 */
void mh_api_feed_open (MhApi *api, gint64 after);
void mh_api_feed_close (MhApi *api);

G_END_DECLS
