/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/jobs/mh-jobs.h"

#include <unistd.h>

#include "server/platform/jobs/mh-jobs-store.h"
#include "shared/records/platform/mh-machine.h"

static const char part_jobs[] = "jobs";

/* How often the queue is looked at; queued work starts within this time. */
#define LOOK_EVERY (2 * G_USEC_PER_SEC)

typedef struct
{
  MhJobFunc func;
  MhJobSlowFunc slow;
  gpointer data;
} Kind;

typedef struct
{
  const char *kind;
  gint64 every;
  gint64 queued; /* number of the period queued last by this process */
} Repeat;

struct _MhJobs
{
  MhStore *store;
  char *name;
  GHashTable *kinds; /* kind → Kind; fixed after the start */
  char *kind_names;  /* "|a|b|" */
  GArray *repeats;
  MhJobsEnded ended;
  gpointer ended_data;
  GPtrArray *threads;
  GMutex lock; /* of what follows */
  GCond woken;
  gboolean stop;
  guint woken_times;
  guint next_worker;
  int asked; /* atomic: wake them after the commit */
};

MhJobs *
mh_jobs_new (MhStore *store, const char *name)
{
  MhJobs *jobs = g_new0 (MhJobs, 1);
  jobs->store = store;
  jobs->name = name != NULL ? g_strdup (name)
                            : g_strdup_printf ("%.40s:%ld", g_get_host_name (), (long)getpid ());
  jobs->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  jobs->repeats = g_array_new (FALSE, FALSE, sizeof (Repeat));
  jobs->threads = g_ptr_array_new ();
  g_mutex_init (&jobs->lock);
  g_cond_init (&jobs->woken);
  return jobs;
}

static void
jobs_add_kind (MhJobs *jobs, const char *kind, MhJobFunc func, MhJobSlowFunc slow, gpointer data)
{
  Kind *entry = g_new0 (Kind, 1);
  g_return_if_fail (!g_hash_table_contains (jobs->kinds, kind));
  entry->func = func;
  entry->slow = slow;
  entry->data = data;
  g_hash_table_insert (jobs->kinds, g_strdup (kind), entry);
  g_autofree char *before = jobs->kind_names;
  jobs->kind_names = g_strconcat (before != NULL ? before : "|", kind, "|", NULL);
}

void
mh_jobs_register (MhJobs *jobs, const char *kind, MhJobFunc func, gpointer data)
{
  jobs_add_kind (jobs, kind, func, NULL, data);
}

void
mh_jobs_register_slow (MhJobs *jobs, const char *kind, MhJobSlowFunc func, gpointer data)
{
  jobs_add_kind (jobs, kind, NULL, func, data);
}

void
mh_jobs_repeat (MhJobs *jobs, const char *kind, gint64 every)
{
  Repeat repeat = { g_intern_string (kind), every, -1 };
  g_array_append_val (jobs->repeats, repeat);
}

gint64
mh_jobs_delay (gint64 attempts)
{
  return MIN ((gint64)1 << CLAMP (attempts - 1, 0, 6), 60) * MH_MINUTE;
}

/* --- queueing --- */

gboolean
mh_jobs_enqueue (MhTx *tx, const MhJobWanted *wanted, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_object_unref);
  if (wanted->dedupe_key != NULL)
    {
      g_autoptr (MhRecord) same
          = mh_store_find (mh_tx_db (tx), &mh_job_type, "dedupe_key", wanted->dedupe_key, &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (same != NULL)
        return TRUE;
    }

  MhRecord *job = mh_record_new (&mh_job_type);
  mh_record_set_text (job, MH_JOB_KIND, wanted->kind);
  mh_record_set_text (job, MH_JOB_STATUS, MH_JOB_STATUS_WAITING);
  mh_record_set_text (job, MH_JOB_PAYLOAD, wanted->payload);
  mh_record_set_int (job, MH_JOB_RUN_AT, wanted->run_at > 0 ? wanted->run_at : mh_tx_now (tx));
  mh_record_set_int (job, MH_JOB_ATTEMPTS, 0);
  mh_record_set_int (job, MH_JOB_MAX_ATTEMPTS,
                     wanted->max_attempts > 0 ? wanted->max_attempts : MH_JOB_ATTEMPTS_DEFAULT);
  mh_record_set_text (job, MH_JOB_DEDUPE_KEY, wanted->dedupe_key);
  mh_record_set_text (job, MH_JOB_HOSPITAL_ID, wanted->hospital_id);
  g_ptr_array_add (row, job);

  return mh_tx_insert_parts (tx, row, error);
}

gboolean
mh_jobs_cancel (MhTx *tx, const char *dedupe_key, GError **error)
{
  return mh_jobs_store_cancel (tx, dedupe_key, error);
}

/* --- running one job --- */

typedef struct
{
  MhJobs *jobs;
  char *name;    /* of this run: two threads of a process are two owners */
  MhRecord *job; /* as it was claimed */
  const Kind *kind;
  gboolean mine;
  const char *message; /* why it failed */
} Run;

