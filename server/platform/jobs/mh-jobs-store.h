/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the job queue. Every change of state names the state it expects, and tells whether it
 * found it. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* A job that is due: waiting and its time has come, or running with its lease over. NULL without
 * error: none. Jobs of kinds not in @kinds ("|a|b|") are left to processes that know them. */
MhRecord *mh_jobs_store_due (MhDb *db, const char *kinds, gint64 now, GError **error);
/* *out_mine: nobody was faster. Counts the attempt. */
gboolean mh_jobs_store_claim (MhTx *tx,
                              MhRecord *job,
                              const char *name,
                              gint64 lease_until,
                              gboolean *out_mine,
                              GError **error);
/* FALSE with MH_ERROR_CONFLICT when the lease was lost to another process meanwhile. */
gboolean mh_jobs_store_done (MhTx *tx, const char *id, const char *name, GError **error);
gboolean mh_jobs_store_again (MhTx *tx,
                              const char *id,
                              const char *name,
                              gint64 run_at,
                              const char *message,
                              GError **error);
gboolean mh_jobs_store_dead (MhTx *tx,
                             const char *id,
                             const char *name,
                             const char *message,
                             GError **error);
gboolean mh_jobs_store_cancel (MhTx *tx, const char *dedupe_key, GError **error);
/* A failed or cancelled job waits again with fresh attempts. *out_done FALSE: it is in another
 * state. */
gboolean mh_jobs_store_retry (MhTx *tx, const char *id, gboolean *out_done, GError **error);
/* A waiting or failed job will not be done. *out_done FALSE: it is in another state. */
gboolean mh_jobs_store_drop (MhTx *tx, const char *id, gboolean *out_done, GError **error);
/* Is there a job of that kind that was queued since, or is not done yet? */
gboolean mh_jobs_store_exists_since (MhDb *db,
                                     const char *kind,
                                     gint64 since,
                                     gboolean *out_there,
                                     GError **error);
/* Done jobs that ended before @before; rows deleted, -1 on error. */
gint64 mh_jobs_store_purge (MhTx *tx, gint64 before, GError **error);
/* Newest first. @typed: only those whose kind, state or last error has these words; or NULL.
 * @after: the cursor's id, or NULL. */
GPtrArray *mh_jobs_store_list (MhDb *db,
                               const char *hospital_id,
                               const char *typed,
                               const char *after,
                               guint limit,
                               GError **error);

G_END_DECLS
