/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-photo.h"

#include "client/models/mh-fetch.h"
#include "shared/records/people/mh-patient.h"

#include <string.h>

/* A photo that another desk has just added is checked for viruses first. */
#define ASK_AGAIN_SECONDS 2
#define ASK_TIMES 5

typedef struct
{
  char *patient_id, *photo_id;
  char *value; /* "PHOTO_ID BASE64", as it is kept */
  guint asked;
} Wanted;

static void
photo_wanted_free_cb (gpointer data)
{
  Wanted *wanted = data;
  g_free (wanted->patient_id);
  g_free (wanted->photo_id);
  g_free (wanted->value);
  g_free (wanted);
}

/* Photos share a fixed number of places, so that they never fill the disk. */
static char *
photo_place_of (const char *photo_id)
{
  return g_strdup_printf ("photo:%u", g_str_hash (photo_id) % MH_PHOTOS_KEPT);
}

static gpointer
read_kept_cb (MhCache *cache, gpointer data, GError **error)
{
  const Wanted *wanted = data;
  g_autofree char *place = photo_place_of (wanted->photo_id);
  g_autofree char *value
      = mh_cache_is_open (cache) ? mh_cache_get_value (cache, place, NULL) : NULL;
  gsize length = strlen (wanted->photo_id), size = 0;
  if (value == NULL || !g_str_has_prefix (value, wanted->photo_id) || value[length] != ' ')
    return NULL;
  guchar *bytes = g_base64_decode (value + length + 1, &size);
  return g_bytes_new_take (bytes, size);
}

static gpointer
write_kept_cb (MhCache *cache, gpointer data, GError **error)
{
  const Wanted *wanted = data;
  g_autofree char *place = photo_place_of (wanted->photo_id);
  if (mh_cache_is_open (cache))
    mh_cache_set_value (cache, place, wanted->value, NULL);
  return NULL;
}

void
mh_photo_keep (MhContext *context, const char *photo_id, GBytes *photo)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (photo, &size);
  g_autofree char *content = g_base64_encode (data, size);
  Wanted *wanted = g_new0 (Wanted, 1);
  wanted->photo_id = g_strdup (photo_id);
  wanted->value = g_strconcat (photo_id, " ", content, NULL);
  mh_cache_run_async (mh_context_cache (context),
                      (MhCacheWork){ write_kept_cb, wanted, photo_wanted_free_cb }, NULL, NULL,
                      NULL);
}

static void photo_ask (GTask *task);

static gboolean
photo_again_cb (gpointer data)
{
  photo_ask (data);
  return G_SOURCE_REMOVE;
}

static void
photo_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);
  Wanted *wanted = g_task_get_task_data (task);

  if (answer != NULL)
    {
      mh_photo_keep (g_task_get_source_object (task), wanted->photo_id, answer);
      g_task_return_pointer (task, g_bytes_ref (answer), (GDestroyNotify)g_bytes_unref);
    }
  else if (g_error_matches (error, MH_ERROR, MH_ERROR_CONFLICT) && ++wanted->asked < ASK_TIMES)
    g_timeout_add_seconds (ASK_AGAIN_SECONDS, photo_again_cb, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, NULL, NULL);
}

/* Takes @task. */
static void
photo_ask (GTask *task)
{
  MhContext *context = g_task_get_source_object (task);
  Wanted *wanted = g_task_get_task_data (task);
  const char *args[] = { "id", wanted->patient_id, NULL };
  mh_fetch_async (context, &(MhFetch){ .route = "patient.photo", .args = args },
                  g_task_get_cancellable (task), photo_answered_cb, task);
}

static void
photo_kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GBytes *kept = mh_cache_run_finish (MH_CACHE (source), result, NULL);
  if (kept != NULL)
    g_task_return_pointer (task, kept, (GDestroyNotify)g_bytes_unref);
  else
    photo_ask (g_steal_pointer (&task));
}

void
mh_photo_async (MhContext *context,
                MhRecord *patient,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, data);
  const char *photo_id = mh_record_text (patient, MH_PATIENT_PHOTO_ID);
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->patient_id = g_strdup (mh_record_id (patient));
  wanted->photo_id = g_strdup (photo_id);
  g_task_set_source_tag (task, mh_photo_async);
  g_task_set_task_data (task, wanted, photo_wanted_free_cb);
  if (photo_id == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    mh_cache_run_async (mh_context_cache (context),
                        (MhCacheWork){ read_kept_cb, wanted, NULL, (GDestroyNotify)g_bytes_unref },
                        NULL, photo_kept_cb, g_steal_pointer (&task));
}

GBytes *
mh_photo_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
