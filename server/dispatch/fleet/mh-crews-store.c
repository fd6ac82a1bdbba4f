/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/fleet/mh-crews-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

#define OF_HOSPITAL " CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $1 END"
#define OF_UNIT " AND CASE WHEN CAST($5 AS text) IS NULL THEN TRUE ELSE r.unit_id = $5 END"
#define NEWEST OF_UNIT " AND r.deleted_at IS NULL ORDER BY r.began_at DESC, r.id DESC LIMIT $4"
static const char sql_shifts[] = "WHERE" OF_HOSPITAL " AND (r.began_at, r.id) < ($2, $3)" NEWEST;
static const char sql_open[]
    = "WHERE r.ended_at IS NULL AND" OF_HOSPITAL " AND (r.began_at, r.id) < ($2, $3)" NEWEST;
/* A role's code holds no character that LIKE or JSON would read otherwise. */
static const char sql_people[]
    = "WHERE r.active AND r.deleted_at IS NULL AND" OF_HOSPITAL
      " AND EXISTS (SELECT 1 FROM role o WHERE o.deleted_at IS NULL"
      " AND r.roles LIKE '%\"' || o.code || '\"%'"
      " AND (o.permissions LIKE $2 OR o.permissions LIKE $3)) ORDER BY r.name, r.id LIMIT 500";
static const char sql_on_unit[] = "WHERE r.unit_id = $1 AND r.ended_at IS NULL"
                                  " AND r.deleted_at IS NULL ORDER BY r.id";
static const char sql_of_person[] = "WHERE r.user_id = $1 AND r.ended_at IS NULL"
                                    " AND r.deleted_at IS NULL LIMIT 1";
static const char sql_all[]
    = "WHERE" OF_HOSPITAL " AND r.id > $2 AND r.deleted_at IS NULL ORDER BY r.id LIMIT $3";
static const char sql_of_unit[] = "WHERE r.unit_id = $1 AND r.at >= $2 AND r.at < $3"
                                  " AND (r.at, r.id) < ($4, $5)"
                                  " ORDER BY r.at DESC, r.id DESC LIMIT $6";

GPtrArray *
mh_crews_store_shifts (MhDb *db,
                       const char *hospital_id,
                       const char *unit_id,
                       gboolean open,
                       MhListPage page,
                       GError **error)
{
  gboolean first = page.id == NULL;
  return mh_store_select (
      db, &mh_crew_shift_type, mh_sql_select (&mh_crew_shift_type, open ? sql_open : sql_shifts),
      MH_ARGS (MH_TEXT (hospital_id), MH_INT (first ? G_MAXINT64 : page.at),
               MH_TEXT (first ? "" : page.id), MH_INT (page.limit), MH_TEXT (unit_id)),
      error);
}

GPtrArray *
mh_crews_store_people (MhDb *db,
                       const char *hospital_id,
                       const char *const rights[2],
                       GError **error)
{
  g_autofree char *one = g_strconcat ("%\"", rights[0], "\"%", NULL);
  g_autofree char *other = g_strconcat ("%\"", rights[1], "\"%", NULL);
  return mh_store_select (db, &mh_user_type, mh_sql_select (&mh_user_type, sql_people),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (one), MH_TEXT (other)), error);
}

GPtrArray *
mh_crews_store_on_unit (MhDb *db, const char *unit_id, GError **error)
{
  return mh_store_select (db, &mh_crew_shift_type, mh_sql_select (&mh_crew_shift_type, sql_on_unit),
                          MH_ARGS (MH_TEXT (unit_id)), error);
}

MhRecord *
mh_crews_store_of_person (MhDb *db, const char *user_id, GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (db, &mh_crew_shift_type,
                                                 mh_sql_select (&mh_crew_shift_type, sql_of_person),
                                                 MH_ARGS (MH_TEXT (user_id)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

GPtrArray *
mh_crews_store_all (MhDb *db,
                    const MhRecordType *type,
                    const char *hospital_id,
                    const char *after,
                    guint limit,
                    GError **error)
{
  return mh_store_select (
      db, type, mh_sql_select (type, sql_all),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (after != NULL ? after : ""), MH_INT (limit)), error);
}

GPtrArray *
mh_crews_store_of_unit (MhDb *db,
                        const MhRecordType *type,
                        const char *unit_id,
                        gint64 from,
                        gint64 to,
                        MhListPage page,
                        GError **error)
{
  gboolean first = page.id == NULL;
  return mh_store_select (db, type, mh_sql_select (type, sql_of_unit),
                          MH_ARGS (MH_TEXT (unit_id), MH_INT (from),
                                   MH_INT (to != 0 ? to : G_MAXINT64),
                                   MH_INT (first ? G_MAXINT64 : page.at),
                                   MH_TEXT (first ? "" : page.id), MH_INT (page.limit)),
                          error);
}
