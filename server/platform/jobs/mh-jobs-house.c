/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/jobs/mh-jobs-house.h"

#include <string.h>

#include "server/platform/audit/mh-audit-verify.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "server/platform/jobs/mh-jobs-store.h"
#include "server/platform/jobs/mh-jobs.h"

/* Long enough to look into what happened. */
#define KEEP_SESSIONS (30 * MH_DAY)
#define KEEP_JOBS (7 * MH_DAY)

static gboolean
purge_sessions (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  return mh_session_store_purge (tx, mh_tx_now (tx) - KEEP_SESSIONS, error) >= 0;
}

static gboolean
purge_jobs (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  return mh_jobs_store_purge (tx, mh_tx_now (tx) - KEEP_JOBS, error) >= 0;
}

char *
mh_jobs_house_heads_path (MhServerConfig *config)
{
  static const char sqlite[] = "sqlite:";
  const char *folder = mh_server_config_text (config, "server.data_dir");
  const char *url = mh_server_config_text (config, "database.url");
  if (*folder != '\0')
    return g_build_filename (folder, "audit-heads.txt", NULL);
  if (!g_str_has_prefix (url, sqlite) || url[strlen (sqlite)] == ':')
    return NULL;
  g_autofree char *beside = g_path_get_dirname (url + strlen (sqlite));
  return g_build_filename (beside, "audit-heads.txt", NULL);
}

static gboolean
export_head (MhStore *store, MhRecord *job, gpointer data, GError **error)
{
  g_autofree char *path = mh_jobs_house_heads_path (mh_server_config (data));
  if (path == NULL)
    return TRUE;
  g_autofree char *folder = g_path_get_dirname (path);
  g_mkdir_with_parents (folder, 0700);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  gboolean done = mh_audit_export_head (db, mh_clock_now (mh_store_clock (store)), path, error);
  mh_store_give_reader (store, db);
  return done;
}

void
mh_jobs_house_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register (jobs, MH_JOB_SESSION_PURGE, purge_sessions, NULL);
  mh_jobs_register (jobs, MH_JOB_JOB_PURGE, purge_jobs, NULL);
  mh_jobs_register_slow (jobs, MH_JOB_AUDIT_HEAD, export_head, server);
  mh_jobs_repeat (jobs, MH_JOB_SESSION_PURGE, MH_HOUR);
  mh_jobs_repeat (jobs, MH_JOB_JOB_PURGE, MH_DAY);
  mh_jobs_repeat (jobs, MH_JOB_AUDIT_HEAD, MH_HOUR);
}
