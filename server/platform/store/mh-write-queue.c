/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "server/platform/store/mh-store-private.h"
#include "shared/base/mh-error.h"

#define TRIES 4    /* of one request alone, when the database is busy or away */
#define GUARDED 32 /* groups that are guarded after one that was in vain */
#define PROBE_EVERY (2 * G_USEC_PER_SEC) /* whether a full disk has room again */

static const char sql_write_queue_read[]
    = "SELECT feed_seq, audit_seq, audit_head FROM write_lane WHERE id = 1";
static const char sql_audit_hash[] = "SELECT hash FROM audit_entry WHERE seq = $1";
static const char sql_write_queue_probe[]
    = "UPDATE write_lane SET feed_seq = feed_seq WHERE id = 1";
static const char sql_write_queue_write[]
    = "UPDATE write_lane SET feed_seq = $1, audit_seq = $2, audit_head = $3 WHERE id = 1";

typedef struct
{
  MhWho who;
  char *strings[6]; /* what who points at */
  MhTxPrefetch prefetch;
  MhTxFunc func;
  MhTxDone done;
  gpointer data;
  GError *error;
} Request;

struct _MhWriteQueue
{
  MhStore *store;
  MhDb *db;
  MhSqlArgs *args;
  MhSeries *series;
  guint max_waiting, max_group;
  MhWriteQueueMoved moved;
  gpointer moved_data;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GQueue waiting; /* Requests */
  gboolean asleep;
  gboolean stopping;
  guint guarded; /* so many groups more are guarded */
  MhStoreStats stats;
};

/* --- requests --- */

static Request *
request_new (const MhWho *who, MhTxWork work)
{
  Request *request = g_new0 (Request, 1);
  const char *const from[] = { who->user_id,     who->user_name, who->role,
                               who->hospital_id, who->station,   who->request_id };

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    request->strings[i] = g_strdup (from[i]);
  request->who = (MhWho){ request->strings[0], request->strings[1], request->strings[2],
                          request->strings[3], request->strings[4], request->strings[5] };
  request->prefetch = work.prefetch;
  request->func = work.func;
  request->done = work.done;
  request->data = work.data;
  return request;
}

static void
request_free (Request *request)
{
  for (guint i = 0; i < G_N_ELEMENTS (request->strings); i++)
    g_free (request->strings[i]);
  g_clear_error (&request->error);
  g_free (request);
}

/* --- one transaction --- */

/* What the whole group will read first shares one wait, and while the database works off what one
 * request wrote, the next one is made ready. */
static void
write_queue_announce (MhWriteQueue *queue, Request **requests, guint n)
{
  mh_db_prefetch (queue->db, sql_write_queue_read, MH_NO_ARGS);
  mh_series_prefetch (queue->series, queue->db);
  for (guint i = 0; i < n; i++)
    if (requests[i]->prefetch != NULL)
      requests[i]->prefetch (queue->db, requests[i]->data);
}

static gboolean
write_queue_begin (MhWriteQueue *queue,
                   Request **requests,
                   guint n,
                   MhWriteQueueState *out_state,
                   GError **error)
{
  mh_series_forget (queue->series);
  if (!mh_db_begin (queue->db, MH_TX_WRITE, error))
    return FALSE;

  write_queue_announce (queue, requests, n);
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (queue->db, sql_write_queue_read, MH_NO_ARGS, &inner);

  if (rows != NULL && mh_rows_next (rows, &inner))
    {
      out_state->feed_seq = mh_rows_int (rows, 0);
      out_state->audit_seq = mh_rows_int (rows, 1);
      g_strlcpy (out_state->audit_head, mh_rows_text (rows, 2), sizeof out_state->audit_head);
      return TRUE;
    }

  g_clear_pointer (&rows, mh_rows_free);
  mh_db_rollback (queue->db);
  if (inner == NULL)
    mh_error_set (&inner, MH_ERROR_STORE, "The table write_lane has no row.");
  g_propagate_error (error, g_steal_pointer (&inner));

  return FALSE;
}

static gboolean
write_queue_commit (MhWriteQueue *queue,
                    const MhWriteQueueState *old,
                    const MhWriteQueueState *state,
                    GError **error)
{
  gboolean moved = state->feed_seq != old->feed_seq;
  gboolean ok = TRUE;

  /* A full disk makes SQLite roll back by itself: the savepoint fails then, and the numbers are not
   * moved on outside of the transaction. */
  if (moved || state->audit_seq != old->audit_seq || mh_series_has_moved (queue->series))
    ok = mh_db_savepoint (queue->db, error)
         && mh_series_write (queue->series, queue->db, mh_clock_now (mh_store_clock (queue->store)),
                             error)
         && mh_db_exec_deferred (queue->db, sql_write_queue_write,
                                 MH_ARGS (MH_INT (state->feed_seq), MH_INT (state->audit_seq),
                                          MH_TEXT (state->audit_head)),
                                 error);
  if (ok && moved)
    ok = mh_store_announce (queue->store, queue->db, state->feed_seq, error);
  if (ok)
    return mh_db_commit (queue->db, error);

  mh_db_rollback (queue->db);
  return FALSE;
}

