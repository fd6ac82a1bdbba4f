/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/jobs/mh-jobs-api.h"

#include "server/platform/jobs/mh-jobs-service.h"
#include "server/platform/jobs/mh-jobs.h"
#include "server/platform/runtime/mh-server.h"

static MhReply *
jobs_api_list (MhCall *call, GError **error)
{
  g_autofree char *next = NULL;
  GPtrArray *rows
      = mh_jobs_service_list (mh_call_request (call), mh_call_query (call, "q"),
                              mh_call_after_key (call), mh_call_limit (call), &next, error);
  return mh_reply_list_after (rows, next);
}

static MhReply *
api_retry (MhCall *call, GError **error)
{
  MhRecord *job = mh_jobs_service_retry (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_record (job);
}

static MhReply *
api_drop (MhCall *call, GError **error)
{
  MhRecord *job = mh_jobs_service_drop (mh_server_jobs (mh_call_server (call)),
                                        mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_record (job);
}

void
mh_jobs_api_bind (MhRouter *router)
{
  mh_router_bind (router, "job.list", jobs_api_list);
  mh_router_bind (router, "job.retry", api_retry);
  mh_router_bind (router, "job.drop", api_drop);
}
