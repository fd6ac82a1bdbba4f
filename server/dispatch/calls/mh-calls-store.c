/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/calls/mh-calls-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

#define IF(N, CONDITION)                                                                           \
  " AND CASE WHEN CAST(" N " AS text) IS NULL THEN TRUE ELSE " CONDITION " END"
#define FILTERS                                                                                    \
  IF ("$1", "r.hospital_id = $1")                                                                  \
  IF ("$2", "r.state = $2")                                                                        \
  IF ("$3", "r.priority = $3")                                                                     \
  " AND r.call_at >= $4 AND r.call_at < $5 AND (r.call_at, r.id) < ($6, $7)"                       \
  " AND r.deleted_at IS NULL ORDER BY r.call_at DESC, r.id DESC LIMIT $8"
static const char sql_all[] = "WHERE TRUE" FILTERS;
/* The same condition as the partial index of the queue. */
static const char sql_open[] = "WHERE r.ended_at IS NULL" FILTERS;
#define OPEN_OF " FROM emergency_call WHERE ended_at IS NULL AND deleted_at IS NULL"
static const char sql_hospitals[] = "SELECT DISTINCT hospital_id" OPEN_OF;
static const char sql_owned[]
    = "SELECT owner_id, COUNT (*)" OPEN_OF " AND hospital_id = $1 GROUP BY owner_id";
static const char sql_of_hospital[] = "WHERE r.ended_at IS NULL AND r.deleted_at IS NULL"
                                      " AND r.hospital_id = $1 ORDER BY r.call_at, r.id";
static const char sql_joined[] = "WHERE r.head_id = $1 AND r.ended_at IS NULL ORDER BY r.id";
static const char sql_between[]
    = "WHERE r.hospital_id = $1 AND r.call_at >= $2 AND r.call_at <= $3 AND r.deleted_at IS NULL"
      " ORDER BY r.call_at DESC, r.id DESC LIMIT 500";
static const char sql_callers_between[] = "WHERE r.hospital_id = $1 AND r.at >= $2 AND r.at <= $3"
                                          " ORDER BY r.at DESC, r.id DESC LIMIT 500";
static const char sql_of_call[] = "WHERE r.call_id = $1 AND (r.at, r.id) < ($2, $3)"
                                  " ORDER BY r.at DESC, r.id DESC LIMIT $4";
static const char sql_n_joined[]
    = "SELECT COUNT (*) FROM emergency_call WHERE head_id = $1 AND ended_at IS NULL";

static const char sql_protocols[] = "WHERE r.id > $2" IF (
    "$1",
    "r.hospital_id = $1") " AND r.deleted_at IS NULL ORDER BY r.id LIMIT $3";
static const char sql_protocol[] = "WHERE r.hospital_id = $1 AND CASE WHEN CAST($2 AS text) IS NULL"
                                   " THEN r.active ELSE r.edition = $2 END LIMIT 1";

GPtrArray *
mh_calls_store_list (MhDb *db, const MhCallsQuery *query, GError **error)
{
  gboolean first = query->page.id == NULL;
  return mh_store_select (
      db, &mh_emergency_call_type,
      mh_sql_select (&mh_emergency_call_type, query->open ? sql_open : sql_all),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->state), MH_TEXT (query->priority),
               MH_INT (query->from), MH_INT (query->to != 0 ? query->to : G_MAXINT64),
               MH_INT (first ? G_MAXINT64 : query->page.at), MH_TEXT (first ? "" : query->page.id),
               MH_INT (query->page.limit)),
      error);
}

GPtrArray *
mh_calls_store_between (MhDb *db, const char *hospital_id, gint64 from, gint64 to, GError **error)
{
  return mh_store_select (db, &mh_emergency_call_type,
                          mh_sql_select (&mh_emergency_call_type, sql_between),
                          MH_ARGS (MH_TEXT (hospital_id), MH_INT (from), MH_INT (to)), error);
}

GPtrArray *
mh_calls_store_callers_between (MhDb *db,
                                const char *hospital_id,
                                gint64 from,
                                gint64 to,
                                GError **error)
{
  return mh_store_select (db, &mh_emergency_caller_type,
                          mh_sql_select (&mh_emergency_caller_type, sql_callers_between),
                          MH_ARGS (MH_TEXT (hospital_id), MH_INT (from), MH_INT (to)), error);
}

static GPtrArray *
calls_store_of (MhDb *db,
                const MhRecordType *type,
                const char *call_id,
                MhListPage page,
                GError **error)
{
  gboolean first = page.id == NULL;
  return mh_store_select (db, type, mh_sql_select (type, sql_of_call),
                          MH_ARGS (MH_TEXT (call_id), MH_INT (first ? G_MAXINT64 : page.at),
                                   MH_TEXT (first ? "" : page.id), MH_INT (page.limit)),
                          error);
}

GPtrArray *
mh_calls_store_callers (MhDb *db, const char *call_id, MhListPage page, GError **error)
{
  return calls_store_of (db, &mh_emergency_caller_type, call_id, page, error);
}

GPtrArray *
mh_calls_store_events (MhDb *db, const char *call_id, MhListPage page, GError **error)
{
  return calls_store_of (db, &mh_emergency_event_type, call_id, page, error);
}

gint64
mh_calls_store_n_joined (MhDb *db, const char *call_id, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_n_joined, MH_ARGS (MH_TEXT (call_id)), error);
  return rows != NULL && mh_rows_next (rows, error) ? mh_rows_int (rows, 0) : -1;
}

GPtrArray *
mh_calls_store_open (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_emergency_call_type,
                          mh_sql_select (&mh_emergency_call_type, sql_of_hospital),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

GPtrArray *
mh_calls_store_joined (MhDb *db, const char *head_id, GError **error)
{
  return mh_store_select (db, &mh_emergency_call_type,
                          mh_sql_select (&mh_emergency_call_type, sql_joined),
                          MH_ARGS (MH_TEXT (head_id)), error);
}

GPtrArray *
mh_calls_store_hospitals (MhDb *db, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_hospitals, MH_NO_ARGS, error);
  while (rows != NULL && mh_rows_next (rows, &failure))
    g_ptr_array_add (ids, g_strdup (mh_rows_text (rows, 0)));
  if (rows != NULL && failure == NULL)
    return g_steal_pointer (&ids);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return NULL;
}

GHashTable *
mh_calls_store_owned (MhDb *db, const char *hospital_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GHashTable) owned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_owned, MH_ARGS (MH_TEXT (hospital_id)), error);
  while (rows != NULL && mh_rows_next (rows, &failure))
    if (mh_rows_text (rows, 0) != NULL)
      g_hash_table_insert (owned, g_strdup (mh_rows_text (rows, 0)),
                           GINT_TO_POINTER ((int)mh_rows_int (rows, 1)));
  if (rows != NULL && failure == NULL)
    return g_steal_pointer (&owned);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return NULL;
}

GPtrArray *
mh_protocols_store_list (MhDb *db,
                         const char *hospital_id,
                         const char *after,
                         guint limit,
                         GError **error)
{
  return mh_store_select (
      db, &mh_dispatch_protocol_type, mh_sql_select (&mh_dispatch_protocol_type, sql_protocols),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (after != NULL ? after : ""), MH_INT (limit)), error);
}

MhRecord *
mh_protocols_store_find (MhDb *db, const char *hospital_id, const char *edition, GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (
      db, &mh_dispatch_protocol_type, mh_sql_select (&mh_dispatch_protocol_type, sql_protocol),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (edition)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}
