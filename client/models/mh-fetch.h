/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What only the server knows: asked there and nowhere else, and nothing of it is kept. A server
 * that is away is MH_ERROR_OFFLINE. One record with the local copy behind it is mh-read.h, a list
 * of them mh-record-list.h; what changes something is mh-command.h. */
#include "client/mh-context.h"

G_BEGIN_DECLS

/* One question. All is copied; what is not set is not sent. */
typedef struct
{
  const char *route;       /* the id of its row in the table of calls */
  const char *const *args; /* name, value, …, NULL: path and query */
  const char *body;        /* JSON */
  const char *key;         /* Idempotency-Key */
  const char *etag;        /* of what one has: MhAnswer.same says that it is so still */
} MhFetch;

void mh_fetch_async (MhContext *context,
                     const MhFetch *fetch,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data);

/* The route says which of these there is: one record (new reference), the records of one page of a
 * list, the bytes of a paper or a picture. An answer without it is MH_ERROR_MALFORMED. */
MhRecord *mh_fetch_finish_record (GAsyncResult *result, GError **error);
GPtrArray *mh_fetch_finish_list (GAsyncResult *result, GError **error);
GBytes *mh_fetch_finish_file (GAsyncResult *result, GError **error);
/* All that came: for who goes on with the next page of a list, passes the answer on, or wants to
 * know only that it was done. */
MhAnswer *mh_fetch_finish (GAsyncResult *result, GError **error);

G_END_DECLS
