/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/alerts/mh-alerts-store.h"

#include "shared/records/messages/mh-alert.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[]
    = "WHERE (CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $1 END)"
      " AND (CASE WHEN r.user_id IS NOT NULL THEN r.user_id = $2"
      " WHEN $3 LIKE '%|' || r.kind || '|%' THEN TRUE"
      " ELSE r.escalated_at IS NOT NULL AND $4 LIKE '%|' || r.kind || '|%' END)"
      " AND (CASE $5 WHEN 'all' THEN TRUE WHEN 'active' THEN r.cleared_at IS NULL"
      " ELSE r.status = 'open' END)"
      " AND (CASE WHEN CAST($6 AS text) IS NULL THEN TRUE ELSE r.kind = $6 END)"
      " AND (CASE WHEN CAST($7 AS text) IS NULL THEN TRUE ELSE r.severity = $7 END)"
      " AND (CASE WHEN CAST($8 AS text) IS NULL THEN TRUE ELSE r.bench = $8 END)"
      " AND (r.raised_at, r.id) < ($9, $10) AND r.deleted_at IS NULL"
      " ORDER BY r.raised_at DESC, r.id DESC LIMIT $11";
static const char sql_active[] = "WHERE r.dedupe_key = $1 AND r.cleared_at IS NULL";
static const char sql_below[] = "WHERE r.dedupe_key >= $1 AND r.dedupe_key < $2"
                                " AND r.cleared_at IS NULL ORDER BY r.dedupe_key LIMIT $3";
static const char sql_unseen[]
    = "WHERE r.cleared_at IS NULL AND r.status = 'open' AND r.kind = $1 AND r.raised_at < $2"
      " AND r.escalated_at IS NULL ORDER BY r.raised_at, r.id LIMIT $3";
static const char sql_slept[]
    = "WHERE r.cleared_at IS NULL AND r.status = 'snoozed' AND r.snoozed_until <= $1"
      " ORDER BY r.raised_at, r.id LIMIT $2";
static const char sql_purge[] = "DELETE FROM alert WHERE cleared_at < $1";

GPtrArray *
mh_alerts_store_list (MhDb *db, const MhAlertsQuery *query, GError **error)
{
  gboolean first = query->before_id == NULL;
  return mh_store_select (
      db, &mh_alert_type, mh_sql_select (&mh_alert_type, sql_list),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->user_id), MH_TEXT (query->kinds),
               MH_TEXT (query->escalated),
               MH_TEXT (query->state != NULL ? query->state : MH_ALERT_STATE_OPEN),
               MH_TEXT (query->kind), MH_TEXT (query->severity), MH_TEXT (query->bench),
               MH_INT (first ? G_MAXINT64 : query->before_at),
               MH_TEXT (first ? "" : query->before_id), MH_INT (query->limit)),
      error);
}

MhRecord *
mh_alerts_store_active (MhDb *db, const char *dedupe_key, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_alert_type, mh_sql_select (&mh_alert_type, sql_active),
                         MH_ARGS (MH_TEXT (dedupe_key)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

GPtrArray *
mh_alerts_store_active_below (MhDb *db, const char *prefix, guint limit, GError **error)
{
  /* keys are ASCII: nothing that begins so sorts behind this */
  g_autofree char *end = g_strconcat (prefix, "\x7f", NULL);
  return mh_store_select (db, &mh_alert_type, mh_sql_select (&mh_alert_type, sql_below),
                          MH_ARGS (MH_TEXT (prefix), MH_TEXT (end), MH_INT (limit)), error);
}

GPtrArray *
mh_alerts_store_unseen (MhDb *db, const char *kind, gint64 before, guint limit, GError **error)
{
  return mh_store_select (db, &mh_alert_type, mh_sql_select (&mh_alert_type, sql_unseen),
                          MH_ARGS (MH_TEXT (kind), MH_INT (before), MH_INT (limit)), error);
}

GPtrArray *
mh_alerts_store_slept (MhDb *db, gint64 now, guint limit, GError **error)
{
  return mh_store_select (db, &mh_alert_type, mh_sql_select (&mh_alert_type, sql_slept),
                          MH_ARGS (MH_INT (now), MH_INT (limit)), error);
}

gint64
mh_alerts_store_purge (MhTx *tx, gint64 before, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_purge, MH_ARGS (MH_INT (before)), error);
}