static gboolean
write_queue_call (MhWriteQueue *queue, Request *request, MhWriteQueueState *state)
{
  MhTx tx = { .store = queue->store,
              .db = queue->db,
              .now = mh_clock_now (mh_store_clock (queue->store)),
              .who = &request->who,
              .queue = state,
              .series = queue->series,
              .args = queue->args };
  return request->func (&tx, request->data, &request->error);
}

/* Some errors take the whole transaction with them. */
static gboolean
is_still_open (MhDb *db)
{
  return mh_db_savepoint (db, NULL) && mh_db_release (db, NULL);
}

typedef enum
{
  DONE,
  REFUSED,  /* with the request's own error, and nothing of it is left */
  POISONED, /* what it wrote cannot be taken back alone, or the transaction is broken */
} Outcome;

static Outcome
run_guarded (MhWriteQueue *queue, Request *request, MhWriteQueueState *state)
{
  if (!mh_db_savepoint (queue->db, &request->error))
    return POISONED;
  if (write_queue_call (queue, request, state) && mh_db_release (queue->db, &request->error))
    return DONE;
  mh_db_rollback_to (queue->db);
  return is_still_open (queue->db) ? REFUSED : POISONED;
}

static Outcome
run_unguarded (MhWriteQueue *queue, Request *request, MhWriteQueueState *state)
{
  guint writes = mh_db_writes (queue->db);
  if (write_queue_call (queue, request, state))
    {
      mh_db_send (queue->db);
      return DONE;
    }
  return mh_db_writes (queue->db) == writes && is_still_open (queue->db) ? REFUSED : POISONED;
}

static Outcome
run_request (MhWriteQueue *queue, Request *request, gboolean guarded, MhWriteQueueState *state)
{
  const MhWriteQueueState before = *state;
  mh_series_mark (queue->series);
  Outcome outcome
      = guarded ? run_guarded (queue, request, state) : run_unguarded (queue, request, state);
  if (outcome == DONE)
    return DONE;
  if (request->error == NULL)
    mh_error_set (&request->error, MH_ERROR_INTERNAL, "A write failed without saying why.");
  *state = before;
  mh_series_undo (queue->series);
  return outcome;
}

static void
pause_before_try (guint i)
{
  g_usleep ((gulong)(20 * 1000) << i);
}

static gboolean
is_worth_a_retry (const GError *error)
{
  return g_error_matches (error, MH_ERROR, MH_ERROR_BUSY);
}

/* The connection was lost on the answer to COMMIT: the database may have done it. The write queue's
 * lock is ours only after the lost connection's end, so what it wrote shows by then; the head of
 * the chain is like no other. Of a database that has fallen silent nobody can know: the request is
 * told to come again, and its key decides then. */
static gboolean
was_committed (MhWriteQueue *queue, const MhWriteQueueState *old, const MhWriteQueueState *state)
{
  MhWriteQueueState now;
  if (state->audit_seq == old->audit_seq)
    return FALSE;

  for (guint i = 0; i < TRIES && !mh_store_is_silent (queue->store, NULL); i++)
    {
      if (write_queue_begin (queue, NULL, 0, &now, NULL))
        {
          g_autoptr (MhRows) rows
              = mh_db_query (queue->db, sql_audit_hash, MH_ARGS (MH_INT (state->audit_seq)), NULL);
          gboolean found = rows != NULL && mh_rows_next (rows, NULL)
                           && g_str_equal (mh_rows_text (rows, 0), state->audit_head);
          g_clear_pointer (&rows, mh_rows_free);
          mh_db_rollback (queue->db);
          return found;
        }
      pause_before_try (i);
    }

  return FALSE;
}

/* Requests that share a transaction; guarded: each behind a savepoint. */
typedef struct
{
  Request **requests;
  guint n;
  gboolean guarded;
} Group;

/* Each in turn. FALSE with @error: the transaction was given up. */
static gboolean
run_each (MhWriteQueue *queue,
          const Group *group,
          MhWriteQueueState *state,
          guint *out_good,
          GError **error)
{
  for (guint i = 0; i < group->n; i++)
    {
      Request *request = group->requests[i];
      g_clear_error (&request->error);
      Outcome outcome = run_request (queue, request, group->guarded, state);
      *out_good += outcome == DONE ? 1 : 0;
      /* A request that is alone has the transaction for itself, whatever it has done to it. */
      if (outcome != DONE
          && (is_worth_a_retry (request->error) || (outcome == POISONED && group->n > 1)))
        {
          mh_db_rollback (queue->db);
          g_propagate_error (error, g_steal_pointer (&request->error));
          return FALSE;
        }
    }

  return TRUE;
}

