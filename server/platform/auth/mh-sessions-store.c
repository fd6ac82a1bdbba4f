/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-sessions-store.h"

#include "shared/records/mh-types.h"
#include "shared/records/people/mh-user.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_session_touch[]
    = "UPDATE session SET last_seen_at = $2, idle_until = $3 "
      "WHERE id = $1 AND (last_seen_at IS NULL OR last_seen_at < $2)";
static const char sql_session_revoke[]
    = "UPDATE session SET revoked_at = $2, changed_at = $2, version = version + 1 "
      "WHERE id = $1 AND revoked_at IS NULL";
static const char sql_session_revoke_user[]
    = "UPDATE session SET revoked_at = $2, changed_at = $2, version = version + 1 "
      "WHERE user_id = $1 AND revoked_at IS NULL AND id <> $3";
static const char sql_session_purge[]
    = "DELETE FROM session WHERE expires_at < $1 OR revoked_at < $1";
static const char sql_session_machines[]
    = "WHERE r.kind = 'machine' AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.id < $2) ORDER BY r.id DESC LIMIT $3";
static const char sql_session_present[]
    = "WHERE r.kind = 'person' AND r.hospital_id = $1 AND r.revoked_at IS NULL"
      " AND r.expires_at > $3 AND r.last_seen_at >= $2 ORDER BY r.user_id, r.id";
static const char sql_session_waiting[]
    = "WHERE r.user_id = $1 AND r.kind = 'machine' AND r.accepted_at IS NULL"
      " AND r.revoked_at IS NULL AND r.expires_at > $2 ORDER BY r.id DESC LIMIT 100";
static const char sql_session_accept[]
    = "UPDATE session SET accepted_at = $2, changed_at = $2, version = version + 1 "
      "WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL";
static const char sql_guard_clear[] = "DELETE FROM login_guard WHERE key = $1";
static const char sql_guard_purge[] = "DELETE FROM login_guard WHERE last_failure_at < $1";
static const char sql_user_logged_in[] = "UPDATE app_user SET last_login_at = $2, failed_logins = "
                                         "0, locked_until = NULL WHERE id = $1";
static const char sql_user_locked[]
    = "UPDATE app_user SET failed_logins = $2, locked_until = $3 WHERE id = $1";
static const char sql_user_rehash[] = "UPDATE app_user SET password_hash = $2 WHERE id = $1";
static const char sql_changed[] = "SELECT c.seq, c.type, c.record_id FROM change c "
                                  "WHERE c.seq > $1 AND c.type IN ('user', 'role') ORDER BY c.seq";

MhRecord *
mh_session_store_find (MhDb *db, const char *token_hash, GError **error)
{
  return mh_store_find (db, &mh_session_type, "token_hash", token_hash, error);
}

gboolean
mh_session_store_touch (MhTx *tx,
                        const char *id,
                        gint64 last_seen,
                        gint64 idle_until,
                        GError **error)
{
  return mh_db_exec_deferred (
      mh_tx_db (tx), sql_session_touch,
      MH_ARGS (MH_TEXT (id), MH_INT (last_seen), idle_until > 0 ? MH_INT (idle_until) : MH_NULL),
      error);
}

gboolean
mh_session_store_revoke (MhTx *tx, const char *id, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_session_revoke,
                     MH_ARGS (MH_TEXT (id), MH_INT (mh_tx_now (tx))), error)
         >= 0;
}

gboolean
mh_session_store_revoke_user (MhTx *tx, const char *user_id, const char *except, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_session_revoke_user,
                     MH_ARGS (MH_TEXT (user_id), MH_INT (mh_tx_now (tx)),
                              MH_TEXT (except != NULL ? except : "")),
                     error)
         >= 0;
}

gint64
mh_session_store_purge (MhTx *tx, gint64 before, GError **error)
{
  gint64 sessions = mh_db_exec (mh_tx_db (tx), sql_session_purge, MH_ARGS (MH_INT (before)), error);
  if (sessions < 0)
    return -1;
  gint64 guards = mh_db_exec (mh_tx_db (tx), sql_guard_purge, MH_ARGS (MH_INT (before)), error);
  return guards < 0 ? -1 : sessions + guards;
}

