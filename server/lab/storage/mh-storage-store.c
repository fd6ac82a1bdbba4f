/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/storage/mh-storage-store.h"

#include "shared/records/lab/mh-storage.h"
#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_places[]
    = "WHERE r.hospital_id = $1 AND r.deleted_at IS NULL ORDER BY r.code, r.id";
static const char sql_spots[]
    = "SELECT box_id, position, id, accession, keep_until FROM sample"
      " WHERE box_id IN (SELECT id FROM storage_place WHERE hospital_id = $1)"
      " ORDER BY box_id, position";
static const char sql_highest[] = "SELECT max (position) FROM sample WHERE box_id = $1";
static const char sql_due[]
    = "WHERE r.hospital_id = $1 AND r.keep_until IS NOT NULL AND r.keep_until <= $2"
      " AND r.status IN ('stored', 'rejected', 'received') AND r.deleted_at IS NULL"
      " ORDER BY r.keep_until, r.id LIMIT $3";

GPtrArray *
mh_storage_store_places (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_storage_place_type,
                          mh_sql_select (&mh_storage_place_type, sql_places),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

GPtrArray *
mh_storage_store_spots (MhDb *db, const char *hospital_id, GError **error)
{
  GError *inner = NULL;
  g_autoptr (GPtrArray) spots = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_spots, MH_ARGS (MH_TEXT (hospital_id)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      MhRecord *spot = mh_record_new (&mh_storage_spot_type);
      mh_record_set_text (spot, MH_STORAGE_SPOT_BOX_ID, mh_rows_text (rows, 0));
      mh_record_set_int (spot, MH_STORAGE_SPOT_POSITION, mh_rows_int (rows, 1));
      mh_record_set_text (spot, MH_STORAGE_SPOT_SAMPLE_ID, mh_rows_text (rows, 2));
      mh_record_set_text (spot, MH_STORAGE_SPOT_ACCESSION, mh_rows_text (rows, 3));
      if (!mh_rows_is_null (rows, 4))
        mh_record_set_int (spot, MH_STORAGE_SPOT_KEEP_UNTIL, mh_rows_int (rows, 4));
      g_ptr_array_add (spots, spot);
    }

  if (inner == NULL)
    return g_steal_pointer (&spots);

  g_propagate_error (error, inner);
  return NULL;
}

gint64
mh_storage_store_highest (MhDb *db, const char *box_id, GError **error)
{
  GError *inner = NULL;
  gint64 highest = -1;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_highest, MH_ARGS (MH_TEXT (box_id)), error);
  if (rows == NULL)
    return -2;
  if (mh_rows_next (rows, &inner) && !mh_rows_is_null (rows, 0))
    highest = mh_rows_int (rows, 0);
  if (inner == NULL)
    return highest;
  g_propagate_error (error, inner);
  return -2;
}

GPtrArray *
mh_storage_store_due (MhDb *db, const char *hospital_id, gint64 now, guint limit, GError **error)
{
  return mh_store_select (db, &mh_sample_type, mh_sql_select (&mh_sample_type, sql_due),
                          MH_ARGS (MH_TEXT (hospital_id), MH_INT (now), MH_INT (limit)), error);
}
