/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What an administrator may see of the queue and do with it. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs.h"

G_BEGIN_DECLS

/* Newest first; @typed narrows it, NULL: all; *out_next: the next page's cursor (caller frees),
 * NULL at the end. */
GPtrArray *mh_jobs_service_list (const MhRequest *req,
                                 const char *typed,
                                 const char *after,
                                 guint limit,
                                 char **out_next,
                                 GError **error);
/* A failed or cancelled job waits again. MH_ERROR_CONFLICT in another state. */
MhRecord *mh_jobs_service_retry (const MhRequest *req, const char *id, GError **error);
/* A waiting or failed job will not be done. MH_ERROR_CONFLICT in another state. */
MhRecord *mh_jobs_service_drop (MhJobs *jobs, const MhRequest *req, const char *id, GError **error);

G_END_DECLS
