/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/sync/mh-sync-apply.h"

#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

static void
keep_composed (MhRecord *record, MhRecord *known)
{
  g_autoptr (MhRecord) merged = mh_record_copy (known);
  const MhRecordType *type = mh_record_type (record);
  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i].kind == MH_KIND_RECORDS && !mh_record_is_set (record, i)
        && mh_record_records (merged, i) != NULL)
      mh_record_take_records (record, i, g_ptr_array_ref (mh_record_records (merged, i)));
}

/* A tube also lives inside its order; both must tell the same. */
static gboolean
tell_order (MhCache *cache, MhRecord *sample, GError **error)
{
  const char *order_id = mh_record_text (sample, MH_SAMPLE_ORDER_ID);
  g_autoptr (MhRecord) order
      = order_id != NULL ? mh_cache_get (cache, &mh_order_type, order_id, NULL) : NULL;
  GPtrArray *samples = order != NULL ? mh_record_records (order, MH_ORDER_SAMPLES) : NULL;
  gboolean found = FALSE;

  if (samples == NULL)
    return TRUE;

  for (guint i = 0; i < samples->len && !found; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (samples, i)), mh_record_id (sample)) == 0)
      {
        mh_record_apply (g_ptr_array_index (samples, i), sample);
        found = TRUE;
      }

  if (!found)
    g_ptr_array_add (samples, g_object_ref (sample));
  return mh_cache_put (cache, order, TRUE, error);
}

/* A protected chart is told in part, and nothing else of it stays here. */
static gboolean
drop_closed (MhCache *cache, MhRecord *patient, GError **error)
{
  g_autofree char *group = g_strconcat ("patient_id=", mh_record_id (patient), NULL);
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (type->table == NULL || (type->flags & MH_TYPE_SYNC) == 0 || type->patient == 0)
        continue;
      g_autoptr (GPtrArray) kept = mh_cache_list (cache, type, group, G_MAXINT32, error);
      if (kept == NULL)
        return FALSE;
      for (guint k = 0; k < kept->len; k++)
        if (!mh_cache_remove (cache, type, mh_record_id (g_ptr_array_index (kept, k)), error))
          return FALSE;
    }

  return TRUE;
}

MhRecord *
mh_sync_apply_record (MhCache *cache, MhRecord *record, GError **error)
{
  const MhRecordType *type = mh_record_type (record);
  g_autoptr (MhRecord) result = mh_record_copy (record);

  /* a sheet or another record that is only carried has no id and version to keep it by */
  if (type->table == NULL)
    return g_steal_pointer (&result);

  g_autoptr (MhRecord) known = mh_cache_get (cache, type, mh_record_id (record), NULL);
  if (known != NULL && mh_record_version (known) > mh_record_version (record))
    return g_steal_pointer (&known);
  if (type == &mh_patient_type && mh_record_bool (result, MH_PATIENT_VIP)
      && (known == NULL || !mh_record_bool (known, MH_PATIENT_VIP))
      && !drop_closed (cache, result, error))
    return NULL;

  if (known != NULL)
    keep_composed (result, known);
  if (!mh_cache_put (cache, result, TRUE, error))
    return NULL;
  if (type == &mh_sample_type && !tell_order (cache, result, error))
    return NULL;

  return g_steal_pointer (&result);
}

gboolean
mh_sync_apply_change (MhCache *cache,
                      MhRecord *change,
                      const MhRecordType **out_type,
                      MhRecord **out_record,
                      GError **error)
{
  const MhRecordType *type = mh_registry_find (mh_record_text (change, MH_FEED_CHANGE_TYPE));
  const char *id = mh_record_text (change, MH_FEED_CHANGE_ID);
  const char *json = mh_record_text (change, MH_FEED_CHANGE_RECORD);
  gboolean gone = g_strcmp0 (mh_record_text (change, MH_FEED_CHANGE_OP), MH_CHANGE_OP_DELETE) == 0;

  *out_type = type;
  *out_record = NULL;
  if (type == NULL || id == NULL)
    return TRUE;
  if (gone)
    return mh_cache_remove (cache, type, id, error);
  if (json == NULL)
    return TRUE;

  g_autoptr (MhRecord) record = mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, error);
  if (record == NULL)
    return FALSE;

  *out_record = mh_sync_apply_record (cache, record, error);
  return *out_record != NULL;
}
