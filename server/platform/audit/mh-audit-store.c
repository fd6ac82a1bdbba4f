/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/audit/mh-audit-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

/* One text for each way in, so that each uses its index. */
#define REST                                                                                       \
  " AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"                                          \
  " AND (CAST($2 AS text) IS NULL OR r.object_type = $2)"                                          \
  " AND (CAST($7 AS text) IS NULL OR r.verb = $7)"                                                 \
  " AND r.at >= $3 AND r.at < $4 AND r.seq < $5 ORDER BY r.seq DESC LIMIT $6"
/* Each of the three by its own index: an OR of them would read the whole trail on PostgreSQL. What
 * concerns a patient is indexed in blocks of the sequence (migration 0051), and a patient's own
 * entries by their patient_id alone. */
#define BLOCKS                                                                                     \
  "WITH RECURSIVE b (n) AS (SELECT max(s.seq) / 16384 FROM audit_entry s"                          \
  " UNION ALL SELECT n - 1 FROM b WHERE n > 0) "
#define OF_OBJECT                                                                                  \
  "r.id IN (" BLOCKS                                                                               \
  "SELECT o.id FROM audit_entry o WHERE o.object_id = $8 AND o.object_type <> 'patient'"           \
  " UNION SELECT p.id FROM audit_entry p"                                                          \
  " WHERE p.seq / 16384 IN (SELECT n FROM b) AND p.patient_id = $8"                                \
  " UNION SELECT q.id FROM patient m CROSS JOIN audit_entry q"                                     \
  " WHERE m.merged_into = $8 AND q.seq / 16384 IN (SELECT n FROM b) AND q.patient_id = m.id)"
static const char sql_all[] = "WHERE 1 = 1" REST;
static const char sql_of_object[] = "WHERE " OF_OBJECT REST;
static const char sql_of_user[] = "WHERE r.user_id = $8" REST;
static const char sql_of_both[] = "WHERE " OF_OBJECT " AND r.user_id = $9" REST;
static const char sql_walk[] = "WHERE r.seq > $1 ORDER BY r.seq LIMIT $2";
static const char sql_written[] = "SELECT audit_seq, audit_head FROM write_lane WHERE id = 1";
static const char sql_head[] = "ORDER BY r.seq DESC LIMIT 1";

GPtrArray *
mh_audit_store_list (MhDb *db, const MhAuditQuery *query, GError **error)
{
  const char *tail = sql_all;
  MhArg args[9] = { MH_TEXT (query->hospital_id),
                    MH_TEXT (query->object_type),
                    MH_INT (query->from),
                    MH_INT (query->to > 0 ? query->to : G_MAXINT64),
                    MH_INT (query->before > 0 ? query->before : G_MAXINT64),
                    MH_INT (query->limit),
                    MH_TEXT (query->verb) };
  guint n = 7;

  if (query->object_id != NULL)
    args[n++] = MH_TEXT (query->object_id);
  if (query->user_id != NULL)
    args[n++] = MH_TEXT (query->user_id);
  if (query->object_id != NULL)
    tail = query->user_id != NULL ? sql_of_both : sql_of_object;
  else if (query->user_id != NULL)
    tail = sql_of_user;

  return mh_store_select (db, &mh_audit_entry_type, mh_sql_select (&mh_audit_entry_type, tail),
                          args, n, error);
}

GPtrArray *
mh_audit_store_walk (MhDb *db, gint64 after, guint limit, GError **error)
{
  return mh_store_select (db, &mh_audit_entry_type, mh_sql_select (&mh_audit_entry_type, sql_walk),
                          MH_ARGS (MH_INT (after), MH_INT (limit)), error);
}

MhRecord *
mh_audit_store_head (MhDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = mh_store_select (
      db, &mh_audit_entry_type, mh_sql_select (&mh_audit_entry_type, sql_head), MH_NO_ARGS, error);
  return rows != NULL && rows->len > 0 ? g_object_ref (g_ptr_array_index (rows, 0)) : NULL;
}

gboolean
mh_audit_store_written (MhDb *db, gint64 *out_seq, char **out_hash, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_written, MH_NO_ARGS, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_seq = mh_rows_int (rows, 0);
  *out_hash = g_strdup (mh_rows_text (rows, 1));
  return TRUE;
}
