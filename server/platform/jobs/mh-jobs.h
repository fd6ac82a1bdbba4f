/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Work to be done later, kept in the database: queued in the transaction that wants it, so that it
 * exists exactly when its cause does. Any number of processes may run jobs; a job is claimed by a
 * conditional update with a lease, so none is done twice at a time, and one whose process died is
 * taken up again when the lease ends.
 *
 * A job's function runs in the queue, in the transaction that also marks the job done: its effects
 * in the database happen exactly once. A slow function (talking to other services, files) runs
 * outside, before that mark, and may in the worst case run twice; it must bear that. A failed job
 * is tried again after 1, 2, 4 … 60 minutes; after its last attempt it stays as "failed" until
 * somebody retries it.
 */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhJobs MhJobs;

#define MH_JOB_ATTEMPTS_DEFAULT 10
#define MH_JOB_LEASE (5 * MH_MINUTE)

/* @job: an MhJob; its payload is JSON text. */
typedef gboolean (*MhJobFunc) (MhTx *tx, MhRecord *job, gpointer data, GError **error);
typedef gboolean (*MhJobSlowFunc) (MhStore *store, MhRecord *job, gpointer data, GError **error);

/* @name: of this process, as the claim shows it; NULL: host and process number. */
MhJobs *mh_jobs_new (MhStore *store, const char *name);
/* Stops first. */
void mh_jobs_free (MhJobs *jobs);

/* Before the start. A kind has one function. */
void mh_jobs_register (MhJobs *jobs, const char *kind, MhJobFunc func, gpointer data);
void mh_jobs_register_slow (MhJobs *jobs, const char *kind, MhJobSlowFunc func, gpointer data);
/* Queue @kind once in every period of that length from now on, whichever process comes first. */
void mh_jobs_repeat (MhJobs *jobs, const char *kind, gint64 every);

typedef struct
{
  const char *kind;
  const char *payload; /* JSON, or NULL */
  gint64 run_at;       /* 0: now */
  const char
      *dedupe_key;    /* while a job of this key waits or runs, a second is not queued; or NULL */
  guint max_attempts; /* 0: MH_JOB_ATTEMPTS_DEFAULT */
  const char *hospital_id;
} MhJobWanted;

/* In the caller's transaction. Needs no MhJobs: programs queue work that a server will do. */
gboolean mh_jobs_enqueue (MhTx *tx, const MhJobWanted *wanted, GError **error);
/* The waiting job of that key is not wanted any more. */
gboolean mh_jobs_cancel (MhTx *tx, const char *dedupe_key, GError **error);

/* Runs jobs on @threads threads until it is stopped or freed. */
void mh_jobs_start (MhJobs *jobs, guint threads);
void mh_jobs_stop (MhJobs *jobs);
/* Look at the queue now: something is due that should not wait for the next look. Thread-safe. */
void mh_jobs_wake (MhJobs *jobs);
/* The same for a job that the current transaction queues: nobody could see it before the commit. */
void mh_jobs_wake_after_commit (MhJobs *jobs);
/* After each commit. */
void mh_jobs_committed (MhJobs *jobs);
/* Runs what is due now in this thread; *out_n how many ran, also those that failed. Never in the
 * write queue. */
gboolean mh_jobs_run_due (MhJobs *jobs, guint *out_n, GError **error);

/* In the transaction that ends a job for good: @failed after its last attempt, else when one that
 * had failed is done after all or dropped. */
typedef gboolean (
    *MhJobsEnded) (MhTx *tx, MhRecord *job, gboolean failed, gpointer data, GError **error);
/* Before the start; one only. */
void mh_jobs_observe (MhJobs *jobs, MhJobsEnded func, gpointer data);
/* A job that had failed is over: somebody dropped it. */
gboolean mh_jobs_tell_over (MhJobs *jobs, MhTx *tx, MhRecord *job, GError **error);

/* After the given number of attempts failed: µs to wait. Pure: 1, 2, 4 … 60 minutes. */
gint64 mh_jobs_delay (gint64 attempts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhJobs, mh_jobs_free)

/* The server's own, kept by server/app. */
MhJobs *mh_server_jobs (MhServer *server);
void mh_server_keep_jobs (MhServer *server, MhJobs *jobs);

G_END_DECLS
