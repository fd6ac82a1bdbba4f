/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/drugcheck/mh-drugs-store.h"

#include "shared/records/clinic/mh-drug.h"
#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

#define VALID                                                                                      \
  " AND r.deleted_at IS NULL AND EXISTS (SELECT 1 FROM prescription p"                             \
  " WHERE p.id = r.prescription_id AND p.deleted_at IS NULL"                                       \
  " AND p.status IN ('countersign', 'signed', 'ordered', 'completed'))"
static const char sql_active[]
    = "WHERE r.patient_id = $1 AND r.stopped_on IS NULL AND r.ends_on >= $2" VALID
      " ORDER BY r.starts_on DESC, r.id";
static const char sql_lines[]
    = "WHERE r.patient_id = $1" VALID " ORDER BY r.created_at DESC, r.sort_order, r.id LIMIT $2";
static const char sql_result[]
    = "WHERE r.patient_id = $1 AND r.analyte = $2 AND r.status IN ('verified', 'corrected')"
      " AND r.value IS NOT NULL AND r.deleted_at IS NULL"
      " ORDER BY r.measured_at DESC, r.id DESC LIMIT 1";
static const char sql_overrides[] = "WHERE r.prescription_id = $1 ORDER BY r.id";
static const char sql_favourites[]
    = "WHERE r.doctor_id = $1 AND r.deleted_at IS NULL"
      " AND (CAST($2 AS text) IS NULL OR (r.name, r.id) >"
      "  (SELECT f.name, f.id FROM drug_favourite f WHERE f.id = $2))"
      " ORDER BY r.name, r.id LIMIT $3";
#define OF_HOSPITAL " AND CASE WHEN CAST($3 AS text) IS NULL THEN TRUE ELSE p.hospital_id = $3 END"
static const char sql_sums[]
    = "SELECT count(*), COALESCE(sum((SELECT count(*) FROM prescription_line l"
      " WHERE l.prescription_id = p.id)), 0), COALESCE(sum(p.alerts_seen), 0),"
      " COALESCE(sum(p.alerts_overridden), 0) FROM prescription p"
      " WHERE p.signed_at >= $1 AND p.signed_at < $2 AND p.deleted_at IS NULL" OF_HOSPITAL;
static const char sql_rows[]
    = "SELECT p.code, p.severity, p.rule, p.reason, count(*) FROM drug_override p"
      " WHERE p.at >= $1 AND p.at < $2" OF_HOSPITAL
      " GROUP BY p.code, p.severity, p.rule, p.reason ORDER BY 5 DESC, 1, 3, 4 LIMIT 1000";

GPtrArray *
mh_drugs_store_active (MhDb *db, const char *patient_id, const char *today, GError **error)
{
  return mh_store_select (db, &mh_prescription_line_type,
                          mh_sql_select (&mh_prescription_line_type, sql_active),
                          MH_ARGS (MH_TEXT (patient_id), MH_TEXT (today)), error);
}

GPtrArray *
mh_drugs_store_all (MhDb *db, const char *patient_id, guint limit, GError **error)
{
  return mh_store_select (db, &mh_prescription_line_type,
                          mh_sql_select (&mh_prescription_line_type, sql_lines),
                          MH_ARGS (MH_TEXT (patient_id), MH_INT (limit)), error);
}

MhRecord *
mh_drugs_store_result (MhDb *db, const char *patient_id, const char *analyte, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_result_type, mh_sql_select (&mh_result_type, sql_result),
                         MH_ARGS (MH_TEXT (patient_id), MH_TEXT (analyte)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

GPtrArray *
mh_drugs_store_overrides (MhDb *db, const char *prescription_id, GError **error)
{
  return mh_store_select (db, &mh_drug_override_type,
                          mh_sql_select (&mh_drug_override_type, sql_overrides),
                          MH_ARGS (MH_TEXT (prescription_id)), error);
}

GPtrArray *
mh_drugs_store_favourites (MhDb *db,
                           const char *doctor_id,
                           const char *after,
                           guint limit,
                           GError **error)
{
  return mh_store_select (db, &mh_drug_favourite_type,
                          mh_sql_select (&mh_drug_favourite_type, sql_favourites),
                          MH_ARGS (MH_TEXT (doctor_id), MH_TEXT (after), MH_INT (limit)), error);
}

gboolean
mh_drugs_store_sums (MhDb *db, const MhDrugsRange *range, gint64 out_sums[4], GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_sums,
      MH_ARGS (MH_INT (range->from), MH_INT (range->to), MH_TEXT (range->hospital_id)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    out_sums[i] = mh_rows_int (rows, i);
  return TRUE;
}

GPtrArray *
mh_drugs_store_rows (MhDb *db, const MhDrugsRange *range, GError **error)
{
  static const guint fields[] = { MH_DRUG_RATE_ROW_CODE, MH_DRUG_RATE_ROW_SEVERITY,
                                  MH_DRUG_RATE_ROW_RULE, MH_DRUG_RATE_ROW_REASON };
  GError *inner = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_rows,
      MH_ARGS (MH_INT (range->from), MH_INT (range->to), MH_TEXT (range->hospital_id)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      MhRecord *row = mh_record_new (&mh_drug_rate_row_type);
      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        mh_record_set_text (row, fields[i], mh_rows_text (rows, i));
      mh_record_set_int (row, MH_DRUG_RATE_ROW_N, mh_rows_int (rows, 4));
      g_ptr_array_add (found, row);
    }

  if (inner == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, inner);
  return NULL;
}