/* All in one transaction. FALSE with @error: nothing of the group is stored and all may run again.
 * TRUE: it is durable, but for those requests that carry an error of their own. guarded: each in a
 * savepoint, so that one at fault is undone alone. */
static gboolean
run_group (MhWriteQueue *queue,
           const Group *group,
           MhWriteQueueState *out_state,
           gboolean *out_began,
           GError **error)
{
  MhWriteQueueState old;
  guint good = 0;
  *out_began = write_queue_begin (queue, group->requests, group->n, &old, error);
  if (!*out_began)
    return FALSE;

  MhWriteQueueState state = old;
  if (!run_each (queue, group, &state, &good, error))
    return FALSE;

  *out_state = state;
  g_autoptr (GError) inner = NULL;
  if (good == 0)
    mh_db_rollback (queue->db);
  else if (!write_queue_commit (queue, &old, &state, &inner)
           && (!is_worth_a_retry (inner) || !was_committed (queue, &old, &state)))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  else if (state.audit_seq != old.audit_seq)
    mh_store_note_written (queue->store);

  return TRUE;
}

/* --- groups --- */

static void
write_queue_finish (MhWriteQueue *queue, Request **requests, guint n)
{
  guint failed = 0;
  for (guint i = 0; i < n; i++)
    failed += requests[i]->error != NULL ? 1 : 0;
  g_mutex_lock (&queue->mutex);
  queue->stats.writes += n;
  queue->stats.failed += failed;
  g_mutex_unlock (&queue->mutex);

  for (guint i = 0; i < n; i++)
    {
      if (requests[i]->done != NULL)
        requests[i]->done (requests[i]->data, requests[i]->error);
      request_free (requests[i]);
    }
}

static gboolean
try_group (MhWriteQueue *queue,
           Request **requests,
           guint n,
           gboolean guarded,
           gboolean *out_began,
           GError **error)
{
  MhWriteQueueState state = { 0 };
  gint64 start = g_get_monotonic_time ();
  gboolean good = run_group (queue, &(Group){ requests, n, guarded }, &state, out_began, error);

  mh_store_note_trouble (queue->store, queue->db);
  if (!good)
    return FALSE;

  g_mutex_lock (&queue->mutex);
  queue->stats.groups++;
  queue->stats.group_us = g_get_monotonic_time () - start;
  g_mutex_unlock (&queue->mutex);

  /* First the number: who is told of a write finds it in mh_store_feed_seq(). */
  queue->moved (state.feed_seq, queue->moved_data);
  write_queue_finish (queue, requests, n);
  return TRUE;
}

/* Again and again while the database is busy or away; a group whose requests got to run is not
 * repeated as a whole, because one of them may be at fault. */
