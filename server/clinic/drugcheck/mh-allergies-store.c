/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/drugcheck/mh-allergies-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

#define REST                                                                                       \
  " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $2 END"                  \
  " AND r.id > $3 AND r.deleted_at IS NULL ORDER BY r.id LIMIT $4"
static const char sql_of_patient[] = "WHERE r.patient_id = $1" REST;
static const char sql_all[] = "WHERE CAST($1 AS text) IS NULL" REST;

GPtrArray *
mh_allergies_store_list (MhDb *db, const MhAllergiesQuery *query, GError **error)
{
  const char *tail = query->patient_id != NULL ? sql_of_patient : sql_all;
  return mh_store_select (db, &mh_allergy_type, mh_sql_select (&mh_allergy_type, tail),
                          MH_ARGS (MH_TEXT (query->patient_id), MH_TEXT (query->hospital_id),
                                   MH_TEXT (query->after_id != NULL ? query->after_id : ""),
                                   MH_INT (query->limit)),
                          error);
}
