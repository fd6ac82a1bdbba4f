/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-merges-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[] = "WHERE r.deleted_at IS NULL"
                               " AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                               " AND (CAST($2 AS text) IS NULL OR r.status = $2)"
                               " AND (CAST($3 AS text) IS NULL OR r.id < $3)"
                               " ORDER BY r.id DESC LIMIT $4";
static const char sql_doubtful[] = "WHERE r.possible_duplicate AND r.deleted_at IS NULL"
                                   " AND r.merged_into IS NULL"
                                   " AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                                   " ORDER BY r.id DESC LIMIT $2";
static const char sql_open[] = "SELECT count (*) FROM patient_merge WHERE status = 'proposed'"
                               " AND (survivor_id IN ($1, $2) OR loser_id IN ($1, $2))";
static const char sql_admissions[]
    = "SELECT count (*) FROM visit WHERE patient_id = $1 AND kind = 'inpatient'"
      " AND status NOT IN ('signed', 'cancelled', 'left') AND deleted_at IS NULL";

GPtrArray *
mh_merges_store_list (MhDb *db,
                      const char *hospital_id,
                      const char *status,
                      const char *after,
                      guint limit,
                      GError **error)
{
  return mh_store_select (
      db, &mh_patient_merge_type, mh_sql_select (&mh_patient_merge_type, sql_list),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (status), MH_TEXT (after), MH_INT (limit)), error);
}

GPtrArray *
mh_merges_store_doubtful (MhDb *db, const char *hospital_id, guint limit, GError **error)
{
  return mh_store_select (db, &mh_patient_type, mh_sql_select (&mh_patient_type, sql_doubtful),
                          MH_ARGS (MH_TEXT (hospital_id), MH_INT (limit)), error);
}

static gboolean
merges_store_count (MhDb *db,
                    const char *sql,
                    const MhArg *args,
                    guint n,
                    gint64 *out_n,
                    GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql, args, n, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_n = mh_rows_int (rows, 0);
  return TRUE;
}

gboolean
mh_merges_store_open (MhDb *db, const char *a, const char *b, gint64 *out_n, GError **error)
{
  return merges_store_count (db, sql_open, MH_ARGS (MH_TEXT (a), MH_TEXT (b)), out_n, error);
}

gboolean
mh_merges_store_admissions (MhDb *db, const char *patient_id, gint64 *out_n, GError **error)
{
  return merges_store_count (db, sql_admissions, MH_ARGS (MH_TEXT (patient_id)), out_n, error);
}
