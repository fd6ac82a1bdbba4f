/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the house does for itself: ended sessions and old jobs are swept out, and the audit trail's
 * head goes to a file outside the database. */
#include "server/platform/jobs/mh-jobs.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

#define MH_JOB_SESSION_PURGE "session.purge"
#define MH_JOB_JOB_PURGE "job.purge"
#define MH_JOB_AUDIT_HEAD "audit.head"

/* Before the jobs start. */
void mh_jobs_house_register (MhServer *server);
/* Where the heads go: audit-heads.txt in server.data_dir, else beside the database file; NULL:
 * nowhere (PostgreSQL without a data_dir). Caller frees. */
char *mh_jobs_house_heads_path (MhServerConfig *config);

G_END_DECLS
