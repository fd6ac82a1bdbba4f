/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-draft.h"

#include "shared/record/mh-record-json.h"

typedef struct
{
  const MhRecordType *type;
  char *form;
  char *json;
} Draft;

static void
draft_free_cb (gpointer data)
{
  Draft *draft = data;
  g_free (draft->form);
  g_free (draft->json);
  g_free (draft);
}

static gpointer
draft_keep_cb (MhCache *cache, gpointer data, GError **error)
{
  const Draft *draft = data;
  mh_cache_save_draft (cache, draft->form, draft->json, error);
  return NULL;
}

/* Passwords and badges are not kept. */
static char *
draft_written (MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  g_autoptr (MhRecord) kept = mh_record_copy (record);
  for (guint i = 0; i < type->n_fields; i++)
    {
      guint asked_once = MH_INPUT | MH_SENSITIVE, flags = type->fields[i].flags;
      if ((flags & asked_once) == asked_once || (flags & MH_SECRET) != 0)
        mh_record_unset (kept, i);
    }
  return mh_record_to_json (kept, MH_JSON_SKIP_UNSET);
}

void
mh_draft_keep (MhContext *context, const char *form, MhRecord *record)
{
  Draft *draft = g_new0 (Draft, 1);
  draft->form = g_strdup (form);
  draft->json = record != NULL ? draft_written (record) : NULL;
  mh_cache_run_async (mh_context_cache (context),
                      (MhCacheWork){ draft_keep_cb, draft, draft_free_cb }, NULL, NULL, NULL);
}

static gpointer
draft_load_cb (MhCache *cache, gpointer data, GError **error)
{
  const Draft *draft = data;
  g_autofree char *json = mh_cache_load_draft (cache, draft->form, error);
  return json != NULL ? mh_record_from_text (draft->type, json, -1, MH_JSON_TRUSTED, error) : NULL;
}

static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  MhRecord *record = mh_cache_run_finish (MH_CACHE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, record, g_object_unref);
}

void
mh_draft_load_async (MhContext *context,
                     const char *form,
                     const MhRecordType *type,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  GTask *task = g_task_new (context, cancellable, callback, data);
  Draft *draft = g_new0 (Draft, 1);
  draft->form = g_strdup (form);
  draft->type = type;
  mh_cache_run_async (mh_context_cache (context),
                      (MhCacheWork){ draft_load_cb, draft, draft_free_cb, g_object_unref },
                      cancellable, draft_loaded_cb, task);
}

MhRecord *
mh_draft_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- several of one form --- */

static gpointer
draft_list_cb (MhCache *cache, gpointer data, GError **error)
{
  const Draft *draft = data;
  g_autoptr (GPtrArray) texts = mh_cache_list_drafts (cache, draft->form, error);
  if (texts == NULL)
    return NULL;

  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < texts->len; i++)
    {
      MhRecord *record = mh_record_from_text (draft->type, g_ptr_array_index (texts, i), -1,
                                              MH_JSON_TRUSTED, NULL);
      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return records;
}

static void
draft_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *records = mh_cache_run_finish (MH_CACHE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, records, (GDestroyNotify)g_ptr_array_unref);
}

void
mh_draft_list_async (MhContext *context,
                     const char *forms,
                     const MhRecordType *type,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  GTask *task = g_task_new (context, cancellable, callback, data);
  Draft *draft = g_new0 (Draft, 1);
  draft->form = g_strdup (forms);
  draft->type = type;
  mh_cache_run_async (
      mh_context_cache (context),
      (MhCacheWork){ draft_list_cb, draft, draft_free_cb, (GDestroyNotify)g_ptr_array_unref },
      cancellable, draft_listed_cb, task);
}

GPtrArray *
mh_draft_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
