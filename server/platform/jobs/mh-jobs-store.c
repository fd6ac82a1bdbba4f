/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/jobs/mh-jobs-store.h"

#include "shared/records/platform/mh-machine.h"
#include "shared/sql/mh-sql-search.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_due[] = "WHERE r.status IN ('waiting', 'running')"
                              " AND ((r.status = 'waiting' AND r.run_at <= $1)"
                              " OR (r.status = 'running' AND r.locked_until < $1))"
                              " AND $2 LIKE '%|' || r.kind || '|%' ORDER BY r.run_at, r.id LIMIT 1";
static const char sql_claim[]
    = "UPDATE job SET status = 'running', locked_by = $2, locked_until = $3, changed_at = $4, "
      "attempts = attempts + 1, version = version + 1 WHERE id = $1 AND version = $5";
static const char sql_done[]
    = "UPDATE job SET status = 'done', finished_at = $3, changed_at = $3, locked_by = NULL, "
      "locked_until = NULL, dedupe_key = NULL, last_error = NULL, version = version + 1 "
      "WHERE id = $1 AND status = 'running' AND locked_by = $2";
static const char sql_again[]
    = "UPDATE job SET status = 'waiting', run_at = $3, last_error = $4, changed_at = $5, "
      "locked_by = NULL, locked_until = NULL, version = version + 1 "
      "WHERE id = $1 AND status = 'running' AND locked_by = $2";
static const char sql_dead[]
    = "UPDATE job SET status = 'failed', finished_at = $3, last_error = $4, changed_at = $3, "
      "locked_by = NULL, locked_until = NULL, dedupe_key = NULL, version = version + 1 "
      "WHERE id = $1 AND status = 'running' AND locked_by = $2";
static const char sql_cancel[]
    = "UPDATE job SET status = 'cancelled', finished_at = $2, changed_at = $2, dedupe_key = NULL, "
      "version = version + 1 WHERE dedupe_key = $1 AND status = 'waiting'";
static const char sql_retry[]
    = "UPDATE job SET status = 'waiting', run_at = $2, changed_at = $2, attempts = 0, "
      "finished_at = NULL, version = version + 1 "
      "WHERE id = $1 AND status IN ('failed', 'cancelled')";
static const char sql_drop[]
    = "UPDATE job SET status = 'cancelled', finished_at = $2, changed_at = $2, dedupe_key = NULL, "
      "version = version + 1 WHERE id = $1 AND status IN ('waiting', 'failed')";
static const char sql_exists_since[] = "SELECT 1 FROM job WHERE kind = $1 AND (created_at >= $2 OR "
                                       "status IN ('waiting', 'running')) LIMIT 1";
static const char sql_purge[]
    = "DELETE FROM job WHERE status IN ('done', 'cancelled') AND finished_at < $1";
static const char sql_list[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.id < $2)"
      " AND CASE WHEN CAST($4 AS text) IS NULL THEN TRUE"
      "          ELSE lower (r.kind) LIKE $4 ESCAPE '\\'"
      "          OR lower (COALESCE (r.last_error, '')) LIKE $4 ESCAPE '\\'"
      "          OR $5 LIKE '%|' || r.status || '|%' END"
      " ORDER BY r.id DESC LIMIT $3";

/* Rows come in order of their time; those of unknown kinds are stepped over. */
MhRecord *
mh_jobs_store_due (MhDb *db, const char *kinds, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) due
      = mh_store_select (db, &mh_job_type, mh_sql_select (&mh_job_type, sql_due),
                         MH_ARGS (MH_INT (now), MH_TEXT (kinds)), error);
  return due != NULL && due->len > 0 ? g_object_ref (g_ptr_array_index (due, 0)) : NULL;
}

