/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-scan-find.h"

#include "client/models/mh-fetch.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"

typedef struct
{
  int kind;
  const char *route_id;
  const char *parameter; /* of the route */
  guint field;           /* that holds the code */
  const char *right;     /* without it the next row of the kind is asked; NULL: the last */
} Place;

#define NO_FIELD G_MAXUINT

static const Place places[] = {
  { MH_SCAN_MRN, "patient.list", "mrn", MH_PATIENT_MRN },
  { MH_SCAN_ACCESSION, "sample.list", "accession", MH_SAMPLE_ACCESSION, MH_MAY_READ_SAMPLE },
  /* Who may not see tubes, as a cashier, may see whose order it is: its words hold the numbers of
   * its tubes, which no field of it tells in a list. */
  { MH_SCAN_ACCESSION, "order.list", "q", NO_FIELD },
  { MH_SCAN_ORDER, "order.list", "q", MH_ORDER_NUMBER },
  { MH_SCAN_REPORT, "report.recent", "id", MH_ID },
  { MH_SCAN_PRESCRIPTION, "prescription.read", "id", MH_ID },
};

typedef struct
{
  const Place *place;
  char *code;
} Wanted;

static void
scan_find_wanted_free (gpointer data)
{
  g_free (((Wanted *)data)->code);
  g_free (data);
}

/* A search finds numbers that are like it, too; one with a check character, whole, finds its own
 * alone. */
static MhRecord *
mh_scan_find_exact (GPtrArray *records, const Wanted *wanted)
{
  if (wanted->place->field == NO_FIELD)
    return records != NULL && records->len == 1 ? g_object_ref (g_ptr_array_index (records, 0))
                                                : NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      MhRecord *record = g_ptr_array_index (records, i);
      const char *code = mh_record_text (record, wanted->place->field);
      if (code != NULL && g_ascii_strcasecmp (code, wanted->code) == 0)
        return g_object_ref (record);
    }
  return NULL;
}

static gpointer
mh_scan_find_local_cb (MhCache *cache, gpointer data, GError **error)
{
  const Wanted *wanted = data;
  const MhRecordType *type = mh_route_find (wanted->place->route_id)->reply;
  if (wanted->place->field == MH_ID)
    return mh_cache_get (cache, type, wanted->code, error);
  g_autoptr (GPtrArray) found = mh_cache_search (cache, type, wanted->code, 20, error);
  return found != NULL ? mh_scan_find_exact (found, wanted) : NULL;
}

static void
scan_find_local_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  MhRecord *record = mh_cache_run_finish (MH_CACHE (source), result, &error);
  if (record == NULL && error == NULL)
    mh_error_set (&error, MH_ERROR_OFFLINE,
                  "The server is away and this record is not in the local copy.");
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, record, g_object_unref);
}

static void
scan_find_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MhContext *context = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);

  if (g_error_matches (error, MH_ERROR, MH_ERROR_OFFLINE)
      || g_error_matches (error, MH_ERROR, MH_ERROR_BUSY))
    {
      g_error_free (error);
      mh_cache_run_async (
          mh_context_cache (context),
          (MhCacheWork){ mh_scan_find_local_cb, g_task_get_task_data (task), NULL, g_object_unref },
          g_task_get_cancellable (task), scan_find_local_cb, g_object_ref (task));
    }
  else if (g_error_matches (error, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_error_free (error);
      g_task_return_pointer (task, NULL, NULL);
    }
  else if (answer == NULL)
    g_task_return_error (task, error);
  else if (answer->record != NULL)
    g_task_return_pointer (task, g_object_ref (answer->record), g_object_unref);
  else
    g_task_return_pointer (task, mh_scan_find_exact (answer->items, g_task_get_task_data (task)),
                           g_object_unref);
}

static const Place *
place_of (MhContext *context, int kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].kind == kind
        && (places[i].right == NULL || mh_context_may (context, places[i].right)))
      return &places[i];
  return NULL;
}

void
mh_scan_find_async (MhContext *context,
                    int kind,
                    const char *code,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  GTask *task = g_task_new (context, cancellable, callback, data);
  Wanted *wanted = g_new0 (Wanted, 1);
  g_task_set_source_tag (task, mh_scan_find_async);
  wanted->code = g_strdup (code);
  wanted->place = place_of (context, kind);
  g_task_set_task_data (task, wanted, scan_find_wanted_free);
  g_return_if_fail (wanted->place != NULL);

  const char *args[] = { wanted->place->parameter, code, NULL };
  mh_fetch_async (context, &(MhFetch){ .route = wanted->place->route_id, .args = args },
                  cancellable, scan_find_answered_cb, task);
}

MhRecord *
mh_scan_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