static gboolean
try_often (MhWriteQueue *queue, Request **requests, guint n, gboolean *out_began, GError **error)
{
  g_autoptr (GError) inner = NULL;
  for (guint i = 0; i < TRIES; i++)
    {
      g_clear_error (&inner);
      if (try_group (queue, requests, n, n > 1, out_began, &inner))
        return TRUE;
      if (!is_worth_a_retry (inner) || (*out_began && n > 1)
          || mh_store_is_silent (queue->store, NULL))
        break;
      g_mutex_lock (&queue->mutex);
      queue->stats.retries++;
      g_mutex_unlock (&queue->mutex);
      pause_before_try (i);
    }

  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* Savepoints cost a wait for each request, and hardly one fails after it has written. */
static gboolean
try_unguarded (MhWriteQueue *queue, Request **requests, guint n)
{
  g_autoptr (GError) error = NULL;
  gboolean began = FALSE;
  if (n == 1)
    return FALSE;

  if (queue->guarded > 0)
    {
      queue->guarded--;
      return FALSE;
    }

  if (try_group (queue, requests, n, FALSE, &began, &error))
    return TRUE;
  if (!began || is_worth_a_retry (error))
    return FALSE;

  queue->guarded = GUARDED;
  g_mutex_lock (&queue->mutex);
  queue->stats.repeated++;
  g_mutex_unlock (&queue->mutex);

  return FALSE;
}

static void
run_all (MhWriteQueue *queue, Request **requests, guint n)
{
  g_autoptr (GError) error = NULL;
  gboolean began = FALSE;
  if (try_unguarded (queue, requests, n) || try_often (queue, requests, n, &began, &error))
    return;

  /* A group that failed as a whole is taken apart, so that the request at fault is found. */
  if (began && n > 1)
    {
      for (guint i = 0; i < n; i++)
        run_all (queue, &requests[i], 1);
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      g_clear_error (&requests[i]->error);
      requests[i]->error = g_error_copy (error);
    }

  write_queue_finish (queue, requests, n);
}

/* While the disk is full, desks may well be told by others not to come here: somebody has to find
 * out when there is room again. */
static void
probe (MhWriteQueue *queue)
{
  if (mh_db_begin (queue->db, MH_TX_WRITE, NULL))
    {
      if (mh_db_exec (queue->db, sql_write_queue_probe, MH_NO_ARGS, NULL) == 1
          && mh_db_commit (queue->db, NULL))
        mh_store_note_written (queue->store);
      else
        mh_db_rollback (queue->db);
    }
  mh_store_note_trouble (queue->store, queue->db);
}

/* Under the lock, until there is something to do. */
static void
sleep_until_wanted (MhWriteQueue *queue)
{
  while (g_queue_is_empty (&queue->waiting) && !queue->stopping)
    {
      gint64 until = g_get_monotonic_time () + PROBE_EVERY;
      gboolean woken = TRUE;
      queue->asleep = TRUE;
      if (mh_store_is_full (queue->store))
        woken = g_cond_wait_until (&queue->cond, &queue->mutex, until);
      else
        g_cond_wait (&queue->cond, &queue->mutex);
      queue->asleep = FALSE;
      if (woken)
        continue;
      g_mutex_unlock (&queue->mutex);
      probe (queue);
      g_mutex_lock (&queue->mutex);
    }
}

static guint
take_waiting (MhWriteQueue *queue, Request **out_requests)
{
  guint n = 0;
  g_mutex_lock (&queue->mutex);
  sleep_until_wanted (queue);
  while (n < queue->max_group && !g_queue_is_empty (&queue->waiting))
    out_requests[n++] = g_queue_pop_head (&queue->waiting);
  g_mutex_unlock (&queue->mutex);
  return n;
}

static gpointer
write_queue_run (gpointer data)
{
  MhWriteQueue *queue = data;
  g_autofree Request **requests = g_new (Request *, queue->max_group);
  guint n;
  while ((n = take_waiting (queue, requests)) > 0)
    run_all (queue, requests, n);
  return NULL;
}

/* --- outside --- */

MhWriteQueue *
mh_write_queue_new (MhStore *store,
                    MhDb *writer,
                    guint max_waiting,
                    guint max_group,
                    MhWriteQueueMoved moved,
                    gpointer data)
{
  MhWriteQueue *queue = g_new0 (MhWriteQueue, 1);
  queue->store = store;
  queue->db = writer;
  queue->args = mh_sql_args_new ();
  queue->series = mh_series_new ();
  queue->max_waiting = max_waiting;
  queue->max_group = max_group;
  queue->moved = moved;
  queue->moved_data = data;
  g_mutex_init (&queue->mutex);
  g_cond_init (&queue->cond);
  g_queue_init (&queue->waiting);
  queue->thread = g_thread_new ("write-queue", write_queue_run, queue);
  return queue;
}

void
mh_write_queue_free (MhWriteQueue *queue)
{
  if (queue == NULL)
    return;

  g_mutex_lock (&queue->mutex);
  queue->stopping = TRUE;
  g_cond_signal (&queue->cond);
  g_mutex_unlock (&queue->mutex);
  g_thread_join (queue->thread);
  mh_sql_args_free (queue->args);
  mh_series_free (queue->series);
  g_mutex_clear (&queue->mutex);
  g_cond_clear (&queue->cond);
  g_free (queue);
}

gboolean
mh_write_queue_submit (MhWriteQueue *queue, const MhWho *who, MhTxWork work, GError **error)
{
  if (mh_store_is_silent (queue->store, error))
    return FALSE;

  Request *request = request_new (who, work);
  g_mutex_lock (&queue->mutex);
  gboolean room = !queue->stopping && queue->waiting.length < queue->max_waiting;

  if (room)
    {
      g_queue_push_tail (&queue->waiting, request);
      /* Each signal is a call to the system, heard or not. */
      if (queue->asleep)
        g_cond_signal (&queue->cond);
    }

  g_mutex_unlock (&queue->mutex);
  if (room)
    return TRUE;

  request_free (request);
  mh_error_set_retry (error, MH_ERROR_BUSY, 1, "Too many changes are waiting to be written.");
  return FALSE;
}

gboolean
mh_write_queue_is_own_thread (MhWriteQueue *queue)
{
  return g_thread_self () == queue->thread;
}

void
mh_write_queue_stats (MhWriteQueue *queue, MhStoreStats *out_stats)
{
  g_mutex_lock (&queue->mutex);
  *out_stats = queue->stats;
  out_stats->waiting = queue->waiting.length;
  g_mutex_unlock (&queue->mutex);
}
