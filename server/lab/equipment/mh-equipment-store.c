/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/equipment/mh-equipment-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_find[] = "WHERE r.hospital_id = $1 AND r.code = $2 AND r.deleted_at IS NULL";
static const char sql_on_bench[]
    = "WHERE r.hospital_id = $1 AND r.bench = $2 AND r.kind = 'analyser' AND r.state <> 'retired'"
      " AND r.deleted_at IS NULL ORDER BY r.code";
static const char sql_all[] = "WHERE r.deleted_at IS NULL ORDER BY r.id";
static const char sql_plans[]
    = "WHERE r.equipment_id = $1 AND r.deleted_at IS NULL ORDER BY r.kind, r.name, r.id";
static const char sql_events[] = "WHERE r.equipment_id = $1 AND (r.at, r.id) < ($2, $3)"
                                 " ORDER BY r.at DESC, r.id DESC LIMIT $4";
static const char sql_runs[]
    = "SELECT count (*) FROM result WHERE instrument = $1 AND entered_at > $2"
      " AND hospital_id = $3 AND deleted_at IS NULL";

MhRecord *
mh_equipment_store_find (MhDb *db, const char *hospital_id, const char *code, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_equipment_type, mh_sql_select (&mh_equipment_type, sql_find),
                         MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (code)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

void
mh_equipment_store_on_bench_prefetch (MhDb *db, const char *hospital_id, const char *bench)
{
  mh_db_prefetch (db, mh_sql_select (&mh_equipment_type, sql_on_bench),
                  MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (bench)));
}

GPtrArray *
mh_equipment_store_on_bench (MhDb *db, const char *hospital_id, const char *bench, GError **error)
{
  return mh_store_select (db, &mh_equipment_type, mh_sql_select (&mh_equipment_type, sql_on_bench),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (bench)), error);
}

GPtrArray *
mh_equipment_store_all (MhDb *db, GError **error)
{
  return mh_store_select (db, &mh_equipment_type, mh_sql_select (&mh_equipment_type, sql_all),
                          MH_NO_ARGS, error);
}

GPtrArray *
mh_equipment_store_plans (MhDb *db, const char *equipment_id, GError **error)
{
  return mh_store_select (db, &mh_equipment_plan_type,
                          mh_sql_select (&mh_equipment_plan_type, sql_plans),
                          MH_ARGS (MH_TEXT (equipment_id)), error);
}

GPtrArray *
mh_equipment_store_events (MhDb *db, const char *equipment_id, MhListPage page, GError **error)
{
  gboolean first = page.id == NULL;
  return mh_store_select (db, &mh_equipment_event_type,
                          mh_sql_select (&mh_equipment_event_type, sql_events),
                          MH_ARGS (MH_TEXT (equipment_id), MH_INT (first ? G_MAXINT64 : page.at),
                                   MH_TEXT (first ? "" : page.id), MH_INT (page.limit)),
                          error);
}

gint64
mh_equipment_store_runs (MhDb *db,
                         const char *hospital_id,
                         const char *code,
                         gint64 since,
                         GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_runs, MH_ARGS (MH_TEXT (code), MH_INT (since), MH_TEXT (hospital_id)), error);
  return rows != NULL && mh_rows_next (rows, error) ? mh_rows_int (rows, 0) : -1;
}
