/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/jobs/mh-jobs-service.h"

#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/jobs/mh-jobs-store.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

GPtrArray *
mh_jobs_service_list (const MhRequest *req,
                      const char *typed,
                      const char *after,
                      guint limit,
                      char **out_next,
                      GError **error)
{
  GPtrArray *rows = mh_jobs_store_list (req->db, mh_actor_hospital_id (req->actor), typed, after,
                                        limit + 1, error);
  if (rows == NULL)
    return NULL;
  *out_next = NULL;
  if (rows->len > limit)
    {
      g_ptr_array_set_size (rows, (int)limit);
      *out_next = g_strdup (mh_record_id (g_ptr_array_index (rows, limit - 1)));
    }
  return rows;
}

typedef gboolean (*Move) (MhTx *tx, const char *id, gboolean *out_done, GError **error);

/* What a person does to a job. */
typedef struct
{
  Move func;
  const char *verb;    /* as the audit trail has it */
  const char *refusal; /* where the job is not as it would have to be */
} Turn;

static MhRecord *
jobs_service_move (const MhRequest *req, const char *id, const Turn *turn, GError **error)
{
  gboolean done = FALSE;
  g_autoptr (MhRecord) job = mh_edit_get (req, &mh_job_type, id, error);
  if (job == NULL || !turn->func (req->tx, id, &done, error))
    return NULL;
  if (!done)
    mh_error_set (error, MH_ERROR_CONFLICT, "%s", turn->refusal);
  else if (mh_tx_audit (
               req->tx,
               &(MhAuditNote){ NULL, MH_AUDIT_UPDATE, mh_job_type.code, id, NULL, turn->verb },
               error))
    return mh_store_get (req->db, &mh_job_type, id, error);
  return NULL;
}

MhRecord *
mh_jobs_service_retry (const MhRequest *req, const char *id, GError **error)
{
  return jobs_service_move (req, id,
                            &(Turn){ mh_jobs_store_retry, "retry",
                                     "Only a job that failed or was cancelled can be retried." },
                            error);
}

MhRecord *
mh_jobs_service_drop (MhJobs *jobs, const MhRequest *req, const char *id, GError **error)
{
  MhRecord *job = jobs_service_move (
      req, id,
      &(Turn){ mh_jobs_store_drop, "drop", "Only a job that waits or failed can be dropped." },
      error);
  if (job != NULL && !mh_jobs_tell_over (jobs, req->tx, job, error))
    g_clear_object (&job);
  return job;
}
