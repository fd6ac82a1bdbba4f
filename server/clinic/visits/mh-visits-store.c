/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/visits/mh-visits-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

#define IF(N, CONDITION)                                                                           \
  " AND CASE WHEN CAST(" N " AS text) IS NULL THEN TRUE ELSE " CONDITION " END"
#define FILTERS                                                                                    \
  IF ("$1", "r.hospital_id = $1")                                                                  \
  IF ("$2", "r.doctor_id = $2")                                                                    \
  IF ("$3", "r.department_id = $3")                                                                \
  IF ("$4", "r.kind = $4")                                                                         \
  IF ("$5", "r.status = $5")                                                                       \
  " AND r.arrived_at >= $6 AND r.arrived_at < $7 AND (r.arrived_at, r.id) < ($8, $9)"              \
  " AND r.deleted_at IS NULL ORDER BY r.arrived_at DESC, r.id DESC LIMIT $10"
static const char sql_all[] = "WHERE CAST($11 AS text) IS NULL" FILTERS;
static const char sql_of_patient[] = "WHERE r.patient_id = $11" FILTERS;
/* The same condition as the partial index of the boards. */
static const char sql_open[]
    = "WHERE r.status IN ('registered', 'nurse_assessed', 'with_physician', 'disposition')" IF (
        "$11",
        "r.patient_id = $11") FILTERS;
static const char sql_of_appointment[]
    = "WHERE r.appointment_id = $1 AND r.status <> 'cancelled' AND r.deleted_at IS NULL LIMIT 1";

#define NEWEST(AT)                                                                                 \
  IF ("$2", "r.hospital_id = $2")                                                                  \
  " AND (" AT ", r.id) < ($3, $4) AND r.deleted_at IS NULL ORDER BY " AT " DESC, r.id DESC LIMIT " \
  "$5"
static const char sql_vitals_of_patient[] = "WHERE r.patient_id = $1" NEWEST ("r.taken_at");
static const char sql_vitals_of_visit[] = "WHERE r.visit_id = $1" NEWEST ("r.taken_at");
static const char sql_fluids[] = "WHERE r.visit_id = $1" NEWEST ("r.at");
static const char sql_latest[]
    = "WHERE r.patient_id = $1 AND r.struck_at IS NULL AND r.deleted_at IS NULL"
      " AND CASE $2 WHEN 'weight_kg' THEN r.weight_kg IS NOT NULL"
      " WHEN 'height_cm' THEN r.height_cm IS NOT NULL"
      " WHEN 'temperature_c' THEN r.temperature_c IS NOT NULL"
      " WHEN 'glucose_mg' THEN r.glucose_mg IS NOT NULL"
      " WHEN 'systolic' THEN r.systolic IS NOT NULL"
      " WHEN 'pulse' THEN r.pulse IS NOT NULL"
      " WHEN 'spo2' THEN r.spo2 IS NOT NULL"
      " WHEN 'news2' THEN r.news2 IS NOT NULL ELSE TRUE END"
      " ORDER BY r.taken_at DESC, r.id DESC LIMIT 1";

GPtrArray *
mh_visits_store_list (MhDb *db, const MhVisitsQuery *query, GError **error)
{
  gboolean first = query->before_id == NULL;
  const char *tail = query->open ? sql_open : query->patient_id != NULL ? sql_of_patient : sql_all;
  return mh_store_select (db, &mh_visit_type, mh_sql_select (&mh_visit_type, tail),
                          MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->doctor_id),
                                   MH_TEXT (query->department_id), MH_TEXT (query->kind),
                                   MH_TEXT (query->status), MH_INT (query->from),
                                   MH_INT (query->to != 0 ? query->to : G_MAXINT64),
                                   MH_INT (first ? G_MAXINT64 : query->before_at),
                                   MH_TEXT (first ? "" : query->before_id), MH_INT (query->limit),
                                   MH_TEXT (query->patient_id)),
                          error);
}

/* The only one of @found, which is taken; NULL when it is empty. */
static MhRecord *
visits_store_first_of (GPtrArray *taken)
{
  g_autoptr (GPtrArray) found = taken;
  return found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

gboolean
mh_visits_store_of_appointment (MhDb *db,
                                const char *appointment_id,
                                MhRecord **out_visit,
                                GError **error)
{
  GPtrArray *found
      = mh_store_select (db, &mh_visit_type, mh_sql_select (&mh_visit_type, sql_of_appointment),
                         MH_ARGS (MH_TEXT (appointment_id)), error);
  if (found == NULL)
    return FALSE;
  *out_visit = visits_store_first_of (found);
  return TRUE;
}

GPtrArray *
mh_vitals_store_list (MhDb *db,
                      const char *hospital_id,
                      const char *patient_id,
                      const char *visit_id,
                      MhListPage page,
                      GError **error)
{
  gboolean first = page.id == NULL;
  const char *tail = visit_id != NULL ? sql_vitals_of_visit : sql_vitals_of_patient;
  return mh_store_select (db, &mh_vitals_type, mh_sql_select (&mh_vitals_type, tail),
                          MH_ARGS (MH_TEXT (visit_id != NULL ? visit_id : patient_id),
                                   MH_TEXT (hospital_id), MH_INT (first ? G_MAXINT64 : page.at),
                                   MH_TEXT (first ? "" : page.id), MH_INT (page.limit)),
                          error);
}

GPtrArray *
mh_fluids_store_list (MhDb *db,
                      const char *hospital_id,
                      const char *visit_id,
                      MhListPage page,
                      GError **error)
{
  gboolean first = page.id == NULL;
  return mh_store_select (db, &mh_fluid_type, mh_sql_select (&mh_fluid_type, sql_fluids),
                          MH_ARGS (MH_TEXT (visit_id), MH_TEXT (hospital_id),
                                   MH_INT (first ? G_MAXINT64 : page.at),
                                   MH_TEXT (first ? "" : page.id), MH_INT (page.limit)),
                          error);
}

MhRecord *
mh_vitals_store_latest (MhDb *db, const char *patient_id, const char *column, GError **error)
{
  GPtrArray *found
      = mh_store_select (db, &mh_vitals_type, mh_sql_select (&mh_vitals_type, sql_latest),
                         MH_ARGS (MH_TEXT (patient_id), MH_TEXT (column)), error);
  return found != NULL ? visits_store_first_of (found) : NULL;
}
