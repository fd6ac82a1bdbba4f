/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/jobs/mh-jobs-api.h"

#include "server/common/mh-edit.h"
#include "server/jobs/mh-jobs-store.h"
#include "shared/records/mh-machine.h"

static char *
next_page (GPtrArray *rows, guint limit)
{
  if (rows->len <= limit)
    return NULL;
  g_ptr_array_set_size (rows, (int)limit);
  return g_strdup (mh_record_id (g_ptr_array_index (rows, limit - 1)));
}

static MhReply *
api_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  GPtrArray *rows
      = mh_jobs_store_list (mh_call_db (call), mh_actor_hospital_id (mh_call_actor (call)),
                            after != NULL ? after[0] : NULL, mh_call_limit (call) + 1, error);
  if (rows == NULL)
    return NULL;
  g_autofree char *next = next_page (rows, mh_call_limit (call));
  const char *parts[] = { next, NULL };
  return mh_reply_list (rows, next != NULL ? parts : NULL);
}

static MhReply *
api_retry (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  MhDb *db = mh_tx_db (mh_call_tx (call));
  gboolean done = FALSE;
  g_autoptr (MhRecord) job = mh_edit_get (db, mh_call_actor (call), &mh_job_type, id, error);
  if (job == NULL || !mh_jobs_store_retry (mh_call_tx (call), id, &done, error))
    return NULL;
  if (!done)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "Only a job that failed or was cancelled can be retried.");
      return NULL;
    }
  MhRecord *now = mh_store_get (db, &mh_job_type, id, error);
  return now != NULL ? mh_reply_record (now) : NULL;
}

void
mh_jobs_api_bind (MhRouter *router)
{
  mh_router_bind (router, "job.list", api_list);
  mh_router_bind (router, "job.retry", api_retry);
}
