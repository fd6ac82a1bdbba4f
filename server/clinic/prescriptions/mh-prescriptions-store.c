/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/prescriptions/mh-prescriptions-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_lines[] = "WHERE r.prescription_id = $1 ORDER BY r.sort_order, r.id";

#define FILTERS                                                                                    \
  " AND (CAST($2 AS text) IS NULL OR r.status = $2)"                                               \
  " AND (CAST($3 AS text) IS NULL OR r.hospital_id = $3)"                                          \
  " AND (CAST($4 AS text) IS NULL OR r.number = $4 OR r.patient_mrn = $4)"                         \
  " AND (r.created_at, r.id) < ($5, $6)"                                                           \
  " AND r.deleted_at IS NULL ORDER BY r.created_at DESC, r.id DESC LIMIT $7"
static const char sql_all[] = "WHERE CAST($1 AS text) IS NULL" FILTERS;
static const char sql_of_patient[] = "WHERE r.patient_id = $1" FILTERS;
/* The same conditions as the partial index of the front desk's list. */
static const char sql_waiting[]
    = "WHERE r.status = 'signed' AND r.order_id IS NULL AND r.tests IS NOT NULL AND r.tests <> '[]'"
      " AND (CAST($1 AS text) IS NULL OR r.patient_id = $1)" FILTERS;

GPtrArray *
mh_prescriptions_store_list (MhDb *db, const MhPrescriptionsQuery *query, GError **error)
{
  const char *tail = query->waiting              ? sql_waiting
                     : query->patient_id != NULL ? sql_of_patient
                                                 : sql_all;
  return mh_store_select (
      db, &mh_prescription_type, mh_sql_select (&mh_prescription_type, tail),
      MH_ARGS (MH_TEXT (query->patient_id), MH_TEXT (query->status), MH_TEXT (query->hospital_id),
               MH_TEXT (query->words),
               MH_INT (query->before_id != NULL ? query->before_at : G_MAXINT64),
               MH_TEXT (query->before_id != NULL ? query->before_id : ""), MH_INT (query->limit)),
      error);
}

GPtrArray *
mh_prescriptions_store_lines (MhDb *db, const char *prescription_id, GError **error)
{
  return mh_store_select (db, &mh_prescription_line_type,
                          mh_sql_select (&mh_prescription_line_type, sql_lines),
                          MH_ARGS (MH_TEXT (prescription_id)), error);
}