GPtrArray *
mh_session_store_machines (MhDb *db,
                           const char *hospital_id,
                           const char *before_id,
                           guint limit,
                           GError **error)
{
  return mh_store_select (
      db, &mh_session_type, mh_sql_select (&mh_session_type, sql_session_machines),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (before_id), MH_INT (limit)), error);
}

GPtrArray *
mh_session_store_present (MhDb *db,
                          const char *hospital_id,
                          gint64 since,
                          gint64 now,
                          GError **error)
{
  return mh_store_select (db, &mh_session_type,
                          mh_sql_select (&mh_session_type, sql_session_present),
                          MH_ARGS (MH_TEXT (hospital_id), MH_INT (since), MH_INT (now)), error);
}

GPtrArray *
mh_session_store_waiting (MhDb *db, const char *user_id, gint64 now, GError **error)
{
  return mh_store_select (db, &mh_session_type,
                          mh_sql_select (&mh_session_type, sql_session_waiting),
                          MH_ARGS (MH_TEXT (user_id), MH_INT (now)), error);
}

gboolean
mh_session_store_accept (MhTx *tx, const char *id, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_session_accept,
                     MH_ARGS (MH_TEXT (id), MH_INT (mh_tx_now (tx))), error)
         >= 0;
}

MhRecord *
mh_guard_store_find (MhDb *db, const char *key, GError **error)
{
  return mh_store_find (db, &mh_login_guard_type, "key", key, error);
}

gboolean
mh_guard_store_clear (MhTx *tx, const char *key, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_guard_clear, MH_ARGS (MH_TEXT (key)), error) >= 0;
}

gboolean
mh_user_store_logged_in (MhTx *tx, const char *user_id, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_user_logged_in,
                     MH_ARGS (MH_TEXT (user_id), MH_INT (mh_tx_now (tx))), error)
         >= 0;
}

gboolean
mh_user_store_locked (MhTx *tx, const char *user_id, gint64 failures, gint64 until, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_user_locked,
                     MH_ARGS (MH_TEXT (user_id), MH_INT (failures), MH_INT (until)), error)
         >= 0;
}

gboolean
mh_user_store_rehash (MhTx *tx, const char *user_id, const char *hash, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_user_rehash, MH_ARGS (MH_TEXT (user_id), MH_TEXT (hash)),
                     error)
         >= 0;
}

char **
mh_role_store_permissions (MhDb *db, const char *const *codes, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      g_autoptr (GError) failed = NULL;
      g_autoptr (MhRecord) role = mh_store_find (db, &mh_role_type, "code", codes[i], &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
      if (role == NULL || mh_record_has (role, MH_DELETED_AT))
        continue;
      const char *const *list = mh_record_list (role, MH_ROLE_PERMISSIONS);
      for (guint k = 0; list != NULL && list[k] != NULL; k++)
        if (!g_hash_table_contains (seen, list[k]))
          {
            char *copy = g_strdup (list[k]);
            g_hash_table_add (seen, copy);
            g_ptr_array_add (all, copy);
          }
    }

  g_ptr_array_add (all, NULL);
  return (char **)g_ptr_array_steal (all, NULL);
}

gboolean
mh_session_store_changed (MhDb *db,
                          gint64 *seq,
                          GPtrArray *user_ids,
                          gboolean *out_roles,
                          GError **error)
{
  g_autoptr (GError) failed = NULL;
  gboolean roles = FALSE;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_changed, MH_ARGS (MH_INT (*seq)), error);
  if (rows == NULL)
    return FALSE;

  gint64 last = *seq;
  while (mh_rows_next (rows, &failed))
    {
      last = mh_rows_int (rows, 0);
      if (g_str_equal (mh_rows_text (rows, 1), mh_role_type.code))
        roles = TRUE;
      else
        g_ptr_array_add (user_ids, g_strdup (mh_rows_text (rows, 2)));
    }

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  *seq = last;
  *out_roles = roles;
  return TRUE;
}