gboolean
mh_jobs_store_claim (MhTx *tx,
                     MhRecord *job,
                     const char *name,
                     gint64 lease_until,
                     gboolean *out_mine,
                     GError **error)
{
  gint64 changed
      = mh_db_exec (mh_tx_db (tx), sql_claim,
                    MH_ARGS (MH_TEXT (mh_record_id (job)), MH_TEXT (name), MH_INT (lease_until),
                             MH_INT (mh_tx_now (tx)), MH_INT (mh_record_version (job))),
                    error);
  if (changed < 0)
    return FALSE;
  *out_mine = changed == 1;
  return TRUE;
}

static gboolean
still_ours (gint64 changed, GError **error)
{
  if (changed == 1)
    return TRUE;
  if (changed == 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "Another process took the job over.");
  return FALSE;
}

gboolean
mh_jobs_store_done (MhTx *tx, const char *id, const char *name, GError **error)
{
  return still_ours (mh_db_exec (mh_tx_db (tx), sql_done,
                                 MH_ARGS (MH_TEXT (id), MH_TEXT (name), MH_INT (mh_tx_now (tx))),
                                 error),
                     error);
}

gboolean
mh_jobs_store_again (MhTx *tx,
                     const char *id,
                     const char *name,
                     gint64 run_at,
                     const char *message,
                     GError **error)
{
  return still_ours (mh_db_exec (mh_tx_db (tx), sql_again,
                                 MH_ARGS (MH_TEXT (id), MH_TEXT (name), MH_INT (run_at),
                                          MH_TEXT (message), MH_INT (mh_tx_now (tx))),
                                 error),
                     error);
}

gboolean
mh_jobs_store_dead (MhTx *tx, const char *id, const char *name, const char *message, GError **error)
{
  return still_ours (mh_db_exec (mh_tx_db (tx), sql_dead,
                                 MH_ARGS (MH_TEXT (id), MH_TEXT (name), MH_INT (mh_tx_now (tx)),
                                          MH_TEXT (message)),
                                 error),
                     error);
}

gboolean
mh_jobs_store_cancel (MhTx *tx, const char *dedupe_key, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_cancel,
                     MH_ARGS (MH_TEXT (dedupe_key), MH_INT (mh_tx_now (tx))), error)
         >= 0;
}

gboolean
mh_jobs_store_retry (MhTx *tx, const char *id, gboolean *out_done, GError **error)
{
  gint64 changed = mh_db_exec (mh_tx_db (tx), sql_retry,
                               MH_ARGS (MH_TEXT (id), MH_INT (mh_tx_now (tx))), error);
  if (changed < 0)
    return FALSE;
  *out_done = changed == 1;
  return TRUE;
}

gboolean
mh_jobs_store_drop (MhTx *tx, const char *id, gboolean *out_done, GError **error)
{
  gint64 changed = mh_db_exec (mh_tx_db (tx), sql_drop,
                               MH_ARGS (MH_TEXT (id), MH_INT (mh_tx_now (tx))), error);
  if (changed < 0)
    return FALSE;
  *out_done = changed == 1;
  return TRUE;
}

gboolean
mh_jobs_store_exists_since (MhDb *db,
                            const char *kind,
                            gint64 since,
                            gboolean *out_there,
                            GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_exists_since, MH_ARGS (MH_TEXT (kind), MH_INT (since)), error);
  if (rows == NULL)
    return FALSE;

  gboolean there = mh_rows_next (rows, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  *out_there = there;
  return TRUE;
}

gint64
mh_jobs_store_purge (MhTx *tx, gint64 before, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_purge, MH_ARGS (MH_INT (before)), error);
}

GPtrArray *
mh_jobs_store_list (MhDb *db,
                    const char *hospital_id,
                    const char *typed,
                    const char *after,
                    guint limit,
                    GError **error)
{
  g_autofree char *like = mh_sql_search_like (typed);
  g_autofree char *states = mh_sql_search_codes (mh_job_status_codes, typed);
  return mh_store_select (db, &mh_job_type, mh_sql_select (&mh_job_type, sql_list),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (after), MH_INT (limit),
                                   MH_TEXT (like), MH_TEXT (states)),
                          error);
}