/* Looked for again inside the write queue: there no other worker can be after the same job. */
static gboolean
tx_claim (MhTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (GError) failed = NULL;
  g_clear_object (&run->job);
  run->mine = FALSE;
  run->job = mh_jobs_store_due (mh_tx_db (tx), run->jobs->kind_names, mh_tx_now (tx), &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (run->job == NULL)
    return TRUE;

  run->kind = g_hash_table_lookup (run->jobs->kinds, mh_record_text (run->job, MH_JOB_KIND));
  return mh_jobs_store_claim (tx, run->job, run->name, mh_tx_now (tx) + MH_JOB_LEASE, &run->mine,
                              error);
}

static gboolean
tell_ended (MhJobs *jobs, MhTx *tx, MhRecord *job, gboolean failed, GError **error)
{
  return jobs->ended == NULL || jobs->ended (tx, job, failed, jobs->ended_data, error);
}

void
mh_jobs_observe (MhJobs *jobs, MhJobsEnded func, gpointer data)
{
  jobs->ended = func;
  jobs->ended_data = data;
}

gboolean
mh_jobs_tell_over (MhJobs *jobs, MhTx *tx, MhRecord *job, GError **error)
{
  return tell_ended (jobs, tx, job, FALSE, error);
}

/* The work and its mark stand or fall together. */
static gboolean
tx_work (MhTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  if (run->kind->func != NULL && !run->kind->func (tx, run->job, run->kind->data, error))
    return FALSE;
  if (!mh_jobs_store_done (tx, mh_record_id (run->job), run->name, error))
    return FALSE;
  /* what repeats had failed as another row */
  gboolean may_have_failed
      = mh_record_has (run->job, MH_JOB_LAST_ERROR) || !mh_record_has (run->job, MH_JOB_PAYLOAD);
  return !may_have_failed || mh_jobs_tell_over (run->jobs, tx, run->job, error);
}

static gboolean
tx_failed (MhTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  gint64 attempts = mh_record_int (run->job, MH_JOB_ATTEMPTS) + 1;
  const char *id = mh_record_id (run->job);
  g_autofree char *message
      = g_utf8_substring (run->message, 0, MIN (900, g_utf8_strlen (run->message, -1)));
  if (attempts >= mh_record_int (run->job, MH_JOB_MAX_ATTEMPTS))
    return mh_jobs_store_dead (tx, id, run->name, message, error)
           && tell_ended (run->jobs, tx, run->job, TRUE, error);
  return mh_jobs_store_again (tx, id, run->name, mh_tx_now (tx) + mh_jobs_delay (attempts), message,
                              error);
}

static gboolean
write_as_job (MhJobs *jobs, MhTxFunc func, Run *run, GError **error)
{
  MhWho who
      = { .user_name = "server",
          .station = jobs->name,
          .hospital_id = run->job != NULL ? mh_record_text (run->job, MH_JOB_HOSPITAL_ID) : NULL };
  return mh_store_write (jobs->store, &who, func, run, error);
}

static gboolean
run_one (MhJobs *jobs, Run *run, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (!write_as_job (jobs, tx_claim, run, error))
    return FALSE;
  if (!run->mine)
    return TRUE;

  gboolean done = run->kind->slow == NULL
                  || run->kind->slow (jobs->store, run->job, run->kind->data, &failed);
  if (done && write_as_job (jobs, tx_work, run, &failed))
    return TRUE;

  g_debug ("job %s failed: %s", mh_record_text (run->job, MH_JOB_KIND),
           failed != NULL ? failed->message : "no reason given");
  run->message = failed != NULL ? failed->message : "no reason given";

  /* who lost the lease has nothing to say about the job any more */
  g_autoptr (GError) lost = NULL;
  if (!write_as_job (jobs, tx_failed, run, &lost)
      && !g_error_matches (lost, MH_ERROR, MH_ERROR_CONFLICT))
    {
      g_propagate_error (error, g_steal_pointer (&lost));
      return FALSE;
    }

  return TRUE;
}

/* --- what repeats --- */

static gboolean
tx_repeat (MhTx *tx, gpointer data, GError **error)
{
  const Repeat *repeat = data;
  gint64 now = mh_tx_now (tx);
  g_autofree char *key
      = g_strdup_printf ("%s@%" G_GINT64_FORMAT, repeat->kind, now / repeat->every);
  gboolean there = FALSE;

  if (!mh_jobs_store_exists_since (mh_tx_db (tx), repeat->kind, now - now % repeat->every, &there,
                                   error))
    return FALSE;
  if (there)
    return TRUE;

  MhJobWanted wanted = { .kind = repeat->kind, .dedupe_key = key };
  return mh_jobs_enqueue (tx, &wanted, error);
}

static gboolean
queue_repeats (MhJobs *jobs, GError **error)
{
  static const MhWho server = { .user_name = "server" };
  gint64 now = mh_clock_now (mh_store_clock (jobs->store));
  for (guint i = 0; i < jobs->repeats->len; i++)
    {
      Repeat *repeat = &g_array_index (jobs->repeats, Repeat, i);
      if (repeat->queued == now / repeat->every)
        continue;
      if (!mh_store_write (jobs->store, &server, tx_repeat, repeat, error))
        return FALSE;
      repeat->queued = now / repeat->every;
    }

  return TRUE;
}

/* --- running all --- */

/* A cheap look, so that an empty queue costs no writing. */
static gboolean
is_any_due (MhJobs *jobs, gboolean *out_any, GError **error)
{
  g_autoptr (GError) failed = NULL;
  MhDb *db = mh_store_take_reader (jobs->store, error);
  if (db == NULL)
    return FALSE;

  g_autoptr (MhRecord) job = mh_jobs_store_due (
      db, jobs->kind_names, mh_clock_now (mh_store_clock (jobs->store)), &failed);
  mh_store_give_reader (jobs->store, db);
  *out_any = job != NULL;
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
is_stopping (MhJobs *jobs)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&jobs->lock);
  return jobs->stop;
}

