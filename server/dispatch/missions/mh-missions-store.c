/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/missions/mh-missions-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

#define IF(N, CONDITION)                                                                           \
  " AND CASE WHEN CAST(" N " AS text) IS NULL THEN TRUE ELSE " CONDITION " END"
#define FILTERS                                                                                    \
  IF ("$1", "r.hospital_id = $1")                                                                  \
  IF ("$2", "r.call_id = $2")                                                                      \
  IF ("$3", "r.unit_id = $3")                                                                      \
  IF ("$4", "r.crew_ids LIKE '%\"' || $4 || '\"%'")                                                \
  " AND (r.assigned_at, r.id) < ($5, $6) AND r.deleted_at IS NULL"                                 \
  " ORDER BY r.assigned_at DESC, r.id DESC LIMIT $7"
static const char sql_all[] = "WHERE r.assigned_at IS NOT NULL" FILTERS;
static const char sql_open[] = "WHERE r.ended_at IS NULL" FILTERS;
static const char sql_of_call[]
    = "WHERE r.call_id = $1 AND r.deleted_at IS NULL ORDER BY r.assigned_at, r.id";
static const char sql_of_unit[]
    = "WHERE r.unit_id = $1 AND r.ended_at IS NULL AND r.deleted_at IS NULL LIMIT 1";
static const char sql_of_hospital[]
    = "WHERE r.hospital_id = $1 AND r.ended_at IS NULL AND r.deleted_at IS NULL ORDER BY r.id";
static const char sql_events[] = "WHERE r.mission_id = $1 AND (r.at, r.id) < ($2, $3)"
                                 " ORDER BY r.at DESC, r.id DESC LIMIT $4";
static const char sql_loads[]
    = "SELECT m.unit_id, COUNT (*) FROM mission m WHERE m.hospital_id = $1 AND m.assigned_at >="
      " (SELECT MIN (s.began_at) FROM crew_shift s WHERE s.unit_id = m.unit_id"
      " AND s.ended_at IS NULL AND s.deleted_at IS NULL) GROUP BY m.unit_id";

GPtrArray *
mh_missions_store_list (MhDb *db, const MhMissionsQuery *query, GError **error)
{
  gboolean first = query->page.id == NULL;
  return mh_store_select (
      db, &mh_mission_type, mh_sql_select (&mh_mission_type, query->open ? sql_open : sql_all),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->call_id), MH_TEXT (query->unit_id),
               MH_TEXT (query->crew_id), MH_INT (first ? G_MAXINT64 : query->page.at),
               MH_TEXT (first ? "" : query->page.id), MH_INT (query->page.limit)),
      error);
}

GPtrArray *
mh_missions_store_of_call (MhDb *db, const char *call_id, GError **error)
{
  return mh_store_select (db, &mh_mission_type, mh_sql_select (&mh_mission_type, sql_of_call),
                          MH_ARGS (MH_TEXT (call_id)), error);
}

MhRecord *
mh_missions_store_of_unit (MhDb *db, const char *unit_id, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_mission_type, mh_sql_select (&mh_mission_type, sql_of_unit),
                         MH_ARGS (MH_TEXT (unit_id)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

GPtrArray *
mh_missions_store_events (MhDb *db, const char *mission_id, MhListPage page, GError **error)
{
  gboolean first = page.id == NULL;
  return mh_store_select (db, &mh_mission_event_type,
                          mh_sql_select (&mh_mission_event_type, sql_events),
                          MH_ARGS (MH_TEXT (mission_id), MH_INT (first ? G_MAXINT64 : page.at),
                                   MH_TEXT (first ? "" : page.id), MH_INT (page.limit)),
                          error);
}

GPtrArray *
mh_missions_store_open (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_mission_type, mh_sql_select (&mh_mission_type, sql_of_hospital),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

GPtrArray *
mh_missions_store_shifts (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_crew_shift_type,
                          mh_sql_select (&mh_crew_shift_type, sql_of_hospital),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

GHashTable *
mh_missions_store_loads (MhDb *db, const char *hospital_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GHashTable) loads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_loads, MH_ARGS (MH_TEXT (hospital_id)), error);
  while (rows != NULL && mh_rows_next (rows, &failure))
    g_hash_table_insert (loads, g_strdup (mh_rows_text (rows, 0)),
                         GINT_TO_POINTER ((int)mh_rows_int (rows, 1)));
  if (rows != NULL && failure == NULL)
    return g_steal_pointer (&loads);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return NULL;
}
