/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-formulary-load.h"

#include "server/ctl/mh-catalogue-load.h"
#include "server/ctl/mh-data-file.h"
#include "shared/records/mh-types.h"
#include "shared/rules/clinic/mh-drug-file.h"

gboolean
mh_formulary_load (MhTx *tx, GError **error)
{
  g_autoptr (GPtrArray) there = mh_store_all (mh_tx_db (tx), &mh_medicine_type, NULL, NULL, error);
  if (there == NULL || there->len > 0)
    return there != NULL;

  g_autoptr (JsonObject) formulary = mh_data_file_read_json ("formulary.json", error);
  g_autoptr (JsonObject) interactions
      = formulary != NULL ? mh_data_file_read_json ("interactions.json", error) : NULL;
  g_autoptr (GPtrArray) records
      = interactions != NULL ? mh_drug_file_read (formulary, interactions, error) : NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      MhRecord *record = g_ptr_array_index (records, i);
      const MhRecordType *type = mh_record_type (record);
      guint code = type->key;
      mh_record_take_text (record, MH_ID,
                           mh_data_fixed_id (type->code, mh_record_text (record, code)));
    }

  return records != NULL && mh_catalogue_store (tx, records, error);
}