static gboolean
run_due (MhJobs *jobs, const char *name, guint *out_n, GError **error)
{
  guint n = 0;
  while (!is_stopping (jobs))
    {
      gboolean any = FALSE;
      if (!is_any_due (jobs, &any, error))
        return FALSE;
      if (!any)
        break;
      Run run = { .jobs = jobs, .name = (char *)name };
      gboolean fine = run_one (jobs, &run, error);
      n += run.mine ? 1 : 0;
      g_clear_object (&run.job);
      if (!fine)
        return FALSE;
    }

  if (out_n != NULL)
    *out_n = n;
  return TRUE;
}

gboolean
mh_jobs_run_due (MhJobs *jobs, guint *out_n, GError **error)
{
  g_autofree char *name = g_strconcat (jobs->name, ":0", NULL);
  return queue_repeats (jobs, error) && run_due (jobs, name, out_n, error);
}

static guint
woken_times (MhJobs *jobs)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&jobs->lock);
  return jobs->woken_times;
}

/* A database that is away now is there at the next look. */
static gpointer
worker_run (gpointer data)
{
  MhJobs *jobs = data;
  g_mutex_lock (&jobs->lock);
  guint number = ++jobs->next_worker;

  g_mutex_unlock (&jobs->lock);
  g_autofree char *name = g_strdup_printf ("%s:%u", jobs->name, number);
  while (!is_stopping (jobs))
    {
      guint before = woken_times (jobs);
      if (number == 1)
        queue_repeats (jobs, NULL);
      run_due (jobs, name, NULL, NULL);
      g_mutex_lock (&jobs->lock);
      /* whoever woke us while we looked may have queued what we did not see */
      if (!jobs->stop && jobs->woken_times == before)
        g_cond_wait_until (&jobs->woken, &jobs->lock, g_get_monotonic_time () + LOOK_EVERY);
      g_mutex_unlock (&jobs->lock);
    }

  return NULL;
}

void
mh_jobs_wake (MhJobs *jobs)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&jobs->lock);
  jobs->woken_times++;
  g_cond_broadcast (&jobs->woken);
}

void
mh_jobs_wake_after_commit (MhJobs *jobs)
{
  g_atomic_int_set (&jobs->asked, TRUE);
}

void
mh_jobs_committed (MhJobs *jobs)
{
  /* read first: most commits queue nothing, and a write would take the line from all threads */
  if (g_atomic_int_get (&jobs->asked)
      && g_atomic_int_compare_and_exchange (&jobs->asked, TRUE, FALSE))
    mh_jobs_wake (jobs);
}

void
mh_jobs_start (MhJobs *jobs, guint threads)
{
  g_return_if_fail (jobs->threads->len == 0);
  jobs->stop = FALSE;
  for (guint i = 0; i < threads; i++)
    g_ptr_array_add (jobs->threads, g_thread_new ("jobs", worker_run, jobs));
}

void
mh_jobs_stop (MhJobs *jobs)
{
  g_mutex_lock (&jobs->lock);
  jobs->stop = TRUE;
  g_cond_broadcast (&jobs->woken);
  g_mutex_unlock (&jobs->lock);
  for (guint i = 0; i < jobs->threads->len; i++)
    g_thread_join (g_ptr_array_index (jobs->threads, i));
  g_ptr_array_set_size (jobs->threads, 0);
}

void
mh_jobs_free (MhJobs *jobs)
{
  if (jobs == NULL)
    return;
  mh_jobs_stop (jobs);
  g_ptr_array_unref (jobs->threads);
  g_array_unref (jobs->repeats);
  g_hash_table_unref (jobs->kinds);
  g_free (jobs->kind_names);
  g_cond_clear (&jobs->woken);
  g_mutex_clear (&jobs->lock);
  g_free (jobs->name);
  g_free (jobs);
}

MhJobs *
mh_server_jobs (MhServer *server)
{
  return mh_server_part (server, part_jobs);
}

void
mh_server_keep_jobs (MhServer *server, MhJobs *jobs)
{
  mh_server_keep (server, part_jobs, jobs, (GDestroyNotify)mh_jobs_free);
}
