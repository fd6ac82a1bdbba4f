/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/critical/mh-critical-store.h"

#include "shared/records/lab/mh-critical.h"
#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                               " AND (CAST($2 AS text) IS NULL OR r.state = $2)"
                               " AND (CAST($3 AS text) IS NULL OR r.department_id = $3)"
                               " AND (CAST($4 AS text) IS NULL OR r.order_id = $4)"
                               " AND (r.opened_at, r.id) < ($5, $6) AND r.deleted_at IS NULL"
                               " ORDER BY r.opened_at DESC, r.id DESC LIMIT $7";
static const char sql_of_order[]
    = "WHERE r.order_id = $1 AND r.deleted_at IS NULL ORDER BY r.opened_at, r.id";
static const char sql_calls[] = "WHERE r.item_id = $1 ORDER BY r.at, r.id";
static const char sql_of_result[] = "WHERE r.result_id = $1 AND r.deleted_at IS NULL"
                                    " ORDER BY r.opened_at DESC, r.id DESC LIMIT 1";
static const char sql_opened[]
    = "WHERE r.opened_at >= $2 AND r.opened_at < $3"
      " AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1) AND r.deleted_at IS NULL"
      " ORDER BY r.opened_at, r.id";
/* Whoever treats patients; pattern $2 is lower case already. */
static const char sql_clinicians[]
    = "SELECT u.id, u.name, u.designation, u.phone, d.name, d.id FROM app_user u"
      " LEFT JOIN department d ON d.id = u.department_id"
      " WHERE u.active AND u.deleted_at IS NULL"
      " AND (CAST($1 AS text) IS NULL OR u.hospital_id = $1)"
      " AND (u.roles LIKE '%\"doctor\"%' OR u.roles LIKE '%\"nurse\"%'"
      "  OR u.roles LIKE '%\"director\"%' OR u.roles LIKE '%\"pathologist\"%')"
      " AND (CAST($2 AS text) IS NULL OR lower (u.name) LIKE $2)"
      " AND (CAST($3 AS text) IS NULL OR (u.name, u.id) >"
      "  (SELECT a.name, a.id FROM app_user a WHERE a.id = $3))"
      " ORDER BY u.name, u.id LIMIT $4";
static const char sql_people[]
    = "WHERE r.active AND r.deleted_at IS NULL AND r.hospital_id = $1 AND r.roles LIKE $2"
      " AND (CAST($3 AS text) IS NULL OR r.department_id = $3)"
      " AND CASE WHEN $4 THEN COALESCE (r.on_shift, FALSE) ELSE TRUE END ORDER BY r.name, r.id";

GPtrArray *
mh_critical_store_list (MhDb *db, const MhCriticalQuery *query, GError **error)
{
  gboolean first = query->before_id == NULL;
  return mh_store_select (
      db, &mh_critical_item_type, mh_sql_select (&mh_critical_item_type, sql_list),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->state), MH_TEXT (query->department_id),
               MH_TEXT (query->order_id), MH_INT (first ? G_MAXINT64 : query->before_at),
               MH_TEXT (first ? "" : query->before_id), MH_INT (query->limit)),
      error);
}

GPtrArray *
mh_critical_store_of_order (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_select (db, &mh_critical_item_type,
                          mh_sql_select (&mh_critical_item_type, sql_of_order),
                          MH_ARGS (MH_TEXT (order_id)), error);
}

GPtrArray *
mh_critical_store_calls (MhDb *db, const char *item_id, GError **error)
{
  return mh_store_select (db, &mh_critical_call_type,
                          mh_sql_select (&mh_critical_call_type, sql_calls),
                          MH_ARGS (MH_TEXT (item_id)), error);
}

MhRecord *
mh_critical_store_of_result (MhDb *db, const char *result_id, GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (
      db, &mh_critical_item_type, mh_sql_select (&mh_critical_item_type, sql_of_result),
      MH_ARGS (MH_TEXT (result_id)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

GPtrArray *
mh_critical_store_opened (MhDb *db, const char *hospital_id, gint64 from, gint64 to, GError **error)
{
  return mh_store_select (db, &mh_critical_item_type,
                          mh_sql_select (&mh_critical_item_type, sql_opened),
                          MH_ARGS (MH_TEXT (hospital_id), MH_INT (from), MH_INT (to)), error);
}

/* "%", "_" and "\" of a name stand for nothing else than themselves; they are not in names. */
static char *
pattern_of (const char *q)
{
  if (q == NULL || *q == '\0')
    return NULL;
  g_autofree char *lower = g_utf8_strdown (q, -1);
  g_strdelimit (lower, "%_\\", ' ');
  return g_strdup_printf ("%%%s%%", g_strstrip (lower));
}

GPtrArray *
mh_critical_store_clinicians (MhDb *db,
                              const char *hospital_id,
                              const char *q,
                              const char *after,
                              guint limit,
                              GError **error)
{
  g_autofree char *pattern = pattern_of (q);
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_clinicians,
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (pattern), MH_TEXT (after), MH_INT (limit)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    {
      MhRecord *clinician = mh_record_new (&mh_clinician_type);
      for (guint i = 0; i < MH_CLINICIAN_N_FIELDS; i++)
        mh_record_set_text (clinician, i, mh_rows_text (rows, i));
      g_ptr_array_add (found, clinician);
    }

  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}

GPtrArray *
mh_critical_store_people (MhDb *db,
                          const char *hospital_id,
                          const char *role,
                          const char *department_id,
                          gboolean on_shift,
                          GError **error)
{
  g_autofree char *pattern = g_strdup_printf ("%%\"%s\"%%", role);
  return mh_store_select (db, &mh_user_type, mh_sql_select (&mh_user_type, sql_people),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (pattern),
                                   MH_TEXT (department_id), MH_BOOL (on_shift)),
                          error);
}
