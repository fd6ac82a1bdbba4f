/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include "server/lab/assignment/mh-assignment.h"
#include "server/people/patients/mh-patients-store.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

MhDemoBatch *
mh_demo_batch_new (const MhRecordType *type)
{
  MhDemoBatch *batch = g_new0 (MhDemoBatch, 1);
  batch->type = type;
  batch->records = g_ptr_array_new_with_free_func (g_object_unref);
  batch->load = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return batch;
}

void
mh_demo_batch_free (MhDemoBatch *batch)
{
  if (batch == NULL)
    return;
  g_ptr_array_unref (batch->records);
  for (guint i = 0; i < G_N_ELEMENTS (batch->parts); i++)
    g_clear_pointer (&batch->parts[i], g_ptr_array_unref);
  g_hash_table_unref (batch->load);
  g_free (batch);
}

static gboolean
write_parts (MhTx *tx, MhDemoBatch *batch, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (batch->parts); i++)
    if (batch->parts[i] != NULL && !mh_tx_insert_parts (tx, batch->parts[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
demo_batch_announce (MhTx *tx, MhDemoBatch *batch, GError **error)
{
  for (guint i = 0; i < batch->records->len; i++)
    {
      MhRecord *record = g_ptr_array_index (batch->records, i);
      if (batch->type == &mh_patient_type && !mh_patients_store_index (tx, NULL, record, error))
        return FALSE;
      if (!mh_tx_announce (tx, record, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_load (MhTx *tx, MhDemoBatch *batch, GError **error)
{
  GHashTableIter iter;
  gpointer user_id, minutes;
  g_hash_table_iter_init (&iter, batch->load);
  while (g_hash_table_iter_next (&iter, &user_id, &minutes))
    if (!mh_assignment_add_load (tx, user_id, *(gint64 *)minutes, error))
      return FALSE;
  return TRUE;
}

gboolean
mh_demo_batch_write (MhTx *tx, MhDemoBatch *batch, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("{\"count\":%u}", batch->records->len);
  return mh_tx_insert_parts (tx, batch->records, error) && write_parts (tx, batch, error)
         && demo_batch_announce (tx, batch, error) && write_load (tx, batch, error)
         && mh_tx_audit (tx,
                         &(MhAuditNote){ NULL, MH_AUDIT_CREATE, batch->type->code, NULL, detail,
                                         "demonstration" },
                         error);
}
