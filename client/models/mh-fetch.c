/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-fetch.h"

void
mh_fetch_async (MhContext *context,
                const MhFetch *fetch,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer data)
{
  mh_api_call_async (mh_context_api (context),
                     &(MhApiAsk){ .route = fetch->route,
                                  .args = fetch->args,
                                  .body = fetch->body,
                                  .key = fetch->key,
                                  .etag = fetch->etag,
                                  .version = MH_API_ANY },
                     cancellable, callback, data);
}

MhAnswer *
mh_fetch_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return mh_api_call_finish (MH_API (g_task_get_source_object (G_TASK (result))), result, error);
}

/* @part of @answer, or the words that it is not there. */
static gpointer
fetch_part (const MhAnswer *answer, gpointer part, GError **error)
{
  if (answer != NULL && part == NULL)
    mh_error_set (error, MH_ERROR_MALFORMED, "The server's answer is empty.");
  return part;
}

MhRecord *
mh_fetch_finish_record (GAsyncResult *result, GError **error)
{
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, error);
  return fetch_part (answer, answer != NULL ? g_steal_pointer (&answer->record) : NULL, error);
}

GPtrArray *
mh_fetch_finish_list (GAsyncResult *result, GError **error)
{
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, error);
  return fetch_part (answer, answer != NULL ? g_steal_pointer (&answer->items) : NULL, error);
}

GBytes *
mh_fetch_finish_file (GAsyncResult *result, GError **error)
{
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, error);
  return fetch_part (answer, answer != NULL ? g_steal_pointer (&answer->bytes) : NULL, error);
}
