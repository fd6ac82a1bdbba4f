/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-read.h"

#include "client/models/mh-fetch.h"
#include "shared/record/mh-record-json.h"

typedef struct
{
  const MhRoute *route;
  char *id;
  char *name; /* under which an answer without an id of its own is kept */
  char *json; /* such an answer */
} Wanted;

static void
read_wanted_free_cb (gpointer data)
{
  Wanted *wanted = data;
  g_free (wanted->id);
  g_free (wanted->name);
  g_free (wanted->json);
  g_free (wanted);
}

static Wanted *
read_wanted_new (const char *route_id, const char *id)
{
  Wanted *wanted = g_new0 (Wanted, 1);
  wanted->route = mh_route_find (route_id);
  wanted->id = g_strdup (id);
  wanted->name = g_strdup_printf ("read:%s:%s", route_id, id);
  return wanted;
}

static gpointer
read_local_cb (MhCache *cache, gpointer data, GError **error)
{
  Wanted *wanted = data;
  if (wanted->route->reply->table != NULL)
    return mh_cache_get (cache, wanted->route->reply, wanted->id, error);
  g_autofree char *json = mh_cache_get_value (cache, wanted->name, error);
  return json != NULL ? mh_record_from_text (wanted->route->reply, json, -1, MH_JSON_TRUSTED, error)
                      : NULL;
}

static gpointer
keep_local_cb (MhCache *cache, gpointer data, GError **error)
{
  Wanted *wanted = data;
  mh_cache_set_value (cache, wanted->name, wanted->json, error);
  return NULL;
}

void
mh_read_keep (MhContext *context, const char *route_id, const char *id, MhRecord *record)
{
  Wanted *wanted = read_wanted_new (route_id, id);
  wanted->json = mh_record_to_json (record, MH_JSON_SKIP_UNSET);
  mh_cache_run_async (mh_context_cache (context),
                      (MhCacheWork){ keep_local_cb, wanted, read_wanted_free_cb }, NULL, NULL,
                      NULL);
}

/* The local copy is warm with what was read. */
static void
read_keep (MhContext *context, const Wanted *wanted, MhRecord *record)
{
  if (wanted->route->reply->table != NULL)
    mh_sync_learn (mh_context_sync (context), record);
  else
    mh_read_keep (context, wanted->route->id, wanted->id, record);
}

static void
local_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  MhRecord *record = mh_cache_run_finish (MH_CACHE (source), result, &error);
  if (record == NULL && error == NULL)
    mh_error_set (&error, MH_ERROR_OFFLINE,
                  "The server is away and this record is not in the local copy.");
  if (record != NULL)
    g_task_return_pointer (task, record, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
read_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MhContext *context = g_task_get_source_object (task);
  Wanted *wanted = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);

  if (answer != NULL)
    {
      read_keep (context, wanted, answer);
      g_task_return_pointer (task, g_steal_pointer (&answer), g_object_unref);
      g_object_unref (task);
    }
  else if (mh_error_is_away (error) || g_error_matches (error, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      /* Not found may also mean: made here and not sent yet. */
      g_clear_error (&error);
      mh_cache_run_async (mh_context_cache (context),
                          (MhCacheWork){ read_local_cb, wanted, NULL, g_object_unref }, NULL,
                          local_cb, task);
    }
  else
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

void
mh_read_async (MhContext *context,
               const char *route_id,
               const char *id,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer data)
{
  GTask *task = g_task_new (context, cancellable, callback, data);
  const char *args[] = { "id", id, NULL };
  g_task_set_source_tag (task, mh_read_async);
  g_task_set_task_data (task, read_wanted_new (route_id, id), read_wanted_free_cb);
  mh_fetch_async (context, &(MhFetch){ .route = route_id, .args = args }, cancellable,
                  read_answered_cb, task);
}

MhRecord *
mh_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
